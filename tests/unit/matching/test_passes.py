"""Half-price codes of stored passes, against counting them one sitting after the other."""

from datetime import date, timedelta

from hypothesis import given, settings
from hypothesis import strategies as st

from matcher.matching.passes import attempts_of, benefits_left
from matcher.planning.certification_rules import PastAttempt
from models.certification import AttemptState, CertificationRecord
from tests.unit.planning import reference

FIRST = date(2026, 1, 1)
PASSED, FAILED = AttemptState.PASSED, AttemptState.FAILED
BOOKED, CANCELLED = AttemptState.SCHEDULED, AttemptState.CANCELLED


def record(n: int, state: AttemptState, with_code: bool = False) -> CertificationRecord:
    return CertificationRecord(
        youth_id=1,
        certification="SAA",
        exam_code=f"X{n}",
        state=state,
        exam_on=FIRST + timedelta(days=n),
        is_discounted=with_code,
    )


@settings(max_examples=300, deadline=None)
@given(sittings=st.lists(st.tuples(st.booleans(), st.booleans()), max_size=8))
def test_codes_in_hand_are_those_of_counting_them(sittings: list[tuple[bool, bool]]) -> None:
    """A code cannot be spent before it is earned: such a sitting was not paid with one."""
    hand, real = 0, []
    for passed, wants_code in sittings:
        is_paid = wants_code and hand > 0
        hand += passed - is_paid
        real.append((passed, is_paid))
    records = [
        record(n, PASSED if passed else FAILED, paid) for n, (passed, paid) in enumerate(real)
    ]
    assert benefits_left(records) == reference.codes_in_hand(real) == hand


def test_a_booking_holds_its_code_and_a_cancelled_one_gives_it_back() -> None:
    assert benefits_left([record(0, PASSED), record(1, BOOKED, with_code=True)]) == 0
    assert benefits_left([record(0, PASSED), record(1, CANCELLED, with_code=True)]) == 1


def test_only_settled_sittings_are_history() -> None:
    records = [record(0, PASSED), record(1, FAILED), record(2, BOOKED), record(3, CANCELLED)]
    assert attempts_of(records) == (
        PastAttempt("X0", FIRST, True),
        PastAttempt("X1", FIRST + timedelta(days=1), False),
    )
