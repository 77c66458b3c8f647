from datetime import date

import pytest
from hypothesis import given

from matcher.matching.checklist import proof_stage
from matcher.ranking.met_table import MetTable
from matcher.ranking.prepared import PreparedSeekers
from matcher.ranking.requirements import EXPIRED_CREDIT, Line, canonical, check, holds_exactly
from matcher.ranking.types import (
    CertificationProof,
    Course,
    Opening,
    Requirement,
    Seeker,
    SkillProof,
    collect_skills,
    level_after,
)
from tests.unit.ranking.builders import ADJACENCY, BARE, TODAY, must, openings, seeker_lists, skill


def test_a_skill_above_the_asked_level_is_met_and_below_is_partly() -> None:
    seeker = Seeker(1, skill("python", 4) | skill("sql", 1))
    wanted = (must("skill:python", 3), must("skill:sql", 4), must("skill:docker", 1))
    got = check(seeker, wanted, {})
    assert got.lines == (
        Line("skill:docker", "must", 1, "missing", 0.0),
        Line("skill:python", "must", 3, "met", 1.0, 4),
        Line("skill:sql", "must", 4, "partly", 0.25, 1),
    )
    assert (got.met_count, got.total, got.musts_met) == (1, 3, False)


def test_azure_networking_counts_half_for_aws_networking_and_says_so() -> None:
    seeker = Seeker(1, skill("azure-networking", 3))
    (line,) = check(seeker, [must("skill:aws-networking", 2)], ADJACENCY).lines
    assert line == Line(
        "skill:aws-networking", "must", 2, "partly", 0.5, None, "skill:azure-networking", 0.5
    )


def test_adjacency_takes_the_best_single_source_and_never_adds_up() -> None:
    seeker = Seeker(1, skill("postgresql", 4) | skill("sql", 2))
    (line,) = check(seeker, [must("skill:database", 4)], ADJACENCY).lines
    assert (line.credit, line.via) == (0.5, "skill:postgresql")


def test_own_skill_wins_over_an_equal_neighbour() -> None:
    seeker = Seeker(1, skill("postgresql", 4) | skill("database", 2))
    (line,) = check(seeker, [must("skill:database", 4)], ADJACENCY).lines
    assert (line.credit, line.via, line.held_level) == (0.5, None, 2)


def test_a_licence_is_met_exactly_and_never_by_something_near() -> None:
    wanted = [Requirement("licence:electric", "licence")]
    near = check(Seeker(1, skill("python", 5)), wanted, ADJACENCY)
    held = check(Seeker(1, licences=frozenset({"electric"})), wanted, ADJACENCY)
    assert [near.lines[0].met, held.lines[0].met] == ["missing", "met"]
    assert [near.musts_met, held.musts_met] == [False, True]


def test_a_licence_asked_as_a_must_is_a_licence() -> None:
    assert canonical([must("licence:gas")]) == (Requirement("licence:gas", "licence"),)


@pytest.mark.parametrize(
    ("proof", "credit", "met", "expired"),
    [
        (CertificationProof("SAA"), 1.0, "met", False),
        (CertificationProof("SAA", True, date(2026, 11, 21)), 1.0, "met", False),
        (CertificationProof("SAA", True, date(2026, 11, 20)), EXPIRED_CREDIT, "partly", True),
        (CertificationProof("SAA", False), EXPIRED_CREDIT, "partly", True),
        (CertificationProof("SAP"), 0.8, "partly", False),
    ],
)
def test_certificates_count_by_their_state(
    proof: CertificationProof, credit: float, met: str, expired: bool
) -> None:
    seeker = Seeker(1, certifications={proof.id: proof})
    (line,) = check(seeker, [must("certification:SAA")], ADJACENCY, today=TODAY).lines
    assert (line.credit, line.met, line.expired) == (credit, met, expired)


def test_five_of_seven_met_counts_musts_nices_and_licences() -> None:
    seeker = Seeker(
        1,
        skill("python", 3) | skill("sql", 3) | skill("git", 1),
        {"SAA": CertificationProof("SAA")},
        licences=frozenset({"gas"}),
    )
    wanted = [
        must("skill:python", 3),
        must("skill:sql", 3),
        Requirement("skill:git", "nice", 1),
        Requirement("skill:docker", "nice", 1),
        Requirement("skill:sql-2", "nice"),
        must("certification:SAA"),
        Requirement("licence:gas", "licence"),
        Requirement("skill:cobol", "exclude"),
    ]
    got = check(seeker, wanted, {})
    assert (got.met_count, got.total, got.musts_met) == (5, 7, True)


