"""Ranked lists: exact, the same as on the pages, recorded, masked and limited."""

import itertools
from datetime import timedelta
from typing import Any

import pytest
from sqlalchemy import text
from sqlmodel import Session, SQLModel, delete, select
from starlette.testclient import TestClient

from matcher.flows import calibrating
from matcher.policy import limits
from matcher.policy.masking import is_number
from matcher.policy.operation import Operation
from matcher.ranking.calibrating import CALIBRATION, mark_of
from matcher.store import accounts
from matcher.wiring import Services
from models.consent import Consent, NoticeReading
from models.opening import Opening, OpeningState
from models.trail import AccessRecord, Exposure, ExposureKind
from models.youth import YouthProfile
from tests.api_client import Program, program, told
from tests.conftest import browser, post
from tests.demo_data import DemoAccounts
from tests.people import People
from tests.walk import account_id_of


@pytest.fixture(autouse=True)
def no_exposures_yet(demo_services: Services) -> None:
    with demo_services.database.writing() as session:
        session.exec(delete(Exposure))


def _program(services: Services, email: str) -> Program:
    return program(services, account_id_of(services, email))


@pytest.fixture(scope="module")
def youth(demo_services: Services, demo_accounts: DemoAccounts) -> Program:
    return _program(demo_services, demo_accounts["youth"][0].email)


@pytest.fixture(scope="module")
def partner(demo_services: Services, demo_accounts: DemoAccounts) -> Program:
    return _program(demo_services, demo_accounts["partner"][0].email)


@pytest.fixture
def page(demo_services: Services, demo_accounts: DemoAccounts) -> TestClient:
    """The browser of the same young person."""
    who, fresh = demo_accounts["youth"][0], browser(demo_services)
    answer = post(fresh, "/login", {"email": who.email, "password": who.password})
    assert answer.status_code == 303, answer.text
    return fresh


@pytest.fixture
def own_opening(demo_services: Services, demo_accounts: DemoAccounts) -> int:
    email = demo_accounts["partner"][0].email
    with demo_services.database.reading() as session:
        statement = text(
            "SELECT opening.id FROM opening JOIN membership USING (organisation_id)"
            " JOIN account ON account.id = membership.account_id"
            " WHERE account.email = :email AND opening.state = 'published' ORDER BY opening.id"
        )
        return int(session.execute(statement, {"email": email}).scalars().first() or 0)


def _exposures(services: Services, kind: ExposureKind = ExposureKind.LISTED) -> list[Exposure]:
    with services.database.reading() as session:
        rows = session.exec(select(Exposure).where(Exposure.kind == kind).order_by(Exposure.id))
        return list(rows)


def _adds_up(item: dict[str, Any]) -> bool:
    total = item["base"] + sum(each["contribution"] for each in item["reasons"])
    return abs(total - item["score"]) <= 1e-9


@pytest.mark.parametrize("path", ["/recommendations/openings", "/recommendations/courses"])
def test_reasons_add_up_to_the_score_and_ranks_are_in_order(youth: Program, path: str) -> None:
    shown = youth("GET", f"{path}?limit=100").json()
    assert len(shown["items"]) == shown["total"] > 10
    assert [each["id"] for each in shown["items"] if not _adds_up(each)] == []
    (drawn,) = (place for place, each in enumerate(shown["items"], 1) if each["is_drawn"])
    assert drawn == 20
    ranked = sorted(shown["items"], key=lambda each: each["rank"])
    assert [each["rank"] for each in ranked] == list(range(1, shown["total"] + 1))
    scores = [each["score"] for each in ranked]
    assert scores == sorted(scores, reverse=True)
    # The list itself puts partners that answer late lower, by the figure beside them.
    listed = sorted(ranked, key=lambda each: (each["listed_lower"] - each["score"], each["rank"]))
    stay = [each["id"] for each in listed if not each["is_drawn"]]
    assert [each["id"] for each in shown["items"] if not each["is_drawn"]] == stay
    assert any(each["listed_lower"] for each in ranked) is path.endswith("openings")
    assert {key for each in shown["items"] for key in each} == {
        "id", "title", "rank", "score", "base", "met", "requirements", "reasons",
        "strongest", "is_drawn", "listed_lower",
    }  # fmt: skip


