"""Words for counselling hours."""

from matcher.i18n import gettext as _
from matcher.web.choices import Choices
from models.people_desk import CounsellingState, CounsellingTopic


def topic_choices() -> Choices:
    return [(CounsellingTopic.JOB, _("취업 상담")), (CounsellingTopic.STARTUP, _("창업 상담"))]


def state_words() -> dict[str, str]:
    return {
        CounsellingState.OPEN: _("비어 있음"),
        CounsellingState.BOOKED: _("잡힘"),
        CounsellingState.HELD: _("상담함"),
        CounsellingState.MISSED: _("오지 않음"),
        CounsellingState.WITHDRAWN: _("취소됨"),
    }


def minute_choices() -> Choices:
    return [("30", _("30분")), ("60", _("60분"))]
