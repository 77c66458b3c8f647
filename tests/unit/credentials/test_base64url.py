"""Bytes as tokens, keys and lists write them."""

import pytest
from hypothesis import given
from hypothesis import strategies as some

from matcher.credentials import base64url


@given(some.binary(max_size=70))
def test_what_was_written_is_read_again_and_needs_no_padding(data: bytes) -> None:
    text = base64url.encoded(data)
    assert base64url.decoded(text) == data
    assert not set(text) & set("+/=")


@pytest.mark.parametrize("text", ["YQ==", "Y+Q", "Y/Q", "Y Q", "YQ\n", "YQ가", "Y"])
def test_padding_other_letters_and_lengths_of_no_bytes_are_refused(text: str) -> None:
    with pytest.raises(ValueError, match="base64"):
        base64url.decoded(text)
