"""Badges handed in: what counts, what waits for a person, and what a level rests on."""

from dataclasses import replace
from datetime import date, timedelta
from typing import Any

import pytest
from sqlmodel import select, update

from matcher.flows import badges_desk, certifications, presenting
from matcher.flows.badges_desk import Answer, Show
from matcher.flows.presenting import Unread
from matcher.matching import at_hand
from matcher.matching import presenting as steps
from matcher.refusal import Conflict, Invalid, NotFound, TooMany
from matcher.wiring import Services
from models.account import Account
from models.certification import AttemptState
from models.credential import (
    IssuerMeans,
    PresentedCredential,
    PresentedState,
    StatusListCopy,
    TrustedIssuer,
    Verdict,
)
from models.outbox import OutboxMail
from models.trail import AccessRecord, AuditEntry
from tests import credential_workshop as shop
from tests import factories
from tests.badge_desk import (
    SAA,
    again,
    certificate_badge,
    check_all,
    hand_in,
    handed,
    records,
    stored,
    trust,
)
from tests.coordinator_desk import certificate
from tests.credential_workshop import ACADEMY, PERSON, UNIVERSITY
from tests.factories import NOW
from tests.partner_desk import actor, looking, working
from tests.people import People, Person


def codes(row: PresentedCredential) -> set[str]:
    return {each["code"] for each in row.reasons}


def name_of(services: Services, person: Person, name: str) -> None:
    with services.database.writing() as session:
        session.get_one(Account, person.account_id).name = name


def answer(services: Services, desk: Person, number: int, yes: bool, **values: Any) -> None:
    given = Answer(stored(services, number).version, **({} if yes else {"comment": "왜"}) | values)
    with working(services, desk) as unit:
        act = badges_desk.accept if yes else badges_desk.refuse
        act(unit, actor(desk), number, given)


def test_a_trusted_signature_for_this_address_makes_the_record_at_the_highest_level(
    services: Services, people: People
) -> None:
    trust(services)
    row = handed(services, people.youth, certificate_badge(people.youth.email))
    (record,) = records(services, people.youth)
    assert (row.state, row.verdict, row.certification) == (
        PresentedState.COUNTED, Verdict.VERIFIED, "SAA",
    )  # fmt: skip
    assert row.record_id == record.id
    assert (record.certification, record.exam_code, record.state) == (
        "SAA", "SAA-C03", AttemptState.PASSED,
    )  # fmt: skip
    assert (record.exam_on, record.expires_on) == (date(2026, 5, 4), date(2029, 5, 4))
    assert record.verification == 4
    with services.database.reading() as session:
        assert "certification:proved" in [each.action for each in session.exec(select(AuditEntry))]


@pytest.mark.parametrize("before", [1, 2, 3, 4])
def test_the_pass_on_record_is_found_and_no_level_is_lost(
    services: Services, people: People, before: int
) -> None:
    trust(services, means=IssuerMeans.HOSTED)
    with services.database.writing() as session:
        own = certificate(
            session, people.youth.youth_id, certification="SAA", exam_code="SAA-C03",
            exam_on=date(2026, 5, 20), expires_on=date(2029, 5, 20), verification=before,
        ).id  # fmt: skip
    handed(services, people.youth, certificate_badge(people.youth.email))
    (record,) = records(services, people.youth)
    assert (record.id, record.verification) == (own, max(before, 3))
    # The day on the badge, where the own day would have bought sixteen more.
    assert (record.exam_on, record.expires_on) == (date(2026, 5, 4), date(2029, 5, 4))


def test_a_sitting_whose_result_was_awaited_becomes_the_pass(
    services: Services, people: People
) -> None:
    trust(services)
    with services.database.writing() as session:
        certificate(
            session, people.youth.youth_id, certification="SAA", exam_code="SAA-C03",
            state=AttemptState.RESULT_PENDING, exam_on=date(2026, 5, 1), expires_on=None,
        )  # fmt: skip
    handed(services, people.youth, certificate_badge(people.youth.email))
    (record,) = records(services, people.youth)
    assert (record.state, record.exam_on) == (AttemptState.PASSED, date(2026, 5, 1))
    # Three years from the sitting, or the badge's own end where that is later.
    assert (record.expires_on, record.verification) == (date(2029, 5, 4), 4)


def test_the_same_badge_twice_in_two_clothes_is_one_row_and_one_record(
    services: Services, people: People
) -> None:
    trust(services)
    token = certificate_badge(people.youth.email)
    first = handed(services, people.youth, token)
    second = handed(services, people.youth, shop.baked(token))
    assert first.id == second.id
    assert len(records(services, people.youth)) == 1
    assert second.data == token, "the picture that carried it is not kept"


