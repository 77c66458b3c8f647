"""A ranking as plain values for the command line and the API: exact, unrounded, complete."""

from typing import Any

from matcher.matching.reasons import Names
from matcher.ranking.explain import reasons
from matcher.ranking.recommend import RankedItem, Ranking


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
