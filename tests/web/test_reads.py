"""Every page as every role, in both languages: it opens, writes nothing, and is sound HTML."""

import json
import re
from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from typing import Any
from xml.etree.ElementTree import Element

import html5lib
import pytest
from sqlalchemy import select
from sqlmodel import SQLModel

from matcher.wiring import Services
from tests.walk import ROOT, TRAIL, Route, Visitor, Writes, best_route, matches, may_open

ROLES = ("anon", "youth", "coordinator", "centre", "partner", "admin")
HANGUL = re.compile(r"[가-힣][가-힣 ·,.()0-9-]*")
LABELLED = {"input", "select", "textarea"}
UNLABELLED = {"hidden", "submit", "button", "reset", "image"}
LIMITED = {"/youth/record.pdf", "/youth/record/clr.jwt"}
"""Costly to make: how often somebody asks is counted."""
READABLE = ("aria-label", "title", "alt", "placeholder", "content", "value")
Seen = Mapping[tuple[str, str, str], Any]


@pytest.fixture(scope="module")
def seen(
    demo_services: Services, visitors: Mapping[str, Visitor], known_routes: list[Route]
) -> tuple[Seen, list[str]]:
    """(role, language, path) -> answer for every page the role may open (tests/authz asks for the
    others); and the tables written to meanwhile."""
    answers: dict[tuple[str, str, str], Any] = {}
    wrote: list[str] = []
    with Writes(demo_services) as writes:
        for visitor in visitors.values():
            own = [route for route in known_routes if may_open(route, visitor.name)]
            for language in ("ko", "en"):
                for path in visitor.pages(demo_services, own, 2 if language == "ko" else 1):
                    answer = visitor.client.get(f"{path}?lang={language}")
                    answers[visitor.name, language, path] = answer
                    counted = {"throttle_hit"} if path in LIMITED else set()
                    tables = writes.take() - TRAIL - counted
                    wrote += [f"{visitor.name} {path}: {sorted(tables)}"] if tables else []
    return answers, wrote


@pytest.fixture(scope="module")
def pages(seen: tuple[Seen, list[str]]) -> Mapping[tuple[str, str, str], Element]:
    """The parsed HTML of every page that opened."""
    return {
        key: html5lib.parse(answer.text, namespaceHTMLElements=False)
        for key, answer in seen[0].items()
        if answer.status_code == 200
        and answer.headers.get("content-type", "").startswith("text/html")
    }


def test_no_page_breaks(seen: tuple[Seen, list[str]]) -> None:
    broken = [f"{key}: {a.status_code}" for key, a in seen[0].items() if a.status_code >= 500]
    assert broken == []
    assert len(seen[0]) > 300


def test_looking_writes_nothing_but_the_append_only_records(seen: tuple[Seen, list[str]]) -> None:
    assert seen[1] == []


def test_every_page_opens_for_somebody(
    seen: tuple[Seen, list[str]], known_routes: list[Route]
) -> None:

    opened = {
        route.key
        for (_role, _language, path), answer in seen[0].items()
        if answer.status_code == 200 and (route := best_route(known_routes, "GET", path))
    }
    gets = {r.key for r in known_routes if r.method == "GET" and not r.is_api}
    # Links in mails: without their token the page says, with 422, that the link is used up. A feed
    # is opened by whoever has its address, and nobody else.
    by_token = {
        "GET /answer/{token}",
        "GET /shared/{token}",
        "GET /shared/{token}/record.json",
        "GET /shared/{token}/record.jwt",
        "GET /confirm",
        "GET /reset/new",
        "GET /calendar/{token}.ics",
    }
    shut = gets - opened - by_token
    assert shut == set(), "\n".join(sorted(shut))


@pytest.mark.parametrize("role", ROLES)
def test_pages_are_sound_html(seen: tuple[Seen, list[str]], role: str) -> None:
    wrong = []
    for (name, language, path), answer in seen[0].items():
        if (
            name != role
            or language != "ko"
            or "text/html" not in answer.headers.get("content-type", "")
        ):
            continue
        parser = html5lib.HTMLParser()
        parser.parse(answer.text)
        wrong += [f"{path} {place}: {code} {data}" for place, code, data in parser.errors
                  if code not in {"expected-doctype-but-got-chars"}]  # fmt: skip
    assert wrong == []


def _text(element: Element) -> str:
    return " ".join("".join(element.itertext()).split())


def _faults(key: tuple[str, str, str], root: Element) -> Iterator[str]:
    """What is wrong with one page's frame."""
    _role, language, _path = key
    headings = root.findall(".//h1")
    if len(headings) != 1 or not _text(headings[0]):
        yield f"{len(headings)} h1"
    if not _text(root.find(".//title") or Element("x")) and root.find(".//title") is None:
        yield "no title"
    if root.get("lang") != language:
        yield f"lang {root.get('lang')}"
    ids = Counter(each.get("id") for each in root.iter() if each.get("id"))
    yield from (f"id {name} {count} times" for name, count in ids.items() if count > 1)
    skips = [each.get("href") for each in root.iter("a") if each.get("class") == "skip"]
    if skips[:1] != ["#main"] or not {f"#{name}" for name in ids} >= set(skips):
        yield "no skip link"
    yield from _inline(root)
    yield from _unlabelled(root, set(ids))


def _inline(root: Element) -> Iterator[str]:
    for each in root.iter():
        if not isinstance(each.tag, str):
            continue
        is_data = each.get("type") == "application/ld+json"
        if each.tag == "style" or (each.tag == "script" and not each.get("src") and not is_data):
            yield f"inline {each.tag}"
        yield from (f"{each.tag} {name}" for name in each.attrib
                    if name == "style" or name.startswith("on"))  # fmt: skip


