"""Batches that came in, for a desk's page."""

from dataclasses import dataclass
from datetime import datetime

from matcher.actor import Actor
from matcher.db import Unit
from matcher.matching.paging import pages_of
from matcher.refusal import NotFound
from matcher.store import batches
from models.batch import ImportBatch

PAGE = 20


@dataclass(frozen=True)
class BatchLine:
    id: int
    kind: str
    file_name: str
    rows: int
    by: str
    created_at: datetime
    reverted_at: datetime | None


@dataclass(frozen=True)
class BatchPage:
    lines: tuple[BatchLine, ...]
    total: int
    page: int
    pages: int


@dataclass(frozen=True)
class BatchView:
    """`made` and `changed`: (table, how many), the largest first."""

    line: BatchLine
    made: tuple[tuple[str, int], ...]
    changed: tuple[tuple[str, int], ...]


def page(unit: Unit, actor: Actor, number: int = 1) -> BatchPage:
    total = batches.count(unit.session, actor)
    found = batches.listed(unit.session, actor, number, PAGE)
    lines = tuple(_line(row, name) for row, name in found)
    return BatchPage(lines, total, number, pages_of(total, PAGE))


def batch(unit: Unit, actor: Actor, batch_id: int) -> BatchView:
    row = batches.get(unit.session, actor, batch_id)
    if row is None:
        raise NotFound
    totals = batches.totals(unit.session, batch_id)
    return BatchView(
        _line(row, batches.name_of(unit.session, row)),
        made=tuple((table, number) for table, made, number in totals if made),
        changed=tuple((table, number) for table, made, number in totals if not made),
    )


def _line(row: ImportBatch, name: str | None) -> BatchLine:
    assert row.id is not None
    return BatchLine(
        row.id, row.kind, row.file_name, row.row_count, name or "", row.created_at, row.reverted_at
    )
