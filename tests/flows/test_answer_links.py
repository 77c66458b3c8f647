"""Answering without an account: one person, one answer, recorded, and nothing to see otherwise."""

from collections.abc import Iterator
from datetime import UTC, date, datetime, timedelta

import pytest
from sqlmodel import select

from matcher.flows import (
    answer_links,
    applying,
    colleagues,
    link_answering,
    outbox,
    own_consents,
    reviewing,
)
from matcher.flows.link_answering import Answered, Asked, Proposed
from matcher.gateways.mail import Mail
from matcher.policy import answer_tokens
from matcher.policy.interviews import link_until
from matcher.policy.masking import candidate_number
from matcher.refusal import Conflict, Forbidden, Invalid, NotFound, TooMany
from matcher.web import cookies
from matcher.wiring import Services
from models.account import Account, AccountState
from models.answer_link import AnswerLink, AnswerLinkUse, LinkUse
from models.application import Application, ApplicationEvent, ApplicationState, RefusalReason
from models.consent import Consent, ConsentPurpose
from models.interview import InterviewMode, InterviewSlot
from models.organisation import Organisation
from models.outbox import OutboxMail
from tests import factories
from tests.hiring_desk import DAY, Hiring, set_hiring
from tests.partner_desk import OPERATION, actor, working
from tests.people import People
from tests.review_desk import colleague

CONTACT = "owner@orbit.example"
NO_TIMES = Proposed((), 30, InterviewMode.ON_SITE, "")


@pytest.fixture
def firm(services: Services, people: People) -> Hiring:
    """Nobody signs in for the partner any more; it left an address."""
    hiring = set_hiring(services, people, state=ApplicationState.SENT, begins=())
    with services.database.writing() as session:
        session.get_one(Organisation, people.partner.organisation_id).contact_email = CONTACT
        session.get_one(Account, people.partner.account_id).state = AccountState.DISABLED
    return hiring


@pytest.fixture
def token(services: Services, people: People, firm: Hiring) -> str:
    with services.writing(actor(people.youth)) as unit:
        answer_links.announce(unit, OPERATION, firm.first)
    return sent(services)[-1].context["token"]


def sent(services: Services) -> list[OutboxMail]:
    with services.database.reading() as session:
        found = select(OutboxMail).where(OutboxMail.template == "answer_asked")
        return list(session.exec(found.order_by(OutboxMail.id)).all())  # type: ignore[arg-type]


def look(services: Services, token: str) -> Asked | None:
    with services.reading(None, "", "203.0.113.7") as unit:
        return link_answering.look(unit, OPERATION, token)


def yes(services: Services, token: str, times: Proposed = NO_TIMES) -> Answered | None:
    with services.writing(None, "", "203.0.113.7") as unit:
        return link_answering.say_yes(unit, OPERATION, token, times)


def no(
    services: Services, token: str, reason: RefusalReason | None = RefusalReason.LACKS_SKILL
) -> Answered | None:
    with services.writing(None, "", "203.0.113.7") as unit:
        return link_answering.say_no(unit, OPERATION, token, reason, True)


def uses(services: Services) -> list[tuple[LinkUse, str]]:
    with services.database.reading() as session:
        rows = session.exec(select(AnswerLinkUse).order_by(AnswerLinkUse.id))  # type: ignore[arg-type]
        return [(row.use, row.source) for row in rows]


def test_an_application_to_a_firm_without_an_account_mails_it_a_link(
    services: Services, people: People, token: str
) -> None:
    (mail,) = sent(services)
    assert (mail.account_id, mail.address) == (None, CONTACT)
    with services.database.reading() as session:
        name = session.get_one(Account, people.youth.account_id).name
        assert session.exec(select(AnswerLink.token_hash)).one() not in token
    assert name not in str(mail.context)
    assert people.youth.email not in str(mail.context)


def test_a_firm_that_signs_in_or_left_no_address_gets_no_link(
    services: Services, people: People, firm: Hiring
) -> None:
    with services.database.writing() as session:
        session.get_one(Account, people.partner.account_id).state = AccountState.ACTIVE
    with services.writing(actor(people.youth)) as unit:
        answer_links.announce(unit, OPERATION, firm.first)
    with services.database.writing() as session:
        session.get_one(Account, people.partner.account_id).state = AccountState.DISABLED
        session.get_one(Organisation, people.partner.organisation_id).contact_email = None
    with services.writing(actor(people.youth)) as unit:
        answer_links.announce(unit, OPERATION, firm.first)
    assert sent(services) == []


