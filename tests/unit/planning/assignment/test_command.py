"""verify-assignment as anybody runs it: a file in, an exit status and every broken rule out."""

import json
from pathlib import Path
from typing import Any

import pytest
from typer.testing import CliRunner, Result

from matcher.cli import app
from matcher.planning.assignment.problem import Method
from tests.unit.planning.assignment.documents import document


def run(tmp_path: Path, content: bytes | dict[str, Any], *options: str) -> Result:
    file = tmp_path / "list.json"
    file.write_bytes(content if isinstance(content, bytes) else json.dumps(content).encode())
    return CliRunner().invoke(app, ["verify-assignment", str(file), *options])


@pytest.fixture(autouse=True)
def _without_a_database(monkeypatch: pytest.MonkeyPatch) -> None:
    """Anybody runs it, so no setting of the service may be asked for."""
    monkeypatch.setenv("OREUM_DATABASE_URL", "no database at all")
    monkeypatch.setenv("OREUM_SECRET_KEY", "weak")
    monkeypatch.setenv("OREUM_LANGUAGE", "en")


@pytest.mark.parametrize("method", list(Method))
def test_a_list_that_holds_ends_with_0(tmp_path: Path, method: Method) -> None:
    done = run(tmp_path, document(method))
    assert done.exit_code == 0, done.output
    assert done.output.startswith("This assignment holds everything it claims.")


def test_a_broken_list_ends_with_1_and_names_every_rule(tmp_path: Path) -> None:
    content = document(Method.DEFERRED_ACCEPTANCE)
    content["assignment"] = {"ann": "port", "bin": "port", "eva": "farm"}
    content["commitment"] = "0" * 64
    done = run(tmp_path, content)
    assert done.exit_code == 1
    named = {line.split(":")[0] for line in done.output.splitlines() if line.startswith("- ")}
    assert named == {
        "- acceptability", "- blocking_pair", "- capacity", "- commitment", "- minimum",
        "- not_the_result", "- unknown_id",
    }  # fmt: skip


def test_json_gives_the_same_as_values(tmp_path: Path) -> None:
    content = document(Method.WEAKLY_STABLE)
    del content["assignment"]["dan"]
    done = run(tmp_path, content, "--format", "json")
    found = json.loads(done.output)
    assert done.exit_code == 1
    assert found["holds"] is False
    assert found["broken"] == [{"rule": "blocking_pair", "person": "dan", "opening": "port"}]
    assert found["figures"]["unplaced"] == 1


def test_a_mistake_in_the_shape_ends_with_1_and_its_place(tmp_path: Path) -> None:
    done = run(tmp_path, {"openings": [], "people": [{"id": "ann"}], "assignment": {}})
    assert done.exit_code == 1
    assert "- format: people[0].tiers: is missing." in done.output


@pytest.mark.parametrize("content", [b"", b"{", b"[1]", b"\xff", b"openings,people"])
def test_what_is_no_list_ends_with_2(tmp_path: Path, content: bytes) -> None:
    done = run(tmp_path, content)
    assert done.exit_code == 2
    assert "Traceback" not in done.output


def test_no_file_a_folder_and_a_wrong_word_end_with_2(tmp_path: Path) -> None:
    for arguments in ([], [str(tmp_path)], [str(tmp_path / "none.json")], ["x", "--format", "pdf"]):
        assert CliRunner().invoke(app, ["verify-assignment", *arguments]).exit_code == 2


def test_korean_is_the_first_language(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("OREUM_LANGUAGE", "ko")
    done = run(tmp_path, document(Method.MAX_FIT))
    assert done.output.startswith("이 배정은 주장하는 것을 모두 지킵니다.")


def test_what_steers_a_terminal_is_shown_and_not_sent(tmp_path: Path) -> None:
    content = document(Method.WEAKLY_STABLE)
    content["assignment"]["\x1b[2J"] = "farm"
    done = run(tmp_path, content)
    assert done.exit_code == 1
    assert "\x1b" not in done.output
    assert "\\x1b[2J" in done.output


@pytest.mark.parametrize("language", ["ko", "en"])
def test_every_finding_has_words(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, language: str
) -> None:
    from matcher.planning.assignment import words
    from matcher.planning.assignment.checking import Rule
    from matcher.planning.assignment.verifying import Claim, Note

    codes = {str(each) for kind in (Rule, Claim, Note) for each in kind}
    assert codes == set(words.FINDING_WORDS)
