"""What hangs on locks and guarded updates, on SQLite and on PostgreSQL alike."""

import threading
from collections.abc import Callable

import pytest
from sqlmodel import select

from matcher.actor import Actor
from matcher.flows import admin_accounts, erasure, outbox, sign_up
from matcher.flows.sign_up import NewPerson
from matcher.gateways.mail import NullMailer
from matcher.refusal import Invalid, Refusal, TooMany
from matcher.store import outbox as stored
from matcher.store import people as rows
from matcher.wiring import Services
from models.account import Account, AccountState, Role
from tests import factories
from tests.account_desk import GOOD_PASSWORD
from tests.people import People, Person
from tests.two_databases import any_people, any_services, any_url

__all__ = ["any_people", "any_services", "any_url"]
NEW = NewPerson(
    "saebyeok@example.com", "새벽", GOOD_PASSWORD, 2004, False, True, True, True, ["bio"]
)


def together(*acts: Callable[[], None]) -> list[str]:
    """Run at the same moment; the code of each refusal, or "done"."""
    start, found = threading.Barrier(len(acts)), list[str]()

    def run(act: Callable[[], None]) -> None:
        start.wait()
        try:
            act()
            found.append("done")
        except Refusal as refusal:
            found.append(refusal.code)

    threads = [threading.Thread(target=run, args=(act,)) for act in acts]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    return sorted(found)


def test_two_admins_who_stop_each_other_leave_one(
    any_services: Services, any_people: People
) -> None:
    with any_services.database.writing() as session:
        row = factories.account(session, "second-admin@example.com")
        factories.membership(session, row.id, Role.ADMIN)
        second = Person(row.email, Role.ADMIN, row.id)

    def stop(acting: Person, target: Person) -> None:
        with any_services.writing(Actor(acting.account_id, Role.ADMIN, "x")) as unit:
            admin_accounts.disable(unit, target.account_id)

    found = together(lambda: stop(any_people.admin, second), lambda: stop(second, any_people.admin))
    assert found == ["done", "forbidden"]


def test_an_address_signed_up_twice_at_once_is_one_account(
    any_services: Services, any_people: People
) -> None:
    def act() -> None:
        with any_services.writing() as unit:
            sign_up.sign_up(unit, NEW, "plain:x")

    found = together(act, act, act)
    with any_services.database.reading() as session:
        made = session.exec(select(Account).where(Account.email == NEW.email)).all()
    assert (len(made), "done" in found, set(found) <= {"done", TooMany.code}) == (1, True, True)


def test_a_link_pressed_twice_at_once_works_once(
    any_services: Services, any_people: People
) -> None:
    with any_services.writing() as unit:
        sign_up.sign_up(unit, NEW, "plain:x")
    with any_services.reading() as unit:
        token = str(stored.page(unit.session, None, 1)[0][0].context["token"])

    def press() -> None:
        with any_services.writing() as unit:
            sign_up.confirm(unit, token)

    assert together(press, press, press) == ["done", Invalid.code, Invalid.code]


def test_senders_at_once_send_each_mail_once(any_services: Services, any_people: People) -> None:
    with any_services.writing() as unit:
        person = unit.session.get_one(Account, any_people.youth.account_id)
        for n in range(10):
            stored.put(unit.session, person, "confirm_email", unit.now, token=f"t{n}")
    mailer = NullMailer()

    def send() -> None:
        outbox.send_waiting(any_services, mailer, "http://localhost")

    together(send, send, send)
    assert sorted({mail.key for mail in mailer.sent}) == sorted(mail.key for mail in mailer.sent)
    assert len(mailer.sent) == 10


@pytest.mark.parametrize("who", ["youth", "coordinator"])
def test_erasing_leaves_a_number(any_services: Services, any_people: People, who: str) -> None:
    person: Person = getattr(any_people, who)
    actor = Actor(person.account_id, person.role, "x", youth_id=person.youth_id)
    with any_services.writing(actor) as unit:
        erasure.erase_own(unit)
    assert erasure.wipe(any_services.database) is True
    with any_services.database.reading() as session:
        left = session.get_one(Account, person.account_id)
        sessions = rows.count_rows(session, "login_session")
    assert (left.email, left.state) == (f"erased:{person.account_id}", AccountState.ERASED)
    assert sessions == 0
