"""What was shown, in which order, with which scores, by which model; for the fairness figures."""

from collections.abc import Iterable
from typing import Literal

from matcher.db import Unit
from matcher.ranking.weights import MODEL_VERSION
from models.trail import Exposure, ExposureKind

Shown = tuple[int, int | None, float]
"""Id, rank among everything ranked, exact score; it is kept to six decimals."""


def note_shown(
    unit: Unit,
    kind: ExposureKind,
    subject: Literal["opening", "course", "candidate"],
    context_id: int,
    shown: Iterable[Shown],
) -> None:
    """`context_id`: the youth's id, or the opening's for candidates. An empty list is no look."""
    items = [[each, rank, round(score, 6)] for each, rank, score in shown]
    if not items:
        return
    unit.trail.append(
        Exposure(
            at=unit.now,
            account_id=None if unit.actor is None else unit.actor.account_id,
            kind=kind,
            subject=subject,
            context_id=context_id,
            model_version=MODEL_VERSION,
            items=items,
        )
    )