def _unlabelled(root: Element, ids: set[str | None]) -> Iterator[str]:
    labelled = {each.get("for") for each in root.iter("label")}
    inside = {id(child) for label in root.iter("label") for child in label.iter()}
    for each in root.iter():
        if each.tag not in LABELLED or each.get("type", "text") in UNLABELLED:
            continue
        names = (each.get("aria-labelledby") or "").split()
        has_name = each.get("aria-label") or (names and set(names) <= ids)
        if not (has_name or each.get("id") in labelled or id(each) in inside):
            yield f"no label: {each.tag} {each.get('name')}"


@pytest.mark.parametrize("role", ROLES)
def test_every_page_has_one_heading_a_title_labels_and_nothing_inline(
    pages: Mapping[tuple[str, str, str], Element], role: str
) -> None:
    mine = {key: root for key, root in pages.items() if key[0] == role}
    wrong = [
        f"{key[1]} {key[2]}: {fault}" for key, root in mine.items() for fault in _faults(key, root)
    ]
    assert wrong == []
    assert len(mine) > 10


@pytest.fixture(scope="module")
def stored_words(demo_services: Services) -> str:
    """Every text in the database and in the reference data, joined: names, titles, descriptions."""
    found: set[str] = set()
    with demo_services.database.reading() as session:
        for table in SQLModel.metadata.tables.values():
            if table.name in TRAIL:
                continue
            for column in table.c:
                if column.type.python_type not in (int, bool, float):
                    found |= {_plain(row[0]) for row in session.execute(select(column))}
    return "\n".join(" ".join(each.split()) for each in sorted(found) if HANGUL.search(each))


def _plain(value: object) -> str:
    return value if isinstance(value, str) else json.dumps(value, ensure_ascii=False, default=str)


def _hangul(root: Element, is_korean: bool = False) -> Iterator[str]:
    """Runs of Hangul in texts and readable attributes that are not marked as Korean."""
    is_korean = is_korean or root.get("lang") == "ko" or root.get("hreflang") == "ko"
    if isinstance(root.tag, str) and not is_korean:
        texts = [root.text or "", *(root.get(name) or "" for name in READABLE)]
        yield from (run.strip(" ·,.()-") for text in texts for run in HANGUL.findall(text))
    for child in root:
        yield from _hangul(child, is_korean)
        if child.tail and not is_korean:
            yield from (run.strip(" ·,.()-") for run in HANGUL.findall(child.tail))


@pytest.mark.parametrize("role", ROLES)
def test_english_pages_hold_no_korean_but_what_people_wrote(
    pages: Mapping[tuple[str, str, str], Element], stored_words: str, role: str
) -> None:
    loose: dict[str, str] = {}
    for (name, language, path), root in pages.items():
        if name == role and language == "en":
            for run in _hangul(root, root.get("lang") == "ko"):
                if run != "한국어" and " ".join(run.split()) not in stored_words:
                    loose.setdefault(run, path)
    assert loose == {}, loose


@pytest.mark.parametrize("role", ROLES)
def test_links_of_a_page_lead_somewhere(
    pages: Mapping[tuple[str, str, str], Element],
    known_routes: list[Route],
    visitors: Mapping[str, Visitor],
    role: str,
) -> None:
    dead, followed = [], set()
    for path, link in _links(pages, role):
        target = link.partition("#")[0].partition("?")[0]
        if not target or target in followed or target.startswith("/static/"):
            continue
        followed.add(target)
        if not any(route.method == "GET" and _fits(route, target) for route in known_routes):
            dead.append(f"{path}: {link}")
    assert sorted(dead) == []
    assert len(followed) > 3


def _fits(route: Route, target: str) -> bool:

    return matches(route, target)


def _links(pages: Mapping[tuple[str, str, str], Element], role: str) -> Iterator[tuple[str, str]]:
    for (name, language, path), root in pages.items():
        if name == role and language == "ko":
            for each in root.iter("a"):
                href = each.get("href") or ""
                if href.startswith("/"):
                    yield path, href


def test_every_form_goes_to_a_route_and_carries_its_token(
    pages: Mapping[tuple[str, str, str], Element], known_routes: list[Route]
) -> None:

    wrong: list[str] = []
    forms: Sequence[tuple[str, Element]] = [
        (key[2], form) for key, root in pages.items() for form in root.iter("form")
    ]
    for path, form in forms:
        method = (form.get("method") or "get").upper()
        action = (form.get("action") or path).partition("#")[0]
        route = best_route(known_routes, method, action)
        names = {each.get("name") for each in form.iter("input")}
        if route is None or (method == "POST") != ("csrf" in names):
            wrong.append(f"{path}: {method} {form.get('action')}")
    assert sorted(set(wrong)) == []
    assert len(forms) > 50


ACTION = re.compile(r"""(?:form)?action="([^"]*(?:\{\{.*?\}\}[^"]*)*)\"""")
MACRO = re.compile(r"""["'](/[a-z/-]*)["'](?:\s*~)?""")


def _templates() -> str:
    paths = sorted((ROOT / "templates").rglob("*.html"))
    return "\n".join(path.read_text(encoding="utf-8") for path in paths)


def test_every_unsafe_page_route_has_a_form_in_some_template(known_routes: list[Route]) -> None:
    """An address in a template may begin with a variable, so only its written parts are held to."""
    shapes = {
        re.sub(r"\\\{\\\{.*?\\\}\\\}", ".+", re.escape(action))
        for action in ACTION.findall(_templates())
    }
    unsafe = [route for route in known_routes if route.method != "GET" and not route.is_api]
    lost = [
        route.key
        for route in unsafe
        if not any(
            re.fullmatch(shape, re.sub(r"[{}]", "", route.path)) for shape in shapes if shape
        )
    ]
    assert lost == [], "\n".join(lost)
