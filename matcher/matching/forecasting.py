"""The forecast of a desk from its rows, made once a data day and kept."""

from collections import OrderedDict
from dataclasses import dataclass, replace
from datetime import date
from threading import Lock
from weakref import WeakKeyDictionary

from sqlalchemy import Pool
from sqlmodel import Session

from matcher.actor import Actor
from matcher.catalogue.sectors import sectors
from matcher.matching.course_impact import Candidate, Question, impact_of
from matcher.planning.forecast.backtest import Backtest, backtest
from matcher.planning.forecast.history import Came, Ended, Hired, History, history_of, key_of
from matcher.planning.forecast.simulating import Forecast, Knobs, forecast
from matcher.planning.impact.terms import terms_from
from matcher.store import forecast_rows

AHEAD = 4
MOST_QUARTERS = 8
SEED = 20_261_121
KEPT = 64


@dataclass(frozen=True)
class Outlook:
    """`data_on` the day whose rows it is made from; `course` the one extra seats are given to."""

    data_on: date
    quarters: tuple[str, ...]
    made: Forecast
    tested: Backtest | None
    history: History
    course: Candidate | None
    knobs: Knobs


_Key = tuple[str, int | None, date, int, int]
_kept: "WeakKeyDictionary[Pool, OrderedDict[_Key, Outlook]]" = WeakKeyDictionary()
_turn = Lock()


def outlook(session: Session, actor: Actor, today: date, seats: int, percent: int) -> Outlook:
    """`percent` of the openings that came so far; the same answer all day long."""
    key = (actor.role.value, actor.organisation_id, today, seats, percent)
    with _turn:
        kept = _kept.setdefault(session.get_bind().engine.pool, OrderedDict())
        ready = kept.get(key)
    if ready is not None:
        return ready
    made = _made(session, actor, today, seats, percent)
    with _turn:
        kept[key] = made
        while len(kept) > KEPT:
            kept.popitem(last=False)
    return made


def history(session: Session, actor: Actor, today: date) -> History:
    return history_of(
        [Came(*row) for row in forecast_rows.openings(session, today)],
        [Hired(*row) for row in forecast_rows.hires(session, actor)],
        [Ended(*row) for row in forecast_rows.seats(session, actor, today)],
        [each.slug for each in sectors()],
        today,
        MOST_QUARTERS,
    )


def _made(session: Session, actor: Actor, today: date, seats: int, percent: int) -> Outlook:
    known = history(session, actor, today)
    course = _course(session, actor, today, seats)
    knobs = Knobs(percent / 100)
    if course is not None:
        knobs = _knobs(session, actor, course, seats, percent)
    return Outlook(
        data_on=today,
        quarters=tuple(key_of(known.after + place) for place in range(AHEAD)),
        made=forecast(known, AHEAD, (SEED, known.after), knobs),
        tested=backtest(known, (SEED, known.after - 1)),
        history=known,
        course=course,
        knobs=knobs,
    )


def _knobs(session: Session, actor: Actor, course: Candidate, seats: int, percent: int) -> Knobs:
    gain, certified = course.gain, course.certified
    knobs = Knobs(percent / 100, seats, gain.gained, gain.used, course.sector or "")
    if certified is None or course.certification is None or certified.gained <= gain.gained:
        return knobs
    passed, failed = forecast_rows.sittings(session, actor, course.certification)
    return replace(
        knobs,
        certified=certified.gained - gain.gained,
        certified_used=certified.used,
        passed=passed,
        failed=failed,
    )


def _course(session: Session, actor: Actor, today: date, seats: int) -> Candidate | None:
    """The course of an industry that gains most with so many seats."""
    if not seats:
        return None
    found = impact_of(session, actor, Question(terms_from(today)[0], seats), today).candidates
    known = {each.slug for each in sectors()}
    some = [each for each in found if _most(each) and each.sector in known]
    return max(some, key=lambda each: (_most(each), each.gain.gained, -each.id), default=None)


def _most(course: Candidate) -> int:
    """What it gains when everybody finishes and passes."""
    certified = 0 if course.certified is None else course.certified.gained
    return max(course.gain.gained, certified)
