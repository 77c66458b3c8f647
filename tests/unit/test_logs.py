"""What a log line tells of a fault: where and of what kind, never whose data it was."""

import json

import pytest
import structlog
from sqlalchemy import create_engine, text
from sqlalchemy.exc import IntegrityError

from matcher import logs


def told(capsys: pytest.CaptureFixture[str], fault: Exception) -> str:
    logs.configure("INFO")
    structlog.get_logger("test").error("crash", exc_info=fault)
    line = json.loads(capsys.readouterr().out)
    assert (line["event"], line["level"]) == ("crash", "error")
    return str(line["exception"])


def refused() -> Exception:
    with create_engine("sqlite://").connect() as connection:
        connection.execute(text("CREATE TABLE person (email TEXT UNIQUE)"))
        try:
            for _twice in range(2):
                connection.execute(
                    text("INSERT INTO person VALUES (:email)"), {"email": "haneul@example.kr"}
                )
        except IntegrityError as error:
            return error
    raise AssertionError("the second row is refused")


def test_a_refused_row_is_not_quoted(capsys: pytest.CaptureFixture[str]) -> None:
    fault = refused()
    assert "haneul@example.kr" in str(fault)
    shown = told(capsys, fault)
    assert "haneul" not in shown
    assert shown.endswith("sqlalchemy.exc.IntegrityError")
    assert "sqlite3.IntegrityError" in shown
    assert "in refused" in shown


def test_what_is_wrong_in_the_code_is_told(capsys: pytest.CaptureFixture[str]) -> None:
    try:
        try:
            raise ValueError("하늘")
        except ValueError:
            raise TypeError("two arguments too many") from None
    except TypeError as error:
        shown = told(capsys, error)
    assert shown.endswith("builtins.TypeError: two arguments too many")
    assert "하늘" not in shown
