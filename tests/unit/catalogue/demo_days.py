"""The demo data of a few days, each made once."""

from datetime import date
from functools import cache

from matcher.catalogue.demo import SEED, generate
from matcher.catalogue.demo.shape import DemoData

TODAY = date(2026, 11, 21)
DAYS = (TODAY, date(2026, 12, 1), date(2027, 2, 28), date(2027, 8, 15))


@cache
def made(today: date = TODAY, seed: int = SEED) -> DemoData:
    return generate(today, seed)
