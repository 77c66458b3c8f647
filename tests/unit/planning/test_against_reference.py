"""The engine against a plain simulation of the same rules, on random histories."""

from datetime import date, timedelta

from hypothesis import given, settings
from hypothesis import strategies as st

from matcher.matching.certification_facts import programme_facts
from matcher.planning.benefits import PaidSitting, charges
from matcher.planning.certification_rules import (
    PastAttempt,
    age_refusal,
    expiries_of_passes,
    kept_longer,
)
from matcher.planning.keeping import maintenance_refusal, renewal_refusal
from matcher.planning.sittings import Candidate, sitting_on, windows
from tests.unit.planning import reference
from tests.unit.planning.reference import Sat

FACTS = programme_facts()
EXAMS = sorted(
    (certification, exam["code"])
    for certification, row in reference.CERTIFICATIONS.items()
    for exam in row["exams"]
)
LIVE = sorted({certification for certification, _ in EXAMS} - {"MLS", "DAS", "DBS", "PAS"})
EDGE_DAYS = [
    date(2026, 11, 16), date(2026, 11, 17), date(2026, 11, 19), date(2026, 11, 21),
    date(2026, 11, 30), date(2026, 12, 1), date(2026, 12, 31), date(2027, 1, 14),
    date(2028, 2, 29),
]  # fmt: skip
TODAYS = st.dates(date(2026, 1, 1), date(2028, 12, 31)) | st.sampled_from(EDGE_DAYS)
LANGUAGES = st.sampled_from(["ko", "en", "ja", "es", "es-419", "zh", "zh-Hans", "de", "pt-BR"])
BEFORE = st.dates(date(2022, 1, 1), date(2028, 12, 31)) | st.sampled_from(
    [day - timedelta(days=back) for day in EDGE_DAYS for back in (0, 1, 13, 14, 15, 730, 731)]
)


@st.composite
def attempts(draw: st.DrawFn, of: str | None = None) -> Sat:
    offered = [exam for exam in EXAMS if of is None or exam[0] == of]
    certification, code = draw(st.sampled_from(offered))
    return Sat(certification, code, draw(BEFORE), draw(st.booleans()))


@st.composite
def histories(draw: st.DrawFn, of: str) -> list[Sat]:
    """Half of the attempts at the certification asked about, so that waits really bind."""
    own = draw(st.lists(attempts(of), max_size=4))
    return own + draw(st.lists(attempts(), max_size=3))


def past(history: list[Sat]) -> tuple[PastAttempt, ...]:
    return tuple(PastAttempt(each.code, each.day, each.passed) for each in history)


@settings(max_examples=2000, deadline=None)
@given(data=st.data(), certification=st.sampled_from(LIVE), today=TODAYS)
def test_windows_hold_exactly_the_days_on_which_the_simulation_may_sit(
    data: st.DataObject, certification: str, today: date
) -> None:
    history = [each for each in data.draw(histories(certification)) if each.day <= today]
    languages = tuple(data.draw(st.lists(LANGUAGES, min_size=1, max_size=2, unique=True)))
    found = windows(FACTS, certification, Candidate(past(history), languages), today)
    first = today + timedelta(days=data.draw(st.integers(0, 760)))
    for code in [exam for owner, exam in EXAMS if owner == certification]:
        for language in languages:
            mine = [w for w in found.open if (w.exam_code, w.language) == (code, language)]
            for day in (today, today + timedelta(1), *reference.days(first, first + timedelta(20))):
                expected = reference.may_sit(certification, code, language, history, day)
                assert any(w.covers(day) for w in mine) == expected, (code, language, day)


@settings(max_examples=2000, deadline=None)
@given(data=st.data(), certification=st.sampled_from(LIVE), day=TODAYS, language=LANGUAGES)
def test_a_day_is_open_or_refused_with_a_rule_and_a_source(
    data: st.DataObject, certification: str, day: date, language: str
) -> None:
    """Attempts after the day asked about are in the history and must not count."""
    history = data.draw(histories(certification))
    window, reasons = sitting_on(FACTS, certification, Candidate(past(history), (language,)), day)
    codes = [
        code
        for owner, code in EXAMS
        if owner == certification and reference.may_sit(certification, code, language, history, day)
    ]
    assert (window is not None) == bool(codes)
    if window is not None:
        assert window.exam_code in codes
    else:
        assert reasons
        assert all(each.source.startswith("https://") for each in reasons)


