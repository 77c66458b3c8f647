"""Every claim of a file is checked, and each broken one is named."""

import json
from collections.abc import Callable
from typing import Any

import pytest

from matcher.planning.assignment.document import parse
from matcher.planning.assignment.problem import Method
from matcher.planning.assignment.seed import commitment
from matcher.planning.assignment.verifying import Verdict, verify
from tests.unit.planning.assignment.cases import SEED, drawn
from tests.unit.planning.assignment.documents import confirmed, document

DEFERRED, WEAK, LARGEST = Method.DEFERRED_ACCEPTANCE, Method.WEAKLY_STABLE, Method.MAX_FIT
Row = dict[str, Any]


def judged(content: Row) -> Verdict:
    return verify(parse(json.dumps(content).encode()))


def rules(content: Row) -> set[str]:
    return {str(each.rule) for each in judged(content).broken}


def notes(content: Row) -> set[str]:
    return {str(each.rule) for each in judged(content).notes}


@pytest.mark.parametrize("method", list(Method))
@pytest.mark.parametrize("number", range(60))
def test_what_a_method_gives_holds(number: int, method: Method) -> None:
    problem = drawn(number, quotas=number % 2 == 1, fixed=number % 5 < 2)
    assert judged(document(method, problem)).broken == ()


@pytest.mark.parametrize("method", list(Method))
def test_the_round_of_these_tests_holds(method: Method) -> None:
    verdict = judged(document(method, confirmed()))
    assert verdict.holds
    assert verdict.method == method
    assert verdict.figures is not None
    assert verdict.figures.placed == 4


def test_only_three_fields_are_needed() -> None:
    made = document(WEAK)
    bare = {name: made[name] for name in ("openings", "people", "assignment")}
    for opening in bare["openings"]:
        del opening["minimum"]
    verdict = judged(bare)
    assert verdict.holds
    assert verdict.method == WEAK
    assert [str(each.rule) for each in verdict.notes] == ["no_seed"]


def move(person: str, opening: str | None) -> Callable[[Row], None]:
    def change(content: Row) -> None:
        content["assignment"].pop(person, None)
        if opening is not None:
            content["assignment"][person] = opening

    return change


def setting(**fields: Any) -> Callable[[Row], None]:
    return lambda content: content.update(fields)


def without(*names: str) -> Callable[[Row], None]:
    def change(content: Row) -> None:
        for name in names:
            del content[name]

    return change


def each_opening(**fields: Any) -> Callable[[Row], None]:
    def change(content: Row) -> None:
        for opening in content["openings"]:
            opening.update(fields)

    return change


def twice(name: str) -> Callable[[Row], None]:
    return lambda content: content[name].append(content[name][0])


def listing(name: str, at: int, tier: list[str]) -> Callable[[Row], None]:
    return lambda content: content[name][at]["tiers"].append(tier)


@pytest.mark.parametrize(
    ("method", "change", "rule"),
    [
        (WEAK, each_opening(capacity=0, minimum=0), "capacity"),
        (DEFERRED, each_opening(capacity=0, minimum=0), "capacity"),
        (LARGEST, each_opening(capacity=0, minimum=0), "capacity"),
        (WEAK, each_opening(capacity=1, minimum=2), "quota_order"),
        (WEAK, move("bin", "port"), "acceptability"),
        (LARGEST, move("bin", "port"), "acceptability"),
        (DEFERRED, move("eva", "farm"), "unknown_id"),
        (WEAK, move("bin", "shop"), "unknown_id"),
        (WEAK, setting(fixed={"eva": "farm"}), "unknown_id"),
        (WEAK, setting(fixed={"bin": "shop"}), "unknown_id"),
        (LARGEST, setting(fit={"eva": {}}), "unknown_id"),
        (LARGEST, setting(fit={"ann": {"shop": 1}}), "unknown_id"),
        (WEAK, listing("people", 0, ["shop"]), "unknown_id"),
        (WEAK, listing("openings", 0, ["eva"]), "unknown_id"),
        (WEAK, listing("people", 0, ["port"]), "doubled_id"),
        (WEAK, listing("openings", 0, ["dan"]), "doubled_id"),
        (WEAK, twice("people"), "doubled_id"),
        (WEAK, twice("openings"), "doubled_id"),
        (WEAK, setting(fixed={"bin": "farm", "ann": "port"}), "fixed_pair"),
        (WEAK, move("dan", None), "blocking_pair"),
        (DEFERRED, move("dan", None), "blocking_pair"),
        (DEFERRED, move("dan", None), "not_the_result"),
        (LARGEST, move("dan", None), "not_the_optimum"),
        (LARGEST, setting(assignment={}), "minimum"),
        (LARGEST, setting(fit={"dan": {"cafe": 5.0}}), "not_the_optimum"),
        (DEFERRED, without("seed"), "seed_missing"),
        (DEFERRED, setting(seed="abc123" * 5), "seed_too_short"),
        (DEFERRED, setting(seed="z" * 64), "seed_too_short"),
        (WEAK, without("commitment"), "commitment_missing"),
        (DEFERRED, setting(commitment=commitment("another")), "commitment"),
        (DEFERRED, setting(seed=SEED.upper()), "commitment"),
    ],
)
def test_a_broken_rule_is_named(method: Method, change: Callable[[Row], None], rule: str) -> None:
    content = document(method)
    change(content)
    assert rule in rules(content)


