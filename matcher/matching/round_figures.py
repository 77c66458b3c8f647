"""The figures of one method of a dry run, as they are kept and shown."""

from collections import Counter
from dataclasses import asdict
from typing import Any

from sqlmodel import Session

from matcher.matching.round_problem import Built, opening_of_code
from matcher.planning.assignment.figures import figures
from matcher.planning.assignment.problem import Placed
from matcher.store import round_people


def counted(session: Session, found: Built, placed: Placed) -> dict[str, Any]:
    """What is kept of one method: the common figures, spread, and minimums it cannot meet."""
    numbers = asdict(figures(found.problem, placed))
    home = round_people.universities(session, sorted(found.youth_of.values()))
    there = {found.youth_of[code] for code in placed.assignment}
    everybody = Counter(str(home.get(each) or 0) for each in found.youth_of.values())
    settled = Counter(str(home.get(each) or 0) for each in there)
    sector_of = {each.row.opening_id: each.row.sector for each in found.sides.values()}
    taken = Counter(sector_of[opening_of_code(code)] for code in placed.assignment.values())
    seats: Counter[str] = Counter()
    for side in found.sides.values():
        seats[side.row.sector] += side.row.capacity
    return {
        **numbers,
        "by_tier": list(numbers["by_tier"]),
        "is_proved": placed.is_proved,
        "bound": placed.bound,
        "unmet": list(placed.unmet),
        "clashes": _clashes(found),
        "universities": {key: [settled[key], n] for key, n in sorted(everybody.items())},
        "sectors": {key: [taken[key], n] for key, n in sorted(seats.items())},
    }


def _clashes(found: Built) -> list[list[Any]]:
    """Minimums no method can meet: fewer people may be placed at the opening at all."""
    wished = Counter(o for p in found.problem.people for tier in p.tiers for o in tier)
    result: list[list[Any]] = []
    for each in found.problem.openings:
        could = sum(len(tier) for tier in each.tiers)
        if each.minimum > min(could, wished[each.id]):
            result.append([each.id, each.minimum, min(could, wished[each.id])])
    return result
