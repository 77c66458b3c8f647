"""Skills, licences and certification records from a file."""

from collections import defaultdict
from datetime import date
from typing import Any

from matcher.catalogue.certifications import load_programme
from matcher.catalogue.programme import Programme
from matcher.db import Unit
from matcher.exchange.certifications import CertificationRow
from matcher.exchange.parsing import Parsed
from matcher.exchange.skills import SkillRow
from matcher.flows.importing.known import Known
from matcher.planning import certification_rules as rules
from matcher.store import youths
from matcher.store.batches import Recorder
from models.certification import AttemptState, CertificationRecord
from models.skill import EvidenceKind, Rater, SkillRecord, UnmappedSkill

SEEN_BY_UNIVERSITY = 2


def write_skills(unit: Unit, recorder: Recorder, known: Known, parsed: Parsed) -> None:
    """One judgement a rater; a second file with another level changes it."""
    held: dict[int, dict[tuple[str, Rater], SkillRecord]] = {}
    for row in parsed.rows:
        youth_id = _youth(known, row.youth)
        if youth_id not in held:
            found = youths.skill_records(unit.session, youth_id)
            held[youth_id] = {(record.skill, record.rater): record for record in found}
        record = held[youth_id].get((row.skill, Rater(row.rater)))
        if record is None:
            recorder.make(_skill(unit, youth_id, row))
        else:
            recorder.change(record, {"level": row.level, "rated_on": row.rated_on})
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


def _skill(unit: Unit, youth_id: int, row: SkillRow) -> SkillRecord:
    rater = Rater(row.rater)
    return SkillRecord(
        youth_id=youth_id,
        skill=row.skill,
        level=row.level,
        rater=rater,
        verification=1 if rater is Rater.SELF else SEEN_BY_UNIVERSITY,
        evidence_kind=EvidenceKind.NOTE if row.evidence else None,
        evidence=row.evidence,
        rated_on=row.rated_on,
        created_at=unit.now,
    )


def write_certifications(unit: Unit, recorder: Recorder, known: Known, parsed: Parsed) -> None:
    """Attempts; the same certification, version and day again changes the one that is there."""
    programme = load_programme()
    touched = set()
    for row in parsed.rows:
        youth_id = _youth(known, row.youth)
        touched.add(youth_id)
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
            recorder.change(held, values)
    unit.session.flush()  # expiries are replayed over all passes, the new ones included
    for youth_id in sorted(touched):
        _settle(unit, recorder, youth_id, programme)


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


def _settle(unit: Unit, recorder: Recorder, youth_id: int, programme: Programme) -> None:
    """Expiries by the renewal rules; a day given in the file stays when it is later."""
    passed: dict[str, list[CertificationRecord]] = defaultdict(list)
    for record in youths.certification_records(unit.session, youth_id):
        if record.state is AttemptState.PASSED and record.exam_on is not None:
            passed[record.certification].append(record)
    days = [
        (name, record.exam_on)
        for name, records in passed.items()
        for record in records
        if record.exam_on is not None
    ]
    edges = [(edge.passed, edge.renews) for edge in programme.renewal_edges]
    for name, expires_on in rules.expiries_of_passes(days, edges).items():
        for record in passed[name]:
            if record.expires_on is None or record.expires_on < expires_on:
                recorder.change(record, {"expires_on": expires_on})


def _youth(known: Known, words: str) -> int:
    youth_id = known.youth(words)
    assert youth_id is not None, "the file was checked against the stored people"
    return youth_id
