"""Applications and their steps."""

from collections.abc import Sequence
from datetime import date, datetime
from typing import NamedTuple

from sqlalchemy import ColumnElement, and_, exists, false, or_, true
from sqlmodel import Session, col, select

from matcher.actor import Actor
from matcher.store import youths
from models.account import Account, Role
from models.application import (
    Application,
    ApplicationEvent,
    ApplicationState,
    ClosingCause,
    Introduction,
    IntroductionState,
    LateReason,
)
from models.consent import Consent, ConsentPurpose
from models.opening import Opening
from models.organisation import Organisation, OrganisationState
from models.trail import AccessRecord

UNDECIDED = (
    ApplicationState.SENT,
    ApplicationState.UNDER_REVIEW,
    ApplicationState.INTERVIEW,
    ApplicationState.OFFERED,
    ApplicationState.ACCEPTED,
)


class ApplicationLine(NamedTuple):
    id: int
    opening_id: int
    youth_id: int
    state: ApplicationState
    created_at: datetime
    updated_at: datetime
    version: int
    answer_by: date | None
    late_reason: LateReason | None
    cause: ClosingCause | None


def visible_to(actor: Actor, today: date) -> ColumnElement[bool]:
    """For statements that join Opening. A partner needs the person's live consent for it, so a
    withdrawal empties its view at once; a withdrawn application is gone from it as well."""
    if actor.role is Role.YOUTH:
        return col(Application.youth_id) == actor.youth_id
    if actor.role is Role.PARTNER and actor.organisation_id is not None:
        return and_(
            col(Opening.organisation_id).in_(
                select(Organisation.id).where(
                    Organisation.id == actor.organisation_id,
                    Organisation.state == OrganisationState.ACTIVE,
                )
            ),
            col(Application.state) != ApplicationState.WITHDRAWN,
            _employer_consent(actor.organisation_id, today),
        )
    return true() if actor.role is Role.ADMIN else false()


def _employer_consent(organisation_id: int, today: date) -> ColumnElement[bool]:
    return (
        exists()
        .where(
            col(Consent.youth_id) == Application.youth_id,
            col(Consent.purpose) == ConsentPurpose.EMPLOYER,
            col(Consent.organisation_id) == organisation_id,
            col(Consent.withdrawn_at).is_(None),
            or_(col(Consent.expires_on).is_(None), col(Consent.expires_on) >= today),
        )
        .correlate(Application)
    )


def get(
    session: Session, actor: Actor, today: date, application_id: int, *, lock: bool = False
) -> tuple[Application, Opening] | None:
    """`lock` holds the person and the application until the transaction ends and reads the row
    as it is then; SQLite's writer needs none."""
    if lock:
        youths.hold(session, select(Application.youth_id).where(Application.id == application_id))
    statement = (
        select(Application, Opening)
        .join(Opening, col(Opening.id) == Application.opening_id)
        .where(visible_to(actor, today), Application.id == application_id)
    )
    if lock:
        statement = statement.with_for_update(of=Application)
    row = session.exec(statement.execution_options(populate_existing=lock)).first()
    return None if row is None else (row[0], row[1])


def was_withdrawn(session: Session, actor: Actor, application_id: int) -> bool:
    """Whether an application to the partner's own opening was taken back by the person."""
    found = session.exec(
        select(Application.id)
        .join(Opening, col(Opening.id) == Application.opening_id)
        .where(
            Application.id == application_id,
            Application.state == ApplicationState.WITHDRAWN,
            Opening.organisation_id == actor.organisation_id,
        )
    )
    return actor.role is Role.PARTNER and found.first() is not None


def lines(
    session: Session, actor: Actor, today: date, opening_id: int | None = None
) -> list[ApplicationLine]:
    """Oldest first: who waits longest is answered first."""
    statement = (
        select(
            Application.id,
            Application.opening_id,
            Application.youth_id,
            Application.state,
            Application.created_at,
            Application.updated_at,
            Application.version,
            Application.answer_by,
            Application.late_reason,
            Application.cause,
        )  # type: ignore[call-overload]  # SQLModel types four columns
        .join(Opening, col(Opening.id) == Application.opening_id)
        .where(visible_to(actor, today))
        .order_by(col(Application.created_at), col(Application.id))
    )
    if opening_id is not None:
        statement = statement.where(Application.opening_id == opening_id)
    return [ApplicationLine(*row) for row in session.execute(statement)]


