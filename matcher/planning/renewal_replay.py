"""A solved renewal plan lived through in day order, by the rules themselves."""

import heapq
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from typing import Literal

from matcher.planning.benefits import Charge, PaidSitting, charges
from matcher.planning.certification_rules import expiries_after_pass
from matcher.planning.exam_facts import ProgrammeFacts
from matcher.planning.keeping import expiries_after_maintenance, maintenance_opens_on
from matcher.planning.renewal_model import PlannedSitting, Solution


@dataclass(frozen=True, slots=True)
class Moved:
    """`before` None: earned by the way."""

    certification: str
    before: date | None
    after: date


@dataclass(frozen=True, slots=True)
class RenewalStep:
    """An exam on its day, or a maintenance year that may be added from `on` to `last_day`."""

    kind: Literal["exam", "year"]
    on: date
    last_day: date | None
    certification: str
    exam_code: str
    language: str
    price_usd: float
    usd: float
    is_discounted: bool
    is_beta: bool
    moved: tuple[Moved, ...]


@dataclass(frozen=True, slots=True)
class Played:
    steps: tuple[RenewalStep, ...]
    expires: Mapping[str, date]


def replay(
    facts: ProgrammeFacts,
    held: Mapping[str, date],
    today: date,
    until: date,
    solution: Solution,
    codes: int,
    maintain_usd: float | None,
) -> Played:
    """A year whose certificate lasts longer by then than the model needed is put off, and left out
    when it is not needed any more. Exams of a day come before its years."""
    expires = dict(held)
    bills = _bills(facts, solution, codes)
    queue: list[tuple[date, int, int]] = []
    queue += [(each.on, 0, n) for n, each in enumerate(solution.sittings)]
    queue += [(each.opens_on, 1, n) for n, each in enumerate(solution.years)]
    heapq.heapify(queue)
    steps: list[RenewalStep] = []
    while queue:
        day, kind, n = heapq.heappop(queue)
        if kind == 0:
            sitting = solution.sittings[n]
            step = _exam(facts, expires, sitting, bills[n])
        else:
            certification = solution.years[n].certification
            opens_on = maintenance_opens_on(expires[certification], facts.maintenance)
            if expires[certification] >= until:
                continue
            if opens_on > max(day, today):
                heapq.heappush(queue, (opens_on, kind, n))
                continue
            step = _year(facts, expires, certification, day, maintain_usd or 0)
        steps.append(step)
        expires.update({each.certification: each.after for each in step.moved})
    return Played(tuple(steps), expires)


def _bills(facts: ProgrammeFacts, solution: Solution, codes: int) -> tuple[Charge, ...]:
    paid = [PaidSitting(each.on, each.window.price_usd) for each in solution.sittings]
    return charges(paid, codes, facts.benefit_percent)


def _exam(
    facts: ProgrammeFacts, expires: Mapping[str, date], sitting: PlannedSitting, bill: Charge
) -> RenewalStep:
    window = sitting.window
    after = expiries_after_pass(
        expires, window.certification, sitting.on, facts.renewal_edges, facts.rules
    )
    return RenewalStep(
        kind="exam",
        on=sitting.on,
        last_day=window.closes_on,
        certification=window.certification,
        exam_code=window.exam_code,
        language=window.language,
        price_usd=window.price_usd or 0,
        usd=bill.usd,
        is_discounted=bill.is_discounted,
        is_beta=window.is_beta,
        moved=_moved(expires, after),
    )


def _year(
    facts: ProgrammeFacts,
    expires: Mapping[str, date],
    certification: str,
    day: date,
    usd: float,
) -> RenewalStep:
    after = expiries_after_maintenance(facts, expires, certification, day)
    return RenewalStep(
        kind="year",
        on=day,
        last_day=expires[certification],
        certification=certification,
        exam_code="",
        language="",
        price_usd=usd,
        usd=usd,
        is_discounted=False,
        is_beta=False,
        moved=_moved(expires, after),
    )


def _moved(before: Mapping[str, date], after: Mapping[str, date]) -> tuple[Moved, ...]:
    return tuple(Moved(each, before.get(each), day) for each, day in sorted(after.items()))
