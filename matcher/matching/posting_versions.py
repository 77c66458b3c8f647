"""A posting's versions: what its readers saw from the first publication on. The one place that
writes them, and that tells the people who applied what changed."""

from collections.abc import Callable, Sequence
from datetime import date, datetime
from typing import Any

from sqlmodel import SQLModel

from matcher.db import Unit
from matcher.i18n import use_language
from matcher.matching.posting_words import Content, changes
from matcher.store import openings, outbox
from matcher.store import posting_versions as store
from models.opening import Opening, OpeningRequirement, OpeningState, OpeningVersion

FIELDS = (
    "title_ko",
    "title_en",
    "sector",
    "role",
    "description",
    "employment_type",
    "region",
    "headcount",
    "pay_min_krw",
    "pay_max_krw",
    "opens_on",
    "closes_on",
    "starts_on",
    "answer_days",
)
Add = Callable[[SQLModel], None]
LONGEST = 200
"""Of a value in a mail; the page shows all of it."""


def content(row: Opening, asked: Sequence[OpeningRequirement]) -> dict[str, Any]:
    """Every field and requirement a reader sees, as plain values."""
    found = {name: _plain(getattr(row, name)) for name in FIELDS}
    found["requirements"] = sorted(
        ([each.kind.value, each.subject.value, each.ref, each.level] for each in asked),
        key=lambda each: each[:3],
    )
    return found


def begin(unit: Unit, row: Opening) -> None:
    """To be called before a change: a posting that was published before versions were kept gets
    its first one as it stands."""
    if row.published_at is None or store.last(unit.session, row.id or 0) is not None:
        return
    if row.state is OpeningState.PUBLISHED:
        _write(unit, row, 1, _now(unit, row), [], None, row.published_at)


def note(unit: Unit, row: Opening, add: Add | None = None) -> None:
    """To be called after a change or a publication. Only what was published is a version: a text
    that waits for the centre is told to nobody before a person has read it. `add` stores a first
    version where it has to go with the posting."""
    if row.state is not OpeningState.PUBLISHED:
        return
    before, now = store.last(unit.session, row.id or 0), _now(unit, row)
    by = None if unit.actor is None else unit.actor.account_id
    if before is None:
        _write(unit, row, 1, now, [], by, unit.now, add)
        return
    changed = [name for name in now if now[name] != before.content.get(name)]
    if changed:
        _write(unit, row, before.number + 1, now, changed, by, unit.now)
        _tell(unit, row, before.number + 1, before.content, now)


def _now(unit: Unit, row: Opening) -> dict[str, Any]:
    unit.session.flush()  # the requirements are read back as they are stored
    return content(row, openings.requirements(unit.session, row.id or 0))


def _write(
    unit: Unit,
    row: Opening,
    number: int,
    now: dict[str, Any],
    changed: list[str],
    by: int | None,
    at: datetime,
    add: Add | None = None,
) -> None:
    version = OpeningVersion(
        opening_id=row.id or 0, number=number, content=now, changed=changed, account_id=by, at=at
    )
    (add or unit.session.add)(version)


def _tell(unit: Unit, row: Opening, number: int, before: Content, now: Content) -> None:
    organisation = openings.organisation_of(unit.session, row)
    lines = {code: _lines(code, before, now) for code in ("ko", "en")}
    for reader in store.readers(unit.session, row.id or 0):
        outbox.put(
            unit.session, reader.account, "posting_changed", unit.now,
            f"opening:{row.id}:changed:{number}:{reader.application_id}",
            title_ko=row.title_ko, title_en=row.title_en,
            organisation_ko=organisation.name_ko, organisation_en=organisation.name_en,
            lines_ko=lines["ko"], lines_en=lines["en"], application_id=reader.application_id,
        )  # fmt: skip


def _lines(code: str, before: Content, now: Content) -> list[list[str]]:
    with use_language("en" if code == "en" else "ko"):
        return [
            [each.label, each.before[:LONGEST], each.after[:LONGEST]]
            for each in changes(before, now)
        ]


def _plain(value: Any) -> Any:
    return value.isoformat() if isinstance(value, date) else value
