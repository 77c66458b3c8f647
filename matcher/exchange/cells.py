"""One row while it is being read: typed answers out, mistakes into the list.

A blank optional cell answers None or the empty value. A wrong or missing cell answers a stand-in
of the right type and makes `ok` false, so that a reader can go on and find every mistake.
"""

import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from datetime import date
from typing import Final

from matcher.text import (
    TEXT_PROBLEMS,
    TextError,
    clean_line,
    clean_name,
    clean_text,
    holds_resident_number,
)

from .columns import Column
from .errors import CellError, quoted
from .lookups import Lookups
from .tables import Cell, FileFormat, is_blank
from .values import fold, is_https, narrow, parse_day, serial_day, whole
from .vocabulary import SEVERAL, Vocabulary

_INTEGER: Final = re.compile(r"-?[0-9]{1,12}")
_MONEY: Final = re.compile(r"-?(?:[0-9]{1,12}|[0-9]{1,3}(?:,[0-9]{3})+)원?")
_DECIMAL: Final = re.compile(r"-?[0-9][0-9,]{0,14}\.[0-9]{1,12}")
_EMAIL: Final = re.compile(
    r"[a-z0-9!#$%&'*+/=?^_`{|}~-]+(?:\.[a-z0-9!#$%&'*+/=?^_`{|}~-]+)*"
    r"@(?:[a-z0-9](?:[a-z0-9-]{0,61}[a-z0-9])?\.)+[a-z]{2,63}"
)
_TIME: Final = re.compile(r"([01]?[0-9]|2[0-3]):([0-5][0-9])(?::00)?")
_SLUG: Final = re.compile(r"[a-z0-9가-힣](?:[a-z0-9가-힣._+#/-]*[a-z0-9가-힣+#])?")
_FIRST_DAY, _LAST_DAY = date(1950, 1, 1), date(2099, 12, 31)


