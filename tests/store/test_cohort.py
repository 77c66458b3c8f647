"""What a desk reads about its people: numbers counted by hand, in as many queries for fifty."""

from collections.abc import Iterator
from contextlib import contextmanager

import pytest
from sqlalchemy import event
from sqlmodel import Session

from matcher.store import cohort, cohort_counts
from matcher.store.cohort import Attention, Filter, Sort
from matcher.wiring import Services
from models.account import AccountState
from models.application import ApplicationEvent, ApplicationState
from models.course import EnrolmentState
from models.skill import Rater, UnmappedSkill
from models.youth import AffiliationState, WishKind, YouthStatus, YouthWish
from tests import factories
from tests.coordinator_desk import (
    booked,
    certificate,
    course,
    days,
    enrolment,
    run,
    walk_to,
    young,
)
from tests.factories import NOW, TODAY
from tests.partner_desk import actor
from tests.people import People

ASKED = cohort_counts.Asked(
    {"foundational": ["CLF", "AIF"], "associate": ["SAA"]},
    [(days(-200), days(-150)), (days(-10), days(1))],
)


@contextmanager
def counted(services: Services) -> Iterator[list[str]]:
    statements: list[str] = []

    def note(_c: object, _cu: object, statement: str, *_rest: object) -> None:
        if statement.startswith("SELECT"):
            statements.append(statement)

    event.listen(services.database.engine, "before_cursor_execute", note)
    try:
        yield statements
    finally:
        event.remove(services.database.engine, "before_cursor_execute", note)


def names(session: Session, people: People, wanted: Filter, sort: Sort = Sort.NAME) -> list[str]:
    who = actor(people.coordinator)
    return [row.name for row in cohort.roster(session, who, wanted, sort, TODAY, 1, 50)]


def fill(services: Services, people: People) -> None:
    """haneul: two skills (one confirmed twice), two valid certificates and one run out, an exam,
    a course, an open and a refused application. bada: nothing."""
    haneul = people.youth.youth_id
    with services.database.writing() as session:
        factories.skill_record(session, haneul, "python", level=3)
        for rater in (Rater.COORDINATOR, Rater.TEST):
            factories.skill_record(session, haneul, "python", level=3, rater=rater, verification=2)
        factories.skill_record(session, haneul, "linux", level=1)
        certificate(session, haneul)
        certificate(session, haneul, certification="SAA", exam_code="SAA-C03", verification=2)
        certificate(session, haneul, certification="AIF", exam_code="AIF-C01", expires_on=days(-1))
        booked(session, haneul, days(14), certification="DVA", exam_code="DVA-C02")
        booked(session, haneul, days(40), certification="SOA", exam_code="SOA-C03")
        course_id = course(session, people.coordinator.organisation_id).id
        for place, state in enumerate((EnrolmentState.ENROLLED, EnrolmentState.COMPLETED)):
            held = run(session, course_id, days(place), days(place + 5))
            enrolment(session, held.id, haneul, state)
        for state in (ApplicationState.SENT, ApplicationState.REFUSED):
            opening = factories.opening(session, people.partner.organisation_id)
            factories.application(session, opening.id, haneul, state=state)


def test_a_roster_row_holds_the_numbers_counted_by_hand(services: Services, people: People) -> None:
    fill(services, people)
    with services.database.reading() as session:
        who = actor(people.coordinator)
        rows = cohort.roster(session, who, Filter(), Sort.NAME, TODAY, 1, 25)
        held = cohort.held(session, [row.youth_id for row in rows], TODAY)
    assert [row.name for row in rows] == ["bada", "haneul"]
    haneul = rows[1]
    figures = (haneul.skills, haneul.verified, haneul.certificates, haneul.exam_on)
    assert figures == (2, 1, 2, days(14))
    assert (haneul.enrolments, haneul.applications) == (1, 1)
    assert held == {people.youth.youth_id: ("CLF", "SAA")}
    empty = (rows[0].skills, rows[0].certificates, rows[0].exam_on, rows[0].applications)
    assert empty == (0, 0, None, 0)


