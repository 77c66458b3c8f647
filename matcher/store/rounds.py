"""Assignment rounds: who sees which, their openings, dry runs and published pairs."""

from collections.abc import Sequence
from datetime import date, datetime
from typing import Any, NamedTuple

from sqlalchemy import ColumnElement, false, func, true
from sqlmodel import Session, col, select
from sqlmodel.sql.expression import SelectOfScalar

from matcher.actor import Actor
from matcher.store import openings
from models.account import Role
from models.application import Introduction, IntroductionState
from models.assignment import (
    AssignmentOpening,
    AssignmentPair,
    AssignmentRound,
    AssignmentRun,
    RoundState,
)
from models.course import Course, CourseSession
from models.opening import Opening, OpeningState
from models.organisation import Organisation, OrganisationKind, OrganisationState

HIDDEN = (RoundState.DRAFT, RoundState.CANCELLED)
"""Not there for young people and partners."""


class RoundOpening(NamedTuple):
    opening_id: int
    capacity: int
    minimum: int
    banded_at: datetime | None
    title_ko: str
    title_en: str
    sector: str
    region: str
    employment: str
    state: OpeningState
    closes_on: date
    starts_on: date | None
    is_demo: bool
    organisation_id: int
    organisation_ko: str
    organisation_en: str
    organisation_state: OrganisationState

    @property
    def is_live(self) -> bool:
        """Whether people may still be placed at it."""
        is_working = self.organisation_state is OrganisationState.ACTIVE
        return is_working and self.state is OpeningState.PUBLISHED


class PairLine(NamedTuple):
    """A published pair and how the person answered; None without an introduction."""

    pair: AssignmentPair
    answer: IntroductionState | None
    answer_by: date | None


class RunLine(NamedTuple):
    row: AssignmentRound
    run: AssignmentRun


def managed(actor: Actor) -> ColumnElement[bool]:
    """A university its own rounds, the centre everybody's."""
    if actor.role is Role.COORDINATOR:
        return col(AssignmentRound.organisation_id) == actor.organisation_id
    return true() if actor.role is Role.CENTRE else false()


def listed(session: Session, actor: Actor) -> list[tuple[AssignmentRound, Organisation]]:
    """The newest first."""
    rows = session.exec(
        select(AssignmentRound, Organisation)
        .join(Organisation, col(Organisation.id) == AssignmentRound.organisation_id)
        .where(managed(actor))
        .order_by(col(AssignmentRound.created_at).desc(), col(AssignmentRound.id).desc())
    ).all()
    return [(row[0], row[1]) for row in rows]


def get(
    session: Session, actor: Actor, round_id: int, *, lock: bool = False
) -> AssignmentRound | None:
    """`lock` holds the round until the transaction ends; SQLite's one writer needs no lock."""
    return _one(session, round_id, managed(actor), lock=lock)


def for_youth(
    session: Session, round_id: int, *, lock: bool = False, or_cancelled: bool = False
) -> AssignmentRound | None:
    """Whose round it is decides the caller, by cohort or entry."""
    hidden = [each for each in HIDDEN if not or_cancelled or each is not RoundState.CANCELLED]
    return _one(session, round_id, col(AssignmentRound.state).not_in(hidden), lock=lock)


def for_partner(
    session: Session, actor: Actor, round_id: int, *, lock: bool = False
) -> AssignmentRound | None:
    own = col(AssignmentRound.id).in_(_rounds_of_partner(actor))
    return _one(session, round_id, own & col(AssignmentRound.state).not_in(HIDDEN), lock=lock)


def _one(
    session: Session, round_id: int, scope: ColumnElement[bool], *, lock: bool
) -> AssignmentRound | None:
    statement = select(AssignmentRound).where(scope, AssignmentRound.id == round_id)
    if lock:
        statement = statement.with_for_update()
    return session.exec(statement.execution_options(populate_existing=lock)).first()


def of_partner(session: Session, actor: Actor) -> Sequence[AssignmentRound]:
    return session.exec(
        select(AssignmentRound)
        .where(
            col(AssignmentRound.id).in_(_rounds_of_partner(actor)),
            col(AssignmentRound.state).not_in(HIDDEN),
        )
        .order_by(col(AssignmentRound.wishes_until).desc(), col(AssignmentRound.id).desc())
    ).all()


def living(session: Session) -> Sequence[AssignmentRound]:
    """Rounds young people may know of, the ones that lock last first."""
    return session.exec(
        select(AssignmentRound)
        .where(col(AssignmentRound.state).not_in(HIDDEN))
        .order_by(col(AssignmentRound.wishes_until).desc(), col(AssignmentRound.id).desc())
    ).all()


