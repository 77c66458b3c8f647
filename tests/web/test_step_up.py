"""Sensitive doors ask for the password again half an hour after it was given."""

from datetime import timedelta

import pytest
from sqlmodel import select

from matcher.wiring import Services
from models.account import Account, AccountState, LoginSession
from tests.conftest import SignIn, post
from tests.people import People


def age_sessions(services: Services, minutes: int) -> None:
    with services.database.writing() as session:
        for row in session.exec(select(LoginSession)):
            row.created_at = row.created_at - timedelta(minutes=minutes)
            session.add(row)


@pytest.mark.parametrize(("minutes", "status"), [(29, 200), (31, 303)])
def test_reading_the_audit_needs_a_recent_password(
    services: Services, people: People, sign_in: SignIn, minutes: int, status: int
) -> None:
    client = sign_in(people.admin)
    age_sessions(services, minutes)
    answer = client.get("/admin/audit")
    assert answer.status_code == status
    if status == 303:
        assert answer.headers["location"] == "/login?next=%2Fadmin%2Faudit"
    assert client.get("/admin").status_code == 200


def test_an_account_is_not_disabled_on_an_old_password(
    services: Services, people: People, sign_in: SignIn
) -> None:
    client = sign_in(people.admin)
    age_sessions(services, 31)
    answer = post(client, f"/admin/accounts/{people.youth.account_id}/disable", {})
    assert answer.status_code == 303
    assert answer.headers["location"].startswith("/login?next=")
    with services.database.reading() as session:
        row = session.get_one(Account, people.youth.account_id)
    assert row.state is AccountState.ACTIVE
