"""One profile against every O*NET opening, in a warm process, through the service's own path.

    DATABASE_URL=sqlite:////tmp/onet.db python benchmarks/onet_ranking.py

The database is one filled as `onet_files.py` says. Prints one JSON: milliseconds (median of 20)
for the whole flow with all reasons, for the best 20, and for numpy's own product and sort of a
matrix of the same size, so that the figure has a floor beside it.
"""

import json
import statistics
import time
from collections.abc import Callable

import numpy as np

from matcher.flows import operating
from matcher.settings import Settings
from matcher.wiring import build

ROUNDS = 20


def median_ms(call: Callable[[], object]) -> float:
    call()
    times = []
    for _round in range(ROUNDS):
        started = time.perf_counter()
        call()
        times.append((time.perf_counter() - started) * 1000)
    return round(statistics.median(times), 2)


def main() -> None:
    services = build(Settings())

    def ranked(limit: int) -> operating.Ranked:
        with services.reading() as unit:
            return operating.recommend_openings(unit, 1, limit)

    total = ranked(1).total
    generator = np.random.default_rng(7)
    matrix, weights = generator.random((total, 10)), generator.random(10)
    figures = {
        "openings": total,
        "best_20_ms": median_ms(lambda: ranked(20)),
        "all_with_reasons_ms": median_ms(lambda: ranked(total)),
        "numpy_product_and_sort_ms": median_ms(lambda: np.argsort(-(matrix @ weights))),
    }
    print(json.dumps(figures))
    services.close()


if __name__ == "__main__":
    main()
