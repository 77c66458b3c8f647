"""A ranking as plain values for the command line and the API: exact, unrounded, complete."""

from collections.abc import Collection, Mapping
from dataclasses import dataclass
from typing import Any

from sqlmodel import Session

from matcher.matching.context import names_for
from matcher.ranking.explain import Names, Reason, headline, reasons
from matcher.ranking.recommend import RankedItem, Ranking


@dataclass(frozen=True)
class RankedView:
    """A part of a ranked list: `items` as below, `titles` by item id, `empty` why there is none."""

    items: list[dict[str, Any]]
    titles: Mapping[int, str]
    total: int
    model_version: str
    empty: str = ""


def ranked_view(
    session: Session,
    ranking: Ranking,
    titles: Mapping[int, str],
    *,
    formal: bool = False,
    drawn: Collection[int] = (),
) -> RankedView:
    """`drawn`: ids that stand where they do by lot and not by their rank."""
    names = names_for(session, keys(ranking))
    return RankedView(
        [
            {**each, "is_drawn": each["id"] in drawn}
            for each in items(ranking, names, formal=formal)
        ],
        titles,
        ranking.total,
        ranking.model_version,
        ranking.empty.code if ranking.empty is not None else "",
    )


def items(ranking: Ranking, names: Names, *, formal: bool = False) -> list[dict[str, Any]]:
    """One mapping an item; base + sum of contributions == score to 1e-9.

    While ranking is off score and base are None and there are no reasons.
    """
    return [_item(each, names, formal) for each in ranking.items]


def keys(ranking: Ranking) -> set[str]:
    """Every requirement the items speak of and what counted for it, for looking its name up."""
    lines = [line for item in ranking.items for line in item.checklist.lines]
    return {line.key for line in lines} | {line.via for line in lines if line.via is not None}


def _item(item: RankedItem, names: Names, formal: bool) -> dict[str, Any]:
    found = reasons(item, names, formal=formal)
    return {
        "id": item.id,
        "rank": item.rank,
        "score": item.shown_score,
        "base": None if item.shown_score is None else item.base,
        "met": item.checklist.met_count,
        "requirements": item.checklist.total,
        "reasons": [_reason(each) for each in found],
        "strongest": [_reason(each) for some in headline(found) for each in some],
    }


def _reason(each: Reason) -> dict[str, Any]:
    return {
        "code": each.code,
        "key": each.key,
        "text_ko": each.text_ko,
        "text_en": each.text_en,
        "contribution": each.contribution,
    }