def test_the_page_shows_the_number_and_the_fit_and_changes_nothing(
    services: Services, people: People, firm: Hiring, token: str
) -> None:
    first, again = look(services, token), look(services, token)
    assert first is not None
    assert first == again
    assert (first.message, first.explained is not None) == ("꼭 하고 싶어요.", True)
    assert first.explained is not None
    assert first.explained.score is not None
    with services.database.reading() as session:
        assert session.get_one(Application, firm.first).state is ApplicationState.SENT
        account = session.get_one(Account, people.youth.account_id)
    assert not [leak for leak in (account.name, account.email) if leak in repr(first)]
    assert uses(services) == [(LinkUse.OPENED, "203.0.113.7")] * 2


def test_a_yes_opens_this_one_contact_and_the_times(
    services: Services, people: People, firm: Hiring, token: str
) -> None:
    times = Proposed((DAY, DAY + timedelta(hours=1)), 30, InterviewMode.ON_SITE, "제주시 1")
    done = yes(services, token, times)
    assert done is not None
    assert (done.email, done.times) == (people.youth.email, 2)
    with services.database.reading() as session:
        row = session.get_one(Application, firm.first)
        events = session.exec(select(ApplicationEvent)).all()
        slots = session.exec(select(InterviewSlot)).all()
    assert row.state is ApplicationState.INTERVIEW
    assert {(each.actor_account_id, each.actor_role) for each in events} == {(None, "partner")}
    assert all(each.answer_link_id for each in events)
    assert [each.account_id for each in slots] == [None, None]
    told = [mail for mail in moved(services) if mail.template == "application_moved"]
    assert [mail.context["state"] for mail in told] == ["interview"]


def moved(services: Services) -> list[OutboxMail]:
    with services.database.reading() as session:
        return list(session.exec(select(OutboxMail).order_by(OutboxMail.id)).all())  # type: ignore[arg-type]


def test_a_no_needs_a_coded_reason_and_shares_it_when_asked(
    services: Services, firm: Hiring, token: str
) -> None:
    with pytest.raises(Invalid) as refused:
        no(services, token, None)
    assert list(refused.value.fields) == ["reason"]
    done = no(services, token)
    assert done is not None
    assert (done.name, done.email) == ("", "")
    with services.database.reading() as session:
        row = session.get_one(Application, firm.first)
    assert (row.state, row.reason, row.is_reason_shared) == (
        ApplicationState.REFUSED, RefusalReason.LACKS_SKILL, True,
    )  # fmt: skip


def test_one_answer_ends_it(services: Services, firm: Hiring, token: str) -> None:
    assert yes(services, token) is not None
    assert (yes(services, token), no(services, token), look(services, token)) == (None, None, None)
    assert (
        uses(services)
        == [(LinkUse.ANSWERED, "203.0.113.7")] + [(LinkUse.TURNED_AWAY, "203.0.113.7")] * 3
    )


@pytest.mark.parametrize("end", ["expired", "revoked", "consent", "withdrawn", "closed", "moved"])
def test_a_link_that_is_over_shows_nothing(
    services: Services, people: People, firm: Hiring, token: str, end: str
) -> None:
    with services.database.writing() as session:
        link = session.exec(select(AnswerLink)).one()
        if end == "expired":
            link.expires_at = factories.NOW - timedelta(days=1)
        elif end == "revoked":
            link.revoked_at = factories.NOW
        elif end == "closed":
            home = session.get_one(Organisation, people.partner.organisation_id)
            home.state = type(home.state).CLOSED
        elif end == "moved":
            session.get_one(Application, firm.first).state = ApplicationState.INTERVIEW
    if end == "withdrawn":
        with services.writing(actor(people.youth)) as unit:
            applying.withdraw(unit, actor(people.youth), firm.first, 1)
    if end == "consent":
        withdraw_consent(services, people)
    assert (look(services, token), yes(services, token), no(services, token)) == (None,) * 3
    assert {use for use, _source in uses(services)} == {LinkUse.TURNED_AWAY}


def withdraw_consent(services: Services, people: People) -> None:
    with services.database.reading() as session:
        number = session.exec(
            select(Consent.id).where(
                Consent.youth_id == people.youth.youth_id,
                Consent.purpose == ConsentPurpose.EMPLOYER,
            )
        ).one()
    with services.writing(actor(people.youth)) as unit:
        own_consents.withdraw_employer(unit, number or 0)


def spoilt(token: str) -> Iterator[str]:
    """Every byte changed, left out and doubled."""
    for at, letter in enumerate(token):
        other = "A" if letter != "A" else "B"
        yield token[:at] + other + token[at + 1 :]
        yield token[:at] + token[at + 1 :]
        yield token[:at] + letter * 2 + token[at + 1 :]


