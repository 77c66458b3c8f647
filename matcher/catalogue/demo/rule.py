"""The hidden rule by which the made-up people decide, so that a learner has something to find.

A partner values, of a candidate's RECORDS on the day: the share of must requirements met (each
graded, level over level), the share of nice ones, certificates asked for and active, how well the
skills are verified, and completed courses. A missing licence refuses. A youth values an opening's
sector, region, kind of employment and pay against the own wishes, and how much of it they can do.
A youth values a course that fits the wished sectors, raises what is weak, costs little and fits
the week. All are logistic with noise on top. Names, sex, age and school are not even at hand here.
"""

from dataclasses import dataclass
from datetime import date
from math import exp
from random import Random

from matcher.catalogue.demo.life import Life
from matcher.catalogue.demo.shape import Course, CourseSkill, Opening, Requirement, Session, Youth

MODEL_OF_THE_TIME = "demo-hand-1"
"""What ordered the lists that the history shows: a plain hand-made score."""

NOISE = 0.6
_FULL_SCORE = 5.0


@dataclass(frozen=True, slots=True)
class Fit:
    """Shares 0..1; `lacking` names the first kind of requirement that is not met."""

    must: float
    nice: float
    certificates: float
    verified: float
    has_licences: bool
    is_excluded: bool
    lacking: str | None


def fit(life: Life, asks: tuple[Requirement, ...], day: date) -> Fit:
    must: list[float] = []
    nice: list[float] = []
    verified: list[float] = []
    certificates: list[float] = []
    lacking: str | None = None
    has_licences, is_excluded = True, False
    for ask in asks:
        if ask.subject == "licence":
            acquired = life.licences.get(ask.ref)
            has_licences &= acquired is not None and acquired <= day
        elif ask.subject == "certification":
            is_held = life.holds(ask.ref, day)
            if ask.kind == "exclude":
                is_excluded |= is_held
                continue
            certificates.append(float(is_held))
            if ask.kind == "must" and not is_held:
                lacking = "lacks_certificate"
        else:
            rating = life.rating_on(ask.ref, day)
            level = rating.level if rating else 0
            share = min(1.0, level / (ask.level or 1))
            (must if ask.kind == "must" else nice).append(share)
            verified.append((rating.verification - 1) / 3 if rating else 0.0)
            if ask.kind == "must" and share < 1 and lacking is None:
                lacking = "lacks_skill"
    return Fit(
        must=_mean(must),
        nice=_mean(nice),
        certificates=_mean(certificates),
        verified=_mean(verified),
        has_licences=has_licences,
        is_excluded=is_excluded,
        lacking=lacking if has_licences else "lacks_licence",
    )


def worth(found: Fit, life: Life, day: date) -> float:
    """A partner's view of a candidate; 0 is an even chance to be invited."""
    courses = sum(ended <= day for ended in life.completed.values())
    return (
        -1.9
        + 3.2 * found.must
        + 0.9 * found.nice
        + 1.1 * found.certificates
        + 0.9 * found.verified
        + 0.25 * min(3, courses)
    )


def appeal(found: Fit, life: Life, opening: Opening) -> float:
    """A youth's view of an opening; 0 is an even chance to look closer."""
    return (
        -2.8
        + 1.1 * (opening.sector in life.sectors)
        + 0.6 * (opening.region in life.regions)
        + 0.5 * (opening.employment_type in life.employment)
        + 0.04 * (opening.pay_min_krw / 1_000_000 - 32)
        + 2.4 * found.must
    )


@dataclass(frozen=True, slots=True)
class CourseFit:
    """Shares 0..1: `gap` of what is taught is held too low, and could be reached from there."""

    sector: float
    gap: float
    fee: float
    hours: float
    soon: float


def course_fit(
    life: Life,
    youth: Youth,
    course: Course,
    session: Session,
    gained: tuple[CourseSkill, ...],
    day: date,
) -> CourseFit:
    levels = [(life.level_on(each.skill, day), each) for each in gained]
    hours = youth.weekly_hours or 0
    return CourseFit(
        sector=1.0 if course.sector in life.sectors else 0.5 if course.sector is None else 0.0,
        gap=_mean([float(each.from_level - 1 <= level < each.level) for level, each in levels]),
        fee=1.0 if course.fee_krw <= (youth.budget_krw or 0) else 0.0,
        hours=min(1.0, hours / max(1, session.weekly_hours)),
        soon=max(0.0, 1.0 - max(0, (session.starts_on - day).days) / 75),
    )


def course_appeal(found: CourseFit) -> float:
    """A youth's view of a course; 0 is an even chance to look closer."""
    return -5.6 + 1.6 * found.sector + 1.4 * found.gap + 0.6 * found.fee + 0.7 * found.hours


def course_score(found: CourseFit) -> float:
    """0..5, as the lists of the time showed it."""
    share = 0.4 * found.soon + 0.3 * found.gap + 0.3 * found.sector
    return round(_FULL_SCORE * share, 2)


def shown_score(found: Fit, life: Life, opening: Opening) -> float:
    """0..5, as the lists of the time showed it."""
    share = 0.7 * found.must + 0.15 * found.nice + 0.15 * (opening.sector in life.sectors)
    return round(_FULL_SCORE * share, 2)


def says_yes(random: Random, value: float) -> bool:
    return random.random() < 1 / (1 + exp(-(value + random.gauss(0, NOISE))))


def refusal_reason(random: Random, found: Fit, life: Life, opening: Opening) -> str:
    if found.lacking is not None and (found.lacking == "lacks_licence" or random.random() < 0.8):
        return found.lacking
    if life.regions and opening.region not in life.regions and random.random() < 0.5:
        return "not_mobile"
    return random.choice(("other", "position_filled", "not_eligible", "other"))


def _mean(values: list[float]) -> float:
    return sum(values) / len(values) if values else 0.0
