"""Keys by which an import finds stored rows; plain columns, because files are long."""

from sqlmodel import Session, col, select

from models.account import Account
from models.organisation import Organisation
from models.skill import FrameworkSkill, SkillFramework
from models.youth import YouthProfile


def youths(session: Session) -> dict[str, int]:
    rows = session.exec(
        select(Account.email, YouthProfile.external_id, YouthProfile.id).join(
            YouthProfile, col(YouthProfile.account_id) == Account.id
        )
    ).all()
    found = {email: youth_id for email, _external, youth_id in rows if youth_id is not None}
    return found | {
        external: youth_id for _email, external, youth_id in rows if external and youth_id
    }


def organisations(session: Session) -> dict[str, int]:
    rows = session.exec(select(Organisation).order_by(col(Organisation.id).desc())).all()
    return {
        key.casefold(): row.id
        for row in rows
        if row.id is not None
        for key in (row.name_en, row.name_ko, row.slug)
    }


def framework_skills(session: Session) -> frozenset[str]:
    rows = session.exec(
        select(SkillFramework.slug, FrameworkSkill.slug).join(
            FrameworkSkill, col(FrameworkSkill.framework_id) == SkillFramework.id
        )
    ).all()
    return frozenset(f"{framework}:{skill}" for framework, skill in rows)
