"""The demo's saved scenarios: computed as a desk would compute them, from the demo's own rows."""

from datetime import datetime

from sqlmodel import Session

from matcher.actor import Actor
from matcher.clock import day_of
from matcher.matching.course_impact import Against, Question, impact_of
from matcher.matching.impact_scenarios import inputs_of, results_of
from matcher.planning.impact.terms import term_of
from models.planning_desk import PlanningScenario


def keep_scenario(session: Session, actor: Actor, name: str, seats: int, now: datetime) -> None:
    today = day_of(now)
    term = term_of(today)
    found = impact_of(session, actor, Question(term, seats, size=2), today)
    session.add(
        PlanningScenario(
            organisation_id=actor.organisation_id or 0,
            account_id=actor.account_id,
            name=name,
            inputs=inputs_of(term.key, seats, Against.TODAY, 2, ()),
            results=results_of(found),
            data_on=today,
            created_at=now,
        )
    )
