"""Helpers of the tests about accounts: letters, links, direct looks at the database."""

import re
from typing import Any
from urllib.parse import parse_qs, urlsplit

from sqlmodel import Session, col, select

from matcher.wiring import Services
from models.account import Account
from models.outbox import OutboxMail
from tests.people import Person

GOOD_PASSWORD = "tangerines by the sea"
SIGN_UP = {
    "email": "saebyeok@example.com",
    "name": "새벽",
    "password": GOOD_PASSWORD,
    "birth_year": "2004",
    "service_consent": "1",
}


def mails(services: Services, email: str) -> list[OutboxMail]:
    with services.database.reading() as session:
        return list(
            session.exec(
                select(OutboxMail)
                .join(Account, col(Account.id) == OutboxMail.account_id)
                .where(Account.email == email)
                .order_by(col(OutboxMail.id))
            )
        )


def templates(services: Services, email: str) -> list[str]:
    return [mail.template for mail in mails(services, email)]


def link_token(services: Services, email: str) -> str:
    """The token in the newest mail that has one."""
    return next(
        str(mail.context["token"])
        for mail in reversed(mails(services, email))
        if "token" in mail.context
    )


def account(services: Services, email: str) -> Account | None:
    with services.database.reading() as session:
        return session.exec(select(Account).where(Account.email == email)).first()


def count(services: Services, table: type[Any]) -> int:
    with services.database.reading() as session:
        return len(session.exec(select(table)).all())


def rows(session: Session, table: type[Any], **values: Any) -> list[Any]:
    wanted = [getattr(table, key) == value for key, value in values.items()]
    return list(session.exec(select(table).where(*wanted).order_by(table.id)))


def dump(services: Services, but: tuple[str, ...] = ()) -> dict[str, list[tuple[Any, ...]]]:
    """Every row of every table, to see that nothing changed."""
    from sqlmodel import SQLModel

    with services.database.reading() as session:
        return {
            name: [
                tuple(row) for row in session.execute(table.select().order_by(*table.primary_key))
            ]
            for name, table in SQLModel.metadata.tables.items()
            if name not in but
        }


def visible(html: str) -> str:
    """A page without what differs by chance: form tokens and request numbers."""
    return re.sub(r'name="csrf" value="[0-9a-f]+"', "", html)


def query_of(location: str) -> dict[str, list[str]]:
    return parse_qs(urlsplit(location).query)


def with_email(person: Person, email: str) -> Person:
    return Person(email, person.role, person.account_id, person.organisation_id, person.youth_id)
