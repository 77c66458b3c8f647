"""Skills, licences and certification records from a file."""

from datetime import date
from typing import Any

from matcher.catalogue.certifications import load_programme
from matcher.catalogue.programme import Programme
from matcher.db import Unit
from matcher.exchange.certifications import CertificationRow
from matcher.exchange.errors import CellError
from matcher.exchange.parsing import Parsed
from matcher.exchange.skills import SkillRow
from matcher.flows.importing.known import Known, for_a_colleague, note_people
from matcher.i18n import current_language
from matcher.matching import passes, two_hats
from matcher.refusal import Conflict
from matcher.store import import_people, youths
from matcher.store.batches import Recorder
from models.certification import AttemptState, CertificationRecord
from models.skill import EvidenceKind, Rater, SkillRecord, UnmappedSkill

SEEN_BY_UNIVERSITY = 2


def check_skills(unit: Unit, known: Known, parsed: Parsed) -> list[CellError]:
    """Whoever also works for a partner rates nobody tied to it; own judgements are the person's."""
    rated = [
        (row.line, _youth(known, row.youth))
        for row in parsed.rows
        if Rater(row.rater) is not Rater.SELF
    ]
    barred = two_hats.barred_at_desk(unit, sorted({youth for _line, youth in rated}))
    return [for_a_colleague(line, "youth") for line, youth in rated if youth in barred]


def write_skills(unit: Unit, recorder: Recorder, known: Known, parsed: Parsed) -> None:
    """One judgement a rater; a second file with another level changes it."""
    errors = check_skills(unit, known, parsed)
    if errors:  # somebody applied there since the file was looked at
        raise Conflict(errors[0].sentence(current_language()))
    people = {_youth(known, row.youth) for row in parsed.rows}
    held = {
        (record.youth_id, record.skill, record.rater): record
        for record in import_people.skill_records(unit.session, sorted(people))
    }
    fresh: dict[tuple[int, str, Rater], dict[str, Any]] = {}
    for row in parsed.rows:
        key = (_youth(known, row.youth), row.skill, Rater(row.rater))
        record = held.get(key)
        if record is None:
            fresh[key] = _skill(unit, key[0], row)
        else:
            recorder.change(record, {"level": row.level, "rated_on": row.rated_on})
    recorder.make_all(SkillRecord, list(fresh.values()), ("level",))
    note_people(unit, "import:skills", people)
    _keep_unmapped(unit, recorder, known, parsed)


def _keep_unmapped(unit: Unit, recorder: Recorder, known: Known, parsed: Parsed) -> None:
    for each in parsed.unmapped:
        if each.row is not None:
            recorder.make(
                UnmappedSkill(
                    youth_id=_youth(known, each.row.youth),
                    text=each.row.text[:120],
                    level=each.row.level,
                    created_at=unit.now,
                )
            )


def _skill(unit: Unit, youth_id: int, row: SkillRow) -> dict[str, Any]:
    rater = Rater(row.rater)
    is_desks = unit.actor is not None and rater is Rater.COORDINATOR
    return {
        "youth_id": youth_id,
        "skill": row.skill,
        "level": row.level,
        "rater": rater,
        "verification": 1 if rater is Rater.SELF else SEEN_BY_UNIVERSITY,
        "evidence_kind": EvidenceKind.NOTE if row.evidence else None,
        "evidence": row.evidence,
        "rated_on": row.rated_on,
        "rated_by_account_id": unit.actor.account_id if is_desks and unit.actor else None,
        "created_at": unit.now,
    }


def write_certifications(unit: Unit, recorder: Recorder, known: Known, parsed: Parsed) -> None:
    """Attempts; the same certification, version and day again changes the one that is there."""
    programme = load_programme()
    kept: dict[int, dict[str, date]] = {}
    for row in parsed.rows:
        youth_id = _youth(known, row.youth)
        if youth_id not in kept:
            kept[youth_id] = passes.kept_days(youths.certification_records(unit.session, youth_id))
        _keep_told(kept[youth_id], row)
        code = row.exam_code or _version(programme, row, unit.today)
        values = _days(row) | {"state": AttemptState(row.state), "proof_url": row.badge_url}
        held = _same(unit, youth_id, row, code)
        if held is None:
            recorder.make(
                CertificationRecord(
                    youth_id=youth_id,
                    certification=row.certification,
                    exam_code=code,
                    created_at=unit.now,
                    updated_at=unit.now,
                    **values,
                )
            )
        else:
            recorder.change(held, _beyond(held, values))
    note_people(unit, "import:certifications", kept.keys())
    unit.session.flush()  # expiries are replayed over all passes, the new ones included
    for youth_id in sorted(kept):
        records = youths.certification_records(unit.session, youth_id)
        for record, expires_on in passes.moved_expiries(records, kept[youth_id]):
            recorder.change(record, {"expires_on": expires_on})


def _beyond(held: CertificationRecord, values: dict[str, Any]) -> dict[str, Any]:
    """What the file says more than the record: a blank cell takes nothing away, and the day a
    result came, which a file does not carry, stands while the state does."""
    told = {name: value for name, value in values.items() if value not in (None, "")}
    if held.state is values["state"] and held.result_on is not None:
        told.pop("result_on", None)
    return told


def _keep_told(kept: dict[str, date], row: CertificationRow) -> None:
    """A day given in the file stands where it is later than the passes give."""
    if row.expires_on is not None and row.state == AttemptState.PASSED.value:
        kept[row.certification] = max(row.expires_on, kept.get(row.certification, date.min))


def _version(programme: Programme, row: CertificationRow, today: date) -> str:
    """The version of the day; a day before our records begin keeps the certification's own id."""
    exam = programme.exam_for(row.certification, row.on or today)
    return exam.code if exam is not None else row.certification


def _days(row: CertificationRow) -> dict[str, Any]:
    state = AttemptState(row.state)
    is_planned = state is AttemptState.PLANNED
    is_settled = state in (AttemptState.PASSED, AttemptState.FAILED)
    return {
        "planned_on": row.on if is_planned else None,
        "exam_on": None if is_planned else row.on,
        "result_on": row.on if is_settled else None,
        "expires_on": row.expires_on,
    }


def _same(
    unit: Unit, youth_id: int, row: CertificationRow, code: str
) -> CertificationRecord | None:
    for record in youths.certification_records(unit.session, youth_id):
        same_day = row.on in (record.planned_on, record.exam_on)
        if record.certification == row.certification and record.exam_code == code and same_day:
            return record
    return None


def _youth(known: Known, words: str) -> int:
    youth_id = known.youth(words)
    assert youth_id is not None, "the file was checked against the stored people"
    return youth_id
