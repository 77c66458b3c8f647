"""Attempts in the demo data obey the programme of their day."""

from collections import defaultdict
from datetime import date, timedelta

import pytest

from matcher.catalogue.certifications import load_programme
from matcher.catalogue.demo.shape import Attempt, DemoData
from matcher.matching.certification_facts import programme_facts
from matcher.planning.certification_rules import PastAttempt, expiries_of_passes
from matcher.planning.sittings import Candidate, sitting_on
from tests.unit.catalogue.demo_days import DAYS, TODAY, made


@pytest.fixture
def data() -> DemoData:
    return made()


@pytest.mark.parametrize("today", DAYS)
def test_every_exam_version_was_open_in_its_language_on_its_day(today: date) -> None:
    programme = load_programme()
    assert len(made(today).attempts) > 300
    for attempt in made(today).attempts:
        day = attempt.exam_on or attempt.planned_on
        assert day is not None
        exam = programme.exam(attempt.exam_code)
        assert exam.certification_id == attempt.certification
        assert exam.is_offered(day, attempt.language), attempt


def sat_by_person(data: DemoData) -> dict[int, list[Attempt]]:
    found = defaultdict(list)
    for attempt in data.attempts:
        found[attempt.youth].append(attempt)
    return found


@pytest.mark.parametrize("today", DAYS)
def test_every_attempt_could_be_sat_after_those_before_it(today: date) -> None:
    repeated = 0
    for attempts in sat_by_person(made(today)).values():
        history: list[PastAttempt] = []
        for attempt in attempts:
            day = attempt.exam_on or attempt.planned_on
            assert day is not None
            repeated += any(past.exam_code == attempt.exam_code for past in history)
            candidate = Candidate(tuple(history), (attempt.language,))
            window, reasons = sitting_on(
                programme_facts(), attempt.certification, candidate, day, attempt.exam_code
            )
            assert window is not None, (attempt, reasons)
            if attempt.state in ("passed", "failed"):
                history.append(PastAttempt(attempt.exam_code, day, attempt.state == "passed"))
    assert repeated > 20


@pytest.mark.parametrize("today", DAYS)
def test_certificates_run_out_when_the_rules_say(today: date) -> None:
    edges = [(edge.passed, edge.renews) for edge in load_programme().renewal_edges]
    for attempts in sat_by_person(made(today)).values():
        passes = [
            (a.certification, a.exam_on) for a in attempts if a.state == "passed" and a.exam_on
        ]
        expiries = expiries_of_passes(passes, edges)
        for attempt in attempts:
            expected = expiries[attempt.certification] if attempt.state == "passed" else None
            assert attempt.expires_on == expected


def test_states_of_attempts_agree_with_their_days(data: DemoData) -> None:
    for attempt in data.attempts:
        day = attempt.exam_on or attempt.planned_on
        assert day is not None
        if attempt.state in ("passed", "failed"):
            assert attempt.result_on is not None
            assert day <= attempt.result_on < TODAY
        elif attempt.state == "result_pending":
            assert day < TODAY
            assert attempt.result_on is None
        else:
            assert day >= TODAY
    states = {attempt.state for attempt in data.attempts}
    assert states >= {"planned", "scheduled", "passed", "failed"}


def test_some_certificates_are_expired_some_expiring_some_renewed(data: DemoData) -> None:
    ends = [a.expires_on for a in data.attempts if a.expires_on]
    assert any(end < TODAY for end in ends)
    assert any(TODAY <= end < TODAY + timedelta(days=180) for end in ends)
    moved = [
        a
        for a in data.attempts
        if a.expires_on and a.exam_on and (a.expires_on - a.exam_on).days > 1100
    ]
    assert moved


def test_half_price_is_used_only_after_a_pass(data: DemoData) -> None:
    for attempts in sat_by_person(data).values():
        vouchers = 0
        for attempt in attempts:
            vouchers -= attempt.is_discounted
            assert vouchers >= 0
            vouchers += attempt.state == "passed"
