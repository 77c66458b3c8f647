"""Who may sign up. The birth year is asked once, answered, and never stored."""

from datetime import date
from enum import StrEnum

LEAST_AGE = 14
GUARDIAN_UNTIL = 18


class AgeBand(StrEnum):
    TOO_YOUNG = "too_young"
    MINOR = "minor"
    ADULT = "adult"


def age_band(birth_year: int, had_14th_birthday: bool, today: date) -> AgeBand:
    """From the year alone; in the year of the 14th birthday the person says if it has come."""
    turns = today.year - birth_year
    if turns < LEAST_AGE or (turns == LEAST_AGE and not had_14th_birthday):
        return AgeBand.TOO_YOUNG
    return AgeBand.MINOR if turns <= GUARDIAN_UNTIL else AgeBand.ADULT
