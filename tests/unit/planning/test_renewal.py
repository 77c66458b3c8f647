"""Renewal plans against trying everything, and by hand on the real programme."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import date, timedelta
from itertools import combinations
from random import Random

import pytest

from matcher.planning.certification_rules import RULES
from matcher.planning.exam_facts import CertificationFacts, Maintenance, ProgrammeFacts
from matcher.planning.renewal import Renewal, RenewalAsk, plan_renewals
from matcher.planning.renewal_model import PlannedSitting, PlannedYear, Solution
from matcher.planning.renewal_replay import replay
from matcher.planning.sittings import Window
from tests.unit.planning.reference import same_day_later

TODAY = date(2026, 11, 21)
SOURCE = "https://example.com/rules"
NAMES = ("A", "B", "C", "D")


@dataclass(frozen=True)
class Case:
    facts: ProgrammeFacts
    ask: RenewalAsk


def facts_of(edges: tuple[tuple[str, str], ...], eligible: frozenset[str]) -> ProgrammeFacts:
    return ProgrammeFacts(
        certifications={c: CertificationFacts(c, (), SOURCE) for c in NAMES},
        renewal_edges=edges,
        maintenance=Maintenance(eligible, 1, 90, SOURCE),
        proctor_languages=frozenset(),
        proctor_source=SOURCE,
        benefit_percent=50,
        benefit_source=SOURCE,
        rules=RULES,
    )


def closed(random: Random) -> tuple[tuple[str, str], ...]:
    """D above C above B above A, some of the edges, with what follows from two of them."""
    some = {
        (upper, lower)
        for n, lower in enumerate(NAMES)
        for upper in NAMES[n + 1 :]
        if random.random() < 0.4
    }
    for _ in NAMES:
        some |= {(a, d) for a, b in some for c, d in some if b == c}
    return tuple(sorted(some))


def case(seed: int) -> Case:
    random = Random(seed)
    until = same_day_later(TODAY, random.randint(1, 6))
    span = (until - TODAY).days
    held = {
        c: TODAY + timedelta(days=random.randint(0, 1100))
        for c in random.sample(NAMES, random.randint(1, 3))
    }
    days = sorted({TODAY + timedelta(days=random.randrange(span)) for _ in range(4)})
    days = sorted({*days, random.choice(sorted(held.values())) - timedelta(days=40)})
    days = [day for day in days if TODAY <= day < until]
    windows = []
    for name in random.sample(NAMES, random.randint(1, 3)):
        opens_on = TODAY + timedelta(days=random.choice([0, 0, 0, 200]))
        closes_on = random.choice([None, None, opens_on + timedelta(days=500)])
        usd = random.choice([100, 150, 300])
        is_beta = random.random() < 0.15
        windows.append(Window(name, f"{name}-1", "ko", opens_on, closes_on, usd, is_beta))
    ask = RenewalAsk(
        wanted={c: day for c, day in held.items() if random.random() < 0.8} or held,
        held=held,
        today=TODAY,
        until=until,
        windows=tuple(windows),
        days=tuple(days),
        codes=random.choice([0, 0, 1]),
        goal=random.choice(["fewest", "cheapest"]),
        maintain_usd=random.choice([None, 0, 29]),
        buffer_days=random.choice([0, 0, 30]),
    )
    eligible = frozenset(c for c in NAMES if random.random() < 0.5)
    return Case(facts_of(closed(random), eligible), ask)


def by_trying(each: Case) -> tuple[float, float] | None:
    """(exams, dollars) of the best of all subsets of sittings and all orders of years."""
    facts, ask = each.facts, each.ask
    columns = [(w, day) for w in ask.windows for day in ask.days if w.covers(day)]
    found = []
    for size in range(len(columns) + 1):
        for chosen in combinations(columns, size):
            sittings = sorted(chosen, key=lambda s: s[1])
            if not may_all_be_sat(sittings):
                continue
            years = fewest_years(facts, ask, sittings, dict(ask.held), TODAY)
            if years is None:
                continue
            usd = paid(sittings, ask.codes) + years * (ask.maintain_usd or 0)
            found.append((size, usd) if ask.goal == "fewest" else (usd, size))
        if found and ask.goal == "fewest":
            break
    return min(found, default=None)


def may_all_be_sat(sittings: list[tuple[Window, date]]) -> bool:
    for (one, day), (other, later) in combinations(sittings, 2):
        if one.exam_code == other.exam_code and (one.is_beta or later < same_day_later(day, 2)):
            return False
    return True


def paid(sittings: list[tuple[Window, date]], codes: int) -> float:
    full = sum(w.price_usd or 0 for w, _ in sittings)
    best = 0.0
    for chosen in range(1 << len(sittings)):
        using = [s for i, s in enumerate(sittings) if chosen >> i & 1]
        in_time = (
            sum(on <= day for _, on in using) <= codes + sum(on < day for _, on in sittings)
            for _, day in using
        )
        if all(in_time):
            best = max(best, sum((w.price_usd or 0) / 2 for w, _ in using))
    return full - best


def reach(ask: RenewalAsk, expiry: date) -> date:
    safe = expiry - timedelta(days=ask.buffer_days)
    return ask.until if expiry >= ask.until else safe if safe >= TODAY else expiry


def below(facts: ProgrammeFacts, certification: str) -> set[str]:
    return {lower for upper, lower in facts.renewal_edges if upper == certification} | {
        certification
    }


def moved(
    facts: ProgrammeFacts, expiries: dict[str, date], upper: str, day: date, new: date
) -> dict[str, date]:
    return {
        c: max(old, new) if c in below(facts, upper) and day <= old else old
        for c, old in expiries.items()
    }


def fewest_years(
    facts: ProgrammeFacts,
    ask: RenewalAsk,
    sittings: list[tuple[Window, date]],
    expiries: dict[str, date],
    now: date,
) -> int | None:
    """Lives on from `now`: the next sitting, or any year that can be added before it."""
    if all(expiries[c] >= ask.until for c in ask.wanted):
        return 0
    limit = min(reach(ask, expiries[c]) for c in ask.wanted)
    ways = []
    if sittings and sittings[0][1] <= limit:
        window, day = sittings[0]
        after = moved(facts, expiries, window.certification, day, same_day_later(day, 3))
        ways.append(fewest_years(facts, ask, sittings[1:], after, day))
    for year in possible_years(facts, ask, expiries, now):
        certification, day = year
        if day <= limit and (not sittings or day <= sittings[0][1]):
            new = same_day_later(expiries[certification], 1)
            after = moved(facts, expiries, certification, day, new)
            more = fewest_years(facts, ask, sittings, after, day)
            ways.append(None if more is None else more + 1)
    return min((way for way in ways if way is not None), default=None)


def possible_years(
    facts: ProgrammeFacts, ask: RenewalAsk, expiries: dict[str, date], now: date
) -> Iterator[tuple[str, date]]:
    if ask.maintain_usd is None:
        return
    for certification in sorted(ask.wanted.keys() & facts.maintenance.eligible):
        expiry = expiries[certification]
        day = max(now, expiry - timedelta(days=90))
        if expiry < ask.until and day <= expiry:
            yield certification, day


def check_lived(each: Case, found: Renewal) -> None:
    """The steps as dated are legal one by one and end with everything alive."""
    assert found.plan is not None
    expiries: dict[str, date] = dict(each.ask.held)
    for step in found.plan.steps:
        for c in each.ask.wanted:
            assert step.on <= reach(each.ask, expiries[c])
        if step.kind == "exam":
            assert step.on in each.ask.days
            new = same_day_later(step.on, 3)
        else:
            assert expiries[step.certification] - timedelta(days=90) <= step.on
            new = same_day_later(expiries[step.certification], 1)
        expiries = moved(each.facts, expiries, step.certification, step.on, new)
    assert all(expiries[c] >= each.ask.until for c in each.ask.wanted)
    assert {c: expiries[c] for c in each.ask.wanted} == found.plan.expires


def result(found: Renewal, goal: str) -> tuple[float, float] | None:
    if found.plan is None or found.refused:
        return None
    pair = (found.plan.exams, found.plan.usd)
    return pair if goal == "fewest" else (pair[1], pair[0])


@pytest.mark.parametrize("block", range(10))
def test_the_plan_is_as_good_as_trying_everything(block: int) -> None:
    kept = 0
    for seed in range(block * 40, block * 40 + 40):
        each = case(seed)
        found, expected = plan_renewals(each.facts, each.ask), by_trying(each)
        assert result(found, each.ask.goal) == expected, seed
        if expected is not None:
            check_lived(each, found)
            kept += 1
            assert found.plan is not None
            assert found.plan.is_proven
    assert 5 <= kept <= 39, "cases of both sorts"


def test_the_cases_use_every_route() -> None:
    """Else agreement would say little: years, codes, cascades and several exams all occur."""
    seen: Mapping[str, int] = {"year": 0, "code": 0, "cascade": 0, "many": 0}
    counts = dict(seen)
    for seed in range(400):
        each = case(seed)
        plan = plan_renewals(each.facts, each.ask).plan
        for step in plan.steps if plan else ():
            counts["year"] += step.kind == "year"
            counts["code"] += step.is_discounted
            counts["cascade"] += len(step.moved) > 1
        counts["many"] += plan is not None and plan.exams > 1
    assert min(counts.values()) >= 15, counts


@pytest.mark.parametrize(
    ("until", "years"),
    [(date(2030, 6, 1), [(date(2029, 9, 2), date(2030, 12, 1))]), (date(2029, 6, 1), [])],
)
def test_a_year_is_put_off_to_the_later_expiry_or_left_out(
    until: date, years: list[tuple[date, date]]
) -> None:
    """The sitting moved the expiry that the year was planned on top of."""
    window = Window("A", "A-1", "ko", TODAY, None, 100, is_beta=False)
    held, day = {"A": date(2027, 3, 1)}, date(2026, 12, 1)
    solution = Solution(
        (PlannedSitting(window, day),),
        (PlannedYear("A", held["A"], date(2026, 12, 1)),),
        is_proven=True,
        gap=0,
    )
    facts = facts_of((), frozenset({"A"}))
    played = replay(facts, held, TODAY, until, solution, 0, 29)
    found = [(s.on, s.moved[0].after) for s in played.steps if s.kind == "year"]
    assert found == years
