"""The registration number of a business: ten digits whose last one is a check digit."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from matcher.policy.business_number import canonical, is_valid, written

REAL = ("1248100998", "1208147521", "2208162517")


@pytest.mark.parametrize("digits", REAL)
def test_published_numbers_of_known_firms_are_right(digits: str) -> None:
    assert canonical(digits) == digits
    assert canonical(written(digits)) == digits


@pytest.mark.parametrize("text", ["124-81-00998", " 124 - 81 - 00998 ", "124–81–00998",
                                  "１２４－８１－００９９８", "124 81 00998"])  # fmt: skip
def test_hyphens_blanks_and_wide_digits_make_no_difference(text: str) -> None:
    assert canonical(text) == REAL[0]


@pytest.mark.parametrize(
    "text",
    ["", "124-81-0099", "124-81-009981", "12-481-00998", "124/81/00998", "a24-81-00998",
     "000-00-00000", "١٢٤8100998", "1" * 5_000],
)  # fmt: skip
def test_what_is_no_such_number(text: str) -> None:
    assert canonical(text) is None
    assert not is_valid(text)


@given(st.sampled_from(REAL), st.integers(0, 9), st.integers(1, 9))
def test_one_wrong_digit_is_always_seen(digits: str, place: int, more: int) -> None:
    slipped = digits[:place] + str((int(digits[place]) + more) % 10) + digits[place + 1 :]
    assert not is_valid(slipped)
