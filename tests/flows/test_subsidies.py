"""Schemes that pay part of a cost: kept by the centre, read by those who plan."""

from dataclasses import replace
from datetime import date, timedelta

import pytest
from sqlmodel import select

from matcher.flows import subsidies
from matcher.flows.subsidies import NewSubsidy
from matcher.i18n import use_language
from matcher.matching.subsidies import subsidies_in_force
from matcher.refusal import Conflict, Invalid, NotFound
from matcher.wiring import Services
from models.organisation import Organisation, OrganisationState
from models.plan import Subsidy, SubsidyCovers
from models.trail import AuditEntry
from models.youth import YouthStatus
from tests import factories
from tests.factories import TODAY
from tests.matching_desk import actor_of
from tests.people import People

NEW = NewSubsidy(
    name_ko="응시료 지원 (데모)",
    name_en="Exam fee help (demo)",
    covers=SubsidyCovers.EXAM,
    vendor_exams=False,
    percent=80,
    cap_krw=100_000,
    remaining_krw=5_000_000,
    opens_on=date(2026, 11, 1),
    closes_on=date(2027, 2, 28),
    statuses=(YouthStatus.SEEKING,),
    source="데모 공고 1호",
)


def add(services: Services, people: People, new: NewSubsidy = NEW) -> int:
    actor = actor_of(people.centre)
    with services.writing(actor) as unit:
        return subsidies.add(unit, actor, new)


def in_force(services: Services, day: date = TODAY):  # type: ignore[no-untyped-def]
    with services.database.reading() as session:
        return subsidies_in_force(session, day)


def test_a_scheme_is_listed_with_its_source_in_both_languages(
    services: Services, people: People
) -> None:
    add(services, people)
    (korean,) = in_force(services)
    with use_language("en"):
        (english,) = in_force(services)
    assert (korean.name, english.name) == ("응시료 지원 (데모)", "Exam fee help (demo)")
    assert (korean.percent, korean.cap_krw, korean.remaining_krw) == (80, 100_000, 5_000_000)
    assert (korean.source, korean.statuses, korean.is_open) == ("데모 공고 1호", ("seeking",), True)


@pytest.mark.parametrize(
    ("covers", "vendor_exams", "counts"),
    [
        (SubsidyCovers.EXAM, False, False),
        (SubsidyCovers.EXAM, True, True),
        (SubsidyCovers.BOTH, True, True),
        (SubsidyCovers.BOTH, False, False),
        (SubsidyCovers.COURSE, False, False),
    ],
)
def test_an_aws_exam_counts_only_where_the_scheme_says_so(
    services: Services, people: People, covers: SubsidyCovers, vendor_exams: bool, counts: bool
) -> None:
    add(services, people, replace(NEW, covers=covers, vendor_exams=vendor_exams))
    assert [each.covers_aws_exams for each in in_force(services)] == [counts]


def test_a_row_stored_against_itself_still_never_covers_aws_exams(
    services: Services, people: People
) -> None:
    with services.database.writing() as session:
        factories.subsidy(
            session, people.centre.organisation_id or 0, covers="course", vendor_exams=True
        )
    assert [each.covers_aws_exams for each in in_force(services)] == [False]


@pytest.mark.parametrize(
    ("change", "field"),
    [
        ({"closes_on": date(2026, 10, 31)}, "closes_on"),
        ({"opens_on": date(2025, 1, 1), "closes_on": TODAY - timedelta(1)}, "closes_on"),
        ({"closes_on": date(2030, 11, 1)}, "closes_on"),
        ({"opens_on": date(2029, 11, 24), "closes_on": date(2029, 12, 1)}, "opens_on"),
        ({"opens_on": date(9999, 12, 1), "closes_on": date(9999, 12, 31)}, "opens_on"),
        ({"covers": SubsidyCovers.COURSE, "vendor_exams": True}, "vendor_exams"),
    ],
)
def test_a_scheme_that_contradicts_itself_is_refused(
    services: Services, people: People, change: dict[str, object], field: str
) -> None:
    with pytest.raises(Invalid) as refusal:
        add(services, people, replace(NEW, **change))  # type: ignore[arg-type]
    assert list(refusal.value.fields) == [field]
    with services.database.reading() as session:
        assert session.exec(select(Subsidy)).all() == []


def test_a_scheme_may_open_three_years_from_now(services: Services, people: People) -> None:
    last = TODAY + subsidies.LONGEST
    assert add(services, people, replace(NEW, opens_on=last, closes_on=last)) > 0


def test_what_is_over_ended_or_of_a_closed_organisation_is_not_listed(
    services: Services, people: People
) -> None:
    number = add(services, people)
    assert in_force(services, date(2027, 2, 28)) != ()
    assert in_force(services, date(2027, 3, 1)) == ()
    actor = actor_of(people.centre)
    with services.writing(actor) as unit:
        subsidies.end(unit, actor, number, 1)
    assert in_force(services) == ()
    with services.reading(actor) as unit:
        (row,) = subsidies.desk(unit, actor)
    assert (row.is_active, row.version, row.view.is_open) == (False, 2, False)
    add(services, people)
    with services.database.writing() as session:
        centre = session.get_one(Organisation, people.centre.organisation_id)
        centre.state = OrganisationState.CLOSED
    assert in_force(services) == ()


def test_the_budget_left_changes_with_a_trace_and_nothing_left_is_closed(
    services: Services, people: People
) -> None:
    number, actor = add(services, people), actor_of(people.centre)
    for version, left in enumerate((0, None), start=1):
        with services.writing(actor) as unit:
            subsidies.set_remaining(unit, actor, number, left, version)
        (shown,) = in_force(services)
        assert (shown.remaining_krw, shown.is_open) == (left, left is None)
    with services.database.reading() as session:
        found = [(each.action, each.change) for each in session.exec(select(AuditEntry))]
    assert found[1:] == [
        ("subsidy:budget", {"before": 5_000_000, "after": 0}),
        ("subsidy:budget", {"before": 0, "after": None}),
    ]


def test_an_old_tab_and_an_ended_scheme_are_conflicts(services: Services, people: People) -> None:
    number, actor = add(services, people), actor_of(people.centre)
    with services.writing(actor) as unit:
        subsidies.set_remaining(unit, actor, number, 7, 1)
    with services.writing(actor) as unit, pytest.raises(Conflict):
        subsidies.set_remaining(unit, actor, number, 9, 1)
    with services.writing(actor) as unit:
        subsidies.end(unit, actor, number, 2)
    with services.writing(actor) as unit, pytest.raises(Conflict):
        subsidies.set_remaining(unit, actor, number, 9, 3)
    with services.database.reading() as session:
        assert session.get_one(Subsidy, number).remaining_krw == 7


def test_only_the_centre_keeps_the_list(services: Services, people: People) -> None:
    number = add(services, people)
    for person in (people.coordinator, people.partner, people.youth, people.admin):
        actor = actor_of(person)
        with services.writing(actor) as unit:
            assert subsidies.desk(unit, actor) == ()
            with pytest.raises(NotFound):
                subsidies.end(unit, actor, number, 1)
