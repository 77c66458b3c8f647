"""How many people of a sector's pool meet a list of requirements, and what asking less brings."""

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from functools import cache

from sqlmodel import Session

from matcher.actor import Actor
from matcher.catalogue.certification import LEVELS
from matcher.catalogue.certifications import load_programme
from matcher.matching.certified import following
from matcher.matching.context import adjacency
from matcher.matching.courses import from_rows
from matcher.matching.seekers import certifications, winning_skills
from matcher.ranking.credits import Asks
from matcher.ranking.easing import Easing, Rung, Study, binding, easings
from matcher.ranking.recount import Recount
from matcher.ranking.types import CERTIFICATION, LICENCE, SKILL, Course, Requirement, Seeker
from matcher.store import candidates, match_rows
from matcher.store import courses as course_rows
from matcher.store.match_rows import IdScope

RANKS = {"Foundational": 1, "Business": 1, "Associate": 2, "Professional": 3, "Specialty": 3}
assert set(RANKS) == set(LEVELS)


@dataclass(frozen=True)
class Counted:
    """`titles`: (Korean, English) of the courses that close gaps, by id."""

    pool: int
    recount: Recount
    titles: Mapping[int, tuple[str, str]]


def counted(
    session: Session,
    actor: Actor,
    scope: IdScope,
    requirements: Iterable[Requirement],
    start: date,
    today: date,
) -> Counted:
    """`scope` selects youth ids, already narrowed to the people the actor may count. Work would
    begin on `start`."""
    asked = binding(requirements)
    studies, titles = _studies(session, actor, start, today)
    ways = easings(asked, ladder(), studies)
    seekers = people_of(session, scope, asked, ways, today)
    recount = Recount.of(seekers, asked, ways, adjacency(), today)
    return Counted(len(seekers), recount, titles)


@cache
def ladder() -> Mapping[str, Rung]:
    """Every certificate with the ones AWS puts before it, near or far, and whatever else of the
    programme ranks lower."""
    programme = load_programme().certifications
    before = {each.id: each.usually_before for each in programme}
    rank = {each.id: RANKS[each.level] for each in programme}
    return {each: _rung(each, rank, _closure(each, before)) for each in rank}


def _rung(name: str, rank: Mapping[str, int], before: tuple[str, ...]) -> Rung:
    lower = (each for each in rank if rank[each] < rank[name] and each not in before)
    return Rung(rank[name], before, tuple(sorted(lower, key=lambda each: (-rank[each], each))))


def _closure(name: str, before: Mapping[str, Sequence[str]]) -> tuple[str, ...]:
    found: list[str] = []
    waiting = list(before.get(name, ()))
    while waiting:
        each = waiting.pop(0)
        if each != name and each not in found:
            found.append(each)
            waiting += before.get(each, ())
    return tuple(found)


def people_of(
    session: Session,
    scope: IdScope,
    asked: Sequence[Requirement],
    ways: Sequence[Sequence[Easing]],
    day: date,
) -> tuple[Seeker, ...]:
    """As the ranking sees them, with only the skills that count toward something asked."""
    slugs = [key.removeprefix(SKILL) for key in _useful(asked, ways) if key.startswith(SKILL)]
    only = frozenset(slugs)
    skills = _grouped(match_rows.skills(session, scope, sorted(slugs)))
    asks_certificates = any(each.key.startswith(CERTIFICATION) for each in asked)
    asks_licences = any(each.key.startswith(LICENCE) for each in asked)
    passes = _grouped(match_rows.passes(session, scope) if asks_certificates or only else ())
    licences = _grouped(match_rows.licences(session, scope) if asks_licences else ())
    return tuple(
        Seeker(
            each,
            winning_skills([*skills.get(each, ()), *following(passes.get(each, ()), day, only)]),
            certifications(passes.get(each, ()) if asks_certificates else ()),
            licences=frozenset(name for _, name in licences.get(each, ())),
        )
        for each in candidates.ids(session, scope)
    )


def _useful(asked: Sequence[Requirement], ways: Sequence[Sequence[Easing]]) -> set[str]:
    flat = [way for some in ways for way in some]
    needs = [need for way in flat if way.study for need in way.study.course.needed]
    wanted = [*asked, *(way.now for way in flat if way.now is not None), *needs]
    exact = {each.key for each in wanted}
    return exact | set(Asks.from_requirements(wanted, adjacency()).source)


def _studies(
    session: Session, actor: Actor, start: date, today: date
) -> tuple[list[Study], dict[int, tuple[str, str]]]:
    """The run of each course that ends first among those one can still join."""
    scope = course_rows.published(actor)
    found = course_rows.rows(session, scope)
    runs, skills = course_rows.sessions(session, scope), course_rows.skills(session, scope)
    made = [_study(each, start, today) for each in from_rows(found, runs, skills)]
    titles = {row.id or 0: (row.title_ko, row.title_en) for row, _ in found}
    return [each for each in made if each is not None], titles


def _study(course: Course, start: date, today: date) -> Study | None:
    joinable = [each for each in course.sessions if each.is_open(today) and each.seats_left != 0]
    if not joinable:
        return None
    run = min(joinable, key=lambda each: (each.ends_on, each.id or 0))
    weeks = max(0, -(-(run.ends_on - start).days // 7))
    return Study(course, run.ends_on, weeks, run.seats_left)


def _grouped(rows: Iterable[tuple[int, ...] | tuple[object, ...]]) -> Mapping[int, list]:  # type: ignore[type-arg]
    """Rows by their first column, the youth's id."""
    groups: dict[int, list] = defaultdict(list)  # type: ignore[type-arg]
    for row in rows:
        groups[row[0]].append(row)  # type: ignore[index]
    return groups
