"""Made-up graded lists with a known truth."""

from dataclasses import dataclass

import numpy as np


@dataclass(frozen=True, eq=False)
class Made:
    X: np.ndarray
    y: np.ndarray
    group: np.ndarray
    truth: np.ndarray


def lists(
    count: int,
    size: int = 20,
    seed: int = 0,
    *,
    noise: float = 0.5,
    missing: float = 0.0,
    together: float = 0.0,
) -> Made:
    """Six features; the grade follows a curve of x0, a line of x1, a step of x2 and, by `together`,
    x3 and x4 only jointly; x5 is noise."""
    rng = np.random.default_rng(seed)
    X = rng.random((count * size, 6))
    truth = np.sqrt(X[:, 0]) + X[:, 1] + (X[:, 2] > 0.6)
    truth += together * ((X[:, 3] > 0.5) == (X[:, 4] > 0.5))
    seen = truth + noise * rng.standard_normal(len(truth))
    grade = np.digitize(seen, np.quantile(seen, [0.6, 0.85, 0.95])).astype(float)
    X[rng.random(X.shape) < missing] = np.nan
    return Made(X, grade, np.full(count, size), truth)
