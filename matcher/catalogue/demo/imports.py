"""Files the demo's desks and first partner sent: one taken back, one with mistakes to mend."""

from typing import Any

TAKEN_BACK = ("youths", "demo-participants.xlsx", 24)
"""Kind, file, rows of a batch that was undone the same day."""
REFUSED = ("attendance", "demo-attendance-3.csv")
FINDINGS: dict[str, Any] = {
    "rows": 28,
    "mistakes": [
        [4, "state", "'presnt': present, late, absent, excused 가운데 하나여야 합니다",
         "'presnt': it must be one of present, late, absent, excused"],
        [9, "person", "'S-0931': 없는 사람입니다", "'S-0931': nobody found"],
        [17, "held_on", "'2026-13-02'은(는) 있는 날짜가 아닙니다. 2026-12-01처럼 적어 주십시오",
         "'2026-13-02' is not a day; write it like 2026-12-01"],
    ],
    "more": 0,
    "notes": [["CP949(한글 윈도우) 글자로 읽었습니다", "read as CP949 (Korean Windows)"]],
    "unmapped": [],
    "sample": [],
    "repeats": None,
}  # fmt: skip

PARTNER_TAKEN_BACK = ("openings", "demo-openings.xlsx", 2)
PARTNER_REFUSED = ("openings", "demo-openings-2.csv")
PARTNER_FINDINGS: dict[str, Any] = {
    "rows": 3,
    "mistakes": [
        [2, "closes_on", "'2026-02-30'은(는) 있는 날짜가 아닙니다. 2026-12-01처럼 적어 주십시오",
         "'2026-02-30' is not a day; write it like 2026-12-01"],
        [3, "headcount", "'두 명': 숫자로 적어 주십시오", "'두 명': write a number"],
    ],
    "more": 0,
    "notes": [],
    "unmapped": [],
    "sample": [],
    "repeats": None,
}  # fmt: skip
