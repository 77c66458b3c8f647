from dataclasses import fields, replace
from datetime import date, timedelta

import numpy as np
import pytest
from hypothesis import given, settings

from matcher.ranking.context import RankingContext
from matcher.ranking.features import (
    OPENING_FEATURES,
    candidate_matrix,
    names,
    opening_features,
    opening_matrix,
)
from matcher.ranking.pair_rules import punctuality, recency
from matcher.ranking.prepared import PreparedOpenings, PreparedSeekers
from matcher.ranking.requirements import check
from matcher.ranking.types import CertificationProof, Course, Opening, Requirement, Seeker
from tests.unit.ranking.builders import (
    ADJACENCY,
    BARE,
    CONTEXT,
    SPACE,
    TODAY,
    must,
    opening_lists,
    openings,
    seeker_lists,
    seekers,
    skill,
)

NAMES = names(OPENING_FEATURES)
NEUTRAL = [each.neutral for each in OPENING_FEATURES]


def test_hand_computed_row() -> None:
    seeker = Seeker(
        1,
        skill("python", 4, 1.0) | skill("azure-networking", 3, 0.5) | skill("sql", 1),
        {"SAA": CertificationProof("SAA", verification=4)},
        sectors={"space": 0.8, "bio": 1.0},
        regions={"jeju": 1.0},
        employment={"part": 1.0},
        available_from=TODAY + timedelta(days=45),
    )
    opening = Opening(
        1,
        "space",
        (
            must("skill:python", 3),
            must("skill:aws-networking", 2),
            Requirement("skill:sql", "nice", 4),
            must("certification:SAA"),
            Requirement("certification:CLF", "nice"),
            Requirement("licence:gas", "licence"),
        ),
        "",
        "jeju",
        "full",
        TODAY - timedelta(days=30),
        None,
        TODAY,
        # python and sql are asked for anyway; azure-networking is held, docker is not
        frozenset({"python", "sql", "azure-networking", "docker"}),
        0.75,
    )
    row = dict(zip(NAMES, opening_features(seeker, opening, BARE), strict=True))
    assert row == pytest.approx(
        {
            "must_skill": (1 + 0.5) / 2,
            "nice_skill": 0.25,
            "certificate": 1 / 1.5,
            "proof": (1 + 0.5 * 0.5 + 0 * 0.5 + 1 + 0 * 0.5) / 4,
            "sector_wish": 0.8,
            "region_wish": 1.0,
            "employment_wish": 0.0,
            "text": 0.1,
            "recency": 0.5,
            "schedule": 0.5,
            "must_missing": 0.0,
            "must_exact": 2 / 3,
            "level_surplus": (0.5 + 0 + 0.5 * 0) / 2.5,
            "certificate_verified": (1 + 0.5 * 0) / 1.5,
            "mentioned_skill": 0.5,
            "popularity": 0.75,
        },
        abs=1e-12,
    )


def test_nothing_known_on_either_side_is_neutral_everywhere() -> None:
    assert opening_features(Seeker(1), Opening(1), CONTEXT).tolist() == NEUTRAL


def test_text_counts_when_both_sides_have_some() -> None:
    seeker, opening = Seeker(1, text="위성 데이터"), Opening(1, text="위성 데이터")
    assert opening_features(seeker, opening, CONTEXT)[7] == pytest.approx(1.0)
    assert opening_features(seeker, opening, BARE)[7] == 0.1


@pytest.mark.parametrize(
    ("days", "value"), [(0, 1.0), (-9, 1.0), (30, 0.5), (60, 0.25), (10_000, 0.0)]
)
def test_recency_halves_every_thirty_days(days: int, value: float) -> None:
    assert recency(TODAY - timedelta(days=days), TODAY) == pytest.approx(value, abs=1e-12)


@pytest.mark.parametrize(("late", "value"), [(-5, 1.0), (0, 1.0), (45, 0.5), (90, 0.0), (999, 0.0)])
def test_being_late_for_the_start_costs_evenly_over_ninety_days(late: int, value: float) -> None:
    assert punctuality(TODAY + timedelta(days=late), TODAY) == pytest.approx(value)


