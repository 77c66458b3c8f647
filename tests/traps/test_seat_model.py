"""Enrolling, selecting, cancelling and resizing in any order end where a plain model ends."""

from typing import Any

import pytest
from hypothesis import HealthCheck, settings
from hypothesis import strategies as some
from hypothesis.stateful import RuleBasedStateMachine, initialize, invariant, rule

from matcher.flows import enrolling, selecting
from matcher.flows.selecting import Decision, DeclineReason
from matcher.matching.seats import promote
from matcher.refusal import Refusal
from matcher.store import course_desk, enrolments
from matcher.wiring import Services
from models.course import CourseSelection, CourseSession
from tests.coordinator_desk import course, days, run
from tests.partner_desk import actor
from tests.people import People
from tests.traps.test_races import young_people

PEOPLE = 6
WHO = some.integers(0, PEOPLE - 1)


class Model:
    """One session by the book: a queue is a list, a seat a member of a set."""

    def __init__(self, seats: int, is_by_desk: bool) -> None:
        self.seats, self.is_by_desk = seats, is_by_desk
        self.states: dict[int, str] = {}
        self.queue: list[int] = []

    @property
    def taken(self) -> int:
        return sum(state == "enrolled" for state in self.states.values())

    def seat(self, who: int) -> None:
        if self.taken < self.seats and not self.queue:
            self.states[who] = "enrolled"
        else:
            self.states[who] = "waitlisted"
            self.queue.append(who)
        self.promote()

    def promote(self) -> None:
        while self.queue and self.taken < self.seats:
            self.states[self.queue.pop(0)] = "enrolled"

    def enrol(self, who: int) -> bool:
        if self.states.get(who, "cancelled") != "cancelled":
            return False
        if self.is_by_desk:
            self.states[who] = "applied"
        else:
            self.seat(who)
        return True

    def cancel(self, who: int) -> bool:
        if self.states.get(who) not in ("enrolled", "waitlisted", "applied"):
            return False
        self.states[who] = "cancelled"
        if who in self.queue:
            self.queue.remove(who)
        self.promote()
        return True

    def decide(self, who: int, selects: bool) -> bool:
        able = ("applied", "not_selected") if selects else ("applied",)
        if self.states.get(who) not in able:
            return False
        if selects:
            self.seat(who)
        else:
            self.states[who] = "not_selected"
        return True

    def resize(self, seats: int) -> bool:
        if seats < self.taken:
            return False
        self.seats = seats
        self.promote()
        return True


def machine_of(services: Services, people: People) -> type[RuleBasedStateMachine]:
    with services.database.writing() as session:
        crowd = young_people(session, PEOPLE)
    desk = actor(people.coordinator)

    class Machine(RuleBasedStateMachine):
        @initialize(seats=some.integers(1, 3), is_by_desk=some.booleans())
        def begin(self, seats: int, is_by_desk: bool) -> None:
            how = CourseSelection.BY_DESK if is_by_desk else CourseSelection.FIRST_COME
            with services.database.writing() as session:
                own = course(session, people.coordinator.organisation_id, selection=how)
                held = run(session, own.id, days(20), days(60), seats=seats)
                self.where = own.id or 0, held.id or 0
            self.model = Model(seats, is_by_desk)

        def numbers(self, who: int) -> int:
            with services.database.reading() as session:
                row = enrolments.of_session(session, self.where[1], crowd[who].youth_id or 0)
            return 0 if row is None else row.id or 0

        def agrees(self, expected: bool, who: Any, step: Any) -> None:
            try:
                with services.writing(who) as unit:
                    outcome = step(unit)
                happened = outcome is not False
            except Refusal:
                happened = False
            assert happened is expected

        @rule(who=WHO)
        def enrol(self, who: int) -> None:
            expected = self.model.enrol(who)
            self.agrees(
                expected, crowd[who], lambda unit: enrolling.enrol(unit, crowd[who], *self.where)
            )

        @rule(who=WHO)
        def cancel(self, who: int) -> None:
            expected, number = self.model.cancel(who), self.numbers(who)
            self.agrees(
                expected, crowd[who], lambda unit: enrolling.cancel(unit, crowd[who], number)
            )

        @rule(who=WHO, selects=some.booleans())
        def decide(self, who: int, selects: bool) -> None:
            expected, number = self.model.decide(who, selects), self.numbers(who)
            decision = Decision.SELECT if selects else Decision.DECLINE
            reason = None if selects else DeclineReason.OTHER
            self.agrees(
                expected,
                desk,
                lambda unit: selecting.decide(
                    unit, desk, self.where[1], [number], decision, reason
                ),
            )

        @rule(seats=some.integers(1, 4))
        def resize(self, seats: int) -> None:
            def step(unit: Any) -> bool:
                if not course_desk.resize(unit.session, self.where[1], seats):
                    return False
                promote(unit, self.where[1])
                return True

            self.agrees(self.model.resize(seats), desk, step)

        @invariant()
        def the_stored_rows_are_the_models(self) -> None:
            if not hasattr(self, "model"):
                return
            with services.database.reading() as session:
                held = session.get_one(CourseSession, self.where[1])
                rows = {
                    number: row.state.value
                    for number, each in enumerate(crowd)
                    if (row := enrolments.of_session(session, self.where[1], each.youth_id or 0))
                }
                queue = enrolments.waiting(session, [self.where[1]]).get(self.where[1], [])
                assert rows == self.model.states
                assert (
                    held.taken == self.model.taken == enrolments.seats_taken(session, self.where[1])
                )
            assert queue == [self.numbers(who) for who in self.model.queue]

    return Machine


def check(services: Services, people: People, examples: int, steps: int) -> None:
    made = machine_of(services, people).TestCase
    made.settings = settings(
        max_examples=examples,
        stateful_step_count=steps,
        deadline=None,
        suppress_health_check=list(HealthCheck),
    )
    made("runTest").runTest()


def test_any_order_of_steps_ends_where_the_model_ends(services: Services, people: People) -> None:
    check(services, people, 8, 15)


@pytest.mark.slow
def test_two_hundred_walks_of_fifty_steps_end_where_the_model_ends(
    any_services: Services, any_people: People
) -> None:
    check(any_services, any_people, 200, 50)
