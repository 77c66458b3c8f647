"""Time counting the people who meet a posting, and every easing of it, on a real database.

    .venv/bin/python benchmarks/relaxing.py [--people 10000] [--requirements 12] [--runs 5]

People with fifteen skills and two certificates each are made by a seed from the real catalogue and
stored in an own SQLite file; twenty courses teach two skills each. Timed are the recount on people
already in memory and reading those people, as wall time and as processor time. Prints one JSON in
milliseconds; `same` is whether the recount of a sample of easings equals each person's checklist.
"""

import argparse
import json
import os
import platform
import statistics
import sys
import tempfile
import time
from collections.abc import Callable
from datetime import UTC, date, datetime, timedelta
from pathlib import Path

os.environ.setdefault("OMP_NUM_THREADS", "1")
sys.path.insert(0, str(Path(__file__).resolve().parents[1]))

import numpy as np
from sqlalchemy import insert
from sqlmodel import Session, select

from matcher.catalogue.certifications import load_programme
from matcher.catalogue.skills import load_taxonomy
from matcher.db import Database
from matcher.matching.context import adjacency
from matcher.matching.qualified import ladder, people_of
from matcher.ranking.easing import Easing, Study, binding, easings
from matcher.ranking.front import relaxations
from matcher.ranking.recount import Recount
from matcher.ranking.requirements import check
from matcher.ranking.types import Course, Requirement, Seeker
from matcher.store import schema
from models.account import Account
from models.certification import AttemptState, CertificationRecord
from models.skill import Rater, SkillRecord
from models.youth import YouthProfile

TODAY = date(2026, 11, 21)
SAMPLE = 40


def fill(session: Session, people: int, slugs: list[str], rng: np.random.Generator) -> None:
    now = datetime(2026, 11, 21, tzinfo=UTC)
    exams = [each.id for each in load_programme().certifications]
    accounts = [
        {"id": n, "email": f"p{n}@example.com", "name": "x", "created_at": now}
        for n in range(1, people + 1)
    ]
    session.execute(insert(Account), accounts)
    youths = [
        {"id": n, "account_id": n, "created_at": now, "updated_at": now}
        for n in range(1, people + 1)
    ]
    session.execute(insert(YouthProfile), youths)
    skills = [
        {"youth_id": n, "skill": str(slug), "level": int(level), "rater": Rater.SELF,
         "verification": 1, "rated_on": TODAY, "created_at": now}
        for n in range(1, people + 1)
        for slug, level in zip(known(n, slugs, rng), rng.integers(1, 6, 15), strict=True)
    ]  # fmt: skip
    session.execute(insert(SkillRecord), skills)
    passes = [
        {"youth_id": n, "certification": str(name), "exam_code": "X", "verification": 1,
         "state": AttemptState.PASSED, "expires_on": TODAY + timedelta(days=300),
         "created_at": now, "updated_at": now}
        for n in range(1, people + 1)
        for name in rng.choice(exams, 2, replace=False)
    ]  # fmt: skip
    session.execute(insert(CertificationRecord), passes)


def known(number: int, slugs: list[str], rng: np.random.Generator) -> list[str]:
    """Every third person knows the field the posting is about."""
    if number % 3:
        return list(map(str, rng.choice(slugs, 15, replace=False)))
    return [*slugs[:12], *map(str, rng.choice(slugs[12:], 3, replace=False))]


def asked(count: int, slugs: list[str], rng: np.random.Generator) -> tuple[Requirement, ...]:
    skills = [
        Requirement(f"skill:{slug}", "must", int(rng.integers(1, 4))) for slug in slugs[: count - 2]
    ]
    return binding([
        *skills, Requirement("certification:SAA", "must"),
        Requirement(f"skill:{slugs[count]}", "exclude", 5),
    ])  # fmt: skip


def studies(slugs: list[str], rng: np.random.Generator) -> list[Study]:
    found = []
    for number in range(1, 21):
        gained = {str(slug): (1, 3) for slug in rng.choice(slugs[:12], 2, replace=False)}
        course = Course(number, gained=gained, certifications=("SAA",) if number < 4 else ())
        found.append(Study(course, TODAY + timedelta(weeks=number), number))
    return found


def timed(
    runs: int, act: Callable[[], object], clock: Callable[[], float] = time.perf_counter
) -> list[float]:
    times = []
    for _ in range(runs):
        start = clock()
        act()
        times.append((clock() - start) * 1000)
    return times


def is_same(people: tuple[Seeker, ...], asks: tuple[Requirement, ...], recount: Recount) -> bool:
    """For easings without a course; those with one are held against brute force in the tests."""
    plain = [each for each in recount.options() if not any(way.study for way in each.easings)][
        :: max(1, recount.tried // SAMPLE)
    ]
    return all(_counted(people, asks, each.easings) == each.people for each in plain[:SAMPLE])


def _counted(
    people: tuple[Seeker, ...], asks: tuple[Requirement, ...], ways: tuple[Easing, ...]
) -> int:
    instead = {way.was: way.now for way in ways}
    wanted = [instead.get(each, each) for each in asks]
    rest = [each for each in wanted if each is not None]
    return sum(check(each, rest, adjacency(), today=TODAY).musts_met for each in people)


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--people", type=int, default=10_000)
    parser.add_argument("--requirements", type=int, default=12)
    parser.add_argument("--runs", type=int, default=5)
    wanted = parser.parse_args()
    rng = np.random.default_rng(7)
    slugs = [each.slug for each in load_taxonomy().skills if not each.is_licence]
    asks = asked(wanted.requirements, slugs, rng)
    ways = easings(asks, ladder(), studies(slugs, rng))
    with tempfile.TemporaryDirectory() as folder:
        database = Database(f"sqlite:///{folder}/bench.db")
        schema.migrate(database)
        with database.writing() as session:
            fill(session, wanted.people, slugs, rng)
        with database.reading() as session:
            scope = select(YouthProfile.id)
            people = people_of(session, scope, asks, ways)
            reading = timed(wanted.runs, lambda: people_of(session, scope, asks, ways))
            work = timed(
                wanted.runs, lambda: people_of(session, scope, asks, ways), time.process_time
            )
        database.close()

    def table(some: list[tuple[Easing, ...]]) -> Recount:
        return Recount.of(people, asks, some, adjacency(), TODAY)

    counting = timed(wanted.runs, lambda: table([() for _ in asks]).qualified)
    relaxing = timed(wanted.runs, lambda: relaxations(table(list(ways))))
    found = relaxations(table(list(ways)))
    few = people[:400]
    same = is_same(few, asks, Recount.of(few, asks, ways, adjacency(), TODAY))
    print(json.dumps({
        "people": len(people),
        "requirements": len(asks),
        "tried": found.tried,
        "front": len(found.front),
        "before": found.before,
        "read_ms": round(statistics.median(reading), 1),
        "read_cpu_ms": round(statistics.median(work), 1),
        "count_ms": round(statistics.median(counting), 1),
        "relax_ms": round(statistics.median(relaxing), 1),
        "relax_worst_ms": round(max(relaxing), 1),
        "same": same,
        "python": platform.python_version(),
        "numpy": np.__version__,
        "threads": os.environ["OMP_NUM_THREADS"],
    }))  # fmt: skip


if __name__ == "__main__":
    main()
