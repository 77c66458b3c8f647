"""A person hands in a proof, follows what became of it, and takes it back."""

import hashlib
from dataclasses import dataclass
from datetime import datetime

from matcher.actor import Actor
from matcher.catalogue.skills import load_taxonomy
from matcher.db import Unit
from matcher.exchange.evidence_files import BadFile, Checked, checked
from matcher.i18n import gettext as _
from matcher.matching import evidence as words
from matcher.matching.evidence import About
from matcher.policy import profiles
from matcher.policy.evidence import MOST_KEPT, can_withdraw
from matcher.refusal import Conflict, Invalid, NotFound, NotTaken, TooLarge
from matcher.store import evidence as store
from matcher.store import youths
from matcher.store.evidence import FileRow
from models.people_desk import (
    Evidence,
    EvidenceBlob,
    EvidenceState,
    EvidenceSubject,
    ReturnReason,
)
from models.youth import AffiliationState

__all__ = ["FileRow", "ReturnReason"]
MEGABYTE = 1_048_576


@dataclass(frozen=True)
class Proof:
    """`subject` with a record's number, a skill's slug, or (for a course) the skill as typed."""

    subject: EvidenceSubject
    record_id: int | None = None
    skill: str = ""
    level: int | None = None
    title: str = ""
    note: str = ""


@dataclass(frozen=True)
class Line:
    id: int
    about: About
    note: str
    file: FileRow | None
    state: EvidenceState
    level: int | None
    decided_level: int | None
    return_reason: ReturnReason | None
    comment: str
    handed_in_at: datetime
    decided_at: datetime | None
    can_withdraw: bool
    is_demo: bool
    version: int


@dataclass(frozen=True)
class OwnView:
    """`choices`: (value of the form's `about`, words) of what a proof can be handed in for."""

    lines: tuple[Line, ...]
    choices: tuple[tuple[str, str], ...]
    kept: int
    is_confirmed: bool
    """Whether a desk may judge yet: the affiliation comes first."""


@dataclass(frozen=True)
class Stored:
    name: str
    media_type: str
    data: bytes


def view(unit: Unit, actor: Actor) -> OwnView:
    youth_id = actor.own_youth_id
    profile = youths.get(unit.session, actor, youth_id)
    if profile is None:
        raise NotFound
    return OwnView(
        tuple(_line(unit, row) for row in store.own(unit.session, youth_id)),
        (*_certificates(unit, youth_id), *_skills(unit, youth_id)),
        store.kept(unit.session, youth_id),
        profile.affiliation_state is AffiliationState.CONFIRMED,
    )


def hand_in(unit: Unit, actor: Actor, proof: Proof, data: bytes, name: str, limit_mb: int) -> int:
    """Store the file and ask for its review. Raises Invalid by field; nothing is stored then."""
    if len(data) > limit_mb * MEGABYTE:
        words_ = _("파일이 %(most)sMB보다 커요. 줄여서 다시 올려 주세요.")
        raise TooLarge({"file": words_ % {"most": limit_mb}})
    file = _checked(data, name)
    youth_id = actor.own_youth_id
    youths.hold(unit.session, [youth_id])  # two uploads at once are counted one after the other
    row = Evidence(
        youth_id=youth_id, subject=proof.subject, title=proof.title, note=proof.note,
        file_name=file.name, created_at=unit.now, updated_at=unit.now,
    )  # fmt: skip
    _aim(unit, row, proof)
    row.blob_id = _kept(unit, youth_id, file)
    if store.handed_in(unit.session, row):
        raise Invalid({"file": _("같은 것의 증빙으로 이미 낸 파일이에요.")})
    unit.session.add(row)
    unit.session.flush()  # the id goes into the audit line
    unit.audit("evidence:handed_in", "evidence", row.id, about=proof.subject.value)
    return row.id or 0


def withdraw(unit: Unit, actor: Actor, evidence_id: int, version: int) -> None:
    """Take the file back. What was judged from it stays; only what waits ends with it."""
    row = store.own_one(unit.session, actor.own_youth_id, evidence_id)
    if row is None:
        raise NotFound
    if row.version != version or row.blob_id is None:
        raise Conflict(_("그 사이에 바뀌었어요. 지금 상태를 다시 확인해 주세요."))
    if can_withdraw(row.state):
        row.state = EvidenceState.WITHDRAWN
    row.version, row.updated_at = row.version + 1, unit.now
    store.drop_file(unit.session, row)
    unit.audit("evidence:withdrawn", "evidence", evidence_id, state=row.state.value)