def test_an_unknown_issuer_is_authentic_and_raises_nothing(
    services: Services, people: People
) -> None:
    row = handed(services, people.youth, certificate_badge(people.youth.email, PERSON))
    assert (row.state, row.verdict) == (
        PresentedState.CHECKED, Verdict.AUTHENTIC_UNKNOWN_ISSUER,
    )  # fmt: skip
    assert records(services, people.youth) == []


def test_a_badge_of_something_else_stays_a_badge(services: Services, people: People) -> None:
    trust(services)
    near = certificate_badge(people.youth.email, name=SAA + " Preparation")
    row = handed(services, people.youth, near)
    assert (row.state, row.verdict) == (PresentedState.CHECKED, Verdict.VERIFIED)
    assert row.certification is None
    assert records(services, people.youth) == []


def test_only_issuers_on_the_list_stand_behind_certificates(
    services: Services, people: People
) -> None:
    """The service's own signature is trusted too, and a course may be called anything."""
    with working(services, people.youth) as unit:
        known = at_hand.build(unit)
        own = shop.at_hand()
        trusted = type(known)(trusted=own.trusted, keys=own.keys)
        looked = presenting.look(
            presenting.Given("file", certificate_badge(people.youth.email)), trusted, unit.now
        )
        number = presenting.hand_in(unit, actor(people.youth), looked)
    assert isinstance(number, int)
    assert stored(services, number).state is PresentedState.CHECKED
    assert records(services, people.youth) == []


def test_a_trusted_university_does_not_stand_for_an_aws_certification(
    services: Services, people: People
) -> None:
    """Its signature holds, and its badge may carry any name."""
    trust(services, backs_certificates=False)
    row = handed(services, people.youth, certificate_badge(people.youth.email))
    assert (row.state, row.verdict) == (PresentedState.CHECKED, Verdict.VERIFIED)
    assert records(services, people.youth) == []


@pytest.mark.parametrize(
    ("badge_name", "own_name", "doubt"),
    [
        ("Kim Haneul", "김하늘", None),
        ("", "김하늘", "no_name"),
        ("Kim H.", "김하늘", "name_unsure"),
        ("Park Bada", "김하늘", "name_differs"),
    ],
)
def test_without_an_address_the_name_decides_or_a_person_does(
    services: Services, people: People, badge_name: str, own_name: str, doubt: str | None
) -> None:
    trust(services)
    name_of(services, people.youth, own_name)
    row = handed(services, people.youth, certificate_badge(holder=badge_name))
    assert row.state is (PresentedState.IN_REVIEW if doubt else PresentedState.COUNTED)
    assert len(records(services, people.youth)) == (0 if doubt else 1)
    assert doubt is None or doubt in codes(row)
    # Calling oneself as the badge does, after it was doubted, changes nothing.
    name_of(services, people.youth, badge_name or "김")
    assert again(services, people.youth, row.id or 0).state is row.state


def test_another_address_waits_for_the_desk_and_counts_when_it_says_yes(
    services: Services, people: People
) -> None:
    trust(services)
    row = handed(services, people.youth, certificate_badge("work@example.com"))
    assert (row.state, row.verdict) == (PresentedState.IN_REVIEW, Verdict.WRONG_RECIPIENT)
    assert codes(row) == {"other_address"}
    assert records(services, people.youth) == []
    with looking(services, people.coordinator) as unit:
        view = badges_desk.queue(unit, actor(people.coordinator))
    assert [line.badge.id for line in view.lines] == [row.id]
    answer(services, people.coordinator, row.id or 0, yes=True)
    row = stored(services, row.id or 0)
    assert (row.state, row.verdict) == (PresentedState.COUNTED, Verdict.VERIFIED)
    (record,) = records(services, people.youth)
    assert record.verification == 4
    with services.database.reading() as session:
        (mail,) = session.exec(select(OutboxMail)).all()
        tasks = [each.task for each in session.exec(select(AccessRecord))]
    assert (mail.template, mail.context["state"]) == ("badge_answered", "counted")
    assert tasks == ["badge:listed", "badge:accepted"]
    assert again(services, people.youth, row.id or 0).state is PresentedState.COUNTED


