"""What follows from a certificate stands beside the judgements of people and lowers nothing."""

from itertools import product

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from matcher.policy.profiles import Rating, counting, taught, weighed
from matcher.store.match_rows import SkillRow
from models.skill import RATER_PRECEDENCE, Rater

TEST, DESK, PARTNER, OWN = Rater.TEST, Rater.COORDINATOR, Rater.PARTNER, Rater.SELF
AWS = Rater.CERTIFICATE


def row(rater: Rater, level: int, verification: int) -> SkillRow:
    return SkillRow(1, "amazon-s3", level, rater, verification)


judged = st.lists(
    st.builds(row, st.sampled_from(RATER_PRECEDENCE), st.integers(1, 5), st.integers(1, 4)),
    max_size=4,
    unique_by=lambda each: each.rater,
)
follows = st.lists(
    st.builds(row, st.just(AWS), st.sampled_from([2, 3, 4]), st.integers(2, 4)),
    min_size=1,
    max_size=3,
)


def counted(rows: list[SkillRow]) -> Rating:
    found = weighed(rows)["amazon-s3"]
    return Rating(found.level, found.verification)


@pytest.mark.parametrize(
    ("rows", "by", "counts"),
    [
        ([row(AWS, 3, 4)], AWS, (3, 4)),
        ([row(OWN, 2, 1), row(AWS, 3, 2)], AWS, (3, 2)),
        ([row(OWN, 3, 1), row(AWS, 3, 2)], AWS, (3, 2)),
        ([row(OWN, 5, 1), row(AWS, 3, 4)], OWN, (5, 1)),
        ([row(DESK, 3, 2), row(AWS, 3, 2)], AWS, (3, 2)),
        ([row(DESK, 3, 3), row(AWS, 3, 2)], DESK, (3, 3)),
        ([row(DESK, 4, 2), row(AWS, 3, 4)], DESK, (4, 4)),
        ([row(TEST, 2, 4), row(AWS, 3, 2)], AWS, (3, 4)),
        ([row(TEST, 1, 4), row(DESK, 5, 2), row(AWS, 3, 2)], AWS, (3, 4)),
        ([row(AWS, 4, 2), row(AWS, 3, 4)], AWS, (4, 4)),
    ],
)
def test_who_counts_beside_a_certificate(
    rows: list[SkillRow], by: Rater, counts: tuple[int, int]
) -> None:
    assert counting(rows)["amazon-s3"].rater is by
    assert counted(rows) == counts


@settings(max_examples=500)
@given(judged, follows)
def test_a_certificate_lowers_neither_a_level_nor_its_proof(
    said: list[SkillRow], some: list[SkillRow]
) -> None:
    now = counted([*said, *some])
    best = max(Rating(each.level, each.verification) for each in some)
    assert now.level >= best.level
    if said:
        before = counted(said)
        assert (now.level >= before.level, now.verification >= before.verification) == (True, True)


@settings(max_examples=500)
@given(judged, follows, follows)
def test_one_more_certificate_never_takes_away_what_another_gave(
    said: list[SkillRow], some: list[SkillRow], more: list[SkillRow]
) -> None:
    before, after = counted([*said, *some]), counted([*said, *some, *more])
    assert (after.level >= before.level, after.verification >= before.verification) == (True, True)


@settings(max_examples=300)
@given(judged, follows)
def test_only_an_own_word_above_stands_with_less_proof_than_the_certificate(
    said: list[SkillRow], some: list[SkillRow]
) -> None:
    rows = [*said, *some]
    proof = max(each.verification for each in some)
    if counted(rows).verification < proof:
        by = counting(rows)["amazon-s3"]
        assert by.rater is OWN
        assert by.level > max(each.level for each in some)


@given(judged, follows)
def test_the_order_in_which_rows_are_read_changes_nothing(
    said: list[SkillRow], some: list[SkillRow]
) -> None:
    assert counted([*said, *some]) == counted([*reversed(some), *reversed(said)])


@pytest.mark.parametrize(
    ("held", "step", "written"),
    [
        ([row(AWS, 3, 4)], (0, 2), Rating(2, 2)),
        ([row(AWS, 3, 4)], (2, 4), Rating(4, 2)),
        ([row(OWN, 1, 1), row(AWS, 3, 4)], (3, 5), Rating(5, 2)),
        ([row(OWN, 5, 1), row(AWS, 3, 4)], (1, 3), None),
        ([row(DESK, 2, 2), row(AWS, 4, 4)], (1, 3), Rating(3, 2)),
        ([row(DESK, 3, 2), row(AWS, 4, 4)], (1, 3), None),
    ],
)
def test_a_course_climbs_from_a_certificate_and_copies_none_of_its_proof(
    held: list[SkillRow], step: tuple[int, int], written: Rating | None
) -> None:
    assert taught(held, step) == written


def test_a_finished_course_leaves_no_less_beside_a_certificate_than_without_it() -> None:
    """Also after the certificate ended."""
    steps = [(low, high) for low, high in product(range(5), range(1, 6)) if low < high]
    for own, level, step in product([None, *range(1, 6)], (2, 3, 4), steps):
        said = [] if own is None else [row(OWN, own, 1)]
        alone, beside = taught(said, step), taught([*said, row(AWS, level, 4)], step)
        assert (alone is None) == (beside is None)
        if alone is not None and beside is not None:
            assert beside >= alone
