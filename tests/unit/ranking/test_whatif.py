from dataclasses import replace
from datetime import date

from hypothesis import given, settings
from hypothesis import strategies as st

from matcher.ranking.features import opening_features
from matcher.ranking.prepared import PreparedOpenings
from matcher.ranking.recommend import rank_openings
from matcher.ranking.scorer import opening_scorer
from matcher.ranking.types import (
    CertificationProof,
    Course,
    Opening,
    Requirement,
    Seeker,
    SkillProof,
)
from matcher.ranking.whatif import Change, Plan, apply, what_if
from tests.unit.ranking.builders import (
    BARE,
    CONTEXT,
    SLUGS,
    certificates,
    must,
    opening_lists,
    openings,
    proofs,
    seekers,
    skill,
)

courses = st.builds(
    Course,
    st.just(1),
    gained=st.dictionaries(
        st.sampled_from(SLUGS),
        st.tuples(st.integers(0, 4), st.integers(1, 5)).filter(lambda pair: pair[0] < pair[1]),
        max_size=3,
    ),
)
plans = st.builds(
    Plan,
    st.lists(certificates, max_size=2).map(tuple),
    st.lists(proofs, max_size=3).map(tuple),
    st.lists(courses, max_size=2).map(tuple),
    st.sampled_from([0.0, 1 / 3]),
)


def test_hand_computed_change_of_score_and_place() -> None:
    person = Seeker(1, skill("python", 2))
    many = [
        Opening(1, None, (must("skill:python", 2),)),
        Opening(2, None, (must("skill:python", 2), must("certification:SAA"))),
    ]
    plan = Plan(certifications=(CertificationProof("SAA"),))
    assert what_if(person, plan, many, BARE) == (
        Change(2, *scores(person, plan, many[1]), 2, 1, 2, 2),
        Change(1, *scores(person, plan, many[0]), 1, 2, 2, 2),
    )
    assert [round(each.gain, 9) for each in what_if(person, plan, many, BARE)] == [0.8, 0.0]


def scores(person: Seeker, plan: Plan, opening: Opening) -> tuple[float, float]:
    """Straight from the scorer, past the ranking."""
    both = [opening_features(each, opening, BARE) for each in (person, apply(person, plan))]
    before, after = opening_scorer().predict(both).tolist()
    return before, after


@settings(max_examples=200)
@given(seekers(), plans, opening_lists(hard=True))
def test_what_if_equals_the_live_score_after_really_doing_it(
    person: Seeker, plan: Plan, many: list[Opening]
) -> None:
    ready = PreparedOpenings.from_openings(many, CONTEXT)
    predicted = what_if(person, plan, ready, CONTEXT)
    now = {each.id: each for each in rank_openings(person, many, CONTEXT).items}
    done = {each.id: each for each in rank_openings(apply(person, plan), many, CONTEXT).items}
    assert {each.id for each in predicted} == now.keys() | done.keys()
    for each in predicted:
        for items, rank, score in (
            (now, each.rank_before, each.score_before),
            (done, each.rank_after, each.score_after),
        ):
            live = items.get(each.id)
            assert (rank, score) == ((live.rank, live.score) if live else (None, None))
        assert (each.of_before, each.of) == (len(now), len(done))


@settings(max_examples=2000)
@given(seekers(), plans, openings())
def test_more_proof_never_lowers_a_score(person: Seeker, plan: Plan, opening: Opening) -> None:
    both = [opening_features(each, opening, CONTEXT) for each in (person, apply(person, plan))]
    before, after = opening_scorer().additive(both).tolist()
    assert after >= before


@settings(max_examples=300)
@given(seekers(), plans)
def test_a_plan_lowers_nothing_and_doing_it_twice_is_doing_it_once(
    person: Seeker, plan: Plan
) -> None:
    after = apply(person, replace(plan, courses=()))
    assert apply(after, replace(plan, courses=())) == after
    for slug, held in person.skills.items():
        assert (after.skills[slug].level, after.skills[slug].verified) >= (held.level, 0.0)
        assert after.skills[slug].verified >= held.verified
    assert person.certifications.keys() <= after.certifications.keys()


def test_finished_courses_build_on_each_other() -> None:
    first = Course(1, gained={"python": (0, 2)})
    second = Course(2, gained={"python": (2, 4)})
    after = apply(Seeker(1), Plan(courses=(first, second), course_verified=1 / 3))
    assert after.skills == {"python": SkillProof("python", 4, 1 / 3)}


def test_a_renewed_certificate_keeps_the_later_day_and_the_better_proof() -> None:
    early, late = date(2027, 1, 1), date(2029, 1, 1)
    cases = [
        (CertificationProof("A", True, late, 4), CertificationProof("A", True, early, 1)),
        (CertificationProof("A", False, late, 2), CertificationProof("A", True, early, 1)),
        (CertificationProof("A", True, early, 2), CertificationProof("A", False, late, 4)),
        (CertificationProof("A", True, None, 1), CertificationProof("A", True, early, 3)),
    ]
    assert [
        apply(Seeker(1, certifications={"A": held}), Plan(certifications=(new,))).certifications[
            "A"
        ]
        for held, new in cases
    ] == [
        CertificationProof("A", True, late, 4),
        CertificationProof("A", True, early, 2),
        CertificationProof("A", True, early, 2),
        CertificationProof("A", True, None, 3),
    ]


def test_a_plan_that_hits_an_exclusion_shows_the_opening_leaving() -> None:
    person = Seeker(1, skill("python", 2))
    many = [Opening(1, requirements=(Requirement("skill:python", "exclude", 4),))]
    (change,) = what_if(person, Plan(skills=(SkillProof("python", 4),)), many, BARE)
    assert (change.rank_before, change.rank_after, change.score_after, change.of) == (
        1,
        None,
        None,
        0,
    )


def test_a_first_skill_brings_a_blank_profile_its_first_places() -> None:
    many = [Opening(1, requirements=(must("skill:python", 1),))]
    (change,) = what_if(Seeker(1), Plan(skills=(SkillProof("python", 1),)), many, BARE)
    assert (change.rank_before, change.rank_after, change.of_before, change.of) == (None, 1, 0, 1)