def test_no_of_the_desk_stays_until_the_desk_says_otherwise(
    services: Services, people: People
) -> None:
    trust(services)
    name_of(services, people.youth, "김하늘")
    badge = certificate_badge(holder="Park Bada")
    number = handed(services, people.youth, badge).id or 0
    with pytest.raises(Invalid, match="이유"):
        answer(services, people.coordinator, number, yes=False, comment="")
    answer(services, people.coordinator, number, yes=False)
    assert stored(services, number).state is PresentedState.NOT_THEIRS
    with working(services, people.youth) as unit:
        version = stored(services, number).version
        presenting.withdraw(unit, actor(people.youth), number, version)
    name_of(services, people.youth, "박바다")
    row = handed(services, people.youth, badge)
    assert (row.id, row.state) == (number, PresentedState.IN_REVIEW)
    assert "asked_again" in codes(row)
    with services.database.writing() as session:
        session.exec(update(TrustedIssuer).values(is_active=False))
    assert again(services, people.youth, number).state is PresentedState.CHECKED
    with services.database.writing() as session:
        session.exec(update(TrustedIssuer).values(is_active=True))
    assert again(services, people.youth, number).state is PresentedState.IN_REVIEW
    assert records(services, people.youth) == []


def test_a_refused_badge_does_not_come_in_while_its_issuer_is_off(
    services: Services, people: People
) -> None:
    """Nothing says then whose it is, and the desk's no must not be taken for its yes later."""
    trust(services)
    badge = certificate_badge("work@example.com")
    number = handed(services, people.youth, badge).id or 0
    answer(services, people.coordinator, number, yes=False)
    for is_active, state in (
        (False, PresentedState.NOT_THEIRS),
        (True, PresentedState.IN_REVIEW),
    ):
        with services.database.writing() as session:
            session.exec(update(TrustedIssuer).values(is_active=is_active))
        assert handed(services, people.youth, badge).state is state
    assert records(services, people.youth) == []


def test_one_badge_in_two_accounts_is_looked_at(services: Services, people: People) -> None:
    trust(services)
    name_of(services, people.youth, "김하늘")
    name_of(services, people.other_youth, "김하늘")
    first = handed(services, people.youth, certificate_badge(holder="김하늘"))
    second = handed(services, people.other_youth, certificate_badge(holder="김하늘"))
    assert first.state is PresentedState.COUNTED
    assert (second.state, codes(second)) == (
        PresentedState.IN_REVIEW, {"two_accounts"},
    )  # fmt: skip
    assert records(services, people.other_youth) == []


def listed(services: Services, raised: tuple[int, ...]) -> None:
    signed = UNIVERSITY.token(shop.status_list(raised))
    row = StatusListCopy(
        address=shop.LIST, issuer=UNIVERSITY.did, data=signed, made_at=NOW, kept_at=NOW
    )
    with services.database.writing() as session:
        known = session.exec(select(StatusListCopy)).first()
        if known is None:
            factories.add(session, row)
        else:
            known.data = signed


@pytest.mark.parametrize(("seen_by_desk", "rest"), [(False, 1), (True, 2)])
def test_revoked_later_the_level_falls_to_what_else_proves_it(
    services: Services, people: People, seen_by_desk: bool, rest: int
) -> None:
    trust(services)
    listed(services, ())
    if seen_by_desk:
        with services.database.writing() as session:
            certificate(
                session, people.youth.youth_id, certification="SAA", exam_code="SAA-C03",
                exam_on=date(2026, 5, 4), expires_on=date(2029, 5, 4), verification=2,
                verified_by_account_id=people.coordinator.account_id,
            )  # fmt: skip
    badge = certificate_badge(people.youth.email, credentialStatus=shop.entry())
    row = handed(services, people.youth, badge)
    assert row.status_list_at is not None
    assert [each.verification for each in records(services, people.youth)] == [4]
    listed(services, (7,))
    assert check_all(services, UNIVERSITY.did) == 1
    row = stored(services, row.id or 0)
    assert (row.state, row.verdict, row.record_id) == (
        PresentedState.CHECKED, Verdict.REVOKED, None,
    )  # fmt: skip
    assert [each.verification for each in records(services, people.youth)] == [rest]
    with services.database.reading() as session:
        lost = [e for e in session.exec(select(AuditEntry)) if e.action.endswith("proof_lost")]
        (mail,) = session.exec(select(OutboxMail)).all()
    assert [each.change["after"] for each in lost] == [rest]
    assert mail.context["verdict"] == "revoked"


def test_of_two_badges_the_other_one_goes_on_proving(services: Services, people: People) -> None:
    trust(services)
    trust(services, ACADEMY, means=IssuerMeans.HOSTED)
    email = people.youth.email
    one = handed(services, people.youth, certificate_badge(email))
    number = "urn:uuid:0e3b7f5c-6f5c-4c0f-9d5a-000000000002"
    handed(services, people.youth, certificate_badge(email, ACADEMY, id=number))
    with working(services, people.youth) as unit:
        presenting.withdraw(unit, actor(people.youth), one.id or 0, one.version)
    (record,) = records(services, people.youth)
    assert record.verification == 4
    with pytest.raises(Conflict), working(services, people.youth) as unit:
        certifications.remove(unit, actor(people.youth), record.id or 0)