@pytest.mark.parametrize("subject", ["opening", "course"])
def test_page_and_api_show_the_same_items_with_the_same_scores(
    demo_services: Services, youth: Program, page: TestClient, subject: str
) -> None:
    shown = youth("GET", f"/recommendations/{subject}s?limit=20").json()["items"]
    assert page.get(f"/youth/{subject}s").status_code == 200
    from_api, from_page = [row for row in _exposures(demo_services) if row.subject == subject][:2]
    assert from_api.items == from_page.items
    assert from_api.model_dump(exclude={"id", "at"}) == from_page.model_dump(exclude={"id", "at"})
    beyond = youth("GET", f"/recommendations/{subject}s?limit=1").json()["total"] - 20
    assert from_api.items == [
        [
            each["id"],
            each["rank"],
            round(each["score"], 6),
            1 / beyond if each["is_drawn"] else 1.0,
            place,
            *([each["listed_lower"]] if each["listed_lower"] else []),
        ]
        for place, each in enumerate(shown, start=1)
    ]


def test_the_page_of_an_opening_shows_the_score_of_the_list(
    demo_services: Services, youth: Program, page: TestClient
) -> None:
    first = youth("GET", "/recommendations/openings?limit=1").json()["items"][0]
    assert page.get(f"/youth/openings/{first['id']}").status_code == 200
    (opened,) = _exposures(demo_services, ExposureKind.OPENED)
    assert opened.items == [[first["id"], 1, round(first["score"], 6), None, None]]


def test_nothing_in_an_adjusted_list_tells_who_the_examples_are_elsewhere(
    demo_services: Services, demo_accounts: DemoAccounts, partner: Program, own_opening: int
) -> None:
    """The mark of the examples is a hash of their own numbers, which are few enough to try all
    pairs; whoever found them could join the numbers of two openings, and of two firms."""
    with demo_services.reading() as unit:
        account_id = account_id_of(demo_services, demo_accounts["partner"][0].email)
        who = accounts.actor_of(unit.session, account_id)
        youths = unit.session.exec(select(YouthProfile.id)).all()
    assert who is not None
    path = f"/openings/{own_opening}/candidates?limit=100"
    operation = Operation(demo_services.settings.operator_type, demo_services.settings.secret)
    for each in partner("GET", path).json()["items"][:2]:
        with demo_services.writing(who) as unit:
            calibrating.add(unit, who, operation, own_opening, each["number"])
    answer = partner("GET", path).text
    with demo_services.writing(who) as unit:
        calibrating.clear(unit, who, operation, own_opening)
    assert CALIBRATION in answer
    tried = [mark_of(pair) for pair in itertools.combinations(youths, 2)]
    assert len(tried) > 1000
    assert [each for each in tried if each in answer] == []


def test_a_candidate_scores_for_the_partner_as_for_themselves(
    youth: Program, partner: Program, own_opening: int
) -> None:
    mine = youth("GET", "/recommendations/openings?limit=100").json()["items"]
    own = next(each for each in mine if each["id"] == own_opening)
    people = partner("GET", f"/openings/{own_opening}/candidates?limit=100").json()["items"]
    same = [each for each in people if each["score"] == own["score"]]
    assert len(same) >= 1
    assert [each["contribution"] for each in same[0]["reasons"]] == [
        each["contribution"] for each in own["reasons"]
    ]


def test_candidates_are_numbers_and_every_look_is_recorded(
    demo_services: Services, partner: Program, own_opening: int
) -> None:
    before = _accesses(demo_services)
    shown = partner("GET", f"/openings/{own_opening}/candidates?limit=3&offset=1").json()
    assert [each["rank"] for each in shown["items"]] == [2, 3, 4]
    assert all(is_number(each["number"]) and _adds_up(each) for each in shown["items"])
    assert {key for each in shown["items"] for key in each} == {
        "number", "rank", "score", "base", "met", "requirements", "reasons",
        "strongest", "is_drawn",
    }  # fmt: skip
    (listed,) = _exposures(demo_services)
    assert (listed.subject, listed.context_id) == ("candidate", own_opening)
    assert [row[2] for row in listed.items] == [round(each["score"], 6) for each in shown["items"]]
    assert [row[3:] for row in listed.items] == [[1.0, 2], [1.0, 3], [1.0, 4]]
    (record,) = _accesses(demo_services)[len(before) :]
    assert (record.task, record.outcome) == ("candidates:listed", "ok")
    assert record.details == {"opening": own_opening, "youths": [row[0] for row in listed.items]}