def many(
    session: Session, actor: Actor, today: date, ids: Sequence[int]
) -> list[tuple[Application, Opening]]:
    """Locked, in id order; fewer than asked when some are not the actor's to see."""
    youths.hold(session, select(Application.youth_id).where(col(Application.id).in_(ids)))
    rows = session.exec(
        select(Application, Opening)
        .join(Opening, col(Opening.id) == Application.opening_id)
        .where(visible_to(actor, today), col(Application.id).in_(ids))
        .order_by(col(Application.id))
        .with_for_update(of=Application)
        .execution_options(populate_existing=True)
    ).all()
    return [(row[0], row[1]) for row in rows]


def events(session: Session, application_id: int) -> Sequence[ApplicationEvent]:
    return session.exec(
        select(ApplicationEvent)
        .where(ApplicationEvent.application_id == application_id)
        .order_by(col(ApplicationEvent.at), col(ApplicationEvent.id))
    ).all()


def undecided_of_youth(session: Session, youth_id: int, besides: int) -> Sequence[Application]:
    """All open ones of a person but one, at every partner: for what a hire brings about."""
    return session.exec(
        select(Application)
        .where(
            Application.youth_id == youth_id,
            Application.id != besides,
            col(Application.state).in_(UNDECIDED),
        )
        .order_by(col(Application.id))
        .with_for_update()
        .execution_options(populate_existing=True)
    ).all()


def undecided_of_opening(session: Session, opening_id: int) -> Sequence[Application]:
    return session.exec(
        select(Application)
        .where(
            Application.opening_id == opening_id,
            col(Application.state).in_(UNDECIDED),
            Application.state != ApplicationState.ACCEPTED,  # an agreed start outlives the posting
        )
        .order_by(col(Application.id))
        .with_for_update()
        .execution_options(populate_existing=True)
    ).all()


def open_requests_of_opening(session: Session, opening_id: int) -> Sequence[Introduction]:
    return session.exec(
        select(Introduction)
        .where(
            Introduction.opening_id == opening_id,
            Introduction.state == IntroductionState.REQUESTED,
        )
        .order_by(col(Introduction.id))
        .with_for_update()
        .execution_options(populate_existing=True)
    ).all()


def of_youth(session: Session, youth_id: int) -> Sequence[Application]:
    return session.exec(
        select(Application)
        .where(Application.youth_id == youth_id)
        .order_by(col(Application.created_at).desc(), col(Application.id).desc())
    ).all()


def move(
    session: Session,
    application: Application,
    to: ApplicationState,
    account_id: int | None,
    now: datetime,
    reason: str = "",
    *,
    role: Role,
    link_id: int | None = None,
) -> None:
    """The step and its line; whether the step is legal has been decided before."""
    session.add(
        ApplicationEvent(
            application_id=application.id or 0,
            from_state=application.state.value,
            to_state=to.value,
            actor_account_id=account_id,
            actor_role=role.value,
            answer_link_id=link_id,
            reason=reason,
            at=now,
        )
    )
    application.state = to
    application.version += 1
    application.updated_at = now
    session.add(application)


def actor_names(session: Session, account_ids: Sequence[int]) -> dict[int, str]:
    rows = session.execute(select(Account.id, Account.name).where(col(Account.id).in_(account_ids)))
    return {row[0]: row[1] for row in rows}


def read_by(session: Session, account_id: int, youth_ids: Sequence[int]) -> frozenset[int]:
    """Applications of these people that the account has opened, by the access record."""
    rows = session.exec(
        select(AccessRecord.details).where(
            AccessRecord.account_id == account_id,
            AccessRecord.task == "application:read",
            col(AccessRecord.youth_id).in_(youth_ids),
        )
    )
    return frozenset(int(details["application"]) for details in rows.all())
