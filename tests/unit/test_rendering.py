"""The template environment: escaping, missing keys, blocks, links and the certificate map."""

import re
from datetime import date
from itertools import pairwise
from types import SimpleNamespace
from typing import Any

import pytest
from jinja2 import DictLoader, UndefinedError

from matcher import rendering
from matcher.i18n import use_language
from matcher.rendering.map_layout import place_map

VIEWER = SimpleNamespace(name="<b>하늘</b>", role="youth", account_id=1, organisation_name=None)


def page(**changes: Any) -> dict[str, Any]:
    site = SimpleNamespace(demo=True, name="오름", today=date(2026, 11, 21), operator_type="x")
    basis = {
        "site": site, "viewer": VIEWER, "request_path": "/youth/openings?page=2&lang=ko",
        "language": "ko", "theme": "auto", "csrf": "token", "notice": None,
        "status": 404, "title": "", "message": "",
    }  # fmt: skip
    return basis | changes


def test_everything_a_person_typed_is_escaped() -> None:
    html = rendering.render("errors/404.html", page(message="<script>x</script>"))
    assert "&lt;script&gt;x&lt;/script&gt;" in html
    assert "&lt;b&gt;하늘&lt;/b&gt;" in html
    assert "<b>하늘</b>" not in html


def test_values_inside_translated_sentences_are_escaped_but_not_in_plain_mail() -> None:
    env = rendering.environment()
    source = '{{ _("%(name)s 님, 안녕하세요.", name=name) }}'
    assert env.from_string(source).render(name="a&b") == "a&amp;b 님, 안녕하세요."
    plain = env.overlay(loader=DictLoader({"one.txt": source})).get_template("one.txt")
    assert plain.render(name="a&b") == "a&b 님, 안녕하세요."


def test_a_forgotten_context_key_is_an_error() -> None:
    context = page()
    del context["csrf"]
    with pytest.raises(UndefinedError, match="csrf"):
        rendering.render("errors/404.html", context)


def test_the_same_template_speaks_the_language_of_the_moment() -> None:
    source = '{{ _("공고") }} {{ 150|usd }} {{ 163000|krw }} {{ "SAA"|josa("을/를") }}'
    template = rendering.environment().from_string(source)
    assert template.render() == "공고 US$150 163,000원 SAA를"
    with use_language("en"):
        assert template.render() == "Openings US$150 ₩163,000 SAA"


def test_one_block_comes_without_the_page_and_knows_the_imports_of_the_file() -> None:
    block = rendering.render_block("public/styleguide.html", "content", page())
    assert block.lstrip().startswith('<nav aria-label="지금 있는 곳">')
    assert "<html" not in block
    assert rendering.render_block("public/styleguide.html", "title", page()) == "스타일 안내"
    with pytest.raises(KeyError):
        rendering.render_block("public/styleguide.html", "nothing", page())


@pytest.mark.parametrize("role", ["youth", "partner", "coordinator", "centre", "admin", None])
def test_navigation_starts_at_the_home_of_the_role(role: str | None) -> None:
    viewer = SimpleNamespace(name="x", role=role, account_id=1, organisation_name="y")
    html = rendering.render("errors/404.html", page(viewer=viewer if role else None))
    nav = re.search(r"<nav class=\"nav.*?</nav>", html, re.S)
    assert nav is not None
    first = re.search(r'href="([^"]+)"', nav.group())
    assert first is not None
    assert first.group(1) == (f"/{role}" if role else "/courses")
    assert ('action="/logout"' in html) == (role is not None)


def test_the_current_page_is_marked_once() -> None:
    html = rendering.render("errors/404.html", page())
    assert re.findall(r'<a href="([^"]+)" aria-current="page"', html) == ["/youth/openings"]


def test_theme_and_language_links_keep_the_page() -> None:
    html = rendering.render("errors/404.html", page(theme="dark"))
    assert '<html lang="ko" data-theme="dark">' in html
    assert 'href="/youth/openings?page=2&amp;lang=en"' in html
    assert 'href="/youth/openings?page=2&amp;theme=contrast"' in html


