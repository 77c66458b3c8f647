"""Of many easings, those that no other beats: more people, less given up, sooner."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from matcher.ranking.recount import Option, Recount


@dataclass(frozen=True)
class Relaxations:
    """`before` people qualify as it is asked now. `front` has the most people first; `single` is
    the one easing that brings most, a licence's last of all."""

    before: int
    tried: int
    front: tuple[Option, ...]
    single: Option | None


def relaxations(recount: Recount, least: int = 0) -> Relaxations:
    """Counts under `least` are read as none, so that what is shown says nothing about them."""
    before = _read(recount.qualified, least)
    helping = [each for each in recount.options() if _read(each.people, least) > before]
    alone = [each for each in helping if len(each.easings) == 1]
    return Relaxations(before, recount.tried, front(helping), _best(alone))


def _read(people: int, least: int) -> int:
    return people if people >= least else 0


def front(options: Iterable[Option]) -> tuple[Option, ...]:
    """No option kept is beaten or equalled by another in people, loss and weeks at once. Of equals
    the one with fewer easings stays, then the one given first."""
    best: dict[tuple[int, int], Option] = {}
    for each in options:
        held = best.get((each.loss, each.weeks))
        if held is None or _worth(each) > _worth(held):
            best[each.loss, each.weeks] = each
    some = list(best.values())
    kept = [each for each in some if not any(_beats(other, each) for other in some)]
    return tuple(sorted(kept, key=lambda each: (-each.people, each.loss, each.weeks)))


def _worth(option: Option) -> tuple[int, int]:
    return option.people, -len(option.easings)


def _beats(one: Option, other: Option) -> bool:
    """Unlike options differ in loss or weeks, so "at least as good" is enough."""
    return (
        one is not other
        and one.people >= other.people
        and one.loss <= other.loss
        and one.weeks <= other.weeks
    )


def drops_licence(option: Option) -> bool:
    return any(each.was.kind == "licence" for each in option.easings)


def _best(alone: Sequence[Option]) -> Option | None:
    return min(
        alone,
        key=lambda each: (drops_licence(each), -each.people, each.loss, each.weeks),
        default=None,
    )


def most_useful(found: Relaxations, number: int) -> tuple[Option, ...]:
    """The few worth a line beside a form: single changes before pairs, then most people gained for
    each step given up, four weeks counting as one. None that drops what the law may ask for."""
    some = [each for each in found.front if not drops_licence(each)]

    def worth(each: Option) -> tuple[int, float]:
        gain = (each.people - found.before) / (1 + each.loss + each.weeks / 4)
        return len(each.easings), -gain

    return tuple(sorted(some, key=worth)[:number])
