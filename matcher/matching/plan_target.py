"""What a path leads to: the requirements that are still open, and what no path can give."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date

from sqlmodel import Session

from matcher.actor import Actor
from matcher.catalogue.certifications import load_programme
from matcher.catalogue.roles import Role, RoleRequirement, load_roles
from matcher.i18n import current_language, in_language, josa
from matcher.i18n import gettext as _
from matcher.matching.cards import card_view
from matcher.matching.openings import opening_of
from matcher.matching.plan_views import Refusal, Wishes
from matcher.matching.promise_terms import key_of, what
from matcher.matching.reasons import spoken
from matcher.planning.path.problem import Goal
from matcher.planning.path.strength import Wish
from matcher.ranking.context import RankingContext
from matcher.ranking.explain import Names
from matcher.ranking.requirements import Line, check
from matcher.ranking.types import (
    CERTIFICATION,
    LICENCE,
    SKILL,
    Opening,
    Requirement,
    Seeker,
)
from matcher.refusal import Invalid, NotFound
from matcher.store import cards, openings, promises
from models.opening import OpeningState
from models.plan import PlanTarget

OWN_RULE = "oreum"
"""Source of what rests on the posting itself."""


@dataclass(frozen=True)
class Target:
    """`openings` are what is scored; a role is scored as an opening nobody posted."""

    title: str
    href: str
    closes_on: date | None
    openings: tuple[Opening, ...]
    requirements: tuple[Requirement, ...]
    is_promise: bool = False
    """`closes_on` is the day a partner promised an interview by."""

    @property
    def is_posted(self) -> bool:
        """By a partner: a role and a certificate have no last day and no candidates."""
        return self.closes_on is not None


@dataclass(frozen=True)
class Aim:
    """`goal` has to be reached; `wishes` would raise the score further. `must` names the keys of
    the goal that are musts, `nice` those the person wants as well."""

    goal: Goal
    wishes: tuple[Wish, ...] = ()
    must: tuple[str, ...] = ()
    nice: tuple[str, ...] = ()
    refusals: tuple[Refusal, ...] = ()

    @property
    def exams(self) -> frozenset[str]:
        """Asked for, and those that would raise the score further."""
        return self.goal.exams | {name for kind, name, _level in self.wishes if kind == "exam"}


def target_of(
    session: Session, actor: Actor | None, wishes: Wishes, seeker: Seeker, today: date
) -> Target:
    """Raises NotFound for an opening that is not the actor's to see, Invalid for unknown names."""
    if wishes.target is PlanTarget.OPENING:
        return _openings(session, actor, wishes.refs, today)
    if wishes.target is PlanTarget.ROLE:
        return _role(wishes.refs[0], seeker)
    if wishes.target is PlanTarget.PROMISE:
        return _promise(session, actor, wishes.refs[0], today)
    return _certifications(wishes.refs)


def aim_of(
    target: Target, wishes: Wishes, seeker: Seeker, context: RankingContext, names: Names
) -> Aim:
    """What is not met yet, by the ranking's own checklist."""
    lines = _lines(target, seeker, context)
    open_ = [line for line in lines if line.met != "met"]
    must = [line for line in open_ if line.kind == "must"]
    nice = [line for line in open_ if line.kind == "nice"]
    wanted = [line for line in nice if line.key in wishes.nice]
    return Aim(
        goal=goal_of([*must, *wanted]),
        wishes=tuple(_wish(line) for line in nice if line.key not in wishes.nice),
        must=tuple(line.key for line in must),
        nice=tuple(line.key for line in wanted),
        refusals=tuple(_refusals(lines, names)),
    )


def goal_of(lines: Iterable[Line]) -> Goal:
    skills: dict[str, int] = {}
    exams = set()
    for line in lines:
        if line.key.startswith(CERTIFICATION):
            exams.add(line.key.removeprefix(CERTIFICATION))
        else:
            slug = line.key.removeprefix(SKILL)
            skills[slug] = max(skills.get(slug, 0), line.level or 1)
    return Goal(skills, frozenset(exams))


def without(goal: Goal, key: str) -> Goal:
    if key.startswith(CERTIFICATION):
        return Goal(goal.skills, goal.exams - {key.removeprefix(CERTIFICATION)})
    slug = key.removeprefix(SKILL)
    return Goal({name: n for name, n in goal.skills.items() if name != slug}, goal.exams)


