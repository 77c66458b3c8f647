"""A round changes until its wishes lock; what people were told is not taken back unseen."""

from collections import Counter
from datetime import date, timedelta
from typing import Any

import pytest
from sqlmodel import select

from matcher.flows import rounds_desk, rounds_editing
from matcher.flows.rounds_setup import Seats
from matcher.refusal import Conflict, Invalid, NotFound
from matcher.wiring import Services
from models.assignment import (
    AssignmentChance,
    AssignmentOpening,
    AssignmentRound,
    AssignmentWish,
    HardRule,
)
from models.opening import Opening
from models.outbox import OutboxMail
from models.youth import YouthProfile, YouthStatus
from tests import factories
from tests.factories import NOW, TODAY
from tests.partner_desk import actor
from tests.people import People, Person
from tests.round_desk import (
    LAST_DAY,
    RoundScene,
    draft,
    lock_wishes,
    open_round,
    set_round,
    stored,
    version,
    wish,
)
from tests.two_databases import any_people, any_services, any_url  # noqa: F401


def change(services: Services, by: Person, scene: RoundScene, **values: Any) -> None:
    """As it was made, but for these values."""
    at = version(services, scene.round_id)
    with services.writing(actor(by)) as unit:
        asked = draft(scene, **values)
        rounds_editing.change(unit, actor(by), scene.round_id, at, asked)


def opened(services: Services, people: People, count: int = 2, **values: Any) -> RoundScene:
    scene = set_round(services, people, count, **values)
    open_round(services, people.coordinator, scene.round_id)
    return scene


def letters(services: Services, template: str) -> dict[int, dict[str, Any]]:
    """Account -> what the letter holds."""
    with services.database.reading() as session:
        rows = session.exec(select(OutboxMail).where(OutboxMail.template == template)).all()
    assert max(Counter(row.account_id for row in rows).values(), default=1) == 1
    return {row.account_id: row.context for row in rows}


def seats(services: Services, round_id: int) -> list[tuple[int, int, int]]:
    with services.database.reading() as session:
        rows = session.exec(
            select(AssignmentOpening)
            .where(AssignmentOpening.round_id == round_id)
            .order_by(AssignmentOpening.opening_id)  # type: ignore[arg-type]
        ).all()
    return [(row.opening_id, row.capacity, row.minimum) for row in rows]


def test_a_draft_changes_in_everything_and_tells_nobody(services: Services, people: People) -> None:
    scene = set_round(services, people)
    change(
        services, people.coordinator, scene, name_ko="봄 배정", name_en="Spring",
        wishes_until=TODAY + timedelta(days=2), most_wishes=1, seats=[Seats(scene.two, 1, 1)],
        hard_rules=[HardRule.MUST], cohort_status=YouthStatus.GRADUATED,
    )  # fmt: skip
    row = stored(services, scene.round_id)
    assert (row.name_ko, row.name_en, row.most_wishes) == ("봄 배정", "Spring", 1)
    assert (row.hard_rules, row.cohort_status) == (["must"], YouthStatus.GRADUATED)
    assert seats(services, scene.round_id) == [(scene.two, 1, 1)]
    with services.database.reading() as session:
        assert session.exec(select(OutboxMail)).all() == []


@pytest.mark.parametrize(
    ("values", "field"),
    [
        ({"wishes_until": LAST_DAY - timedelta(days=1)}, "wishes_until"),
        ({"most_wishes": 2}, "most_wishes"),
        ({"cohort_status": YouthStatus.GRADUATED}, "cohort_status"),
        ({"seats": []}, "seat"),
        ({"seats": [Seats(999_999, 1, 0)]}, "seat"),
    ],
)
def test_what_people_were_told_is_not_taken_back_once_wishes_are_open(
    services: Services, people: People, values: dict[str, Any], field: str
) -> None:
    scene = opened(services, people)
    before = stored(services, scene.round_id)
    with pytest.raises(Invalid) as refused:
        change(services, people.coordinator, scene, **values)
    assert list(refused.value.fields) == [field]
    after = stored(services, scene.round_id)
    assert (after.version, after.wishes_until, after.most_wishes, after.cohort_status) == (
        before.version, before.wishes_until, before.most_wishes, None,
    )  # fmt: skip
    assert letters(services, "round_changed") == {}


def test_a_later_day_goes_to_everybody_invited_and_to_the_partner(
    services: Services, people: People
) -> None:
    scene = opened(services, people)
    wish(services, scene.people[0], scene.round_id, {scene.one: 1})
    change(services, people.coordinator, scene, wishes_until=LAST_DAY + timedelta(days=3))
    told = letters(services, "round_changed")
    assert set(told) == {
        *(person.account_id for person in scene.people),
        people.youth.account_id,
        people.other_youth.account_id,
    }
    day = (LAST_DAY + timedelta(days=3)).isoformat()
    assert {(tuple(each["changes"]), each["wishes_until"]) for each in told.values()} == {
        (("deadline",), day)
    }
    partner = letters(services, "round_partner_changed")
    assert set(partner) == {people.partner.account_id}
    assert stored(services, scene.round_id).wishes_until.isoformat() == day


