"""Two who decide about one person at the same instant: one wins, the other is told, no row breaks.

On SQLite one writer comes after the other; on PostgreSQL it hangs on row locks and versions.
"""

import threading
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from datetime import date

import pytest
from sqlmodel import Session, col, select

from matcher.actor import Actor
from matcher.flows import admin_accounts, applications_partner, applying, openings, own_consents
from matcher.flows import candidate_actions as candidates
from matcher.policy.masking import candidate_number
from matcher.policy.states import ApplicationAction, OpeningAction
from matcher.refusal import Refusal
from matcher.store import records, trail
from matcher.wiring import Services
from models.account import Account, AccountState, Membership, Role
from models.application import Application, ApplicationState, Introduction, IntroductionState
from models.consent import ConsentPurpose
from models.trail import AccessRecord, AuditEntry
from models.youth import YouthProfile
from tests import factories
from tests.conftest import make_services
from tests.partner_desk import OPERATION, actor, pool_consent, working
from tests.people import People, Person, settle

ROUNDS = 8
MANY = 500


def together(*acts: Callable[[], object]) -> list[str]:
    """At the same moment: "done", or the code of the refusal; anything else fails the test."""
    start = threading.Barrier(len(acts))

    def run(act: Callable[[], object]) -> str:
        start.wait()
        try:
            act()
        except Refusal as refusal:
            return refusal.code
        return "done"

    with ThreadPoolExecutor(len(acts)) as pool:
        return [each.result() for each in [pool.submit(run, act) for act in acts]]


def offered(
    session: Session,
    people: People,
    number: int,
    state: ApplicationState = ApplicationState.OFFERED,
) -> tuple[int, int, int]:
    """A new person with an offer from each of the two partners: (youth, theirs, the other's);
    `state` is what became of the first."""
    row = factories.account(session, f"racer{number}@example.com")
    factories.membership(session, row.id, Role.YOUTH)
    youth = factories.youth(session, row.id)
    factories.consent(session, youth.id, ConsentPurpose.SERVICE)
    made = []
    for partner in (people.partner, people.other_partner):
        opening = factories.opening(session, partner.organisation_id)
        factories.consent(
            session, youth.id, ConsentPurpose.EMPLOYER, organisation_id=partner.organisation_id
        )
        found = factories.application(
            session, opening.id, youth.id, state=ApplicationState.OFFERED if made else state
        )
        made.append(found.id)
    return youth.id, made[0], made[1]


def hire(services: Services, partner: Person, application_id: int) -> None:
    with working(services, partner) as unit:
        applications_partner.move(unit, actor(partner), application_id, 1, ApplicationAction.HIRE)


def accept(services: Services, youth: Actor, application_id: int) -> None:
    with services.writing(youth) as unit:
        applying.accept_offer(unit, youth, application_id, 1)


def states(services: Services, youth_id: int) -> list[ApplicationState]:
    with services.database.reading() as session:
        return sorted(
            session.exec(select(Application.state).where(Application.youth_id == youth_id))
        )


def chains_hold(services: Services) -> bool:
    with services.database.reading() as session:
        return all(
            trail.first_break(session, table) is None for table in (AccessRecord, AuditEntry)
        )


def actors(session: Session) -> dict[int, Actor]:
    """Youth -> the actor that person is when signed in."""
    rows = session.exec(select(YouthProfile))
    return {row.id: Actor(row.account_id, Role.YOUTH, "x", youth_id=row.id) for row in rows}


def accept_two_offers(services: Services, people: People, rounds: int) -> None:
    with services.database.writing() as session:
        made = [offered(session, people, number) for number in range(rounds)]
        who = actors(session)
    for youth_id, theirs, others in made:
        found = together(
            lambda theirs=theirs, you=who[youth_id]: accept(services, you, theirs),
            lambda others=others, you=who[youth_id]: accept(services, you, others),
        )
        assert sorted(found) == ["conflict", "done"]
        assert states(services, youth_id) == [
            ApplicationState.ACCEPTED,
            ApplicationState.HIRED_ELSEWHERE,
        ]
    assert chains_hold(services)


