"""Which course places most: against every possible matching, an independent program, and itself."""

from itertools import combinations, product

import numpy as np
import pytest
from scipy.optimize import Bounds, LinearConstraint, milp

from matcher.planning.impact.augmenting import NOBODY, with_course, without_course
from matcher.planning.impact.bundles import best_bundle, joint
from matcher.planning.impact.courses import singles
from matcher.planning.impact.ground import Bools, Ground, Prices, ceiling, whole


def ground(capacity: list[int], free: list[list[int]]) -> Ground:
    return Ground(np.array(capacity, dtype=np.int64), np.array(free, dtype=bool))


def random_case(random: np.random.Generator, people: int, openings: int) -> tuple[Ground, Bools]:
    free = random.random((people, openings)) < 0.25
    place = random.integers(0, 3, openings)
    return Ground(place, free), (random.random((people, openings)) < 0.4) & ~free


def by_trying(case: Ground, made: list[Bools], seats: int) -> int:
    """Every way to give people an opening and a seat, or nothing."""
    best = 0
    options = [
        [(NOBODY, NOBODY)]
        + [(opening, NOBODY) for opening in np.flatnonzero(case.free[person])]
        + [
            (opening, k)
            for k, pairs in enumerate(made)
            for opening in np.flatnonzero(pairs[person])
        ]
        for person in range(case.people)
    ]
    for choice in product(*options):
        held = [opening for opening, _ in choice if opening != NOBODY]
        used = [course for _, course in choice if course != NOBODY]
        fits = all(held.count(o) <= case.capacity[o] for o in set(held))
        if fits and all(used.count(k) <= seats for k in set(used)):
            best = max(best, len(held))
    return best


def by_program(case: Ground, made: list[Bools], seats: int) -> int:
    """An integer program written anew."""
    pairs = [(p, o, NOBODY) for p, o in np.argwhere(case.free)]
    pairs += [(p, o, k) for k, some in enumerate(made) for p, o in np.argwhere(some)]
    if not pairs:
        return 0
    table = np.zeros((case.people + len(case.capacity) + len(made), len(pairs)))
    for column, (person, opening, course) in enumerate(pairs):
        table[person, column] = table[case.people + opening, column] = 1
        if course != NOBODY:
            table[case.people + len(case.capacity) + course, column] = 1
    limits = np.concatenate([np.ones(case.people), case.capacity, np.full(len(made), seats)])
    found = milp(
        -np.ones(len(pairs)),
        constraints=LinearConstraint(table, -np.inf, limits),
        bounds=Bounds(0, 1),
        integrality=np.ones(len(pairs)),
    )
    return round(-found.fun)


def test_one_course_gains_what_trying_everything_finds() -> None:
    random = np.random.default_rng(11)
    for _ in range(300):
        people, openings, seats = random.integers(1, 6), random.integers(1, 5), random.integers(4)
        case, made = random_case(random, int(people), int(openings))
        found = with_course(case, made, int(seats), without_course(case).place)
        assert found.total == by_trying(case, [made], int(seats))
        assert found.is_proved
        assert found.used <= seats


def test_one_course_gains_what_an_independent_program_finds_on_larger_cases() -> None:
    random = np.random.default_rng(12)
    for _ in range(25):
        case, made = random_case(random, 40, 12)
        seats = int(random.integers(1, 12))
        found = with_course(case, made, seats, without_course(case).place)
        assert found.total == by_program(case, [made], seats)
        assert found.is_proved


def test_the_plan_itself_keeps_to_places_seats_and_pairs() -> None:
    random = np.random.default_rng(13)
    for _ in range(50):
        case, made = random_case(random, 30, 8)
        found = with_course(case, made, 5, without_course(case).place)
        placed = np.flatnonzero(found.place != NOBODY)
        pairs = (case.free | made)[placed, found.place[placed]]
        assert pairs.all()
        held = np.bincount(found.place[placed], minlength=len(case.capacity))
        assert (held <= case.capacity).all()
        assert int((~case.free[placed, found.place[placed]]).sum()) == found.used <= 5
        assert len(placed) == found.total


def test_any_prices_bound_every_plan() -> None:
    random = np.random.default_rng(14)
    for _ in range(100):
        case, made = random_case(random, 6, 4)
        prices = Prices(random.random(4), float(random.random()))
        best = with_course(case, made, 2, without_course(case).place).total
        assert whole(ceiling(case, [made], 2, prices)) >= best


