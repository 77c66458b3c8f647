"""What postings went through: first versions of those that are out, changes after it, a partner
asked whether it still looks for people, and business numbers no real firm can have."""

from collections.abc import Sequence
from datetime import datetime, timedelta
from random import Random
from typing import Any

from sqlmodel import col, select

from matcher.catalogue.demo import SEED
from matcher.clock import day_of
from matcher.flows.demo.writing import Writing
from matcher.matching.posting_versions import content
from matcher.policy.business_number import is_valid
from matcher.policy.still_hiring import ASK_AFTER
from models.opening import Opening, OpeningRequirement, OpeningState, OpeningVersion
from models.organisation import Organisation, OrganisationKind

CHANGED = 6
"""Postings with a change, the first partner's of the tour among them."""
TOUR = "saebyeol-orbit"


def posting_life(writing: Writing) -> None:
    random = Random(f"{SEED}:posting-life")
    rows = writing.session.exec(
        select(Opening).where(Opening.state == OpeningState.PUBLISHED).order_by(col(Opening.id))
    ).all()
    changed = _picked(writing, random, rows)
    writing.add(OpeningVersion, [each for row in rows for each in _versions(row, writing, changed)])
    _ask(writing, rows)
    _number(writing, random)


def _picked(writing: Writing, random: Random, rows: Sequence[Opening]) -> set[int]:
    own = [row.id or 0 for row in rows if row.organisation_id == writing.ids["organisation"][TOUR]]
    others = [row.id or 0 for row in rows if row.id not in own]
    return {*own[:1], *random.sample(others, min(CHANGED - 1, len(others)))}


def _versions(row: Opening, writing: Writing, changed: set[int]) -> list[dict[str, Any]]:
    """The last one is what the page shows now."""
    asked = writing.session.exec(
        select(OpeningRequirement).where(OpeningRequirement.opening_id == row.id)
    ).all()
    now, at = content(row, asked), row.published_at or row.created_at
    if row.id not in changed:
        return [_version(row, 1, now, [], at)]
    before = now | {
        "headcount": row.headcount + 1,
        "closes_on": (row.closes_on - timedelta(days=14)).isoformat(),
    }
    later = min(writing.unit.now, at + timedelta(days=2))
    return [
        _version(row, 1, before, [], at),
        _version(row, 2, now, ["headcount", "closes_on"], later),
    ]


def _version(
    row: Opening, number: int, shown: dict[str, Any], changed: list[str], at: datetime
) -> dict[str, Any]:
    return {
        "opening_id": row.id,
        "number": number,
        "content": shown,
        "changed": changed,
        "account_id": None,
        "at": at,
    }


def _ask(writing: Writing, rows: Sequence[Opening]) -> None:
    """The tour's first partner finds the question on one posting that has been out long enough,
    else on its newest; asking hides nothing."""
    own = [row for row in rows if row.organisation_id == writing.ids["organisation"][TOUR]]
    today = writing.unit.today
    old = [row for row in own if _out_since(row) + ASK_AFTER <= today]
    for row in (old or own[-1:])[:1]:
        row.still_hiring_asked_on = today - timedelta(days=3)
        writing.session.add(row)


def _out_since(row: Opening) -> Any:
    return day_of(row.published_at) if row.published_at is not None else row.opens_on


def _number(writing: Writing, random: Random) -> None:
    """No tax office has the number 000, so these belong to nobody."""
    firms = writing.session.exec(
        select(Organisation)
        .where(Organisation.kind == OrganisationKind.PARTNER, col(Organisation.is_demo))
        .order_by(col(Organisation.id))
    ).all()
    for row in firms:
        stem = f"000{random.randrange(100_000, 999_999)}"
        row.business_number = next(stem + str(n) for n in range(10) if is_valid(stem + str(n)))
        writing.session.add(row)
