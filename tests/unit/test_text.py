import unicodedata

import pytest
from pydantic import BaseModel, ValidationError

from matcher.text import (
    TEXT_PROBLEMS,
    Line,
    Prose,
    TextError,
    clean_line,
    clean_name,
    clean_text,
    hide_resident_numbers,
    holds_resident_number,
)


def _code(value: str, max_length: int = 200) -> str:
    with pytest.raises(TextError) as refused:
        clean_line(value, max_length=max_length)
    return refused.value.code


def test_jamo_typed_on_a_mac_becomes_the_same_name() -> None:
    assert clean_line(unicodedata.normalize("NFD", "김한라"), max_length=3) == "김한라"


def test_ends_are_trimmed_of_korean_and_unbreakable_spaces() -> None:
    assert clean_line(" \u3000\u00a0김 한라\u3000", max_length=10) == "김 한라"


def test_only_spaces_are_nothing() -> None:
    assert clean_line(" " * 50 + "\u3000\u00a0", max_length=10) == ""


@pytest.mark.parametrize(
    ("value", "code"),
    [
        ("a\x00b", "control"),
        ("a\x1fb", "control"),
        ("a\x85b", "control"),
        ("a\tb", "control"),
        ("gpj\u202eexe", "bidi"),
        ("a\u2066b", "bidi"),
        ("a\u200bb", "invisible"),
        ("\ufeffa", "invisible"),
        ("\u3164", "invisible"),
        ("a\ud800", "surrogate"),
        ("a" + "\u0301" * 9, "marks"),
        ("a\r\nb", "line_break"),
        ("a\u2028b", "line_break"),
        ("가" * 201, "too_long"),
        ("a" * 10_000_000, "too_long"),
        ("900101-1234567", "resident_number"),
        ("번호 900101 - 1234567", "resident_number"),
        ("９００１０１－１２３４５６７", "resident_number"),
        ("9001011234567", "resident_number"),
        ("900101-1******", "resident_number"),
        ("123456-1234567", "resident_number"),
    ],
)
def test_refused_text_says_why(value: str, code: str) -> None:
    assert _code(value) == code
    assert code in TEXT_PROBLEMS


@pytest.mark.parametrize(
    "value",
    [
        "O'Brien",
        "남궁 선우",
        "A·B-C",
        "a" + "\u0301" * 2,
        "010-1234-5678",
        "1234567890123",
        "{{7*7}}",
    ],
)
def test_ordinary_text_stays_as_it_is(value: str) -> None:
    assert clean_line(value, max_length=40) == unicodedata.normalize("NFC", value)


def test_eight_marks_on_a_letter_are_the_most() -> None:
    assert len(clean_line("a" + "\u0323" * 8, max_length=20)) == 8


def test_emoji_family_stays_whole_in_prose_and_is_refused_in_a_line() -> None:
    family = "👨\u200d👩\u200d👧"
    assert clean_text(family, max_length=10) == family
    assert _code(family) == "invisible"


def test_every_line_end_becomes_one_kind() -> None:
    assert clean_text("a\r\nb\rc\u2028d\n", max_length=20) == "a\nb\nc\nd"


def test_a_name_has_no_letter_on_its_own() -> None:
    with pytest.raises(TextError) as refused:
        clean_name("ㄱㅣㅁ", max_length=20)
    assert refused.value.code == "lone_jamo"
    assert clean_line("ㄱㅣㅁ", max_length=20) == "ㄱㅣㅁ"


def test_resident_number_is_hidden_where_text_is_quoted() -> None:
    assert hide_resident_numbers("홍 900101-1234567 끝") == "홍 ******-******* 끝"
    assert not holds_resident_number("2026-12-01")


class _Form(BaseModel):
    title: Line
    body: Prose = ""


def test_a_form_takes_clean_text_and_says_the_code_otherwise() -> None:
    assert _Form(title=" 제목 ", body="a\r\nb").body == "a\nb"
    for title, kind in (("a\x00", "text_control"), ("\ud800", "text_surrogate")):
        with pytest.raises(ValidationError) as refused:
            _Form(title=title)
        assert [error["type"] for error in refused.value.errors(include_input=False)] == [kind]


def test_the_length_stands_in_the_schema() -> None:
    assert _Form.model_json_schema()["properties"]["title"]["maxLength"] == 200
