"""What would have to give, in a person's words."""

from matcher.i18n import format_krw, josa
from matcher.i18n import gettext as _
from matcher.matching.plan_views import Relaxation
from matcher.matching.reasons import spoken
from matcher.matching.rule_words import language_name
from matcher.planning.path.relaxing import Easing
from matcher.ranking.explain import Names


def relaxation(easing: Easing, names: Names) -> Relaxation:
    if easing.change == "days":
        weeks = -(-easing.amount // 7)
        words = _("%(n)s주 더 있으면 돼요") % {"n": weeks}
        return Relaxation("weeks", weeks, "weeks", "", _also(words, easing))
    if easing.change == "won":
        words = _("%(money)s 더 있으면 돼요") % {"money": format_krw(easing.amount)}
        return Relaxation("budget", easing.amount, "KRW", "", _also(words, easing))
    if easing.change == "hours":
        words = _("한 주에 %(n)s시간 쓰면 돼요") % {"n": easing.amount}
        return Relaxation("hours", easing.amount, "hours_per_week", "", words)
    if easing.change == "drop":
        name = josa(spoken(easing.detail, names), "을/를")
        words = _("%(name)s 빼면 돼요") % {"name": name}
        return Relaxation("drop_nice", 1, "requirement", easing.detail, words)
    if easing.detail == "guardian_consent":
        return Relaxation("guardian_consent", 1, "consent", "", _("보호자가 동의하면 돼요"))
    language = easing.detail.removeprefix("language:")
    words = _("시험을 %(language)s로도 보면 돼요") % {"language": language_name(language)}
    return Relaxation("language", 1, "language", language, words)


def _also(words: str, easing: Easing) -> str:
    return _("%(words)s(다른 하나와 함께)") % {"words": words} if easing.together else words
