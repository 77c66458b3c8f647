"""Nobody works a hidden count out of all the evaluation packs of a year, whatever they collect."""

from collections import Counter
from itertools import product
from random import Random
from typing import Any

import numpy as np
import pytest
from scipy.optimize import Bounds, LinearConstraint, milp

from matcher.planning.facts import OTHER, Facts, Job, Pass, Seat
from matcher.planning.hiding import ABOUT_PEOPLE, ALL, OF_RECORDS, ROWS_APART, Key, hidden
from matcher.planning.measures import MEASURES, rows
from matcher.planning.suppression import LEAST, adds_up, pinned, protect, within
from tests.evaluation_desk import START

GROUPS = (1, 2, 3)
PROJECTS = ("a", "b")
STATES = ("applied", "completed", "completed", "dropped", "enrolled", "not_completed")


def population(seed: int, people: int) -> Facts:
    """People of three universities in courses of two projects and of none."""
    random = Random(seed)
    seats, passes, jobs = [], [], []
    homes = {}
    for person in range(1, people + 1):
        home = random.choices((*GROUPS, OTHER), (8, 4, 1, 2))[0]
        if home:
            homes[person] = home
        for project in random.sample(("a", "b", ""), random.choice((1, 1, 2))):
            operator = random.choices((home or 1, 1, 2), (8, 1, 1))[0]
            state = random.choice(STATES)
            work = random.random() < 0.1
            seats.append(Seat(len(seats) + 1, person, state, operator, project, work, work))
        if random.random() < 0.3:
            level = random.choice(("foundational", "associate", "professional"))
            passes.append(Pass(len(passes) + 1, person, level))
        if random.random() < 0.3:
            held = frozenset(random.sample((3, 6), random.choice((0, 1, 2))))
            place = random.choice((True, False, None))
            jobs.append(Job(person, person, START, place, held))
    return Facts(START, (), tuple(seats), tuple(passes), tuple(jobs), homes=homes)


def published(facts: Facts) -> tuple[dict[Key, int], dict[Key, int]]:
    """Every number of every pack somebody could ask for: (all of them, those that are shown)."""
    true: dict[Key, int] = {}
    for name, project in product(ABOUT_PEOPLE, ("", *PROJECTS)):
        found = Counter(row.group for row in rows(facts, name, project))
        true |= {(name, group, project): found[group] for group in (*GROUPS, OTHER)}
        true[name, ALL, project] = sum(found.values())
    secret = hidden(facts, GROUPS, PROJECTS)
    return true, {key: n for key, n in true.items() if key not in secret}


def people_behind(facts: Facts, key: Key) -> int:
    name, group, project = key
    return len({row.youth_id for row in rows(facts, name, project) if group in (ALL, row.group)})


class Reader:
    """Solves for what is hidden, with rules written down anew from what the numbers mean."""

    def __init__(self, true: dict[Key, int], shown: dict[Key, int]) -> None:
        self.true, self.shown = true, shown
        self.place = {key: at for at, key in enumerate(true)}
        self.rows: list[np.ndarray] = []
        self.low: list[float] = []
        self.high: list[float] = []
        for name, project in product(ABOUT_PEOPLE, ("", *PROJECTS)):
            parts = {(name, group, project): 1 for group in (*GROUPS, OTHER)}
            self.say({(name, ALL, project): -1, **parts}, 0, 0)
        for name, group in product(ABOUT_PEOPLE, (*GROUPS, OTHER, ALL)):
            if name in ROWS_APART:
                self.say({(name, group, ""): -1, **{(name, group, p): 1 for p in PROJECTS}})
            else:
                for project in PROJECTS:
                    self.say({(name, group, ""): -1, (name, group, project): 1})
        for group, project in product((*GROUPS, OTHER, ALL), ("", *PROJECTS)):
            self.chain(group, project)

    def chain(self, group: int, project: str) -> None:
        def at(name: str) -> Key:
            return name, group, project

        self.say({at("applied"): -1, at("selected"): 1})
        self.say({at("selected"): -1, at("completed"): 1, at("dropped"): 1})
        self.say({at("participants"): -1, at("completers"): 1})
        for part in ("employed_3", "employed_6", "employed_known"):
            self.say({at("completers"): -1, at(part): 1})
            self.say({at("told"): -1, at(part): 1})
        for months in ("3", "6"):
            both = {at(f"{part}_{months}"): 1 for part in ("employed", "unknown")}
            self.say({at("completers"): -1, **both})
        self.say({at("completers"): -1, at("told"): 1, at("unknown"): 1}, 0)
        self.say({at("employed_known"): -1, at("employed_jeju"): 1})
        for part in ("shared", "adult"):
            self.say({at("selected"): -1, at(part): 1})
        self.say({at("participants"): -1, at("certified"): 1})

    def say(self, terms: dict[Key, int], low: float = -np.inf, high: float = 0) -> None:
        row = np.zeros(len(self.place))
        for key, weight in terms.items():
            row[self.place[key]] = weight
        self.rows.append(row)
        self.low.append(low)
        self.high.append(high)

    def bounds(self, key: Key) -> tuple[int, int]:
        lows = [self.shown.get(each, int(each[0] not in OF_RECORDS)) for each in self.true]
        limits = Bounds(lows, [self.shown.get(each, 10_000) for each in self.true])
        found = []
        for sign in (1, -1):
            pull = np.zeros(len(self.place))
            pull[self.place[key]] = sign
            answer: Any = milp(
                pull, integrality=np.ones(len(pull)), bounds=limits,
                constraints=LinearConstraint(np.array(self.rows), self.low, self.high),
            )  # fmt: skip
            found.append(round(answer.x[self.place[key]]))
        return found[0], found[1]


