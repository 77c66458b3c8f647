"""The path planner led to a promised interview; rounds and training that know of promises."""

import json
from datetime import timedelta
from pathlib import Path

import pytest
from sqlmodel import Session
from typer.testing import CliRunner

from matcher.cli import app
from matcher.flows import planning, plans, round_reasons
from matcher.flows.plans import Choice
from matcher.matching.plan_json import as_json
from matcher.matching.plan_views import Paths, Terms, Wishes
from matcher.matching.round_problem import Apart, sides_of
from matcher.refusal import NotFound
from matcher.store import round_people, training_rows
from matcher.wiring import Services
from models.application import (
    ApplicationEvent,
    ApplicationState,
    RefusalReason,
    ShortlistEntry,
    ShortlistState,
)
from models.assignment import AssignmentRound, HardRule
from models.opening import Opening, OpeningState
from models.plan import PlanTarget
from models.promise import TakingState
from tests import factories
from tests.conftest import address_of
from tests.factories import NOW, TODAY
from tests.partner_desk import OPERATION, Scene, actor, looking, set_scene, working
from tests.people import People
from tests.promise_desk import put_promise, put_taking
from tests.round_desk import dry_run, set_round, wished

PLAN = Terms(usd_krw=1450, vat_percent=10, pass_rate_percent=70)


@pytest.fixture
def scene(services: Services, people: People) -> Scene:
    return set_scene(services, people)


def promised(services: Services, scene: Scene, **changed: object) -> int:
    with services.database.writing() as session:
        return put_promise(session, scene.opening_id, **changed).id or 0


def ways(services: Services, people: People, promise_id: int, **more: object) -> Paths:
    wishes = Wishes(PlanTarget.PROMISE, (str(promise_id),), **({"weekly_hours": 30} | more))
    with looking(services, people.youth) as unit:
        return planning.paths(unit, actor(people.youth), wishes, PLAN)


def test_a_path_to_a_promise_ends_by_its_day(
    services: Services, people: People, scene: Scene
) -> None:
    promise_id = promised(services, scene, ref="CLF")
    found = ways(services, people, promise_id)
    day = TODAY + timedelta(days=60)
    assert found.closes_on == day
    assert found.plans
    assert all(each.finish <= day for each in found.plans)
    assert {step.id for each in found.plans for step in each.steps} >= {"CLF-C02"}
    later = ways(services, people, promise_id, by=day + timedelta(days=300))
    assert [each.finish for each in later.plans] == [each.finish for each in found.plans]


def test_a_day_too_near_is_said_and_by_how_many_weeks(
    services: Services, people: People, scene: Scene
) -> None:
    found = ways(services, people, promised(services, scene), weekly_hours=2)
    assert found.plans == ()
    late = [each.words for each in found.relaxations if each.change == "weeks"]
    assert len(late) == 1
    assert late[0].startswith("약속한 날보다")


def test_the_planner_answers_only_for_promises_the_person_may_see(
    services: Services, people: People, scene: Scene
) -> None:
    promise_id = promised(services, scene)
    with services.database.writing() as session:
        session.get_one(Opening, scene.opening_id).state = OpeningState.CLOSED
    with pytest.raises(NotFound):
        ways(services, people, promise_id)
    with services.database.writing() as session:
        put_taking(session, promise_id, people.youth.youth_id or 0)
    assert ways(services, people, promise_id).title.startswith("AWS")


def test_an_accepted_path_to_a_promise_is_kept_and_called_by_it(
    services: Services, people: People, scene: Scene
) -> None:
    promise_id = promised(services, scene, ref="CLF")
    found = ways(services, people, promise_id)
    best = found.plans[0]
    wishes = Wishes(PlanTarget.PROMISE, (str(promise_id),), 30)
    choice = Choice(best.kind, best.place, best.finish.isoformat(), best.total_krw, False)
    with working(services, people.youth) as unit:
        plan_id = plans.accept(unit, actor(people.youth), wishes, choice, found)
    with looking(services, people.youth) as unit:
        view = plans.view(unit, actor(people.youth), plan_id)
    assert "CLF" in view.title
    assert (view.target_href, view.closes_on) == ("/youth/promises", TODAY + timedelta(days=60))


