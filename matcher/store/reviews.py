"""Criteria, phases, assignments, conflicts and reviews of an opening.

Whose scores are read is decided here once: `readable` is the only scope reviews are read through.
"""

from collections.abc import Collection, Sequence
from datetime import date
from typing import NamedTuple

from sqlalchemy import ColumnElement, delete, exists, func
from sqlalchemy.orm import aliased
from sqlmodel import Session, col, select

from matcher.actor import Actor
from matcher.store import applications, candidates
from models.application import (
    Application,
    Introduction,
    IntroductionState,
    ShortlistEntry,
    ShortlistState,
)
from models.opening import Opening
from models.review import (
    OthersScores,
    Review,
    ReviewAssignment,
    ReviewConflict,
    ReviewCriterion,
    ReviewPhase,
    ReviewScore,
    ReviewState,
)
from models.youth import YouthProfile


def phases(session: Session, opening_id: int) -> Sequence[ReviewPhase]:
    return session.exec(
        select(ReviewPhase)
        .where(ReviewPhase.opening_id == opening_id)
        .order_by(col(ReviewPhase.starts_on))
    ).all()


def phases_of(session: Session, opening_ids: Sequence[int]) -> dict[int, list[ReviewPhase]]:
    """By opening; openings without phases are left out."""
    rows = session.exec(
        select(ReviewPhase)
        .where(col(ReviewPhase.opening_id).in_(opening_ids))
        .order_by(col(ReviewPhase.opening_id), col(ReviewPhase.starts_on))
    )
    found: dict[int, list[ReviewPhase]] = {}
    for row in rows:
        found.setdefault(row.opening_id, []).append(row)
    return found


def phase(session: Session, opening_id: int, phase_id: int) -> ReviewPhase | None:
    return session.exec(
        select(ReviewPhase).where(ReviewPhase.opening_id == opening_id, ReviewPhase.id == phase_id)
    ).first()


def criteria(session: Session, opening_id: int) -> Sequence[ReviewCriterion]:
    return session.exec(
        select(ReviewCriterion)
        .where(ReviewCriterion.opening_id == opening_id)
        .order_by(col(ReviewCriterion.place))
    ).all()


def replace_criteria(session: Session, opening_id: int, rows: Sequence[ReviewCriterion]) -> None:
    """Only while nobody has scored: scores refer to the rows that go."""
    session.exec(delete(ReviewCriterion).where(col(ReviewCriterion.opening_id) == opening_id))
    session.flush()  # the new rows take the old places
    session.add_all(rows)


def has_submitted(session: Session, opening_id: int) -> bool:
    statement = select(Review.id).where(
        Review.opening_id == opening_id, Review.state == ReviewState.SUBMITTED
    )
    return session.exec(statement.limit(1)).first() is not None


def has_conflict(session: Session, opening_id: int, account_id: int, youth_id: int) -> bool:
    return youth_id in conflicts(session, opening_id, account_id)


def conflicts(session: Session, opening_id: int, account_id: int) -> frozenset[int]:
    rows = session.exec(
        select(ReviewConflict.youth_id).where(
            ReviewConflict.opening_id == opening_id, ReviewConflict.account_id == account_id
        )
    )
    return frozenset(rows.all())


def assigned(session: Session, opening_id: int) -> Sequence[ReviewAssignment]:
    return session.exec(
        select(ReviewAssignment)
        .where(ReviewAssignment.opening_id == opening_id)
        .order_by(col(ReviewAssignment.youth_id), col(ReviewAssignment.account_id))
    ).all()


def assigned_to(session: Session, opening_id: int, account_id: int) -> frozenset[int]:
    rows = session.exec(
        select(ReviewAssignment.youth_id).where(
            ReviewAssignment.opening_id == opening_id, ReviewAssignment.account_id == account_id
        )
    )
    return frozenset(rows.all())


class OwnLeft(NamedTuple):
    opening_id: int
    youth_id: int


def left_of(session: Session, organisation_id: int, account_id: int) -> list[OwnLeft]:
    """People assigned to the account in openings of its organisation, neither judged nor
    declined by it."""
    judged = exists().where(
        col(Review.opening_id) == ReviewAssignment.opening_id,
        col(Review.youth_id) == ReviewAssignment.youth_id,
        col(Review.account_id) == account_id,
    )
    conflicted = exists().where(
        col(ReviewConflict.opening_id) == ReviewAssignment.opening_id,
        col(ReviewConflict.youth_id) == ReviewAssignment.youth_id,
        col(ReviewConflict.account_id) == account_id,
    )
    rows = session.execute(
        select(ReviewAssignment.opening_id, ReviewAssignment.youth_id)
        .join(Opening, col(Opening.id) == ReviewAssignment.opening_id)
        .where(
            Opening.organisation_id == organisation_id,
            ReviewAssignment.account_id == account_id,
            ~judged,
            ~conflicted,
        )
        .order_by(col(ReviewAssignment.opening_id), col(ReviewAssignment.youth_id))
    )
    return [OwnLeft(*row) for row in rows]


