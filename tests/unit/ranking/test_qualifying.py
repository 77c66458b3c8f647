"""Who qualifies, for everybody at once, against the checklist of one person and one opening."""

from datetime import date
from random import Random

import numpy as np

from matcher.ranking.gaps import finished
from matcher.ranking.qualifying import Qualifying
from matcher.ranking.requirements import canonical, check, hard, holds_exactly
from matcher.ranking.types import Course, Opening, Requirement, Seeker, SkillProof

TODAY = date(2026, 11, 21)
SKILLS = ("python", "sql", "cloud", "statistics")
NEAR = {"python": {"sql": 0.5}, "sql": {"python": 1.0}}


def by_checklist(seeker: Seeker, opening: Opening) -> bool:
    if seeker.sectors and opening.sector not in seeker.sectors:
        return False
    for rule in hard(canonical(opening.requirements)):
        if holds_exactly(seeker, rule, TODAY) is not (rule.kind == "licence"):
            return False
    lines = check(seeker, opening.requirements, NEAR, today=TODAY).lines
    return all(line.met == "met" for line in lines if line.kind == "must")


def seeker(random: Random, number: int) -> Seeker:
    skills = {s: SkillProof(s, random.randint(1, 4)) for s in SKILLS if random.random() < 0.6}
    sectors = {"space": 1.0} if random.random() < 0.5 else {}
    licences = frozenset({"drone"}) if random.random() < 0.5 else frozenset()
    return Seeker(number, skills, sectors=sectors, licences=licences)


def opening(random: Random, number: int) -> Opening:
    asked = [
        Requirement(f"skill:{s}", random.choice(("must", "must", "nice")), random.randint(1, 4))
        for s in SKILLS
        if random.random() < 0.5
    ]
    if random.random() < 0.3:
        asked.append(Requirement("licence:drone", "must"))
    if random.random() < 0.3:
        asked.append(Requirement("skill:cloud", "exclude", 4))
    return Opening(number, random.choice(("space", "energy")), tuple(asked))


def course(random: Random, number: int) -> Course:
    gained = {
        s: (low, low + 2)
        for s in SKILLS
        if random.random() < 0.5
        for low in (random.randint(0, 2),)
    }
    needed = (Requirement("skill:python", "must", 2),) if random.random() < 0.5 else ()
    return Course(number, gained=gained, needed=needed)


def test_the_arrays_say_what_the_checklist_says_before_and_after_a_course() -> None:
    random = Random(7)
    people = [seeker(random, n) for n in range(1, 60)]
    openings = [opening(random, n) for n in range(1, 30)]
    courses = [course(random, n) for n in range(1, 8)]
    found = Qualifying.of(people, openings, courses, NEAR, TODAY)
    now = found.now()
    assert now.tolist() == [[by_checklist(p, o) for o in openings] for p in people]
    assert now.any()
    for each in courses:
        takers = found.takers(each)
        after = found.after(each, takers)
        for row, person in enumerate(people):
            lines = check(person, each.needed, NEAR, today=TODAY).lines
            assert bool(takers[row]) is all(line.met == "met" for line in lines)
            then = {**person.skills, **finished(person, each)} if takers[row] else person.skills
            later = Seeker(person.id, then, sectors=person.sectors, licences=person.licences)
            assert after[row].tolist() == [by_checklist(later, o) for o in openings]


def test_a_course_can_close_an_opening_that_takes_nobody_so_advanced() -> None:
    person = Seeker(1, {"cloud": SkillProof("cloud", 2)})
    wanted = Opening(1, None, (Requirement("skill:cloud", "exclude", 4),))
    lesson = Course(1, gained={"cloud": (2, 4)})
    found = Qualifying.of([person], [wanted], [lesson], {}, TODAY)
    assert found.now().tolist() == [[True]]
    assert found.after(lesson, np.array([True])).tolist() == [[False]]


def test_without_people_or_openings_there_is_nothing_to_qualify_for() -> None:
    assert Qualifying.of([], [Opening(1)], [], {}, TODAY).now().shape == (0, 1)
    assert Qualifying.of([Seeker(1)], [], [], {}, TODAY).now().shape == (1, 0)
