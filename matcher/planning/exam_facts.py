"""What the rules engine knows of the exams, as plain values.

`matcher.matching.certification_facts` makes them from the reference data in force.
"""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date

from matcher.planning.certification_rules import RULES, Rules


@dataclass(frozen=True, slots=True)
class Phase:
    """`opens_on` None: the start is not settled, `announced` the day one source names.
    `closes_on` is the last day; None while no end is known."""

    is_beta: bool
    opens_on: date | None
    closes_on: date | None
    price_usd: int | None
    source: str
    announced: date | None = None


@dataclass(frozen=True, slots=True)
class Offer:
    """A language an exam is sat in. `code` is BCP 47."""

    code: str
    last_day: date | None
    source: str
    in_beta: bool = True
    in_standard: bool = True

    def speaks(self, asked: str) -> bool:
        """Same language; a bare `zh` or `es` on either side stands for all its variants."""
        return asked in (self.code, _bare(self.code)) or _bare(asked) == self.code

    def is_in(self, phase: Phase) -> bool:
        return self.in_beta if phase.is_beta else self.in_standard


@dataclass(frozen=True, slots=True)
class Version:
    """One exam code. `offers` is empty where no languages are on record (old versions)."""

    code: str
    phases: tuple[Phase, ...]
    offers: tuple[Offer, ...]
    source: str


@dataclass(frozen=True, slots=True)
class CertificationFacts:
    id: str
    versions: tuple[Version, ...]
    source: str
    is_renewable: bool = True
    """Passing its own exam again renews it; a retired certificate cannot be renewed."""
    renewal_source: str = ""


@dataclass(frozen=True, slots=True)
class Maintenance:
    """One more year without an exam, from `window_days` before the expiry until that day."""

    eligible: frozenset[str]
    adds_years: int
    window_days: int
    source: str
    points: Mapping[str, int] = field(default_factory=dict)
    """Learning points to earn in the window, by certification."""
    subscription_usd_month: int | None = None
    """Lowest monthly price of the paid subscription it needs."""
    subscription_source: str = ""


@dataclass(frozen=True, slots=True)
class ProgrammeFacts:
    certifications: Mapping[str, CertificationFacts]
    renewal_edges: tuple[tuple[str, str], ...]
    """(passed, renews)"""
    maintenance: Maintenance
    proctor_languages: frozenset[str]
    """In which an online exam is watched."""
    proctor_source: str
    benefit_percent: int
    benefit_source: str
    rules: Rules = RULES

    def renews(self, certification: str) -> frozenset[str]:
        """What a pass moves while it is active, itself included when its own exam renews it."""
        others = {renews for passed, renews in self.renewal_edges if passed == certification}
        return frozenset(others | {certification})

    def has_proctor(self, language: str) -> bool:
        return any(Offer(code, None, "").speaks(language) for code in self.proctor_languages)


def _bare(code: str) -> str:
    return code.split("-")[0]
