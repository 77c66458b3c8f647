"""Narrowing a list of masked people without ever changing its order, and the counts beside it."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date

from matcher.matching.checklist import proof_stage
from matcher.ranking.recommend import RankedItem
from matcher.ranking.requirements import Line
from matcher.ranking.types import Seeker

LEVELS = (1, 2, 3, 4)


@dataclass(frozen=True)
class Filters:
    """`level`: at least this verification, of one must or of `every` one; `free_by`: can begin on
    this day or before; `met`: requirements met in full. Nothing set lets everybody through."""

    level: int | None = None
    every: bool = False
    free_by: date | None = None
    met: tuple[str, ...] = ()

    @property
    def is_on(self) -> bool:
        return self != Filters(every=self.every)

    def known(self, keys: Iterable[str]) -> "Filters":
        """Only what the opening asks for can be filtered by, each key once."""
        asked = set(keys)
        return replace(self, met=tuple(each for each in dict.fromkeys(self.met) if each in asked))


EVERYBODY = Filters()


@dataclass(frozen=True)
class Facts:
    """What the filters look at: the weakest and the strongest proof among the musts (0 = nothing
    held), the requirements met, the first day of work."""

    weakest: int
    strongest: int
    met: frozenset[str]
    free_from: date | None


@dataclass(frozen=True)
class FilterCounts:
    """How many people each choice would show beside what is chosen already."""

    levels: Mapping[int, int]
    met: Mapping[str, int]
    shown: int
    of: int


def facts_of(item: RankedItem, seeker: Seeker) -> Facts:
    """Where nothing is a must, what is nice to have stands in for it. Licences are met or not, and
    carry no level."""
    lines = item.checklist.lines
    musts = [each for each in lines if each.kind == "must"] or [
        each for each in lines if each.kind == "nice"
    ]
    stages = [_stage(each, seeker) for each in musts]
    met = frozenset(each.key for each in lines if each.kind != "exclude" and each.met == "met")
    return Facts(min(stages, default=0), max(stages, default=0), met, seeker.available_from)


def lets(filters: Filters, facts: Facts) -> bool:
    proved = facts.weakest if filters.every else facts.strongest
    if filters.level is not None and proved < filters.level:
        return False
    if filters.free_by is not None and (
        facts.free_from is None or facts.free_from > filters.free_by
    ):
        return False
    return facts.met.issuperset(filters.met)


def counted(many: Sequence[Facts], filters: Filters, keys: Iterable[str]) -> FilterCounts:
    def with_(**changes: object) -> int:
        asked = replace(filters, **changes)  # type: ignore[arg-type]  # the fields of Filters
        return sum(lets(asked, each) for each in many)

    return FilterCounts(
        levels={each: with_(level=each) for each in LEVELS},
        met={each: with_(met=(*filters.met, each)) for each in keys},
        shown=sum(lets(filters, each) for each in many),
        of=len(many),
    )


def _stage(line: Line, seeker: Seeker) -> int:
    return 0 if line.met == "missing" else proof_stage(line.via or line.key, seeker) or 0
