"""The path page over the planner itself: what the page says is what the command says."""

import json
import re
from collections.abc import Callable
from datetime import date, timedelta

import pytest
from sqlmodel import select
from starlette.testclient import TestClient
from typer.testing import CliRunner, Result

from matcher.cli import app
from matcher.wiring import Services
from models.plan import PlanStep
from tests import matching_desk
from tests.conftest import SignIn, address_of, post
from tests.factories import TODAY
from tests.people import People

FIELD = re.compile(r'name="(kind|which|finish|total)" value="([^"]+)"')
Command = Callable[..., Result]


@pytest.fixture
def command(services: Services, monkeypatch: pytest.MonkeyPatch) -> Command:
    monkeypatch.setenv("DATABASE_URL", address_of(services))
    monkeypatch.setenv("OREUM_TODAY", TODAY.isoformat())
    return lambda *words: CliRunner().invoke(app, list(words))


@pytest.fixture
def opening(services: Services, people: People) -> int:
    partner, youth = people.partner.organisation_id or 0, people.youth.youth_id or 0
    return matching_desk.stock(services, partner, youth, openings=1)[0]


@pytest.fixture
def youth(people: People, opening: int, sign_in: SignIn) -> TestClient:
    return sign_in(people.youth)


def shown(client: TestClient, query: str) -> list[tuple[str, ...]]:
    """(kind, place, finish, won) of every plan on the page, in its order."""
    answer = client.get(f"/youth/path?{query}")
    assert answer.status_code == 200
    found = [value for _name, value in FIELD.findall(answer.text)]
    return [tuple(found[at : at + 4]) for at in range(0, len(found), 4)]


def test_page_and_command_give_the_same_plans(
    youth: TestClient, people: People, opening: int, command: Command
) -> None:
    limits = "hours=8&budget=300000&by=2027-12-01&nice=skill:sql"
    on_page = shown(youth, f"target=opening:{opening}&{limits}")
    told = command(
        "plan", "--youth", str(people.youth.youth_id), "--opening", str(opening), "--hours", "8",
        "--budget", "300000", "--by", "2027-12-01", "--nice", "skill:sql", "--most", "3",
        "--format", "json",
    )  # fmt: skip
    plans = json.loads(told.stdout)["plans"]
    assert {each["kind"] for each in plans} == {"fastest", "cheapest", "strongest"}
    assert sorted(on_page) == sorted(
        (each["kind"], str(each["place"]), each["finish"], str(each["total_krw"])) for each in plans
    )


def test_an_accepted_plan_moves_with_its_pace_and_keeps_what_is_done(
    youth: TestClient, services: Services, opening: int
) -> None:
    query = f"target=opening:{opening}&hours=12&budget=&by=2028-06-01&nice=skill:sql"
    kind, which, finish, total = shown(youth, query)[0]
    wish = {"target": f"opening:{opening}", "hours": "12", "by": "2028-06-01", "nice": "skill:sql"}
    chosen = {"kind": kind, "which": which, "finish": finish, "total": total}
    answer = post(youth, "/youth/plans", wish | chosen)
    assert answer.status_code == 303, answer.text
    page = str(answer.headers["location"])
    before = steps_of(services)
    slower = post(youth, f"{page}/pace", {"weekly_hours": "4", "version": "1"})
    assert slower.status_code == 303, slower.text
    later = steps_of(services)
    assert len(later) > 1
    assert all(later[each][1] > before[each][1] for each in before)
    first = min(later)
    done = post(youth, f"{page}/steps/{first}", {"to": "done", "version": "2"})
    assert done.status_code == 303
    assert post(youth, f"{page}/pace", {"weekly_hours": "20", "version": "3"}).status_code == 303
    after = steps_of(services)
    assert after[first] == later[first]
    assert all(after[each][1] < later[each][1] for each in later if each != first)


def test_a_plan_keeps_its_pace_after_the_posting_closed(
    youth: TestClient, services: Services, opening: int
) -> None:
    """The steps are the person's own by then."""
    from models.opening import Opening, OpeningState

    query = f"target=opening:{opening}&hours=12&by=2028-06-01"
    kind, which, finish, total = shown(youth, query)[0]
    chosen = {"kind": kind, "which": which, "finish": finish, "total": total}
    wish = {"target": f"opening:{opening}", "hours": "12", "by": "2028-06-01"}
    page = str(post(youth, "/youth/plans", wish | chosen).headers["location"])
    with services.database.writing() as session:
        row = session.get_one(Opening, opening)
        row.state, row.version = OpeningState.CLOSED, row.version + 1
        session.add(row)
    before = steps_of(services)
    assert post(youth, f"{page}/pace", {"weekly_hours": "6", "version": "1"}).status_code == 303
    after = steps_of(services)
    assert [after[each][1] for each in after] > [before[each][1] for each in before]


def test_a_deadline_of_today_or_before_is_refused_by_its_field(
    youth: TestClient, opening: int
) -> None:
    for day in (TODAY, TODAY - timedelta(days=1)):
        answer = youth.get(f"/youth/path?target=opening:{opening}&hours=8&by={day}")
        assert answer.status_code == 422
        assert 'id="f-by-error"' in answer.text


def steps_of(services: Services) -> dict[int, tuple[date, date]]:
    with services.database.reading() as session:
        rows = session.exec(select(PlanStep).order_by(PlanStep.id)).all()  # type: ignore[arg-type]
        return {each.id or 0: (each.starts_on, each.ends_on) for each in rows}
