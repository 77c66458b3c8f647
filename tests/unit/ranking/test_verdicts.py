"""What a report says about promotion."""

from dataclasses import replace
from datetime import date

import pytest

from matcher.ranking.report import (
    Accuracy,
    CalibrationError,
    Comparison,
    ExposureFigure,
    FairnessRow,
    Membership,
    ModelReport,
    Verdict,
)
from matcher.ranking.verdicts import verdict

SERVING = "learned-1"


def made(**more: object) -> ModelReport:
    """A report with nothing to say against the model."""
    good = ModelReport(
        artefact="a",
        made_on=date(2026, 11, 21),
        trained_until=date(2026, 11, 20),
        seed=0,
        seconds=1.0,
        verdict=Verdict("green", ()),
        accuracy=(Accuracy("youth", "NDCG@10", "candidate", 0.7, 0.6, 0.8, 200),),
        comparisons=(Comparison("youth", "NDCG@10", SERVING, 0.02, 0.01, 0.03, 200),),
        fairness=(FairnessRow("university", "a", 40, 80, 1.0, None, "green"),),
        membership=Membership(0.52, 0.48, 0.56, 200, 100),
    )
    return replace(good, **more)  # type: ignore[arg-type]


def codes(report: ModelReport, *broken: str) -> tuple[str, set[str]]:
    found = verdict(report, broken, SERVING)
    return found.colour, {each.code for each in found.reasons}


def test_a_model_with_nothing_against_it_is_green() -> None:
    assert codes(made()) == ("green", {"better_than_serving"})


@pytest.mark.parametrize(
    ("model", "code"),
    [
        (SERVING, "worse_than_serving"),
        ("additive-1", "worse_than_prior"),
        ("popularity", "worse_than_popularity"),
    ],
)
def test_worse_beyond_chance_than_anything_simpler_is_red(model: str, code: str) -> None:
    worse = Comparison("youth", "NDCG@10", model, -0.02, -0.03, -0.001, 200)
    assert codes(made(comparisons=(worse,))) == ("red", {code})
    unsure = Comparison("youth", "NDCG@10", model, -0.02, -0.05, 0.001, 200)
    assert codes(made(comparisons=(unsure,)))[0] == "green"


@pytest.mark.parametrize(
    ("more", "colour", "code"),
    [
        ({"membership": Membership(0.61, 0.5, 0.7, 9, 9)}, "red", "membership_leaks"),
        ({"fairness": (FairnessRow("u", "a", 9, 90, 0.5, 0.01, "red"),)}, "red", "unfair"),
        (
            {"fairness": (FairnessRow("u", "a", 9, 90, 0.7, 0.2, "amber"),)},
            "amber",
            "fairness_doubtful",
        ),
        ({"fairness": ()}, "amber", "fairness_unknown"),
        (
            {"accuracy": (Accuracy("youth", "NDCG@10", "candidate", 0.7, 0.6, 0.8, 49),)},
            "amber",
            "few_test_lists",
        ),
        ({"accuracy": ()}, "amber", "few_test_lists"),
        ({"calibration_error": (CalibrationError("youth", 0.11),)}, "amber", "badly_calibrated"),
        (
            {
                "exposure": (
                    ExposureFigure("youth", "gini", "candidate", 0.56),
                    ExposureFigure("youth", "gini", SERVING, 0.5),
                )
            },
            "amber",
            "exposure_narrows",
        ),
    ],
)
def test_each_doubt_has_its_colour_and_its_reason(
    more: dict[str, object], colour: str, code: str
) -> None:
    found = codes(made(**more))
    assert found[0] == colour
    assert code in found[1]


def test_a_broken_promise_is_red() -> None:
    assert codes(made(), "must_skill") == ("red", {"not_monotone", "better_than_serving"})
