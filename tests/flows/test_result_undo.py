"""A result of a course taken back: everything is as before, and only while nothing stands on it."""

from datetime import timedelta

import pytest
from sqlmodel import select

from matcher.flows import completing_desk, course_desk, own_class, result_undo
from matcher.flows.completing_desk import Standing
from matcher.refusal import Conflict, NotFound
from matcher.wiring import Services
from models.attendance import Credential, ResultNote
from models.course import CourseSession, Enrolment, EnrolmentState
from models.outbox import OutboxMail
from models.skill import Rater, SkillRecord
from models.trail import AuditEntry
from tests import factories
from tests.factories import TODAY
from tests.flows.test_class_desk import class_of, mark
from tests.matching_desk import actor_of
from tests.partner_desk import actor, working
from tests.people import People, Person


def confirmed(services: Services, people: People) -> tuple[int, list[int]]:
    """Haneul completed, bada was absent, namu is undecided; gives the session and the rows."""
    where, made, rows = class_of(services, people, -10, 0, (-1,))
    one, two, three = rows
    mark(
        services, people, where, made[0], **{f"e{one}": ("", "present"), f"e{two}": ("", "absent")}
    )
    seen = {one: Standing.MEETS, two: Standing.SHORT, three: Standing.OPEN}
    with working(services, people.coordinator) as unit:
        done = completing_desk.confirm(unit, actor(people.coordinator), where, seen)
    assert done == (1, 1)
    return where, rows


def take_back(services: Services, person: Person, where: int, number: int) -> None:
    with working(services, person) as unit:
        result_undo.take_back(unit, actor(person), where, number)


def test_a_result_taken_back_leaves_skills_seats_and_marks_as_they_were(
    any_services: Services, any_people: People
) -> None:
    services, people = any_services, any_people
    with services.database.writing() as session:
        factories.skill_record(
            session, people.youth.youth_id or 0, "python", level=1, rater=Rater.COORDINATOR,
            verification=2, evidence="면담",
        )  # fmt: skip
    with services.database.reading() as session:
        before = session.exec(select(SkillRecord)).one().model_dump()
    where, rows = confirmed(services, people)
    with services.database.reading() as session:
        assert session.exec(select(SkillRecord)).one().level == 3
        number = session.exec(select(Credential)).one().number
    for each in rows[:2]:
        take_back(services, people.coordinator, where, each)
    with services.database.reading() as session:
        assert session.exec(select(SkillRecord)).one().model_dump() == before
        states = {(row.state, row.completed_on) for row in session.exec(select(Enrolment)).all()}
        assert states == {(EnrolmentState.ENROLLED, None)}
        assert session.get_one(CourseSession, where).taken == 3
        assert session.exec(select(Credential)).one().revoked_on == TODAY
        assert session.exec(select(ResultNote)).all() == []
        mails = session.exec(
            select(OutboxMail).where(OutboxMail.template == "result_taken_back")
        ).all()
        told = {mail.account_id: mail.context for mail in mails}
        assert told[people.youth.account_id]["number"] == number
        assert told[people.other_youth.account_id]["was_completed"] is False
        trail = session.exec(
            select(AuditEntry).where(AuditEntry.action == "enrolment:taken-back")
        ).all()
        assert [entry.change["before"] for entry in trail] == ["completed", "not_completed"]
    me = actor_of(people.youth)
    with services.reading(me) as unit:
        assert own_class.show(unit, me, rows[0]).number == ""
        assert own_class.credential(unit, me, number).revoked_on == TODAY


def test_a_result_written_again_is_told_again_under_the_same_number(
    services: Services, people: People
) -> None:
    where, rows = confirmed(services, people)
    with services.database.reading() as session:
        number = session.exec(select(Credential)).one().number
    take_back(services, people.coordinator, where, rows[0])
    who = actor(people.coordinator)
    with working(services, people.coordinator) as unit:
        seen = {rows[0]: Standing.MEETS, rows[2]: Standing.OPEN}
        assert completing_desk.confirm(unit, who, where, seen) == (1, 0)
    with services.database.reading() as session:
        row = session.exec(select(Credential)).one()
        assert (row.number, row.revoked_on) == (number, None)
        told = session.exec(
            select(OutboxMail).where(OutboxMail.template == "course_finished")
        ).all()
        assert len(told) == 2


