"""The three training sets: openings shown to people, people shown to partners, courses shown."""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field, replace
from datetime import date, datetime

from sqlmodel import Session

from matcher.clock import day_of
from matcher.matching import aims
from matcher.matching.context import adjacency, text_space
from matcher.matching.history import (
    Courses,
    Openings,
    People,
    read_courses,
    read_openings,
    read_people,
)
from matcher.matching.lessons import Look, Record, lists_of, read_record
from matcher.matching.moments import day_number
from matcher.matching.past_popularity import PastPopularity, past_popularity
from matcher.matching.standing import Standing
from matcher.ranking.context import RankingContext
from matcher.ranking.courses import COURSE_FEATURES, course_matrix
from matcher.ranking.features import (
    NEUTRAL,
    OPENING_FEATURES,
    candidate_matrix,
    names,
    opening_matrix,
)
from matcher.ranking.model import RankingModel
from matcher.ranking.prepared import PreparedOpenings
from matcher.ranking.recommend import opening_places
from matcher.ranking.splitting import Lists, Side
from matcher.ranking.tables import Floats

_POPULARITY = names(OPENING_FEATURES).index("popularity")
Tick = Callable[[], None]
"""Called once a list."""


@dataclass(frozen=True)
class Material:
    """Everything read for one training, up to `until`; no further query is needed."""

    until: datetime
    people: People
    openings: Openings
    courses: Courses
    record: Record

    @property
    def size(self) -> int:
        """Lists there are."""
        return sum(len(each) for each in self.record.looks.values())

    def popularity(self, side: Side) -> PastPopularity:
        """Of courses, or of openings whoever looks at them."""
        key: Side = "course" if side == "course" else "youth"
        return past_popularity(self.record.looks[key], self.record.acts[key])


def read_material(session: Session, today: date, until: datetime, seed: int) -> Material:
    """A fixed number of queries. `today` decides whose consent is alive."""
    return Material(
        until,
        read_people(session, today, until, seed),
        read_openings(session),
        read_courses(session, until),
        read_record(session, today, until),
    )


def on_day(day: date, model: RankingModel | None = None) -> RankingContext:
    """As on that day, but with the adjacency and texts of today's catalogue."""
    return RankingContext(today=day, adjacency=adjacency(), text=text_space(), model=model)


def youth_lists(material: Material, tick: Tick = lambda: None) -> Lists:
    shelf, liked = _Shelf(material), material.popularity("youth")

    def matrix(look: Look, items: Sequence[int]) -> Floats:
        tick()
        seeker = material.people.seeker(look.context, look.at)
        many, place = shelf.of(look)
        X: Floats = opening_matrix(seeker, many, on_day(day_of(look.at)))[
            [place[each] for each in items]
        ]
        # what is prepared does not age; popularity does
        now = liked.on(day_number(look.at) // 1)
        X[:, _POPULARITY] = [now.get(each, NEUTRAL["popularity"]) for each in items]
        return X

    person = material.people.numbers.__getitem__
    return lists_of("youth", material.record, names(OPENING_FEATURES), person, matrix)


def partner_lists(material: Material, tick: Tick = lambda: None) -> Lists:
    liked = material.popularity("partner")

    def matrix(look: Look, items: Sequence[int]) -> Floats:
        tick()
        now = liked.on(day_number(look.at) // 1)
        known = material.openings.known[look.context]
        opening = replace(known, popularity=now.get(look.context))
        seekers = [material.people.seeker(each, look.at) for each in items]
        return candidate_matrix(opening, seekers, on_day(day_of(look.at)))

    person = material.people.numbers.__getitem__
    return lists_of("partner", material.record, names(OPENING_FEATURES), person, matrix)


def course_lists(material: Material, model: RankingModel, tick: Tick = lambda: None) -> Lists:
    """`model` gives the openings' scores that finishing a course would raise."""
    room = _CourseRoom(material, model)

    def matrix(look: Look, items: Sequence[int]) -> Floats:
        tick()
        return room.matrix(look, items)

    person = material.people.numbers.__getitem__
    return lists_of("course", material.record, names(COURSE_FEATURES), person, matrix)


@dataclass
class _Shelf:
    """Openings prepared once a month of lists: preparing them for every list would cost more than
    the features."""

    material: Material
    ready: dict[tuple[int, int], tuple[PreparedOpenings, Mapping[int, int]]] = field(
        default_factory=dict
    )

    def of(self, look: Look) -> tuple[PreparedOpenings, Mapping[int, int]]:
        """The openings of that month's lists, and the row of each."""
        if not self.ready:
            self._fill()
        return self.ready[_month(look)]

    def _fill(self) -> None:
        shown: dict[tuple[int, int], set[int]] = {}
        for look in self.material.record.looks["youth"]:
            shown.setdefault(_month(look), set()).update(look.places)
        for month, ids in shown.items():
            known = [self.material.openings.known[each] for each in sorted(ids)]
            many = PreparedOpenings.from_openings(known, on_day(date(*month, 1)))
            self.ready[month] = (many, {each.id: row for row, each in enumerate(known)})


def _month(look: Look) -> tuple[int, int]:
    day = day_of(look.at)
    return day.year, day.month


class _CourseRoom:
    """Courses, aims and openings of one day after the other."""

    def __init__(self, material: Material, model: RankingModel) -> None:
        self.material, self.model = material, model
        self.liked_openings = material.popularity("youth")
        self.liked_courses = material.popularity("course")
        self.saved = _saved(material.record)
        self.day: date | None = None

    def matrix(self, look: Look, items: Sequence[int]) -> Floats:
        self._turn_to(day_of(look.at), day_number(look.at) // 1)
        seeker = self.material.people.seeker(look.context, look.at)
        places = opening_places(seeker, self.many, self.context)
        standing = Standing(seeker, self.many, self.context, places)
        moment = day_number(look.at)
        saved = [item for item, at in self.saved.get(look.context, ()) if at < moment]
        target = aims.aim_of(standing, saved).target
        some = [self.courses[each] for each in items]
        return course_matrix(seeker, some, target, self.context, self.many).matrix

    def _turn_to(self, day: date, number: float) -> None:
        if day == self.day:
            return
        self.day, self.context = day, on_day(day, self.model)
        liked = self.liked_openings.on(number)
        self.many = PreparedOpenings.from_openings(
            [
                replace(each, popularity=liked.get(each.id))
                for each in self.material.openings.open_on(day)
            ],
            self.context,
        )
        self.courses = self.material.courses.on(day, self.liked_courses.on(number))


def _saved(record: Record) -> dict[int, list[tuple[int, float]]]:
    """By person, the openings ever saved, each with the moment."""
    found: dict[int, list[tuple[int, float]]] = {}
    for (youth, item), acts in record.acts["youth"].times.items():
        for moment in acts.get("saved", ()):
            found.setdefault(youth, []).append((item, moment))
    return found
