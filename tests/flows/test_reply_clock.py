"""The clock of promised answers: reminders, a few days more, and the end nobody made."""

from datetime import date, timedelta
from typing import Any

import pytest
from sqlmodel import select
from typer.testing import CliRunner

from matcher.cli import app
from matcher.flows import applications_list, applications_partner, partner_digest, reply_clock
from matcher.policy.states import ApplicationAction
from matcher.refusal import Conflict, NotFound
from matcher.wiring import Services
from models.account import Role
from models.application import (
    Application,
    ApplicationEvent,
    ApplicationState,
    ClosingCause,
    LateReason,
    RefusalReason,
)
from models.outbox import OutboxMail
from models.trail import AuditEntry
from tests import factories
from tests.calendar_desk import At
from tests.conftest import address_of
from tests.factories import TODAY
from tests.partner_desk import (
    OPERATION,
    Scene,
    actor,
    employer_consent,
    looking,
    set_scene,
    working,
)
from tests.people import People

PROMISED = TODAY + timedelta(days=5)


@pytest.fixture
def scene(services: Services, people: People) -> Scene:
    return set_scene(services, people)


def applied(services: Services, people: People, opening_id: int, **values: Any) -> int:
    """Of haneul, with its consent; `answer_by` PROMISED unless given."""
    with services.database.writing() as session:
        employer_consent(session, people.youth.youth_id, people.partner.organisation_id)
        row = factories.application(
            session, opening_id, people.youth.youth_id, **({"answer_by": PROMISED} | values)
        )
        return row.id


def digests(services: Services) -> list[OutboxMail]:
    with services.database.reading() as session:
        statement = select(OutboxMail).where(OutboxMail.template == "partner_digest")
        return list(session.exec(statement.order_by(OutboxMail.id)).all())


def row_of(services: Services, number: int) -> Application:
    with services.database.reading() as session:
        return session.get_one(Application, number)


def test_the_partner_is_reminded_three_days_before_and_on_the_day_in_one_mail(
    services: Services, people: People, scene: Scene
) -> None:
    applied(services, people, scene.opening_id)
    with services.database.writing() as session:
        factories.application(
            session, scene.opening_id, people.other_youth.youth_id, answer_by=PROMISED
        )
    days = [TODAY + timedelta(days=n) for n in range(8)]
    written = [partner_digest.write_due(At(services, day)) for day in days]
    again = [partner_digest.write_due(At(services, day)) for day in days]
    assert (written, sum(again)) == ([0, 0, 1, 0, 0, 1, 0, 0], 0)
    mails = digests(services)
    assert {mail.account_id for mail in mails} == {people.partner.account_id}
    (line,) = mails[0].context["lines"]
    assert (line["waiting"], line["answer_by"]) == (2, PROMISED.isoformat())
    assert set(line) == {
        "opening_id", "title_ko", "title_en", "waiting", "overdue", "answer_by", "ends_on",
    }  # fmt: skip


def test_what_was_answered_is_no_longer_reminded_of(
    services: Services, people: People, scene: Scene
) -> None:
    number = applied(services, people, scene.opening_id, state=ApplicationState.UNDER_REVIEW)
    with working(services, people.partner) as unit:
        applications_partner.move(unit, actor(people.partner), number, 1, ApplicationAction.INVITE)
    assert row_of(services, number).answer_by is None
    assert partner_digest.write_due(At(services, PROMISED)) == 0


def test_seven_days_after_the_promised_one_it_ends_and_nobody_refused_anybody(
    services: Services, people: People, scene: Scene
) -> None:
    number = applied(services, people, scene.opening_id)
    on_the_last_day = reply_clock.end_overdue(At(services, PROMISED + timedelta(days=7)))
    assert (on_the_last_day.ended, row_of(services, number).state) == (0, ApplicationState.SENT)
    over = At(services, PROMISED + timedelta(days=8))
    assert [reply_clock.end_overdue(over).ended for _ in range(2)] == [1, 0]
    row = row_of(services, number)
    assert (row.state, row.cause, row.reason, row.answer_by, row.version) == (
        ApplicationState.CLOSED, ClosingCause.ANSWER_TIME_PASSED, None, None, 2,
    )  # fmt: skip
    with services.database.reading() as session:
        (event,) = session.exec(select(ApplicationEvent)).all()
        (mail,) = session.exec(select(OutboxMail)).all()
    assert (event.actor_account_id, event.actor_role, event.reason) == (
        None, Role.PARTNER.value, "answer_time_passed",
    )  # fmt: skip
    assert (mail.account_id, mail.template, mail.context["cause"]) == (
        people.youth.account_id, "application_ended", "answer_time_passed",
    )  # fmt: skip
    assert partner_digest.write_due(over) == 1
    (told,) = digests(services)
    assert [line["count"] for line in told.context["ended"]] == [1]


@pytest.mark.parametrize(
    "state",
    [s for s in ApplicationState if s not in ("sent", "under_review", "interview")],
)
def test_only_what_the_partner_owes_an_answer_lapses(
    services: Services, people: People, scene: Scene, state: ApplicationState
) -> None:
    number = applied(services, people, scene.opening_id, state=state)
    assert reply_clock.end_overdue(At(services, PROMISED + timedelta(days=30))).ended == 0
    assert row_of(services, number).state is state


