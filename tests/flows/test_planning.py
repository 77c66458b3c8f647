"""Ways to a target on real rows: what they promise is possible, and worth what they say."""

import json
from collections.abc import Callable
from datetime import date, timedelta
from random import Random

import pytest
from sqlmodel import select
from typer.testing import CliRunner, Result

from matcher.catalogue.certifications import load_programme
from matcher.cli import app
from matcher.flows import certifications, skills
from matcher.matching import crowd, planner, replanner
from matcher.matching.crowd import Crowd, crowd_in
from matcher.matching.plan_json import as_json
from matcher.matching.plan_rows import keep
from matcher.matching.plan_views import Paths, PlanView, StepView, Terms, Wishes
from matcher.matching.pool import pools_of
from matcher.matching.standing import standing_of
from matcher.policy.timetable import Run, overlap, slots_of
from matcher.refusal import Invalid, NotFound
from matcher.store import plans
from matcher.wiring import Services
from models.certification import AttemptState, CertificationRecord
from models.course import CourseSession
from models.opening import Opening, OpeningState
from models.plan import PlanKind, PlanTarget, SubsidyCovers
from models.skill import Rater
from models.voucher import VoucherState
from models.youth import YouthProfile
from tests import factories
from tests.conftest import address_of
from tests.matching_desk import actor_of, course, gained, run, stock
from tests.people import People

TERMS = Terms(usd_krw=1450, vat_percent=10, pass_rate_percent=70)
TODAY = factories.TODAY
SQL = ("skill:sql",)


def ask(target: PlanTarget, *refs: object, **values: object) -> Wishes:
    given: dict[str, object] = {"weekly_hours": 10, "most": 2} | values
    return Wishes(target, tuple(str(ref) for ref in refs), **given)  # type: ignore[arg-type]


def ways(services: Services, youth_id: int, wishes: Wishes, limit: float = 20.0) -> Paths:
    with services.reading() as unit:
        return planner.paths(unit.session, None, youth_id, wishes, TERMS, unit.today, limit)


@pytest.fixture
def market(services: Services, people: People) -> list[int]:
    return stock(services, people.partner.organisation_id or 0, people.youth.youth_id or 0)


def test_a_plan_to_an_opening_brings_every_must_by_its_day(
    services: Services, people: People, market: list[int]
) -> None:
    by = TODAY + timedelta(days=400)
    found = ways(
        services, people.youth.youth_id or 0,
        ask(PlanTarget.OPENING, market[0], by=by, nice=SQL),
    )  # fmt: skip
    fastest = found.best(PlanKind.FASTEST)
    assert fastest is not None
    assert {step.id for step in fastest.steps} == {"SAA-C03", "sql:2"}
    assert fastest.finish <= by
    assert fastest.slack_days == (by - fastest.finish).days
    assert fastest.gap == 0
    assert (fastest.score_before or 0) < (fastest.score_after or 0)


def test_score_and_rank_of_each_milestone_are_those_after_really_recording_it(
    services: Services, people: People, market: list[int], monkeypatch: pytest.MonkeyPatch
) -> None:
    """Bit for bit, on the same day and the same pool."""
    monkeypatch.setattr(crowd, "LEAST", 1)
    youth_id, actor = people.youth.youth_id or 0, actor_of(people.youth)
    wishes = ask(PlanTarget.OPENING, market[0], by=TODAY + timedelta(days=400))
    plan = ways(services, youth_id, wishes).best(PlanKind.STRONGEST)
    assert plan is not None
    for step in plan.steps:
        with services.writing(actor) as unit:
            if step.kind == "exam":
                attempt = certifications.Attempt("SAA", AttemptState.PASSED, TODAY)
                certifications.record(unit, actor, attempt)
            else:
                slug, _colon, level = step.id.partition(":")
                skills.claim(unit, actor, skills.SkillClaim(slug, int(level)))
        with services.reading(actor) as unit:
            standing = standing_of(unit.session, None, youth_id, unit.today)
            assert standing.places[market[0]].score == step.score_after
            opening = standing.opening(market[0])
            assert opening is not None
            pool = pools_of(unit.session, [opening], standing.context, unit.today)[opening.id]
            now = standing.tried([]).exact(0, opening.id)
            assert crowd_in(pool, youth_id, now) == Crowd(step.rank_after or 0, plan.of or 0)


