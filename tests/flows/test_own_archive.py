"""Everything about a person in one file: complete against the data map, and nobody else's."""

import hashlib
import io
import json
import zipfile
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import UTC, date, datetime
from typing import Any

import pytest
from sqlalchemy import (
    JSON,
    Boolean,
    Column,
    Date,
    DateTime,
    Float,
    Integer,
    LargeBinary,
    Numeric,
    Table,
    text,
)
from sqlalchemy import Enum as EnumType
from sqlmodel import Session, SQLModel

from matcher.exchange.own_archive import entry_name
from matcher.flows import own_archive
from matcher.policy.data_map import DATA_MAP, Owner, exported_columns, owned_tables
from matcher.wiring import Services
from models.base import UtcDateTime
from tests.conftest import make_services, post
from tests.databases import Databases
from tests.partner_desk import actor
from tests.people import People, settle
from tests.web.test_sharing_pages import signed_in

OWN, STRANGE = "own-canary", "strange-canary"
AT = datetime(2026, 11, 21, 1, tzinfo=UTC)
FILES = {
    "evidence_blob": "data", "presented_credential": "data", "issued_credential": "token",
    "resume_document": "document",
}  # fmt: skip


@dataclass
class Whole:
    zip: zipfile.ZipFile
    data: Mapping[str, list[dict[str, Any]]]
    numbers: Mapping[str, int]
    """Of the row of each table that was filled for the person."""

    def text(self) -> str:
        return "\n".join(
            self.zip.read(name).decode("utf-8", "replace") for name in self.zip.namelist()
        )


@pytest.fixture(scope="module")
def scene(databases: Databases, empty_url: str) -> Iterator[tuple[Services, People]]:
    services = make_services(databases.copy(empty_url))
    if not services.database.is_sqlite:
        pytest.skip("rows without their parents are let in by SQLite alone")
    yield services, settle(services)
    services.close()


@pytest.fixture(scope="module")
def whole(scene: tuple[Services, People]) -> Whole:
    services, people = scene
    with services.database.engine.connect() as connection:
        driver: Any = connection.connection.driver_connection
        driver.execute("PRAGMA foreign_keys = OFF")
        driver.execute("PRAGMA ignore_check_constraints = ON")
        with Session(bind=connection) as session:
            mine = _fill_all(
                session, people.youth.account_id, people.youth.youth_id or 0, OWN, 7000
            )
            other = people.other_youth
            _fill_all(session, other.account_id, other.youth_id or 0, STRANGE, 9000)
            session.commit()
        driver.execute("PRAGMA foreign_keys = ON")
        driver.execute("PRAGMA ignore_check_constraints = OFF")
    file = io.BytesIO()
    with services.reading(actor(people.youth)) as unit:
        own_archive.write(unit, file)
    made = zipfile.ZipFile(file)
    return Whole(made, json.loads(made.read("data.json"))["data"], mine)


def _fill_all(
    session: Session, account_id: int, youth_id: int, word: str, number: int
) -> Mapping[str, int]:
    """One row a table for this person, every column of it filled with a word of its own."""
    numbers = {
        Owner.ACCOUNT: account_id, Owner.YOUTH: youth_id, Owner.APPLICATION: number,
        Owner.ENROLMENT: number, Owner.OUTCOME: number, Owner.PLAN: number,
    }  # fmt: skip
    filled: dict[str, int] = {}
    for name in owned_tables():
        rule, table = DATA_MAP[name], SQLModel.metadata.tables[name]
        assert rule.owner is not None
        values = {each.name: _value(name, each, word, number) for each in table.columns}
        values |= {"id": number, rule.link: numbers[rule.owner]}
        if name in ("account", "youth_profile"):
            _change(session, table, values)
        else:
            session.execute(table.delete().where(table.c[rule.link] == values[rule.link]))
            session.execute(table.insert().values(**values))
        filled[name] = values["id"]
    return filled


def _change(session: Session, table: Table, values: dict[str, Any]) -> None:
    kept = ("id", "account_id", "state", "affiliation_state", "organisation_id", "email")
    changed = {name: value for name, value in values.items() if name not in kept}
    session.execute(table.update().where(table.c.id == values["id"]).values(**changed))


def _value(table: str, column: Column[Any], word: str, number: int = 0) -> Any:
    kind = column.type
    name = f"{word} {table}.{column.name}"
    if isinstance(kind, EnumType):
        return kind.enum_class(kind.enums[0]) if kind.enum_class else kind.enums[0]
    if isinstance(kind, Boolean):
        return column.name == "is_reason_shared"
    if isinstance(kind, Integer | Numeric | Float):
        return number
    if isinstance(kind, UtcDateTime | DateTime):
        return AT
    if isinstance(kind, Date):
        return date(2026, 11, 21)
    if isinstance(kind, JSON):
        return {"word": name} if column.name in ("change", "details", "undo") else [name]
    return name.encode() if isinstance(kind, LargeBinary) else name


