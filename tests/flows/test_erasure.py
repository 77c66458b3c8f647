"""Erased means gone: from the tables, from the file's free space and from its log."""

import json
from datetime import date
from pathlib import Path

from sqlalchemy import func
from sqlmodel import Session, col, select

from matcher.actor import Actor
from matcher.flows import erasure
from matcher.store import trail
from matcher.wiring import Services
from models.account import AccessToken, Account, AccountState, LoginSession, Role, ThrottleHit
from models.application import Application, ApplicationEvent, ApplicationState
from models.batch import BatchChange, ImportBatch
from models.certification import AttemptState, CertificationRecord, LicenceRecord
from models.consent import Consent
from models.course import Course, CourseMode, CourseSession, Enrolment, EnrolmentState
from models.opening import Opening, OpeningState
from models.outbox import OutboxMail
from models.skill import SkillRecord, UnmappedSkill
from models.youth import YouthProfile, YouthWish
from tests import factories
from tests.databases import only_sqlite
from tests.factories import NOW, TODAY, add
from tests.people import People

CANARIES = {
    name: f"canary-{name}-7f3a91"
    for name in (
        "email", "name", "about", "external", "wish", "evidence", "proof", "message", "unmapped",
        "browser", "token", "licence",
    )
}  # fmt: skip
KOREAN = "카나리아새노래"


def plant(session: Session, people: People) -> int:
    """Every place a word about the person can stand in; gives the id of the session held."""
    youth_id, account_id = people.youth.youth_id, people.youth.account_id
    person = session.get_one(Account, account_id)
    person.email = f"{CANARIES['email']}@example.com"
    person.name = CANARIES["name"]
    profile = session.get_one(YouthProfile, youth_id)
    profile.about = f"{CANARIES['about']} {KOREAN} " * 40
    profile.external_id = CANARIES["external"]
    stamps = {"created_at": NOW, "updated_at": NOW}
    add(session, YouthWish(youth_id=youth_id, kind="role", value=CANARIES["wish"]))
    skill = add(
        session,
        SkillRecord(
            youth_id=youth_id, skill="python", level=3, evidence=CANARIES["evidence"],
            rated_on=TODAY, created_at=NOW,
        ),
    )  # fmt: skip
    add(session, UnmappedSkill(youth_id=youth_id, text=CANARIES["unmapped"], created_at=NOW))
    add(
        session,
        CertificationRecord(
            youth_id=youth_id, certification="SAA", exam_code="SAA-C03", state=AttemptState.PASSED,
            proof_url=f"https://example.com/{CANARIES['proof']}", **stamps,
        ),
    )  # fmt: skip
    add(session, LicenceRecord(youth_id=youth_id, licence=CANARIES["licence"], created_at=NOW))
    add(
        session,
        LoginSession(
            token_hash="a" * 64, account_id=account_id, created_at=NOW,
            browser=CANARIES["browser"],
        ),
    )  # fmt: skip
    add(
        session,
        AccessToken(
            token_hash="b" * 64, account_id=account_id, name=CANARIES["token"], created_at=NOW,
            expires_on=date(2027, 1, 1),
        ),
    )  # fmt: skip
    for owner in (account_id, people.partner.account_id):
        add(
            session,
            OutboxMail(
                account_id=owner, template="x", context={"who": CANARIES["name"], "x": KOREAN},
                dedupe_key=f"{owner}", created_at=NOW,
            ),
        )  # fmt: skip
    batch = add(
        session,
        ImportBatch(kind="youths", file_name="a.csv", file_hash="c", row_count=1, created_at=NOW),
    )
    for table, row_id in (("youth_profile", youth_id), ("skill_record", skill.id)):
        before = {"about": CANARIES["about"], "evidence": KOREAN}
        add(
            session,
            BatchChange(batch_id=batch.id, table_name=table, row_id=row_id, before=before),
        )
    return _course_and_opening(session, people)


def _course_and_opening(session: Session, people: People) -> int:
    stamps = {"created_at": NOW, "updated_at": NOW}
    course = add(
        session,
        Course(
            organisation_id=people.coordinator.organisation_id, title_ko="과정", title_en="course",
            field="x", level="x", kind="x", mode=CourseMode.ONLINE, total_hours=8, **stamps,
        ),
    )  # fmt: skip
    held = add(
        session,
        CourseSession(
            course_id=course.id, starts_on=TODAY, ends_on=TODAY, applications_open_on=TODAY,
            applications_close_on=TODAY, weekly_hours=2, seats=5, taken=2,
        ),
    )  # fmt: skip
    youth_id = people.youth.youth_id
    add(
        session,
        Enrolment(session_id=held.id, youth_id=youth_id, state=EnrolmentState.ENROLLED, **stamps),
    )
    opening = add(
        session,
        Opening(
            organisation_id=people.partner.organisation_id, state=OpeningState.PUBLISHED,
            title_ko="공고", title_en="opening", sector="space", employment_type="x", region="x",
            opens_on=TODAY, closes_on=TODAY, **stamps,
        ),
    )  # fmt: skip
    add(
        session,
        Application(
            opening_id=opening.id, youth_id=youth_id, state=ApplicationState.INTERVIEW,
            message=f"{CANARIES['message']} {KOREAN}", **stamps,
        ),
    )  # fmt: skip
    assert held.id is not None
    return int(held.id)


