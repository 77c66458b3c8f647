"""How a published pair stands, from the partner's mark and the person's answer."""

from collections.abc import Iterable
from datetime import date
from enum import StrEnum

from matcher.policy.states import introduction_standing
from matcher.store.rounds import PairLine
from models.application import IntroductionState
from models.assignment import PairState


class Answer(StrEnum):
    WAITING = "waiting"
    CONFIRMED = "confirmed"
    """By both sides."""
    DROPPED = "dropped"


def person_said(line: PairLine, today: date) -> IntroductionState:
    """A pair without a request is one the person had applied for already."""
    if line.answer is None or line.answer_by is None:
        return IntroductionState.ACCEPTED
    return introduction_standing(line.answer, line.answer_by, today)


def answer_of(line: PairLine, today: date) -> Answer:
    said = person_said(line, today)
    if line.pair.state is PairState.DROPPED:
        return Answer.DROPPED
    if said not in (IntroductionState.REQUESTED, IntroductionState.ACCEPTED):
        return Answer.DROPPED
    is_whole = line.pair.state is PairState.CONFIRMED and said is IntroductionState.ACCEPTED
    return Answer.CONFIRMED if is_whole else Answer.WAITING


def parted(lines: Iterable[PairLine], today: date) -> tuple[list[PairLine], list[PairLine]]:
    """(those that stand, those that fell through), in the order they came."""
    stand: list[PairLine] = []
    fallen: list[PairLine] = []
    for line in lines:
        (fallen if answer_of(line, today) is Answer.DROPPED else stand).append(line)
    return stand, fallen


def places(lines: Iterable[PairLine]) -> set[tuple[int, int]]:
    """(person, opening) of each."""
    return {(line.pair.youth_id, line.pair.opening_id) for line in lines}
