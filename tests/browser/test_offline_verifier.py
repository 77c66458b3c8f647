"""The checking page as a file on a disk, without a network: yes to what is true, no to the rest.

Every verdict is compared with the one the command gives for the same bytes at the same moment.
"""

import base64
import json
from collections.abc import Callable, Iterator
from dataclasses import dataclass, replace
from datetime import datetime, timedelta
from pathlib import Path
from typing import Any

import pytest
from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import Browser, Page

from matcher.credentials import badge, clr, integrity, parts, record, verifying
from matcher.credentials.pinned import pinned
from matcher.credentials.record import Record
from matcher.credentials.signing_keys import SigningKey, public_jwk
from matcher.credentials.types import Verdict
from matcher.credentials.words import verdict_words
from matcher.flows import offline_verifier
from matcher.i18n import use_language
from matcher.rendering.verifier import verifier_file
from tests.forged_records import (
    AT_HAND,
    BADGE,
    DID,
    FALSE,
    HALF,
    KEY,
    NOW,
    OTHER,
    SECOND,
    SITE,
    TRUE,
    WHOLE,
    a_badge,
    a_record,
    edited,
    other_spelling,
    packed,
    paths,
    put,
    touched,
    unpacked,
)

AXE = Axe()


@dataclass
class Verifier:
    page: Page
    asked: list[str]

    def check(self, text: str, email: str = "") -> list[tuple[str, list[str]]]:
        """(verdict, codes) of each thing found in what was pasted."""
        self.page.fill("#v-email", email)
        self.page.evaluate("t => { document.getElementById('v-text').value = t; }", text)
        return self._after(lambda: self.page.click("button[type=submit]"))

    def all(self, texts: list[str]) -> list[list[tuple[str, list[str]]]]:
        """As `check` of one text after the other, without a step of the browser's for each."""
        found = self.page.evaluate(EACH, texts)
        return [[(verdict, codes.split()) for verdict, codes in rows] for rows in found]

    def choose(self, name: str, data: bytes) -> list[tuple[str, list[str]]]:
        file = {"name": name, "mimeType": "application/octet-stream", "buffer": data}
        return self._after(lambda: self.page.set_input_files("#v-file", [file]))  # type: ignore[list-item]

    def _after(self, act: Callable[[], object]) -> list[tuple[str, list[str]]]:
        out = "document.getElementById('v-results')"
        before = self.page.evaluate(f"{out}.dataset.done || '0'")
        act()
        self.page.wait_for_function(f"was => ({out}.dataset.done || '0') !== was", arg=before)
        rows = self.page.evaluate(
            f"[...{out}.children].map(each => [each.dataset.verdict, each.dataset.codes])"
        )
        return [(verdict, codes.split()) for verdict, codes in rows]


EACH = """async texts => {
  const out = document.getElementById("v-results"), all = [];
  const form = document.getElementById("v-form");
  for (const text of texts) {
    document.getElementById("v-text").value = text;
    await new Promise(done => {
      const watch = new MutationObserver(() => { watch.disconnect(); done(); });
      watch.observe(out, { attributes: true, attributeFilter: ["data-done"] });
      form.requestSubmit();
    });
    all.push([...out.children].map(each => [each.dataset.verdict, each.dataset.codes]));
  }
  return all;
}"""


@pytest.fixture(scope="module")
def file(tmp_path_factory: pytest.TempPathFactory) -> Path:
    path = tmp_path_factory.mktemp("verifier") / "oreum-verify.html"
    text = verifier_file(offline_verifier.told(pinned(AT_HAND, {DID: "오름"}, NOW)))
    path.write_text(text, encoding="utf-8")
    return path


Opened = Callable[..., Verifier]


@pytest.fixture
def opened(chromium: Browser, file: Path) -> Iterator[Opened]:
    """Opens the file with the network off; whatever it asks for or complains of fails the test."""
    asked: list[str] = []
    contexts = []

    def make(now: datetime = NOW, script: str = "", anchor: str = "", **options: Any) -> Verifier:
        context = chromium.new_context(**{"locale": "ko-KR", **options})
        contexts.append(context)
        context.set_offline(True)
        if script:
            context.add_init_script(script)
        page = context.new_page()
        page.clock.set_fixed_time(now)
        page.on("request", lambda request: asked.append(request.url))
        page.on("console", lambda message: asked.append(f"console: {message.text}"))
        page.on("pageerror", lambda error: asked.append(f"error: {error}"))
        page.goto(file.as_uri() + anchor)
        return Verifier(page, asked)

    yield make
    for each in contexts:
        each.close()
    assert [each for each in asked if not each.startswith(file.as_uri())] == []


