"""Time what a young person's list pays for knowing how partners answer.

    .venv/bin/python benchmarks/reply_rates.py [--firms 500] [--applications 20000] [--runs 5]

Firms with four openings each and applications of one year, two steps each, are made by a seed and
stored in an own SQLite file. Timed, of the processor: the rates of all firms at first, the same
again, and again after one more answer. `floor` is reading as many rows with one plain query.
Prints one JSON in milliseconds.
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

sys.path.insert(0, str(Path(__file__).resolve().parents[1]))

import numpy as np
from sqlalchemy import insert
from sqlmodel import Session, select

from matcher.db import Database
from matcher.matching.reply_rates import rates_of
from matcher.store import schema
from models.account import Account
from models.application import Application, ApplicationEvent, ApplicationState
from models.opening import Opening, OpeningState
from models.organisation import Organisation, OrganisationKind, OrganisationState
from models.youth import YouthProfile

NOW = datetime(2026, 11, 21, 3, tzinfo=UTC)
TODAY = date(2026, 11, 21)
OPENINGS = 4
ENDS = (ApplicationState.INTERVIEW, ApplicationState.REFUSED, ApplicationState.UNDER_REVIEW)


def fill(session: Session, firms: int, applications: int) -> None:
    rng = np.random.default_rng(5)
    session.execute(insert(Organisation), [
        {"id": n, "slug": f"f{n}", "kind": OrganisationKind.PARTNER, "created_at": NOW,
         "state": OrganisationState.ACTIVE, "name_ko": "가", "name_en": "F", "sector": "space"}
        for n in range(1, firms + 1)
    ])  # fmt: skip
    openings = firms * OPENINGS
    session.execute(insert(Opening), [
        {"id": n, "organisation_id": 1 + n % firms, "state": OpeningState.PUBLISHED,
         "title_ko": "가", "title_en": "A", "sector": "space", "employment_type": "full_time",
         "region": "jeju-si", "opens_on": TODAY, "closes_on": TODAY + timedelta(days=30),
         "answer_days": int(rng.integers(5, 20)), "created_at": NOW, "updated_at": NOW,
         "published_at": NOW}
        for n in range(1, openings + 1)
    ])  # fmt: skip
    youths = 1 + applications // openings
    session.execute(insert(Account), [
        {"id": n, "email": f"p{n}@example.com", "name": "x", "created_at": NOW}
        for n in range(1, youths + 1)
    ])  # fmt: skip
    session.execute(insert(YouthProfile), [
        {"id": n, "account_id": n, "created_at": NOW, "updated_at": NOW}
        for n in range(1, youths + 1)
    ])  # fmt: skip
    sent = [NOW - timedelta(days=int(day)) for day in rng.integers(1, 364, applications)]
    session.execute(insert(Application), [
        {"id": n, "opening_id": 1 + (n - 1) % openings, "youth_id": 1 + (n - 1) // openings,
         "state": ApplicationState.SENT, "created_at": at, "updated_at": at}
        for n, at in enumerate(sent, start=1)
    ])  # fmt: skip
    session.execute(insert(ApplicationEvent), [
        step(n, at, state)
        for n, at in enumerate(sent, start=1)
        for at, state in (
            (at, ApplicationState.SENT),
            (at + timedelta(days=int(rng.integers(1, 30))), ENDS[rng.integers(3)]),
        )
    ])  # fmt: skip


def step(application: int, at: datetime, state: ApplicationState) -> dict[str, object]:
    role = "youth" if state is ApplicationState.SENT else "partner"
    return {
        "application_id": application, "from_state": "sent", "to_state": state.value,
        "actor_role": role, "reason": "", "at": at,
    }  # fmt: skip


def timed(act: Callable[[], object]) -> float:
    started = time.process_time()
    act()
    return (time.process_time() - started) * 1000


def measured(database: Database, firms: int, runs: int) -> dict[str, float]:
    ids = range(1, firms + 1)

    def rates() -> object:
        with database.reading() as session:
            return rates_of(session, ids, NOW)

    def floor() -> object:
        with database.reading() as session:
            return session.execute(select(Application.id, Application.created_at)).all()

    first = timed(rates)
    again, after, floors = [], [], []
    for run in range(runs):
        again.append(timed(rates))
        with database.writing() as session:
            session.execute(
                insert(ApplicationEvent), [step(run + 1, NOW, ApplicationState.REFUSED)]
            )
        after.append(timed(rates))
        floors.append(timed(floor))
    found = {"again": again, "after_an_answer": after, "floor": floors}
    return {"first": round(first, 1)} | {
        name: round(statistics.median(each), 1) for name, each in found.items()
    }


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("--firms", type=int, default=500)
    parser.add_argument("--applications", type=int, default=20_000)
    parser.add_argument("--runs", type=int, default=5)
    asked = parser.parse_args()
    load = os.getloadavg()[0]
    with tempfile.TemporaryDirectory() as folder:
        database = Database(f"sqlite:///{folder}/bench.db")
        schema.migrate(database)
        with database.writing() as session:
            fill(session, asked.firms, asked.applications)
        found = measured(database, asked.firms, asked.runs)
        database.close()
    print(json.dumps({
        "firms": asked.firms,
        "applications": asked.applications,
        "load_before": round(load, 2),
        "cpu_ms": found,
        "python": platform.python_version(),
        "cores": os.cpu_count(),
    }))  # fmt: skip


if __name__ == "__main__":
    main()
