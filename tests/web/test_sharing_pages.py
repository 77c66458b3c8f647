"""Share links: a reader sees exactly the chosen parts, until the owner or the day ends it."""

import json
import re
from collections.abc import Iterator
from dataclasses import dataclass, replace
from datetime import timedelta
from typing import Any

import pytest
from sqlmodel import col, select
from starlette.testclient import TestClient

from matcher.catalogue.certified_skills import load_certified_skills
from matcher.clock import Clock
from matcher.credentials import verifying
from matcher.credentials.types import Verdict
from matcher.i18n import use_language
from matcher.matching import at_hand, shared_record
from matcher.matching.certified import counted_of
from matcher.policy.sharing import Part
from matcher.wiring import Services
from models.account import Account, AccountState, ThrottleHit
from models.consent import Consent, ConsentPurpose
from models.credential import ShareLink, ShareLinkUse
from models.skill import Rater
from tests import factories
from tests.conftest import browser, make_services, post
from tests.credential_workshop import said
from tests.databases import Databases
from tests.factories import NOW, TODAY
from tests.people import People, Person, settle
from tests.sharing_desk import MORE, NEVER, WORDS, certificate, plant, share, signing

PARTS = tuple(WORDS)
FORMS = ("", "/record.json", "/record.jwt")


@dataclass
class Hall:
    services: Services
    people: People
    owner: TestClient
    stranger: TestClient

    def reader(self) -> TestClient:
        return browser(self.services)

    def links(self) -> list[ShareLink]:
        with self.services.database.reading() as session:
            return list(session.exec(select(ShareLink).order_by(col(ShareLink.id))))

    def last(self) -> ShareLink:
        return self.links()[-1]

    def uses(self, link_id: int | None) -> list[bool]:
        with self.services.database.reading() as session:
            rows = session.exec(select(ShareLinkUse).where(ShareLinkUse.link_id == link_id))
            return [row.was_open for row in rows]


def signed_in(services: Services, person: Person) -> TestClient:
    client = browser(services)
    assert post(client, "/login", {"email": person.email, "password": person.password}).is_redirect
    return client


@pytest.fixture(scope="module")
def hall(databases: Databases, empty_url: str) -> Iterator[Hall]:
    services = signing(make_services(databases.copy(empty_url)))
    people = settle(services)
    owner, stranger = (signed_in(services, each) for each in (people.youth, people.other_youth))
    with services.database.writing() as session:
        plant(session, people)
    yield Hall(services, people, owner, stranger)
    services.close()


@pytest.fixture(autouse=True)
def _uncounted(hall: Hall) -> Iterator[None]:
    """Every test opens links from the same place; what one counted must not stop the next."""
    yield
    with hall.services.database.writing() as session:
        for row in session.exec(select(ThrottleHit)):
            session.delete(row)
        for link in session.exec(select(ShareLink).where(col(ShareLink.revoked_at).is_(None))):
            link.revoked_at = NOW
            session.add(link)


def opened(client: TestClient, token: str, form: str = "") -> tuple[int, str]:
    """Status, and everything that came: body and headers, a token's content in plain letters."""
    answer = client.get(f"/shared/{token}{form}?lang=en")
    body = answer.text
    if form.endswith("jwt") and answer.status_code == 200:
        body += json.dumps(said(answer.text))
    return answer.status_code, body + repr(sorted(answer.headers.items()))


def held(hall: Hall, part: str) -> str:
    """All that the page is made of: no template could reach more."""
    youth_id = hall.people.youth.youth_id or 0
    with hall.services.reading() as unit, use_language("en"):
        return repr(
            shared_record.record(unit.session, youth_id, (Part(part),), unit.now, unit.today, MORE)
        )


