"""Vouchers go where most people reach an opening: the same number as trying everything."""

from collections.abc import Iterator, Mapping
from datetime import date, timedelta
from random import Random

import pytest

from matcher.planning import allocation
from matcher.planning.allocation import Allocation, Exam, Problem, Voucher, allocate, covers

DAY = date(2026, 11, 21)
LEVELS = ("foundational", "associate", "professional")


def voucher(number: int, level: str | None = None, days: int = 90) -> Voucher:
    return Voucher(number, level, DAY + timedelta(days=days))


def exam(level: str = "associate", days: int = 30, certification: str = "SAA") -> Exam:
    return Exam(certification, level, DAY + timedelta(days=days))


def drawn(seed: int) -> Problem:
    random = Random(seed)
    places = {10 + n: random.randint(0, 2) for n in range(random.randint(1, 3))}
    people = range(1, random.randint(1, 5) + 1)
    free = {
        p: frozenset(o for o in places if random.random() < 0.25)
        for p in people
        if random.random() < 0.6
    }
    missing = {
        p: {
            o: exam(random.choice(LEVELS), random.choice((10, 50)))
            for o in places
            if random.random() < 0.6
        }
        for p in people
    }
    vouchers = tuple(
        voucher(n, random.choice((None, *LEVELS)), random.choice((5, 30, 90)))
        for n in range(1, random.randint(0, 3) + 1)
    )
    return Problem(places, free, missing, vouchers, random.randint(0, 3))


def tried(problem: Problem) -> tuple[int, int]:
    """(people matched, vouchers used) of the best way, by trying every way."""
    people = sorted(problem.free.keys() | problem.missing.keys())
    best = max(_ways(problem, people, dict(problem.places), problem.vouchers, problem.most))
    return best[0], -best[1]


def _ways(
    problem: Problem,
    people: list[int],
    places: Mapping[int, int],
    vouchers: tuple[Voucher, ...],
    most: int,
) -> Iterator[tuple[int, int]]:
    if not people:
        yield 0, 0
        return
    person, rest = people[0], people[1:]
    yield from _ways(problem, rest, places, vouchers, most)
    for opening, left in places.items():
        if left == 0:
            continue
        fewer = {**places, opening: left - 1}
        if opening in problem.free.get(person, ()):
            for matched, used in _ways(problem, rest, fewer, vouchers, most):
                yield matched + 1, used
        wanted = problem.missing.get(person, {}).get(opening)
        if wanted is None or most == 0:
            continue
        for each in vouchers:
            if covers(each.level, wanted.level) and wanted.earliest <= each.expires_on:
                others = tuple(other for other in vouchers if other != each)
                for matched, used in _ways(problem, rest, fewer, others, most - 1):
                    yield matched + 1, used - 1


def is_sound(problem: Problem, found: Allocation) -> bool:
    """Every award is a pair that was asked for, and nothing is given twice."""
    vouchers = {each.id: each for each in problem.vouchers}
    for award in found.awards:
        wanted, given = problem.missing[award.person][award.opening], vouchers[award.voucher]
        if not covers(given.level, wanted.level) or wanted.earliest > given.expires_on:
            return False
    people = [award.person for award in found.awards]
    used = [award.voucher for award in found.awards]
    return len(set(people)) == len(people) and len(set(used)) == len(used) <= problem.most


def test_six_hundred_drawn_cases_match_as_many_people_as_trying_everything() -> None:
    gained = 0
    for seed in range(600):
        problem = drawn(seed)
        found = allocate(problem)
        nothing = tried(Problem(problem.places, problem.free, problem.missing, (), 0))[0]
        assert (found.matched, len(found.awards), found.without) == (*tried(problem), nothing), seed
        assert found.bound == found.matched
        assert not found.timed_out
        assert is_sound(problem, found)
        gained += found.matched - found.without
    assert gained > 100


def test_the_order_of_the_input_changes_nothing() -> None:
    for seed in range(40):
        problem = drawn(seed)
        turned = Problem(
            dict(reversed(problem.places.items())),
            dict(reversed(problem.free.items())),
            {p: dict(reversed(rows.items())) for p, rows in reversed(problem.missing.items())},
            problem.vouchers[::-1],
            problem.most,
        )
        assert allocate(turned) == allocate(problem)


