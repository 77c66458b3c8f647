"""What every template, translation and static file must hold to."""

import hashlib
import re
from collections.abc import Iterator
from functools import cache
from pathlib import Path

import pytest
from babel.messages.extract import extract_from_file
from babel.messages.pofile import read_po
from jinja2 import nodes

from matcher.i18n.catalogue import LOCALE_DIR, merge_fragments
from matcher.rendering import PACKAGE, STATIC_DIR, environment, templates_dir
from matcher.web.notices import notice_text

TEMPLATES = sorted(p for p in templates_dir().rglob("*") if p.suffix in {".html", ".txt", ".svg"})
SOURCES = sorted(p for p in PACKAGE.rglob("*.py") if "_templates" not in p.parts)
HANGUL = re.compile(r"[가-힣]")
COMMENT = re.compile(r"\{#.*?#\}", re.S)
FORBIDDEN = {
    "inline style": r"<style\b|\sstyle\s*=",
    "inline script": r"<script(?![^>]*\ssrc=)",
    "event attribute": r"<[^>]*\son[a-z]+\s*=",
    "data or javascript address": r"""(?:href|src|action)\s*=\s*["']?(?:data|javascript):""",
    "other host": r"""(?:src|srcset|poster)\s*=\s*["'](?:https?:)?//|@import""",
    "stylesheet of another host": r"""<link[^>]*href\s*=\s*["'](?:https?:)?//""",
    "unescaped output": r"\|\s*safe\b|autoescape\s+false",
    "translation of a variable": r"""\b(?:_|gettext)\(\s*(?!["'])""",
    "plain hx attribute": r"\shx-[a-z]",
}
TAG = re.compile(r"<[a-zA-Z][^<>]*>")
JINJA = re.compile(r"\{%.*?%\}|\{\{.*?\}\}", re.S)
UNQUOTED = re.compile(r"\s[a-zA-Z-]+=(?![\"'])")


def _source(path: Path) -> str:
    return COMMENT.sub("", path.read_text(encoding="utf-8"))


def _name(path: Path) -> str:
    return path.relative_to(templates_dir()).as_posix()


@pytest.mark.parametrize("path", TEMPLATES, ids=_name)
def test_a_template_parses_and_holds_nothing_the_policy_forbids(path: Path) -> None:
    text = _source(path)
    environment().parse(text)
    found = [name for name, pattern in FORBIDDEN.items() if re.search(pattern, text, re.I)]
    assert found == []


@pytest.mark.parametrize("path", [p for p in TEMPLATES if p.suffix != ".txt"], ids=_name)
def test_every_attribute_is_quoted(path: Path) -> None:
    plain = JINJA.sub("", _source(path))
    loose = [
        tag
        for tag in TAG.findall(plain)
        if UNQUOTED.search(re.sub(r'"[^"]*"|\'[^\']*\'', '""', tag))
    ]
    assert loose == []


@pytest.mark.parametrize("path", TEMPLATES, ids=_name)
def test_korean_is_only_written_where_it_can_be_translated(path: Path) -> None:
    tree = environment().parse(path.read_text(encoding="utf-8"))
    looked_up = {
        id(const)
        for call in tree.find_all(nodes.Call)
        if isinstance(call.node, nodes.Name) and call.node.name in {"_", "gettext", "ngettext"}
        for const in call.find_all(nodes.Const)
    }
    particles = {id(c) for f in tree.find_all(nodes.Filter) if f.name == "josa" for c in f.args}
    written = [c for c in tree.find_all(nodes.Const) if isinstance(c.value, str)]
    loose = [c.value for c in written if id(c) not in looked_up | particles]
    loose += [data.data for data in tree.find_all(nodes.TemplateData)]
    assert [text for text in loose if HANGUL.search(text.replace("한국어", ""))] == []


def test_every_icon_used_is_in_the_sprite() -> None:
    sprite = (STATIC_DIR / "icons.svg").read_text(encoding="utf-8")
    known = set(re.findall(r'<symbol id="([^"]+)"', sprite))
    used = {
        name
        for path in TEMPLATES
        for name in re.findall(r"""\bicon\(["']([a-z0-9-]+)["'](?! ~)""", _source(path))
    }
    assert used - known == set()
    assert "brand" in used


@cache
def _messages() -> tuple[tuple[str, str], ...]:
    return tuple(sorted(set(_extracted())))


def _extracted() -> Iterator[tuple[str, str]]:
    """(msgid, where) for every text in templates and Python."""
    options = {
        "trimmed": "true",
        "trim_blocks": "true",
        "lstrip_blocks": "true",
        "extensions": "jinja2.ext.do",
        "silent": "false",
    }
    for path in TEMPLATES:
        for found in extract_from_file("jinja2.ext:babel_extract", path, options=options):
            yield _first(found[1]), f"{_name(path)}:{found[0]}"
    for path in SOURCES:
        for found in extract_from_file("python", path):
            yield _first(found[1]), f"{path.relative_to(PACKAGE)}:{found[0]}"


