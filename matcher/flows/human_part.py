"""How much of deciding is done by people: a partner's own month, and everybody's for an admin."""

from dataclasses import dataclass
from datetime import date, timedelta

from matcher.actor import Actor
from matcher.db import Unit
from matcher.i18n import in_language
from matcher.matching.human_part import first_of, month_figures
from matcher.policy.human_part import Figures
from matcher.refusal import NotFound
from matcher.store import human_part as store


@dataclass(frozen=True)
class Row:
    organisation: str
    figures: Figures


@dataclass(frozen=True)
class Review:
    """One month; alerts first. `later` is None for the running month."""

    first: date
    earlier: date
    later: date | None
    rows: tuple[Row, ...]

    @property
    def alerts(self) -> int:
        return sum(1 for row in self.rows if row.figures.is_alert)


def own_month(unit: Unit, actor: Actor) -> Figures | None:
    """Of the running month; None before the first decision."""
    if actor.organisation_id is None:
        raise NotFound
    found = month_figures(unit.session, first_of(unit.today), actor.organisation_id)
    return found.get(actor.organisation_id)


def review(unit: Unit, month: date | None = None) -> Review:
    """Of every partner; the last whole month unless another one is asked for."""
    running = first_of(unit.today)
    first = min(first_of(month), running) if month else _before(running)
    found = month_figures(unit.session, first)
    names = store.organisations(unit.session, list(found))
    rows = [Row(in_language(*names[each]), own) for each, own in found.items()]
    rows.sort(key=lambda row: (not row.figures.is_alert, -row.figures.decisions, row.organisation))
    later = None if first >= running else first_of(first + timedelta(days=31))
    return Review(first, _before(first), later, tuple(rows))


def _before(first: date) -> date:
    return first_of(first - timedelta(days=1))
