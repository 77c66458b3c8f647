"""Words for what two records share and what they hold."""

from matcher.i18n import gettext as _


def reason_words() -> dict[str, str]:
    return {
        "name": _("같은 이름"),
        "romanised": _("로마자로 적으면 같은 이름"),
        "mailbox": _("같은 메일 이름"),
        "external_id": _("같은 학번"),
        "graduation": _("같은 졸업일"),
        "university": _("같은 대학"),
    }


def field_words() -> dict[str, str]:
    return {
        "name": _("이름"),
        "external_id": _("학번"),
        "status": _("지금 상태"),
        "graduation_on": _("졸업하는 날"),
        "available_from": _("일을 시작할 수 있는 날"),
        "weekly_hours": _("한 주 공부 시간"),
        "budget_krw": _("쓸 수 있는 돈"),
        "about": _("소개글"),
    }


def row_words() -> dict[str, str]:
    """Of tables whose rows a person would miss; the rest is counted together."""
    return {
        "skill_record": _("기술"),
        "certification_record": _("자격"),
        "enrolment": _("수강"),
        "application": _("지원"),
        "plan": _("길"),
        "evidence": _("증빙"),
        "outcome": _("성과 기록"),
    }
