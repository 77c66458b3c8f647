"""What a person could do next for one opening."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date

from sqlmodel import Session

from matcher.catalogue.certifications import load_programme
from matcher.i18n import format_date, format_krw, format_usd, josa
from matcher.i18n import gettext as _
from matcher.matching.own_records import Deed, Finished, Passed, Reached
from matcher.matching.reasons import short_name, spoken
from matcher.matching.standing import Standing
from matcher.policy import profiles
from matcher.ranking.explain import Names
from matcher.ranking.requirements import Checklist, Line
from matcher.ranking.sessions import best_session
from matcher.ranking.types import CERTIFICATION, SKILL, Course
from matcher.store import youths
from models.certification import AttemptState, CertificationRecord
from models.skill import Rater, SkillRecord

MOST_COURSES = 4
AHEAD = (AttemptState.PLANNED, AttemptState.SCHEDULED, AttemptState.RESULT_PENDING)


@dataclass(frozen=True)
class Action:
    """`kind` cert, skill or course; `value` is what the form sends, such as `docker:2`."""

    kind: str
    value: str
    label: str
    cost: str
    deed: Deed

    @property
    def key(self) -> tuple[str, str]:
        return (self.kind, self.value)


@dataclass(frozen=True)
class Known:
    """What the actions are made from, read once a request."""

    names: Names
    attempts: Sequence[CertificationRecord]
    skills: Mapping[str, SkillRecord]
    courses: Sequence[Course]
    course_titles: Mapping[int, str]
    today: date


def known(
    session: Session,
    youth_id: int,
    names: Names,
    courses: Sequence[Course],
    titles: Mapping[int, str],
    today: date,
) -> Known:
    return Known(
        names,
        youths.certification_records(session, youth_id),
        profiles.counting(youths.skill_records(session, youth_id)),
        courses,
        titles,
        today,
    )


def actions_for(standing: Standing, checklist: Checklist, about: Known) -> tuple[Action, ...]:
    """Certificates asked for or in sight, skills that are short, courses that bring those."""
    asked = [line for line in checklist.lines if line.kind in ("must", "nice")]
    missing = [line for line in asked if line.met != "met"]
    wanted = [line.key.removeprefix(CERTIFICATION) for line in missing if _is_cert(line)]
    in_sight = [row.certification for row in about.attempts if row.state in AHEAD]
    certificates = [_certificate(name, about) for name in dict.fromkeys([*wanted, *in_sight])]
    short = [line for line in missing if line.key.startswith(SKILL)]
    skills = [_skill(line, about) for line in short]
    return (*certificates, *skills, *_courses(standing, short, about))


def _is_cert(line: Line) -> bool:
    return line.key.startswith(CERTIFICATION)


def _certificate(name: str, about: Known) -> Action:
    key = CERTIFICATION + name
    label = _("%(name)s에 합격해요") % {"name": short_name(key, about.names)}
    deed = Passed(name, None, about.today)
    return Action("cert", name, label, _exam_cost(name, about), deed)


def _exam_cost(name: str, about: Known) -> str:
    row = next((each for each in about.attempts if each.certification == name), None)
    ahead = row is not None and row.state in AHEAD
    day = (row.exam_on or row.planned_on) if row is not None and ahead else None
    parts = [_("%(day)s 시험") % {"day": format_date(day, "short")}] if day else []
    exam = load_programme().exam_for(name, day or about.today)
    terms = exam.terms_on(day or about.today) if exam is not None else None
    if terms is not None and terms.price_usd:
        half = row is not None and ahead and row.is_discounted
        parts.append(format_usd(terms.price_usd / 2 if half else terms.price_usd))
    return " · ".join(parts)


def _skill(line: Line, about: Known) -> Action:
    slug, need = line.key.removeprefix(SKILL), line.level or 1
    label = _("%(name)s %(n)s수준까지 올려요") % {
        "name": josa(spoken(line.key, about.names), "을/를"),
        "n": need,
    }
    held = about.skills.get(slug)
    if held is not None and held.rater is not Rater.SELF:
        cost = _("다른 사람이 확인한 수준이 먼저예요. 다시 확인받으면 올라요.")
    else:
        cost = _("스스로 적은 것으로 세요. 확인을 받으면 더 올라요.")
    return Action("skill", f"{slug}:{need}", label, cost, Reached(slug, need))


def _courses(standing: Standing, short: Sequence[Line], about: Known) -> list[Action]:
    """Courses with an open session that raise a skill this opening misses."""
    wanted = {line.key.removeprefix(SKILL) for line in short}
    useful = []
    for course in about.courses:
        then = standing.then([Finished(course)]).skills
        rises = [
            slug
            for slug in sorted(wanted & course.gained.keys())
            if slug in then and then[slug].level > _held(standing, slug)
        ]
        session = best_session(standing.seeker, course, about.today)
        if rises and session is not None:
            useful.append((-len(rises), session.starts_on, course.id, course))
    useful.sort(key=lambda each: each[:3])
    return [_course(standing, each[3], about) for each in useful[:MOST_COURSES]]


def _held(standing: Standing, slug: str) -> int:
    held = standing.seeker.skills.get(slug)
    return held.level if held is not None else 0


def _course(standing: Standing, course: Course, about: Known) -> Action:
    session = best_session(standing.seeker, course, about.today)
    assert session is not None
    fee = format_krw(session.fee_krw) if session.fee_krw else _("무료")
    starts = _("%(day)s 시작") % {"day": format_date(session.starts_on, "short")}
    label = _("%(title)s 과정을 마쳐요") % {"title": about.course_titles.get(course.id, "")}
    return Action("course", str(course.id), label, f"{starts} · {fee}", Finished(course))
