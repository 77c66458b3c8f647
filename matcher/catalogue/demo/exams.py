"""Certification attempts under the rules of the programme in force on each day."""

from collections.abc import Iterator
from dataclasses import dataclass, replace
from datetime import date, timedelta
from math import exp
from random import Random

from matcher.catalogue.certification import ExamVersion
from matcher.catalogue.certifications import load_programme
from matcher.catalogue.demo.days import ago, ahead, office, waking
from matcher.catalogue.demo.files import course_sheets
from matcher.catalogue.demo.life import Life
from matcher.catalogue.demo.shape import Attempt, SkillRating
from matcher.catalogue.demo.standing import HANEUL
from matcher.catalogue.programme import Programme
from matcher.catalogue.roles import load_roles

MOST_TRIES = 3
RESULT_DAYS = 5

_HARD = {
    "foundational": 1.3,
    "business": 1.0,
    "associate": 0.4,
    "professional": -0.6,
    "specialty": -0.5,
}
_PROVES = {
    "CLF": ("cloud-computing", 2), "AIF": ("artificial-intelligence", 2),
    "SAA": ("cloud-architecture", 3), "DVA": ("serverless", 3), "SOA": ("cloud-operations", 3),
    "DEA": ("data-engineering", 3), "MLA": ("machine-learning", 3),
    "SAP": ("cloud-architecture", 4), "DOP": ("devops", 4), "SCS": ("cloud-security", 4),
    "ANS": ("aws-networking", 4),
}  # fmt: skip


@dataclass(frozen=True, slots=True)
class _Plan:
    """One way through the programme: the certifications in order, and the first exam day."""

    path: tuple[str, ...]
    first_on: date


def write_attempts(
    random: Random, today: date, lives: tuple[Life, ...], coordinators: dict[str, int]
) -> None:
    """Fill `attempts` of every life, and the ratings that a pass proves."""
    for life in lives:
        attempts = list(_attempts(random, today, life, coordinators))
        life.attempts = _with_expiries(load_programme(), attempts)
        for attempt in life.attempts:
            _prove(life, attempt)


def _attempts(
    random: Random, today: date, life: Life, coordinators: dict[str, int]
) -> Iterator[Attempt]:
    if life.number == HANEUL:
        yield from _haneul(today, random)
        return
    if not life.ratings or random.random() > 0.66:
        return
    plan = _plan(random, today, life)
    day, vouchers, before = plan.first_on, 0, ""
    for certification in plan.path:
        if certification == before:
            day = max(day, _repeat_day(random, today, day))
        state = ""
        for attempt in _tries(random, today, life, certification, day, vouchers > 0):
            yield _verified(random, life, attempt, coordinators)
            day = attempt.exam_on or today
            vouchers += (attempt.state == "passed") - attempt.is_discounted
            state = attempt.state
        if state not in ("passed", ""):
            return
        day += timedelta(days=random.randint(55, 160))
        before = certification


def _repeat_day(random: Random, today: date, passed_near: date) -> date:
    """Lately, and past the years in which the same exam is closed after a pass."""
    closed_until = years_later(passed_near, load_programme().no_repeat_years)
    return max(closed_until, ago(today, random.randint(5, 160)))


def _plan(random: Random, today: date, life: Life) -> _Plan:
    role = next(role for role in load_roles() if role.slug == life.role)
    wanted = [need.certification for need in role.requirements if need.certification]
    path = ["CLF"] if random.random() < 0.8 else []
    path += [each for each in random.sample(wanted, len(wanted)) if each != "CLF"]
    path += random.choice(([], ["AIF"], ["SAA"], ["SAA", "SAP"], ["SAA", "DVA"], ["SAA", "SOA"]))
    path = list(dict.fromkeys(path)) or ["CLF"]
    if random.random() < 0.12:
        # Somebody who passed long ago: the certificate has run out, is about to, or was renewed.
        over = random.choice((random.randint(5, 60), random.randint(-170, -5)))
        first = ago(today, 3 * 365 + over)
        is_renewing = random.random() < 0.5
        return _Plan(("CLF", "CLF") if is_renewing else ("CLF",), first)
    return _Plan(tuple(path), life.joined_on + timedelta(days=random.randint(25, 200)))


def _tries(
    random: Random, today: date, life: Life, certification: str, day: date, has_voucher: bool
) -> Iterator[Attempt]:
    """Up to three sittings; after a fail at least the retake wait."""
    programme = load_programme()
    for number in range(MOST_TRIES):
        found = _version(programme, certification, day)
        if found is None:
            return
        exam, language = found
        attempt = _sit(random, today, life, exam, language, day)
        is_half = has_voucher and number == 0 and attempt.state != "planned"
        yield replace(attempt, is_discounted=is_half)
        if attempt.state != "failed":
            return
        day += timedelta(days=programme.retake_wait_days + random.randint(3, 45))


