"""The AWS rules on one person's records, by tables of days."""

from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from matcher.planning.certification_rules import (
    RULES,
    SOURCES,
    TRANSITIONS,
    PastAttempt,
    RuleRefusal,
    Wait,
    add_years,
    age_refusal,
    earliest_retake,
    expiries_after_pass,
    expiries_of_passes,
    expiry_of,
    longest_wait,
    repeat_opens_on,
    standing,
    transition_refusal,
)

EDGES = (
    ("SAP", "SAA"),
    ("SAP", "CLF"),
    ("SAA", "CLF"),
    ("MLA", "AIF"),
    ("MLA", "CLF"),
)
DAYS = st.dates(min_value=date(2020, 1, 1), max_value=date(2035, 12, 31))


@pytest.mark.parametrize(
    ("start", "years", "end"),
    [
        (date(2026, 11, 21), 3, date(2029, 11, 21)),
        (date(2024, 2, 29), 3, date(2027, 2, 28)),
        (date(2024, 2, 29), 4, date(2028, 2, 29)),
        (date(2028, 2, 29), 2, date(2030, 2, 28)),
        (date(2025, 2, 28), 3, date(2028, 2, 28)),
    ],
)
def test_years_added_land_on_the_same_or_the_earlier_day(
    start: date, years: int, end: date
) -> None:
    assert add_years(start, years) == end


@pytest.mark.parametrize(
    ("today", "expected"),
    [
        (date(2024, 1, 10), "active"),
        (date(2026, 7, 13), "active"),
        (date(2026, 7, 14), "expiring"),
        (date(2027, 1, 10), "expiring"),
        (date(2027, 1, 11), "expired"),
    ],
)
def test_standing_by_day(today: date, expected: str) -> None:
    assert standing(date(2024, 1, 10), date(2027, 1, 10), today) == expected


def test_standing_takes_a_shorter_window() -> None:
    passed, expires = date(2024, 1, 10), date(2027, 1, 10)
    assert standing(passed, expires, date(2026, 10, 11), window_days=90) == "active"
    assert standing(passed, expires, date(2026, 10, 12), window_days=90) == "expiring"


def test_standing_refuses_an_expiry_before_the_pass() -> None:
    with pytest.raises(ValueError, match="before the pass"):
        standing(date(2026, 1, 2), date(2026, 1, 1), date(2026, 1, 1))


@pytest.mark.parametrize(
    ("current", "wanted", "is_legal"),
    [
        ("planned", "scheduled", True),
        ("planned", "passed", False),
        ("scheduled", "planned", True),
        ("scheduled", "result_pending", True),
        ("scheduled", "passed", False),
        ("result_pending", "passed", True),
        ("result_pending", "failed", True),
        ("result_pending", "cancelled", False),
        ("passed", "active", True),
        ("passed", "failed", False),
        ("failed", "passed", False),
        ("active", "expiring", True),
        ("expiring", "active", True),
        ("expiring", "expired", True),
        ("expired", "active", False),
    ],
)
def test_transitions(current: str, wanted: str, is_legal: bool) -> None:
    refusal = transition_refusal(current, wanted)
    assert (refusal is None) == is_legal
    assert is_legal or refusal == RuleRefusal("transition", "oreum")


def test_every_target_of_a_transition_is_a_state() -> None:
    assert set().union(*TRANSITIONS.values()) <= TRANSITIONS.keys()


def test_retake_opens_fourteen_days_after_a_fail() -> None:
    assert earliest_retake(date(2026, 11, 21)) == date(2026, 12, 5)
    assert earliest_retake(date(2028, 2, 20)) == date(2028, 3, 5)


def test_repeat_opens_two_years_after_a_pass() -> None:
    assert repeat_opens_on(date(2026, 11, 21)) == date(2028, 11, 21)


FAIL = PastAttempt("SAA-C03", date(2026, 11, 21), is_pass=False)
PASS = PastAttempt("DVA-C02", date(2026, 6, 1), is_pass=True)
WAIT = Wait(date(2026, 12, 5), "retake_wait")
BLOCK = Wait(date(2028, 6, 1), "repeat_block")


@pytest.mark.parametrize(
    ("attempts", "expected"),
    [
        ([], None),
        ([FAIL], WAIT),
        ([PASS], BLOCK),
        ([PastAttempt("DVA-C02", date(2026, 5, 25), False), PASS], BLOCK),
        ([FAIL, PastAttempt("SAA-C03", date(2026, 11, 1), False)], WAIT),
    ],
)
def test_the_wait_that_ends_last_binds(attempts: list[PastAttempt], expected: Wait | None) -> None:
    assert longest_wait(attempts) == expected