@dataclass
class Cells:
    line: int
    values: Mapping[str, Cell]
    columns: Mapping[str, Column]
    lookups: Lookups
    format: FileFormat
    epoch_1904: bool = False
    keep_unmapped: bool = False
    errors: list[CellError] = field(default_factory=list)

    @property
    def ok(self) -> bool:
        return not self.errors

    def fail(self, column: str | None, code: str, korean: str, english: str) -> None:
        self.errors.append(CellError(self.line, column, code, korean, english))

    def failed(self, *columns: str) -> bool:
        """So that a rule over two cells does not complain again about a cell already wrong."""
        return any(error.column in columns for error in self.errors)

    # --- texts

    def line_of(self, column: str, max_length: int = 200) -> str:
        return self._cleaned(column, max_length, "line")

    def name_of(self, column: str, max_length: int = 80) -> str:
        return self._cleaned(column, max_length, "name")

    def prose_of(self, column: str, max_length: int = 5000) -> str:
        return self._cleaned(column, max_length, "prose")

    def _cleaned(self, column: str, max_length: int, shape: str) -> str:
        value = self._written(column)
        clean = {"line": clean_line, "name": clean_name, "prose": clean_text}[shape]
        try:
            cleaned = clean(value, max_length=max_length)
        except TextError as refused:
            korean, english = TEXT_PROBLEMS[refused.code]
            if refused.code == "too_long":
                korean, english = f"{max_length}자까지입니다", f"at most {max_length} characters"
            self.fail(column, refused.code, korean, english)
            return ""
        self._require(column, cleaned)
        return cleaned

    def _written(self, column: str) -> str:
        value = self.values.get(column)
        if value is None:
            return ""
        if isinstance(value, str):
            return value
        if isinstance(value, tuple):
            return SEVERAL.join(value)
        if self.format == "json" and not isinstance(value, date):
            self.fail(column, "type", "글이어야 합니다", "it must be a text")
            return ""
        if isinstance(value, float) and value.is_integer():
            return str(int(value))
        return str(value)

    def _require(self, column: str, found: object) -> None:
        if self.columns[column].required and found in ("", None, ()) and not self.failed(column):
            self.fail(column, "required", "꼭 있어야 합니다", "it must not be blank")

    def email_of(self, column: str) -> str:
        value = self.line_of(column, 254).casefold()
        value = "".join(narrow(letter) for letter in value)
        if value and not _EMAIL.fullmatch(value):
            self.fail(column, "email", "전자우편 주소가 아닙니다", "it is not an e-mail address")
        return value

    def slug_of(self, column: str, max_length: int = 80) -> str:
        value = self.line_of(column, max_length).casefold()
        if value and not _SLUG.fullmatch(value):
            self.fail(
                column,
                "slug",
                "영문 소문자, 한글, 숫자와 - . _ + # /만 쓸 수 있습니다",
                "only lower-case letters, Hangul, digits and - . _ + # / are allowed",
            )
        return value

    def https_of(self, column: str) -> str:
        value = self.line_of(column, 2000)
        if value and not is_https(value):
            self.fail(
                column,
                "https",
                "https://로 시작하는 주소여야 합니다",
                "it must be an address that begins with https://",
            )
        return value

    def words_of(self, column: str, most: int = 20, max_length: int = 60) -> tuple[str, ...]:
        """Cells separated by `;`; blanks between are left out, repeats too."""
        whole = self.line_of(column, most * (max_length + 2))
        words = dict.fromkeys(filter(None, (part.strip() for part in whole.split(";"))))
        if len(words) > most or any(len(word) > max_length for word in words):
            self.fail(
                column,
                "list",
                f"{most}개까지, 하나에 {max_length}자까지입니다",
                f"at most {most} entries of {max_length} characters",
            )
            return ()
        self._require(column, tuple(words))
        return tuple(words)

    # --- choices

    def choice_of(self, column: str) -> str:
        """The value meant by one of the column's words."""
        value = self.line_of(column, 60)
        return self.chosen(column, value) if value else ""

    def choices_of(self, column: str) -> tuple[str, ...]:
        chosen = (self.chosen(column, word) for word in self.words_of(column))
        return tuple(dict.fromkeys(filter(None, chosen)))

    def chosen(self, column: str, value: str) -> str:
        words = self._words(column)
        found = words.get(fold(value))
        if found is None:
            shown = quoted(value)
            self.fail(
                column,
                "choice",
                f"{shown}: {words.all_ko()} 가운데 하나여야 합니다",
                f"{shown}: it must be one of {words.all_en()}",
            )
        return found or ""

    def told(self, column: str, value: str) -> tuple[str, str]:
        """A value of the column's list as people say it, in Korean and in English."""
        words = self._words(column)
        return words.ko(value), words.en(value)

    def title(self, column: str) -> str:
        """The Korean title; in English a column is called by its name."""
        return self.columns[column].korean[0]

    def _words(self, column: str) -> Vocabulary:
        words = self.columns[column].words
        assert words is not None, column
        return words

    # --- numbers

    def integer_of(self, column: str, least: int, most: int) -> int | None:
        return self._number(column, _INTEGER, least, most)

    def money_of(self, column: str, most: int = 10_000_000_000) -> int | None:
        """Won, whole; thousands may be set off by commas."""
        return self._number(column, _MONEY, 0, most)

    def need_integer(self, column: str, least: int, most: int) -> int:
        return self.integer_of(column, least, most) or 0

    def _number(self, column: str, shape: re.Pattern[str], least: int, most: int) -> int | None:
        value = self.values.get(column)
        if is_blank(value):
            self._require(column, None)
            return None
        text = value.strip() if isinstance(value, str) else whole(value)
        if not shape.fullmatch(text) or (self.format == "json" and isinstance(value, str)):
            self._not_a_number(column, value)
            return None
        return self._within(column, int(text.rstrip("원").replace(",", "")), least, most)

    def _not_a_number(self, column: str, value: Cell) -> None:
        if holds_resident_number(str(value)):
            self.fail(column, "resident_number", *TEXT_PROBLEMS["resident_number"])
        elif self.format == "json" and isinstance(value, str):
            self.fail(column, "type", "따옴표 없는 수여야 합니다", "it must be a number, unquoted")
        elif _DECIMAL.fullmatch(str(value).strip()):
            shown = quoted(value)
            korean = f"{shown}: 소수점 없이 적어 주십시오"
            self.fail(column, "number", korean, f"{shown} has decimals; write a whole number")
        else:
            shown = quoted(value)
            self.fail(column, "number", f"{shown}은(는) 수가 아닙니다", f"{shown} is not a number")

    def _within(self, column: str, found: int, least: int, most: int) -> int | None:
        if least <= found <= most:
            return found
        self.fail(
            column,
            "range",
            f"{least:,}부터 {most:,}까지입니다",
            f"it must be from {least:,} to {most:,}",
        )
        return None

    # --- days

    def day_of(self, column: str) -> date | None:
        value = self.values.get(column)
        if is_blank(value):
            self._require(column, None)
            return None
        found = self._as_day(value)
        if found is None or not _FIRST_DAY <= found <= _LAST_DAY:
            shown = quoted(value)
            self.fail(
                column,
                "date",
                f"{shown}은(는) 있는 날짜가 아닙니다. 2026-12-01처럼 적어 주십시오",
                f"{shown} is not a day; write it like 2026-12-01",
            )
            return None
        return found

    def need_day(self, column: str) -> date:
        return self.day_of(column) or date.min

    def _as_day(self, value: Cell) -> date | None:
        if isinstance(value, date):
            return value
        if isinstance(value, str):
            return parse_day(value)
        if self.format == "xlsx" and isinstance(value, int | float):
            return serial_day(value, epoch_1904=self.epoch_1904)
        return None

    def time_of(self, column: str) -> str:
        """HH:MM; a spreadsheet's own time (`09:30:00`) is the same."""
        value = self._written(column).strip()
        found = _TIME.fullmatch(value)
        if found:
            return f"{int(found[1]):02d}:{found[2]}"
        if value:
            shown = quoted(value)
            self.fail(
                column,
                "time",
                f"{shown}: 시각은 19:00처럼 적어 주십시오",
                f"{shown} is not a time; write it like 19:00",
            )
        self._require(column, value)
        return ""

    def in_order(self, first: str, start: date | None, last: str, end: date | None) -> None:
        """Names both columns, on the later one."""
        if start and end and end < start and not self.failed(first, last):
            self.fail(
                last,
                "order",
                f"{self.title(last)}({end})이(가) {self.title(first)}({start})보다 앞섭니다",
                f"{last} ({end}) is before {first} ({start})",
            )

    def not_after_today(self, column: str, day: date | None) -> None:
        today = self.lookups.today
        if today and day and day > today:
            self.fail(column, "future", "아직 오지 않은 날입니다", "that day has not come yet")

    # --- references

    def skill_in(self, column: str, text: str) -> str | None:
        """The slug, or an error that names the nearest skills."""
        slug = self.lookups.skill(text)
        if slug is None:
            korean, english = unknown_skill(text, tuple(self.lookups.nearest(text)))
            self.fail(column, "unknown_skill", korean, english)
        return slug

    def youth_of(self, column: str) -> str:
        value = self.line_of(column, 254)
        known = self.lookups.youth
        if value and known and not known(value):
            shown = quoted(value)
            self.fail(
                column, "unknown_youth", f"{shown}: 없는 사람입니다", f"{shown}: nobody found"
            )
        return value

    def certification_in(self, column: str, text: str) -> str:
        found = self.lookups.certifications.get(text.upper())
        if text and found is None:
            known = ", ".join(dict.fromkeys(self.lookups.certifications.values()))
            self.fail(
                column,
                "unknown_certification",
                f"{quoted(text)}: {known} 가운데 하나이거나 시험 코드여야 합니다",
                f"{quoted(text)}: it must be an exam code or one of {known}",
            )
        return found or ""


def unknown_skill(text: str, nearest: Iterable[str]) -> tuple[str, str]:
    names = ", ".join(list(nearest)[:5])
    korean = f"{quoted(text)}: 목록에 없는 스킬입니다"
    english = f"{quoted(text)} is not a known skill"
    if not names:
        return korean, english
    return f"{korean}. 가까운 것: {names}", f"{english}; nearest: {names}"