def by_command(
    token: str, recipient: str | None = None, now: datetime = NOW
) -> tuple[str, set[str]]:
    found = verifying.check(token.encode(), AT_HAND, recipient=recipient, now=now)
    return found.verdict.value, {each.code for each in found.reasons}


@pytest.mark.parametrize("engine", ["browser", "own"])
def test_it_says_yes_to_the_true_record_and_no_to_every_other(opened: Opened, engine: str) -> None:
    page = opened(script=WITHOUT_ED25519 if engine == "own" else "")
    assert page.check(TRUE) == [("verified", [])]
    assert page.check(BADGE) == [("verified", [])]
    assert page.page.get_attribute("#verifier", "data-engine") == engine
    wrong = {}
    answers = page.all([token for token, _code in FALSE.values()])
    for (name, (token, code)), ((verdict, codes),) in zip(FALSE.items(), answers, strict=True):
        told, _codes = by_command(token)
        if verdict == "verified" or verdict != told or (code and code not in codes):
            wrong[name] = (verdict, codes, told)
    assert wrong == {}
    assert len(FALSE) > 30


WITHOUT_ED25519 = """
SubtleCrypto.prototype.importKey = () =>
  Promise.reject(new DOMException("Unrecognized name.", "NotSupportedError"));
"""


def test_an_edit_of_any_field_of_either_is_caught(opened: Opened) -> None:
    page, passed = opened(), []
    for token in (TRUE, BADGE):
        fields = list(paths(unpacked(token.split(".")[1])))
        answers = page.all([edited(token, touched(path)) for path in fields])
        for path, ((verdict, codes),) in zip(fields, answers, strict=True):
            if verdict not in ("invalid", "unverifiable") or not codes:
                passed.append((path, verdict))
        assert len(fields) > 20
    assert passed == []


def a_learner_record(*members: Any, key: SigningKey = KEY) -> str:
    return clr.record(members, "haneul@example.kr", key, DID, "오름", SITE, NOW)


def badge_document(index: int = 5, number: str = "1", **changes: Any) -> dict[str, Any]:
    said = {**badge.without_claims(a_badge(index)), "id": f"urn:uuid:{number}", **changes}
    return integrity.with_proof(said, KEY, NOW)


def test_a_learner_record_is_as_good_as_what_it_holds(opened: Opened) -> None:
    """Signatures inside a document are beyond the page: of another issuer it says so, of the
    record's own the record's signature is that issuer's word, and the lists still count."""
    page = opened()
    whole = a_learner_record(badge_document(), {"id": f"data:application/vc+jwt,{BADGE}"})
    assert page.check(whole) == [("verified", [])]
    assert by_command(whole)[0] == "verified"
    revoked = a_learner_record(badge_document(), badge_document(7, "2"))
    assert page.check(revoked) == [("revoked", ["inside", "revocation"])]
    assert by_command(revoked)[0] == "revoked"
    words = page.page.locator(".verdict").inner_text()
    assert "안에 든 2번째 증명서(위성 자료 처리): 취소됐어요" in words
    assert "2번째: 발급 기관이 취소했어요." in words
    forged = edited(BADGE, put("name", "else"))
    inside = a_learner_record({"id": f"data:application/vc+jwt,{forged}"})
    assert page.check(inside) == [("invalid", ["inside", "signature_wrong"])]
    assert by_command(inside)[0] == "invalid"
    other = a_learner_record(badge_document(issuer={"id": "did:web:else.example"}))
    assert page.check(other) == [("unverifiable", ["inside", "proof_not_here"])]
    several = a_learner_record(*[badge_document()] * 51)
    assert page.check(several) == [("unverifiable", ["inside_too_many"])]
    nested = a_learner_record({"id": f"data:application/vc+jwt,{whole}"})
    assert page.check(nested) == [("unverifiable", ["inside", "inside_deeper"])]
    assert by_command(nested)[0] == "unverifiable"


