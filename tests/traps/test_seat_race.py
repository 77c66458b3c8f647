"""Seats are never oversold, whoever asks from wherever: two processes, sixteen clients."""

import json
import subprocess
import sys
import time
from collections import Counter
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

import pytest

from matcher.store import enrolments
from matcher.wiring import Services
from models.course import CourseSession
from tests.conftest import address_of
from tests.traps.test_races import course_session, young_people

ROOT = Path(__file__).parents[2]
PROCESSES, CLIENTS, TRIES, SEATS = 2, 16, 200, 20
AHEAD = 4.0
"""Seconds the processes get to start up before they begin together."""


def race(services: Services, tries: int) -> Counter[str]:
    """One round on a session of its own; checks the counter against the rows."""
    with services.database.writing() as session:
        run = course_session(session, SEATS)
        course_id, session_id = run.course_id, run.id or 0
        people = [(each.account_id, each.youth_id) for each in young_people(session, tries)]
    start = time.time() + AHEAD
    order = {
        "url": address_of(services),
        "course": course_id,
        "session": session_id,
        "threads": CLIENTS // PROCESSES,
        "start": start,
    }
    shares = [order | {"people": people[number::PROCESSES]} for number in range(PROCESSES)]
    with ThreadPoolExecutor(PROCESSES) as pool:
        counts = sum(pool.map(_one_process, shares), Counter[str]())
    with services.database.reading() as session:
        taken = session.get_one(CourseSession, session_id).taken
        assert taken == enrolments.seats_taken(session, session_id) == counts["enrolled"]
        queue = enrolments.waiting(session, [session_id]).get(session_id, [])
        assert len(set(queue)) == counts["waitlisted"]
    return counts


def _one_process(order: dict[str, object]) -> Counter[str]:
    done = subprocess.run(
        [sys.executable, "-m", "tests.traps.seat_race"],
        input=json.dumps(order), capture_output=True, cwd=ROOT, text=True, check=True,
    )  # fmt: skip
    return Counter(json.loads(done.stdout.splitlines()[-1]))


def test_two_processes_share_twenty_seats_exactly(any_services: Services) -> None:
    assert race(any_services, 48) == {"enrolled": SEATS, "waitlisted": 28}


@pytest.mark.slow
@pytest.mark.parametrize("number", range(50))
def test_fifty_rounds_of_two_hundred_tries_never_oversell(
    any_services: Services, number: int
) -> None:
    assert race(any_services, TRIES) == {"enrolled": SEATS, "waitlisted": TRIES - SEATS}, number
