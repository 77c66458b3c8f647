"""What the renewal planner lets one choose, in the reader's language."""

from matcher.i18n import format_usd, ngettext
from matcher.i18n import gettext as _
from matcher.web.choices import Choices


def goals() -> Choices:
    return [
        ("fewest", _("시험을 가장 적게, 그다음 싸게")),
        ("cheapest", _("가장 싸게, 그다음 시험을 적게")),
    ]


def routes(subscription_usd: int | None) -> list[tuple[str, str, str]]:
    fee = "" if subscription_usd is None else format_usd(subscription_usd)
    return [
        ("exams", _("시험만"), ""),
        (
            "paid",
            _("시험 없이 1년 늘리기도, 구독료를 내고"),
            _("Skill Builder 구독료를 한 번에 한 달치(%(fee)s부터)로 어림해요.") % {"fee": fee},
        ),
        (
            "subscribed",
            _("시험 없이 1년 늘리기도, 구독이 이미 있어요"),
            _("구독료를 더하지 않아요."),
        ),
    ]


def years(most: int) -> Choices:
    said = {n: ngettext("%(num)d년 동안", "%(num)d년 동안", n) for n in range(1, most + 1)}
    return [(str(n), text % {"num": n}) for n, text in said.items()]
