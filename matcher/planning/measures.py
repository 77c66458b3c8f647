"""The counts behind the indicators: facts of one reporting year in, rows by name out.

A measure never gives a bare number: it gives the rows that are counted, each with the desk it
counts for and the person it is about. Changing what one counts raises its version.
"""

from collections.abc import Callable, Iterable
from dataclasses import dataclass
from typing import NamedTuple

from matcher.planning.facts import OTHER, Event, Facts, Job, Seat

LEVELS = ("foundational", "associate", "professional", "specialty")


class Found(NamedTuple):
    """A counted row; `youth_id` None where it is about nobody; `group` None for the province."""

    row_id: int
    group: int | None
    youth_id: int | None = None
    weight: int = 1


@dataclass(frozen=True)
class Measure:
    """`table`: what the rows are numbers of."""

    table: str
    version: int
    rows: Callable[[Facts, str], Iterable[Found]]


def rows(facts: Facts, name: str, project: str = "") -> list[Found]:
    """The counted rows of one project, or with "" of all courses, by number."""
    return sorted(MEASURES[name].rows(facts, project))


SEATED = frozenset({"enrolled", "completed", "dropped", "not_completed"})


def _runs(facts: Facts, project: str) -> Iterable[Found]:
    return (
        Found(run.session_id, run.operator, None, run.seats)
        for run in facts.runs
        if project in ("", run.project)
    )


def _seats(test: Callable[[Seat], bool]) -> Callable[[Facts, str], Iterable[Found]]:
    def counted(facts: Facts, project: str) -> Iterable[Found]:
        return (
            Found(seat.enrolment_id, seat.operator, seat.youth_id)
            for seat in facts.seats
            if project in ("", seat.project) and test(seat)
        )

    return counted


def _is_seated(seat: Seat) -> bool:
    return seat.state in SEATED


def _of(facts: Facts, youth_ids: Iterable[int]) -> Iterable[Found]:
    return (Found(each, facts.homes.get(each, OTHER), each) for each in sorted(youth_ids))


def _taking_part(facts: Facts, project: str) -> frozenset[int]:
    return frozenset(
        seat.youth_id for seat in facts.seats if project in ("", seat.project) and _is_seated(seat)
    )


def _completing(facts: Facts, project: str) -> frozenset[int]:
    return frozenset(
        seat.youth_id
        for seat in facts.seats
        if project in ("", seat.project) and seat.state == "completed"
    )


def _participants(facts: Facts, project: str) -> Iterable[Found]:
    return _of(facts, _taking_part(facts, project))


def _completers(facts: Facts, project: str) -> Iterable[Found]:
    return _of(facts, _completing(facts, project))


def _certified(facts: Facts, project: str) -> Iterable[Found]:
    return _of(facts, {each.youth_id for each in facts.passes} & _taking_part(facts, project))


def _passes(level: str) -> Callable[[Facts, str], Iterable[Found]]:
    def counted(facts: Facts, project: str) -> Iterable[Found]:
        inside = _taking_part(facts, project)
        return (
            Found(each.record_id, facts.homes.get(each.youth_id, OTHER), each.youth_id)
            for each in facts.passes
            if each.level == level and each.youth_id in inside
        )

    return counted


def _employed(test: Callable[[Job], bool]) -> Callable[[Facts, str], Iterable[Found]]:
    """Completers with a job begun in or after the year that passes the test."""

    def counted(facts: Facts, project: str) -> Iterable[Found]:
        found = {job.youth_id for job in facts.jobs if job.started_on >= facts.first and test(job)}
        return _of(facts, found & _completing(facts, project))

    return counted


def _told(facts: Facts, project: str) -> frozenset[int]:
    """Completers of whom anything is confirmed."""
    working = {job.youth_id for job in facts.jobs} | facts.earlier
    return _completing(facts, project) & (working | facts.otherwise)


def _unknown(facts: Facts, project: str) -> Iterable[Found]:
    return _of(facts, _completing(facts, project) - _told(facts, project))


def _unknown_at(months: int) -> Callable[[Facts, str], Iterable[Found]]:
    """Completers of whom nobody knows whether they worked then: not asked yet, or no answer."""

    def counted(facts: Facts, project: str) -> Iterable[Found]:
        known = {job.youth_id for job in facts.jobs if job.is_known_at(months)}
        return _of(facts, _completing(facts, project) - known - facts.otherwise)

    return counted


def _unknown_place(facts: Facts, project: str) -> Iterable[Found]:
    """Completers with a job of whom nobody knows where."""
    working = {job.youth_id for job in facts.jobs if job.started_on >= facts.first}
    known = {job.youth_id for job in facts.jobs if job.is_in_jeju is not None}
    return _of(facts, (working - known) & _completing(facts, project))


