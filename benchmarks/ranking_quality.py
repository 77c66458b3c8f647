"""NDCG@10 of AdditiveRanker beside LightGBM, XGBoost and CatBoost on real data.

    make setup-benchmarks
    .venv/bin/python benchmarks/ranking_quality.py --data FOLDER [--sets sjr_next_view ...]

FOLDER holds the npz files: `X_train, y_train, ptr_train` (list offsets), the same for `valid`
(where there is one) and `test`. Everybody trains on `train`; where there is a `valid` part
everybody stops on it, where there is none nobody is told anything more. Our ranker runs with its
defaults, one configuration for all sets. Lists without a relevant row are left out and equal
scores share their places (metrics/accuracy.py). Prints one JSON: per set and model the mean with a
95 % bootstrap interval over lists, the paired differences to every peer, fit seconds, and the
verdict on the bar: mean difference to the best peer of each set >= 0 and on no set significantly
below it. Folds of one set are pooled list by list.
"""

import argparse
import json
import os
import platform
import sys
import time
import warnings
from collections.abc import Callable, Sequence
from importlib.metadata import version
from pathlib import Path

import numpy as np

sys.path.insert(0, str(Path(__file__).resolve().parents[1]))

from benchmarks.peers import PEERS, Graded, Predict
from matcher.ranking.learning import AdditiveRanker
from matcher.ranking.metrics.accuracy import PerQuery, measure, paired

OURS, METRIC = "additive", "NDCG@10"
SETS = {
    "sjr_cold_start": [0],
    "sjr_next_view": [0],
    "ltr_mq2007agg": [0, 1, 2, 3, 4],
    "courses_xuetangx": [0],
}
HAND_RULES = {
    "sjr_next_view": {"hand_rule": (9, 0), "longer_rule": (10, 9, 4)},
    "sjr_cold_start": {"hand_rule": (11, 19), "longer_rule": (12, 9, 11)},
}
"""Columns that decide one after the other. `hand_rule`: same city, then TF-IDF likeness; to jobs
seen (9, 0) or, for newcomers, to the person (11, 19). `longer_rule`: the order of three columns
that is best on the training lists, beside the bar."""
Fit = Callable[[Graded, Graded | None], Predict]


def additive(train: Graded, valid: Graded | None) -> Predict:
    chosen = None if valid is None else (valid.X, valid.y, valid.group)
    ranker = AdditiveRanker().fit(train.X, train.y, group=train.group, eval_set=chosen)
    print(json.dumps(ranker.report_), file=sys.stderr)
    return ranker.predict


def parts(folder: Path, name: str, fold: int) -> dict[str, Graded]:
    with np.load(folder / f"{name}_fold{fold}.npz", allow_pickle=False) as stored:
        return {
            part: Graded(stored[f"X_{part}"], stored[f"y_{part}"], np.diff(stored[f"ptr_{part}"]))
            for part in ("train", "valid", "test")
            if f"X_{part}" in stored.files
        }


def measured(scores: np.ndarray, test: Graded) -> PerQuery:
    return measure(METRIC, np.asarray(scores, dtype=np.float64), test.y, test.group.tolist())


def by_hand(X: np.ndarray, columns: Sequence[int]) -> np.ndarray:
    """Every column decides only where those before it are equal."""
    some = np.nan_to_num(X[:, list(columns)].astype(np.float64), nan=-1.0)
    ranks = [np.unique(column, return_inverse=True)[1] for column in some.T]
    score = np.zeros(len(X))
    for rank in ranks:
        score = score * (rank.max() + 1.0) + rank
    return score


def pooled(folds: list[PerQuery]) -> PerQuery:
    """All folds' lists as one; numbered apart."""
    offsets = np.cumsum([0, *(int(each.queries.max()) + 1 for each in folds)])
    queries = [each.queries + offset for each, offset in zip(folds, offsets, strict=False)]
    return PerQuery(
        METRIC,
        np.concatenate([each.values for each in folds]),
        np.concatenate(queries),
        sum(each.left_out for each in folds),
    )


def run(folder: Path, name: str, folds: list[int], models: dict[str, Fit]) -> dict[str, object]:
    found: dict[str, list[PerQuery]] = {}
    seconds: dict[str, float] = {}
    for fold in folds:
        data = parts(folder, name, fold)
        for model, fit in models.items():
            started = time.perf_counter()
            predict = fit(data["train"], data.get("valid"))
            seconds[model] = seconds.get(model, 0.0) + time.perf_counter() - started
            found.setdefault(model, []).append(measured(predict(data["test"].X), data["test"]))
        for rule, columns in HAND_RULES.get(name, {}).items():
            scores = by_hand(data["test"].X, columns)
            found.setdefault(rule, []).append(measured(scores, data["test"]))
    return summary({model: pooled(each) for model, each in found.items()}, seconds)


def summary(found: dict[str, PerQuery], seconds: dict[str, float]) -> dict[str, object]:
    peers = [each for each in found if each in PEERS]
    best = max(peers, key=lambda each: found[each].mean)
    return {
        "lists": len(found[OURS].values),
        "left_out": found[OURS].left_out,
        "models": {
            model: figures(each.interval()) | {"fit_seconds": round(seconds.get(model, 0.0), 1)}
            for model, each in found.items()
        },
        "ours_minus": {
            model: figures(paired(found[OURS], each))
            for model, each in found.items()
            if model != OURS
        },
        "best_peer": best,
    }


def figures(interval: object) -> dict[str, float]:
    return {key: round(float(getattr(interval, key)), 4) for key in ("value", "low", "high")}


def verdict(sets: dict[str, dict[str, object]]) -> dict[str, object]:
    differences = {name: each["ours_minus"][each["best_peer"]] for name, each in sets.items()}
    mean = float(np.mean([each["value"] for each in differences.values()]))
    below = [name for name, each in differences.items() if each["high"] < 0.0]
    rules = {
        name: each["ours_minus"]["hand_rule"]["value"] > 0.0
        for name, each in sets.items()
        if "hand_rule" in each["ours_minus"]
    }
    return {
        "mean_difference_to_best_peer": round(mean, 4),
        "significantly_below": below,
        "above_best_peer": [name for name, each in differences.items() if each["value"] > 0.0],
        "beats_hand_rule": rules,
        "bar_met": mean >= 0.0 and not below and all(rules.values()),
    }


def main() -> None:
    warnings.simplefilter("ignore")
    ask = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawTextHelpFormatter
    )
    ask.add_argument("--data", type=Path, default=Path("../shared/data/ranking"))
    ask.add_argument("--sets", nargs="+", choices=list(SETS), default=list(SETS))
    asked = ask.parse_args()
    models: dict[str, Fit] = {**PEERS, OURS: additive}
    sets = {}
    for name in asked.sets:
        sets[name] = run(asked.data, name, SETS[name], models)
        print(json.dumps({name: sets[name]}), file=sys.stderr)
    packages = ("numpy", "scikit-learn", "lightgbm", "xgboost-cpu", "catboost")
    report = {
        "metric": METRIC,
        "versions": {"python": platform.python_version()} | {p: version(p) for p in packages},
        "cores": os.cpu_count(),
        "sets": sets,
        "verdict": verdict(sets),
    }
    print(json.dumps(report, indent=1))


if __name__ == "__main__":
    main()
