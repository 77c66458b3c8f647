"""A badge that counts proves a pass: the certification record is found or made, and its level
rises; when the badge stops counting, the level falls to what else proves the record."""

from collections.abc import Sequence
from datetime import date, timedelta

from matcher.catalogue.certifications import load_programme
from matcher.credentials.types import Proof
from matcher.db import Unit
from matcher.matching import overtaken_plans, passes
from matcher.policy import badges, desk
from matcher.store import presented, youths
from models.certification import AttemptState, CertificationRecord
from models.credential import IssuerMeans, PresentedCredential

NEAR = timedelta(days=60)
"""A person's own day of a pass and the day on the badge, for the two to be one pass. The badge
comes up to five working days after the exam, and nobody may sit a passed exam again for years."""
_SAT = (AttemptState.SCHEDULED, AttemptState.RESULT_PENDING)


def back(unit: Unit, row: PresentedCredential, level: int, seen_by: int | None = None) -> bool:
    """False where no record can be backed: no day is known, and no pass is on record. `seen_by`:
    the account of a desk that read the badge by hand; its look outlives the badge."""
    assert row.certification is not None
    youths.hold(unit.session, [row.youth_id])  # two badges at once find one record
    history = youths.certification_records(unit.session, row.youth_id)
    kept = passes.kept_days(history)
    record = _found(row, history) or _made(unit, row)
    if record is None:
        return False
    _to_the_day(record, row)
    before, record.verification = record.verification, max(record.verification, level)
    record.verified_by_account_id = seen_by or record.verified_by_account_id
    record.version, record.updated_at = record.version + 1, unit.now
    unit.session.add(record)
    unit.session.flush()  # the badge names the record, and the replay of expiries reads it
    row.record_id = record.id
    _settle_expiries(unit, row, kept)
    overtaken_plans.end(unit, record)
    unit.audit(
        "certification:proved", "certification", record.id, before=before,
        after=record.verification, badge=row.id,
    )  # fmt: skip
    return True


def let_go(unit: Unit, row: PresentedCredential, why: str) -> None:
    """The badge proves its record no more."""
    number, row.record_id = row.record_id, None
    record = youths.certification_record(unit.session, row.youth_id, number or 0)
    if record is None:
        return
    others = presented.backing(unit.session, row.youth_id, number or 0)
    proofs = [_worth(each) for each in others if each.id != row.id]
    seen = desk.SAID if record.verified_by_account_id is None else desk.SEEN
    before, after = record.verification, max([seen, *proofs])
    if after >= before:
        return
    record.verification = after
    record.version, record.updated_at = record.version + 1, unit.now
    unit.session.add(record)
    unit.audit(
        "certification:proof_lost", "certification", record.id, before=before, after=after,
        badge=row.id, reason=why,
    )  # fmt: skip


def _worth(row: PresentedCredential) -> int:
    """Of a badge that counts already, whatever its issuer stands behind today."""
    if not badges.is_proved(row):
        return desk.SEEN
    means = IssuerMeans.HOSTED if row.proof == Proof.OB2_HOSTED else IssuerMeans.SIGNED
    return badges.level_of(row.proof, means) or 0


def _found(
    row: PresentedCredential, history: Sequence[CertificationRecord]
) -> CertificationRecord | None:
    of_it = [each for each in history if each.certification == row.certification]
    passed = [each for each in of_it if each.state is AttemptState.PASSED]
    known = [each for each in passed if each.id == row.record_id]
    if known or row.issued_on is None:
        return next(reversed(known or passed), None)
    near = [each for each in passed if _distance(each, row.issued_on) <= NEAR]
    if near:
        day = row.issued_on
        return min(near, key=lambda each: (_distance(each, day), each.id))
    sat = (each for each in of_it if each.state in _SAT and _is_sat(each, row.issued_on))
    return next(sat, None) or _planned(row, of_it)


def _planned(
    row: PresentedCredential, of_it: Sequence[CertificationRecord]
) -> CertificationRecord | None:
    """The plan becomes the pass, as it does by hand."""
    if row.certification is None or row.issued_on is None:
        return None
    code = _exam_code(row.certification, row.issued_on)
    return next(iter(overtaken_plans.overtaken(of_it, code, row.issued_on)), None)


def _distance(record: CertificationRecord, day: date) -> timedelta:
    return timedelta() if record.exam_on is None else abs(record.exam_on - day)


def _is_sat(record: CertificationRecord, day: date) -> bool:
    return record.exam_on is not None and day - NEAR <= record.exam_on <= day


def _made(unit: Unit, row: PresentedCredential) -> CertificationRecord | None:
    if row.issued_on is None or row.issued_on > unit.today:
        return None
    assert row.certification is not None
    return CertificationRecord(
        youth_id=row.youth_id,
        certification=row.certification,
        exam_code=_exam_code(row.certification, row.issued_on),
        state=AttemptState.PASSED,
        created_at=unit.now,
        updated_at=unit.now,
    )


def _exam_code(certification: str, day: date) -> str:
    """The version of the day. What the issuer certifies was sat, so no rule refuses it here."""
    programme = load_programme()
    exam = programme.exam_for(certification, day)
    return (exam or programme.certification(certification).exams[-1]).code


def _to_the_day(record: CertificationRecord, row: PresentedCredential) -> None:
    """The issuer's day where the person's own is missing or later: a proof never buys time."""
    record.state = AttemptState.PASSED
    if row.issued_on is not None and (record.exam_on is None or record.exam_on > row.issued_on):
        record.exam_on = row.issued_on
    record.result_on = record.result_on or row.issued_on or record.exam_on


def _settle_expiries(unit: Unit, row: PresentedCredential, kept: dict[str, date]) -> None:
    """By the rules; a later end on the badge holds, as what AWS itself said always does."""
    assert row.certification is not None
    if row.expires_on is not None:
        kept[row.certification] = max(row.expires_on, kept.get(row.certification, row.expires_on))
    records = youths.certification_records(unit.session, row.youth_id)
    for record, expires_on in passes.moved_expiries(records, kept):
        record.expires_on = expires_on
        unit.session.add(record)
