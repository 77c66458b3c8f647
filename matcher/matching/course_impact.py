"""Which course of a desk places most people: rows to arrays, and the arrays' answer in counts."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from enum import StrEnum

import numpy as np
from sqlmodel import Session

from matcher.actor import Actor
from matcher.matching import courses as course_values
from matcher.matching.context import adjacency
from matcher.matching.openings import openings_of
from matcher.matching.seekers import seekers_of
from matcher.planning.impact import bundles
from matcher.planning.impact.bundles import Bundle, BundleSearch
from matcher.planning.impact.courses import CourseGain, Singles, singles, singles_on
from matcher.planning.impact.ground import Bools, Ground
from matcher.planning.impact.terms import Term
from matcher.ranking.qualifying import Qualifying
from matcher.ranking.types import Course, Opening
from matcher.store import courses as course_store
from matcher.store import openings as opening_store
from matcher.store import planning_people, voucher_people
from matcher.store.courses import SessionRow
from models.course import CourseState


class Against(StrEnum):
    """Which openings count."""

    TODAY = "today"
    """Those open today, as if the same were asked for when the course is over."""
    DATED = "dated"
    """For course-made pairs only those where work starts once the course is over."""


@dataclass(frozen=True)
class Candidate:
    """One course of the desk; `run` is its session in the term, if it has one."""

    id: int
    title_ko: str
    title_en: str
    organisation_ko: str
    organisation_en: str
    sector: str | None
    state: CourseState
    is_demo: bool
    run: SessionRow | None
    gain: CourseGain
    certified: CourseGain | None
    """The gain when all who finish also pass the exam the course leads to; None where no place
    asks for that certificate."""
    certification: str | None


@dataclass(frozen=True)
class Impact:
    """`candidates` by id; `places` are all open ones, `matched` without any course."""

    people: int
    openings: int
    places: int
    matched: int
    candidates: tuple[Candidate, ...]
    bundle: BundleSearch | None
    picked: Bundle | None
    """The bundle asked for, its courses as indices of `candidates`."""


@dataclass(frozen=True)
class Question:
    term: Term
    seats: int
    against: Against = Against.TODAY
    size: int = 1
    """2 or 3: look for the best bundle of so many too."""
    picked: tuple[int, ...] = ()
    """Course ids to put together."""


def impact_of(session: Session, actor: Actor, question: Question, today: date) -> Impact:
    """A dozen queries whatever the numbers; everything within the actor's scope."""
    people = planning_people.planned_for(actor, today, question.term.last)
    scope = planning_people.candidate_courses(actor)
    found, runs = course_store.rows(session, scope), course_store.sessions(session, scope)
    courses = course_values.from_rows(found, runs, course_store.skills(session, scope))
    open_now = opening_store.open_now(actor, today)
    openings = openings_of(session, open_now)
    places = voucher_people.places(session, open_now)
    seekers = seekers_of(session, people, today)
    asked = Qualifying.of(seekers, openings, courses, adjacency(), today)
    capacity = np.array([places.get(each.id, 0) for each in openings], dtype=np.int64)
    ground = Ground(capacity, asked.now())
    seated = planning_people.seated(session, scope)
    in_term = {each.id: _run(runs, each.id, question.term) for each in courses}
    runs_of = [(each, seated.get(each.id, frozenset()), in_term[each.id]) for each in courses]
    made = [_made(ground, asked, *each, question) for each in runs_of]
    alone = singles(ground, made, question.seats)
    passed = [_made(ground, asked, *each, question, is_certified=True) for each in runs_of]
    certified = [
        _certified(ground, pairs, more, question.seats, alone)
        for pairs, more in zip(made, passed, strict=True)
    ]
    return Impact(
        people=len(seekers),
        openings=int((capacity > 0).sum()),
        places=int(capacity.sum()),
        matched=alone.base.total,
        candidates=tuple(
            Candidate(
                row.id or 0, row.title_ko, row.title_en, home.name_ko, home.name_en, row.sector,
                row.state, row.is_demo, in_term[row.id or 0], gain, passing,
                row.linked_certification,
            )
            for (row, home), gain, passing in zip(found, alone.gains, certified, strict=True)
        ),
        bundle=_best(ground, made, alone, question),
        picked=_picked(ground, made, alone, question, [each.id for each in courses]),
    )  # fmt: skip


def _run(runs: Sequence[SessionRow], course_id: int, term: Term) -> SessionRow | None:
    """The first session that starts in the term."""
    for run in runs:
        if run.course_id == course_id and term.first <= run.starts_on <= term.last:
            return run
    return None


def _made(
    ground: Ground,
    asked: Qualifying,
    course: Course,
    seated: frozenset[int],
    run: SessionRow | None,
    question: Question,
    is_certified: bool = False,
) -> Bools:
    """Pairs that qualify only once the course is finished, by people it could take."""
    away = np.array([each.id not in seated for each in asked.seekers], dtype=np.bool_)
    takers = asked.takers(course) & away
    after = asked.after(course, takers, is_certified) & ~ground.free & takers[:, None]
    if question.against is Against.DATED:
        over = question.term.last if run is None else run.ends_on
        after = after & np.array([_waits(each, over) for each in asked.openings], dtype=np.bool_)
    made: Bools = after
    return made


def _certified(
    ground: Ground, made: Bools, passed: Bools, seats: int, alone: Singles
) -> CourseGain | None:
    """None where passing changes nothing."""
    if (passed == made).all():
        return None
    return singles_on(ground, [passed], seats, alone.base).gains[0]


def _waits(opening: Opening, over: date) -> bool:
    day = opening.starts_on or opening.closes_on
    return day is None or day >= over


def _best(
    ground: Ground, made: Sequence[Bools], alone: Singles, question: Question
) -> BundleSearch | None:
    if question.size < 2:
        return None
    return bundles.best_bundle(ground, made, question.seats, alone, question.size)


def _picked(
    ground: Ground,
    made: Sequence[Bools],
    alone: Singles,
    question: Question,
    ids: Sequence[int],
) -> Bundle | None:
    places = sorted({ids.index(each) for each in question.picked if each in ids})
    if len(places) < 2:
        return None
    return bundles.joint(ground, made, question.seats, alone, places)