def test_the_command_plans_to_a_promise_as_json(
    services: Services, people: People, scene: Scene, monkeypatch: pytest.MonkeyPatch
) -> None:
    promise_id = promised(services, scene, ref="CLF")
    monkeypatch.setenv("DATABASE_URL", address_of(services))
    monkeypatch.setenv("OREUM_TODAY", TODAY.isoformat())
    words = ("plan", "--youth", str(people.youth.youth_id), "--promise", str(promise_id))
    result = CliRunner().invoke(app, [*words, "--hours", "30", "--format", "json"])
    assert result.exit_code == 0, result.output
    expected = as_json(ways(services, people, promise_id, most=1))
    assert json.loads(result.stdout) == expected
    done = CliRunner().invoke(app, ["promises"])
    assert done.stdout.startswith("0 lapsed")


def test_whoever_claimed_is_not_kept_out_of_a_round_by_its_rules(
    services: Services, people: People
) -> None:
    scene = set_round(services, people, 2, hard_rules=[HardRule.MUST])
    wishing = {each.youth_id or 0: {scene.one: 1} for each in scene.people}
    first = next(iter(wishing))
    with services.database.writing() as session:
        row = session.get_one(AssignmentRound, scene.round_id)
        before = sides_of(session, row, wishing, TODAY)[scene.one]
        promise = put_promise(session, scene.one, ref="CLF")
        put_taking(session, promise.id or 0, first, state=TakingState.CLAIMED)
        after = sides_of(session, row, wishing, TODAY)[scene.one]
    assert before.apart[first] is Apart.MUST
    assert first not in after.apart
    assert after.earned == {first}


def test_the_desk_reads_who_earned_what_was_promised(services: Services, people: People) -> None:
    scene = wished(services, people, 2, hard_rules=[HardRule.MUST])
    with services.database.writing() as session:
        promise = put_promise(session, scene.one, ref="CLF")
        put_taking(
            session, promise.id or 0, scene.people[0].youth_id or 0, state=TakingState.CLAIMED
        )
    dry_run(services, people.coordinator, scene.round_id)
    desk = actor(people.coordinator)
    with services.reading(desk) as unit:
        entries = round_people.entries(unit.session, scene.round_id)
        earned = {
            each.youth_id: round_reasons.why(
                unit, desk, OPERATION, scene.round_id, each.id or 0
            ).earned
            for each in entries
        }
    first, second = (each.youth_id or 0 for each in scene.people)
    assert (earned[first], earned[second]) == ((f"o{scene.one}",), ())


def acts(session: Session) -> set[tuple[int, str]]:
    scope = training_rows.learners(TODAY)
    until = NOW + timedelta(days=1)
    rows = (*training_rows.marked(session, scope, until),
            *training_rows.refused(session, scope, until))  # fmt: skip
    return {(row.item_id, row.act) for row in rows}


def test_passing_somebody_over_is_a_negative_only_when_it_is_about_the_fit(
    services: Services, people: People, scene: Scene
) -> None:
    youth_id = people.youth.youth_id or 0
    with services.database.writing() as session:
        factories.consent(session, youth_id, "learning")
        ids = [scene.opening_id, scene.foreign_opening_id]
        for opening_id, reason in zip(
            ids, (RefusalReason.LACKS_SKILL, RefusalReason.POSITION_FILLED), strict=True
        ):
            mark = ShortlistEntry(
                opening_id=opening_id, youth_id=youth_id, state=ShortlistState.SET_ASIDE,
                reason=reason, account_id=people.partner.account_id, at=NOW,
            )  # fmt: skip
            factories.add(session, mark)
        assert acts(session) == {(ids[0], "set_aside"), (ids[1], "passed_over")}


def test_a_refusal_with_its_reason_is_learned_from_while_consent_lasts(
    services: Services, people: People, scene: Scene
) -> None:
    youth_id = people.youth.youth_id or 0
    with services.database.writing() as session:
        consent = factories.consent(session, youth_id, "learning")
        row = factories.application(
            session, scene.opening_id, youth_id, state=ApplicationState.REFUSED
        )
        line = ApplicationEvent(
            application_id=row.id or 0, from_state="sent", to_state="refused",
            actor_account_id=people.partner.account_id, reason="lacks_certificate", at=NOW,
        )  # fmt: skip
        factories.add(session, line)
        assert acts(session) == {(scene.opening_id, "set_aside")}
        consent.withdrawn_at = NOW
        session.flush()
        assert acts(session) == set()


def test_what_reviewers_wrote_is_not_read_for_training() -> None:
    """The queries of the training rows name no table of reviews."""
    assert "models.review" not in Path(training_rows.__file__).read_text(encoding="utf-8")
