"""Stored rows -> the content of an evaluation pack, as plain values that are hashed and kept."""

import hashlib
import json
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import datetime, timedelta
from typing import Any

from sqlmodel import Session

from matcher.catalogue.certifications import load_programme
from matcher.catalogue.kpis import Kpi, NotRecorded, kpis, not_recorded, sources
from matcher.catalogue.origin import Origin
from matcher.catalogue.rise_projects import reporting_year, rise_projects
from matcher.matching.published_packs import FORMAT, NOBODYS, earlier
from matcher.planning.facts import OTHER, Facts
from matcher.planning.hiding import ABOUT_PEOPLE, ALL, hidden
from matcher.planning.measures import MEASURES, PROMISED, PROVINCE, Found, rows
from matcher.planning.published import Kept, Key, last_kept, standing
from matcher.store import kpis as store
from matcher.store import organisations
from matcher.store import results as denominators
from models.organisation import Organisation, OrganisationKind

Content = dict[str, Any]


@dataclass(frozen=True)
class Asked:
    """Whose figures, for which year and project ("" for all courses), as known when."""

    desk: Organisation
    year: int
    project: str
    as_of: datetime

    @property
    def group(self) -> int:
        """The desk's own rows; the centre's are everybody's."""
        is_one = self.desk.kind is OrganisationKind.UNIVERSITY
        return (self.desk.id or 0) if is_one else ALL


@dataclass(frozen=True)
class Telling:
    """What a file may say: which counts not, and which numbers were told before."""

    secret: frozenset[Key]
    kept: Mapping[Key, Kept]

    def cell(self, key: Key, found: Sequence[Found]) -> Content:
        count, is_shown = sum(row.weight for row in found), key not in self.secret
        kept = standing(count, is_shown, self.kept.get(key))
        before = {} if kept is None else {"kept": {"value": kept.value, "on": kept.on}}
        return {"count": count, "is_shown": is_shown, **before}


def canonical(content: Any) -> str:
    """The one way to write it down; what the hash is taken over."""
    return json.dumps(content, ensure_ascii=False, sort_keys=True, separators=(",", ":"))


def sha256_of(text: str) -> str:
    return hashlib.sha256(text.encode()).hexdigest()


def counted(session: Session, asked: Asked) -> dict[str, list[Found]]:
    """The rows of the desk behind every measure."""
    facts = _facts(session, asked, organisations.by_kind(session, OrganisationKind.UNIVERSITY))
    return {name: _own(facts, name, asked) for name in _measures(asked)}


def promised(session: Session, asked: Asked, projects: Iterable[str]) -> dict[str, dict[str, int]]:
    """By project, what the desk promises figures for, from the same facts and rows as a pack; with
    "" of courses that name no project."""
    facts = _facts(session, asked, organisations.by_kind(session, OrganisationKind.UNIVERSITY))
    outside = replace(facts, seats=tuple(seat for seat in facts.seats if not seat.project))
    return {
        slug: {
            name: sum(asked.group in (ALL, row.group) for row in rows_of(every, slug))
            for name, rows_of in PROMISED.items()
        }
        for slug in projects
        for every in (facts if slug else outside,)
    }


def content(session: Session, asked: Asked, frozen_by: int | None) -> Content:
    universities = organisations.by_kind(session, OrganisationKind.UNIVERSITY)
    facts = _facts(session, asked, universities)
    slugs = [project.slug for project in rise_projects()]
    numbers = [row.id or 0 for row in universities]
    packs = earlier(session, asked.year, universities)
    telling = Telling(hidden(facts, numbers, slugs, packs), last_kept(packs))
    by_group = {row.id or 0: row.slug for row in universities} | {OTHER: NOBODYS}
    names = _measures(asked)
    measures = {
        name: _measure(name, _own(facts, name, asked), asked, telling, by_group) for name in names
    }
    return {
        "format": FORMAT,
        "year": asked.year,
        "first_day": reporting_year().first_of(asked.year).isoformat(),
        "last_day": reporting_year().last_of(asked.year).isoformat(),
        "as_of": asked.as_of.isoformat(),
        "frozen_by": frozen_by,
        "desk": _named(asked.desk) | {"slug": asked.desk.slug},
        "project": _project(asked.project),
        "universities": [_named(row) | {"slug": row.slug} for row in universities],
        "measures": measures,
        "kpis": [_kpi(kpi) for kpi in kpis() if kpi.numerator in measures],
        "not_recorded": [_missing(each) for each in not_recorded()],
        "students": _students(session, universities, asked),
    }