@pytest.mark.parametrize(
    ("path", "expected"),
    [
        ("/a?x=1", "/a?x=1&lang=en"), ("/a", "/a?lang=en"), ("//evil.test/a", "/a?lang=en"),
        ("https://evil.test/a", "/a?lang=en"), ("/\\evil.test", "/evil.test?lang=en"),
        ("/a?lang=ko&lang=xx", "/a?lang=en"), ("/a?x=%22%3E", "/a?x=%22%3E&lang=en"),
    ],
)  # fmt: skip
def test_links_never_leave_the_site(path: str, expected: str) -> None:
    assert rendering.with_query(path, lang="en") == expected


def test_static_addresses_change_with_the_file_and_wrong_names_fail() -> None:
    assert re.fullmatch(r"/static/icons\.svg\?v=[0-9a-f]{8}", rendering.static("icons.svg"))
    with pytest.raises(FileNotFoundError):
        rendering.static("nothing.css")


def test_icon_labels_are_escaped() -> None:
    assert 'aria-label="&lt;&#34;"' in rendering.icon("info", label='<"')


def test_a_field_keeps_its_value_and_names_its_mistake() -> None:
    source = (
        '{% from "parts/form.html" import field %}'
        '{{ field("badge", "배지", value, "url", "주소를 적어 주세요.", "https") }}'
    )
    html = rendering.environment().from_string(source).render(value='"><x>')
    assert 'value="&#34;&gt;&lt;x&gt;"' in html
    assert 'aria-describedby="f-badge-hint f-badge-error" aria-invalid="true"' in html
    assert '<label for="f-badge">' in html


def test_reason_bars_start_where_the_last_one_ended() -> None:
    source = '{% from "parts/match.html" import reasons %}{{ reasons(rows, 1.5, table=false) }}'
    rows = [{"label": "a", "value": 1.0, "kind": "base"}, {"label": "b", "value": 0.75},
            {"label": "c", "value": -0.25}]  # fmt: skip
    html = rendering.environment().from_string(source).render(rows=rows)
    bars = re.findall(r'class="(\w+)" x="([\d.]+)%" y="2" width="([\d.]+)%"', html)
    assert bars == [
        ("base", "0.0", "20.0"), ("pos", "20.0", "15.0"), ("neg", "30.0", "5.0"),
        ("sum", "0.0", "30.0"),
    ]  # fmt: skip


def test_reasons_that_climb_past_five_lengthen_the_axis() -> None:
    source = '{% from "parts/match.html" import reasons %}{{ reasons(rows, 4.5, table=false) }}'
    rows = [{"label": "a", "value": 4.0, "kind": "base"}, {"label": "b", "value": 2.0},
            {"label": "c", "value": -1.5}]  # fmt: skip
    html = rendering.environment().from_string(source).render(rows=rows)
    bars = re.findall(r'class="(\w+)" x="([\d.]+)%" y="2" width="([\d.]+)%"', html)
    assert bars == [
        ("base", "0.0", "66.67"), ("pos", "66.67", "33.33"), ("neg", "75.0", "25.0"),
        ("sum", "0.0", "75.0"),
    ]  # fmt: skip


def test_map_nodes_of_one_level_never_touch_and_higher_levels_stand_higher() -> None:
    levels = ["professional"] * 3 + ["associate"] * 5 + ["foundational"] * 2 + ["specialty"] * 2
    nodes = [{"code": f"N{n:02}", "level": level} for n, level in enumerate(levels)]
    edges = [("N00", "N03"), ("N01", "N03"), ("N02", "N04"), ("N02", "N08"), ("N99", "N03")]
    edges += [(f"N{n:02}", "N09") for n in range(3, 8)]
    plan = place_map(nodes, edges)
    spots = {spot.node["code"]: spot for spot in plan.nodes}
    rows = [("N00", "N01", "N02"), tuple(f"N{n:02}" for n in range(3, 8)), ("N08", "N09")]
    for row in rows:
        middles = sorted(spots[code].x for code in row)
        assert all(b - a >= 140 for a, b in pairwise(middles))
    assert spots["N00"].y < spots["N03"].y < spots["N08"].y
    assert (len(plan.edges), [b.code for b in plan.brackets]) == (4, ["N09"])
