"""Which part of an ordered list is shown."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import TypeVar

T = TypeVar("T")


@dataclass(frozen=True)
class Window:
    """`limit` rows after the first `offset`; from the other end when reversed."""

    offset: int = 0
    limit: int = 20
    is_reversed: bool = False

    def cut(self, rows: Sequence[T]) -> Sequence[T]:
        """Past the end is an empty part, not an error."""
        ordered = rows[::-1] if self.is_reversed else rows
        return ordered[self.offset : self.offset + self.limit]
