"""Courses with dated sessions, who took them, and the levels they reached."""

from dataclasses import dataclass, replace
from datetime import date, timedelta
from random import Random
from typing import Any

from matcher.catalogue.demo.days import ago, ahead, monday_near, office, waking, weighted
from matcher.catalogue.demo.files import course_sheets
from matcher.catalogue.demo.life import Life
from matcher.catalogue.demo.shape import Course, CourseSkill, Enrolment, Session, SkillRating
from matcher.catalogue.demo.standing import HANEUL
from matcher.catalogue.origin import Row

PLACES = {"jejunu": "제주대 실습실", "halla": "제주한라대 실습실", "jtu": "제주관광대 실습실"}
BOOTCAMP = "J03"
"""The course the standing youth finished some months ago."""
OPEN_DAYS = 75
"""How long before its start a session takes applications."""
FULL = "H04"
"""The course whose next session is full and has a waitlist."""

_AHEAD = {"H01": 30, "J01": 44, "J02": 44, "H03": 51, "T01": 30, FULL: 58}
"""Days until the next session of the courses a tour shows."""
_SLOTS = {"day": ((1, 2, 3, 4, 5), 8), "evening": ((1, 2, 3, 4), 3), "weekend": ((6, 7), 8)}
"""Weekdays on which a kind of course may meet, and the longest meeting in hours."""


@dataclass(frozen=True, slots=True)
class Learning:
    courses: tuple[Course, ...]
    course_skills: tuple[CourseSkill, ...]
    sessions: tuple[Session, ...]
    enrolments: tuple[Enrolment, ...]


def make_learning(
    random: Random, today: date, lives: tuple[Life, ...], coordinators: dict[str, int]
) -> Learning:
    """Writes completions and the levels they give into `lives`, session by session in order."""
    sheets = course_sheets()
    sessions = _sessions(random, today, sheets)
    enrolments: list[Enrolment] = []
    busy: dict[int, list[Session]] = {life.number: [] for life in lives}
    seated: list[Session] = []
    for session in sorted(sessions, key=lambda each: (each.starts_on, each.number)):
        sheet = sheets[session.course - 1]
        rows = _enrol(random, today, session, sheet, lives, busy)
        taken = sum(row.state in ("enrolled", "completed") for row in rows)
        seated.append(replace(session, taken=taken))
        enrolments += rows
        _raise_levels(random, today, session, sheet, rows, lives, coordinators)
    return Learning(
        courses=tuple(_course(random, today, n, sheet) for n, sheet in enumerate(sheets, 1)),
        course_skills=tuple(_skills(sheets)),
        sessions=tuple(sorted(seated, key=lambda each: each.number)),
        enrolments=tuple(enrolments),
    )


def _course(random: Random, today: date, number: int, sheet: Row) -> Course:
    at = office(ago(today, 735), random)
    is_free = sheet["fee_krw"] == 0
    return Course(
        number=number,
        organisation=sheet["provider"],
        external_id=f"DEMO-{sheet['code']}",
        title_ko=sheet["title_ko"],
        title_en=sheet["title_en"],
        field=sheet["field"],
        level=sheet["level"],
        kind=sheet["kind"],
        sector=sheet["sector"],
        content=f"{sheet['content']} 지어낸 데모 과정입니다.",
        mode=sheet["mode"],
        languages=sheet.get("languages", "ko"),
        place="온라인" if sheet["mode"] == "online" else PLACES[sheet["provider"]],
        total_hours=sheet["hours"],
        fee_krw=sheet["fee_krw"],
        support="수강료 무료" if is_free else "교재비만 냅니다",
        eligibility="재직자" if sheet["kind"] == "in_work" else "재학생, 졸업예정자, 구직자, 도민",
        completion_rule="출석 80% 이상, 과제 제출",
        linked_certification=sheet["linked"],
        credit=sheet["credit"],
        rise_project=sheet["project"],
        contact=f"course.{sheet['provider']}@example.kr",
        created_at=at,
        updated_at=at,
    )


