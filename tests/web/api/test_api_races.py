"""The same request twenty times at once has one effect, on both databases."""

from concurrent.futures import ThreadPoolExecutor
from datetime import timedelta

import pytest
from sqlmodel import SQLModel, func, select

from matcher.wiring import Services
from models.application import Application
from models.idempotency import KeptAnswer
from models.skill import SkillRecord
from tests import factories
from tests.api_client import Program, program
from tests.people import People

AT_ONCE = 20


def _count(services: Services, table: type[SQLModel]) -> int:
    with services.database.reading() as session:
        return session.exec(select(func.count()).select_from(table)).one()


def _at_once(ask: Program, path: str, body: dict[str, object], key: str) -> list[tuple[int, str]]:
    def send(_number: int) -> tuple[int, str]:
        answer = ask("POST", path, json=body, headers={"Idempotency-Key": key})
        return answer.status_code, answer.text

    with ThreadPoolExecutor(AT_ONCE) as threads:
        return list(threads.map(send, range(AT_ONCE)))


def test_one_key_sent_at_once_makes_one_application(
    any_services: Services, any_people: People
) -> None:
    with any_services.database.writing() as session:
        row = factories.opening(session, any_people.partner.organisation_id)
        body = {"opening_id": row.id, "consent": True}
    ask = program(any_services, any_people.youth.account_id)
    answers = _at_once(ask, "/applications", body, "once")
    assert {status for status, _text in answers} == {201}
    assert len({text for _status, text in answers}) == 1
    assert (_count(any_services, Application), _count(any_services, KeptAnswer)) == (1, 1)


def test_a_key_is_forgotten_after_a_day(any_services: Services, any_people: People) -> None:
    ask = program(any_services, any_people.youth.account_id)
    body, key = {"skill": "python", "level": 3}, {"Idempotency-Key": "once"}
    assert ask("POST", "/skills", json=body, headers=key).status_code == 201
    with any_services.database.writing() as session:
        (kept,) = session.exec(select(KeptAnswer)).all()
        kept.created_at -= timedelta(days=1, seconds=1)
        session.add(kept)
    again = ask("POST", "/skills", json=body | {"level": 4}, headers=key)
    assert (again.status_code, again.json()["level"]) == (201, 4)
    assert (_count(any_services, SkillRecord), _count(any_services, KeptAnswer)) == (1, 1)


@pytest.mark.parametrize("lang", ["fr", "EN", "", "ko-KR"])
def test_only_two_languages_can_be_asked_for(
    any_services: Services, any_people: People, lang: str
) -> None:
    ask = program(any_services, any_people.youth.account_id)
    assert ask("GET", f"/me?lang={lang}").status_code == 422
    assert ask("GET", "/me?lang=en").status_code == 200
