"""The stored rows of one person, and the same rows once something more is recorded.

What would change if a person passed, finished or reached something is answered by writing it down,
in memory, by the very rules of the flows that record it, and ranking what comes out.
"""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date

from sqlmodel import Session, col, select

from matcher.matching.certified import Follows, by_skill, following
from matcher.matching.passes import replayed, unexplained
from matcher.matching.seekers import certifications, seeker_from, winning_skills
from matcher.policy import profiles
from matcher.policy.desk import SAID
from matcher.ranking.types import Course, Seeker
from matcher.store import match_rows, youths
from matcher.store.match_rows import PassRow, SkillRow, WishRow, YouthRow
from models.certification import AttemptState
from models.skill import Rater
from models.youth import YouthProfile


@dataclass(frozen=True, slots=True)
class Passed:
    """An exam passed that day, on the person's own word. `exam_code` None = the version is open."""

    certification: str
    exam_code: str | None
    on: date


@dataclass(frozen=True, slots=True)
class Finished:
    """A course finished, written down by the university."""

    course: Course


@dataclass(frozen=True, slots=True)
class Reached:
    """A level the person claims; a lower one than claimed before changes nothing."""

    skill: str
    level: int


Deed = Passed | Finished | Reached


@dataclass(frozen=True, slots=True)
class OwnPass:
    """`exam_on` None: the day is not known, so no renewal is counted from it."""

    certification: str
    exam_on: date | None
    expires_on: date | None
    verification: int = SAID


@dataclass(frozen=True)
class OwnRecords:
    """`skills` as stored and what `follows` from certificates on `day`, by slug. `ranked` is what
    `seeker_from` makes of all the rows."""

    day: date
    skills: Mapping[str, tuple[SkillRow, ...]]
    follows: Mapping[str, tuple[Follows, ...]]
    passes: tuple[OwnPass, ...]
    ranked: Seeker

    @classmethod
    def of(
        cls,
        youth: YouthRow,
        day: date,
        skills: Iterable[SkillRow],
        passes: Iterable[OwnPass] = (),
        licences: frozenset[str] = frozenset(),
        wishes: Sequence[WishRow] = (),
    ) -> "OwnRecords":
        held: dict[str, tuple[SkillRow, ...]] = {}
        for row in skills:
            held[row.skill] = (*held.get(row.skill, ()), row)
        flat = [row for rows in held.values() for row in rows]
        passes = tuple(passes)
        rows = _pass_rows(youth.id, passes)
        ranked = seeker_from(youth, day, flat, rows, licences, wishes)
        return cls(day, held, by_skill(following(rows, day)), passes, ranked)

    def seeker(self) -> Seeker:
        return self.ranked

    def after(self, deeds: Iterable[Deed]) -> "OwnRecords":
        """As they would be once all of these are recorded, one after the other.

        Whether AWS would let the person sit an exam is not asked here.
        """
        records = self
        for deed in deeds:
            match deed:
                case Passed():
                    records = records._passed(deed)
                case Finished():
                    records = records._rated(records._taught(deed.course))
                case Reached():
                    records = records._rated(records._claimed(deed))
        return records

    def _passed(self, deed: Passed) -> "OwnRecords":
        passes = settled(self.passes, OwnPass(deed.certification, deed.on, None))
        rows = _pass_rows(self.ranked.id, passes)
        ranked = replace(self.ranked, certifications=certifications(rows))
        found = replace(self, passes=passes, ranked=ranked)
        follows = by_skill(following(rows, self.day))
        return found if follows == self.follows else found._followed(follows)

    def _followed(self, follows: Mapping[str, tuple[Follows, ...]]) -> "OwnRecords":
        """A renewal may end or begin what follows from a certificate."""
        stored = (row for rows in self.skills.values() for row in rows)
        skills = winning_skills([*stored, *(row for rows in follows.values() for row in rows)])
        return replace(self, follows=follows, ranked=replace(self.ranked, skills=skills))

    def _taught(self, course: Course) -> list[SkillRow]:
        ratings = {
            slug: profiles.taught((*self.skills.get(slug, ()), *self.follows.get(slug, ())), step)
            for slug, step in course.gained.items()
        }
        return [
            SkillRow(self.ranked.id, slug, rating.level, Rater.COORDINATOR, rating.verification)
            for slug, rating in ratings.items()
            if rating is not None
        ]

    def _claimed(self, deed: Reached) -> list[SkillRow]:
        rows = self.skills.get(deed.skill, ())
        held = next((each for each in rows if each.rater is Rater.SELF), None)
        if held is None:
            return [SkillRow(self.ranked.id, deed.skill, deed.level, Rater.SELF, SAID)]
        return [held._replace(level=deed.level)] if deed.level > held.level else []

    def _rated(self, new: Iterable[SkillRow]) -> "OwnRecords":
        """Each in place of its rater's earlier judgement of the skill, or beside the others."""
        changed = {
            row.skill: (
                *(each for each in self.skills.get(row.skill, ()) if each.rater is not row.rater),
                row,
            )
            for row in new
        }
        if not changed:
            return self
        stored = (row for rows in changed.values() for row in rows)
        follows = (row for slug in changed for row in self.follows.get(slug, ()))
        counts = winning_skills([*stored, *follows])
        ranked = replace(self.ranked, skills={**self.ranked.skills, **counts})
        return replace(self, skills={**self.skills, **changed}, ranked=ranked)


def own_records(session: Session, youth_id: int, day: date) -> OwnRecords | None:
    """On that day, for a person's own pages: the caller has checked whose they are. Five
    queries."""
    only = select(YouthProfile.id).where(col(YouthProfile.id) == youth_id)
    found = match_rows.youths(session, only)
    if not found:
        return None
    return OwnRecords.of(
        found[0],
        day,
        match_rows.skills(session, only),
        [
            OwnPass(row.certification, row.exam_on, row.expires_on, row.verification)
            for row in youths.certification_records(session, youth_id)
            if row.state is AttemptState.PASSED
        ],
        frozenset(licence for _, licence in match_rows.licences(session, only)),
        match_rows.wishes(session, only),
    )


def settled(held: Sequence[OwnPass], new: OwnPass) -> tuple[OwnPass, ...]:
    """The passes with one more, expiries replayed in day order over all whose day is known; an
    expiry on record that they do not explain is kept."""
    passes = (*held, new)
    expiries = replayed(passes, unexplained(held))
    return tuple(
        each if each.exam_on is None else replace(each, expires_on=expiries[each.certification])
        for each in passes
    )


def _pass_rows(youth_id: int, passes: Iterable[OwnPass]) -> list[PassRow]:
    return [
        PassRow(youth_id, each.certification, each.expires_on, each.verification) for each in passes
    ]
