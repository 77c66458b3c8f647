"""Who may change what on a profile, and which rating of a skill counts."""

from collections.abc import Iterable, Sequence
from typing import Generic, NamedTuple, Protocol, TypeVar

from matcher.policy.desk import SEEN
from matcher.ranking.types import level_after
from models.skill import RATER_PRECEDENCE, Rater, SkillRecord

MOST_SKILLS = 100
_STANDING = {rater: place for place, rater in enumerate(RATER_PRECEDENCE)}


class Levelled(Protocol):
    @property
    def skill(self) -> str: ...
    @property
    def rater(self) -> Rater: ...
    @property
    def level(self) -> int: ...
    @property
    def verification(self) -> int: ...


LevelledT = TypeVar("LevelledT", bound=Levelled)


class Rating(NamedTuple):
    level: int
    verification: int


class Counted(NamedTuple, Generic[LevelledT]):
    """The judgement of a skill that counts, and how well its level is proved."""

    by: LevelledT
    verification: int

    @property
    def level(self) -> int:
        return self.by.level


def counting(records: Iterable[LevelledT]) -> dict[str, LevelledT]:
    """The one judgement per skill that counts; the others stay as history.

    Of what people and tests say, the rater who stands highest. What follows from a certificate
    lowers nothing: it counts where its level is at least that one's, at the same level unless it
    is the less proved one, and of several certificates the same way.
    """
    return {skill: each.by for skill, each in weighed(records).items()}


def weighed(records: Iterable[LevelledT]) -> dict[str, Counted[LevelledT]]:
    """`counting`, with the verification that counts beside the level.

    Proof is never lost to a better judgement: a certificate that counts keeps the proof of what it
    outranks, and a higher level somebody else saw keeps the proof of the certificate below it (as
    `taught` does). A higher level on the person's own word stays own word.
    """
    said: dict[str, LevelledT] = {}
    best: dict[str, LevelledT] = {}
    proof: dict[str, int] = {}
    for record in records:
        skill = record.skill
        if record.rater is Rater.CERTIFICATE:
            held = best.get(skill)
            if held is None or _rating(record) > _rating(held):
                best[skill] = record
            proof[skill] = max(record.verification, proof.get(skill, 0))
            continue
        held = said.get(skill)
        if held is None or _STANDING[record.rater] < _STANDING[held.rater]:
            said[skill] = record
    found = {skill: Counted(each, each.verification) for skill, each in said.items()}
    for skill, each in best.items():
        found[skill] = _beside(said.get(skill), each, proof[skill])
    return found


def _beside(said: LevelledT | None, best: LevelledT, proof: int) -> Counted[LevelledT]:
    """`best` of what follows from certificates, and the best `proof` among it."""
    if said is None:
        return Counted(best, proof)
    if _rating(best) >= _rating(said):
        return Counted(best, max(proof, said.verification))
    if said.rater is Rater.SELF and said.level > best.level:
        return Counted(said, said.verification)
    return Counted(said, max(proof, said.verification))


def _rating(record: Levelled) -> tuple[int, int]:
    return record.level, record.verification


def taught(held: Sequence[Levelled], step: tuple[int, int]) -> Rating | None:
    """What the university writes for one skill once a course from `step[0]` to `step[1]` is
    finished; `held` are the person's judgements of that skill, those that follow from certificates
    too. None: its record stays as it is.

    More proof never counts for less: the climb starts at the level that counts now, nothing is
    written for who is past the course's end already, and a judgement that this one outranks keeps
    its verification. A certificate ends by itself, so it only lifts the start: its proof is not
    copied, and who is past the course's end by a certificate alone is written down at that end.
    """
    stored = [each for each in held if each.rater is not Rater.CERTIFICATE]
    counts = next(iter(counting(stored).values()), None)
    if counts is not None and counts.level > step[1]:
        return None
    now = max((each.level for each in counting(held).values()), default=0)
    own = next((each for each in stored if each.rater is Rater.COORDINATOR), None)
    kept = [each for each in stored if each is own or _is_outranked(each, counts)]
    level = max(level_after(min(now, step[1]), step), own.level if own is not None else 0)
    rating = Rating(level, max([SEEN, *(each.verification for each in kept)]))
    return None if own is not None and (own.level, own.verification) == rating else rating


def _is_outranked(record: Levelled, counts: Levelled | None) -> bool:
    """It counts now and will not beside a coordinator's record."""
    return record is counts and _STANDING[record.rater] > _STANDING[Rater.COORDINATOR]


def can_delete_skill(record: SkillRecord) -> bool:
    """A person takes back their own word, never somebody else's judgement."""
    return record.rater is Rater.SELF
