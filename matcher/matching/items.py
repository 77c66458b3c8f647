"""A ranking as plain values for the command line and the API: exact, unrounded, complete."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from sqlmodel import Session

from matcher.matching.context import names_for
from matcher.ranking.explain import Names, reasons
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
    session: Session, ranking: Ranking, titles: Mapping[int, str], *, formal: bool = False
) -> RankedView:
    names = names_for(session, keys(ranking))
    return RankedView(
        items(ranking, names, formal=formal),
        titles,
        ranking.total,
        ranking.model_version,
        ranking.empty.code if ranking.empty is not None else "",
    )


def items(ranking: Ranking, names: Names, *, formal: bool = False) -> list[dict[str, Any]]:
    """One mapping an item; base + sum of contributions == score to 1e-9."""
    return [_item(each, names, formal) for each in ranking.items]


def keys(ranking: Ranking) -> set[str]:
    """Every requirement the items speak of, for looking its name up."""
    return {line.key for item in ranking.items for line in item.checklist.lines}


def _item(item: RankedItem, names: Names, formal: bool) -> dict[str, Any]:
    return {
        "id": item.id,
        "rank": item.rank,
        "score": item.score,
        "base": item.base,
        "met": item.checklist.met_count,
        "requirements": item.checklist.total,
        "reasons": [
            {
                "code": each.code,
                "text_ko": each.text_ko,
                "text_en": each.text_en,
                "contribution": each.contribution,
            }
            for each in reasons(item, names, formal=formal)
        ],
    }
