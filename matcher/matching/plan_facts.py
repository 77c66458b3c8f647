"""Everything stored that a path is made of, read once a request."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, timedelta

from sqlmodel import Session

from matcher.actor import Actor
from matcher.catalogue.public_holidays import public_holidays
from matcher.matching import course_views
from matcher.matching.course_views import CourseRows, still_ahead, titled
from matcher.matching.own_records import OwnRecords
from matcher.matching.passes import benefits_left
from matcher.matching.plan_hours import practised
from matcher.matching.subsidies import SubsidyView, subsidies_in_force
from matcher.planning.readiness import Score
from matcher.policy.timetable import Run, overlap, slots_of
from matcher.ranking.types import Course
from matcher.store import busy_periods, courses, enrolments, study, vouchers, youths
from matcher.store.courses import SessionRow
from matcher.store.enrolments import OwnRow
from models.certification import CertificationRecord
from models.course import EnrolmentState
from models.plan import BusyPeriod
from models.study import PracticeScore
from models.voucher import Voucher, VoucherState

HORIZON = 104 * 7
"""Days ahead a path may reach: two years."""


@dataclass(frozen=True)
class CourseRun:
    """A session still open for application, with a free seat, that clashes with nothing taken."""

    row: SessionRow
    course: Course
    title: str
    total_hours: int
    fee_krw: int
    run: Run


@dataclass(frozen=True)
class PlanFacts:
    """`taken`: sessions the person holds a seat in that are not over; `studied` hours by exam."""

    today: date
    records: OwnRecords
    attempts: Sequence[CertificationRecord]
    runs: tuple[CourseRun, ...]
    taken: tuple[tuple[OwnRow, Course], ...]
    busy: Sequence[BusyPeriod]
    holidays: frozenset[date]
    vouchers: tuple[Voucher, ...]
    subsidies: tuple[SubsidyView, ...]
    studied: Mapping[str, float]
    practised: Mapping[str, float]
    """How near practice tests come to the passing line, 0..1, by certification."""

    @property
    def benefits(self) -> int:
        return benefits_left(self.attempts)

    def day(self, on: date) -> int:
        """Whole days from today."""
        return (on - self.today).days

    def date(self, day: int) -> date:
        return self.today + timedelta(days=day)


def read_facts(
    session: Session, actor: Actor | None, youth_id: int, records: OwnRecords, today: date
) -> PlanFacts:
    rows = course_views.read(session, courses.published(actor))
    own = enrolments.of_youth(session, youth_id)
    taken = [
        each for each in own if each.state is EnrolmentState.ENROLLED and each.ends_on >= today
    ]
    ahead = {each.id: each for each in still_ahead(session, rows, youth_id, today)}
    status = youths.status_of(session, youth_id)
    return PlanFacts(
        today=today,
        records=records,
        attempts=youths.certification_records(session, youth_id),
        runs=tuple(_runs(rows, ahead, own, taken, today)),
        taken=tuple((each, ahead[each.course_id]) for each in taken if each.course_id in ahead),
        busy=busy_periods.of_youth(session, youth_id),
        holidays=public_holidays(today, today + timedelta(days=HORIZON)),
        vouchers=tuple(
            row
            for row, _owner in vouchers.own(session, youth_id)
            if row.state is VoucherState.ASSIGNED and row.expires_on > today
        ),
        subsidies=tuple(
            each
            for each in subsidies_in_force(session, today)
            if each.is_open and (not each.statuses or status in each.statuses)
        ),
        studied=study.hours_by_certification(session, youth_id),
        practised=_practised(study.all_scores(session, youth_id)),
    )


def _practised(rows: Iterable[PracticeScore]) -> dict[str, float]:
    by_exam: dict[str, list[Score]] = {}
    for row in rows:
        by_exam.setdefault(row.certification, []).append(
            Score(row.taken_on, row.percent, row.domain)
        )
    return {name: practised(name, scores) for name, scores in by_exam.items()}


def _runs(
    rows: CourseRows,
    ahead: Mapping[int, Course],
    own: Sequence[OwnRow],
    taken: Sequence[OwnRow],
    today: date,
) -> list[CourseRun]:
    """A waitlist is no seat: such sessions are left out, and courses taken or applied for
    already too, and sessions whose selection is over for the person."""
    held = {each.course_id for each in own if each.state in enrolments.OPEN}
    refused = {each.session_id for each in own if each.state is EnrolmentState.NOT_SELECTED}
    facts = {course.id: course for course, _ in rows.found}
    busy = [Run(each.starts_on, each.ends_on, slots_of(each.weekly_slots)) for each in taken]
    found = []
    for row in rows.sessions:
        course, stored = ahead.get(row.course_id), facts.get(row.course_id)
        if course is None or stored is None or row.course_id in held:
            continue
        if row.id in refused:
            continue
        run = Run(row.starts_on, row.ends_on, slots_of(row.weekly_slots))
        if _is_open(row, today) and not any(overlap(run, other) for other in busy):
            found.append(
                CourseRun(row, course, titled(stored), stored.total_hours, stored.fee_krw, run)
            )
    return found


def _is_open(row: SessionRow, today: date) -> bool:
    """One may still apply, or will be able to; whether a seat is left then nobody knows."""
    is_ahead = row.applications_close_on >= today and row.starts_on > today
    return is_ahead and row.taken < row.seats
