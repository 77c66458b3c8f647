"""Evaluation packs of a desk: preview, freeze, hand out, open the rows behind a number.

A pack is written once. What was frozen stays as it is; that the stored rows changed since is told
beside it (flows/pack_checks).
"""

import json
from dataclasses import dataclass

from matcher.actor import Actor
from matcher.catalogue.rise_projects import reporting_year, rise_projects
from matcher.db import Unit
from matcher.i18n import gettext as _
from matcher.i18n import in_language
from matcher.matching import evaluation
from matcher.matching.evaluation import Asked, Content
from matcher.matching.pack_views import Pack, PackLine, line_of, opened, row_of
from matcher.matching.paging import pages_of
from matcher.planning.measures import Found
from matcher.refusal import Conflict, Invalid, NotFound
from matcher.store import kpis, organisations
from matcher.store import packs as store
from models.evaluation import EvaluationPack
from models.organisation import Organisation

__all__ = ["Content", "Pack", "PackLine"]
SIZE = 25
YEARS_BACK = 5


@dataclass(frozen=True)
class Shelf:
    lines: tuple[PackLine, ...]
    total: int
    page: int
    pages: int
    years: tuple[int, ...]
    """Reporting years that have begun, the newest first."""
    last_whole_year: int
    projects: tuple[tuple[str, str], ...]


@dataclass(frozen=True)
class Preview:
    """`token` names the numbers that were seen; freezing others is refused. `after`: the newest
    pack of the year, of any desk; what may be told was decided knowing it."""

    content: Content
    token: str
    after: int


@dataclass(frozen=True)
class RowLine:
    """One counted row; `name` None where nobody is to be named (any more)."""

    row_id: int
    youth_id: int | None
    name: str | None
    can_open: bool
    weight: int


@dataclass(frozen=True)
class RowsBehind:
    pack: Pack
    measure: str
    table: str
    lines: tuple[RowLine, ...]
    total: int
    page: int
    pages: int


def shelf(unit: Unit, actor: Actor, page: int) -> Shelf:
    total = store.count(unit.session, actor)
    newest = reporting_year().year_of(unit.today)
    found = store.page(unit.session, actor, page, SIZE)
    return Shelf(
        lines=tuple(line_of(pack, desk) for pack, desk in found),
        total=total,
        page=page,
        pages=pages_of(total, SIZE),
        years=tuple(range(newest, newest - YEARS_BACK, -1)),
        last_whole_year=newest - 1,
        projects=_projects(),
    )


def preview(unit: Unit, actor: Actor, year: int | None, project: str) -> Preview:
    """Raises Invalid by field. What the desk sees here is whole; files hide small numbers."""
    last_whole_year = reporting_year().year_of(unit.today) - 1
    chosen = last_whole_year if year is None else year
    after = store.newest_of_year(unit.session, chosen)
    made = _content(unit, actor, chosen, project)
    return Preview(made, _token(made), after)


def freeze(unit: Unit, actor: Actor, made: Preview, token: str) -> int:
    """The pack's number. `made` was counted in a unit that only reads, because counting takes a
    second in which nobody else could write. The same numbers frozen again are the same pack.
    Raises Conflict when they are no longer those that were seen."""
    if made.token != token:
        raise Conflict(_("그 사이에 수가 바뀌었습니다. 아래의 새 수를 보고 다시 굳혀 주십시오."))
    row = row_of(_desk(unit, actor), made.content)
    before = store.newest(unit.session, row.organisation_id, row.year, row.project)
    if before is not None and _token(json.loads(before.content)) == token:
        return before.id or 0
    store.stop_others(unit.session)
    if store.newest_of_year(unit.session, row.year) != made.after:
        raise Conflict(_("방금 다른 자료가 굳었습니다. 아래의 수를 보고 다시 굳혀 주십시오."))
    unit.session.add(row)
    unit.session.flush()  # the number is part of the audit line and of the address
    unit.audit(
        "pack:frozen", "evaluation_pack", row.id,
        year=row.year, project=row.project, sha256=row.sha256,
    )  # fmt: skip
    return row.id or 0


