"""Asking less: counts against the checklist of each person, and the front against brute force."""

from dataclasses import replace
from datetime import timedelta
from itertools import combinations
from random import Random

import pytest

from matcher.ranking.easing import Easing, Rung, Study, binding, easings
from matcher.ranking.front import drops_licence, front, most_useful, relaxations
from matcher.ranking.gaps import finished
from matcher.ranking.recount import Option, Recount
from matcher.ranking.requirements import check, holds_exactly
from matcher.ranking.types import CertificationProof, Course, Requirement, Seeker, SkillProof
from tests.unit.ranking.builders import TODAY

NEAR = {"python": {"sql": 0.5}, "sql": {"python": 1.0}}
SKILLS = ("python", "sql", "cloud", "gis")
LADDER = {"SAP": Rung(3, ("SAA", "CLF")), "SAA": Rung(2, ("CLF",)), "CLF": Rung(1)}


def person(number: int, licences: tuple[str, ...] = (), certs: str = "", **levels: int) -> Seeker:
    return Seeker(
        number,
        {slug: SkillProof(slug, level) for slug, level in levels.items()},
        {each: CertificationProof(each) for each in certs.split()},
        licences=frozenset(licences),
    )


def study(course: Course, weeks: int = 6) -> Study:
    return Study(course, TODAY + timedelta(weeks=weeks), weeks)


def random_person(random: Random, number: int) -> Seeker:
    levels = {slug: random.randint(1, 5) for slug in SKILLS if random.random() < 0.7}
    certs = " ".join(each for each in LADDER if random.random() < 0.4)
    licences = ("drone",) if random.random() < 0.6 else ()
    return person(number, licences, certs, **levels)


def random_asks(random: Random) -> tuple[Requirement, ...]:
    found = [
        Requirement(f"skill:{slug}", random.choice(("must", "must", "nice")), random.randint(1, 5))
        for slug in SKILLS[:3]
        if random.random() < 0.8
    ]
    if random.random() < 0.6:
        found.append(Requirement(f"certification:{random.choice(('SAA', 'SAP'))}", "must"))
    if random.random() < 0.5:
        found.append(Requirement("licence:drone", "licence"))
    if random.random() < 0.5:
        found.append(Requirement("skill:gis", "exclude", random.randint(3, 5)))
    return binding(found)


def random_studies(random: Random) -> list[Study]:
    found = []
    for number in range(1, 5):
        gained = {slug: (low, low + random.randint(1, 2)) for slug in SKILLS
                  if random.random() < 0.5 for low in (random.randint(0, 3),)}  # fmt: skip
        needed = (Requirement("skill:sql", "must", 2),) if random.random() < 0.5 else ()
        leads = ("SAA",) if random.random() < 0.5 else ()
        course = Course(number, gained=gained, needed=needed, certifications=leads)
        found.append(study(course, random.randint(0, 9)))
    return found


def is_met(seeker: Seeker, asked: Requirement) -> bool:
    if asked.kind == "must":
        return check(seeker, [asked], NEAR, today=TODAY).musts_met
    return holds_exactly(seeker, asked, TODAY) is (asked.kind == "licence")


def is_let_in(seeker: Seeker, way: Easing, asked: tuple[Requirement, ...]) -> bool:
    if way.now is not None and not is_met(seeker, way.now):
        return False
    if way.study is None or is_met(seeker, way.was):
        return True
    course = way.study.course
    if not all(is_met(seeker, each) for each in course.needed):
        return False
    after = finished(seeker, course)
    then = replace(seeker, skills={**seeker.skills, **after})
    if not all(is_met(then, each) for each in asked if each.kind == "exclude"):
        # who was shut out before is counted out by the exclusion itself
        return False
    slug = way.was.key.removeprefix("skill:")
    taught = {slug: after[slug]} if slug in after else {}
    only = replace(seeker, skills={**seeker.skills, **taught})
    return way.was.key in {f"certification:{each}" for each in course.certifications} or is_met(
        only, way.was
    )


