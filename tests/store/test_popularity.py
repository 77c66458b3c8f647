"""Popularity counts lists and interest of people who consented to learning, before the day."""

from datetime import timedelta

import pytest
from sqlmodel import Session

from matcher.clock import start_of
from matcher.matching import popularity as matching
from matcher.matching.context import ranking_context
from matcher.matching.openings import opening_of, openings_of, prepared_openings
from matcher.matching.popularity import popularity_on
from matcher.ranking.popularity import popularity
from matcher.store import openings
from matcher.wiring import Services
from models.consent import ConsentPurpose
from models.course import Enrolment, EnrolmentState
from models.trail import Exposure, ExposureKind
from models.youth import SavedItem, SavedKind
from tests import factories, matching_desk
from tests.people import People

TODAY = factories.TODAY
MIDNIGHT = start_of(TODAY)
YESTERDAY = MIDNIGHT - timedelta(hours=1)


@pytest.fixture
def learners(any_services: Services, any_people: People) -> list[int]:
    """Two people whose lists may be learned from."""
    ids = [any_people.youth.youth_id or 0, any_people.other_youth.youth_id or 0]
    with any_services.database.writing() as session:
        for each in ids:
            factories.consent(session, each, ConsentPurpose.LEARNING)
    return ids


def show(session: Session, subject: str, youth: int, items: list[int], at: object) -> None:
    rows = [[each, place, 2.5, 1.0] for place, each in enumerate(items, start=1)]
    factories.add(
        session,
        Exposure(
            at=at,
            kind=ExposureKind.LISTED,
            subject=subject,
            context_id=youth,
            model_version="additive-1",
            items=rows,
        ),
    )


def save(session: Session, youth: int, kind: SavedKind, item: int, at: object) -> None:
    factories.add(session, SavedItem(youth_id=youth, kind=kind, item_id=item, saved_at=at))


def test_people_count_once_and_only_if_they_saw_it(
    any_services: Services, any_people: People, learners: list[int]
) -> None:
    first, second = learners
    with any_services.database.writing() as session:
        show(session, "opening", first, [1, 2], YESTERDAY)
        show(session, "opening", first, [1], YESTERDAY - timedelta(days=3))
        show(session, "opening", second, [1, 3], YESTERDAY)
        save(session, first, SavedKind.OPENING, 1, YESTERDAY)
        save(session, second, SavedKind.OPENING, 2, YESTERDAY)  # never saw it in a list
        save(session, first, SavedKind.COURSE, 3, YESTERDAY)  # a course of the same number
    with any_services.database.reading() as session:
        found = popularity_on(session, TODAY)
    assert found.openings == popularity({1: 2, 2: 1, 3: 1}, {1: 1})
    assert found.courses == {}


def test_the_day_itself_old_lists_and_people_without_consent_do_not_count(
    any_services: Services, any_people: People, learners: list[int]
) -> None:
    stranger = any_people.far_youth.youth_id or 0
    with any_services.database.writing() as session:
        show(session, "opening", learners[0], [1], YESTERDAY)
        show(session, "opening", learners[0], [2], MIDNIGHT)
        show(session, "opening", learners[0], [3], MIDNIGHT - timedelta(days=91))
        show(session, "opening", stranger, [1, 4], YESTERDAY)
        for item, at in ((1, YESTERDAY), (2, MIDNIGHT), (3, YESTERDAY)):
            save(session, learners[0], SavedKind.OPENING, item, at)
        save(session, stranger, SavedKind.OPENING, 4, YESTERDAY)
    with any_services.database.reading() as session:
        assert popularity_on(session, TODAY).openings == popularity({1: 1}, {1: 1})
        tomorrow = popularity_on(session, TODAY + timedelta(days=1)).openings
        assert tomorrow == popularity({1: 1, 2: 1}, {1: 1, 2: 1})


def test_applications_and_places_taken_are_interest_too(
    any_services: Services, any_people: People, learners: list[int]
) -> None:
    youth = learners[0]
    with any_services.database.writing() as session:
        opening = factories.opening(session, any_people.partner.organisation_id or 0).id
        course = matching_desk.course(session, any_people.coordinator.organisation_id or 0).id or 0
        run = matching_desk.run(session, course).id
        show(session, "opening", youth, [opening, 999], YESTERDAY)
        show(session, "course", youth, [course, 999], YESTERDAY)
        factories.application(session, opening, youth, created_at=YESTERDAY)
        factories.add(
            session,
            Enrolment(
                session_id=run,
                youth_id=youth,
                state=EnrolmentState.ENROLLED,
                created_at=YESTERDAY,
                updated_at=YESTERDAY,
            ),
        )
    with any_services.database.reading() as session:
        found = popularity_on(session, TODAY)
    assert found.openings == popularity({opening: 1, 999: 1}, {opening: 1})
    assert found.courses == popularity({course: 1, 999: 1}, {course: 1})


def test_every_way_to_an_opening_ranks_it_by_the_popularity_of_the_day(
    any_services: Services, any_people: People, learners: list[int]
) -> None:
    with any_services.database.writing() as session:
        ids = [
            factories.opening(
                session, any_people.partner.organisation_id or 0, description="파이썬을 써요"
            ).id
            for _ in range(2)
        ]
        show(session, "opening", learners[0], ids, YESTERDAY)
        save(session, learners[0], SavedKind.OPENING, ids[0], YESTERDAY)
    with any_services.database.reading() as session:
        expected = popularity_on(session, TODAY).openings
        context = ranking_context(session, TODAY)
        scope = openings.open_now(None, TODAY)
        many = prepared_openings(session, scope, context).openings
        alone = [opening_of(session, each, TODAY) for each in ids]
        plain = openings_of(session, scope)
    assert len(set(expected.values())) == 2
    assert {each.id: each.popularity for each in many} == expected
    assert list(many) == alone
    assert [each.popularity for each in plain] == [None, None]
    assert all("python" in each.mentioned for each in many)


def test_a_day_is_counted_once_and_the_newest_lists_count(
    any_services: Services,
    any_people: People,
    learners: list[int],
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setattr(matching, "MOST_LISTS", 1)
    with any_services.database.writing() as session:
        show(session, "opening", learners[0], [1], YESTERDAY)
        show(session, "opening", learners[0], [2], YESTERDAY - timedelta(days=1))
        for item in (1, 2):
            save(session, learners[0], SavedKind.OPENING, item, YESTERDAY)
    with any_services.database.reading() as session:
        first = popularity_on(session, TODAY)
        assert first.openings.keys() == {1}
        assert popularity_on(session, TODAY) is first
