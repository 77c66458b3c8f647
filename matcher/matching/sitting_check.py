"""Whether a person may sit an exam on a day; if not, the rule in words and what is possible."""

from dataclasses import replace
from datetime import date

from matcher.i18n import format_date
from matcher.i18n import gettext as _
from matcher.matching.certification_facts import programme_facts
from matcher.matching.rule_words import language_name, with_source
from matcher.planning.certification_rules import RuleRefusal
from matcher.planning.sittings import Candidate, Window, sitting_on, windows
from matcher.refusal import Invalid

FIELDS = {
    "guardian_consent": "has_guardian_consent",
    "language_missing": "language",
    "language_ended": "language",
}
# Of several reasons the one that binds this person is told first, then the exam's own.
ORDER = (
    "guardian_consent",
    "repeat_block",
    "retake_wait",
    "beta_once",
    "language_ended",
    "language_missing",
    "not_yet",
    "exam_ended",
    "start_unknown",
)


def exam_code(
    certification: str, candidate: Candidate, day: date, today: date, asked: str = ""
) -> str:
    """The version to sit that day. Raises Invalid at the field the rule is about."""
    facts = programme_facts()
    window, reasons = sitting_on(facts, certification, candidate, day, asked)
    if window is not None:
        return window.exam_code
    if not reasons:
        raise Invalid({"on": _("이 날에는 볼 수 없는 시험이에요.")})
    first = min(reasons, key=lambda each: ORDER.index(each.code))
    instead = _instead(certification, candidate, today) if day >= today else ""
    raise Invalid({FIELDS.get(first.code, "on"): _sentence(first, instead)})


def _sentence(refusal: RuleRefusal, instead: str) -> str:
    is_said = refusal.code in ("not_yet", "guardian_consent")
    return with_source(refusal) + (f" {instead}" if instead and not is_said else "")


def _instead(certification: str, candidate: Candidate, today: date) -> str:
    """The first sitting still possible, in the language asked for or else in English."""
    languages = tuple(dict.fromkeys((*candidate.languages, "en")))
    found = windows(
        programme_facts(), certification, replace(candidate, languages=languages), today
    )
    return _offer(found.open[0]) if found.open else ""


def _offer(window: Window) -> str:
    said = {
        "exam": window.exam_code,
        "language": language_name(window.language),
        "first": format_date(window.opens_on, "long"),
    }
    if window.closes_on is None:
        return _("%(exam)s 시험은 %(language)s로 %(first)s부터 볼 수 있어요.") % said
    said["last"] = format_date(window.closes_on, "long")
    return _("%(exam)s 시험은 %(language)s로 %(first)s부터 %(last)s까지 볼 수 있어요.") % said
