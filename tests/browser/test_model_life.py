"""A model as people see it: proposed, promoted by another, seen by a youth, taken back."""

import re

import pytest
from playwright.sync_api import expect
from sqlmodel import select

from matcher.flows import operating
from matcher.wiring import Services
from models.account import Account, Membership, Role
from models.model_version import ModelVersion
from tests import factories
from tests.browser.conftest import Desk, Open, Site
from tests.demo_data import DemoAccounts
from tests.model_shelf import shelve

SECOND = "second-admin@example.kr"
PRIOR = "additive-1"


def _by_hand(services: Services) -> str:
    with services.database.writing() as session:
        return shelve(session, lift=0.3).label


def _trained(services: Services) -> str:
    from matcher.flows import training

    return training.train(services, seed=1).label


def _second_admin(services: Services, password_of: str) -> None:
    """Signs in with the password of another account."""
    with services.database.writing() as session:
        if session.exec(select(Account).where(Account.email == SECOND)).first() is not None:
            return
        known = session.exec(select(Account).where(Account.email == password_of)).one()
        row = factories.account(session, SECOND, password_hash=known.password_hash)
        factories.add(
            session,
            Membership(account_id=row.id or 0, role=Role.ADMIN, created_at=factories.NOW),
        )


def _press(desk: Desk, end: str) -> None:
    desk.open("/admin/models")
    with desk.page.expect_navigation():
        desk.page.locator(f'form[action$="{end}"] button').first.click()


def _first_opening(desk: Desk) -> str:
    desk.open("/youth/openings")
    link = desk.page.locator('#results a[href^="/youth/openings/"]').first
    return str(link.get_attribute("href"))


def _reasons(desk: Desk, path: str) -> tuple[str, list[str]]:
    """The model the page names, and the points of its reasons."""
    desk.open(path)
    named = re.search(r"(additive-1|learned-[\d-]+)", desk.page.locator("main").inner_text())
    return named[1] if named else "", desk.page.locator("ol.reasons .v").all_inner_texts()


@pytest.mark.parametrize(
    "make", [_by_hand, pytest.param(_trained, marks=pytest.mark.slow)], ids=["by hand", "trained"]
)
def test_two_admins_promote_a_model_a_youth_sees_it_and_one_takes_it_back(
    desk: Open, site: Site, demo_accounts: DemoAccounts, make: object
) -> None:
    admin = demo_accounts["admin"][0]
    _second_admin(site.services, admin.email)
    label = make(site.services)  # type: ignore[operator]
    with site.services.reading() as unit:  # the first ranking loads what all others use
        operating.recommend_courses(unit, 1, 1)
    youth, first, second = desk("youth"), desk("admin"), desk()
    second.sign_in(SECOND, admin.password)
    path = _first_opening(youth)
    before = _reasons(youth, path)
    assert before[0] == PRIOR

    _press(first, f"{label}/propose")
    expect(first.page.locator(f'form[action$="{label}/promote"]')).to_have_count(0)
    _press(second, f"{label}/promote")
    during = _reasons(youth, path)
    assert during[0] == label
    assert during[1] != before[1]
    youth.open(f"/models/{label}")
    assert youth.page.locator("svg path.shape").count() > 10
    assert youth.has_no_overflow()

    _press(first, "/rollback")
    assert _reasons(youth, path) == before
    with site.services.database.reading() as session:
        row = session.exec(select(ModelVersion).where(ModelVersion.label == label)).one()
        assert row.state.value == "retired"


def test_switching_ranking_off_is_on_the_youth_s_next_page(desk: Open) -> None:
    admin, youth = desk("admin"), desk("youth")
    youth.open("/youth/openings")
    assert youth.page.locator(".fit").count() > 0
    for reason, fits in (("시험으로 꺼 봄", False), ("다시 켬", True)):
        admin.open("/admin/models")
        form = admin.page.locator('form[action="/admin/models/switch"]')
        form.locator('input[name="reason"]').fill(reason)
        with admin.page.expect_navigation():
            form.locator("button").click()
        youth.open("/youth/openings")
        assert (youth.page.locator(".fit").count() > 0) is fits
        assert youth.has_no_overflow()
