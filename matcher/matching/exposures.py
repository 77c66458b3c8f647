"""What was shown, where, with which score and probability, by which model.

Read by the fairness figures, by training and by the estimates of what another ranking would have
been worth.
"""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from types import MappingProxyType
from typing import Any, Literal

from matcher.db import Unit
from matcher.ranking.slots import Arrangement, arranged
from models.trail import Exposure, ExposureKind

Subject = Literal["opening", "course", "candidate"]


@dataclass(frozen=True, slots=True)
class Shown:
    """`rank` among everything ranked; `score` is kept to six decimals.

    `position` counts from 1 over all pages of the list as it was shown, and `propensity` is the
    probability of standing there under the rule that made the list: 1 unless places were drawn.
    Both are None for a single opened item. `lower`: points it stands lower than it fits.
    """

    id: int
    rank: int | None
    score: float
    propensity: float | None = None
    position: int | None = None
    lower: float = 0.0

    def row(self) -> list[Any]:
        kept = [self.id, self.rank, round(self.score, 6), self.propensity, self.position]
        return [*kept, self.lower] if self.lower else kept


def line_up(
    unit: Unit, subject: Subject, context_id: int, order: Sequence[int], *, page: int, slots: int
) -> Arrangement:
    """`order` with drawn places on its first page: the same all day long for one context."""
    seed = f"{unit.today.isoformat()}|{subject}|{context_id}"
    return arranged(order, page=page, slots=slots, seed=seed)


def shown_from(
    line: Arrangement,
    ids: Sequence[int],
    placed: Mapping[int, tuple[int | None, float]],
    lower: Mapping[int, float] = MappingProxyType({}),
) -> list[Shown]:
    """The visible part `ids` of a list; `placed` holds (rank, score), `lower` the points some
    stand lower than they fit."""
    return [
        Shown(
            spot.id,
            *placed[spot.id],
            spot.propensity,
            spot.position,
            lower.get(spot.id, 0.0),
        )
        for spot in line.spots(ids)
    ]


def note_shown(
    unit: Unit,
    kind: ExposureKind,
    subject: Subject,
    context_id: int,
    shown: Iterable[Shown],
    *,
    model_version: str,
) -> None:
    """`context_id`: the youth's id, or the opening's for candidates. An empty list is no look."""
    items = [each.row() for each in shown]
    if not items:
        return
    unit.trail.append(
        Exposure(
            at=unit.now,
            account_id=None if unit.actor is None else unit.actor.account_id,
            kind=kind,
            subject=subject,
            context_id=context_id,
            model_version=model_version,
            items=items,
        )
    )
