"""The four industries Jeju named for talent: space, energy, bio, mobility."""

from functools import cache

from matcher.catalogue.origin import read
from matcher.catalogue.terms import Term, terms


@cache
def sectors() -> tuple[Term, ...]:
    return terms(read("sectors.json")["sectors"])
