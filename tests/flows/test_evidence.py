"""Proofs: handed in, judged by the right desk once, undone while nothing stands on it."""

from concurrent.futures import ThreadPoolExecutor
from datetime import timedelta
from typing import Any

import pytest
from sqlmodel import select, update

from matcher import rendering
from matcher.flows import erasure, evidence, evidence_desk, evidence_judging, own_data
from matcher.flows.evidence import NotTaken, Proof, TooLarge
from matcher.flows.evidence_desk import Show
from matcher.flows.evidence_judging import ReturnReason, Verdict
from matcher.flows.youth_desk import ProofReason
from matcher.i18n import use_language
from matcher.policy.evidence import CLAIM_LASTS
from matcher.refusal import Conflict, Invalid, NotFound
from matcher.wiring import Services
from models.certification import CertificationRecord
from models.outbox import OutboxMail
from models.people_desk import Evidence, EvidenceBlob, EvidenceState, EvidenceSubject
from models.skill import Rater, SkillRecord
from models.trail import AccessRecord, AuditEntry
from models.youth import AffiliationState, YouthProfile
from tests import factories
from tests.coordinator_desk import certificate, young
from tests.factories import NOW, PICTURE
from tests.partner_desk import actor, looking, working
from tests.people import People, Person
from tests.unit.exchange.test_evidence_files import PDF, png

SKILL = Proof(EvidenceSubject.SKILL, None, "python", 3)
COURSE = Proof(EvidenceSubject.COURSE, None, "파이썬", 2, "구청 파이썬 과정")


def hand_in(
    services: Services, person: Person, proof: Proof = SKILL, data: bytes = PICTURE, **more: Any
) -> int:
    name, limit = more.get("name", "증빙.png"), more.get("limit", 10)
    with working(services, person) as unit:
        return evidence.hand_in(unit, actor(person), proof, data, name, limit)


def take(services: Services, person: Person) -> int | None:
    with working(services, person) as unit:
        return evidence_judging.take_next(unit, actor(person))


def accept(services: Services, person: Person, number: int, **values: Any) -> int | None:
    verdict = Verdict(**{"version": stored(services, number).version, "level": 4} | values)
    with working(services, person) as unit:
        return evidence_judging.accept(unit, actor(person), number, verdict)


def stored(services: Services, number: int) -> Evidence:
    with services.database.reading() as session:
        return session.get_one(Evidence, number)


def all_of(services: Services, table: Any) -> list[Any]:
    with services.database.reading() as session:
        return list(session.exec(select(table)).all())


def a_certificate(services: Services, person: Person) -> int:
    with services.database.writing() as session:
        return certificate(session, person.youth_id).id or 0


@pytest.mark.parametrize("proof", [SKILL, COURSE])
def test_an_accepted_proof_rates_the_skill_as_the_desk_does_by_hand(
    services: Services, people: People, proof: Proof
) -> None:
    number = hand_in(services, people.youth, proof)
    assert take(services, people.coordinator) == number
    assert accept(services, people.coordinator, number) is None
    row = all_of(services, SkillRecord)[0]
    assert (row.skill, row.level, row.rater, row.verification) == (
        "python", 4, Rater.COORDINATOR, 2,
    )  # fmt: skip
    assert row.evidence_kind == ("project" if proof is SKILL else "course")
    kept = stored(services, number)
    assert (kept.state, kept.decided_level, kept.level) == (
        EvidenceState.ACCEPTED, 4, proof.level,
    )  # fmt: skip
    tasks = {each.task for each in all_of(services, AccessRecord)}
    assert {"evidence:accepted", "skill:rated"} <= tasks
    actions = [each.action for each in all_of(services, AuditEntry)]
    assert actions == [
        "evidence:handed_in", "evidence:claimed", "skill:rated", "evidence:accepted",
    ]  # fmt: skip
    mail = all_of(services, OutboxMail)[0]
    assert (mail.template, mail.context["state"]) == ("evidence_judged", "accepted")


