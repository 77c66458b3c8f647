"""A whole record as CLR signs every credential in it anew: an account has so many an hour."""

from datetime import timedelta

import pytest

from matcher.flows import own_credentials
from matcher.wiring import Services
from models.account import ThrottleHit
from tests.conftest import SignIn
from tests.people import People

RECORD = "/youth/record/clr.jwt"


@pytest.fixture(autouse=True)
def _nothing_signed(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(own_credentials, "record", lambda *_: b"a.b.c")


def test_the_thirty_first_record_of_an_hour_is_told_when_to_come_back(
    services: Services, people: People, sign_in: SignIn
) -> None:
    with services.database.writing() as session:
        for _each in range(29):
            at = services.clock.now() - timedelta(minutes=20)
            bucket = f"learner-record:{people.youth.account_id}"
            session.add(ThrottleHit(bucket=bucket, at=at))
    young = sign_in(people.youth)
    assert young.get(RECORD).status_code == 200
    late = young.get(RECORD)
    assert late.status_code == 429
    assert 2300 < int(late.headers["Retry-After"]) <= 2400
    assert "한 시간에 30번까지" in late.text
    assert sign_in(people.other_youth).get(RECORD).status_code == 200
