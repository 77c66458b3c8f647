"""A person's dated rows as entries and lessons of a calendar, in the person's language."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date, time, timedelta

from sqlmodel import Session

from matcher.catalogue.certifications import load_programme
from matcher.catalogue.public_holidays import public_holidays
from matcher.clock import start_of
from matcher.exchange.icalendar_feed import Entry, Invitation, Lesson
from matcher.i18n import gettext as _
from matcher.i18n import in_language
from matcher.matching.step_names import certification_of, step_names
from matcher.policy.plans import ACTIVE
from matcher.policy.states import OPEN_APPLICATION
from matcher.policy.timetable import Slot, slots_of
from matcher.store import coming_up, counselling, events, interviews
from models.attendance import ClassMeeting
from models.certification import AttemptState, CertificationRecord
from models.course import CourseMode
from models.interview import InterviewState
from models.plan import StepKind

KEPT = timedelta(days=60)
"""How long what is over stays in the file."""
AHEAD = timedelta(days=3 * 366)
"""As far as a certificate or a voucher can reach; a stored day beyond is a slip of a pen."""
REMINDER = timedelta(days=180)
"""When to think of renewing a certificate without the maintenance route: our own choice."""
EXAM_ALARMS, DEADLINE_ALARMS, EXPIRY_ALARMS = (7, 1), (3,), (90, 30)


@dataclass(frozen=True)
class Days:
    entries: tuple[Entry, ...]
    lessons: tuple[Lesson, ...]
    agreed: tuple[Invitation, ...] = ()


def days_of(session: Session, youth_id: int, today: date, site: str) -> Days:
    """`site` is the address the links begin with, without a slash at the end."""
    ids = [youth_id]
    attempts = coming_up.attempts(session, ids)
    taken = coming_up.lessons(session, ids)
    certifications = f"{site}/youth/certifications"
    entries = [
        *_exams(attempts, certifications),
        *_expiries(attempts, certifications, f"{site}/youth/renewals"),
        *_openings(session, ids, site),
        *_sessions(session, ids, {row.session_id for row in taken}, site),
        *_asked(session, ids, site),
        *_steps(session, ids, attempts, site),
        *_vouchers(session, ids, f"{site}/youth/vouchers"),
        *_counselling(session, ids, today, f"{site}/youth/counselling"),
    ]
    first, last = today - KEPT, today + AHEAD
    running = [row for row in taken if row.ends_on >= first]
    planned = coming_up.meetings(session, [row.session_id for row in running])
    return Days(
        tuple(entry for entry in entries if first <= entry.on <= last),
        (
            *(
                lesson
                for row in running
                for lesson in _lessons(row, planned.get(row.session_id, []), site, today)
            ),
            *(each for each in _events(session, ids, site) if first <= each.first <= last),
        ),
        tuple(
            interview_entry(each, site)
            for each in interviews.of_youths(session, ids, start_of(first))
            if each.slot.starts_at < start_of(last)
        ),
    )


def interview_entry(found: interviews.OwnMeeting, site: str) -> Invitation:
    """As its person's calendar shows it, with the firm's name."""
    row, slot = found.interview, found.slot
    organisation = in_language(found.organisation.name_ko, found.organisation.name_en)
    title = _("%(organisation)s 면접") % {"organisation": organisation}
    return Invitation(
        uid=f"interview-{row.id}",
        title=_("%(title)s (데모)") % {"title": title} if slot.is_demo else title,
        starts_at=slot.starts_at,
        ends_at=slot.starts_at + timedelta(minutes=slot.minutes),
        changed_at=row.updated_at,
        sequence=row.sequence,
        place=slot.place,
        about=(in_language(found.opening.title_ko, found.opening.title_en),),
        href=f"{site}/youth/applications/{row.application_id}/interview",
        is_cancelled=row.state is InterviewState.CANCELLED,
    )


def _exams(attempts: Sequence[CertificationRecord], href: str) -> Iterator[Entry]:
    for row in attempts:
        is_booked = row.state is AttemptState.SCHEDULED
        on = row.exam_on if is_booked else row.planned_on
        if row.state is AttemptState.PASSED or on is None:
            continue
        said = {"exam": row.exam_code}
        title = _("%(exam)s 시험") if is_booked else _("%(exam)s 시험 (계획)")
        about = _("시각과 장소는 예약 확인 메일에 있어요.") if is_booked else ""
        yield Entry(
            f"exam-{row.id}",
            title % said,
            on,
            row.updated_at,
            row.version - 1,
            (about,) if about else (),
            href,
            EXAM_ALARMS,
            is_tentative=not is_booked,
        )


def _expiries(attempts: Sequence[CertificationRecord], href: str, renewals: str) -> Iterator[Entry]:
    """One a certificate, under the number of its first pass: a later pass moves the day. Any pass
    may move any expiry, so all of them count for when it last changed."""
    passes = [row for row in attempts if row.state is AttemptState.PASSED]
    changed_at = max((row.updated_at for row in passes), default=None)
    sequence = sum(row.version for row in passes)
    firsts: dict[str, CertificationRecord] = {}
    for row in passes:
        firsts.setdefault(row.certification, row)
    for code, row in firsts.items():
        if row.expires_on is None or changed_at is None:
            continue
        yield Entry(
            f"expiry-{row.id}",
            _("%(name)s 자격이 끝나는 날") % {"name": code},
            row.expires_on,
            changed_at,
            sequence,
            href=href,
            alarms=EXPIRY_ALARMS,
        )
        title, on = _window(code, row.expires_on)
        yield Entry(f"window-{row.id}", title, on, changed_at, sequence, href=renewals)


def _window(code: str, expires_on: date) -> tuple[str, date]:
    programme = load_programme()
    if programme.certification(code).can_be_maintained:
        opens_on = expires_on - timedelta(days=programme.maintenance.window_days)
        return _("%(name)s 자격을 시험 없이 1년 늘리는 길이 열리는 날") % {"name": code}, opens_on
    return _("%(name)s 자격의 갱신을 준비할 때") % {"name": code}, expires_on - REMINDER


def _openings(session: Session, ids: Sequence[int], site: str) -> Iterator[Entry]:
    """One an opening; that it was applied to says more than that it was saved."""
    saved = {row.item_id: row for row in coming_up.saved_openings(session, ids)}
    applied = coming_up.applied_openings(session, ids, OPEN_APPLICATION)
    sent = {row.item_id for row in applied}
    for row in (saved | {each.item_id: each for each in applied}).values():
        words = (
            _("지원한 공고 마감: %(title)s") if row.item_id in sent else _("공고 마감: %(title)s")
        )
        title = words % {"title": _titled(row)}
        href = f"{site}/youth/openings/{row.item_id}"
        yield _deadline(f"opening-{row.item_id}", title, row, href)


def _sessions(session: Session, ids: Sequence[int], taken: set[int], site: str) -> Iterator[Entry]:
    for row in coming_up.saved_sessions(session, ids):
        if row.item_id not in taken:
            title = _("과정 신청 마감: %(title)s") % {"title": _titled(row)}
            href = f"{site}/youth/courses/{row.parent_id}"
            yield _deadline(f"apply-{row.item_id}", title, row, href)


def _deadline(uid: str, title: str, row: coming_up.DeadlineRow, href: str) -> Entry:
    changed_at = max(row.updated_at, row.since)
    return Entry(
        uid, title, row.closes_on, changed_at, row.version - 1, href=href, alarms=DEADLINE_ALARMS
    )


def _asked(session: Session, ids: Sequence[int], site: str) -> Iterator[Entry]:
    for row in coming_up.asked(session, ids):
        title = in_language(row.title_ko, row.title_en)
        yield Entry(
            f"introduction-{row.introduction_id}",
            _("제안에 답하는 마지막 날: %(title)s") % {"title": title},
            row.answer_by,
            row.updated_at,
            row.version - 1,
            href=f"{site}/youth/introductions/{row.introduction_id}",
            alarms=DEADLINE_ALARMS,
        )


def _steps(
    session: Session, ids: Sequence[int], attempts: Sequence[CertificationRecord], site: str
) -> Iterator[Entry]:
    """An exam that is recorded as planned or booked stands there with its own day already."""
    own = {row.certification for row in attempts if row.state is not AttemptState.PASSED}
    rows = coming_up.steps(session, ids, ACTIVE)
    names = step_names(session, [(row.kind, row.ref) for row in rows])
    for row in rows:
        is_exam = row.kind == StepKind.EXAM
        if is_exam and certification_of(row.ref) in own:
            continue
        yield Entry(
            f"step-{row.step_id}",
            _("내 길: %(step)s") % {"step": names[row.kind, row.ref]},
            row.ends_on,
            row.updated_at,
            row.version - 1,
            href=f"{site}/youth/plans/{row.plan_id}",
            alarms=EXAM_ALARMS if is_exam else DEADLINE_ALARMS,
            is_tentative=is_exam,
        )


def _vouchers(session: Session, ids: Sequence[int], href: str) -> Iterator[Entry]:
    for row in coming_up.vouchers(session, ids):
        yield Entry(
            f"voucher-{row.id}",
            _("%(percent)s%% 시험 바우처를 쓸 수 있는 마지막 날") % {"percent": row.percent},
            row.expires_on,
            row.updated_at,
            row.version - 1,
            href=href,
            alarms=EXPIRY_ALARMS,
        )


def _counselling(session: Session, ids: Sequence[int], today: date, href: str) -> Iterator[Entry]:
    for row in counselling.booked_of(session, ids, today - KEPT):
        words = {"starts": row.starts, "ends": row.ends}
        yield Entry(
            f"counselling-{row.id}",
            _("상담 %(starts)s–%(ends)s") % words,
            row.held_on,
            row.updated_at,
            row.version - 1,
            (row.place,) if row.place else (),
            href,
            DEADLINE_ALARMS,
        )


def _lessons(
    row: coming_up.LessonRow, planned: Sequence[ClassMeeting], site: str, today: date
) -> Iterator[Lesson]:
    """The desk's planned classes where there are any: one moved or made up for is told as it is
    held. Else the weekly hours."""
    if planned:
        yield from _classes(row, planned, site, today)
    else:
        yield from _weekly(row, site, today)


def _classes(
    row: coming_up.LessonRow, planned: Sequence[ClassMeeting], site: str, today: date
) -> Iterator[Lesson]:
    for each in planned:
        hours = _hours(Slot(each.held_on.isoweekday(), each.starts, each.ends))
        if hours is None or not today - KEPT <= each.held_on <= today + AHEAD:
            continue
        yield Lesson(
            uid=f"class-{each.id}",
            title=_titled(row),
            weekday=each.held_on.isoweekday(),
            start=hours[0],
            end=hours[1],
            first=each.held_on,
            last=each.held_on,
            changed_at=max(row.course_updated_at, row.enrolled_at),
            sequence=row.version - 1,
            place=_place(each.mode, row),
            about=tuple(filter(None, (each.topic, _held(each.mode)))),
            href=f"{site}/youth/enrolments/{row.enrolment_id}",
        )


def _weekly(row: coming_up.LessonRow, site: str, today: date) -> Iterator[Lesson]:
    """One series a weekly slot, numbered in the order of the week, for at most AHEAD around
    today."""
    first, last = max(row.starts_on, today - AHEAD), min(row.ends_on, today + AHEAD)
    free_days = public_holidays(first, last)
    for place, slot in enumerate(slots_of(row.weekly_slots), start=1):
        hours = _hours(slot)
        if hours is None:
            continue
        yield Lesson(
            uid=f"course-{row.session_id}-{place}",
            title=_titled(row),
            weekday=slot.weekday,
            start=hours[0],
            end=hours[1],
            first=first,
            last=last,
            changed_at=max(row.course_updated_at, row.enrolled_at),
            free_days=free_days,
            sequence=row.version - 1,
            place=_place(row.mode, row),
            about=tuple(
                filter(
                    None,
                    (_held(row.mode), _("공휴일은 뺐어요. 쉬는 날은 과정 안내가 먼저예요.")),
                )
            ),
            href=f"{site}/youth/courses/{row.course_id}",
        )


def _place(mode: CourseMode, row: coming_up.LessonRow) -> str:
    return "" if mode is CourseMode.ONLINE else row.place


def _held(mode: CourseMode) -> str:
    return _("온라인 수업") if mode is CourseMode.ONLINE else ""


def _events(session: Session, ids: Sequence[int], site: str) -> Iterator[Lesson]:
    """Events the person has a seat at: a lesson of one day."""
    for signed, event in events.going_to(session, ids):
        hours = _hours(Slot(event.held_on.isoweekday(), event.starts, event.ends))
        if hours is None:
            continue
        title = in_language(event.title_ko, event.title_en)
        yield Lesson(
            uid=f"event-{event.id}",
            title=_("%(title)s (데모)") % {"title": title} if event.is_demo else title,
            weekday=event.held_on.isoweekday(),
            start=hours[0],
            end=hours[1],
            first=event.held_on,
            last=event.held_on,
            changed_at=max(event.updated_at, signed.updated_at),
            sequence=event.version - 1,
            place=event.place,
            href=f"{site}/events/{event.id}",
        )


def _hours(slot: Slot) -> tuple[time, time] | None:
    """None for a stored slot that is no slot: a calendar must not fail for one bad line."""
    try:
        start, end = time.fromisoformat(slot.start), time.fromisoformat(slot.end)
    except ValueError:
        return None
    if start.tzinfo or end.tzinfo:  # hours are Jeju's; what another zone meant, nobody knows
        return None
    return (start, end) if start < end and 1 <= slot.weekday <= 7 else None


def _titled(row: coming_up.DeadlineRow | coming_up.LessonRow) -> str:
    title = in_language(row.title_ko, row.title_en)
    return _("%(title)s (데모)") % {"title": title} if row.is_demo else title
