"""Exact top-k by inner product beside faiss and a plain product: python benchmarks/retrieval.py

Prints one JSON. Every round runs all three, one after another, so what else the machine does falls
on each alike; ratios are taken within a round (above 1: ours is faster). `agree` is the share of
places at which ours and the other return the same item; the rest must be float32 ties, and
`worst_gap` is the largest difference between the k-th best scores. OPENBLAS_CORETYPE fixes the
kernel of every BLAS loaded, since faiss brings its own.
"""

import argparse
import json
import platform
import statistics
import sys
import time
from collections.abc import Callable
from pathlib import Path

import faiss
import numpy as np
from threadpoolctl import threadpool_info, threadpool_limits

sys.path.insert(0, str(Path(__file__).resolve().parents[1]))

from matcher.ranking.retrieval import Floats32, Indices, nearest

Found = tuple[Indices, Floats32]


def plain(queries: Floats32, items: Floats32, k: int) -> Found:
    """One product and one argpartition, in parts of 500 queries so that it fits in memory."""
    parts = []
    for start in range(0, len(queries), 500):
        scores = queries[start : start + 500] @ items.T
        best = np.argpartition(scores, -k, axis=1)[:, -k:]
        value = np.take_along_axis(scores, best, axis=1)
        order = np.argsort(-value, axis=1)
        parts.append(
            (np.take_along_axis(best, order, axis=1), np.take_along_axis(value, order, axis=1))
        )
    index, score = zip(*parts, strict=True)
    return np.concatenate(index), np.concatenate(score)


def timed(call: Callable[[], Found]) -> tuple[float, Found]:
    start = time.perf_counter()
    found = call()
    return time.perf_counter() - start, found


def compared(ours: Found, other: Found) -> dict[str, float]:
    same = np.sort(ours[0], axis=1) == np.sort(other[0], axis=1)
    gap = np.abs(ours[1][:, -1] - other[1][:, -1]).max()
    return {"agree": float(same.mean()), "worst_gap": float(gap)}


def spread(values: list[float]) -> dict[str, float]:
    return {
        "median": round(statistics.median(values), 3),
        "least": round(min(values), 3),
        "most": round(max(values), 3),
    }


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--queries", type=int, default=4_000)
    parser.add_argument("--items", type=int, default=100_000)
    parser.add_argument("--width", type=int, default=128)
    parser.add_argument("-k", type=int, default=50)
    parser.add_argument("--rounds", type=int, default=5)
    parser.add_argument("--threads", type=int, default=2)
    asked = parser.parse_args()
    rng = np.random.default_rng(7)
    queries = rng.standard_normal((asked.queries, asked.width), dtype=np.float32)
    items = rng.standard_normal((asked.items, asked.width), dtype=np.float32)
    faiss.omp_set_num_threads(asked.threads)
    index = faiss.IndexFlatIP(asked.width)
    index.add(items)

    def by_faiss() -> Found:
        score, found = index.search(queries, asked.k)
        return found, score

    def by_ours() -> Found:
        found = nearest(queries, items, asked.k, threads=asked.threads)
        return found.index, found.score

    ways = {"faiss": by_faiss, "ours": by_ours, "plain": lambda: plain(queries, items, asked.k)}
    seconds: dict[str, list[float]] = {name: [] for name in ways}
    with threadpool_limits(asked.threads):
        for number in range(asked.rounds + 1):
            found = {}
            for name, way in ways.items():
                took, found[name] = timed(way)
                # the first round warms up
                if number:
                    seconds[name].append(took)
    flop = 2.0 * asked.queries * asked.items * asked.width
    result = {
        "python": platform.python_version(),
        "numpy": np.__version__,
        "faiss": faiss.__version__,
        "blas": [
            f"{each['prefix']} {each['version']} {each['architecture']}"
            for each in threadpool_info()
            if each["user_api"] == "blas"
        ],
        **vars(asked),
        "seconds": {name: spread(times) for name, times in seconds.items()},
        "gflop_per_second": {
            name: round(flop / statistics.median(times) / 1e9, 1) for name, times in seconds.items()
        },
        "ours_to": {
            name: spread(
                [other / ours for other, ours in zip(seconds[name], seconds["ours"], strict=True)]
            )
            for name in ("faiss", "plain")
        },
        "against": {name: compared(found["ours"], found[name]) for name in ("faiss", "plain")},
    }
    print(json.dumps(result, indent=2))


if __name__ == "__main__":
    main()
