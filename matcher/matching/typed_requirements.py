"""The requirements of a posting as they stand in its form, valid or not, and what they ask for."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from datetime import date

from sqlmodel import Session

from matcher.matching import easing_words
from matcher.matching.easing_words import Change
from matcher.matching.openings import requirement
from matcher.matching.wanted import Meant, meant
from matcher.ranking.types import Requirement
from matcher.store import openings
from matcher.store.match_rows import RequirementRow
from models.opening import Opening, RequirementKind, RequirementSubject

LEVELS = frozenset("12345")


@dataclass(frozen=True)
class TypedRow:
    """`pick` is the key chosen where the text alone was unclear."""

    kind: str
    text: str
    level: str = ""
    pick: str = ""


@dataclass(frozen=True)
class Asked:
    """What a form asks so far. `unclear` rows mean nothing yet and are not counted."""

    sector: str
    requirements: tuple[Requirement, ...]
    starts_on: date | None = None
    unclear: int = 0


def asked(sector: str, rows: Iterable[TypedRow], starts_on: date | None = None) -> Asked:
    """From what stands in the form, however unfinished."""
    found = [_requirement(row) for row in rows if row.text.strip()]
    clear = tuple(each for each in found if each is not None)
    return Asked(sector, clear, starts_on, len(found) - len(clear))


def asked_by(session: Session, opening: Opening) -> Asked:
    """From an opening as it was last saved."""
    rows = openings.requirements(session, opening.id or 0)
    found = (
        requirement(RequirementRow(0, each.kind, each.subject, each.ref, each.level))
        for each in rows
    )
    return Asked(opening.sector, tuple(found), opening.starts_on)


def eased(rows: Sequence[TypedRow], code: str) -> tuple[tuple[TypedRow, ...], date | None]:
    """The rows with the changes of a code made, and the later start it names. Nothing is stored:
    a person reads the form and saves it, or does not."""
    changes, start = easing_words.read(code)
    for each in changes:
        rows = _eased(rows, each)
    return tuple(rows), start


def _eased(rows: Sequence[TypedRow], change: Change) -> list[TypedRow]:
    hit = [
        _key(row) == change.key and (row.kind == "exclude") is change.is_exclusion for row in rows
    ]
    found = [
        new
        for row, is_it in zip(rows, hit, strict=True)
        for new in (_changed(row, change) if is_it else [row])
    ]
    other = meant(change.to) if change.verb == "swap" and any(hit) else None
    if other is None:
        return found
    rest = [each for each in found if _key(each) != other.key]
    return [*rest, TypedRow("must", other.name, "", other.key)]


def _changed(row: TypedRow, change: Change) -> list[TypedRow]:
    if change.verb == "drop":
        return []
    if change.verb == "level":
        return [replace(row, level=change.to)] if change.to in LEVELS else [row]
    return [replace(row, kind="nice")]


def _requirement(row: TypedRow) -> Requirement | None:
    found = _meant(row)
    kind = None if found is None else _kind(row.kind, found.subject)
    if found is None or kind is None:
        return None
    level = None
    if found.subject is RequirementSubject.SKILL:
        level = int(row.level) if row.level in LEVELS else 1
    return requirement(RequirementRow(0, kind, found.subject, found.ref, level))


def _kind(typed: str, subject: RequirementSubject) -> RequirementKind | None:
    """A licence that is asked for is one the law asks for, and nothing else can be."""
    if typed not in {each.value for each in RequirementKind}:
        return None
    kind = RequirementKind(typed)
    if subject is RequirementSubject.LICENCE and kind is not RequirementKind.EXCLUDE:
        return RequirementKind.LICENCE
    return None if kind is RequirementKind.LICENCE else kind


def _key(row: TypedRow) -> str:
    found = _meant(row)
    return "" if found is None else found.key


def _meant(row: TypedRow) -> Meant | None:
    return meant(row.text) or (meant(row.pick) if row.pick else None)
