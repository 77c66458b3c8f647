"""120 openings over the 37 role profiles, posted by partners that do not exist."""

from datetime import date, timedelta
from random import Random

from matcher.catalogue.demo.days import ago, ahead, office, weighted
from matcher.catalogue.demo.files import partners, skill_name
from matcher.catalogue.demo.shape import Opening, Requirement
from matcher.catalogue.demo.standing import OPENINGS, StandingOpening
from matcher.catalogue.roles import Role, RoleRequirement, load_roles

COUNT = 120
_TERMS = {"permanent": 0.62, "contract": 0.22, "intern": 0.16}
_PLACES = {"jeju-si": 0.55, "seogwipo-si": 0.35, "remote": 0.10}
_BASE_PAY = {"space": 36, "energy": 34, "bio": 32, "mobility": 35}
_SHAPES = {
    "permanent": (("{ko}", "{en}"), ("신입 {ko}", "{en}, newcomers"), ("{ko} 모집", "{en} wanted")),
    "contract": (("{ko} (계약직)", "{en}, fixed term"),),
    "intern": (("{ko} 인턴", "{en}, intern"),),
}
_DAYS = (
    "배우면서 일할 수 있게 첫 석 달은 선임과 짝을 이룹니다.",
    "작은 팀이라 기획부터 운영까지 두루 맡습니다.",
    "주 하루는 집에서 일할 수 있습니다.",
    "현장과 자료를 오가며 문제를 끝까지 풉니다.",
    "기록을 남기고 서로 고쳐 주는 방식으로 일합니다.",
    "자격 시험 응시료와 교재비를 지원합니다.",
)


def make_openings(
    random: Random, today: date
) -> tuple[tuple[Opening, ...], tuple[Requirement, ...]]:
    """Every role has one open now; the others ran in the last two years or wait for approval."""
    openings: list[Opening] = []
    requirements: list[Requirement] = []
    standing = {each.role: each for each in OPENINGS}
    for number, (role, state) in enumerate(_plan(random), start=1):
        pinned = standing.pop(role.slug, None) if state == "published" else None
        opening = _opening(random, today, number, role, state, pinned)
        openings.append(opening)
        requirements += pinned.asks(number) if pinned else _asks(random, opening, role)
    return tuple(openings), tuple(requirements)


def _plan(random: Random) -> list[tuple[Role, str]]:
    roles = load_roles()
    plan = [(role, "published") for role in roles]
    waiting = ["submitted", "submitted", "returned", "draft", "draft", "draft"]
    newcomers = [role for role in roles if role.sector == "mobility"]
    plan += [(role, state) for role, state in zip(newcomers, waiting, strict=False)]
    while len(plan) < COUNT:
        plan += [(role, "closed") for role in random.sample(roles, len(roles))]
    return plan[:COUNT]


def _opening(
    random: Random,
    today: date,
    number: int,
    role: Role,
    state: str,
    pinned: StandingOpening | None,
) -> Opening:
    opens, closes = _window(random, today, state)
    employment = pinned.employment if pinned else weighted(random, _TERMS)
    low, high = _pay(random, role, employment)
    title_ko, title_en = _title(random, role, employment)
    moment = office(opens if state in ("published", "closed") else ago(today, 3), random)
    return Opening(
        number=number,
        organisation=pinned.organisation if pinned else _partner(random, role, state),
        external_id=f"DEMO-{number:03d}",
        state=state,
        title_ko=pinned.title_ko if pinned else title_ko,
        title_en=pinned.title_en if pinned else title_en,
        sector=role.sector,
        role=role.slug,
        description=_description(random, role),
        employment_type=employment,
        region=pinned.region if pinned else weighted(random, _PLACES),
        headcount=pinned.headcount if pinned else random.choice((1, 1, 1, 2, 2, 3)),
        pay_min_krw=pinned.pay_min_krw if pinned else low,
        pay_max_krw=high if pinned is None else pinned.pay_min_krw + 6_000_000,
        opens_on=opens,
        closes_on=ahead(today, pinned.closes_in) if pinned else closes,
        starts_on=(ahead(today, pinned.closes_in) if pinned else closes) + timedelta(days=30),
        return_reason="급여의 아래 금액을 적어 주십시오." if state == "returned" else "",
        created_at=moment,
        updated_at=moment,
        published_at=moment if state in ("published", "closed") else None,
    )


