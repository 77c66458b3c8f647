"""Whether a day can be the goal of a path, refused in words."""

from datetime import date

from matcher.i18n import gettext as _
from matcher.policy.plans import deadline_problem
from matcher.refusal import Invalid


def refuse_impossible(by: date | None, today: date) -> None:
    """Raises Invalid (`by`)."""
    problem = deadline_problem(by, today)
    words = {
        "past": _("내일이나 그 뒤의 날짜를 골라 주세요."),
        "far": _("5년 안의 날짜를 골라 주세요."),
    }
    if problem is not None:
        raise Invalid({"by": words[problem]})
