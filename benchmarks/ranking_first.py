"""Time the first ranker on made-up data: python benchmarks/ranking_first.py [--repeat N]

Prints one JSON: best of N in milliseconds. `cold` builds everything from plain objects, `warm`
reuses what a caller keeps between requests (prepared openings or people, the text space).
"""

import argparse
import json
import platform
import sys
import time
from collections.abc import Callable
from dataclasses import replace
from datetime import date, timedelta
from pathlib import Path

import numpy as np

sys.path.insert(0, str(Path(__file__).resolve().parents[1]))

from matcher.ranking.context import RankingContext
from matcher.ranking.courses import course_matrix
from matcher.ranking.features import candidate_matrix, opening_matrix
from matcher.ranking.prepared import PreparedOpenings, PreparedSeekers
from matcher.ranking.recommend import opening_places, rank_candidates, rank_openings
from matcher.ranking.text import TextSpace
from matcher.ranking.types import (
    CertificationProof,
    Course,
    Opening,
    Requirement,
    Seeker,
    SkillProof,
)
from matcher.ranking.whatif import what_if

TODAY = date(2026, 11, 21)
WORDS = [
    "위성",
    "데이터",
    "분석",
    "클라우드",
    "운영",
    "파이썬",
    "배터리",
    "전력",
    "센서",
    "로봇",
    "바이오",
    "실험",
    "지도",
    "앱",
    "서버",
    "보안",
]


def openings(count: int, each: int, skills: int, rng: np.random.Generator) -> list[Opening]:
    return [
        Opening(
            number,
            sector=str(rng.choice(["space", "energy", "bio", "mobility"])),
            requirements=(
                *(
                    Requirement(
                        f"skill:s{slug}",
                        "must" if rng.random() < 0.6 else "nice",
                        int(rng.integers(1, 6)),
                    )
                    for slug in rng.choice(skills, each - 2, replace=False)
                ),
                Requirement(f"certification:c{rng.integers(12)}", "must"),
                Requirement("skill:s0", "exclude", 5),
            ),
            text=" ".join(rng.choice(WORDS, 60)),
            region="jeju",
            employment_type="full",
            posted_on=TODAY - timedelta(days=int(rng.integers(120))),
            starts_on=TODAY + timedelta(days=int(rng.integers(120))),
        )
        for number in range(count)
    ]


def seekers(count: int, each: int, skills: int, rng: np.random.Generator) -> list[Seeker]:
    return [
        Seeker(
            number,
            {
                f"s{slug}": SkillProof(f"s{slug}", int(rng.integers(1, 6)), float(rng.random()))
                for slug in rng.choice(skills, each, replace=False)
            },
            {"c1": CertificationProof("c1")} if number % 3 == 0 else {},
            sectors={"space": 1.0},
            regions={"jeju": 1.0},
            available_from=TODAY,
            text=" ".join(rng.choice(WORDS, 15)),
        )
        for number in range(count)
    ]


def courses(count: int, each: int, skills: int, rng: np.random.Generator) -> list[Course]:
    return [
        Course(
            number,
            gained={
                f"s{slug}": (0, int(rng.integers(1, 6)))
                for slug in rng.choice(skills, each, replace=False)
            },
            text=" ".join(rng.choice(WORDS, 30)),
        )
        for number in range(count)
    ]


def best(run: Callable[[], object], repeat: int) -> float:
    times = []
    for _ in range(repeat):
        start = time.perf_counter()
        run()
        times.append(time.perf_counter() - start)
    return round(min(times) * 1000, 2)


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--repeat", type=int, default=5)
    repeat = parser.parse_args().repeat
    rng = np.random.default_rng(7)
    adjacency = {
        f"s{number}": {f"s{(number + step) % 250}": 0.5 / step for step in (1, 2, 3)}
        for number in range(250)
    }
    many = openings(879, 35, 250, rng)
    people = seekers(10_000, 20, 250, rng)
    space = TextSpace([each.text for each in many])
    context = RankingContext(TODAY, adjacency, space)
    ready, crowd = (
        PreparedOpenings.from_openings(many, context),
        PreparedSeekers.from_seekers(people, context),
    )
    person, opening = people[0], many[0]
    offered = courses(45, 4, 250, rng)
    some = PreparedOpenings.from_openings(openings(120, 10, 250, rng), context)
    first = time.perf_counter()
    rank_openings(person, ready, context, 20)
    first_ms = round((time.perf_counter() - first) * 1000, 2)
    then = replace(person, skills={**person.skills, "s7": SkillProof("s7", 5)})
    result = {
        "python": platform.python_version(),
        "numpy": np.__version__,
        "repeat": repeat,
        "one_profile_879x35_ms": {
            "first_call": first_ms,
            "warm_top20": best(lambda: rank_openings(person, ready, context, 20), repeat),
            "warm_all_with_checklists": best(lambda: rank_openings(person, ready, context), repeat),
            "warm_places_only": best(lambda: opening_places(person, ready, context), repeat),
            "warm_matrix_only": best(lambda: opening_matrix(person, ready, context), repeat),
            "cold_top20": best(lambda: rank_openings(person, many, context, 20), repeat),
            "what_if": best(lambda: what_if(person, then, ready, context), repeat),
        },
        "one_profile_45_courses_120x10_ms": {
            "matrix": best(lambda: course_matrix(person, offered, [], context), repeat),
            "matrix_with_opening_gain": best(
                lambda: course_matrix(person, offered, [], context, some), repeat
            ),
        },
        "one_opening_10000_people_ms": {
            "cold_top50": best(lambda: rank_candidates(opening, people, context, 50), repeat),
            "cold_first_words": best(
                lambda: rank_candidates(
                    opening,
                    people,
                    RankingContext(TODAY, adjacency, TextSpace([each.text for each in many[:50]])),
                    50,
                ),
                repeat,
            ),
            "warm_top50": best(lambda: rank_candidates(opening, crowd, context, 50), repeat),
            "warm_matrix_only": best(lambda: candidate_matrix(opening, crowd, context), repeat),
        },
    }
    print(json.dumps(result, indent=2))


if __name__ == "__main__":
    main()
