"""What is wrong with a file, as values: line, column, a code and plain words in two languages."""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from typing import Final

from matcher.text import hide_resident_numbers

ERROR_CAP: Final = 100
_QUOTE_LENGTH: Final = 40


@dataclass(frozen=True)
class CellError:
    """`line` is 1-based as the file is seen in an editor (JSON: the item's number); 0 is the file
    as a whole. `column` is the English column name, or None for the whole line."""

    line: int
    column: str | None
    code: str
    text_ko: str
    text_en: str

    def sentence(self, language: str) -> str:
        """With its place in front: `3행 closes_on: ...` or `line 3, closes_on: ...`."""
        korean = language == "ko"
        line = (f"{self.line}행" if korean else f"line {self.line}") if self.line else ""
        column = self.column or ""
        place = (" " if korean else ", ").join(part for part in (line, column) if part)
        text = self.text_ko if korean else self.text_en
        return f"{place}: {text}" if place else text


@dataclass
class ErrorList:
    """Keeps the first hundred by position and counts the rest."""

    items: list[CellError] = field(default_factory=list)
    count: int = 0

    def add(self, error: CellError) -> None:
        self.count += 1
        if len(self.items) < ERROR_CAP:
            self.items.append(error)

    def extend(self, errors: Iterable[CellError]) -> None:
        for error in errors:
            self.add(error)

    def __iter__(self) -> Iterator[CellError]:
        return iter(self.items)


class FileRefusedError(Exception):
    """The file cannot be read on; carries the one error to show. Never leaves this room."""

    def __init__(self, code: str, text_ko: str, text_en: str, line: int = 0) -> None:
        super().__init__(text_en)
        self.error = CellError(line, None, code, text_ko, text_en)


def and_more(count: int, language: str) -> str:
    """The last line of a capped list, empty when nothing was left out."""
    if count <= 0:
        return ""
    return f"그리고 {count}개 더 있습니다" if language == "ko" else f"and {count} more"


def quoted(value: object) -> str:
    """A piece of somebody's file, short, with nothing invisible and no resident number in it."""
    text = hide_resident_numbers(str(value))
    text = "".join(c if c.isprintable() else f"\\x{ord(c):02x}" for c in text)
    return f"'{text[:_QUOTE_LENGTH]}…'" if len(text) > _QUOTE_LENGTH else f"'{text}'"