def test_an_excluded_thing_counts_against() -> None:
    wanted = [must("skill:python"), Requirement("skill:sql", "exclude", 4)]
    low = check(Seeker(1, skill("python", 1) | skill("sql", 3)), wanted, {})
    high = check(Seeker(1, skill("python", 1) | skill("sql", 4)), wanted, {})
    assert (low.met_count, low.total, low.musts_met) == (1, 1, True)
    assert (high.met_count, high.total, high.musts_met) == (0, 1, False)


def test_repeated_requirements_count_once_at_the_stricter_reading() -> None:
    wanted = [
        Requirement("skill:sql", "nice", 4),
        must("skill:sql", 2),
        Requirement("skill:x", "exclude", 5),
        Requirement("skill:x", "exclude", 3),
    ]
    assert canonical(wanted) == (must("skill:sql", 4), Requirement("skill:x", "exclude", 3))
    assert canonical(reversed(wanted)) == canonical(wanted)


def test_five_thousand_repeats_of_a_skill_count_once() -> None:
    repeats = [SkillProof("python", 1 + each % 3, each % 2 / 2) for each in range(5_000)]
    assert collect_skills(repeats) == {"python": SkillProof("python", 3, 0.5)}


@pytest.mark.parametrize(
    ("level", "step", "after"),
    [(0, (0, 2), 2), (2, (1, 3), 3), (4, (1, 3), 4), (0, (2, 4), 2), (3, (2, 4), 4)],
)
def test_a_course_lifts_by_its_own_steps_and_never_lowers(
    level: int, step: tuple[int, int], after: int
) -> None:
    assert level_after(level, step) == after


@pytest.mark.parametrize(
    "make",
    [
        lambda: SkillProof("a", 6),
        lambda: SkillProof("a", 1, 1.5),
        lambda: SkillProof("a", 1, float("nan")),
        lambda: CertificationProof("a", verification=0),
        lambda: Requirement("python", "must"),
        lambda: Requirement("skill:python", "must", 0),
        lambda: Seeker(1, sectors={"space": float("nan")}),
        lambda: Seeker(1, regions={"jeju": float("inf")}),
        lambda: Course(1, gained={"python": (3, 3)}),
    ],
)
def test_values_outside_their_range_are_refused(make: object) -> None:
    assert callable(make)
    with pytest.raises(ValueError, match=r"must|needs"):
        make()


def test_hard_rules_may_also_name_certificates_and_look_at_the_very_thing() -> None:
    licence = Requirement("certification:SAA", "licence")
    exclude = Requirement("certification:CLF", "exclude")
    expired = CertificationProof("SAA", True, date(2026, 11, 20))
    people = [
        Seeker(1, certifications={"SAA": CertificationProof("SAA")}),
        Seeker(1, certifications={"SAA": expired}),
        Seeker(1, certifications={"SAP": CertificationProof("SAP")}),
        Seeker(1, certifications={"CLF": CertificationProof("CLF")}),
    ]
    for rule, expected in ((licence, [True, False, False, False]), (exclude, [False] * 3 + [True])):
        assert [holds_exactly(each, rule, TODAY) for each in people] == expected
        lines = [check(each, [rule], ADJACENCY, today=TODAY).lines[0] for each in people]
        assert [line.met == "met" for line in lines] == expected


@given(seeker_lists(), openings(1, hard=True))
def test_the_table_of_many_people_says_what_each_checklist_says(
    people: list[Seeker], opening: Opening
) -> None:
    table = MetTable.of(PreparedSeekers.from_seekers(people, BARE), opening.requirements)
    for row, person in enumerate(people):
        lines = check(person, opening.requirements, ADJACENCY, today=TODAY).lines
        asked = [each for each in lines if each.kind != "exclude"]
        assert [each.key for each in asked] == [each.key for each in table.asked]
        assert [each.met == "met" for each in asked] == table.met[row].tolist()
        stages = [
            0 if each.met == "missing" else proof_stage(each.via or each.key, person) or 0
            for each in asked
        ]
        assert stages == table.stage[row].tolist()
