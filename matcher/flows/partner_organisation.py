"""A partner looks after its own firm: names, business number, address, how long papers are kept."""

import hashlib
import json
from dataclasses import asdict, dataclass
from datetime import datetime
from typing import Any

from matcher.actor import Actor
from matcher.db import Unit
from matcher.i18n import gettext as _
from matcher.policy import business_number
from matcher.policy.papers import KEPT_DAYS
from matcher.refusal import Conflict, Invalid, NotFound
from matcher.store import organisation_changes as store
from models.organisation import Organisation

STALE = "stale"
EDITED = "organisation:edited"
VERIFIED = ("name_ko", "name_en", "business_number")
"""Who a posting is by: after a change the next one is read by the centre again."""


@dataclass(frozen=True)
class Firm:
    name_ko: str
    name_en: str
    business_number: str
    """As people write it; empty when there is none."""
    contact_email: str
    papers_kept_days: int


@dataclass(frozen=True)
class Edited:
    at: datetime
    by: str
    fields: tuple[str, ...]


@dataclass(frozen=True)
class FirmView:
    firm: Firm
    seen: str
    """Goes with the form, so that a save over somebody else's is noticed."""
    is_trusted: bool
    is_demo: bool
    history: tuple[Edited, ...]
    kept_days: tuple[int, int] = KEPT_DAYS


def view(unit: Unit, actor: Actor) -> FirmView:
    row = _own(unit, actor)
    found = store.lines(unit.session, row.id or 0, EDITED)
    firm = _firm(row)
    history = tuple(Edited(line.at, by, tuple(line.change.get("fields", ()))) for line, by in found)
    return FirmView(firm, _mark(firm), row.is_trusted, row.is_demo, history)


def sector(unit: Unit, actor: Actor) -> str:
    """What a new posting begins with; empty for a firm without one."""
    return _own(unit, actor).sector or ""


def save(unit: Unit, actor: Actor, wanted: Firm, seen: str) -> None:
    """Raises Invalid by field, Conflict(code="stale") when somebody else saved in between."""
    row = _own(unit, actor, lock=True)
    held = _firm(row)
    if seen != _mark(held):
        raise Conflict(
            _("다른 분이 먼저 고쳤습니다. 아래에서 지금 내용과 적으신 내용을 견주어 주십시오."),
            STALE,
        )
    values = _checked(unit, row, wanted)
    changed = [name for name, value in values.items() if getattr(row, name) != value]
    if not changed:
        return
    for name in changed:
        setattr(row, name, values[name])
    is_checked_again = row.is_trusted and any(name in VERIFIED for name in changed)
    if is_checked_again:
        row.is_trusted = False
    unit.session.add(row)
    # Names only: an address of a person does not belong in a record that is never emptied.
    unit.audit(EDITED, "organisation", row.id, fields=changed, is_checked_again=is_checked_again)


def _own(unit: Unit, actor: Actor, *, lock: bool = False) -> Organisation:
    row = store.own(unit.session, actor, lock=lock)
    if row is None:
        raise NotFound
    return row


def _firm(row: Organisation) -> Firm:
    number = row.business_number
    return Firm(
        name_ko=row.name_ko,
        name_en=row.name_en,
        business_number=business_number.written(number) if number else "",
        contact_email=row.contact_email or "",
        papers_kept_days=row.papers_kept_days,
    )


def _mark(firm: Firm) -> str:
    body = json.dumps(asdict(firm), ensure_ascii=False, sort_keys=True)
    return hashlib.sha256(body.encode()).hexdigest()[:32]


def _checked(unit: Unit, row: Organisation, wanted: Firm) -> dict[str, Any]:
    """Column values. Raises Invalid with every problem found."""
    errors: dict[str, str] = {}
    number = business_number.canonical(wanted.business_number) if wanted.business_number else None
    if wanted.business_number and number is None:
        errors["business_number"] = _("사업자등록번호 열 자리를 다시 확인해 주십시오.")
    elif number and store.holder_of(unit.session, number, row.id or 0) is not None:
        errors["business_number"] = _("다른 기업이 쓰는 번호입니다. 센터에 문의해 주십시오.")
    if not KEPT_DAYS[0] <= wanted.papers_kept_days <= KEPT_DAYS[1]:
        errors["papers_kept_days"] = _("14일부터 180일까지 정할 수 있습니다.")
    if errors:
        raise Invalid(errors)
    return {
        "name_ko": wanted.name_ko,
        "name_en": wanted.name_en,
        "business_number": number,
        "contact_email": wanted.contact_email or None,
        "papers_kept_days": wanted.papers_kept_days,
    }
