"""The date of our own status lists: of two copies the one with less in it is the older."""

from dataclasses import replace
from datetime import datetime, timedelta

import pytest

from matcher.clock import start_of
from matcher.credentials import badge, status_lists
from matcher.flows import credential_public, issuer_keys
from matcher.gateways.key_vault import SealedKeyVault
from matcher.matching import issued_states
from matcher.matching.issuing import payload_of
from matcher.store import issued
from matcher.wiring import Services
from models.credential import IssuedCredential, IssuedKind, IssuedState
from tests import factories
from tests.factories import TODAY
from tests.people import People

VAULT = SealedKeyVault("a secret of more than thirty-two letters", "https://oreum.example")
NOON = start_of(TODAY) + timedelta(hours=12)


@pytest.fixture
def signing(services: Services, people: People) -> Services:
    """A service with a key that signed one credential yesterday."""
    ready = replace(services, key_vault=VAULT)
    with ready.writing() as unit:
        issuer_keys.make(unit, VAULT)
    signed(ready, people.youth.youth_id, 1, NOON - timedelta(days=1))
    return ready


def signed(services: Services, youth_id: int | None, index: int, at: datetime) -> None:
    row = IssuedCredential(
        youth_id=youth_id, kind=IssuedKind.SKILL, skill="sql", level=2, number=f"number-{index}",
        key_id=1, status_index=index, state_since=at, content_sha256="0" * 64, created_at=at,
    )  # fmt: skip
    with services.database.writing() as session:
        factories.add(session, row)


def move(services: Services, index: int, to: IssuedState, at: datetime) -> None:
    with services.writing() as unit:
        row = issued.by_number(unit.session, f"number-{index}")
        assert row is not None
        issued_states.move(replace(unit, now=at), row, to)


def made(services: Services, now: datetime, purpose: str = "revocation") -> tuple[str, datetime]:
    with services.reading() as unit:
        token = credential_public.status_list(replace(unit, now=now), VAULT, purpose)
    return token, badge.since(payload_of(token))


def test_a_list_is_of_its_last_change_and_each_change_is_later(signing: Services) -> None:
    quiet, at = made(signing, NOON)
    assert at == start_of(TODAY)
    seen = [at]
    for hours, state in enumerate(
        (IssuedState.SUSPENDED, IssuedState.IN_FORCE, IssuedState.REVOKED), 1
    ):
        moment = NOON + timedelta(hours=hours)
        move(signing, 1, state, moment)
        token, at = made(signing, moment + timedelta(minutes=1))
        assert at == moment
        assert made(signing, moment + timedelta(hours=3))[0] == token
        seen.append(at)
    assert seen == sorted(set(seen))
    assert status_lists.takes_back(token.encode(), quiet.encode())
    assert not status_lists.takes_back(quiet.encode(), token.encode())
    assert made(signing, NOON + timedelta(days=2))[1] == start_of(TODAY) + timedelta(days=2)


def test_signing_one_more_credential_moves_no_date(signing: Services, people: People) -> None:
    """The list says nothing of it, and shall not tell when it was given."""
    before = made(signing, NOON)
    signed(signing, people.other_youth.youth_id, 2, NOON - timedelta(hours=1))
    assert made(signing, NOON) == before


def test_a_list_is_never_ahead_of_its_readers(signing: Services) -> None:
    move(signing, 1, IssuedState.REVOKED, NOON + timedelta(hours=2))
    assert made(signing, NOON)[1] == NOON