def undecided(session: Session) -> Sequence[AssignmentRound]:
    """Whose wishes stand or can still change: those chances are computed for."""
    states = (RoundState.WISHES_OPEN, RoundState.WISHES_CLOSED)
    return session.exec(
        select(AssignmentRound)
        .where(col(AssignmentRound.state).in_(states))
        .order_by(col(AssignmentRound.id))
    ).all()


def _rounds_of_partner(actor: Actor) -> SelectOfScalar[Any]:
    nobody = actor.role is not Role.PARTNER or actor.organisation_id is None
    own = false() if nobody else col(Opening.organisation_id) == actor.organisation_id
    return (
        select(AssignmentOpening.round_id)
        .join(Opening, col(Opening.id) == AssignmentOpening.opening_id)
        .join(Organisation, col(Organisation.id) == Opening.organisation_id)
        .where(own, Organisation.state == OrganisationState.ACTIVE)
    )


def openings_of(
    session: Session, round_id: int, organisation_id: int | None = None
) -> list[RoundOpening]:
    """In the order of their numbers; of one partner alone when it is named."""
    statement = (
        select(
            AssignmentOpening.opening_id,
            AssignmentOpening.capacity,
            AssignmentOpening.minimum,
            AssignmentOpening.banded_at,
            Opening.title_ko,
            Opening.title_en,
            Opening.sector,
            Opening.region,
            Opening.employment_type,
            Opening.state,
            Opening.closes_on,
            Opening.starts_on,
            Opening.is_demo,
            Opening.organisation_id,
            Organisation.name_ko,
            Organisation.name_en,
            Organisation.state,
        )  # type: ignore[call-overload]  # SQLModel types four columns
        .join(Opening, col(Opening.id) == AssignmentOpening.opening_id)
        .join(Organisation, col(Organisation.id) == Opening.organisation_id)
        .where(AssignmentOpening.round_id == round_id)
        .order_by(AssignmentOpening.opening_id)
    )
    if organisation_id is not None:
        statement = statement.where(Opening.organisation_id == organisation_id)
    return [RoundOpening(*row) for row in session.execute(statement)]


def opening_rows(session: Session, round_id: int) -> dict[int, AssignmentOpening]:
    """By opening, for changing."""
    rows = session.exec(select(AssignmentOpening).where(AssignmentOpening.round_id == round_id))
    return {each.opening_id: each for each in rows}


def opening_row(session: Session, round_id: int, opening_id: int) -> AssignmentOpening | None:
    return session.exec(
        select(AssignmentOpening).where(
            AssignmentOpening.round_id == round_id, AssignmentOpening.opening_id == opening_id
        )
    ).first()


def seats(session: Session) -> dict[int, tuple[int, int]]:
    """Round -> (openings, seats)."""
    rows = session.execute(
        select(
            AssignmentOpening.round_id,
            func.count(col(AssignmentOpening.id)),
            func.sum(AssignmentOpening.capacity),
        ).group_by(col(AssignmentOpening.round_id))
    )
    return {row[0]: (row[1], int(row[2])) for row in rows}


def offered(session: Session, actor: Actor, today: date) -> list[openings.OpeningLine]:
    """What a desk may put into a round: open for applications today."""
    lines = openings.lines(session, actor, (OpeningState.PUBLISHED,))
    return [each for each in lines if each.closes_on >= today]


def runs_of_courses(
    session: Session, actor: Actor, today: date
) -> list[tuple[int, str, str, date]]:
    """(session, title ko, title en, last day) a cohort may be taken from, the latest first."""
    own = true() if actor.role is Role.CENTRE else _own_course(actor)
    rows = session.execute(
        select(CourseSession.id, Course.title_ko, Course.title_en, CourseSession.ends_on)  # type: ignore[call-overload]  # SQLModel does not type these columns
        .join(Course, col(Course.id) == CourseSession.course_id)
        .where(own)
        .order_by(col(CourseSession.ends_on).desc(), col(CourseSession.id).desc())
        .limit(60)
    )
    return [(row[0], row[1], row[2], row[3]) for row in rows]


def _own_course(actor: Actor) -> ColumnElement[bool]:
    return col(Course.organisation_id) == actor.organisation_id


