"""320 made-up youths: who they are, what they want, what they can do when they sign up."""

from dataclasses import dataclass
from datetime import date, datetime, timedelta
from random import Random

from matcher.catalogue.demo.days import HISTORY_DAYS, ago, ahead, waking, weighted
from matcher.catalogue.demo.files import skill_name
from matcher.catalogue.demo.life import Life
from matcher.catalogue.demo.names import make_names
from matcher.catalogue.demo.shape import (
    ConsentGiven,
    LicenceHeld,
    NoticeRead,
    Person,
    SkillRating,
    Wish,
    Youth,
)
from matcher.catalogue.demo.standing import HANEUL, HANEUL_SKILLS, YOUTHS, StandingYouth
from matcher.catalogue.roles import Role, load_roles

COUNT = 320
FIELDS = ("name", "email", "skills", "certifications")
"""What an employer consent opens."""

_AFFILIATIONS = {"rise_university": 0.46, "other_school": 0.14, "in_work": 0.22, "none": 0.18}
_UNIVERSITIES = {"jejunu": 0.55, "halla": 0.28, "jtu": 0.17}
_STUDENT = {"enrolled": 0.5, "on_leave": 0.1, "expected_graduate": 0.25, "graduated": 0.15}
_STATUS = {
    "rise_university": _STUDENT,
    "other_school": _STUDENT,
    "in_work": {"working": 1.0},
    "none": {"seeking": 0.75, "graduated": 0.25},
}
_EXTRAS = (
    "python", "excel", "teamwork", "presentation", "english", "git", "linux", "sql", "docker",
    "data-analysis", "technical-documentation", "problem-solving", "cloud-computing",
)  # fmt: skip
_EVIDENCE = {
    "project": "{skill} 팀 과제",
    "link": "https://example.com/work/{number}",
    "note": "동아리에서 {skill} 써 봄",
}
_ABOUT = (
    "{role} 쪽 일을 하고 싶어요. {first}부터 차근차근 쌓고 있어요.",
    "{first}, {second} 다루는 것을 좋아해요.",
    "다른 일을 하다가 {role} 쪽으로 옮기려고 공부하고 있어요.",
    "제주에서 오래 일할 자리를 찾아요. 요즘은 {second} 공부를 해요.",
    "",
)


@dataclass(frozen=True, slots=True)
class Crowd:
    people: tuple[Person, ...]
    youths: tuple[Youth, ...]
    lives: tuple[Life, ...]
    wishes: tuple[Wish, ...]
    licences: tuple[LicenceHeld, ...]
    consents: tuple[ConsentGiven, ...]
    notices: tuple[NoticeRead, ...]


@dataclass(slots=True)
class _Making:
    people: list[Person]
    youths: list[Youth]
    lives: list[Life]
    wishes: list[Wish]
    licences: list[LicenceHeld]
    consents: list[ConsentGiven]
    notices: list[NoticeRead]


def make_youths(random: Random, today: date, coordinators: dict[str, int]) -> Crowd:
    """`coordinators`: university slug -> account number of who confirms its students' skills.

    Account numbers of youths equal their own numbers; staff come after them.
    """
    made = _Making([], [], [], [], [], [], [])
    names = make_names(random, COUNT - len(YOUTHS))
    for number in range(1, COUNT + 1):
        standing = YOUTHS[number - 1] if number <= len(YOUTHS) else None
        name, email = names[number - 1 - len(YOUTHS)] if standing is None else ("", "")
        _make(made, random, today, number, standing, name, email)
        _skills(made.lives[-1], random, today, coordinators, _is_blank(random, standing))
    return Crowd(
        people=tuple(made.people),
        youths=tuple(made.youths),
        lives=tuple(made.lives),
        wishes=tuple(made.wishes),
        licences=tuple(made.licences),
        consents=tuple(made.consents),
        notices=tuple(made.notices),
    )


def _is_blank(random: Random, standing: StandingYouth | None) -> bool:
    return random.random() < 0.05 if standing is None else standing.is_blank


