"""Young people's projects: begin one, find a team, join, leave, tell how it goes."""

from dataclasses import dataclass
from enum import StrEnum

from matcher.actor import Actor
from matcher.catalogue.skills import load_taxonomy
from matcher.db import Unit
from matcher.i18n import gettext as _
from matcher.matching import project_views
from matcher.matching.project_views import ProjectCard, UpdateView
from matcher.matching.readiness import served_youth
from matcher.refusal import Conflict, Forbidden, Invalid, NotFound
from matcher.store import enrolments, outbox
from matcher.store import projects as store
from matcher.text import canonical_email
from models.community import (
    MemberRole,
    MemberState,
    Project,
    ProjectMember,
    ProjectStage,
    ProjectState,
    ProjectUpdate,
)

_SEEN_BY_TEAM = frozenset({MemberState.IN})
_SEEN_BY_LEAD = frozenset({MemberState.IN, MemberState.ASKED})
"""Not who was invited by an address: that would tell whose address it is, and whether anybody's."""
MOST_SKILLS = 8


class Answer(StrEnum):
    """What a member, an asker or the lead does about one place in a team."""

    ACCEPT = "accept"
    REFUSE = "refuse"
    LEAVE = "leave"


@dataclass(frozen=True)
class Written:
    """`skills` as typed, separated by commas."""

    title: str
    idea: str
    skills: str
    places: int


@dataclass(frozen=True)
class MemberView:
    id: int
    name: str
    state: str
    is_lead: bool
    is_me: bool


@dataclass(frozen=True)
class ProjectsView:
    mine: tuple[ProjectCard, ...]
    others: tuple[ProjectCard, ...]


@dataclass(frozen=True)
class ProjectView:
    """`own` in, asked, invited or empty; names only for those who are in."""

    card: ProjectCard
    own: str
    own_id: int | None
    leads: bool
    members: tuple[MemberView, ...]
    updates: tuple[UpdateView, ...]
    can_ask: bool


def listing(unit: Unit, actor: Actor) -> ProjectsView:
    mine = store.own_ones(unit.session, actor.own_youth_id)
    known = {row.id for row, _host in mine}
    others = [each for each in store.open_ones(unit.session) if each[0].id not in known]
    return ProjectsView(
        project_views.cards(unit.session, mine), project_views.cards(unit.session, others)
    )


def project(unit: Unit, actor: Actor, project_id: int) -> ProjectView:
    """An open one for everybody; a closed one for its team. Raises NotFound."""
    youth_id = actor.own_youth_id
    found = store.get(unit.session, project_id)
    rows = store.members(unit.session, project_id)
    mine = next((each.member for each in rows if each.member.youth_id == youth_id), None)
    if found is None or (found[0].state is ProjectState.CLOSED and mine is None):
        raise NotFound
    card = project_views.cards(unit.session, [found])[0]
    lead = project_views.lead_of(rows)
    is_in = mine is not None and mine.state is MemberState.IN
    leads = is_in and lead == youth_id
    seen = _SEEN_BY_LEAD if leads else _SEEN_BY_TEAM if is_in else frozenset()
    return ProjectView(
        card=card,
        own=mine.state.value if mine is not None else "",
        own_id=mine.id if mine is not None else None,
        leads=leads,
        members=tuple(
            MemberView(
                each.member.id or 0,
                each.account.name,
                each.member.state.value,
                each.member.youth_id == lead,
                each.member.youth_id == youth_id,
            )
            for each in rows
            if each.member.state in seen
        ),
        updates=project_views.updates(unit.session, project_id) if is_in else (),
        can_ask=mine is None and not card.is_closed and card.team < card.places,
    )


def create(unit: Unit, actor: Actor, written: Written) -> int:
    youth_id = served_youth(unit.session, actor, unit.today)
    host = store.host_for(unit.session, youth_id)
    if host is None:
        raise NotFound
    row = Project(
        organisation_id=host,
        title=written.title,
        idea=written.idea,
        skills=_skills(written.skills),
        places=written.places,
        created_at=unit.now,
        updated_at=unit.now,
    )
    unit.session.add(row)
    unit.session.flush()  # the team needs its id
    _member(unit, row.id or 0, youth_id, MemberState.IN, MemberRole.LEAD)
    unit.audit("project:created", "project", row.id)
    return row.id or 0


def change(unit: Unit, actor: Actor, project_id: int, written: Written, version: int) -> None:
    """By the lead. Raises Invalid for fewer places than people."""
    row, rows = _led(unit, actor, project_id)
    if row.version != version:
        raise Conflict(_("그 사이에 프로젝트가 바뀌었어요. 새로 열어 확인해 주세요."))
    team = sum(each.member.state is MemberState.IN for each in rows)
    if written.places < team:
        raise Invalid({"places": _("이미 함께하는 사람보다 적게 줄일 수 없어요.")})
    row.title, row.idea, row.places = written.title, written.idea, written.places
    row.skills = _skills(written.skills)
    _touch(unit, row)
    unit.audit("project:changed", "project", project_id)


def ask(unit: Unit, actor: Actor, project_id: int, email: str = "") -> None:
    """Without an address: ask to join. With one: the lead invites that person; whether there is
    such a person is not told."""
    youth_id = served_youth(unit.session, actor, unit.today)
    if email:
        row, _rows = _led(unit, actor, project_id)
        invited = store.youth_by_email(unit.session, canonical_email(email))
        if invited is not None and _tie(unit, row, invited, MemberState.INVITED):
            _tell(unit, row, invited, "project_invited")
        return
    found = store.get(unit.session, project_id)
    if found is None or found[0].state is ProjectState.CLOSED:
        raise NotFound
    store.hold(unit.session, project_id)
    if not _tie(unit, found[0], youth_id, MemberState.ASKED):
        raise Conflict(_("이미 함께하거나 답을 기다리는 프로젝트예요."))
    lead = project_views.lead_of(store.members(unit.session, project_id))
    if lead is not None:
        _tell(unit, found[0], lead, "project_asked")


