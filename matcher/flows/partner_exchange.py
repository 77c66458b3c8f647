"""A partner takes its openings along as a file, in our columns or in the names of the job feed."""

from collections.abc import Sequence
from dataclasses import dataclass

from matcher.actor import Actor
from matcher.db import Unit
from matcher.exchange import KINDS, to_csv, to_xlsx
from matcher.exchange.job_feed import write_row
from matcher.exchange.job_feed_files import KNOWN, to_feed_json, to_xml
from matcher.exchange.requirements import Requirement, write_requirements
from matcher.exchange.writing import Value, json_lines
from matcher.i18n import current_language
from matcher.refusal import NotFound
from matcher.store import openings
from models.opening import Opening, OpeningState
from models.organisation import Organisation

Row = dict[str, Value]


@dataclass(frozen=True)
class Stock:
    """How many postings each file would hold."""

    openings: int
    job_feed: int


def stock(unit: Unit, actor: Actor) -> Stock:
    rows = openings.all_own(unit.session, actor)
    return Stock(len(rows), len(_published(rows)))


def file(unit: Unit, actor: Actor, kind: str, file_format: str) -> bytes:
    """All own postings, or in the feed's names the published ones; an import takes either back
    and finds nothing to change."""
    organisation = openings.partner_organisation(unit.session, actor.organisation_id or 0)
    rows = sorted(openings.all_own(unit.session, actor), key=lambda row: row.id or 0)
    if organisation is None:
        raise NotFound
    if kind == "job_feed":
        rows = _published(rows)
    found = [_cells(unit, organisation, row) for row in rows]
    unit.audit("list:exported", "list", None, kind=kind, rows=len(found))
    if kind == "job_feed":
        return _feed(found, organisation, file_format)
    return _table(found, rows, file_format)


def _published(rows: Sequence[Opening]) -> list[Opening]:
    return [row for row in rows if row.state is OpeningState.PUBLISHED]


def _cells(unit: Unit, organisation: Organisation, row: Opening) -> Row:
    """A posting without a number of its own is called by ours; an import finds it by either."""
    told: dict[str, Value] = {
        column.name: getattr(row, column.name)
        for column in KINDS["openings"].columns
        if column.name in type(row).model_fields
    }
    asked = tuple(
        Requirement(each.kind.value, each.subject.value, each.ref, each.level)
        for each in openings.requirements(unit.session, row.id or 0)
    )
    own = {
        "external_id": row.external_id or f"#{row.id}",
        "organisation": organisation.slug,
        "requirements": write_requirements(asked),
    }
    return {column.name: (told | own)[column.name] for column in KINDS["openings"].columns}


def _table(found: Sequence[Row], rows: Sequence[Opening], file_format: str) -> bytes:
    heads = _heads()
    named = [{heads[name]: value for name, value in row.items()} for row in found]
    if file_format == "json":
        return b"".join(json_lines(named))
    if file_format == "xlsx":
        made_at = max((row.created_at for row in rows), default=None)
        return to_xlsx(named, list(heads.values()), made_at=made_at)
    return to_csv(named, list(heads.values()))


def _heads() -> dict[str, str]:
    is_korean = current_language() == "ko"
    columns = KINDS["openings"].columns
    return {each.name: each.korean[0] if is_korean else each.name for each in columns}


def _feed(found: Sequence[Row], organisation: Organisation, file_format: str) -> bytes:
    number = organisation.business_number or ""
    rows = [write_row(row, organisation.name_ko, number) for row in found]
    if file_format == "xml":
        return to_xml(rows)
    if file_format == "json":
        return to_feed_json(rows)
    table: list[Row] = [{**row} for row in rows]
    return to_xlsx(table, KNOWN) if file_format == "xlsx" else to_csv(table, KNOWN)
