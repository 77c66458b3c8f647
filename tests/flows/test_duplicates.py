"""Two records of one person: suggested, merged with everything in them, and put back row by row."""

from typing import Any

import pytest
from sqlmodel import Session, SQLModel, select

from matcher.flows import duplicates, erasure
from matcher.flows.duplicates import Choice
from matcher.refusal import Conflict, Invalid, NotFound
from matcher.wiring import Services
from models.account import Account, AccountState
from models.application import Application
from models.certification import CertificationRecord
from models.outbox import OutboxMail
from models.people_desk import Evidence, PersonMerge, PersonMergeChange
from models.skill import Rater, SkillRecord
from models.trail import AuditEntry
from models.youth import AffiliationState, SavedItem, SavedKind, YouthProfile
from tests import factories
from tests.coordinator_desk import certificate, young
from tests.factories import NOW
from tests.partner_desk import actor, looking, working
from tests.people import People, Person
from tests.walk import TRAIL

BESIDES = (*TRAIL, "outbox_mail", "person_merge", "person_merge_change")


def fill(session: Session, people: People, youth_id: int, other: bool = False) -> None:
    """Skills, a certificate, an application, a saved course and a proof."""
    levels = {"python": 2, "git": 4} if other else {"python": 4, "git": 1, "sql": 2}
    for skill, level in levels.items():
        factories.skill_record(session, youth_id, skill, level=level, rater=Rater.SELF)
    certificate(session, youth_id, certification="SAA" if other else "CLF")
    opening = factories.opening(session, people.partner.organisation_id)
    factories.application(session, opening.id, youth_id)
    factories.evidence(session, youth_id, data=b"%d" % youth_id)
    session.add(SavedItem(youth_id=youth_id, kind=SavedKind.COURSE, item_id=7, saved_at=NOW))


def everything_in(services: Services) -> dict[str, list[str]]:
    """Every row but those that tell of the merge itself, in an order no database chooses."""
    with services.database.reading() as session:
        return {
            name: sorted(repr(row) for row in session.execute(select(table)))
            for name, table in sorted(SQLModel.metadata.tables.items())
            if name not in BESIDES
        }


def scene(services: Services, people: People) -> tuple[int, int]:
    with services.database.writing() as session:
        twin = young(session, "ha.neul", people.coordinator.organisation_id, about="옛 기록")
        account = session.get_one(Account, session.get_one(YouthProfile, twin).account_id)
        account.name, account.email = "haneul", "ha.neul@other.kr"
        session.get_one(YouthProfile, twin).external_id = "JNU-1"
        fill(session, people, people.youth.youth_id or 0)
        fill(session, people, twin, other=True)
    return people.youth.youth_id or 0, twin


def merge(services: Services, person: Person, *choice: Any) -> int:
    with working(services, person) as unit:
        return duplicates.merge(unit, actor(person), Choice(*choice))


def undo(services: Services, person: Person, number: int) -> None:
    with working(services, person) as unit:
        duplicates.undo(unit, actor(person), number)


def rows(services: Services, table: Any, youth_id: int) -> list[Any]:
    with services.database.reading() as session:
        return list(session.exec(select(table).where(table.youth_id == youth_id)).all())


def test_a_pair_is_suggested_with_what_it_shares(services: Services, people: People) -> None:
    kept, twin = scene(services, people)
    with looking(services, people.coordinator) as unit:
        view = duplicates.view(unit, actor(people.coordinator), (kept, twin))
    assert [(line.first, line.second) for line in view.pairs] == [(kept, twin)]
    assert view.pair is not None
    assert view.pair.reasons == ("name", "mailbox", "university")
    assert {field.key: field.values for field in view.pair.fields} == {
        "external_id": (None, "JNU-1"), "about": ("", "옛 기록"),
    }  # fmt: skip
    assert view.pair.sides[1].rows["skill_record"] == 2


