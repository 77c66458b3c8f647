"""What is told for the fairness check: optional, one's own, taken back at will, never ranked by."""

import json

import pytest
from sqlmodel import select

from matcher.flows import own_data, recommend
from matcher.matching.window import Window
from matcher.wiring import Services
from models.audit_trait import AuditTrait
from models.trail import AuditEntry
from tests.conftest import SignIn, post
from tests.matching_desk import actor_of, stock
from tests.people import People

PATH = "/account/consents/traits"
TOLD = {"sex": "woman", "age_band": "20to24", "disability": ""}


def stored(services: Services) -> dict[str, str]:
    with services.database.reading() as session:
        return {each.kind.value: each.value for each in session.exec(select(AuditTrait)).all()}


def test_it_is_stored_shown_again_and_taken_back(
    services: Services, people: People, sign_in: SignIn
) -> None:
    youth = sign_in(people.youth)
    assert post(youth, PATH, TOLD).status_code == 303
    assert stored(services) == {"sex": "woman", "age_band": "20to24"}
    assert 'value="20to24" selected' in youth.get("/account/consents").text
    assert post(youth, PATH, dict.fromkeys(TOLD, "")).status_code == 303
    assert stored(services) == {}


def test_other_values_are_refused_and_change_nothing(
    services: Services, people: People, sign_in: SignIn
) -> None:
    youth = sign_in(people.youth)
    post(youth, PATH, TOLD)
    assert post(youth, PATH, {**TOLD, "sex": "x"}).status_code == 422
    assert stored(services) == {"sex": "woman", "age_band": "20to24"}


def test_the_audit_says_that_and_not_what(
    services: Services, people: People, sign_in: SignIn
) -> None:
    post(sign_in(people.youth), PATH, TOLD)
    with services.database.reading() as session:
        rows = session.exec(select(AuditEntry).where(AuditEntry.action == "traits:told")).all()
    assert [each.change for each in rows] == [{"count": 2}]


def test_it_is_in_the_own_data_and_gone_with_the_account(
    services: Services, people: People, sign_in: SignIn
) -> None:
    youth = sign_in(people.youth)
    post(youth, PATH, TOLD)
    with services.writing(actor_of(people.youth)) as unit:
        found = json.loads(own_data.export(unit))["data"]["audit_trait"]
    assert sorted(each["value"] for each in found) == ["20to24", "woman"]
    answer = post(youth, "/account/erase", {"current": people.youth.password})
    assert answer.status_code == 303
    assert stored(services) == {}


@pytest.mark.parametrize("who", ["coordinator", "centre", "partner"])
def test_nobody_else_is_shown_it(
    services: Services, people: People, sign_in: SignIn, who: str
) -> None:
    post(sign_in(people.youth), PATH, {**TOLD, "age_band": "over40"})
    other = sign_in(getattr(people, who))
    pages = [f"/coordinator/people/{people.youth.youth_id}", "/coordinator/roster", "/partner"]
    assert [path for path in pages if "over40" in other.get(path).text] == []


def test_scores_do_not_know_it(services: Services, people: People, sign_in: SignIn) -> None:
    stock(services, people.partner.organisation_id or 0, people.youth.youth_id or 0)
    actor, seen = actor_of(people.youth), []
    youth = sign_in(people.youth)
    for told in (TOLD, {"sex": "man", "age_band": "over40", "disability": "yes"}):
        post(youth, PATH, told)
        with services.reading(actor) as unit:
            seen.append(recommend.ranked(unit, actor, Window()).items)
    assert seen[0] == seen[1]
