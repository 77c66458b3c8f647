"""Placing cohorts: seconds of each method beside a floor, how many are placed, and the peers.

`python -m benchmarks.desk_assignment` prints JSON. The floor is numpy sorting the same wish lists
once: no method that looks at every wish is faster. The peers `matching` and `algmatch` are measured
where they are installed, on the same strict round.
"""

import json
import time
from collections.abc import Callable
from importlib.util import find_spec
from random import Random
from typing import Any, NamedTuple, TypeVar

import numpy as np

from matcher.planning.assignment.chance import chances
from matcher.planning.assignment.checking import blocking_pairs
from matcher.planning.assignment.document import parse, write
from matcher.planning.assignment.fit import total_fit
from matcher.planning.assignment.methods import deferred_acceptance, max_fit, weakly_stable
from matcher.planning.assignment.problem import Opening, Person, Placed, Problem, Tiers
from matcher.planning.assignment.seed import commitment
from matcher.planning.assignment.verifying import verify

SEED = "0123456789abcdef" * 4
T = TypeVar("T")


def round_of(
    people: int, openings: int, seats: int, wishes: int, ties: float, number: int = 0
) -> Problem:
    """Random lists of `wishes` each, returned by every opening; `seats` in all, one each at least.
    `ties`: how often the next on a list is the equal of the one before."""
    random = Random(number)
    names = [f"p{n:05d}" for n in range(people)]
    places = [f"o{n:04d}" for n in range(openings)]
    capacity = dict.fromkeys(places, 1)
    for _ in range(seats - openings):
        capacity[random.choice(places)] += 1
    wished = {each: random.sample(places, wishes) for each in names}
    liked: dict[str, list[str]] = {each: [] for each in places}
    for person, choices in wished.items():
        for opening in choices:
            liked[opening].append(person)
    for each in liked.values():
        random.shuffle(each)
    return Problem(
        people=tuple(Person(each, _tiers(random, wished[each], ties)) for each in names),
        openings=tuple(
            Opening(each, capacity[each], _tiers(random, liked[each], ties)) for each in places
        ),
        fit={p: {o: round(5 * random.random(), 3) for o in wished[p]} for p in names},
    )


def _tiers(random: Random, ids: list[str], ties: float) -> Tiers:
    tiers: list[list[str]] = []
    for each in ids:
        if tiers and random.random() < ties:
            tiers[-1].append(each)
        else:
            tiers.append([each])
    return tuple(tuple(tier) for tier in tiers)


class Spent(NamedTuple):
    """By the clock, and of the processor: they differ where the machine has other work."""

    seconds: float
    cpu: float


def timed(work: Callable[[], T], times: int = 3) -> tuple[Spent, T]:
    """The best of some runs, and what came out."""
    spent: list[Spent] = []
    while True:
        clock, cpu = time.perf_counter(), time.process_time()
        found = work()
        spent.append(Spent(time.perf_counter() - clock, time.process_time() - cpu))
        if len(spent) == times:
            return Spent(*map(min, zip(*spent, strict=True))), found


def floor(people: int, wishes: int) -> float:
    lists = np.random.default_rng(0).random((people, wishes))
    return timed(lambda: np.argsort(lists, axis=1))[0].cpu


def measure(quick: bool = False) -> dict[str, Any]:
    return {
        "deferred_acceptance_5000x400": _deferred(15, 0.0),
        "deferred_acceptance_5000x400_full_lists": _deferred(400, 0.0),
        "deferred_acceptance_5000x400_full_lists_ties": _deferred(400, 0.5),
        "weakly_stable_300x150": _weak(2 if quick else 5),
        "max_fit_600x40": _largest(minimum=0),
        "max_fit_600x40_minimum_8": _largest(minimum=8),
        "max_fit_600x40_minimums_out_of_reach": _largest(minimum=8, seats=900, wishes=3),
        "chance_100_clearings_2000x120": _chance(),
        "verify_5000x400": _verified(),
        "peers_500x40": _peers(),
    }


def _row(spent: Spent, ground: float, **more: Any) -> dict[str, Any]:
    return {
        "seconds": round(spent.seconds, 4),
        "cpu_seconds": round(spent.cpu, 4),
        "times_floor": round(spent.cpu / ground, 1),
        **more,
    }


def _deferred(wishes: int, ties: float) -> dict[str, Any]:
    problem = round_of(5000, 400, 4000, wishes, ties)
    spent, found = timed(lambda: deferred_acceptance(problem, SEED))
    blocking = len(blocking_pairs(problem, found.assignment))
    return _row(spent, floor(5000, wishes), placed=len(found.assignment), blocking_pairs=blocking)


