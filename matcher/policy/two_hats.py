"""Whoever works for a desk and for a partner speaks for nobody to oneself."""

from collections.abc import Iterable
from dataclasses import dataclass

from models.account import Role
from models.youth import Affiliation

DESKS = (Role.COORDINATOR, Role.CENTRE)


@dataclass(frozen=True)
class Hat:
    """What one of a person's accounts works as."""

    role: Role
    organisation_id: int | None


@dataclass(frozen=True)
class Subject:
    """The young person spoken about; `partners` are the ones with a tie to the person."""

    affiliation: Affiliation
    university_id: int | None
    partners: frozenset[int] = frozenset()


def partners_of(hats: Iterable[Hat]) -> frozenset[int]:
    return frozenset(
        each.organisation_id
        for each in hats
        if each.role is Role.PARTNER and each.organisation_id is not None
    )


def stands_on_both_sides(role: Role, others: Iterable[Hat], subject: Subject) -> bool:
    """Whether somebody acting in `role` has another account at the other side of the person: a
    desk's at a partner with a tie to the person, a partner's at the desk that answers for them."""
    if role in DESKS:
        return bool(partners_of(others) & subject.partners)
    if role is Role.PARTNER:
        return any(_answers_for(each, subject) for each in others)
    return False


def _answers_for(hat: Hat, subject: Subject) -> bool:
    is_student = subject.affiliation is Affiliation.RISE_UNIVERSITY
    if hat.role is Role.COORDINATOR:
        return is_student and hat.organisation_id == subject.university_id
    return hat.role is Role.CENTRE and not is_student
