"""A market with known preferences: does the learner find them, and does the loop stay open?

python benchmarks/simulator.py [--quick] [--seeds 10] [--only recovery|loop]

Prints one JSON. Every pair (asker, item) has a planted additive utility; a list is shown by some
ranker, looked at from the top with falling attention, and clicked by utility plus noise. The
learner sees features, places, propensities and clicks, never a utility.

`recovery`: people are shown openings by hand-set weights that are wrong on purpose, then by what
was learned, a few rounds long; NDCG@10 against the planted order for people never seen before.
`loop`: openings are shown people, learned from again every round, with and without a drawn place;
who is seen at all, how evenly, and the impact ratio of two groups of people round by round.
"""

import argparse
import json
import os
import platform
import sys
import time
from collections import Counter
from collections.abc import Callable, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

import numpy as np
import sklearn
from numpy.typing import NDArray
from threadpoolctl import threadpool_limits

sys.path.insert(0, str(Path(__file__).resolve().parents[1]))

from matcher.ranking.learning import AdditiveRanker
from matcher.ranking.metrics.accuracy import PerQuery, measure, paired, popularity_order
from matcher.ranking.metrics.bootstrap import mean_interval
from matcher.ranking.metrics.exposure import coverage, exposure_of, gini, never_shown_share
from matcher.ranking.metrics.fairness import audit
from matcher.ranking.metrics.offpolicy import examination, inverse_weights
from matcher.ranking.slots import arranged

Floats = NDArray[np.float64]
Score = Callable[[Floats], Floats]
"""(n, d) features -> (n,) scores."""
METRIC = "NDCG@10"
NAMES = ("skill_a", "skill_b", "skill_c", "certificate", "sector", "schedule", "text", "proxy")
SHAPES: tuple[Callable[[Floats], Floats], ...] = (
    lambda x: 1.6 * (x >= 0.5) + 0.6 * (x >= 0.9),  # what counts is reaching half of it
    lambda x: 1.2 * np.sqrt(x),
    lambda x: 0.9 * x**3,
    lambda x: 1.4 * (x >= 0.75),
    lambda x: 0.8 * x,
    lambda x: 0.5 * (x >= 0.25),
    lambda x: 0.7 * np.sin(np.pi * x),  # neither too alike nor too far
    lambda x: 0.0 * x,
)
MONOTONE = (1, 1, 1, 1, 1, 1, 0, 0)
PRIOR = np.array([0.5, 1.5, 1.5, 0.5, 1.0, 1.0, 0.3, 0.8])
"""Hand-set, straight lines only, and wrong: too much for skill_b, skill_c and a worthless proxy."""
ETA = 1.0
GRADE_CUTS = (0.5, 0.75, 0.9, 0.97)
IR_MARGIN = 0.05
WINDOW = 3
"""Rounds the loop learns from: a service forgets what is old."""


@dataclass(frozen=True)
class Size:
    askers: int
    strangers: int
    items: int
    open_at_once: int
    page: int
    rounds: int


@dataclass(frozen=True)
class World:
    """`X` (askers, items, d); `utility` is planted, `taste` the noise of each pair on top of it."""

    X: Floats
    utility: Floats
    taste: Floats
    groups: NDArray[np.bool_]

    @classmethod
    def planted(cls, askers: int, items: int, rng: np.random.Generator) -> "World":
        groups = np.arange(items) % 2 == 1
        has = rng.beta(2.0, 2.0, (items, len(NAMES)))
        has[:, -1] -= 0.15 * groups
        wants = rng.beta(2.0, 1.5, (askers, len(NAMES)))
        fit = np.clip(1.0 - np.maximum(0.0, wants[:, None, :] - has[None, :, :]) * 1.6, 0.0, 1.0)
        X = np.round(fit * 20.0) / 20.0
        X[..., -1] = np.clip(has[None, :, -1], 0.0, 1.0)
        utility = sum(shape(X[..., j]) for j, shape in enumerate(SHAPES))
        return cls(X, np.asarray(utility), rng.normal(0.0, 0.4, X.shape[:2]), groups)

    @property
    def click_chance(self) -> Floats:
        """Of an item that is looked at."""
        centre = np.quantile(self.utility, 0.85)
        chance: Floats = 1.0 / (1.0 + np.exp(-2.0 * (self.utility + self.taste - centre)))
        return chance

    @property
    def grades(self) -> Floats:
        """0..4 by the planted utility alone."""
        cuts = np.quantile(self.utility, GRADE_CUTS)
        return np.searchsorted(cuts, self.utility).astype(np.float64)


