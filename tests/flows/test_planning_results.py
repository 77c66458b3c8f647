"""Targets against actuals, skills asked for against held, and the forecast, on real rows."""

from datetime import UTC, date, datetime
from typing import Any

import pytest
from sqlmodel import select

from matcher.flows import forecasting, programme_targets, skill_market
from matcher.flows.programme_targets import Promise
from matcher.matching.evaluation import Asked, counted, promised
from matcher.planning.measures import LEVELS
from matcher.refusal import Conflict, Invalid, NotFound
from matcher.store import organisations
from matcher.wiring import Services
from models.application import ApplicationEvent, ApplicationState
from models.consent import ConsentPurpose
from models.course import EnrolmentState
from models.opening import OpeningState
from models.outcome import Outcome, OutcomeKind, OutcomeSource, OutcomeState
from models.planning_desk import ProgrammeTarget
from models.trail import AuditEntry
from tests import factories
from tests.coordinator_desk import certificate, course, days, enrolment, gives, run, young
from tests.partner_desk import actor
from tests.people import People, Person

PROJECT = "core-talent"


def hire(session: Any, people: People, youth_id: int, on: date, **values: Any) -> None:
    row = factories.opening(
        session, people.partner.organisation_id, opens_on=on, state=OpeningState.FILLED, **values
    )
    made = factories.application(session, row.id, youth_id, state=ApplicationState.HIRED)
    at = datetime(on.year, on.month, on.day, 3, tzinfo=UTC)
    event = ApplicationEvent(
        application_id=made.id, from_state="offered", to_state="hired",
        actor_account_id=people.partner.account_id, at=at,
    )  # fmt: skip
    factories.add(session, event)


def job(session: Any, youth_id: int) -> None:
    now = datetime(2026, 10, 1, 3, tzinfo=UTC)
    row = Outcome(
        youth_id=youth_id, kind=OutcomeKind.EMPLOYED, state=OutcomeState.CONFIRMED,
        source=OutcomeSource.DESK, started_on=date(2026, 9, 1), created_at=now, updated_at=now,
    )  # fmt: skip
    factories.add(session, row)


def year_of_six(services: Services, people: People, placed: int = 1) -> None:
    """Six take part, five complete and pass, `placed` of these find work; another year does not
    count."""
    done: list[int] = []
    university = people.coordinator.organisation_id
    with services.database.writing() as session:
        own = course(session, university, rise_project=PROJECT)
        held = run(session, own.id, date(2026, 4, 1), date(2026, 6, 1))
        past = run(session, own.id, date(2025, 4, 1), date(2025, 6, 1))
        for number in range(6):
            youth_id = young(session, f"p{number}", university)
            is_done = number < 5
            state = EnrolmentState.COMPLETED if is_done else EnrolmentState.DROPPED
            enrolment(session, held.id, youth_id, state)
            if is_done:
                done.append(youth_id)
                certificate(session, youth_id)
        hire(session, people, youth_id, date(2026, 9, 1))  # dropped out, and not confirmed
        for number in range(placed):
            job(session, done[number])
        enrolment(session, past.id, young(session, "old", university), EnrolmentState.COMPLETED)


def targets(services: Services, person: Person, year: int | None = None) -> Any:
    with services.reading(actor(person)) as unit:
        return programme_targets.view(unit, actor(person), year)


def figures(view: Any, slug: str = PROJECT) -> dict[str, Any]:
    line = next(each for each in view.lines if each.slug == slug)
    return {each.key: each for each in line.figures}


def write(services: Services, person: Person, promise: Promise, version: int = 0) -> None:
    with services.writing(actor(person)) as unit:
        programme_targets.write(unit, actor(person), 2026, PROJECT, promise, version)


def test_actuals_are_counted_from_the_rows_of_the_reporting_year(
    services: Services, people: People
) -> None:
    year_of_six(services, people)
    found = figures(targets(services, people.coordinator))
    assert {key: each.actual.n for key, each in found.items()} == {
        "people": 6, "completions": 5, "certificates": 5, "placements": None,
    }  # fmt: skip
    assert found["placements"].actual.is_small
    assert figures(targets(services, people.coordinator, 2025))["people"].actual.is_small


def test_placements_are_confirmed_jobs_of_those_who_completed(
    services: Services, people: People
) -> None:
    year_of_six(services, people, placed=5)
    assert figures(targets(services, people.coordinator))["placements"].actual.n == 5


def test_targets_and_the_evaluation_pack_count_alike(services: Services, people: People) -> None:
    year_of_six(services, people)
    with services.reading(actor(people.coordinator)) as unit:
        desk = organisations.get(unit.session, people.coordinator.organisation_id)
        assert desk is not None
        asked = Asked(desk, 2026, PROJECT, datetime(2026, 11, 22, tzinfo=UTC))
        pack = {name: len(rows) for name, rows in counted(unit.session, asked).items()}
        found = promised(unit.session, asked, [PROJECT])[PROJECT]
    assert found["people"] == pack["participants"] == 6
    assert found["completions"] == pack["completed"] == 5
    assert found["certificates"] == sum(pack[level] for level in LEVELS) == 5
    assert found["placements"] == 1


def test_a_desk_counts_its_own_courses_and_the_centre_all(
    services: Services, people: People
) -> None:
    year_of_six(services, people)
    assert figures(targets(services, people.other_coordinator))["people"].actual.n == 0
    assert figures(targets(services, people.centre))["people"].actual.n == 6


