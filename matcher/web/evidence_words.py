"""Words for the states of proofs, for staff and for the person."""

from matcher.flows.evidence import ReturnReason
from matcher.flows.evidence_desk import Show
from matcher.i18n import gettext as _
from matcher.web.choices import Choices
from models.people_desk import EvidenceState, EvidenceSubject


def show_words() -> dict[str, str]:
    return {
        Show.OPEN: _("확인을 기다리는 증빙"),
        Show.RETURNED: _("돌려보낸 증빙"),
        Show.ACCEPTED: _("받아들인 증빙"),
    }


def state_words() -> dict[str, str]:
    return {
        EvidenceState.WAITING: _("확인 기다림"),
        EvidenceState.IN_REVIEW: _("보는 중"),
        EvidenceState.ACCEPTED: _("받아들임"),
        EvidenceState.RETURNED: _("돌려보냄"),
        EvidenceState.WITHDRAWN: _("거둠"),
    }


def subject_words() -> dict[str, str]:
    return {
        EvidenceSubject.CERTIFICATE: _("자격증"),
        EvidenceSubject.SKILL: _("기술"),
        EvidenceSubject.COURSE: _("과정"),
    }


def return_choices() -> Choices:
    return [
        (ReturnReason.UNREADABLE, _("글자를 읽을 수 없음")),
        (ReturnReason.OTHER_PERSON, _("다른 사람의 이름이 적혀 있음")),
        (ReturnReason.DOES_NOT_SHOW, _("적은 내용이 증빙에 없음")),
        (ReturnReason.TOO_OLD, _("기한이 지난 증빙")),
        (ReturnReason.OTHER, _("그 밖의 이유")),
    ]


def level_choices() -> Choices:
    return [(str(n), _("%(n)s수준") % {"n": n}) for n in range(1, 6)]
