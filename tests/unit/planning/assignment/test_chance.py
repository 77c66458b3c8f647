"""The chance is what comes of giving the seats out again and again."""

import numpy as np
import pytest

from matcher.planning.assignment.chance import Chance, Driver, chances, wilson
from matcher.planning.assignment.problem import Opening, Person, Problem
from tests.unit.planning.assignment.cases import drawn, shuffled


def crowd(people: int, seats: int, *tiers: int) -> Problem:
    """One opening; so many people in each of its tiers."""
    names = [f"p{n:03d}" for n in range(people)]
    left, held = list(names), []
    for size in tiers:
        held.append(tuple(left[:size]))
        left = left[size:]
    return Problem(
        tuple(Person(each, (("o",),)) for each in names), (Opening("o", seats, tuple(held)),)
    )


def test_among_equals_the_chance_is_seats_over_people() -> None:
    found = chances(crowd(10, 3, 10), noise=0.0, clearings=2000, seed=1)
    assert all(abs(each.placed / 2000 - 0.3) < 0.05 for each in found.values())
    assert {each.tenths for each in found.values()} == {3}
    assert {each.driver for each in found.values()} == {Driver.COMPETITION}


def test_without_noise_a_better_tier_always_comes_first() -> None:
    found = chances(crowd(6, 3, 2, 4), noise=0.0, clearings=300, seed=2)
    assert found["p000"].placed == found["p001"].placed == 300
    assert found["p000"].driver is None
    assert 40 < found["p002"].placed < 120
    assert found["p002"].driver == Driver.COMPETITION


def test_below_all_who_get_in_a_gap_decides() -> None:
    found = chances(crowd(4, 2, 3, 1), noise=0.0, clearings=50, seed=3)
    assert (found["p003"].placed, found["p003"].driver) == (0, Driver.GAP)


def test_whom_no_opening_accepts_has_a_gap() -> None:
    problem = Problem((Person("a", (("o",),)),), (Opening("o", 1, ()),))
    assert chances(problem, noise=1.0, clearings=10)["a"].driver == Driver.GAP


def test_noise_lets_lower_tiers_in_sometimes() -> None:
    none = chances(crowd(6, 3, 3, 3), noise=0.0, clearings=200, seed=4)
    some = chances(crowd(6, 3, 3, 3), noise=1.0, clearings=200, seed=4)
    assert none["p003"].placed == 0
    assert 0 < some["p003"].placed < some["p000"].placed < 200


@pytest.mark.parametrize("number", range(20))
def test_the_same_seed_gives_the_same_chances_whatever_the_order_of_rows(number: int) -> None:
    problem = drawn(number, people=8)
    found = chances(problem, noise=0.7, clearings=20, seed=5)
    assert chances(shuffled(problem, number), noise=0.7, clearings=20, seed=5) == found
    assert all(sum(times for _, times in c.by_opening) == c.placed for c in found.values())


def test_nobody_fixed_is_asked_about_and_their_seat_is_gone() -> None:
    problem = crowd(3, 1, 3)
    held = Problem(problem.people, problem.openings, fixed={"p000": "o"})
    found = chances(held, noise=0.5, clearings=20)
    assert found.keys() == {"p001", "p002"}
    assert {each.placed for each in found.values()} == {0}


@pytest.mark.parametrize(
    ("placed", "tries", "low", "high"),
    [(0, 100, 0.0, 0.0370), (30, 100, 0.2189, 0.3958), (100, 100, 0.9630, 1.0), (0, 0, 0.0, 1.0)],
)
def test_the_interval_is_wilsons(placed: int, tries: int, low: float, high: float) -> None:
    assert wilson(placed, tries) == pytest.approx((low, high), abs=5e-5)


def test_tenths_are_rounded_to_the_nearest() -> None:
    told = [Chance(n, 100, 0, 1, None).tenths for n in (0, 4, 5, 34, 35, 96, 100)]
    assert told == [0, 0, 1, 3, 4, 10, 10]


def test_chances_are_calibrated_where_the_noise_is_the_true_one() -> None:
    """Of those told about 3 in 10, about 3 in 10 got in: 200 rounds with a hidden true liking."""
    generator = np.random.default_rng(6)
    told: list[float] = []
    came: list[bool] = []
    for number in range(200):
        sizes = generator.integers(1, 5, size=6).tolist()
        problem = crowd(sum(sizes), int(generator.integers(1, sum(sizes))), *sizes)
        placed = _truth(problem, 1.5, generator)
        for person, chance in chances(problem, noise=1.5, clearings=100, seed=number).items():
            told.append(chance.placed / 100)
            came.append(person in placed)
    for low in (0.0, 0.2, 0.4, 0.6, 0.8):
        at = [n for n, share in enumerate(told) if low <= share < low + 0.2]
        assert len(at) > 200
        assert abs(np.mean([came[n] for n in at]) - np.mean([told[n] for n in at])) < 0.06


def _truth(problem: Problem, noise: float, generator: np.random.Generator) -> set[str]:
    [opening] = problem.openings
    liking = {
        person: tier + noise * generator.standard_normal()
        for tier, people in enumerate(opening.tiers)
        for person in people
    }
    return set(sorted(liking, key=liking.__getitem__)[: opening.capacity])
