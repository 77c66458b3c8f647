"""Timings of the path planner as JSON: python benchmarks/planning.py [--runs 20].

Random problems of 200 actions with 60 course sessions over a year; for each the three best plans of
the two exact kinds, as the page asks for them.
"""

import argparse
import json
import statistics
import time
from random import Random

from matcher.planning.path.problem import (
    UNITS_AN_HOUR,
    Exam,
    Gain,
    Goal,
    Problem,
    Session,
    Task,
    Window,
)
from matcher.planning.path.search import Clock, Search

DAYS = 365
SKILLS = tuple(f"s{number}" for number in range(40))
EXAMS = tuple(f"E{number}" for number in range(12))


def problem(seed: int, actions: int = 200, sessions: int = 60, weekly_hours: int = 12) -> Problem:
    """A target that asks for eight skills and two exams; a third of the actions lead there."""
    draw = Random(seed)
    asked = draw.sample(SKILLS, 8)
    runs = tuple(_session(draw, number, asked) for number in range(1, sessions + 1))
    rungs = [(skill, level) for skill in SKILLS for level in range(1, 6)]
    wanted = [rung for rung in rungs if rung[0] in asked]
    others = [rung for rung in rungs if rung[0] not in asked]
    draw.shuffle(others)
    some = wanted + others[: max(0, actions - sessions - len(EXAMS) - len(wanted))]
    return Problem(
        supply=(weekly_hours * 60,) * (2 * DAYS),
        goal=Goal({skill: draw.randint(2, 4) for skill in asked}, frozenset(draw.sample(EXAMS, 2))),
        last=DAYS,
        levels={skill: draw.randint(0, 1) for skill in SKILLS},
        sessions=runs,
        tasks=tuple(
            Task(
                f"{skill}:{level}",
                draw.randint(8, 40) * level * UNITS_AN_HOUR // 2,
                ((skill, level),),
            )
            for skill, level in some
        ),
        exams=tuple(_exam(draw, name) for name in EXAMS),
        clashes=frozenset(
            (one.id, other.id)
            for one in runs
            for other in runs
            if one.id < other.id and draw.random() < 0.1
        ),
        budget=draw.choice((None, 900_000, 1_500_000)),
    )


def _session(draw: Random, number: int, asked: list[str]) -> Session:
    starts = draw.randint(5, DAYS - 60)
    pool = asked if draw.random() < 0.5 else SKILLS
    gains = tuple(
        Gain(skill, low := draw.randint(0, 2), low + draw.randint(1, 2))
        for skill in draw.sample(pool, draw.randint(1, 3))
    )
    needs = ((draw.choice(SKILLS), draw.randint(1, 2)),) if draw.random() < 0.2 else ()
    return Session(
        number,
        draw.randint(1, 45),
        starts,
        starts + draw.randint(10, 55),
        draw.choice((2, 3, 4)) * 60,
        draw.choice((0, 0, 50_000, 150_000)),
        gains,
        needs,
    )


def _exam(draw: Random, name: str) -> Exam:
    work, price = draw.randint(20, 90) * UNITS_AN_HOUR, draw.choice((100, 150, 300)) * 1595
    turn = draw.randint(20, DAYS)
    if draw.random() < 0.7:
        return Exam(name, (Window(f"{name}1", "ko", 0, 2 * DAYS, work, price),))
    return Exam(
        name,
        (
            Window(f"{name}1", "ko", 0, turn, work, price),
            Window(f"{name}2", "ko", turn + 1, 2 * DAYS, work, price),
        ),
    )


def _timed(seed: int, limit: float) -> dict[str, float]:
    """Seconds of the best plan of each exact kind, and of three of each."""
    asked = problem(seed)
    began = time.perf_counter()
    search = Search(asked, Clock.of(limit))
    fastest = search.plans("fastest", 1)
    first = time.perf_counter()
    floor = fastest[0].timeline.finish if fastest else 0
    cheapest = search.plans("cheapest", 1, floor)
    second = time.perf_counter()
    again = Search(asked, Clock.of(limit))
    three = (*again.plans("fastest", 3), *again.plans("cheapest", 3, floor))
    ended = time.perf_counter()
    best = (*fastest, *cheapest)
    return {
        "fastest": first - began,
        "cheapest": second - first,
        "three_of_each": ended - second,
        "plans": len(three),
        "best_not_proved": search.timed_out or any(plan.gap for plan in best),
        "some_not_proved": again.timed_out or any(plan.gap for plan in three),
    }


def main() -> None:
    parser = argparse.ArgumentParser()
    parser.add_argument("--runs", type=int, default=20)
    parser.add_argument("--limit", type=float, default=1.0)
    asked = parser.parse_args()
    _timed(0, 60.0)  # imports
    found = [_timed(seed, asked.limit) for seed in range(asked.runs)]
    report: dict[str, object] = {"problems": asked.runs, "actions": 200, "sessions": 60}
    for name in ("fastest", "cheapest", "three_of_each"):
        times = [each[name] for each in found]
        report[name] = {
            "median_ms": round(1000 * statistics.median(times), 1),
            "worst_ms": round(1000 * max(times), 1),
        }
    for name in ("best_not_proved", "some_not_proved"):
        report[name] = sum(bool(each[name]) for each in found)
    report["with_plans"] = sum(each["plans"] > 0 for each in found)
    report["limit_s"] = asked.limit
    print(json.dumps(report))


if __name__ == "__main__":
    main()
