"""The price benefit each pass earns: one code for any one later exam, used once."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date


@dataclass(frozen=True, slots=True)
class PaidSitting:
    """A sitting ahead. `is_pass` False earns no code; `price_usd` None costs nothing we know of."""

    on: date
    price_usd: int | None
    is_pass: bool = True


@dataclass(frozen=True, slots=True)
class Charge:
    usd: float
    is_discounted: bool


def discounted(price_usd: float, percent: int) -> float:
    return round(price_usd * (100 - percent) / 100, 2)


def charges(sittings: Sequence[PaidSitting], held: int, percent: int) -> tuple[Charge, ...]:
    """What each sitting costs, in the order given, when the codes save the most.

    A code is earned by a pass and can pay from the next day on, so up to any day no more codes are
    used than were held or earned before it. Sets of sittings that keep to this form a matroid:
    taking the dearest first is exact. Of equal prices the earlier sitting takes the code.
    """
    chosen: list[PaidSitting] = []
    dearest_first = sorted(range(len(sittings)), key=lambda i: _claim(sittings[i]))
    paid_by_code = set()
    for i in dearest_first:
        if sittings[i].price_usd and _is_covered([*chosen, sittings[i]], sittings, held):
            chosen.append(sittings[i])
            paid_by_code.add(i)
    return tuple(
        Charge(_usd(each, percent if i in paid_by_code else 0), i in paid_by_code)
        for i, each in enumerate(sittings)
    )


def _claim(sitting: PaidSitting) -> tuple[float, date]:
    return -(sitting.price_usd or 0), sitting.on


def _is_covered(using: Sequence[PaidSitting], all_of: Sequence[PaidSitting], held: int) -> bool:
    for day in {each.on for each in using}:
        used = sum(each.on <= day for each in using)
        earned = sum(each.is_pass and each.on < day for each in all_of)
        if used > held + earned:
            return False
    return True


def _usd(sitting: PaidSitting, percent: int) -> float:
    return discounted(sitting.price_usd or 0, percent)
