"""What a kind of file is made of: documented columns, two examples, and how a row is read."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from .vocabulary import Vocabulary

if TYPE_CHECKING:
    from .cells import Cells
    from .reading import Limits
    from .tables import Table


@dataclass(frozen=True)
class Column:
    """`name` and any of `korean` (the first is the one templates show) may head the column."""

    name: str
    korean: tuple[str, ...]
    holds_ko: str
    holds_en: str
    required: bool = False
    words: Vocabulary | None = None
    """For a cell that says one of a list (or several, where the reader of the row takes them)."""


@dataclass(frozen=True)
class Kind:
    """`unique` names column groups that no two rows of a file may share (blanks aside);
    `read` returns None when a cell it needs is wrong, having recorded why."""

    name: str
    title_ko: str
    title_en: str
    columns: tuple[Column, ...]
    examples: tuple[Mapping[str, str], Mapping[str, str]]
    unique: tuple[tuple[str, ...], ...]
    read: "Callable[[Cells], Any]"
    about_ko: str = ""
    about_en: str = ""
    told: tuple[Column, ...] = ()
    """What an export adds for its reader and no file may claim: an import leaves it aside."""
    opens: "Callable[[bytes, str, Limits | None], Table] | None" = None
    """Reads the bytes; None: as every table is read."""

    def column(self, name: str) -> Column:
        return next(column for column in self.columns if column.name == name)

    def title_ko_of(self, name: str) -> str:
        return self.column(name).korean[0]
