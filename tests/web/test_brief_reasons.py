"""What a list says of each score: few reasons, the same numbers as the full table, and a way on."""

import re
from collections.abc import Mapping

import pytest
from starlette.testclient import TestClient

from matcher.wiring import Services
from tests.conftest import browser, post
from tests.demo_data import DemoAccounts

ROW = re.compile(r'<(?:ul|span) class="briefs".*?</(?:ul|span)>\s*(?=</?(?:div|a|li|p))', re.S)
BRIEF = re.compile(
    r'<(?:li|span) class="(for|against)">(?:<a href="([^"]+)">|<span>)([^<]+)</(?:a|span)>'
    r" <b>([^<]+)</b>"
)
PAGES = ("/youth", "/youth/openings", "/youth/courses")


@pytest.fixture(scope="module")
def signed_in(demo_services: Services, demo_accounts: DemoAccounts) -> Mapping[str, TestClient]:
    found = {}
    for role in ("youth", "partner"):
        who, fresh = demo_accounts[role][0], browser(demo_services)
        answer = post(fresh, "/login", {"email": who.email, "password": who.password})
        assert answer.status_code == 303, answer.text
        found[role] = fresh
    return found


def rows(page: str) -> list[list[tuple[str, str, str, str]]]:
    return [BRIEF.findall(row) for row in ROW.findall(page)]


def candidates_path(partner: TestClient) -> str:
    found = re.search(r'href="(/partner/openings/\d+)"', partner.get("/partner/openings").text)
    assert found is not None
    return f"{found[1]}/candidates"


def test_a_row_has_at_most_three_reasons_for_and_then_two_against(
    signed_in: Mapping[str, TestClient],
) -> None:
    youth, partner = signed_in["youth"], signed_in["partner"]
    shown = {path: youth.get(path).text for path in PAGES}
    shown["partner"] = partner.get(candidates_path(partner)).text
    for path, page in shown.items():
        assert rows(page), path
        for row in rows(page):
            kinds = [kind for kind, *_ in row]
            assert kinds == sorted(kinds, reverse=True), path
            assert kinds, path
            assert kinds.count("for") <= 3
            assert kinds.count("against") <= 2
            assert all(points[0] == ("+" if kind == "for" else "−") for kind, _, _, points in row)


def test_the_full_table_is_one_click_further_and_holds_the_same_numbers(
    signed_in: Mapping[str, TestClient],
) -> None:
    youth = signed_in["youth"]
    page = youth.get("/youth/openings").text
    paths = re.findall(r'<h3><a href="(/youth/openings/\d+)">', page)
    for path, row in list(zip(paths, rows(page), strict=False))[:5]:
        full = youth.get(path).text
        assert 'id="why"' in full
        assert [points for *_, points in row if f">{points}<" not in full] == []


def test_every_way_on_leads_to_a_page_that_has_the_place_it_names(
    signed_in: Mapping[str, TestClient],
) -> None:
    youth = signed_in["youth"]
    pages = [youth.get(path).text for path in PAGES]
    links = {href for page in pages for row in rows(page) for _, href, *_ in row if href}
    assert any("skill=" in each for each in links)
    assert any("/youth/certifications" in each for each in links)
    skills = sorted(each for each in links if "skill=" in each)[:4]
    for href in [*skills, *sorted(each for each in links if "skill=" not in each)]:
        path, _, place = href.partition("#")
        answer = youth.get(path)
        assert answer.status_code == 200, href
        assert not place or f'id="{place}"' in answer.text, href


def test_partners_read_reasons_without_a_way_into_somebody_elses_record(
    signed_in: Mapping[str, TestClient],
) -> None:
    partner = signed_in["partner"]
    page = partner.get(candidates_path(partner)).text
    assert {href for row in rows(page) for _, href, *_ in row} == {""}