def pack(unit: Unit, actor: Actor, pack_id: int) -> Pack:
    return opened(unit.session, _readable(unit, actor, pack_id))


def exported(unit: Unit, actor: Actor, pack_id: int, kind: str, reason: str) -> Pack:
    """The same, for a file that leaves the house; recorded with its reason, and with whose rows
    are in it where the file has rows."""
    found = pack(unit, actor, pack_id)
    if not found.is_sound:
        raise Conflict(_("굳힌 뒤에 글이 바뀌어 내보내지 않습니다. 관리자에게 알려 주십시오."))
    youths = _people_in(found) if kind == "json" else []
    unit.access("pack:exported", None, pack=pack_id, kind=kind, reason=reason, youths=youths)
    unit.audit("pack:exported", "evaluation_pack", pack_id, kind=kind, reason=reason)
    return found


def _people_in(found: Pack) -> list[int]:
    rows = (row for measure in found.content["measures"].values() for row in measure["rows"])
    return sorted({row[1] for row in rows if row[1] is not None})


def behind(unit: Unit, actor: Actor, pack_id: int, measure: str, page: int) -> RowsBehind:
    """The rows a frozen number was made of, by row number; whose were listed is recorded."""
    found = pack(unit, actor, pack_id)
    counted = found.content["measures"].get(measure)
    if counted is None:
        raise NotFound
    rows = [Found(row[0], None, row[1], row[2]) for row in counted["rows"]]
    here = rows[(page - 1) * SIZE : page * SIZE]
    people = sorted({row.youth_id for row in here if row.youth_id is not None})
    names = kpis.names_of(unit.session, people)
    openable = store.openable(unit.session, actor, people)
    if people:
        unit.access("pack:listed", None, pack=pack_id, measure=measure, youths=people)
    lines = tuple(
        RowLine(
            row.row_id,
            row.youth_id,
            None if row.youth_id is None else names.get(row.youth_id),
            row.youth_id in openable and row.youth_id in names,
            row.weight,
        )
        for row in here
    )
    pages = pages_of(len(rows), SIZE)
    return RowsBehind(found, measure, counted["table"], lines, len(rows), page, pages)


def as_file(found: Pack) -> bytes:
    """The content as it was hashed, with the hash: for `python -m matcher verify-pack`."""
    return evaluation.canonical({"sha256": found.line.sha256, "content": found.content}).encode()


def _content(unit: Unit, actor: Actor, year: int, project: str) -> Content:
    newest = reporting_year().year_of(unit.today)
    wrong = {}
    if not newest - YEARS_BACK < year <= newest:
        wrong["year"] = _("목록에 있는 것 중에서 골라 주십시오.")
    if project and project not in dict(_projects()):
        wrong["project"] = _("목록에 있는 것 중에서 골라 주십시오.")
    if wrong:
        raise Invalid(wrong)
    asked = Asked(_desk(unit, actor), year, project, unit.now)
    return evaluation.content(unit.session, asked, actor.account_id)


def _desk(unit: Unit, actor: Actor) -> Organisation:
    row = organisations.get(unit.session, actor.organisation_id)
    if row is None:
        raise NotFound
    return row


def _token(content: Content) -> str:
    """Of the numbers alone: the same whoever looks, whenever."""
    seen = {key: content[key] for key in ("year", "project", "desk", "students")}
    seen["measures"] = {name: _counted(each) for name, each in content["measures"].items()}
    return evaluation.sha256_of(evaluation.canonical(seen))


def _counted(measure: Content) -> Content:
    """Without what was told before: freezing alone would change it."""
    kept = {key: each for key, each in measure.items() if key != "kept"}
    if "by_university" in kept:
        kept["by_university"] = [
            {key: each for key, each in part.items() if key != "kept"}
            for part in kept["by_university"]
        ]
    return kept


def _readable(unit: Unit, actor: Actor, pack_id: int) -> EvaluationPack:
    row = store.get(unit.session, actor, pack_id)
    if row is None:
        raise NotFound
    return row


def _projects() -> tuple[tuple[str, str], ...]:
    return tuple((each.slug, in_language(each.name_ko, each.name_en)) for each in rise_projects())
