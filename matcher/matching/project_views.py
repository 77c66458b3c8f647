"""A project as pages show it; names are for the team and the host's desk."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime

from sqlmodel import Session

from matcher.i18n import in_language
from matcher.matching.context import names_for
from matcher.ranking.explain import Names
from matcher.ranking.types import SKILL
from matcher.store import projects as store
from matcher.store.projects import Hosted, MemberRow
from models.community import MemberRole, MemberState, Project, ProjectState


@dataclass(frozen=True)
class ProjectCard:
    id: int
    title: str
    idea: str
    host: str
    stage: str
    mentor: str
    skills: tuple[tuple[str, str], ...]
    """(slug, name) pairs."""
    team: int
    places: int
    showcase_on: date | None
    shown_on: date | None
    showcase_url: str
    is_closed: bool
    is_demo: bool
    version: int


@dataclass(frozen=True)
class UpdateView:
    name: str
    stage: str
    words: str
    at: datetime


def cards(session: Session, rows: Sequence[Hosted]) -> tuple[ProjectCard, ...]:
    """In as many queries for many as for one."""
    sizes = store.team_sizes(session, [row.id or 0 for row, _host in rows])
    names = names_for(session, {SKILL + str(each) for row, _host in rows for each in row.skills})
    return tuple(
        _card(row, in_language(host.name_ko, host.name_en), sizes.get(row.id or 0, 0), names)
        for row, host in rows
    )


def updates(session: Session, project_id: int) -> tuple[UpdateView, ...]:
    return tuple(
        UpdateView(name, row.stage.value, row.words, row.at)
        for row, name in store.updates(session, project_id)
    )


def lead_of(rows: Sequence[MemberRow]) -> int | None:
    """The youth who leads: when the one who began has gone, the one who came first."""
    team = [each.member for each in rows if each.member.state is MemberState.IN]
    leads = [each for each in team if each.role is MemberRole.LEAD]
    found = (leads or team)[:1]
    return found[0].youth_id if found else None


def _card(row: Project, host: str, team: int, names: Names) -> ProjectCard:
    said = [(str(each), names.get(SKILL + str(each), (str(each),) * 2)) for each in row.skills]
    return ProjectCard(
        id=row.id or 0,
        title=row.title,
        idea=row.idea,
        host=host,
        stage=row.stage.value,
        mentor=row.mentor,
        skills=tuple((slug, in_language(*pair)) for slug, pair in said),
        team=team,
        places=row.places,
        showcase_on=row.showcase_on,
        shown_on=row.shown_on,
        showcase_url=row.showcase_url,
        is_closed=row.state is ProjectState.CLOSED,
        is_demo=row.is_demo,
        version=row.version,
    )
