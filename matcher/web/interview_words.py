"""Words of interviews, offers and answer links."""

from matcher.i18n import gettext as _
from matcher.web.choices import Choices
from models.answer_link import LinkUse
from models.interview import InterviewMode, InterviewState


def mode_choices() -> Choices:
    return [
        (InterviewMode.ON_SITE, _("만나서")),
        (InterviewMode.ONLINE, _("화상으로")),
        (InterviewMode.PHONE, _("전화로")),
    ]


def desk_states() -> dict[str, str]:
    return {
        InterviewState.BOOKED: _("잡힘"),
        InterviewState.CANCELLED: _("취소됨"),
        InterviewState.HELD: _("면접함"),
        InterviewState.MISSED: _("지원자가 오지 않음"),
        InterviewState.NOT_HELD: _("우리가 열지 않음"),
    }


def own_states() -> dict[str, str]:
    return {
        InterviewState.BOOKED: _("잡은 면접"),
        InterviewState.CANCELLED: _("취소된 면접"),
        InterviewState.HELD: _("마친 면접"),
        InterviewState.MISSED: _("가지 않은 것으로 적힌 면접"),
        InterviewState.NOT_HELD: _("기업이 열지 않은 면접"),
    }


def use_words() -> dict[str, str]:
    return {
        LinkUse.OPENED: _("링크로 열어 봄"),
        LinkUse.ANSWERED: _("링크로 답함"),
        LinkUse.TURNED_AWAY: _("링크가 끝나 보여 주지 않음"),
    }