def _window(random: Random, today: date, state: str) -> tuple[date, date]:
    if state == "closed":
        length = random.randint(45, 120)
        opens = ago(today, random.randint(length + 25, 725))
        return opens, opens + timedelta(days=length)
    if state == "published":
        return ago(today, random.randint(3, 60)), ahead(today, random.randint(5, 95))
    return ahead(today, 7), ahead(today, random.randint(40, 70))


def _partner(random: Random, role: Role, state: str) -> str:
    wanted = "trusted" if state in ("published", "closed") else "new"
    fitting = [p for p in partners() if p.sector == role.sector and p.standing == wanted]
    return random.choice(fitting).slug


def _pay(random: Random, role: Role, employment: str) -> tuple[int, int]:
    """Yearly won; interns stay above a year at the minimum wage."""
    if employment == "intern":
        return 26_400_000, 28_800_000
    base = _BASE_PAY[role.sector] + random.randint(-4, 6) - (2 if employment == "contract" else 0)
    return base * 1_000_000, (base + random.randint(3, 10)) * 1_000_000


def _title(random: Random, role: Role, employment: str) -> tuple[str, str]:
    ko, en = random.choice(_SHAPES[employment])
    name_en = role.name_en[:1].upper() + role.name_en[1:]
    return ko.format(ko=role.name_ko), en.format(en=name_en)


def _description(random: Random, role: Role) -> str:
    tools = [skill_name(need.skill) for need in role.requirements if need.skill]
    first, second = random.sample(_DAYS, 2)
    return (
        f"하는 일: {role.name_ko}\n주로 쓰는 기술: {', '.join(tools[:5])}\n"
        f"{first} {second}\n이 공고는 지어낸 데모 공고입니다."
    )


def _asks(random: Random, opening: Opening, role: Role) -> list[Requirement]:
    must = [need for need in role.requirements if need.kind == "must"]
    nice = [need for need in role.requirements if need.kind == "nice" and need.skill]
    licences = [need for need in role.requirements if need.kind == "licence"]
    asks = [
        Requirement(opening.number, "licence", "licence", random.choice(need.any_of), None)
        for need in licences
    ]
    keep = must if len(must) < 4 else random.sample(must, random.randint(3, min(5, len(must))))
    asks += [_skill(random, opening, "must", need) for need in keep]
    asks += [
        _skill(random, opening, "nice", need) for need in random.sample(nice, min(3, len(nice)))
    ]
    asks += _certifications(random, opening, role)
    return list({(ask.subject, ask.ref): ask for ask in reversed(asks)}.values())[::-1]


def _skill(random: Random, opening: Opening, kind: str, need: RoleRequirement) -> Requirement:
    """Mostly a step below the profile: these are jobs for beginners."""
    options = need.any_of
    slug = options[0] if random.random() < 0.75 else random.choice(options)
    level = max(1, (need.level or 1) - (random.random() < 0.6))
    return Requirement(opening.number, kind, "skill", slug, level)


def _certifications(random: Random, opening: Opening, role: Role) -> list[Requirement]:
    wanted = [need.certification for need in role.requirements if need.certification]
    asks = []
    if wanted and random.random() < 0.6:
        kind = (
            "must" if opening.employment_type == "permanent" and random.random() < 0.2 else "nice"
        )
        asks.append(Requirement(opening.number, kind, "certification", random.choice(wanted), None))
    if opening.employment_type == "intern" and random.random() < 0.3:
        # Internships are for beginners: who holds the professional certificate is past them.
        asks.append(Requirement(opening.number, "exclude", "certification", "SAP", None))
    return asks
