"""What a ranking reads of a person is a short list, and nothing protected is on it."""

import random
import re
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import fields

import numpy as np
from sqlalchemy import event, insert
from sqlmodel import Session, select

from matcher.matching import seekers as matching
from matcher.ranking.context import RankingContext
from matcher.ranking.courses import course_matrix
from matcher.ranking.features import candidate_matrix, opening_matrix
from matcher.ranking.types import (
    CertificationProof,
    Course,
    Opening,
    Requirement,
    Seeker,
    SkillProof,
)
from matcher.store import match_rows
from matcher.wiring import Services
from models.account import Account, AccountState
from models.skill import Rater, SkillRecord
from models.youth import Affiliation, WishKind, YouthProfile, YouthStatus, YouthWish
from tests import factories
from tests.people import People

PROTECTED = {
    "name", "sex", "gender", "birth", "birthday", "born", "age", "address", "home", "street",
    "school", "university", "organisation", "affiliation", "status", "graduation", "email", "mail",
    "photo", "picture", "phone", "distance", "commute", "language", "nationality", "account",
}  # fmt: skip
PERSON = {
    Seeker: "id skills certifications sectors regions employment weekly_hours available_from"
    " budget_krw text licences",
    SkillProof: "slug level verified",
    CertificationProof: "id active expires_on verification",
}
COLUMNS = {
    "youth_profile": "id weekly_hours available_from budget_krw about",
    "skill_record": "youth_id skill level rater verification",
    "certification_record": "id youth_id certification expires_on verification state",
    "licence_record": "youth_id licence",
    "youth_wish": "youth_id kind value place",
}
ROWS = {
    match_rows.YouthRow: "id weekly_hours available_from budget_krw about",
    match_rows.SkillRow: "youth_id skill level rater verification",
    match_rows.PassRow: "youth_id certification expires_on verification",
    match_rows.WishRow: "youth_id kind value place",
    match_rows.OpeningStamp: "id version updated_at",
    match_rows.OpeningRow: "id sector title_ko title_en description region employment_type"
    " closes_on starts_on published_at",
    match_rows.RequirementRow: "opening_id kind subject ref level",
}
EVERYBODY = select(YouthProfile.id)
OPENING = Opening(
    1,
    "space",
    (Requirement("skill:python", "must", 3), Requirement("skill:sql", "nice", 2)),
    region="jeju-si",
)
COURSE = Course(1, "space", {"python": (1, 3)})


@contextmanager
def heard(services: Services) -> Iterator[list[str]]:
    """The SQL said meanwhile."""
    said: list[str] = []

    def note(*arguments: object) -> None:
        said.append(str(arguments[2]))

    event.listen(services.database.engine, "before_cursor_execute", note)
    yield said
    event.remove(services.database.engine, "before_cursor_execute", note)


def test_the_values_a_ranking_sees_of_a_person_are_these_and_none_is_protected() -> None:
    for kind, names in PERSON.items():
        assert [each.name for each in fields(kind)] == names.split()
    read = {each for each in vars(match_rows).values() if hasattr(each, "_fields")}
    assert read == set(ROWS)
    for row, names in ROWS.items():
        assert list(row._fields) == names.split()
    listed = " ".join([*PERSON.values(), *COLUMNS.values(), *ROWS.values()]).split()
    assert not PROTECTED & {part for name in listed for part in name.split("_")}


def test_the_queries_for_people_read_these_columns_only(services: Services, people: People) -> None:
    with services.database.reading() as session, heard(services) as said:
        matching.seekers_of(session, EVERYBODY, factories.TODAY)
    read: dict[str, set[str]] = {}
    for table, column in re.findall(r"\b(\w+)\.(\w+)\b", " ".join(said)):
        read.setdefault(table, set()).add(column)
    assert read == {table: set(names.split()) for table, names in COLUMNS.items()}


def test_a_thousand_people_with_shuffled_protected_fields_rank_bit_for_bit_alike(
    services: Services, people: People
) -> None:
    with services.database.writing() as session:
        crowd(session, 1_000, [people.coordinator.organisation_id, None])
    before = matrices(services)
    with services.database.writing() as session:
        shuffle(session)
    after = matrices(services)
    assert [each.shape[0] for each in before] == [1_003, 50, 50]
    for one, other in zip(before, after, strict=True):
        assert one.tobytes() == other.tobytes()


def matrices(services: Services) -> list[np.ndarray]:
    context = RankingContext(factories.TODAY)
    with services.database.reading() as session:
        people = matching.seekers_of(session, EVERYBODY, factories.TODAY)
    return [
        candidate_matrix(OPENING, people, context),
        np.vstack([opening_matrix(each, [OPENING], context) for each in people[:50]]),
        np.vstack([course_matrix(each, [COURSE], [], context).matrix for each in people[:50]]),
    ]


def crowd(session: Session, count: int, organisations: list[int | None]) -> None:
    """People who differ in everything that counts and in everything that must not."""
    draw = random.Random(5)
    numbers = range(10_000, 10_000 + count)
    session.execute(insert(Account), [account(each, draw) for each in numbers])
    session.execute(insert(YouthProfile), [profile(each, draw, organisations) for each in numbers])
    session.execute(insert(SkillRecord), [skill(each, draw) for each in numbers])
    session.execute(
        insert(YouthWish),
        [
            {"youth_id": each, "kind": WishKind.SECTOR, "value": draw.choice(["space", "bio"]),
             "place": draw.randint(1, 3)}
            for each in numbers
        ],
    )  # fmt: skip


def account(number: int, draw: random.Random) -> dict[str, object]:
    return {
        "id": number,
        "email": f"person-{number}@example.com",
        "name": draw.choice(["김하늘", "이바다", "Ada", "Bo"]) + str(number),
        "state": AccountState.ACTIVE,
        "language": draw.choice(["ko", "en"]),
        "is_demo": False,
        "created_at": factories.NOW,
    }


def profile(number: int, draw: random.Random, organisations: list[int | None]) -> dict[str, object]:
    return {
        "id": number,
        "account_id": number,
        "organisation_id": draw.choice(organisations),
        "affiliation": draw.choice(list(Affiliation)),
        "affiliation_state": "claimed",
        "status": draw.choice(list(YouthStatus)),
        "weekly_hours": draw.randint(0, 40),
        "about": draw.choice(["", "위성 데이터"]),
        "version": 1,
        "created_at": factories.NOW,
        "updated_at": factories.NOW,
    }


def skill(number: int, draw: random.Random) -> dict[str, object]:
    return {
        "youth_id": number,
        "skill": draw.choice(["python", "sql"]),
        "level": draw.randint(1, 5),
        "rater": Rater.SELF,
        "verification": draw.randint(1, 4),
        "rated_on": factories.TODAY,
        "created_at": factories.NOW,
    }


def shuffle(session: Session) -> None:
    """Everybody gets somebody else's name, language, university and status, and a new e-mail."""
    draw = random.Random(9)
    for table, columns in (
        (Account, ("name", "language")),
        (YouthProfile, ("organisation_id", "affiliation", "status")),
    ):
        found = session.exec(select(table)).all()
        values = [tuple(getattr(each, name) for name in columns) for each in found]
        draw.shuffle(values)
        for each, own in zip(found, values, strict=True):
            for name, value in zip(columns, own, strict=True):
                setattr(each, name, value)
    for each in session.exec(select(Account)).all():
        each.email = f"new-{each.id}@example.org"