def test_a_voucher_never_goes_to_somebody_who_is_matched_without_it() -> None:
    free = {1: frozenset({10})}
    missing = {1: {10: exam()}, 2: {11: exam()}}
    found = allocate(Problem({10: 1, 11: 1}, free, missing, (voucher(1), voucher(2)), 2))
    assert [(award.person, award.opening) for award in found.awards] == [(2, 11)]
    assert (found.without, found.matched) == (1, 2)


def test_somebody_else_may_move_to_make_room_and_the_count_says_so() -> None:
    free = {1: frozenset({10, 11})}
    missing = {2: {10: exam()}}
    found = allocate(Problem({10: 1, 11: 1}, free, missing, (voucher(1),), 1))
    assert (found.without, found.matched) == (1, 2)


def test_a_full_opening_gets_no_voucher_holder_more() -> None:
    missing = {person: {10: exam()} for person in range(1, 6)}
    found = allocate(Problem({10: 2}, {}, missing, tuple(map(voucher, range(1, 6))), 5))
    assert (len(found.awards), found.matched) == (2, 2)


def test_equal_people_are_drawn_by_the_seed() -> None:
    missing = {person: {10: exam()} for person in range(1, 9)}
    problem = Problem({10: 1}, {}, missing, (voucher(1),), 1)
    winners = {seed: allocate(problem, seed).awards[0].person for seed in range(30)}
    assert winners == {seed: allocate(problem, seed).awards[0].person for seed in range(30)}
    assert len(set(winners.values())) > 4


def test_the_voucher_that_lapses_first_is_taken_where_both_fit() -> None:
    vouchers = (voucher(1, days=300), voucher(2, days=40))
    found = allocate(Problem({10: 1}, {}, {1: {10: exam()}}, vouchers, 2))
    assert [award.voucher for award in found.awards] == [2]


@pytest.mark.parametrize(
    ("bought", "sat", "pays"),
    [
        (None, "specialty", True),
        ("foundational", "foundational", True),
        ("foundational", "business", True),
        ("foundational", "associate", False),
        ("associate", "foundational", True),
        ("associate", "professional", False),
        ("professional", "specialty", True),
        ("specialty", "professional", True),
    ],
)
def test_a_voucher_pays_up_to_its_level(bought: str | None, sat: str, pays: bool) -> None:
    assert covers(bought, sat) is pays


@pytest.mark.parametrize(("days", "awards"), [(29, 0), (30, 1)])
def test_the_exam_must_be_possible_by_the_last_day_of_the_voucher(days: int, awards: int) -> None:
    problem = Problem({10: 1}, {}, {1: {10: exam(days=30)}}, (voucher(1, days=days),), 1)
    assert len(allocate(problem).awards) == awards


def test_a_search_cut_short_tells_how_far_it_may_be_from_the_best() -> None:
    missing = {person: {10 + person % 7: exam()} for person in range(300)}
    problem = Problem(
        {10 + n: 5 for n in range(7)}, {}, missing, tuple(map(voucher, range(1, 41))), 40
    )
    found = allocate(problem, time_limit=0.0)
    assert found.bound >= 35
    assert found.matched <= 35
    assert found.gap == found.bound - found.matched
    if found.matched < 35:
        assert found.timed_out


def test_nobody_and_nothing_are_no_trouble() -> None:
    assert allocate(Problem({}, {}, {}, (), 0)) == Allocation((), 0, 0, 0, False)
    assert allocate(Problem({10: 1}, {}, {1: {10: exam()}}, (), 5)).matched == 0
    assert allocate(Problem({10: 1}, {1: frozenset({10})}, {}, (voucher(1),), 1)).without == 1


def test_five_hundred_people_and_two_hundred_openings_are_settled_in_seconds() -> None:
    random = Random(7)
    places = {n: random.randint(1, 3) for n in range(200)}
    free = {p: frozenset(random.sample(range(200), random.randint(0, 12))) for p in range(500)}
    missing = {
        p: {o: exam(random.choice(LEVELS)) for o in random.sample(range(200), 10)}
        for p in range(500)
    }
    vouchers = tuple(voucher(n, random.choice((None, *LEVELS))) for n in range(1, 41))
    found = allocate(Problem(places, free, missing, vouchers, 40))
    assert found.gap == 0
    assert is_sound(Problem(places, free, missing, vouchers, 40), found)


def test_steps_are_known_for_every_level_of_the_programme() -> None:
    from matcher.catalogue.certifications import load_programme

    levels = {each.level_slug for each in load_programme().certifications}
    assert set(allocation.PRICE_STEPS) == levels