def test_a_merge_moves_everything_and_keeps_the_higher_of_two_ratings(
    services: Services, people: People
) -> None:
    kept, twin = scene(services, people)
    merge(services, people.coordinator, kept, twin, frozenset({"external_id", "about"}))
    levels = {row.skill: row.level for row in rows(services, SkillRecord, kept)}
    assert levels == {"python": 4, "git": 4, "sql": 2}
    assert {row.skill: row.level for row in rows(services, SkillRecord, twin)} == {
        "git": 1, "python": 2,
    }  # fmt: skip
    codes = {row.certification for row in rows(services, CertificationRecord, kept)}
    assert codes == {"CLF", "SAA"}
    for table, number in ((Application, 2), (Evidence, 2), (SavedItem, 1)):
        assert len(rows(services, table, kept)) == number
    with services.database.reading() as session:
        profile, other = (session.get_one(YouthProfile, each) for each in (kept, twin))
        assert (profile.external_id, profile.about) == ("JNU-1", "옛 기록")
        assert (other.external_id, other.affiliation_state) == (None, "ended")
        assert session.get_one(Account, other.account_id).state is AccountState.DISABLED
        told = [mail.context["is_kept"] for mail in session.exec(select(OutboxMail))]
        actions = [line.action for line in session.exec(select(AuditEntry))]
    assert (told, actions) == ([True, False], ["person:merged"])
    with looking(services, people.coordinator) as unit:
        view = duplicates.view(unit, actor(people.coordinator))
    assert (view.pairs, [line.youth_id for line in view.merges]) == ((), [kept])


@pytest.mark.parametrize("turned", [False, True])
def test_a_merge_taken_back_leaves_the_very_same_rows(
    any_services: Services, any_people: People, turned: bool
) -> None:
    first, second = scene(any_services, any_people)
    kept, other = (second, first) if turned else (first, second)
    before = everything_in(any_services)
    everything = frozenset(duplicates.FIELDS)
    number = merge(any_services, any_people.coordinator, kept, other, everything)
    assert everything_in(any_services) != before
    undo(any_services, any_people.coordinator, number)
    assert everything_in(any_services) == before
    with pytest.raises(NotFound):
        undo(any_services, any_people.coordinator, number)


def test_what_changed_after_the_merge_stays_when_it_is_taken_back(
    services: Services, people: People
) -> None:
    kept, twin = scene(services, people)
    number = merge(services, people.coordinator, kept, twin, frozenset({"about"}))
    with services.database.writing() as session:
        session.get_one(YouthProfile, kept).about = "새로 적음"
        gone = session.exec(
            select(CertificationRecord).where(CertificationRecord.certification == "SAA")
        ).one()
        session.delete(gone)
    undo(services, people.coordinator, number)
    with services.database.reading() as session:
        assert session.get_one(YouthProfile, kept).about == "새로 적음"
        assert session.get_one(YouthProfile, twin).about == "옛 기록"
    assert rows(services, CertificationRecord, twin) == []
    assert len(rows(services, Application, twin)) == 1


@pytest.mark.parametrize("turned", [False, True])
def test_a_record_that_only_says_to_be_the_universitys_is_the_centres_to_merge(
    services: Services, people: People, turned: bool
) -> None:
    first, second = scene(services, people)
    with services.database.writing() as session:
        session.get_one(YouthProfile, second).affiliation_state = AffiliationState.CLAIMED
    kept, other = (second, first) if turned else (first, second)
    before = everything_in(services)
    with pytest.raises(Conflict):
        merge(services, people.coordinator, kept, other)
    assert everything_in(services) == before
    for person, is_own in ((people.coordinator, False), (people.centre, True)):
        with looking(services, person) as unit:
            view = duplicates.view(unit, actor(person), (first, second))
        assert view.pair is not None
        assert ([line.is_own for line in view.pairs], view.pair.is_own) == ([is_own], is_own)
    merge(services, people.centre, kept, other)
    assert len(rows(services, Application, kept)) == 2