def test_the_openings_of_others_have_no_candidates_to_see(
    demo_services: Services, partner: Program, own_opening: int
) -> None:
    with demo_services.database.reading() as session:
        mine = session.get_one(Opening, own_opening).organisation_id
        foreign = session.exec(
            select(Opening.id).where(
                Opening.organisation_id != mine, Opening.state == OpeningState.PUBLISHED
            )
        ).all()
    before = _accesses(demo_services)
    statuses = {partner("GET", f"/openings/{each}/candidates").status_code for each in foreign[:5]}
    assert statuses == {404}
    assert (_exposures(demo_services), _accesses(demo_services)) == ([], before)


def _accesses(services: Services) -> list[AccessRecord]:
    with services.database.reading() as session:
        return list(session.exec(select(AccessRecord).order_by(AccessRecord.id)))


def test_what_if_tells_the_change_and_writes_nothing(
    demo_services: Services, youth: Program
) -> None:
    before = _counts(demo_services)
    body = {"certifications": ["SAA"], "skills": [{"skill": "도커", "level": 4}]}
    shown = youth("POST", "/what-if?limit=100", json=body).json()
    assert _counts(demo_services) == before
    now = youth("GET", "/recommendations/openings?limit=100").json()["items"]
    assert {each["id"]: each["score_before"] for each in shown["items"]} == {
        each["id"]: each["score"] for each in now
    }
    assert max(each["gain"] for each in shown["items"]) > 0
    assert [each["rank_after"] for each in shown["items"]] == list(range(1, shown["total"] + 1))


def test_an_empty_plan_changes_nothing(youth: Program) -> None:
    shown = youth("POST", "/what-if?limit=100", json={}).json()["items"]
    assert {each["gain"] for each in shown} == {0.0}
    assert [each["id"] for each in shown if each["rank_before"] != each["rank_after"]] == []


def test_unknown_names_in_a_plan_are_told_by_place(youth: Program) -> None:
    body = {
        "certifications": ["SAA", "ZZZ"],
        "skills": [{"skill": "python", "level": 4}, {"skill": "zzzzqqqq", "level": 1}],
    }
    answer = youth("POST", "/what-if", json=body)
    assert (answer.status_code, sorted(told(answer))) == (
        422,
        ["certifications.1", "skills.1.skill"],
    )


def _counts(services: Services) -> dict[str, int]:
    with services.database.reading() as session:
        return {name: _rows(session, name) for name in SQLModel.metadata.tables}


def _rows(session: Session, name: str) -> int:
    return int(session.execute(text(f'SELECT COUNT(*) FROM "{name}"')).scalar_one())


def test_the_sixty_first_list_of_a_minute_has_to_wait(
    demo_services: Services, youth: Program, partner: Program
) -> None:
    youth("GET", "/recommendations/openings?limit=1")
    (first,) = _exposures(demo_services)
    with demo_services.database.writing() as session:
        for _ in range(limits.RANKED_LISTS - 2):
            session.add(Exposure(**first.model_dump(exclude={"id"})))
    assert youth("GET", "/recommendations/courses?limit=1").status_code == 200
    refused = youth("GET", "/recommendations/openings?limit=1")
    assert refused.status_code == 429
    assert 1 <= int(refused.headers["Retry-After"]) <= 60
    assert youth("GET", "/recommendations/courses").status_code == 429
    assert youth("POST", "/what-if", json={}).status_code == 429
    assert youth("GET", "/skills").status_code == 200
    with demo_services.database.writing() as session:
        for row in session.exec(select(Exposure)):
            row.at -= timedelta(seconds=61)
            session.add(row)
    assert youth("GET", "/recommendations/openings?limit=1").status_code == 200


PATHS = [("GET", "/recommendations/openings"), ("GET", "/recommendations/courses")]


@pytest.mark.parametrize(("missing", "code"), [(NoticeReading, "notice"), (Consent, "consent")])
def test_nothing_is_scored_before_the_notice_or_without_consent(
    services: Services, people: People, missing: type[SQLModel], code: str
) -> None:
    with services.database.writing() as session:
        session.exec(delete(missing))
    ask = program(services, people.youth.account_id)
    answers = [*(ask(*each) for each in PATHS), ask("POST", "/what-if", json={})]
    assert {each.status_code for each in answers} == {403}
    assert {each.json()["type"] for each in answers} == {f"urn:oreum:problem:{code}_needed"}
    assert _exposures(services) == []


def test_somebody_without_a_record_gets_an_empty_list_that_says_why(
    services: Services, people: People
) -> None:
    ask = program(services, people.youth.account_id)
    shown = ask("GET", "/recommendations/openings").json()
    assert (shown["items"], shown["total"]) == ([], 0)
    assert shown["empty"] != ""
