"""What the README tells a newcomer to type is there."""

import re
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[2]
TARGET = re.compile(r"^([a-z][a-z-]*):", re.M)
USED = re.compile(r"(?:`|^|\$ |    )make ([a-z][a-z-]*)", re.M)
LINK = re.compile(r"\]\((?!https?:|mailto:|#)([^)#\s]+)")
PAGES = sorted([ROOT / "README.md", *(ROOT / "docs").rglob("*.md")])


def _targets() -> set[str]:
    return set(TARGET.findall((ROOT / "Makefile").read_text(encoding="utf-8")))


def test_the_readme_names_the_two_commands() -> None:
    used = set(USED.findall((ROOT / "README.md").read_text(encoding="utf-8")))
    assert {"demo", "test"} <= used


@pytest.mark.parametrize("page", PAGES, ids=lambda path: path.name)
def test_every_make_target_named_in_the_docs_exists(page: Path) -> None:
    used = set(USED.findall(page.read_text(encoding="utf-8")))
    assert used - _targets() == set()


@pytest.mark.parametrize("page", PAGES, ids=lambda path: path.name)
def test_every_link_to_a_file_leads_somewhere(page: Path) -> None:
    links = LINK.findall(page.read_text(encoding="utf-8"))
    assert [link for link in links if not (page.parent / link).exists()] == []


def test_every_target_says_what_it_is_for() -> None:
    text = (ROOT / "Makefile").read_text(encoding="utf-8")
    phony = re.search(r"^\.PHONY: (.*)$", text, re.M)
    assert phony is not None
    bare = [name for name in phony[1].split() if not re.search(rf"^{name}:.*## \w", text, re.M)]
    assert bare == ["clean"] or bare == []
