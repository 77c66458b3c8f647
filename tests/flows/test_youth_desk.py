"""A desk and one person: what it may see and settle, what that leaves behind."""

from collections.abc import Callable

import pytest
from sqlmodel import Session, select

from matcher import rendering
from matcher.db import Unit
from matcher.flows import youth_desk, youth_record
from matcher.flows.youth_desk import AffiliationStep, EndReason, ProofReason, ProofStep, Rating
from matcher.i18n import use_language
from matcher.refusal import Conflict, Forbidden, Invalid, NotFound, Refusal
from matcher.wiring import Services
from models.account import Account, AccountState
from models.certification import AttemptState, CertificationRecord
from models.outbox import OutboxMail
from models.skill import Rater, SkillRecord
from models.trail import AccessRecord, AuditEntry
from models.youth import AffiliationState, YouthProfile
from tests import factories
from tests.coordinator_desk import certificate, young
from tests.partner_desk import actor, working
from tests.people import People, Person

RATING = Rating("python", 4, "캡스톤 심사")
Act = Callable[[Unit, Person, int], object]


def trail(session: Session) -> tuple[list[str], list[str], list[str]]:
    return (
        [row.task for row in session.exec(select(AccessRecord)).all()],
        [row.action for row in session.exec(select(AuditEntry)).all()],
        [row.template for row in session.exec(select(OutboxMail)).all()],
    )


def confirm(unit: Unit, who: Person, youth_id: int) -> object:
    return youth_desk.move_affiliation(unit, actor(who), youth_id, AffiliationStep.CONFIRM, None, 1)


def end(unit: Unit, who: Person, youth_id: int) -> object:
    return youth_desk.move_affiliation(
        unit, actor(who), youth_id, AffiliationStep.END, EndReason.LEFT, 1
    )


def see(unit: Unit, who: Person, youth_id: int) -> object:
    record = unit.session.exec(select(CertificationRecord.id)).first() or 1
    return youth_desk.judge_certification(
        unit, actor(who), youth_id, record, ProofStep.SEE, ProofReason.ORIGINAL, 1
    )


def rate(unit: Unit, who: Person, youth_id: int) -> object:
    return youth_desk.rate_skill(unit, actor(who), youth_id, RATING)


def read(unit: Unit, who: Person, youth_id: int) -> object:
    return youth_record.view(unit, actor(who), youth_id)


def claimed(services: Services, people: People, university: int | None) -> int:
    with services.database.writing() as session:
        return young(session, "saebom", university, affiliation_state=AffiliationState.CLAIMED)


def test_reading_a_record_leaves_one_access_record_about_that_person(
    services: Services, people: People
) -> None:
    youth_id = people.youth.youth_id or 0
    with services.reading(actor(people.coordinator), request_id="r1", source="10.0.0.7") as unit:
        view = youth_record.view(unit, actor(people.coordinator), youth_id)
    with services.database.reading() as session:
        row = session.exec(select(AccessRecord)).one()
    assert view.name == "haneul"
    assert (row.task, row.youth_id, row.account_id, row.organisation_id, row.source) == (
        "person:read", youth_id, people.coordinator.account_id,
        people.coordinator.organisation_id, "10.0.0.7",
    )  # fmt: skip


@pytest.mark.parametrize("act", [read, confirm, end, see, rate])
@pytest.mark.parametrize("which", ["foreign", "absent", "ended", "erased"])
def test_a_person_of_nobody_here_is_absent_for_every_act(
    services: Services, people: People, act: Act, which: str
) -> None:
    with services.database.writing() as session:
        profile = session.get_one(YouthProfile, people.youth.youth_id)
        certificate(session, profile.id)
        if which == "ended":
            profile.affiliation_state = AffiliationState.ENDED
        if which == "erased":
            session.get_one(Account, profile.account_id).state = AccountState.ERASED
        session.add(profile)
    youth_id = 999_999 if which == "absent" else people.youth.youth_id or 0
    who = people.other_coordinator if which == "foreign" else people.coordinator
    with pytest.raises(NotFound), working(services, who) as unit:
        act(unit, who, youth_id)
    with services.database.reading() as session:
        assert trail(session) == ([], [], [])


