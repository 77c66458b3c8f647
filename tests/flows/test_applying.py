"""Applications and introductions: one consent an employer, one answer, and no way back."""

from collections.abc import Callable
from datetime import date, timedelta

import pytest
from sqlalchemy import delete
from sqlmodel import select

from matcher.actor import Actor
from matcher.flows import applying, own_applications, own_introductions, saving
from matcher.refusal import Conflict, ConsentNeeded, Invalid, NotFound
from matcher.store import applications
from matcher.wiring import Services
from models.application import ApplicationState, IntroductionState
from models.consent import Consent, ConsentPurpose
from models.outbox import OutboxMail
from models.youth import SavedItem, SavedKind
from tests import factories
from tests.matching_desk import actor_of, stock
from tests.people import People

TERMINAL = [
    ApplicationState.HIRED,
    ApplicationState.REFUSED,
    ApplicationState.WITHDRAWN,
    ApplicationState.HIRED_ELSEWHERE,
    ApplicationState.CLOSED,
]


@pytest.fixture
def opening_id(services: Services, people: People) -> int:
    assert people.partner.organisation_id is not None
    assert people.youth.youth_id is not None
    return stock(services, people.partner.organisation_id, people.youth.youth_id, 1)[0]


def send(services: Services, actor: Actor, opening_id: int) -> int:
    with services.writing(actor) as unit:
        return applying.apply(unit, actor, opening_id, "해 보고 싶어요.", True)


def employer_consents(services: Services) -> list[Consent]:
    with services.database.reading() as session:
        statement = select(Consent).where(Consent.purpose == ConsentPurpose.EMPLOYER)
        return list(session.exec(statement))


def test_applying_opens_name_and_application_to_that_partner_alone(
    services: Services, people: People, opening_id: int
) -> None:
    number = send(services, actor_of(people.youth), opening_id)
    today = factories.TODAY
    with services.database.reading() as session:
        mine = applications.get(session, actor_of(people.partner), today, number)
        other = applications.get(session, actor_of(people.other_partner), today, number)
        mails = session.exec(select(OutboxMail)).all()
    consents = employer_consents(services)
    assert mine is not None
    assert other is None
    assert [(c.organisation_id, c.fields) for c in consents] == [
        (people.partner.organisation_id, ["name", "contact", "profile"])
    ]
    assert consents[0].expires_on == date(2026, 12, 31) + timedelta(days=180)
    assert [mail.account_id for mail in mails] == [people.partner.account_id]
    assert "haneul" not in str(mails[0].context)


def test_without_the_consent_nothing_is_sent(
    services: Services, people: People, opening_id: int
) -> None:
    actor = actor_of(people.youth)
    with pytest.raises(Invalid) as refusal, services.writing(actor) as unit:
        applying.apply(unit, actor, opening_id, "", False)
    assert list(refusal.value.fields) == ["consent"]
    assert employer_consents(services) == []
    with services.reading(actor) as unit:
        assert own_applications.tracker(unit, actor) == ()


def test_applying_twice_is_a_conflict_and_leaves_one(
    services: Services, people: People, opening_id: int
) -> None:
    actor = actor_of(people.youth)
    send(services, actor, opening_id)
    with pytest.raises(Conflict):
        send(services, actor, opening_id)
    with services.reading(actor) as unit:
        assert len(own_applications.tracker(unit, actor)) == 1
    assert len(employer_consents(services)) == 1


@pytest.mark.parametrize(
    ("closes", "works"), [(date(2026, 11, 21), True), (date(2026, 11, 20), False)]
)
def test_the_last_day_counts_and_the_day_after_does_not(
    services: Services, people: People, closes: date, works: bool
) -> None:
    with services.database.writing() as session:
        assert people.partner.organisation_id is not None
        row = factories.opening(session, people.partner.organisation_id, closes_on=closes)
        number = row.id or 0
    if works:
        assert send(services, actor_of(people.youth), number) > 0
    else:
        with pytest.raises(Conflict):
            send(services, actor_of(people.youth), number)


def test_a_draft_cannot_be_applied_to(services: Services, people: People) -> None:
    with services.database.writing() as session:
        assert people.partner.organisation_id is not None
        draft = factories.opening(session, people.partner.organisation_id, state="draft")
        number = draft.id or 0
    for each in (number, 99_999):
        with pytest.raises(NotFound):
            send(services, actor_of(people.youth), each)


def test_nothing_is_sent_without_the_consent_to_the_service(
    services: Services, people: People, opening_id: int
) -> None:
    with services.database.writing() as session:
        session.execute(delete(Consent))
    with pytest.raises(ConsentNeeded):
        send(services, actor_of(people.youth), opening_id)