def _weak(rounds: int) -> dict[str, Any]:
    """300 people, 150 openings, 300 seats, three to five wishes; beside 50 lotteries each."""
    rows = []
    for number in range(rounds):
        problem = round_of(300, 150, 300, 3 + number % 3, 0.5 + 0.1 * (number % 4), number)
        spent, found = timed(lambda problem=problem: weakly_stable(problem), times=1)  # type: ignore[misc]
        drawn = [len(deferred_acceptance(problem, f"{n:032x}").assignment) for n in range(50)]
        rows.append(
            {
                "seconds": round(spent.seconds, 3),
                "cpu_seconds": round(spent.cpu, 3),
                "placed": len(found.assignment),
                "bound": found.bound,
                "lotteries": [min(drawn), max(drawn)],
                "blocking_pairs": len(blocking_pairs(problem, found.assignment)),
            }
        )
    worst = Spent(*(max(row[name] for row in rows) for name in ("seconds", "cpu_seconds")))
    return _row(worst, floor(300, 5), rounds=rows)


def _largest(minimum: int, seats: int = 600, wishes: int = 40) -> dict[str, Any]:
    made = round_of(600, 40, seats, wishes, 0.0)
    openings = tuple(
        Opening(each.id, each.capacity, each.tiers, min(minimum, each.capacity))
        for each in made.openings
    )
    if wishes < 40:
        openings = tuple(Opening(o.id, 40, o.tiers, 20) for o in openings)
    problem = Problem(made.people, openings, fit=made.fit)
    spent, found = timed(lambda: max_fit(problem), times=1 if wishes < 40 else 3)
    total = round(total_fit(problem, found.assignment), 3)
    return _row(
        spent, floor(600, 40), placed=len(found.assignment), total=total,
        bound=round(found.bound or 0, 3),
        is_proved=found.is_proved, unmet=len(found.unmet),
    )  # fmt: skip


def _chance() -> dict[str, Any]:
    problem = round_of(2000, 120, 1200, 10, 0.5)
    spent, found = timed(lambda: chances(problem, noise=0.5), times=1)
    return _row(spent, 100 * floor(2000, 10), people=len(found))


def _verified() -> dict[str, Any]:
    """Reading the file, all checks and the lottery drawn again."""
    problem = round_of(5000, 400, 4000, 15, 0.5)
    placed: Placed = deferred_acceptance(problem, SEED)
    content = write(problem, placed, SEED, commitment(SEED)).encode()
    spent, found = timed(lambda: verify(parse(content)))
    return _row(spent, floor(5000, 15), megabytes=round(len(content) / 1e6, 1), holds=found.holds)


def _peers() -> dict[str, Any]:
    problem = round_of(500, 40, 400, 10, 0.0)
    spent, found = timed(lambda: deferred_acceptance(problem, SEED))
    rows: dict[str, Any] = {"here": _row(spent, floor(500, 10))}
    for name, solve in (("matching", _matching), ("algmatch", _algmatch)):
        if find_spec(name) is not None:
            taken, theirs = timed(lambda solve=solve: solve(problem), times=1)  # type: ignore[misc]
            rows[name] = _row(taken, floor(500, 10), same=theirs == found.assignment)
    return rows


def _matching(problem: Problem) -> dict[str, str]:
    from matching.games import HospitalResident  # type: ignore[import-not-found, unused-ignore]

    game = HospitalResident.create_from_dictionaries(
        {p.id: [o for (o,) in p.tiers] for p in problem.people},
        {o.id: [p for (p,) in o.tiers] for o in problem.openings},
        {o.id: o.capacity for o in problem.openings},
    )
    solved = game.solve(optimal="resident")
    return {str(p): str(o) for o, people in solved.items() for p in people}


def _algmatch(problem: Problem) -> dict[str, str]:
    from algmatch import (  # type: ignore[import-not-found, unused-ignore]
        HospitalResidentsProblem,
    )

    people = {each.id: number for number, each in enumerate(problem.people, start=1)}
    places = {each.id: number for number, each in enumerate(problem.openings, start=1)}
    solved = HospitalResidentsProblem(
        dictionary={
            "residents": {people[p.id]: [places[o] for (o,) in p.tiers] for p in problem.people},
            "hospitals": {
                places[o.id]: {
                    "capacity": o.capacity,
                    "preferences": [people[p] for (p,) in o.tiers],
                }
                for o in problem.openings
            },
        },
        optimised_side="residents",
    ).get_stable_matching()["resident_sided"]
    person = {f"r{number}": each for each, number in people.items()}
    place = {f"h{number}": each for each, number in places.items()}
    return {person[str(r)]: place[str(h)] for r, h in solved.items() if h}


if __name__ == "__main__":
    print(json.dumps(measure(), indent=2))
