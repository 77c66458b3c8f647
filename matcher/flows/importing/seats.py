"""Which stored seat a row means: a session the sender manages, and a person in it."""

from collections.abc import Iterable
from typing import NamedTuple, Protocol

from matcher.db import Unit
from matcher.exchange.errors import CellError, quoted
from matcher.exchange.session_refs import SeatRef, SessionRef
from matcher.flows.importing.known import Known
from matcher.store import class_rows
from matcher.store.class_rows import SeatFact, SessionFact
from matcher.text import canonical_email


class Row(Protocol):
    @property
    def line(self) -> int: ...
    @property
    def seat(self) -> SeatRef: ...


class Place(NamedTuple):
    """`seat` is None where the person is not in the session yet."""

    session: SessionFact
    youth_id: int
    seat: SeatFact | None


class Places:
    """Every seat the rows name, read in a few queries; faults are collected by line."""

    def __init__(self, unit: Unit, known: Known, rows: Iterable[Row]) -> None:
        self.known = known
        self.errors: list[CellError] = []
        rows = list(rows)
        starts = {row.seat.session.starts_on for row in rows}
        self._by_key: dict[tuple[str, object], list[SessionFact]] = {}
        for fact in class_rows.sessions(unit.session, unit.actor, starts):
            for key in filter(None, (fact.external_id, f"#{fact.course_id}")):
                self._by_key.setdefault((key, fact.starts_on), []).append(fact)
        self._sessions = {ref: self._session(ref) for ref in {row.seat.session for row in rows}}
        ids = {fact.id for fact in self._sessions.values() if isinstance(fact, SessionFact)}
        self._seats: dict[int, dict[str, SeatFact]] = {}
        for seat in class_rows.seats(unit.session, ids):
            keys = filter(None, (seat.email, seat.external_id, f"#{seat.youth_id}"))
            self._seats.setdefault(seat.session_id, {}).update(dict.fromkeys(keys, seat))
        self.session_ids = ids

    def find(self, row: Row) -> Place | None:
        """None after noting what is wrong with the line."""
        session = self._sessions[row.seat.session]
        if not isinstance(session, SessionFact):
            self.errors.append(CellError(row.line, *session))
            return None
        seats = self._seats.get(session.id, {})
        words = row.seat.person
        seat = seats.get(words) or seats.get(canonical_email(words))
        youth_id = seat.youth_id if seat is not None else self.known.youth(words)
        if youth_id is None:
            shown = quoted(words)
            self.fail(row, "person", "unknown_youth", f"{shown}: 없는 사람입니다",
                      f"{shown}: nobody found")  # fmt: skip
            return None
        recorded = seat.name if seat is not None else self.known.names.get(youth_id, "")
        return Place(session, youth_id, seat) if self._is_name(row, recorded) else None

    def fail(self, row: Row, column: str, code: str, korean: str, english: str) -> None:
        self.errors.append(CellError(row.line, column, code, korean, english))

    def _is_name(self, row: Row, recorded: str) -> bool:
        if not row.seat.name or row.seat.name == recorded:
            return True
        self.errors.append(other_name(row.line, row.seat.name))
        return False

    def _session(self, ref: SessionRef) -> SessionFact | tuple[str, str, str, str]:
        """The session, or what is wrong: column, code and words."""
        found = self._by_key.get((ref.course, ref.starts_on), [])
        if ref.provider:
            wanted = ref.provider.casefold()
            found = [
                fact
                for fact in found
                if wanted in (fact.slug, fact.name_ko.casefold(), fact.name_en.casefold())
            ]
        if len(found) == 1:
            return found[0]
        shown = f"{quoted(ref.course)} · {ref.starts_on}"
        if found:
            return (
                "provider", "ambiguous", f"{shown}: 여러 차수가 맞습니다. 운영기관을 적어 주십시오",
                f"{shown}: more than one session fits; name the provider",
            )  # fmt: skip
        return (
            "course", "unknown_session", f"{shown}: 없는 과정이거나 그날 시작하는 차수가 없습니다",
            f"{shown}: no such course, or no session of it begins that day",
        )  # fmt: skip


def other_name(line: int, written: str) -> CellError:
    shown = quoted(written)
    return CellError(
        line, "name", "other_name", f"{shown}: 기록의 이름과 다릅니다. 줄이 밀렸는지 보십시오",
        f"{shown} is not the recorded name; see whether the lines slipped",
    )  # fmt: skip


def twice(line: int, first: int) -> CellError:
    return CellError(
        line, "person", "duplicate", f"{first}행과 같은 사람입니다", f"same person as line {first}"
    )