@settings(max_examples=2000, deadline=None)
@given(history=st.lists(attempts(), max_size=10))
def test_expiries_are_those_of_living_the_years_day_by_day(history: list[Sat]) -> None:
    passes = [(each.certification, each.day) for each in history if each.passed]
    expected = reference.valid_through(history, date(2028, 12, 31))
    assert expiries_of_passes(passes, FACTS.renewal_edges) == expected


@settings(max_examples=500, deadline=None)
@given(history=st.lists(attempts(), max_size=8), extra=st.integers(1, 500))
def test_a_longer_day_on_record_is_kept_and_a_second_replay_moves_nothing(
    history: list[Sat], extra: int
) -> None:
    passes = [(each.certification, each.day) for each in history if each.passed]
    plain = expiries_of_passes(passes, FACTS.renewal_edges)
    told = {c: day + timedelta(days=extra) for c, day in plain.items()}
    assert kept_longer(passes, plain, FACTS.renewal_edges) == {}
    assert kept_longer(passes, told, FACTS.renewal_edges) == told
    stored = expiries_of_passes(passes, FACTS.renewal_edges, kept=told)
    assert all(stored[c] >= day for c, day in told.items())
    kept = kept_longer(passes, stored, FACTS.renewal_edges)
    assert expiries_of_passes(passes, FACTS.renewal_edges, kept=kept) == stored


@settings(max_examples=500, deadline=None)
@given(
    sittings=st.lists(
        st.tuples(st.integers(0, 3), st.sampled_from([0, 50, 100, 150, 300]), st.booleans()),
        max_size=6,
    ),
    held=st.integers(0, 2),
)
def test_codes_save_as_much_as_trying_every_way(
    sittings: list[tuple[int, int, bool]], held: int
) -> None:
    start = date(2027, 1, 1)
    asked = [PaidSitting(start + timedelta(days=d), usd, ok) for d, usd, ok in sittings]
    bill = charges(asked, held, 50)
    best = sum(usd for _, usd, _ in sittings) - max(
        sum(sittings[i][1] / 2 for i in range(len(sittings)) if chosen >> i & 1)
        for chosen in range(1 << len(sittings))
        if _can_pay(sittings, chosen, held)
    )
    assert sum(each.usd for each in bill) == best
    used = sum(1 << i for i, each in enumerate(bill) if each.is_discounted)
    assert _can_pay(sittings, used, held)


def _can_pay(sittings: list[tuple[int, int, bool]], chosen: int, held: int) -> bool:
    hand = held
    for day in range(4):
        spent = sum(1 for i, s in enumerate(sittings) if s[0] == day and chosen >> i & 1)
        if spent > hand:
            return False
        hand += sum(1 for s in sittings if s[0] == day and s[2]) - spent
    return True


@settings(max_examples=500, deadline=None)
@given(born=st.dates(date(2000, 1, 1), date(2018, 12, 31)), day=TODAYS, has_consent=st.booleans())
def test_ages_are_those_of_counting_birthdays(born: date, day: date, has_consent: bool) -> None:
    age = reference.age_on(born, day)
    expected = "too_young" if age < 13 else None
    if 13 <= age <= 17 and not has_consent:
        expected = "guardian_consent"
    refusal = age_refusal(born, day, has_consent)
    assert (refusal.code if refusal else None) == expected


@settings(max_examples=500, deadline=None)
@given(
    certification=st.sampled_from(sorted(reference.CERTIFICATIONS)),
    through=TODAYS,
    left=st.integers(-3, 120) | st.sampled_from([-1, 0, 1, 89, 90, 91]),
)
def test_a_year_is_added_exactly_when_the_simulation_may(
    certification: str, through: date, left: int
) -> None:
    day = through - timedelta(days=left)
    refusal = maintenance_refusal(FACTS, certification, through, day)
    assert (refusal is None) == reference.may_maintain(certification, through, day)
    is_dead = renewal_refusal(FACTS, certification, through, day)
    renewable = reference.CERTIFICATIONS[certification]["renewable_by_own_exam"]["value"]
    assert (is_dead is None) == (day <= through and renewable)
