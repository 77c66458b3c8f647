"""Nothing a partner can fetch, and nothing sent to it or logged meanwhile, names anybody who did
not open themselves to this partner."""

import gzip
import io
import re
import zipfile
from collections.abc import Iterator, Mapping
from typing import Any

import pytest
from sqlalchemy import String, select, update
from sqlmodel import SQLModel
from structlog.testing import capture_logs

from matcher import rendering
from matcher.i18n import use_language
from matcher.policy.data_map import DATA_MAP, Kind, Owner
from matcher.wiring import Services
from models.account import Role
from tests.conftest import browser
from tests.walk import Route, Visitor, table_of

CANARY = re.compile(r"k4n4ri(\d+)q", re.IGNORECASE)
SCHOOL = "k4n4rischoolq"
ROWS = 12
"""Of each table, for every address with a number in it."""


def canary(youth_id: int) -> str:
    return f"k4n4ri{youth_id}q"


@pytest.fixture(scope="module")
def planted(demo_services: Services) -> Services:
    """Every name, address and free text of every young person replaced by a word of their own."""
    with demo_services.database.writing() as session:
        for name, rule in DATA_MAP.items():
            if rule.owner in {Owner.YOUTH, Owner.ACCOUNT, Owner.APPLICATION}:
                _plant(session, table_of(name), rule.link, rule.owner, rule.columns)
        account, youth = table_of("account"), table_of("youth_profile")
        for youth_id, account_id in session.execute(select(youth.c.id, youth.c.account_id)):
            mine = account.c.id == account_id
            session.execute(
                update(account)
                .where(mine)
                .values(name=canary(youth_id), email=f"{canary(youth_id)}@example.com")
            )
    return demo_services


def _plant(session: Any, table: Any, link: str, owner: Owner, columns: Mapping[str, Kind]) -> None:
    texts = [
        table.c[name]
        for name, kind in columns.items()
        if kind in {Kind.WORDS, Kind.PERSON} and isinstance(table.c[name].type, String)
    ]
    owners = _owners(session, owner)
    if not texts or table.name == "account":
        return
    rows = session.execute(select(table.c.id, table.c[link])).all()
    for row_id, number in rows:
        if number in owners:
            word = canary(owners[number])
            values = {column.name: word for column in texts}
            session.execute(update(table).where(table.c.id == row_id).values(**values))


def _owners(session: Any, owner: Owner) -> dict[int, int]:
    """Number of the owner -> youth."""
    youth, application = table_of("youth_profile"), table_of("application")
    pairs = {
        Owner.YOUTH: select(youth.c.id, youth.c.id),
        Owner.ACCOUNT: select(youth.c.account_id, youth.c.id),
        Owner.APPLICATION: select(application.c.id, application.c.youth_id),
    }[owner]
    return {row[0]: row[1] for row in session.execute(pairs)}


@pytest.fixture(scope="module")
def opened(planted: Services, visitors: Mapping[str, Visitor]) -> frozenset[int]:
    """Young people with a living consent for the partner's organisation."""
    who = visitors["partner"].who
    assert who is not None
    assert who.role is Role.PARTNER
    consent = table_of("consent")
    statement = select(consent.c.youth_id).where(
        consent.c.purpose == "employer",
        consent.c.organisation_id == who.organisation_id,
        consent.c.withdrawn_at.is_(None),
    )
    with planted.database.reading() as session:
        return frozenset(session.execute(statement).scalars())


@pytest.fixture(scope="module")
def fetched(
    planted: Services, visitors: Mapping[str, Visitor], known_routes: list[Route]
) -> tuple[dict[str, str], str]:
    """Address -> everything that came back, headers too; and what was logged meanwhile."""
    partner, found = visitors["partner"], {}
    with capture_logs() as logs:
        for path in partner.pages(planted, known_routes, ROWS):
            answer = partner.client.get(path)
            if answer.status_code == 200:
                found[path] = "\n".join([repr(answer.headers), *_texts(answer.content)])
    return found, repr(logs)


def _texts(content: bytes) -> Iterator[str]:
    """A file inside a file is looked into as well."""
    if content[:2] == b"PK":
        with zipfile.ZipFile(io.BytesIO(content)) as archive:
            for name in archive.namelist():
                yield name
                yield archive.read(name).decode("utf-8", "replace")
    elif content[:2] == b"\x1f\x8b":
        yield gzip.decompress(content).decode("utf-8", "replace")
    else:
        yield content.decode("utf-8", "replace")


def _named(text: str) -> set[int]:
    return {int(number) for number in CANARY.findall(text)}


def test_no_page_or_file_names_anybody_who_did_not_open_to_this_partner(
    fetched: tuple[dict[str, str], str], opened: frozenset[int]
) -> None:
    loose = {path: who for path, text in fetched[0].items() if (who := _named(text) - opened)}
    assert loose == {}
    assert len(fetched[0]) > 40


def test_the_test_would_see_a_name(
    fetched: tuple[dict[str, str], str], opened: frozenset[int]
) -> None:
    """Those who did open themselves are named somewhere: the words were planted and are shown."""
    seen = set().union(*(_named(text) for text in fetched[0].values()))
    assert seen
    assert seen <= opened


def test_nothing_logged_names_anybody(fetched: tuple[dict[str, str], str]) -> None:
    assert _named(fetched[1]) == set()


def test_no_mail_to_a_partner_names_anybody(planted: Services) -> None:
    mail, member = table_of("outbox_mail"), table_of("membership")
    statement = (
        select(mail)
        .join(member, member.c.account_id == mail.c.account_id)
        .where(member.c.role == "partner")
    )
    with planted.database.reading() as session:
        rows = session.execute(statement).all()
    for row in rows:
        with use_language(row.language):
            words = rendering.render(
                f"mail/{row.template}.txt", {"name": "", "site_url": "", **row.context}
            )
        assert _named(words) == set(), row.template


def test_candidate_pages_do_not_tell_the_school(
    planted: Services, visitors: Mapping[str, Visitor], known_routes: list[Route]
) -> None:
    """Names of universities are in the data, and on no page about masked people."""
    organisation = table_of("organisation")
    with planted.database.writing() as session:
        is_school = organisation.c.kind == "university"
        session.execute(
            update(organisation).where(is_school).values(name_ko=SCHOOL, name_en=SCHOOL)
        )
    about = [route for route in known_routes if "/candidates" in route.path]
    client = browser(planted)
    client.cookies = visitors["partner"].client.cookies
    paths = visitors["partner"].pages(planted, about, ROWS)
    texts = {path: client.get(path).text for path in paths}
    assert len(texts) > 5
    assert [path for path, text in texts.items() if SCHOOL in text.lower()] == []


def test_every_table_about_a_young_person_was_planted(planted: Services) -> None:
    """Walks the data map, so that a new table with words cannot be forgotten here."""
    with planted.database.reading() as session:
        for name, rule in DATA_MAP.items():
            if rule.owner is not Owner.YOUTH:
                continue
            table = SQLModel.metadata.tables[name]
            for column, kind in rule.columns.items():
                if kind is Kind.WORDS and isinstance(table.c[column].type, String):
                    for (text,) in session.execute(select(table.c[column])):
                        assert CANARY.search(text or "k4n4ri0q"), (name, column)
