"""A path as JSON, the same for the command line and the API."""

from dataclasses import asdict
from datetime import date
from enum import Enum
from typing import Any

from matcher.matching.plan_views import Paths, PlanView


def as_json(found: Paths) -> dict[str, Any]:
    """The plans as the command line and the API give them."""
    return {
        "target": found.title,
        "plans": [_plan(each) for each in found.plans],
        "relaxations": [asdict(each) for each in found.relaxations],
        "refusals": [_plain(asdict(each)) for each in found.refusals],
        "is_there": found.is_there,
        "timed_out": found.timed_out,
        "terms": asdict(found.terms),
        "model_version": found.model_version,
    }


def _plan(view: PlanView) -> dict[str, Any]:
    row: dict[str, Any] = _plain(asdict(view))
    for step in row["steps"]:
        step["cost"] = step.pop("krw")
    return row


def _plain(value: Any) -> Any:
    if isinstance(value, dict):
        return {key: _plain(each) for key, each in value.items()}
    if isinstance(value, list | tuple):
        return [_plain(each) for each in value]
    if isinstance(value, Enum):
        return value.value
    return value.isoformat() if isinstance(value, date) else value