def test_taken_back_it_proves_nothing_and_may_come_again(
    services: Services, people: People
) -> None:
    trust(services)
    badge = certificate_badge(people.youth.email)
    row = handed(services, people.youth, badge)
    with working(services, people.youth) as unit:
        presenting.withdraw(unit, actor(people.youth), row.id or 0, row.version)
    assert stored(services, row.id or 0).data is None
    assert [each.verification for each in records(services, people.youth)] == [1]
    back = handed(services, people.youth, badge)
    assert (back.id, back.state) == (row.id, PresentedState.COUNTED)
    assert [each.verification for each in records(services, people.youth)] == [4]


def test_a_badge_that_is_over_when_it_comes_raises_nothing(
    services: Services, people: People
) -> None:
    trust(services)
    past: dict[str, Any] = {
        "validFrom": "2022-05-04T00:00:00Z",
        "validUntil": "2025-05-04T00:00:00Z",
    }
    row = handed(services, people.youth, certificate_badge(people.youth.email, **past))
    assert (row.state, row.verdict) == (PresentedState.CHECKED, Verdict.EXPIRED)
    assert records(services, people.youth) == []


def test_a_badge_that_ends_later_leaves_it_to_the_records_own_day(
    services: Services, people: People
) -> None:
    trust(services)
    number = handed(services, people.youth, certificate_badge(people.youth.email)).id or 0
    with services.writing() as unit:
        later = replace(unit, now=NOW + timedelta(days=1200))
        row = later.session.get_one(PresentedCredential, number)
        known = at_hand.build(later)
        checked = steps.look_again(steps.kept(row), known, later.now)
        steps.settle(later, row, checked, known)
    row = stored(services, number)
    assert (row.state, row.verdict) == (PresentedState.COUNTED, Verdict.EXPIRED)
    (record,) = records(services, people.youth)
    assert (record.verification, record.expires_on) == (4, date(2029, 5, 4))


def test_what_cannot_be_read_is_told_and_not_kept(services: Services, people: People) -> None:
    found = hand_in(services, people.youth, factories.PICTURE)
    assert isinstance(found, Unread)
    assert any("배지" in each for each in found.sentences())
    with services.database.reading() as session:
        assert session.exec(select(PresentedCredential)).all() == []


def test_thirty_an_hour(services: Services, people: People) -> None:
    for _each in range(30):
        hand_in(services, people.youth, b"nothing")
    with pytest.raises(TooMany):
        hand_in(services, people.youth, b"nothing")
    assert isinstance(hand_in(services, people.other_youth, b"nothing"), Unread)


def test_a_link_nobody_may_ask_for_us_is_opened_by_the_desk_and_counts_as_its_look(
    services: Services, people: People
) -> None:
    from matcher.jobs import badges

    link = "https://www.credly.com/badges/0e3b7f5c-6f5c-4c0f-9d5a-000000000001"
    number = hand_in(services, people.youth, link=link)
    assert isinstance(number, int)
    assert stored(services, number).state is PresentedState.FETCHING
    assert badges.run(services) == 1
    assert stored(services, number).state is PresentedState.IN_REVIEW
    with pytest.raises(Invalid):
        answer(services, people.coordinator, number, yes=True)
    read = {"certification": "SAA", "on": date(2026, 5, 4)}
    answer(services, people.coordinator, number, yes=True, **read)
    (record,) = records(services, people.youth)
    assert (record.verification, record.verified_by_account_id) == (
        2, people.coordinator.account_id,
    )  # fmt: skip


def test_other_desks_and_the_other_persons_see_nothing(services: Services, people: People) -> None:
    trust(services)
    number = handed(services, people.youth, certificate_badge("work@example.com")).id or 0
    for desk in (people.other_coordinator, people.centre):
        with looking(services, desk) as unit:
            assert badges_desk.queue(unit, actor(desk)).counts[Show.OPEN] == 0
        with pytest.raises(NotFound):
            answer(services, desk, number, yes=True)
    with pytest.raises(NotFound), looking(services, people.other_youth) as unit:
        presenting.one(unit, actor(people.other_youth), number)
    stale = Answer(99)
    with pytest.raises(Conflict), working(services, people.coordinator) as unit:
        badges_desk.accept(unit, actor(people.coordinator), number, stale)