@dataclass
class Log:
    """What was recorded, row by row; `group` = rows a list."""

    X: list[Floats] = field(default_factory=list)
    item: list[int] = field(default_factory=list)
    place: list[int] = field(default_factory=list)
    propensity: list[float] = field(default_factory=list)
    click: list[float] = field(default_factory=list)
    group: list[int] = field(default_factory=list)
    open: list[int] = field(default_factory=list)
    """Every item that could have been shown, list after list."""


def show(world: World, score: Score, size: Size, slots: int, dice: np.random.Generator) -> Log:
    """A list for every asker, of what happens to be open: the first page of it, and the clicks."""
    log, chance = Log(), world.click_chance
    for asker in range(len(world.X)):
        some = dice.choice(world.X.shape[1], size.open_at_once, replace=False)
        # Equal scores fall by lot.
        order = some[np.lexsort((dice.random(len(some)), -score(world.X[asker, some])))]
        line = arranged(order.tolist(), page=size.page, slots=slots, seed=str(dice.random()))
        for spot in line.spots(line.ids[: size.page]):
            looked = dice.random() < examination([spot.position], ETA)[0]
            log.X.append(world.X[asker, spot.id])
            log.item.append(spot.id)
            log.place.append(spot.position)
            log.propensity.append(spot.propensity)
            log.click.append(float(looked and dice.random() < chance[asker, spot.id]))
        log.group.append(size.page)
        log.open.extend(some.tolist())
    return log


def learn(logs: Sequence[Log], seed: int) -> Score:
    """What the product does: clicks weighted by the inverse of how likely they could be seen."""
    X, click = np.concatenate([log.X for log in logs]), np.concatenate([log.click for log in logs])
    place, chance = (
        np.concatenate([getattr(log, name) for log in logs]) for name in ("place", "propensity")
    )
    weight = np.where(click > 0, inverse_weights(place, chance, eta=ETA), 1.0)
    ranker = AdditiveRanker(prior=PRIOR.tolist(), random_state=seed)
    group = [rows for log in logs for rows in log.group]
    ranker.fit(X, click, group=group, monotone=MONOTONE, sample_weight=weight, feature_names=NAMES)
    return ranker.predict


def by_hand(X: Floats) -> Floats:
    return X @ PRIOR


def recovery(seed: int, size: Size) -> dict[str, PerQuery]:
    """NDCG@10 against the planted order, over everything, for askers not in the logs."""
    rng = np.random.default_rng(seed)
    both = World.planted(size.askers + size.strangers, size.items, rng)
    seen, new = (
        World(both.X[part], both.utility[part], both.taste[part], both.groups)
        for part in (slice(size.askers), slice(size.askers, None))
    )
    score, logs = by_hand, list[Log]()
    for turn in range(size.rounds):
        logs.append(show(seen, score, size, 1, rng))
        score = learn(logs, seed + turn)
    items = [item for log in logs for item in log.item]
    liked = popularity_order(items, np.concatenate([log.click for log in logs]), range(size.items))
    rows = new.X.reshape(-1, len(NAMES))
    scores = {
        "learned": score(rows),
        "prior": by_hand(rows),
        "popularity": np.tile(liked, size.strangers),
    }
    grades = both.grades[size.askers :].ravel()
    lists = [size.items] * size.strangers
    return {name: measure(METRIC, each, grades, lists) for name, each in scores.items()}


def loop(seed: int, size: Size, slots: int) -> list[dict[str, float]]:
    """Round by round; the first is shown by hand-set weights, the others by what was learned."""
    rng = np.random.default_rng(seed)
    world = World.planted(size.askers, size.items, rng)
    score, logs, rows = by_hand, list[Log](), list[dict[str, float]]()
    names = np.where(world.groups, "b", "a").tolist()
    earlier = np.zeros(size.items)
    for turn in range(size.rounds):
        log = show(world, score, size, slots, rng)
        seen = exposure_of(range(size.items), log.item, log.place)
        rows.append(
            {
                "coverage": coverage(seen),
                "gini": gini(seen),
                "never_shown_before": never_shown_share(seen, earlier),
                "impact_ratio": impact_ratio(log, names),
                "clicks_a_list": float(np.mean(log.click) * size.page),
            }
        )
        earlier = earlier + seen
        logs = [*logs, log][-WINDOW:]
        score = learn(logs, seed + turn)
    return rows


