"""Terms a desk plans for, and the one its page opens on."""

from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from matcher.planning.impact.terms import APPLYING, first_to_fill, terms_from


@pytest.mark.parametrize(
    ("today", "opens_on"),
    [
        ("2026-09-01", "2026-09"), ("2026-10-31", "2026-09"), ("2026-11-01", "2027-03"),
        ("2026-11-21", "2027-03"), ("2027-02-10", "2027-03"), ("2027-05-01", "2027-03"),
        ("2027-05-02", "2027-09"),
    ],
)  # fmt: skip
def test_the_page_opens_on_the_first_term_that_can_still_be_filled(
    today: str, opens_on: str
) -> None:
    assert first_to_fill(date.fromisoformat(today)).key == opens_on


@given(today=st.dates(date(2020, 1, 1), date(2090, 1, 1)))
def test_at_least_half_of_it_is_left_once_people_could_apply(today: date) -> None:
    term = first_to_fill(today)
    assert term in terms_from(today)[:2]
    left = term.last - max(term.first, today + APPLYING)
    assert left * 2 >= term.last - term.first - timedelta(days=1)
