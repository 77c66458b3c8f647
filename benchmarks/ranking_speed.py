"""Speed of AdditiveRanker beside the boosters, in one run, as ratios to LightGBM's predict.

    make setup-benchmarks
    .venv/bin/python benchmarks/ranking_speed.py [--rows 1000000] [--rounds 7] [--fit-rows 300000]

Every round runs all models one after another on the same rows, so that what else the machine does
falls on each alike; ratios are taken within a round. The data are made by a seed: 40 features
(normal, log-normal, integers, shares, some missing), lists of 100, five grades, interactions
included, and our ranker is fitted with its defaults. Prints one JSON.
"""

import argparse
import json
import os
import platform
import statistics
import sys
import tempfile
import time
import warnings
from collections.abc import Callable
from importlib.metadata import version
from pathlib import Path

import numpy as np

sys.path.insert(0, str(Path(__file__).resolve().parents[1]))

from benchmarks.peers import Graded, Predict
from matcher.ranking.learning import AdditiveRanker

FEATURES, FIT_FEATURES, LIST = 40, 45, 100
TRAIN_ROWS = 20_000
SMALL = 200
BARS = {"ratio": 10.0, "aim": 25.0, "small_ms": 1.0, "fit_seconds": 300.0, "bytes": 1_000_000}


def made(rows: int, features: int, seed: int) -> Graded:
    rng = np.random.default_rng(seed)
    X = rng.standard_normal((rows, features))
    X[:, 1::4] = np.exp(X[:, 1::4])
    X[:, 2::4] = np.round(3.0 * np.abs(X[:, 2::4]))
    X[:, 3::4] = rng.random((rows, len(range(3, features, 4))))
    truth = X[:, 0] + np.log(X[:, 1]) - 0.5 * X[:, 2] + 2.0 * X[:, 3] * (X[:, 4] > 0.0)
    X[rng.random(X.shape) < 0.05] = np.nan
    noisy = truth + rng.standard_normal(rows)
    grade = np.digitize(noisy, np.quantile(noisy, [0.5, 0.75, 0.9, 0.97])).astype(float)
    return Graded(X, grade, np.full(rows // LIST, LIST))


def boosters(train: Graded) -> dict[str, Predict]:
    """200 trees of 15 leaves (CatBoost: depth 4), as in docs/ranking.md."""
    import catboost
    import lightgbm
    import xgboost

    light = lightgbm.LGBMRegressor(n_estimators=200, num_leaves=15, n_jobs=2, verbose=-1)
    light.fit(train.X, train.y)
    extreme = xgboost.XGBRegressor(
        n_estimators=200, max_leaves=15, max_depth=0, grow_policy="lossguide", n_jobs=2
    ).fit(train.X, train.y)
    cat = catboost.CatBoostRegressor(
        iterations=200, depth=4, verbose=False, allow_writing_files=False, thread_count=2
    ).fit(train.X, train.y)
    return {
        "lightgbm": lambda X: light.booster_.predict(X, num_threads=2),
        "xgboost": lambda X: extreme.get_booster().inplace_predict(X),
        "catboost": lambda X: cat.predict(X, thread_count=2),
    }


def timed(call: Callable[[], object]) -> float:
    started = time.perf_counter()
    call()
    return time.perf_counter() - started


def spread(values: list[float], digits: int = 2) -> dict[str, float]:
    return {
        "median": round(statistics.median(values), digits),
        "least": round(min(values), digits),
        "most": round(max(values), digits),
    }


def predicting(ranker: AdditiveRanker, train: Graded, rows: int, rounds: int) -> dict[str, object]:
    X = made(rows, FEATURES, 2).X
    models = {"additive": ranker.predict, **boosters(train)}
    seconds: dict[str, list[float]] = {name: [] for name in models}
    for predict in models.values():
        predict(X[:1000])
    for _ in range(rounds):
        for name, predict in models.items():
            seconds[name].append(timed(lambda predict=predict: predict(X)))
    ratios = {
        name: spread([base / own for base, own in zip(seconds["lightgbm"], each, strict=True)])
        for name, each in seconds.items()
    }
    small = X[:SMALL].copy()
    return {
        "rows": rows,
        "features": FEATURES,
        "seconds": {name: spread(each, 3) for name, each in seconds.items()},
        "ratio_to_lightgbm": ratios,
        "small_ms": {
            name: spread([1000.0 * timed(lambda p=predict: p(small)) for _ in range(50)], 3)
            for name, predict in models.items()
        },
    }


def fitting(rows: int) -> dict[str, object]:
    data = made(rows, FIT_FEATURES, 3)
    ranker = AdditiveRanker()
    seconds = timed(lambda: ranker.fit(data.X, data.y, group=data.group))
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder) / "ranker.oreum"
        ranker.save(path)
        size = path.stat().st_size
    return {
        "rows": rows,
        "features": FIT_FEATURES,
        "seconds": round(seconds, 1),
        "artefact_bytes": size,
        "chosen": ranker.report_["chosen"],
    }


def main() -> None:
    warnings.simplefilter("ignore")
    ask = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawTextHelpFormatter
    )
    ask.add_argument("--rows", type=int, default=1_000_000)
    ask.add_argument("--rounds", type=int, default=7)
    ask.add_argument("--fit-rows", type=int, default=300_000)
    asked = ask.parse_args()
    load = os.getloadavg()[0]
    train = made(TRAIN_ROWS, FEATURES, 1)
    ranker = AdditiveRanker().fit(train.X, train.y, group=train.group)
    predict = predicting(ranker, train, asked.rows, asked.rounds)
    fit = fitting(asked.fit_rows)
    ratio = predict["ratio_to_lightgbm"]["additive"]["median"]
    packages = ("numpy", "scikit-learn", "lightgbm", "xgboost-cpu", "catboost")
    report = {
        "versions": {"python": platform.python_version()} | {p: version(p) for p in packages},
        "cores": os.cpu_count(),
        "load_before": round(load, 2),
        "predict": predict,
        "fit": fit,
        "bars": BARS,
        "bar_met": {
            "ratio": ratio >= BARS["ratio"],
            "aim": ratio >= BARS["aim"],
            "small_ms": predict["small_ms"]["additive"]["median"] <= BARS["small_ms"],
            "fit_seconds": fit["seconds"] <= BARS["fit_seconds"],
            "bytes": fit["artefact_bytes"] <= BARS["bytes"],
        },
    }
    print(json.dumps(report, indent=1))


if __name__ == "__main__":
    main()
