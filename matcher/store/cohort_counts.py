"""Counts over the people of a desk, by university: the way to a job, and certificates."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any

from sqlalchemy import (
    ColumnElement,
    FromClause,
    Label,
    and_,
    case,
    exists,
    func,
    literal_column,
    or_,
    select,
)
from sqlmodel import Session, col

from matcher.actor import Actor
from matcher.store.cohort import is_valid, people
from models.account import Account
from models.application import Application, ApplicationEvent, ApplicationState
from models.certification import AttemptState, CertificationRecord
from models.course import Enrolment, EnrolmentState
from models.skill import SkillRecord
from models.youth import Affiliation, YouthProfile

STAGES = ("people", "skills", "certificate", "course", "applied", "interviewed", "hired")
"""In the order of the way; a person counts at a stage after passing all before it."""
INTERVIEWED = (
    ApplicationState.INTERVIEW,
    ApplicationState.OFFERED,
    ApplicationState.ACCEPTED,
    ApplicationState.HIRED,
)
WITHOUT = 0
"""The group of everybody outside the universities."""


@dataclass(frozen=True)
class Asked:
    """`levels` maps a level to its certification ids; `months` are (first day, day after)."""

    levels: Mapping[str, Sequence[str]]
    months: Sequence[tuple[date, date]]


@dataclass(frozen=True)
class GroupCounts:
    """People of one university (or WITHOUT): by stage, by level held, by month of a pass."""

    stages: tuple[int, ...]
    levels: tuple[int, ...]
    months: tuple[int, ...]


def by_group(session: Session, actor: Actor, asked: Asked, today: date) -> dict[int, GroupCounts]:
    """Two statements whatever the number of people. One pass over each table: a test for every
    person and figure would ask a hundred thousand small questions of a large cohort."""
    stages = _way(session, actor, today)
    figures = _certificates(session, actor, asked, today)
    split = len(asked.levels)
    return {
        group: GroupCounts(counts, figures[group][:split], figures[group][split:])
        for group, counts in stages.items()
    }


def _way(session: Session, actor: Actor, today: date) -> dict[int, tuple[int, ...]]:
    reached = [
        _people_of(col(SkillRecord.youth_id)),
        _people_of(col(CertificationRecord.youth_id), is_valid(today)),
        _people_of(col(Enrolment.youth_id), col(Enrolment.state) == EnrolmentState.COMPLETED),
        _people_of(col(Application.youth_id)),
        _people_of(col(Application.youth_id), was_interviewed()),
        _people_of(col(Application.youth_id), col(Application.state) == ApplicationState.HIRED),
    ]
    tests = [part.c.youth_id.is_not(None) for part in reached]
    sums = [_sum(and_(*tests[:length])) for length in range(1, len(tests) + 1)]
    return _grouped(session, actor, [func.count(col(YouthProfile.id)), *sums], reached)


def _certificates(
    session: Session, actor: Actor, asked: Asked, today: date
) -> dict[int, tuple[int, ...]]:
    record = CertificationRecord
    passed_on = func.coalesce(col(record.exam_on), col(record.result_on))
    flags = [
        _flag(and_(is_valid(today), col(record.certification).in_(codes)), f"f{place}")
        for place, codes in enumerate(asked.levels.values())
    ]
    is_pass = col(record.state) == AttemptState.PASSED
    flags += [
        _flag(and_(is_pass, passed_on >= first, passed_on < after), f"f{place}")
        for place, (first, after) in enumerate(asked.months, start=len(asked.levels))
    ]
    part = select(col(record.youth_id), *flags).group_by(col(record.youth_id)).subquery()
    return _grouped(session, actor, [_sum(part.c[flag.name] == 1) for flag in flags], [part])


def _grouped(
    session: Session, actor: Actor, figures: Sequence[Any], parts: Sequence[FromClause]
) -> dict[int, tuple[int, ...]]:
    is_university = col(YouthProfile.affiliation) == Affiliation.RISE_UNIVERSITY
    university = func.coalesce(col(YouthProfile.organisation_id), WITHOUT)
    group = case((is_university, university), else_=WITHOUT).label("desk_group")
    statement = select(group, *figures).join(
        Account, col(Account.id) == col(YouthProfile.account_id)
    )
    for part in parts:
        statement = statement.outerjoin(part, part.c.youth_id == col(YouthProfile.id))
    found = session.execute(statement.where(people(actor)).group_by(literal_column("desk_group")))
    return {row[0]: tuple(int(n) for n in row[1:]) for row in found}


def _people_of(youth_id: Any, *tests: ColumnElement[bool]) -> FromClause:
    return select(youth_id.label("youth_id")).where(*tests).distinct().subquery()


def was_interviewed() -> ColumnElement[bool]:
    """Also when the answer after the interview was no."""
    states = [state.value for state in INTERVIEWED]
    event = (
        exists()
        .where(
            col(ApplicationEvent.application_id) == col(Application.id),
            col(ApplicationEvent.to_state).in_(states),
        )
        .correlate(Application)
    )
    return or_(col(Application.state).in_(INTERVIEWED), event)


def _flag(test: ColumnElement[bool], name: str) -> Label[int]:
    return func.max(case((test, 1), else_=0)).label(name)


def _sum(test: ColumnElement[bool]) -> Any:
    return func.coalesce(func.sum(case((test, 1), else_=0)), 0)
