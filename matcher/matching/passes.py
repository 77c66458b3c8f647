"""Stored passes: their attempts as the rules engine reads them, and the expiries that move."""

from collections.abc import Iterable, Mapping, Sequence
from datetime import date
from typing import Protocol

from matcher.matching.certification_facts import programme_facts
from matcher.planning.certification_rules import (
    PastAttempt,
    expiries_of_passes,
    kept_longer,
    latest,
)
from models.certification import AttemptState, CertificationRecord

SETTLED = (AttemptState.PASSED, AttemptState.FAILED)


class Attempted(Protocol):
    """A stored attempt, whole or the columns of one."""

    @property
    def exam_code(self) -> str: ...
    @property
    def state(self) -> AttemptState: ...
    @property
    def exam_on(self) -> date | None: ...


def attempts_of(records: Iterable[Attempted]) -> tuple[PastAttempt, ...]:
    """Sat and settled ones only: a plan or a booking binds nobody."""
    return tuple(
        PastAttempt(row.exam_code, row.exam_on, row.state is AttemptState.PASSED)
        for row in records
        if row.state in SETTLED and row.exam_on is not None
    )


def benefits_left(records: Iterable[CertificationRecord]) -> int:
    """Half-price codes of passes that no other record took; a booking holds its code."""
    standing = [row for row in records if row.state is not AttemptState.CANCELLED]
    earned = sum(row.state is AttemptState.PASSED for row in standing)
    return max(0, earned - sum(row.is_discounted for row in standing))


def kept_days(records: Iterable[CertificationRecord]) -> dict[str, date]:
    """Expiries on record that the passes do not explain, to be handed on to `moved_expiries`; to
    be asked before the records change, because afterwards a pass that went looks the same."""
    facts = programme_facts()
    passed = _passed(records)
    stored = latest(
        (row.certification, row.expires_on) for row in passed if row.expires_on is not None
    )
    return kept_longer(_days(passed), stored, facts.renewal_edges, facts.rules)


def moved_expiries(
    records: Iterable[CertificationRecord], kept: Mapping[str, date]
) -> list[tuple[CertificationRecord, date]]:
    """(pass, expiry it should have) where another one is stored, by a replay of every pass in day
    order, so that a pass entered late gives what one in time would."""
    facts = programme_facts()
    passed = _passed(records)
    expiries = expiries_of_passes(_days(passed), facts.renewal_edges, facts.rules, kept)
    return [
        (row, expiries[row.certification])
        for row in passed
        if row.expires_on != expiries[row.certification]
    ]


def _passed(records: Iterable[CertificationRecord]) -> list[CertificationRecord]:
    return [row for row in records if row.state is AttemptState.PASSED and row.exam_on is not None]


def _days(passed: Sequence[CertificationRecord]) -> list[tuple[str, date]]:
    return [(row.certification, row.exam_on) for row in passed if row.exam_on is not None]
