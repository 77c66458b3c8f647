"""Uploaded files: checked by a worker, stored on a person's yes, resumed after a kill."""

from datetime import timedelta

import pytest
from sqlmodel import func, select

from matcher.actor import Actor
from matcher.clock import Clock
from matcher.flows import importing
from matcher.flows.importing import tasks
from matcher.jobs import imports
from matcher.refusal import Conflict, Invalid, NotFound
from matcher.store import accounts, import_tasks
from matcher.wiring import Services
from models.account import Account, AccountState
from models.batch import ImportBatch
from models.bulk import ImportTask, TaskState
from models.youth import YouthProfile
from tests.people import People, Person
from tests.roster_files import planted, roster


def actor_of(services: Services, person: Person) -> Actor:
    with services.reading() as unit:
        found = accounts.actor_of(unit.session, person.account_id)
    assert found is not None
    return found


def upload(services: Services, person: Person, text: str, name: str = "명단.csv") -> int:
    actor = actor_of(services, person)
    with services.writing(actor) as unit:
        return tasks.upload(unit, actor, "youths", name, text.encode())


def look(services: Services, person: Person, number: int) -> tasks.TaskView:
    with services.reading() as unit:
        return tasks.task(unit, actor_of(services, person), number)


def order(services: Services, person: Person, number: int) -> None:
    actor = actor_of(services, person)
    with services.writing(actor) as unit:
        tasks.order(unit, actor, number)


def counts(services: Services) -> tuple[int, int]:
    with services.database.reading() as session:
        return (
            session.exec(select(func.count()).select_from(YouthProfile)).one(),
            session.exec(select(func.count()).select_from(ImportBatch)).one(),
        )


def stored(services: Services, number: int) -> ImportTask:
    with services.database.reading() as session:
        return session.get_one(ImportTask, number)


def test_a_file_is_checked_then_waits_for_a_yes_then_is_stored_as_one_batch(
    any_services: Services, any_people: People
) -> None:
    desk = any_people.coordinator
    before, _none = counts(any_services)
    number = upload(any_services, desk, roster(1_200))
    assert look(any_services, desk, number).state is TaskState.WAITING
    assert imports.run(any_services) == 1
    view = look(any_services, desk, number)
    assert (view.state, view.rows, view.total) == (TaskState.CHECKED, 1_200, 1_200)
    assert view.made == 1_200 * 5
    assert view.sample[0][:6] == (
        "r0@example.org", "사람0", "RISE 대학", "", "제주대", "재학",
    )  # fmt: skip
    assert counts(any_services) == (before, 0)
    order(any_services, desk, number)
    assert imports.run(any_services) == 1
    view = look(any_services, desk, number)
    assert view.state is TaskState.STORED
    assert counts(any_services) == (before + 1_200, 1)
    assert stored(any_services, number).data == b""


def test_mistakes_end_the_task_and_nothing_of_the_file_stays(
    services: Services, people: People
) -> None:
    number = upload(services, people.coordinator, roster(2_000, planted()))
    imports.run(services)
    view = look(services, people.coordinator, number)
    assert view.state is TaskState.REFUSED
    assert [(each.line, each.column or None) for each in view.mistakes] == [
        (each.line, each.column) for each in planted()
    ]
    assert stored(services, number).data == b""
    with pytest.raises(Conflict):
        order(services, people.coordinator, number)


def test_a_worker_killed_while_storing_leaves_nothing_and_the_next_one_stores_all(
    any_services: Services, any_people: People, monkeypatch: pytest.MonkeyPatch
) -> None:
    desk = any_people.coordinator
    before, _none = counts(any_services)
    number = upload(any_services, desk, roster(50))
    imports.run(any_services)
    order(any_services, desk, number)

    class Killed(BaseException):
        """Nothing catches it, as nothing catches a kill."""

    def die(*_args: object) -> None:
        raise Killed

    with monkeypatch.context() as patch:
        patch.setattr(importing.Recorder, "finish", die)
        with pytest.raises(Killed):
            tasks.work_next(any_services)
    assert counts(any_services) == (before, 0)
    assert stored(any_services, number).state is TaskState.STORING
    assert tasks.work_next(any_services) is False  # somebody may still be at it
    later = _later(any_services)
    assert tasks.work_next(later) is True
    assert counts(any_services) == (before + 50, 1)
    assert tasks.work_next(later) is False