@pytest.mark.parametrize(("seed", "people"), [(1, 14), (2, 30), (3, 60), (4, 25), (5, 120)])
def test_no_count_of_one_to_four_people_follows_from_all_packs_together(
    seed: int, people: int
) -> None:
    facts = population(seed, people)
    true, shown = published(facts)
    few = [key for key in true if 0 < people_behind(facts, key) < LEAST]
    assert few
    assert not set(few) & set(shown)
    reader = Reader(true, shown)
    for key in few:
        low, high = reader.bounds(key)
        assert low < high or key[0] in OF_RECORDS, (key, true[key])


def test_the_reader_of_this_test_finds_what_only_small_cells_would_give_away() -> None:
    """Without the further hiding the same attack succeeds: the test above can fail."""
    facts = population(2, 30)
    true, _shown = published(facts)
    few = {key for key in true if 0 < people_behind(facts, key) < LEAST}
    reader = Reader(true, {key: n for key, n in true.items() if key not in few})
    limits = [reader.bounds(key) for key in few]
    assert any(low == high for low, high in limits)


def test_what_is_hidden_is_the_same_whichever_pack_is_asked_for_first() -> None:
    facts = population(3, 60)
    before = hidden(facts, GROUPS, PROJECTS)
    assert before == hidden(facts, tuple(reversed(GROUPS)), tuple(reversed(PROJECTS)))


def test_large_numbers_are_shown() -> None:
    """Nothing is hidden where every count is of five people or more."""
    seats = tuple(
        Seat(100 * group + n, 100 * group + n, "completed", group, "a", False, False)
        for group in GROUPS for n in range(9)
    )  # fmt: skip
    homes = {seat.youth_id: seat.operator for seat in seats}
    assert hidden(Facts(START, (), seats, homes=homes), GROUPS, PROJECTS) == frozenset()


def test_few_people_with_many_rows_are_few() -> None:
    """Two people who took three courses each are six rows, and still two people."""
    seats = tuple(
        Seat(n, n % 2, "completed", 1 + n // 100, "a", False, False)
        for n in (1, 2, 3, 4, 5, 6, *range(200, 260))
    )
    secret = hidden(Facts(START, (), seats), GROUPS, PROJECTS)
    assert ("completed", 1, "a") in secret


def test_a_part_is_pinned_by_its_sum_until_another_goes_too() -> None:
    counts = {"all": 20, "x": 3, "y": 17}
    relation = [adds_up("all", ("x", "y"))]
    small = frozenset({"x"})
    assert pinned(counts, small, small, relation) == {"x"}
    assert protect(counts, small, relation, {"all": 1}) == {"x", "y"}


def test_a_part_is_pinned_by_what_is_left_of_the_whole() -> None:
    """19 of 20 completed: at most one dropped out, and somebody did."""
    counts = {"selected": 20, "completed": 19, "dropped": 1}
    relation = [within("selected", ("completed", "dropped"))]
    small = frozenset({"dropped"})
    assert pinned(counts, small, small, relation) == {"dropped"}
    assert protect(counts, small, relation, {}) == {"dropped", "completed"}


def test_every_measure_about_people_is_guarded() -> None:
    assert set(MEASURES) - set(ABOUT_PEOPLE) == {"places", "postings", "firms"}
