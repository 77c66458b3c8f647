"""A desk draws up an assignment round: which openings with how many seats, for whom, by when."""

from matcher.actor import Actor
from matcher.db import Unit
from matcher.matching.round_drafts import (
    Choices,
    Draft,
    Offer,
    Seats,
    choices,
    columns_of,
    mistakes,
)
from matcher.refusal import Invalid, NotFound
from models.assignment import AssignmentOpening, AssignmentRound

__all__ = ["Choices", "Draft", "Offer", "Seats", "choices", "create"]


def create(unit: Unit, actor: Actor, draft: Draft) -> int:
    """A draft nobody but the desk sees. Raises Invalid by field."""
    if actor.organisation_id is None:
        raise NotFound
    errors = mistakes(unit, draft, choices(unit, actor))
    if errors:
        raise Invalid(errors)
    row = AssignmentRound(
        organisation_id=actor.organisation_id,
        created_at=unit.now,
        updated_at=unit.now,
        **columns_of(draft),
    )
    unit.session.add(row)
    unit.session.flush()  # its openings name it
    assert row.id is not None
    unit.session.add_all(
        AssignmentOpening(
            round_id=row.id,
            opening_id=each.opening_id,
            capacity=each.capacity,
            minimum=each.minimum,
        )
        for each in draft.seats
    )
    unit.audit("round:created", "assignment_round", row.id, openings=len(draft.seats))
    return row.id
