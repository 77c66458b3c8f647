"""People, openings and courses as they were at a moment, from the records that existed by then.

Skill records count from when they were written, certificates from the day after the pass, seats
and popularity as they stood that day. What keeps no history counts as it is now: wishes, texts,
hours, budget, requirements, and a record that was corrected later (its earlier state is gone, so
before the correction it is missing, never too good).
"""

from bisect import bisect_left
from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from hashlib import blake2b
from typing import TypeVar

from sqlmodel import Session

from matcher.clock import day_of, start_of
from matcher.matching import course_views, openings
from matcher.matching.course_views import CourseRows
from matcher.matching.courses import from_rows
from matcher.matching.seekers import seeker_from
from matcher.policy.desk import SAID
from matcher.ranking.types import Course, Opening, Seeker
from matcher.store import match_rows, training_rows
from matcher.store.match_rows import PassRow, SkillRow, WishRow, YouthRow
from matcher.store.training_rows import PassFact, SeatRow, SkillFact
from models.course import EnrolmentState

RowT = TypeVar("RowT", WishRow, SkillFact, PassFact)
_GAVE_UP = (EnrolmentState.CANCELLED, EnrolmentState.DROPPED)


def pseudonyms(ids: Iterable[int], seed: int) -> dict[int, int]:
    """Numbers from 1 in an order that says nothing about who joined when."""

    def place(each: int) -> bytes:
        return blake2b(f"{seed}|{each}".encode(), digest_size=16).digest()

    return {each: number for number, each in enumerate(sorted(ids, key=place), start=1)}


@dataclass(frozen=True)
class People:
    """The learners' records with their days. `numbers` stand in for their ids."""

    numbers: Mapping[int, int]
    rows: Mapping[int, YouthRow]
    skills: Mapping[int, Sequence[SkillFact]]
    passes: Mapping[int, Sequence[PassFact]]
    licences: Mapping[int, frozenset[str]]
    wishes: Mapping[int, Sequence[WishRow]]

    def seeker(self, youth_id: int, moment: datetime) -> Seeker:
        """As known strictly before the moment."""
        day = day_of(moment)
        return seeker_from(
            self.rows[youth_id]._replace(id=self.numbers[youth_id]),
            day,
            [_skill(each) for each in self.skills.get(youth_id, ()) if each.created_at < moment],
            [
                _pass(each, moment)
                for each in self.passes.get(youth_id, ())
                if _was_held(each, day, moment)
            ],
            self.licences.get(youth_id, frozenset()),
            self.wishes.get(youth_id, ()),
        )


def read_people(session: Session, today: date, until: datetime, seed: int) -> People:
    """Six queries."""
    scope = training_rows.learners(today)
    rows = {each.id: each for each in match_rows.youths(session, scope)}
    licences: dict[int, set[str]] = defaultdict(set)
    for youth, licence in match_rows.licences(session, scope):
        licences[youth].add(licence)
    return People(
        numbers=pseudonyms(rows, seed),
        rows=rows,
        skills=_by_youth(training_rows.skills(session, scope, until)),
        passes=_by_youth(training_rows.passes(session, scope, until)),
        licences={each: frozenset(held) for each, held in licences.items()},
        wishes=_by_youth(match_rows.wishes(session, scope)),
    )


@dataclass(frozen=True)
class Openings:
    """Every opening there ever was, by id."""

    known: Mapping[int, Opening]

    def open_on(self, day: date) -> list[Opening]:
        return [each for each in self.known.values() if _is_open(each, day)]


def read_openings(session: Session) -> Openings:
    found = openings.openings_of(session, training_rows.every_opening())
    return Openings({each.id: each for each in found})


@dataclass(frozen=True)
class Courses:
    """Every course with its runs; `seats` = (moments places were taken, moments given back)."""

    rows: CourseRows
    seats: Mapping[int, tuple[Sequence[datetime], Sequence[datetime]]]

    def on(self, day: date, popularity: Mapping[int, float]) -> dict[int, Course]:
        """By id, with the seats as they were when the day began."""
        start = start_of(day)
        runs = [each._replace(taken=self._taken(each.id, start)) for each in self.rows.sessions]
        found = from_rows(self.rows.found, runs, self.rows.skills, popularity)
        return {each.id: each for each in found}

    def _taken(self, session_id: int, start: datetime) -> int:
        taken, given_back = self.seats.get(session_id, ((), ()))
        return bisect_left(taken, start) - bisect_left(given_back, start)


def read_courses(session: Session, until: datetime) -> Courses:
    """Four queries."""
    rows = course_views.read(session, training_rows.every_course())
    taken: dict[int, list[SeatRow]] = defaultdict(list)
    for each in training_rows.seats(session, until):
        taken[each.session_id].append(each)
    return Courses(rows, {each: _moments(some) for each, some in taken.items()})


def _moments(rows: Iterable[SeatRow]) -> tuple[list[datetime], list[datetime]]:
    rows = list(rows)
    back = [each.updated_at for each in rows if each.state in _GAVE_UP]
    return sorted(each.created_at for each in rows), sorted(back)


def _skill(fact: SkillFact) -> SkillRow:
    return SkillRow(fact.youth_id, fact.skill, fact.level, fact.rater, fact.verification)


def _pass(fact: PassFact, moment: datetime) -> PassRow:
    """Changed since, it was own word then: nobody can tell when it was proved."""
    stage = fact.verification if fact.updated_at < moment else SAID
    return PassRow(fact.youth_id, fact.certification, fact.expires_on, stage)


def _was_held(fact: PassFact, day: date, moment: datetime) -> bool:
    """A pass without a day counts from when it was written down."""
    return fact.created_at < moment and (fact.passed_on is None or fact.passed_on < day)


def _is_open(opening: Opening, day: date) -> bool:
    if opening.posted_on is None or opening.posted_on > day:
        return False
    return opening.closes_on is None or opening.closes_on >= day


def _by_youth(rows: Iterable[RowT]) -> Mapping[int, Sequence[RowT]]:
    groups: dict[int, list[RowT]] = defaultdict(list)
    for each in rows:
        groups[each.youth_id].append(each)
    return groups
