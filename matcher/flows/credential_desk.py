"""A desk suspends a person's signed credential, lifts that, or takes it back for good."""

from dataclasses import dataclass
from datetime import date

from matcher.actor import Actor
from matcher.clock import day_of
from matcher.db import Unit
from matcher.i18n import gettext as _
from matcher.matching import credential_names, issued_states, two_hats
from matcher.matching.credential_names import CredentialName
from matcher.matching.issuing import payload_of
from matcher.policy import desk
from matcher.policy.credential_steps import AFTER, Step, steps_from
from matcher.refusal import Conflict, Forbidden, Invalid, NotFound
from matcher.store import issued, outbox, youth_desk
from matcher.store.youth_desk import Person
from models.credential import IssuedCredential, IssuedKind, IssuedState


@dataclass(frozen=True)
class Line:
    number: str
    kind: IssuedKind
    name: CredentialName
    state: IssuedState
    state_on: date
    reason: str
    steps: tuple[Step, ...]
    version: int
    is_demo: bool


@dataclass(frozen=True)
class PersonCredentials:
    youth_id: int
    name: str
    may_judge: bool
    lines: tuple[Line, ...]


def view(unit: Unit, actor: Actor, youth_id: int) -> PersonCredentials:
    found = _person(unit, actor, youth_id)
    unit.access("credentials:opened", youth_id)
    may = _may(actor, found)
    rows = issued.of_person(unit.session, youth_id)
    names = credential_names.names(unit, rows)
    lines = tuple(_line(row, names[row.number], may) for row in rows)
    return PersonCredentials(youth_id, found.account.name, may, lines)


def holder(unit: Unit, actor: Actor, number: str) -> int:
    """Whose it is, for a desk that looks after them; raises NotFound."""
    return _row(unit, actor, number).youth_id or 0


def move(
    unit: Unit, actor: Actor, number: str, step: Step, reason: str, version: int
) -> IssuedState:
    """The person is told by mail, with the reason in the desk's words. Raises Conflict when it
    changed in between or the state does not allow the step."""
    row = _row(unit, actor, number)
    youth_id = row.youth_id or 0
    found = _person(unit, actor, youth_id)
    if not _may(actor, found):
        raise Forbidden(_("이 사람의 소속 대학이 확인할 일입니다."))
    two_hats.refuse_for_desk(unit, actor, [youth_id])
    if step is not Step.LIFT and not reason:
        raise Invalid({"reason": _("이유를 적어 주십시오. 본인이 읽습니다.")})
    after = AFTER.get((row.state, step))
    if after is None or row.version != version:
        raise Conflict(_("그 사이에 이 기록이 바뀌었습니다. 새로 열어 다시 확인해 주십시오."))
    before = row.state
    issued_states.move(unit, row, after, reason)
    row.is_withheld = after is IssuedState.REVOKED
    unit.audit(
        f"credential:{step.value}", "issued_credential", row.id, before=before.value,
        after=after.value, reason=reason,
    )  # fmt: skip
    unit.access(f"credential:{step.value}", youth_id, credential=row.id)
    _tell(unit, found, row)
    return after


def _tell(unit: Unit, found: Person, row: IssuedCredential) -> None:
    outbox.put(
        unit.session, found.account, "credential_state", unit.now,
        f"issued-credential:{row.id}:{row.version}", title=payload_of(row.token)["name"],
        state=row.state.value, reason=row.reason, number=row.number,
    )  # fmt: skip


def _row(unit: Unit, actor: Actor, number: str) -> IssuedCredential:
    row = issued.at_desk(unit.session, actor, number)
    if row is None:
        raise NotFound
    return row


def _person(unit: Unit, actor: Actor, youth_id: int) -> Person:
    found = youth_desk.person(unit.session, actor, youth_id)
    if found is None:
        raise NotFound
    return found


def _may(actor: Actor, found: Person) -> bool:
    profile = found.profile
    return desk.may_judge(actor.role, profile.affiliation, profile.affiliation_state)


def _line(row: IssuedCredential, name: CredentialName, may: bool) -> Line:
    return Line(
        number=row.number,
        kind=row.kind,
        name=name,
        state=row.state,
        state_on=day_of(row.state_since),
        reason=row.reason,
        steps=steps_from(row.state) if may else (),
        version=row.version,
        is_demo=row.is_demo,
    )
