"""The way from joining to staying: what counts, for whom, and who stands behind a number."""

from datetime import date

import pytest
from sqlmodel import select

from matcher.flows import results
from matcher.flows.results import STAGES, Results, Wanted
from matcher.refusal import Invalid, NotFound
from matcher.wiring import Services
from models.application import ApplicationState
from models.evaluation import StudentCount
from models.outcome import OutcomeKind, OutcomeState
from models.trail import AccessRecord
from models.youth import AffiliationState, WishKind, YouthProfile, YouthWish
from tests import factories
from tests.coordinator_desk import certificate, young
from tests.evaluation_desk import job, scene
from tests.partner_desk import actor, looking
from tests.people import People, Person


def seen(services: Services, person: Person, by: str = "", **asked: str) -> Results:
    with looking(services, person) as unit:
        return results.results(unit, actor(person), Wanted(**asked), by)


def counts(services: Services, person: Person, **asked: str) -> dict[str, int]:
    return dict(zip(STAGES, seen(services, person, **asked).counts, strict=True))


def test_each_stage_counts_whoever_got_there_on_both_databases(
    any_services: Services, any_people: People
) -> None:
    people = any_people
    with any_services.database.writing() as session:
        scene(session, people)
        certificate(session, people.far_youth.youth_id)
        opening = factories.opening(session, people.partner.organisation_id)
        factories.application(
            session, opening.id, people.other_youth.youth_id, state=ApplicationState.INTERVIEW
        )
    assert list(seen(any_services, people.coordinator).counts) == [2, 2, 0, 1, 1, 1, 1, 0]
    assert list(seen(any_services, people.centre).counts) == [3, 3, 1, 1, 1, 1, 1, 0]


def test_a_proposed_outcome_and_a_job_outside_jeju_do_not_count_as_staying(
    services: Services, people: People
) -> None:
    with services.database.writing() as session:
        job(session, people.youth.youth_id, 6, 12, state=OutcomeState.PROPOSED)
        job(session, people.other_youth.youth_id, 6, 12, is_in_jeju=False)
        job(session, people.far_youth.youth_id, 6, kind=OutcomeKind.FOUNDED)
    found = counts(services, people.centre)
    assert (found["hired"], found["stayed_6"], found["stayed_12"]) == (1, 0, 0)


def test_the_centre_sees_all_three_universities_and_a_coordinator_only_its_own(
    services: Services, people: People
) -> None:
    with services.database.writing() as session:
        scene(session, people)
    centre = seen(services, people.centre, by="university")
    assert {group.value: group.counts[0] for group in centre.groups} == {"jejunu": 2, "halla": 1}
    assert [value for value, _name in centre.choices["university"]] == [
        "halla", "jejunu", "jtu", "none",
    ]  # fmt: skip
    assert counts(services, people.coordinator)["registered"] == 2
    assert counts(services, people.other_coordinator)["registered"] == 1
    assert "university" not in seen(services, people.coordinator).choices
    with pytest.raises(Invalid):
        seen(services, people.coordinator, university="halla")
    with pytest.raises(Invalid):
        seen(services, people.coordinator, by="university")


def test_the_filters_narrow_the_same_people(services: Services, people: People) -> None:
    with services.database.writing() as session:
        scene(session, people)
        session.add(
            YouthWish(youth_id=people.youth.youth_id or 0, kind=WishKind.SECTOR, value="space")
        )
        session.get_one(YouthProfile, people.youth.youth_id).graduation_on = date(2027, 2, 20)
    for asked, registered in (
        ({"project": "k-runcation"}, 2),
        ({"project": "core-talent"}, 1),
        ({"sector": "space"}, 1),
        ({"cohort": "grad:2027"}, 1),
        ({"cohort": "term:2026-2"}, 3),
        ({"year": "2026"}, 3),
        ({"project": "core-talent", "sector": "space"}, 0),
    ):
        assert counts(services, people.centre, **asked)["registered"] == registered, asked


@pytest.mark.parametrize(
    "asked",
    [{"project": "x"}, {"year": "2019"}, {"year": "9" * 40}, {"cohort": "grad"}, {"sector": "%"}],
)
def test_a_value_that_is_not_offered_is_refused_by_field(
    services: Services, people: People, asked: dict[str, str]
) -> None:
    with pytest.raises(Invalid) as refused:
        seen(services, people.centre, **asked)
    assert list(refused.value.fields) == list(asked)


def test_every_number_is_as_long_as_the_list_behind_it_and_the_look_is_recorded(
    services: Services, people: People
) -> None:
    with services.database.writing() as session:
        scene(session, people)
    for person in (people.coordinator, people.centre):
        for stage, n in counts(services, person).items():
            with services.writing(actor(person)) as unit:
                view = results.behind(unit, actor(person), Wanted(), stage, 1)
            assert (view.total, len(view.lines)) == (n, n)
    with services.database.reading() as session:
        rows = session.exec(select(AccessRecord)).all()
    assert {row.task for row in rows} == {"results:listed"}
    youth_ids = {number for row in rows if row.organisation_id == people.coordinator.organisation_id
                 for number in row.details["youths"]}  # fmt: skip
    assert youth_ids == {people.youth.youth_id, people.other_youth.youth_id}


def test_whose_tie_ended_is_neither_counted_nor_listed(services: Services, people: People) -> None:
    with services.database.writing() as session:
        scene(session, people)
        young(session, "gone", people.youth.organisation_id,
              affiliation_state=AffiliationState.ENDED)  # fmt: skip
    assert counts(services, people.coordinator)["registered"] == 2


def test_the_second_denominator_is_typed_with_its_source_and_never_guessed(
    services: Services, people: People
) -> None:
    assert seen(services, people.coordinator).whole.students is None
    with services.writing(actor(people.coordinator)) as unit:
        for students in (9000, 9100):
            results.type_students(
                unit, actor(people.coordinator), students, date(2026, 4, 1), "데모 공시"
            )
            unit.session.flush()
    assert seen(services, people.coordinator).whole.students == 9100
    assert seen(services, people.centre, university="jejunu").whole.students == 9100
    assert seen(services, people.centre).whole.students is None
    assert seen(services, people.other_coordinator).whole.students is None
    with services.database.reading() as session:
        (row,) = session.exec(select(StudentCount)).all()
    assert (row.source, row.typed_by_account_id) == ("데모 공시", people.coordinator.account_id)


def test_a_count_of_a_day_to_come_or_by_the_centre_is_refused(
    services: Services, people: People
) -> None:
    for person, error in ((people.coordinator, Invalid), (people.centre, NotFound)):
        with pytest.raises(error), services.writing(actor(person)) as unit:
            results.type_students(unit, actor(person), 9000, date(2027, 4, 1), "데모 공시")
