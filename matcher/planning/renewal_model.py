"""What a renewal plan chooses from: sittings and maintenance years, and how far each reaches."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import date, timedelta
from functools import cached_property

from matcher.planning.certification_rules import expiry_of
from matcher.planning.exam_facts import ProgrammeFacts
from matcher.planning.keeping import maintained_until, maintenance_opens_on
from matcher.planning.sittings import Window


@dataclass(frozen=True, slots=True)
class PlannedSitting:
    window: Window
    on: date


@dataclass(frozen=True, slots=True)
class PlannedYear:
    """A maintenance year on top of the expiry `after`, from `opens_on` on."""

    certification: str
    after: date
    opens_on: date


@dataclass(frozen=True, slots=True)
class Solution:
    """`is_proven` of both goals; `gap` of the first."""

    sittings: tuple[PlannedSitting, ...]
    years: tuple[PlannedYear, ...]
    is_proven: bool
    gap: float


@dataclass(frozen=True, slots=True)
class ChainedYear:
    certification: str
    source: date | None
    """Day of the sitting that begins the chain; None = the expiry of today."""
    number: int
    after: date
    opens_on: date
    until: date


@dataclass(frozen=True)
class Model:
    """`wanted` holds only what lapses before `until`; `first_reach` the last day by which each of
    those expiries must have moved."""

    facts: ProgrammeFacts
    wanted: Mapping[str, date]
    today: date
    until: date
    windows: tuple[Window, ...]
    days: tuple[date, ...]
    codes: int
    maintain_usd: float | None
    buffer_days: int
    first_reach: Mapping[date, date]

    @cached_property
    def sittings(self) -> tuple[PlannedSitting, ...]:
        """One a version and day, in the language liked best. An exam that renews nothing wanted
        counts too: its code can pay half of a dearer one."""
        best: dict[tuple[str, date], PlannedSitting] = {}
        for window in self.windows:
            for day in self.days:
                if window.covers(day):
                    best.setdefault((window.exam_code, day), PlannedSitting(window, day))
        return tuple(best[key] for key in sorted(best, key=lambda k: (k[1], k[0])))

    @cached_property
    def years(self) -> tuple[ChainedYear, ...]:
        if self.maintain_usd is None:
            return ()
        eligible = sorted(self.wanted.keys() & self.facts.maintenance.eligible)
        return tuple(year for c in eligible for year in self._chains(c))

    def _chains(self, certification: str) -> Iterator[ChainedYear]:
        days = sorted({s.on for s in self.sittings if self.renews(s, certification)})
        begins: list[tuple[date | None, date]] = [(None, self.wanted[certification])]
        begins += [(day, expiry_of(day, self.facts.rules)) for day in days]
        for source, expiry in begins:
            number = 0
            while expiry < self.until:
                opens_on = max(self.today, maintenance_opens_on(expiry, self.facts.maintenance))
                later = maintained_until(expiry, self.facts.maintenance)
                yield ChainedYear(certification, source, number, expiry, opens_on, later)
                number, expiry = number + 1, later

    def renews(self, sitting: PlannedSitting, certification: str) -> bool:
        return certification in self.facts.renews(sitting.window.certification)

    def reach(self, expiry: date) -> date:
        if expiry >= self.until:
            return self.until
        return self.first_reach.get(expiry, expiry - timedelta(days=self.buffer_days))
