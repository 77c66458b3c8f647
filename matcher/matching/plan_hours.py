"""How many hours a step takes this person: within the published range, by what is known already."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from matcher.catalogue.certifications import load_programme
from matcher.catalogue.keyword_skills import load_keyword_skills
from matcher.catalogue.study_hours import Range, load_study_hours
from matcher.planning.readiness import Score, recent
from matcher.ranking.types import Seeker


@dataclass(frozen=True, slots=True)
class Hours:
    """`planned` lies between the two ends of the estimate."""

    low: float
    planned: float
    high: float

    def less(self, done: float, least: float) -> "Hours":
        """After `done` hours of study; `least` stays whatever was done."""
        return Hours(*(max(least, each - done) for each in (self.low, self.planned, self.high)))


def rung_hours(level: int) -> Hours:
    """From the level below; the middle of the range, because nothing says where a person stands."""
    return _middle(load_study_hours().rungs[level])


def microcredential_hours(minutes: int) -> Hours:
    estimate = _middle(load_study_hours().microcredential)
    test = minutes / 60
    return Hours(estimate.low + test, estimate.planned + test, estimate.high + test)


def exam_hours(
    certification: str, seeker: Seeker, studied: float = 0.0, practised: float = 0.0
) -> Hours | None:
    """The high end for who knows nothing of the exam's topics, the low end for who knows them all
    or whose practice tests reach the passing line (`practised` 0..1 of it).

    `studied` hours on record are taken off. None where nobody estimated the exam.
    """
    estimate = load_programme().certification(certification).planning_hours
    if estimate is None:
        return None
    low, high = (float(each) for each in estimate)
    planned = high - (high - low) * max(familiar(certification, seeker), practised)
    least = low * load_study_hours().least_share
    return Hours(low, round(planned * 4) / 4, high).less(studied, least)


def practised(certification: str, scores: Sequence[Score]) -> float:
    """0..1: how near the newest practice tests come to the passing line. `scores` newest first."""
    exams = load_programme().certification(certification).exams
    line = exams[-1].standard_terms.passing_score
    percent = recent(scores)
    return 0.0 if percent is None or not line else min(1.0, percent * 10 / line)


def beside_course(hours: Hours, course_hours: float) -> Hours:
    """What is left to study for an exam when a course leads to it."""
    share = load_study_hours().course_share
    return Hours(
        *(
            max(each - course_hours, each * (1.0 - share))
            for each in (hours.low, hours.planned, hours.high)
        )
    )


def familiar(certification: str, seeker: Seeker) -> float:
    """0..1: what part of the exam's domains, by their weight, the person's skills cover."""
    domains = load_programme().certification(certification).domains
    covers = load_keyword_skills().exam_domain
    whole = sum(each.weight_pct for each in domains if each.keywords)
    if not whole:
        return 0.0
    known = sum(
        each.weight_pct * _known(each.keywords, covers, seeker) for each in domains if each.keywords
    )
    return known / whole


def _known(
    keywords: tuple[str, ...], covers: Mapping[str, tuple[str, ...]], seeker: Seeker
) -> float:
    level = load_study_hours().known_from_level
    held = {slug for slug, proof in seeker.skills.items() if proof.level >= level}
    return sum(any(slug in held for slug in covers.get(each, ())) for each in keywords) / len(
        keywords
    )


def _middle(estimate: Range) -> Hours:
    return Hours(estimate.low, estimate.middle, estimate.high)
