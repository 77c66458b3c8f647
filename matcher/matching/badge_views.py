"""A badge as its owner and a desk see it."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

from matcher.catalogue.certifications import load_programme
from matcher.catalogue.certified_skills import load_certified_skills
from matcher.db import Unit
from matcher.i18n import in_language
from matcher.matching import badge_words
from matcher.matching.context import names
from matcher.policy import badges
from matcher.ranking.types import SKILL
from matcher.store import youths
from models.credential import PresentedCredential, PresentedState, Verdict

Say = Callable[[Mapping[str, Any]], str]
"""How a reason is said: `badge_words.sentence` to its owner, `desk_sentence` to a desk."""


@dataclass(frozen=True)
class Said:
    code: str
    text: str


@dataclass(frozen=True)
class Shown:
    id: int
    title: str
    answer: str
    why: str
    way: str
    """How it was checked, in words."""
    verdict_word: str
    state: PresentedState
    verdict: Verdict | None
    reasons: tuple[Said, ...]
    source: str
    link: str
    proof: str
    issuer: str
    issuer_name: str
    holder_name: str
    certification: str | None
    certification_name: str
    issued_on: date | None
    expires_on: date | None
    level: int | None
    """Verification of the record it backs, now; None where it backs none."""
    record_expires_on: date | None
    skills: tuple[tuple[str, int], ...]
    """(name, level) of skills that follow from the certificate while it holds."""
    checked_at: datetime | None
    status_list_at: datetime | None
    handed_in_at: datetime
    decided_at: datetime | None
    can_check_again: bool
    can_withdraw: bool
    is_demo: bool
    version: int


def shown(unit: Unit, row: PresentedCredential, say: Say = badge_words.sentence) -> Shown:
    record = None
    if row.record_id is not None:
        record = youths.certification_record(unit.session, row.youth_id, row.record_id)
    return Shown(
        id=row.id or 0,
        title=row.achievement_name or row.link,
        answer=badge_words.answer(row),
        why=badge_words.why(row),
        way=badge_words.way(row),
        verdict_word=badge_words.verdict_word(row.verdict),
        state=row.state,
        verdict=row.verdict,
        reasons=reasons(row.reasons, say),
        source=row.source,
        link=row.link,
        proof=row.proof,
        issuer=row.issuer,
        issuer_name=row.issuer_name,
        holder_name=row.holder_name,
        certification=row.certification,
        certification_name=certification_name(row.certification),
        issued_on=row.issued_on,
        expires_on=row.expires_on,
        level=None if record is None else record.verification,
        record_expires_on=None if record is None else record.expires_on,
        skills=() if record is None else _skills(record.certification),
        checked_at=row.checked_at,
        status_list_at=row.status_list_at,
        handed_in_at=row.created_at,
        decided_at=row.decided_at,
        can_check_again=badges.can_check_again(row),
        can_withdraw=badges.can_withdraw(row),
        is_demo=row.is_demo,
        version=row.version,
    )


def reasons(kept: Any, say: Say = badge_words.sentence) -> tuple[Said, ...]:
    """Of the list a row keeps."""
    return tuple(Said(each["code"], say(each)) for each in kept)


def certification_name(certification: str | None) -> str:
    if certification is None:
        return ""
    found = load_programme().certification(certification)
    return in_language(found.name_ko, found.name_en)


def _skills(certification: str) -> tuple[tuple[str, int], ...]:
    known = names()
    found = load_certified_skills().get(certification, {})
    named = ((known[SKILL + slug], level) for slug, level in found.items() if SKILL + slug in known)
    return tuple(sorted((in_language(*pair), level) for pair, level in named))
