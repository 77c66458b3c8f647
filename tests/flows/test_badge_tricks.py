"""What somebody tries who wants a badge to count that is not theirs, or that nobody gave them."""

import threading
from contextlib import suppress
from datetime import date
from typing import Any

import pytest
from sqlmodel import select

from matcher.flows import badges_desk, presenting
from matcher.flows.badges_desk import Answer
from matcher.jobs import badges as job
from matcher.matching import presenting as steps
from matcher.refusal import Invalid, TooMany
from matcher.store import presented, youths
from matcher.wiring import Services
from models.account import Account
from models.credential import IssuerMeans, PresentedCredential, PresentedState, Verdict
from tests.badge_desk import (
    again,
    certificate_badge,
    check_all,
    hand_in,
    handed,
    records,
    stored,
    trust,
)
from tests.badge_server import Authority, Papers, say
from tests.credential_workshop import UNIVERSITY, Issuer
from tests.flows.test_badge_links import (
    ASSERTION,
    ISSUER,
    JSON,
    LINK,
    answered,
    asking,
    due,
    hosted,
)
from tests.partner_desk import actor, working
from tests.people import People, Person
from tests.two_databases import any_people, any_services, any_url  # noqa: F401

SECONDS = 20


@pytest.fixture(scope="module")
def authority(tmp_path_factory: pytest.TempPathFactory) -> Authority:
    return Authority(tmp_path_factory.mktemp("authority"))


@pytest.fixture(scope="module")
def papers(authority: Authority) -> Papers:
    return authority.papers("api.credly.com", "www.credly.com")


@pytest.fixture
def host_counts(services: Services, people: People) -> None:
    """Badges without a signature count when their issuer's own host says the same."""
    trust(services, issuer=Issuer(UNIVERSITY.private, ISSUER), means=IssuerMeans.HOSTED, keys=None)


def named(services: Services, person: Person, name: str) -> None:
    with services.database.writing() as session:
        session.get_one(Account, person.account_id).name = name


def codes(row: PresentedCredential) -> list[str]:
    return [each["code"] for each in row.reasons]


def linked(services: Services, person: Person) -> int:
    number = hand_in(services, person, link=LINK)
    assert isinstance(number, int)
    return number


def broken(badge: bytes) -> bytes:
    return badge[:-8] + b"AAAAAAAA"


@pytest.mark.usefixtures("host_counts")
def test_a_badge_somebody_typed_is_never_taken_for_what_its_host_says(
    services: Services, people: People
) -> None:
    row = handed(services, people.youth, hosted(people.youth.email))
    for _each in range(2):
        row = again(services, people.youth, row.id or 0)
        check_all(services, ISSUER)
        row = stored(services, row.id or 0)
        assert (row.state, row.verdict) == (PresentedState.CHECKED, Verdict.UNVERIFIABLE)
        assert codes(row) == ["host_not_asked"]
    assert records(services, people.youth) == []


@pytest.mark.usefixtures("host_counts")
def test_what_the_host_said_is_believed_until_somebody_types_something_else_over_it(
    services: Services, people: People, authority: Authority, papers: Papers
) -> None:
    number = linked(services, people.youth)
    other = hosted("work@example.com")
    answered(services, authority, papers, say("200 OK", other, JSON), number)
    check_all(services, ISSUER)
    assert stored(services, number).state is PresentedState.IN_REVIEW
    assert handed(services, people.youth, hosted(people.youth.email)).id == number
    check_all(services, ISSUER)
    assert stored(services, number).verdict is Verdict.UNVERIFIABLE
    assert records(services, people.youth) == []


@pytest.mark.usefixtures("host_counts")
def test_a_host_that_confirmed_a_badge_is_not_forgotten_when_its_issuer_is_checked_again(
    services: Services, people: People, authority: Authority, papers: Papers
) -> None:
    number = linked(services, people.youth)
    good = say("200 OK", hosted(people.youth.email), JSON)
    assert answered(services, authority, papers, good, number).state == "counted"
    check_all(services, ISSUER)
    assert stored(services, number).state is PresentedState.COUNTED
    assert [each.verification for each in records(services, people.youth)] == [3]