def test_a_course_session_is_planned_with_its_seat_fee_and_slots(
    services: Services, people: People, market: list[int]
) -> None:
    with services.database.writing() as session:
        made = course(session, people.coordinator.organisation_id or 0, fee_krw=30_000)
        gained(session, made.id or 0, "sql", 0, 3)
        free = run(session, made.id or 0)
        full = run(session, made.id or 0, taken=2, starts_on=date(2026, 12, 1))
    wishes = ask(PlanTarget.OPENING, market[0], weekly_hours=40, by=date(2028, 1, 1))
    plan = ways(services, people.youth.youth_id or 0, wishes).best(PlanKind.STRONGEST)
    assert plan is not None
    taken = next(step for step in plan.steps if step.kind == "course")
    assert taken.id == str(free.id) != str(full.id)
    assert (taken.start, taken.end, taken.krw) == (free.starts_on, free.ends_on, 30_000)
    assert any(line.currency == "KRW" and line.amount == 30_000 for line in plan.costs)


def test_a_level_the_university_confirmed_rises_only_by_its_word(
    services: Services, people: People, market: list[int]
) -> None:
    youth_id = people.youth.youth_id or 0
    with services.database.writing() as session:
        factories.skill_record(
            session, youth_id, "sql", level=1, rater=Rater.COORDINATOR, verification=2
        )
    wishes = ask(PlanTarget.OPENING, market[0], by=date(2028, 1, 1), nice=SQL)
    plan = ways(services, youth_id, wishes).best(PlanKind.FASTEST)
    assert plan is not None
    step = next(each for each in plan.steps if each.id == "sql:2")
    assert step.kind == "project"
    assert any("확인" in note for note in step.notes)


def test_a_level_a_test_showed_is_named_as_out_of_reach(
    services: Services, people: People, market: list[int]
) -> None:
    youth_id = people.youth.youth_id or 0
    with services.database.writing() as session:
        factories.skill_record(session, youth_id, "sql", level=1, rater=Rater.TEST, verification=3)
    found = ways(
        services, youth_id, ask(PlanTarget.OPENING, market[0], by=date(2028, 1, 1), nice=SQL)
    )
    assert found.plans == ()
    assert [each.rule for each in found.refusals] == ["test_counts"]


def test_nothing_fits_and_each_smallest_change_does(
    services: Services, people: People, market: list[int]
) -> None:
    """Taken at its word, every relaxation gives a plan, and a little less of it gives none."""
    youth_id = people.youth.youth_id or 0
    tight = {"by": TODAY + timedelta(days=40), "budget_krw": 500_000}
    found = ways(services, youth_id, ask(PlanTarget.OPENING, market[0], **tight))
    assert found.plans == ()
    by_change = {each.change: each for each in found.relaxations}
    weeks, hours = by_change["weeks"].amount, by_change["hours"].amount
    later = tight | {"by": tight["by"] + timedelta(weeks=weeks)}  # type: ignore[operator]
    assert ways(services, youth_id, ask(PlanTarget.OPENING, market[0], **later)).plans
    sooner = tight | {"by": tight["by"] + timedelta(weeks=weeks - 1)}  # type: ignore[operator]
    assert not ways(services, youth_id, ask(PlanTarget.OPENING, market[0], **sooner)).plans
    more = ask(PlanTarget.OPENING, market[0], weekly_hours=int(hours), **tight)
    assert ways(services, youth_id, more).plans
    less = ask(PlanTarget.OPENING, market[0], weekly_hours=int(hours) - 1, **tight)
    assert not ways(services, youth_id, less).plans


def test_a_budget_below_the_exam_says_how_much_is_missing(
    services: Services, people: People, market: list[int]
) -> None:
    wishes = ask(PlanTarget.CERTIFICATION, "SAA", budget_krw=200_000)
    found = ways(services, people.youth.youth_id or 0, wishes)
    assert found.plans == ()
    # 150 dollars at 1,450 won with a tenth of tax.
    missing = next(each for each in found.relaxations if each.change == "budget")
    assert missing.amount == 239_250 - 200_000
    assert missing.unit == "KRW"


