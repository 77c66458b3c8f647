"""What was shown and what people did next, as lists to learn from: one list a person (or opening)
and day.

A row whose matter was settled before the list (applied, enrolled, marked) is left out: nobody
decides twice, and leaving it in would make every ranking look better than it is.
"""

from bisect import bisect_right
from collections import defaultdict
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date, datetime

import numpy as np
from sqlmodel import Session

from matcher.clock import day_of
from matcher.matching.moments import day_number
from matcher.ranking.splitting import Lists, Side
from matcher.ranking.tables import Floats
from matcher.store import training_rows
from matcher.store.training_rows import ActRow, ShownRow
from models.trail import ExposureKind
from models.youth import SavedKind

NEVER = float("inf")
GRADES: dict[Side, dict[str, int]] = {
    "youth": {"opened": 1, "saved": 2, "applied": 3},
    "partner": {
        "opened": 1, "shortlisted": 2, "introduced": 3, "interview": 3, "offered": 4,
        "accepted": 4, "hired": 4,
    },
    "course": {"opened": 1, "saved": 2, "enrolled": 3, "completed": 4},
}  # fmt: skip
SETTLED: dict[Side, frozenset[str]] = {
    "youth": frozenset({"applied"}),
    "partner": frozenset(
        {"shortlisted", "set_aside", "passed_over", "introduced", "interview", "offered"}
    ),
    "course": frozenset({"enrolled"}),
}
"""Acts after which a pair is no longer open."""
SUBJECT: dict[Side, str] = {"youth": "opening", "partner": "candidate", "course": "course"}
_SET_ASIDE = "set_aside"
_UNKNOWN: Mapping[int, int] = {}
Pair = tuple[int, int]
"""(whose list, what stands in it)."""


@dataclass
class Look:
    """All of one person's (or opening's) lists of one day; `account` who looked, on the partner's
    side the organisation. `places`: item -> (rank, propensity)."""

    at: datetime
    context: int
    account: int
    places: dict[int, tuple[float, float]] = field(default_factory=dict)


@dataclass(frozen=True)
class Acts:
    """By pair and act, the moments in rising order, as day numbers."""

    times: dict[Pair, dict[str, list[float]]]

    def first_after(self, pair: Pair, acts: Iterable[str], moment: float) -> float:
        found = self.times.get(pair, {})
        return min((_after(found.get(act, ()), moment) for act in acts), default=NEVER)

    def is_settled(self, pair: Pair, acts: Iterable[str], moment: float) -> bool:
        found = self.times.get(pair, {})
        return any(found[act][0] <= moment for act in acts if act in found)


@dataclass(frozen=True)
class Record:
    """All lists and acts up to one moment, read once."""

    looks: dict[Side, Sequence[Look]]
    acts: dict[Side, Acts]


def read_record(session: Session, today: date, until: datetime) -> Record:
    """Ten queries. People outside the learners' scope are taken out of candidates' lists."""
    scope, people = training_rows.learners(today), training_rows.learner_ids(session, today)
    shown = training_rows.shown(session, scope, until)
    rows = {
        "youth": [
            *training_rows.saved(session, scope, SavedKind.OPENING, until),
            *training_rows.applied(session, scope, until),
        ],
        "partner": [
            *training_rows.marked(session, scope, until),
            *training_rows.introduced(session, scope, until),
            *training_rows.advanced(session, scope, until),
            *training_rows.refused(session, scope, until),
        ],
        "course": [
            *training_rows.saved(session, scope, SavedKind.COURSE, until),
            *training_rows.enrolled(session, scope, until),
        ],
    }
    sides: tuple[Side, ...] = ("youth", "partner", "course")
    firms = training_rows.firms(session)
    return Record(
        {side: looks(shown, side, people, firms) for side in sides},
        {side: _acts(side, rows[side], shown) for side in sides},
    )


