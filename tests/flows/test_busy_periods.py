"""Periods with other hours: kept apart, kept few, kept near."""

import threading
from dataclasses import replace
from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st
from sqlmodel import select

from matcher.flows import busy_periods
from matcher.flows.busy_periods import Period
from matcher.refusal import Invalid, NotFound
from matcher.wiring import Services
from models.plan import BusyPeriod
from models.trail import AuditEntry
from tests import factories
from tests.factories import TODAY
from tests.matching_desk import actor_of
from tests.people import People
from tests.two_databases import BOTH

MIDTERM = Period("중간고사", date(2026, 12, 7), date(2026, 12, 18), 2)


def add(services: Services, people: People, period: Period) -> int:
    actor = actor_of(people.youth)
    with services.writing(actor) as unit:
        return busy_periods.add(unit, actor, period)


def fields(services: Services, people: People, period: Period) -> list[str]:
    with pytest.raises(Invalid) as refusal:
        add(services, people, period)
    return list(refusal.value.fields)


def count(services: Services) -> int:
    with services.database.reading() as session:
        return len(session.exec(select(BusyPeriod)).all())


def test_a_period_is_kept_shown_in_order_and_removed(services: Services, people: People) -> None:
    later = add(
        services, people, replace(MIDTERM, starts_on=date(2027, 4, 1), ends_on=date(2027, 4, 9))
    )
    first = add(services, people, MIDTERM)
    actor = actor_of(people.youth)
    with services.writing(actor) as unit:
        assert [each.id for each in busy_periods.view(unit, actor)] == [first, later]
        busy_periods.remove(unit, actor, later)
    with services.reading(actor) as unit:
        (left,) = busy_periods.view(unit, actor)
    assert (left.name, left.weekly_hours, left.is_over) == ("중간고사", 2, False)
    with services.database.reading() as session:
        actions = [each.action for each in session.exec(select(AuditEntry))]
    assert actions == ["busy_period:added", "busy_period:added", "busy_period:removed"]


@pytest.mark.parametrize(
    ("change", "field"),
    [
        ({"ends_on": date(2026, 12, 6)}, "ends_on"),
        ({"starts_on": TODAY - timedelta(9), "ends_on": TODAY - timedelta(1)}, "ends_on"),
        ({"ends_on": TODAY + timedelta(367)}, "ends_on"),
        ({"starts_on": TODAY - timedelta(367)}, "starts_on"),
        ({"starts_on": date.min}, "starts_on"),
        ({"ends_on": date.max}, "ends_on"),
        ({"weekly_hours": -1}, "weekly_hours"),
        ({"weekly_hours": 81}, "weekly_hours"),
    ],
)
def test_impossible_periods_are_refused_by_field(
    services: Services, people: People, change: dict[str, object], field: str
) -> None:
    assert fields(services, people, replace(MIDTERM, **change)) == [field]  # type: ignore[arg-type]
    assert count(services) == 0


@pytest.mark.parametrize(
    ("starts_on", "ends_on", "fits"),
    [
        (date(2026, 12, 1), date(2026, 12, 6), True),
        (date(2026, 12, 1), date(2026, 12, 7), False),
        (date(2026, 12, 10), date(2026, 12, 11), False),
        (date(2026, 12, 1), date(2026, 12, 31), False),
        (date(2026, 12, 18), date(2026, 12, 31), False),
        (date(2026, 12, 19), date(2026, 12, 31), True),
    ],
)
def test_periods_never_share_a_day(
    services: Services, people: People, starts_on: date, ends_on: date, fits: bool
) -> None:
    add(services, people, MIDTERM)
    period = replace(MIDTERM, starts_on=starts_on, ends_on=ends_on)
    if fits:
        add(services, people, period)
    else:
        assert fields(services, people, period) == ["starts_on"]
    assert count(services) == 1 + fits


@given(
    first=st.tuples(st.integers(0, 60), st.integers(0, 20)),
    second=st.tuples(st.integers(0, 60), st.integers(0, 20)),
)
def test_meeting_is_sharing_a_day(first: tuple[int, int], second: tuple[int, int]) -> None:
    def days(found: tuple[int, int]) -> tuple[date, date]:
        return TODAY + timedelta(found[0]), TODAY + timedelta(sum(found))

    (a, b), (c, d) = days(first), days(second)
    row = BusyPeriod(youth_id=1, starts_on=a, ends_on=b)
    shared = {a + timedelta(n) for n in range((b - a).days + 1)} & {
        c + timedelta(n) for n in range((d - c).days + 1)
    }
    assert busy_periods._meet(row, Period("", c, d, 0)) is bool(shared)


def test_twenty_are_enough_and_other_people_do_not_count(
    services: Services, people: People
) -> None:
    with services.database.writing() as session:
        for n in range(20):
            day = TODAY + timedelta(days=n)
            factories.busy_period(session, people.youth.youth_id or 0, starts_on=day, ends_on=day)
            far = people.far_youth.youth_id or 0
            factories.busy_period(
                session, far, starts_on=MIDTERM.starts_on, ends_on=MIDTERM.ends_on
            )
    beyond = replace(MIDTERM, starts_on=date(2027, 3, 1), ends_on=date(2027, 3, 2))
    assert fields(services, people, beyond) == [""]
    actor = actor_of(people.other_youth)
    with services.writing(actor) as unit:
        busy_periods.add(unit, actor, MIDTERM)


def test_somebody_elses_period_is_not_there(services: Services, people: People) -> None:
    mine = add(services, people, MIDTERM)
    actor = actor_of(people.other_youth)
    with services.writing(actor) as unit, pytest.raises(NotFound):
        busy_periods.remove(unit, actor, mine)
    assert count(services) == 1


@pytest.mark.parametrize("any_url", BOTH, indirect=True)
def test_two_tabs_at_once_keep_one(any_services: Services, any_people: People) -> None:
    gate, results = threading.Barrier(8), []

    def run() -> None:
        gate.wait()
        try:
            add(any_services, any_people, MIDTERM)
            results.append("kept")
        except Invalid as refusal:
            results.append(",".join(refusal.fields))

    threads = [threading.Thread(target=run) for _ in range(8)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert sorted(results) == ["kept"] + ["starts_on"] * 7
    assert count(any_services) == 1
