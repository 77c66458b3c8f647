"""The demo's path template of each desk, and to whom it was suggested."""

from collections.abc import Sequence
from dataclasses import dataclass

from matcher.catalogue.demo.shape import Youth
from matcher.catalogue.demo.standing import HANEUL

NAME = "(데모) 클라우드 첫 자격"
NOTE = "데모로 지어낸 제안이에요."
TARGET = "SAA"
WEEKLY_HOURS = 6
SUGGESTED = 5
"""People a template was suggested to; the standing youth is one of them."""


@dataclass(frozen=True)
class Suggested:
    organisation: str
    youths: tuple[int, ...]


def suggested(youths: Sequence[Youth]) -> tuple[Suggested, ...]:
    """By desk; of a university's people the standing youth before the others."""
    confirmed = sorted(
        (each for each in youths if each.affiliation_state == "confirmed" and each.organisation),
        key=lambda each: (each.number != HANEUL, each.number),
    )
    centre = Suggested("rise-centre", ())  # made, and suggested to nobody yet
    return (centre, *(
        Suggested(slug, tuple(
            each.number for each in confirmed if each.organisation == slug
        )[:SUGGESTED])
        for slug in dict.fromkeys(each.organisation or "" for each in confirmed)
    ))  # fmt: skip
