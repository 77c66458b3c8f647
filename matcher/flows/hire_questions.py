"""Half a year after a start both sides are asked once, by mail, whether it still holds."""

from datetime import date

from matcher.db import Unit, Units
from matcher.matching import outcome_checks
from matcher.matching.partner_letters import tell_partner
from matcher.policy import outcomes as policy
from matcher.store import answer_links, candidates, outbox, outcomes
from matcher.store import job_offers as store

MONTHS = 6


def ask_due(units: Units) -> int:
    """How many were asked about. Running it again asks nobody twice."""
    with units.reading() as unit:
        first, last = _window(unit.today)
        due = store.started_between(unit.session, first, last)
    return sum(_ask(units, number) for number in due)


def _window(today: date) -> tuple[date, date]:
    """Starts whose question can be answered today."""
    span = MONTHS + policy.WINDOW
    return policy.months_after(today, -span), policy.months_after(today, -MONTHS)


def _ask(units: Units, outcome_id: int) -> bool:
    with units.writing() as unit:
        key = f"still-here:{outcome_id}:{MONTHS}"
        found = store.hire_of(unit.session, outcome_id)
        if found is None or outbox.has_key(unit.session, f"{key}:"):
            return False
        known = outcomes.checks(unit.session, [outcome_id]).get(outcome_id, [])
        if MONTHS not in outcome_checks.due_of(found.outcome, known, unit.today):
            return False
        opening = found.opening
        words = {"title_ko": opening.title_ko, "title_en": opening.title_en, "months": MONTHS}
        person = candidates.account_of(unit.session, found.application.youth_id)
        outbox.put(unit.session, person, "still_working", unit.now, f"{key}:person", **words)
        _ask_partner(unit, found, key, words)
        return True


def _ask_partner(unit: Unit, found: store.Hire, key: str, words: dict[str, object]) -> None:
    """Only while the person's consent for it lives; the mail names nobody."""
    home, number = found.opening.organisation_id, found.application.id or 0
    if answer_links.seen_by_firm(unit.session, home, unit.today, number) is None:
        return
    tell_partner(unit, home, "still_here", key, **words)
