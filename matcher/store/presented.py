"""Badges people handed in: a person's own, and those somebody at a desk has to look at."""

from collections.abc import Sequence
from enum import StrEnum
from typing import Any, Final, NamedTuple

from sqlalchemy import and_, func, or_, select, text
from sqlmodel import Session, col

from matcher.actor import Actor
from matcher.store.evidence import judged
from matcher.store.youths import hold
from models.account import Account
from models.credential import PresentedCredential, PresentedState, TrustedIssuer, Verdict
from models.youth import YouthProfile

_ONE_AT_A_TIME: Final = 7_301_003
"""Beside the numbers of the trail's chains (`store.trail`)."""


class Show(StrEnum):
    OPEN = "open"
    NOT_THEIRS = "not_theirs"
    ACCEPTED = "accepted"


class Holder(NamedTuple):
    account: Account
    profile: YouthProfile


class DeskRow(NamedTuple):
    badge: PresentedCredential
    account: Account


def own(session: Session, youth_id: int) -> Sequence[PresentedCredential]:
    """Newest first; not those taken back."""
    return session.scalars(
        select(PresentedCredential)
        .where(
            col(PresentedCredential.youth_id) == youth_id,
            col(PresentedCredential.state) != PresentedState.WITHDRAWN,
        )
        .order_by(col(PresentedCredential.id).desc())
    ).all()


def own_one(session: Session, youth_id: int, badge_id: int) -> PresentedCredential | None:
    """None too for what was taken back."""
    return session.scalars(
        select(PresentedCredential).where(
            col(PresentedCredential.youth_id) == youth_id,
            col(PresentedCredential.id) == badge_id,
            col(PresentedCredential.state) != PresentedState.WITHDRAWN,
        )
    ).first()


def same(
    session: Session, youth_id: int, sha256: str, issuer: str = "", identifier: str = ""
) -> PresentedCredential | None:
    """The person's own row of the same credential, taken back or not."""
    test = col(PresentedCredential.sha256) == sha256
    if identifier:
        is_named = col(PresentedCredential.identifier) == identifier
        test = or_(test, and_(is_named, col(PresentedCredential.issuer) == issuer))
    return session.scalars(
        select(PresentedCredential)
        .where(col(PresentedCredential.youth_id) == youth_id, test)
        .order_by((col(PresentedCredential.sha256) == sha256).desc(), col(PresentedCredential.id))
    ).first()


def kept(session: Session, youth_id: int) -> int:
    """Taken back ones count: each is a row that stays."""
    statement = select(func.count(col(PresentedCredential.id))).where(
        col(PresentedCredential.youth_id) == youth_id
    )
    return int(session.scalar(statement) or 0)


def is_elsewhere(session: Session, row: PresentedCredential) -> bool:
    """Whether another person holds the same credential; whose it is stays unsaid. A forged copy is
    not the same: anybody could write one, and keep its owner's from counting."""
    gone = (PresentedState.WITHDRAWN, PresentedState.NOT_THEIRS)
    statement = select(col(PresentedCredential.id)).where(
        _is_another_copy(row), col(PresentedCredential.state).not_in(gone), or_(*_GOOD)
    )
    return session.scalars(statement.limit(1)).first() is not None


def counting_elsewhere(session: Session, row: PresentedCredential) -> Sequence[PresentedCredential]:
    """Copies in other accounts that count without a desk's answer."""
    return session.scalars(
        select(PresentedCredential).where(
            _is_another_copy(row),
            col(PresentedCredential.state) == PresentedState.COUNTED,
            col(PresentedCredential.decided_at).is_(None),
        )
    ).all()


def _is_another_copy(row: PresentedCredential) -> Any:
    is_same = col(PresentedCredential.sha256) == row.sha256
    if row.identifier:
        is_same |= (col(PresentedCredential.issuer) == row.issuer) & (
            col(PresentedCredential.identifier) == row.identifier
        )
    return is_same & (col(PresentedCredential.youth_id) != row.youth_id)


_GOOD: Final = (
    col(PresentedCredential.verdict).is_(None),
    col(PresentedCredential.verdict).in_((Verdict.VERIFIED, Verdict.WRONG_RECIPIENT)),
    col(PresentedCredential.state).in_((PresentedState.COUNTED, PresentedState.IN_REVIEW)),
)
"""A link nobody asked for yet, what the checks found good, and what counts or may."""


def holder(session: Session, youth_id: int) -> Holder:
    """Whose badge it is, for the checks themselves."""
    row = session.execute(
        select(Account, YouthProfile)
        .join(YouthProfile, col(YouthProfile.account_id) == col(Account.id))
        .where(col(YouthProfile.id) == youth_id)
    ).one()
    return Holder(row[0], row[1])


