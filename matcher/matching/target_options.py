"""Targets a path can lead to beside openings: roles, certificates and promised interviews."""

from datetime import date

from sqlmodel import Session

from matcher.catalogue.certifications import load_programme
from matcher.catalogue.roles import load_roles
from matcher.i18n import current_language, in_language
from matcher.matching.promise_terms import what
from matcher.store import promises
from models.promise import TakingState

Option = tuple[str, str]
"""(`opening:12`, `role:...`, `certification:SAA` or `promise:3`; the words for it)."""


def role_options() -> tuple[Option, ...]:
    return tuple((f"role:{role.slug}", role.name(current_language())) for role in load_roles())


def certification_options(today: date) -> tuple[Option, ...]:
    """Those with an exam that can be sat."""
    names = {
        each.certification.id: in_language(each.certification.name_ko, each.certification.name_en)
        for each in load_programme().sittable(today)
    }
    return tuple((f"certification:{code}", f"{code} {name}") for code, name in names.items())


def promise_options(session: Session, youth_id: int) -> tuple[Option, ...]:
    """Those the person took up and has not claimed."""
    return tuple(
        (
            f"promise:{row.promise.id}",
            f"{what(row.promise.subject, row.promise.ref, row.promise.level)} · "
            f"{in_language(row.organisation.name_ko, row.organisation.name_en)}",
        )
        for row in promises.takings_of_youth(session, youth_id)
        if row.taking.state is TakingState.TAKEN
    )