def _measures(asked: Asked) -> list[str]:
    """What belongs to the province stands in the centre's pack of all courses alone."""
    is_whole = asked.group == ALL and not asked.project
    return [name for name in MEASURES if is_whole or name not in PROVINCE]


def _facts(session: Session, asked: Asked, universities: Iterable[Organisation]) -> Facts:
    year = reporting_year()
    after = year.last_of(asked.year) + timedelta(days=1)
    window = store.Window(year.first_of(asked.year), after, asked.as_of)
    # The one business certificate is an entry one, as on the map.
    levels = {
        each.id: each.level_slug.replace("business", "foundational")
        for each in load_programme().certifications
    }
    return store.facts(session, window, frozenset(row.id or 0 for row in universities), levels)


def _own(facts: Facts, name: str, asked: Asked) -> list[Found]:
    found = rows(facts, name, asked.project)
    return found if asked.group == ALL else [row for row in found if row.group == asked.group]


def _measure(
    name: str,
    found: list[Found],
    asked: Asked,
    telling: Telling,
    by_group: Mapping[int, str],
) -> Content:
    measure = MEASURES[name]
    made: Content = {
        "table": measure.table,
        "version": measure.version,
        "rows": [[row.row_id, row.youth_id, row.weight] for row in found],
        **telling.cell((name, asked.group, asked.project), found),
    }
    if asked.group == ALL and name in (*ABOUT_PEOPLE, "places"):
        made["rows"] = [
            [*told, by_group[row.group or OTHER]]
            for told, row in zip(made["rows"], found, strict=True)
        ]
        made["by_university"] = [
            {"slug": slug, **telling.cell(
                (name, group, asked.project), [row for row in found if row.group == group]
            )}
            for group, slug in by_group.items()
        ]  # fmt: skip
    return made


def _named(row: Any) -> Content:
    return {"name_ko": row.name_ko, "name_en": row.name_en}


def _project(slug: str) -> Content | None:
    if not slug:
        return None
    return next(_named(each) | {"slug": slug} for each in rise_projects() if each.slug == slug)


def _kpi(kpi: Kpi) -> Content:
    return {
        **_named(kpi),
        "key": kpi.key,
        "numerator": kpi.numerator,
        "denominator": kpi.denominator,
        "unknown": kpi.unknown,
        "unit": kpi.unit,
        "formula_ko": kpi.formula_ko,
        "formula_en": kpi.formula_en,
        "certainty": kpi.origin.certainty,
        **_origin(kpi.origin),
    }


def _missing(each: NotRecorded) -> Content:
    reasons = {"reason_ko": each.reason_ko, "reason_en": each.reason_en}
    return {**_named(each), **reasons, "key": each.key, **_origin(each.origin)}


def _origin(told: Origin) -> Content:
    """The source by its name, with the day it was published or, unknown, read."""
    known = sources()[told.source]
    published = known.published_on
    return {
        "source": told.source,
        "source_ko": known.name_ko,
        "source_en": known.name_en,
        "published_on": None if published is None else published.isoformat(),
        "read_on": told.valid_from.isoformat(),
    }


def _students(
    session: Session, universities: Iterable[Organisation], asked: Asked
) -> list[Content]:
    """The second denominator of each university the pack is about; None was never typed."""
    own = [row for row in universities if asked.group in (ALL, row.id)]
    typed = denominators.student_counts(session, [row.id or 0 for row in own])
    found = []
    for row in own:
        count = typed.get(row.id or 0)
        told = None if count is None else {
            "students": count.students,
            "counted_on": count.counted_on.isoformat(),
            "source": count.source,
        }  # fmt: skip
        found.append({"slug": row.slug, "counted": told})
    return found


def at(asked: Asked, moment: datetime) -> Asked:
    return replace(asked, as_of=moment)
