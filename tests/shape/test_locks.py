"""The pins name no host and keep above the versions with known holes."""

import re
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[2]
LOCKS = sorted(ROOT.glob("*.lock"))
SERVING = [each for each in LOCKS if each.name != "bench.lock"]
PIN = re.compile(r"^([a-z0-9._-]+)==([0-9][^\s;\\]*)", re.M)
FLOORS = {"starlette": (1, 3, 1), "python-multipart": (0, 0, 34), "jinja2": (3, 1, 6)}


def test_the_lock_files_are_there() -> None:
    assert [path.name for path in LOCKS] == ["app.lock", "bench.lock", "dev.lock"]


@pytest.mark.parametrize("path", LOCKS, ids=lambda path: path.name)
def test_a_lock_file_names_no_host(path: Path) -> None:
    text = path.read_text(encoding="utf-8")
    assert re.findall(r".*://.*|--(?:extra-)?index-url.*|--find-links.*", text) == []


@pytest.mark.parametrize("path", LOCKS, ids=lambda path: path.name)
def test_every_pin_carries_a_hash(path: Path) -> None:
    text = path.read_text(encoding="utf-8").replace("\\\n", " ")
    lines = [line for line in text.splitlines() if line and not line.startswith("#")]
    assert [line for line in lines if "==" not in line or "--hash=sha256:" not in line] == []
    assert len(lines) > 15


@pytest.mark.parametrize("path", SERVING, ids=lambda path: path.name)
@pytest.mark.parametrize("name", sorted(FLOORS))
def test_libraries_with_known_holes_are_above_them(path: Path, name: str) -> None:
    pins = [version for found, version in PIN.findall(path.read_text()) if found == name]
    assert pins != []
    for version in pins:
        assert tuple(int(part) for part in re.findall(r"\d+", version)[:3]) >= FLOORS[name]