def test_every_table_of_the_data_map_is_in_it_with_the_persons_row(whole: Whole) -> None:
    assert tuple(whole.data) == owned_tables()
    missing = [
        name
        for name, rows in whole.data.items()
        if whole.numbers[name] not in {row["id"] for row in rows}
    ]
    assert missing == []
    assert len(whole.data) > 60


def test_every_exported_column_is_there_and_no_other(whole: Whole) -> None:
    odd = {}
    for name, rows in whole.data.items():
        wanted = set(exported_columns(name)) - {FILES.get(name)} | {"file"}
        row = next(each for each in rows if each["id"] == whole.numbers[name])
        if set(row) | {"file", FILES.get(name)} != wanted | {FILES.get(name)}:
            odd[name] = set(row) ^ set(exported_columns(name))
    assert odd == {}


def test_every_word_of_the_person_is_in_it_and_none_of_a_strangers(whole: Whole) -> None:
    told = whole.text()
    words = {
        f"{name}.{column}"
        for name in owned_tables()
        for column in exported_columns(name)
        if isinstance(_value(name, SQLModel.metadata.tables[name].c[column], OWN), str | list)
    }
    shared_apart = {"account.email", "exposure.items", f"{'audit_entry'}.change"}
    missing = [each for each in sorted(words - shared_apart) if f"{OWN} {each}" not in told]
    enums = [each for each in missing if _is_choice(each)]
    assert sorted(set(missing) - set(enums)) == []
    assert STRANGE not in told


def _is_choice(name: str) -> bool:
    table, column = name.split(".")
    return isinstance(SQLModel.metadata.tables[table].c[column].type, EnumType)


def test_files_stand_beside_the_rows_that_name_them(whole: Whole) -> None:
    for table, column in FILES.items():
        row = next(each for each in whole.data[table] if each["id"] == whole.numbers[table])
        assert whole.zip.read(row["file"]).decode() == f"{OWN} {table}.{column}"


def test_the_manifest_has_the_hash_of_every_other_entry(whole: Whole) -> None:
    manifest = json.loads(whole.zip.read("manifest.json"))["files"]
    assert set(manifest) == set(whole.zip.namelist()) - {"manifest.json"}
    for name, entry in manifest.items():
        found = whole.zip.read(name)
        assert (hashlib.sha256(found).hexdigest(), len(found)) == (entry["sha256"], entry["bytes"])


def test_the_readme_says_what_is_what_in_both_languages(whole: Whole) -> None:
    told = whole.zip.read("README.txt").decode("utf-8-sig")
    assert "오름이 가진 내 정보 모두" in told
    assert "Everything Oreum holds about me" in told
    assert [name for name in owned_tables() if told.count(f"  {name} ") != 2] == []


def test_names_in_the_archive_lead_nowhere_else() -> None:
    names = ("../../etc/passwd", "/root/x.png", "..", "", "a\\b.pdf", "\u202egnp.exe", "가" * 200)
    for name in names:
        found = entry_name("evidence", 3, name)
        assert found.startswith("files/evidence/3-")
        assert found.count("/") == 2
        assert ".." not in found
        assert len(found) < 110
    assert entry_name("evidence", 3, "토익 성적표.pdf") == "files/evidence/3-토익_성적표.pdf"


def test_the_page_gives_a_zip_with_a_name_in_both_spellings_and_writes_it_down(
    scene: tuple[Services, People],
) -> None:
    services, people = scene
    client = signed_in(services, people.far_youth)
    answer = post(client, "/account/export/archive")
    assert answer.headers["content-type"] == "application/zip"
    assert answer.headers["cache-control"] == "no-store"
    disposition = answer.headers["content-disposition"]
    assert disposition.startswith('attachment; filename="oreum-2026-11-21.zip"; filename*=UTF-8')
    assert "%EC%98%A4%EB%A6%84" in disposition
    made = zipfile.ZipFile(io.BytesIO(answer.content))
    assert made.testzip() is None
    data = json.loads(made.read("data.json"))["data"]
    assert data["account"][0]["email"] == people.far_youth.email
    with services.database.reading() as session:
        noted = session.connection().execute(
            text("SELECT action FROM audit_entry WHERE account_id = :id"),
            {"id": people.far_youth.account_id},
        )
        assert [row[0] for row in noted][-1] == "data:exported"
