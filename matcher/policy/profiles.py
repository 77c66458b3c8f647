"""Who may change what on a profile, and which rating of a skill counts."""

from collections.abc import Iterable
from typing import Protocol, TypeVar

from models.skill import RATER_PRECEDENCE, Rater, SkillRecord

MOST_SKILLS = 100


class Judged(Protocol):
    @property
    def skill(self) -> str: ...
    @property
    def rater(self) -> Rater: ...


JudgedT = TypeVar("JudgedT", bound=Judged)


def counting(records: Iterable[JudgedT]) -> dict[str, JudgedT]:
    """The one record per skill whose rater stands highest; lower ones stay as history."""
    winners: dict[str, JudgedT] = {}
    for record in records:
        held = winners.get(record.skill)
        if held is None or _standing(record) < _standing(held):
            winners[record.skill] = record
    return winners


def _standing(record: Judged) -> int:
    return RATER_PRECEDENCE.index(record.rater)


def can_delete_skill(record: SkillRecord) -> bool:
    """A person takes back their own word, never somebody else's judgement."""
    return record.rater is Rater.SELF
