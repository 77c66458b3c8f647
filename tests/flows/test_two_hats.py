"""One person, two accounts: a desk's and a partner's. Neither speaks for a youth to the other."""

from collections.abc import Callable

import pytest
from sqlmodel import select

from matcher.flows import (
    completing_desk,
    course_desk,
    evidence,
    evidence_judging,
    importing,
    plan_templates,
    round_publishing,
    same_person,
    youth_desk,
)
from matcher.flows.evidence import Proof
from matcher.flows.evidence_judging import Verdict
from matcher.flows.importing import Imported
from matcher.flows.plan_templates import CohortFilter
from matcher.flows.youth_desk import Rating
from matcher.refusal import Conflict, Forbidden, Invalid
from matcher.wiring import Services
from models.account import Account
from models.application import ApplicationState
from models.assignment import RoundState
from models.course import CourseSession, Enrolment, EnrolmentState
from models.people_desk import Evidence, EvidenceSubject
from models.review import SamePerson
from models.skill import Rater, SkillRecord
from tests import factories
from tests.factories import NOW, PICTURE, TODAY
from tests.flows.test_class_desk import class_of, mark
from tests.flows.test_plan_templates import DRAFT, made
from tests.partner_desk import actor, working
from tests.people import People, Person
from tests.review_desk import Desk, score, set_desk, tried


@pytest.fixture
def opening_id(services: Services, people: People) -> int:
    """Of the first partner; `haneul` applied there, `bada` did not."""
    with services.database.writing() as session:
        opening = factories.opening(session, people.partner.organisation_id)
        factories.application(session, opening.id, people.youth.youth_id)
        return opening.id


def same(services: Services, people: People, one: Person, other: Person) -> None:
    with working(services, people.admin) as unit:
        same_person.note(unit, one.email, other.email)


def rate(services: Services, who: Person, about: Person) -> None:
    with working(services, who) as unit:
        youth_desk.rate_skill(
            unit, actor(who), about.youth_id or 0, Rating("python", 4, note="seen in class")
        )


def accept_proof(services: Services, who: Person, about: Person) -> None:
    with working(services, about) as unit:
        proof = Proof(EvidenceSubject.SKILL, None, "python", 3)
        number = evidence.hand_in(unit, actor(about), proof, PICTURE, "증빙.png", 10)
    with working(services, who) as unit:
        evidence_judging.claim(unit, actor(who), number)
    with services.database.reading() as session:
        version = session.get_one(Evidence, number).version
    with working(services, who) as unit:
        evidence_judging.accept(unit, actor(who), number, Verdict(version, level=4))


def suggest(services: Services, people: People) -> int:
    template_id = made(services, people, DRAFT)
    with working(services, people.coordinator) as unit:
        return plan_templates.suggest(
            unit, actor(people.coordinator), template_id, CohortFilter(), 2, 1
        )


def propose(services: Services, people: People, opening_id: int) -> None:
    with services.database.writing() as session:
        row = factories.assignment_round(
            session, people.coordinator.organisation_id or 0,
            state=RoundState.DRY_RUN, published_at=None,
        )  # fmt: skip
        round_id, version = row.id or 0, row.version
        factories.assignment_opening(session, round_id, opening_id)
        entry = factories.assignment_entry(session, round_id, people.youth.youth_id or 0)
        run_id = factories.assignment_run(session, round_id, entry).id or 0
    with working(services, people.coordinator) as unit:
        round_publishing.propose(unit, actor(people.coordinator), round_id, run_id, version)


Act = Callable[[Services, People, int], object]
ACTS: dict[str, Act] = {
    "rate": lambda services, people, _o: rate(services, people.coordinator, people.youth),
    "proof": lambda services, people, _o: accept_proof(services, people.coordinator, people.youth),
    "suggest": lambda services, people, _o: suggest(services, people),
    "propose": propose,
}


@pytest.mark.parametrize("act", list(ACTS))
def test_a_desk_does_not_speak_for_a_person_to_its_own_other_employer(
    services: Services, people: People, opening_id: int, act: str
) -> None:
    same(services, people, people.coordinator, people.partner)
    with pytest.raises(Forbidden) as refused:
        ACTS[act](services, people, opening_id)
    assert refused.value.message
    with services.database.reading() as session:
        rated = select(SkillRecord).where(SkillRecord.rater == Rater.COORDINATOR)
        assert session.exec(rated).all() == []


@pytest.mark.parametrize("act", list(ACTS))
def test_without_the_other_account_the_same_acts_are_allowed(
    services: Services, people: People, opening_id: int, act: str
) -> None:
    same(services, people, people.other_coordinator, people.partner)
    ACTS[act](services, people, opening_id)


def test_people_without_a_tie_to_that_partner_are_judged_as_ever(
    services: Services, people: People, opening_id: int
) -> None:
    same(services, people, people.coordinator, people.partner)
    rate(services, people.coordinator, people.other_youth)


def test_a_withdrawn_application_is_no_tie(services: Services, people: People) -> None:
    with services.database.writing() as session:
        opening = factories.opening(session, people.partner.organisation_id)
        factories.application(
            session, opening.id, people.youth.youth_id, state=ApplicationState.WITHDRAWN
        )
    same(services, people, people.coordinator, people.partner)
    rate(services, people.coordinator, people.youth)


