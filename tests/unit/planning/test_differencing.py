"""Nobody works a count or a change of one to four people out of packs frozen one after another."""

from itertools import combinations
from random import Random
from typing import Any

import numpy as np
from hypothesis import given, settings
from hypothesis import strategies as st
from scipy.optimize import Bounds, LinearConstraint, milp

from matcher.planning.facts import OTHER, Facts, Job, Pass, Seat
from matcher.planning.hiding import ABOUT_PEOPLE, ALL, OF_RECORDS, hidden
from matcher.planning.measures import rows
from matcher.planning.published import Key, Pack, State, Told, last_kept, standing
from matcher.planning.suppression import LEAST
from tests.evaluation_desk import START

GROUPS = (1, 2)
PROJECTS = ("a",)
DESKS = (1, 2, ALL, ALL)
MOST = 10_000


def people_of(seed: int, numbers: range) -> Facts:
    """The same person is the same in every population of a seed."""
    seats, passes, jobs = [], [], []
    homes: dict[int, int] = {}
    for person in numbers:
        random = Random(f"{seed}:{person}")
        home = random.choices((*GROUPS, OTHER), (6, 4, 1))[0]
        homes |= {person: home} if home else {}
        project, state = random.choice(("a", "a", "")), random.choice(("completed", "dropped"))
        is_in_work = random.random() < 0.2
        seats.append(Seat(person, person, state, home or 1, project, False, is_in_work))
        if random.random() < 0.3:
            passes.append(Pass(person, person, random.choice(("associate", "foundational"))))
        if random.random() < 0.4:
            jobs.append(Job(person, person, START, random.choice((True, None)), frozenset({3})))
    return Facts(START, (), tuple(seats), tuple(passes), tuple(jobs), homes=homes)


def cells(facts: Facts, desk: int, project: str) -> dict[Key, State]:
    """What a desk's pack counts."""
    found: dict[Key, State] = {}
    for name in ABOUT_PEOPLE:
        counted = rows(facts, name, project)
        for group in (*GROUPS, OTHER, ALL) if desk == ALL else (desk,):
            found[name, group, project] = frozenset(
                (row.row_id, row.youth_id) for row in counted if group in (ALL, row.group)
            )
    return found


def freeze(facts: Facts, packs: list[Pack], desk: int, project: str, is_guarded: bool) -> Pack:
    secret = hidden(facts, GROUPS, PROJECTS, packs if is_guarded else ())
    before = last_kept(packs) if is_guarded else {}
    told = []
    for key, state in cells(facts, desk, project).items():
        is_shown = key not in secret
        told.append((key, Told(state, is_shown, standing(len(state), is_shown, before.get(key)))))
    return Pack(f"day {len(packs)}", tuple(told))


def few(state: Any) -> bool:
    return 0 < len({person for _row, person in state}) < LEAST


class Reader:
    """Holds every file, and knows which numbers cannot have changed between two of them."""

    def __init__(self, packs: list[Pack]) -> None:
        self.states: dict[tuple[Key, State], int] = {}
        self.low: list[float] = []
        self.high: list[float] = []
        self.rules: list[dict[int, int]] = []
        self.ends: list[tuple[float, float]] = []
        for pack in packs:
            places = {key: self.read(key, told) for key, told in pack.cells}
            for group, project in {key[1:] for key in places}:
                self.chain(places, group, project)
            for name, group, project in places:
                if group == ALL:
                    parts = {places[name, each, project]: 1 for each in (*GROUPS, OTHER)}
                    self.say({places[name, ALL, project]: -1, **parts}, 0)

    def read(self, key: Key, told: Told) -> int:
        place = self.states.setdefault((key, told.state), len(self.states))
        if place == len(self.low):
            self.low.append(0)
            self.high.append(MOST)
        low, high = float(key[0] not in OF_RECORDS), float(MOST)
        if told.kept:
            low, high = told.kept.value - LEAST + 1.0, told.kept.value + LEAST - 1.0
        elif told.is_shown:
            low = high = len(told.state)
        self.low[place] = max(self.low[place], low)
        self.high[place] = min(self.high[place], high)
        return place

    def chain(self, places: dict[Key, int], group: int, project: str) -> None:
        for whole, *parts in (
            ("applied", "selected"), ("selected", "completed", "dropped"), ("selected", "adult"),
            ("participants", "completers"), ("participants", "certified"),
            ("completers", "employed_3", "unknown_3"), ("told", "employed_known", "unknown_place"),
            ("employed_known", "employed_jeju"), ("unknown_3", "unknown"),
        ):  # fmt: skip
            of = {places[part, group, project]: 1 for part in parts}
            self.say({places[whole, group, project]: -1, **of}, -np.inf)
        both = {places[part, group, project]: 1 for part in ("told", "unknown")}
        self.say({places["completers", group, project]: -1, **both}, 0)

    def say(self, terms: dict[int, int], low: float) -> None:
        self.rules.append(terms)
        self.ends.append((low, 0))

    def range_of(self, terms: dict[int, int]) -> tuple[int, int]:
        matrix = np.zeros((len(self.rules), len(self.states)))
        for at, rule in enumerate(self.rules):
            matrix[at, list(rule)] = list(rule.values())
        pull = np.zeros(len(self.states))
        pull[list(terms)] = list(terms.values())
        found = []
        for sign in (1, -1):
            answer: Any = milp(
                sign * pull, integrality=np.ones(len(pull)), bounds=Bounds(self.low, self.high),
                constraints=LinearConstraint(matrix, *np.array(self.ends).T),
            )  # fmt: skip
            assert answer.x is not None, "the truth fits everything that was told"
            found.append(round(float(pull @ answer.x)))
        return found[0], found[1]

    def finds(self) -> list[Any]:
        """What is of one to four people and has one possible value."""
        told: list[Any] = [
            ((key, len(state)), self.range_of({place: 1}))
            for (key, state), place in self.states.items()
            if few(state) and key[0] not in OF_RECORDS
        ]
        for (one, then), (other, now) in combinations(self.states, 2):
            by = abs(len(then) - len(now))
            is_same = one == other and one[0] not in OF_RECORDS
            if is_same and by and (by < LEAST or few(then ^ now)):
                move = {self.states[one, then]: -1, self.states[other, now]: 1}
                told.append(((one, "moved", by), self.range_of(move)))
        return [what for what, (low, high) in told if low == high]