def erase(services: Services, people: People) -> None:
    person = people.youth
    actor = Actor(person.account_id, Role.YOUTH, "x", youth_id=person.youth_id)
    with services.writing(actor) as unit:
        erasure.erase_own(unit)


def raw_bytes(services: Services) -> bytes:
    path = Path(services.database.url.database or "")
    return b"".join(each.read_bytes() for each in sorted(path.parent.glob(path.name + "*")))


def traces(services: Services) -> list[str]:
    raw = raw_bytes(services)
    spellings = {KOREAN: (KOREAN.encode(), json.dumps(KOREAN)[1:-1].encode())}
    spellings |= {word: (word.encode(),) for word in CANARIES.values()}
    return sorted(word for word, forms in spellings.items() if any(form in raw for form in forms))


@only_sqlite
def test_no_canary_is_left_in_the_file_or_its_log(services: Services, people: People) -> None:
    with services.database.writing() as session:
        plant(session, people)
    # Other people's rows move pages about, so that copies in rebuilt pages would show.
    with services.database.writing() as session:
        for n in range(300):
            row = factories.account(session, f"crowd{n}@example.com")
            factories.youth(session, row.id, about=f"crowd {n} " * 50)
    assert len(traces(services)) == len(CANARIES) + 1
    erase(services, people)
    assert erasure.wipe(services.database) is True
    assert traces(services) == []
    with services.database.reading() as session:
        assert session.connection().exec_driver_sql("PRAGMA integrity_check").scalar() == "ok"
        assert session.connection().exec_driver_sql("PRAGMA foreign_key_check").all() == []


def test_numbers_stay_without_a_person(services: Services, people: People) -> None:
    youth_id, account_id = people.youth.youth_id, people.youth.account_id
    with services.database.writing() as session:
        held = plant(session, people)
    erase(services, people)
    with services.database.reading() as session:
        account = session.get_one(Account, account_id)
        assert (account.email, account.name) == (f"erased:{account_id}", f"#{account_id}")
        assert (account.state, account.password_hash) == (AccountState.ERASED, None)
        assert session.get_one(CourseSession, held).taken == 1
        state = session.exec(select(Enrolment.state).where(Enrolment.youth_id == youth_id)).one()
        assert state == EnrolmentState.CANCELLED
        application = session.exec(select(Application)).one()
        assert (application.state, application.message) == (ApplicationState.WITHDRAWN, "")
        event = session.exec(select(ApplicationEvent)).one()
        assert (event.from_state, event.to_state) == ("interview", "withdrawn")
        live = select(Consent).where(
            Consent.youth_id == youth_id, col(Consent.withdrawn_at).is_(None)
        )
        assert session.exec(live).all() == []
        assert trail.first_break(session, trail.AuditEntry) is None


def test_other_people_keep_everything(services: Services, people: People) -> None:
    def others() -> dict[str, int]:
        with services.database.reading() as session:
            return {
                table.__tablename__: session.exec(select(func.count()).select_from(table)).one()
                for table in (Account, YouthProfile, Consent)
            }

    before = others()
    erase(services, people)
    with services.database.reading() as session:
        other = session.get_one(Account, people.other_youth.account_id)
    assert (others(), other.email) == (before, people.other_youth.email)


def test_an_erased_person_cannot_sign_in_and_the_address_is_free(
    services: Services, people: People
) -> None:
    from tests.account_desk import SIGN_UP
    from tests.conftest import browser, post

    for _ in range(3):
        post(browser(services), "/login", {"email": people.youth.email, "password": "x"})
    erase(services, people)
    with services.database.reading() as session:
        hits = {row.bucket.split(":")[0] for row in session.exec(select(ThrottleHit))}
    assert "account" not in hits
    client = browser(services)
    answers = [
        post(client, "/login", {"email": email, "password": "correct horse"}).status_code
        for email in (people.youth.email, f"erased:{people.youth.account_id}")
    ]
    again = post(client, "/signup", {**SIGN_UP, "email": people.youth.email})
    with services.database.reading() as session:
        fresh = session.exec(select(Account).where(Account.email == people.youth.email)).one()
    assert (answers, again.status_code) == ([422, 422], 303)
    assert fresh.id != people.youth.account_id


def test_erasing_through_the_page_signs_out(services: Services, people: People, sign_in) -> None:  # type: ignore[no-untyped-def]
    from tests.conftest import post

    client = sign_in(people.youth)
    with services.database.writing() as session:
        plant(session, people)
    answer = post(client, "/account/erase", {"current": "correct horse"})
    assert (answer.status_code, answer.headers["location"]) == (303, "/")
    assert client.get("/account").status_code == 303
    assert traces(services) == []
