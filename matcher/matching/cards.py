"""Openings as lists show them, and finding them by what a person types."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from datetime import date

from matcher.i18n import in_language
from matcher.korean_search import document, search
from matcher.store.cards import OpeningCard


@dataclass(frozen=True)
class CardView:
    id: int
    title: str
    organisation: str
    organisation_id: int
    sector: str
    region: str
    employment: str
    opens_on: date
    closes_on: date
    starts_on: date | None
    headcount: int
    pay_min_krw: int | None
    pay_max_krw: int | None
    description: str
    is_demo: bool
    days_left: int
    answer_days: int
    is_paused: bool
    """Hidden from lists until the partner says that it still looks for people."""


@dataclass(frozen=True)
class Wanted:
    """What a visitor narrows a list by; empty = everything."""

    text: str = ""
    sectors: Sequence[str] = ()
    regions: Sequence[str] = ()
    employment: Sequence[str] = ()
    only_saved: bool = False
    """Only what the person put aside for later; nothing for visitors."""

    @property
    def is_empty(self) -> bool:
        chosen = self.sectors or self.regions or self.employment or self.only_saved
        return not (self.text.strip() or chosen)


def card_view(row: OpeningCard, today: date) -> CardView:
    return CardView(
        id=row.id,
        title=in_language(row.title_ko, row.title_en),
        organisation=in_language(row.organisation_ko, row.organisation_en),
        organisation_id=row.organisation_id,
        sector=row.sector,
        region=row.region,
        employment=row.employment_type,
        opens_on=row.opens_on,
        closes_on=row.closes_on,
        starts_on=row.starts_on,
        headcount=row.headcount,
        pay_min_krw=row.pay_min_krw,
        pay_max_krw=row.pay_max_krw,
        description=row.description,
        is_demo=row.is_demo,
        days_left=(row.closes_on - today).days,
        answer_days=row.answer_days,
        is_paused=row.paused_on is not None,
    )


def says(text: str, *parts: str) -> bool:
    """Whether what was typed occurs in the parts, however either is spaced; ㅋㄹㅇㄷ too."""
    wanted = search(text)
    return wanted.is_empty or wanted.finds(document(*parts))


def fits(row: OpeningCard, wanted: Wanted) -> bool:
    if wanted.sectors and row.sector not in wanted.sectors:
        return False
    if wanted.regions and row.region not in wanted.regions:
        return False
    if wanted.employment and row.employment_type not in wanted.employment:
        return False
    names = (row.title_ko, row.title_en, row.organisation_ko, row.organisation_en)
    return says(wanted.text, *names, row.description)


def counted(rows: Iterable[OpeningCard], wanted: Wanted) -> dict[str, dict[str, int]]:
    """How many each choice of a facet would show, the other facets staying as they are."""
    found: dict[str, dict[str, int]] = {"sector": {}, "region": {}, "employment": {}}
    free = {
        "sector": Wanted(wanted.text, (), wanted.regions, wanted.employment),
        "region": Wanted(wanted.text, wanted.sectors, (), wanted.employment),
        "employment": Wanted(wanted.text, wanted.sectors, wanted.regions, ()),
    }
    for row in rows:
        values = {"sector": row.sector, "region": row.region, "employment": row.employment_type}
        for facet, value in values.items():
            if fits(row, free[facet]):
                found[facet][value] = found[facet].get(value, 0) + 1
    return found


def best_drop(rows: Iterable[OpeningCard], wanted: Wanted) -> tuple[str, int]:
    """(the one condition whose loss brings most, how many); ("", 0) when none alone helps."""
    without = {
        "q": replace(wanted, text=""),
        "sector": replace(wanted, sectors=()),
        "region": replace(wanted, regions=()),
        "employment": replace(wanted, employment=()),
    }
    held = list(rows)
    found = {key: sum(fits(row, each) for row in held) for key, each in without.items()}
    best = max(found, key=lambda key: found[key])
    return (best, found[best]) if found[best] else ("", 0)
