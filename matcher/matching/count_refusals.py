"""Why a partner is told no count of people: who may ask, about what, and how often."""

from typing import Literal

from matcher.actor import Actor
from matcher.catalogue.sectors import sectors
from matcher.db import Unit
from matcher.matching import throttling
from matcher.matching.typed_requirements import Asked
from matcher.policy import limits
from matcher.policy import openings as rules
from matcher.policy.operation import Operation
from matcher.refusal import NotFound
from matcher.store import openings, throttle
from models.opening import Opening, OpeningState, RequirementKind
from models.organisation import Organisation, OrganisationState

Why = Literal[
    "", "information_only", "inactive", "ended", "no_sector", "other_sector", "nothing", "wait"
]
ENDED = (OpeningState.CLOSED, OpeningState.FILLED)


def no_count(
    unit: Unit, actor: Actor, operation: Operation, wanted: Asked, opening: Opening | None
) -> tuple[Why, int]:
    """The reason, "" for none, and the seconds to wait."""
    if not operation.may_rank_people:
        return "information_only", 0
    organisation = openings.partner_organisation(unit.session, actor.organisation_id or 0)
    if organisation is None or not rules.may_work(organisation.state):
        raise NotFound
    if organisation.state is not OrganisationState.ACTIVE:
        return "inactive", 0
    if opening is not None and opening.state in ENDED:
        return "ended", 0
    why = _wrong_sector(unit, actor, wanted, organisation)
    if why:
        return why, 0
    if not rules.can_be_matched(RequirementKind(each.kind) for each in wanted.requirements):
        return "nothing", 0
    wait = _wait(unit, actor)
    return ("wait", wait) if wait else ("", 0)


def note_count(unit: Unit, actor: Actor) -> None:
    """One more question; saving a posting is one too, because its page tells a count."""
    buckets = [each.bucket for each in _limits(actor)]
    throttle.note(unit.session, buckets, unit.now)


def _wrong_sector(unit: Unit, actor: Actor, wanted: Asked, organisation: Organisation) -> Why:
    """People chose the sectors whose partners may see them; a posting in another one opens their
    pool only once somebody has approved it."""
    if wanted.sector not in {each.slug for each in sectors()}:
        return "no_sector"
    if wanted.sector == organisation.sector:
        return ""
    own = openings.all_own(unit.session, actor)
    is_approved = any(each.sector == wanted.sector and each.published_at for each in own)
    return "" if is_approved else "other_sector"


def _limits(actor: Actor) -> tuple[limits.Limit, ...]:
    return limits.counting(actor.account_id, actor.organisation_id or 0)


def _wait(unit: Unit, actor: Actor) -> int:
    return throttling.wait(unit, _limits(actor))
