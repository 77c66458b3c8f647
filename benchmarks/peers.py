"""The boosters our ranker is measured against, with the settings written down in docs/ranking.md.

They are a dependency group of their own (`make setup-benchmarks`) and never imported by the
service.
"""

from collections.abc import Callable
from dataclasses import dataclass

import numpy as np

Predict = Callable[[np.ndarray], np.ndarray]
ROUNDS, PATIENCE = 300, 60


@dataclass(frozen=True, eq=False)
class Graded:
    """X (n, d) with NaN = missing, y (n,) grades, `group` list sizes in row order."""

    X: np.ndarray
    y: np.ndarray
    group: np.ndarray

    @property
    def query(self) -> np.ndarray:
        return np.repeat(np.arange(len(self.group)), self.group)


def lightgbm(train: Graded, valid: Graded | None) -> Predict:
    import lightgbm

    model = lightgbm.LGBMRanker(
        objective="lambdarank",
        learning_rate=0.05,
        num_leaves=15,
        min_child_samples=30,
        n_estimators=ROUNDS,
        random_state=0,
        n_jobs=2,
        verbose=-1,
    )
    stop = {}
    if valid is not None:
        stop = {
            "eval_X": valid.X,
            "eval_y": valid.y.astype(int),
            "eval_group": [valid.group],
            "eval_at": [10],
            "callbacks": [lightgbm.early_stopping(PATIENCE, verbose=False)],
        }
    model.fit(train.X, train.y.astype(int), group=train.group, **stop)
    # the sklearn wrapper warns about missing column names
    return lambda X: np.asarray(model.booster_.predict(X, num_threads=2))


def xgboost(train: Graded, valid: Graded | None) -> Predict:
    import xgboost

    model = xgboost.XGBRanker(
        objective="rank:ndcg",
        learning_rate=0.05,
        max_leaves=15,
        max_depth=0,
        grow_policy="lossguide",
        min_child_weight=1,
        n_estimators=ROUNDS,
        lambdarank_pair_method="topk",
        lambdarank_num_pair_per_sample=30,
        tree_method="hist",
        eval_metric="ndcg@10",
        early_stopping_rounds=PATIENCE if valid is not None else None,
        random_state=0,
        n_jobs=2,
    )
    stop = {}
    if valid is not None:
        stop = {
            "eval_set": [(valid.X, valid.y.astype(int))],
            "eval_group": [valid.group],
            "verbose": False,
        }
    model.fit(train.X, train.y.astype(int), group=train.group, **stop)
    return lambda X: np.asarray(model.predict(X))


def catboost(train: Graded, valid: Graded | None) -> Predict:
    import catboost

    settings = {
        "loss_function": "YetiRank",
        "depth": 5,
        "learning_rate": 0.08,
        "iterations": ROUNDS,
        "eval_metric": "NDCG:top=10;type=Exp",
        "random_seed": 0,
        "thread_count": 2,
        "verbose": False,
        "allow_writing_files": False,
    }
    if valid is not None:
        settings |= {"od_type": "Iter", "od_wait": PATIENCE, "use_best_model": True}
    pools = [
        catboost.Pool(each.X, each.y, group_id=each.query)
        for each in (train, valid)
        if each is not None
    ]
    model = catboost.CatBoost(settings).fit(pools[0], eval_set=pools[1] if pools[1:] else None)
    return lambda X: np.asarray(model.predict(X))


PEERS: dict[str, Callable[[Graded, Graded | None], Predict]] = {
    "lightgbm": lightgbm,
    "xgboost": xgboost,
    "catboost": catboost,
}
