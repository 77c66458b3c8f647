"""A drawn place at the end of the first page: marked, recorded, and nothing lost by it."""

from dataclasses import replace
from typing import Any

import pytest

from matcher.flows import candidates, recommend, recommend_courses
from matcher.matching.cards import Wanted
from matcher.matching.window import Window
from matcher.wiring import Services
from models.consent import ConsentPurpose
from models.trail import Exposure
from tests import factories, matching_desk
from tests.conftest import SignIn
from tests.matching_desk import actor_of, stock
from tests.partner_desk import OPERATION, pool_consent, set_scene
from tests.people import People

MANY, PAGE = 45, 20


@pytest.fixture
def market(services: Services, people: People) -> list[int]:
    """More openings and courses than two pages hold."""
    assert people.partner.organisation_id is not None
    assert people.coordinator.organisation_id is not None
    assert people.youth.youth_id is not None
    with services.database.writing() as session:
        for number in range(MANY):
            row = matching_desk.course(session, people.coordinator.organisation_id)
            matching_desk.gained(session, row.id or 0, ("sql", "python")[number % 2], 0, 1)
            matching_desk.run(session, row.id or 0)
    return stock(services, people.partner.organisation_id, people.youth.youth_id, MANY)


def _pages(services: Services, people: People, subject: str, slots: int) -> list[list[Any]]:
    """The rows of each page, with what was recorded of it."""
    actor, pages = actor_of(people.youth), []
    for page in (1, 2, 3):
        with services.reading(actor) as unit:
            if subject == "opening":
                view: Any = recommend.openings_list(unit, actor, Wanted(), page, slots)
            else:
                query = recommend_courses.CourseQuery()
                view = recommend_courses.courses_list(unit, actor, query, page, slots)
            (kept,) = (row for row in unit.trail if isinstance(row, Exposure))
        pages.append([(row, item) for row, item in zip(view.rows, kept.items, strict=True)])
    return pages


def _id(row: Any) -> int:
    return int(row.card.id if isinstance(row, recommend.Row) else row.course.id)


@pytest.mark.parametrize("subject", ["opening", "course"])
@pytest.mark.parametrize("slots", [0, 1, 3])
def test_the_pages_hold_everything_once_and_mark_what_was_drawn(
    services: Services, people: People, market: list[int], subject: str, slots: int
) -> None:
    pages = _pages(services, people, subject, slots)
    assert [len(page) for page in pages] == [20, 20, 5]
    rows = [row for page in pages for row, _ in page]
    assert sorted(row.rank for row in rows) == list(range(1, MANY + 1))
    assert len({_id(row) for row in rows}) == MANY
    drawn = [place for place, row in enumerate(rows, start=1) if row.is_drawn]
    assert drawn == list(range(PAGE - slots + 1, PAGE + 1))
    assert all(rows[place - 1].rank > PAGE for place in drawn)
    others = [row.rank for row in rows if not row.is_drawn]
    assert others == sorted(others)


@pytest.mark.parametrize("subject", ["opening", "course"])
def test_every_line_is_recorded_with_its_place_and_probability(
    services: Services, people: People, market: list[int], subject: str
) -> None:
    pages = _pages(services, people, subject, 1)
    lines = [(row, item) for page in pages for row, item in page]
    assert [item[:3] for _, item in lines] == [
        [_id(row), row.rank, round(row.score, 6)] for row, _ in lines
    ]
    assert [item[4] for _, item in lines] == list(range(1, MANY + 1))
    beyond = MANY - PAGE
    for row, (_, rank, _, propensity, position) in lines:
        if row.is_drawn:
            wanted = 1 / beyond
        elif rank <= PAGE:
            wanted = 1.0
        else:
            wanted = (MANY - rank if position > rank else rank - PAGE - 1) / beyond
        assert propensity == pytest.approx(wanted)


def test_a_reload_shows_the_same_and_the_api_shows_what_the_page_shows(
    services: Services, people: People, market: list[int]
) -> None:
    first, again = (_pages(services, people, "opening", 1) for _ in range(2))
    assert [[item for _, item in page] for page in first] == [
        [item for _, item in page] for page in again
    ]
    actor = actor_of(people.youth)
    with services.reading(actor) as unit:
        whole = recommend.ranked(unit, actor, Window(0, MANY), 1).items
        short = recommend.ranked(unit, actor, Window(15, 10), 1).items
    on_pages = [(_id(row), row.is_drawn) for page in first for row, _ in page]
    assert [(each["id"], each["is_drawn"]) for each in whole] == on_pages
    assert short == whole[15:25]


def test_a_list_within_one_page_keeps_its_order(services: Services, people: People) -> None:
    assert people.partner.organisation_id is not None
    assert people.youth.youth_id is not None
    stock(services, people.partner.organisation_id, people.youth.youth_id, PAGE)
    actor = actor_of(people.youth)
    with services.reading(actor) as unit:
        view = recommend.openings_list(unit, actor, Wanted(), slots=5)
    assert [row.rank for row in view.rows] == list(range(1, PAGE + 1))
    assert not any(row.is_drawn for row in view.rows)


def test_the_pages_of_a_young_person_say_which_line_was_drawn(
    services: Services, people: People, market: list[int], sign_in: SignIn
) -> None:
    browser = sign_in(people.youth)
    words = {"ko": "순위와 상관없이", "en": "Picked at random"}
    for path in ("/youth/openings", "/youth/courses"):
        for language, said in words.items():
            page = browser.get(f"{path}?lang={language}").text
            assert page.count(said) == 1
            assert said not in browser.get(f"{path}?lang={language}&page=2").text


def test_candidates_are_drawn_only_when_the_operator_asks_for_it(
    services: Services, people: People, sign_in: SignIn
) -> None:
    opening_id = _crowd(services, people)
    actor = actor_of(people.partner)
    for slots in (0, 2):
        ranks, drawn = [], []
        for page in (1, 2):
            with services.reading(actor) as unit:
                asked = replace(OPERATION, explore_slots=slots)
                view = candidates.queue(unit, actor, asked, opening_id, page=page)
            ranks += [row.rank for row in view.rows]
            drawn += [row.is_drawn for row in view.rows]
        assert sorted(ranks) == list(range(1, 31))
        assert [place for place, each in enumerate(drawn) if each] == list(range(20 - slots, 20))
    page = sign_in(people.partner).get(f"/partner/openings/{opening_id}/candidates").text
    assert page.count("순위와 상관없이") == 0


def test_a_chosen_candidate_beyond_the_first_page_stands_beside_their_own_page(
    services: Services, people: People
) -> None:
    opening_id = _crowd(services, people)
    actor, asked = actor_of(people.partner), replace(OPERATION, explore_slots=1)
    with services.reading(actor) as unit:
        pages = [candidates.queue(unit, actor, asked, opening_id, page=page) for page in (1, 2)]
        for number, page in enumerate(pages, start=1):
            for row in (page.rows[0], page.rows[-1]):
                beside, chosen = candidates.choose(unit, actor, asked, opening_id, row.number)
                assert (beside.page, chosen.row.rank) == (number, row.rank)
                assert row.number in [each.number for each in beside.rows]


def _crowd(services: Services, people: People) -> int:
    """An opening with thirty people who agreed to be found."""
    scene = set_scene(services, people)
    with services.database.writing() as session:
        for number in range(29):
            account = factories.account(session, f"crowd{number}@example.com")
            profile = factories.youth(session, account.id)
            factories.consent(session, profile.id, ConsentPurpose.SERVICE)
            pool_consent(session, profile.id)
            factories.skill_record(session, profile.id, "python", level=1 + number % 5)
    return scene.opening_id
