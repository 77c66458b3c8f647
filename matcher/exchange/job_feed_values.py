"""Codes, days and pay of the job feed in our own terms.

Hourly pay is turned into a year's only where the hours are told; monthly pay needs none.
"""

import re
from datetime import date
from typing import Final, Protocol

from .cells import Cells

EMPLOYMENT: Final = {
    "10": "permanent",
    "11": "part_time",
    "20": "contract",
    "21": "part_time",
    "4": "dispatch",
}
"""10 stands in the public copies; the others are general knowledge of the service."""
EMPLOYMENT_WORDS: Final = (
    ("파견", "dispatch"), ("인턴", "intern"), ("시간", "part_time"),
    ("정함이 있는", "contract"), ("계약", "contract"), ("정함이 없는", "permanent"),
    ("정규", "permanent"),
)  # fmt: skip
REGIONS: Final = {"50110": "jeju-si", "50130": "seogwipo-si"}
REGION_WORDS: Final = (("재택", "remote"), ("원격", "remote"), ("서귀포", "seogwipo-si"),
                       ("제주", "jeju-si"))  # fmt: skip
PAY_WORDS: Final = (("시급", "H"), ("일급", "D"), ("월급", "M"), ("연봉", "Y"))
_DAY: Final = re.compile(r"(\d{4}|\d{2})[-./]?(\d{1,2})[-./]?(\d{1,2})")
_HOURS: Final = re.compile(r"주\s*(?:당\s*)?(\d{1,2})(?:\.\d)?\s*시간")
_AMOUNT: Final = re.compile(r"(\d[\d,]*)\s*(만)?")
WEEKS_A_MONTH: Final = 365 / 7 / 12
FULL_WEEK: Final = 40
PAID_REST: Final = 8
"""Hours of the paid weekly rest day of a 40-hour week; shorter weeks get their share."""
LEAST_FOR_REST: Final = 15


class Paid(Protocol):
    """What of a posting its pay is told by."""

    @property
    def salTpCd(self) -> str: ...

    @property
    def salTpNm(self) -> str: ...

    @property
    def sal(self) -> str: ...

    @property
    def minSal(self) -> str: ...

    @property
    def maxSal(self) -> str: ...

    @property
    def workdayWorkhrCont(self) -> str: ...


def yearly_pay(row: Paid) -> tuple[int | None, int | None, str]:
    """(least, most, words): won a year; the words where the pay cannot be told by the year."""
    kind = row.salTpCd or _first(PAY_WORDS, row.salTpNm)
    least, most = _won(row.minSal) or _won(row.sal), _won(row.maxSal)
    if least is None and most is None:
        return None, None, row.sal
    times = {"Y": 1.0, "M": 12.0, "H": _paid_hours(row.workdayWorkhrCont)}.get(kind)
    if times is None:
        amounts = " ~ ".join(f"{each:,}원" for each in (least, most) if each is not None)
        return None, None, f"{row.salTpNm} {amounts}".strip()
    low, high = (None if each is None else round(each * times) for each in (least, most))
    return low, high if low is None or high is None or high >= low else None, ""


def _paid_hours(words: str) -> float | None:
    """Paid hours a year where the week's are told: 40 a week are 209 a month."""
    found = _HOURS.search(words)
    if found is None or not 1 <= int(found[1]) <= 68:
        return None
    week = min(int(found[1]), FULL_WEEK)
    rest = PAID_REST * week / FULL_WEEK if week >= LEAST_FOR_REST else 0
    return round((week + rest) * WEEKS_A_MONTH) * 12


def _won(text: str) -> int | None:
    found = _AMOUNT.search(text)
    if found is None:
        return None
    number = int(found[1].replace(",", "")) * (10_000 if found[2] else 1)
    return number if 0 < number <= 2_000_000_000 else None


def day_in(cells: Cells, column: str) -> date:
    """`26-12-31`, `2026-12-31`, `20261231`, and `채용시까지 26-12-31`."""
    text = str(cells.values.get(column) or "")
    found = _DAY.search(text)
    try:
        if found is not None:
            year = int(found[1]) + (2000 if len(found[1]) == 2 else 0)
            return date(year, int(found[2]), int(found[3]))
    except ValueError:
        pass
    cells.fail(column, "day", "날짜가 아닙니다. 예: 2026-12-31", "it is no day, such as 2026-12-31")
    return date.min


def headcount_in(cells: Cells) -> int:
    found = re.search(r"\d{1,4}", str(cells.values.get("collectPsncnt") or ""))
    return min(1000, max(1, int(found[0]))) if found else 1


def employment_in(cells: Cells) -> str:
    code, words = cells.line_of("empTpCd", 20), cells.line_of("empTpNm", 100)
    found = EMPLOYMENT.get(code) or _first(EMPLOYMENT_WORDS, words)
    if not found:
        shown = code or words or "–"
        cells.fail(
            "empTpCd", "unknown_value", f"모르는 고용형태입니다: {shown}",
            f"not a known kind of employment: {shown}",
        )  # fmt: skip
    return found


def region_in(cells: Cells) -> str:
    """The code, then the words; whatever is neither of the two cities is off the island."""
    code, words = cells.line_of("regionCd", 20), cells.line_of("region", 300)
    return REGIONS.get(code[:5]) or _first(REGION_WORDS, words) or "mainland"


def _first(table: tuple[tuple[str, str], ...], words: str) -> str:
    return next((value for word, value in table if word in words), "")


CODES: Final = {"permanent": "10", "part_time": "11", "contract": "20", "dispatch": "4"}
EMPLOYMENT_NAMES: Final = {
    "permanent": "기간의 정함이 없는 근로계약",
    "part_time": "시간선택제",
    "contract": "기간의 정함이 있는 근로계약",
    "dispatch": "파견근로",
    "intern": "인턴",
}
REGION_NAMES: Final = {
    "jeju-si": "제주 제주시", "seogwipo-si": "제주 서귀포시", "remote": "재택근무",
    "mainland": "전국",
}  # fmt: skip
