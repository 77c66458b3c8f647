"""Keys by which an import finds stored rows; plain columns, because files are long."""

from sqlalchemy import ColumnElement, false, true
from sqlmodel import Session, col, select

from matcher.actor import Actor
from matcher.store import youths as youth_rows
from models.account import Account, AccountState, Role
from models.organisation import Organisation
from models.skill import FrameworkSkill, SkillFramework
from models.youth import YouthProfile

DESKS = (Role.COORDINATOR, Role.CENTRE)


def looked_after(actor: Actor | None) -> ColumnElement[bool]:
    """The desk's people; the command line (nobody) sees all."""
    if actor is None:
        return true()
    return youth_rows.visible_to(actor) if actor.role in DESKS else false()


def youths(session: Session, actor: Actor | None = None) -> dict[str, int]:
    """E-mail and external id -> youth id."""
    rows = session.execute(
        select(Account.email, YouthProfile.external_id, YouthProfile.id)
        .join(YouthProfile, col(YouthProfile.account_id) == Account.id)
        .where(looked_after(actor), Account.state != AccountState.ERASED)
    ).all()
    found = {email: youth_id for email, _external, youth_id in rows if youth_id is not None}
    return found | {
        external: youth_id for _email, external, youth_id in rows if external and youth_id
    }


def names(session: Session, actor: Actor | None = None) -> dict[int, str]:
    rows = session.execute(
        select(YouthProfile.id, Account.name)
        .join(Account, col(Account.id) == YouthProfile.account_id)
        .where(looked_after(actor))
    )
    return {youth_id: name for youth_id, name in rows if youth_id is not None}


def all_emails(session: Session) -> frozenset[str]:
    """Of every account, whoever looks after it: an address is given once."""
    return frozenset(session.scalars(select(Account.email)))


def external_ids(session: Session) -> dict[str, int]:
    """Of every person: a number is given once."""
    rows = session.execute(
        select(YouthProfile.external_id, YouthProfile.id).where(
            col(YouthProfile.external_id).is_not(None)
        )
    )
    return {external: youth_id for external, youth_id in rows if external and youth_id}


def organisations(session: Session) -> dict[str, int]:
    rows = session.exec(select(Organisation).order_by(col(Organisation.id).desc())).all()
    return {
        key.casefold(): row.id
        for row in rows
        if row.id is not None
        for key in (row.name_en, row.name_ko, row.slug)
    }


def slug_of(session: Session, organisation_id: int | None) -> str | None:
    return session.scalar(select(Organisation.slug).where(Organisation.id == organisation_id))


def framework_skills(session: Session) -> frozenset[str]:
    rows = session.exec(
        select(SkillFramework.slug, FrameworkSkill.slug).join(
            FrameworkSkill, col(FrameworkSkill.framework_id) == SkillFramework.id
        )
    ).all()
    return frozenset(f"{framework}:{skill}" for framework, skill in rows)