def _skills(sheets: tuple[Row, ...]) -> list[CourseSkill]:
    rows = []
    for number, sheet in enumerate(sheets, start=1):
        for skill, (low, high) in sheet["gained"].items():
            rows.append(CourseSkill(number, "gained", skill, low, high))
        for skill, level in sheet["needed"].items():
            rows.append(CourseSkill(number, "needed", skill, 0, level))
    return rows


def _sessions(random: Random, today: date, sheets: tuple[Row, ...]) -> list[Session]:
    """Three to four a course: past ones, perhaps one running, the next, perhaps a later one."""
    sessions: list[Session] = []
    for course, sheet in enumerate(sheets, start=1):
        next_in = _AHEAD.get(sheet["code"], random.randint(6, 80))
        offsets = [next_in - 180 * n - random.randint(-20, 20) for n in (3, 2, 1)]
        if sheet["code"] == BOOTCAMP:
            offsets = [-660, -332]
        if random.random() < 0.3:
            offsets.append(-min(14, 7 * sheet["weeks"] - 6))
        offsets.append(next_in)
        if random.random() < 0.4:
            offsets.append(next_in + random.randint(90, 130))
        for offset in sorted(offsets):
            sessions.append(_session(len(sessions) + 1, course, sheet, ahead(today, offset)))
    return sessions