def test_each_desk_lists_only_its_own_people(services: Services, people: People) -> None:
    with services.database.writing() as session:
        young(
            session, "left", people.youth.organisation_id, affiliation_state=AffiliationState.ENDED
        )
        gone = young(session, "gone", people.youth.organisation_id)
        from models.account import Account
        from models.youth import YouthProfile

        account = session.get_one(Account, session.get_one(YouthProfile, gone).account_id)
        account.state = AccountState.ERASED
        session.add(account)
    expected = {
        people.coordinator: ["bada", "haneul"],
        people.other_coordinator: ["namu"],
        people.centre: ["bada", "haneul", "namu"],
        people.partner: [],
        people.youth: [],
        people.admin: [],
    }  # fmt: skip
    with services.database.reading() as session:
        found = {
            person: [
                row.name
                for row in cohort.roster(session, actor(person), Filter(), Sort.NAME, TODAY, 1, 25)
            ]
            for person in expected
        }
    assert found == expected


def test_search_forgives_spaces_and_case_and_takes_signs_literally(
    services: Services, people: People
) -> None:
    with services.database.writing() as session:
        for name in ("김 하늘", "Kim Ha-neul", "100%_하늘"):
            young(session, name, people.coordinator.organisation_id)
    with services.database.reading() as session:
        assert names(session, people, Filter(search="김하 늘")) == ["김 하늘"]
        assert names(session, people, Filter(search="KIM ha")) == ["Kim Ha-neul"]
        assert names(session, people, Filter(search="%_")) == ["100%_하늘"]
        assert names(session, people, Filter(search="_")) == ["100%_하늘"]


def test_filters_narrow_by_status_sector_certificate_and_need(
    services: Services, people: People
) -> None:
    fill(services, people)
    with services.database.writing() as session:
        wish = YouthWish(youth_id=people.youth.youth_id, kind=WishKind.SECTOR, value="bio")
        factories.add(session, wish)
        role = YouthWish(youth_id=people.other_youth.youth_id, kind=WishKind.ROLE, value="bio")
        factories.add(session, role)
        young(session, "noeul", people.youth.organisation_id, status=YouthStatus.WORKING)
    with services.database.reading() as session:
        assert names(session, people, Filter(status=YouthStatus.WORKING)) == ["noeul"]
        assert names(session, people, Filter(sector="bio")) == ["haneul"]
        assert names(session, people, Filter(certificate="SAA")) == ["haneul"]
        assert names(session, people, Filter(certificate="AIF")) == []
        assert names(session, people, Filter(attention=Attention.EXAM)) == ["haneul"]
        assert names(session, people, Filter(), Sort.SKILLS) == ["haneul", "bada", "noeul"]
        assert names(session, people, Filter(), Sort.EXAM) == ["haneul", "bada", "noeul"]


def test_what_needs_a_look_is_counted_at_its_edges(services: Services, people: People) -> None:
    own = people.coordinator.organisation_id
    with services.database.writing() as session:
        young(session, "claims", own, affiliation_state=AffiliationState.CLAIMED)
        proof = young(session, "proof", own)
        certificate(session, proof)
        certificate(session, proof, certification="SAA", exam_code="SAA-C03")
        for name, ends in (("last", days(90)), ("after", days(91)), ("over", days(-1))):
            certificate(session, young(session, name, own), expires_on=ends, verification=2)
        booked(session, young(session, "exam14", own), days(14))
        booked(session, young(session, "exam15", own), days(15))
        old = factories.opening(session, people.partner.organisation_id)
        long_ago, recent = NOW.replace(day=6, hour=1), NOW.replace(day=8)
        for name, at, state in (
            ("waits", long_ago, ApplicationState.SENT),
            ("fresh", recent, ApplicationState.SENT),
            ("answered", long_ago, ApplicationState.INTERVIEW),
        ):
            factories.application(
                session, old.id, young(session, name, own), created_at=at, state=state
            )
        words = UnmappedSkill(youth_id=young(session, "words", own), text="위성 춤", created_at=NOW)
        factories.add(session, words)
    with services.database.reading() as session:
        who = actor(people.coordinator)
        counts = cohort.attention_counts(session, who, Filter(), TODAY)
        lists = {kind: names(session, people, Filter(attention=kind)) for kind in Attention}
    assert lists == {
        Attention.CLAIM: ["claims"],
        Attention.PROOF: ["proof"],
        Attention.ANSWER: ["waits"],
        Attention.UNMAPPED: ["words"],
        Attention.EXPIRING: ["last"],
        Attention.EXAM: ["exam14"],
    }
    assert counts == {kind: len(found) for kind, found in lists.items()}


