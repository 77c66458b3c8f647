"""The AWS rules that bind one person's records. Plain data in, plain data out.

The numbers repeat the reference data so that this room needs no catalogue; a test holds the two
equal, and callers may pass a `Rules` built from the data in force.
"""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from datetime import date, timedelta
from types import MappingProxyType
from typing import Literal

Standing = Literal["active", "expiring", "expired"]
Edges = Iterable[tuple[str, str]]
"""(passed, renews) pairs of certification ids."""

OWN_RULE = "oreum"
"""Source of a refusal that rests on our own record keeping, not on an AWS rule."""

_POLICY = "https://aws.amazon.com/certification/policies/"

SOURCES: Mapping[str, str] = MappingProxyType(
    {
        "retake_wait": _POLICY + "after-testing/",
        "repeat_block": _POLICY + "after-testing/",
        "beta_once": _POLICY + "before-testing/",
        "too_young": "https://aws.amazon.com/tw/certification/policies/before-testing/",
        "guardian_consent": "https://aws.amazon.com/tw/certification/policies/before-testing/",
        "renewal_needs_active": "https://aws.amazon.com/certification/recertification/",
        "retired_renewal": (
            "https://aws.amazon.com/blogs/training-and-certification/"
            "aws-certification-retirements-and-launches/"
        ),
    }
)

TRANSITIONS: Mapping[str, frozenset[str]] = MappingProxyType(
    {
        "planned": frozenset({"scheduled", "cancelled"}),
        "scheduled": frozenset({"planned", "result_pending", "cancelled"}),
        "result_pending": frozenset({"passed", "failed"}),
        "passed": frozenset({"active"}),
        "failed": frozenset(),
        "cancelled": frozenset(),
        "active": frozenset({"expiring"}),
        "expiring": frozenset({"active", "expired"}),
        "expired": frozenset(),
    }
)
"""A new attempt is a new record, so failed, cancelled and expired end one. active, expiring and
expired follow from the day (`standing`); expiring goes back to active when a pass renews it."""


@dataclass(frozen=True, slots=True)
class Rules:
    validity_years: int = 3
    retake_wait_days: int = 14
    no_repeat_years: int = 2
    minimum_age: int = 13
    adult_age: int = 18
    """First age at which no guardian's consent is needed."""
    sources: Mapping[str, str] = field(default_factory=lambda: SOURCES)


RULES = Rules()
NOTHING: Mapping[str, date] = MappingProxyType({})


@dataclass(frozen=True, slots=True)
class RuleRefusal:
    """Why not: `code` is a key of SOURCES, `transition`, or one of `sittings`; `until` the first
    day it is allowed, `last_day` the last one it was. `exam_code` and `language` say what is
    refused where a certification has several."""

    code: str
    source: str
    until: date | None = None
    exam_code: str = ""
    language: str = ""
    last_day: date | None = None


@dataclass(frozen=True, slots=True)
class PastAttempt:
    exam_code: str
    sat_on: date
    is_pass: bool


def add_years(day: date, years: int) -> date:
    """29 February becomes 28 February: the earlier day, so nobody relies on a day too many."""
    try:
        return day.replace(year=day.year + years)
    except ValueError:
        return day.replace(year=day.year + years, day=28)


def expiry_of(passed_on: date, rules: Rules = RULES) -> date:
    """Last valid day of a certificate earned that day."""
    return add_years(passed_on, rules.validity_years)


def standing(passed_on: date, expires_on: date, today: date, window_days: int = 180) -> Standing:
    """`expires_on` is the last valid day; expiring begins `window_days` before it."""
    if expires_on < passed_on:
        raise ValueError(f"expires {expires_on} before the pass on {passed_on}")
    if today > expires_on:
        return "expired"
    return "expiring" if today >= expires_on - timedelta(days=window_days) else "active"


def transition_refusal(current: str, wanted: str) -> RuleRefusal | None:
    """None when the step is legal. KeyError for an unknown current state."""
    if wanted in TRANSITIONS[current]:
        return None
    return RuleRefusal("transition", OWN_RULE)


