"""What is said of handed-in badges: by mail, to their owner, to a desk, and where pages lead."""

from typing import Any

import pytest
from starlette.testclient import TestClient

from matcher import rendering
from matcher.i18n import Language, use_language
from matcher.matching import badge_words
from matcher.policy.badges import Doubt
from matcher.wiring import Services
from tests.badge_desk import certificate_badge, handed, trust
from tests.conftest import SignIn, post
from tests.people import People

LANGUAGES: tuple[Language, ...] = ("ko", "en")
STATES = [
    ("counted", "verified"),
    ("in_review", "wrong_recipient"),
    ("not_theirs", "wrong_recipient"),
    ("checked", "verified"),
    ("checked", "revoked"),
]


def mail(state: str, verdict: str, language: Language) -> tuple[str, str]:
    context = {
        "name": "하늘", "site_url": "https://oreum.example", "state": state, "verdict": verdict,
        "title": "Cloud Camp", "comment": "이름이 달라요", "badge": 7,
    }  # fmt: skip
    with use_language(language):
        subject = rendering.render_block("mail/badge_answered.txt", "subject", context).strip()
        return subject, rendering.render("mail/badge_answered.txt", context)


@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize(("state", "verdict"), STATES)
def test_a_mail_names_the_badge_says_why_and_leads_to_it(
    state: str, verdict: str, language: Language
) -> None:
    subject, body = mail(state, verdict, language)
    assert subject
    assert "\n" not in subject
    for part in ("Cloud Camp", "이름이 달라요", "https://oreum.example/youth/badges/7\n"):
        assert part in body


def test_no_two_outcomes_read_alike() -> None:
    for language in LANGUAGES:
        bodies = [mail(state, verdict, language)[1] for state, verdict in STATES]
        said = {line for body in bodies for line in body.splitlines() if "Cloud Camp" in line}
        assert len(said) == len(STATES)


@pytest.mark.parametrize("doubt", list(Doubt))
def test_a_desk_reads_of_somebody_else_and_the_owner_of_oneself(doubt: Doubt) -> None:
    kept: dict[str, Any] = {"code": doubt.value, "details": {}}
    with use_language("ko"):
        own, desk = badge_words.sentence(kept), badge_words.desk_sentence(kept)
    assert own.endswith("요.")
    assert desk.endswith(("니다.", "십시오."))
    assert "내 " not in desk
    with use_language("en"):
        assert "your" not in badge_words.desk_sentence(kept)


def read(client: TestClient, path: str) -> str:
    answer = client.get(path)
    assert answer.status_code == 200, path
    return answer.text


def test_the_pages_of_certificates_and_proofs_lead_to_badges(
    services: Services, people: People, sign_in: SignIn
) -> None:
    me = sign_in(people.youth)
    for path in ("/youth/certifications", "/youth/evidence"):
        assert 'href="/youth/badges"' in read(me, path), path
    trust(services)
    row = handed(services, people.youth, certificate_badge("somebody@example.com"))
    desk = sign_in(people.coordinator)
    for path in ("/coordinator", "/coordinator/evidence"):
        assert 'href="/coordinator/badges"' in read(desk, path), path
    queue = read(desk, "/coordinator/badges")
    assert f'href="/coordinator/badges/{row.id}"' in queue
    assert "배지에 적힌 이메일이 본인 계정의 이메일과 다릅니다." in queue
    assert 'href="/centre/badges"' in read(sign_in(people.centre), "/centre/evidence")


def test_what_a_desk_confirmed_is_not_told_as_a_match_of_names(
    services: Services, people: People, sign_in: SignIn
) -> None:
    trust(services)
    row = handed(services, people.youth, certificate_badge("somebody@example.com"))
    me = sign_in(people.youth)
    assert "담당자가 볼 때까지" in read(me, f"/youth/badges/{row.id}")
    desk = sign_in(people.coordinator)
    answer = post(desk, f"/coordinator/badges/{row.id}/accept", {"version": str(row.version)})
    assert answer.status_code == 303
    page = read(me, f"/youth/badges/{row.id}")
    assert "내 배지인지는 담당자가 보고 확인했어요." in page
    assert "내 이름이나 이메일과 맞고" not in page
