"""Signing what a person's record says: one credential a completed course, one an assessed skill.

Run again it changes nothing: the same content is never signed twice, and a number is given once.
"""

import uuid
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

from matcher.clock import day_of, start_of
from matcher.credentials import badge
from matcher.credentials.badge import Achieved, Issue
from matcher.credentials.signing_keys import sign_jwt
from matcher.credentials.status_bits import SIZE
from matcher.credentials.tokens import read_token
from matcher.db import Unit
from matcher.matching import achievements, issued_states
from matcher.matching.signing import Signer
from matcher.store import (
    course_desk,
    credentials,
    due_credentials,
    enrolments,
    issued,
    issuer_keys,
    youths,
)
from matcher.store.due_credentials import LIVE
from models.credential import IssuedCredential, IssuedKind, IssuedState

MOST = 50
"""People a transaction: signing is a third of a millisecond, a transaction must stay short."""


@dataclass(frozen=True)
class Wanted:
    achieved: Achieved
    on: date
    """Of the completion or the judgement; the credential is valid from it."""
    is_new: bool
    """Recorded since the service has a key."""
    credential_id: int | None = None
    skill: str | None = None

    @property
    def kind(self) -> IssuedKind:
        return IssuedKind.COURSE if self.skill is None else IssuedKind.SKILL


def due(unit: Unit, most: int = MOST) -> Sequence[int]:
    """People with something to sign or to take back; nobody before the first key was made."""
    first = issuer_keys.first(unit.session)
    if first is None:
        return ()
    since = first.created_at
    return due_credentials.due(unit.session, since, day_of(since), most)


def sync(unit: Unit, signer: Signer, youth_id: int, everything: bool = False) -> int:
    """Bring a person's credentials in line with the record; gives how many were signed.
    `everything`: also what was completed or judged before the service had a key, and what was
    signed for an earlier e-mail address."""
    youths.hold(unit.session, [youth_id])
    issued_states.fall(unit, youth_id)
    signed = _sign_anew(unit, signer, youth_id)
    for wanted in (*_courses(unit, signer, youth_id), *_skills(unit, signer, youth_id)):
        signed += _settle(unit, signer, youth_id, wanted, everything)
    return signed


def missing(unit: Unit, youth_id: int, rows: Sequence[IssuedCredential]) -> int:
    """Completed courses and assessed skills that none of the person's signed ones stands for."""
    held = [row for row in rows if _holds(row) or row.is_withheld]
    courses = {row.credential_id for row in held if row.kind is IssuedKind.COURSE}
    skills = {row.skill: row.level or 0 for row in held if row.kind is IssuedKind.SKILL}
    best = issued_states.best_levels(unit, youth_id)
    finished = credentials.finished(unit.session, youth_id)
    lacking = sum(each.credential.id not in courses for each in finished)
    return lacking + sum(skills.get(slug, 0) < level for slug, level in best.items())


def _holds(row: IssuedCredential) -> bool:
    is_in_force = row.state is IssuedState.IN_FORCE and not is_outdated(row)
    return is_in_force or row.state is IssuedState.SUSPENDED


def payload_of(token: str) -> dict[str, Any]:
    """What a token of ours says; the signature is not looked at."""
    return dict(read_token(token).payload)


def _since(unit: Unit) -> datetime:
    first = issuer_keys.first(unit.session)
    return first.created_at if first else unit.now


def _sign_anew(unit: Unit, signer: Signer, youth_id: int) -> int:
    """What a revoked key signed: the same words and the same number under the key of today."""
    lost = issuer_keys.revoked_ids(unit.session)
    rows = [
        row
        for row in issued.of_person(unit.session, youth_id)
        if row.key_id in lost and row.state is not IssuedState.REVOKED
    ]
    for row in rows:
        row.token = sign_jwt(payload_of(row.token), signer.key)
        row.key_id, row.version = signer.key_id, row.version + 1
        unit.session.add(row)
        unit.audit("credential:signed-anew", "issued_credential", row.id, number=row.number)
    return len(rows)


