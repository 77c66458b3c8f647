"""Made-up promises of two demo desks for the reporting year that runs, marked as demo."""

from dataclasses import dataclass

SEATS = (30, 10)
"""Of the scenarios each of these desks has saved."""


@dataclass(frozen=True, slots=True)
class Promise:
    organisation: str
    rise_project: str
    people: int
    completions: int
    certificates: int
    placements: int
    budget_krw: int
    spent_krw: int


PROMISES = (
    Promise("jejunu", "core-talent", 150, 120, 90, 20, 120_000_000, 74_000_000),
    Promise("jejunu", "industry-link", 80, 60, 30, 15, 60_000_000, 31_500_000),
    Promise("rise-centre", "core-talent", 320, 260, 150, 60, 400_000_000, 231_000_000),
    Promise("rise-centre", "industry-link", 160, 120, 80, 30, 250_000_000, 118_000_000),
)
NOTE = "데모: 지어낸 목표입니다."