def test_no_changed_byte_opens_a_link_or_leaves_a_trace(services: Services, token: str) -> None:
    tried = [each for each in set(spoilt(token)) if each != token]
    assert len(tried) > 150
    key = OPERATION.mask_key
    assert [each for each in tried if answer_tokens.is_signed(key, each)] == []
    assert [each for each in tried[:20] if look(services, each) is not None] == []
    assert uses(services) == []


@pytest.mark.parametrize("odd", ["", ".", "x", "가" * 22 + ".x", "A" * 22, "A" * 22 + ".", "\x00"])
def test_what_is_no_token_is_refused_without_a_fault(services: Services, odd: str) -> None:
    assert look(services, odd) is None


def test_a_signature_for_another_purpose_or_key_opens_nothing(
    services: Services, token: str
) -> None:
    nonce = token.partition(".")[0]
    for other in (
        answer_tokens.signed("another key", nonce),
        f"{nonce}.{cookies.sign(OPERATION.mask_key, 'form', nonce)}",
        f"{nonce}.{cookies.sign(OPERATION.mask_key, 'answer-link', nonce)}",
        answer_tokens.signed(OPERATION.mask_key, "A" * 22),  # ours, never handed out
    ):
        assert look(services, other) is None


def test_a_new_link_ends_the_one_before(
    services: Services, people: People, firm: Hiring, token: str
) -> None:
    with services.writing(actor(people.centre)) as unit:
        answer_links.ask_again(unit, actor(people.centre), OPERATION, firm.first)
    fresh = sent(services)[-1].context["token"]
    assert fresh != token
    assert (look(services, token), look(services, fresh) is not None) == (None, True)


def test_the_centre_sees_numbers_and_every_use(
    services: Services, people: People, firm: Hiring, token: str
) -> None:
    look(services, token)
    with services.reading(actor(people.centre)) as unit:
        lines = answer_links.listing(unit, actor(people.centre), OPERATION)
        account = unit.session.get_one(Account, people.youth.account_id)
        assert not [leak for leak in (account.name, account.email) if leak in repr(lines)]
    assert [line.application_id for line in lines] == [firm.first, firm.second]
    assert [use.source for use in lines[0].lines[0].uses] == ["203.0.113.7"]
    for other in (people.coordinator, people.other_partner):
        with services.reading(actor(other)) as unit:
            assert answer_links.listing(unit, actor(other), OPERATION) == ()
            with pytest.raises(NotFound):
                answer_links.ask_again(unit, actor(other), OPERATION, firm.first)


def test_the_person_sees_every_use_of_a_link_to_the_own_application(
    services: Services, people: People, token: str
) -> None:
    look(services, token)
    with services.reading(actor(people.youth)) as unit:
        own = answer_links.uses_of_own(unit)
    with services.reading(actor(people.other_youth)) as unit:
        others = answer_links.uses_of_own(unit)
    assert [(each.use, each.organisation) for each in own] == [(LinkUse.OPENED, "orbit 데모")]
    assert others == ()


def test_a_partner_asks_only_mailboxes_of_its_own(services: Services, people: People) -> None:
    hiring = set_hiring(services, people, state=ApplicationState.SENT, begins=())

    def ask(address: str) -> None:
        with working(services, people.partner) as unit:
            answer_links.ask(unit, actor(people.partner), OPERATION, hiring.first, address)

    with pytest.raises(Invalid) as refused:
        ask("friend@elsewhere.org")
    assert list(refused.value.fields) == ["email"]
    for _ in range(answer_links.MOST_A_DAY):
        ask("boss@example.com")
    with pytest.raises(Conflict):
        ask("boss@example.com")
    with working(services, people.partner) as unit:
        number = unit.session.exec(select(AnswerLink.id).order_by(AnswerLink.id.desc())).first()  # type: ignore[union-attr]
        answer_links.revoke(unit, actor(people.partner), number or 0)
    assert look(services, sent(services)[-1].context["token"]) is None


@pytest.mark.parametrize("place", ["naver.com", "Gmail.com", "hanmail.net"])
def test_a_mail_service_for_everybody_is_no_firms_own_place(
    services: Services, people: People, place: str
) -> None:
    hiring = set_hiring(services, people, state=ApplicationState.SENT, begins=())
    with services.database.writing() as session:
        home = session.get_one(Organisation, people.partner.organisation_id)
        home.contact_email = f"orbit@{place}"
    asked = [partner_asks(services, people, hiring, f"stranger@{place.lower()}")]
    asked.append(partner_asks(services, people, hiring, f"Orbit@{place.lower()}"))
    assert asked == ["email", ""]


def partner_asks(services: Services, people: People, hiring: Hiring, address: str) -> str:
    """The field the partner is told to mend, or nothing."""
    try:
        with working(services, people.partner) as unit:
            answer_links.ask(unit, actor(people.partner), OPERATION, hiring.first, address)
    except Invalid as refused:
        return next(iter(refused.fields))
    return ""