def counted(people: list[Seeker], asked: tuple[Requirement, ...], ways: tuple[Easing, ...]) -> int:
    instead = {way.was: way for way in ways}
    return sum(
        all(
            is_let_in(each, instead[ask], asked) if ask in instead else is_met(each, ask)
            for ask in asked
        )
        for each in people
    )


@pytest.mark.parametrize("seed", range(12))
def test_every_single_and_pair_is_counted_as_the_checklist_counts(seed: int) -> None:
    random = Random(seed)
    people = [random_person(random, n) for n in range(1, 41)]
    asked = random_asks(random)
    ways = easings(asked, LADDER, random_studies(random))
    found = Recount.of(people, asked, ways, NEAR, TODAY)
    assert found.qualified == counted(people, asked, ())
    options = list(found.options())
    assert len(options) == found.tried
    for each in options:
        assert each.people == counted(people, asked, each.easings)
        assert each.loss == sum(way.loss for way in each.easings)
        assert each.weeks == max(way.weeks for way in each.easings)
    every = [(one,) for some in ways for one in some] + [
        (one, other) for a, b in combinations(ways, 2) for one in a for other in b
    ]
    assert [each.easings for each in options] == every


def is_dominated(one: Option, many: list[Option]) -> bool:
    mine = (-one.people, one.loss, one.weeks)
    theirs = [(-each.people, each.loss, each.weeks) for each in many]
    return any(each != mine and all(a <= b for a, b in zip(each, mine, strict=True))
               for each in theirs)  # fmt: skip


@pytest.mark.parametrize("seed", range(12))
def test_the_front_is_what_brute_force_leaves(seed: int) -> None:
    random = Random(seed)
    people = [random_person(random, n) for n in range(1, 41)]
    asked = random_asks(random)
    recount = Recount.of(people, asked, easings(asked, LADDER, random_studies(random)), NEAR, TODAY)
    found = relaxations(recount)
    helping = [each for each in recount.options() if each.people > recount.qualified]
    best = {(each.people, each.loss, each.weeks) for each in helping
            if not is_dominated(each, helping)}  # fmt: skip
    assert {(each.people, each.loss, each.weeks) for each in found.front} == best
    assert len(found.front) == len(best)
    assert found.tried == len(list(recount.options()))


def test_the_random_pools_do_have_fronts_courses_and_rules_in_them() -> None:
    seen: set[str] = set()
    for seed in range(12):
        random = Random(seed)
        people = [random_person(random, n) for n in range(1, 41)]
        asked = random_asks(random)
        recount = Recount.of(
            people, asked, easings(asked, LADDER, random_studies(random)), NEAR, TODAY
        )
        for each in relaxations(recount).front:
            seen |= {way.change for way in each.easings}
            seen |= {"course"} if each.weeks else set()
            seen |= {"pair"} if len(each.easings) == 2 else set()
    assert seen == {"nice", "level", "swap", "drop", "course", "pair"}


def test_a_lower_certificate_with_a_course_loses_less_and_starts_later() -> None:
    asked = binding([Requirement("certification:SAA", "must"), Requirement("skill:sql", "must", 2)])
    people = [
        *(person(n, certs="SAA", sql=3) for n in range(1, 4)),
        *(person(n, certs="SAA CLF", sql=1) for n in range(4, 6)),
        *(person(n, certs="CLF", sql=2) for n in range(6, 20)),
        *(person(n, certs="CLF", sql=1) for n in range(20, 23)),
    ]
    course = Course(1, certifications=("SAA",), needed=(Requirement("skill:sql", "must", 2),))
    recount = Recount.of(people, asked, easings(asked, LADDER, [study(course)]), {}, TODAY)
    assert (recount.qualified, recount.ranked) == (3, 22)
    shown = {
        (each.easings[0].change, each.easings[0].study is not None): (
            each.people, each.loss, each.weeks,
        )
        for each in recount.options()
        if len(each.easings) == 1 and each.easings[0].was.key == "certification:SAA"
    }  # fmt: skip
    assert shown == {
        ("swap", False): (14, 1, 0),
        ("nice", False): (17, 2, 0),
        ("swap", True): (14, 1, 6),
        ("nice", True): (17, 1, 6),
    }