def test_three_accounts_are_one_person_over_the_one_in_the_middle(
    services: Services, people: People, opening_id: int
) -> None:
    same(services, people, people.coordinator, people.other_coordinator)
    same(services, people, people.other_coordinator, people.partner)
    with pytest.raises(Forbidden):
        rate(services, people.coordinator, people.youth)


def test_a_partner_does_not_review_a_student_of_its_own_other_desk(
    services: Services, people: People
) -> None:
    desk: Desk = set_desk(services, people)
    same(services, people, people.coordinator, people.partner)
    with pytest.raises(Forbidden):
        score(services, desk, people.partner, people.youth, 3, 3, 3)
    assert tried(services, desk, desk.reviewers[1], people.youth, 3, 3, 3)


def test_an_ended_note_bars_nobody(services: Services, people: People, opening_id: int) -> None:
    same(services, people, people.coordinator, people.partner)
    with services.database.reading() as session:
        note = session.exec(select(SamePerson)).one()
    with working(services, people.admin) as unit:
        same_person.end(unit, note.id or 0)
    rate(services, people.coordinator, people.youth)


def test_two_accounts_are_noted_once_and_never_a_young_persons(
    services: Services, people: People
) -> None:
    same(services, people, people.coordinator, people.partner)
    with pytest.raises(Conflict):
        same(services, people, people.partner, people.coordinator)
    for other in (people.youth, people.coordinator):
        with pytest.raises(Invalid):
            same(services, people, people.coordinator, other)
    with services.database.reading() as session:
        assert session.get_one(Account, people.youth.account_id).created_at <= NOW


def test_a_class_is_confirmed_without_whoever_a_colleague_must_speak_about(
    services: Services, people: People, opening_id: int
) -> None:
    where, made, rows = class_of(services, people, -10, 0, (-1,))
    mark(services, people, where, made[0], **{f"e{each}": ("", "present") for each in rows})
    same(services, people, people.coordinator, people.partner)
    desk = actor(people.coordinator)
    with working(services, people.coordinator) as unit:
        seen = {
            line.enrolment_id: line.standing
            for line in completing_desk.proposal(unit, desk, where).lines
        }
    assert [seen[each] for each in rows] == ["colleague", "meets", "meets"]
    with working(services, people.coordinator) as unit:
        assert completing_desk.confirm(unit, desk, where, seen) == (2, 0)
    with pytest.raises(Forbidden), working(services, people.coordinator) as unit:
        course_desk.finish(unit, desk, where, rows[0], EnrolmentState.COMPLETED)
    with services.database.reading() as session:
        rated = select(SkillRecord.youth_id).where(SkillRecord.rater == Rater.COORDINATOR)
        assert set(session.exec(rated)) == {people.other_youth.youth_id, people.far_youth.youth_id}
        assert session.get_one(Enrolment, rows[0]).state is EnrolmentState.ENROLLED


def imported(services: Services, people: People, kind: str, rows: list[str]) -> Imported:
    with working(services, people.coordinator) as unit:
        return importing.run(unit, kind, "\n".join(rows).encode(), f"{kind}.csv")


SKILLS = "youth,skill,level,rater,rated_on"


def test_a_file_names_the_lines_a_colleague_must_enter_and_takes_the_rest(
    services: Services, people: People, opening_id: int
) -> None:
    same(services, people, people.coordinator, people.partner)
    tied, own, free = (
        f"{people.youth.email},python,4,coordinator,2026-11-02",
        f"{people.youth.email},sql,4,self,2026-11-02",
        f"{people.other_youth.email},python,4,coordinator,2026-11-02",
    )
    told = imported(services, people, "skills", [SKILLS, tied, own, free])
    assert [(each.line, each.code) for each in told.errors] == [(2, "two_hats")]
    assert imported(services, people, "skills", [SKILLS, own, free]).errors == ()
    with services.database.reading() as session:
        found = session.exec(select(SkillRecord.youth_id, SkillRecord.rater)).all()
    assert sorted(found) == [
        (people.youth.youth_id, Rater.SELF), (people.other_youth.youth_id, Rater.COORDINATOR),
    ]  # fmt: skip


def test_a_file_of_results_completes_nobody_tied_to_the_senders_other_employer(
    services: Services, people: People, opening_id: int
) -> None:
    where, _made, _rows = class_of(services, people, -10, -1)
    same(services, people, people.coordinator, people.partner)
    with services.database.reading() as session:
        held = session.get_one(CourseSession, where)
        key = f"#{held.course_id},{held.starts_on}"
    lines = [f"{key},{each.email},수료,{TODAY}" for each in (people.youth, people.other_youth)]
    told = imported(services, people, "completions", ["course,starts_on,person,result,on", *lines])
    assert [(each.line, each.code) for each in told.errors] == [(2, "two_hats")]
    told = imported(
        services, people, "completions", ["course,starts_on,person,result,on", lines[1]]
    )
    assert (told.errors, told.rows) == ((), 1)