@pytest.mark.parametrize("ended", ["sender", "reader"])
def test_whoever_no_longer_works_there_has_no_link_left(
    services: Services, people: People, ended: str
) -> None:
    hiring = set_hiring(services, people, state=ApplicationState.SENT, begins=())
    with services.database.writing() as session:
        mina = colleague(session, "mina", people.partner.organisation_id)
    asking = mina if ended == "sender" else people.partner
    with working(services, asking) as unit:
        address = "boss@example.com" if ended == "sender" else mina.email.upper()
        answer_links.ask(unit, actor(asking), OPERATION, hiring.first, address)
    token = sent(services)[-1].context["token"]
    assert look(services, token) is not None
    with working(services, people.partner) as unit:
        colleagues.end(unit, actor(people.partner), mina.account_id)
    assert (look(services, token), yes(services, token)) == (None, None)


@pytest.mark.parametrize("who", ["sender", "reader"])
def test_nobody_decides_through_a_link_about_whom_they_may_not_judge(
    services: Services, people: People, who: str
) -> None:
    """A conflict declared before closes the way, and one declared later ends the link."""
    hiring = set_hiring(services, people, state=ApplicationState.SENT, begins=())
    with services.database.writing() as session:
        mina = colleague(session, "mina", people.partner.organisation_id)

    def ask() -> None:
        asking = mina if who == "sender" else people.partner
        address = "boss@example.com" if who == "sender" else mina.email
        with working(services, asking) as unit:
            answer_links.ask(unit, actor(asking), OPERATION, hiring.first, address)

    ask()
    token = sent(services)[-1].context["token"]
    number = candidate_number(OPERATION.mask_key, hiring.opening_id, people.youth.youth_id or 0)
    with working(services, mina) as unit:
        reviewing.declare_conflict(unit, actor(mina), OPERATION, hiring.opening_id, number)
    assert (look(services, token), yes(services, token)) == (None, None)
    with pytest.raises(Forbidden if who == "sender" else Invalid):
        ask()
    assert len(sent(services)) == 1


@pytest.mark.parametrize(
    ("begins", "place", "field"),
    [
        ((DAY, DAY + timedelta(minutes=10)), "제주시 1", "times"),
        ((datetime(2026, 11, 20, tzinfo=UTC),), "제주시 1", "times"),
        ((DAY + timedelta(days=200),), "제주시 1", "times"),
        ((DAY,), "", "place"),
    ],
)
def test_times_that_cannot_be_leave_the_link_unanswered(
    services: Services, token: str, begins: tuple[datetime, ...], place: str, field: str
) -> None:
    with pytest.raises(Invalid) as refused:
        yes(services, token, Proposed(begins, 30, InterviewMode.ON_SITE, place))
    assert list(refused.value.fields) == [field]
    assert look(services, token) is not None


def test_a_link_opened_without_end_is_slowed_down(services: Services, token: str) -> None:
    with services.writing() as unit:
        number = unit.session.exec(select(AnswerLink.id)).one() or 0
        unit.session.add_all(
            AnswerLinkUse(link_id=number, use=LinkUse.OPENED, at=unit.now)
            for _ in range(link_answering.MOST_LOOKS)
        )
    with pytest.raises(TooMany):
        look(services, token)


def test_answers_from_one_place_are_slowed_down(services: Services, token: str) -> None:
    found = [yes(services, "x") for _ in range(30)]
    assert found == [None] * 30
    with pytest.raises(TooMany):
        yes(services, token)


def test_a_link_lasts_to_the_promised_day_and_three_weeks_at_most() -> None:
    now = factories.NOW
    assert link_until(None, now) == now + timedelta(days=21)
    assert link_until(date(2026, 11, 25), now) == datetime(2026, 11, 25, 15, tzinfo=UTC)
    assert link_until(date(2027, 3, 1), now) == now + timedelta(days=21)
    assert link_until(date(2026, 11, 1), now) == now + timedelta(days=21)


class Kept:
    is_on = True

    def __init__(self) -> None:
        self.mails: list[Mail] = []

    def send(self, mail: Mail) -> None:
        self.mails.append(mail)


def test_mail_without_an_account_leaves_and_its_words_are_forgotten(
    services: Services, token: str
) -> None:
    kept = Kept()
    outbox.send_waiting(services, kept, "https://oreum.example")
    (mail,) = [each for each in kept.mails if each.to == CONTACT]
    assert f"https://oreum.example/answer/{token}" in mail.text
    assert sent(services)[0].context == {}
    with services.reading() as unit:
        rows = outbox.page(unit, None, None).rows
    assert [row.account_id for row in rows if row.template == "answer_asked"] == [None]
