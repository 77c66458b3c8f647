"""The own CV in the formats other services read, and a CV brought from elsewhere."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from matcher.actor import Actor
from matcher.db import Unit
from matcher.exchange import elm, own_lists
from matcher.exchange.json_text import compact, read, written
from matcher.exchange.resume import BadResume, Taken, taken
from matcher.exchange.resume_merge import Record, brought, merged
from matcher.exchange.resume_record import record_of_cv
from matcher.i18n import current_language
from matcher.i18n import gettext as _
from matcher.matching import own_cv, resume_words
from matcher.matching.resume_findings import Findings, findings
from matcher.refusal import Conflict, Invalid, NotFound
from matcher.store import resumes, youths
from matcher.text import TextError, clean_line
from models.credential import ResumeDocument
from models.skill import UnmappedSkill

MOST_OWN = 70_000
"""Letters of what is not from the record; the rest of a document has room for the whole record."""
MOST_UNKNOWN, LONGEST_SKILL = 40, 120


@dataclass(frozen=True)
class FormatsView:
    """`held` is the day a brought CV was kept; the lists name what a file leaves out and why the
    page says."""

    skills: int
    certificates: int
    courses: int
    projects: int
    over: tuple[str, ...]
    own_word: tuple[str, ...]
    licences: tuple[str, ...]
    claims: int
    held: datetime | None
    version: int


@dataclass(frozen=True)
class Preview:
    """What would be read; nothing is written. `text` comes back with the yes. `unknown`: words
    the desk can be told of. `left_out`: names of what is never kept."""

    text: str
    found: Findings
    unknown: tuple[str, ...]
    left_out: tuple[str, ...]
    replaces: bool


def formats(unit: Unit, actor: Actor) -> FormatsView:
    cv, row = own_cv.gather(unit), resumes.document(unit.session, actor.own_youth_id)
    language = current_language()
    claimed = elm.claimed(cv)
    rest = [each for each in cv.standing if not each.is_licence and each not in claimed]
    return FormatsView(
        skills=len(cv.skills),
        certificates=len(cv.standing),
        courses=len(cv.courses),
        projects=len(cv.projects),
        over=tuple(each.name.text(language) for each in cv.certificates if cv.is_over(each)),
        own_word=tuple(each.name.text(language) for each in rest),
        licences=tuple(each.name.text(language) for each in cv.standing if each.is_licence),
        claims=len(claimed) + len(cv.courses),
        held=row.updated_at if row else None,
        version=row.version if row else 0,
    )


def export(unit: Unit, actor: Actor) -> bytes:
    """JSON Resume: the CV that was brought, if any, with the record in it."""
    record = record_of_cv(own_cv.gather(unit), current_language())
    row = resumes.document(unit.session, actor.own_youth_id)
    return written(merged(_document(row), record)).encode()


def as_elm(unit: Unit) -> bytes:
    return elm.elm(own_cv.gather(unit))


def skills_csv(unit: Unit) -> bytes:
    return own_lists.skills_csv(own_cv.gather(unit), current_language())


def certificates_csv(unit: Unit) -> bytes:
    return own_lists.certificates_csv(own_cv.gather(unit), current_language())


def preview(unit: Unit, actor: Actor, data: bytes, at: str = "document") -> Preview:
    """`at`: the field the file came in; Invalid names the places in it."""
    fit, cv = _taken(data, at), own_cv.gather(unit)
    found = findings(fit.document, cv)
    return Preview(
        text=compact(fit.document),
        found=found,
        unknown=tuple(_not_told(unit, actor, found.unknown)),
        left_out=fit.left_out,
        replaces=resumes.document(unit.session, actor.own_youth_id) is not None,
    )


def keep(unit: Unit, actor: Actor, data: bytes, unknown: Iterable[str]) -> None:
    """Keep the document whole in place of the one before, and tell `unknown` words to the desk.
    What was recorded with it is flushed already, so that the document knows it."""
    youth_id = actor.own_youth_id
    youths.hold(unit.session, [youth_id])  # two at once leave one document
    cv = own_cv.gather(unit)
    fit = _taken(data, "document").document
    document = brought(fit, record_of_cv(cv, current_language()))
    row = resumes.document(unit.session, youth_id)
    if row is None:
        row = ResumeDocument(
            youth_id=youth_id, document="", version=0, created_at=unit.now, updated_at=unit.now
        )
    row.document, row.version, row.updated_at = written(document), row.version + 1, unit.now
    unit.session.add(row)
    told = set(unknown)
    for text in _not_told(unit, actor, findings(document, cv).unknown):
        if text in told:
            unit.session.add(UnmappedSkill(youth_id=youth_id, text=text, created_at=unit.now))
    unit.audit("resume:kept", "youth", youth_id)


def remove(unit: Unit, actor: Actor, version: int) -> None:
    """The kept CV goes; what was recorded from it stays."""
    row = resumes.document(unit.session, actor.own_youth_id)
    if row is None:
        raise NotFound
    if row.version != version:
        raise Conflict(_("그 사이에 다른 이력서로 바뀌었어요. 새로 열어 확인해 주세요."))
    youths.remove(unit.session, row)
    unit.audit("resume:removed", "youth", actor.own_youth_id)


def _document(row: ResumeDocument | None) -> dict[str, Any]:
    found: dict[str, Any] = read(row.document.encode()) if row else {}
    return found


def _taken(data: bytes, at: str) -> Taken:
    try:
        found = taken(data)
    except BadResume as fault:
        raise Invalid({at: resume_words.told(fault.mistakes)}) from None
    if len(compact(merged(found.document, Record()))) > MOST_OWN:
        raise Invalid({at: resume_words.mistake("large", "")})
    return found


def _not_told(unit: Unit, actor: Actor, found: Iterable[str]) -> Sequence[str]:
    """Short, sound words the desk has not been told of yet."""
    told = set(resumes.unmapped(unit.session, actor.own_youth_id))
    fit = [text for text in found if text not in told and _is_fit(text)]
    return fit[: max(0, MOST_UNKNOWN - len(told))]


def _is_fit(text: str) -> bool:
    try:
        return clean_line(text, max_length=LONGEST_SKILL) == text
    except TextError:
        return False
