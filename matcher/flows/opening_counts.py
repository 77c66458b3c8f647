"""What a posting's requirements cost: how many people meet them, and what asking less would bring.

Only people who agreed to be seen masked in the posting's sector are counted. A published posting as
it is stored is counted exactly, because its partner may open the list of these very people. Every
other count under five, none included, is told as "fewer than five".
"""

from collections.abc import Iterable
from dataclasses import dataclass, replace
from datetime import date

from matcher.actor import Actor
from matcher.db import Unit
from matcher.matching import easing_words
from matcher.matching.count_refusals import ENDED, Why, no_count, note_count
from matcher.matching.easing_words import EasedLine
from matcher.matching.own_opening import own_opening
from matcher.matching.qualified import Counted, counted
from matcher.matching.typed_requirements import Asked, asked_by
from matcher.policy import openings as rules
from matcher.policy.operation import Operation
from matcher.policy.small_cells import LEAST
from matcher.ranking.front import most_useful, relaxations
from matcher.ranking.recount import Option
from matcher.ranking.requirements import canonical
from matcher.store import candidates
from models.opening import Opening

BESIDE_THE_FORM = 3


@dataclass(frozen=True)
class Counts:
    """`pool` people agreed to be seen, `ranked` are kept out by nothing, `qualified` meet every
    must too; None: fewer than five. `why` says why there is no count at all."""

    why: Why = ""
    wait: int = 0
    pool: int | None = None
    ranked: int | None = None
    qualified: int | None = None
    is_exact: bool = False
    unclear: int = 0
    has_musts: bool = True
    best: tuple[EasedLine, ...] = ()


@dataclass(frozen=True)
class Relaxed:
    """One own opening with every easing no other beats; `single` is the one that helps most."""

    opening_id: int
    title: tuple[str, str]
    sector: str
    start: date
    is_demo: bool
    may_edit: bool
    counts: Counts
    tried: int = 0
    lines: tuple[EasedLine, ...] = ()
    single: EasedLine | None = None


def typed(
    unit: Unit, actor: Actor, operation: Operation, wanted: Asked, opening_id: int | None = None
) -> Counts:
    """Counts for a form being written, as one more question of the actor. Raises NotFound for an
    opening that is not the actor's own."""
    opening = None if opening_id is None else own_opening(unit, actor, opening_id)
    why, wait = no_count(unit, actor, operation, wanted, opening)
    if why:
        return Counts(why, wait, unclear=wanted.unclear)
    note_count(unit, actor)
    return _counts(unit, actor, wanted, opening)


def stored(unit: Unit, actor: Actor, operation: Operation, opening_id: int) -> Counts:
    """Counts for an own opening as it was last saved."""
    opening = own_opening(unit, actor, opening_id)
    wanted = asked_by(unit.session, opening)
    why, wait = no_count(unit, actor, operation, wanted, opening)
    return Counts(why, wait) if why else _counts(unit, actor, wanted, opening)


def relaxed(unit: Unit, actor: Actor, operation: Operation, opening_id: int) -> Relaxed:
    """Every easing of an own stored opening that is worth a thought."""
    opening = own_opening(unit, actor, opening_id)
    wanted = asked_by(unit.session, opening)
    found = Relaxed(
        opening_id,
        (opening.title_ko, opening.title_en),
        opening.sector,
        _start(wanted, opening, unit.today),
        opening.is_demo,
        opening.state not in ENDED,
        Counts(),
    )
    why, wait = no_count(unit, actor, operation, wanted, opening)
    if why:
        return replace(found, counts=Counts(why, wait))
    people, is_exact = _count(unit, actor, wanted, opening), _is_exact(unit, wanted, opening)
    best = relaxations(people.recount, 0 if is_exact else LEAST)
    return replace(
        found,
        counts=_told(people, wanted, is_exact),
        tried=best.tried,
        lines=_lines(best.front, people),
        single=None if best.single is None else easing_words.line(best.single, people.titles),
    )


def _counts(unit: Unit, actor: Actor, wanted: Asked, opening: Opening | None) -> Counts:
    people = _count(unit, actor, wanted, opening)
    is_exact = opening is not None and _is_exact(unit, wanted, opening)
    best = relaxations(people.recount, 0 if is_exact else LEAST)
    return replace(
        _told(people, wanted, is_exact),
        best=_lines(most_useful(best, BESIDE_THE_FORM), people),
    )


def _count(unit: Unit, actor: Actor, wanted: Asked, opening: Opening | None) -> Counted:
    start = _start(wanted, opening, unit.today)
    scope = candidates.pool(wanted.sector, unit.today)
    found = counted(unit.session, actor, scope, wanted.requirements, start, unit.today)
    keys = sorted({each.key for each in wanted.requirements})
    unit.access(
        "candidates:counted", None, opening=opening.id if opening else None, sector=wanted.sector,
        asked=keys,
    )  # fmt: skip
    return found


def _start(wanted: Asked, opening: Opening | None, today: date) -> date:
    """When work would begin: the day named, else when the posting closes."""
    day = wanted.starts_on or (opening.closes_on if opening is not None else None)
    return max(today, day or today)


def _is_exact(unit: Unit, wanted: Asked, opening: Opening) -> bool:
    if not rules.is_taking_people(opening.state, opening.closes_on, unit.today):
        return False
    same = canonical(wanted.requirements) == canonical(asked_by(unit.session, opening).requirements)
    return same and wanted.sector == opening.sector


def _told(people: Counted, wanted: Asked, is_exact: bool) -> Counts:
    def cell(n: int) -> int | None:
        return n if is_exact or n >= LEAST else None

    return Counts(
        pool=cell(people.pool),
        ranked=cell(people.recount.ranked),
        qualified=cell(people.recount.qualified),
        is_exact=is_exact,
        unclear=wanted.unclear,
        has_musts=any(each.kind in ("must", "licence") for each in wanted.requirements),
    )


def _lines(options: Iterable[Option], people: Counted) -> tuple[EasedLine, ...]:
    return tuple(easing_words.line(each, people.titles) for each in options)