def test_an_opening_that_leaves_takes_its_wishes_along_and_says_so(
    any_services: Services,  # noqa: F811
    any_people: People,  # noqa: F811
) -> None:
    services, people = any_services, any_people
    scene = opened(services, people, 3)
    first, second, silent = scene.people
    wish(services, first, scene.round_id, {scene.one: 1, scene.two: 2})
    wish(services, second, scene.round_id, {scene.two: 1})
    with services.database.writing() as session:
        for person in (first, second):
            session.add(
                AssignmentChance(
                    round_id=scene.round_id, youth_id=person.youth_id or 0, placed=1, cleared=2,
                    low=0.1, high=0.9, computed_at=NOW,
                )
            )  # fmt: skip
    change(services, people.coordinator, scene, seats=[Seats(scene.two, 2, 0)])
    with services.database.reading() as session:
        wishes = session.exec(select(AssignmentWish)).all()
        title = session.get_one(Opening, scene.one).title_ko
        assert session.exec(select(AssignmentChance)).all() == []
    assert {(row.youth_id, row.opening_id, row.tier) for row in wishes} == {
        (first.youth_id, scene.two, 2), (second.youth_id, scene.two, 1),
    }  # fmt: skip
    told = letters(services, "round_changed")
    assert {key: each["is_wished"] for key, each in told.items()} == {
        first.account_id: True, second.account_id: False,
    }  # fmt: skip
    assert silent.account_id not in told
    assert told[first.account_id]["removed_ko"] == title
    assert letters(services, "round_partner_changed")[people.partner.account_id]["changes"] == [
        "removed"
    ]


def test_a_partner_that_comes_in_later_is_invited_and_the_old_one_hears_nothing_of_it(
    services: Services, people: People
) -> None:
    scene = opened(services, people, 1)
    with services.database.writing() as session:
        third = factories.opening(session, people.other_partner.organisation_id, headcount=1).id
    more = [Seats(scene.one, 1, 0), Seats(scene.two, 2, 0), Seats(third, 1, 0)]
    change(services, people.coordinator, scene, seats=more)
    assert set(letters(services, "round_partner_opened")) == {
        people.partner.account_id, people.other_partner.account_id,
    }  # fmt: skip
    assert letters(services, "round_partner_changed") == {}
    assert {each["added"] for each in letters(services, "round_changed").values()} == {1}
    wish(services, scene.people[0], scene.round_id, {scene.two: 1})


def test_other_seats_go_to_who_is_in_and_to_their_partner(
    services: Services, people: People
) -> None:
    scene = opened(services, people)
    wish(services, scene.people[0], scene.round_id, {scene.one: 1})
    fewer = [Seats(scene.one, 1, 0), Seats(scene.two, 1, 1)]
    change(services, people.coordinator, scene, seats=fewer)
    assert seats(services, scene.round_id) == [(scene.one, 1, 0), (scene.two, 1, 1)]
    assert set(letters(services, "round_changed")) == {scene.people[0].account_id}
    assert set(letters(services, "round_partner_changed")) == {people.partner.account_id}


def test_a_wider_circle_is_invited_and_a_new_name_is_no_news(
    services: Services, people: People
) -> None:
    scene = set_round(services, people, 3)
    with services.database.writing() as session:
        for person in scene.people[:2]:
            session.get_one(YouthProfile, person.youth_id).status = YouthStatus.GRADUATED
        session.get_one(AssignmentRound, scene.round_id).cohort_status = YouthStatus.GRADUATED
    open_round(services, people.coordinator, scene.round_id)
    before = set(letters(services, "round_opened"))
    assert {person.account_id for person in scene.people[:2]} <= before
    change(services, people.coordinator, scene, name_ko="다른 이름", cohort_status=None)
    after = letters(services, "round_opened")
    assert scene.people[2].account_id in set(after) - before
    assert letters(services, "round_changed") == {}


def test_a_locked_round_an_old_page_and_another_desk_change_nothing(
    services: Services, people: People
) -> None:
    scene = opened(services, people)
    with pytest.raises(NotFound):
        change(services, people.other_coordinator, scene, name_ko="남의 배정")
    desk = actor(people.coordinator)
    with services.reading(desk) as unit:
        seen = rounds_editing.view(unit, desk, scene.round_id).draft
    with pytest.raises(Conflict), services.writing(desk) as unit:
        rounds_editing.change(unit, desk, scene.round_id, 1, seen)
    lock_wishes(services, scene.round_id)
    with pytest.raises(Conflict):
        change(services, people.coordinator, scene, name_ko="늦은 이름")
    with services.reading(desk) as unit, pytest.raises(Conflict):
        rounds_editing.view(unit, desk, scene.round_id)
    assert stored(services, scene.round_id).name_ko == "2026 겨울 배정"


@pytest.mark.parametrize(
    ("closes_on", "warned"), [(LAST_DAY - timedelta(days=1), True), (LAST_DAY, False)]
)
def test_an_opening_that_closes_before_the_wishes_lock_is_warned_of(
    services: Services, people: People, closes_on: date, warned: bool
) -> None:
    scene = set_round(services, people)
    with services.database.writing() as session:
        session.get_one(Opening, scene.one).closes_on = closes_on
    desk = actor(people.coordinator)
    with services.reading(desk) as unit:
        early = rounds_desk.sheet(unit, desk, scene.round_id).ends_first
    assert [each.id for each in early] == ([scene.one] if warned else [])
    open_round(services, people.coordinator, scene.round_id)
    with services.reading(desk) as unit:
        assert rounds_desk.sheet(unit, desk, scene.round_id).ends_first == early or not warned
    lock_wishes(services, scene.round_id)
    with services.reading(desk) as unit:
        assert rounds_desk.sheet(unit, desk, scene.round_id).ends_first == ()
