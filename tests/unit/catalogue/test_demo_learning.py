"""Seats, timetables and completions in the demo data."""

from collections import Counter, defaultdict

import pytest

from matcher.catalogue.demo.shape import DemoData
from tests.unit.catalogue.demo_days import made


@pytest.fixture
def data() -> DemoData:
    return made()


def test_seats_are_never_oversold_and_waitlists_mean_full(data: DemoData) -> None:
    held: Counter[int] = Counter()
    waiting: Counter[int] = Counter()
    for row in data.enrolments:
        held[row.session] += row.state in ("enrolled", "completed")
        waiting[row.session] += row.state == "waitlisted"
    for session in data.sessions:
        assert session.taken == held[session.number] <= session.seats
        if waiting[session.number]:
            assert session.taken == session.seats
    assert sum(waiting.values()) >= 1


def test_nobody_sits_in_two_rooms_at_once(data: DemoData) -> None:
    sessions = {session.number: session for session in data.sessions}
    taken = defaultdict(list)
    for row in data.enrolments:
        taken[row.youth].append(sessions[row.session])
    for mine in taken.values():
        for one in mine:
            for other in mine:
                meets = one.starts_on <= other.ends_on and other.starts_on <= one.ends_on
                if one.number < other.number and meets:
                    slots = {(s["weekday"], s["start"]) for s in one.weekly_slots}
                    assert slots.isdisjoint(
                        {(s["weekday"], s["start"]) for s in other.weekly_slots}
                    )


def test_completing_a_course_raises_what_it_teaches(data: DemoData) -> None:
    sessions = {session.number: session.course for session in data.sessions}
    gained = {
        (s.course, s.skill): s.level - s.from_level
        for s in data.course_skills
        if s.kind == "gained"
    }
    levels: dict[tuple[int, str], int] = defaultdict(int)
    for rating in data.skills:
        if rating.rater == "coordinator":
            key = (rating.youth, rating.skill)
            levels[key] = max(levels[key], rating.level)
    completed = [row for row in data.enrolments if row.state == "completed" and row.youth != 1]
    assert len(completed) > 300
    for row in completed:
        for (course, skill), steps in gained.items():
            if course == sessions[row.session]:
                assert levels[row.youth, skill] >= steps
