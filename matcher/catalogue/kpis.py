"""Indicators of the yearly evaluation, as far as public sources name them. The official table of
Jeju was not found: formulas are proposals unless `origin.certainty` is "stated"."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from functools import cache

from matcher.catalogue.origin import Origin, Row, day, origin, read


@dataclass(frozen=True, slots=True)
class Source:
    """How the source of a row is called in print. `published_on` None: not told by the source."""

    name_ko: str
    name_en: str
    published_on: date | None


@dataclass(frozen=True, slots=True)
class Kpi:
    """`numerator` and `denominator` name stored queries (planning/measures.py); a share or a rate
    has both, and with `unknown` a third: people of whom nobody knows. `unit`: places, enrolments,
    people, certificates, openings, firms, people_events,
    percent, ratio."""

    key: str
    name_ko: str
    name_en: str
    numerator: str
    denominator: str | None
    unknown: str | None
    unit: str
    formula_ko: str
    formula_en: str
    origin: Origin


@dataclass(frozen=True, slots=True)
class NotRecorded:
    """An indicator others report and this service cannot answer, and why."""

    key: str
    name_ko: str
    name_en: str
    reason_ko: str
    reason_en: str
    origin: Origin


@cache
def kpis() -> tuple[Kpi, ...]:
    return tuple(_kpi(row) for row in read("kpis.json")["kpis"])


@cache
def not_recorded() -> tuple[NotRecorded, ...]:
    return tuple(_missing(row) for row in read("kpis.json")["not_recorded"])


@cache
def sources() -> Mapping[str, Source]:
    """By the text of `origin.source`."""
    return {text: _source(row) for text, row in read("kpis.json")["sources"].items()}


def _source(row: Row) -> Source:
    return Source(row["name_ko"], row["name_en"], day(row["published_on"]))


def _kpi(row: Row) -> Kpi:
    return Kpi(
        key=row["key"],
        name_ko=row["name_ko"],
        name_en=row["name_en"],
        numerator=row["numerator"],
        denominator=row["denominator"],
        unknown=row.get("unknown"),
        unit=row["unit"],
        formula_ko=row["formula_ko"],
        formula_en=row["formula_en"],
        origin=origin(row),
    )


def _missing(row: Row) -> NotRecorded:
    return NotRecorded(
        key=row["key"],
        name_ko=row["name_ko"],
        name_en=row["name_en"],
        reason_ko=row["reason_ko"],
        reason_en=row["reason_en"],
        origin=origin(row),
    )