def test_an_accepted_proof_of_a_certificate_raises_its_verification_by_one_step(
    services: Services, people: People
) -> None:
    record = a_certificate(services, people.youth)
    number = hand_in(services, people.youth, Proof(EvidenceSubject.CERTIFICATE, record))
    take(services, people.coordinator)
    accept(services, people.coordinator, number, reason=ProofReason.ORIGINAL, level=None)
    row = all_of(services, CertificationRecord)[0]
    assert (row.verification, row.verified_by_account_id, row.version) == (
        2, people.coordinator.account_id, 2,
    )  # fmt: skip


def test_the_queue_is_the_oldest_first_and_skipping_goes_round(
    services: Services, people: People
) -> None:
    with services.database.writing() as session:
        numbers = [
            factories.evidence(
                session, people.youth.youth_id or 0, created_at=NOW - timedelta(days=9 - n)
            ).id
            for n in range(3)
        ]
    desk = actor(people.coordinator)
    assert take(services, people.coordinator) == numbers[0]
    for passed, following in ((0, 1), (1, 2), (2, 0)):
        with services.writing(desk) as unit:
            version = stored(services, numbers[passed]).version
            found = evidence_judging.skip(unit, desk, numbers[passed], version)
        assert found == numbers[following]
    with looking(services, people.coordinator) as unit:
        view = evidence_desk.queue(unit, desk)
    assert [line.id for line in view.lines] == numbers
    assert [line.is_mine for line in view.lines] == [True, False, False]


def test_somebody_else_gets_another_proof_or_none(services: Services, people: People) -> None:
    colleague = second_coordinator(services, people)
    first = hand_in(services, people.youth)
    assert take(services, people.coordinator) == first
    assert take(services, colleague) is None
    with pytest.raises(Conflict), working(services, colleague) as unit:
        evidence_judging.claim(unit, actor(colleague), first)
    with pytest.raises(Conflict):
        accept(services, colleague, first)
    with services.database.writing() as session:
        session.get_one(Evidence, first).claimed_at = NOW - CLAIM_LASTS - timedelta(days=1)
    assert take(services, colleague) == first
    with pytest.raises(Conflict):
        accept(services, people.coordinator, first)


def second_coordinator(services: Services, people: People) -> Person:
    with services.database.writing() as session:
        row = factories.account(session, "colleague@example.com")
        home = people.coordinator.organisation_id
        factories.membership(session, row.id, people.coordinator.role, organisation_id=home)
        return Person(row.email, people.coordinator.role, row.id or 0, home)


def test_two_reviewers_who_press_at_once_never_hold_the_same_proof(
    any_services: Services, any_people: People
) -> None:
    """Six proofs, two reviewers on two threads: each proof is claimed once and judged once."""
    people, services = any_people, any_services
    colleague = second_coordinator(services, people)
    with services.database.writing() as session:
        for n in range(6):
            skill = ("python", "git", "linux", "docker", "sql", "excel")[n]
            factories.evidence(session, people.youth.youth_id or 0, skill=skill)

    def work(person: Person) -> list[int]:
        done: list[int] = []
        for _try in range(40):
            try:
                number = take(services, person)
                if number is None:
                    break
                accept(services, person, number)
                done.append(number)
            except Conflict:
                continue
        return done

    with ThreadPoolExecutor(2) as pool:
        first, second = pool.map(work, (people.coordinator, colleague))
    assert set(first) & set(second) == set()
    judged = [a.subject_id for a in all_of(services, AuditEntry) if a.action == "evidence:accepted"]
    assert sorted(judged) == sorted(row.id for row in all_of(services, Evidence))
    assert len(all_of(services, SkillRecord)) == 6


