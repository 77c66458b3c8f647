"""Codes scanned with a phone gather in the page that checks; the record prints without tools."""

from datetime import UTC, datetime

from axe_playwright_python.sync_playwright import Axe

from matcher.credentials import parts, record
from matcher.credentials.record import Record, SkillLine
from matcher.credentials.signing_keys import SigningKey, multibase, new_private, public_jwk
from tests.browser.conftest import PHONE, Open

AXE = Axe()
EVERYTHING = {"resultTypes": ["violations"]}
CARD = "[data-verdict]"


def a_strangers_record() -> str:
    private = new_private()
    did = f"did:key:{multibase(public_jwk(private))}"
    skills = tuple(SkillLine(f"skill-{n}", 3, 2) for n in range(20))
    key = SigningKey(f"{did}#{did.removeprefix('did:key:')}", private)
    return record.token(Record(name="모르는 이", skills=skills), "https://else.example", did, key,
                        datetime.now(UTC))  # fmt: skip


def test_codes_scanned_one_after_the_other_gather_and_nothing_of_them_is_kept(desk: Open) -> None:
    visitor = desk(viewport=PHONE)
    one, two = (each.partition("#")[2] for each in parts.split(a_strangers_record(), "https://x"))
    page = visitor.open(f"/verify#{one}")
    page.wait_for_selector(CARD)
    assert page.get_attribute(CARD, "data-codes") == "parts_missing"
    assert "#" not in page.url
    other = visitor.context.new_page()
    other.goto(f"{visitor.site.url}/verify#{two}")
    other.wait_for_selector(CARD)
    assert other.get_attribute(CARD, "data-verdict") == "authentic_unknown_issuer"
    assert "모르는 이" in other.inner_text(CARD)
    assert other.evaluate("localStorage.length") == 0
    assert AXE.run(other, options=EVERYTHING).response["violations"] == []


def test_the_record_prints_without_what_only_a_screen_needs(desk: Open) -> None:
    page = desk("youth", 0, viewport=PHONE).open("/youth/record?own=1")
    assert page.locator("aside.no-print").is_visible()
    page.emulate_media(media="print")
    assert page.locator("aside.no-print").is_hidden()
    assert page.locator("h1").is_visible()