def _courses(unit: Unit, signer: Signer, youth_id: int) -> Iterable[Wanted]:
    """The oldest first."""
    email = enrolments.account_of(unit.session, youth_id).email
    found = credentials.finished(unit.session, youth_id)
    taught = course_desk.gained(unit.session, {each.course.id or 0 for each in found})
    since = _since(unit)
    for each in reversed(found):
        skills = taught.get(each.course.id or 0, ())
        achieved = achievements.course(each, skills, email, signer.site)
        row = each.credential
        yield Wanted(achieved, row.issued_on, row.created_at >= since, credential_id=row.id)


def _skills(unit: Unit, signer: Signer, youth_id: int) -> Iterable[Wanted]:
    account = enrolments.account_of(unit.session, youth_id)
    best: dict[str, Any] = {}
    for row in issued.assessed(unit.session, youth_id):
        best.setdefault(row.skill, row)  # the higher one comes first
    since = _since(unit)
    for row in best.values():
        is_new = row.created_at >= since or row.rated_on >= day_of(since)
        achieved = achievements.skill(row, account.email, signer.site, account.is_demo)
        yield Wanted(achieved, row.rated_on, is_new, skill=row.skill)


def _settle(unit: Unit, signer: Signer, youth_id: int, wanted: Wanted, is_asked: bool) -> bool:
    """Whether it had to be signed."""
    held = [row for row in issued.of_person(unit.session, youth_id) if _is_about(row, wanted)]
    if any(_blocks(row, wanted) for row in held):
        _replace(unit, filter(is_outdated, held))
        return False
    live = [row for row in held if row.state in LIVE]
    if any(_says(row, wanted, is_asked) for row in live):
        _replace(unit, filter(is_outdated, live))
        return False
    if not (held or wanted.is_new or is_asked):
        return False
    again = next((row for row in held if _is_the_same_again(row, wanted)), None)
    if again is not None:
        issued_states.move(unit, again, IssuedState.IN_FORCE)
    row = again or _sign(unit, signer, youth_id, wanted)
    _replace(unit, [each for each in held if each is not row])
    return again is None


def _is_about(row: IssuedCredential, wanted: Wanted) -> bool:
    if wanted.skill is not None:
        return row.skill == wanted.skill
    return row.credential_id == wanted.credential_id


def _blocks(row: IssuedCredential, wanted: Wanted) -> bool:
    """Taken back by a desk for good, or suspended: neither is got round by a new one."""
    if row.state is IssuedState.SUSPENDED:
        return True
    return row.is_withheld and (row.level or 0) >= (wanted.achieved.level or 0)


def _says(row: IssuedCredential, wanted: Wanted, is_asked: bool) -> bool:
    """A course signed once stays as it was signed, unless the person asks; a skill follows its
    level."""
    if row.content_sha256 == wanted.achieved.sha256:
        return True
    if is_outdated(row):
        return False
    return not is_asked and (row.level or 0) >= (wanted.achieved.level or 0)


def is_outdated(row: IssuedCredential) -> bool:
    """Its record was merged into this one: it names the other account's address."""
    return not row.content_sha256


def _is_the_same_again(row: IssuedCredential, wanted: Wanted) -> bool:
    is_replaced = row.state is IssuedState.REPLACED
    return is_replaced and row.content_sha256 == wanted.achieved.sha256


def _sign(unit: Unit, signer: Signer, youth_id: int, wanted: Wanted) -> IssuedCredential:
    index = issued.free_index(unit.session, SIZE)
    issue = Issue(str(uuid.uuid4()), index, uuid.uuid4().hex, start_of(wanted.on))
    said = badge.document(wanted.achieved, issue, signer.did, signer.name, signer.site)
    row = IssuedCredential(
        youth_id=youth_id, kind=wanted.kind, credential_id=wanted.credential_id,
        skill=wanted.skill, level=wanted.achieved.level, number=issue.number,
        key_id=signer.key_id, status_index=index, state_since=unit.now,
        token=sign_jwt(badge.payload(said), signer.key),
        content_sha256=wanted.achieved.sha256, is_demo=wanted.achieved.is_demo,
        created_at=unit.now,
    )  # fmt: skip
    unit.session.add(row)
    unit.session.flush()  # the index is taken before the next is drawn, and the audit names the row
    unit.audit("credential:signed", "issued_credential", row.id, number=row.number)
    return row


def _replace(unit: Unit, rows: Iterable[IssuedCredential]) -> None:
    for row in rows:
        if row.state is IssuedState.IN_FORCE:
            issued_states.move(unit, row, IssuedState.REPLACED)
