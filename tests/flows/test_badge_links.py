"""Links people handed in: asked for beside the service, and honest while nobody answers."""

import hashlib
import threading
import time
from collections.abc import Iterator
from dataclasses import replace
from datetime import timedelta
from typing import Any

import pytest
from sqlmodel import select, update

from matcher.flows import presenting
from matcher.flows.badge_links import WAITS
from matcher.gateways.badge_host import HttpBadgeHost
from matcher.jobs import badges as job
from matcher.store import badge_links as store
from matcher.wiring import Services
from models.credential import IssuerMeans, PresentedCredential, TrustedIssuer
from models.outbox import OutboxMail
from tests import factories
from tests.badge_desk import SAA, hand_in, records, stored
from tests.badge_server import HOSTS, PUBLIC, Answering, Authority, Papers, say, serving
from tests.conftest import SignIn
from tests.credential_workshop import text_of
from tests.factories import NOW
from tests.partner_desk import actor, working
from tests.people import People, Person

UUID = "0a1b2c3d-4e5f-4a6b-8c7d-9e0f1a2b3c4d"
LINK = f"https://www.credly.com/badges/{UUID}"
ASSERTION = f"https://api.credly.com/v1/obi/v2/badge_assertions/{UUID}"
ISSUER = "https://api.credly.com/v1/obi/v2/issuers/made-up-for-tests"
JSON = "Content-Type: application/json"


@pytest.fixture(scope="module")
def authority(tmp_path_factory: pytest.TempPathFactory) -> Authority:
    return Authority(tmp_path_factory.mktemp("authority"))


@pytest.fixture(scope="module")
def papers(authority: Authority) -> Papers:
    return authority.papers("api.credly.com", "www.credly.com")


def hosted(email: str, **changes: Any) -> bytes:
    """As the badge host tells one: the field names are the public facts', the values made up."""
    digest = hashlib.sha256((email + "salt").encode()).hexdigest()
    recipient = {"type": "email", "identity": f"sha256${digest}", "hashed": True, "salt": "salt"}
    kind = {
        "type": "BadgeClass", "id": "https://api.credly.com/v1/obi/v2/badge_classes/1", "name": SAA,
        "issuer": {"type": "Issuer", "id": ISSUER, "name": "Demo issuer"},
    }  # fmt: skip
    made = {
        "@context": "https://w3id.org/openbadges/v2", "type": "Assertion", "id": ASSERTION,
        "recipient": recipient, "badge": kind, "issuedOn": "2026-05-04T00:00:00Z",
        "expires": "2029-05-04T00:00:00Z", "verification": {"type": "HostedBadge"},
    }  # fmt: skip
    return text_of(made | changes)


@pytest.fixture
def given(services: Services, people: People) -> int:
    """haneul's link, whose issuer's own host counts."""
    row = TrustedIssuer(
        issuer=ISSUER,
        name="Demo issuer",
        means=IssuerMeans.HOSTED,
        backs_certificates=True,
        created_at=NOW,
        updated_at=NOW,
    )
    with services.database.writing() as session:
        factories.add(session, row)
    number = hand_in(services, people.youth, link=LINK)
    assert isinstance(number, int)
    return number


def asking(services: Services, authority: Authority, dialler: Any, seconds: float = 5) -> Services:
    host = HttpBadgeHost(HOSTS, lambda host: [PUBLIC], dialler, authority.trusting, seconds)
    return replace(services, badge_host=host)


def due(services: Services, number: int) -> None:
    with services.database.writing() as session:
        session.execute(update(PresentedCredential).values(next_try_at=NOW - timedelta(days=2)))


def answered(
    services: Services, authority: Authority, papers: Papers, answer: Answering, number: int
) -> PresentedCredential:
    with serving(papers, answer) as server:
        assert job.run(asking(services, authority, server.dial)) == 1
    return stored(services, number)


def test_a_badge_its_host_confirms_raises_the_record_to_the_third_level(
    services: Services, people: People, given: int, authority: Authority, papers: Papers
) -> None:
    assert stored(services, given).state == "fetching"
    answer = say("200 OK", hosted(people.youth.email), JSON)
    row = answered(services, authority, papers, answer, given)
    assert (row.state, row.verdict, row.proof) == ("counted", "verified", "ob2_hosted")
    (record,) = records(services, people.youth)
    assert (record.certification, record.verification) == ("SAA", 3)
    with services.database.reading() as session:
        mails = session.exec(select(OutboxMail)).all()
        assert [each.template for each in mails] == ["badge_answered"]
    assert job.run(services) == 0, "it is not asked for again"


@pytest.mark.parametrize(
    ("changes", "state", "verdict"),
    [
        ({"revoked": True}, "checked", "revoked"),
        ({"expires": "2026-06-01T00:00:00Z"}, "checked", "expired"),
        ({"id": ASSERTION[:-1] + "e"}, "checked", "unverifiable"),
        ({"recipient": {"type": "email", "identity": "x@example.com", "hashed": False}},
         "in_review", "wrong_recipient"),
        ({"badge": {"type": "BadgeClass", "id": "https://api.credly.com/b", "name": SAA,
                    "issuer": {"id": "https://api.credly.com/other", "name": "Other"}}},
         "checked", "authentic_unknown_issuer"),
        ({"badge": {"type": "BadgeClass", "id": "https://api.credly.com/b", "name": SAA,
                    "issuer": {"id": "https://issuer.example/", "name": "Other"}}},
         "checked", "invalid"),
    ],
)  # fmt: skip
def test_what_the_host_says_decides_and_nothing_else_counts(
    services: Services, people: People, given: int, authority: Authority, papers: Papers,
    changes: dict[str, Any], state: str, verdict: str,
) -> None:  # fmt: skip
    answer = say("200 OK", hosted(people.youth.email, **changes), JSON)
    row = answered(services, authority, papers, answer, given)
    assert (row.state, row.verdict) == (state, verdict)
    assert records(services, people.youth) == []


