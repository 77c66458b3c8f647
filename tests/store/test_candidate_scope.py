"""The rows the store gives are exactly the people the policy accepts."""

from dataclasses import replace
from datetime import date, timedelta
from itertools import product

import pytest
from sqlalchemy import event
from sqlmodel import Session, select

from matcher.flows import candidates as flow
from matcher.flows import partner_desk
from matcher.matching.seekers import seekers_of
from matcher.policy.consent import Looker, Tie, may_see_masked, may_see_name
from matcher.store import applications, candidates, openings
from matcher.wiring import Services
from models.account import Account, AccountState, Role
from models.application import ApplicationState, IntroductionState
from models.consent import Consent, ConsentPurpose
from models.opening import Opening, OpeningState
from models.organisation import Organisation, OrganisationState
from models.skill import Rater
from tests import factories
from tests.partner_desk import OPERATION, actor, looking, pool_consent, set_scene
from tests.people import People

TODAY = factories.TODAY


def test_store_and_policy_agree_on_every_combination(services: Services, people: People) -> None:
    scene = set_scene(services, people)
    partner, youth_id = actor(people.partner), people.far_youth.youth_id
    ends = (None, TODAY, TODAY - timedelta(days=1))
    kinds = product(OrganisationState, OpeningState, (["space"], ["bio"], []), ends, (False, True))
    seen = 0
    with services.database.writing() as session:
        opening = session.get_one(Opening, scene.opening_id)
        organisation = session.get_one(Organisation, people.partner.organisation_id)
        consent = pool_consent(session, youth_id)
        for state, opening_state, sectors, end, withdrawn in kinds:
            organisation.state, opening.state = state, opening_state
            consent.sectors, consent.expires_on = sectors, end
            consent.withdrawn_at = factories.NOW if withdrawn else None
            session.add_all([organisation, opening, consent])
            session.flush()
            scope = candidates.visible_to(partner, opening, TODAY)
            found = youth_id in candidates.ids(session, scope)
            looker = Looker(organisation.id, state, opening_state, opening.sector)
            assert found is may_see_masked(looker, [consent], TODAY)
            seen += found
        session.rollback()
    assert seen == 2


@pytest.mark.parametrize("role", [role for role in Role if role is not Role.PARTNER])
def test_no_other_role_sees_candidates(services: Services, people: People, role: Role) -> None:
    scene = set_scene(services, people)
    stranger = replace(actor(people.partner), role=role)
    with services.database.reading() as session:
        opening = session.get_one(Opening, scene.opening_id)
        assert candidates.ids(session, candidates.visible_to(stranger, opening, TODAY)) == []


def test_another_partners_opening_shows_nobody(services: Services, people: People) -> None:
    scene = set_scene(services, people)
    with services.database.reading() as session:
        opening = session.get_one(Opening, scene.foreign_opening_id)
        scope = candidates.visible_to(actor(people.partner), opening, TODAY)
        assert candidates.ids(session, scope) == []
        scope = candidates.visible_to(actor(people.other_partner), opening, TODAY)
        assert candidates.ids(session, scope) == [people.youth.youth_id]


def test_a_disabled_account_and_a_withdrawn_service_leave_the_pool(
    services: Services, people: People
) -> None:
    scene = set_scene(services, people)
    partner = actor(people.partner)
    with services.database.writing() as session:
        opening = session.get_one(Opening, scene.opening_id)
        account = session.get_one(Account, people.youth.account_id)
        account.state = AccountState.DISABLED
        session.add(account)
        session.flush()
        assert candidates.ids(session, candidates.visible_to(partner, opening, TODAY)) == []
        session.rollback()
    with services.database.writing() as session:
        opening = session.get_one(Opening, scene.opening_id)
        served = select(Consent).where(Consent.purpose == ConsentPurpose.SERVICE)
        for consent in session.exec(served).all():
            consent.withdrawn_at = factories.NOW
        session.flush()
        assert candidates.ids(session, candidates.visible_to(partner, opening, TODAY)) == []
        session.rollback()


def test_a_sector_slug_inside_another_word_does_not_match(
    services: Services, people: People
) -> None:
    scene = set_scene(services, people)
    with services.database.writing() as session:
        pool_consent(session, people.far_youth.youth_id, "aerospace", "space_x", "sp%ce")
        opening = session.get_one(Opening, scene.opening_id)
        scope = candidates.visible_to(actor(people.partner), opening, TODAY)
        assert candidates.ids(session, scope) == [people.youth.youth_id]