def _later(services: Services) -> Services:
    class Late(Clock):
        def now(self):  # type: ignore[no-untyped-def]
            return super().now() + import_tasks.LEASE + timedelta(seconds=1)

    return Services(
        services.settings, Late(services.settings.today), services.database, services.mailer,
        services.passwords,
    )  # fmt: skip


def test_two_workers_never_take_the_same_task(any_services: Services, any_people: People) -> None:
    upload(any_services, any_people.coordinator, roster(5))
    with any_services.writing() as unit:
        first = import_tasks.claim(unit.session, unit.now)
        assert import_tasks.claim(unit.session, unit.now) is None
    assert first is not None
    with any_services.writing() as unit:
        assert import_tasks.claim(unit.session, unit.now) is None


def test_what_fails_three_times_is_given_up(
    services: Services, people: People, monkeypatch: pytest.MonkeyPatch
) -> None:
    number = upload(services, people.coordinator, roster(5))

    def broken(*_args: object) -> None:
        raise RuntimeError

    monkeypatch.setattr(importing, "look", broken)
    later = services
    for _try in range(3):
        assert tasks.work_next(later) is True
        with services.database.writing() as session:
            row = session.get_one(ImportTask, number)
            row.held_until = services.clock.now() - timedelta(seconds=1)
            session.add(row)
    assert tasks.work_next(services) is False
    assert stored(services, number).state is TaskState.FAILED


def test_a_coordinator_cannot_see_or_order_another_universitys_file(
    services: Services, people: People
) -> None:
    number = upload(services, people.coordinator, roster(5))
    imports.run(services)
    with pytest.raises(NotFound):
        look(services, people.other_coordinator, number)
    with pytest.raises(NotFound):
        order(services, people.other_coordinator, number)
    assert look(services, people.centre, number).state is TaskState.CHECKED


def test_a_desk_that_was_taken_away_meanwhile_stores_nothing(
    services: Services, people: People
) -> None:
    before = counts(services)
    number = upload(services, people.coordinator, roster(5))
    imports.run(services)
    order(services, people.coordinator, number)
    with services.database.writing() as session:
        account = session.get_one(Account, people.coordinator.account_id)
        account.state = AccountState.DISABLED
        session.add(account)
    imports.run(services)
    assert stored(services, number).state is TaskState.FAILED
    assert counts(services) == before


def test_an_old_file_is_forgotten(services: Services, people: People) -> None:
    number = upload(services, people.coordinator, roster(5))
    imports.run(services)
    with services.database.writing() as session:
        row = session.get_one(ImportTask, number)
        row.created_at = services.clock.now() - tasks.KEPT - timedelta(minutes=1)
        session.add(row)
    imports.run(services)
    row = stored(services, number)
    assert (row.state, row.data, row.findings) == (TaskState.DROPPED, b"", {})


@pytest.mark.parametrize(
    ("name", "data"),
    [
        ("명단.csv", b"\x89PNG\r\n\x1a\n"),
        ("명단.xlsx", b"email,name\n"),
        ("명단.exe", b"email,name\n"),
        ("명단.csv", b""),
        ("명단.csv", b"<html></html>"),
    ],
)
def test_what_is_no_table_is_refused_before_anything_is_kept(
    services: Services, people: People, name: str, data: bytes
) -> None:
    actor = actor_of(services, people.coordinator)
    with pytest.raises(Invalid) as refused, services.writing(actor) as unit:
        tasks.upload(unit, actor, "youths", name, data)
    assert list(refused.value.fields) == ["file"]


@pytest.mark.parametrize(
    ("name", "shown"),
    [
        ("../../etc/passwd.csv", "passwd.csv"),
        ("..\\..\\x.csv", "x.csv"),
        ("C:\\명단.csv", "명단.csv"),
        ("\u202egpj.csv", "gpj.csv"),
        (".csv", "file.csv"),
        ("가" * 300 + ".xlsx", "가" * 80 + ".xlsx"),
        ("<b>명단</b>.csv", "b.csv"),
    ],
)
def test_a_file_name_is_shown_without_its_tricks(name: str, shown: str) -> None:
    assert tasks.shown_name(name) == shown
