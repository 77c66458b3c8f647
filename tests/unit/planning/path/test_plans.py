"""Plans one after the other, at a fixed choice, under a limit, and what to give up for one."""

from dataclasses import replace

import pytest

from matcher.planning.path.problem import (
    UNITS_AN_HOUR,
    Exam,
    Gain,
    Goal,
    Problem,
    Session,
    Subsidy,
    Task,
    Window,
)
from matcher.planning.path.program import OutOfTime
from matcher.planning.path.relaxing import Easier, Easing, easings
from matcher.planning.path.replanning import again
from matcher.planning.path.search import Clock, Search
from matcher.planning.path.strength import Wish, strongest
from matcher.planning.path.timeline import Timeline
from tests.unit.planning.path.brute import answers, best
from tests.unit.planning.path.cases import case
from tests.unit.planning.path.checker import faults

SEEDS = range(1000, 1160)
HOUR = UNITS_AN_HOUR


def simple(**values: object) -> Problem:
    """Eight hours a week; one exam of 16 hours for 200 won."""
    exam = Exam("X", (Window("X1", "ko", 0, 99, 16 * HOUR, 200),))
    given: dict[str, object] = {
        "supply": (480,) * 100,
        "goal": Goal({}, frozenset({"X"})),
        "last": 90,
        "exams": (exam,),
    }
    return Problem(**(given | values))  # type: ignore[arg-type]


def test_every_plan_of_every_case_is_possible_day_by_day() -> None:
    seen = 0
    for seed in SEEDS:
        problem = case(seed)
        search = Search(problem)
        for kind in ("fastest", "cheapest"):
            for plan in search.plans(kind, 3):  # type: ignore[arg-type]
                seen += 1
                assert faults(problem, plan.timeline) == [], seed
    assert seen > 200


def test_the_checker_sees_what_is_impossible() -> None:
    problem = simple()
    line = Search(problem).plans("fastest", 1)[0].timeline
    early = replace(line.steps[0], end=3, known=10)
    assert faults(problem, line) == []
    assert "too much work between day 0 and day 2" in faults(
        problem, replace(line, steps=(early,), finish=10)
    )
    assert faults(problem, replace(line, krw=1)) == ["the costs do not add up"]


def test_next_best_plans_are_those_of_trying_everything() -> None:
    """Each leaves out a step of every plan before it and is the best that does."""
    compared = 0
    for seed in range(1000, 1060):
        problem = case(seed)
        every = list(answers(problem))
        for kind in ("fastest", "cheapest"):
            before: list[frozenset[object]] = []
            for plan in Search(problem).plans(kind, 3):  # type: ignore[arg-type]
                left = [a for actions, a in every if not any(old <= actions for old in before)]
                order = min(left) if kind == "fastest" else min((b, a) for a, b in left)[::-1]
                assert (plan.timeline.finish, plan.timeline.krw) == order, (seed, kind)
                before.append(plan.timeline.actions)
                compared += 1
    assert compared > 80


def test_finish_is_the_day_the_result_is_known() -> None:
    line = Search(simple()).plans("fastest", 1)[0].timeline
    # 16 hours at 8 a week take 14 days (0-13), the exam is on the next, the result a week later.
    assert [(step.start, step.end, step.known) for step in line.steps] == [(0, 14, 21)]


def test_a_pass_pays_half_of_the_next_exam() -> None:
    second = Exam("Y", (Window("Y1", "ko", 0, 99, 8 * HOUR, 300),))
    problem = simple(exams=(*simple().exams, second), goal=Goal({}, frozenset({"X", "Y"})))
    line = Search(problem).plans("cheapest", 1)[0].timeline
    assert line.krw == 200 + 150
    assert {step.id: step.pay for step in line.steps} == {"X": 0, "Y": -1}


def test_a_cheap_exam_nobody_asked_for_is_sat_for_its_code() -> None:
    cheap = Exam("C", (Window("C1", "ko", 0, 99, 2 * HOUR, 100),))
    dear = Exam("P", (Window("P1", "ko", 0, 99, 8 * HOUR, 300),))
    problem = simple(exams=(cheap, dear), goal=Goal({}, frozenset({"P"})))
    assert Search(problem).plans("cheapest", 1)[0].timeline.krw == 100 + 150
    assert Search(problem).plans("fastest", 1)[0].timeline.krw == 300


def test_a_version_that_ends_is_sat_before_or_in_its_next_version() -> None:
    windows = (
        Window("X1", "ko", 0, 10, 16 * HOUR, 200),
        Window("X2", "ko", 11, 99, 20 * HOUR, 200),
    )
    line = Search(simple(exams=(Exam("X", windows),))).plans("fastest", 1)[0].timeline
    assert line.steps[0].window is not None
    assert line.steps[0].window.code == "X2"


