"""Two assignment rounds of the demo: one whose result is out, one that takes wishes."""

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class DemoRound:
    """`seats`: standing openings by their Korean title; `closes_in` days from the day the data are
    made, below 0 for one that is published. `people` join besides the standing youth."""

    name_ko: str
    name_en: str
    university: str
    closes_in: int
    seats: tuple[tuple[str, int], ...]
    people: int


ROUNDS = (
    DemoRound(
        "2026 가을 배정 (데모)", "Autumn 2026 round (demo)", "jejunu", -6,
        (("우주 데이터 클라우드 엔지니어", 2), ("발전량 예측 데이터 분석가", 1)), 4,
    ),
    DemoRound(
        "2026 겨울 배정 (데모)", "Winter 2026 round (demo)", "jejunu", 12,
        (("우주 데이터 클라우드 엔지니어", 1), ("발전량 예측 데이터 분석가", 1),
         ("정밀지도 소프트웨어 엔지니어", 1)), 6,
    ),
)  # fmt: skip
"""In the first the standing youth stands in band C of both openings, and is not placed."""
