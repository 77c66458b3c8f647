"""`AdditiveRanker`: learns one additive score from graded lists."""

from collections.abc import Sequence
from pathlib import Path
from typing import Any, Self

import numpy as np
import sklearn
from numpy.typing import ArrayLike
from sklearn.base import BaseEstimator
from sklearn.utils.validation import check_is_fitted, validate_data

from matcher.ranking import artefact
from matcher.ranking.learning.ensemble import learned
from matcher.ranking.learning.lists import Floats, Lists, checked
from matcher.ranking.learning.recipe import Recipe

KIND = "additive-ranker"
MOST_PRIOR = 1e6


class AdditiveRanker(BaseEstimator):  # type: ignore[misc]  # scikit-learn has no types
    """score = base_ + sum of one table a feature (+ a few pair tables), learned from lists.

    An average of additive parts, each chosen on lists it was not trained on: a pairwise logistic
    regression, boosted LambdaMART tables on top of it, boosted pointwise tables, and pair tables.
    Below `few_lists` lists with two different grades only the regression is fitted, pulled to
    `prior` (one weight a feature, in score per unit; None: to nought).

    After `fit`: `tables_`, `base_`, `report_` (what was chosen and its NDCG@10 on held-out lists),
    `n_features_in_`.
    """

    def __init__(
        self,
        prior: Sequence[float] | None = None,
        few_lists: int = 200,
        random_state: int = 0,
    ) -> None:
        self.prior = prior
        self.few_lists = few_lists
        self.random_state = random_state

    def fit(
        self,
        X: ArrayLike,
        y: ArrayLike,
        *,
        group: ArrayLike,
        eval_set: tuple[ArrayLike, ArrayLike, ArrayLike] | None = None,
        monotone: Sequence[int] | None = None,
        sample_weight: ArrayLike | None = None,
        feature_names: Sequence[str] | None = None,
    ) -> Self:
        """Learn from lists.

        X (n, d), NaN = missing. y (n,) grades 0..30. `group` = list sizes in row order, as in
        LightGBM. `eval_set` = (X, y, group) chooses rounds and parts beside the lists held out
        inside; it is never trained on. `monotone` (d,) of -1, 0, +1. `sample_weight` (n,): a pair
        counts with the product of its two rows' weights.
        Raises ValueError for infinities, sizes that do not sum up, labels out of range, or if no
        list has two different labels.
        """
        rows = np.asarray(
            validate_data(
                self, X, dtype=np.float64, ensure_all_finite="allow-nan", ensure_min_samples=2
            )
        )
        lists = checked(rows, y, group, sample_weight)
        if not lists.informative.any():
            raise ValueError("no list has two different labels: there is nothing to learn from")
        recipe = Recipe(
            names=self._names(feature_names, rows.shape[1]),
            monotone=_signs(monotone, rows.shape[1]),
            prior=_prior(self.prior, rows.shape[1]),
            few_lists=self.few_lists,
            seed=_seed(self.random_state),
        )
        self.tables_, self.report_ = learned(lists, self._checked_eval(eval_set), recipe)
        self.base_ = self.tables_.base
        return self

    def predict(self, X: ArrayLike) -> Floats:
        """(n,) scores; only their order within a list means something."""
        rows = self._rows(X)
        return self.tables_.predict(rows)

    def contributions(self, X: ArrayLike) -> Floats:
        """(n, d): base_ + contributions.sum(1) == predict to 1e-9; a pair's value is halved."""
        rows = self._rows(X)
        return self.tables_.contributions(rows)

    def pair_contributions(self, X: ArrayLike) -> Floats:
        """(n, pairs) whole values of the pair tables `tables_.pairs`."""
        rows = self._rows(X)
        return self.tables_.pair_contributions(rows)

    def save(self, path: str | Path) -> str:
        """Writes the one file `path` (a hash, then npz with a JSON header) and gives the hash."""
        check_is_fitted(self)
        header = {
            "kind": KIND,
            "scikit_learn": sklearn.__version__,
            "report": self.report_,
            "parameters": {
                "prior": None if self.prior is None else [float(each) for each in self.prior],
                "few_lists": int(self.few_lists),
                "random_state": _seed(self.random_state),
            },
        }
        data = artefact.pack(header, {"ranker": self.tables_})
        Path(path).write_bytes(artefact.sealed(data))
        return artefact.digest(data)

    @classmethod
    def load(cls, path: str | Path, expected: str | None = None) -> Self:
        """Raises ArtefactError unless the hash inside (and `expected`, if given) fits; nothing of
        the file is parsed before."""
        found = artefact.unpack(artefact.unsealed(Path(path).read_bytes()), expected)
        if found.header.get("kind") != KIND or set(found.tables) != {"ranker"}:
            raise artefact.ArtefactError("not a saved ranker")
        ranker = cls(**found.header["parameters"])
        ranker.tables_, ranker.report_ = found.tables["ranker"], found.header["report"]
        ranker.base_, ranker.n_features_in_ = ranker.tables_.base, len(ranker.tables_.names)
        return ranker

    def _rows(self, X: ArrayLike) -> Floats:
        check_is_fitted(self, "tables_")
        # the tables look for infinities themselves, block by block
        known = validate_data(
            self, X, dtype=(np.float64, np.float32), ensure_all_finite=False, reset=False
        )
        return np.asarray(known)

    def _checked_eval(self, eval_set: tuple[ArrayLike, ...] | None) -> Lists | None:
        if eval_set is None:
            return None
        if len(eval_set) != 3:
            raise ValueError("eval_set is (X, y, group)")
        X, y, group = eval_set
        rows = np.asarray(
            validate_data(self, X, dtype=np.float64, ensure_all_finite="allow-nan", reset=False)
        )
        return checked(rows, y, group, None, "the group of eval_set")

    def _names(self, given: Sequence[str] | None, width: int) -> tuple[str, ...]:
        known = given if given is not None else getattr(self, "feature_names_in_", None)
        names = tuple(map(str, [f"x{each}" for each in range(width)] if known is None else known))
        if len(names) != width or len(set(names)) != width:
            raise ValueError(f"feature_names needs {width} different names")
        return names

    def __sklearn_tags__(self) -> Any:
        tags = super().__sklearn_tags__()
        tags.input_tags.allow_nan = True
        tags.target_tags.required = True
        return tags


def _signs(monotone: Sequence[int] | None, width: int) -> tuple[int, ...]:
    given = (0,) * width if monotone is None else tuple(monotone)
    if len(given) != width or any(each not in (-1, 0, 1) for each in given):
        raise ValueError(f"monotone needs {width} of -1, 0 and +1")
    return tuple(int(each) for each in given)


def _prior(prior: Sequence[float] | None, width: int) -> Floats:
    weights = np.zeros(width) if prior is None else np.asarray(prior, dtype=np.float64)
    if weights.shape != (width,) or not (np.abs(weights) <= MOST_PRIOR).all():
        raise ValueError(f"prior needs {width} weights between -{MOST_PRIOR:g} and {MOST_PRIOR:g}")
    return weights


def _seed(given: object) -> int:
    if not isinstance(given, int | np.integer) or given < 0:
        raise ValueError("random_state must be a whole number from 0 up: fits are repeatable")
    return int(given)