def frozen_in_turn(seed: int, steps: list[tuple[int, int, int, str]], is_guarded: bool) -> Reader:
    packs: list[Pack] = []
    first, last = 1, 14
    for gone, come, desk, project in steps:
        first, last = first + gone, last + come
        facts = people_of(seed, range(first, last))
        packs.append(freeze(facts, packs, desk, project, is_guarded))
    return Reader(packs)


step = st.tuples(
    st.integers(0, 2), st.integers(0, 7), st.sampled_from(DESKS), st.sampled_from(("", "", "a"))
)


@settings(max_examples=12, deadline=None)
@given(st.integers(0, 10_000), st.lists(step, min_size=2, max_size=4))
def test_packs_frozen_one_after_another_tell_no_change_of_a_few(
    seed: int, steps: list[tuple[int, int, int, str]]
) -> None:
    assert frozen_in_turn(seed, steps, is_guarded=True).finds() == []


def test_without_the_rule_one_person_between_two_packs_is_found() -> None:
    """The reader above can succeed."""
    steps = [(0, 20, ALL, ""), (0, 1, ALL, "")]
    assert any(what[1] == "moved" for what in frozen_in_turn(3, steps, is_guarded=False).finds())
    assert frozen_in_turn(3, steps, is_guarded=True).finds() == []


def many(number: int, completed: int) -> Facts:
    seats = tuple(
        Seat(n, n, "completed" if n < completed else "enrolled", 1, "a", False, False)
        for n in range(number)
    )
    return Facts(START, (), seats, homes=dict.fromkeys(range(number), 1))


def test_a_number_that_moved_little_is_told_as_before_and_one_that_moved_more_anew() -> None:
    key = ("completed", 1, "")
    packs = [freeze(many(40, 20), [], 1, "", is_guarded=True)]
    for completed, is_shown, kept in ((23, False, (20, "day 0")), (25, True, None)):
        pack = freeze(many(40, completed), packs, 1, "", is_guarded=True)
        told = dict(pack.cells)[key]
        assert (told.is_shown, told.kept) == (is_shown, kept)


def test_a_number_that_stayed_looks_like_one_that_moved_little() -> None:
    packs = [freeze(many(40, 20), [], 1, "", is_guarded=True)]
    told = dict(freeze(many(40, 20), packs, 1, "", is_guarded=True).cells)["completed", 1, ""]
    assert told.kept == (20, "day 0")


def test_small_steps_add_up_to_a_new_number() -> None:
    """Three and three more are six: told at once, not one by one."""
    packs: list[Pack] = []
    told = []
    for completed in (20, 23, 26):
        packs.append(freeze(many(40, completed), packs, 1, "", is_guarded=True))
        cell = dict(packs[-1].cells)["completed", 1, ""]
        told.append(cell.kept.value if cell.kept else len(cell.state))
    assert told == [20, 20, 26]