def take_back_many(services: Services, person: Person, where: int, numbers: list[int]) -> int:
    with working(services, person) as unit:
        return result_undo.take_back_many(unit, actor(person), where, numbers)


def states(services: Services) -> dict[int, str]:
    with services.database.reading() as session:
        return {row.id or 0: row.state.value for row in session.exec(select(Enrolment)).all()}


def test_all_that_one_press_wrote_is_taken_back_with_one(
    any_services: Services, any_people: People
) -> None:
    where, rows = confirmed(any_services, any_people)
    with working(any_services, any_people.coordinator) as unit:
        view = completing_desk.proposal(unit, actor(any_people.coordinator), where)
    assert [act.enrolment_ids for act in view.acts] == [tuple(rows[:2])]
    assert take_back_many(any_services, any_people.coordinator, where, rows[:2]) == 2
    assert set(states(any_services).values()) == {"enrolled"}
    with any_services.database.reading() as session:
        assert session.exec(select(SkillRecord)).all() == []
        assert session.exec(select(ResultNote)).all() == []
        told = session.exec(
            select(OutboxMail).where(OutboxMail.template == "result_taken_back")
        ).all()
    assert len(told) == 2
    with pytest.raises(Conflict):
        take_back_many(any_services, any_people.coordinator, where, rows[:2])


def test_of_many_whoever_something_stands_on_keeps_the_result(
    services: Services, people: People
) -> None:
    where, rows = confirmed(services, people)
    with services.database.writing() as session:
        session.exec(select(SkillRecord)).one().level = 4
    assert take_back_many(services, people.coordinator, where, rows[:2]) == 1
    after = states(services)
    assert [after[each] for each in rows] == ["completed", "enrolled", "enrolled"]
    with pytest.raises(Conflict):
        take_back_many(services, people.coordinator, where, rows[:1])


def test_nobody_takes_back_people_of_another_desk_or_without_a_result(
    services: Services, people: People
) -> None:
    where, rows = confirmed(services, people)
    before = states(services)
    with pytest.raises(NotFound):
        take_back_many(services, people.other_coordinator, where, rows[:2])
    with pytest.raises(NotFound):
        take_back_many(services, people.coordinator, where, [*rows[:2], 987_654])
    with pytest.raises(Conflict):
        take_back_many(services, people.coordinator, where, rows)
    assert states(services) == before


def test_what_somebody_judged_since_stands_in_the_way(services: Services, people: People) -> None:
    where, rows = confirmed(services, people)
    with services.database.writing() as session:
        record = session.exec(select(SkillRecord)).one()
        record.level = 4
    with pytest.raises(Conflict):
        take_back(services, people.coordinator, where, rows[0])
    with services.database.reading() as session:
        assert session.get_one(Enrolment, rows[0]).state is EnrolmentState.COMPLETED
        assert session.exec(select(Credential)).one().revoked_on is None
    take_back(services, people.coordinator, where, rows[1])


def test_the_later_of_two_courses_is_taken_back_first(services: Services, people: People) -> None:
    """The second gave nothing, because the first had given it: so it counted on the first."""
    where, rows = confirmed(services, people)
    later, _made, second = class_of(services, people, -10, 0)
    with working(services, people.coordinator) as unit:
        course_desk.finish(
            unit, actor(people.coordinator), later, second[0], EnrolmentState.COMPLETED
        )
    with pytest.raises(Conflict):
        take_back(services, people.coordinator, where, rows[0])
    take_back(services, people.coordinator, later, second[0])
    take_back(services, people.coordinator, where, rows[0])
    with services.database.reading() as session:
        assert session.exec(select(SkillRecord)).all() == []


def test_yesterdays_result_and_a_strangers_session_are_left_alone(
    services: Services, people: People
) -> None:
    where, rows = confirmed(services, people)
    with pytest.raises(NotFound):
        take_back(services, people.other_coordinator, where, rows[0])
    with pytest.raises(Conflict):
        take_back(services, people.coordinator, where, rows[2])
    with services.database.writing() as session:
        for note in session.exec(select(ResultNote)).all():
            note.created_at -= timedelta(days=1)
    with pytest.raises(Conflict):
        take_back(services, people.coordinator, where, rows[0])
    with working(services, people.coordinator) as unit:
        view = completing_desk.proposal(unit, actor(people.coordinator), where)
    assert [line.is_of_today for line in view.done] == [False, False]