def test_a_broken_copy_in_between_wipes_away_no_doubt_about_the_name(
    services: Services, people: People
) -> None:
    trust(services)
    named(services, people.youth, "김하늘")
    badge = certificate_badge(holder="박서준")
    assert codes(handed(services, people.youth, badge)) == ["name_differs"]
    row = handed(services, people.youth, broken(badge))
    assert (row.state, codes(row)) == (PresentedState.CHECKED, ["signature_wrong", "name_differs"])
    named(services, people.youth, "박서준")
    row = handed(services, people.youth, badge)
    assert (row.state, codes(row)) == (PresentedState.IN_REVIEW, ["name_differs"])
    assert records(services, people.youth) == []


@pytest.mark.usefixtures("host_counts")
def test_a_host_that_does_not_answer_wipes_away_no_doubt_about_the_name(
    services: Services, people: People, authority: Authority, papers: Papers
) -> None:
    number = linked(services, people.youth)
    nameless = say("200 OK", hosted("", recipient=None), JSON)
    assert codes(answered(services, authority, papers, nameless, number))[-1] == "no_name"
    again(services, people.youth, number)
    due(services, number)

    def silent(*_: Any) -> Any:
        raise OSError

    assert job.run(asking(services, authority, silent)) == 1
    assert codes(stored(services, number)) == ["unreachable", "no_name"]


def test_with_only_a_name_on_it_the_first_to_come_is_looked_at_too_and_keeps_counting_meanwhile(
    services: Services, people: People
) -> None:
    """Anybody may call an account what somebody else's badge says."""
    trust(services)
    for person in (people.other_youth, people.youth):
        named(services, person, "김하늘")
    badge = certificate_badge(holder="김하늘")
    first = handed(services, people.other_youth, badge).id or 0
    assert stored(services, first).state is PresentedState.COUNTED
    second = handed(services, people.youth, badge).id or 0
    again(services, people.other_youth, first)
    check_all(services, UNIVERSITY.did)
    for number in (first, second):
        row = stored(services, number)
        assert (row.state, codes(row)) == (PresentedState.IN_REVIEW, ["two_accounts"])
    assert [each.verification for each in records(services, people.other_youth)] == [4]
    answer = Answer(stored(services, first).version, comment="다른 사람의 배지입니다.")
    with working(services, people.coordinator) as unit:
        badges_desk.refuse(unit, actor(people.coordinator), first, answer)
    assert [each.verification for each in records(services, people.other_youth)] == [1]


@pytest.mark.parametrize("name", ["김하늘", "박서준"])
def test_whose_address_is_on_it_is_not_asked_again_whoever_hands_in_a_copy(
    services: Services, people: People, name: str
) -> None:
    trust(services)
    named(services, people.other_youth, name)
    badge = certificate_badge(people.youth.email, holder="김하늘")
    number = handed(services, people.youth, badge).id or 0
    row = handed(services, people.other_youth, badge)
    assert (row.state, row.verdict) == (PresentedState.IN_REVIEW, Verdict.WRONG_RECIPIENT)
    check_all(services, UNIVERSITY.did)
    assert stored(services, number).state is PresentedState.COUNTED


def test_a_copy_handed_in_before_does_not_keep_whose_address_is_on_it_from_counting(
    services: Services, people: People
) -> None:
    trust(services)
    badge = certificate_badge(people.youth.email)
    handed(services, people.other_youth, badge)
    row = handed(services, people.youth, badge)
    assert (row.state, codes(row)) == (PresentedState.COUNTED, [])


def test_a_forged_copy_in_another_account_does_not_keep_the_owner_from_counting(
    services: Services, people: People
) -> None:
    trust(services)
    badge = certificate_badge(people.youth.email)
    assert handed(services, people.other_youth, broken(badge)).verdict is Verdict.INVALID
    assert handed(services, people.youth, badge).state is PresentedState.COUNTED


