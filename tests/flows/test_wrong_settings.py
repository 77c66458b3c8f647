"""A setting that cannot stand is told in one line by every command, without its value."""

from pathlib import Path

import pytest
from typer.testing import CliRunner

from matcher.cli import app

COMMANDS = (
    ["migrate"],
    ["keys", "list"],
    ["keys", "new"],
    ["sign"],
    ["badges"],
    ["outbox"],
    ["verifier", "--out", "verify.html"],
    ["serve"],
    ["demo"],
)
WRONG = (
    ("OREUM_KEY_SECRET", "weak-and-short"),
    ("OREUM_THREADS", "weak-and-short"),
    ("DATABASE_URL", "weak-and-short"),
)


@pytest.mark.parametrize("command", COMMANDS, ids=" ".join)
@pytest.mark.parametrize(("name", "value"), WRONG)
def test_a_wrong_setting_is_named_with_exit_status_2_and_no_traceback(
    command: list[str], name: str, value: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(tmp_path)
    monkeypatch.setenv("DATABASE_URL", f"sqlite:///{tmp_path}/oreum.db")
    monkeypatch.setenv("OREUM_SECRET", "0123456789abcdefghijklmnopqrstuvwxyz")
    monkeypatch.setenv(name, value)
    found = CliRunner().invoke(app, command)
    assert isinstance(found.exception, SystemExit)
    assert found.exit_code == 2
    assert name in found.output
    assert value not in found.output


def test_a_wrong_day_is_told_by_the_list_of_exams(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("OREUM_TODAY", "soon")
    found = CliRunner().invoke(app, ["certifications"])
    assert (found.exit_code, "OREUM_TODAY" in found.output) == (2, True)


@pytest.mark.parametrize("command", [["keys", "list"], ["sign"], ["badges"]], ids=" ".join)
def test_an_empty_database_is_told_with_what_to_do(
    command: list[str], tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("DATABASE_URL", f"sqlite:///{tmp_path}/oreum.db")
    monkeypatch.setenv("OREUM_KEY_SECRET", "0123456789abcdefghijklmnopqrstuvwxyz")
    found = CliRunner().invoke(app, command)
    assert (found.exit_code, "migrate" in found.output) == (1, True)
