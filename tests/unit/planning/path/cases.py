"""Random small problems: everything that can interact does, within a dozen actions."""

from random import Random

from matcher.planning.path.problem import (
    UNITS_AN_HOUR,
    Exam,
    Gain,
    Goal,
    Problem,
    Session,
    Task,
    Voucher,
    Window,
)

SKILLS = ("a", "b", "c")


MOST_WORK = 6
"""Tasks and exams together: trying every order of more takes minutes."""


def case(seed: int) -> Problem:
    """At most 12 actions on up to 60 days; a good part of the cases has no answer."""
    draw = Random(seed)
    while True:
        problem = _case(draw)
        if len(problem.tasks) + len(problem.exams) <= MOST_WORK:
            return problem


def _case(draw: Random) -> Problem:
    horizon = draw.randint(25, 60)
    levels = {skill: draw.choice((0, 0, 1, 2)) for skill in SKILLS}
    goal = {skill: draw.randint(1, 3) for skill in draw.sample(SKILLS, draw.randint(0, 2))}
    sessions = tuple(_session(draw, number, horizon) for number in range(1, draw.randint(1, 5)))
    exams = tuple(
        _exam(draw, name, horizon, sessions) for name in draw.sample("XYZ", draw.randint(0, 3))
    )
    wanted = frozenset(each.id for each in exams if draw.random() < 0.6)
    ids = [each.id for each in sessions]
    clashes = frozenset(
        (one, other) for one in ids for other in ids if one < other and draw.random() < 0.3
    )
    vouchers = tuple(
        Voucher(1, draw.choice((50, 100)), draw.randint(5, horizon), frozenset({exams[0].id}))
        for _ in range(draw.choice((0, 0, 1)) if exams else 0)
    )
    a_day = draw.randint(1, 4) * 60
    busy = set(range(start := draw.randint(0, horizon), start + draw.randint(0, 6)))
    rests = frozenset(draw.sample(range(horizon), draw.randint(0, 4)))
    supply = tuple(
        0 if day in rests else 60 if day in busy else a_day * 7 for day in range(horizon)
    )
    return Problem(
        supply=supply,
        goal=Goal(goal, wanted),
        last=draw.randint(12, horizon - 1),
        levels=levels,
        sessions=sessions,
        tasks=_tasks(draw, levels),
        exams=exams,
        clashes=clashes,
        vouchers=vouchers,
        rests=rests,
        benefits=draw.choice((0, 0, 1)),
        wait=draw.choice((2, 5)),
        budget=draw.choice((None, None, draw.randint(0, 60) * 10)),
    )


def _session(draw: Random, number: int, horizon: int) -> Session:
    starts = draw.randint(0, horizon - 8)
    gains = tuple(
        Gain(skill, low := draw.randint(0, 2), low + draw.randint(1, 2))
        for skill in draw.sample(SKILLS, draw.randint(1, 2))
    )
    needs = ((draw.choice(SKILLS), draw.randint(1, 2)),) if draw.random() < 0.35 else ()
    return Session(
        id=number,
        course=draw.randint(1, 3),
        starts=starts,
        ends=min(horizon - 1, starts + draw.randint(0, 20)),
        load=draw.choice((60, 120, 300)),
        krw=draw.choice((0, 0, 50, 100)),
        gains=gains,
        needs=needs,
    )


def _tasks(draw: Random, levels: dict[str, int]) -> tuple[Task, ...]:
    rungs = [(skill, level) for skill in SKILLS for level in range(levels[skill] + 1, 4)]
    draw.shuffle(rungs)
    found = [
        Task(f"{skill}:{level}", draw.randint(1, 12) * UNITS_AN_HOUR // 2, ((skill, level),))
        for skill, level in rungs[: draw.randint(0, 4)]
    ]
    if len(rungs) > 1 and draw.random() < 0.4:
        covers = tuple({rung[0]: rung for rung in rungs[-2:]}.values())
        found.append(
            Task("badge", draw.randint(1, 8) * UNITS_AN_HOUR, covers, draw.choice((0, 20)))
        )
    return tuple(found)


def _exam(draw: Random, name: str, horizon: int, sessions: tuple[Session, ...]) -> Exam:
    work = draw.randint(0, 10) * UNITS_AN_HOUR
    price = draw.choice((100, 150, 300))
    windows = []
    turn = draw.randint(0, horizon)
    if draw.random() < 0.5:
        windows = [Window(f"{name}1", "ko", 0, horizon, work, price)]
    else:
        windows = [
            Window(f"{name}1", "ko", 0, turn, work, price),
            Window(f"{name}2", "ko", turn + 1, horizon, work + UNITS_AN_HOUR, price),
        ]
    if sessions and draw.random() < 0.3:
        first = windows[0]
        windows.append(
            Window(first.code, "ko", first.opens, first.closes, work // 2, price, sessions[0].id)
        )
    return Exam(name, tuple(windows))