@pytest.mark.parametrize("part", PARTS)
def test_a_reader_sees_the_chosen_part_and_no_other_word_of_the_person(
    hall: Hall, part: str
) -> None:
    token = share(hall.owner, [part], label="canary-label")
    page, as_json, signed = (opened(hall.reader(), token, form) for form in FORMS)
    assert [page[0], as_json[0], signed[0]] == [200, 200, 200]
    assert [word for word in WORDS[part] if word not in page[1] or word not in as_json[1]] == []
    others = [word for name, words in WORDS.items() if name != part for word in words]
    texts = [page[1], as_json[1], signed[1], held(hall, part)]
    leaked = [word for word in (*NEVER, *others) for text in texts if word in text]
    assert leaked == []


def test_all_parts_show_all_their_words_and_still_nothing_else(hall: Hall) -> None:
    token = share(hall.owner, PARTS, label="canary-label")
    _status, text = opened(hall.reader(), token)
    assert [word for words in WORDS.values() for word in words if word not in text] == []
    assert [word for word in NEVER if word in text] == []


def test_the_json_has_no_key_of_a_part_that_was_not_chosen(hall: Hall) -> None:
    token = share(hall.owner, ["skills"])
    told = hall.reader().get(f"/shared/{token}/record.json").json()
    assert sorted(told) == ["as_of", "service", "skills", "until"]
    assert [(row["slug"], row["level"], row["verification"]) for row in told["skills"]][-1] == (
        "python", 3, 1,
    )  # fmt: skip


def test_a_skill_is_shared_as_proved_as_it_counts_on_the_persons_own_page(hall: Hall) -> None:
    slug, level = min(load_certified_skills()["SAA"].items())
    youth_id = hall.people.other_youth.youth_id or 0
    with hall.services.database.writing() as session:
        certificate(session, youth_id, "SAA", 3)
        factories.skill_record(
            session, youth_id, slug, level=level + 1, rater=Rater.COORDINATOR, verification=2
        )
    told = hall.reader().get(f"/shared/{share(hall.stranger, ['skills'])}/record.json").json()
    row = next(each for each in told["skills"] if each["slug"] == slug)
    with hall.services.reading() as unit:
        counted = counted_of(unit.session, youth_id, unit.today)[slug]
    assert (row["level"], row["verification"], row["follows"]) == (level + 1, 3, False)
    assert (counted.level, counted.verification) == (row["level"], row["verification"])


def test_the_signed_record_is_verified_and_ends_with_the_link(hall: Hall) -> None:
    token = share(hall.owner, ["certificates"], TODAY + timedelta(days=2))
    signed = hall.reader().get(f"/shared/{token}/record.jwt").content
    services = hall.services
    with services.reading() as unit:
        known = at_hand.build(unit, services.key_vault)
        verdicts = [
            verifying.check(signed, known, recipient=None, now=unit.now + timedelta(days=each))
            for each in (0, 4)
        ]
    assert [each.verdict for each in verdicts] == [Verdict.VERIFIED, Verdict.EXPIRED]


def test_what_is_signed_says_the_same_in_whatever_language_it_is_fetched(hall: Hall) -> None:
    token = share(hall.owner, ["certificates"])
    told = {
        language: said(hall.reader().get(f"/shared/{token}/record.jwt?lang={language}").text)
        for language in ("ko", "en")
    }
    assert told["ko"]["credentialSubject"] == told["en"]["credentialSubject"]
    (row,) = told["ko"]["credentialSubject"]["cert"]
    assert (row["c"], row["n"]) == ("SAA", "AWS Certified Solutions Architect - Associate")


def test_no_search_engine_no_referrer_and_no_copy_on_the_way(hall: Hall) -> None:
    token = share(hall.owner, ["skills"])
    for form in FORMS:
        headers = hall.reader().get(f"/shared/{token}{form}").headers
        assert headers["x-robots-tag"] == "noindex, nofollow"
        assert headers["referrer-policy"] == "no-referrer"
        assert headers["cache-control"] == "no-store"


