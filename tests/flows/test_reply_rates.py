"""How partners answer, as young people see it, and what it does to the order of their list."""

import contextlib
from datetime import timedelta
from typing import Any

import pytest
from sqlalchemy import event
from sqlmodel import Session, col, select

from matcher.flows import partner_desk, recommend
from matcher.matching import reply_rates
from matcher.matching.cards import Wanted
from matcher.matching.window import Window
from matcher.ranking.answering import ReplyRate
from matcher.wiring import Services
from models.application import Application, ApplicationEvent, ApplicationState
from models.interview import Interview, InterviewMode, InterviewSlot, InterviewState
from models.opening import Opening
from models.trail import Exposure
from tests import factories
from tests.conftest import SignIn, address_of, make_services
from tests.factories import NOW
from tests.partner_desk import OPERATION, Scene, actor, looking, set_scene, working
from tests.people import People

S = ApplicationState


@pytest.fixture
def scene(services: Services, people: People) -> Scene:
    return set_scene(services, people)


def history(
    session: Session, opening_id: int, ends: list[tuple[int, str]], *, ago: int = 60
) -> None:
    """Applications of new people: (days until the end, the state reached or "lapsed" or "")."""
    for number, (days, end) in enumerate(ends):
        account = factories.account(session, f"old{opening_id}-{number}@example.com")
        youth = factories.youth(session, account.id)
        began = NOW - timedelta(days=ago)
        state = S.CLOSED if end == "lapsed" else S(end) if end else S.SENT
        row = factories.application(session, opening_id, youth.id, state=state, created_at=began)
        if end:
            factories.add(
                session,
                ApplicationEvent(
                    application_id=row.id,
                    from_state="sent",
                    to_state=state.value,
                    actor_role="youth" if end == "withdrawn" else "partner",
                    reason="answer_time_passed" if end == "lapsed" else "",
                    at=began + timedelta(days=days),
                ),
            )


SLOW: list[tuple[int, str]] = [(20, "refused")] * 4 + [(21, "lapsed")] * 2


def rate(services: Services, organisation_id: int | None) -> ReplyRate:
    with services.database.reading() as session:
        return reply_rates.rates_of(session, [organisation_id or 0], NOW)[organisation_id or 0]


def test_answers_lapses_and_what_still_waits_make_the_rate(
    services: Services, people: People, scene: Scene
) -> None:
    ends = [(2, "interview"), (4, "refused"), (6, "offered"), (21, "lapsed"), (20, "refused")]
    with services.database.writing() as session:
        history(session, scene.opening_id, [*ends, (5, "withdrawn"), (0, "")])
        history(session, scene.foreign_opening_id, SLOW)
    found = rate(services, people.partner.organisation_id)
    # By hand: 7 wait; 6/7 left on day 2, 5/6 on day 4, then one withdraws, 3/4 on day 6.
    assert (found.decided, found.lapses, found.median_days) == (5, 1, 20)
    assert found.in_time == pytest.approx(1 - 6 / 7 * 5 / 6 * 3 / 4)


def test_what_is_older_than_a_year_counts_no_more(
    services: Services, people: People, scene: Scene
) -> None:
    with services.database.writing() as session:
        history(session, scene.opening_id, SLOW, ago=366)
    assert rate(services, people.partner.organisation_id) == ReplyRate(0, 0.0, None, 0)


def test_an_interview_the_partner_did_not_hold_counts_as_a_promise_not_kept(
    services: Services, people: People, scene: Scene
) -> None:
    with services.database.writing() as session:
        history(session, scene.opening_id, [(1, "interview")] * 5)
        row = factories.application(session, scene.opening_id, people.youth.youth_id)
        slot = factories.add(
            session,
            InterviewSlot(
                opening_id=scene.opening_id, starts_at=NOW - timedelta(days=3), minutes=30,
                mode=InterviewMode.PHONE, account_id=people.partner.account_id, created_at=NOW,
            ),
        )  # fmt: skip
        factories.add(
            session,
            Interview(
                application_id=row.id, slot_id=slot.id, state=InterviewState.NOT_HELD,
                created_at=NOW, updated_at=NOW,
            ),
        )  # fmt: skip
    assert rate(services, people.partner.organisation_id).lapses == 1


def listed(services: Services, people: People) -> recommend.OpeningList:
    with working(services, people.youth) as unit:
        return recommend.openings_list(unit, actor(people.youth), Wanted())


def slow(services: Services, opening_id: int) -> None:
    with services.database.writing() as session:
        history(session, opening_id, SLOW)


def test_a_slow_partner_sinks_by_the_figure_beside_it_and_keeps_score_and_rank(
    services: Services, people: People, scene: Scene
) -> None:
    first, second = listed(services, people).rows
    before = {row.card.id: (row.score, row.rank) for row in (first, second)}
    slow(services, first.card.id)
    rows = listed(services, people).rows
    assert [row.card.id for row in rows] == [second.card.id, first.card.id]
    assert {row.card.id: (row.score, row.rank) for row in rows} == before
    assert [row.lower for row in rows] == [0.0, 0.44]
    assert rows[0].rate is not None
    assert not rows[0].rate.is_known


