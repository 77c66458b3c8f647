"""Which people reach which openings already, and which lack one AWS exam and nothing else.

An opening counts for a person when it lies in a wished sector (or none is named), no rule keeps
them out and every must is met in full. The day of an exam that is missing is the planned one, else
the first the rules allow after our shortest estimate of the study hours at the person's pace.
"""

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from math import ceil

from sqlmodel import Session

from matcher.actor import Actor
from matcher.catalogue.certifications import load_programme
from matcher.matching.certification_facts import programme_facts
from matcher.matching.context import adjacency
from matcher.matching.openings import openings_of
from matcher.matching.passes import attempts_of
from matcher.matching.seekers import seekers_of
from matcher.planning.allocation import Exam, covers
from matcher.planning.certification_rules import PastAttempt
from matcher.planning.sittings import Candidate, windows
from matcher.policy.plans import USUAL_HOURS
from matcher.ranking.requirements import Reach, canonical, check_one
from matcher.ranking.types import CERTIFICATION, Opening, Requirement, Seeker
from matcher.store import openings as opening_store
from matcher.store import voucher_people
from matcher.store import vouchers as store
from matcher.store.voucher_people import AttemptRow
from models.certification import AttemptState
from models.voucher import Voucher

_AHEAD = (AttemptState.PLANNED, AttemptState.SCHEDULED)


@dataclass(frozen=True)
class Needs:
    """`planned`: (person, certification) pairs with an exam planned or booked; `titles` Korean
    and English."""

    people: frozenset[int]
    places: Mapping[int, int]
    free: Mapping[int, frozenset[int]]
    missing: Mapping[int, Mapping[int, Exam]]
    planned: frozenset[tuple[int, str]]
    titles: Mapping[int, tuple[str, str]]


@dataclass(frozen=True)
class _Wanted:
    """`asked` in the order that fails fastest: rules first."""

    opening: Opening
    asked: tuple[Requirement, ...]


def needs_of(session: Session, actor: Actor, today: date) -> Needs:
    """Ten queries, however many people; everything within the actor's scope."""
    scope, open_now = voucher_people.seeking(actor, today), opening_store.open_now(actor, today)
    seekers = seekers_of(session, scope, today)
    wanted = [_asked(opening) for opening in openings_of(session, open_now)]
    days = _Days(voucher_people.attempts(session, scope), seekers, today)
    held: dict[int, list[Voucher]] = defaultdict(list)
    for row in store.in_hand(session, scope, today):
        held[row.youth_id or 0].append(row)
    free: dict[int, frozenset[int]] = {}
    missing: dict[int, dict[int, Exam]] = {}
    for seeker in seekers:
        met, lacking = _reached(seeker, wanted, today)
        exams = days.exams(seeker.id, lacking)
        paid = {o for o, exam in exams.items() if _is_paid(exam, held.get(seeker.id, ()))}
        free[seeker.id] = frozenset(met | paid)
        missing[seeker.id] = {o: exam for o, exam in exams.items() if o not in paid}
    lines = opening_store.lines(session, actor)
    return Needs(
        people=frozenset(each.id for each in seekers),
        places=voucher_people.places(session, open_now),
        free=free,
        missing=missing,
        planned=frozenset(days.planned),
        titles={line.id: (line.title_ko, line.title_en) for line in lines},
    )


def _asked(opening: Opening) -> _Wanted:
    order = {"licence": 0, "exclude": 1, "must": 2}
    asked = [each for each in canonical(opening.requirements) if each.kind in order]
    return _Wanted(opening, tuple(sorted(asked, key=lambda each: order[each.kind])))


def _reached(
    seeker: Seeker, wanted: Sequence[_Wanted], today: date
) -> tuple[set[int], dict[int, tuple[str, date]]]:
    """(openings met in full, opening -> the certification that is all that lacks and its close)."""
    reach = Reach.of(seeker, adjacency(), today)
    met: set[int] = set()
    lacking: dict[int, tuple[str, date]] = {}
    for each in wanted:
        if seeker.sectors and each.opening.sector not in seeker.sectors:
            continue
        gaps = _gaps(each.asked, reach)
        if not gaps and gaps is not None:
            met.add(each.opening.id)
        elif gaps is not None:
            lacking[each.opening.id] = (gaps[0], each.opening.closes_on or date.max)
    return met, lacking


def _gaps(asked: Iterable[Requirement], reach: Reach) -> list[str] | None:
    """The one certification that lacks, nothing ([]), or None when more or other things do."""
    gaps: list[str] = []
    for each in asked:
        is_met = check_one(each, reach).met == "met"
        if each.kind == "exclude" and is_met:
            return None
        if each.kind == "exclude" or is_met:
            continue
        if gaps or each.kind != "must" or not each.key.startswith(CERTIFICATION):
            return None
        gaps.append(each.key.removeprefix(CERTIFICATION))
    return gaps


def _is_paid(exam: Exam, held: Iterable[Voucher]) -> bool:
    """With a voucher the person has already."""
    return any(covers(row.level, exam.level) and exam.earliest <= row.expires_on for row in held)


class _Days:
    """First days on which people could sit the exams they lack."""

    def __init__(
        self, attempts: Sequence[AttemptRow], seekers: Sequence[Seeker], today: date
    ) -> None:
        self._today, self._programme = today, load_programme()
        self._hours = {each.id: each.weekly_hours or USUAL_HOURS for each in seekers}
        self._past: dict[int, list[PastAttempt]] = defaultdict(list)
        self.planned: dict[tuple[int, str], date] = {}
        for row in attempts:
            day = row.exam_on or row.planned_on
            if row.state in _AHEAD and day is not None and day >= today:
                self.planned[row.youth_id, row.certification] = day
            self._past[row.youth_id] += attempts_of([row])

    def exams(self, person: int, lacking: Mapping[int, tuple[str, date]]) -> dict[int, Exam]:
        """By opening, those that can be sat before the opening closes."""
        days = {name: self._first(person, name) for name in {name for name, _ in lacking.values()}}
        return {
            opening: Exam(name, self._programme.certification(name).level_slug, first)
            for opening, (name, closes_on) in lacking.items()
            if (first := days[name]) is not None and first <= closes_on
        }

    def _first(self, person: int, name: str) -> date | None:
        if (person, name) in self.planned:
            return self.planned[person, name]
        if name not in programme_facts().certifications:
            return None
        hours = self._programme.certification(name).planning_hours
        weeks = 0 if hours is None else ceil(hours[0] / max(1, self._hours[person]))
        ready = self._today + timedelta(weeks=weeks)
        candidate = Candidate(history=tuple(self._past[person]))
        found = windows(programme_facts(), name, candidate, self._today)
        days = [
            max(ready, each.opens_on)
            for each in found.open
            if not each.is_beta
            and (each.closes_on is None or max(ready, each.opens_on) <= each.closes_on)
        ]
        return min(days, default=None)
