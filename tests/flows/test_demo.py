"""Loading the demo data: everything or nothing, and legal in the eyes of the tables."""

from collections.abc import Iterator

import pytest
from sqlalchemy import text
from sqlmodel import Session, SQLModel, col, func, select

from matcher.actor import Actor
from matcher.catalogue.demo.standing import standing_addresses
from matcher.catalogue.organisations import public_bodies
from matcher.clock import day_of
from matcher.flows import demo
from matcher.matching.promises import Records
from matcher.policy.papers import DECIDED, destroy_on
from matcher.policy.states import APPLICATION_STEPS, INTRODUCTION_STEPS
from matcher.refusal import Conflict
from matcher.store import answer_links, interviews, papers, presented, promises, trail
from matcher.store.presented import Show
from matcher.store.reference import ensure_reference
from matcher.wiring import Services
from models.account import Account, Membership, Role
from models.answer_link import AnswerLinkUse
from models.application import (
    Application,
    ApplicationEvent,
    ApplicationState,
    Introduction,
)
from models.certification import CertificationRecord
from models.consent import Consent
from models.course import Course, CourseSession, Enrolment, EnrolmentState
from models.credential import PresentedCredential, PresentedState, Verdict
from models.opening import Opening
from models.organisation import Organisation, OrganisationKind
from models.review import SamePerson
from models.trail import AccessRecord, AuditEntry, Exposure
from models.youth import YouthProfile
from tests.conftest import make_services
from tests.databases import Databases
from tests.factories import NOW, TODAY, account


@pytest.fixture(scope="module")
def loaded(databases: Databases, empty_url: str) -> Iterator[tuple[Services, demo.Loaded]]:
    """One load for the tests that only read."""
    services = make_services(databases.copy(empty_url))
    with services.writing() as unit:
        answer = demo.load(unit, services.passwords)
    yield services, answer
    services.close()


@pytest.fixture
def session(loaded: tuple[Services, demo.Loaded]) -> Iterator[Session]:
    with loaded[0].database.reading() as session:
        yield session


def count(session: Session, table: type[SQLModel]) -> int:
    return session.exec(select(func.count()).select_from(table)).one()


def test_the_counts_it_gives_are_the_rows_that_are_there(
    loaded: tuple[Services, demo.Loaded], session: Session
) -> None:
    counts = dict(loaded[1].counts)
    references = len(public_bodies())
    for name, rows in counts.items():
        found = session.execute(text(f"select count(*) from {name}")).scalar_one()
        assert found == rows + (references if name == "organisation" else 0), name
    assert counts["youth_profile"] >= 300
    assert (counts["course"], counts["opening"]) == (45, 121)


def test_everything_made_up_says_that_it_is(session: Session) -> None:
    for table in (Account, Course, Opening):
        assert session.exec(select(func.count()).where(col(table.is_demo).is_(False))).one() == 0
    real = session.exec(select(Organisation).where(col(Organisation.is_demo).is_(False))).all()
    assert {row.slug for row in real} == {body.slug for body in public_bodies()}


def test_only_made_up_partners_post_openings(session: Session) -> None:
    rows = session.exec(
        select(Organisation)
        .join(Opening, col(Opening.organisation_id) == Organisation.id)
        .where(
            (Organisation.kind != OrganisationKind.PARTNER) | col(Organisation.is_demo).is_(False)
        )
    ).all()
    assert rows == []


def test_seats_taken_are_the_people_enrolled_or_done(session: Session) -> None:
    seated = (
        select(func.count())
        .where(
            Enrolment.session_id == CourseSession.id,
            col(Enrolment.state).in_((EnrolmentState.ENROLLED, EnrolmentState.COMPLETED)),
        )
        .scalar_subquery()
    )
    wrong = session.exec(select(CourseSession).where(CourseSession.taken != seated)).all()
    assert wrong == []
    assert session.exec(select(func.max(CourseSession.taken))).one() > 10


def test_every_step_of_an_application_is_in_the_table(session: Session) -> None:
    allowed = {(str(start), str(step.to)) for (start, _), step in APPLICATION_STEPS.items()}
    seen = {
        (row.from_state, row.to_state)
        for row in session.exec(select(ApplicationEvent))
        if row.from_state
    }
    assert seen - allowed == set()
    assert len(seen) >= 6


