"""Checks before a posting goes out: its last day, the pay of its year, the firm's number."""

from dataclasses import replace
from datetime import date, timedelta

import pytest

from matcher.catalogue.minimum_wage import load_minimum_wages
from matcher.flows import admin_organisations, applications_partner, openings
from matcher.flows.admin_organisations import NewPartner
from matcher.refusal import Conflict, Invalid
from matcher.wiring import Services
from models.application import RefusalReason
from models.opening import Opening, OpeningState
from models.organisation import Organisation
from tests import factories
from tests.factories import TODAY
from tests.flows.test_openings import DRAFT, hand_in, make
from tests.partner_desk import actor, working
from tests.people import People

YEAR = timedelta(days=366)
LAST_KNOWN = load_minimum_wages()[-1]


def edit(services: Services, people: People, opening_id: int, closes_on: date) -> None:
    with services.database.reading() as session:
        version = session.get_one(Opening, opening_id).version
    with working(services, people.partner) as unit:
        draft = replace(DRAFT, closes_on=closes_on)
        openings.edit(unit, actor(people.partner), opening_id, version, draft)


def test_the_last_day_lies_at_most_a_year_ahead(services: Services, people: People) -> None:
    with pytest.raises(Invalid) as refused:
        make(services, people, replace(DRAFT, closes_on=TODAY + YEAR + timedelta(days=1)))
    assert set(refused.value.fields) == {"closes_on"}
    opening_id = make(services, people, replace(DRAFT, closes_on=TODAY + YEAR))
    assert hand_in(services, people, opening_id) is OpeningState.PUBLISHED


@pytest.mark.parametrize("closes_on", [TODAY - timedelta(days=1), TODAY + YEAR + timedelta(days=1)])
def test_nothing_is_handed_in_with_a_day_gone_by_or_far_off(
    services: Services, people: People, closes_on: date
) -> None:
    with services.database.writing() as session:
        opening_id = factories.opening(
            session, people.partner.organisation_id, state=OpeningState.DRAFT, closes_on=closes_on
        ).id
    with pytest.raises(Conflict):
        hand_in(services, people, opening_id)
    with services.database.reading() as session:
        assert session.get_one(Opening, opening_id).state is OpeningState.DRAFT


def test_what_people_see_is_not_moved_into_the_past(services: Services, people: People) -> None:
    opening_id = make(services, people)
    with_past = replace(
        DRAFT, opens_on=TODAY - timedelta(days=9), closes_on=TODAY - timedelta(days=1)
    )
    assert make(services, people, with_past)  # a draft may wait
    hand_in(services, people, opening_id)
    with pytest.raises(Invalid) as refused:
        edit(services, people, opening_id, TODAY - timedelta(days=1))
    assert "closes_on" in refused.value.fields
    edit(services, people, opening_id, TODAY + timedelta(days=40))


@pytest.mark.parametrize(
    ("starts_on", "pay", "is_refused"),
    [
        (None, LAST_KNOWN.krw_per_year, False),
        (None, LAST_KNOWN.krw_per_year - 1, True),
        (date(2025, 3, 1), LAST_KNOWN.krw_per_year - 1, False),
        (date(2027, 3, 1), LAST_KNOWN.krw_per_year - 1, True),
    ],
)
def test_the_pay_is_compared_with_the_rate_of_the_year_it_is_for(
    services: Services, people: People, starts_on: date | None, pay: int, is_refused: bool
) -> None:
    draft = replace(DRAFT, starts_on=starts_on, pay_min_krw=pay, pay_max_krw=None)
    if not is_refused:
        assert make(services, people, draft)
        return
    with pytest.raises(Invalid) as refused:
        make(services, people, draft)
    assert str(LAST_KNOWN.year) in refused.value.fields["pay_min_krw"]


@pytest.mark.parametrize(
    ("number", "is_good"), [("", True), ("124-81-00998", True), ("124-81-00997", False)]
)
def test_an_admin_enters_a_firms_number_with_its_check_digit(
    services: Services, people: People, number: str, is_good: bool
) -> None:
    wanted = NewPartner("demo-sky", "하늘 데모", "Sky demo", "space", number)
    with working(services, people.admin) as unit:
        if not is_good:
            with pytest.raises(Invalid) as refused:
                admin_organisations.create_partner(unit, wanted)
            assert set(refused.value.fields) == {"business_number"}
            return
        made = admin_organisations.create_partner(unit, wanted)
    with services.database.reading() as session:
        row = session.get_one(Organisation, made)
    assert row.business_number == (number.replace("-", "") or None)


def test_two_firms_do_not_share_a_number(services: Services, people: People) -> None:
    with working(services, people.admin) as unit:
        first = NewPartner("demo-sky", "하늘 데모", "Sky demo", "space", "1248100998")
        admin_organisations.create_partner(unit, first)
    with working(services, people.admin) as unit, pytest.raises(Invalid) as refused:
        admin_organisations.create_partner(unit, replace(first, slug="demo-sea"))
    assert set(refused.value.fields) == {"business_number"}


@pytest.mark.parametrize("note", ["결혼 여부를 물어볼 것", "asked about her religion"])
def test_what_may_not_be_asked_is_not_kept_in_a_note(
    services: Services, people: People, note: str
) -> None:
    with pytest.raises(Invalid) as refused:
        applications_partner.checked(RefusalReason.LACKS_SKILL, share=False, note=note)
    assert set(refused.value.fields) == {"note"}
