"""Drawing the record's PDF and signing it whole as CLR are dear: an account has so many an hour of
each, and is told when the next."""

from datetime import timedelta

import pytest

from matcher.flows import own_credentials
from matcher.rendering import pdf
from matcher.wiring import Services
from models.account import ThrottleHit
from tests.conftest import SignIn
from tests.people import People


@pytest.fixture(autouse=True)
def _nothing_made(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(pdf, "is_available", lambda: True)
    monkeypatch.setattr(pdf, "to_pdf", lambda _html, _sheet: b"%PDF-")
    monkeypatch.setattr(own_credentials, "record", lambda *_: b"a.b.c")


@pytest.mark.parametrize(
    ("path", "bucket"),
    [("/youth/record.pdf", "record-paper"), ("/youth/record/clr.jwt", "learner-record")],
)
def test_the_thirty_first_of_an_hour_is_told_when_to_come_back(
    services: Services, people: People, sign_in: SignIn, path: str, bucket: str
) -> None:
    at = services.clock.now() - timedelta(minutes=20)
    with services.database.writing() as session:
        for _each in range(29):
            session.add(ThrottleHit(bucket=f"{bucket}:{people.youth.account_id}", at=at))
    young = sign_in(people.youth)
    assert young.get(path).status_code == 200
    late = young.get(path)
    assert late.status_code == 429
    assert 2300 < int(late.headers["Retry-After"]) <= 2400
    assert "한 시간에 30번까지" in late.text
    assert young.get("/youth/record").status_code == 200
    assert sign_in(people.other_youth).get(path).status_code == 200