def test_the_address_is_shown_once_and_only_its_hash_is_kept(hall: Hall) -> None:
    token = share(hall.owner, ["skills"])
    assert token not in hall.owner.get("/youth/sharing").text
    row = hall.last()
    assert len(row.token_hash) == 64
    assert token not in repr(row)


def test_every_opening_is_counted_and_who_opened_is_not_kept(hall: Hall) -> None:
    token = share(hall.owner, ["skills"])
    for form in FORMS:
        assert opened(hall.reader(), token, form)[0] == 200
    link = hall.last()
    assert hall.uses(link.id) == [True, True, True]
    own = hall.owner.get(f"/youth/sharing/{link.id}?lang=en").text
    assert "Link opened 3 times" in own
    assert own.count("Saw the record") == 3
    assert {column.name for column in ShareLinkUse.__table__.columns} == {  # type: ignore[attr-defined]
        "id", "link_id", "youth_id", "was_open", "at",
    }  # fmt: skip
    with hall.services.database.reading() as session:
        hits = session.exec(select(ThrottleHit.bucket)).all()
    assert len(hits) == 3
    assert not [bucket for bucket in hits if "testclient" in bucket]


def _ends_by_hand(hall: Hall, link: ShareLink) -> None:
    assert post(hall.owner, f"/youth/sharing/{link.id}/revoke").status_code == 303


def _ends_all(hall: Hall, _link: ShareLink) -> None:
    assert post(hall.owner, "/youth/sharing/revoke-all").status_code == 303


@pytest.mark.parametrize("end", [_ends_by_hand, _ends_all])
def test_a_link_taken_back_shows_nothing_from_then_on(hall: Hall, end: Any) -> None:
    token = share(hall.owner, PARTS)
    assert opened(hall.reader(), token)[0] == 200
    link = hall.last()
    end(hall, link)
    unknown = {form: opened(hall.reader(), "A" * 43, form)[0] for form in FORMS}
    after = {form: opened(hall.reader(), token, form)[0] for form in FORMS}
    assert after == unknown == dict.fromkeys(FORMS, 404)
    assert hall.uses(link.id) == [True, False, False, False]
    assert "Saw nothing" in hall.owner.get(f"/youth/sharing/{link.id}?lang=en").text


def shown_when_dead(hall: Hall, services: Services, token: str) -> str:
    answer = browser(services).get(f"/shared/{token}")
    assert answer.status_code == 404
    return answer.text.replace(token, "T" * 43)


def test_ended_expired_orphaned_and_unknown_links_look_alike(hall: Hall) -> None:
    expired = share(hall.owner, PARTS, TODAY)
    others = {name: share(hall.owner, PARTS) for name in ("revoked", "consent", "account")}
    _ends_by_hand(hall, hall.links()[-3])
    later = replace(hall.services, clock=Clock(TODAY + timedelta(days=1)))
    assert opened(hall.reader(), expired)[0] == 200
    found = {
        "expired": shown_when_dead(hall, later, expired),
        "revoked": shown_when_dead(hall, hall.services, others["revoked"]),
        "unknown": shown_when_dead(hall, hall.services, "A" * 43),
    }
    youth_id, account_id = hall.people.youth.youth_id, hall.people.youth.account_id
    service = (Consent.youth_id == youth_id) & (Consent.purpose == ConsentPurpose.SERVICE)
    with hall.services.database.writing() as session:
        session.exec(select(Consent).where(service)).one().withdrawn_at = NOW
    found["consent"] = shown_when_dead(hall, hall.services, others["consent"])
    with hall.services.database.writing() as session:
        session.exec(select(Consent).where(service)).one().withdrawn_at = None
        session.get_one(Account, account_id).state = AccountState.DISABLED
    found["account"] = shown_when_dead(hall, hall.services, others["account"])
    with hall.services.database.writing() as session:
        session.get_one(Account, account_id).state = AccountState.ACTIVE
    assert opened(hall.reader(), others["account"])[0] == 200
    assert len({_without_form_tokens(text) for text in found.values()}) == 1


