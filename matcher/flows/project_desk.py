"""A desk beside its projects: a mentor, a showcase day, and what was shown as evidence."""

from dataclasses import dataclass
from datetime import date

from matcher.actor import Actor
from matcher.db import Unit
from matcher.i18n import gettext as _
from matcher.matching import project_views
from matcher.matching.project_views import ProjectCard, UpdateView
from matcher.policy import desk
from matcher.refusal import Conflict, Invalid, NotFound
from matcher.store import organisations
from matcher.store import projects as store
from matcher.store.projects import MemberRow
from models.account import Role
from models.community import MemberState, ProjectState


@dataclass(frozen=True)
class Written:
    mentor: str
    showcase_on: date | None
    shown_on: date | None
    showcase_url: str
    is_closed: bool


@dataclass(frozen=True)
class TeamLine:
    """`can_rate`: this desk judges this person's skills."""

    youth_id: int
    name: str
    is_lead: bool
    can_rate: bool
    is_demo: bool


@dataclass(frozen=True)
class ProjectSheet:
    card: ProjectCard
    team: tuple[TeamLine, ...]
    updates: tuple[UpdateView, ...]


def listing(unit: Unit, actor: Actor) -> tuple[ProjectCard, ...]:
    return project_views.cards(unit.session, store.for_desk(unit.session, actor))


def sheet(unit: Unit, actor: Actor, project_id: int) -> ProjectSheet:
    row = store.one_for_desk(unit.session, actor, project_id)
    if row is None:
        raise NotFound
    host = organisations.get(unit.session, row.organisation_id)
    assert host is not None
    rows = [
        each
        for each in store.members(unit.session, project_id)
        if each.member.state is MemberState.IN
    ]
    if rows:
        youths = sorted(each.member.youth_id for each in rows)
        unit.access("project:opened", None, project=project_id, youths=youths)
    lead = project_views.lead_of(rows)
    return ProjectSheet(
        card=project_views.cards(unit.session, [(row, host)])[0],
        team=tuple(_line(actor, each, lead) for each in rows),
        updates=project_views.updates(unit.session, project_id),
    )


def change(unit: Unit, actor: Actor, project_id: int, written: Written, version: int) -> None:
    """Raises Invalid for a showing that has not been, Conflict when somebody was faster."""
    row = store.one_for_desk(unit.session, actor, project_id)
    if row is None:
        raise NotFound
    if row.version != version:
        raise Conflict(_("그 사이에 프로젝트가 바뀌었습니다. 새로 열어 다시 확인해 주십시오."))
    if written.shown_on is not None and written.shown_on > unit.today:
        raise Invalid({"shown_on": _("아직 오지 않은 날입니다.")})
    row.mentor, row.showcase_url = written.mentor, written.showcase_url
    row.showcase_on, row.shown_on = written.showcase_on, written.shown_on
    row.state = ProjectState.CLOSED if written.is_closed else ProjectState.OPEN
    row.version += 1
    row.updated_at = unit.now
    unit.session.add(row)
    unit.audit("project:desk", "project", project_id, closed=written.is_closed)


def _line(actor: Actor, row: MemberRow, lead: int | None) -> TeamLine:
    profile = row.profile
    is_own = actor.role is Role.CENTRE or profile.organisation_id == actor.organisation_id
    can_rate = (
        is_own
        and desk.answers_for(actor.role, profile.affiliation)
        and desk.may_judge(actor.role, profile.affiliation, profile.affiliation_state)
    )
    return TeamLine(
        row.member.youth_id,
        row.account.name,
        row.member.youth_id == lead,
        can_rate,
        row.account.is_demo,
    )
