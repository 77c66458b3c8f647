"""Who may change what on a profile, and which rating of a skill counts."""

from collections.abc import Iterable

from models.account import Role
from models.skill import RATER_PRECEDENCE, Rater, SkillRecord

MOST_SKILLS = 100
CONFIRMING_ROLES = frozenset({Role.COORDINATOR, Role.CENTRE})


def counting(records: Iterable[SkillRecord]) -> dict[str, SkillRecord]:
    """The one record per skill whose rater stands highest; lower ones stay as history."""
    winners: dict[str, SkillRecord] = {}
    for record in records:
        held = winners.get(record.skill)
        if held is None or _standing(record) < _standing(held):
            winners[record.skill] = record
    return winners


def _standing(record: SkillRecord) -> int:
    return RATER_PRECEDENCE.index(record.rater)


def can_delete_skill(record: SkillRecord) -> bool:
    """A person takes back their own word, never somebody else's judgement."""
    return record.rater is Rater.SELF


def can_verify(role: Role) -> bool:
    return role in CONFIRMING_ROLES
