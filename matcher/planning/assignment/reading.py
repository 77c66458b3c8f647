"""Reading the file: strictly, in bounds, with the place of every mistake."""

import json
import re
from collections import Counter
from collections.abc import Callable, Mapping
from datetime import datetime
from typing import Any, TypeVar

from matcher.planning.assignment.file import Document, Fault, UnreadableError
from matcher.planning.assignment.problem import Method, Opening, Person, Problem, Tiers

Row = TypeVar("Row", Opening, Person)
MOST_BYTES = 128 * 1024 * 1024
MOST_PEOPLE = 30_000
MOST_PAIRS = 50_000_000
"""People times openings."""
MOST_NUMBER = 1_000_000
LONGEST_ID = 200
LONGEST_SEED = 1_024

_FIELDS = ("openings", "people", "assignment", "fit", "fixed", "method", "seed", "commitment",
           "committed_at")  # fmt: skip
_SURROGATE = re.compile("[\ud800-\udfff]")


class _Object(dict[str, Any]):
    """`doubled`: keys that were there more than once; the first counts."""

    doubled: tuple[str, ...] = ()


def parse(content: bytes) -> Document:
    """`UnreadableError` when there is no JSON object; what is wrong inside one is in `faults`."""
    if len(content) > MOST_BYTES:
        raise UnreadableError("too_large")
    try:
        text = content.decode("utf-8-sig")
    except UnicodeDecodeError:
        raise UnreadableError("not_utf8") from None
    try:
        found = json.loads(text, object_pairs_hook=_object)
    except json.JSONDecodeError as error:
        raise UnreadableError("not_json", error.lineno, error.colno) from None
    except (RecursionError, ValueError):
        raise UnreadableError("not_json") from None
    if not isinstance(found, _Object):
        raise UnreadableError("not_an_object")
    return _Reader(found).document()


def _object(pairs: list[tuple[str, Any]]) -> _Object:
    made = _Object(pairs)
    if len(made) != len(pairs):
        made = _Object(reversed(pairs))
        times = Counter(key for key, _ in pairs)
        made.doubled = tuple(sorted(key for key, count in times.items() if count > 1))
    return made


