"""What a posting's requirements cost: how many people meet them, and what asking less would bring.

Only people who agreed to be seen masked in the posting's sector are counted. A published posting as
it is stored is counted exactly, because its partner may open the list of these very people. Every
other count under five, none included, is told as "fewer than five".
"""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from datetime import date
from typing import Literal

from matcher.actor import Actor
from matcher.catalogue.sectors import sectors
from matcher.db import Unit
from matcher.matching import easing_words
from matcher.matching.easing_words import Change, EasedLine
from matcher.matching.openings import requirement
from matcher.matching.qualified import Counted, counted
from matcher.matching.wanted import meant
from matcher.policy import limits
from matcher.policy import openings as rules
from matcher.policy.operation import Operation
from matcher.policy.small_cells import LEAST
from matcher.ranking.front import most_useful, relaxations
from matcher.ranking.recount import Option
from matcher.ranking.requirements import canonical
from matcher.ranking.types import Requirement
from matcher.refusal import NotFound
from matcher.store import candidates, openings, throttle
from matcher.store.match_rows import RequirementRow
from models.account import Role
from models.opening import Opening, OpeningState, RequirementKind
from models.opening import RequirementSubject as Subject
from models.organisation import OrganisationState

Why = Literal[
    "", "information_only", "inactive", "ended", "no_sector", "other_sector", "nothing", "wait"
]
BESIDE_THE_FORM = 3
ENDED = (OpeningState.CLOSED, OpeningState.FILLED)


@dataclass(frozen=True)
class Typed:
    """One requirement as it stands in a form, valid or not."""

    kind: str
    text: str
    level: str = ""
    pick: str = ""


@dataclass(frozen=True)
class Asked:
    """What a form asks so far. `unclear` rows mean nothing yet and are not counted."""

    sector: str
    requirements: tuple[Requirement, ...]
    starts_on: date | None = None
    unclear: int = 0


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


def asked(sector: str, rows: Iterable[Typed], starts_on: date | None = None) -> Asked:
    """From what stands in the form, however unfinished."""
    found = [_requirement(row) for row in rows if row.text.strip()]
    clear = tuple(each for each in found if each is not None)
    return Asked(sector, clear, starts_on, len(found) - len(clear))


def typed(
    unit: Unit, actor: Actor, operation: Operation, wanted: Asked, opening_id: int | None = None
) -> Counts:
    """Counts for a form being written, as one more question of the actor. Raises NotFound for an
    opening that is not the actor's own."""
    opening = None if opening_id is None else own(unit, actor, opening_id)
    why, wait = _refusal(unit, actor, operation, wanted, opening)
    if why:
        return Counts(why, wait, unclear=wanted.unclear)
    note(unit, actor)
    return _counts(unit, actor, wanted, opening)


def stored(unit: Unit, actor: Actor, operation: Operation, opening_id: int) -> Counts:
    """Counts for an own opening as it was last saved."""
    opening = own(unit, actor, opening_id)
    wanted = _stored(unit, opening)
    why, wait = _refusal(unit, actor, operation, wanted, opening)
    return Counts(why, wait) if why else _counts(unit, actor, wanted, opening)


def relaxed(unit: Unit, actor: Actor, operation: Operation, opening_id: int) -> Relaxed:
    """Every easing of an own stored opening that is worth a thought."""
    opening = own(unit, actor, opening_id)
    wanted = _stored(unit, opening)
    found = Relaxed(
        opening_id,
        (opening.title_ko, opening.title_en),
        opening.sector,
        _start(wanted, opening, unit.today),
        opening.is_demo,
        opening.state not in ENDED,
        Counts(),
    )
    why, wait = _refusal(unit, actor, operation, wanted, opening)
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


def note(unit: Unit, actor: Actor) -> None:
    """One more question; saving a posting is one too, because its page tells a count."""
    buckets = [each.bucket for each in _limits(actor)]
    throttle.note(unit.session, buckets, unit.now)


