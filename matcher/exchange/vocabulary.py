"""A list of words: what people may write, the value it means, and how the value is told."""

from collections.abc import Iterator, Mapping
from typing import Final

from .values import fold


class Vocabulary(Mapping[str, str]):
    """Folded word -> value. Made of lines `value = Korean | English | more words`; all of a line
    and the value itself mean the value, and the first two are what a reader sees of it."""

    def __init__(self, lines: str) -> None:
        self._told: dict[str, tuple[str, str]] = {}
        self._values: dict[str, str] = {}
        for line in filter(None, map(str.strip, lines.splitlines())):
            value, _equals, written = line.partition(" = ")
            words = [word.strip() for word in written.split("|")]
            self._told[value] = words[0], words[1]
            self._values |= {fold(word): value for word in (value, *words)}

    def __getitem__(self, word: str) -> str:
        return self._values[word]

    def __iter__(self) -> Iterator[str]:
        return iter(self._values)

    def __len__(self) -> int:
        return len(self._values)

    def ko(self, value: str) -> str:
        """Words that stand for no value of ours are given back as they were written."""
        return self._told.get(value, (value, value))[0]

    def en(self, value: str) -> str:
        return self._told.get(value, (value, value))[1]

    def all_ko(self) -> str:
        return ", ".join(korean for korean, _english in self._told.values())

    def all_en(self) -> str:
        return ", ".join(english for _korean, english in self._told.values())


SEVERAL: Final = "; "
"""Between the entries of a cell that holds more than one."""