def test_actions_stack_to_reach_a_level_and_a_prerequisite_comes_first() -> None:
    course = Session(1, 1, starts=20, ends=30, load=60, gains=(Gain("a", 1, 3),), needs=(("a", 1),))
    tasks = tuple(Task(f"a:{n}", 7 * HOUR, (("a", n),)) for n in (1, 4))
    problem = simple(goal=Goal({"a": 4}), sessions=(course,), tasks=tasks)
    line = Search(problem).plans("fastest", 1)[0].timeline
    ends = {step.id: step.end for step in line.steps}
    assert set(ends) == {"a:1", "a:4", "1"}
    assert ends["a:1"] < 20


def test_courses_that_ask_for_each_other_are_no_way() -> None:
    one = Session(1, 1, 10, 20, 60, gains=(Gain("a", 0, 2),), needs=(("b", 2),))
    other = Session(2, 2, 30, 40, 60, gains=(Gain("b", 0, 2),), needs=(("a", 2),))
    problem = simple(goal=Goal({"a": 2}), exams=(), sessions=(one, other))
    assert Search(problem).plans("fastest", 1) == ()


def test_a_subsidy_pays_up_to_its_cap_and_only_for_what_it_covers() -> None:
    aid = Subsidy(1, percent=50, cap=70, until=99, exams=True)
    assert Search(simple(subsidies=(aid,))).plans("cheapest", 1)[0].timeline.krw == 200 - 70
    late = replace(aid, until=5)
    assert Search(simple(subsidies=(late,))).plans("cheapest", 1)[0].timeline.krw == 200
    courses_only = replace(aid, exams=False, courses=True)
    assert Search(simple(subsidies=(courses_only,))).plans("cheapest", 1)[0].timeline.krw == 200


def test_fixed_steps_are_all_done_and_nothing_else() -> None:
    problem = simple()
    fast = Search(problem).plans("fastest", 1)[0].timeline
    slower = replace(problem, supply=(240,) * 100)
    task = Task("t", 8 * HOUR, ())
    later = again(slower, (), (task,), slower.exams, Clock())
    assert later is not None
    assert {step.id for step in later.steps} == {"X", "t"}
    assert later.finish > fast.finish
    assert again(replace(slower, last=20), (), (task,), slower.exams, Clock()) is None


def test_a_time_limit_is_told_and_never_a_half_answer() -> None:
    search = Search(case(7), Clock.of(0.0))
    assert search.plans("fastest", 1) == ()
    assert search.timed_out
    with pytest.raises(OutOfTime):
        search.cheapest()


def test_five_thousand_sessions_are_answered_and_the_cut_is_told() -> None:
    runs = tuple(
        Session(n, n, n % 300 + 1, n % 300 + 10, 60, gains=(Gain("a", 0, 1 + n % 2),))
        for n in range(1, 5001)
    )
    problem = simple(supply=(480,) * 400, last=390, exams=(), goal=Goal({"a": 2}), sessions=runs)
    search = Search(problem, Clock.of(20.0))
    assert not search.is_complete
    assert search.plans("fastest", 1)[0].timeline.finish <= 20


def easier(problem: Problem, hours: int = 8) -> Easier:
    return Easier(
        last=len(problem.supply) - 1,
        weekly_hours=hours,
        hours=lambda weekly: replace(problem, supply=(weekly * 60,) * len(problem.supply)),
        drops={"X": Goal()},
        variants={},
    )


def test_what_to_give_is_the_smallest_change_that_does() -> None:
    problem = simple(last=20, budget=150)
    # With 20 days it lacks one day; with 200 won it lacks 50.
    assert best(replace(problem, last=21, budget=200))["fastest"] == (21, 200)
    assert best(replace(problem, last=20, budget=200))["fastest"] is None
    free = replace(problem, budget=None)
    assert easings(free, easier(free), Clock()) == (
        Easing("days", 1),
        Easing("hours", 9),
        Easing("drop", detail="X"),
    )
    assert Easing("won", 50) in easings(replace(problem, last=21), easier(problem), Clock())
    together = easings(problem, easier(problem), Clock())
    assert together[:2] == (Easing("days", 1, together=True), Easing("won", 50, together=True))


def test_strongest_is_the_best_set_of_wishes_that_fits() -> None:
    """Worth: 5 for c, 3 for each of a and b. All three do not fit, c and one more do not either."""
    tasks = tuple(
        Task(f"{name}:1", work * HOUR, ((name, 1),))
        for name, work in (("a", 8), ("b", 8), ("c", 24))
    )
    problem = simple(exams=(), goal=Goal(), last=27, tasks=tasks)
    wishes: list[Wish] = [("skill", "a", 1), ("skill", "b", 1), ("skill", "c", 1)]
    worth = {"a": 3.0, "b": 3.0, "c": 5.0}

    def hope(sets: object) -> list[float]:
        return [sum(worth[name] for _kind, name, _level in some) for some in sets]  # type: ignore[attr-defined]

    def score(line: Timeline) -> float:
        return sum(worth[step.id[0]] for step in line.steps)

    found = strongest(problem, wishes, hope, score, 1, Clock())
    assert {step.id for step in found.plans[0].timeline.steps} == {"c:1", "a:1"}
    assert found.scores == (8.0,)
    assert found.plans[0].gap == 0.0
    assert found.is_complete
