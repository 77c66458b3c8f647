"""Outcomes and their later checks; one row a person, kind and first day."""

from typing import Any, NamedTuple

from matcher.db import Unit
from matcher.exchange.errors import CellError, quoted
from matcher.exchange.outcomes import MONTHS, OutcomeRow
from matcher.exchange.parsing import Parsed
from matcher.flows.importing.known import Known, note_people
from matcher.flows.importing.seats import other_name, twice
from matcher.i18n import current_language
from matcher.refusal import Conflict
from matcher.store import class_rows
from matcher.store.batches import Change, Recorder
from models.outcome import Outcome, OutcomeCheck, OutcomeKind, OutcomeSource, OutcomeState

YES = {"yes": True, "no": False, "": None}
Told = tuple[bool, bool | None]
STILL: dict[str, Told] = {
    "held_in_jeju": (True, True),
    "held_elsewhere": (True, False),
    "held": (True, None),
    "ended_in_jeju": (False, True),
    "ended_elsewhere": (False, False),
    "ended": (False, None),
}


class Meant(NamedTuple):
    row: OutcomeRow
    youth_id: int

    @property
    def key(self) -> tuple[int, str, Any]:
        return self.youth_id, self.row.kind, self.row.started_on


def check(unit: Unit, known: Known, parsed: Parsed) -> list[CellError]:
    return _meant(known, parsed)[1]


def write(unit: Unit, recorder: Recorder, known: Known, parsed: Parsed) -> None:
    meant, errors = _meant(known, parsed)
    if errors:
        raise Conflict(errors[0].sentence(current_language()))
    people = {each.youth_id for each in meant}
    stored = {
        (row.youth_id, row.kind.value, row.started_on): row
        for row in class_rows.outcomes(unit.session, people)
    }
    fresh = [each for each in meant if each.key not in stored]
    ids = {each.key: stored[each.key].id for each in meant if each.key in stored}
    made = recorder.make_all(Outcome, [_new(unit, each) for each in fresh])
    ids |= dict(zip((each.key for each in fresh), made, strict=True))
    changes = [_change(unit, each, stored[each.key]) for each in meant if each.key in stored]
    recorder.change_all(Outcome, [change for change in changes if change is not None])
    _write_checks(unit, recorder, {ids[each.key]: each.row for each in meant})
    note_people(unit, "import:outcomes", people)


def _meant(known: Known, parsed: Parsed) -> tuple[list[Meant], list[CellError]]:
    meant: list[Meant] = []
    errors: list[CellError] = []
    seen: dict[tuple[int, str, Any], int] = {}
    for row in parsed.rows:
        youth_id = known.youth(row.person)
        if youth_id is None:
            shown = quoted(row.person)
            errors.append(
                CellError(
                    row.line,
                    "person",
                    "unknown_youth",
                    f"{shown}: 없는 사람입니다",
                    f"{shown}: nobody found",
                )
            )
            continue
        if row.name and row.name != known.names.get(youth_id):
            errors.append(other_name(row.line, row.name))
            continue
        each = Meant(row, youth_id)
        first = seen.setdefault(each.key, row.line)
        if first == row.line:
            meant.append(each)
        else:
            errors.append(twice(row.line, first))
    return meant, errors


def _values(row: OutcomeRow) -> dict[str, Any]:
    return {
        "state": OutcomeState(row.state),
        "organisation_name": row.organisation,
        "sector": row.sector or None,
        "is_in_jeju": YES[row.in_jeju],
        "ended_on": row.ended_on,
    }


def _decided(unit: Unit, state: OutcomeState) -> int | None:
    return unit.actor.account_id if unit.actor and state is not OutcomeState.PROPOSED else None


def _new(unit: Unit, each: Meant) -> dict[str, Any]:
    values = _values(each.row)
    return {
        "youth_id": each.youth_id,
        "kind": OutcomeKind(each.row.kind),
        "source": OutcomeSource.IMPORT,
        "started_on": each.row.started_on,
        "decided_by_account_id": _decided(unit, values["state"]),
        "version": 1,
        "created_at": unit.now,
        "updated_at": unit.now,
        **values,
    }


def _change(unit: Unit, each: Meant, stored: Any) -> Change | None:
    wanted = _values(each.row)
    before = {name: getattr(stored, name) for name in wanted}
    if before == wanted:
        return None
    if before["state"] is not wanted["state"]:
        before["decided_by_account_id"] = stored.decided_by_account_id
        wanted["decided_by_account_id"] = _decided(unit, wanted["state"])
    before["version"], wanted["version"] = stored.version, stored.version + 1
    return Change(stored.id, before, {**wanted, "updated_at": unit.now})


def _write_checks(unit: Unit, recorder: Recorder, rows: dict[int, OutcomeRow]) -> None:
    stored = {
        (row.outcome_id, row.months): row for row in class_rows.outcome_checks(unit.session, rows)
    }
    fresh, changes = [], []
    for outcome_id, row in rows.items():
        for months in MONTHS:
            said, on = row.check(months)
            if not said:
                continue
            still_holds, is_in_jeju = STILL[said]
            values = {"still_holds": still_holds, "is_in_jeju": is_in_jeju, "checked_on": on}
            held = stored.get((outcome_id, months))
            if held is None:
                keys = {"outcome_id": outcome_id, "months": months, "source": OutcomeSource.IMPORT}
                fresh.append(keys | values)
                continue
            before = {name: getattr(held, name) for name in values}
            if before != values:
                changes.append(Change(held.id, before, values))
    watched = ("still_holds", "is_in_jeju")
    recorder.make_all(OutcomeCheck, fresh, watched)
    recorder.change_all(OutcomeCheck, changes, watched)