def withdraw_against_hire(services: Services, people: People, rounds: int) -> None:
    with services.database.writing() as session:
        made = [
            offered(session, people, number, ApplicationState.ACCEPTED) for number in range(rounds)
        ]
        who = actors(session)

    def withdraw(youth_id: int, application_id: int) -> None:
        with services.writing(who[youth_id]) as unit:
            applying.withdraw(unit, who[youth_id], application_id, 1)

    for youth_id, theirs, _others in made:
        hired, withdrawn = together(
            lambda theirs=theirs: hire(services, people.partner, theirs),
            lambda youth_id=youth_id, theirs=theirs: withdraw(youth_id, theirs),
        )
        assert (hired == "done") != (withdrawn == "done"), (hired, withdrawn)
        with services.database.reading() as session:
            end = session.get_one(Application, theirs)
        expected = ApplicationState.HIRED if hired == "done" else ApplicationState.WITHDRAWN
        assert (end.state, end.version) == (expected, 2)
    assert chains_hold(services)


def test_whoever_accepts_two_offers_at_once_has_accepted_one(
    any_services: Services, any_people: People
) -> None:
    accept_two_offers(any_services, any_people, ROUNDS)


@pytest.mark.slow
def test_five_hundred_times_two_offers_at_once(any_services: Services, any_people: People) -> None:
    accept_two_offers(any_services, any_people, MANY)


def test_a_person_who_withdraws_while_being_hired_is_one_or_the_other(
    any_services: Services, any_people: People
) -> None:
    withdraw_against_hire(any_services, any_people, ROUNDS)


@pytest.mark.slow
def test_five_hundred_times_a_withdrawal_against_a_hire(
    any_services: Services, any_people: People
) -> None:
    withdraw_against_hire(any_services, any_people, MANY)


def test_nobody_is_asked_after_the_consent_was_withdrawn(
    any_services: Services, any_people: People
) -> None:
    services, people, sought = any_services, any_people, any_people.youth
    with services.database.writing() as session:
        ids = [factories.opening(session, people.partner.organisation_id).id for _ in range(ROUNDS)]

    def ask(opening_id: int) -> None:
        number = candidate_number(OPERATION.mask_key, opening_id, sought.youth_id or 0)
        with working(services, people.partner) as unit:
            candidates.ask(
                unit, actor(people.partner), OPERATION, opening_id, number, "만나고 싶습니다.",
                date(2026, 11, 28),
            )  # fmt: skip

    def withdraw() -> None:
        with services.writing(actor(sought)) as unit:
            own_consents.withdraw_pool(unit)

    for opening_id in ids:
        with services.database.writing() as session:
            pool_consent(session, sought.youth_id or 0)
        asked, withdrawn = together(lambda opening_id=opening_id: ask(opening_id), withdraw)
        assert (asked in {"done", "not_found"}, withdrawn) == (True, "done"), asked
        with services.database.reading() as session:
            rows = session.exec(
                select(Introduction.state).where(Introduction.opening_id == opening_id)
            ).all()
        assert rows == ([IntroductionState.WITHDRAWN] if asked == "done" else [])


def test_no_application_slips_in_behind_a_closing_opening(
    any_services: Services, any_people: People
) -> None:
    services, people = any_services, any_people
    with services.database.writing() as session:
        ids = [factories.opening(session, people.partner.organisation_id).id for _ in range(ROUNDS)]

    def apply(opening_id: int) -> None:
        with services.writing(actor(people.youth)) as unit:
            applying.apply(unit, actor(people.youth), opening_id, "", True)

    def close(opening_id: int) -> None:
        with working(services, people.partner) as unit:
            openings.end(unit, actor(people.partner), opening_id, 1, OpeningAction.CLOSE)

    for opening_id in ids:
        applied, closed = together(
            lambda opening_id=opening_id: apply(opening_id),
            lambda opening_id=opening_id: close(opening_id),
        )
        assert closed == "done"
        with services.database.reading() as session:
            left = session.exec(
                select(Application.state).where(Application.opening_id == opening_id)
            ).all()
        assert left == ([ApplicationState.CLOSED] if applied == "done" else []), applied