@pytest.mark.parametrize("act", [read, confirm, end, see, rate])
@pytest.mark.parametrize("who", ["partner", "admin", "youth", "other_youth"])
def test_other_roles_find_nobody(services: Services, people: People, act: Act, who: str) -> None:
    person: Person = getattr(people, who)
    with pytest.raises(NotFound), working(services, person) as unit:
        act(unit, person, people.youth.youth_id or 0)


def test_confirming_a_claim_is_audited_and_told(services: Services, people: People) -> None:
    youth_id = claimed(services, people, people.coordinator.organisation_id)
    with working(services, people.coordinator) as unit:
        confirm(unit, people.coordinator, youth_id)
    with services.database.reading() as session:
        profile = session.get_one(YouthProfile, youth_id)
        assert (profile.affiliation_state, profile.version) == (AffiliationState.CONFIRMED, 2)
        assert trail(session) == (
            ["affiliation:confirmed"], ["affiliation:confirmed"], ["affiliation_confirmed"]
        )  # fmt: skip


def test_the_centre_confirms_people_without_a_university_and_nobody_else(
    services: Services, people: People
) -> None:
    free, student = claimed(services, people, None), people.youth.youth_id or 0
    with working(services, people.centre) as unit:
        assert confirm(unit, people.centre, free) is AffiliationState.CONFIRMED
    for act in (end, see, rate):
        with pytest.raises(Forbidden), working(services, people.centre) as unit:
            act(unit, people.centre, student)


def test_two_people_at_the_desk_cannot_settle_one_claim_twice(
    services: Services, people: People
) -> None:
    youth_id = claimed(services, people, people.coordinator.organisation_id)
    with working(services, people.coordinator) as unit:
        confirm(unit, people.coordinator, youth_id)
    with pytest.raises(Conflict), working(services, people.coordinator) as unit:
        end(unit, people.coordinator, youth_id)


def test_an_end_needs_a_reason_and_closes_the_record(services: Services, people: People) -> None:
    youth_id, who = people.youth.youth_id or 0, people.coordinator
    with pytest.raises(Invalid) as refused, working(services, who) as unit:
        youth_desk.move_affiliation(unit, actor(who), youth_id, AffiliationStep.END, None, 1)
    assert list(refused.value.fields) == ["reason"]
    with working(services, who) as unit:
        end(unit, who, youth_id)
    with pytest.raises(NotFound), working(services, who) as unit:
        read(unit, who, youth_id)


def test_nothing_is_confirmed_before_the_affiliation_is(services: Services, people: People) -> None:
    youth_id = claimed(services, people, people.coordinator.organisation_id)
    with services.database.writing() as session:
        certificate(session, youth_id)
    for act in (see, rate):
        with pytest.raises(Conflict), working(services, people.coordinator) as unit:
            act(unit, people.coordinator, youth_id)


def test_a_seen_certificate_keeps_the_persons_record_and_can_be_taken_back(
    services: Services, people: People
) -> None:
    youth_id, who = people.youth.youth_id or 0, people.coordinator
    with services.database.writing() as session:
        record = certificate(session, youth_id)
    with working(services, who) as unit:
        see(unit, who, youth_id)
    with services.database.reading() as session:
        row = session.get_one(CertificationRecord, record.id)
        assert (row.verification, row.verified_by_account_id) == (2, who.account_id)
        assert (row.state, row.exam_on) == (record.state, record.exam_on)
    with working(services, who) as unit:
        youth_desk.judge_certification(
            unit, actor(who), youth_id, record.id, ProofStep.TAKE_BACK, ProofReason.MISTAKE, 2
        )
    with services.database.reading() as session:
        row = session.get_one(CertificationRecord, record.id)
        assert (row.verification, row.verified_by_account_id, row.version) == (1, None, 3)
        reasons = [entry.change["reason"] for entry in session.exec(select(AuditEntry)).all()]
        assert reasons == ["original", "mistake"]
        assert trail(session)[2] == ["certification_judged", "certification_judged"]