def _events(name: str) -> Callable[[Facts, str], Iterable[Found]]:
    """Everybody's; of a project, those of the people who took part in it."""

    def counted(facts: Facts, project: str) -> Iterable[Found]:
        inside = _taking_part(facts, project) if project else None
        events: tuple[Event, ...] = getattr(facts, name)
        return (
            Found(each.row_id, facts.homes.get(each.youth_id, OTHER), each.youth_id)
            for each in events
            if inside is None or each.youth_id in inside
        )

    return counted


def _placed(facts: Facts, project: str) -> Iterable[Found]:
    """People: completers with a confirmed job begun in or after the year (those found to hold
    after months are parts of these), and who took part and founded a business in the year."""
    working = {job.youth_id for job in facts.jobs if job.started_on >= facts.first}
    founding = {each.youth_id for each in facts.founded}
    done, inside = _completing(facts, project), _taking_part(facts, project)
    return _of(facts, (working & done) | (founding & inside))


def _passed(facts: Facts, project: str) -> Iterable[Found]:
    return (found for level in LEVELS for found in _passes(level)(facts, project))


def _posts(facts: Facts, _project: str) -> Iterable[Found]:
    return (Found(each.opening_id, None) for each in facts.posts)


def _firms(facts: Facts, _project: str) -> Iterable[Found]:
    return (Found(each, None) for each in {post.organisation_id for post in facts.posts})


MEASURES: dict[str, Measure] = {
    "places": Measure("course_session", 1, _runs),
    "applied": Measure("enrolment", 1, _seats(lambda seat: True)),
    "selected": Measure("enrolment", 1, _seats(_is_seated)),
    "completed": Measure("enrolment", 1, _seats(lambda seat: seat.state == "completed")),
    "dropped": Measure("enrolment", 1, _seats(lambda seat: seat.state == "dropped")),
    "shared": Measure("enrolment", 1, _seats(lambda seat: _is_seated(seat) and seat.is_shared)),
    "adult": Measure("enrolment", 1, _seats(lambda seat: _is_seated(seat) and seat.is_in_work)),
    "participants": Measure("youth_profile", 1, _participants),
    "completers": Measure("youth_profile", 1, _completers),
    "certified": Measure("youth_profile", 1, _certified),
    **{level: Measure("certification_record", 1, _passes(level)) for level in LEVELS},
    "employed_3": Measure("youth_profile", 1, _employed(lambda job: 3 in job.held_at)),
    "employed_6": Measure("youth_profile", 1, _employed(lambda job: 6 in job.held_at)),
    "employed_known": Measure(
        "youth_profile", 1, _employed(lambda job: job.is_in_jeju is not None)
    ),
    "employed_jeju": Measure("youth_profile", 1, _employed(lambda job: job.is_in_jeju is True)),
    "told": Measure("youth_profile", 1, lambda facts, slug: _of(facts, _told(facts, slug))),
    "unknown": Measure("youth_profile", 1, _unknown),
    "unknown_3": Measure("youth_profile", 1, _unknown_at(3)),
    "unknown_6": Measure("youth_profile", 1, _unknown_at(6)),
    "unknown_place": Measure("youth_profile", 1, _unknown_place),
    "startups": Measure("outcome", 1, _events("founded")),
    "interns": Measure("application", 1, _events("interns")),
    "postings": Measure("opening", 1, _posts),
    "firms": Measure("organisation", 1, _firms),
}
PROMISED: dict[str, Callable[[Facts, str], Iterable[Found]]] = {
    "people": MEASURES["participants"].rows,
    "completions": MEASURES["completed"].rows,
    "certificates": _passed,
    "placements": _placed,
}
"""What a desk promises for a project, counted as the indicators of the same name and their parts
are. Kept apart from those: a frozen pack lists every indicator there was."""
PROVINCE = frozenset({"postings", "firms"})
"""About nobody's course: the same for the whole province, whatever the project."""
WITHIN: tuple[tuple[str, tuple[str, ...]], ...] = (
    ("applied", ("selected",)),
    ("selected", ("completed", "dropped")),
    ("selected", ("shared",)),
    ("selected", ("adult",)),
    ("participants", ("completers",)),
    ("participants", ("certified",)),
    ("completers", ("employed_3", "unknown_3")),
    ("completers", ("employed_6", "unknown_6")),
    ("completers", ("employed_known",)),
    ("told", ("employed_known", "unknown_place")),
    ("told", ("employed_3",)),
    ("told", ("employed_6",)),
    ("unknown_3", ("unknown",)),
    ("unknown_6", ("unknown",)),
    ("employed_known", ("employed_jeju",)),
)
"""(whole, parts): the parts together are at most the whole, in every group and project."""