def looks(
    shown: Iterable[ShownRow],
    side: Side,
    people: frozenset[int],
    firms: Mapping[int, int] = _UNKNOWN,
) -> list[Look]:
    """Merged by context and day, in the order of the first list of the day. Colleagues of one
    firm count as one who looks."""
    found: dict[tuple[int, date], Look] = {}
    for row in shown:
        if row.subject != SUBJECT[side] or row.kind is not ExposureKind.LISTED:
            continue
        key = (row.context_id, day_of(row.at))
        who = firms.get(row.context_id, 0) if side == "partner" else row.account_id or 0
        look = found.setdefault(key, Look(row.at, row.context_id, who))
        for item, rank, propensity in map(_place, row.items):
            if side != "partner" or item in people:
                look.places.setdefault(item, (rank, propensity))
    return sorted(found.values(), key=lambda each: (each.at, each.context))


Matrix = Callable[[Look, Sequence[int]], Floats]
"""(look, items) -> (n, d) features strictly before the look."""


def lists_of(
    side: Side, record: Record, names: tuple[str, ...], person: Callable[[int], int], matrix: Matrix
) -> Lists:
    """Lists with at least two open rows. `person` gives the number that stands for a youth."""
    acts, blocks = record.acts[side], []
    for look in record.looks[side]:
        moment = day_number(look.at)
        items = [
            each
            for each in look.places
            if not acts.is_settled((look.context, each), SETTLED[side], moment)
        ]
        if len(items) >= 2:
            blocks.append((look, items, moment, matrix(look, items)))
    rows = [(look, item, moment) for look, items, moment, _ in blocks for item in items]
    is_partner = side == "partner"
    return Lists(
        side=side,
        names=names,
        X=np.concatenate([each[3] for each in blocks] or [np.empty((0, len(names)))]),
        reached=_reached(side, acts, rows),
        dismissed=np.array(
            [acts.first_after((a.context, i), [_SET_ASIDE], m) for a, i, m in rows], dtype=float
        ),
        group=np.array([len(each[1]) for each in blocks], dtype=np.int64),
        at=np.array([each[2] for each in blocks], dtype=float),
        account=np.array([each[0].account for each in blocks], dtype=np.int64),
        person=np.array(
            [person(i if is_partner else a.context) for a, i, _ in rows], dtype=np.int64
        ),
        item=np.array([a.context if is_partner else i for a, i, _ in rows], dtype=np.int64),
        rank=np.array([a.places[i][0] for a, i, _ in rows], dtype=float),
        propensity=np.array([a.places[i][1] for a, i, _ in rows], dtype=float),
    )


def _reached(side: Side, acts: Acts, rows: Sequence[tuple[Look, int, float]]) -> Floats:
    grades = GRADES[side]
    names = [
        [act for act, grade in grades.items() if grade == wanted]
        for wanted in range(1, max(grades.values()) + 1)
    ]
    found = [
        [acts.first_after((look.context, item), some, moment) for some in names]
        for look, item, moment in rows
    ]
    return np.array(found, dtype=float).reshape(len(rows), len(names))


def _acts(side: Side, rows: Iterable[ActRow], shown: Iterable[ShownRow]) -> Acts:
    times: dict[Pair, dict[str, list[float]]] = defaultdict(lambda: defaultdict(list))
    for row in rows:
        pair = (row.youth_id, row.item_id)
        key = pair[::-1] if side == "partner" else pair
        times[key][row.act].append(day_number(row.at))
    for look in shown:
        if look.subject == SUBJECT[side] and look.kind is ExposureKind.OPENED:
            for item, *_ in look.items:
                times[look.context_id, item]["opened"].append(day_number(look.at))
    for acts in times.values():
        for moments in acts.values():
            moments.sort()
    return Acts(dict(times))


def _place(item: Sequence[float]) -> tuple[int, float, float]:
    """(id, place, propensity) of a recorded row.

    Older rows have neither a propensity nor a position; their rank stands for the place.
    """
    propensity, position = (*item[3:], None, None)[:2]
    place = item[1] if position is None else position
    return int(item[0]), _or_nan(place), _or_nan(propensity)


def _or_nan(value: float | None) -> float:
    return float("nan") if value is None else float(value)


def _after(moments: Sequence[float], moment: float) -> float:
    place = bisect_right(moments, moment)
    return moments[place] if place < len(moments) else NEVER
