"""What would have to give, in a person's words."""

from collections.abc import Collection

from matcher.i18n import format_krw, josa, ngettext
from matcher.i18n import gettext as _
from matcher.matching.plan_views import Relaxation
from matcher.matching.reasons import spoken
from matcher.matching.rule_words import language_name
from matcher.planning.path.relaxing import Easing
from matcher.ranking.explain import Names


def relaxation(
    easing: Easing,
    names: Names,
    musts: Collection[str],
    is_posting: bool,
    is_promise: bool = False,
) -> Relaxation:
    """`is_posting`: the deadline is the posting's own last day, which no wish moves;
    `is_promise`: nor the one by which a partner promised an interview."""
    if easing.change == "days":
        weeks = -(-easing.amount // 7)
        late = _after_promise if is_promise else _weeks_late if is_posting else _more_weeks
        words = late(weeks)
        return Relaxation("weeks", weeks, "weeks", "", _also(words, easing))
    if easing.change == "won":
        words = _("%(money)s 더 있으면 돼요") % {"money": format_krw(easing.amount)}
        return Relaxation("budget", easing.amount, "KRW", "", _also(words, easing))
    if easing.change == "hours":
        words = _("한 주에 %(n)s시간 쓰면 돼요") % {"n": easing.amount}
        return Relaxation("hours", easing.amount, "hours_per_week", "", words)
    if easing.change == "drop":
        return _dropped(easing.detail, names, easing.detail in musts)
    if easing.detail == "guardian_consent":
        return Relaxation("guardian_consent", 1, "consent", "", _("보호자가 동의하면 돼요"))
    language = easing.detail.removeprefix("language:")
    words = _("시험을 %(language)s로도 보면 돼요") % {"language": language_name(language)}
    return Relaxation("language", 1, "language", language, words)


def _dropped(key: str, names: Names, is_must: bool) -> Relaxation:
    name = spoken(key, names)
    if is_must:
        words = _("필수인 %(name)s 갖추지 못한 채로는 갈 수 있어요") % {"name": josa(name, "을/를")}
        return Relaxation("drop_must", 1, "requirement", key, words)
    words = _("%(name)s 빼면 돼요") % {"name": josa(name, "을/를")}
    return Relaxation("drop_nice", 1, "requirement", key, words)


def _more_weeks(weeks: int) -> str:
    words = ngettext("%(num)d주 더 있으면 돼요", "%(num)d주 더 있으면 돼요", weeks)
    return words % {"num": weeks}


def _weeks_late(weeks: int) -> str:
    words = ngettext(
        "공고 마감보다 %(num)d주 뒤에 갖춰요", "공고 마감보다 %(num)d주 뒤에 갖춰요", weeks
    )
    return words % {"num": weeks}


def _after_promise(weeks: int) -> str:
    words = ngettext(
        "약속한 날보다 %(num)d주 뒤에 갖춰요", "약속한 날보다 %(num)d주 뒤에 갖춰요", weeks
    )
    return words % {"num": weeks}


def _also(words: str, easing: Easing) -> str:
    return _("%(words)s(다른 하나와 함께)") % {"words": words} if easing.together else words