def test_records_of_another_university_are_nobodys_to_merge(
    services: Services, people: People
) -> None:
    kept, far = people.youth.youth_id or 0, people.far_youth.youth_id or 0
    for person in (people.coordinator, people.other_coordinator):
        for first, second in ((kept, far), (far, kept)):
            with pytest.raises(NotFound):
                merge(services, person, first, second)
            with pytest.raises(NotFound), working(services, person) as unit:
                duplicates.keep_apart(unit, actor(person), first, second)
            with pytest.raises(NotFound), looking(services, person) as unit:
                duplicates.view(unit, actor(person), (first, second))
    number = merge(services, people.centre, kept, far)
    with pytest.raises(NotFound):
        undo(services, people.other_coordinator, number)


def test_what_the_centre_merged_the_centre_alone_takes_back(
    any_services: Services, any_people: People
) -> None:
    kept, twin = scene(any_services, any_people)
    before = everything_in(any_services)
    number = merge(any_services, any_people.centre, kept, twin)
    merged = everything_in(any_services)
    with pytest.raises(Conflict):
        undo(any_services, any_people.coordinator, number)
    assert everything_in(any_services) == merged
    for person, is_own in ((any_people.coordinator, False), (any_people.centre, True)):
        with looking(any_services, person) as unit:
            lines = duplicates.view(unit, actor(person)).merges
        assert [(line.id, line.is_own) for line in lines] == [(number, is_own)]
    undo(any_services, any_people.centre, number)
    assert everything_in(any_services) == before


@pytest.mark.parametrize("chosen", [frozenset({"password_hash"}), frozenset({"version"})])
def test_a_field_the_page_never_sent_is_refused(
    services: Services, people: People, chosen: frozenset[str]
) -> None:
    with pytest.raises(Invalid):
        merge(
            services, people.coordinator, people.youth.youth_id, people.other_youth.youth_id, chosen
        )
    with pytest.raises(Invalid):
        merge(services, people.coordinator, people.youth.youth_id, people.youth.youth_id)


def test_a_merged_record_is_not_merged_again(services: Services, people: People) -> None:
    kept, twin = scene(services, people)
    merge(services, people.coordinator, kept, twin)
    with pytest.raises((NotFound, Conflict)):
        merge(services, people.coordinator, people.other_youth.youth_id, twin)


def test_two_people_told_apart_stay_apart(services: Services, people: People) -> None:
    kept, twin = scene(services, people)
    desk = actor(people.coordinator)
    for _again in range(2):
        with services.writing(desk) as unit:
            duplicates.keep_apart(unit, desk, twin, kept)
    with looking(services, people.coordinator) as unit:
        assert duplicates.view(unit, desk).pairs == ()


def test_erasing_the_person_takes_the_merged_record_and_every_note_along(
    services: Services, people: People
) -> None:
    kept, twin = scene(services, people)
    merge(services, people.coordinator, kept, twin, frozenset({"about"}))
    with working(services, people.youth) as unit:
        erasure.erase_own(unit)
    with services.database.reading() as session:
        for youth_id in (kept, twin):
            profile = session.get_one(YouthProfile, youth_id)
            account = session.get_one(Account, profile.account_id)
            assert (profile.about, profile.graduation_on) == ("", None)
            assert account.state is AccountState.ERASED
            assert account.email.startswith("erased:")
        assert session.exec(select(PersonMergeChange)).all() == []
        assert len(session.exec(select(PersonMerge)).all()) == 1
    assert rows(services, SkillRecord, twin) == []


def test_after_a_merge_taken_back_nothing_of_one_stays_noted_with_the_other(
    services: Services, people: People
) -> None:
    kept, twin = scene(services, people)
    chosen = frozenset({"name", "external_id", "about"})
    undo(services, people.coordinator, merge(services, people.coordinator, kept, twin, chosen))
    with services.database.reading() as session:
        assert session.exec(select(PersonMergeChange)).all() == []


def test_a_student_number_moves_though_two_records_cannot_have_one(
    any_services: Services, any_people: People
) -> None:
    kept, twin = scene(any_services, any_people)
    merge(any_services, any_people.coordinator, kept, twin, frozenset({"external_id"}))
    with any_services.database.reading() as session:
        assert session.get_one(YouthProfile, kept).external_id == "JNU-1"