def eased(rows: Sequence[Typed], code: str) -> tuple[tuple[Typed, ...], date | None]:
    """The rows with the changes of a code made, and the later start it names. Nothing is stored:
    a person reads the form and saves it, or does not."""
    changes, start = easing_words.read(code)
    for each in changes:
        rows = _eased(rows, each)
    return tuple(rows), start


def _eased(rows: Sequence[Typed], change: Change) -> list[Typed]:
    hit = [
        _key(row) == change.key and (row.kind == "exclude") is change.is_exclusion for row in rows
    ]
    found = [
        new
        for row, is_it in zip(rows, hit, strict=True)
        for new in (_changed(row, change) if is_it else [row])
    ]
    other = meant(change.to) if change.verb == "swap" and any(hit) else None
    if other is None:
        return found
    rest = [each for each in found if _key(each) != other.key]
    return [*rest, Typed("must", other.name, "", other.key)]


def _changed(row: Typed, change: Change) -> list[Typed]:
    if change.verb == "drop":
        return []
    if change.verb == "level":
        return [replace(row, level=change.to)] if change.to in set("12345") else [row]
    return [replace(row, kind="nice")]


def _key(row: Typed) -> str:
    found = meant(row.text) or (meant(row.pick) if row.pick else None)
    return "" if found is None else found.key


def _requirement(row: Typed) -> Requirement | None:
    found = meant(row.text) or (meant(row.pick) if row.pick else None)
    if found is None or row.kind not in {each.value for each in RequirementKind}:
        return None
    kind = row.kind
    if found.subject is Subject.LICENCE and kind != RequirementKind.EXCLUDE:
        kind = RequirementKind.LICENCE.value
    elif kind == RequirementKind.LICENCE:
        return None
    level = int(row.level) if row.level in set("12345") else 1
    is_skill = found.subject is Subject.SKILL
    return requirement(
        RequirementRow(
            0, RequirementKind(kind), found.subject, found.ref, level if is_skill else None
        )
    )


def own(unit: Unit, actor: Actor, opening_id: int) -> Opening:
    """Raises NotFound for an opening of somebody else."""
    row = openings.get(unit.session, actor, opening_id)
    if row is None or actor.role is not Role.PARTNER:
        raise NotFound
    return row


def _stored(unit: Unit, opening: Opening) -> Asked:
    rows = openings.requirements(unit.session, opening.id or 0)
    found = tuple(
        requirement(RequirementRow(0, each.kind, each.subject, each.ref, each.level))
        for each in rows
    )
    return Asked(opening.sector, found, opening.starts_on)


def _refusal(
    unit: Unit, actor: Actor, operation: Operation, wanted: Asked, opening: Opening | None
) -> tuple[Why, int]:
    if not operation.may_rank_people:
        return "information_only", 0
    organisation = openings.partner_organisation(unit.session, actor.organisation_id or 0)
    if organisation is None or not rules.may_work(organisation.state):
        raise NotFound
    if organisation.state is not OrganisationState.ACTIVE:
        return "inactive", 0
    if opening is not None and opening.state in ENDED:
        return "ended", 0
    if wanted.sector not in {each.slug for each in sectors()}:
        return "no_sector", 0
    if wanted.sector != organisation.sector and not _was_approved(unit, actor, wanted.sector):
        return "other_sector", 0
    if not rules.can_be_matched(RequirementKind(each.kind) for each in wanted.requirements):
        return "nothing", 0
    wait = _wait(unit, actor)
    return ("wait", wait) if wait else ("", 0)


def _was_approved(unit: Unit, actor: Actor, sector: str) -> bool:
    """People chose the sectors whose partners may see them; a posting in another one opens their
    pool only once somebody has approved it."""
    own = openings.all_own(unit.session, actor)
    return any(each.sector == sector and each.published_at is not None for each in own)


def _limits(actor: Actor) -> tuple[limits.Limit, ...]:
    return limits.counting(actor.account_id, actor.organisation_id or 0)


def _wait(unit: Unit, actor: Actor) -> int:
    return max(
        throttle.wait(unit.session, each.bucket, each.most, each.window, unit.now)
        for each in _limits(actor)
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
    same = canonical(wanted.requirements) == canonical(_stored(unit, opening).requirements)
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
