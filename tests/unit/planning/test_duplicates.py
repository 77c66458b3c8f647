"""Pairs that may be one person: found by what they share, shown from a score, never decided."""

from dataclasses import replace
from datetime import date

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from matcher.planning.duplicates import (
    LEAST,
    Known,
    compared,
    digits,
    likely,
    mailbox,
    plain_name,
    spellings,
)

DAY = date(2027, 2, 20)


def person(number: int, name: str, email: str = "", **values: object) -> Known:
    return Known(number, name, email or f"unlike{number}@example.com", **values)  # type: ignore[arg-type]


@pytest.mark.parametrize(
    ("one", "other", "reasons"),
    [
        (person(1, "강하늘", group=1), person(2, "강 하늘", group=1), ("name", "university")),
        (
            person(1, "강하늘", "sky.kang@example.com"),
            person(2, "Kang Haneul", "skykang@other.kr"),
            ("mailbox", "romanised"),
        ),
        (
            person(1, "Haneul Kang", graduation_on=DAY, group=1),
            person(2, "강하늘", graduation_on=DAY, group=1),
            ("romanised", "graduation", "university"),
        ),
        (
            person(1, "가람", external_id="JNU-2023-00417"),
            person(2, "나래", external_id="202300417", group=1),
            (),
        ),
        (
            person(1, "가람", external_id="JNU-2023-00417", group=1),
            person(2, "나래", external_id="202300417", group=1),
            ("external_id", "university"),
        ),
        (person(1, "김민수"), person(2, "Lee Minsu"), ()),
        (person(1, "강하늘"), person(2, "강하늘"), ()),
    ],
)
def test_what_two_records_share_decides_whether_they_are_shown(
    one: Known, other: Known, reasons: tuple[str, ...]
) -> None:
    found = likely([one, other])
    assert tuple(pair.reasons for pair in found) == ((reasons,) if reasons else ())


def test_a_pair_that_was_told_apart_is_not_shown_again() -> None:
    people = [person(1, "강하늘", group=1), person(2, "강하늘", group=1)]
    assert len(likely(people)) == 1
    assert likely(people, [(1, 2)]) == ()


def test_namesakes_of_one_year_with_numbers_of_their_own_are_not_suggested() -> None:
    one = person(1, "김민준", graduation_on=DAY, group=1, external_id="2023-10001")
    other = person(2, "김민준", graduation_on=DAY, group=1, external_id="2023-10002")
    assert likely([one, other]) == ()
    assert len(likely([one, replace(other, external_id=None)])) == 1
    assert len(likely([one, replace(other, group=2)])) == 1
    same_mailbox = replace(other, email="unlike1@other.example.com")
    assert likely([one, same_mailbox])[0].reasons == ("name", "mailbox", "graduation", "university")


def test_a_name_that_a_crowd_shares_suggests_nothing() -> None:
    assert likely([person(n, "김지우", group=1) for n in range(13)]) == ()
    assert len(likely([person(n, "김지우", group=1) for n in range(4)])) == 6


@pytest.mark.parametrize(
    ("text", "plain"), [(" 강 하늘 ", "강하늘"), ("Ｋａｎｇ-Ha", "kangha"), ("...", "")]
)
def test_names_are_compared_without_blanks_width_and_case(text: str, plain: str) -> None:
    assert plain_name(text) == plain


def test_names_meet_in_latin_letters_whichever_comes_first() -> None:
    assert {"kanghaneul", "haneulgang"} <= spellings("강하늘")
    assert spellings("Haneul, KANG") == {"haneulkang", "kanghaneul"}
    assert spellings("이") == spellings("") == frozenset()


def test_shared_and_short_mailboxes_and_short_numbers_mean_nothing() -> None:
    assert mailbox("Ha.Neul+job@example.com") == "haneul"
    assert [mailbox(each) for each in ("info@a.kr", "abc@a.kr", "")] == ["", "", ""]
    assert [digits(each) for each in ("A-00123", "A-1234", None)] == ["123", "", ""]


names = st.one_of(st.text(max_size=12), st.sampled_from(["강하늘", "Kang Haneul", "하늘", "이"]))
people = st.lists(
    st.builds(
        Known,
        st.integers(1, 40),
        names,
        st.sampled_from(["haneul@a.kr", "ha.neul@b.kr", "x@a.kr", ""]),
        st.sampled_from([None, 1, 2]),
        st.sampled_from([None, DAY]),
        st.sampled_from([None, "JNU-2023-1", "20231"]),
    ),
    max_size=12,
    unique_by=lambda each: each.number,
)


@settings(max_examples=150, deadline=None)
@given(people)
def test_the_order_of_people_changes_nothing_and_scores_are_symmetric(found: list[Known]) -> None:
    pairs = likely(found)
    assert pairs == likely(list(reversed(found)))
    by_number = {each.number: each for each in found}
    for pair in pairs:
        assert pair.first < pair.second
        assert LEAST <= pair.score <= 100
        assert compared(by_number[pair.second], by_number[pair.first]) == pair