@pytest.mark.parametrize(
    ("born", "has_consent", "code", "until"),
    [
        (date(2013, 11, 22), True, "too_young", date(2026, 11, 22)),
        (date(2013, 11, 21), True, None, None),
        (date(2013, 11, 21), False, "guardian_consent", date(2031, 11, 21)),
        (date(2008, 11, 22), False, "guardian_consent", date(2026, 11, 22)),
        (date(2008, 11, 21), False, None, None),
    ],
)
def test_age_rules(born: date, has_consent: bool, code: str | None, until: date | None) -> None:
    refusal = age_refusal(born, date(2026, 11, 21), has_consent)
    expected = None if code is None else RuleRefusal(code, SOURCES[code], until)
    assert refusal == expected


def test_a_first_pass_gives_three_years() -> None:
    assert expiries_after_pass({}, "SAA", date(2026, 11, 21), EDGES) == {"SAA": date(2029, 11, 21)}


@pytest.mark.parametrize(
    ("clf_expires", "moved"),
    [
        (date(2026, 11, 20), False),
        (date(2026, 11, 21), True),
        (date(2028, 1, 1), True),
        (date(2029, 11, 21), False),
        (date(2030, 1, 1), False),
    ],
)
def test_a_pass_moves_a_lower_certificate_only_while_it_is_active(
    clf_expires: date, moved: bool
) -> None:
    new = date(2029, 11, 21)
    expected = {"SAA": new} | ({"CLF": new} if moved else {})
    assert expiries_after_pass({"CLF": clf_expires}, "SAA", date(2026, 11, 21), EDGES) == expected


def test_a_professional_pass_moves_two_and_leaves_the_others() -> None:
    held = {
        "CLF": date(2027, 1, 1),
        "SAA": date(2027, 6, 1),
        "AIF": date(2027, 2, 1),
    }
    new = date(2029, 11, 21)
    assert expiries_after_pass(held, "SAP", date(2026, 11, 21), EDGES) == {
        "CLF": new,
        "SAA": new,
        "SAP": new,
    }


def test_a_pass_on_leap_day_expires_on_the_last_of_february() -> None:
    moved = expiries_after_pass({"CLF": date(2028, 6, 1)}, "SAA", date(2028, 2, 29), EDGES)
    assert moved == {"CLF": date(2031, 2, 28), "SAA": date(2031, 2, 28)}


def test_renewal_does_not_travel_along_two_edges() -> None:
    edges = (("SAP", "SAA"), ("SAA", "CLF"))
    held = {"SAA": date(2027, 1, 1), "CLF": date(2027, 1, 1)}
    assert expiries_after_pass(held, "SAP", date(2026, 1, 1), edges) == {
        "SAA": date(2029, 1, 1),
        "SAP": date(2029, 1, 1),
    }


def test_an_expired_certificate_is_earned_anew_by_its_own_exam() -> None:
    held = {"SAA": date(2025, 1, 1)}
    assert expiries_after_pass(held, "SAA", date(2026, 11, 21), EDGES) == {
        "SAA": date(2029, 11, 21)
    }


def test_a_pass_entered_late_gives_the_same_expiries() -> None:
    passes = [("CLF", date(2023, 5, 1)), ("SAA", date(2025, 3, 1)), ("SAP", date(2026, 11, 1))]
    expected = {
        "CLF": date(2029, 11, 1),
        "SAA": date(2029, 11, 1),
        "SAP": date(2029, 11, 1),
    }
    assert expiries_of_passes(passes, EDGES) == expected
    assert expiries_of_passes(list(reversed(passes)), EDGES) == expected


@given(
    passes=st.lists(st.tuples(st.sampled_from(["CLF", "SAA", "SAP", "AIF", "MLA"]), DAYS)),
    latest=st.tuples(st.sampled_from(["CLF", "SAA", "SAP", "AIF", "MLA"]), DAYS),
)
def test_a_pass_never_shortens_an_expiry(
    passes: list[tuple[str, date]], latest: tuple[str, date]
) -> None:
    before = expiries_of_passes(passes, EDGES)
    after = before | expiries_after_pass(before, latest[0], latest[1], EDGES)
    assert all(after[certification] >= day for certification, day in before.items())
    assert after[latest[0]] >= expiry_of(latest[1])
    assert max(after.values()) <= max(expiry_of(d) for _, d in [*passes, latest])


@given(day=DAYS)
def test_an_expiry_is_never_more_than_three_calendar_years_away(day: date) -> None:
    assert expiry_of(day).year == day.year + RULES.validity_years
    assert (expiry_of(day).month, expiry_of(day).day) in {(day.month, day.day), (2, 28)}
