"""Two who touch one posting at the same instant: terms nobody applied under never change behind
an applicant, and what the clock does happens once."""

from collections.abc import Callable
from dataclasses import replace
from datetime import timedelta

import pytest
from sqlmodel import select

from matcher.flows import applying, importing, papers, posting_checks
from matcher.wiring import Services
from models.account import Role
from models.application import Application, ApplicationEvent, ApplicationState
from models.consent import ConsentPurpose
from models.opening import Opening
from models.outbox import OutboxMail
from models.trail import AuditEntry
from tests import factories
from tests.factories import NOW, TODAY
from tests.flows.test_posting_life import DRAFT, edit, file_of, publish
from tests.partner_desk import actor, working
from tests.people import People, Person
from tests.traps.test_hiring_races import together

ROUNDS = 2
MANY = 500


def newcomer(services: Services, number: int) -> Person:
    with services.database.writing() as session:
        row = factories.account(session, f"applicant{number}@example.com")
        factories.membership(session, row.id, Role.YOUTH)
        youth = factories.youth(session, row.id)
        factories.consent(session, youth.id, ConsentPurpose.SERVICE)
        return Person(row.email, Role.YOUTH, row.id or 0, None, youth.id)


def apply_as(services: Services, person: Person, opening_id: int) -> None:
    with working(services, person) as unit:
        applying.apply(unit, actor(person), opening_id, "", True)


def lines(services: Services, opening_id: int) -> list[str]:
    """What was done about the posting, in the order in which it was committed."""
    with services.database.reading() as session:
        found = session.exec(select(AuditEntry).order_by(AuditEntry.id)).all()  # type: ignore[arg-type]  # a column
        return [
            each.action
            for each in found
            if each.change.get("opening") == opening_id
            or (each.subject == "opening" and each.subject_id == opening_id)
        ]


def race(services: Services, people: People, number: int, change: Callable[[int], object]) -> None:
    """Either the terms changed and then somebody applied, or the change was refused."""
    opening_id = publish(services, people)
    person = newcomer(services, number)
    changed, applied = together(
        lambda: change(opening_id), lambda: apply_as(services, person, opening_id)
    )
    with services.database.reading() as session:
        pay = session.get_one(Opening, opening_id).pay_min_krw
    assert applied == "done"
    assert (pay == 50_000_000) == (changed == "done")
    if changed == "done":
        done = lines(services, opening_id)
        assert done.index("opening:edited") < done.index("application:sent")


@pytest.mark.parametrize(
    "rounds", [ROUNDS, pytest.param(MANY, marks=pytest.mark.slow)], ids=["few", "many"]
)
def test_pay_never_changes_behind_an_applicant(
    any_services: Services, any_people: People, rounds: int
) -> None:
    for number in range(rounds):
        race(
            any_services, any_people, number,
            lambda opening_id: edit(
                any_services, any_people, opening_id, 2, pay_min_krw=50_000_000
            ),
        )  # fmt: skip


def test_taking_a_file_back_never_changes_pay_behind_an_applicant(
    any_services: Services, any_people: People
) -> None:
    for number in range(ROUNDS):
        title = f"공고 {number}"
        opening_id = publish(any_services, any_people, replace(DRAFT, title_ko=title))
        whole = file_of(any_services, any_people, {"pay_min_krw": "50000000"}).splitlines(True)
        # the postings of earlier rounds have applicants, so their pay is locked
        data = b"".join(each for each in whole if each is whole[0] or title.encode() in each)
        with working(any_services, any_people.partner) as unit:
            batch_id = importing.run(unit, "openings", data, f"{number}.csv").batch_id or 0
        person = newcomer(any_services, number)

        def back(batch: int = batch_id) -> None:
            with working(any_services, any_people.partner) as unit:
                importing.revert(unit, batch)

        def send(opening: int = opening_id, who: Person = person) -> None:
            apply_as(any_services, who, opening)

        reverted, applied = together(back, send)
        with any_services.database.reading() as session:
            pay = session.get_one(Opening, opening_id).pay_min_krw
            order = session.exec(select(AuditEntry.action).order_by(AuditEntry.id)).all()  # type: ignore[arg-type]  # a column
        assert (applied, reverted in {"done", "conflict"}) == ("done", True), reverted
        assert (pay is None) == (reverted == "done")
        if reverted == "done":
            newest = len(order) - 1 - order[::-1].index("application:sent")
            assert order.index("import:reverted") < newest


def test_the_clock_asks_once_however_many_run_it(
    any_services: Services, any_people: People
) -> None:
    opening_id = publish(any_services, any_people)
    with any_services.database.writing() as session:
        row = session.get_one(Opening, opening_id)
        row.opens_on, row.published_at = TODAY - timedelta(days=60), NOW - timedelta(days=60)
    run = together(*[lambda: posting_checks.ask_all(any_services)] * 3)
    assert run == ["done"] * 3
    with any_services.database.reading() as session:
        mails = session.exec(select(OutboxMail).where(OutboxMail.template == "still_hiring")).all()
    assert [each.account_id for each in mails] == [any_people.partner.account_id]


def test_a_yes_at_the_moment_of_hiding_leaves_the_posting_listed(
    any_services: Services, any_people: People
) -> None:
    for _round in range(ROUNDS):
        opening_id = publish(any_services, any_people)
        with any_services.database.writing() as session:
            row = session.get_one(Opening, opening_id)
            row.still_hiring_asked_on = TODAY - timedelta(days=30)
            row.still_hiring_reminded_on = TODAY - timedelta(days=14)

        def yes(opening: int = opening_id) -> None:
            with working(any_services, any_people.partner) as unit:
                posting_checks.still_looking(unit, actor(any_people.partner), opening)

        done = together(lambda: posting_checks.ask_all(any_services), yes)
        with any_services.database.reading() as session:
            row = session.get_one(Opening, opening_id)
        assert done == ["done", "done"]
        assert (row.paused_on, row.still_hiring_on) == (None, TODAY)


def test_papers_go_once_however_many_run_it(any_services: Services, any_people: People) -> None:
    with any_services.database.writing() as session:
        opening = factories.opening(session, any_people.partner.organisation_id)
        row = factories.application(
            session, opening.id, any_people.youth.youth_id,
            state=ApplicationState.REFUSED, message="안녕하세요",
        )  # fmt: skip
        session.add(
            ApplicationEvent(
                application_id=row.id or 0, from_state="sent", to_state="refused",
                actor_account_id=any_people.partner.account_id, at=NOW - timedelta(days=181),
            )
        )  # fmt: skip
        number = row.id
    counts: list[int] = []
    done = together(*[lambda: counts.append(papers.destroy_due(any_services))] * 3)
    assert (done, sorted(counts)) == (["done"] * 3, [0, 0, 1])
    with any_services.database.reading() as session:
        assert session.get_one(Application, number).message == ""
