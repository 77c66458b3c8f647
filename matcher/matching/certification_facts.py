"""The certification programme in force, as the plain values of the rules engine."""

from datetime import date
from functools import cache

from matcher.catalogue.certification import Certification, ExamVersion, LanguageOffer
from matcher.catalogue.certification import Phase as CataloguePhase
from matcher.catalogue.certifications import load_programme
from matcher.catalogue.programme import LearningProgramme, Programme
from matcher.planning.certification_rules import SOURCES, Rules
from matcher.planning.exam_facts import (
    CertificationFacts,
    Maintenance,
    Offer,
    Phase,
    ProgrammeFacts,
    Version,
)


@cache
def programme_facts() -> ProgrammeFacts:
    return facts_of(load_programme())


def facts_of(programme: Programme) -> ProgrammeFacts:
    return ProgrammeFacts(
        certifications={each.id: _certification(each) for each in programme.certifications},
        renewal_edges=tuple((edge.passed, edge.renews) for edge in programme.renewal_edges),
        maintenance=_maintenance(programme),
        proctor_languages=frozenset(
            each.code for each in programme.proctor_languages if each.hours is not None
        ),
        proctor_source=programme.rule_source("delivery"),
        benefit_percent=programme.voucher_percent,
        benefit_source=programme.rule_source("voucher_percent"),
        rules=_rules(programme),
    )


def _rules(programme: Programme) -> Rules:
    keys = {"beta_once": "beta_attempts", "too_young": "minimum_age"}
    keys |= {"guardian_consent": "guardian_consent_ages", "repeat_block": "no_repeat_years"}
    keys |= {"retake_wait": "retake_wait_days", "renewal_needs_active": "renewal_needs_active"}
    keys |= {"retired_renewal": "retired_can_be_renewed"}
    return Rules(
        validity_years=programme.validity_years,
        retake_wait_days=programme.retake_wait_days,
        no_repeat_years=programme.no_repeat_years,
        minimum_age=programme.minimum_age,
        adult_age=programme.guardian_consent_ages[1] + 1,
        sources={code: programme.rule_source(keys[code]) for code in SOURCES},
    )


def _certification(row: Certification) -> CertificationFacts:
    return CertificationFacts(
        id=row.id,
        versions=tuple(_version(exam) for exam in row.exams),
        source=row.origin.source,
        is_renewable=row.is_renewable,
        renewal_source=row.origin.source,
    )


def _version(exam: ExamVersion) -> Version:
    settled = {phase.name: _phase(phase, begin, end) for phase, begin, end in exam.windows()}
    return Version(
        code=exam.code,
        phases=tuple(settled.get(phase.name) or _unsettled(phase) for phase in exam.phases),
        offers=tuple(_offer(each) for each in exam.languages),
        source=exam.origin.source,
    )


def _phase(phase: CataloguePhase, begin: date, end: date) -> Phase:
    return Phase(
        is_beta=phase.name == "beta",
        opens_on=begin,
        closes_on=None if end == date.max else end,
        price_usd=phase.terms.price_usd,
        source=phase.last_day.origin.source,
    )


def _unsettled(phase: CataloguePhase) -> Phase:
    return Phase(
        is_beta=phase.name == "beta",
        opens_on=None,
        closes_on=None,
        price_usd=phase.terms.price_usd,
        source=phase.first_day.origin.source,
        announced=phase.first_day.announced,
    )


def _offer(row: LanguageOffer) -> Offer:
    return Offer(
        code=row.code,
        last_day=row.last_day,
        source=row.origin.source,
        in_beta=row.phases is None or "beta" in row.phases,
        in_standard=row.phases is None or "standard" in row.phases,
    )


def _maintenance(programme: Programme) -> Maintenance:
    row = programme.maintenance
    points = {
        each.id: row.associate_points if each.level == "Associate" else row.professional_points
        for each in programme.certifications
        if each.id in row.eligible
    }
    paid = _skill_builder(programme)
    return Maintenance(
        eligible=frozenset(row.eligible),
        adds_years=row.adds_years,
        window_days=row.window_days,
        source=row.origin.source,
        points=points,
        subscription_usd_month=paid.details.get("usd_per_month_from"),
        subscription_source=paid.origin.source,
    )


def _skill_builder(programme: Programme) -> LearningProgramme:
    return next(p for p in programme.learning_programmes if p.slug == "skill-builder")