def _without_form_tokens(text: str) -> str:
    return re.sub(r"[0-9a-f]{64}", "", text)


def test_one_place_opens_living_links_sixty_times_an_hour(hall: Hall) -> None:
    token, now = share(hall.owner, ["skills"]), hall.services.clock.now()
    reader = hall.reader()
    assert reader.get(f"/shared/{token}").status_code == 200
    with hall.services.database.writing() as session:
        bucket = session.exec(select(ThrottleHit.bucket)).one()
        session.add_all(ThrottleHit(bucket=bucket, at=now) for _ in range(58))
    statuses = [reader.get(f"/shared/{token}").status_code for _ in range(2)]
    assert statuses == [200, 429]
    assert int(reader.get(f"/shared/{token}").headers["retry-after"]) > 0
    assert reader.get(f"/shared/{'A' * 43}").status_code == 404


@pytest.mark.parametrize(
    ("changed", "field"),
    [
        ({"parts": []}, "parts"),
        ({"parts": ["school"]}, "parts"),
        ({"expires_on": (TODAY - timedelta(days=1)).isoformat()}, "expires_on"),
        ({"expires_on": (TODAY + timedelta(days=181)).isoformat()}, "expires_on"),
        ({"expires_on": "soon"}, "expires_on"),
        ({"label": "가" * 81}, "label"),
        ({"label": "900101-1234567"}, "label"),
    ],
)
def test_a_bad_link_is_refused_by_field_and_what_was_typed_stays(
    hall: Hall, changed: dict[str, Any], field: str
) -> None:
    before = len(hall.links())
    form = {"parts": ["skills"], "expires_on": MORE.isoformat(), "label": "쓴 이름"} | changed
    answer = post(hall.owner, "/youth/sharing", form)
    assert answer.status_code == 422
    assert f'href="#f-{field}"' in answer.text
    assert str(form["label"]) in answer.text
    assert len(hall.links()) == before


def test_no_more_than_twenty_links_live_at_a_time(hall: Hall) -> None:
    youth_id = hall.people.youth.youth_id
    with hall.services.database.writing() as session:
        session.add_all(
            ShareLink(
                youth_id=youth_id, token_hash=f"{number:064}", parts=["skills"], expires_on=TODAY,
                created_at=NOW,
            )
            for number in range(20)
        )  # fmt: skip
    form = {"parts": ["skills"], "expires_on": MORE.isoformat()}
    assert post(hall.owner, "/youth/sharing", form).status_code == 409
    _ends_by_hand(hall, hall.last())
    assert post(hall.owner, "/youth/sharing", form).status_code == 200


def test_somebody_elses_link_is_absent(hall: Hall) -> None:
    share(hall.owner, ["skills"])
    link_id = hall.last().id
    assert hall.stranger.get(f"/youth/sharing/{link_id}").status_code == 404
    assert post(hall.stranger, f"/youth/sharing/{link_id}/revoke").status_code == 404
    assert post(hall.stranger, "/youth/sharing/revoke-all").status_code == 409
    assert hall.last().revoked_at is None


def test_a_link_ended_twice_says_so(hall: Hall) -> None:
    share(hall.owner, ["skills"])
    link = hall.last()
    _ends_by_hand(hall, link)
    assert post(hall.owner, f"/youth/sharing/{link.id}/revoke").status_code == 409


def test_links_of_an_erased_account_show_nothing_and_are_gone(hall: Hall) -> None:
    person = hall.people.far_youth
    client = signed_in(hall.services, person)
    token = share(client, ["skills"])
    assert opened(hall.reader(), token)[0] == 200
    answer = post(client, "/account/erase", {"current": person.password})
    assert answer.status_code == 303, answer.text
    assert opened(hall.reader(), token)[0] == 404
    assert [row for row in hall.links() if row.youth_id == person.youth_id] == []
