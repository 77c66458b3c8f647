"""Whoever works for a desk and for a partner speaks for nobody to oneself."""

import pytest

from matcher.policy.two_hats import Hat, Subject, stands_on_both_sides
from models.account import Role
from models.youth import Affiliation

UNIVERSITY, OTHER_UNIVERSITY, FIRM, OTHER_FIRM = 1, 2, 10, 11
STUDENT = Subject(Affiliation.RISE_UNIVERSITY, UNIVERSITY, frozenset({FIRM}))
OUTSIDER = Subject(Affiliation.IN_WORK, None, frozenset({FIRM}))


@pytest.mark.parametrize(
    ("role", "other", "subject", "barred"),
    [
        (Role.COORDINATOR, Hat(Role.PARTNER, FIRM), STUDENT, True),
        (Role.CENTRE, Hat(Role.PARTNER, FIRM), OUTSIDER, True),
        (Role.COORDINATOR, Hat(Role.PARTNER, OTHER_FIRM), STUDENT, False),
        (Role.COORDINATOR, Hat(Role.COORDINATOR, OTHER_UNIVERSITY), STUDENT, False),
        (Role.PARTNER, Hat(Role.COORDINATOR, UNIVERSITY), STUDENT, True),
        (Role.PARTNER, Hat(Role.COORDINATOR, OTHER_UNIVERSITY), STUDENT, False),
        (Role.PARTNER, Hat(Role.COORDINATOR, UNIVERSITY), OUTSIDER, False),
        (Role.PARTNER, Hat(Role.CENTRE, 5), OUTSIDER, True),
        (Role.PARTNER, Hat(Role.CENTRE, 5), STUDENT, False),
        (Role.PARTNER, Hat(Role.PARTNER, OTHER_FIRM), STUDENT, False),
        (Role.ADMIN, Hat(Role.PARTNER, FIRM), STUDENT, False),
    ],
)
def test_who_is_barred(role: Role, other: Hat, subject: Subject, barred: bool) -> None:
    assert stands_on_both_sides(role, [other], subject) is barred


def test_one_account_alone_is_never_barred() -> None:
    assert not stands_on_both_sides(Role.COORDINATOR, [], STUDENT)