def test_zero_hours_a_week_is_answered_with_the_hours_it_takes(
    services: Services, people: People, market: list[int]
) -> None:
    found = ways(
        services, people.youth.youth_id or 0, ask(PlanTarget.CERTIFICATION, "SAA", weekly_hours=0)
    )
    assert found.plans == ()
    assert [each.change for each in found.relaxations] == ["hours"]


def test_a_retired_certificate_is_refused_with_its_rule_and_source(
    services: Services, people: People
) -> None:
    found = ways(services, people.youth.youth_id or 0, ask(PlanTarget.CERTIFICATION, "MLS"))
    assert found.plans == ()
    assert [each.rule for each in found.refusals] == ["exam_ended"]
    assert found.refusals[0].source.startswith("https://")


def test_korean_ends_and_english_is_the_way_out(services: Services, people: People) -> None:
    """The CloudOps exam has no Korean any more since 2026-11-19."""
    only = ask(PlanTarget.CERTIFICATION, "SOA", languages=("ko",))
    found = ways(services, people.youth.youth_id or 0, only)
    assert found.plans == ()
    assert "language_ended" in [each.rule for each in found.refusals]
    assert [(each.change, each.detail) for each in found.relaxations] == [("language", "en")]
    both = ways(services, people.youth.youth_id or 0, ask(PlanTarget.CERTIFICATION, "SOA"))
    assert both.plans


def test_a_minor_needs_a_guardian_s_consent(services: Services, people: People) -> None:
    minor = ask(PlanTarget.CERTIFICATION, "CLF", is_minor=True)
    found = ways(services, people.youth.youth_id or 0, minor)
    assert found.plans == ()
    assert [each.rule for each in found.refusals] == ["guardian_consent"]
    assert [each.change for each in found.relaxations] == ["guardian_consent"]


def test_the_code_of_an_earlier_pass_halves_the_fee(services: Services, people: People) -> None:
    youth_id, actor = people.youth.youth_id or 0, actor_of(people.youth)
    with services.writing(actor) as unit:
        passed = certifications.Attempt("CLF", AttemptState.PASSED, date(2026, 6, 1))
        certifications.record(unit, actor, passed)
    plan = ways(services, youth_id, ask(PlanTarget.CERTIFICATION, "SAA")).best(PlanKind.CHEAPEST)
    assert plan is not None
    assert [(line.amount, line.currency) for line in plan.costs] == [(75.0, "USD")]


def test_what_fits_only_with_the_code_of_another_exam_is_found_too(
    services: Services, people: People
) -> None:
    """DOP costs 300 dollars, or 150 after a pass that costs 100: a budget of 250 dollars is enough
    and nothing is to be given up."""
    thrift = ask(
        PlanTarget.CERTIFICATION, "DOP", weekly_hours=20, budget_krw=TERMS.won(250),
        by=date(2028, 6, 1),
    )  # fmt: skip
    found = ways(services, people.youth.youth_id or 0, thrift)
    assert found.relaxations == ()
    cheapest, fastest = found.best(PlanKind.CHEAPEST), found.best(PlanKind.FASTEST)
    assert cheapest is not None
    assert fastest is not None
    assert cheapest.total_krw == TERMS.won(100) + TERMS.won(300) // 2
    assert len(cheapest.steps) == 2


def test_practice_tests_near_the_passing_line_shorten_the_study(
    services: Services, people: People
) -> None:
    youth_id = people.youth.youth_id or 0
    wishes = ask(PlanTarget.CERTIFICATION, "SAA")
    before = ways(services, youth_id, wishes).best(PlanKind.FASTEST)
    with services.database.writing() as session:
        factories.practice_score(
            session, youth_id, certification="SAA", exam_code="SAA-C03", percent=72
        )
    after = ways(services, youth_id, wishes).best(PlanKind.FASTEST)
    assert before is not None
    assert after is not None
    assert (before.total_hours, after.total_hours) == (150.0, 60.0)


