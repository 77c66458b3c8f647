"""Which coded reasons a partner may still give. The list is looked at once a year, on the counts.

A reason that hardly anybody needs is retired: gone from every form, kept in the history. What was
written under "other" is nobody's to read, so a new reason comes from people, not from those texts.
"""

from datetime import date
from typing import Final

from models.application import RefusalReason

REVIEWED_ON: Final = date(2026, 11, 1)
"""When the list was last looked at."""
RETIRED: Final = frozenset({RefusalReason.DUPLICATE})
"""DUPLICATE: one person can apply once to an opening, so there is nothing to refuse by it."""


def is_offered(reason: RefusalReason) -> bool:
    return reason not in RETIRED


def next_review() -> date:
    return REVIEWED_ON.replace(year=REVIEWED_ON.year + 1)