class _Reader:
    """Reads everything and remembers each place at which the shape is wrong."""

    def __init__(self, found: _Object) -> None:
        self.found = found
        self.faults: list[Fault] = []
        self.doubled: list[str] = []

    def document(self) -> Document:
        found = self.found
        for name in found.doubled:
            self.fault(name, "doubled_field")
        for name in sorted(found.keys() - set(_FIELDS)):
            self.fault(name, "unknown_field")
        for name in ("openings", "people", "assignment"):
            if name not in found:
                self.fault(name, "missing")
        openings = self.filled(self.opening, "openings")
        people = self.filled(self.person, "people")
        if len(people) > MOST_PEOPLE or len(people) * len(openings) > MOST_PAIRS:
            self.fault("people", "too_many")
        problem = Problem(people, openings, self.pairs("fixed"), self.fit())
        return Document(
            problem, self.pairs("assignment"), self.method(),
            self.text("seed"), self.text("commitment"), self.moment(),
            tuple(self.doubled), tuple(self.faults),
        )  # fmt: skip

    def filled(self, read: Callable[[str, Any], Row | None], name: str) -> tuple[Row, ...]:
        made = (read(at, row) for at, row in self.rows(name))
        return tuple(each for each in made if each is not None)

    def fault(self, path: str, code: str) -> None:
        self.faults.append(Fault(path, code))

    def rows(self, name: str) -> list[tuple[str, Any]]:
        rows = self.found.get(name, [])
        if not isinstance(rows, list):
            self.fault(name, "not_a_list")
            return []
        return [(f"{name}[{number}]", row) for number, row in enumerate(rows)]

    def opening(self, at: str, row: Any) -> Opening | None:
        if not self.has_fields(at, row, ("id", "capacity", "tiers"), ("minimum",)):
            return None
        return Opening(
            self.id(f"{at}.id", row["id"]),
            self.whole(f"{at}.capacity", row["capacity"]),
            self.tiers(f"{at}.tiers", row["tiers"]),
            self.whole(f"{at}.minimum", row.get("minimum", 0)),
        )

    def person(self, at: str, row: Any) -> Person | None:
        if not self.has_fields(at, row, ("id", "tiers")):
            return None
        return Person(self.id(f"{at}.id", row["id"]), self.tiers(f"{at}.tiers", row["tiers"]))

    def has_fields(
        self, at: str, row: Any, needed: tuple[str, ...], allowed: tuple[str, ...] = ()
    ) -> bool:
        if not isinstance(row, _Object):
            self.fault(at, "not_an_object")
            return False
        before = len(self.faults)
        for name in row.doubled:
            self.fault(f"{at}.{name}", "doubled_field")
        for name in sorted(row.keys() - {*needed, *allowed}):
            self.fault(f"{at}.{name}", "unknown_field")
        for name in needed:
            if name not in row:
                self.fault(f"{at}.{name}", "missing")
        return len(self.faults) == before

    def tiers(self, at: str, tiers: Any) -> Tiers:
        if not isinstance(tiers, list):
            self.fault(at, "not_a_list")
            return ()
        for number, tier in enumerate(tiers):
            if not isinstance(tier, list):
                self.fault(f"{at}[{number}]", "not_a_list")
                return ()
            for place, each in enumerate(tier):
                # The common case without a call: a round has millions of entries.
                if type(each) is str and 0 < len(each) <= LONGEST_ID and each.isascii():
                    continue
                if not self.id(f"{at}[{number}][{place}]", each):
                    return ()
        return tuple(tuple(tier) for tier in tiers)

    def pairs(self, name: str) -> dict[str, str]:
        """Somebody without an opening may be left out or have null."""
        rows = self.mapping(name, self.found.get(name, _Object()))
        return {
            self.id(f"{name}.{key}", key): self.id(f"{name}.{key}", value)
            for key, value in rows.items()
            if value is not None
        }

    def fit(self) -> dict[str, dict[str, float]]:
        people = self.mapping("fit", self.found.get("fit", _Object()))
        return {
            person: {
                opening: self.number(value, "fit", person, opening)
                for opening, value in self.mapping(f"fit.{person}", row).items()
            }
            for person, row in people.items()
        }

    def mapping(self, at: str, row: Any) -> Mapping[str, Any]:
        if not isinstance(row, _Object):
            self.fault(at, "not_an_object")
            return {}
        self.doubled += [f"{at}.{key}" for key in row.doubled]
        return row

    def method(self) -> Method:
        name = self.found.get("method", Method.WEAKLY_STABLE)
        if isinstance(name, str) and name in {str(each) for each in Method}:
            return Method(name)
        self.fault("method", "unknown_method")
        return Method.WEAKLY_STABLE

    def text(self, name: str) -> str | None:
        value = self.found.get(name)
        if value is None:
            return None
        if isinstance(value, str) and len(value) <= LONGEST_SEED and _is_encodable(value):
            return value
        self.fault(name, "not_a_text")
        return None

    def moment(self) -> str | None:
        value = self.text("committed_at")
        if value is not None:
            try:
                datetime.fromisoformat(value)
            except ValueError:
                self.fault("committed_at", "not_a_moment")
        return value

    def id(self, at: str, value: Any) -> str:
        if not isinstance(value, str) or not value or not _is_encodable(value):
            self.fault(at, "not_an_id")
            return ""
        if len(value) > LONGEST_ID:
            self.fault(at, "too_long")
        return value

    def whole(self, at: str, value: Any) -> int:
        if type(value) is not int or not 0 <= value <= MOST_NUMBER:
            self.fault(at, "not_a_number_of_seats")
            return 0
        return value

    def number(self, value: Any, *at: str) -> float:
        # NaN is in no range, and no number above the range is turned into a float.
        if type(value) in (int, float) and -MOST_NUMBER <= value <= MOST_NUMBER:
            return float(value)
        self.fault(".".join(at), "not_a_number")
        return 0.0


def _is_encodable(value: str) -> bool:
    return not _SURROGATE.search(value)
