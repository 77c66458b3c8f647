"""Seats are never oversold, whoever asks from wherever: two processes, sixteen clients."""

import json
import subprocess
import sys
from collections import Counter
from collections.abc import Iterator
from contextlib import ExitStack, contextmanager
from pathlib import Path
from typing import IO, Any

import pytest

from matcher.store import enrolments
from matcher.wiring import Services
from models.course import CourseSession
from tests.conftest import address_of
from tests.coordinator_desk import run
from tests.traps.test_races import course_session, young_people

ROOT = Path(__file__).parents[2]
PROCESSES, CLIENTS, ROUNDS, TRIES, SEATS = 2, 16, 50, 200, 20


class Racer:
    """One process that is told where to enrol and says what happened."""

    def __init__(self, process: subprocess.Popen[str], order: dict[str, Any]) -> None:
        assert process.stdin is not None
        assert process.stdout is not None
        self.asked: IO[str] = process.stdin
        self.said: IO[str] = process.stdout
        self.tell(order)

    def tell(self, order: Any) -> None:
        self.asked.write(json.dumps(order) + "\n")
        self.asked.flush()

    def answer(self) -> Counter[str]:
        return Counter(json.loads(self.said.readline()))


@contextmanager
def racers(order: dict[str, Any], people: list[tuple[int, int | None]]) -> Iterator[list[Racer]]:
    """Started and ready: none still imports while another one runs."""
    with ExitStack() as stack:
        ready = []
        for number in range(PROCESSES):
            process = subprocess.Popen(
                [sys.executable, "-m", "tests.traps.seat_race"],
                stdin=subprocess.PIPE, stdout=subprocess.PIPE, cwd=ROOT, text=True,
            )  # fmt: skip
            stack.enter_context(process)
            stack.callback(process.kill)
            ready.append(Racer(process, order | {"people": people[number::PROCESSES]}))
        for each in ready:
            each.answer()
        yield ready


def race(services: Services, tries: int, rounds: int) -> None:
    """Rounds on sessions of their own; each checks the counter against the rows."""
    with services.database.writing() as session:
        held = course_session(session, SEATS)
        course_id, first = held.course_id, (held.starts_on, held.ends_on)
        opens = {
            "applications_open_on": held.applications_open_on,
            "applications_close_on": held.applications_close_on,
        }
        numbers = [held.id or 0] + [
            run(session, course_id, *first, seats=SEATS, **opens).id or 0
            for _more in range(rounds - 1)
        ]
        people = [(each.account_id, each.youth_id) for each in young_people(session, tries)]
    order = {"url": address_of(services), "threads": CLIENTS // PROCESSES}
    with racers(order, people) as pair:
        for number in numbers:
            for each in pair:
                each.tell([course_id, number])
            counts = sum((each.answer() for each in pair), Counter[str]())
            assert counts == {"enrolled": SEATS, "waitlisted": tries - SEATS}
            check(services, number, counts)


def check(services: Services, session_id: int, counts: Counter[str]) -> None:
    with services.database.reading() as session:
        taken = session.get_one(CourseSession, session_id).taken
        assert taken == enrolments.seats_taken(session, session_id) == counts["enrolled"]
        queue = enrolments.waiting(session, [session_id]).get(session_id, [])
        assert len(set(queue)) == counts["waitlisted"]


def test_two_processes_share_twenty_seats_exactly(any_services: Services) -> None:
    race(any_services, 48, 1)


@pytest.mark.slow
def test_fifty_rounds_of_two_hundred_tries_never_oversell(any_services: Services) -> None:
    race(any_services, TRIES, ROUNDS)