def test_without_a_host_a_person_opens_the_link(
    services: Services, people: People, given: int
) -> None:
    assert job.run(services) == 1
    row = stored(services, given)
    assert (row.state, row.next_try_at, [each["code"] for each in row.reasons]) == (
        "in_review", None, ["off"],
    )  # fmt: skip


def test_a_link_to_somewhere_else_is_never_asked_for(
    services: Services, people: People, authority: Authority
) -> None:
    number = hand_in(services, people.youth, link="https://127.0.0.1/badges/1")
    assert isinstance(number, int)
    assert job.run(asking(services, authority, lambda *_: pytest.fail("dialled"))) == 1
    row = stored(services, number)
    assert (row.state, [each["code"] for each in row.reasons]) == ("in_review", ["not_allowed"])


def test_a_badge_that_is_not_there_yet_is_asked_for_again_for_three_days(
    services: Services, people: People, given: int, authority: Authority, papers: Papers
) -> None:
    with serving(papers, say("404 Not Found", b"{}", JSON)) as server:
        there = asking(services, authority, server.dial)
        for turn, wait in enumerate(WAITS, start=1):
            assert (job.run(there), job.run(there)) == (1, 0), "not again before its time"
            row = stored(services, given)
            assert (row.state, row.tries) == ("fetching", turn)
            assert row.reasons == [{"code": "not_found", "details": {}}]
            assert row.next_try_at is not None
            assert abs(row.next_try_at - (row.checked_at or NOW) - wait) < timedelta(minutes=1)
            due(services, given)
        assert job.run(there) == 1
    assert stored(services, given).state == "in_review"
    assert len(server.heads) == len(WAITS) + 1
    assert sum(WAITS, timedelta()) > timedelta(hours=72)


def test_what_was_taken_back_meanwhile_stays_taken_back(
    services: Services, people: People, given: int, authority: Authority, papers: Papers
) -> None:
    def taking_back(connection: Any, head: bytes) -> None:
        with working(services, people.youth) as unit:
            version = unit.session.get_one(PresentedCredential, given).version
            presenting.withdraw(unit, actor(people.youth), given, version)
        say("200 OK", hosted(people.youth.email), JSON)(connection, head)

    row = answered(services, authority, papers, taking_back, given)
    assert (row.state, row.data) == ("withdrawn", None)
    assert records(services, people.youth) == []


def test_a_worker_that_dies_leaves_a_link_that_is_asked_for_again(
    services: Services, people: People, given: int, authority: Authority, papers: Papers
) -> None:
    def dying(*_: Any) -> Any:
        raise SystemExit

    with pytest.raises(SystemExit):
        job.run(asking(services, authority, dying))
    assert stored(services, given).state == "fetching"
    due(services, given)
    answer = say("200 OK", hosted(people.youth.email), JSON)
    assert answered(services, authority, papers, answer, given).state == "counted"


def test_two_workers_never_take_one_link(services: Services, people: People, given: int) -> None:
    with services.writing() as first:
        claimed = store.claim(first.session, first.now, WAITS)
    with services.writing() as second:
        assert store.claim(second.session, second.now, WAITS) is None
    assert claimed is not None
    assert (claimed.id, claimed.tries) == (given, 1)


@pytest.fixture
def black_hole(papers: Papers) -> Iterator[tuple[Any, threading.Event, threading.Event]]:
    """A host that takes connections and never says a word, until it is let go."""
    reached, let_go = threading.Event(), threading.Event()

    def silent(connection: Any, head: bytes) -> None:
        reached.set()
        let_go.wait(30)

    with serving(papers, silent) as server:
        yield server, reached, let_go
        let_go.set()


def test_while_the_host_is_a_black_hole_pages_answer_and_the_badge_says_it_waits(
    services: Services, people: People, given: int, authority: Authority, sign_in: SignIn,
    black_hole: Any,
) -> None:  # fmt: skip
    server, reached, let_go = black_hole
    there = asking(services, authority, server.dial, seconds=30)
    worker = threading.Thread(target=job.run, args=(there,))
    browser = sign_in(people.youth)
    worker.start()
    try:
        assert reached.wait(10)
        page = browser.get(f"/youth/badges/{given}")
        assert page.status_code == 200
        assert "물어보고 있어요" in page.text
        assert _another(services, people.other_youth) > given, "writing is free meanwhile"
        assert worker.is_alive(), "all of this while the host was silent"
    finally:
        let_go.set()
        worker.join(20)
    row = stored(services, given)
    assert (row.state, row.tries) == ("fetching", 1)
    assert row.reasons == [{"code": "unreachable", "details": {}}]
    assert "답하지 않아요" in browser.get(f"/youth/badges/{given}").text


def _another(services: Services, person: Person) -> int:
    number = hand_in(services, person, b'{"no": "badge"}', link="https://www.credly.com/badges/x")
    assert isinstance(number, int)
    return number


def test_the_service_asks_by_itself_and_stops_when_it_is_told(
    services: Services, people: People, given: int, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(job, "PAUSE", 0.02)
    with job.working(services):
        for _ in range(1000):
            if stored(services, given).state != "fetching":
                break
            time.sleep(0.01)
    assert stored(services, given).state == "in_review"
    assert not [each for each in threading.enumerate() if each.name == "badges"]
