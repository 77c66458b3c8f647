"""Codes as they are drawn, read again by a reader of our own."""

import pytest

from matcher.rendering.qr_code import LARGEST, drawn
from tests.qr_reader import matrix_of, read

SITE = "https://oreum.example/verify#1/3/1a2b3c4d/"


@pytest.mark.parametrize("length", [42, 90, 150, 300, 420, 600, 780, 900, 990])
def test_a_code_reads_as_what_was_put_in(length: int) -> None:
    letters = "eyJhbGciOiJFZERTQSJ9.-_Zz019"
    text = (SITE + letters * 40)[:length]
    code = drawn(text)
    assert code.version <= LARGEST
    assert read(matrix_of(code.path, code.side)) == text


def test_the_reader_sees_a_single_wrong_module() -> None:
    code = drawn(SITE)
    matrix = matrix_of(code.path, code.side)
    size = len(matrix)
    matrix[size - 1][size - 1] ^= 1
    with pytest.raises(AssertionError):
        read(matrix)


def test_a_text_that_needs_a_larger_code_is_refused() -> None:
    assert drawn("a" * 997).version == LARGEST
    with pytest.raises(ValueError, match="version 26"):
        drawn("a" * 998)