def _version(programme: Programme, certification: str, day: date) -> tuple[ExamVersion, str] | None:
    """The standard exam of that day, in Korean where it is offered; betas are left alone."""
    for language in ("ko", "en"):
        exam = programme.exam_for(certification, day, language)
        phase = exam.phase_on(day) if exam else None
        if exam and phase and phase.name == "standard":
            return exam, language
    return None


def _sit(
    random: Random, today: date, life: Life, exam: ExamVersion, language: str, day: date
) -> Attempt:
    planned = day - timedelta(days=random.randint(20, 60))
    made = office(min(max(planned, life.joined_on), ago(today, 1)), random)
    attempt = Attempt(
        youth=life.number,
        certification=exam.certification_id,
        exam_code=exam.code,
        language=language,
        state="planned",
        planned_on=day,
        exam_on=None,
        result_on=None,
        expires_on=None,
        verification=1,
        verified_by=None,
        proof_url="",
        is_discounted=False,
        created_at=made,
        updated_at=made,
    )
    if day >= today:
        is_booked = day <= ahead(today, 75) and random.random() < 0.75
        return replace(attempt, state="scheduled", exam_on=day) if is_booked else attempt
    result = day + timedelta(days=random.randint(1, RESULT_DAYS))
    if result >= today:
        return replace(attempt, state="result_pending", exam_on=day)
    state = "passed" if random.random() < _chance(life, exam, day) else "failed"
    told = office(max(result, made.date()), random) if result > life.joined_on else made
    return replace(attempt, state=state, exam_on=day, result_on=result, updated_at=max(made, told))


def _chance(life: Life, exam: ExamVersion, day: date) -> float:
    """Who finished a course made for the exam passes more often."""
    level = load_programme().certification(exam.certification_id).level_slug
    prepared = any(
        ended <= day and course_sheets()[course - 1]["linked"] == exam.certification_id
        for course, ended in life.completed.items()
    )
    return 1 / (1 + exp(-(_HARD[level] + 0.8 * life.talent + 0.8 * prepared)))


def _verified(
    random: Random, life: Life, attempt: Attempt, coordinators: dict[str, int]
) -> Attempt:
    if attempt.state != "passed" or random.random() < 0.25:
        return attempt
    if life.organisation and random.random() < 0.4:
        return replace(attempt, verification=2, verified_by=coordinators[life.organisation])
    url = f"https://example.com/badges/{attempt.certification.lower()}-{life.number:03d}"
    return replace(attempt, verification=3, proof_url=url)


def _with_expiries(programme: Programme, attempts: list[Attempt]) -> list[Attempt]:
    """Passes replayed in order: each renews what the edges say while that is still valid."""
    held: dict[str, date] = {}
    for attempt in attempts:
        if attempt.state != "passed" or attempt.exam_on is None:
            continue
        until = years_later(attempt.exam_on, programme.validity_years)
        for other in programme.renews(attempt.certification):
            if other in held and attempt.exam_on <= held[other] < until:
                held[other] = until
        held[attempt.certification] = max(until, held.get(attempt.certification, until))
    return [
        replace(each, expires_on=held[each.certification]) if each.state == "passed" else each
        for each in attempts
    ]


def years_later(day: date, years: int) -> date:
    """29 February becomes 28 February."""
    try:
        return day.replace(year=day.year + years)
    except ValueError:
        return day.replace(year=day.year + years, day=28)


def _prove(life: Life, attempt: Attempt) -> None:
    """A pass that somebody checked is a test of the skill it is about."""
    if attempt.state != "passed" or attempt.result_on is None or attempt.verification < 3:
        return
    if attempt.certification not in _PROVES:
        return
    skill, level = _PROVES[attempt.certification]
    life.rate(
        SkillRating(
            life.number, skill, level, "test", 3, "certificate", f"AWS {attempt.certification}",
            attempt.result_on, None, attempt.updated_at,
        )
    )  # fmt: skip


def _haneul(today: date, random: Random) -> Iterator[Attempt]:
    """CLF passed a year and a half ago; SAA booked eight weeks from today, at half price."""
    programme = load_programme()
    for certification, day in (("CLF", ago(today, 525)), ("SAA", ahead(today, 56))):
        found = _version(programme, certification, day)
        assert found is not None, certification
        exam, language = found
        is_past = day < today
        made = waking(ago(today, 560 if is_past else 14), random)
        yield Attempt(
            youth=HANEUL,
            certification=certification,
            exam_code=exam.code,
            language=language,
            state="passed" if is_past else "scheduled",
            planned_on=day,
            exam_on=day,
            result_on=day + timedelta(days=1) if is_past else None,
            expires_on=None,
            verification=3 if is_past else 1,
            verified_by=None,
            proof_url="https://example.com/badges/clf-001" if is_past else "",
            is_discounted=not is_past,
            created_at=made,
            updated_at=waking(day + timedelta(days=1), random) if is_past else made,
        )