def test_events_lead_from_sent_to_the_state_of_the_application(session: Session) -> None:
    states: dict[int, str] = {}
    rows = session.exec(
        select(ApplicationEvent).order_by(col(ApplicationEvent.at), col(ApplicationEvent.id))
    )
    for row in rows:
        assert row.from_state == states.get(row.application_id, "")
        states[row.application_id] = row.to_state
    now = {row.id: row.state.value for row in session.exec(select(Application))}
    assert states == now


def test_steps_are_taken_by_those_who_may(session: Session) -> None:
    roles = dict(session.exec(select(Membership.account_id, Membership.role)).all())
    for row in session.exec(select(ApplicationEvent)):
        steps = [
            step
            for (start, _), step in APPLICATION_STEPS.items()
            if (str(start), str(step.to)) == (row.from_state, row.to_state)
        ]
        taken_by = {role for step in steps for role in step.roles}
        if taken_by:
            assert roles[row.actor_account_id] in taken_by


def test_introductions_end_only_as_the_table_allows(session: Session) -> None:
    reachable = {str(step.to) for step in INTRODUCTION_STEPS.values()} | {"requested"}
    states = {row.state.value for row in session.exec(select(Introduction))}
    assert states <= reachable
    assert states >= {"requested", "accepted", "refused"}


def test_nobody_is_hired_twice_or_beyond_the_places(session: Session) -> None:
    hired = session.exec(
        select(Application).where(Application.state == ApplicationState.HIRED)
    ).all()
    assert len({row.youth_id for row in hired}) == len(hired) > 0
    places = dict(session.exec(select(Opening.id, Opening.headcount)).all())
    for row in hired:
        places[row.opening_id] -= 1
    assert min(places.values()) >= 0


def test_a_tour_finds_every_stage_of_hiring_with_the_first_young_person(session: Session) -> None:
    first = session.exec(
        select(YouthProfile)
        .join(Account, col(Account.id) == YouthProfile.account_id)
        .where(Account.email == "haneul@example.kr")
    ).one()
    own = session.exec(select(Application).where(Application.youth_id == first.id))
    states = {row.state.value for row in own}
    assert states >= {"interview", "offered", "refused", "closed"}
    booked = interviews.of_youths(session, [first.id or 0], NOW)
    assert [row.interview.state.value for row in booked] == ["booked"]
    records = Records.read(session, first.id or 0)
    takings = promises.takings_of_youth(session, first.id or 0)
    ready = [row for row in takings if records.missing(row.promise, TODAY) is None]
    assert (len(takings), len(ready)) == (2, 1)


def test_the_corners_of_the_desks_are_not_empty(session: Session) -> None:
    centre = Actor(1, Role.CENTRE, "centre")
    assert len(answer_links.unheard(session, centre)) > 0
    assert count(session, AnswerLinkUse) > 1
    assert len(promises.unspoken(session)) == 1
    assert len(session.exec(select(Opening).where(col(Opening.paused_on).is_not(None))).all()) == 1
    assert count(session, SamePerson) == 1


def test_a_badge_is_in_every_state_and_every_university_has_some_to_look_at(
    session: Session,
) -> None:
    rows = session.exec(select(PresentedCredential)).all()
    assert {row.state for row in rows} == set(PresentedState)
    assert all(row.is_demo for row in rows)
    verdicts = {row.verdict for row in rows}
    assert verdicts >= {
        Verdict.VERIFIED, Verdict.AUTHENTIC_UNKNOWN_ISSUER, Verdict.REVOKED, Verdict.EXPIRED,
        Verdict.WRONG_RECIPIENT,
    }  # fmt: skip
    counted = [row for row in rows if row.state is PresentedState.COUNTED]
    proved = [session.get_one(CertificationRecord, row.record_id).verification for row in counted]
    assert proved == [4]
    for slug in ("jejunu", "halla", "jtu"):
        home = session.exec(select(Organisation.id).where(Organisation.slug == slug)).one()
        waiting = presented.page(
            session, Actor(1, Role.COORDINATOR, "", "ko", home), Show.OPEN, 1, 9
        )
        codes = {each["code"] for row in waiting for each in row.badge.reasons}
        assert codes == {"other_address", "two_accounts", "not_fetched"}, slug