def test_a_did_jwk_carries_its_own_key_here_too(opened: Opened) -> None:
    page = opened()
    named = f"did:jwk:{packed(public_jwk(OTHER))}"
    token = record.token(WHOLE, SITE, named, SigningKey(f"{named}#0", OTHER), NOW)
    assert page.check(token) == [("authentic_unknown_issuer", ["issuer_unknown"])]
    assert by_command(token) == ("authentic_unknown_issuer", {"issuer_unknown"})
    opened_key = f"did:jwk:{packed({**public_jwk(OTHER), 'd': 'AA'})}"
    token = record.token(WHOLE, SITE, opened_key, SigningKey(f"{opened_key}#0", OTHER), NOW)
    assert page.check(token) == [("unverifiable", ["key_not_at_hand"])]
    assert by_command(token) == ("unverifiable", {"key_not_at_hand"})


def test_letters_that_cannot_be_seen_or_look_alike_are_caught(opened: Opened) -> None:
    page = opened()
    texts = []
    tricks = ["\u200b", "\u200d", "\u2060", "\u00ad", "\ufeff", "\u0430", "=", "\u00a0", "+"]
    for trick in tricks:
        for at in (1, HALF, len(TRUE) - 2):
            texts += [TRUE[:at] + trick + TRUE[at:], TRUE[:at] + trick + TRUE[at + 1 :]]
    for text, rows in zip(texts, page.all(texts), strict=True):
        assert {verdict for verdict, _codes in rows} == {"invalid"}, ascii(text)
    assert page.check(other_spelling()) == [("invalid", ["token_broken"])]
    assert page.check(TRUE[:HALF] + "\n" + TRUE[HALF:])[0][0] == "invalid"


def test_codes_are_put_together_and_codes_of_two_records_are_not(opened: Opened) -> None:
    page = opened()
    one, two = parts.split(TRUE, SITE), parts.split(SECOND, SITE)
    assert len(one) == len(two) > 1
    assert page.check("\n".join(reversed(one))) == [("verified", [])]
    assert page.check("  ".join([*one, one[0]])) == [("verified", [])]
    assert page.check(" ".join(each.partition("#")[2] for each in one)) == [("verified", [])]
    assert page.check(one[0]) == [("unverifiable", ["parts_missing"])]
    assert page.check("\n".join([one[0], two[1]])) == [("invalid", ["parts_mixed"])]
    lied = one[1].replace(parts.mark_of(TRUE), parts.mark_of(SECOND))
    assert page.check("\n".join([two[0], lied]))[0][0] == "invalid"
    assert page.check("\n".join([one[0], one[1][:-3]])) == [("invalid", ["parts_broken"])]
    assert page.check("\n".join([one[0], TRUE])) == [("invalid", ["not_a_credential"])]
    assert page.check(f"{TRUE}~abc~") == [("unverifiable", ["facts_not_here"])]


def test_a_code_that_opens_the_page_is_checked_at_once_and_leaves_the_address(
    opened: Opened,
) -> None:
    short = a_record(Record(courses=1))
    (part,) = parts.split(short, SITE)
    page = opened(anchor="#" + part.partition("#")[2])
    page.page.wait_for_selector("[data-verdict]")
    assert page.page.get_attribute("[data-verdict]", "data-verdict") == "verified"
    assert "#" not in page.page.url


def test_whose_it_is(opened: Opened) -> None:
    page = opened()
    for email in ("haneul@example.kr", "  Haneul@Example.kr "):
        assert page.check(TRUE, email) == [("verified", [])]
        assert page.check(BADGE, email)[0][0] == by_command(BADGE, email)[0] == "verified"
    assert page.check(TRUE, "boram@example.kr") == [("wrong_recipient", ["recipient_differs"])]
    nobody = a_record(Record(courses=1))
    assert page.check(nobody) == [("verified", ["names_nobody"])]
    assert page.check(nobody, "haneul@example.kr") == [("wrong_recipient", ["names_nobody"])]


