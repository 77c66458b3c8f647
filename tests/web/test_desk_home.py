"""The home of a desk: every number is the length of the list it leads to."""

import re
from collections.abc import Mapping
from datetime import date

import html5lib
import pytest
from sqlmodel import Session

from matcher.wiring import Services
from models.assignment import RoundState
from models.course import EnrolmentState
from models.plan import PlanEventKind, PlanState
from tests import factories
from tests.conftest import SignIn
from tests.coordinator_desk import certificate, course, days, enrolment, run, young
from tests.people import People
from tests.walk import Visitor

NUMBER = re.compile(r"[\d,]+")


def text_of(element: object) -> str:
    return " ".join("".join(element.itertext()).split())  # type: ignore[attr-defined]


def counters(page: str) -> dict[str, int]:
    """Where each counter leads, and its number."""
    root = html5lib.parse(page, namespaceHTMLElements=False)
    return {
        link.get("href"): int(NUMBER.search(text_of(link.find("b")))[0].replace(",", ""))  # type: ignore[index]
        for box in root.iter("div")
        if "tally-side" in (box.get("class") or "")
        for link in box.iter("a")
    }


def number_in_heading(page: str) -> int:
    """The last number of the one heading; 0 when it says that there is nothing."""
    root = html5lib.parse(page, namespaceHTMLElements=False)
    found = NUMBER.findall(text_of(root.find(".//h1")))
    return int(found[-1].replace(",", "")) if found else 0


@pytest.mark.parametrize("role", ["coordinator", "centre"])
def test_every_number_is_the_length_of_the_list_it_leads_to(
    visitors: Mapping[str, Visitor], role: str
) -> None:
    client = visitors[role].client
    found = counters(client.get(f"/{role}").text)
    lengths = {path: number_in_heading(client.get(path).text) for path in found}
    assert lengths == found
    assert len(found) >= 11
    assert sum(n > 0 for n in found.values()) >= 5


def test_each_kind_of_work_raises_its_own_counter(
    services: Services, people: People, sign_in: SignIn
) -> None:
    client = sign_in(people.coordinator)
    before = counters(client.get("/coordinator").text)
    assert set(before.values()) == {0}
    with services.database.writing() as session:
        home, youth_id = people.coordinator.organisation_id, people.youth.youth_id or 0
        certificate(session, youth_id)
        factories.evidence(session, youth_id)
        factories.outcome(session, youth_id)
        factories.outcome(session, youth_id, state="confirmed", started_on=date(2026, 8, 1))
        opening = factories.opening(session, people.partner.organisation_id)
        plan = factories.plan(session, youth_id, [str(opening.id)], state=PlanState.SUBMITTED)
        account_id = people.youth.account_id
        factories.plan_event(session, plan.id or 0, account_id, PlanEventKind.SUBMITTED)
        young(session, "ha.neul", home)
        young(session, "Haneul2", home, affiliation_state="claimed")
        over = run(session, course(session, home).id, days(-30), days(-2), taken=1)
        enrolment(session, over.id, youth_id, EnrolmentState.ENROLLED)
        chosen = run(session, course(session, home).id, days(3), days(30))
        enrolment(session, chosen.id, youth_id, EnrolmentState.APPLIED)
        _proposal(session, home, people.centre.account_id)
    after = counters(client.get("/coordinator").text)
    raised = {path.rpartition("=")[2].rpartition("/")[2] for path, n in after.items() if n}
    assert raised >= {
        "claim", "evidence", "proof", "selecting", "unfinished", "plans", "proposed", "due", "soon",
        "waiting",
    }  # fmt: skip
    for path, n in after.items():
        assert number_in_heading(client.get(path).text) == n, path


def _proposal(session: Session, home: int | None, account_id: int) -> None:
    factories.assignment_round(
        session, home or 0, state=RoundState.PROPOSED, proposed_by_account_id=account_id
    )


def test_pairs_that_may_be_one_person_are_no_work_of_today(
    services: Services, people: People, sign_in: SignIn
) -> None:
    with services.database.writing() as session:
        young(session, "ha.neul", people.coordinator.organisation_id)
        young(session, "Haneul2", people.coordinator.organisation_id)
    page = sign_in(people.coordinator).get("/coordinator").text
    assert counters(page)["/coordinator/duplicates"] > 0
    assert number_in_heading(page) == 0


def test_a_proposed_assignment_waits_for_the_centre_and_not_for_who_proposed_it(
    services: Services, people: People, sign_in: SignIn
) -> None:
    with services.database.writing() as session:
        _proposal(session, people.coordinator.organisation_id, people.coordinator.account_id)
    own = counters(sign_in(people.coordinator).get("/coordinator").text)
    other = counters(sign_in(people.other_coordinator).get("/coordinator").text)
    centre = counters(sign_in(people.centre).get("/centre").text)
    assert own["/coordinator/assignments?show=waiting"] == 0
    assert other["/coordinator/assignments?show=waiting"] == 0
    assert centre["/centre/assignments?show=waiting"] == 1


def test_another_universitys_work_raises_nothing(
    services: Services, people: People, sign_in: SignIn
) -> None:
    with services.database.writing() as session:
        factories.evidence(session, people.far_youth.youth_id or 0)
        factories.outcome(session, people.far_youth.youth_id or 0)
    assert set(counters(sign_in(people.coordinator).get("/coordinator").text).values()) == {0}
    assert sum(counters(sign_in(people.other_coordinator).get("/coordinator").text).values()) == 2