def test_a_slower_pace_loses_a_voucher_that_lapses_and_says_the_price(
    services: Services, people: People
) -> None:
    youth_id, actor = people.youth.youth_id or 0, actor_of(people.youth)
    with services.database.writing() as session:
        factories.voucher(
            session, people.coordinator.organisation_id, "SECRET-1", state=VoucherState.ASSIGNED,
            youth_id=youth_id, expires_on=date(2027, 1, 31), assigned_at=factories.NOW,
        )  # fmt: skip
    wishes = ask(PlanTarget.CERTIFICATION, "CLF", weekly_hours=20)
    plan = ways(services, youth_id, wishes).best(PlanKind.CHEAPEST)
    assert plan is not None
    assert (plan.total_krw, plan.steps[0].costs[0].amount) == (0, 0.0)
    with services.database.writing() as session:
        row = keep(session, youth_id, wishes, plan, "", factories.NOW)
        rows = plans.steps(session, row.id or 0)
        (slow,) = replanner.again(session, actor, row, rows, 2, TERMS, TODAY)
        (same,) = replanner.again(session, actor, row, rows, 20, TERMS, TODAY)
    assert slow.end > date(2027, 1, 31)
    assert (slow.krw, slow.costs[0].amount) == (TERMS.won(100), 100.0)
    assert (same.end, same.krw) == (plan.steps[0].end, 0)


def test_a_must_left_out_is_not_called_a_nice_to_have(
    services: Services, people: People, market: list[int]
) -> None:
    """Python 4 is asked of the third opening besides the certificate."""
    soon = ask(PlanTarget.OPENING, market[2], by=TODAY + timedelta(days=106))
    found = ways(services, people.youth.youth_id or 0, soon)
    dropped = [each for each in found.relaxations if each.change.startswith("drop")]
    assert [(each.change, each.detail) for each in dropped] == [("drop_must", "certification:SAA")]


def test_a_retiring_exam_that_ends_too_soon_is_told_with_its_source(
    services: Services, people: People
) -> None:
    """Advanced Networking ends on 2026-12-31."""
    found = ways(services, people.youth.youth_id or 0, ask(PlanTarget.CERTIFICATION, "ANS"))
    assert found.plans == ()
    assert [each.rule for each in found.refusals] == ["ends_too_soon"]
    assert found.refusals[0].source.startswith("https://aws.amazon.com/")


def test_a_subsidy_counts_only_where_it_covers_vendor_exams(
    services: Services, people: People
) -> None:
    with services.database.writing() as session:
        factories.subsidy(
            session, people.centre.organisation_id or 0, covers=SubsidyCovers.EXAM,
            vendor_exams=False, cap_krw=100_000,
        )  # fmt: skip
    wishes = ask(PlanTarget.CERTIFICATION, "CLF")
    plain = ways(services, people.youth.youth_id or 0, wishes).best(PlanKind.CHEAPEST)
    with services.database.writing() as session:
        factories.subsidy(
            session, people.centre.organisation_id or 0, covers=SubsidyCovers.EXAM,
            vendor_exams=True, cap_krw=100_000,
        )  # fmt: skip
    aided = ways(services, people.youth.youth_id or 0, wishes).best(PlanKind.CHEAPEST)
    assert plain is not None
    assert aided is not None
    assert plain.total_krw - aided.total_krw == 100_000
    assert [line.amount for line in aided.costs if line.currency == "KRW"] == [-100_000]


def test_unknown_targets_are_refused_by_name(
    services: Services, people: People, market: list[int]
) -> None:
    youth_id = people.youth.youth_id or 0
    with pytest.raises(NotFound):
        ways(services, youth_id, ask(PlanTarget.OPENING, 10**8))
    with pytest.raises(Invalid):
        ways(services, youth_id, ask(PlanTarget.ROLE, "astronaut"))
    with pytest.raises(Invalid):
        ways(services, youth_id, ask(PlanTarget.CERTIFICATION, "XYZ"))


def test_what_is_met_already_needs_no_plan(services: Services, people: People) -> None:
    youth_id, actor = people.youth.youth_id or 0, actor_of(people.youth)
    with services.writing(actor) as unit:
        passed = certifications.Attempt("CLF", AttemptState.PASSED, date(2026, 6, 1))
        certifications.record(unit, actor, passed)
    found = ways(services, youth_id, ask(PlanTarget.CERTIFICATION, "CLF"))
    assert found.is_there


def impossible(step: StepView, sessions: dict[int, CourseSession]) -> str:
    """Why a step cannot be, or nothing."""
    if step.start > step.end or step.start < TODAY:
        return "days out of order"
    if step.kind == "exam":
        exam, code = load_programme().exam(step.id), "ko" if "한국어" in step.notes else "en"
        return "" if exam.is_offered(step.end, code) else f"not offered in {code} on {step.end}"
    if step.kind == "course":
        row = sessions[int(step.id)]
        return "" if row.taken < row.seats and row.applications_close_on >= TODAY else "no seat"
    return ""


