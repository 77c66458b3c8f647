"""What becomes of a signed credential when the record under it changes; this needs no key.

A suspended one stays suspended whatever else happens: only the desk lifts that.
"""

from collections.abc import Iterable

from matcher.db import Unit
from matcher.store import credentials, issued
from matcher.store.due_credentials import GOOD
from models.credential import IssuedCredential, IssuedKind, IssuedState


def move(unit: Unit, row: IssuedCredential, to: IssuedState, reason: str = "") -> None:
    row.state, row.state_since, row.reason = to, unit.now, reason
    row.version += 1
    unit.session.add(row)


def fall(unit: Unit, youth_id: int) -> int:
    """Revoke what the person's record no longer says; gives how many."""
    courses = _finished(unit, youth_id)
    best = best_levels(unit, youth_id)
    gone = [
        row
        for row in issued.of_person(unit.session, youth_id)
        if row.state in GOOD and not _stands(row, courses, best)
    ]
    _revoke(unit, gone)
    return len(gone)


def best_levels(unit: Unit, youth_id: int) -> dict[str, int]:
    """The highest assessed level by skill."""
    found: dict[str, int] = {}
    for row in issued.assessed(unit.session, youth_id):
        found[row.skill] = max(row.level, found.get(row.skill, 0))
    return found


def taken_back(unit: Unit, youth_id: int) -> None:
    """A result was taken back: at once, not when the night comes. A desk's own revocation ends
    with it, so that a second completion is signed again."""
    fall(unit, youth_id)
    courses = _finished(unit, youth_id)
    for row in issued.of_person(unit.session, youth_id):
        if row.kind is IssuedKind.COURSE and row.is_withheld and row.credential_id not in courses:
            row.is_withheld = False
            unit.session.add(row)


def let_go(unit: Unit, credential_ids: Iterable[int]) -> None:
    """These rows of courses' credentials are about to be deleted."""
    rows = issued.of_credentials(unit.session, list(credential_ids))
    _revoke(unit, [row for row in rows if row.state in GOOD])
    for row in rows:
        row.credential_id = None
        unit.session.add(row)
    unit.session.flush()  # before the rows they refer to go


def _finished(unit: Unit, youth_id: int) -> set[int | None]:
    return {each.credential.id for each in credentials.finished(unit.session, youth_id)}


def _stands(row: IssuedCredential, courses: set[int | None], best: dict[str, int]) -> bool:
    if row.kind is IssuedKind.COURSE:
        return row.credential_id in courses
    return best.get(row.skill or "", 0) >= (row.level or 0)


def _revoke(unit: Unit, rows: Iterable[IssuedCredential]) -> None:
    for row in rows:
        move(unit, row, IssuedState.REVOKED)
        unit.audit("credential:revoked", "issued_credential", row.id, reason="record")