def readable(account_id: int, others: OthersScores) -> ColumnElement[bool]:
    """The account's own reviews; those of others only where it has submitted its own."""
    is_own = col(Review.account_id) == account_id
    if others is OthersScores.NEVER:
        return is_own
    own = aliased(Review)
    has_own = exists().where(
        col(own.opening_id) == Review.opening_id,
        col(own.youth_id) == Review.youth_id,
        col(own.account_id) == account_id,
        col(own.state) == ReviewState.SUBMITTED,
    )
    return is_own | (has_own & (col(Review.state) == ReviewState.SUBMITTED))


def reviews(
    session: Session,
    opening_id: int,
    account_id: int,
    others: OthersScores,
    youth_id: int | None = None,
) -> Sequence[Review]:
    statement = select(Review).where(Review.opening_id == opening_id, readable(account_id, others))
    if youth_id is not None:
        statement = statement.where(Review.youth_id == youth_id)
    return session.exec(statement.order_by(col(Review.youth_id), col(Review.id))).all()


def own(session: Session, opening_id: int, account_id: int, youth_id: int) -> Review | None:
    return session.exec(
        select(Review).where(
            Review.opening_id == opening_id,
            Review.account_id == account_id,
            Review.youth_id == youth_id,
        )
    ).first()


def drop_own(session: Session, opening_id: int, account_id: int, youth_id: int) -> None:
    row = own(session, opening_id, account_id, youth_id)
    if row is not None:
        session.exec(delete(ReviewScore).where(col(ReviewScore.review_id) == row.id))
        session.flush()  # the scores go before what they refer to
        session.delete(row)


def judged_by(session: Session, opening_id: int, account_id: int) -> frozenset[int]:
    """People the account scored or abstained on."""
    rows = session.exec(
        select(Review.youth_id).where(
            Review.opening_id == opening_id, Review.account_id == account_id
        )
    )
    return frozenset(rows)


def scores(session: Session, rows: Sequence[Review]) -> dict[int, dict[int, int]]:
    """Review -> criterion -> score, of reviews that came through `readable`."""
    found: dict[int, dict[int, int]] = {row.id or 0: {} for row in rows}
    statement = select(ReviewScore).where(col(ReviewScore.review_id).in_(list(found)))
    for each in session.exec(statement):
        found[each.review_id][each.criterion_id] = each.score
    return found


def replace_scores(session: Session, review_id: int, given: dict[int, int]) -> None:
    session.exec(delete(ReviewScore).where(col(ReviewScore.review_id) == review_id))
    session.add_all(
        ReviewScore(review_id=review_id, criterion_id=criterion, score=score)
        for criterion, score in given.items()
    )


def submitted_counts(session: Session, opening_id: int) -> dict[int, int]:
    """How many submitted a score of each person; never what."""
    rows = session.execute(
        select(Review.youth_id, func.count())
        .where(Review.opening_id == opening_id, Review.state == ReviewState.SUBMITTED)
        .group_by(col(Review.youth_id))
    )
    return {row[0]: row[1] for row in rows}


def others_submitted(session: Session, opening_id: int, account_id: int, youth_id: int) -> int:
    statement = select(func.count()).where(
        Review.opening_id == opening_id,
        Review.youth_id == youth_id,
        Review.account_id != account_id,
        Review.state == ReviewState.SUBMITTED,
    )
    return int(session.execute(statement).scalar_one())


def seen_among(
    session: Session, actor: Actor, opening: Opening, today: date, youth_ids: Collection[int]
) -> tuple[frozenset[int], dict[int, int]]:
    """Those of the people the actor may see for the opening: masked ones of the pool, and
    applicants with their application. Whoever is in neither has taken a consent back."""
    scope = candidates.visible_to(actor, opening, today)
    masked = session.exec(scope.where(col(YouthProfile.id).in_(list(youth_ids)))).all()
    applied = {
        line.youth_id: line.id
        for line in applications.lines(session, actor, today, opening.id)
        if line.youth_id in youth_ids
    }
    return frozenset(masked), applied


def noted(session: Session, opening_id: int) -> frozenset[int]:
    """People somebody of the partner reviews anyhow: shortlisted, asked, applied, or assigned."""
    found: set[int] = set()
    for statement in (
        select(ShortlistEntry.youth_id).where(
            ShortlistEntry.opening_id == opening_id,
            ShortlistEntry.state == ShortlistState.SHORTLISTED,
        ),
        select(Introduction.youth_id).where(
            Introduction.opening_id == opening_id,
            col(Introduction.state).in_(_LIVING_REQUESTS),
        ),
        select(Application.youth_id).where(
            Application.opening_id == opening_id,
            col(Application.state).in_(applications.UNDECIDED),
        ),
        select(ReviewAssignment.youth_id).where(ReviewAssignment.opening_id == opening_id),
    ):
        found.update(session.exec(statement))
    return frozenset(found)


def reviewed(session: Session, opening_id: int) -> frozenset[int]:
    statement = select(Review.youth_id).where(Review.opening_id == opening_id)
    return frozenset(session.exec(statement))


_LIVING_REQUESTS = (IntroductionState.REQUESTED, IntroductionState.ACCEPTED)
