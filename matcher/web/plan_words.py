"""Words for accepted paths, and the address that asks for one changed wish."""

from collections.abc import Mapping
from datetime import date, timedelta
from typing import Any
from urllib.parse import urlencode

from matcher.i18n import gettext as _
from matcher.matching.plan_views import Relaxation
from matcher.web.forms.plans import MOST_HOURS
from models.plan import PlanEventKind, PlanKind, PlanState, StepState
from models.plan_template import SuggestionState


def kind_words() -> dict[str, str]:
    return {
        PlanKind.FASTEST: _("가장 빠른 길"),
        PlanKind.CHEAPEST: _("가장 저렴한 길"),
        PlanKind.STRONGEST: _("가장 강한 길"),
    }


def state_words() -> dict[str, str]:
    return {
        PlanState.ACCEPTED: _("내가 고름"),
        PlanState.SUBMITTED: _("답을 기다림"),
        PlanState.APPROVED: _("승인받음"),
        PlanState.RETURNED: _("돌아옴"),
        PlanState.FINISHED: _("마침"),
        PlanState.ABANDONED: _("그만둠"),
    }


def suggestion_words() -> dict[str, str]:
    return {
        SuggestionState.SUGGESTED: _("답을 기다림"),
        SuggestionState.ACCEPTED: _("길을 고름"),
        SuggestionState.DECLINED: _("받지 않음"),
    }


def step_words() -> dict[str, str]:
    return {
        StepState.TODO: _("할 일"),
        StepState.DONE: _("했음"),
        StepState.SKIPPED: _("건너뜀"),
    }


def event_words() -> dict[str, str]:
    return {
        PlanEventKind.ACCEPTED: _("길을 고름"),
        PlanEventKind.SUBMITTED: _("확인을 부탁함"),
        PlanEventKind.APPROVED: _("승인받음"),
        PlanEventKind.RETURNED: _("돌려보냄"),
        PlanEventKind.PACE: _("한 주의 시간을 바꿈"),
        PlanEventKind.STEP_DONE: _("한 가지를 함"),
        PlanEventKind.STEP_SKIPPED: _("한 가지를 건너뜀"),
        PlanEventKind.STEP_REOPENED: _("한 가지를 다시 엶"),
        PlanEventKind.FINISHED: _("길을 마침"),
        PlanEventKind.ABANDONED: _("길을 그만둠"),
    }


def language_options() -> list[tuple[str, str]]:
    return [
        ("ko,en", _("한국어 먼저, 없으면 영어")),
        ("ko", _("한국어만")),
        ("en", _("영어만")),
        ("en,ko", _("영어 먼저, 없으면 한국어")),
    ]


def place_options() -> list[tuple[str, str]]:
    return [("centre", _("시험 센터에서")), ("home", _("집에서 온라인으로"))]


def query_of(values: Mapping[str, Any]) -> dict[str, Any]:
    """Only what says something, as the form would send it."""
    return {key: value for key, value in values.items() if value not in ("", None, [], False)}


def relaxed(values: Mapping[str, Any], change: Relaxation, closes_on: date | None) -> str | None:
    """The address of the same wishes with this one changed; None when no wish can say it."""
    changed = _changed(values, change, closes_on)
    if changed is None:
        return None
    query = urlencode(query_of({**values, **changed}), doseq=True)
    return f"/youth/path?{query}#plans"


def _changed(
    values: Mapping[str, Any], change: Relaxation, closes_on: date | None
) -> dict[str, Any] | None:
    amount = int(-(-change.amount // 1))
    if change.change == "budget":
        return {"budget": int(values.get("budget") or 0) + amount}
    if change.change == "hours":
        return {"hours": amount} if amount <= MOST_HOURS else None
    if change.change == "weeks":
        return _later(values, amount, closes_on)
    if change.change == "language":
        return {"languages": f"{values['languages']},{change.detail}"}
    if change.change == "drop_nice":
        kept = [each for each in values.get("nice", ()) if each != change.detail]
        return {"nice": kept} if change.detail in values.get("nice", ()) else None
    return {"minor": "1", "guardian": "1"} if change.change == "guardian_consent" else None


def _later(values: Mapping[str, Any], weeks: int, closes_on: date | None) -> dict[str, Any] | None:
    """An opening's own last day cannot be moved by a wish."""
    if not values.get("by"):
        return None
    day = date.fromisoformat(str(values["by"])) + timedelta(weeks=weeks)
    return None if closes_on is not None and day > closes_on else {"by": day.isoformat()}
