"""Ranking nobody, one, all alike, all unknown and fifty thousand people for an opening."""

from dataclasses import replace

import pytest

from matcher.ranking.recommend import Ranking, rank_candidates
from matcher.ranking.types import Opening, Requirement, Seeker
from tests.unit.ranking.builders import CONTEXT, must, skill

ASKED = Opening(
    7,
    "space",
    (must("skill:python", 3), must("certification:SAA"), Requirement("skill:sql", "nice", 2)),
    text="위성 데이터 분석",
)
BLANK = Seeker(1)
KNOWN = Seeker(1, skill("python", 3), text="위성 데이터")


def order(found: Ranking) -> list[int]:
    return [each.id for each in found.items]


def test_of_nobody_the_answer_says_that_there_are_no_candidates() -> None:
    found = rank_candidates(ASKED, [], CONTEXT)
    assert (found.items, found.total, found.excluded) == ((), 0, ())
    assert found.empty is not None
    assert (found.empty.code, found.empty.help.code) == ("no_candidates", "wait_for_new")


@pytest.mark.parametrize("person", [BLANK, KNOWN], ids=["blank", "known"])
def test_one_is_first_of_one_whatever_is_known(person: Seeker) -> None:
    found = rank_candidates(ASKED, [person], CONTEXT)
    assert [(each.rank, each.id) for each in found.items] == [(1, 1)]
    assert (found.total, found.empty) == (1, None)


@pytest.mark.parametrize("person", [BLANK, KNOWN], ids=["blank", "known"])
def test_people_who_are_all_alike_share_a_score_and_fall_the_same_way_every_time(
    person: Seeker,
) -> None:
    many = [replace(person, id=each) for each in range(1, 201)]
    found = rank_candidates(ASKED, many, CONTEXT)
    assert len({each.score for each in found.items}) == 1
    assert [each.rank for each in found.items] == list(range(1, 201))
    assert order(found) == order(rank_candidates(ASKED, many[::-1], CONTEXT))
    # neither the order of ids nor its reverse, and another opening draws anew
    assert order(found) not in (list(range(1, 201)), list(range(200, 0, -1)))
    assert order(rank_candidates(replace(ASKED, id=8), many, CONTEXT)) != order(found)


def test_who_tells_nothing_is_ranked_and_stands_behind_who_tells_something() -> None:
    many = [BLANK, replace(KNOWN, id=2), replace(BLANK, id=3)]
    found = rank_candidates(ASKED, many, CONTEXT)
    assert found.total == 3
    assert found.items[0].id == 2
    missing = [each.checklist for each in found.items[1:]]
    assert [(each.met_count, each.total, each.musts_met) for each in missing] == [(0, 3, False)] * 2


@pytest.mark.parametrize("lost", [skill("gis", 3), skill("python", 1)], ids=["other", "little"])
def test_a_skill_that_is_not_asked_or_hardly_held_never_breaks_the_order(lost) -> None:  # type: ignore[no-untyped-def]
    found = rank_candidates(ASKED, [replace(KNOWN, id=2), Seeker(3, lost)], CONTEXT)
    assert order(found) == [2, 3]


def test_fifty_thousand_are_all_ranked_and_the_first_are_the_same_whatever_comes_behind() -> None:
    crowd = [replace(BLANK, id=each) for each in range(1, 50_001)]
    best = [replace(KNOWN, id=each) for each in range(50_001, 50_011)]
    found = rank_candidates(ASKED, [*crowd, *best], CONTEXT, limit=20)
    assert (found.total, len(found.items)) == (50_010, 20)
    assert sorted(order(found)[:10]) == list(range(50_001, 50_011))
    assert order(found)[:10] == order(rank_candidates(ASKED, best, CONTEXT))
