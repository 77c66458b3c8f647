"""The lottery can be drawn again with a hash function and nothing else."""

from collections import Counter
from hashlib import sha256

from matcher.planning.assignment import seed
from matcher.planning.assignment.methods import deferred_acceptance
from matcher.planning.assignment.problem import Opening, Person, Problem
from tests.unit.planning.assignment.cases import SEED


def test_a_new_seed_is_strong_and_another_each_time() -> None:
    made = {seed.new_seed() for _ in range(20)}
    assert len(made) == 20
    assert all(seed.is_strong(each) and len(each) == 64 for each in made)


def test_a_seed_needs_128_bits_in_hex() -> None:
    assert seed.is_strong("0123456789abcdef" * 2)
    assert not seed.is_strong("0123456789abcdef" * 2 + "xyz")
    assert not seed.is_strong("0" * 31)
    assert not seed.is_strong("")


def test_the_commitment_is_the_hash_of_the_text_of_the_seed() -> None:
    assert seed.commitment("abc") == (
        "ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad"
    )


def test_the_order_is_by_the_documented_hash() -> None:
    ids = [f"p{n}" for n in range(50)]
    expected = sorted(ids, key=lambda each: sha256(f"{SEED}|people|{each}".encode()).hexdigest())
    assert seed.tie_order(SEED, "people", reversed(ids)) == expected
    assert expected != ids


def test_one_of_two_equals_wins_by_the_lottery_about_as_often_as_the_other() -> None:
    problem = Problem(
        people=(Person("a", (("o",),)), Person("b", (("o",),))),
        openings=(Opening("o", 1, (("a", "b"),)),),
    )
    won = Counter(
        next(iter(deferred_acceptance(problem, f"{n:032x}").assignment)) for n in range(400)
    )
    assert 160 <= won["a"] <= 240


def test_people_who_hold_all_equal_do_not_all_try_the_same_opening_first() -> None:
    openings = [f"o{n}" for n in range(8)]
    problem = Problem(
        people=tuple(Person(f"p{n}", (tuple(openings),)) for n in range(200)),
        openings=tuple(Opening(o, 200, (tuple(f"p{n}" for n in range(200)),)) for o in openings),
    )
    taken = Counter(deferred_acceptance(problem, SEED).assignment.values())
    assert set(taken) == set(openings)
    assert max(taken.values()) < 50
