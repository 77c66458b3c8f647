"""Small random rounds with everything in them: ties, gaps in lists, quotas, confirmed pairs."""

from dataclasses import replace
from random import Random

from matcher.planning.assignment.problem import Opening, Person, Problem, Tiers

SEED = "5eed" * 16


def drawn(
    number: int, people: int = 5, openings: int = 3, ties: float = 0.5, quotas: bool = False,
    fixed: bool = False,
) -> Problem:  # fmt: skip
    random = Random(number)
    names = [f"p{n}" for n in range(random.randint(1, people))]
    places = [f"o{n}" for n in range(random.randint(1, openings))]
    wished = {each: _some(random, places, 0.75) for each in names}
    liked = {each: _some(random, names, 0.8) for each in places}
    made = Problem(
        people=tuple(Person(each, _tiers(random, wished[each], ties)) for each in names),
        openings=tuple(
            _opening(random, each, _tiers(random, liked[each], ties), quotas) for each in places
        ),
        fit={p: {o: random.randint(0, 50) / 10 for o in wished[p]} for p in names},
    )
    return _with_fixed(random, made) if fixed else made


def _some(random: Random, ids: list[str], share: float) -> list[str]:
    found = [each for each in ids if random.random() < share]
    random.shuffle(found)
    return found


def _tiers(random: Random, ids: list[str], ties: float) -> Tiers:
    tiers: list[list[str]] = []
    for each in ids:
        if tiers and random.random() < ties:
            tiers[-1].append(each)
        else:
            tiers.append([each])
    return tuple(tuple(tier) for tier in tiers)


def _opening(random: Random, name: str, tiers: Tiers, quotas: bool) -> Opening:
    capacity = random.choice((0, 1, 1, 2, 2, 3))
    minimum = random.randint(0, capacity) if quotas else 0
    return Opening(name, capacity, tiers, minimum)


def _with_fixed(random: Random, problem: Problem) -> Problem:
    pairs = {}
    left = {each.id: each.capacity for each in problem.openings}
    for person in problem.people:
        wished = [o for tier in person.tiers for o in tier if left[o] > 0]
        liked = [o for o in wished if _lists(problem, o, person.id)]
        if liked and random.random() < 0.3:
            pairs[person.id] = random.choice(liked)
            left[pairs[person.id]] -= 1
    return replace(problem, fixed=pairs)


def _lists(problem: Problem, opening: str, person: str) -> bool:
    tiers = next(each.tiers for each in problem.openings if each.id == opening)
    return any(person in tier for tier in tiers)


def shuffled(problem: Problem, number: int) -> Problem:
    """The same with rows, and equals within tiers, in another order."""
    random = Random(number)

    def mixed(tiers: Tiers) -> Tiers:
        return tuple(tuple(random.sample(tier, len(tier))) for tier in tiers)

    people = [replace(each, tiers=mixed(each.tiers)) for each in problem.people]
    openings = [replace(each, tiers=mixed(each.tiers)) for each in problem.openings]
    random.shuffle(people)
    random.shuffle(openings)
    return replace(problem, people=tuple(people), openings=tuple(openings))
