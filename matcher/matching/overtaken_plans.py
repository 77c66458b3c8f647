"""Exams somebody planned or booked and has passed meanwhile, however the pass came to be known."""

from collections.abc import Iterable
from datetime import date

from matcher.db import Unit
from matcher.matching.certification_facts import programme_facts
from matcher.planning.certification_rules import repeat_opens_on
from matcher.store import youths
from models.certification import AttemptState, CertificationRecord

AHEAD = (AttemptState.PLANNED, AttemptState.SCHEDULED)


def overtaken(
    records: Iterable[CertificationRecord], exam_code: str, passed_on: date
) -> list[CertificationRecord]:
    """Of the version that was passed, and for a day on which AWS lets nobody sit it again. A plan
    for a later day, or of a newer version, is the renewal and stays."""
    again = repeat_opens_on(passed_on, programme_facts().rules)
    return [
        row
        for row in records
        if row.state in AHEAD
        and row.exam_code == exam_code
        and (row.exam_on or row.planned_on or passed_on) < again
    ]


def end(unit: Unit, passed: CertificationRecord) -> None:
    """Cancel what this pass overtook."""
    if passed.exam_on is None:
        return
    records = youths.certification_records(unit.session, passed.youth_id)
    for row in overtaken(records, passed.exam_code, passed.exam_on):
        row.state = AttemptState.CANCELLED
        row.version, row.updated_at = row.version + 1, unit.now
        unit.session.add(row)
        unit.audit("certification:moved", "certification", row.id, to=row.state.value)
