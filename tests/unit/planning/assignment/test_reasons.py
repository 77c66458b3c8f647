"""Why not, and what would have changed it: every change told was made and comes true."""

from dataclasses import replace

import pytest

from matcher.planning.assignment import changing
from matcher.planning.assignment.alternatives import Change, Kind
from matcher.planning.assignment.methods import place
from matcher.planning.assignment.problem import Method, Opening, Person, Problem
from matcher.planning.assignment.reasons import Explanation, Why, why_not
from tests.unit.planning.assignment.cases import SEED, drawn

CAFE = Opening("cafe", 1, (("ann",), ("bin",), ("chul",)))


def people(**wishes: str) -> tuple[Person, ...]:
    return tuple(Person(who, tuple((each,) for each in o.split())) for who, o in wishes.items())


def explained(
    problem: Problem, person: str, method: Method = Method.DEFERRED_ACCEPTANCE
) -> Explanation:
    return why_not(problem, place(problem, method, SEED), person, SEED)


def test_a_full_opening_tells_how_many_it_prefers() -> None:
    problem = Problem(people(ann="cafe", bin="cafe", chul="cafe"), (replace(CAFE, capacity=2),))
    [reason] = explained(problem, "chul").reasons
    assert (reason.why, reason.preferred, reason.capacity, reason.wish) == (
        Why.PREFERS_OTHERS, 2, 2, 1
    )  # fmt: skip


def test_an_opening_that_does_not_accept_says_so() -> None:
    problem = Problem(people(ann="cafe", eva="cafe"), (CAFE,))
    found = explained(problem, "eva")
    assert [each.why for each in found.reasons] == [Why.NOT_LISTED]
    assert found.changes == ()


def test_being_accepted_would_have_been_enough() -> None:
    problem = Problem(people(eva="cafe"), (CAFE,))
    assert explained(problem, "eva").changes == (Change(Kind.LISTED, "cafe", 1, "cafe"),)


def test_a_lost_draw_is_told_as_a_tie() -> None:
    problem = Problem(people(ann="cafe", bin="cafe"), (replace(CAFE, tiers=(("ann", "bin"),)),))
    placed = place(problem, Method.DEFERRED_ACCEPTANCE, SEED)
    [loser] = {"ann", "bin"} - placed.assignment.keys()
    [reason] = why_not(problem, placed, loser, SEED).reasons
    assert (reason.why, reason.preferred, reason.equal) == (Why.TIE, 0, 1)


def test_a_seat_held_by_a_confirmed_pair_is_no_preference() -> None:
    problem = Problem(people(ann="cafe", chul="cafe"), (CAFE,), fixed={"chul": "cafe"})
    [reason] = explained(problem, "ann").reasons
    assert (reason.why, reason.confirmed) == (Why.NO_SEATS, 1)


def test_the_largest_sum_is_named_as_the_reason() -> None:
    fit = {"ann": {"cafe": 1.0}, "bin": {"cafe": 4.0}}
    problem = Problem(people(ann="cafe", bin="cafe"), (CAFE,), fit=fit)
    [reason] = explained(problem, "ann", Method.MAX_FIT).reasons
    assert reason.why == Why.LARGER_SUM


def test_an_opening_below_its_minimum_is_named_as_the_reason() -> None:
    problem = Problem(people(ann="cafe"), (replace(CAFE, capacity=2, minimum=2),))
    [reason] = explained(problem, "ann", Method.MAX_FIT).reasons
    assert reason.why == Why.BELOW_MINIMUM


def test_who_is_placed_hears_why_not_the_first_wish() -> None:
    farm = Opening("farm", 1, (("bin",),))
    problem = Problem(people(ann="cafe", bin="cafe farm"), (CAFE, farm))
    found = explained(problem, "bin")
    assert found.placed_at == "farm"
    assert [(each.opening, each.why) for each in found.reasons] == [("cafe", Why.PREFERS_OTHERS)]