def earliest_retake(failed_on: date, rules: Rules = RULES) -> date:
    return failed_on + timedelta(days=rules.retake_wait_days)


def repeat_opens_on(passed_on: date, rules: Rules = RULES) -> date:
    """First day on which the exam version passed may be sat again."""
    return add_years(passed_on, rules.no_repeat_years)


@dataclass(frozen=True, slots=True, order=True)
class Wait:
    """`code` (retake_wait or repeat_block) closes an exam until the day before `opens_on`."""

    opens_on: date
    code: str


def longest_wait(attempts: Iterable[PastAttempt], rules: Rules = RULES) -> Wait | None:
    """Of attempts at one exam version, the wait that ends last; None without any attempt. Both
    waits bind one exam code: a new version is a new exam."""
    return max((_wait_after(attempt, rules) for attempt in attempts), default=None)


def _wait_after(attempt: PastAttempt, rules: Rules) -> Wait:
    if attempt.is_pass:
        return Wait(repeat_opens_on(attempt.sat_on, rules), "repeat_block")
    return Wait(earliest_retake(attempt.sat_on, rules), "retake_wait")


def age_refusal(
    birth_date: date, exam_on: date, has_guardian_consent: bool, rules: Rules = RULES
) -> RuleRefusal | None:
    if exam_on < (allowed := add_years(birth_date, rules.minimum_age)):
        return RuleRefusal("too_young", rules.sources["too_young"], allowed)
    if exam_on < (adult := add_years(birth_date, rules.adult_age)) and not has_guardian_consent:
        return RuleRefusal("guardian_consent", rules.sources["guardian_consent"], adult)
    return None


def expiries_after_pass(
    held: Mapping[str, date],
    passed_id: str,
    passed_on: date,
    renewal_edges: Edges,
    rules: Rules = RULES,
) -> dict[str, date]:
    """Only the expiries that change, by certification id, the passed one included.

    A renewed certificate must still be valid on the pass day; an expired one must be earned anew.
    No expiry ever moves earlier (a longer one can come from a maintenance year).
    """
    new_expiry = expiry_of(passed_on, rules)
    renewed = {renews for passed, renews in renewal_edges if passed == passed_id}
    moved = {
        certification: new_expiry
        for certification in sorted(renewed & held.keys())
        if passed_on <= held[certification] < new_expiry
    }
    moved[passed_id] = max(new_expiry, held.get(passed_id, new_expiry))
    return moved


def expiries_of_passes(
    passes: Iterable[tuple[str, date]],
    renewal_edges: Edges,
    rules: Rules = RULES,
    kept: Mapping[str, date] = NOTHING,
) -> dict[str, date]:
    """Expiry of every certification ever passed, replayed in day order, so that a pass entered
    late gives the same answer as one entered in time.

    `kept`: later expiries than the passes give (see `kept_longer`); one counts from the first pass
    on, which changes nothing before the last one, because no expiry moves earlier.
    """
    edges = tuple(renewal_edges)
    held: dict[str, date] = {}
    for certification, passed_on in sorted(passes, key=lambda p: (p[1], p[0])):
        held.update(expiries_after_pass(held, certification, passed_on, edges, rules))
        if certification in kept:
            held[certification] = max(held[certification], kept[certification])
    return held


def latest(expiries: Iterable[tuple[str, date]]) -> dict[str, date]:
    """Of several expiries of one certification the last."""
    found: dict[str, date] = {}
    for certification, day in expiries:
        found[certification] = max(day, found.get(certification, day))
    return found


def kept_longer(
    passes: Iterable[tuple[str, date]],
    stored: Mapping[str, date],
    renewal_edges: Edges,
    rules: Rules = RULES,
) -> dict[str, date]:
    """Stored expiries later than the passes explain: a maintenance year, or what AWS said."""
    explained = expiries_of_passes(passes, renewal_edges, rules)
    return {
        certification: day
        for certification, day in stored.items()
        if certification in explained and day > explained[certification]
    }