def _session(number: int, course: int, sheet: Row, near: date) -> Session:
    starts = monday_near(near)
    is_short = sheet["weeks"] == 1
    ends = starts + timedelta(
        days=2 if sheet["hours"] <= 18 and is_short else 7 * sheet["weeks"] - 3
    )
    weekly = -(-sheet["hours"] // sheet["weeks"])
    return Session(
        number=number,
        course=course,
        starts_on=starts,
        ends_on=ends,
        applications_open_on=starts - timedelta(days=OPEN_DAYS),
        applications_close_on=starts - timedelta(days=4),
        weekly_hours=weekly,
        weekly_slots=_slots(sheet["slots"], weekly, course),
        seats=sheet["seats"],
        taken=0,
    )


def _slots(kind: str, weekly: int, course: int) -> tuple[dict[str, Any], ...]:
    """Enough meetings of at most eight (evenings: three) hours for the hours of a week; the days
    differ from course to course, so that people can take two."""
    days, longest = _SLOTS[kind]
    meetings = min(len(days), -(-weekly // longest))
    length = min(longest, -(-weekly // meetings))
    turn = course % len(days)
    start = 19 if kind == "evening" else 14 if length <= 4 and course % 2 else 10
    return tuple(
        {"weekday": day, "start": f"{start}:00", "end": f"{start + length}:00"}
        for day in sorted((days[turn:] + days[:turn])[:meetings])
    )


def _enrol(
    random: Random,
    today: date,
    session: Session,
    sheet: Row,
    lives: tuple[Life, ...],
    busy: dict[int, list[Session]],
) -> list[Enrolment]:
    if session.applications_open_on >= today:
        return []
    asked = _asked(random, today, session, sheet)
    able = [life for life in lives if _can_take(life, today, session, sheet, busy[life.number])]
    pinned = [life for life in able if life.number == HANEUL and sheet["code"] == BOOTCAMP]
    chosen = pinned or []
    others = [life for life in able if life not in chosen]
    order = sorted(others, key=lambda life: -_interest(life, session, sheet) * random.random())
    chosen = [*chosen, *order[: max(0, asked - len(chosen))]]
    rows = []
    seats = session.seats
    for life in chosen:
        state = _state(random, today, session, life, has_seat=seats > 0)
        seats -= state in ("enrolled", "completed")
        busy[life.number].append(session)
        rows.append(_enrolment(random, today, session, life, state))
    return rows


def _asked(random: Random, today: date, session: Session, sheet: Row) -> int:
    if sheet["code"] == FULL and session.starts_on > today:
        return session.seats + 9
    share = 0.18 + 0.09 * sheet["popularity"] + random.uniform(-0.12, 0.12)
    asked: int = round(session.seats * share) + 1
    return asked


def _can_take(life: Life, today: date, session: Session, sheet: Row, taken: list[Session]) -> bool:
    if life.joined_on > min(session.applications_close_on, ago(today, 1)):
        return False
    if life.is_working and sheet["slots"] == "day":
        return False
    if sheet["kind"] == "in_work" and not life.is_working:
        return False
    at_once = [
        s for s in taken if s.starts_on <= session.ends_on and session.starts_on <= s.ends_on
    ]
    if any(_clash(other, session) for other in at_once):
        return False
    return len(at_once) < 2 and all(other.course != session.course for other in taken)


def _clash(one: Session, other: Session) -> bool:
    return any(
        a["weekday"] == b["weekday"] and a["start"] < b["end"] and b["start"] < a["end"]
        for a in one.weekly_slots
        for b in other.weekly_slots
    )


def _interest(life: Life, session: Session, sheet: Row) -> float:
    wanted = 1.0
    wanted *= 3.0 if sheet["sector"] in life.sectors else 1.0 if sheet["sector"] is None else 0.3
    gaps = [life.level_on(skill, session.starts_on) for skill in sheet["gained"]]
    wanted *= 1.5 if any(0 < level < 3 for level in gaps) else 1.0
    return wanted


def _state(random: Random, today: date, session: Session, life: Life, *, has_seat: bool) -> str:
    if life.number == HANEUL and session.ends_on < today:
        return "completed"
    if session.ends_on >= ago(today, 9):
        # Running, ahead, or just over and not yet registered.
        left = "cancelled" if session.starts_on > today else "dropped"
        if has_seat and random.random() < 0.06:
            return left
        return "enrolled" if has_seat else "waitlisted"
    if not has_seat:
        return "cancelled"
    stays = min(0.95, 0.82 + 0.07 * life.diligence)
    return weighted(
        random, {"completed": stays, "dropped": 0.7 * (1 - stays), "cancelled": 0.3 * (1 - stays)}
    )


def _enrolment(random: Random, today: date, session: Session, life: Life, state: str) -> Enrolment:
    first = max(session.applications_open_on, life.joined_on)
    last = max(first, min(session.applications_close_on, ago(today, 1)))
    made = waking(first + timedelta(days=random.randint(0, (last - first).days)), random)
    changed = made
    if state == "completed":
        changed = office(min(session.ends_on + timedelta(days=3), ago(today, 1)), random)
    elif state == "dropped":
        middle = session.starts_on + (session.ends_on - session.starts_on) / 2
        changed = office(min(middle, ago(today, 1)), random)
    return Enrolment(session.number, life.number, state, made, max(made, changed))


def _raise_levels(
    random: Random,
    today: date,
    session: Session,
    sheet: Row,
    rows: list[Enrolment],
    lives: tuple[Life, ...],
    coordinators: dict[str, int],
) -> None:
    """The university confirms what a completed course gave."""
    day = min(session.ends_on + timedelta(days=3), ago(today, 1))
    for row in rows:
        if row.state != "completed":
            continue
        life = lives[row.youth - 1]
        life.completed[session.course] = session.ends_on
        if life.number == HANEUL:
            continue
        for skill, (low, high) in sheet["gained"].items():
            level = _reached(life.level_on(skill, session.starts_on), low, high)
            at = office(day, random)
            life.rate(
                SkillRating(
                    life.number, skill, level, "coordinator", 2, "course",
                    f"{sheet['title_ko']} 이수", day, coordinators[sheet["provider"]], at,
                )
            )  # fmt: skip


def _reached(level: int, low: int, high: int) -> int:
    """Who starts below the course's entry level climbs as many steps, not to the top."""
    return max(level, min(high, level + high - low))
