"""Skills that follow from proved certificates: derived from the passes whenever skills are read,
never stored, so that they end with the certificate by the day itself.

Every reader of skills puts them beside the stored judgements and asks `policy.profiles` what
counts: rankings, lists and exports for partners, cohorts, rounds, course impact and skill market
(`seekers`), counts of who meets a posting (`qualified`), training (`history`, as of its moment),
what-if and planner (`own_records`), courses that were finished (`completing`, `completing_many`),
promises, the pages of skills, the portable record, share links and CVs (`counted_of`). What speaks
of records stays with what was written down: the roster's numbers and the way of a cohort, exports
and archives, duplicates, the most skills a person may record, what a proof can be handed in for,
and the cost of a higher level in a what-if.
"""

from collections.abc import Iterable, Mapping
from datetime import date
from functools import lru_cache
from typing import NamedTuple, Protocol

from sqlmodel import Session

from matcher.catalogue.certified_skills import load_certified_skills
from matcher.policy.desk import SEEN
from matcher.policy.profiles import Counted, weighed
from matcher.ranking.types import CertificationProof, Seeker
from matcher.store import youths
from models.certification import AttemptState, CertificationRecord
from models.skill import Rater, SkillRecord


class Pass(Protocol):
    @property
    def certification(self) -> str: ...
    @property
    def expires_on(self) -> date | None: ...
    @property
    def verification(self) -> int: ...


class Follows(NamedTuple):
    """A level that follows from a certificate until its last day (None: no end)."""

    skill: str
    level: int
    verification: int
    certification: str
    until: date | None
    rater: Rater = Rater.CERTIFICATE


def following(
    passes: Iterable[Pass], day: date, only: frozenset[str] | None = None
) -> list[Follows]:
    """What follows on that day, the certificate that lasts longest first. `only`: no other skills
    than these."""
    proved = [each for each in passes if _is_proved(each, day)]
    proved.sort(key=_end, reverse=True)
    found: list[Follows] = []
    known: dict[str, int] = {}
    for each in proved:
        name, stage = each.certification, each.verification
        if stage > known.get(name, 0):  # of two passes of one exam the better proved adds something
            known[name] = stage
            found += _from_pass(name, stage, each.expires_on, only)
    return found


def following_records(records: Iterable[CertificationRecord], day: date) -> list[Follows]:
    """`following` of stored attempts, those passed by that day."""
    passed = (each for each in records if each.state is AttemptState.PASSED)
    return following((p for p in passed if p.exam_on is None or p.exam_on <= day), day)


Judgement = SkillRecord | Follows


def judgements_of(session: Session, youth_id: int, day: date) -> list[Judgement]:
    """Every judgement of one person's skills: as stored, then what follows that day."""
    passed = youths.certification_records(session, youth_id)
    return [*youths.skill_records(session, youth_id), *following_records(passed, day)]


def counted_of(session: Session, youth_id: int, day: date) -> dict[str, Counted[Judgement]]:
    """By skill, in slug order: the judgement that counts on that day and how well it is proved."""
    return dict(sorted(weighed(judgements_of(session, youth_id, day)).items()))


def level_of(certification: str) -> int:
    """The level of the skills that follow from it; 0 where none do."""
    return max(load_certified_skills().get(certification, {}).values(), default=0)


def count_of(row: CertificationRecord, day: date) -> int:
    """How many skills follow from a pass in force on that day, or would once it is proved."""
    is_over = row.expires_on is not None and row.expires_on < day
    if row.state is not AttemptState.PASSED or is_over:
        return 0
    return len(load_certified_skills().get(row.certification, {}))


class Backing(NamedTuple):
    """The proved certificate behind a level, and its last day (None: no end)."""

    certification: str
    until: date | None


def backing(seeker: Seeker, skill: str, level: int | None, day: date) -> Backing | None:
    """The longest lasting certificate on that day that alone gives this level of the skill."""
    proved = [each for each in seeker.certifications.values() if _is_backing(each, day)]
    for each in sorted(proved, key=lambda proof: proof.expires_on or date.max, reverse=True):
        if level and _skills(each.id, None).get(skill, 0) >= level:
            return Backing(each.id, each.expires_on)
    return None


def _is_backing(each: CertificationProof, day: date) -> bool:
    return each.verification >= SEEN and each.is_active(day)


def by_skill(follows: Iterable[Follows]) -> Mapping[str, tuple[Follows, ...]]:
    found: dict[str, tuple[Follows, ...]] = {}
    for each in follows:
        found[each.skill] = (*found.get(each.skill, ()), each)
    return found


def _is_proved(each: Pass, day: date) -> bool:
    return each.verification >= SEEN and (each.expires_on is None or each.expires_on >= day)


def _end(each: Pass) -> date:
    return each.expires_on or date.max


@lru_cache(maxsize=8192)
def _from_pass(
    certification: str, verification: int, until: date | None, only: frozenset[str] | None
) -> tuple[Follows, ...]:
    """Kept, because many people passed the same: ten thousand are read for one list."""
    return tuple(
        Follows(skill, level, verification, certification, until)
        for skill, level in _skills(certification, only).items()
    )


@lru_cache(maxsize=512)
def _skills(certification: str, only: frozenset[str] | None) -> Mapping[str, int]:
    known = load_certified_skills().get(certification, {})
    if only is None:
        return known
    return {skill: level for skill, level in known.items() if skill in only}