def own_file(unit: Unit, actor: Actor, evidence_id: int) -> Stored:
    row = store.own_one(unit.session, actor.own_youth_id, evidence_id)
    blob = None if row is None else store.blob(unit.session, row.blob_id)
    if row is None or blob is None:
        raise NotFound
    return Stored(row.file_name, blob.media_type, blob.data)


def _checked(data: bytes, name: str) -> Checked:
    try:
        return checked(data, name)
    except BadFile as fault:
        said = _faults()[fault.code]
        kind = NotTaken if fault.code in ("kind", "ending") else Invalid
        raise kind({"file": said}) from None


def _faults() -> dict[str, str]:
    return {
        "empty": _("빈 파일이에요. 파일을 골라 주세요."),
        "kind": _("PDF, PNG, JPEG 파일만 받아요."),
        "ending": _("파일 이름의 끝과 내용이 달라요. PDF, PNG, JPEG 파일만 받아요."),
        "broken": _("열 수 없는 파일이에요. 다시 저장해서 올려 주세요."),
        "pixels": _("그림이 너무 커요. 줄여서 다시 올려 주세요."),
        "resident_number": _("주민등록번호로 보이는 숫자가 있어요. 가리고 다시 올려 주세요."),
    }


def _aim(unit: Unit, row: Evidence, proof: Proof) -> None:
    """Tie the proof to the person's own record, or to a skill we know."""
    if proof.subject is EvidenceSubject.CERTIFICATE:
        record = youths.certification_record(unit.session, row.youth_id, proof.record_id or 0)
        if record is None or not words.asks_for_proof(record):
            raise Invalid({"about": _("합격했고 아직 확인되지 않은 자격을 골라 주세요.")})
        row.record_id, row.title = record.id, record.exam_code
        return
    skill = load_taxonomy().resolve(proof.skill) if proof.skill else None
    if skill is None or skill.is_licence:
        is_course = proof.subject is EvidenceSubject.COURSE
        said = _("과정에서 배운 기술을 목록에 있는 이름으로 적어 주세요.")
        raise Invalid(
            {"skill": said} if is_course else {"about": _("내 기술에 있는 것을 골라 주세요.")}
        )
    if proof.subject is EvidenceSubject.COURSE and not proof.title:
        raise Invalid({"title": _("과정의 이름을 적어 주세요.")})
    if proof.level is None:
        raise Invalid({"level": _("수준을 골라 주세요.")})
    row.skill, row.level = skill.slug, proof.level


def _kept(unit: Unit, youth_id: int, file: Checked) -> int:
    sha256 = hashlib.sha256(file.data).hexdigest()
    known = store.same_file(unit.session, youth_id, sha256)
    if known is not None:
        return known
    if store.kept(unit.session, youth_id) >= MOST_KEPT:
        said = _("파일은 %(most)s개까지 둘 수 있어요. 필요 없는 것을 먼저 거둬 주세요.")
        raise Invalid({"file": said % {"most": MOST_KEPT}})
    blob = EvidenceBlob(
        youth_id=youth_id, sha256=sha256, media_type=file.media_type, size=len(file.data),
        data=file.data, created_at=unit.now,
    )  # fmt: skip
    unit.session.add(blob)
    unit.session.flush()  # the proof refers to it
    return blob.id or 0


def _certificates(unit: Unit, youth_id: int) -> list[tuple[str, str]]:
    said = _("자격: %(name)s (%(code)s)")
    return [
        (
            f"certificate-{row.id}",
            said % {"name": words.certificate_name(row.certification), "code": row.exam_code},
        )
        for row in youths.certification_records(unit.session, youth_id)
        if words.asks_for_proof(row)
    ]


def _skills(unit: Unit, youth_id: int) -> list[tuple[str, str]]:
    winners = profiles.counting(youths.skill_records(unit.session, youth_id))
    named = [(slug, words.about_skill(EvidenceSubject.SKILL, slug)) for slug in sorted(winners)]
    said = _("기술: %(name)s")
    return [(f"skill-{slug}", said % {"name": each.name}) for slug, each in named if each.is_there]


def _line(unit: Unit, found: store.OwnRow) -> Line:
    row = found.evidence
    return Line(
        id=row.id or 0,
        about=words.about(unit.session, row),
        note=row.note,
        file=found.file,
        state=row.state,
        level=row.level,
        decided_level=row.decided_level,
        return_reason=row.return_reason,
        comment=row.comment,
        handed_in_at=row.created_at,
        decided_at=row.decided_at,
        can_withdraw=row.blob_id is not None,
        is_demo=row.is_demo,
        version=row.version,
    )
