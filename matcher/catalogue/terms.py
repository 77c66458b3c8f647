"""A named value of a fixed vocabulary; the slug is what records store."""

from collections.abc import Iterable
from dataclasses import dataclass

from matcher.catalogue.origin import Origin, Row, origin


@dataclass(frozen=True, slots=True)
class Term:
    """`code` is the one Work24 uses for the same thing, where one is known."""

    slug: str
    name_ko: str
    name_en: str
    origin: Origin
    code: str | None = None


def terms(rows: Iterable[Row]) -> tuple[Term, ...]:
    """In the order of the data."""
    return tuple(_term(row) for row in rows)


def _term(row: Row) -> Term:
    return Term(row["slug"], row["name_ko"], row["name_en"], origin(row), row.get("code"))
