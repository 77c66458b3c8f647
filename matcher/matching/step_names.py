"""What the steps of an accepted plan are called in a list of days."""

from collections.abc import Iterable

from sqlmodel import Session

from matcher.catalogue.certifications import load_programme
from matcher.catalogue.skills import load_taxonomy
from matcher.i18n import current_language, in_language
from matcher.i18n import gettext as _
from matcher.store import coming_up
from models.plan import StepKind

Step = tuple[str, str]
"""(kind, ref) as stored: exam code, course session id, microcredential slug, or `skill:level`."""


def step_names(session: Session, steps: Iterable[Step]) -> dict[Step, str]:
    wanted = set(steps)
    runs = [int(ref) for kind, ref in wanted if kind == StepKind.COURSE and ref.isdecimal()]
    courses = {
        str(number): in_language(ko, en)
        for number, (ko, en, _course) in coming_up.session_titles(session, runs).items()
    }
    return {(kind, ref): _name(kind, ref, courses) for kind, ref in wanted}


def certification_of(exam_code: str) -> str | None:
    """The certification an exam code belongs to; None for a code no longer on record."""
    exam = load_programme().known_exam(exam_code)
    return None if exam is None else exam.certification_id


def _name(kind: str, ref: str, courses: dict[str, str]) -> str:
    if kind == StepKind.EXAM:
        return _("%(exam)s 시험 보기") % {"exam": ref}
    if kind == StepKind.COURSE:
        return _("과정 ‘%(title)s’ 마치기") % {"title": courses.get(ref, ref)}
    if kind == StepKind.MICROCREDENTIAL:
        return _("%(name)s 따기") % {"name": microcredential_name(ref)}
    texts = {
        StepKind.PROJECT: _("%(skill)s 프로젝트로 보이기"),
        StepKind.STUDY: _("%(skill)s 공부 마치기"),
    }
    return texts[StepKind(kind)] % {"skill": _skill(ref)}


def microcredential_name(slug: str) -> str:
    known = {each.slug: each.name_en for each in load_programme().microcredentials}
    return known.get(slug) or slug


def _skill(ref: str) -> str:
    """`python:3` as "Python 수준 3"; an exam code, which study may be for, as it is."""
    slug, _colon, level = ref.partition(":")
    skill = load_taxonomy().get(slug)
    name = skill.name(current_language()) if skill else slug
    return _("%(skill)s 수준 %(level)s") % {"skill": name, "level": level} if level else name