def clashing(plan: PlanView, sessions: dict[int, CourseSession]) -> bool:
    rows = [sessions[int(step.id)] for step in plan.steps if step.kind == "course"]
    runs = [Run(each.starts_on, each.ends_on, slots_of(each.weekly_slots)) for each in rows]
    return any(overlap(a, b) for place, a in enumerate(runs) for b in runs[place + 1 :])


def test_no_plan_for_anybody_of_the_demo_is_impossible(demo_services: Services) -> None:
    draw, seen = Random(4), 0
    with demo_services.reading() as unit:
        people = [each.id or 0 for each in unit.session.exec(select(YouthProfile)).all()]
        rows = unit.session.exec(select(CourseSession)).all()
        sessions = {each.id or 0: each for each in rows}
        held = {row[0] for row in unit.session.execute(select(CertificationRecord.youth_id))}
        openings = [
            each.id or 0
            for each in unit.session.exec(select(Opening)).all()
            if each.state is OpeningState.PUBLISHED and each.closes_on >= TODAY
        ]
        assert held
        for _turn in range(40):
            target = draw.choice(
                [
                    (PlanTarget.OPENING, draw.choice(openings)),
                    (PlanTarget.CERTIFICATION, draw.choice(("SAA", "DVA", "DOP", "SOA", "AIF"))),
                ]
            )
            wishes = ask(*target, weekly_hours=draw.choice((6, 12, 20)), by=date(2028, 3, 1))
            found = planner.paths(
                unit.session, None, draw.choice(people), wishes, TERMS, unit.today, 20.0
            )
            assert found.plans or found.relaxations or found.refusals or found.is_there
            for plan in found.plans:
                seen += 1
                own = [step for step in plan.steps if "이미 듣고 있어요" not in step.notes]
                assert [why for step in own if (why := impossible(step, sessions))] == []
                assert not clashing(plan, sessions)
                assert plan.finish <= date(2028, 3, 1)
                scores = [
                    plan.score_before or 0.0,
                    *(step.score_after or 0.0 for step in plan.steps),
                ]
                assert scores == sorted(scores), "more proof never lowers a score"
    assert seen > 60


Command = Callable[..., Result]


@pytest.fixture
def command(services: Services, monkeypatch: pytest.MonkeyPatch) -> Command:
    monkeypatch.setenv("DATABASE_URL", address_of(services))
    monkeypatch.setenv("OREUM_TODAY", TODAY.isoformat())
    return lambda *words: CliRunner().invoke(app, list(words))


def test_the_command_gives_the_same_plan_as_json(
    services: Services, people: People, market: list[int], command: Command
) -> None:
    youth = people.youth.youth_id or 0
    result = command(
        "plan", "--youth", str(youth), "--opening", str(market[0]), "--hours", "8",
        "--budget", "300000", "--by", "2027-12-01", "--format", "json",
    )  # fmt: skip
    assert result.exit_code == 0, result.output
    wishes = ask(
        PlanTarget.OPENING, market[0], weekly_hours=8, budget_krw=300_000, most=1,
        by=date(2027, 12, 1),
    )  # fmt: skip
    given = json.loads(result.stdout)
    assert given == as_json(ways(services, youth, wishes))
    plan = given["plans"][0]
    assert {"kind", "finish", "total_krw", "costs", "hours_per_week", "steps", "gap"} <= plan.keys()
    step = plan["steps"][0]
    asked = {"kind", "id", "start", "end", "hours", "cost", "score_after", "rank_after"}
    assert asked <= step.keys()


def test_the_command_refuses_a_day_gone_by_and_needs_one_target(
    people: People, market: list[int], command: Command
) -> None:
    youth = str(people.youth.youth_id)
    late = command("plan", "--youth", youth, "--certification", "SAA", "--by", "2026-11-20")
    assert late.exit_code == 1
    assert command("plan", "--youth", youth).exit_code == 2
    both = command("plan", "--youth", youth, "--certification", "SAA", "--role", "x")
    assert both.exit_code == 2