def impact_ratio(log: Log, names: Sequence[str]) -> float:
    """How often a group's open people stand on the first page, the lesser share to the greater."""
    shown, could = (
        Counter(names[each] for each in log.item),
        Counter(names[each] for each in log.open),
    )
    return audit({group: (shown[group], could[group]) for group in could}).ratio or 0.0


def summary(found: Sequence[dict[str, PerQuery]]) -> dict[str, Any]:
    """Each seed on its own, and all askers of all seeds together."""
    per_seed = [
        {
            "learned": round(one["learned"].mean, 4),
            **{other: round(one[other].mean, 4) for other in ("prior", "popularity")},
            **{
                f"learned_minus_{other}": interval(paired(one["learned"], one[other]))
                for other in ("prior", "popularity")
            },
        }
        for one in found
    ]
    pooled = {
        f"learned_minus_{other}": interval(
            mean_interval(
                np.concatenate([one["learned"].values - one[other].values for one in found])
            )
        )
        for other in ("prior", "popularity")
    }
    means = {
        name: round(float(np.concatenate([one[name].values for one in found]).mean()), 4)
        for name in found[0]
    }
    return {"metric": METRIC, "pooled": {**means, **pooled}, "seeds": per_seed}


def interval(found: Any) -> list[float]:
    return [round(found.value, 4), round(found.low, 4), round(found.high, 4), found.queries]


def loops(seeds: Sequence[int], size: Size) -> dict[str, Any]:
    arms = {
        name: [loop(seed, size, slots) for seed in seeds]
        for name, slots in (("with_slot", 1), ("without_slot", 0))
    }
    return {name: arm(runs) for name, runs in arms.items()}


def arm(runs: Sequence[list[dict[str, float]]]) -> dict[str, Any]:
    """Means over the seeds, round by round; what the loop itself did is learned round 1 to last."""
    mean = {
        key: [
            round(float(np.mean([run[turn][key] for run in runs])), 4)
            for turn in range(len(runs[0]))
        ]
        for key in runs[0][0]
    }
    ratios = mean["impact_ratio"]
    worst = min(run[-1]["impact_ratio"] - run[0]["impact_ratio"] for run in runs)
    return {
        **mean,
        "impact_ratio_change": round(ratios[-1] - ratios[0], 4),
        "impact_ratio_change_of_the_worst_seed": round(worst, 4),
        "narrows": ratios[-1] < ratios[0] - IR_MARGIN,
    }


SIZES = {
    "recovery": Size(askers=400, strangers=300, items=80, open_at_once=40, page=10, rounds=3),
    "loop": Size(askers=100, strangers=0, items=160, open_at_once=60, page=10, rounds=20),
}
QUICK = {
    "recovery": Size(askers=250, strangers=120, items=60, open_at_once=30, page=8, rounds=2),
    "loop": Size(askers=60, strangers=0, items=100, open_at_once=40, page=8, rounds=3),
}


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--quick", action="store_true", help="one seed, small, a few rounds")
    parser.add_argument("--seeds", type=int, default=10)
    parser.add_argument("--only", choices=["recovery", "loop"])
    given = parser.parse_args()
    sizes, seeds = (QUICK, range(1)) if given.quick else (SIZES, range(given.seeds))
    start = time.perf_counter()
    result: dict[str, Any] = {
        "python": platform.python_version(),
        "numpy": np.__version__,
        "scikit_learn": sklearn.__version__,
        "load_average": round(os.getloadavg()[0], 1),
    }
    # Many small fits: two threads would only wait for each other.
    with threadpool_limits(1):
        if given.only != "loop":
            result["recovery"] = summary([recovery(seed, sizes["recovery"]) for seed in seeds])
        if given.only != "recovery":
            result["loop"] = loops(seeds, sizes["loop"])
    print(json.dumps({**result, "seconds": round(time.perf_counter() - start, 1)}, indent=2))


if __name__ == "__main__":
    main()
