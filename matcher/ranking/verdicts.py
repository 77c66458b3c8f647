"""What a report says about promotion: red blocks it, amber needs a look, green is free.

Red: worse than what serves, than the hand-made prior or than popularity beyond chance, unfair by
the rule of ratio, exact test and enough people, betraying its training lists, or not monotone.
"""

from collections.abc import Sequence

from matcher.ranking.report import (
    CANDIDATE,
    Colour,
    ModelReport,
    ReasonCode,
    Verdict,
    VerdictReason,
)
from matcher.ranking.weights import MODEL_VERSION

POPULARITY = "popularity"
MOST_LEAK = 0.60
MOST_CALIBRATION_ERROR = 0.10
LEAST_TEST_LISTS = 50
MOST_NARROWING = 0.05
"""Of the Gini coefficient, beside the serving model."""
_RED: frozenset[ReasonCode] = frozenset(
    {
        "worse_than_serving", "worse_than_prior", "worse_than_popularity", "nothing_to_learn",
        "unfair", "membership_leaks", "not_monotone",
    }
)  # fmt: skip
_GREEN: frozenset[ReasonCode] = frozenset({"better_than_serving", "like_serving"})


def verdict(made: ModelReport, broken: Sequence[str], serving: str) -> Verdict:
    reasons = [
        *(VerdictReason("not_monotone", name) for name in broken),
        *_compared(made, serving),
        *_trusted(made),
        *_fair(made, serving),
    ]
    codes = {each.code for each in reasons}
    colour: Colour = "red" if codes & _RED else "amber" if codes - _GREEN else "green"
    return Verdict(colour, tuple(reasons))


def _compared(made: ModelReport, serving: str) -> list[VerdictReason]:
    codes: dict[str, ReasonCode] = {
        MODEL_VERSION: "worse_than_prior",
        POPULARITY: "worse_than_popularity",
    }
    reasons = []
    for row in made.comparisons:
        if row.high < 0.0:
            code: ReasonCode = codes.get(row.model, "worse_than_serving")
            reasons.append(VerdictReason(code, row.side, row.difference))
        elif row.model == serving:
            better: ReasonCode = "better_than_serving" if row.low > 0.0 else "like_serving"
            reasons.append(VerdictReason(better, row.side, row.difference))
    return reasons


def _trusted(made: ModelReport) -> list[VerdictReason]:
    reasons = [
        VerdictReason("few_test_lists", row.side, float(row.queries))
        for row in made.accuracy
        if row.model == CANDIDATE and row.queries < LEAST_TEST_LISTS
    ]
    reasons += [
        VerdictReason("badly_calibrated", row.side, row.error)
        for row in made.calibration_error
        if row.error > MOST_CALIBRATION_ERROR
    ]
    if not made.accuracy:
        reasons.append(VerdictReason("few_test_lists", value=0.0))
    if made.membership is not None and made.membership.auc > MOST_LEAK:
        reasons.append(VerdictReason("membership_leaks", value=made.membership.auc))
    return reasons


def _fair(made: ModelReport, serving: str) -> list[VerdictReason]:
    reasons = []
    codes: dict[str, ReasonCode] = {"red": "unfair", "amber": "fairness_doubtful"}
    for row in made.fairness:
        if row.verdict in codes:
            reasons.append(VerdictReason(codes[row.verdict], row.group, row.ratio))
    if not made.fairness or any(row.verdict == "insufficient" for row in made.fairness):
        reasons.append(VerdictReason("fairness_unknown"))
    return [*reasons, *_narrowed(made, serving)]


def _narrowed(made: ModelReport, serving: str) -> list[VerdictReason]:
    """More unequal exposure than today by more than the allowance."""
    gini = {(r.side, r.model): r.value for r in made.exposure if r.measure == "gini"}
    sides = [side for side, model in gini if model == CANDIDATE]
    rises = {each: gini[each, CANDIDATE] - gini[each, serving] for each in sides}
    return [
        VerdictReason("exposure_narrows", side, rise)
        for side, rise in rises.items()
        if rise > MOST_NARROWING
    ]