def answer(unit: Unit, actor: Actor, project_id: int, member_id: int, to: Answer) -> None:
    """The lead answers who asked, the invited answers for themselves, and anybody leaves; the lead
    may also let a member go. Raises NotFound for another's place."""
    youth_id = actor.own_youth_id
    found = store.get(unit.session, project_id)
    if found is None:
        raise NotFound
    store.hold(unit.session, project_id)
    rows = store.members(unit.session, project_id)
    row = next((each.member for each in rows if each.member.id == member_id), None)
    leads = project_views.lead_of(rows) == youth_id
    is_own = row is not None and row.youth_id == youth_id
    if row is None or not (is_own or (leads and row.state in _SEEN_BY_LEAD)):
        raise NotFound
    decides = is_own if row.state is MemberState.INVITED else leads
    if to is Answer.ACCEPT:
        if row.state is MemberState.IN or not decides:
            raise Conflict(_("지금은 할 수 없는 일이에요."))
        _refuse_full(found[0], sum(each.member.state is MemberState.IN for each in rows))
        row.state = MemberState.IN
    else:
        row.state, row.role = MemberState.OUT, MemberRole.MEMBER
    row.updated_at = unit.now
    unit.session.add(row)
    if not is_own and to is Answer.ACCEPT:
        _tell(unit, found[0], row.youth_id, "project_joined")
    unit.audit(f"project:{to.value}", "project", project_id, member=member_id)


def tell_how(
    unit: Unit, actor: Actor, project_id: int, words: str, stage: ProjectStage, version: int
) -> None:
    """A member's words; the project stands where they say."""
    row = _own(unit, actor, project_id)
    if row.version != version:
        raise Conflict(_("그 사이에 프로젝트가 바뀌었어요. 새로 열어 확인해 주세요."))
    if row.state is ProjectState.CLOSED:
        raise Conflict(_("끝난 프로젝트예요."))
    unit.session.add(
        ProjectUpdate(
            project_id=project_id, youth_id=actor.own_youth_id, stage=stage, words=words,
            at=unit.now,
        )
    )  # fmt: skip
    row.stage = stage
    _touch(unit, row)


def _own(unit: Unit, actor: Actor, project_id: int) -> Project:
    """Of a team the person is in."""
    found = store.get(unit.session, project_id)
    mine = store.member_of(unit.session, project_id, actor.own_youth_id)
    if found is None or mine is None or mine.state is not MemberState.IN:
        raise NotFound
    store.hold(unit.session, project_id)
    unit.session.refresh(found[0])
    return found[0]


def _led(unit: Unit, actor: Actor, project_id: int) -> tuple[Project, list[store.MemberRow]]:
    row = _own(unit, actor, project_id)
    rows = store.members(unit.session, project_id)
    if project_views.lead_of(rows) != actor.own_youth_id:
        raise Forbidden(_("팀을 이끄는 사람이 하는 일이에요."))
    return row, rows


def _tie(unit: Unit, row: Project, youth_id: int, state: MemberState) -> bool:
    """False when the person is in the team, invited or asking already. Raises when it is full."""
    project_id = row.id or 0
    held = store.member_of(unit.session, project_id, youth_id)
    if held is not None and held.state is not MemberState.OUT:
        return False
    _refuse_full(row, store.team_sizes(unit.session, [project_id]).get(project_id, 0))
    if held is None:
        _member(unit, project_id, youth_id, state)
    else:
        held.state, held.updated_at = state, unit.now
        unit.session.add(held)
    unit.audit(f"project:{state.value}", "project", project_id)
    return True


def _refuse_full(row: Project, team: int) -> None:
    if team >= row.places:
        raise Conflict(_("자리가 찬 프로젝트예요."))


def _member(
    unit: Unit,
    project_id: int,
    youth_id: int,
    state: MemberState,
    role: MemberRole = MemberRole.MEMBER,
) -> None:
    unit.session.add(
        ProjectMember(
            project_id=project_id,
            youth_id=youth_id,
            role=role,
            state=state,
            created_at=unit.now,
            updated_at=unit.now,
        )
    )
    unit.session.flush()  # two at once: the second one's key is taken, told as a lost race


def _skills(typed: str) -> list[str]:
    """Slugs in the order typed. Raises Invalid naming the word no skill is meant by."""
    words = [each.strip() for each in typed.split(",") if each.strip()]
    if len(words) > MOST_SKILLS:
        raise Invalid({"skills": _("기술은 %(n)s개까지 적어 주세요.") % {"n": MOST_SKILLS}})
    found = []
    for word in words:
        skill = load_taxonomy().resolve(word)
        if skill is None or skill.is_licence:
            raise Invalid({"skills": _("목록에 없는 기술이에요: %(word)s") % {"word": word}})
        found.append(skill.slug)
    return list(dict.fromkeys(found))


def _touch(unit: Unit, row: Project) -> None:
    row.version += 1
    row.updated_at = unit.now
    unit.session.add(row)


def _tell(unit: Unit, row: Project, youth_id: int, template: str) -> None:
    account = enrolments.account_of(unit.session, youth_id)
    outbox.put(unit.session, account, template, unit.now, project_id=row.id, title=row.title)
