"""The lottery: one seed a round, promised by its hash, and the order of equals drawn from it.

Anybody can draw the same order with SHA-256 alone:

- people: sorted by the hex SHA-256 of `seed|people|person id`. One order for all openings, not one
  an opening: with separate lotteries two people could each be left with what the other would
  rather have, at openings that hold both equal.
- openings: sorted by the hex SHA-256 of `seed|openings|opening id`, the same circle for everybody.
  A person tries openings they hold equal along that circle from a start of their own, the hex
  SHA-256 of `seed|start|person id` as a number, modulo the number of openings. So no opening is
  everybody's first try.

Texts are hashed as UTF-8. What hashes alike (it does not happen) is ordered by id.
"""

from collections.abc import Iterable
from hashlib import sha256
from secrets import token_hex

SEED_BYTES = 32
LEAST_BITS = 128


def new_seed() -> str:
    """256 bits from the system's source, in hex."""
    return token_hex(SEED_BYTES)


def commitment(seed: str) -> str:
    """What is published before wishes close: the SHA-256 of the seed's text, in hex."""
    return sha256(seed.encode()).hexdigest()


def is_strong(seed: str) -> bool:
    """Whether it is hex and of at least 128 bits."""
    return len(seed) * 4 >= LEAST_BITS and set(seed) <= set("0123456789abcdefABCDEF")


def tie_order(seed: str, scope: str, ids: Iterable[str]) -> list[str]:
    """The drawn order of the ids, the luckiest first; whatever their order was."""
    return sorted(ids, key=lambda each: (_draw(seed, scope, each), each))


def start_of(seed: str, person: str, openings: int) -> int:
    """Where on the circle of openings this person starts to try what they hold equal."""
    return int(_draw(seed, "start", person), 16) % openings


def _draw(seed: str, scope: str, each: str) -> str:
    return sha256(f"{seed}|{scope}|{each}".encode()).hexdigest()
