"""Asked once a term; hidden by a no or by silence; back by one press; nothing deleted."""

from datetime import date, timedelta

import pytest
from sqlmodel import select

from matcher.flows import applications_list, own_consents, still_looking
from matcher.matching.candidates import fresh_counts, rank_pool
from matcher.policy import still_looking as rules
from matcher.store import candidates
from matcher.wiring import Services
from models.application import Application, Introduction, IntroductionState
from models.consent import Consent
from models.opening import Opening
from models.outbox import OutboxMail
from models.youth import YouthProfile
from tests import factories
from tests.calendar_desk import At
from tests.factories import TODAY
from tests.partner_desk import (
    OPERATION,
    Scene,
    actor,
    employer_consent,
    looking,
    set_scene,
    working,
)
from tests.people import People

MARCH = date(2027, 3, 1)


@pytest.fixture
def scene(services: Services, people: People) -> Scene:
    return set_scene(services, people)


def profile(services: Services, people: People) -> YouthProfile:
    with services.database.reading() as session:
        return session.get_one(YouthProfile, people.youth.youth_id)


def seen(services: Services, people: People, today: date) -> list[int]:
    with services.database.reading() as session:
        return candidates.ids(session, candidates.pool("space", today))


def test_who_partners_see_is_asked_once_a_term_and_nobody_else(
    services: Services, people: People, scene: Scene
) -> None:
    before = still_looking.ask_due(At(services, MARCH - timedelta(days=1)))
    found = [still_looking.ask_due(At(services, MARCH + timedelta(days=n))) for n in range(3)]
    assert (before.asked, [each.asked for each in found]) == (0, [1, 0, 0])
    with services.database.reading() as session:
        (mail,) = session.exec(select(OutboxMail)).all()
    assert (mail.account_id, mail.template) == (people.youth.account_id, "still_looking")
    assert still_looking.ask_due(At(services, date(2027, 9, 1))).asked == 1


def test_nobody_is_asked_at_night_unless_told_to(
    services: Services, people: People, scene: Scene
) -> None:
    night = At(services, MARCH, 22)
    assert still_looking.ask_due(night) == still_looking.Asked(is_quiet=True)
    assert still_looking.ask_due(night, is_now=True).asked == 1


def test_silence_hides_after_twenty_one_days_and_deletes_nothing(
    services: Services, people: People, scene: Scene
) -> None:
    with services.database.writing() as session:
        factories.application(session, scene.opening_id, people.youth.youth_id)
    still_looking.ask_due(At(services, MARCH))
    youth = people.youth.youth_id
    assert seen(services, people, MARCH + timedelta(days=21)) == [youth]
    assert seen(services, people, MARCH + timedelta(days=22)) == []
    with services.database.reading() as session:
        assert len(session.exec(select(Application)).all()) == 1
        assert all(row.withdrawn_at is None for row in session.exec(select(Consent)).all())


def answer(services: Services, people: People, is_looking: bool) -> None:
    with working(services, people.youth) as unit:
        still_looking.answer(unit, is_looking)


def test_a_no_hides_from_every_list_and_count_at_once_and_one_press_brings_back(
    services: Services, people: People, scene: Scene
) -> None:
    def found() -> tuple[int, int]:
        with looking(services, people.partner) as unit:
            who, opening = actor(people.partner), unit.session.get_one(Opening, scene.opening_id)
            pool = rank_pool(unit.session, who, opening, TODAY, OPERATION.mask_key)
            fresh = fresh_counts(unit.session, who, [opening], TODAY)
            return len(pool.seekers), fresh[scene.opening_id]

    assert found() == (1, 1)
    answer(services, people, False)
    assert found() == (0, 0)
    with services.database.reading() as session:
        assert not candidates.is_in_pool(session, "space", TODAY, people.youth.youth_id)
    answer(services, people, True)
    assert found() == (1, 1)


def test_a_no_ends_open_requests_and_leaves_applications_alone(
    services: Services, people: People, scene: Scene
) -> None:
    with services.database.writing() as session:
        factories.introduction(
            session, scene.foreign_opening_id, people.youth.youth_id,
            asked_by_account_id=people.other_partner.account_id,
        )  # fmt: skip
        employer_consent(session, people.youth.youth_id, people.partner.organisation_id)
        factories.application(session, scene.opening_id, people.youth.youth_id)
    answer(services, people, False)
    with services.database.reading() as session:
        states = session.exec(select(Introduction.state)).all()
    assert states == [IntroductionState.WITHDRAWN]
    with looking(services, people.partner) as unit:
        rows = applications_list.owed(unit, actor(people.partner), OPERATION)
    assert len(rows) == 1


@pytest.mark.parametrize("asked", [None, -30, -22, -21, 0])
@pytest.mark.parametrize("yes", [None, -40, -25, 0])
@pytest.mark.parametrize("no", [None, -1])
def test_the_question_on_the_page_and_the_lists_say_the_same(
    services: Services, people: People, scene: Scene,
    asked: int | None, yes: int | None, no: int | None,
) -> None:  # fmt: skip
    def day(n: int | None) -> date | None:
        return None if n is None else TODAY + timedelta(days=n)

    with services.database.writing() as session:
        row = session.get_one(YouthProfile, people.youth.youth_id)
        row.looking_asked_on, row.looking_on = day(asked), day(yes)
        row.looking_stopped_on = day(no)
        session.add(row)
    hidden = rules.is_hidden(day(asked), day(yes), day(no), TODAY)
    assert (seen(services, people, TODAY) == []) is hidden
    with looking(services, people.youth) as unit:
        found = still_looking.question(unit)
    assert (found is not None and found.is_hidden) is hidden


def test_a_new_consent_is_a_yes(services: Services, people: People, scene: Scene) -> None:
    answer(services, people, False)
    with working(services, people.youth) as unit:
        own_consents.give_pool(unit, ["space"])
    assert profile(services, people).looking_stopped_on is None
    assert seen(services, people, TODAY) == [people.youth.youth_id]


def test_who_is_not_seen_anyway_is_asked_nothing(
    services: Services, people: People, scene: Scene
) -> None:
    with looking(services, people.other_youth) as unit:
        assert still_looking.question(unit) is None