def test_page_and_api_have_the_same_order_and_the_exposure_keeps_the_figure(
    services: Services, people: People, scene: Scene
) -> None:
    late = listed(services, people).rows[0].card.id
    slow(services, late)
    page = [(row.card.id, row.lower) for row in listed(services, people).rows]
    with working(services, people.youth) as unit:
        view = recommend.ranked(unit, actor(people.youth), Window(0, 20))
    assert [(each["id"], each["listed_lower"]) for each in view.items] == page
    with services.database.reading() as session:
        shown = session.exec(select(Exposure).where(Exposure.subject == "opening")).all()
    assert [len(row.items[0]) for row in shown] == [5, 5, 5]
    for row in shown[1:]:
        last = row.items[-1]
        assert (last[0], last[1], last[4], last[5:]) == (late, 1, 2, [0.44])


def test_a_history_of_one_below_five_changes_nothing(
    services: Services, people: People, scene: Scene
) -> None:
    before = [row.card.id for row in listed(services, people).rows]
    with services.database.writing() as session:
        history(session, before[0], SLOW[:4])
    rows = listed(services, people).rows
    assert ([row.card.id for row in rows], {row.lower for row in rows}) == (before, {0.0})


def test_the_partner_sees_its_own_rate_as_young_people_do(
    services: Services, people: People, scene: Scene, sign_in: SignIn
) -> None:
    slow(services, scene.opening_id)
    with looking(services, people.partner) as unit:
        desk = partner_desk.desk(unit, actor(people.partner), OPERATION)
    assert (desk.rate.decided, desk.listed_lower) == (6, 0.44)
    home = sign_in(people.partner).get("/partner").text
    youth = sign_in(people.youth)
    seen = youth.get(f"/youth/openings/{scene.opening_id}").text
    assert "약속한 날 안에 0% 답했습니다." in home
    assert "0.44점만큼 아래에 놓습니다" in home
    assert ("약속한 날 안에 0% 답해요" in seen, "0.44점만큼 아래에 놓았어요" in seen) == (
        True,
        True,
    )
    new = youth.get(f"/youth/openings/{scene.foreign_opening_id}").text
    assert ("답변 기록이 아직 적어요" in new, "점만큼 아래에" in new) == (True, False)
    assert "답이 늦는 기업의 자리" in youth.get("/model").text


def test_rates_of_many_take_as_many_queries_as_of_one(
    services: Services, people: People, scene: Scene
) -> None:
    counted: list[str] = []

    def queries(ids: list[Any]) -> int:
        with services.database.reading() as session:
            counted.clear()
            reply_rates.rates_of(session, ids, NOW)
            return len(counted)

    def note(*args: Any) -> None:
        counted.extend(args[2:3] if args[2].startswith("SELECT") else ())

    event.listen(services.database.engine, "before_cursor_execute", note)
    one = queries([people.partner.organisation_id])
    assert queries(list(range(1, 50))) == one == 4
    assert queries(list(range(1, 50))) == 3
    event.remove(services.database.engine, "before_cursor_execute", note)


CHANGES = ("a step", "an application", "a shorter promise", "an erased step", "an undone step")


@pytest.mark.parametrize("change", CHANGES)
def test_what_is_kept_of_the_rates_follows_every_change(
    services: Services, people: People, scene: Scene, change: str
) -> None:
    firm, other = people.partner.organisation_id or 0, people.other_partner.organisation_id or 0
    with services.database.writing() as session:
        history(session, scene.opening_id, [*[(3, "refused")] * 6, (20, "refused"), (0, "")])
        history(session, scene.foreign_opening_id, SLOW)
    before = both(services, firm, other)
    with contextlib.suppress(Undone), services.database.writing() as session:
        _change(session, scene.opening_id, change)
        session.flush()  # the rates inside of the change see it
        inside = reply_rates.rates_of(session, [firm, other], NOW)
        if change == "an undone step":
            raise Undone
    if change == "an undone step":
        with services.database.writing() as session:  # the same number, another step
            _step(session, scene.opening_id, "refused", days=30)
    cold = make_services(address_of(services))
    after = both(services, firm, other)
    assert after == both(cold, firm, other)
    assert inside != before
    assert (after[firm] != before[firm], after[other]) == (True, before[other])
    cold.close()


class Undone(Exception):
    pass


def both(services: Services, firm: int, other: int) -> dict[int, ReplyRate]:
    with services.database.reading() as session:
        return reply_rates.rates_of(session, [firm, other], NOW)


def _change(session: Session, opening_id: int, change: str) -> None:
    if change in ("a step", "an undone step"):
        _step(session, opening_id, "refused", days=2)
    elif change == "an application":
        account = factories.account(session, "new@example.com")
        youth = factories.youth(session, account.id)
        began = NOW - timedelta(days=40)
        factories.application(session, opening_id, youth.id, created_at=began)
    elif change == "a shorter promise":
        row = session.get_one(Opening, opening_id)
        row.answer_days, row.version = 2, row.version + 1
    else:
        session.delete(_steps(session, opening_id)[0])


def _step(session: Session, opening_id: int, end: str, days: int) -> None:
    """For the one that still waits."""
    row = _waiting(session, opening_id)
    role = "youth" if end == "withdrawn" else "partner"
    session.add(
        ApplicationEvent(
            application_id=row.id or 0, from_state="sent", to_state=end, actor_role=role,
            at=row.created_at + timedelta(days=days),
        )
    )  # fmt: skip


def _steps(session: Session, opening_id: int) -> list[ApplicationEvent]:
    own = select(Application.id).where(Application.opening_id == opening_id)
    found = select(ApplicationEvent).where(col(ApplicationEvent.application_id).in_(own))
    return list(session.exec(found.order_by(col(ApplicationEvent.id))))


def _waiting(session: Session, opening_id: int) -> Application:
    found = select(Application).where(Application.opening_id == opening_id)
    return session.exec(found.where(Application.state == S.SENT)).one()