def test_files_of_every_kind_are_read_and_changed_ones_refused(opened: Opened) -> None:
    from openbadgeslib.baking import bake_png, bake_svg

    page = opened()
    picture = base64.b64decode(
        "iVBORw0KGgoAAAANSUhEUgAAAAEAAAABCAYAAAAfFcSJAAAADUlEQVR42mNk+M9QDwADhgGAWjR9awAAAABJRU5ErkJggg=="
    )
    svg = b'<svg xmlns="http://www.w3.org/2000/svg" width="1" height="1"></svg>'
    wrapped = {"@context": [], "id": f"data:application/vc+jwt,{BADGE}"}
    several = {"verifiableCredential": [BADGE, {"id": f"data:application/vc+jwt,{TRUE}"}]}
    assert page.choose("a.jwt", f"\ufeff{TRUE}\n".encode()) == [("verified", [])]
    assert page.choose("a.json", json.dumps(wrapped).encode()) == [("verified", [])]
    assert page.choose("b.json", json.dumps(several).encode()) == [("verified", [])] * 2
    assert page.choose("a.png", bake_png(picture, BADGE)) == [("verified", [])]
    assert page.choose("a.svg", bake_svg(svg, BADGE)) == [("verified", [])]
    forged = edited(BADGE, put("name", "else"))
    assert page.choose("b.png", bake_png(picture, forged))[0] == ("invalid", ["signature_wrong"])
    assert page.choose("b.svg", bake_svg(svg, forged))[0] == ("invalid", ["signature_wrong"])
    assert page.choose("c.png", picture) == [("invalid", ["picture_empty"])]
    assert page.choose("c.svg", svg) == [("invalid", ["picture_empty"])]
    bomb = b'<!DOCTYPE svg [<!ENTITY a "aaaa">]>' + bake_svg(svg, BADGE)
    assert page.choose("d.svg", bomb) == [("invalid", ["picture_broken"])]
    assert page.choose("e.jwt", b"\xff\xfe" * 9)[0][0] == "invalid"
    assert page.choose("f.jwt", b"a" * 2_200_000) == [("invalid", ["too_large"])]
    assert page.choose("g.json", b'{"proof": {}}') == [("unverifiable", ["proof_not_here"])]


def test_it_says_how_old_its_lists_are_and_trusts_none_whose_time_is_over(opened: Opened) -> None:
    later = NOW + timedelta(days=9)
    page = opened(now=later)
    assert page.page.locator("[data-old]").is_visible()
    ((verdict, codes),) = page.check(BADGE)
    assert (verdict, set(codes)) == ("unverifiable", {"status_list_expired", "status_list_old"})
    assert by_command(BADGE, now=later)[0] == "unverifiable"
    assert "9일 전" in page.page.locator(".verdict").inner_text()
    fresh = opened()
    assert fresh.page.locator("[data-old]").is_hidden()
    fresh.check(BADGE)
    assert "2026년 11월 21일" in fresh.page.locator(".verdict").inner_text()


def test_what_a_record_holds_is_told_in_both_languages_and_never_as_markup(opened: Opened) -> None:
    page = opened()
    page.check(a_record(replace(WHOLE, name="<img src=x onerror=alert(1)>")))
    korean = page.page.locator(".verdict").inner_text()
    for words in ("<img src=x onerror=alert(1)>", "AWS 공인 솔루션스", "파이썬", "전자서명 검증"):
        assert words in korean
    assert page.page.locator(".verdict img").count() == 0
    page.page.click("[data-speak=en]")
    english = page.page.locator(".verdict").inner_text()
    assert "Python · level 3" in english
    assert page.page.get_attribute("html", "lang") == "en"
    for language in ("ko", "en"):
        page.page.click(f"[data-speak={language}]")
        with use_language(language):  # type: ignore[arg-type]
            wanted = verdict_words(Verdict.VERIFIED)
        assert page.page.locator(".verdict h2").inner_text() == wanted


@pytest.mark.parametrize("language", ["ko-KR", "en-GB"])
def test_the_file_passes_axe_fits_a_phone_and_works_by_keyboard(
    opened: Opened, language: str
) -> None:
    page = opened(viewport={"width": 360, "height": 740}, locale=language)
    page.check("\n".join([TRUE, edited(BADGE, put("name", "else"))]))
    found = AXE.run(page.page, options={"resultTypes": ["violations"]}).response["violations"]
    assert [each["id"] for each in found] == []
    assert page.page.evaluate("document.documentElement.scrollWidth <= 360")
    assert page.page.get_attribute("html", "lang") == language[:2]
    page.page.focus("#v-text")
    page.page.keyboard.press("Tab")
    assert page.page.evaluate("document.activeElement.id") == "v-file"
