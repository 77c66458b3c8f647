"""What a person may ask of the path planner, and what is asked when nothing was said."""

from collections.abc import Iterable
from dataclasses import dataclass

from matcher.actor import Actor
from matcher.catalogue.roles import load_roles
from matcher.catalogue.skills import load_taxonomy
from matcher.db import Unit
from matcher.i18n import current_language
from matcher.matching.cards import card_view
from matcher.matching.readiness import scored_youth
from matcher.matching.standing import Standing, standing_of
from matcher.matching.target_options import (
    Option,
    certification_options,
    promise_options,
    role_options,
)
from matcher.policy.plans import ACTIVE, USUAL_HOURS
from matcher.refusal import NotFound
from matcher.store import cards, openings, plans, youths
from models.opening import RequirementKind, RequirementSubject
from models.plan import PlanTarget
from models.youth import SavedKind, WishKind

SHOWN_OPENINGS = 12


@dataclass(frozen=True)
class PathChoices:
    """`target` is asked for unless the person says otherwise; empty when there is nothing."""

    openings: tuple[Option, ...]
    roles: tuple[Option, ...]
    certifications: tuple[Option, ...]
    target: str
    weekly_hours: int
    budget_krw: int | None
    promises: tuple[Option, ...] = ()
    """Promised interviews the person took up and has not claimed."""


@dataclass(frozen=True)
class TargetFacts:
    """`nice` would be liked too, as (requirement key, name); `plan_id` leads there already."""

    nice: tuple[Option, ...]
    plan_id: int | None


def choices(unit: Unit, actor: Actor) -> PathChoices:
    """The first saved opening is the usual target, then the first wished role, then the best."""
    youth_id = scored_youth(unit.session, actor, unit.today)
    profile = youths.get(unit.session, actor, youth_id)
    if profile is None:
        raise NotFound
    standing = standing_of(unit.session, actor, youth_id, unit.today)
    saved = youths.saved_ids(unit.session, youth_id, SavedKind.OPENING)
    found = _openings(unit, actor, standing, saved)
    wished = [
        f"role:{row.value}"
        for row in youths.wishes(unit.session, youth_id)
        if row.kind is WishKind.ROLE
    ]
    is_saved = bool(found) and int(found[0][0].removeprefix("opening:")) in saved
    first = [found[0][0]] if found else []
    roles = role_options()
    usual = first + wished if is_saved else wished + first
    certifications = certification_options(unit.today)
    known = {value for value, _label in (*found, *roles)}
    usual = [each for each in usual if each in known] + [value for value, _ in certifications]
    return PathChoices(
        openings=found,
        roles=roles,
        certifications=certifications,
        target=next(iter(usual), ""),
        weekly_hours=profile.weekly_hours or USUAL_HOURS,
        budget_krw=profile.budget_krw or None,  # 0 is what courses may cost, no goal for exams
        promises=promise_options(unit.session, youth_id),
    )


def about(unit: Unit, actor: Actor, target: PlanTarget | None, ref: str) -> TargetFacts:
    """`target` None: what was asked for cannot be read."""
    if target is None:
        return TargetFacts((), None)
    found = plans.towards(unit.session, actor.own_youth_id, target, (ref,), ACTIVE)
    return TargetFacts(_nice(unit, actor, target, ref), found.id if found is not None else None)


def _nice(unit: Unit, actor: Actor, target: PlanTarget, ref: str) -> tuple[Option, ...]:
    if target is PlanTarget.ROLE:
        return _named(
            f"skill:{line.skill}" if line.skill else f"certification:{line.certification}"
            for role in load_roles()
            if role.slug == ref
            for line in role.requirements
            if line.kind == "nice"
        )
    if target is not PlanTarget.OPENING or openings.get(unit.session, actor, int(ref)) is None:
        return ()
    return _named(
        f"{row.subject.value}:{row.ref}"
        for row in openings.requirements(unit.session, int(ref))
        if row.kind is RequirementKind.NICE and row.subject is not RequirementSubject.LICENCE
    )


def _openings(
    unit: Unit, actor: Actor, standing: Standing, saved: frozenset[int]
) -> tuple[Option, ...]:
    """Saved ones first, then the best ranked."""
    order = standing.order()
    ids = sorted(order, key=lambda each: each not in saved)[:SHOWN_OPENINGS]
    rows = cards.cards(unit.session, openings.open_now(actor, unit.today))
    views = [card_view(rows[each], unit.today) for each in ids if each in rows]
    return tuple((f"opening:{view.id}", f"{view.title} · {view.organisation}") for view in views)


def _named(keys: Iterable[str]) -> tuple[Option, ...]:
    found = []
    for key in dict.fromkeys(keys):
        _kind, _sep, ref = key.partition(":")
        skill = load_taxonomy().resolve(ref) if key.startswith("skill:") else None
        found.append((key, ref if skill is None else skill.name(current_language())))
    return tuple(found)