def test_papers_past_their_day_are_gone(session: Session) -> None:
    kept = papers.decided(session, DECIDED)
    assert [row for row in kept if destroy_on(day_of(row.decided_at), row.kept_days) <= TODAY] == []
    gone = session.exec(select(Application).where(col(Application.papers_gone_on).is_not(None)))
    assert {row.message + row.words + row.note for row in gone} == {""}


def test_nobody_of_the_tour_applies_before_signing_up(session: Session) -> None:
    own = (
        select(Application.id)
        .join(YouthProfile, col(YouthProfile.id) == Application.youth_id)
        .join(Account, col(Account.id) == YouthProfile.account_id)
        .where(col(Account.email).in_(standing_addresses()))
    )
    assert len(session.exec(own).all()) >= 6
    assert session.exec(own.where(Application.created_at < Account.created_at)).all() == []


def test_items_shown_point_at_rows_that_exist(session: Session) -> None:
    known = {
        "opening": set(session.exec(select(Opening.id))),
        "candidate": set(session.exec(select(YouthProfile.id))),
        "course": set(session.exec(select(Course.id))),
    }
    for row in session.exec(select(Exposure)):
        assert {item[0] for item in row.items} <= known[row.subject]


def test_the_sign_ins_are_one_table_for_every_role(loaded: tuple[Services, demo.Loaded]) -> None:
    services, answer = loaded
    rows = answer.accounts
    assert {row.role for row in rows} == {role.value for role in Role}
    assert rows[0].email == "haneul@example.kr"
    assert rows[0].organisation == "제주대학교"
    assert sum(row.role == "coordinator" for row in rows) == 3
    assert next(row for row in rows if row.role == "partner").organisation == "새별오비트"
    with services.reading() as unit:
        assert demo.sign_ins(unit) == rows
        for row in rows:
            account = unit.session.exec(select(Account).where(Account.email == row.email)).one()
            assert services.passwords.verify(row.password, account.password_hash)


def test_ids_are_those_the_command_line_takes(
    loaded: tuple[Services, demo.Loaded], session: Session
) -> None:
    tables = {"youth": YouthProfile, "admin": Account}
    for row in loaded[1].accounts:
        assert session.get(tables.get(row.role, Organisation), row.id) is not None
    youth = session.get(YouthProfile, loaded[1].accounts[0].id)
    assert youth is not None
    account = session.get(Account, youth.account_id)
    assert account is not None
    assert account.email == "haneul@example.kr"


def test_passwords_are_hashed_once_a_role(session: Session) -> None:
    assert session.exec(select(func.count(col(Account.password_hash).distinct()))).one() <= len(
        Role
    )


def test_the_load_is_on_record_and_the_chains_hold(session: Session) -> None:
    (entry,) = session.exec(select(AuditEntry))
    assert entry.action == "demo:loaded"
    assert count(session, AccessRecord) == 3
    assert trail.first_break(session, AuditEntry) is None
    assert trail.first_break(session, AccessRecord) is None


def test_a_database_with_accounts_is_refused_and_left_as_it_was(services: Services) -> None:
    with services.database.writing() as session:
        account(session, "somebody@example.com")
    with pytest.raises(Conflict), services.writing() as unit:
        demo.load(unit, services.passwords)
    with services.database.reading() as session:
        assert count(session, Account) == 1
        assert count(session, Opening) == 0


def test_a_load_that_fails_late_leaves_nothing(
    services: Services, monkeypatch: pytest.MonkeyPatch
) -> None:
    def stumble(_writing: object) -> None:
        raise RuntimeError("power cut")

    monkeypatch.setattr(demo, "_PARTS", (*demo._PARTS, stumble))
    with pytest.raises(RuntimeError), services.writing() as unit:
        demo.load(unit, services.passwords)
    with services.database.reading() as session:
        assert count(session, Account) == 0
        assert count(session, Consent) == 0


def test_reference_rows_are_made_once(services: Services) -> None:
    for _ in range(2):
        with services.writing() as unit:
            ensure_reference(unit.session, unit.now)
    with services.database.reading() as session:
        slugs = [row.slug for row in session.exec(select(Organisation))]
    assert sorted(slugs) == sorted(body.slug for body in public_bodies())
