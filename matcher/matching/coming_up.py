"""What is about to end, change or fall due for people: stored rows -> facts and their words."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date, timedelta

from sqlmodel import Session

from matcher.catalogue.certification import ExamVersion
from matcher.catalogue.certifications import load_programme
from matcher.catalogue.programme import Programme
from matcher.clock import day_of
from matcher.i18n import format_date, in_language
from matcher.i18n import gettext as _
from matcher.matching.step_names import step_names
from matcher.planning.notices import Fact, Notice, Topic
from matcher.policy.plans import ACTIVE
from matcher.store import coming_up
from models.certification import AttemptState, CertificationRecord

CERTIFICATIONS = "/youth/certifications"


@dataclass(frozen=True)
class Happening:
    """A fact with what its sentence needs: `name` of the thing; `after` the exam that follows;
    `planned_on` the day an exam is planned for."""

    youth_id: int
    fact: Fact
    name: str
    href: str
    after: str = ""
    planned_on: date | None = None


@dataclass(frozen=True)
class NoticeView:
    topic: Topic
    text: str
    on: date
    days: int
    href: str


def happenings(
    session: Session, youth_ids: Sequence[int], today: date
) -> dict[int, list[Happening]]:
    """By person, in the reader's language; as many queries for many people as for one."""
    attempts = coming_up.attempts(session, youth_ids)
    found = [
        *_ends(attempts),
        *_versions(attempts, today),
        *_last_days_in_korean(attempts),
        *_vouchers(session, youth_ids),
        *_steps(session, youth_ids),
        *_openings(session, youth_ids),
        *_courses(session, youth_ids, today),
    ]
    by_person: dict[int, list[Happening]] = {}
    for each in found:
        by_person.setdefault(each.youth_id, []).append(each)
    return by_person


def notice_view(notice: Notice, about: Happening) -> NoticeView:
    words = _WORDS[notice.topic](notice, about)
    return NoticeView(notice.topic, words, notice.on, notice.days, about.href)


def _ends(attempts: Sequence[CertificationRecord]) -> Iterator[Happening]:
    newest: dict[tuple[int, str], CertificationRecord] = {}
    for row in attempts:
        if row.state is AttemptState.PASSED and row.expires_on is not None:
            newest[row.youth_id, row.certification] = row
    for (youth_id, code), row in newest.items():
        assert row.expires_on is not None
        fact = Fact(Topic.RENEWAL, f"expiry:{code}", row.expires_on, day_of(row.created_at))
        yield Happening(youth_id, fact, code, CERTIFICATIONS)


def _versions(attempts: Sequence[CertificationRecord], today: date) -> Iterator[Happening]:
    """The exam somebody plans, or would renew with, ends on a known day."""
    programme = load_programme()
    seen: set[tuple[int, str]] = set()
    for row in attempts:
        exam = _exam_ahead(programme, row, today)
        if exam is None or exam.last_day is None or (row.youth_id, exam.code) in seen:
            continue
        seen.add((row.youth_id, exam.code))
        fact = Fact(Topic.VERSION, f"version:{exam.code}", exam.last_day, day_of(row.created_at))
        after = _next_code(programme, exam)
        yield Happening(row.youth_id, fact, exam.code, CERTIFICATIONS, after=after)


def _exam_ahead(programme: Programme, row: CertificationRecord, today: date) -> ExamVersion | None:
    """The exam of an open attempt; of a certificate still held, the one that can be sat now."""
    if row.state is not AttemptState.PASSED:
        return programme.known_exam(row.exam_code)
    if row.expires_on is None or row.expires_on < today:
        return None
    return programme.exam_for(row.certification, today)


def _next_code(programme: Programme, exam: ExamVersion) -> str:
    """The version that begins after the last day of this one; empty when none is announced."""
    assert exam.last_day is not None
    following = [
        (each.first_day, each.code)
        for each in programme.certification(exam.certification_id).exams
        if each.first_day is not None and each.first_day > exam.last_day
    ]
    return min(following)[1] if following else ""


def _last_days_in_korean(attempts: Sequence[CertificationRecord]) -> Iterator[Happening]:
    programme = load_programme()
    for row in attempts:
        exam = programme.known_exam(row.exam_code)
        if row.state is AttemptState.PASSED or row.language != "ko" or exam is None:
            continue
        last = exam.last_day_in("ko")
        if last is not None:
            fact = Fact(Topic.KOREAN, f"korean:{row.id}", last, day_of(row.created_at))
            planned_on = row.exam_on or row.planned_on
            yield Happening(row.youth_id, fact, exam.code, CERTIFICATIONS, planned_on=planned_on)


