"""Demo classes: meetings, attendance, credentials, one course the desk selects for, and a lab."""

from dataclasses import dataclass
from datetime import date, timedelta
from random import Random

from matcher.catalogue.demo.days import ago, waking
from matcher.catalogue.demo.shape import DemoData, Enrolment, Session
from matcher.catalogue.demo.standing import HANEUL
from matcher.catalogue.public_holidays import public_holidays

RECENT = timedelta(days=120)
"""Sessions that ended longer ago keep no attendance."""
APPLICANTS = 5
_LETTERS = "ABCDEFGHIJKLMNOPQRSTUVWXYZ234567"
_MARKS = ("present",) * 17 + ("late", "absent", "excused")
LAB = ("데모 ICT 실습동", "Demo ICT lab", "데모 1층")
ITEMS = (
    # kind, Korean, English, how many, young people book it themselves
    ("room", "데모 강의실", "Demo room", 1, False),
    ("pc", "데모 GPU PC", "Demo GPU PC", 4, True),
    ("device", "데모 시험 기기", "Demo test phone", 6, True),
)
UNIVERSITIES = ("jejunu", "halla", "jtu")


@dataclass(frozen=True, slots=True)
class Meeting:
    session: int
    held_on: date
    starts: str
    ends: str
    mode: str
    marks: tuple[tuple[int, str], ...]
    """(place in the enrolments, from 1; mark)."""


@dataclass(frozen=True, slots=True)
class Classes:
    meetings: tuple[Meeting, ...]
    credentials: tuple[tuple[int, int, str, date, str, str], ...]
    """(youth, enrolment, number, day, titles)."""
    course: int
    """The one whose seats the desk gives."""
    applicants: tuple[Enrolment, ...]


def make_classes(data: DemoData, today: date, random: Random) -> Classes:
    by_session: dict[int, list[tuple[int, Enrolment]]] = {}
    for number, row in enumerate(data.enrolments, start=1):
        by_session.setdefault(row.session, []).append((number, row))
    meetings = [
        meeting
        for session in data.sessions
        if session.starts_on <= today and session.ends_on >= today - RECENT
        for meeting in _meetings(data, session, by_session.get(session.number, []), today, random)
    ]
    chosen = _selective(data, today)
    return Classes(
        meetings=tuple(meetings),
        credentials=tuple(_credentials(data, random)),
        course=chosen.course,
        applicants=tuple(_applicants(data, chosen, by_session, today, random)),
    )


def _meetings(
    data: DemoData,
    session: Session,
    people: list[tuple[int, Enrolment]],
    today: date,
    random: Random,
) -> list[Meeting]:
    """Marks of every class before yesterday; the last ones wait for the desk."""
    seated = [number for number, row in people if row.state in ("enrolled", "completed")]
    closed = public_holidays(session.starts_on, session.ends_on)
    mode = data.courses[session.course - 1].mode
    found = []
    for offset in range((session.ends_on - session.starts_on).days + 1):
        day = session.starts_on + timedelta(days=offset)
        for slot in session.weekly_slots:
            if slot["weekday"] == day.isoweekday() and day not in closed:
                is_marked = day < ago(today, 1)
                marks = tuple((n, random.choice(_MARKS)) for n in seated) if is_marked else ()
                found.append(Meeting(session.number, day, slot["start"], slot["end"], mode, marks))
    return found


def _credentials(data: DemoData, random: Random) -> list[tuple[int, int, str, date, str, str]]:
    found = []
    for number, row in enumerate(data.enrolments, start=1):
        if row.state == "completed":
            session = data.sessions[row.session - 1]
            course = data.courses[session.course - 1]
            word = "".join(random.choice(_LETTERS) for _n in range(12))
            name = f"OR-{session.ends_on.year}-{word}"
            found.append(
                (row.youth, number, name, session.ends_on, course.title_ko, course.title_en)
            )
    return found


def _selective(data: DemoData, today: date) -> Session:
    """The first session of the first university that takes applications and has no queue."""
    queued = {row.session for row in data.enrolments if row.state == "waitlisted"}
    held = {row.session for row in data.enrolments if row.youth == HANEUL}
    return next(
        session
        for session in data.sessions
        if session.applications_open_on <= today <= session.applications_close_on
        and session.number not in queued | held
        and data.courses[session.course - 1].organisation == "jejunu"
    )


def _applicants(
    data: DemoData,
    chosen: Session,
    by_session: dict[int, list[tuple[int, Enrolment]]],
    today: date,
    random: Random,
) -> list[Enrolment]:
    there = {row.youth for _number, row in by_session.get(chosen.number, [])}
    able = [
        each.number
        for each in data.youths
        if each.number not in there | {HANEUL} and each.affiliation_state == "confirmed"
    ]
    picked = sorted(random.sample(able, APPLICANTS))
    rows = []
    for place, number in enumerate(picked):
        at = waking(ago(today, APPLICANTS - place), random)
        rows.append(Enrolment(chosen.number, number, "applied", at, at))
    return rows