@given(seekers(), opening_lists())
def test_features_are_between_0_and_1_and_never_missing(
    seeker: Seeker, many: list[Opening]
) -> None:
    matrix = opening_matrix(seeker, many, CONTEXT)
    assert matrix.shape == (len(many), len(NAMES))
    assert matrix.dtype == np.float64
    assert np.isfinite(matrix).all()
    assert ((matrix >= 0.0) & (matrix <= 1.0)).all()


@settings(max_examples=80)
@given(seeker_lists(), opening_lists())
def test_both_sides_and_every_batch_give_the_same_bits(
    people: list[Seeker], many: list[Opening]
) -> None:
    ready = PreparedOpenings.from_openings(many, CONTEXT)
    crowd = PreparedSeekers.from_seekers(people, CONTEXT)
    by_person = [opening_matrix(each, ready, CONTEXT) for each in people]
    by_opening = [candidate_matrix(each, crowd, CONTEXT) for each in many]
    for row, person in enumerate(people):
        for column, opening in enumerate(many):
            alone = opening_features(person, opening, CONTEXT).tolist()
            assert by_person[row][column].tolist() == alone
            assert by_opening[column][row].tolist() == alone


@given(seekers(), openings())
def test_must_fit_is_the_mean_credit_of_the_checklist(seeker: Seeker, opening: Opening) -> None:
    lines = check(seeker, opening.requirements, ADJACENCY, today=TODAY).lines
    credit = [
        each.credit for each in lines if each.kind == "must" and each.key.startswith("skill:")
    ]
    expected = sum(credit) / len(credit) if credit else 0.4
    assert opening_features(seeker, opening, CONTEXT)[0] == expected


@given(seekers(), openings())
def test_order_and_repetition_of_requirements_change_nothing(
    seeker: Seeker, opening: Opening
) -> None:
    other = replace(opening, requirements=opening.requirements[::-1] + opening.requirements)
    ours, theirs = (opening_features(seeker, each, CONTEXT) for each in (opening, other))
    assert ours.tolist() == theirs.tolist()


def test_only_listed_fields_can_reach_the_model() -> None:
    assert [[field.name for field in fields(each)] for each in (Seeker, Opening, Course)] == [
        [
            "id",
            "skills",
            "certifications",
            "sectors",
            "regions",
            "employment",
            "weekly_hours",
            "available_from",
            "budget_krw",
            "text",
            "licences",
        ],
        [
            "id",
            "sector",
            "requirements",
            "text",
            "region",
            "employment_type",
            "posted_on",
            "closes_on",
            "starts_on",
            "mentioned",
            "popularity",
        ],
        [
            "id",
            "sector",
            "gained",
            "needed",
            "sessions",
            "certifications",
            "text",
            "mode",
            "popularity",
        ],
    ]


def test_every_feature_has_both_languages_and_a_neutral_value() -> None:
    assert len(set(NAMES)) == len(NAMES) == 16
    for each in OPENING_FEATURES:
        assert each.text_ko
        assert each.text_en
        assert 0.0 <= each.neutral <= 1.0
    assert [each.name for each in OPENING_FEATURES if each.is_proof] == [*NAMES[:4], *NAMES[10:15]]
    assert all(each.direction != 0 for each in OPENING_FEATURES if each.is_proof)


def test_prepared_data_of_another_context_are_refused() -> None:
    ready = PreparedOpenings.from_openings([Opening(1)], CONTEXT)
    crowd = PreparedSeekers.from_seekers([Seeker(1)], CONTEXT)
    tomorrow = RankingContext(date(2026, 11, 22), ADJACENCY, SPACE)
    with pytest.raises(ValueError, match="another context"):
        opening_matrix(Seeker(1), ready, BARE)
    with pytest.raises(ValueError, match="another day"):
        candidate_matrix(Opening(1), crowd, tomorrow)
    assert opening_matrix(Seeker(1), ready, tomorrow).shape == (1, len(NAMES))


def test_the_same_id_twice_is_refused() -> None:
    with pytest.raises(ValueError, match="opening 3 is listed twice"):
        opening_matrix(Seeker(1), [Opening(3), Opening(3)], CONTEXT)
    with pytest.raises(ValueError, match="seeker 4 is listed twice"):
        candidate_matrix(Opening(1), [Seeker(4), Seeker(4)], CONTEXT)
