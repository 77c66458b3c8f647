"""What a partner types is shown as words: never a tag, a handler, an address or a script."""

import json
from html.parser import HTMLParser

from starlette.testclient import TestClient

from matcher.wiring import Services
from models.application import ApplicationState, RefusalReason
from tests import factories
from tests.conftest import SignIn, post
from tests.partner_desk import employer_consent, set_scene
from tests.people import People

# Each string holds "evil", so that wherever it lands as more than words it is found.
NASTY = (
    "<script>evil()</script>",
    '"><img src=evil onerror=evil()>',
    "'-evil()-'",
    "</title><svg onload=evil()>",
    '<div hx-get="/evil" hx-trigger="load" data-hx-post="/evil" hx-on:load="evil()">',
    "</script><script>evil()</script>\u2028evil()//",
    "<a href=javascript:evil()>x</a> javascript:evil()",
    "{{ evil }}{% evil %}",
    '<p style="background:url(evil)" class="evil">',
)
SPOKEN = {"value", "content", "title", "alt", "placeholder", "aria-label"}
"""Attributes that are words to read; anywhere else a typed text would do something."""
POSTING = {
    "sector": "space", "employment_type": "permanent", "region": "jeju-si", "headcount": "1",
    "opens_on": "2026-11-21", "closes_on": "2026-12-31", "version": "1",
    "req_kind": ["must"], "req_text": ["python"], "req_level": ["3"], "req_pick": [""],
}  # fmt: skip


class Doing(HTMLParser):
    """Everything on a page through which a typed text would be more than words."""

    def __init__(self) -> None:
        super().__init__()
        self.found: list[str] = []
        self.data: list[str] = []
        self._script: str | None = None

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        for name, value in attrs:
            if name.startswith("on") or ("evil" in name + (value or "") and name not in SPOKEN):
                self.found.append(f"<{tag} {name}={value}>")
        if tag == "script":
            self._script = dict(attrs).get("type") or ""

    def handle_data(self, data: str) -> None:
        if self._script == "application/ld+json":
            self.data.append(data)
        elif self._script is not None and "evil" in data:
            self.found.append(data)

    def handle_endtag(self, tag: str) -> None:
        if tag == "script":
            self._script = None


def doing(page: str) -> list[str]:
    parser = Doing()
    parser.feed(page)
    for each in parser.data:
        json.loads(each)
    return parser.found


def show(client: TestClient, *paths: str) -> dict[str, str]:
    answers = {path: client.get(path) for path in paths}
    assert {path: each.status_code for path, each in answers.items()} == dict.fromkeys(paths, 200)
    return {path: each.text for path, each in answers.items()}


def odd(pages: dict[str, str]) -> dict[str, list[str]]:
    return {path: found for path, text in pages.items() if (found := doing(text))}


def test_a_postings_words_are_inert_for_all_who_read_them(
    services: Services, people: People, sign_in: SignIn
) -> None:
    set_scene(services, people)
    partner, youth, centre = sign_in(people.partner), sign_in(people.youth), sign_in(people.centre)
    for nasty in NASTY:
        words = {"title_ko": nasty.replace("\u2028", " "), "title_en": "", "description": nasty}
        answer = post(partner, "/partner/openings/new", {**POSTING, **words})
        assert answer.status_code == 303
        own = answer.headers["location"]
        assert post(partner, f"{own}/submit", {"version": "1"}).status_code == 303
        opening_id = own.rpartition("/")[2]
        again = post(partner, "/partner/openings/new", {**POSTING, **words, "headcount": nasty})
        pasted = post(partner, "/partner/openings/paste", {"step": "read", "text": f"AWS {nasty}"})
        assert (pasted.status_code, again.status_code) == (200, 422)
        pages = {"pasted": pasted.text, "typed again": again.text}
        pages |= show(partner, own, f"{own}/edit")
        pages |= show(youth, f"/youth/openings/{opening_id}")
        pages |= show(centre, f"/openings/{opening_id}")
        assert sum("evil" in each for each in pages.values()) == len(pages)
        assert odd(pages) == {}
    lists = show(partner, "/partner", "/partner/openings") | show(centre, "/openings")
    assert odd(lists) == {}


def test_words_to_one_person_are_inert(services: Services, people: People, sign_in: SignIn) -> None:
    scene = set_scene(services, people)
    nasty = " ".join(NASTY)
    with services.database.writing() as session:
        employer_consent(session, people.youth.youth_id, people.partner.organisation_id)
        factories.introduction(
            session, scene.opening_id, people.youth.youth_id,
            asked_by_account_id=people.partner.account_id, message=nasty,
        )  # fmt: skip
        application_id = factories.application(
            session, scene.opening_id, people.youth.youth_id, state=ApplicationState.REFUSED,
            reason=RefusalReason.OTHER, is_reason_shared=True, message=nasty,
            words=nasty, note=nasty,
        ).id  # fmt: skip
    pages = show(sign_in(people.partner), f"/partner/applications/{application_id}")
    pages |= show(sign_in(people.youth), "/youth/applications")
    assert sum("evil" in each for each in pages.values()) == len(pages)
    assert odd(pages) == {}


def test_the_check_itself_sees_each_kind() -> None:
    seen = [each for each in NASTY if doing(each)]
    assert [each for each in NASTY if each not in seen] == ["'-evil()-'", "{{ evil }}{% evil %}"]