def test_the_course_with_most_newly_eligible_people_is_not_the_best() -> None:
    """Five people become eligible for one place; two for two places nobody reached."""
    case = ground([1, 1, 1], [[0, 0, 0]] * 7)
    popular, useful = np.zeros((7, 3), bool), np.zeros((7, 3), bool)
    popular[:5, 0] = True
    useful[5, 1] = useful[6, 2] = True
    gains = singles(case, [popular, useful], 30).gains
    assert [each.eligible for each in gains] == [5, 2]
    assert [each.gained for each in gains] == [1, 2]


def test_somebody_is_moved_along_so_that_the_course_helps_another() -> None:
    """One takes a course for the second opening and leaves the first to a person who needs none."""
    case = ground([1, 1], [[1, 0], [1, 0]])
    made = np.array([[0, 1], [0, 0]], dtype=bool)
    found = singles(case, [made], 1)
    assert (found.base.total, found.gains[0].gained) == (1, 1)


def test_no_seats_gain_nothing() -> None:
    case = ground([2], [[0], [0]])
    assert singles(case, [np.ones((2, 1), bool)], 0).gains[0].gained == 0


def test_nobody_or_nothing_to_match_is_an_answer() -> None:
    for people, openings in ((0, 3), (3, 0), (0, 0)):
        case = Ground(np.ones(openings, dtype=np.int64), np.zeros((people, openings), bool))
        gain = singles(case, [np.zeros((people, openings), bool)], 5).gains[0]
        assert (gain.gained, gain.eligible, gain.is_proved) == (0, 0, True)


@pytest.mark.parametrize("size", [2, 3])
def test_the_best_bundle_is_the_best_of_all_bundles(size: int) -> None:
    random = np.random.default_rng(15)
    for _ in range(60):
        people, openings = int(random.integers(2, 9)), int(random.integers(1, 6))
        free = random.random((people, openings)) < 0.2
        case = Ground(random.integers(0, 3, openings), free)
        made = [(random.random(free.shape) < 0.3) & ~free for _ in range(4)]
        seats = int(random.integers(1, 3))
        found = singles(case, made, seats)
        answer = best_bundle(case, made, seats, found, size, time_limit=20)
        if answer is None:
            continue
        every = [
            by_program(case, [made[k] for k in some], seats)
            for some in combinations(range(4), size)
        ]
        assert answer.is_proved
        assert answer.best.gained == max(every) - found.base.total
        assert answer.greedy.gained <= answer.best.gained


def test_the_best_two_need_not_hold_the_best_one() -> None:
    """The broad course reaches two of three places; two narrow ones together reach all three."""
    case = ground([1, 1, 2], [[0, 0, 0]] * 4)
    broad, left, right = (np.zeros((4, 3), bool) for _ in range(3))
    broad[0, 0] = broad[1, 1] = broad[0, 1] = True
    broad[3, 2] = True
    left[0, 0] = left[2, 2] = True
    right[1, 1] = right[3, 2] = True
    found = singles(case, [broad, left, right], 3)
    answer = best_bundle(case, [broad, left, right], 3, found, 2)
    assert answer is not None
    assert found.gains[0].gained == 3
    assert answer.best.gained == by_program(case, [left, right], 3) == 4


def test_each_course_of_a_bundle_has_its_own_seats() -> None:
    """Four people qualify by the first course alone: the second one's seats do not help them."""
    case = ground([4], [[0]] * 4)
    first, second = np.ones((4, 1), bool), np.zeros((4, 1), bool)
    second[0, 0] = True
    found = singles(case, [first, second], 2)
    assert joint(case, [first, second], 2, found, [0, 1]).gained == 3


def test_a_search_that_ran_out_of_time_says_what_it_did_not_rule_out() -> None:
    random = np.random.default_rng(16)
    free = np.zeros((60, 20), bool)
    case = Ground(random.integers(1, 3, 20), free)
    made = [random.random(free.shape) < 0.05 for _ in range(12)]
    found = singles(case, made, 4)
    answer = best_bundle(case, made, 4, found, 3, time_limit=0.0)
    assert answer is not None
    assert answer.most >= answer.best.gained
    full = best_bundle(case, made, 4, found, 3, time_limit=20)
    assert full is not None
    assert answer.best.gained <= full.best.gained <= answer.most
