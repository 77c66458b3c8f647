"""Rounds whose lottery was drawn and tried but whose result never came out, told beside another
round they could be traded for: over one of its openings, or for the same people in the same term.

A desk sees the result of a dry run before anybody else. Without this it could cancel and draw a new
lottery until it likes one, and nobody outside would know.
"""

from dataclasses import dataclass
from datetime import date

from sqlmodel import Session

from matcher.clock import day_of
from matcher.planning.impact.terms import term_of
from matcher.store import rounds
from models.assignment import AssignmentRound


@dataclass(frozen=True)
class Redraw:
    """`cancelled_on` is None where the round was left lying; `reason` is the desk's own words,
    empty where none was asked for."""

    tried_on: date
    cancelled_on: date | None
    reason: str


def redraws(session: Session, row: AssignmentRound) -> tuple[Redraw, ...]:
    """The first tried first. What was tried after this round's result counts for later ones."""
    others = rounds.tried_in_vain(session, row)
    ids = [row.id or 0, *(other.id or 0 for other, _at in others)]
    openings = rounds.opening_ids(session, ids)
    mine = openings.get(row.id or 0, set())
    return tuple(
        Redraw(
            tried_on=day_of(tried_at),
            cancelled_on=None if other.cancelled_at is None else day_of(other.cancelled_at),
            reason=other.cancel_reason,
        )
        for other, tried_at in others
        if mine & openings.get(other.id or 0, set()) or _has_same_people(row, other)
    )


def _has_same_people(row: AssignmentRound, other: AssignmentRound) -> bool:
    return (
        row.organisation_id == other.organisation_id
        and row.cohort_status == other.cohort_status
        and row.cohort_session_id == other.cohort_session_id
        and term_of(day_of(row.created_at)) == term_of(day_of(other.created_at))
    )
