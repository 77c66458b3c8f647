"""Ages, passwords, throttle buckets, roles and organisations."""

import unicodedata
from datetime import date

import pytest

from matcher.catalogue.common_passwords import common_passwords
from matcher.policy import accounts, limits
from matcher.policy.ages import AgeBand, age_band
from matcher.policy.passwords import problem
from models.account import AccountState, Role
from models.organisation import Organisation, OrganisationKind, OrganisationState

TODAY = date(2026, 11, 21)


@pytest.mark.parametrize(
    ("year", "had_birthday", "band"),
    [
        (2013, False, AgeBand.TOO_YOUNG),
        (2013, True, AgeBand.TOO_YOUNG),
        (2012, False, AgeBand.TOO_YOUNG),
        (2012, True, AgeBand.MINOR),
        (2011, False, AgeBand.MINOR),
        (2008, False, AgeBand.MINOR),
        (2007, False, AgeBand.ADULT),
        (1950, False, AgeBand.ADULT),
    ],
)
def test_the_year_alone_decides_but_in_the_year_of_14(
    year: int, had_birthday: bool, band: AgeBand
) -> None:
    assert age_band(year, had_birthday, TODAY) is band


WORDS = ("강하늘", "haneul.kang@example.com")


@pytest.mark.parametrize(
    ("password", "role", "code"),
    [
        ("", Role.YOUTH, "too_short"),
        ("short-one", Role.YOUTH, "too_short"),
        ("ten chars!", Role.YOUTH, None),
        ("ten chars!", Role.ADMIN, "too_short"),
        ("fourteen chars", Role.PARTNER, "too_short"),
        ("fifteen  chars!", Role.PARTNER, None),
        ("한라산 위로 뜨는 해를 봤다", Role.YOUTH, None),
        ("바다를 보러 간 날에는 바람이 불었지" * 8, Role.YOUTH, None),
        ("🍊🌋🐴🌊🍊🌋🐴🌊🍊🌋", Role.YOUTH, None),
        ("x" * 201, Role.YOUTH, "too_long"),
        ("qwertyuiop", Role.YOUTH, "common"),
        ("QWERTYUIOP", Role.YOUTH, "common"),
        ("ｑｗｅｒｔｙｕｉｏｐ", Role.YOUTH, "common"),
        ("1234567890", Role.YOUTH, "common"),
        ("password2026!", Role.YOUTH, "common"),
        ("dkssudgktpdy", Role.YOUTH, "common"),
        ("비밀번호1234567", Role.YOUTH, "common"),
        ("가가가가가가가가가가", Role.YOUTH, "common"),
        ("oreum-2026-11-21", Role.YOUTH, "context"),
        ("Jeju!oreum!99", Role.YOUTH, "context"),
        ("haneul.kang!1", Role.YOUTH, "context"),
        ("강하늘강하늘19990101", Role.YOUTH, "context"),
        ("haneul picks tangerines", Role.YOUTH, None),
        ("nul\x00in the middle", Role.YOUTH, "broken"),
        ("half \ud800 of a pair", Role.YOUTH, "broken"),
        ("no CAPITALS or digits needed", Role.YOUTH, None),
        ("correct horse battery", Role.ADMIN, None),
    ],
)
def test_password_rules(password: str, role: Role, code: str | None) -> None:
    assert problem(password, role, WORDS) == code


def test_composed_and_decomposed_passwords_are_judged_alike() -> None:
    composed = "비밀번호1234567"
    twin = unicodedata.normalize("NFD", composed)
    assert (problem(twin, Role.YOUTH), twin == composed) == ("common", False)


def test_thousands_of_common_passwords_long_enough_to_be_tried() -> None:
    assert sum(len(each) >= 10 for each in common_passwords()) >= 3000


def test_address_twins_share_their_counts() -> None:
    twins = ["Admin@Example.com", "ＡＤＭＩＮ@example.com", " admin@example.com. "]
    assert {limits.hashed(each) for each in twins} == {limits.hashed("admin@example.com")}


def test_every_role_fits_only_its_kind_of_organisation() -> None:
    def of(kind: OrganisationKind) -> Organisation:
        return Organisation(
            slug="x", kind=kind, state=OrganisationState.ACTIVE, name_ko="가", name_en="a"
        )

    fitting = {
        role: [kind for kind in OrganisationKind if accounts.fits(role, of(kind))] for role in Role
    }
    assert fitting == {
        Role.YOUTH: [],
        Role.COORDINATOR: [OrganisationKind.UNIVERSITY],
        Role.CENTRE: [OrganisationKind.RISE_CENTRE],
        Role.PARTNER: [OrganisationKind.PARTNER],
        Role.ADMIN: [],
    }
    assert [role for role in Role if accounts.fits(role, None)] == [Role.YOUTH, Role.ADMIN]


def test_a_young_persons_account_never_becomes_a_desk() -> None:
    refused = [(a, b) for a in Role for b in Role if not accounts.can_change_role(a, b)]
    assert refused == [(a, b) for a in Role for b in Role if Role.YOUTH in (a, b)]


def test_an_erased_account_has_no_way_back() -> None:
    ways = [
        state for state in AccountState if accounts.can_disable(state) or accounts.can_enable(state)
    ]
    assert AccountState.ERASED not in ways
