"""The level of proof in exported lists: told to their reader, never taken from a file."""

from typing import Final

from .columns import Column
from .words import PROOF_LEVELS

PROOF: Final = Column(
    "verification",
    ("확인 단계",),
    "이 기록이 어떻게 확인되었는지",
    "how the record was proved",
    words=PROOF_LEVELS,
)
_VALUES: Final = (
    "self_reported",
    "seen_by_university",
    "matched_with_issuer",
    "signature_verified",
)


def told(verification: int, in_korean: bool) -> str:
    """Verification 1 to 4 as a cell says it: in plain words, for no import reads it."""
    value = _VALUES[verification - 1]
    return PROOF_LEVELS.ko(value) if in_korean else value
