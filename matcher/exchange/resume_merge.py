"""The record and the CV a person brought, in one JSON Resume.

What comes from the record carries a mark under `x-oreum`: which record it is, what the record says,
and (`made`) a fingerprint of the words put there. By the mark an entry is found again and brought
up to date instead of being written twice, so that export, import and export give the same bytes.
Words that no longer fit their fingerprint were changed by the person: they are theirs from then on.
An entry of their own that names the same thing keeps every word and only gets the mark.
"""

import hashlib
import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any, Final

from matcher.exchange.json_text import Number, written
from matcher.exchange.resume import SCHEMA, VERSION

MARK: Final = "x-oreum"
SECTIONS: Final = ("certificates", "skills", "projects")
OWN: Final[dict[str, tuple[str, ...]]] = {
    "certificates": ("name", "date", "issuer", "url"),
    "skills": ("name", "level", "keywords"),
    "projects": ("name", "description", "keywords", "endDate", "url", "roles", "entity"),
}
"""What is written into an entry; everything else in it is the person's."""
Item = dict[str, Any]


@dataclass(frozen=True)
class Entry:
    """`record` names one thing for good. `fields` of JSON Resume (those in OWN), `facts` for the
    mark: texts and whole numbers. `names`: what people call it, folded."""

    record: str
    fields: Mapping[str, Any]
    facts: Mapping[str, str | int] = field(default_factory=dict)
    names: frozenset[str] = frozenset()


@dataclass(frozen=True)
class Record:
    """`basics`: name, email, summary, as far as they are known."""

    basics: Mapping[str, str] = field(default_factory=dict)
    sections: Mapping[str, Sequence[Entry]] = field(default_factory=dict)


def fold(name: str) -> str:
    return re.sub(r"[\W_]+", "", name).casefold()


def merged(document: Item, record: Record) -> Item:
    """`document` with the record in it; what the record no longer holds goes, where nobody changed
    it. The same again for the same record."""
    made: Item = dict(document) if document else {"$schema": SCHEMA}
    basics = _basics(made.get("basics"), record.basics)
    if basics or isinstance(made.get("basics"), dict):
        made["basics"] = basics
    for section in SECTIONS:
        entries = record.sections.get(section, ())
        held = made.get(section)
        if entries or held:
            made[section] = _section(section, held or [], entries)
    return made if document else {**made, "meta": {"version": VERSION}}


def brought(document: Item, record: Record) -> Item:
    """A document somebody hands in: marks of what this record does not hold are taken off, so that
    the entries stay as the person's own words, whoever wrote them first."""
    made = dict(document)
    for section in SECTIONS:
        known = {each.record for each in record.sections.get(section, ())}
        if isinstance(made.get(section), list):
            made[section] = [_unless(each, known) for each in made[section]]
    return made


def record_of(item: Any) -> str:
    """What the mark of an entry says it is; empty without a mark."""
    mark = item.get(MARK) if isinstance(item, dict) else None
    named = mark.get("record") if isinstance(mark, dict) else None
    return named if isinstance(named, str) else ""


def level_of(item: Any) -> int | None:
    """The level 1 to 5 a mark tells."""
    mark = item.get(MARK) if isinstance(item, dict) else None
    told = mark.get("level") if isinstance(mark, dict) else None
    return int(told.text) if isinstance(told, Number) and told.text in set("12345") else None


def _unless(item: Any, known: set[str]) -> Any:
    named = record_of(item)
    return _plain(item) if named and named not in known else item


def _plain(item: Item) -> Item:
    return {name: each for name, each in item.items() if name != MARK}


def _section(section: str, held: list[Any], entries: Sequence[Entry]) -> list[Any]:
    open_ones = {each.record: each for each in entries}
    found = [_renewed(section, each, open_ones) for each in held]
    kept = [_adopted(each, open_ones) for each in found if each is not _GONE]
    return [*kept, *(_new(section, each) for each in open_ones.values())]


_GONE: Final = object()


def _renewed(section: str, item: Any, open_ones: dict[str, Entry]) -> Any:
    """A marked entry as its record says it now; takes the record out of `open_ones`."""
    named = record_of(item)
    if not named:
        return item
    entry = open_ones.pop(named, None)
    is_ours = item[MARK].get("made") == _fingerprint(section, item)
    if entry is None:
        return _GONE if is_ours else _plain(item)
    return _filled(section, item, entry) if is_ours else {**item, MARK: _mark(entry)}


def _adopted(item: Any, open_ones: dict[str, Entry]) -> Any:
    if not isinstance(item, dict) or record_of(item) or not isinstance(item.get("name"), str):
        return item
    name = fold(item["name"])
    entry = next((each for each in open_ones.values() if name in each.names), None)
    if entry is None:
        return item
    del open_ones[entry.record]
    return {**item, MARK: _mark(entry)}


def _new(section: str, entry: Entry) -> Item:
    return _filled(section, {}, entry)


def _filled(section: str, item: Item, entry: Entry) -> Item:
    told = {name: entry.fields[name] for name in OWN[section] if entry.fields.get(name)}
    kept = {name: each for name, each in item.items() if name not in OWN[section] or name in told}
    made = {**kept, **told, MARK: {}}
    return {**made, MARK: _mark(entry, _fingerprint(section, made))}


def _mark(entry: Entry, made: str = "") -> Item:
    facts = {
        name: Number(str(each)) if isinstance(each, int) else each
        for name, each in entry.facts.items()
    }
    return {"record": entry.record, **facts, **({"made": made} if made else {})}


def _fingerprint(section: str, item: Item) -> str:
    return _hash([item.get(name) for name in OWN[section]])


def _hash(value: Any) -> str:
    return hashlib.sha256(written(value).encode()).hexdigest()[:16]


def _basics(held: Any, known: Mapping[str, str]) -> Item:
    """Each blank is filled and what was filled before is brought up to date."""
    whole = held if isinstance(held, dict) else {}
    before = _filled_before(whole)
    made = {name: each for name, each in whole.items() if name not in before - known.keys()}
    ours = [name for name in known if name in before or made.get(name) in (None, "")]
    made.update({name: known[name] for name in ours})
    if not ours:
        return _plain(made)
    return {**made, MARK: {"made": {name: _hash(known[name]) for name in ours}}}


def _filled_before(basics: Item) -> frozenset[str]:
    """Names of what was put there and nobody changed."""
    mark = basics.get(MARK)
    told = mark.get("made") if isinstance(mark, dict) else None
    if not isinstance(told, dict):
        return frozenset()
    return frozenset(name for name in told if name != MARK and _is_as_put(basics, name, told[name]))


def _is_as_put(basics: Item, name: str, made: Any) -> bool:
    return name in basics and made == _hash(basics[name])