def test_what_was_promised_is_set_against_what_came(services: Services, people: People) -> None:
    year_of_six(services, people)
    promise = Promise(people=4, completions=8, placements=2, budget_krw=10**10, spent_krw=1)
    write(services, people.coordinator, promise)
    view = targets(services, people.coordinator)
    found = figures(view)
    assert {key: each.difference for key, each in found.items()} == {
        "people": 2, "completions": -3, "certificates": None, "placements": None,
    }  # fmt: skip
    assert (view.promised, view.reached) == (3, 1)
    line = next(each for each in view.lines if each.slug == PROJECT)
    assert line.money_left == 10**10 - 1
    assert figures(targets(services, people.centre))["people"].promised is None


def test_targets_are_written_once_and_changes_leave_a_trace(
    services: Services, people: People
) -> None:
    write(services, people.coordinator, Promise(people=4))
    with pytest.raises(Conflict):
        write(services, people.coordinator, Promise(people=9))
    write(services, people.coordinator, Promise(people=5), version=1)
    with services.database.reading() as session:
        row = session.exec(select(ProgrammeTarget)).one()
        audited = session.exec(
            select(AuditEntry).where(AuditEntry.action == "target:written")
        ).all()
    assert (row.people, row.version) == (5, 2)
    assert [each.change["after"]["people"] for each in audited] == [4, 5]


def test_a_project_or_year_that_is_not_there_is_refused(services: Services, people: People) -> None:
    who = actor(people.coordinator)
    with services.writing(who) as unit:
        with pytest.raises(NotFound):
            programme_targets.write(unit, who, 2026, "moon", Promise(), 0)
        with pytest.raises(Invalid):
            programme_targets.write(unit, who, 2031, PROJECT, Promise(), 0)
        with pytest.raises(Invalid):
            programme_targets.view(unit, who, 2031)


def market(services: Services, people: People, holders: int, learners: int) -> Any:
    """One opening asks Python 3 of four people; `holders` have it seen, one only says so."""
    university = people.coordinator.organisation_id
    with services.database.writing() as session:
        row = factories.opening(session, people.partner.organisation_id, headcount=4)
        factories.requirement(session, row.id, "python", level=3)
        taught = course(session, university)
        gives(session, taught.id, "python", 3)
        held = run(session, taught.id, days(-5), days(60), taken=learners)
        for number in range(holders + learners + 1):
            youth_id = young(session, f"m{number}", university)
            factories.consent(session, youth_id, ConsentPurpose.SERVICE)
            if number < holders:
                factories.skill_record(session, youth_id, "python", level=3, verification=2)
            elif number < holders + learners:
                enrolment(session, held.id, youth_id, EnrolmentState.ENROLLED)
            else:
                factories.skill_record(session, youth_id, "python", level=5)
    with services.reading(actor(people.coordinator)) as unit:
        return skill_market.view(unit, actor(people.coordinator))


def test_demand_is_set_against_what_is_seen_and_what_is_being_learned(
    services: Services, people: People
) -> None:
    view = market(services, people, holders=6, learners=5)
    (line,) = view.lines
    assert (line.skill, line.level, line.supply.n) == ("파이썬", 3, 6)
    assert line.demand[-1] == 4
    assert line.learning[0].n == 0
    assert line.learning[-1].n == 5
    assert line.balance[-1] == 6 + 5 - 4


def test_a_few_people_are_hidden_and_so_is_the_balance_that_would_tell(
    services: Services, people: People
) -> None:
    (line,) = market(services, people, holders=3, learners=5).lines
    assert line.supply.n is None
    assert line.balance == (None,) * 4
    assert "3" not in str(line.supply)


def test_another_universitys_people_are_no_supply(services: Services, people: People) -> None:
    market(services, people, holders=6, learners=5)
    who = actor(people.other_coordinator)
    with services.reading(who) as unit:
        (line,) = skill_market.view(unit, who).lines
    assert (line.supply.n, line.learning[-1].n) == (0, 0)


def hires_of_two_years(services: Services, people: People) -> None:
    university = people.coordinator.organisation_id
    with services.database.writing() as session:
        for quarter in range(6):
            on = date(2025 + (quarter + 0) // 4, quarter % 4 * 3 + 1, 10)
            for number in range(3):
                youth_id = young(session, f"h{quarter}{number}", university)
                hire(session, people, youth_id, on, sector="space", headcount=2)


def test_the_forecast_is_made_from_the_desks_own_hires(services: Services, people: People) -> None:
    hires_of_two_years(services, people)
    own, far = people.coordinator, people.other_coordinator
    with services.reading(actor(own)) as unit:
        view = forecasting.view(unit, actor(own))
    with services.reading(actor(far)) as unit:
        nothing = forecasting.view(unit, actor(far))
    low, middle, high = view.total.total
    assert low < middle < high
    assert view.has_history
    assert not nothing.has_history
    assert nothing.total.total[1] < middle
    assert view.tested is not None
    assert len(view.held) == 10


def test_more_openings_mean_more_hires_and_a_day_gives_one_answer(
    services: Services, people: People
) -> None:
    hires_of_two_years(services, people)
    who = actor(people.coordinator)
    with services.reading(who) as unit:
        usual, many = forecasting.view(unit, who), forecasting.view(unit, who, percent=200)
        assert many.total.total[1] > usual.total.total[1]
        assert forecasting.view(unit, who) == usual


def test_held_out_counts_below_five_are_hidden(services: Services, people: People) -> None:
    hires_of_two_years(services, people)
    who = actor(people.coordinator)
    with services.reading(who) as unit:
        view = forecasting.view(unit, who)
    shown = [each.happened.n for each in view.held]
    assert not any(n is not None and 0 < n < 5 for n in shown)
    assert all(each.is_inside is None for each in view.held if each.happened.n is None)
