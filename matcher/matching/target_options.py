"""Targets a path can lead to that nobody posted: roles and certificates."""

from datetime import date

from matcher.catalogue.certifications import load_programme
from matcher.catalogue.roles import load_roles
from matcher.i18n import current_language, in_language

Option = tuple[str, str]
"""(`opening:12`, `role:...` or `certification:SAA`; the words for it)."""


def role_options() -> tuple[Option, ...]:
    return tuple((f"role:{role.slug}", role.name(current_language())) for role in load_roles())


def certification_options(today: date) -> tuple[Option, ...]:
    """Those with an exam that can be sat."""
    names = {
        each.certification.id: in_language(each.certification.name_ko, each.certification.name_en)
        for each in load_programme().sittable(today)
    }
    return tuple((f"certification:{code}", f"{code} {name}") for code, name in names.items())
