"""Time which of 60 courses places most of 2,000 young people in 120 openings.

    .venv/bin/python benchmarks/desk_impact.py [--people 2000] [--openings 120] [--courses 60]

People, openings and courses are made by a seed from the real skill catalogue: an opening asks for
two to four skills near a role, people hold some of them, a course raises two to four. Timed on one
core: who qualifies now and after every course, then every course alone exactly, then the best
bundles. Prints one JSON in seconds; `popular_differs` tells whether the course with most newly
eligible people is another one than the best.
"""

import argparse
import json
import os
import sys
import time
from datetime import date
from pathlib import Path
from random import Random
from typing import Any

os.environ.setdefault("OMP_NUM_THREADS", "1")
sys.path.insert(0, str(Path(__file__).resolve().parents[1]))

import numpy as np

from matcher.catalogue.sectors import sectors
from matcher.catalogue.skills import load_taxonomy
from matcher.matching.context import adjacency
from matcher.planning.impact.bundles import best_bundle
from matcher.planning.impact.courses import singles
from matcher.planning.impact.ground import Ground
from matcher.ranking.qualifying import Qualifying
from matcher.ranking.types import Course, Opening, Requirement, Seeker, SkillProof

TODAY = date(2026, 11, 21)
SEED = 20_261_121
SEATS = 30
TOPICS = 12
"""Skills come in as many groups; people and openings each keep to one or two."""


def measure(people: int = 2_000, openings: int = 120, courses: int = 60) -> dict[str, Any]:
    random = Random(SEED)
    slugs = [each.slug for each in load_taxonomy().skills if not each.is_licence]
    random.shuffle(slugs)
    topics = [slugs[place::TOPICS][:8] for place in range(TOPICS)]
    seekers = [_seeker(random, number, topics) for number in range(1, people + 1)]
    wanted = [_opening(random, number, topics) for number in range(1, openings + 1)]
    taught = [_course(random, number, topics) for number in range(1, courses + 1)]
    capacity = np.array([random.randint(1, 4) for _ in wanted], dtype=np.int64)
    adjacency()  # reference data are read once a process, not once an answer
    start = time.perf_counter()
    asked = Qualifying.of(seekers, wanted, taught, adjacency(), TODAY)
    ground = Ground(capacity, asked.now())
    made = []
    for course in taught:
        takers = asked.takers(course)
        made.append(asked.after(course, takers) & ~ground.free & takers[:, None])
    qualified = time.perf_counter()
    found = singles(ground, made, SEATS)
    alone = time.perf_counter()
    bundles = {size: _bundle(ground, made, found, size) for size in (2, 3)}
    best = max(found.gains, key=lambda each: each.gained)
    popular = max(found.gains, key=lambda each: each.eligible)
    return {
        "people": people,
        "openings": openings,
        "courses": courses,
        "seats": SEATS,
        "qualifying_s": round(qualified - start, 3),
        "matching_s": round(alone - qualified, 3),
        "total_s": round(alone - start, 3),
        "all_proved": all(each.is_proved for each in found.gains),
        "matched_without": found.base.total,
        "best_gained": best.gained,
        "best_eligible": best.eligible,
        "popular_gained": popular.gained,
        "popular_eligible": popular.eligible,
        "popular_differs": popular.gained < best.gained,
        "bundle_of_two": bundles[2],
        "bundle_of_three": bundles[3],
    }


def _bundle(ground: Ground, made: Any, found: Any, size: int) -> dict[str, Any] | None:
    start = time.perf_counter()
    answer = best_bundle(ground, made, SEATS, found, size)
    if answer is None:
        return None
    return {
        "s": round(time.perf_counter() - start, 3),
        "gained": answer.best.gained,
        "greedy": answer.greedy.gained,
        "at_most": answer.most,
        "proved": answer.is_proved,
    }


def _seeker(random: Random, number: int, topics: list[list[str]]) -> Seeker:
    known = random.choice(topics) + random.choice(topics)[:3]
    proofs = {s: SkillProof(s, random.randint(1, 3), 0.5) for s in known if random.random() < 0.4}
    wishes = random.sample([each.slug for each in sectors()], random.randint(0, 2))
    return Seeker(number, proofs, sectors=dict.fromkeys(wishes, 1.0))


def _opening(random: Random, number: int, topics: list[list[str]]) -> Opening:
    some = random.sample(random.choice(topics), random.randint(2, 4))
    musts = tuple(Requirement(f"skill:{slug}", "must", random.randint(1, 4)) for slug in some)
    return Opening(number, random.choice(sectors()).slug, musts)


def _course(random: Random, number: int, topics: list[list[str]]) -> Course:
    some = random.sample(random.choice(topics), random.randint(2, 4))
    steps = {slug: (low, low + 2) for slug in some for low in (random.randint(0, 2),)}
    return Course(number, gained=steps)


def main() -> None:
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawTextHelpFormatter
    )
    parser.add_argument("--people", type=int, default=2_000)
    parser.add_argument("--openings", type=int, default=120)
    parser.add_argument("--courses", type=int, default=60)
    asked = parser.parse_args()
    print(json.dumps(measure(asked.people, asked.openings, asked.courses), indent=2))


if __name__ == "__main__":
    main()
