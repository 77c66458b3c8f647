"""A person asks for the ways to a target."""

from matcher.actor import Actor
from matcher.db import Unit
from matcher.matching import planner
from matcher.matching.deadlines import refuse_impossible
from matcher.matching.plan_views import Paths, Terms, Wishes
from matcher.matching.readiness import scored_youth


def paths(unit: Unit, actor: Actor, wishes: Wishes, terms: Terms) -> Paths:
    """Writes nothing. Raises Invalid by field, NotFound for an opening that is not to be seen."""
    youth_id = scored_youth(unit.session, actor, unit.today)
    refuse_impossible(wishes.by, unit.today)
    return planner.paths(unit.session, actor, youth_id, wishes, terms, unit.today)


def for_operator(unit: Unit, youth_id: int, wishes: Wishes, terms: Terms) -> Paths:
    """The same for whoever runs the service, from the command line."""
    refuse_impossible(wishes.by, unit.today)
    return planner.paths(unit.session, None, youth_id, wishes, terms, unit.today)
