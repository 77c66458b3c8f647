"""Every setting is written down, with the default it really has."""

import re
from pathlib import Path

import pytest

from matcher.settings import Settings

PAGE = Path(__file__).parents[2] / "docs" / "settings.md"
ROW = re.compile(r"^\| `([A-Z_]+)` \| (.*?) \| (.*?) \|$", re.M)


def _parts() -> list[str]:
    """The page's Korean and English halves."""
    korean, _heading, english = PAGE.read_text(encoding="utf-8").partition("\n# Settings\n")
    return [korean, english]


def _named() -> dict[str, str]:
    """Environment name -> default as the page writes it."""
    prefix = str(Settings.model_config.get("env_prefix", ""))
    return {
        str(field.validation_alias or f"{prefix}{name}".upper()): _written(field.default)
        for name, field in Settings.model_fields.items()
    }


def _written(value: object) -> str:
    if value is None or value == "":
        return ""
    text = getattr(value, "value", value)
    return f"`{str(text).lower() if isinstance(text, bool) else text}`"


@pytest.mark.parametrize("half", [0, 1], ids=["ko", "en"])
def test_every_setting_is_documented_with_its_default_and_nothing_else(half: int) -> None:
    written = {name: default for name, default, _meaning in ROW.findall(_parts()[half])}
    assert written == _named()


@pytest.mark.parametrize("half", [0, 1], ids=["ko", "en"])
def test_every_setting_has_a_meaning(half: int) -> None:
    rows = ROW.findall(_parts()[half])
    assert [name for name, _default, meaning in rows if len(meaning) < 8] == []
    assert len(rows) > 10


def test_an_empty_value_is_the_default(monkeypatch: pytest.MonkeyPatch) -> None:
    for name in _named():
        monkeypatch.setenv(name, "")
    assert Settings() == Settings.model_construct()
