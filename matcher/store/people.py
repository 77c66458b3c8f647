"""Everything held about one person, found through the data map: to hand over, or to erase."""

from collections.abc import Mapping, Sequence
from typing import Any

from sqlalchemy import Table, delete, func, select, update
from sqlmodel import Session, SQLModel, col

import models
from models.application import Application
from models.batch import BatchChange
from models.course import CourseSession, Enrolment, EnrolmentState
from models.outcome import Outcome
from models.people_desk import PersonMerge
from models.plan import Plan
from models.youth import YouthProfile

assert models.__all__  # importing the package registers every table
ACCOUNT, YOUTH = "account", "youth"
OWNERS: Mapping[str, Any] = {
    "application": Application,
    "enrolment": Enrolment,
    "outcome": Outcome,
    "plan": Plan,
}
"""Tables of a person's rows that further rows belong to."""
Numbers = Mapping[str, Sequence[int]]


def numbers_of(session: Session, account_id: int, youth_id: int | None) -> Numbers:
    """What rows about the person refer to: the account, the profile, and rows that own others."""
    youths, accounts = _one_person(session, account_id, youth_id)
    owned = {
        name: session.scalars(select(table.id).where(table.youth_id.in_(youths))).all()
        for name, table in OWNERS.items()
    }
    return {ACCOUNT: accounts, YOUTH: youths, **owned}


def _one_person(
    session: Session, account_id: int, youth_id: int | None
) -> tuple[list[int], list[int]]:
    """The record and the account, and those that were merged into them."""
    youths, accounts = [] if youth_id is None else [youth_id], [account_id]
    for number in youths:  # grows: what was merged may hold what was merged before
        found = session.execute(
            select(col(YouthProfile.id), col(YouthProfile.account_id))
            .join(PersonMerge, col(PersonMerge.other_youth_id) == col(YouthProfile.id))
            .where(col(PersonMerge.youth_id) == number, col(PersonMerge.undone_at).is_(None))
        )
        for other, account in found:
            if other not in youths:
                youths.append(other)
                accounts.append(account)
    return youths, accounts


def rows(
    session: Session, table: str, link: str, numbers: Sequence[int], columns: Sequence[str]
) -> list[dict[str, Any]]:
    source = _table(table)
    statement = (
        select(*(source.c[name] for name in columns))
        .where(source.c[link].in_(numbers))
        .order_by(source.c.id)
    )
    return [dict(row._mapping) for row in session.execute(statement)]


def delete_rows(session: Session, table: str, link: str, numbers: Sequence[int]) -> None:
    source = _table(table)
    _forget_import(session, source, link, numbers)
    session.execute(delete(source).where(source.c[link].in_(numbers)))


def blank_rows(
    session: Session, table: str, link: str, numbers: Sequence[int], values: Mapping[str, Any]
) -> None:
    """Overwrite; "{number}" in a text stands for the row's own number."""
    source = _table(table)
    _forget_import(session, source, link, numbers)
    found = session.scalars(select(source.c.id).where(source.c[link].in_(numbers))).all()
    for number in found:
        filled = {
            name: value.replace("{number}", str(number)) if type(value) is str else value
            for name, value in values.items()
        }
        session.execute(update(source).where(source.c.id == number).values(filled))


def release_seats(session: Session, youth_id: int) -> Sequence[int]:
    """Give back the seats of courses the person is still on, and leave waiting lists and
    selections; gives the sessions with a seat more."""
    tied = select(col(Enrolment.session_id)).where(col(Enrolment.youth_id) == youth_id)
    session.scalars(  # held, so that nobody moves the person up from a waiting list meanwhile
        select(col(CourseSession.id))
        .where(col(CourseSession.id).in_(tied))
        .order_by(col(CourseSession.id))
        .with_for_update(key_share=True)
    ).all()
    held = session.scalars(
        select(col(Enrolment.session_id)).where(
            col(Enrolment.youth_id) == youth_id,
            col(Enrolment.state) == EnrolmentState.ENROLLED,
        )
    ).all()
    session.execute(
        update(CourseSession)
        .where(col(CourseSession.id).in_(held), col(CourseSession.taken) > 0)
        .values(taken=col(CourseSession.taken) - 1)
    )
    session.execute(
        update(Enrolment)
        .where(
            col(Enrolment.youth_id) == youth_id,
            col(Enrolment.state).in_(
                [EnrolmentState.ENROLLED, EnrolmentState.WAITLISTED, EnrolmentState.APPLIED]
            ),
        )
        .values(state=EnrolmentState.CANCELLED)
    )
    return held


def open_applications(
    session: Session, youth_id: int, states: Sequence[Any]
) -> Sequence[Application]:
    statement = select(Application).where(
        col(Application.youth_id) == youth_id, col(Application.state).in_(list(states))
    )
    statement = statement.order_by(col(Application.id)).with_for_update()
    return session.scalars(statement).all()


def count_rows(session: Session, table: str) -> int:
    return int(session.execute(select(func.count()).select_from(_table(table))).scalar_one())


def _forget_import(session: Session, source: Table, link: str, numbers: Sequence[int]) -> None:
    """An import keeps rows as they were before it; for this person it must not."""
    own = select(source.c.id).where(source.c[link].in_(numbers))
    session.execute(
        delete(BatchChange).where(
            col(BatchChange.table_name) == source.name, col(BatchChange.row_id).in_(own)
        )
    )


def _table(name: str) -> Table:
    return SQLModel.metadata.tables[name]
