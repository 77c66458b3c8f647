"""Legal licences a young person holds; an opening that asks for one takes exactly that one."""

from dataclasses import dataclass
from datetime import date

from matcher.actor import Actor
from matcher.catalogue.skills import LEGAL_LICENCE, load_taxonomy
from matcher.db import Unit
from matcher.i18n import current_language
from matcher.i18n import gettext as _
from matcher.refusal import Conflict, Invalid, NotFound
from matcher.store import youths
from models.certification import LicenceRecord


@dataclass(frozen=True)
class LicenceView:
    id: int
    name: str
    acquired_on: date | None
    verification: int


@dataclass(frozen=True)
class LicencesView:
    held: tuple[LicenceView, ...]
    choices: tuple[tuple[str, str], ...]
    """(slug, name) of every licence in the taxonomy."""


def view(unit: Unit, actor: Actor) -> LicencesView:
    names = _names()
    held = tuple(
        LicenceView(
            row.id or 0, names.get(row.licence, row.licence), row.acquired_on, row.verification
        )
        for row in youths.licences(unit.session, actor.own_youth_id)
    )
    return LicencesView(held, tuple(sorted(names.items(), key=lambda each: each[1])))


def add(unit: Unit, actor: Actor, slug: str, acquired_on: date | None) -> None:
    """Raises Invalid by field for an unknown licence, a second time, or a day to come."""
    youth_id = actor.own_youth_id
    if slug not in _names():
        raise Invalid({"licence": _("목록에 있는 면허를 골라 주세요.")})
    if any(row.licence == slug for row in youths.licences(unit.session, youth_id)):
        raise Invalid({"licence": _("이미 적은 면허예요.")})
    if acquired_on is not None and acquired_on > unit.today:
        raise Invalid({"acquired_on": _("아직 오지 않은 날이에요.")})
    unit.session.add(
        LicenceRecord(youth_id=youth_id, licence=slug, acquired_on=acquired_on, created_at=unit.now)
    )
    unit.audit("licence:recorded", "youth", youth_id, licence=slug)


def remove(unit: Unit, actor: Actor, licence_id: int) -> None:
    youth_id = actor.own_youth_id
    held = youths.licences(unit.session, youth_id)
    row = next((each for each in held if each.id == licence_id), None)
    if row is None:
        raise NotFound
    if row.verification > 1:
        raise Conflict(_("대학이나 발급처가 확인한 기록은 지울 수 없어요."))
    youths.remove(unit.session, row)
    unit.audit("licence:removed", "youth", youth_id, licence=row.licence)


def _names() -> dict[str, str]:
    found = (each for each in load_taxonomy().skills if each.kind == LEGAL_LICENCE)
    return {each.slug: each.name(current_language()) for each in found}
