"""The exam rules once more, as plain as can be: day after day, straight from the data file.

Nothing of `matcher.planning` is imported here; the engine is compared with this.
"""

import json
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from importlib.resources import files
from typing import Any

ONE_DAY = timedelta(days=1)
Row = Mapping[str, Any]
DATA = json.loads(
    (files("matcher.catalogue") / "data" / "certifications.json").read_text(encoding="utf-8")
)
CERTIFICATIONS: dict[str, Row] = {row["id"]: row for row in DATA["certifications"]}
EDGES = [(row["pass"], row["renews"]) for row in DATA["renewal_edges"]]
MAINTAIN = DATA["maintain"]


@dataclass(frozen=True)
class Sat:
    certification: str
    code: str
    day: date
    passed: bool


def days(first: date, last: date) -> Iterator[date]:
    day = first
    while day <= last:
        yield day
        day += ONE_DAY


def known(text: str | None) -> date | None:
    return date.fromisoformat(text) if text else None


def phase_on(exam: Row, day: date) -> str | None:
    """Walks the phases in order; each begins on its day, or when the one before has ended."""
    before_ended = True
    for place, phase in enumerate(exam["phases"]):
        first, last = known(phase["first_day"]["value"]), known(phase["last_day"]["value"])
        has_begun = day >= first if first else before_ended
        following = exam["phases"][place + 1 :]
        next_first = known(following[0]["first_day"]["value"]) if following else None
        has_ended = bool((last and day > last) or (not last and next_first and day >= next_first))
        if has_begun and not has_ended:
            return str(phase["phase"])
        before_ended = has_begun and has_ended
    return None


def speaks(exam: Row, phase: str, language: str, day: date) -> bool:
    for row in exam["languages"]:
        offered = row["code"]
        same = language in (offered, offered.split("-")[0]) or offered == language.split("-")[0]
        in_phase = row["phases"] is None or phase in row["phases"]
        last = known(row["last_day"])
        if same and in_phase and (last is None or day <= last):
            return True
    return False


def same_day_later(day: date, years: int) -> date:
    """29 February counts as the 28th in a year without one."""
    if (day.month, day.day) == (2, 29) and not _is_leap(day.year + years):
        return date(day.year + years, 2, 28)
    return date(day.year + years, day.month, day.day)


def _is_leap(year: int) -> bool:
    return year % 4 == 0 and (year % 100 != 0 or year % 400 == 0)


def is_blocked(history: Iterable[Sat], code: str, is_beta: bool, day: date) -> bool:
    for sat in history:
        if sat.code != code or sat.day > day:
            continue
        if is_beta:
            return True
        if sat.passed and day < same_day_later(sat.day, 2):
            return True
        if not sat.passed and (day - sat.day).days < 14:
            return True
    return False


def may_sit(
    certification: str, code: str, language: str, history: Sequence[Sat], day: date
) -> bool:
    exam = next(e for e in CERTIFICATIONS[certification]["exams"] if e["code"] == code)
    phase = phase_on(exam, day)
    if phase is None or not speaks(exam, phase, language, day):
        return False
    return not is_blocked(history, code, phase == "beta", day)


def valid_through(history: Sequence[Sat], until: date) -> dict[str, date]:
    """Lives the years day by day: a pass gives three years, and three to what it renews while that
    is still valid. Two passes on one day come in alphabetical order."""
    through: dict[str, date] = {}
    if not history:
        return through
    by_day: dict[date, list[str]] = {}
    for sat in history:
        if sat.passed:
            by_day.setdefault(sat.day, []).append(sat.certification)
    for day in days(min(s.day for s in history), until):
        for passed in sorted(by_day.get(day, [])):
            new = same_day_later(day, 3)
            through[passed] = max(new, through.get(passed, new))
            for upper, lower in EDGES:
                if upper == passed and lower in through and day <= through[lower]:
                    through[lower] = max(new, through[lower])
    return through


def codes_in_hand(sittings: Sequence[tuple[bool, bool]]) -> int:
    """(passed, paid with a code) in order of the days."""
    hand = 0
    for passed, paid_with_code in sittings:
        hand -= 1 if paid_with_code and hand > 0 else 0
        hand += 1 if passed else 0
    return hand


def age_on(born: date, day: date) -> int:
    birthdays = 0
    while same_day_later(born, birthdays + 1) <= day:
        birthdays += 1
    return birthdays


def may_maintain(certification: str, through: date, day: date) -> bool:
    left = 0
    while day + left * ONE_DAY < through:
        left += 1
        if left > MAINTAIN["window_days"]:
            return False
    return certification in MAINTAIN["eligible"] and day <= through