def _first(message: str | tuple[str, ...]) -> str:
    return message if isinstance(message, str) else message[0]


def test_every_text_has_an_english_translation() -> None:
    known = merge_fragments(LOCALE_DIR / "en")
    missing = [f"{where} {text}" for text, where in _messages() if text not in known]
    assert missing == []


PLACEHOLDER = re.compile(r"%\(\w+\)[a-z]|%[sd]|\{\w*\}|%%")


@pytest.mark.parametrize("path", sorted((LOCALE_DIR / "en").glob("*.po")), ids=lambda p: p.name)
def test_translations_are_finished_and_keep_the_placeholders(path: Path) -> None:
    with path.open("rb") as source:
        entries = [message for message in read_po(source, locale="en") if message.id]
    assert [entry.id for entry in entries if entry.fuzzy] == []
    wrong = []
    for entry in entries:
        ids = (entry.id,) if isinstance(entry.id, str) else entry.id
        string = entry.string or ""
        texts = (string,) if isinstance(string, str) else tuple(string)
        wanted = sorted(set(PLACEHOLDER.findall(ids[0])))
        if any(sorted(set(PLACEHOLDER.findall(text))) != wanted or not text for text in texts):
            wrong.append(ids[0])
    assert wrong == []


SHARED = (
    "parts/form.html", "errors/error.html", "layout/base.html",
    "web/errors.py", "web/identity.py", "web/forms/base.py", "web/course_words.py", "db.py",
)  # fmt: skip
"""What every reader meets, on a young person's page and on a desk's."""
OF_DESKS = ("admin/", "centre/", "coordinator/", "partner/")
POLITE = re.compile(r"(?<!수)(?<!필)요(?=[.?!]?(\s|$))")


def test_a_desk_is_never_spoken_to_in_the_style_of_young_peoples_pages() -> None:
    formal = merge_fragments(LOCALE_DIR / "ko")
    read = [each for each in _messages() if each[1].startswith((*SHARED, *OF_DESKS))]
    polite = [(text, where) for text, where in read if POLITE.search(text)]
    assert {where.partition(":")[0] for _text, where in polite} >= set(SHARED)
    assert [(text, where) for text, where in polite if text not in formal] == []


def test_the_second_forms_for_desks_are_used_formal_and_keep_the_placeholders() -> None:
    used, formal = {text for text, _where in _messages()}, merge_fragments(LOCALE_DIR / "ko")
    assert set(formal) <= used
    for key, (text,) in formal.items():
        assert POLITE.search(key), key
        assert not POLITE.search(text), text
        assert sorted(PLACEHOLDER.findall(key)) == sorted(PLACEHOLDER.findall(text)), key


def test_vendored_files_are_the_ones_written_down() -> None:
    table = (STATIC_DIR / "VENDOR.md").read_text(encoding="utf-8")
    written = dict(re.findall(r"^\| (\S+) \|.*\| `([0-9a-f]{64})` \|$", table, re.M))
    actual = {
        name: hashlib.sha256((STATIC_DIR / name).read_bytes()).hexdigest() for name in written
    }
    assert actual == written
    present = {p.relative_to(STATIC_DIR).as_posix() for p in STATIC_DIR.glob("font/**/*.*")}
    present |= {"js/htmx.min.js", "js/htmx.LICENSE.txt"}
    present |= {"js/nacl-fast.min.js", "js/nacl.LICENSE.txt"}
    assert set(written) == present


@pytest.mark.parametrize("path", sorted(STATIC_DIR.glob("css/*.css")), ids=lambda p: p.name)
def test_style_sheets_ask_no_other_host_and_raw_colours_live_in_the_tokens(path: Path) -> None:
    text = path.read_text(encoding="utf-8")
    assert re.findall(r"url\(|@import|https?:", text) == []
    if path.name != "token.css":
        assert re.findall(r"#[0-9a-fA-F]{3,8}\b|\brgba?\(|\bhsla?\(", text) == []


def test_every_class_of_our_own_colours_is_defined() -> None:
    token = (STATIC_DIR / "css/token.css").read_text(encoding="utf-8")
    defined = set(re.findall(r"(--[a-z0-9-]+)\s*:", token))
    used = {
        name
        for path in STATIC_DIR.glob("css/*.css")
        for name in re.findall(r"var\((--[a-z0-9-]+)", path.read_text(encoding="utf-8"))
    }
    assert used - defined - {"--tint"} == set()


def test_every_notice_a_page_leaves_behind_has_words() -> None:
    pages = sorted((PACKAGE / "web/pages").glob("*.py"))
    left = {
        key for page in pages for key in re.findall(r'notice="([a-z-]+)"', page.read_text("utf-8"))
    }
    assert len(left) > 100
    assert {key for key in left if not notice_text(key)} == set()
    assert notice_text("no-such-notice") is None
