"""Time every single action and every pair of actions of one person against all open openings.

    .venv/bin/python benchmarks/whatif.py [--runs 20] [--openings 200] [--actions 72]

Openings and a person are made by a seed from the real catalogue (skills, their neighbourhood,
certificates). What is timed is what a page does when it is warm: write each scenario's records,
turn them into what the ranking sees, score everything. Prints one JSON in milliseconds;
`times_one_by_one` is how much longer ranking the openings anew for every scenario takes, measured
on a part of them, and `same_bits` whether both give the same places.
"""

import argparse
import json
import os
import platform
import statistics
import sys
import time
from datetime import date, timedelta
from itertools import combinations
from pathlib import Path

os.environ.setdefault("OMP_NUM_THREADS", "1")
sys.path.insert(0, str(Path(__file__).resolve().parents[1]))

import numpy as np

from matcher.catalogue.certifications import load_programme
from matcher.catalogue.skills import load_taxonomy
from matcher.matching.context import adjacency, text_space
from matcher.matching.own_records import Deed, Finished, OwnRecords, Passed, Reached
from matcher.ranking.context import RankingContext
from matcher.ranking.prepared import PreparedOpenings
from matcher.ranking.recommend import opening_places
from matcher.ranking.scenarios import Scores, scenario_scores
from matcher.ranking.types import Course, Opening, Requirement
from matcher.store.match_rows import SkillRow, YouthRow
from models.skill import Rater

TODAY = date(2026, 11, 21)
BAR_MS = 400.0
SAMPLE = 60


def openings(
    count: int, slugs: list[str], exams: list[str], rng: np.random.Generator
) -> list[Opening]:
    return [
        Opening(
            number,
            sector=str(rng.choice(["space", "energy", "bio", "mobility"])),
            requirements=(
                *(
                    Requirement(f"skill:{slug}", str(rng.choice(["must", "nice"])), int(level))  # type: ignore[arg-type]  # numpy's str
                    for slug, level in zip(
                        rng.choice(slugs, 6, replace=False), rng.integers(1, 5, 6), strict=True
                    )
                ),
                Requirement(f"certification:{rng.choice(exams)}", "nice"),
            ),
            region="jeju",
            posted_on=TODAY - timedelta(days=int(rng.integers(90))),
            closes_on=TODAY + timedelta(days=int(rng.integers(60))),
            mentioned=frozenset(map(str, rng.choice(slugs, 2))),
        )
        for number in range(1, count + 1)
    ]


def person(slugs: list[str], rng: np.random.Generator) -> OwnRecords:
    raters = [Rater.SELF, Rater.SELF, Rater.COORDINATOR, Rater.PARTNER]
    rows = tuple(
        SkillRow(1, str(slug), int(rng.integers(1, 4)), rater, 1 if rater is Rater.SELF else 2)
        for number, slug in enumerate(rng.choice(slugs, 15, replace=False))
        for rater in [raters[number % len(raters)]]
    )
    return OwnRecords.of(YouthRow(1, 8, TODAY, None, ""), TODAY, rows)


def actions(count: int, slugs: list[str], exams: list[str], rng: np.random.Generator) -> list[Deed]:
    """A quarter exams, half skills, the rest courses of three skills each."""
    quarter = min(count // 4, len(exams))
    passed: list[Deed] = [Passed(each, None, TODAY) for each in exams[:quarter]]
    wanted = rng.choice(slugs, count // 2, replace=False)
    reached: list[Deed] = [Reached(str(each), int(rng.integers(2, 6))) for each in wanted]
    courses: list[Deed] = [
        Finished(Course(number, gained={str(each): (0, 3) for each in rng.choice(slugs, 3)}))
        for number in range(count - quarter - len(reached))
    ]
    return [*passed, *reached, *courses]


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--runs", type=int, default=20)
    parser.add_argument("--openings", type=int, default=200)
    parser.add_argument("--actions", type=int, default=72)
    asked = parser.parse_args()
    rng = np.random.default_rng(7)
    slugs = [each.slug for each in load_taxonomy().skills if not each.is_licence]
    exams = [each.id for each in load_programme().certifications]
    context = RankingContext(today=TODAY, adjacency=adjacency(), text=text_space())
    many = PreparedOpenings.from_openings(openings(asked.openings, slugs, exams, rng), context)
    who, deeds = person(slugs, rng), actions(asked.actions, slugs, exams, rng)
    tried = [*combinations(deeds, 1), *combinations(deeds, 2)]

    def all_at_once() -> Scores:
        people = [who.after(each).seeker() for each in tried]
        return scenario_scores(who.seeker(), people, many, context)

    scores = all_at_once()
    times = []
    for _ in range(asked.runs):
        start = time.perf_counter()
        all_at_once()
        times.append((time.perf_counter() - start) * 1000)
    sample = rng.choice(len(tried), min(SAMPLE, len(tried)), replace=False).tolist()
    start = time.perf_counter()
    alone = [opening_places(who.after(tried[each]).seeker(), many, context) for each in sample]
    one_by_one = (time.perf_counter() - start) * 1000 / len(sample) * len(tried)
    found = {
        "median_ms": round(statistics.median(times), 1),
        "worst_ms": round(max(times), 1),
        "runs": asked.runs,
        "scenarios": len(tried),
        "openings": len(many),
        "one_by_one_ms": round(one_by_one, 1),
        "times_one_by_one": round(one_by_one / statistics.median(times), 1),
        "same_bits": [scores.places(1 + each) for each in sample] == alone,
        "bar_ms": BAR_MS,
        "python": platform.python_version(),
        "numpy": np.__version__,
        "threads": os.environ["OMP_NUM_THREADS"],
    }
    print(json.dumps(found))


if __name__ == "__main__":
    main()