@pytest.mark.parametrize(
    ("values", "step", "reason", "refusal"),
    [
        ({}, ProofStep.SEE, ProofReason.MISTAKE, Invalid),
        ({"verification": 2}, ProofStep.TAKE_BACK, ProofReason.ORIGINAL, Invalid),
        ({"version": 4}, ProofStep.SEE, ProofReason.ORIGINAL, Conflict),
        ({"verification": 2}, ProofStep.SEE, ProofReason.ORIGINAL, Conflict),
        ({"verification": 3}, ProofStep.TAKE_BACK, ProofReason.MISTAKE, Conflict),
        ({"verification": 4}, ProofStep.TAKE_BACK, ProofReason.MISTAKE, Conflict),
        ({"state": AttemptState.SCHEDULED}, ProofStep.SEE, ProofReason.ORIGINAL, Conflict),
    ],
)
def test_a_proof_step_that_does_not_fit_changes_nothing(
    services: Services,
    people: People,
    values: dict[str, object],
    step: ProofStep,
    reason: ProofReason,
    refusal: type[Refusal],
) -> None:
    youth_id, who = people.youth.youth_id or 0, people.coordinator
    with services.database.writing() as session:
        record = certificate(session, youth_id, **values)
    with pytest.raises(refusal), working(services, who) as unit:
        youth_desk.judge_certification(unit, actor(who), youth_id, record.id, step, reason, 1)
    with services.database.reading() as session:
        row = session.get_one(CertificationRecord, record.id)
        assert row.verification == record.verification
        assert trail(session) == ([], [], [])


def test_a_certificate_of_another_person_is_not_reached_through_an_own_one(
    services: Services, people: People
) -> None:
    who = people.coordinator
    with services.database.writing() as session:
        certificate(session, people.other_youth.youth_id)
    with pytest.raises(NotFound), working(services, who) as unit:
        see(unit, who, people.youth.youth_id or 0)


def test_a_rating_stands_beside_the_persons_own_word_and_counts_before_it(
    services: Services, people: People
) -> None:
    youth_id, who = people.youth.youth_id or 0, people.coordinator
    with services.database.writing() as session:
        factories.skill_record(session, youth_id, "python", level=2, evidence="내 말")
    for level in (4, 3):
        with working(services, who) as unit:
            rating = Rating("파이썬", level, "캡스톤 심사")
            assert youth_desk.rate_skill(unit, actor(who), youth_id, rating) == "python"
    with services.database.reading() as session:
        rows = {row.rater: row for row in session.exec(select(SkillRecord)).all()}
        assert (rows[Rater.SELF].level, rows[Rater.SELF].evidence) == (2, "내 말")
        rated = rows[Rater.COORDINATOR]
        assert (rated.level, rated.verification, rated.rated_by_account_id) == (
            3, 2, who.account_id,
        )  # fmt: skip
        assert trail(session)[2] == ["skill_rated", "skill_rated"]
    with working(services, who) as unit:
        line = youth_record.view(unit, actor(who), youth_id).skills[0]
    assert [(each.rater, each.level) for each in line.judgements] == [
        (Rater.COORDINATOR, 3), (Rater.SELF, 2),
    ]  # fmt: skip


@pytest.mark.parametrize(
    ("rating", "field"),
    [
        (Rating("위성 춤", 3, "x"), "skill"),
        (Rating("python", 0, "x"), "level"),
        (Rating("python", 6, "x"), "level"),
    ],
)
def test_a_rating_outside_the_taxonomy_or_the_levels_is_refused_by_field(
    services: Services, people: People, rating: Rating, field: str
) -> None:
    who = people.coordinator
    with pytest.raises(Invalid) as refused, working(services, who) as unit:
        youth_desk.rate_skill(unit, actor(who), people.youth.youth_id or 0, rating)
    assert list(refused.value.fields) == [field]


@pytest.mark.parametrize("language", ["ko", "en"])
def test_every_mail_of_the_desk_reads_well_in_both_languages(
    services: Services, people: People, language: str
) -> None:
    youth_id, who = people.youth.youth_id or 0, people.coordinator
    with services.database.writing() as session:
        certificate(session, youth_id)
    for act in (see, rate, end):
        with working(services, who) as unit:
            act(unit, who, youth_id)
    with services.database.reading() as session, use_language(language):  # type: ignore[arg-type]
        mails = session.exec(select(OutboxMail)).all()
        texts = [
            rendering.render(
                f"mail/{mail.template}.txt",
                {"name": "haneul", "site_url": "http://x", **mail.context},
            )
            for mail in mails
        ]
    assert len(texts) == 3
    desk = "jejunu 데모" if language == "ko" else "jejunu demo"
    assert all(desk in text for text in texts)
