"""Where work is: the two cities of Jeju, remote, or off the island."""

from functools import cache

from matcher.catalogue.origin import read
from matcher.catalogue.terms import Term, terms


@cache
def regions() -> tuple[Term, ...]:
    return terms(read("regions.json")["regions"])
