"""Who may change what on a profile, and which rating of a skill counts."""

from collections.abc import Iterable, Sequence
from typing import NamedTuple, Protocol, TypeVar

from matcher.policy.desk import SEEN
from matcher.ranking.types import level_after
from models.skill import RATER_PRECEDENCE, Rater, SkillRecord

MOST_SKILLS = 100


class Judged(Protocol):
    @property
    def skill(self) -> str: ...
    @property
    def rater(self) -> Rater: ...


class Levelled(Judged, Protocol):
    @property
    def level(self) -> int: ...
    @property
    def verification(self) -> int: ...


JudgedT = TypeVar("JudgedT", bound=Judged)


class Rating(NamedTuple):
    level: int
    verification: int


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


def taught(held: Sequence[Levelled], step: tuple[int, int]) -> Rating | None:
    """What the university writes for one skill once a course from `step[0]` to `step[1]` is
    finished; `held` are the person's records of that skill. None: its record stays as it is.

    More proof never counts for less: the climb starts at the level that counts now, nothing is
    written for who is past the course's end already, and a judgement that this one outranks keeps
    its verification.
    """
    counts = next(iter(counting(held).values()), None)
    now = counts.level if counts is not None else 0
    if now > step[1]:
        return None
    own = next((each for each in held if each.rater is Rater.COORDINATOR), None)
    kept = [each for each in held if each.rater is Rater.COORDINATOR or _is_outranked(each, counts)]
    level = max(level_after(now, step), own.level if own is not None else 0)
    rating = Rating(level, max([SEEN, *(each.verification for each in kept)]))
    return None if own is not None and (own.level, own.verification) == rating else rating


def _is_outranked(record: Levelled, counts: Levelled | None) -> bool:
    """It counts now and will not beside a coordinator's record."""
    at_desk = RATER_PRECEDENCE.index(Rater.COORDINATOR)
    return record is counts and _standing(record) > at_desk


def can_delete_skill(record: SkillRecord) -> bool:
    """A person takes back their own word, never somebody else's judgement."""
    return record.rater is Rater.SELF