@pytest.mark.usefixtures("host_counts")
def test_a_desk_that_opens_a_link_says_what_it_saw_whatever_was_typed(
    services: Services, people: People, authority: Authority, papers: Papers
) -> None:
    number = linked(services, people.youth)
    answered(services, authority, papers, say("200 OK", hosted("x@example.com"), JSON), number)
    typed = hosted(people.youth.email, expires="2099-01-01T00:00:00Z")
    assert handed(services, people.youth, typed).id == number
    again(services, people.youth, number)
    assert job.run(services) == 1  # the host is not asked any more
    row = stored(services, number)
    assert (row.state, row.certification) == (PresentedState.IN_REVIEW, "SAA")
    with pytest.raises(Invalid), working(services, people.coordinator) as unit:
        badges_desk.accept(unit, actor(people.coordinator), number, Answer(row.version))
    read = Answer(row.version, certification="CLF", on=date(2026, 5, 4))
    with working(services, people.coordinator) as unit:
        badges_desk.accept(unit, actor(people.coordinator), number, read)
    (record,) = records(services, people.youth)
    assert (record.certification, record.verification) == ("CLF", 2)
    assert record.expires_on == date(2029, 5, 4)


def test_only_a_badge_of_the_named_host_is_asked_for_and_nothing_else_it_tells(
    services: Services, people: People, authority: Authority
) -> None:
    other = ASSERTION.replace("badge_assertions", "evidence")
    number = hand_in(services, people.youth, link=other)
    assert isinstance(number, int)
    assert job.run(asking(services, authority, lambda *_: pytest.fail("dialled"))) == 1
    assert codes(stored(services, number)) == ["not_allowed"]


def test_a_try_is_counted_before_it_costs_anything(services: Services, people: People) -> None:
    """Sent all at once, none of them has come to its end when the next one asks."""
    for _each in range(30):
        with working(services, people.youth) as unit:
            presenting.begin(unit, actor(people.youth), services.key_vault)
    with pytest.raises(TooMany), working(services, people.youth) as unit:
        presenting.begin(unit, actor(people.youth), services.key_vault)


def test_of_one_badge_in_two_accounts_at_once_neither_slips_by(
    any_services: Services,  # noqa: F811
    any_people: People,  # noqa: F811
) -> None:
    trust(any_services)
    people = [any_people.youth, any_people.other_youth]
    for person in people:
        named(any_services, person, "김하늘")
    badge, ready = certificate_badge(holder="김하늘"), threading.Barrier(2)
    settle = steps.settle

    def together(*args: Any) -> None:
        with suppress(threading.BrokenBarrierError):
            ready.wait(1)  # where both may come here at once, they do
        settle(*args)

    with pytest.MonkeyPatch.context() as patched:
        patched.setattr(steps, "settle", together)
        both = [
            threading.Thread(target=handed, args=(any_services, person, badge)) for person in people
        ]
        for each in both:
            each.start()
        for each in both:
            each.join(SECONDS)
    with any_services.database.reading() as session:
        states = sorted(row.state.value for row in session.exec(select(PresentedCredential)))
    assert states == ["in_review", "in_review"]


def test_whoever_settles_a_badge_holds_its_person_first(
    any_services: Services,  # noqa: F811
    any_people: People,  # noqa: F811
) -> None:
    """As every flow of the person's own does: crosswise the two would wait for each other."""
    trust(any_services)
    number = handed(any_services, any_people.youth, certificate_badge()).id or 0
    youth_id, failed = any_people.youth.youth_id, []

    def worker() -> None:
        try:
            with any_services.writing() as unit:
                presented.locked(unit.session, number)
                youths.hold(unit.session, [youth_id])
        except Exception as error:
            failed.append(error)

    other = threading.Thread(target=worker)
    with any_services.writing() as unit:
        youths.hold(unit.session, [youth_id])
        other.start()
        other.join(0.5)
        row = presented.locked(unit.session, number)
        assert row is not None
        row.holder_name = "held"
    other.join(SECONDS)
    assert (failed, stored(any_services, number).holder_name) == ([], "held")
