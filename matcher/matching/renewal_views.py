"""A renewal plan as its page shows it. Plain values only."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Literal

from matcher.catalogue.certifications import load_programme
from matcher.i18n import gettext as _
from matcher.i18n import in_language
from matcher.matching import rule_words
from matcher.matching.plan_views import Terms
from matcher.planning.certification_rules import RuleRefusal
from matcher.planning.exam_facts import ProgrammeFacts
from matcher.planning.renewal import Goal
from matcher.planning.renewal_replay import RenewalStep

Route = Literal["exams", "paid", "subscribed"]


@dataclass(frozen=True)
class RenewalWishes:
    """`certifications` empty = all that are valid today. `route`: exams alone, or maintenance years
    too, with the subscription they need to be paid or there already. `with_new`: exams of
    certificates not held yet count as well."""

    certifications: tuple[str, ...] = ()
    years: int = 3
    goal: Goal = "fewest"
    route: Route = "exams"
    with_new: bool = True


@dataclass(frozen=True)
class HeldLine:
    id: str
    name: str
    expires_on: date
    is_active: bool
    is_chosen: bool


@dataclass(frozen=True)
class MoveLine:
    """`before` None: earned by the way."""

    id: str
    name: str
    before: date | None
    after: date


@dataclass(frozen=True)
class StepLine:
    kind: str
    on: date
    last_day: date | None
    """Of a maintenance year: the day by which it must be added."""
    name: str
    exam_code: str
    language: str
    full_usd: float
    usd: float
    krw: int
    is_discounted: bool
    points: int | None
    moves: tuple[MoveLine, ...]


@dataclass(frozen=True)
class RefusalLine:
    name: str
    words: str
    source: str


@dataclass(frozen=True)
class RenewalsView:
    """`steps` None: nothing was planned, because nothing is held or everything is refused."""

    held: tuple[HeldLine, ...]
    until: date
    wishes: RenewalWishes
    steps: tuple[StepLine, ...] | None
    expires: tuple[MoveLine, ...]
    exams: int
    usd: float
    krw: int
    is_proven: bool
    gap: float
    refusals: tuple[RefusalLine, ...]
    terms: Terms
    benefit_percent: int
    buffer_days: int
    sources: tuple[tuple[str, str], ...]
    """(what it is about, address)"""


def held_lines(
    expiries: Mapping[str, date], today: date, chosen: Sequence[str]
) -> tuple[HeldLine, ...]:
    ticked = chosen or [c for c, day in expiries.items() if day >= today]
    return tuple(
        HeldLine(c, _name(c), day, day >= today, c in ticked) for c, day in expiries.items()
    )


def step_line(facts: ProgrammeFacts, step: RenewalStep, terms: Terms) -> StepLine:
    is_year = step.kind == "year"
    return StepLine(
        kind=step.kind,
        on=step.on,
        last_day=step.last_day if is_year else None,
        name=_name(step.certification),
        exam_code=step.exam_code,
        language=rule_words.language_name(step.language) if step.language else "",
        full_usd=step.price_usd,
        usd=step.usd,
        krw=terms.won(step.usd),
        is_discounted=step.is_discounted,
        points=facts.maintenance.points.get(step.certification) if is_year else None,
        moves=tuple(
            MoveLine(m.certification, _name(m.certification), m.before, m.after) for m in step.moved
        ),
    )


def moves(before: Mapping[str, date], after: Mapping[str, date]) -> tuple[MoveLine, ...]:
    return tuple(MoveLine(c, _name(c), before[c], day) for c, day in after.items())


def refusals(refused: Mapping[str, tuple[RuleRefusal, ...]]) -> tuple[RefusalLine, ...]:
    return tuple(
        RefusalLine(_name(c), rule_words.words(each), each.source)
        for c, reasons in refused.items()
        for each in reasons
    )


def sources(facts: ProgrammeFacts, route: Route) -> tuple[tuple[str, str], ...]:
    rules = facts.rules.sources
    found = [
        (_("갱신"), rules["renewal_needs_active"]),
        (_("2년 동안 다시 못 보는 규칙"), rules["repeat_block"]),
        (_("반값 혜택"), facts.benefit_source),
    ]
    if route != "exams":
        found += [(_("시험 없이 1년 늘리기"), facts.maintenance.source)]
        found += [(_("유료 구독"), facts.maintenance.subscription_source)]
    return tuple(found)


def _name(certification: str) -> str:
    found = load_programme().certification(certification)
    return in_language(found.name_ko, found.name_en)