def test_a_proof_goes_to_the_desk_that_answers_for_the_person_and_to_no_other(
    services: Services, people: People
) -> None:
    number = hand_in(services, people.youth)
    for person in (people.other_coordinator, people.centre):
        with looking(services, person) as unit:
            assert evidence_desk.queue(unit, actor(person)).lines == ()
        for look in (evidence_desk.sheet, evidence_desk.file):
            with pytest.raises(NotFound), looking(services, person) as unit:
                look(unit, actor(person), number)
    with services.database.writing() as session:
        free = young(session, "gaon")
        own = factories.evidence(session, free).id
    assert take(services, people.centre) == own


def test_nothing_is_judged_before_the_affiliation_is_confirmed(
    services: Services, people: People
) -> None:
    hand_in(services, people.youth)
    with services.database.writing() as session:
        profile = session.get_one(YouthProfile, people.youth.youth_id)
        profile.affiliation_state = AffiliationState.CLAIMED
    assert take(services, people.coordinator) is None
    with looking(services, people.youth) as unit:
        assert not evidence.view(unit, actor(people.youth)).is_confirmed


def returned(services: Services, person: Person, number: int) -> None:
    version = stored(services, number).version
    with working(services, person) as unit:
        evidence_judging.send_back(
            unit, actor(person), number, ReturnReason.UNREADABLE, Verdict(version, comment="흐림")
        )


def undo(services: Services, person: Person, number: int) -> None:
    with working(services, person) as unit:
        evidence_judging.undo(unit, actor(person), number, stored(services, number).version)


def test_undoing_puts_the_record_back_as_it_was(services: Services, people: People) -> None:
    record = a_certificate(services, people.youth)
    with services.database.writing() as session:
        factories.skill_record(
            session, people.youth.youth_id or 0, "python", level=1, rater=Rater.COORDINATOR,
            verification=2, evidence="수업",
        )  # fmt: skip
    proofs = (SKILL, Proof(EvidenceSubject.SKILL, None, "git", 2))
    numbers = [hand_in(services, people.youth, proof) for proof in proofs]
    numbers.append(hand_in(services, people.youth, Proof(EvidenceSubject.CERTIFICATE, record)))
    before = [row.model_dump() for row in all_of(services, SkillRecord)]
    take(services, people.coordinator)
    for number in numbers:
        accept(services, people.coordinator, number, reason=ProofReason.ORIGINAL)
    assert len(all_of(services, SkillRecord)) == 2
    for number in numbers:
        undo(services, people.coordinator, number)
        assert stored(services, number).state is EvidenceState.IN_REVIEW
    assert [row.model_dump() for row in all_of(services, SkillRecord)] == before
    row = all_of(services, CertificationRecord)[0]
    assert (row.verification, row.verified_by_account_id) == (1, None)
    states = [mail.context["state"] for mail in all_of(services, OutboxMail)]
    assert states == ["accepted"] * 3 + ["reopened"] * 3


def test_a_decision_that_something_stands_on_is_not_undone(
    services: Services, people: People
) -> None:
    first, second = hand_in(services, people.youth), hand_in(services, people.youth, COURSE)
    take(services, people.coordinator)
    accept(services, people.coordinator, first, level=3)
    accept(services, people.coordinator, second, level=5)
    with pytest.raises(Conflict):
        undo(services, people.coordinator, first)
    undo(services, people.coordinator, second)
    undo(services, people.coordinator, first)
    assert all_of(services, SkillRecord) == []


def test_only_who_decided_undoes_and_only_on_the_day(services: Services, people: People) -> None:
    number = hand_in(services, people.youth)
    take(services, people.coordinator)
    returned(services, people.coordinator, number)
    with pytest.raises(Conflict):
        undo(services, second_coordinator(services, people), number)
    with services.database.writing() as session:
        session.exec(update(Evidence).values(decided_at=NOW - timedelta(days=1)))
    with pytest.raises(Conflict):
        undo(services, people.coordinator, number)


