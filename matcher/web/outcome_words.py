"""Words for what became of people."""

from matcher.flows.outcome_desk import Show
from matcher.i18n import gettext as _
from matcher.web.choices import Choices
from models.outcome import OutcomeKind, OutcomeSource, OutcomeState


def show_words() -> dict[str, str]:
    return {
        Show.PROPOSED: _("확인할 성과"),
        Show.DUE: _("다시 물을 성과"),
        Show.UNKNOWN: _("소식을 모르는 졸업생"),
        Show.CONFIRMED: _("확인한 성과"),
        Show.REJECTED: _("뺀 성과"),
    }


def kind_choices() -> Choices:
    return [
        (OutcomeKind.EMPLOYED, _("취업")),
        (OutcomeKind.FOUNDED, _("창업")),
        (OutcomeKind.FURTHER_STUDY, _("진학")),
        (OutcomeKind.SEEKING, _("구직 중")),
    ]


def source_words() -> dict[str, str]:
    return {
        OutcomeSource.HIRE: _("이곳에서 채용됨"),
        OutcomeSource.SURVEY: _("본인의 답"),
        OutcomeSource.DESK: _("담당자가 적음"),
        OutcomeSource.IMPORT: _("파일에서 옴"),
    }


def own_states() -> dict[str, str]:
    return {
        OutcomeState.PROPOSED: _("확인 기다림"),
        OutcomeState.CONFIRMED: _("대학이나 센터가 확인"),
        OutcomeState.REJECTED: _("성과에서 빠짐"),
    }


def place_choices() -> Choices:
    return [("yes", _("제주에 있음")), ("no", _("제주 밖에 있음"))]