def test_no_request_slips_in_behind_a_closing_opening(
    any_services: Services, any_people: People
) -> None:
    services, people, sought = any_services, any_people, any_people.youth
    with services.database.writing() as session:
        ids = [factories.opening(session, people.partner.organisation_id).id for _ in range(ROUNDS)]
        pool_consent(session, sought.youth_id or 0)

    def ask(opening_id: int) -> None:
        number = candidate_number(OPERATION.mask_key, opening_id, sought.youth_id or 0)
        with working(services, people.partner) as unit:
            candidates.ask(
                unit, actor(people.partner), OPERATION, opening_id, number, "만나고 싶습니다.",
                date(2026, 11, 28),
            )  # fmt: skip

    def close(opening_id: int) -> None:
        with working(services, people.partner) as unit:
            openings.end(unit, actor(people.partner), opening_id, 1, OpeningAction.CLOSE)

    for opening_id in ids:
        asked, closed = together(
            lambda opening_id=opening_id: ask(opening_id),
            lambda opening_id=opening_id: close(opening_id),
        )
        assert closed == "done"
        with services.database.reading() as session:
            left = session.exec(
                select(Introduction.state).where(Introduction.opening_id == opening_id)
            ).all()
        assert left == ([IntroductionState.WITHDRAWN] if asked == "done" else []), asked


@pytest.mark.parametrize("how", ["disable", "demote"])
def test_admins_who_remove_each_other_leave_one(
    any_services: Services, any_people: People, how: str
) -> None:
    services, people = any_services, any_people
    with services.database.writing() as session:
        row = factories.account(session, "second-admin@example.com")
        factories.membership(session, row.id, Role.ADMIN)
        centre_id = people.centre.organisation_id
        second = Person(row.email, Role.ADMIN, row.id)

    def remove(acting: Person, target: Person) -> None:
        with services.writing(Actor(acting.account_id, Role.ADMIN, "x")) as unit:
            if how == "disable":
                admin_accounts.disable(unit, target.account_id)
            else:
                admin_accounts.change_role(unit, target.account_id, Role.CENTRE, centre_id)

    found = together(lambda: remove(people.admin, second), lambda: remove(second, people.admin))
    with services.database.reading() as session:
        left = session.exec(
            select(Account.id)
            .join(Membership, col(Membership.account_id) == Account.id)
            .where(Membership.role == Role.ADMIN, Account.state == AccountState.ACTIVE)
        ).all()
    assert (sorted(found), len(left)) == (["done", "forbidden"], 1)


def test_eight_writers_who_touch_both_chains_crosswise_break_neither(
    any_services: Services, any_people: People
) -> None:
    services, people = any_services, any_people

    def write(number: int) -> None:
        for _ in range(12):
            with working(services, people.partner) as unit:
                if number % 2:
                    unit.access("trial:read", people.youth.youth_id)
                    unit.audit("trial:noted", "trial", number)
                else:
                    unit.audit("trial:noted", "trial", number)
                    unit.access("trial:read", people.youth.youth_id)

    found = together(*(lambda number=number: write(number) for number in range(8)))
    assert found == ["done"] * 8
    with services.database.reading() as session:
        counts = [records.count(session, table) for table in (AuditEntry, AccessRecord)]
    assert (counts, chains_hold(services)) == ([96, 96], True)


def test_a_row_changed_in_between_is_a_conflict_and_never_overwritten(postgres_url: str) -> None:
    """The net below the flows: an UPDATE of a versioned row names the version that was read.
    SQLite needs none, for it lets one writer in at a time."""
    services = make_services(postgres_url)
    youth_id = settle(services).youth.youth_id

    def change(read: threading.Event, go: threading.Event) -> None:
        with services.writing() as unit:
            row = unit.session.get_one(YouthProfile, youth_id)
            read.set()
            assert go.wait(10)
            row.about, row.version = "slow", row.version + 1
            unit.session.add(row)

    read, go = threading.Event(), threading.Event()
    with ThreadPoolExecutor(1) as pool:
        slow = pool.submit(change, read, go)
        assert read.wait(10)
        with services.writing() as unit:
            row = unit.session.get_one(YouthProfile, youth_id)
            row.about, row.version = "fast", row.version + 1
            unit.session.add(row)
        go.set()
        with pytest.raises(Refusal) as refused:
            slow.result()
    with services.database.reading() as session:
        row = session.get_one(YouthProfile, youth_id)
    assert (refused.value.code, row.about, row.version) == ("conflict", "fast", 2)
    services.close()
