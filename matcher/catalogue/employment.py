"""Vocabularies of openings and certificates."""

from dataclasses import dataclass
from functools import cache

from matcher.catalogue.origin import read
from matcher.catalogue.terms import Term, terms


@dataclass(frozen=True, slots=True)
class EmploymentVocabulary:
    """`technical_grades` are the grades of the national technical certificate kind."""

    employment_types: tuple[Term, ...]
    experience_kinds: tuple[Term, ...]
    pay_kinds: tuple[Term, ...]
    certificate_kinds: tuple[Term, ...]
    technical_grades: tuple[Term, ...]


@cache
def employment_vocabulary() -> EmploymentVocabulary:
    data = read("employment.json")
    return EmploymentVocabulary(
        employment_types=terms(data["employment_types"]),
        experience_kinds=terms(data["experience_kinds"]),
        pay_kinds=terms(data["pay_kinds"]),
        certificate_kinds=terms(data["certificate_kinds"]),
        technical_grades=terms(data["technical_grades"]),
    )
