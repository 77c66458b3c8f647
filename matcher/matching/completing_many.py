"""What many completions leave behind, in a few statements: the same skills and credentials as
`completing.give` gives one person."""

from collections.abc import Sequence
from datetime import date
from typing import NamedTuple, Protocol

from sqlmodel import SQLModel

from matcher.db import Unit
from matcher.matching.certified import following
from matcher.matching.courses import climb
from matcher.policy import profiles
from matcher.store import class_rows, credentials
from matcher.store.batches import Change
from matcher.store.bulk_rows import Row
from matcher.store.class_rows import HeldSkill
from models.attendance import Credential
from models.skill import EvidenceKind, Rater, SkillRecord

WATCHED = ("level", "verification")


class Notebook(Protocol):
    """Writes rows and notes them, so that they can be undone."""

    def make_all(
        self, table: type[SQLModel], rows: Sequence[Row], watched: Sequence[str] = ()
    ) -> list[int]: ...

    def change_all(
        self, table: type[SQLModel], changes: Sequence[Change], watched: Sequence[str] = ()
    ) -> None: ...


class Finished(NamedTuple):
    enrolment_id: int
    youth_id: int
    course_id: int
    title_ko: str
    title_en: str
    on: date


def give_all(unit: Unit, notebook: Notebook, finished: Sequence[Finished]) -> None:
    """In the order of the days. Whoever has the credential already is given nothing again; one
    that was taken back is in force again under its number."""
    there = class_rows.credentialed(unit.session, [each.enrolment_id for each in finished])
    have = {number for number, (_id, revoked_on) in there.items() if revoked_on is None}
    fresh = sorted(
        (each for each in finished if each.enrolment_id not in have),
        key=lambda each: (each.on, each.enrolment_id),
    )
    _give_skills(unit, notebook, fresh)
    rows = [_credential(unit, each) for each in fresh if each.enrolment_id not in there]
    again = [there[each.enrolment_id] for each in fresh if each.enrolment_id in there]
    notebook.make_all(Credential, rows, ("revoked_on",))
    notebook.change_all(
        Credential,
        [Change(number, {"revoked_on": on}, {"revoked_on": None}) for number, on in again],
        ("revoked_on",),
    )


def _credential(unit: Unit, each: Finished) -> dict[str, object]:
    return {
        "youth_id": each.youth_id,
        "enrolment_id": each.enrolment_id,
        "number": credentials.new_number(each.on.year),
        "title_ko": each.title_ko,
        "title_en": each.title_en,
        "issued_on": each.on,
        "revoked_on": None,
        "created_at": unit.now,
    }


def _give_skills(unit: Unit, notebook: Notebook, finished: Sequence[Finished]) -> None:
    gains = class_rows.gains(unit.session, {each.course_id for each in finished})
    wanted = {skill for course in gains.values() for skill, _start, _end in course}
    held = class_rows.skills(unit.session, {each.youth_id for each in finished}, wanted)
    passed = class_rows.passes(unit.session, {each.youth_id for each in finished})
    written: dict[tuple[int, str], tuple[HeldSkill, dict[str, object]]] = {}
    for each in finished:
        by_then = [row for row in passed.get(each.youth_id, ()) if row.was_passed_by(each.on)]
        for skill, start, end in gains.get(each.course_id, ()):
            key = (each.youth_id, skill)
            known = held.setdefault(key, [])
            follows = following(by_then, each.on, frozenset({skill}))
            rating = profiles.taught((*known, *follows), climb(start, end))
            if rating is None:
                continue
            own = next((one for one in known if one.rater is Rater.COORDINATOR), None)
            if own is not None and key not in written and _is_later(own, each.on):
                continue
            if own is None:
                own = HeldSkill(None, skill, Rater.COORDINATOR, rating.level, rating.verification)
                known.append(own)
            own.level, own.verification = rating.level, rating.verification
            written[key] = own, _values(unit, each, rating)
    _write(unit, notebook, written)


def _is_later(own: HeldSkill, on: date) -> bool:
    """The desk judged the skill on that day or after it: what the course gave is in there."""
    return own.before is not None and own.before["rated_on"] >= on


def _values(unit: Unit, each: Finished, rating: profiles.Rating) -> dict[str, object]:
    return {
        "level": rating.level,
        "verification": rating.verification,
        "rated_on": each.on,
        "rated_by_account_id": unit.actor.account_id if unit.actor else None,
        "evidence_kind": EvidenceKind.COURSE,
        "evidence": each.title_ko,
    }


def _write(
    unit: Unit,
    notebook: Notebook,
    written: dict[tuple[int, str], tuple[HeldSkill, dict[str, object]]],
) -> None:
    fresh = [
        {"youth_id": youth_id, "skill": skill, "rater": Rater.COORDINATOR, "created_at": unit.now}
        | values
        for (youth_id, skill), (own, values) in written.items()
        if own.id is None
    ]
    changes = [
        Change(own.id, own.before or {}, values)
        for own, values in written.values()
        if own.id is not None
    ]
    notebook.make_all(SkillRecord, fresh, WATCHED)
    notebook.change_all(SkillRecord, changes, WATCHED)
