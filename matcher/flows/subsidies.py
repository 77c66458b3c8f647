"""The RISE centre keeps the list of schemes that pay for exams and courses."""

from dataclasses import dataclass
from datetime import date, timedelta

from matcher.actor import Actor
from matcher.db import Unit
from matcher.i18n import gettext as _
from matcher.matching.subsidies import SubsidyView, subsidies_in_force, subsidy_view
from matcher.refusal import Conflict, Invalid, NotFound
from matcher.store import subsidies
from models.plan import Subsidy, SubsidyCovers
from models.youth import YouthStatus

LONGEST = timedelta(days=3 * 366)


@dataclass(frozen=True)
class DeskRow:
    view: SubsidyView
    is_active: bool
    version: int


@dataclass(frozen=True)
class NewSubsidy:
    name_ko: str
    name_en: str
    covers: SubsidyCovers
    vendor_exams: bool
    percent: int
    cap_krw: int
    remaining_krw: int | None
    opens_on: date
    closes_on: date
    statuses: tuple[YouthStatus, ...]
    source: str


def desk(unit: Unit, actor: Actor) -> tuple[DeskRow, ...]:
    return tuple(
        DeskRow(subsidy_view(row, unit.today), row.is_active, row.version)
        for row in subsidies.of_desk(unit.session, actor)
    )


def in_force(unit: Unit) -> tuple[SubsidyView, ...]:
    return subsidies_in_force(unit.session, unit.today)


def add(unit: Unit, actor: Actor, new: NewSubsidy) -> int:
    """Gives the id. Raises Invalid by field."""
    if actor.organisation_id is None:
        raise NotFound
    _refuse(new, unit.today)
    values = {**vars(new), "statuses": [each.value for each in new.statuses]}
    row = Subsidy(
        organisation_id=actor.organisation_id, created_at=unit.now, updated_at=unit.now, **values
    )
    unit.session.add(row)
    unit.session.flush()  # the id goes into the audit line and the answer
    unit.audit("subsidy:added", "subsidy", row.id, cap_krw=new.cap_krw)
    assert row.id is not None
    return row.id


def set_remaining(
    unit: Unit, actor: Actor, subsidy_id: int, remaining_krw: int | None, version: int
) -> None:
    """What is left of the budget; None = not told. Raises Conflict when it moved on."""
    row = _current(unit, actor, subsidy_id, version)
    before, row.remaining_krw = row.remaining_krw, remaining_krw
    _keep(unit, row, "subsidy:budget", before=before, after=remaining_krw)


def end(unit: Unit, actor: Actor, subsidy_id: int, version: int) -> None:
    """No path counts it from now on; the row stays for the plans made with it."""
    row = _current(unit, actor, subsidy_id, version)
    row.is_active = False
    _keep(unit, row, "subsidy:ended")


def _current(unit: Unit, actor: Actor, subsidy_id: int, version: int) -> Subsidy:
    row = subsidies.get(unit.session, actor, subsidy_id)
    if row is None:
        raise NotFound
    if row.version != version:
        raise Conflict(_("그 사이에 이 제도가 바뀌었습니다. 새로 열어 다시 해 주십시오."))
    if not row.is_active:
        raise Conflict(_("이미 끝낸 제도입니다."))
    return row


def _keep(unit: Unit, row: Subsidy, action: str, **change: int | None) -> None:
    row.version, row.updated_at = row.version + 1, unit.now
    unit.session.add(row)
    unit.audit(action, "subsidy", row.id, **change)


def _refuse(new: NewSubsidy, today: date) -> None:
    if new.closes_on < new.opens_on:
        raise Invalid({"closes_on": _("시작하는 날이나 그 뒤의 날짜를 적어 주십시오.")})
    if new.closes_on < today:
        raise Invalid({"closes_on": _("이미 끝난 제도입니다.")})
    if new.opens_on > today + LONGEST:
        raise Invalid({"opens_on": _("3년 안에 시작하는 제도를 적어 주십시오.")})
    if new.closes_on - new.opens_on > LONGEST:
        raise Invalid({"closes_on": _("한 번에 3년까지 적을 수 있습니다.")})
    if new.vendor_exams and new.covers is SubsidyCovers.COURSE:
        raise Invalid({"vendor_exams": _("과정만 돕는 제도는 시험을 도울 수 없습니다.")})
