"""Evaluation packs checked again: the hash, and the numbers counted anew from today's records."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from matcher.actor import Actor
from matcher.db import Unit
from matcher.matching import evaluation
from matcher.matching.evaluation import Asked, Content
from matcher.matching.pack_views import PackLine, desk_of, opened
from matcher.planning.measures import MEASURES, Found
from matcher.refusal import NotFound
from matcher.store import packs as store
from models.evaluation import EvaluationPack


@dataclass(frozen=True)
class Difference:
    """Rows of one measure, by what became of them since the freeze."""

    measure: str
    frozen: int
    now: int
    gone: tuple[int, ...]
    """Counted then; today's records of that moment no longer say so."""
    changed: tuple[int, ...]
    """Known then and counted only now."""
    late: tuple[int, ...]
    """Recorded after the freeze, about that year."""


@dataclass(frozen=True)
class Check:
    pack: PackLine
    is_sound: bool
    differences: tuple[Difference, ...]
    unlike_versions: tuple[str, ...]
    """Measures whose definition is another one today; those are not compared."""


def check(unit: Unit, actor: Actor, pack_id: int) -> Check:
    """Count anew from today's records and compare."""
    row = store.get(unit.session, actor, pack_id)
    if row is None:
        raise NotFound
    return _check(unit, row)


def check_stored(unit: Unit, pack_id: int) -> Check:
    """For the operator's command line. Raises NotFound."""
    row = store.stored(unit.session, pack_id)
    if row is None:
        raise NotFound
    return _check(unit, row)


def check_file(unit: Unit, file: Any) -> tuple[bool, Check | None]:
    """Whether a downloaded file has the hash it names, and the stored pack of that hash."""
    content, told = file["content"], file["sha256"]
    is_sound = evaluation.sha256_of(evaluation.canonical(content)) == told
    row = store.with_hash(unit.session, told)
    return is_sound, None if row is None else _check(unit, row)


def _check(unit: Unit, row: EvaluationPack) -> Check:
    found, desk = opened(unit.session, row), desk_of(unit.session, row)
    asked = Asked(desk, row.year, row.project, row.frozen_at)
    then = evaluation.counted(unit.session, asked)
    now = evaluation.counted(unit.session, evaluation.at(asked, unit.now))
    measures: Mapping[str, Content] = found.content["measures"]
    unlike = tuple(
        name
        for name, frozen in measures.items()
        if name not in MEASURES or frozen["version"] != MEASURES[name].version
    )
    differences = [
        _difference(name, frozen, then[name], now[name])
        for name, frozen in measures.items()
        if name not in unlike
    ]
    changed = tuple(each for each in differences if each is not None)
    return Check(found.line, found.is_sound, changed, unlike)


def _difference(
    name: str, frozen: Content, then: list[Found], now: list[Found]
) -> Difference | None:
    """Rows as (number, weight), so that a changed number of seats is a change too."""
    before = {(row[0], row[2]) for row in frozen["rows"]}
    known = {(row.row_id, row.weight) for row in then}
    today = {(row.row_id, row.weight) for row in now}
    if before == known == today:
        return None
    return Difference(
        measure=name,
        frozen=frozen["count"],
        now=sum(row.weight for row in now),
        gone=tuple(sorted(row for row, _weight in before - today)),
        changed=tuple(sorted(row for row, _weight in (known & today) - before)),
        late=tuple(sorted(row for row, _weight in today - known - before)),
    )