def _make(
    made: _Making,
    random: Random,
    today: date,
    number: int,
    standing: StandingYouth | None,
    name: str,
    email: str,
) -> None:
    roles = {role.slug: role for role in load_roles()}
    role = roles[standing.role] if standing else random.choice(load_roles())
    joined = _joined(random, today, standing)
    at = waking(joined, random)
    affiliation = standing.affiliation if standing else weighted(random, _AFFILIATIONS)
    university = weighted(random, _UNIVERSITIES) if affiliation == "rise_university" else None
    organisation = standing.organisation if standing else university
    status = standing.status if standing else weighted(random, _STATUS[affiliation])
    life = Life(
        number=number,
        account=number,
        joined_on=joined,
        role=role.slug,
        sectors=standing.sectors if standing else _sectors(random, role),
        regions=_regions(random),
        employment=_employment(random),
        organisation=organisation,
        is_working=status == "working",
        talent=1.2 if number == HANEUL else random.gauss(0, 1),
        diligence=1.5 if number == HANEUL else random.gauss(0, 1),
    )
    made.lives.append(life)
    made.people.append(
        Person(
            number=number,
            email=standing.email if standing else email,
            name=standing.name if standing else name,
            role="youth",
            organisation=None,
            created_at=at,
            is_standing=standing is not None,
        )
    )
    made.youths.append(_youth(random, today, life, role, affiliation, status, standing, at))
    made.wishes += _wishes(life, standing)
    made.licences += _licences(random, life, role, at)
    made.notices.append(NoticeRead(number, at))
    made.consents += _consents(random, life, standing, at)


def _joined(random: Random, today: date, standing: StandingYouth | None) -> date:
    """More and more people join as the service grows."""
    if standing is not None:
        return ago(today, 2 if standing.is_blank else 600)
    return ago(today, 6 + int((HISTORY_DAYS - 6) * (1 - random.random() ** 0.75)))


def _youth(
    random: Random,
    today: date,
    life: Life,
    role: Role,
    affiliation: str,
    status: str,
    standing: StandingYouth | None,
    at: datetime,
) -> Youth:
    tools = [skill_name(need.skill) for need in role.requirements if need.skill]
    about = random.choice(_ABOUT).format(role=role.name_ko, first=tools[0], second=tools[1])
    is_claimed = standing is None and random.random() < 0.12
    return Youth(
        number=life.number,
        account=life.account,
        affiliation=affiliation,
        affiliation_state="claimed"
        if affiliation != "rise_university" or is_claimed
        else "confirmed",
        organisation=life.organisation,
        status=status,
        graduation_on=_graduation(random, today, status),
        available_from=ahead(today, random.choice((0, 30, 60, 90, 120, 200))),
        weekly_hours=10 if life.number == HANEUL else random.choice((4, 6, 8, 10, 12, 15, 20)),
        budget_krw=random.choice((0, 50_000, 100_000, 300_000, 500_000)),
        about=about if standing is None else standing.about,
        created_at=at,
        updated_at=at,
    )


def _graduation(random: Random, today: date, status: str) -> date | None:
    if status == "expected_graduate":
        return ahead(today, random.randint(60, 300))
    if status in ("enrolled", "on_leave"):
        return ahead(today, random.randint(300, 1100))
    return ago(today, random.randint(60, 2500)) if status == "graduated" else None


def _sectors(random: Random, role: Role) -> tuple[str, ...]:
    if random.random() < 0.12:
        return ()
    others = [sector for sector in ("space", "energy", "bio", "mobility") if sector != role.sector]
    return (role.sector, *random.sample(others, random.choice((0, 0, 1, 1, 2))))


def _regions(random: Random) -> tuple[str, ...]:
    return random.choice(
        (("jeju-si",), ("jeju-si", "seogwipo-si"), ("seogwipo-si", "jeju-si"), ("seogwipo-si",),
         ("remote", "jeju-si"), ("jeju-si", "remote"), ())
    )  # fmt: skip


def _employment(random: Random) -> tuple[str, ...]:
    return random.choice(
        (
            ("permanent",),
            ("permanent", "contract"),
            ("intern", "permanent"),
            ("permanent", "intern"),
            (),
        )
    )


def _wishes(life: Life, standing: StandingYouth | None) -> list[Wish]:
    if standing is not None and standing.is_blank:
        return []
    kinds = (("sector", life.sectors), ("region", life.regions), ("employment", life.employment))
    wished = [
        Wish(life.number, kind, value, place)
        for kind, values in kinds
        for place, value in enumerate(values, start=1)
    ]
    return [*wished, Wish(life.number, "role", life.role, 1)]


