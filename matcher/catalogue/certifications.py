"""Loads `data/certifications.json` into one immutable Programme."""

from datetime import date
from functools import cache
from types import MappingProxyType
from typing import Any

from matcher.catalogue.certification import (
    LEVELS,
    Certification,
    Day,
    Domain,
    ExamVersion,
    Experience,
    LanguageOffer,
    Phase,
    Terms,
)
from matcher.catalogue.origin import Row, day, origin, read
from matcher.catalogue.programme import (
    LearningProgramme,
    LevelPrice,
    Maintenance,
    Microcredential,
    ProctorLanguage,
    Programme,
    RenewalEdge,
    Rule,
)


@cache
def load_programme() -> Programme:
    data = read("certifications.json")
    certifications = [_certification(row) for row in data["certifications"]]
    return Programme(
        as_of=date.fromisoformat(data["about"]["as_of"]),
        certifications=tuple(
            sorted(certifications, key=lambda c: (LEVELS.index(c.level), c.id)),
        ),
        rules=MappingProxyType({key: _rule(row) for key, row in data["rules"].items()}),
        renewal_edges=tuple(
            RenewalEdge(row["pass"], row["renews"], origin(row)) for row in data["renewal_edges"]
        ),
        maintenance=_maintenance(data["maintain"]),
        prices=tuple(LevelPrice(r["level"], r["price_usd"], origin(r)) for r in data["prices"]),
        proctor_languages=tuple(
            ProctorLanguage(r["code"], r["hours"], origin(r)) for r in data["proctor_languages"]
        ),
        microcredentials=tuple(_microcredential(row) for row in data["microcredentials"]),
        learning_programmes=tuple(_learning_programme(row) for row in data["programmes"]),
    )


def _certification(row: Row) -> Certification:
    hours = row["planning_hours"]
    return Certification(
        id=row["id"],
        name_ko=row["name_ko"],
        name_en=row["name_en"],
        former_name=row["former_name"],
        level=row["level"],
        exams=tuple(_exam(exam, row["id"]) for exam in row["exams"]),
        planning_hours=None if hours is None else (hours["low"], hours["high"]),
        experience=_experience(row["experience"]),
        page=row["page"],
        exam_guide=row["exam_guide"],
        usually_before=_ids(row, "usually_before"),
        next=_ids(row, "next"),
        replaced_by=_ids(row, "replaced_by"),
        is_renewable=row["renewable_by_own_exam"]["value"],
        can_be_maintained=row.get("maintain_plus_1y", {}).get("value", False),
        origin=origin(row),
    )


def _exam(row: Row, certification_id: str) -> ExamVersion:
    return ExamVersion(
        code=row["code"],
        certification_id=certification_id,
        phases=tuple(_phase(phase) for phase in row["phases"]),
        languages=tuple(_language(language) for language in row["languages"]),
        domains=tuple(_domain(domain) for domain in row["domains"]),
        announced_topics=tuple(row.get("announced_topics", {}).get("keywords", ())),
        registration_opens=day(_value(row, "registration_opens")),
        beta_booking_code=_value(row, "beta_booking_code"),
        early_adopter_badge_until=day(_value(row, "early_adopter_badge_until")),
        origin=origin(row),
    )


def _phase(row: Row) -> Phase:
    return Phase(
        name=row["phase"],
        first_day=_day(row["first_day"]),
        last_day=_day(row["last_day"]),
        terms=_terms(row["terms"]),
    )


def _day(row: Row) -> Day:
    return Day(value=day(row["value"]), origin=origin(row), announced=day(row.get("announced")))


def _terms(row: Row) -> Terms:
    return Terms(
        price_usd=row["price_usd"],
        minutes=row["minutes"],
        questions_total=row["questions_total"],
        questions_scored=row["questions_scored"],
        passing_score=row["passing_score"],
        origin=origin(row),
    )


def _language(row: Row) -> LanguageOffer:
    phases = row["phases"]
    return LanguageOffer(
        code=row["code"],
        phases=None if phases is None else tuple(phases),
        last_day=day(row["last_day"]),
        origin=origin(row),
    )


def _domain(row: Row) -> Domain:
    keywords = tuple(row["keywords"])
    return Domain(row["n"], row["name_en"], row["weight_pct"], keywords, origin(row))


def _experience(row: Row | None) -> Experience | None:
    if row is None:
        return None
    return Experience(
        months_min=row["months_min"],
        months_recommended=row["months_recommended"],
        text_en=row["text_en"],
        origin=origin(row),
    )


def _rule(row: Row) -> Rule:
    return Rule(row["value"], origin(row))


def _maintenance(row: Row) -> Maintenance:
    return Maintenance(
        adds_years=row["adds_years"],
        window_days=row["window_days"],
        eligible=tuple(row["eligible"]),
        associate_points=row["associate_points"],
        associate_practical_min=row["associate_practical_min"],
        professional_points=row["professional_points"],
        professional_practical_min=row["professional_practical_min"],
        needs_en=row["needs_en"],
        origin=origin(row),
    )


def _microcredential(row: Row) -> Microcredential:
    return Microcredential(
        slug=row["slug"],
        name_en=row["name_en"],
        keywords=tuple(row["keywords"]),
        related=tuple(row["related"]),
        first_day=day(row["first_day"]),
        price_usd=row["price_usd"],
        minutes=row["minutes"],
        origin=origin(row),
    )


def _learning_programme(row: Row) -> LearningProgramme:
    return LearningProgramme(
        slug=row["slug"],
        name_en=row["name_en"],
        page=row["page"],
        details=MappingProxyType(row["details"]),
        korean_note=row.get("korean_note"),
        origin=origin(row),
    )


def _ids(row: Row, key: str) -> tuple[str, ...]:
    return tuple(row.get(key, {}).get("ids", ()))


def _value(row: Row, key: str) -> Any:
    return row.get(key, {}).get("value")
