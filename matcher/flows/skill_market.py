"""Skills supply and demand of a desk: what openings ask for against its people and its courses."""

from dataclasses import dataclass

from matcher.actor import Actor
from matcher.catalogue.sectors import sectors
from matcher.db import Unit
from matcher.i18n import gettext as _
from matcher.i18n import in_language
from matcher.matching.context import names_for
from matcher.matching.skill_market import market_of
from matcher.planning.skill_market import Need, Quarter, quarters_from
from matcher.policy.small_cells import Cell, alone
from matcher.ranking.types import SKILL
from matcher.refusal import Invalid

MOST_ROWS = 12


@dataclass(frozen=True)
class SkillLine:
    """Counts of people below five are hidden, and so is every balance that would give one away.

    `balance` by quarter: supply and learners by then, minus places asked for by then.
    """

    sector: str
    skill: str
    level: int
    supply: Cell
    demand: tuple[int, ...]
    learning: tuple[Cell, ...]
    balance: tuple[int | None, ...]


@dataclass(frozen=True)
class MarketView:
    """`lines`: the most asked for first, at most a dozen of `total`."""

    sector: str
    quarters: tuple[Quarter, ...]
    lines: tuple[SkillLine, ...]
    total: int

    @property
    def scarcest(self) -> SkillLine | None:
        """The largest shortage at the end that can be told."""
        short = [line for line in self.lines if (line.balance[-1] or 0) < 0]
        return min(short, key=lambda line: line.balance[-1] or 0, default=None)


def view(unit: Unit, actor: Actor, sector: str = "") -> MarketView:
    """Counts only. Raises Invalid for an unknown sector."""
    if sector and sector not in {each.slug for each in sectors()}:
        raise Invalid({"sector": _("목록에 있는 것 중에서 골라 주세요.")})
    found = [
        need
        for need in market_of(unit.session, actor, unit.today)
        if not sector or need.sector == sector
    ]
    shown = found[:MOST_ROWS]
    names = names_for(unit.session, [SKILL + need.skill for need in shown])
    lines = tuple(
        _line(need, in_language(*names.get(SKILL + need.skill, (need.skill, need.skill))))
        for need in shown
    )
    return MarketView(sector, quarters_from(unit.today), lines, len(found))


def _line(need: Need, name: str) -> SkillLine:
    supply = alone(need.supply)
    learning = tuple(alone(n) for n in need.learning)
    # Of a sum that is shown, a hidden part would follow from the part that is shown.
    balance = tuple(
        None if supply.n is None or coming.n is None else supply.n + coming.n - asked
        for coming, asked in zip(learning, need.demand, strict=True)
    )
    return SkillLine(need.sector, name, need.level, supply, need.demand, learning, balance)
