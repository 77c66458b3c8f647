"""Badges whose issuer changed are checked again by the worker, with no transaction open."""

from collections.abc import Callable
from typing import Any

import pytest
from sqlmodel import select

from matcher.credentials import verifying
from matcher.credentials.types import Checked
from matcher.flows import badge_checks, presenting, trusted_issuers
from matcher.jobs import badges as job
from matcher.refusal import Conflict, NotFound
from matcher.wiring import Services
from models.credential import PresentedCredential, PresentedState, TrustedIssuer, Verdict
from tests.badge_desk import again, certificate_badge, check_all, handed, records, stored, trust
from tests.credential_workshop import UNIVERSITY
from tests.partner_desk import actor, looking, working
from tests.people import People, Person

CHECK = verifying.check


def meanwhile(monkeypatch: pytest.MonkeyPatch, happens: Callable[[], None]) -> list[int]:
    """While a badge is checked this happens, once for each check; gives how often."""
    seen: list[int] = []

    def check(*args: Any, **named: Any) -> Any:
        seen.append(1)
        happens()
        return CHECK(*args, **named)

    monkeypatch.setattr(verifying, "check", check)
    return seen


def somebody_writes(services: Services, people: People) -> None:
    """SQLite lets one writer in: this would wait for ten seconds, and fail."""
    with services.writing() as unit:
        row = unit.session.exec(select(TrustedIssuer)).first()
        assert row is not None
        row.note = "written meanwhile"
        unit.session.add(row)


def off(services: Services, people: People) -> None:
    with working(services, people.centre) as unit:
        number = unit.session.exec(select(TrustedIssuer)).one()
        trusted_issuers.switch(unit, number.id or 0, False, number.version)


def behind(services: Services, people: People) -> int:
    with looking(services, people.centre) as unit:
        return trusted_issuers.desk(unit).behind


def moved(services: Services) -> None:
    with services.database.writing() as session:
        session.exec(select(TrustedIssuer)).one().edition += 1


def test_others_write_while_the_worker_checks_and_while_a_person_has_a_badge_checked_again(
    services: Services, people: People, monkeypatch: pytest.MonkeyPatch
) -> None:
    trust(services)
    number = handed(services, people.youth, certificate_badge(people.youth.email)).id or 0
    seen = meanwhile(monkeypatch, lambda: somebody_writes(services, people))
    assert check_all(services, UNIVERSITY.did) == 1
    assert again(services, people.youth, number).state is PresentedState.COUNTED
    assert len(seen) == 2


def test_a_change_of_an_issuer_answers_at_once_and_the_page_says_how_many_badges_follow(
    services: Services, people: People, monkeypatch: pytest.MonkeyPatch
) -> None:
    trust(services)
    for number in range(badge_checks.AT_ONCE + 2):
        badge = certificate_badge(people.youth.email, id=f"urn:uuid:{number:032}")
        handed(services, people.youth, badge)
    seen = meanwhile(monkeypatch, lambda: None)
    off(services, people)
    assert (seen, behind(services, people)) == ([], badge_checks.AT_ONCE + 2)
    assert badge_checks.work_next(services, services.key_vault) == badge_checks.AT_ONCE
    assert behind(services, people) == 2
    assert job.run(services) == 2
    assert behind(services, people) == 0
    assert [each.verification for each in records(services, people.youth)] == [1]
    assert job.run(services) == 0


def test_what_was_found_against_an_older_list_is_not_written_over_a_newer_one(
    services: Services, people: People, monkeypatch: pytest.MonkeyPatch
) -> None:
    trust(services)
    number = handed(services, people.youth, certificate_badge(people.youth.email)).id or 0
    moved(services)
    with monkeypatch.context() as once:
        meanwhile(once, lambda: off(services, people))
        assert badge_checks.work_next(services, services.key_vault) == 0
    assert stored(services, number).state is PresentedState.COUNTED
    assert job.run(services) == 1
    assert stored(services, number).verdict is Verdict.UNVERIFIABLE


