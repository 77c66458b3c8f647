"""Why somebody was not placed: a further wish is told when, and only when, it would have done."""

import pytest
from sqlmodel import select

from matcher.flows import round_reasons, rounds_partner
from matcher.flows.round_reasons import WhyView
from matcher.flows.rounds_partner import Band
from matcher.policy.masking import candidate_number
from matcher.refusal import NotFound
from matcher.wiring import Services
from models.assignment import AssignmentEntry, AssignmentMethod, HardRule
from models.consent import Consent, ConsentPurpose
from models.opening import Opening, OpeningState
from tests.factories import NOW
from tests.partner_desk import OPERATION, actor
from tests.people import People, Person
from tests.round_desk import (
    RoundScene,
    dry_run,
    lock_wishes,
    open_round,
    propose,
    set_round,
    wish,
)


def crowded(
    services: Services,
    people: People,
    others: int = 2,
    for_one: tuple[int, int] = (0, 1),
    **values: object,
) -> RoundScene:
    """Two people wish for the single seat of `one`, the `others` for the two of `two`; the more
    skilled the higher their number."""
    scene = set_round(services, people, 2 + others, **values)
    open_round(services, people.coordinator, scene.round_id)
    for number, person in enumerate(scene.people):
        tiers = {scene.one: 1} if number in for_one else {scene.two: 1}
        wish(services, person, scene.round_id, tiers)
    lock_wishes(services, scene.round_id)
    return scene


def told(services: Services, people: People, scene: RoundScene) -> dict[int, WhyView]:
    """Youth -> what the desk is told, of everybody unplaced."""
    desk, found = actor(people.coordinator), {}
    with services.database.reading() as session:
        entries = session.exec(select(AssignmentEntry)).all()
    for each in entries:
        with services.reading(desk) as unit:
            view = round_reasons.why(unit, desk, OPERATION, scene.round_id, each.id or 0)
        if view.told.placed_at is None:
            found[each.youth_id] = view
    return found


def wishes_of(view: WhyView) -> list[tuple[str, str]]:
    return [(each.opening, each.lands) for each in view.changes if each.kind == "wish"]


@pytest.mark.parametrize("method", list(AssignmentMethod))
def test_an_opening_with_a_free_seat_is_told_as_the_wish_that_would_have_done(
    services: Services, people: People, method: AssignmentMethod
) -> None:
    scene = crowded(services, people, 1)
    propose(services, people.coordinator, scene.round_id, method)
    views = told(services, people, scene)
    assert len(views) == 1
    (view,) = views.values()
    code = f"o{scene.two}"
    assert wishes_of(view) == [(code, code)]
    assert view.has_wishes


@pytest.mark.parametrize(("for_one", "would_do"), [((0, 1), False), ((2, 3), True)])
def test_full_seats_go_to_the_further_wish_only_from_people_in_a_lower_band(
    services: Services,
    people: People,
    for_one: tuple[int, int],
    would_do: bool,
) -> None:
    scene = crowded(services, people, 2, for_one)
    numbers = [
        candidate_number(OPERATION.mask_key, scene.two, person.youth_id or 0)
        for number, person in enumerate(scene.people)
        if number not in for_one
    ]
    partner = actor(people.partner)
    with services.writing(partner) as unit:
        said = dict.fromkeys(numbers, Band.B)
        rounds_partner.set_bands(unit, partner, OPERATION, scene.round_id, scene.two, said)
    dry_run(services, people.coordinator, scene.round_id)
    # Which of the two at `one` is left over may be the lottery's choice; in the model's order of
    # the three at `two` either stands last (C), or either first (A).
    (view,) = told(services, people, scene).values()
    code = f"o{scene.two}"
    assert wishes_of(view) == ([(code, code)] if would_do else [])


def _without_consent(services: Services, scene: RoundScene, person: Person) -> None:
    with services.database.writing() as session:
        for row in session.exec(
            select(Consent).where(
                Consent.purpose == ConsentPurpose.POOL, Consent.youth_id == person.youth_id
            )
        ):
            row.withdrawn_at = NOW


def _ended(services: Services, scene: RoundScene, person: Person) -> None:
    with services.database.writing() as session:
        session.get_one(Opening, scene.two).state = OpeningState.CLOSED


@pytest.mark.parametrize("apart", [_without_consent, _ended])
def test_what_keeps_a_pair_apart_keeps_it_from_being_told(
    services: Services, people: People, apart: object
) -> None:
    scene = crowded(services, people, 1)
    dry_run(services, people.coordinator, scene.round_id)
    (youth_id,) = told(services, people, scene)
    person = next(each for each in scene.people if each.youth_id == youth_id)
    assert callable(apart)
    apart(services, scene, person)
    (view,) = told(services, people, scene).values()
    assert wishes_of(view) == []


def test_a_hard_rule_of_the_round_is_asked_of_the_further_wish_too(
    services: Services, people: People
) -> None:
    # the openings ask for Python at 3; the first two hold 1 and 2
    scene = crowded(services, people, 1, hard_rules=[HardRule.MUST])
    dry_run(services, people.coordinator, scene.round_id)
    views = told(services, people, scene)
    assert {each.youth_id for each in scene.people[:2]} <= set(views)
    assert [wishes_of(view) for view in views.values()] == [[] for _view in views]


def test_another_desk_is_told_nothing(services: Services, people: People) -> None:
    scene = crowded(services, people, 1)
    dry_run(services, people.coordinator, scene.round_id)
    other = actor(people.other_coordinator)
    with services.reading(other) as unit, pytest.raises(NotFound):
        round_reasons.why(unit, other, OPERATION, scene.round_id, 1)
