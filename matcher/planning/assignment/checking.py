"""What an assignment breaks, found without knowing how it was made."""

from collections import Counter
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from enum import StrEnum

import numpy as np
from numpy.typing import NDArray

from matcher.planning.assignment.coding import Coded, Ints, code
from matcher.planning.assignment.problem import Opening, Problem, Tiers

Flags = NDArray[np.bool_]
_LAST = 1 << 40


class Rule(StrEnum):
    CAPACITY = "capacity"
    MINIMUM = "minimum"
    ACCEPTABILITY = "acceptability"
    UNKNOWN_ID = "unknown_id"
    DOUBLED_ID = "doubled_id"
    FIXED_PAIR = "fixed_pair"
    """A confirmed pair that the assignment does not keep."""
    QUOTA_ORDER = "quota_order"
    """A minimum above the capacity."""


@dataclass(frozen=True, slots=True, order=True)
class Broken:
    """`where`: the list in which an id is unknown or doubled; `count` of `limit` for quotas."""

    rule: Rule
    person: str = ""
    opening: str = ""
    where: str = ""
    count: int = 0
    limit: int = 0


def broken_rules(problem: Problem, assignment: Mapping[str, str]) -> tuple[Broken, ...]:
    """Every rule but stability, which is `blocking_pairs`. A minimum not met is named as well;
    whether it could be met is for the method to say."""
    return (
        *_ids(problem, assignment),
        *_quotas(problem, assignment),
        *_unwanted(problem, assignment),
        *_moved(problem, assignment),
    )


def blocking_pairs(problem: Problem, assignment: Mapping[str, str]) -> tuple[tuple[str, str], ...]:
    """Pairs in which both would strictly rather: the person to what they have or to nothing, the
    opening to an empty seat or to somebody who is placed there and not fixed."""
    coded = code(problem)
    mine, worst, is_full = standing(coded, assignment)
    blocks = (coded.wish < mine[coded.person]) & (
        ~is_full[coded.opening] | (coded.rank < worst[coded.opening])
    )
    pairs = zip(coded.person[blocks].tolist(), coded.opening[blocks].tolist(), strict=True)
    return tuple(sorted((coded.people[p], coded.openings[o]) for p, o in pairs))


def standing(coded: Coded, assignment: Mapping[str, str]) -> tuple[Ints, Ints, Flags]:
    """Tier each person has, tier of the worst at each opening, whether each opening is full.

    Who is not placed, or placed where they did not wish, has a tier below all; so has an opening
    with somebody it did not list.
    """
    numbers = {each: number for number, each in enumerate(coded.openings)}
    place = np.array(
        [numbers.get(assignment.get(each, ""), -1) for each in coded.people], dtype=np.int64
    )
    mine = np.full(len(coded.people), _LAST)
    seen = np.full(len(coded.people), _LAST)
    at = place[coded.person] == coded.opening
    mine[coded.person[at]] = coded.wish[at]
    seen[coded.person[at]] = coded.rank[at]
    placed = place >= 0
    worst = np.full(len(coded.openings), -1)
    np.maximum.at(worst, place[placed], seen[placed])
    held = np.bincount(place[placed], minlength=len(coded.openings))
    return mine, worst, held >= coded.seats


def _ids(problem: Problem, assignment: Mapping[str, str]) -> Iterator[Broken]:
    people = [each.id for each in problem.people]
    openings = [each.id for each in problem.openings]
    yield from _doubled(people, "people")
    yield from _doubled(openings, "openings")
    known, places = set(people), set(openings)
    for person in problem.people:
        yield from _listed(person.tiers, places, f"people/{person.id}")
    for opening in problem.openings:
        yield from _listed(opening.tiers, known, f"openings/{opening.id}")
    for name, pairs in (("assignment", assignment), ("fixed", problem.fixed)):
        for person_id, opening_id in sorted(pairs.items()):
            if person_id not in known:
                yield Broken(Rule.UNKNOWN_ID, person=person_id, where=name)
            if opening_id not in places:
                yield Broken(Rule.UNKNOWN_ID, opening=opening_id, where=name)
    for person_id, numbers in sorted(problem.fit.items()):
        if person_id not in known:
            yield Broken(Rule.UNKNOWN_ID, person=person_id, where="fit")
        for opening_id in sorted(numbers.keys() - places):
            yield Broken(Rule.UNKNOWN_ID, opening=opening_id, where=f"fit/{person_id}")


def _doubled(ids: Iterable[str], where: str) -> Iterator[Broken]:
    for each, times in sorted(Counter(ids).items()):
        if times > 1:
            yield _about(Rule.DOUBLED_ID, each, where)


def _listed(tiers: Tiers, known: set[str], where: str) -> Iterator[Broken]:
    entries = [each for tier in tiers for each in tier]
    distinct = set(entries)
    if len(distinct) < len(entries):
        yield from (
            _about(rule.rule, rule.person or rule.opening, where, True)
            for rule in _doubled(entries, where)
        )
    for each in sorted(distinct - known):
        yield _about(Rule.UNKNOWN_ID, each, where, True)


def _about(rule: Rule, each: str, where: str, listed: bool = False) -> Broken:
    """A person, or an opening; people's lists hold openings and the other way about."""
    is_person = where.startswith("people") != listed
    return (
        Broken(rule, person=each, where=where)
        if is_person
        else Broken(rule, opening=each, where=where)
    )


def _quotas(problem: Problem, assignment: Mapping[str, str]) -> Iterator[Broken]:
    got = Counter(assignment.values())
    for each in sorted(problem.openings, key=lambda opening: opening.id):
        if each.minimum > each.capacity:
            yield _quota(Rule.QUOTA_ORDER, each, each.minimum, each.capacity)
        if got[each.id] > each.capacity:
            yield _quota(Rule.CAPACITY, each, got[each.id], each.capacity)
        if got[each.id] < each.minimum:
            yield _quota(Rule.MINIMUM, each, got[each.id], each.minimum)


def _quota(rule: Rule, opening: Opening, count: int, limit: int) -> Broken:
    return Broken(rule, opening=opening.id, count=count, limit=limit)


def _unwanted(problem: Problem, assignment: Mapping[str, str]) -> Iterator[Broken]:
    """Pairs one side of which did not list the other; the confirmed ones are no exception."""
    wishes = {each.id: each.tiers for each in problem.people}
    listed = {each.id: each.tiers for each in problem.openings}
    for person, opening in sorted(assignment.items()):
        if person not in wishes or opening not in listed:
            continue
        if not any(opening in tier for tier in wishes[person]):
            yield Broken(Rule.ACCEPTABILITY, person, opening, where="person")
        if not any(person in tier for tier in listed[opening]):
            yield Broken(Rule.ACCEPTABILITY, person, opening, where="opening")


def _moved(problem: Problem, assignment: Mapping[str, str]) -> Iterator[Broken]:
    for person, opening in sorted(problem.fixed.items()):
        if assignment.get(person) != opening:
            yield Broken(Rule.FIXED_PAIR, person, opening)