def _vouchers(session: Session, youth_ids: Sequence[int]) -> Iterator[Happening]:
    for row in coming_up.vouchers(session, youth_ids):
        if row.youth_id is not None:
            given_on = day_of(row.assigned_at or row.created_at)
            fact = Fact(Topic.VOUCHER, f"voucher:{row.id}", row.expires_on, given_on)
            yield Happening(row.youth_id, fact, f"{row.percent}%", CERTIFICATIONS)


def _steps(session: Session, youth_ids: Sequence[int]) -> Iterator[Happening]:
    rows = coming_up.steps(session, youth_ids, ACTIVE)
    names = step_names(session, [(row.kind, row.ref) for row in rows])
    for row in rows:
        accepted_on = day_of(row.accepted_at)
        fact = Fact(Topic.STEP, f"step:{row.step_id}", row.ends_on, accepted_on)
        href = f"/youth/plans/{row.plan_id}"
        yield Happening(row.youth_id, fact, names[row.kind, row.ref], href)


def _openings(session: Session, youth_ids: Sequence[int]) -> Iterator[Happening]:
    for row in coming_up.saved_openings(session, youth_ids):
        saved_on = day_of(row.since)
        fact = Fact(Topic.OPENING, f"opening:{row.item_id}", row.closes_on, saved_on)
        title = in_language(row.title_ko, row.title_en)
        yield Happening(row.youth_id, fact, title, f"/youth/openings/{row.item_id}")


def _courses(session: Session, youth_ids: Sequence[int], today: date) -> Iterator[Happening]:
    """News on the day applications open, or on the day after it was saved when they were open."""
    for row in coming_up.saved_sessions(session, youth_ids):
        if row.opens_on is None or row.opens_on > today:
            continue
        known_on = max(day_of(row.since), row.opens_on - timedelta(days=1))
        fact = Fact(Topic.COURSE, f"course:{row.item_id}", row.closes_on, known_on)
        title = in_language(row.title_ko, row.title_en)
        yield Happening(row.youth_id, fact, title, f"/youth/courses/{row.parent_id}")


def _renewal_words(notice: Notice, about: Happening) -> str:
    said = {"name": about.name, "day": format_date(notice.on), "n": notice.days}
    if notice.days == 0:
        return _("%(name)s 자격이 오늘까지예요.") % said
    certification = load_programme().certification(about.name)
    window = load_programme().maintenance.window_days
    words = _("%(name)s 자격이 %(n)s일 뒤인 %(day)s에 끝나요.") % said
    if certification.can_be_maintained and notice.days <= window:
        words += " " + _("시험 없이 1년 늘리는 길도 열려 있어요.")
    return words


def _version_words(notice: Notice, about: Happening) -> str:
    said = {"exam": about.name, "day": format_date(notice.on), "after": about.after}
    if about.after:
        return _("%(exam)s 시험은 %(day)s까지예요. 그 뒤에는 %(after)s 시험을 봐요.") % said
    return _("%(exam)s 시험은 %(day)s까지만 볼 수 있어요.") % said


def _korean_words(notice: Notice, about: Happening) -> str:
    said = {"exam": about.name, "day": format_date(notice.on)}
    words = _("%(exam)s 시험을 한국어로 볼 수 있는 마지막 날은 %(day)s이에요.") % said
    if about.planned_on is not None and about.planned_on > notice.on:
        words += " " + _("계획한 날은 그보다 뒤예요.")
    return words


def _voucher_words(notice: Notice, about: Happening) -> str:
    said = {"percent": about.name, "day": format_date(notice.on)}
    return _("%(percent)s 시험 바우처는 %(day)s까지 시험을 봐야 쓸 수 있어요.") % said


def _step_words(notice: Notice, about: Happening) -> str:
    said = {"step": about.name, "day": format_date(notice.on)}
    if notice.days < 0:
        return _("%(step)s: %(day)s까지였어요. 마쳤다고 표시하거나 날짜를 옮겨 주세요.") % said
    return _("%(step)s: %(day)s까지예요.") % said


def _opening_words(notice: Notice, about: Happening) -> str:
    said = {"title": about.name, "day": format_date(notice.on)}
    return _("담아 둔 공고 ‘%(title)s’의 마감은 %(day)s이에요.") % said


def _course_words(notice: Notice, about: Happening) -> str:
    said = {"title": about.name, "day": format_date(notice.on)}
    return _("담아 둔 과정 ‘%(title)s’의 신청을 받고 있어요. %(day)s까지예요.") % said


_WORDS = {
    Topic.RENEWAL: _renewal_words,
    Topic.VERSION: _version_words,
    Topic.KOREAN: _korean_words,
    Topic.VOUCHER: _voucher_words,
    Topic.STEP: _step_words,
    Topic.OPENING: _opening_words,
    Topic.COURSE: _course_words,
}