def test_withdrawing_hides_it_at_once_and_ends_the_consent(
    services: Services, people: People, opening_id: int
) -> None:
    actor = actor_of(people.youth)
    number = send(services, actor, opening_id)
    with services.writing(actor) as unit:
        applying.withdraw(unit, actor, number, 1)
    with services.database.reading() as session:
        seen = applications.get(session, actor_of(people.partner), factories.TODAY, number)
    assert seen is None
    assert [c.withdrawn_at is not None for c in employer_consents(services)] == [True]
    with services.reading(actor) as unit:
        view = own_applications.tracker(unit, actor)[0]
    assert (view.state, view.can_withdraw) == ("withdrawn", False)
    assert [step.state for step in view.steps] == ["sent", "withdrawn"]


@pytest.mark.parametrize("state", TERMINAL)
def test_what_has_ended_cannot_be_withdrawn(
    services: Services, people: People, opening_id: int, state: ApplicationState
) -> None:
    actor = actor_of(people.youth)
    with services.database.writing() as session:
        assert people.youth.youth_id is not None
        row = factories.application(session, opening_id, people.youth.youth_id, state=state)
        number = row.id or 0
    with pytest.raises(Conflict), services.writing(actor) as unit:
        applying.withdraw(unit, actor, number, 1)


def test_a_stale_page_cannot_withdraw(services: Services, people: People, opening_id: int) -> None:
    actor = actor_of(people.youth)
    number = send(services, actor, opening_id)
    with pytest.raises(Conflict), services.writing(actor) as unit:
        applying.withdraw(unit, actor, number, 2)


def test_another_youth_finds_no_application_and_no_introduction(
    services: Services, people: People, opening_id: int
) -> None:
    number = send(services, actor_of(people.youth), opening_id)
    asked = ask(services, people, opening_id)
    other = actor_of(people.other_youth)
    with services.writing(other) as unit:
        for each in (number, 99_999):
            with pytest.raises(NotFound):
                applying.withdraw(unit, other, each, 1)
        for each in (asked, 99_999):
            with pytest.raises(NotFound):
                own_introductions.introduction(unit, other, each)
            with pytest.raises(NotFound):
                own_introductions.accept(unit, other, each, 1)


def ask(services: Services, people: People, opening_id: int, **values: object) -> int:
    with services.database.writing() as session:
        assert people.youth.youth_id is not None
        row = factories.introduction(
            session,
            opening_id,
            people.youth.youth_id,
            asked_by_account_id=people.partner.account_id,
            **values,
        )
        return row.id or 0


def test_accepting_gives_this_partner_the_consent_and_refusing_gives_nothing(
    services: Services, people: People, opening_id: int
) -> None:
    actor = actor_of(people.youth)
    number = ask(services, people, opening_id)
    with services.writing(actor) as unit:
        own_introductions.accept(unit, actor, number, 1)
    assert [c.organisation_id for c in employer_consents(services)] == [
        people.partner.organisation_id
    ]
    with services.reading(actor) as unit:
        view = own_introductions.introduction(unit, actor, number)
    assert (view.state, view.can_answer) == ("accepted", False)


def test_refusing_opens_nothing(services: Services, people: People, opening_id: int) -> None:
    actor = actor_of(people.youth)
    number = ask(services, people, opening_id)
    with services.writing(actor) as unit:
        own_introductions.refuse(unit, actor, number, 1)
    assert employer_consents(services) == []
    with services.reading(actor) as unit:
        assert own_introductions.introduction(unit, actor, number).state == "refused"


@pytest.mark.parametrize("step", [own_introductions.accept, own_introductions.refuse])
@pytest.mark.parametrize(
    "values",
    [
        {"answer_by": date(2026, 11, 20)},
        {"state": IntroductionState.ACCEPTED},
        {"state": IntroductionState.REFUSED},
        {"state": IntroductionState.WITHDRAWN},
        {"state": IntroductionState.LAPSED},
    ],
)
def test_only_an_open_request_can_be_answered(
    services: Services,
    people: People,
    opening_id: int,
    step: Callable[..., None],
    values: dict[str, object],
) -> None:
    actor = actor_of(people.youth)
    number = ask(services, people, opening_id, **values)
    with pytest.raises(Conflict), services.writing(actor) as unit:
        step(unit, actor, number, 1)
    assert employer_consents(services) == []


def test_saving_twice_saves_once_and_unsaving_lets_go(
    services: Services, people: People, opening_id: int
) -> None:
    actor = actor_of(people.youth)
    with services.writing(actor) as unit:
        saving.save(unit, actor, SavedKind.OPENING, opening_id)
        saving.save(unit, actor, SavedKind.OPENING, opening_id)
        assert len(unit.session.exec(select(SavedItem)).all()) == 1
        saving.unsave(unit, actor, SavedKind.OPENING, opening_id)
        unit.session.flush()
        assert unit.session.exec(select(SavedItem)).all() == []
        with pytest.raises(NotFound):
            saving.save(unit, actor, SavedKind.COURSE, 99_999)
