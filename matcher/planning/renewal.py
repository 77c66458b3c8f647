"""The smallest and cheapest set of exams that keeps certificates alive until a day.

A certificate is kept by sitting its own exam or one that renews it, or by maintenance years, each
time before it lapses. Exact over the days of `RenewalAsk.days`; proved against trying everything in
tests/unit/planning/test_renewal.py.
"""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date, timedelta
from typing import Literal

from matcher.planning.certification_rules import RuleRefusal, add_years
from matcher.planning.exam_facts import ProgrammeFacts
from matcher.planning.keeping import renewal_refusal
from matcher.planning.renewal_model import Model, Solution
from matcher.planning.renewal_program import is_possible, solve
from matcher.planning.renewal_replay import RenewalStep, replay
from matcher.planning.sittings import Window

Goal = Literal["fewest", "cheapest"]


@dataclass(frozen=True, slots=True)
class RenewalAsk:
    """`wanted` certificates with their last valid days are to be valid on `until` still; `held` are
    all that the person has, those included.

    `windows` are the sittings open to the person, the liked ones first; `days` the candidate days.
    `maintain_usd` is what a maintenance year costs at least; None leaves that route out. A
    certificate is renewed `buffer_days` before it lapses where that day is not past, so that a
    retake still fits. `closed` says why a certification has no (more) windows.
    """

    wanted: Mapping[str, date]
    held: Mapping[str, date]
    today: date
    until: date
    windows: tuple[Window, ...]
    days: tuple[date, ...]
    codes: int = 0
    """Half-price codes in hand."""
    goal: Goal = "fewest"
    maintain_usd: float | None = None
    buffer_days: int = 0
    closed: Mapping[str, tuple[RuleRefusal, ...]] = field(default_factory=dict)
    seconds: float = 2.0
    """Time limit of each of the three solver runs."""


@dataclass(frozen=True, slots=True)
class RenewalPlan:
    """`usd` without tax; `is_proven` False when the time limit cut the search: at most `gap` exams
    or dollars (by the goal) could then be saved."""

    steps: tuple[RenewalStep, ...]
    exams: int
    usd: float
    expires: Mapping[str, date]
    """Last valid day of each wanted certificate after all steps."""
    is_proven: bool
    gap: float


@dataclass(frozen=True, slots=True)
class Renewal:
    """`refused` certificates cannot be kept; the plan is for the others, None without any."""

    plan: RenewalPlan | None
    refused: Mapping[str, tuple[RuleRefusal, ...]]


def plan_renewals(facts: ProgrammeFacts, ask: RenewalAsk) -> Renewal:
    """Raises OutOfTimeError when the time limit came before any way was found or ruled out."""
    refused = {c: why for c in sorted(ask.wanted) if (why := _refused_by_rule(facts, ask, c))}
    open_ones = {c: day for c, day in ask.wanted.items() if c not in refused}
    solution = _solve(facts, ask, open_ones)
    if solution is None:
        hopeless = [c for c, day in open_ones.items() if not _is_possible(facts, ask, {c: day})]
        refused |= {c: _no_way(facts, ask, c) for c in hopeless}
        open_ones = {c: day for c, day in open_ones.items() if c not in refused}
        solution = _solve(facts, ask, open_ones)
    if solution is None:
        refused |= {c: _no_way(facts, ask, c) for c in open_ones}
        return Renewal(None, refused)
    return Renewal(_plan(facts, ask, open_ones, solution) if open_ones else None, refused)


def useful_windows(
    facts: ProgrammeFacts, wanted: Mapping[str, date], windows: tuple[Window, ...]
) -> tuple[Window, ...]:
    """Without betas, which leave no second try. An exam that renews nothing wanted stays only where
    its full price is less than what its code can save on another."""
    standard = [w for w in windows if not w.is_beta]
    renewing = [w for w in standard if facts.renews(w.certification) & wanted.keys()]
    dearest = max((w.price_usd or 0 for w in renewing), default=0)
    saved = dearest * facts.benefit_percent / 100
    return tuple(w for w in standard if w in renewing or (w.price_usd or saved) < saved)


def candidate_days(
    today: date,
    until: date,
    expiries: Mapping[str, date],
    windows: tuple[Window, ...],
    buffer_days: int = 0,
    step_days: int = 30,
) -> tuple[date, ...]:
    """One day a bucket of `step_days`, and the days on which something turns: the last safe day
    before each expiry and three years on, first and last days of exam versions."""
    span = (until - today).days
    found = {today + timedelta(days=n) for n in range(0, span + 1, step_days)}
    for expiry in expiries.values():
        last_safe = _reach(expiry, today, until, buffer_days)
        found.update(add_years(last_safe, 3 * k) - timedelta(buffer_days * k) for k in range(3))
    for window in windows:
        found.update(day for day in (window.opens_on, window.closes_on) if day is not None)
    return tuple(sorted(day for day in found if today <= day < until))


def _reach(expiry: date, today: date, until: date, buffer_days: int) -> date:
    """Last day by which something must have moved this expiry; `until` when it lasts."""
    if expiry >= until:
        return until
    safe = expiry - timedelta(days=buffer_days)
    return safe if safe >= today else expiry


def _refused_by_rule(
    facts: ProgrammeFacts, ask: RenewalAsk, certification: str
) -> tuple[RuleRefusal, ...]:
    expires_on = ask.wanted[certification]
    if expires_on >= ask.until:
        return ()
    refusal = renewal_refusal(facts, certification, expires_on, ask.today)
    return () if refusal is None else (refusal,)


def _no_way(facts: ProgrammeFacts, ask: RenewalAsk, certification: str) -> tuple[RuleRefusal, ...]:
    source = facts.rules.sources["repeat_block"]
    own = RuleRefusal("no_combination", source, last_day=ask.wanted[certification])
    return (*ask.closed.get(certification, ()), own)


def _is_possible(facts: ProgrammeFacts, ask: RenewalAsk, wanted: Mapping[str, date]) -> bool:
    return is_possible(_model(facts, ask, wanted), ask.seconds)


def _solve(facts: ProgrammeFacts, ask: RenewalAsk, wanted: Mapping[str, date]) -> Solution | None:
    return solve(_model(facts, ask, wanted), ask.goal == "fewest", ask.seconds)


def _model(facts: ProgrammeFacts, ask: RenewalAsk, wanted: Mapping[str, date]) -> Model:
    lapsing = {c: day for c, day in wanted.items() if day < ask.until}
    reach = {day: _reach(day, ask.today, ask.until, ask.buffer_days) for day in lapsing.values()}
    return Model(
        facts=facts,
        wanted=lapsing,
        today=ask.today,
        until=ask.until,
        windows=ask.windows,
        days=ask.days,
        codes=ask.codes,
        maintain_usd=ask.maintain_usd,
        buffer_days=ask.buffer_days,
        first_reach=reach,
    )


def _plan(
    facts: ProgrammeFacts, ask: RenewalAsk, wanted: Mapping[str, date], solution: Solution
) -> RenewalPlan:
    played = replay(facts, ask.held, ask.today, ask.until, solution, ask.codes, ask.maintain_usd)
    short = {c for c in wanted if played.expires[c] < ask.until}
    if short:
        raise RuntimeError(f"renewal plan lets {sorted(short)} lapse")
    return RenewalPlan(
        steps=played.steps,
        exams=len(solution.sittings),
        usd=sum(step.usd for step in played.steps),
        expires={c: played.expires[c] for c in sorted(wanted)},
        is_proven=solution.is_proven,
        gap=solution.gap,
    )