def test_applications_follow_the_policy_for_names(services: Services, people: People) -> None:
    scene = set_scene(services, people)
    partner, youth_id = actor(people.partner), people.youth.youth_id
    organisation_id = people.partner.organisation_id
    with services.database.writing() as session:
        made = factories.application(session, scene.opening_id, youth_id)
        consent = factories.consent(
            session, youth_id, ConsentPurpose.EMPLOYER, organisation_id=organisation_id
        )
        looker = Looker(organisation_id, OrganisationState.ACTIVE, OpeningState.PUBLISHED, "space")
        for state, other, withdrawn in product(ApplicationState, (False, True), (False, True)):
            made.state = state
            consent.organisation_id = (
                people.other_partner.organisation_id if other else organisation_id
            )
            consent.withdrawn_at = factories.NOW if withdrawn else None
            session.add_all([made, consent])
            session.flush()
            found = applications.get(session, partner, TODAY, made.id) is not None
            assert found is may_see_name(looker, Tie(application=state), [consent], TODAY)
        session.rollback()


@pytest.mark.parametrize("state", IntroductionState)
def test_only_an_accepted_introduction_opens_a_name(state: IntroductionState) -> None:
    looker = Looker(1, OrganisationState.ACTIVE, OpeningState.PUBLISHED, "space")
    consent = Consent(
        youth_id=1, purpose=ConsentPurpose.EMPLOYER, organisation_id=1, text_version="x",
        granted_at=factories.NOW,
    )  # fmt: skip
    tie = Tie(introduction=state, answer_by=date(2026, 11, 28))
    seen = may_see_name(looker, tie, [consent], TODAY)
    assert seen is (state is IntroductionState.ACCEPTED)
    assert not may_see_name(looker, tie, [], TODAY)
    closed = replace(looker, organisation_state=OrganisationState.CLOSED)
    assert not may_see_name(closed, tie, [consent], TODAY)


@pytest.mark.parametrize(
    ("who", "states"),
    [
        ("partner", set(OpeningState)),
        ("other_partner", set()),
        ("youth", {OpeningState.PUBLISHED}),
        ("coordinator", {OpeningState.PUBLISHED}),
        ("centre", set(OpeningState) - {OpeningState.DRAFT}),
        ("admin", set(OpeningState)),
    ],
)
def test_who_sees_an_opening_in_which_state(
    services: Services, people: People, who: str, states: set[OpeningState]
) -> None:
    with services.database.writing() as session:
        for state in OpeningState:
            factories.opening(session, people.partner.organisation_id, state=state)
        found = openings.lines(session, actor(getattr(people, who)))
        assert {each.state for each in found} == states
        if who == "youth":
            assert {each.state for each in openings.lines(session, None)} == states


def test_the_openings_of_a_closed_partner_are_gone_for_everybody_but_the_admin(
    services: Services, people: People
) -> None:
    scene = set_scene(services, people)
    with services.database.writing() as session:
        organisation = session.get_one(Organisation, people.partner.organisation_id)
        organisation.state = OrganisationState.CLOSED
        session.add(organisation)
        session.flush()
        for person in (people.partner, people.youth, people.coordinator):
            assert openings.get(session, actor(person), scene.opening_id) is None
        assert openings.get(session, actor(people.admin), scene.opening_id) is not None


def test_the_word_of_the_higher_rater_wins(services: Services, people: People) -> None:
    scene = set_scene(services, people)
    with services.database.writing() as session:
        factories.skill_record(
            session, people.youth.youth_id, "python", level=2, rater=Rater.COORDINATOR,
            verification=2,
        )  # fmt: skip
        opening = session.get_one(Opening, scene.opening_id)
        (seeker,) = seekers_of(
            session, candidates.visible_to(actor(people.partner), opening, TODAY), TODAY
        )
    assert seeker.skills["python"].level == 2


def people_in_pool(session: Session, count: int) -> None:
    for number in range(count):
        account = factories.account(session, f"many-{number}@example.com")
        factories.membership(session, account.id, Role.YOUTH)
        youth = factories.youth(session, account.id)
        factories.consent(session, youth.id, ConsentPurpose.SERVICE)
        pool_consent(session, youth.id)
        factories.skill_record(session, youth.id, "python", level=1 + number % 5)


def counted(services: Services, people: People, opening_id: int) -> tuple[int, int]:
    """Statements for the ranked list and for the desk."""
    seen: list[str] = []

    def note(_c, _cursor, statement, *_rest) -> None:  # type: ignore[no-untyped-def]
        seen.append(statement)

    partner = actor(people.partner)
    engine = services.database.engine
    event.listen(engine, "before_cursor_execute", note)
    try:
        with looking(services, people.partner) as unit:
            flow.queue(unit, partner, OPERATION, opening_id)
            listed = len(seen)
        seen.clear()
        with looking(services, people.partner) as unit:
            partner_desk.desk(unit, partner, OPERATION)
    finally:
        event.remove(engine, "before_cursor_execute", note)
    return listed, len(seen)


def test_one_and_fifty_candidates_cost_the_same_number_of_queries(
    services: Services, people: People
) -> None:
    scene = set_scene(services, people)
    counted(services, people, scene.opening_id)  # popularity is counted once a day
    one = counted(services, people, scene.opening_id)
    with services.database.writing() as session:
        people_in_pool(session, 50)
    assert counted(services, people, scene.opening_id) == one
    assert one[0] <= 20
