"""One person's rows with more recorded: nothing that counts goes down, whoever judged."""

from datetime import timedelta

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from matcher.matching.own_records import Deed, Finished, OwnPass, OwnRecords, Passed, Reached
from matcher.matching.seekers import seeker_from
from matcher.policy.profiles import Rating, taught
from matcher.ranking.features import opening_features
from matcher.ranking.model import prior
from matcher.ranking.types import Course, Opening, SkillProof
from matcher.store.match_rows import PassRow, SkillRow, YouthRow
from models.skill import RATER_PRECEDENCE, Rater
from tests.unit.ranking.builders import CONTEXT, TODAY, openings

SLUGS = ("python", "sql", "amazon-s3", "amazon-ecs")
"""S3 follows from CLF and SAA, ECS from SAA and SAP."""
EXAMS = ("CLF", "SAA", "SAP")
YOUTH = YouthRow(7, 8, TODAY, None, "")
TEST, DESK, PARTNER, OWN = Rater.TEST, Rater.COORDINATOR, Rater.PARTNER, Rater.SELF


def row(rater: Rater, level: int, verification: int, skill: str = "python") -> SkillRow:
    return SkillRow(7, skill, level, rater, verification)


days = st.integers(-1500, 0).map(lambda each: TODAY + timedelta(days=each))
rows = st.lists(
    st.builds(
        row,
        st.sampled_from(RATER_PRECEDENCE),
        st.integers(1, 5),
        st.integers(1, 4),
        st.sampled_from(SLUGS),
    ),
    max_size=8,
    unique_by=lambda each: (each.skill, each.rater),
)
passes = st.lists(
    st.builds(
        lambda exam, on, kept, stage: OwnPass(
            exam, on, on + timedelta(days=1095 + kept) if on else None, stage
        ),
        st.sampled_from(EXAMS),
        st.none() | days,
        st.sampled_from([0, 400]),
        st.integers(1, 4),
    ),
    max_size=3,
)
steps = st.tuples(st.integers(0, 4), st.integers(1, 5)).filter(lambda pair: pair[0] < pair[1])
deeds: st.SearchStrategy[Deed] = st.one_of(
    st.builds(Passed, st.sampled_from(EXAMS), st.none(), days),
    st.builds(Reached, st.sampled_from(SLUGS), st.integers(1, 5)),
    st.builds(
        lambda gained: Finished(Course(1, gained=gained)),
        st.dictionaries(st.sampled_from(SLUGS), steps, max_size=3),
    ),
)
people = st.builds(lambda held, passed: OwnRecords.of(YOUTH, TODAY, held, passed), rows, passes)


@pytest.mark.parametrize(
    ("held", "step", "written"),
    [
        ([], (0, 3), Rating(3, 2)),
        ([], (2, 4), Rating(2, 2)),
        ([row(OWN, 1, 1)], (0, 3), Rating(3, 2)),
        ([row(OWN, 1, 1)], (2, 4), Rating(3, 2)),
        ([row(OWN, 3, 1)], (0, 3), Rating(3, 2)),
        ([row(OWN, 4, 1)], (0, 3), None),
        ([row(PARTNER, 2, 3)], (1, 3), Rating(3, 3)),
        ([row(PARTNER, 4, 2)], (1, 3), None),
        ([row(PARTNER, 1, 2), row(OWN, 5, 4)], (1, 3), Rating(3, 2)),
        ([row(DESK, 2, 2)], (1, 3), Rating(3, 2)),
        ([row(DESK, 2, 4)], (1, 3), Rating(3, 4)),
        ([row(DESK, 3, 2)], (1, 3), None),
        ([row(DESK, 3, 1)], (1, 3), Rating(3, 2)),
        ([row(DESK, 4, 2)], (1, 3), None),
        ([row(TEST, 5, 3)], (1, 3), None),
        ([row(TEST, 2, 4)], (1, 3), Rating(3, 2)),
        ([row(TEST, 1, 4), row(DESK, 5, 2)], (0, 3), None),
        ([row(TEST, 1, 4), row(DESK, 2, 1)], (0, 3), Rating(3, 2)),
    ],
)
def test_what_a_finished_course_writes(
    held: list[SkillRow], step: tuple[int, int], written: Rating | None
) -> None:
    assert taught(held, step) == written


@settings(max_examples=300)
@given(people, st.lists(deeds, max_size=4))
def test_what_is_ranked_is_what_all_the_rows_make(person: OwnRecords, some: list[Deed]) -> None:
    after = person.after(some)
    held = [
        PassRow(7, each.certification, each.expires_on, each.verification) for each in after.passes
    ]
    flat = [each for rows in after.skills.values() for each in rows]
    assert after.seeker() == seeker_from(YOUTH, TODAY, flat, held, frozenset(), ())
    assert len({(each.skill, each.rater) for each in flat}) == len(flat)


def is_own_word_over_a_certificate(person: OwnRecords, deed: Deed) -> bool:
    """A higher level on nobody's word but one's own stands unproved, whatever is proved below."""
    return isinstance(deed, Reached) and deed.skill in person.follows


@settings(max_examples=500)
@given(people, st.lists(deeds, max_size=4), openings())
def test_more_recorded_never_counts_for_less(
    person: OwnRecords, some: list[Deed], opening: Opening
) -> None:
    some = [each for each in some if not is_own_word_over_a_certificate(person, each)]
    before, after = person.seeker(), person.after(some).seeker()
    for slug, held in before.skills.items():
        then = after.skills[slug]
        assert (then.level >= held.level, then.verified >= held.verified) == (True, True)
    for name, proof in before.certifications.items():
        assert after.certifications[name].is_active(TODAY) >= proof.is_active(TODAY)
    both = [opening_features(each, opening, CONTEXT) for each in (before, after)]
    first, last = prior().opening.additive(both).tolist()
    assert last >= first


def test_an_own_word_moves_only_what_nobody_else_judged() -> None:
    person = OwnRecords.of(YOUTH, TODAY, [row(DESK, 2, 2), row(OWN, 1, 1), row(OWN, 3, 1, "sql")])
    claims = [Reached("python", 5), Reached("sql", 2), Reached("git", 4)]
    after = person.after(claims)
    assert after.seeker().skills == {
        "git": SkillProof("git", 4, 0.0),
        "python": SkillProof("python", 2, 1 / 3),
        "sql": SkillProof("sql", 3, 0.0),
    }
    assert after.skills["python"] == (row(DESK, 2, 2), row(OWN, 5, 1))


def test_courses_build_on_each_other_in_the_order_given() -> None:
    first = Finished(Course(1, gained={"python": (0, 2)}))
    second = Finished(Course(2, gained={"python": (2, 4)}))
    person = OwnRecords.of(YOUTH, TODAY, [])
    levels = [
        person.after(some).seeker().skills["python"].level
        for some in ([first, second], [second, first])
    ]
    assert levels == [4, 2]