def _licences(random: Random, life: Life, role: Role, at: datetime) -> list[LicenceHeld]:
    held = []
    for need in role.requirements:
        if need.kind == "licence" and random.random() < 0.6:
            held.append(random.choice(need.any_of))
    if random.random() < 0.35:
        held.append("driving-licence")
    rows = []
    for licence in dict.fromkeys(held):
        acquired = life.joined_on - timedelta(days=random.randint(30, 1500))
        life.licences[licence] = acquired
        rows.append(LicenceHeld(life.number, licence, acquired, random.choice((1, 1, 2, 3)), at))
    return rows


def _consents(
    random: Random, life: Life, standing: StandingYouth | None, at: datetime
) -> list[ConsentGiven]:
    number = life.number
    given = [ConsentGiven(number, "service", (), None, (), at, None, None)]
    is_asked = standing is None
    if not is_asked or random.random() < 0.65:
        given.append(ConsentGiven(number, "learning", (), None, (), at, None, None))
    if standing.is_blank if standing else random.random() > 0.78:
        return given
    sectors = life.sectors or ("space", "energy", "bio", "mobility")
    withdrawn = at + timedelta(days=3) if is_asked and random.random() < 0.04 else None
    if withdrawn is None:
        life.pool_from, life.pool_sectors = life.joined_on, sectors
    given.append(ConsentGiven(number, "pool", sectors, None, (), at, None, withdrawn))
    return given


def _skills(
    life: Life, random: Random, today: date, coordinators: dict[str, int], is_blank: bool
) -> None:
    """What a person writes down at the start, some of it confirmed by the university later."""
    if is_blank:
        return
    if life.number == HANEUL:
        _haneul(life, today, coordinators["jejunu"])
        return
    for slug, level in _levels(life, random):
        kind = weighted(random, {"": 0.5, "project": 0.25, "link": 0.15, "note": 0.10})
        text = _EVIDENCE.get(kind, "").format(skill=skill_name(slug), number=life.number)
        at = waking(life.joined_on, random)
        life.rate(
            SkillRating(
                life.number, slug, level, "self", 1, kind or None, text, life.joined_on, None, at
            )
        )
        if life.organisation and random.random() < 0.3:
            _confirm(life, random, today, slug, level, coordinators[life.organisation])


def _levels(life: Life, random: Random) -> list[tuple[str, int]]:
    role = next(role for role in load_roles() if role.slug == life.role)
    found: dict[str, int] = {}
    for need in role.requirements:
        if need.skill is None or need.kind == "licence":
            continue
        slug = need.skill if random.random() < 0.8 else random.choice(need.any_of)
        level = round((need.level or 1) - 1.0 + 0.7 * life.talent + random.gauss(0, 0.8))
        if level >= 1 and random.random() < (0.9 if need.kind == "must" else 0.45):
            found[slug] = min(5, level)
    for slug in random.sample(_EXTRAS, random.randint(2, 6)):
        found.setdefault(slug, random.choice((1, 1, 2, 2, 3)))
    return list(found.items())


def _confirm(
    life: Life, random: Random, today: date, slug: str, level: int, coordinator: int
) -> None:
    day = min(life.joined_on + timedelta(days=random.randint(3, 40)), ago(today, 1))
    seen = max(1, min(5, level + random.choice((-1, 0, 0, 0, 0, 1))))
    at = waking(day, random)
    life.rate(
        SkillRating(
            life.number, slug, seen, "coordinator", 2, "course", "수업 평가", day, coordinator, at
        )
    )


def _haneul(life: Life, today: date, coordinator: int) -> None:
    for slug, level, rater, verification, kind, evidence in HANEUL_SKILLS:
        day = _known_on(life.joined_on, today, verification)
        at = waking(day, Random(slug))
        by = coordinator if rater == "coordinator" else None
        life.rate(
            SkillRating(life.number, slug, level, rater, verification, kind, evidence, day, by, at)
        )


def _known_on(joined: date, today: date, verification: int) -> date:
    """Signed by the bootcamp at its end, by the certificate after the pass, else from the start."""
    return {4: ago(today, 285), 3: ago(today, 524)}.get(verification, joined)