def runs(session: Session, round_id: int, number: int | None = None) -> Sequence[AssignmentRun]:
    """Of the last dry run unless one is named, in the order of the methods."""
    last = select(func.max(AssignmentRun.number)).where(AssignmentRun.round_id == round_id)
    wanted = last.scalar_subquery() if number is None else number
    return session.exec(
        select(AssignmentRun)
        .where(AssignmentRun.round_id == round_id, AssignmentRun.number == wanted)
        .order_by(col(AssignmentRun.id))
    ).all()


def tried_in_vain(
    session: Session, row: AssignmentRound
) -> Sequence[tuple[AssignmentRound, datetime]]:
    """Other rounds that went through a dry run before this one's result and have none of their
    own, with the moment of the first: the same owner's, and the centre's beside everybody's."""
    first = (
        select(AssignmentRun.round_id, func.min(AssignmentRun.created_at).label("tried_at"))
        .group_by(col(AssignmentRun.round_id))
        .subquery()
    )
    statement = (
        select(AssignmentRound, first.c.tried_at)
        .join(first, first.c.round_id == AssignmentRound.id)
        .where(
            AssignmentRound.id != row.id,
            col(AssignmentRound.published_at).is_(None),
            _beside(row.organisation_id),
        )
        .order_by(first.c.tried_at, col(AssignmentRound.id))
    )
    if row.published_at is not None:
        statement = statement.where(first.c.tried_at <= row.published_at)
    return [(each[0], each[1]) for each in session.execute(statement)]


def _beside(organisation_id: int) -> ColumnElement[bool]:
    central = select(Organisation.id).where(Organisation.kind == OrganisationKind.RISE_CENTRE)
    owner = col(AssignmentRound.organisation_id)
    is_central = central.where(Organisation.id == organisation_id).exists()
    return (owner == organisation_id) | owner.in_(central) | is_central


def opening_ids(session: Session, round_ids: Sequence[int]) -> dict[int, set[int]]:
    """Round -> openings."""
    rows = session.execute(
        select(AssignmentOpening.round_id, AssignmentOpening.opening_id).where(
            col(AssignmentOpening.round_id).in_(round_ids)
        )
    )
    found: dict[int, set[int]] = {}
    for row in rows:
        found.setdefault(row[0], set()).add(row[1])
    return found


def run(session: Session, actor: Actor, round_id: int, run_id: int) -> RunLine | None:
    row = session.exec(
        select(AssignmentRound, AssignmentRun)
        .join(AssignmentRun, col(AssignmentRun.round_id) == AssignmentRound.id)
        .where(managed(actor), AssignmentRound.id == round_id, AssignmentRun.id == run_id)
    ).first()
    return None if row is None else RunLine(row[0], row[1])


def chosen(session: Session, round_id: int) -> AssignmentRun | None:
    """The one proposed or published last."""
    return session.exec(
        select(AssignmentRun)
        .where(AssignmentRun.round_id == round_id, col(AssignmentRun.is_chosen))
        .order_by(col(AssignmentRun.number).desc(), col(AssignmentRun.id).desc())
    ).first()


def pairs(session: Session, round_id: int, youth_id: int | None = None) -> list[PairLine]:
    statement = (
        select(AssignmentPair, Introduction.state, Introduction.answer_by)  # type: ignore[call-overload]  # SQLModel does not type these columns
        .outerjoin(
            Introduction,
            (col(Introduction.opening_id) == AssignmentPair.opening_id)
            & (col(Introduction.youth_id) == AssignmentPair.youth_id),
        )
        .where(AssignmentPair.round_id == round_id)
        .order_by(col(AssignmentPair.id))
    )
    if youth_id is not None:
        statement = statement.where(AssignmentPair.youth_id == youth_id)
    return [PairLine(*row) for row in session.execute(statement)]


def partner_pair(
    session: Session, actor: Actor, round_id: int, pair_id: int
) -> AssignmentPair | None:
    """For deciding, within the partner's own openings."""
    own = col(AssignmentPair.round_id).in_(_rounds_of_partner(actor))
    mine = select(Opening.id).where(Opening.organisation_id == actor.organisation_id)
    return session.exec(
        select(AssignmentPair)
        .where(
            own,
            col(AssignmentPair.opening_id).in_(mine),
            AssignmentPair.round_id == round_id,
            AssignmentPair.id == pair_id,
        )
        .with_for_update()
        .execution_options(populate_existing=True)
    ).first()


def introduction(session: Session, opening_id: int, youth_id: int) -> Introduction | None:
    return session.exec(
        select(Introduction).where(
            Introduction.opening_id == opening_id, Introduction.youth_id == youth_id
        )
    ).first()