def test_returning_asks_for_a_reason_and_changes_no_record(
    services: Services, people: People
) -> None:
    number = hand_in(services, people.youth)
    take(services, people.coordinator)
    desk = actor(people.coordinator)
    for reason, field in ((None, "return_reason"), (ReturnReason.OTHER, "return_comment")):
        with pytest.raises(Invalid) as refusal, services.writing(desk) as unit:
            evidence_judging.send_back(unit, desk, number, reason, Verdict(2))
        assert set(refusal.value.fields) == {field}
    returned(services, people.coordinator, number)
    assert all_of(services, SkillRecord) == []
    with looking(services, people.youth) as unit:
        line = evidence.view(unit, actor(people.youth)).lines[0]
    assert (line.return_reason, line.comment) == (ReturnReason.UNREADABLE, "흐림")
    again = hand_in(services, people.youth)
    assert stored(services, again).state is EvidenceState.WAITING


def test_a_removed_certificate_can_only_be_returned(services: Services, people: People) -> None:
    record = a_certificate(services, people.youth)
    number = hand_in(services, people.youth, Proof(EvidenceSubject.CERTIFICATE, record))
    with services.database.writing() as session:
        session.delete(session.get_one(CertificationRecord, record))
    take(services, people.coordinator)
    with looking(services, people.coordinator) as unit:
        view = evidence_desk.sheet(unit, actor(people.coordinator), number)
    assert (view.line.about.is_there, view.line.about.name) == (False, "CLF-C02")
    with pytest.raises(Conflict):
        accept(services, people.coordinator, number, reason=ProofReason.ORIGINAL)
    returned(services, people.coordinator, number)


def test_the_same_file_is_kept_once_a_person_and_tells_nobody_about_others(
    services: Services, people: People
) -> None:
    hand_in(services, people.youth)
    hand_in(services, people.youth, COURSE)
    hand_in(services, people.other_youth)
    blobs = all_of(services, EvidenceBlob)
    assert [blob.youth_id for blob in blobs] == [
        people.youth.youth_id, people.other_youth.youth_id,
    ]  # fmt: skip
    with pytest.raises(Invalid) as refusal:
        hand_in(services, people.youth)
    assert set(refusal.value.fields) == {"file"}
    assert len(all_of(services, Evidence)) == 3


def test_taking_a_file_back_ends_what_waits_and_deletes_the_bytes_with_its_last_use(
    services: Services, people: People
) -> None:
    numbers = [hand_in(services, people.youth), hand_in(services, people.youth, COURSE)]
    for left, number in zip((1, 0), numbers, strict=True):
        with working(services, people.youth) as unit:
            evidence.withdraw(unit, actor(people.youth), number, 1)
        assert stored(services, number).state is EvidenceState.WITHDRAWN
        assert len(all_of(services, EvidenceBlob)) == left
    assert take(services, people.coordinator) is None
    with pytest.raises(NotFound), looking(services, people.coordinator) as unit:
        evidence_desk.file(unit, actor(people.coordinator), numbers[0])


def test_what_was_confirmed_stays_when_the_file_goes(services: Services, people: People) -> None:
    number = hand_in(services, people.youth)
    take(services, people.coordinator)
    accept(services, people.coordinator, number)
    with working(services, people.youth) as unit:
        evidence.withdraw(unit, actor(people.youth), number, stored(services, number).version)
    assert stored(services, number).state is EvidenceState.ACCEPTED
    assert len(all_of(services, SkillRecord)) == 1
    assert all_of(services, EvidenceBlob) == []


def test_fifty_files_are_the_most(services: Services, people: People) -> None:
    with services.database.writing() as session:
        for n in range(50):
            factories.evidence(session, people.youth.youth_id or 0, data=b"%d" % n)
    with pytest.raises(Invalid) as refusal:
        hand_in(services, people.youth)
    assert "50" in refusal.value.fields["file"]