def _openings(session: Session, actor: Actor | None, refs: Sequence[str], today: date) -> Target:
    found = []
    for ref in refs:
        row = openings.get(session, actor, int(ref)) if ref.isdecimal() else None
        opening = opening_of(session, int(ref), today) if row is not None else None
        if row is None or opening is None or row.state is not OpeningState.PUBLISHED:
            raise NotFound(_("이 번호의 공고가 없습니다."))
        found.append(opening)
    named = cards.cards_of(session, [each.id for each in found])
    views = [card_view(named[each.id], today) for each in found]
    return Target(
        title=" · ".join(view.title for view in views),
        href=f"/youth/openings/{views[0].id}",
        closes_on=min(view.closes_on for view in views),
        openings=tuple(found),
        requirements=tuple(each for opening in found for each in opening.requirements),
    )


def _role(slug: str, seeker: Seeker) -> Target:
    role = next((each for each in load_roles() if each.slug == slug), None)
    if role is None:
        raise Invalid({"target": _("목록에 있는 직무를 골라 주세요.")})
    asked = tuple(_asked(each, seeker) for each in role.requirements)
    opening = Opening(id=0, sector=role.sector, requirements=asked, text=_text(role))
    return Target(role.name(current_language()), "", None, (opening,), asked)


def _certifications(refs: Sequence[str]) -> Target:
    known = {each.id: each for each in load_programme().certifications}
    if any(ref not in known for ref in refs):
        raise Invalid({"target": _("목록에 있는 자격을 골라 주세요.")})
    asked = tuple(Requirement(CERTIFICATION + ref, "must") for ref in refs)
    title = " · ".join(in_language(known[ref].name_ko, known[ref].name_en) for ref in refs)
    opening = Opening(id=0, requirements=asked)
    return Target(title, f"/youth/certifications/{refs[0]}", None, (opening,), asked)


def _promise(session: Session, actor: Actor | None, ref: str, today: date) -> Target:
    """Only what was promised for is asked; scores are those of the posting while it is open."""
    found = promises.get(session, actor, int(ref)) if ref.isdecimal() else None
    if found is None:
        raise NotFound(_("이 번호의 약속이 없습니다."))
    row, opening = found
    asked = Requirement(key_of(row.subject, row.ref), "must", row.level)
    scored = opening_of(session, row.opening_id, today)
    if scored is None or opening.state is not OpeningState.PUBLISHED:
        scored = Opening(id=row.opening_id, sector=opening.sector, requirements=(asked,))
    title = _("%(what)s · 면접 약속") % {"what": what(row.subject, row.ref, row.level)}
    return promised(title, asked, scored, row.earn_by)


def promised(title: str, asked: Requirement, scored: Opening, earn_by: date) -> Target:
    return Target(title, "/youth/promises", earn_by, (scored,), (asked,), is_promise=True)


def _asked(each: RoleRequirement, seeker: Seeker) -> Requirement:
    """Of things that serve equally well the one the person is nearest to, else the first named."""
    if each.certification is not None:
        return Requirement(CERTIFICATION + each.certification, each.kind)
    if each.kind == "licence":
        held = [name for name in each.any_of if name in seeker.licences]
        return Requirement(LICENCE + (held or list(each.any_of))[0], "licence")
    levels = {name: seeker.skills[name].level for name in each.any_of if name in seeker.skills}
    best = max(levels, key=lambda name: levels[name], default=each.any_of[0])
    return Requirement(SKILL + best, each.kind, each.level)


def _text(role: Role) -> str:
    return f"{role.name_ko} {role.name_en}"


def _lines(target: Target, seeker: Seeker, context: RankingContext) -> tuple[Line, ...]:
    """Of several openings the strictest line of each key."""
    return check(seeker, target.requirements, context.adjacency, today=context.today).lines


def _wish(line: Line) -> Wish:
    if line.key.startswith(CERTIFICATION):
        return ("exam", line.key.removeprefix(CERTIFICATION), 0)
    return ("skill", line.key.removeprefix(SKILL), line.level or 1)


def _refusals(lines: Iterable[Line], names: Names) -> Iterable[Refusal]:
    for line in lines:
        name = spoken(line.key, names)
        if line.kind == "licence" and line.met != "met":
            words = _("공고가 면허를 요구해요: %(name)s. 면허는 이 길로 딸 수 없어요.")
            yield Refusal("licence", words % {"name": name}, OWN_RULE)
        if line.kind == "exclude" and line.met == "met":
            words = _("이 공고는 %(name)s 가진 사람을 뽑지 않아요.")
            yield Refusal("excluded", words % {"name": josa(name, "을/를")}, OWN_RULE)
