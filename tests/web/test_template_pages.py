"""The pages of path templates: four clicks from the list to the suggestion, and bad input."""

import re

import pytest
from sqlmodel import select

from matcher.wiring import Services
from models.plan_template import PlanSuggestion, PlanTemplate
from tests import factories
from tests.conftest import SignIn, post
from tests.people import People

FORM = {
    "name": "2027 클라우드",
    "target": "certification:SAA",
    "weekly_hours": "8",
    "finish_by": "2027-06-30",
    "note": "함께 가요.",
}
HIDDEN = re.compile(r'<input type="hidden" name="(\w+)" value="([^"]*)"')


def test_from_the_list_to_the_suggestion_in_four_clicks(
    services: Services, people: People, sign_in: SignIn
) -> None:
    client = sign_in(people.coordinator)
    answer = post(client, "/coordinator/templates", FORM)
    page = answer.headers["location"]
    assert f'href="{page}"' in client.get("/coordinator/templates").text
    shown = client.get(f"{page}?count=1&status=&sector=&session=&graduation=").text
    form = shown[shown.index(f'action="{page}/suggest"') :]
    sent = dict(HIDDEN.findall(form[: form.index("</form>")]))
    assert sent["expected"] == "2"
    assert post(client, f"{page}/suggest", sent).status_code == 303
    with services.database.reading() as session:
        assert len(session.exec(select(PlanSuggestion)).all()) == 2
    path = sign_in(people.youth).get("/youth/path").text
    assert "target=certification%3ASAA" in path
    assert "함께 가요." in path


@pytest.mark.parametrize(
    ("field", "value"),
    [
        ("name", ""),
        ("name", "가" * 81),
        ("target", "opening:1"),
        ("target", "certification:XXX"),
        ("weekly_hours", "0"),
        ("weekly_hours", "41"),
        ("weekly_hours", "여덟"),
        ("finish_by", "2027-02-29"),
        ("finish_by", "2020-01-01"),
        ("note", "900101-1234567"),
    ],
)
def test_bad_input_is_told_at_the_field_and_nothing_typed_is_lost(
    services: Services, people: People, sign_in: SignIn, field: str, value: str
) -> None:
    answer = post(sign_in(people.coordinator), "/coordinator/templates", FORM | {field: value})
    assert answer.status_code == 422
    assert f'href="#f-{field}"' in answer.text
    kept = "note" if field != "note" else "name"
    assert FORM[kept] in answer.text
    with services.database.reading() as session:
        assert session.exec(select(PlanTemplate)).all() == []


@pytest.mark.parametrize(
    "query", ["graduation=12", "session=x", "status=rich", "sector=gold", "count=11"]
)
def test_a_strange_cohort_is_told(
    services: Services, people: People, sign_in: SignIn, query: str
) -> None:
    with services.database.writing() as session:
        row = factories.plan_template(session, people.coordinator.organisation_id)
        path = f"/coordinator/templates/{row.id}"
    answer = sign_in(people.coordinator).get(
        f"{path}?count=1&{query}" if "count" not in query else f"{path}?{query}"
    )
    assert answer.status_code == 422
    assert 'id="errors"' in answer.text