def test_every_broken_rule_is_named_at_once() -> None:
    content = document(DEFERRED)
    content["assignment"] = {"ann": "cafe", "bin": "cafe", "eva": "farm", "dan": "farm"}
    content["seed"] = "ab"
    assert rules(content) == {
        "acceptability", "blocking_pair", "capacity", "commitment", "not_the_result",
        "seed_too_short", "unknown_id",
    }  # fmt: skip


def test_another_lottery_is_another_result() -> None:
    """Whoever wins, with the other's lottery number the file is found out."""
    content = document(DEFERRED)
    winner = next(p for p, o in content["assignment"].items() if o == "cafe")
    loser = "bin" if winner == "ann" else "ann"
    content["assignment"] |= {loser: "cafe", winner: "farm"}
    verdict = judged(content)
    assert {(str(e.rule), e.person) for e in verdict.broken} >= {
        ("not_the_result", winner), ("not_the_result", loser)
    }  # fmt: skip


def test_a_swap_among_equals_is_still_weakly_stable() -> None:
    content = document(WEAK)
    content["people"][1]["tiers"] = [["cafe", "farm"]]
    for assigned in ({"ann": "cafe", "bin": "farm"}, {"ann": "farm", "bin": "cafe"}):
        content["assignment"] |= assigned
        assert rules(content) == set()


def test_deferred_acceptance_without_ties_needs_no_seed() -> None:
    content = document(DEFERRED, drawn(7, ties=0.0))
    del content["seed"], content["commitment"], content["committed_at"]
    assert judged(content).holds
    assert notes(content) == {"no_seed"}


def test_a_confirmed_pair_takes_a_seat_and_blocks_nothing() -> None:
    """Dan at the cafe is in the way of everybody, and confirmed."""
    content = document(WEAK)
    content["fixed"] = {"dan": "cafe"}
    content["assignment"] = {"dan": "cafe", "chul": "farm", "ann": "farm"}
    assert rules(content) == set()
    assert "fixed_outside" in notes(content)
    del content["fixed"]
    assert "blocking_pair" in rules(content)


def test_a_confirmed_pair_must_be_wished_by_both() -> None:
    content = document(WEAK)
    content["fixed"] = {"chul": "port"}
    content["assignment"] |= {"chul": "port"}
    assert "acceptability" in rules(content)


def quota(minimum: int, wishes: list[list[str]]) -> Row:
    """Two people and two openings of two seats; the far one wants a minimum."""
    people = [{"id": each, "tiers": wishes} for each in ("a", "b")]
    openings = [
        {"id": "near", "capacity": 2, "tiers": [["a"], ["b"]]},
        {"id": "far", "capacity": 2, "minimum": minimum, "tiers": [["a"], ["b"]]},
    ]
    return {"people": people, "openings": openings, "assignment": {"a": "near", "b": "near"}}


@pytest.mark.parametrize("method", ["weakly_stable", "deferred_acceptance"])
def test_a_minimum_stability_cannot_meet_is_told_and_no_failure(method: str) -> None:
    content = quota(1, [["near"], ["far"]]) | {"method": method}
    assert judged(content).holds
    [told] = [each for each in judged(content).notes if each.opening]
    assert (str(told.rule), told.opening) == ("minimum_beyond_stability", "far")
    assert (told.count, told.limit) == (0, 1)


def test_a_minimum_that_ties_would_allow_is_broken() -> None:
    """Both hold the two openings equal, so stability does not keep them from the far one."""
    content = quota(2, [["near", "far"]])
    assert rules(content) == {"minimum"}
    content["assignment"] = {"a": "far", "b": "far"}
    assert rules(content) == set()


def test_the_largest_sum_meets_a_minimum_at_the_price_of_fit() -> None:
    content = quota(1, [["near"], ["far"]]) | {"method": "max_fit"}
    content["fit"] = {each: {"near": 5, "far": 1} for each in "ab"}
    assert rules(content) == {"minimum"}
    content["assignment"]["b"] = "far"
    assert rules(content) == set()


def test_an_opening_that_cannot_have_its_minimum_takes_nobody() -> None:
    content = quota(2, [["far"]]) | {"method": "max_fit", "assignment": {"a": "far"}}
    content["people"][1]["tiers"] = []
    assert rules(content) == {"minimum"}
    content["assignment"] = {}
    assert judged(content).holds
    assert "minimum_beyond_reach" in notes(content)


def test_nobody_placed_may_be_left_out_or_be_null() -> None:
    content = quota(0, [["near"], ["far"]])
    content["openings"][0]["capacity"] = content["openings"][1]["capacity"] = 0
    for nobody in ({}, {"a": None, "b": None}):
        content["assignment"] = nobody
        assert judged(content).holds