def test_a_badge_handed_in_while_its_issuer_changes_is_checked_once_more(
    services: Services, people: People, monkeypatch: pytest.MonkeyPatch
) -> None:
    trust(services)
    with monkeypatch.context() as once:
        meanwhile(once, lambda: off(services, people))
        with working(services, people.youth) as unit:
            known = presenting.begin(unit, actor(people.youth), services.key_vault)
        given = presenting.Given("file", certificate_badge(people.youth.email))
        looked = presenting.look(given, known, services.clock.now())
        with working(services, people.youth) as unit:
            number = presenting.hand_in(unit, actor(people.youth), looked)
    assert isinstance(number, int)
    assert behind(services, people) == 1
    assert job.run(services) == 1
    assert stored(services, number).verdict is Verdict.UNVERIFIABLE


def checking(
    services: Services, person: Person, row: PresentedCredential
) -> tuple[presenting.Again, Checked]:
    """Asked for and checked, not written yet."""
    with working(services, person) as unit:
        asked = presenting.begin_again(
            unit, actor(person), row.id or 0, row.version, services.key_vault
        )
    assert asked is not None
    return asked, presenting.look_again(asked, services.clock.now())


def test_a_badge_taken_back_while_it_is_checked_stays_taken_back(
    services: Services, people: People
) -> None:
    trust(services)
    row = handed(services, people.youth, certificate_badge(people.youth.email))
    asked, checked = checking(services, people.youth, row)
    with working(services, people.youth) as unit:
        presenting.withdraw(unit, actor(people.youth), row.id or 0, row.version)
    with pytest.raises(NotFound), working(services, people.youth) as unit:
        presenting.check_again(unit, actor(people.youth), asked, checked)
    assert stored(services, row.id or 0).state is PresentedState.WITHDRAWN


def test_a_badge_that_changed_while_it_was_checked_says_so(
    services: Services, people: People
) -> None:
    trust(services)
    row = handed(services, people.youth, certificate_badge(people.youth.email))
    asked, checked = checking(services, people.youth, row)
    check_all(services, UNIVERSITY.did)
    with pytest.raises(Conflict), working(services, people.youth) as unit:
        presenting.check_again(unit, actor(people.youth), asked, checked)


def test_a_badge_the_checks_break_on_keeps_no_other_from_being_checked(
    services: Services, people: People, monkeypatch: pytest.MonkeyPatch
) -> None:
    trust(services)
    first = certificate_badge(people.youth.email)
    second = certificate_badge(people.youth.email, id="urn:uuid:" + "2" * 32)
    numbers = [handed(services, people.youth, each).id or 0 for each in (first, second)]

    def check(data: bytes, *args: Any, **named: Any) -> Any:
        if data == first:
            raise RuntimeError
        return CHECK(data, *args, **named)

    with monkeypatch.context() as broken:
        broken.setattr(verifying, "check", check)
        off(services, people)
        assert job.run(services) == 1
    assert [stored(services, each).verdict for each in numbers] == [
        Verdict.VERIFIED, Verdict.UNVERIFIABLE,
    ]  # fmt: skip
    assert job.run(services) == 1


PAST: dict[str, Any] = {
    "validFrom": "2022-05-04T00:00:00Z",
    "validUntil": "2025-05-04T00:00:00Z",
}


def test_an_expired_badge_nobody_can_check_is_not_proved_and_one_that_was_checked_is(
    services: Services, people: People
) -> None:
    badge = certificate_badge(people.youth.email, **PAST)
    number = handed(services, people.youth, badge).id or 0

    def found() -> tuple[Verdict | None, bool]:
        row: PresentedCredential = stored(services, number)
        return row.verdict, row.is_proved

    assert found() == (Verdict.EXPIRED, False)
    trust(services)
    assert job.run(services) == 1
    assert found() == (Verdict.EXPIRED, True)
    off(services, people)
    assert job.run(services) == 1
    assert found() == (Verdict.EXPIRED, False)
