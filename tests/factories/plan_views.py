"""A path to an opening with three plans, as the planner would give it."""

from datetime import date
from typing import Any

from matcher.matching.plan_views import (
    CostLine,
    Paths,
    PlanView,
    Refusal,
    Relaxation,
    Risk,
    StepView,
    Terms,
    Wishes,
)
from models.plan import PlanKind, PlanTarget

SAA_FEE = CostLine("SAA 시험 (50% 혜택)", 75.0, "USD", 119_625)
BOOK = CostLine("교재", 60_000.0, "KRW", 60_000)


def wishes(opening_id: int, **values: Any) -> Wishes:
    defaults: dict[str, Any] = {"target": PlanTarget.OPENING, "weekly_hours": 12}
    return Wishes(refs=(str(opening_id),), **(defaults | values))


def step(kind: str, ref: str, title: str, start: date, end: date, **values: Any) -> StepView:
    defaults: dict[str, Any] = {
        "hours": 60.0,
        "hours_low": 40.0,
        "hours_high": 80.0,
        "costs": (),
        "krw": 0,
        "score_after": None,
        "rank_after": None,
        "notes": (),
        "href": "",
    }
    return StepView(kind, ref, title, start, end, **(defaults | values))


def skill() -> StepView:
    return step(
        "study", "docker:3", "컨테이너 3수준", date(2026, 11, 23), date(2026, 12, 13),
        hours=30.0, hours_low=20.0, hours_high=40.0, score_after=3.1, rank_after=8,
    )  # fmt: skip


def exam(end: date = date(2027, 1, 16)) -> StepView:
    return step(
        "exam", "SAA-C03", "SAA 시험", date(2026, 12, 14), end,
        costs=(SAA_FEE,), krw=119_625, score_after=4.0, rank_after=3,
        notes=("한국어, 시험 센터",), href="/youth/certifications/SAA",
    )  # fmt: skip


def course() -> StepView:
    return step(
        "course", "7", "위성데이터 트랙", date(2027, 1, 4), date(2027, 2, 19),
        hours=84.0, hours_low=84.0, hours_high=84.0, costs=(BOOK,), krw=60_000,
        score_after=4.4, rank_after=2, href="/youth/courses/7",
    )  # fmt: skip


def plan(kind: PlanKind, steps: tuple[StepView, ...], **values: Any) -> PlanView:
    last = steps[-1]
    costs = tuple(line for each in steps for line in each.costs)
    defaults: dict[str, Any] = {
        "place": 1,
        "starts_on": steps[0].start,
        "finish": last.end,
        "finish_low": date(2026, 12, 30),
        "finish_high": date(2027, 2, 20),
        "slack_days": 40,
        "total_krw": sum(line.krw for line in costs),
        "total_usd": sum(line.amount for line in costs if line.currency == "USD"),
        "total_won": sum(int(line.amount) for line in costs if line.currency == "KRW"),
        "costs": costs,
        "hours_per_week": 12,
        "total_hours": sum(each.hours for each in steps),
        "steps": steps,
        "risk": Risk(1, 70, 70, 91, date(2027, 2, 1), 119_625),
        "score_before": 2.93,
        "score_after": last.score_after,
        "rank_before": 12,
        "rank_after": last.rank_after,
        "of": 31,
        "gap": 0.0,
    }
    return PlanView(kind=kind, **(defaults | values))


def paths(asked: Wishes, **values: Any) -> Paths:
    late = exam(date(2027, 2, 27))
    defaults: dict[str, Any] = {
        "title": "지상국 데이터 엔지니어",
        "href": f"/youth/openings/{asked.refs[0]}",
        "closes_on": date(2027, 3, 31),
        "plans": (
            plan(PlanKind.FASTEST, (skill(), exam()), hours_per_week=asked.weekly_hours),
            plan(PlanKind.FASTEST, (skill(), late), place=2, hours_per_week=asked.weekly_hours),
            plan(PlanKind.CHEAPEST, (skill(), late), hours_per_week=asked.weekly_hours),
            plan(
                PlanKind.STRONGEST, (skill(), exam(), course()),
                hours_per_week=asked.weekly_hours, gap=0.12, finish_high=None,
            ),
        ),
        "relaxations": (),
        "refusals": (),
        "is_there": False,
        "timed_out": False,
        "terms": Terms(1450, 10, 70),
        "model_version": "prior-1",
    }  # fmt: skip
    return Paths(**(defaults | values))


def impossible(asked: Wishes, **values: Any) -> Paths:
    """Nothing fits: one rule in the way, and the smallest changes of one wish."""
    changes = (
        Relaxation("weeks", 3, "weeks", "", "3주 더 있으면 돼요"),
        Relaxation("budget", 39_625, "KRW", "", "39,625원 더 있으면 돼요"),
        Relaxation("hours", 16, "hours_per_week", "", "한 주에 16시간 쓰면 돼요"),
        Relaxation("drop_nice", 1, "requirement", "skill:sql", "SQL을 빼면 돼요"),
        Relaxation("drop_nice", 1, "requirement", "skill:python", "파이썬을 빼면 돼요"),
    )
    refusal = Refusal(
        "retake_wait", "떨어진 뒤 14일이 지나야 다시 볼 수 있어요.",
        "https://aws.amazon.com/certification/policies/after-testing/", date(2026, 12, 5),
    )  # fmt: skip
    empty: dict[str, Any] = {"plans": (), "relaxations": changes, "refusals": (refusal,)}
    return paths(asked, **(empty | values))