def backing(session: Session, youth_id: int, record_id: int) -> Sequence[PresentedCredential]:
    """Badges of the person that prove this record."""
    return session.scalars(
        select(PresentedCredential).where(
            col(PresentedCredential.youth_id) == youth_id,
            col(PresentedCredential.record_id) == record_id,
        )
    ).all()


def behind(session: Session, most: int) -> Sequence[PresentedCredential]:
    """Checked before something about their issuer changed; what counts comes first."""
    return session.scalars(
        select(PresentedCredential)
        .join(TrustedIssuer, _ISSUER_IS_AHEAD)
        .where(*_CAN_BE_CHECKED)
        .order_by(
            (col(PresentedCredential.state) == PresentedState.COUNTED).desc(),
            col(PresentedCredential.id),
        )
        .limit(most)
    ).all()


def count_behind(session: Session, issuer: str | None = None) -> int:
    """Of one issuer or of all."""
    statement = (
        select(func.count(col(PresentedCredential.id)))
        .join(TrustedIssuer, _ISSUER_IS_AHEAD)
        .where(*_CAN_BE_CHECKED)
    )
    if issuer is not None:
        statement = statement.where(col(PresentedCredential.issuer) == issuer)
    return int(session.scalar(statement) or 0)


_ISSUER_IS_AHEAD: Final = and_(
    col(TrustedIssuer.issuer) == col(PresentedCredential.issuer),
    col(TrustedIssuer.edition) > col(PresentedCredential.checked_edition),
)
_CAN_BE_CHECKED: Final = (
    col(PresentedCredential.data).is_not(None),
    col(PresentedCredential.state).in_(
        (PresentedState.CHECKED, PresentedState.IN_REVIEW, PresentedState.COUNTED)
    ),
)
"""As `policy.badges.can_check_again` says of one."""


def one_at_a_time(session: Session) -> None:
    """Until the transaction ends nobody else writes what checks found: of one badge in two accounts
    at once, one has to see the other. Taken before a person is held; SQLite has one writer anyway.
    """
    if session.get_bind().dialect.name == "postgresql":
        session.execute(text(f"SELECT pg_advisory_xact_lock({_ONE_AT_A_TIME})"))


def locked(session: Session, badge_id: int) -> PresentedCredential | None:
    """With its person held first, as everywhere: else two would wait for each other."""
    hold(
        session,
        select(col(PresentedCredential.youth_id)).where(col(PresentedCredential.id) == badge_id),
    )
    return session.scalars(
        select(PresentedCredential)
        .where(col(PresentedCredential.id) == badge_id)
        .with_for_update()
        .execution_options(populate_existing=True)
    ).first()


def counts(session: Session, actor: Actor) -> dict[Show, int]:
    columns = [
        select(func.count(col(PresentedCredential.id)))
        .join(YouthProfile, col(YouthProfile.id) == col(PresentedCredential.youth_id))
        .join(Account, col(Account.id) == col(YouthProfile.account_id))
        .where(judged(actor), _shows(show))
        .scalar_subquery()
        for show in Show
    ]
    return dict(zip(Show, session.execute(select(*columns)).one(), strict=True))


def page(session: Session, actor: Actor, show: Show, number: int, size: int) -> list[DeskRow]:
    """What waits: the oldest first; what is answered: the newest first."""
    order = (
        (col(PresentedCredential.created_at), col(PresentedCredential.id))
        if show is Show.OPEN
        else (col(PresentedCredential.decided_at).desc(), col(PresentedCredential.id).desc())
    )
    statement = _desk(actor).where(_shows(show)).order_by(*order)
    found = session.execute(statement.limit(size).offset((number - 1) * size))
    return [DeskRow(row[0], row[1]) for row in found]


def get(session: Session, actor: Actor, badge_id: int) -> DeskRow | None:
    """One that a desk looked at or has to."""
    row = session.execute(
        _desk(actor).where(
            col(PresentedCredential.id) == badge_id, or_(*(_shows(show) for show in Show))
        )
    ).first()
    return None if row is None else DeskRow(row[0], row[1])


def _shows(show: Show) -> Any:
    if show is Show.OPEN:
        return col(PresentedCredential.state) == PresentedState.IN_REVIEW
    if show is Show.NOT_THEIRS:
        return col(PresentedCredential.state) == PresentedState.NOT_THEIRS
    kept_on = (PresentedState.COUNTED, PresentedState.CHECKED)
    is_kept = col(PresentedCredential.state).in_(kept_on)
    return is_kept & col(PresentedCredential.decided_at).is_not(None)


def _desk(actor: Actor) -> Any:
    return (
        select(PresentedCredential, Account)
        .join(YouthProfile, col(YouthProfile.id) == col(PresentedCredential.youth_id))
        .join(Account, col(Account.id) == col(YouthProfile.account_id))
        .where(judged(actor))
    )
