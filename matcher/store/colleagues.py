"""The accounts of one partner."""

from collections.abc import Sequence

from sqlmodel import Session, col, delete, select

from matcher.actor import Actor
from models.account import Account, AccountState, Membership, Role
from models.review import Review, ReviewAssignment


def visible_to(session: Session, actor: Actor) -> Sequence[Account]:
    """Those of the actor's own organisation, whatever their state but erased, oldest first."""
    if actor.role is not Role.PARTNER or actor.organisation_id is None:
        return ()
    return session.exec(
        select(Account)
        .join(Membership, col(Membership.account_id) == Account.id)
        .where(
            Membership.organisation_id == actor.organisation_id,
            Membership.role == Role.PARTNER,
            Account.state != AccountState.ERASED,
        )
        .order_by(col(Account.id))
    ).all()


def held(session: Session, actor: Actor) -> dict[int, Account]:
    """As `visible_to`, locked until the transaction ends and read as they are then, so that two
    who end each other's access at once cannot both succeed."""
    ids = [each.id for each in visible_to(session, actor)]
    rows = session.exec(
        select(Account)
        .where(col(Account.id).in_(ids))
        .order_by(col(Account.id))
        .with_for_update()
        .execution_options(populate_existing=True)
    )
    return {row.id or 0: row for row in rows}


def drop_open_assignments(session: Session, account_id: int) -> None:
    """People nobody scored yet go back to be given to others; written scores stay."""
    judged = select(Review.id).where(
        Review.opening_id == ReviewAssignment.opening_id,
        Review.youth_id == ReviewAssignment.youth_id,
        Review.account_id == account_id,
    )
    session.exec(
        delete(ReviewAssignment).where(
            col(ReviewAssignment.account_id) == account_id, ~judged.exists()
        )
    )