def test_a_seat_a_wish_and_a_tier_are_found() -> None:
    farm = Opening("farm", 1, (("chul",),))
    problem = Problem(people(ann="cafe", bin="cafe", chul="cafe"), (CAFE, farm))
    assert set(explained(problem, "bin").changes) == {
        Change(Kind.SEATS, "cafe", 1, "cafe"),
        *(each for each in explained(problem, "bin").changes if each.kind == Kind.TIERS),
    }
    assert set(explained(problem, "chul").changes) >= {Change(Kind.WISH, "farm", 1, "farm")}


@pytest.mark.parametrize("method", list(Method))
@pytest.mark.parametrize("number", range(60))
def test_every_change_told_comes_true_and_is_the_smallest(number: int, method: Method) -> None:
    problem = drawn(number, people=6, openings=3, quotas=number % 2 == 1)
    placed = place(problem, method, SEED)
    for person in problem.people:
        found = why_not(problem, placed, person.id, SEED)
        assert found.is_complete
        for change in found.changes:
            assert _lands(problem, method, person.id, change, change.by) == change.lands
            if change.kind == Kind.TIERS:
                for fewer in range(1, change.by):
                    assert _lands(problem, method, person.id, change, fewer) is None


def _lands(problem: Problem, method: Method, person: str, change: Change, by: int) -> str | None:
    changed = {
        Kind.SEATS: lambda: changing.with_seats(problem, change.opening, by),
        Kind.TIERS: lambda: changing.raised(problem, change.opening, person, by),
        Kind.LISTED: lambda: changing.listed(problem, change.opening, person),
        Kind.WISH: lambda: changing.wishing(problem, person, change.opening),
    }[change.kind]()
    return place(changed, method, SEED).assignment.get(person)


def test_out_of_time_is_said() -> None:
    problem = Problem(people(ann="cafe", bin="cafe"), (CAFE,))
    placed = place(problem, Method.DEFERRED_ACCEPTANCE, SEED)
    found = why_not(problem, placed, "bin", SEED, seconds=0.0)
    assert not found.is_complete
    assert found.reasons


@pytest.mark.parametrize("number", range(60))
def test_a_rerun_after_drop_outs_moves_nobody_who_stays(number: int) -> None:
    problem = drawn(number, people=7, openings=3, fixed=number % 2 == 1)
    placed = place(problem, Method.DEFERRED_ACCEPTANCE, SEED)
    gone = sorted(placed.assignment)[:2]
    again = changing.rerun(problem, placed, gone, SEED)
    stayed = {p: o for p, o in placed.assignment.items() if p not in gone}
    assert stayed.items() <= again.assignment.items()
    assert not set(gone) & again.assignment.keys()


def test_a_free_seat_after_a_drop_out_goes_to_the_next() -> None:
    problem = Problem(people(ann="cafe", bin="cafe", chul="cafe"), (CAFE,))
    placed = place(problem, Method.DEFERRED_ACCEPTANCE, SEED)
    assert placed.assignment == {"ann": "cafe"}
    assert changing.rerun(problem, placed, ["ann"], SEED).assignment == {"bin": "cafe"}


def test_who_has_not_confirmed_may_move_up_in_the_rerun() -> None:
    farm = Opening("farm", 1, (("bin",),))
    problem = Problem(people(ann="cafe", bin="cafe farm"), (CAFE, farm))
    placed = place(problem, Method.DEFERRED_ACCEPTANCE, SEED)
    kept = changing.rerun(problem, placed, ["ann"], SEED)
    moved = changing.rerun(problem, placed, ["ann"], SEED, confirmed=())
    assert (kept.assignment, moved.assignment) == ({"bin": "farm"}, {"bin": "cafe"})


def test_who_confirmed_and_then_left_is_gone() -> None:
    problem = Problem(people(ann="cafe", bin="cafe"), (CAFE,))
    placed = place(problem, Method.DEFERRED_ACCEPTANCE, SEED)
    again = changing.rerun(problem, placed, ["ann"], SEED, confirmed=["ann"])
    assert again.assignment == {"bin": "cafe"}
