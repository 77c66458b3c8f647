"""Drawing a PDF is dear: an account has so many an hour, and is told when the next."""

from datetime import timedelta

import pytest

from matcher.rendering import pdf
from matcher.wiring import Services
from models.account import ThrottleHit
from tests.conftest import SignIn
from tests.people import People, Person

PAPER = "/youth/record.pdf"


@pytest.fixture(autouse=True)
def _nothing_drawn(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(pdf, "is_available", lambda: True)
    monkeypatch.setattr(pdf, "to_pdf", lambda _html, _sheet: b"%PDF-")


def fetched(services: Services, person: Person, times: int) -> None:
    with services.database.writing() as session:
        for _each in range(times):
            bucket = f"record-paper:{person.account_id}"
            session.add(ThrottleHit(bucket=bucket, at=services.clock.now() - timedelta(minutes=20)))


def test_the_thirty_first_paper_of_an_hour_is_told_when_to_come_back(
    services: Services, people: People, sign_in: SignIn
) -> None:
    fetched(services, people.youth, 29)
    young = sign_in(people.youth)
    assert young.get(PAPER).status_code == 200
    late = young.get(PAPER)
    assert late.status_code == 429
    assert 2300 < int(late.headers["Retry-After"]) <= 2400
    assert "한 시간에 30번까지" in late.text
    assert young.get("/youth/record").status_code == 200
    assert sign_in(people.other_youth).get(PAPER).status_code == 200
