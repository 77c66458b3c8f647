"""Links with which partners without an account answer, and every use of them."""

from collections.abc import Sequence
from datetime import date, datetime
from typing import NamedTuple

from sqlalchemy import ColumnElement, func, true, update
from sqlmodel import Session, col, select

from matcher.actor import Actor
from matcher.store import applications
from models.account import Account, AccountState, Membership, Role
from models.answer_link import AnswerLink, AnswerLinkUse, LinkUse
from models.application import Application, ApplicationState
from models.opening import Opening
from models.organisation import Organisation, OrganisationState


class Behind(NamedTuple):
    link: AnswerLink
    application: Application
    opening: Opening
    organisation: Organisation


class Used(NamedTuple):
    """A use as the person it is about sees it."""

    at: datetime
    use: LinkUse
    organisation_ko: str
    organisation_en: str
    title_ko: str
    title_en: str


class Unheard(NamedTuple):
    """An application to an organisation nobody signs in for."""

    application: Application
    opening: Opening
    organisation: Organisation


def issue(session: Session, row: AnswerLink) -> AnswerLink:
    session.add(row)
    session.flush()  # its number goes into the mail's key and the audit line
    return row


def behind(session: Session, token_hash: str) -> Behind | None:
    return _one(session, col(AnswerLink.token_hash) == token_hash)


def by_id(session: Session, link_id: int) -> Behind | None:
    return _one(session, col(AnswerLink.id) == link_id)


def _one(session: Session, condition: object) -> Behind | None:
    row = session.exec(
        select(AnswerLink, Application, Opening, Organisation)
        .join(Application, col(Application.id) == AnswerLink.application_id)
        .join(Opening, col(Opening.id) == Application.opening_id)
        .join(Organisation, col(Organisation.id) == Opening.organisation_id)
        .where(condition)  # type: ignore[arg-type]
    ).first()
    return None if row is None else Behind(*row)


def seen_by_firm(
    session: Session, organisation_id: int, today: date, application_id: int, *, lock: bool = False
) -> tuple[Application, Opening] | None:
    """What somebody of the organisation would see who were signed in: the person's consent for it
    lives, the application was not taken back, the organisation works."""
    firm = Actor(0, Role.PARTNER, "", organisation_id=organisation_id)
    return applications.get(session, firm, today, application_id, lock=lock)


def spend(session: Session, link_id: int, now: datetime) -> bool:
    """Two answers at once: one of them gets True."""
    spent = session.exec(
        update(AnswerLink)
        .where(
            col(AnswerLink.id) == link_id,
            col(AnswerLink.answered_at).is_(None),
            col(AnswerLink.revoked_at).is_(None),
            col(AnswerLink.expires_at) > now,
        )
        .values(answered_at=now)
        .execution_options(synchronize_session=False)
    )
    return spent.rowcount == 1


def revoke(session: Session, link_id: int, now: datetime) -> bool:
    return _revoke(session, now, col(AnswerLink.id) == link_id) == 1


def revoke_all(session: Session, application_id: int, now: datetime) -> None:
    """Whoever asks anew ends what was asked before."""
    _revoke(session, now, col(AnswerLink.application_id) == application_id)


def end_of_account(
    session: Session, account_id: int, now: datetime, application_id: int | None = None
) -> None:
    """Links the account had sent, and those sent to its mailbox; of one application or of all."""
    mailbox = select(func.lower(Account.email)).where(Account.id == account_id).scalar_subquery()
    its = (col(AnswerLink.account_id) == account_id) | (func.lower(AnswerLink.address) == mailbox)
    of_one = true() if application_id is None else col(AnswerLink.application_id) == application_id
    _revoke(session, now, its, of_one)


def _revoke(session: Session, now: datetime, *which: ColumnElement[bool]) -> int:
    """How many of them were neither answered nor ended before."""
    ended = session.exec(
        update(AnswerLink)
        .where(
            *which,
            col(AnswerLink.answered_at).is_(None),
            col(AnswerLink.revoked_at).is_(None),
        )
        .values(revoked_at=now)
        .execution_options(synchronize_session=False)
    )
    return ended.rowcount


def of_applications(session: Session, application_ids: Sequence[int]) -> Sequence[AnswerLink]:
    """The newest first."""
    return session.exec(
        select(AnswerLink)
        .where(col(AnswerLink.application_id).in_(application_ids))
        .order_by(col(AnswerLink.id).desc())
    ).all()


def uses(session: Session, link_ids: Sequence[int]) -> dict[int, list[AnswerLinkUse]]:
    found: dict[int, list[AnswerLinkUse]] = {}
    rows = session.exec(
        select(AnswerLinkUse)
        .where(col(AnswerLinkUse.link_id).in_(link_ids))
        .order_by(col(AnswerLinkUse.at), col(AnswerLinkUse.id))
    )
    for row in rows:
        found.setdefault(row.link_id, []).append(row)
    return found


def count_uses(session: Session, link_id: int, since: datetime) -> int:
    statement = select(func.count(col(AnswerLinkUse.id))).where(
        AnswerLinkUse.link_id == link_id, AnswerLinkUse.at > since
    )
    return int(session.scalar(statement) or 0)


def uses_about(session: Session, youth_id: int, most: int) -> list[Used]:
    """Every opening of a link to one of the person's applications, the newest first."""
    rows = session.execute(
        select(
            AnswerLinkUse.at,
            AnswerLinkUse.use,
            Organisation.name_ko,
            Organisation.name_en,
            Opening.title_ko,
            Opening.title_en,
        )  # type: ignore[call-overload]  # SQLModel types four columns
        .join(AnswerLink, col(AnswerLink.id) == AnswerLinkUse.link_id)
        .join(Application, col(Application.id) == AnswerLink.application_id)
        .join(Opening, col(Opening.id) == Application.opening_id)
        .join(Organisation, col(Organisation.id) == Opening.organisation_id)
        .where(Application.youth_id == youth_id)
        .order_by(col(AnswerLinkUse.at).desc(), col(AnswerLinkUse.id).desc())
        .limit(most)
    )
    return [Used(*row) for row in rows]


def answered_from(session: Session, application_id: int) -> str | None:
    """The mailbox from which the application was answered."""
    return session.exec(
        select(AnswerLink.address)
        .where(
            AnswerLink.application_id == application_id, col(AnswerLink.answered_at).is_not(None)
        )
        .order_by(col(AnswerLink.id).desc())
    ).first()


def unheard(session: Session, actor: Actor) -> list[Unheard]:
    """For the centre: open applications to organisations without an active account."""
    if actor.role is not Role.CENTRE:
        return []
    signing_in = (
        select(Membership.organisation_id)
        .join(Account, col(Account.id) == Membership.account_id)
        .where(
            Membership.role == Role.PARTNER,
            Account.state == AccountState.ACTIVE,
            col(Membership.organisation_id).is_not(None),
        )
    )
    rows = session.exec(
        select(Application, Opening, Organisation)
        .join(Opening, col(Opening.id) == Application.opening_id)
        .join(Organisation, col(Organisation.id) == Opening.organisation_id)
        .where(
            col(Application.state).in_(
                (ApplicationState.SENT, ApplicationState.UNDER_REVIEW, ApplicationState.INTERVIEW)
            ),
            Organisation.state == OrganisationState.ACTIVE,
            col(Organisation.id).not_in(signing_in),
        )
        .order_by(col(Application.created_at), col(Application.id))
    ).all()
    return [Unheard(*row) for row in rows]
