"""Choices of select boxes and groups in the reader's language: (value, text) pairs."""

from collections.abc import Iterable

from matcher.catalogue.employment import employment_vocabulary
from matcher.catalogue.regions import regions
from matcher.catalogue.sectors import sectors
from matcher.catalogue.terms import Term
from matcher.i18n import gettext as _
from matcher.i18n import in_language
from models.certification import AttemptState
from models.skill import EvidenceKind
from models.youth import Affiliation, YouthStatus

Choices = list[tuple[str, str]]


def named(term: Term) -> str:
    return in_language(term.name_ko, term.name_en)


def of_terms(found: Iterable[Term]) -> Choices:
    return [(term.slug, named(term)) for term in found]


def sector_choices() -> Choices:
    return of_terms(sectors())


def region_choices() -> Choices:
    return of_terms(regions())


def employment_choices() -> Choices:
    return of_terms(employment_vocabulary().employment_types)


def affiliation_choices() -> Choices:
    return [
        (Affiliation.RISE_UNIVERSITY, _("제주 RISE 대학")),
        (Affiliation.OTHER_SCHOOL, _("다른 학교")),
        (Affiliation.IN_WORK, _("일하고 있어요")),
        (Affiliation.NONE, _("소속이 없어요")),
    ]


def status_choices() -> Choices:
    return [
        (YouthStatus.ENROLLED, _("재학")),
        (YouthStatus.ON_LEAVE, _("휴학")),
        (YouthStatus.EXPECTED_GRADUATE, _("졸업예정")),
        (YouthStatus.GRADUATED, _("졸업")),
        (YouthStatus.SEEKING, _("구직")),
        (YouthStatus.WORKING, _("재직")),
    ]


def evidence_choices() -> Choices:
    return [
        (EvidenceKind.COURSE, _("과정")),
        (EvidenceKind.CERTIFICATE, _("자격증")),
        (EvidenceKind.PROJECT, _("프로젝트")),
        (EvidenceKind.LINK, _("링크")),
        (EvidenceKind.NOTE, _("설명")),
    ]


def attempt_choices() -> Choices:
    return [
        (AttemptState.PLANNED, _("계획했어요")),
        (AttemptState.SCHEDULED, _("시험을 잡았어요")),
        (AttemptState.RESULT_PENDING, _("결과를 기다려요")),
        (AttemptState.PASSED, _("합격했어요")),
        (AttemptState.FAILED, _("이번에는 안 됐어요")),
    ]


def step_words() -> dict[str, str]:
    """What an attempt can become, as its buttons say it."""
    return dict(attempt_choices()) | {"cancelled": standing_words()["cancelled"]}


def standing_words() -> dict[str, str]:
    """Every state a certificate can show."""
    return {
        "planned": _("계획"),
        "scheduled": _("시험 잡음"),
        "result_pending": _("결과 기다림"),
        "failed": _("불합격"),
        "cancelled": _("그만둠"),
        "active": _("유효"),
        "expiring": _("곧 끝남"),
        "expired": _("끝남"),
    }


def language_choices() -> Choices:
    return [("ko", _("한국어")), ("en", _("영어")), ("ja", _("일본어")), ("zh-Hans", _("중국어"))]
