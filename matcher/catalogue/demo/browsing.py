"""Two years of looking at courses: lists seen, courses opened and kept, places taken from them."""

from collections import defaultdict
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from random import Random

from matcher.catalogue.demo.days import ago, waking
from matcher.catalogue.demo.learning import Learning
from matcher.catalogue.demo.life import Life
from matcher.catalogue.demo.rule import (
    MODEL_OF_THE_TIME,
    CourseFit,
    course_appeal,
    course_fit,
    course_score,
    says_yes,
)
from matcher.catalogue.demo.shape import Course, Saved, Session, Showing, Youth
from matcher.clock import day_of

LISTED = 20
"""A page of courses."""
_Item = tuple[int, int, float]


@dataclass(frozen=True, slots=True)
class Browsed:
    showings: tuple[Showing, ...]
    saved: tuple[Saved, ...]


def browse(
    random: Random,
    today: date,
    lives: tuple[Life, ...],
    youths: tuple[Youth, ...],
    learning: Learning,
) -> Browsed:
    """A look before every place taken, and some that lead to nothing."""
    browsing = _Browsing(random, learning)
    taken: dict[int, list[tuple[datetime, int]]] = defaultdict(list)
    course_of = {session.number: session.course for session in learning.sessions}
    for row in learning.enrolments:
        taken[row.youth].append((row.created_at, course_of[row.session]))
    for life, youth in zip(lives, youths, strict=True):
        looks: list[tuple[datetime, int | None]] = [
            (at - timedelta(minutes=random.randint(15, 40)), course)
            for at, course in taken[life.number]
        ]
        known = (today - life.joined_on).days
        for _ in range(1 + known // 120):
            day = min(life.joined_on + timedelta(random.randrange(known)), ago(today, 1))
            looks.append((waking(day, random), None))
        browsing.person(life, youth, sorted(looks, key=lambda each: each[0]))
    return Browsed(tuple(browsing.showings), tuple(browsing.saved.values()))


class _Browsing:
    def __init__(self, random: Random, learning: Learning) -> None:
        self.random = random
        self.courses = learning.courses
        self.sessions = sorted(learning.sessions, key=lambda each: (each.starts_on, each.number))
        self.gained = {
            course.number: tuple(
                each
                for each in learning.course_skills
                if each.course == course.number and each.kind == "gained"
            )
            for course in learning.courses
        }
        self.showings: list[Showing] = []
        self.saved: dict[tuple[int, int], Saved] = {}

    def person(self, life: Life, youth: Youth, looks: list[tuple[datetime, int | None]]) -> None:
        had: set[int] = set()
        for at, wanted in looks:
            self._look(life, youth, at, wanted, had)
            had |= {wanted} if wanted is not None else set()

    def _look(
        self, life: Life, youth: Youth, at: datetime, wanted: int | None, had: set[int]
    ) -> None:
        day = day_of(at)
        scored = [
            (course, course_fit(life, youth, course, session, self.gained[course.number], day))
            for course, session in self._open_on(day)
            if course.number not in had
        ]
        ranked = sorted(scored, key=lambda each: (-course_score(each[1]), each[0].number))
        places = [course.number for course, _ in ranked]
        # Whoever wants what stands further down turns the pages.
        pages = 1 if wanted not in places else places.index(wanted) // LISTED + 1
        shown = ranked[: pages * LISTED]
        items = [
            (course.number, rank, course_score(found))
            for rank, (course, found) in enumerate(shown, start=1)
        ]
        if not items:
            return
        self._show(at, life, "listed", items)
        for item, (_, found) in zip(items, shown, strict=True):
            self._judge(life, at, item, found, is_wanted=item[0] == wanted)

    def _judge(
        self, life: Life, at: datetime, item: _Item, found: CourseFit, *, is_wanted: bool
    ) -> None:
        value = course_appeal(found)
        is_seen = self.random.random() < 1 / item[1] ** 0.5
        if not is_wanted and not (is_seen and says_yes(self.random, value)):
            return
        moment = at + timedelta(minutes=min(item[1], 12))
        self._show(moment, life, "opened", [item])
        if says_yes(self.random, value - 0.8):
            kept = Saved(life.number, "course", item[0], moment)
            self.saved.setdefault((life.number, item[0]), kept)

    def _open_on(self, day: date) -> list[tuple[Course, Session]]:
        """Courses that take people, each with its earliest such session."""
        found: dict[int, Session] = {}
        for session in self.sessions:
            if session.applications_open_on <= day <= session.applications_close_on:
                found.setdefault(session.course, session)
        return [(self.courses[course - 1], found[course]) for course in sorted(found)]

    def _show(self, at: datetime, life: Life, kind: str, items: list[_Item]) -> None:
        self.showings.append(
            Showing(at, life.account, kind, "course", life.number, MODEL_OF_THE_TIME, tuple(items))
        )