@pytest.mark.parametrize(
    ("proof", "data", "name", "kind"),
    [
        (SKILL, PICTURE, "a.pdf", NotTaken),
        (SKILL, b"<html>", "a.png", NotTaken),
        (SKILL, b"", "a.png", Invalid),
        (SKILL, PICTURE + bytes(1_048_576), "a.png", TooLarge),
        (SKILL, png(50_000, 50_000), "a.png", Invalid),
        (SKILL, PICTURE, "900101-1234567.png", Invalid),
        (Proof(EvidenceSubject.SKILL, None, "no-such-skill", 3), PICTURE, "a.png", Invalid),
        (Proof(EvidenceSubject.SKILL, None, "python", None), PICTURE, "a.png", Invalid),
        (Proof(EvidenceSubject.COURSE, None, "python", 3), PICTURE, "a.png", Invalid),
        (Proof(EvidenceSubject.COURSE, None, "전기기사", 3, "과정"), PICTURE, "a.png", Invalid),
        (Proof(EvidenceSubject.CERTIFICATE, 999), PICTURE, "a.png", Invalid),
    ],
)
def test_a_refused_proof_leaves_nothing_behind(
    services: Services, people: People, proof: Proof, data: bytes, name: str, kind: Any
) -> None:
    with pytest.raises(kind):
        hand_in(services, people.youth, proof, data, name=name, limit=1)
    assert (all_of(services, Evidence), all_of(services, EvidenceBlob)) == ([], [])


def test_another_persons_certificate_is_nothing_to_prove(
    services: Services, people: People
) -> None:
    record = a_certificate(services, people.other_youth)
    with pytest.raises(Invalid):
        hand_in(services, people.youth, Proof(EvidenceSubject.CERTIFICATE, record))


def test_opening_a_file_is_recorded_and_gives_the_bytes(services: Services, people: People) -> None:
    number = hand_in(services, people.youth, data=PDF, name="이수증.pdf")
    with looking(services, people.coordinator) as unit:
        found = evidence_desk.file(unit, actor(people.coordinator), number)
    assert (found.data, found.name) == (PDF, "이수증.pdf")
    row = all_of(services, AccessRecord)[0]
    assert (row.task, row.youth_id) == ("evidence:file", people.youth.youth_id)


def test_erasing_takes_proofs_and_files_and_the_export_names_them(
    services: Services, people: People
) -> None:
    hand_in(services, people.youth, data=PDF, name="이수증.pdf")
    with working(services, people.youth) as unit:
        text = own_data.export(unit)
    assert "이수증.pdf" in text
    with working(services, people.youth) as unit:
        erasure.erase_own(unit)
    assert (all_of(services, Evidence), all_of(services, EvidenceBlob)) == ([], [])


def test_the_counts_are_the_lengths_of_the_lists(services: Services, people: People) -> None:
    numbers = [hand_in(services, people.youth), hand_in(services, people.youth, COURSE)]
    numbers.append(hand_in(services, people.other_youth))
    take(services, people.coordinator)
    accept(services, people.coordinator, numbers[0])
    returned(services, people.coordinator, numbers[1])
    for show in Show:
        with looking(services, people.coordinator) as unit:
            view = evidence_desk.queue(unit, actor(people.coordinator), show)
        assert (view.counts[show], len(view.lines)) == (1, 1)


@pytest.mark.parametrize("language", ["ko", "en"])
@pytest.mark.parametrize("state", ["accepted", "returned", "reopened"])
def test_the_mail_says_what_happened_and_leads_to_the_page(state: str, language: str) -> None:
    context = {
        "name": "하늘", "site_url": "https://oreum.example", "desk_ko": "제주대 데모",
        "desk_en": "Jeju demo", "state": state, "comment": "흐림",
    }  # fmt: skip
    with use_language("ko" if language == "ko" else "en"):
        subject = rendering.render_block("mail/evidence_judged.txt", "subject", context).strip()
        body = rendering.render("mail/evidence_judged.txt", context)
    assert subject
    assert "\n" not in subject
    assert "/youth/evidence" in body
    assert "흐림" in body