def test_who_let_it_pass_may_still_answer_by_reviewing_again(
    services: Services, people: People, scene: Scene
) -> None:
    number = applied(services, people, scene.opening_id)
    over = At(services, PROMISED + timedelta(days=8))
    reply_clock.end_overdue(over)
    with over.writing(actor(people.partner)) as unit:
        applications_partner.move(unit, actor(people.partner), number, 2, ApplicationAction.REOPEN)
    row = row_of(services, number)
    assert (row.state, row.cause) == (ApplicationState.UNDER_REVIEW, None)
    assert row.answer_by == PROMISED + timedelta(days=8 + 14)
    assert reply_clock.end_overdue(over).ended == 0


def test_what_ended_with_the_posting_is_not_reopened(
    services: Services, people: People, scene: Scene
) -> None:
    number = applied(
        services, people, scene.opening_id, answer_by=None,
        state=ApplicationState.CLOSED, cause=ClosingCause.OPENING_ENDED,
    )  # fmt: skip
    with pytest.raises(Conflict), working(services, people.partner) as unit:
        applications_partner.move(unit, actor(people.partner), number, 1, ApplicationAction.REOPEN)


def more(services: Services, people: People, number: int, days: int = 7) -> None:
    with working(services, people.partner) as unit:
        reply_clock.ask_more(
            unit, actor(people.partner), number, 1, LateReason.WAITING_FOR_COLLEAGUE, days
        )


def test_more_time_is_given_once_and_the_person_is_told_why_and_until_when(
    services: Services, people: People, scene: Scene
) -> None:
    number = applied(services, people, scene.opening_id)
    more(services, people, number)
    row, new = row_of(services, number), PROMISED + timedelta(days=7)
    assert (row.answer_by, row.late_reason) == (new, LateReason.WAITING_FOR_COLLEAGUE)
    with services.database.reading() as session:
        (mail,) = session.exec(select(OutboxMail)).all()
        audit = session.exec(select(AuditEntry.action)).all()
    assert (mail.account_id, mail.context["answer_by"], mail.context["reason"]) == (
        people.youth.account_id, new.isoformat(), "waiting_for_colleague",
    )  # fmt: skip
    assert audit == ["application:later"]
    with pytest.raises(Conflict):
        more(services, people, number)
    assert reply_clock.end_overdue(At(services, PROMISED + timedelta(days=8))).ended == 0


def test_another_partner_cannot_put_it_off(
    services: Services, people: People, scene: Scene
) -> None:
    number = applied(services, people, scene.opening_id)
    with pytest.raises(NotFound), working(services, people.other_partner) as unit:
        reply_clock.ask_more(unit, actor(people.other_partner), number, 1, LateReason.ON_HOLD, 3)


def test_a_new_no_starts_no_clock_and_reopening_starts_it_anew(
    services: Services, people: People, scene: Scene
) -> None:
    number = applied(services, people, scene.opening_id)
    more(services, people, number)
    with working(services, people.partner) as unit:
        who = actor(people.partner)
        applications_partner.refuse(unit, who, number, 1, RefusalReason.LACKS_SKILL, False)
    assert (row_of(services, number).answer_by, row_of(services, number).late_reason) == (None,) * 2
    with working(services, people.partner) as unit:
        applications_partner.move(unit, actor(people.partner), number, 2, ApplicationAction.REOPEN)
    row = row_of(services, number)
    assert (row.answer_by, row.late_reason) == (TODAY + timedelta(days=14), None)


def test_the_list_puts_the_earliest_promise_first_and_counts_by_stage(
    services: Services, people: People, scene: Scene
) -> None:
    late = applied(services, people, scene.opening_id, answer_by=TODAY - timedelta(days=2))
    with services.database.writing() as session:
        rows = [
            factories.application(session, scene.opening_id, person.youth_id, **values).id
            for person, values in (
                (people.other_youth, {"answer_by": TODAY + timedelta(days=1)}),
                (people.far_youth, {"state": ApplicationState.REFUSED}),
            )
        ]
        for person in (people.other_youth, people.far_youth):
            employer_consent(session, person.youth_id, people.partner.organisation_id)
    with looking(services, people.partner) as unit:
        view = applications_list.of_opening(
            unit, actor(people.partner), OPERATION, scene.opening_id, False
        )
        owed = applications_list.owed(unit, actor(people.partner), OPERATION)
    assert [row.id for row in view.rows] == [late, *rows]
    assert [row.days_left for row in view.rows] == [-2, 1, None]
    assert (view.waiting, view.overdue, view.total) == (2, 1, 3)
    assert [row.id for row in owed] == [late, rows[0]]
    with looking(services, people.other_partner) as unit:
        assert applications_list.owed(unit, actor(people.other_partner), OPERATION) == ()


def test_the_command_ends_and_reminds_and_does_nothing_the_second_time(
    services: Services, people: People, scene: Scene, monkeypatch: pytest.MonkeyPatch
) -> None:
    applied(services, people, scene.opening_id, answer_by=date(2020, 1, 1))
    monkeypatch.setenv("DATABASE_URL", address_of(services))
    said = [CliRunner().invoke(app, ["answers", "--now"]).output for _ in range(2)]
    assert said == [
        "1 ended without an answer, 1 reminders written\n",
        "0 ended without an answer, 0 reminders written\n",
    ]