def test_a_course_that_lifts_people_into_an_exclusion_does_not_count_them() -> None:
    asked = binding([
        Requirement("skill:python", "must", 3), Requirement("skill:cloud", "exclude", 3),
    ])  # fmt: skip
    lesson = Course(1, gained={"python": (2, 3), "cloud": (2, 3)})
    people = [person(1, python=2, cloud=2), person(2, python=2)]
    recount = Recount.of(people, asked, easings(asked, LADDER, [study(lesson)]), {}, TODAY)
    with_course = [each for each in recount.options() if each.weeks and len(each.easings) == 1]
    assert [each.people for each in with_course] == [1]


def test_a_licence_goes_last_and_never_beside_the_form() -> None:
    asked = binding([Requirement("licence:drone", "licence"), Requirement("skill:sql", "must", 2)])
    people = [person(1, ("drone",), sql=1), *(person(n, sql=3) for n in range(2, 12))]
    found = relaxations(Recount.of(people, asked, easings(asked, LADDER, []), {}, TODAY))
    assert found.single is not None
    assert not drops_licence(found.single)
    assert any(drops_licence(each) for each in found.front)
    assert [drops_licence(each) for each in most_useful(found, 3)] == [False]


def test_counts_under_the_least_are_read_as_none() -> None:
    asked = binding([Requirement("skill:sql", "must", 4)])
    people = [person(1, sql=4), *(person(n, sql=3) for n in range(2, 5)),
              *(person(n, sql=1) for n in range(5, 9))]  # fmt: skip
    recount = Recount.of(people, asked, easings(asked, LADDER, []), {}, TODAY)
    assert [each.people for each in relaxations(recount).front] == [8, 4]
    hidden = relaxations(recount, least=5)
    assert (hidden.before, [each.people for each in hidden.front]) == (0, [8])


def test_of_equals_the_one_with_fewer_changes_stays() -> None:
    way = Easing(Requirement("skill:sql", "must", 2), "nice", None, 2)
    pair = Option((way, way), 5, 2, 0)
    single = Option((way,), 5, 2, 0)
    assert front([pair, single]) == (single,)
    assert front([single, pair]) == (single,)


def test_without_people_or_asks_nothing_is_tried() -> None:
    nothing = Recount.of([], (), (), {}, TODAY)
    assert (nothing.qualified, nothing.ranked, nothing.tried) == (0, 0, 0)
    everybody = Recount.of([person(1)], (), (), {}, TODAY)
    assert (everybody.qualified, everybody.ranked) == (1, 1)
    assert relaxations(everybody).front == ()


def test_every_lower_certificate_is_tried_and_a_course_only_on_the_way_that_leads_up() -> None:
    rungs = {"SAP": Rung(3, ("SAA",), ("DVA", "AIF")), "SAA": Rung(2), "DVA": Rung(2)}
    asked = (Requirement("certification:SAP", "must"),)
    lesson = study(Course(1, certifications=("SAP",)))
    (ways,) = easings(asked, rungs, [lesson])
    found = [(each.now.key[-3:] if each.now else "", each.loss, each.weeks) for each in ways]
    assert found == [
        ("SAA", 1, 0), ("", 3, 0), ("DVA", 1, 0), ("AIF", 2, 0), ("SAA", 1, 6), ("", 2, 6),
    ]  # fmt: skip
    (without,) = easings((*asked, Requirement("certification:DVA", "must")), rungs, [])[:1]
    assert [each.now.key[-3:] for each in without if each.now] == ["SAA", "AIF"]