def test_the_centre_settles_only_people_without_a_university(
    services: Services, people: People
) -> None:
    with services.database.writing() as session:
        claimed = {"affiliation_state": AffiliationState.CLAIMED}
        young(session, "student", people.coordinator.organisation_id, **claimed)
        certificate(session, young(session, "free", **claimed))
    with services.database.reading() as session:
        for person, expected in ((people.centre, (1, 1)), (people.coordinator, (1, 0))):
            counts = cohort.attention_counts(session, actor(person), Filter(), TODAY)
            assert (counts[Attention.CLAIM], counts[Attention.PROOF]) == expected


def test_each_stage_counts_the_people_who_passed_all_before_it(
    services: Services, people: People
) -> None:
    own = people.coordinator.organisation_id
    with services.database.writing() as session:
        for stage in range(7):
            walk_to(session, people, young(session, f"stage{stage}", own), stage)
        # Hired without any certificate: only the first two stages know this person.
        shortcut = young(session, "shortcut", own)
        walk_to(session, people, shortcut, 1)
        opening = factories.opening(session, people.partner.organisation_id)
        factories.application(session, opening.id, shortcut, state=ApplicationState.HIRED)
        # Refused after an interview still was interviewed.
        turned_down = young(session, "turned", own)
        walk_to(session, people, turned_down, 3)
        held = factories.application(
            session,
            factories.opening(session, people.partner.organisation_id).id,
            turned_down,
            state=ApplicationState.REFUSED,
        )
        factories.add(
            session,
            ApplicationEvent(
                application_id=held.id,
                from_state="under_review",
                to_state="interview",
                actor_account_id=people.partner.account_id,
                at=NOW,
            ),
        )
    with services.database.reading() as session:
        found = cohort_counts.by_group(session, actor(people.coordinator), ASKED, TODAY)
    assert list(found) == [own]
    # haneul and bada stand at the start as well
    assert found[own].stages == (11, 8, 6, 5, 4, 3, 1)
    assert found[own].levels == (6, 0)
    assert found[own].months == (6, 0)  # fmt: skip


def test_counts_are_by_university_and_everybody_else(services: Services, people: People) -> None:
    with services.database.writing() as session:
        certificate(session, people.far_youth.youth_id, certification="SAA", exam_on=days(-1))
        young(session, "free")
    with services.database.reading() as session:
        found = cohort_counts.by_group(session, actor(people.centre), ASKED, TODAY)
    assert {group: counts.stages[0] for group, counts in found.items()} == {
        people.youth.organisation_id: 2,
        people.far_youth.organisation_id: 1,
        cohort_counts.WITHOUT: 1,
    }
    assert found[people.far_youth.organisation_id or 0].levels == (0, 1)
    assert found[people.far_youth.organisation_id or 0].months == (0, 1)


@pytest.mark.parametrize("more", [0, 50])
def test_the_number_of_queries_does_not_grow_with_people(
    services: Services, people: People, more: int
) -> None:
    with services.database.writing() as session:
        for number in range(more):
            youth_id = young(session, f"more{number}", people.coordinator.organisation_id)
            certificate(session, youth_id)
    who = actor(people.coordinator)
    with services.database.reading() as session, counted(services) as statements:
        rows = cohort.roster(session, who, Filter(), Sort.NAME, TODAY, 1, 100)
        cohort.held(session, [row.youth_id for row in rows], TODAY)
        cohort.count(session, who, Filter(), TODAY)
        cohort.attention_counts(session, who, Filter(), TODAY)
        cohort_counts.by_group(session, who, ASKED, TODAY)
    assert (len(rows), len(statements)) == (2 + more, 6)
