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


class Pass(Protocol):
    """A pass, stored or imagined; without its day no renewal is counted from it."""

    @property
    def certification(self) -> str: ...
    @property
    def exam_on(self) -> date | None: ...
    @property
    def expires_on(self) -> date | None: ...


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
    """As `unexplained`, of records; to be asked before they change, because afterwards a pass that
    went looks the same."""
    return unexplained(_passed(records))


def unexplained(passes: Sequence[Pass]) -> dict[str, date]:
    """Expiries on record that the passes do not explain, to be handed on to the replay."""
    facts = programme_facts()
    stored = latest(
        (each.certification, each.expires_on)
        for each in passes
        if each.exam_on is not None and each.expires_on is not None
    )
    return kept_longer(_days(passes), stored, facts.renewal_edges, facts.rules)


def replayed(passes: Sequence[Pass], kept: Mapping[str, date]) -> dict[str, date]:
    """Expiry by certification after every pass in day order, so that a pass entered late gives
    what one in time would."""
    facts = programme_facts()
    return expiries_of_passes(_days(passes), facts.renewal_edges, facts.rules, kept)


def moved_expiries(
    records: Iterable[CertificationRecord], kept: Mapping[str, date]
) -> list[tuple[CertificationRecord, date]]:
    """(pass, expiry it should have) where another one is stored."""
    passed = _passed(records)
    expiries = replayed(passed, kept)
    return [
        (row, expiries[row.certification])
        for row in passed
        if row.expires_on != expiries[row.certification]
    ]


def _passed(records: Iterable[CertificationRecord]) -> list[CertificationRecord]:
    return [row for row in records if row.state is AttemptState.PASSED and row.exam_on is not None]


def _days(passes: Iterable[Pass]) -> list[tuple[str, date]]:
    return [(each.certification, each.exam_on) for each in passes if each.exam_on is not None]
