"""Stored rows -> what openings ask for, what a desk's people hold, and what they are learning."""

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from datetime import date

from sqlmodel import Session, col, select

from matcher.actor import Actor
from matcher.matching.courses import climb
from matcher.matching.openings import openings_of
from matcher.matching.seekers import seekers_of
from matcher.planning.skill_market import Ask, Holding, Learning, Need, needs, quarters_from
from matcher.ranking.gaps import SEEN
from matcher.ranking.requirements import canonical, needed_level
from matcher.ranking.types import SKILL, Opening, Seeker, level_after
from matcher.store import courses as course_store
from matcher.store import openings as opening_store
from matcher.store import planning_people, voucher_people
from models.course import Course, CourseSkillKind

Gains = Mapping[int, Sequence[tuple[str, tuple[int, int]]]]
"""By course: (skill, the climb)."""


def market_of(session: Session, actor: Actor, today: date) -> tuple[Need, ...]:
    """A dozen queries; openings are everybody's, people the desk's own."""
    quarters = quarters_from(today)
    people = planning_people.planned_for(actor, today, quarters[-1].last)
    open_now = opening_store.open_now(actor, today)
    places = voucher_people.places(session, open_now)
    seekers = {each.id: each for each in seekers_of(session, people, today)}
    learners = planning_people.learners(session, people, today)
    gains = _gains(session, [each.course_id for each in learners])
    learning = [
        Learning(row.youth_id, skill, level, row.ends_on, _sectors(seekers[row.youth_id]))
        for row in learners
        for skill, level in _after(seekers[row.youth_id], gains.get(row.course_id, ()))
    ]
    return needs(
        _asks(openings_of(session, open_now), places), _held(seekers.values()), learning, quarters
    )


def _asks(openings: Iterable[Opening], places: Mapping[int, int]) -> list[Ask]:
    """An opening that says no day wants people when it closes."""
    found = []
    for each in openings:
        day, left = each.starts_on or each.closes_on, places.get(each.id, 0)
        for asked in canonical(each.requirements):
            if asked.kind == "must" and asked.key.startswith(SKILL) and left and day:
                slug = asked.key.removeprefix(SKILL)
                found.append(Ask(each.sector or "", slug, needed_level(asked), left, day))
    return found


def _held(seekers: Iterable[Seeker]) -> list[Holding]:
    """Only what somebody other than the person has seen."""
    return [
        Holding(seeker.id, slug, proof.level, _sectors(seeker))
        for seeker in seekers
        for slug, proof in seeker.skills.items()
        if proof.verified >= SEEN
    ]


def _after(
    seeker: Seeker, gains: Sequence[tuple[str, tuple[int, int]]]
) -> Iterable[tuple[str, int]]:
    for skill, step in gains:
        held = seeker.skills.get(skill)
        yield skill, level_after(0 if held is None else held.level, step)


def _sectors(seeker: Seeker) -> frozenset[str]:
    return frozenset(seeker.sectors)


def _gains(session: Session, course_ids: Sequence[int]) -> Gains:
    scope = select(Course.id).where(col(Course.id).in_(sorted(set(course_ids))))
    found: dict[int, list[tuple[str, tuple[int, int]]]] = defaultdict(list)
    for row in course_store.skills(session, scope):
        if row.kind is CourseSkillKind.GAINED:
            found[row.course_id].append((row.skill, climb(row.from_level, row.level)))
    return found
