"""The thread that does work beside the service."""

import threading

from matcher.jobs import worker

FOR_EVER = 5.0


def test_what_waits_is_done_step_by_step_until_nothing_is_left() -> None:
    waits, is_idle = ["one", "two", "three"], threading.Event()

    def step() -> bool:
        if not waits:
            is_idle.set()
            return False
        waits.pop()
        return True

    with worker.working("trial", 0.01, step):
        assert is_idle.wait(FOR_EVER)
    assert waits == []


def test_a_step_that_fails_is_tried_again_at_the_next_look() -> None:
    looks, is_well = [], threading.Event()

    def step() -> bool:
        looks.append(len(looks))
        if len(looks) < 3:
            raise OSError("the database is away")
        is_well.set()
        return False

    with worker.working("trial", 0.01, step):
        assert is_well.wait(FOR_EVER)
    assert looks[:3] == [0, 1, 2]


def test_what_comes_first_comes_once_a_look_and_not_once_a_step() -> None:
    done: list[str] = []
    is_idle = threading.Event()

    def step() -> bool:
        done.append("step")
        if len(done) > 3:
            is_idle.set()
        return not is_idle.is_set()

    with worker.working("trial", 0.01, step, first=lambda: done.append("first")):
        assert is_idle.wait(FOR_EVER)
    assert done[:4] == ["first", "step", "step", "step"]


def test_it_ends_with_the_block_even_while_work_still_waits() -> None:
    begun = threading.Event()

    def step() -> bool:
        begun.set()
        return True

    with worker.working("trial", 0.01, step):
        assert begun.wait(FOR_EVER)
    assert "trial" not in {each.name for each in threading.enumerate()}
