"""Every forgery of the checks' own set, brought in as a person would: by file, as text, through
the API. Each would stand for an AWS certificate if anybody believed it."""

import html
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import replace
from datetime import datetime
from typing import Any

import pytest
from sqlmodel import delete, select

from matcher.clock import Clock
from matcher.credentials.types import AtHand
from matcher.matching import badge_words
from matcher.wiring import Services
from models.account import Account, ThrottleHit
from models.certification import CertificationRecord
from models.credential import (
    IssuerMeans,
    PresentedCredential,
    PresentedState,
    StatusListCopy,
    TrustedIssuer,
    Verdict,
)
from tests import credential_workshop as shop
from tests.api_client import program, told
from tests.badge_desk import SAA
from tests.conftest import SignIn, token_of
from tests.credential_workshop import NOW, RECIPIENT
from tests.people import People, Person
from tests.unit.credentials.forged import CASES

PAGE_STATUS = {303, 400, 413, 422}
API_STATUS = {201, 400, 413, 422}
ERROR = 'class="error'
"""Beside its field. Only a field of more than a megabyte gets a page of its own (400)."""
Send = Callable[[bytes], Any]


class Standing(Clock):
    """Some forgeries end or begin to the second."""

    def now(self) -> datetime:
        return NOW


@pytest.fixture
def services(services: Services) -> Services:
    return replace(services, clock=Standing())


@pytest.fixture
def haneul(services: Services, people: People) -> Person:
    """The account all badges of the set name, when they name the right one."""
    with services.database.writing() as session:
        session.get_one(Account, people.youth.account_id).email = RECIPIENT
    return replace(people.youth, email=RECIPIENT)


@pytest.fixture(autouse=True)
def _every_badge_is_a_certificate(monkeypatch: pytest.MonkeyPatch) -> None:
    """Of the set's own making; what is tested stays as it is."""
    badge, assertion = shop.badge, shop.assertion
    own = badge()["credentialSubject"]

    def certified(*args: Any, **changes: Any) -> dict[str, Any]:
        named = own | {"achievement": own["achievement"] | {"name": SAA}}
        return badge(*args, **({"credentialSubject": named} | changes))

    def asserted(*args: Any, **changes: Any) -> dict[str, Any]:
        made = assertion(*args, **changes)
        if isinstance(made.get("badge"), dict):
            made["badge"] = made["badge"] | {"name": SAA}
        return made

    monkeypatch.setattr(shop, "badge", certified)
    monkeypatch.setattr(shop, "assertion", asserted)


@contextmanager
def known(services: Services, at_hand: AtHand) -> Iterator[None]:
    """The service trusts whom the case trusts and holds its lists; afterwards nothing is left."""
    issuers = [
        TrustedIssuer(
            issuer=each, name="Demo", means=IssuerMeans.SIGNED, backs_certificates=True,
            keys=dict(at_hand.keys[each]) if each in at_hand.keys else None,
            created_at=NOW, updated_at=NOW,
        )
        for each in at_hand.trusted
    ]  # fmt: skip
    lists = [
        StatusListCopy(address=key, issuer="", data=data, made_at=NOW, kept_at=NOW)
        for key, data in at_hand.lists.items()
    ]
    with services.database.writing() as session:
        session.add_all([*issuers, *lists])
    yield
    with services.database.writing() as session:
        for table in (
            TrustedIssuer,
            StatusListCopy,
            CertificationRecord,
            PresentedCredential,
            ThrottleHit,
        ):
            session.exec(delete(table))


def kept(services: Services) -> list[PresentedCredential]:
    with services.database.reading() as session:
        return list(session.exec(select(PresentedCredential)))


def believed(services: Services, case_verdict: Verdict) -> list[str]:
    """What of the rows and records says more than nothing. A genuine badge of somebody else may
    wait for a desk, never more."""
    with services.database.reading() as session:
        found = [
            f"record {each.certification}" for each in session.exec(select(CertificationRecord))
        ]
    for row in kept(services):
        waits = row.state is PresentedState.IN_REVIEW and case_verdict is Verdict.WRONG_RECIPIENT
        if row.verdict is Verdict.VERIFIED and not waits:
            found.append(f"{row.verdict} {row.state}")
        if row.state is PresentedState.COUNTED or row.record_id is not None:
            found.append("counted")
    return found


def unsaid(services: Services, text: str) -> list[str]:
    """Reasons of the kept badge whose sentence the page does not hold."""
    said = [badge_words.sentence(each) for row in kept(services) for each in row.reasons]
    return [each for each in said if each not in html.unescape(text)]


def faults_of(services: Services, name: str, send: Send, as_text: bool) -> list[str]:
    data, at_hand = CASES[name].made()
    if as_text and not _is_text(data):
        return []
    with known(services, at_hand):
        found = [*send(data), *believed(services, Verdict(CASES[name].verdict.value))]
    return [f"{name}: {each}" for each in found]


def _is_text(data: bytes) -> bool:
    try:
        return bool(data.decode().strip())
    except UnicodeDecodeError:
        return False


def by_page(services: Services, client: Any, files_of: Callable[[bytes], dict[str, Any]]) -> Send:
    csrf = token_of(client)
    headers = {"Sec-Fetch-Site": "same-origin"}

    def send(data: bytes) -> list[str]:
        sent = files_of(data)
        answer = client.post("/youth/badges", data={"csrf": csrf}, headers=headers, files=sent)
        if answer.status_code not in PAGE_STATUS:
            return [f"{answer.status_code}"]
        if answer.status_code != 303:
            return [] if answer.status_code == 400 or ERROR in answer.text else ["no words"]
        shown = client.get(answer.headers["location"])
        return unsaid(services, shown.text) if shown.status_code == 200 else ["no page"]

    return send


def test_the_same_badge_unforged_makes_a_record(
    services: Services, haneul: Person, sign_in: SignIn
) -> None:
    """Otherwise nothing below would say anything."""
    send = by_page(services, sign_in(haneul), lambda data: {"file": ("b.jwt", data)})
    with known(services, shop.at_hand()):
        assert send(shop.token()) == []
        assert believed(services, Verdict.VERIFIED) == ["record SAA", "verified counted", "counted"]


def test_no_file_is_believed(services: Services, haneul: Person, sign_in: SignIn) -> None:
    send = by_page(services, sign_in(haneul), lambda data: {"file": ("b.png", data)})
    assert [each for name in CASES for each in faults_of(services, name, send, False)] == []


def test_no_pasted_text_is_believed(services: Services, haneul: Person, sign_in: SignIn) -> None:
    send = by_page(services, sign_in(haneul), lambda data: {"text": (None, data)})
    assert [each for name in CASES for each in faults_of(services, name, send, True)] == []


def test_no_text_through_the_api_is_believed(services: Services, haneul: Person) -> None:
    ask = program(services, haneul.account_id)

    def send(data: bytes) -> list[str]:
        answer = ask("POST", "/badges", json={"text": data.decode()})
        if answer.status_code not in API_STATUS:
            return [f"{answer.status_code} {answer.text[:200]}"]
        if answer.status_code == 422:
            return [] if told(answer).get("text") else ["no words"]
        said = answer.json().get("reasons", [{"text": "-"}])
        return [] if said and all(each["text"] for each in said) else ["no reasons"]

    first = {case.codes: name for name, case in reversed(CASES.items())}  # one of each reason
    assert [e for name in first.values() for e in faults_of(services, name, send, True)] == []
