"""The vouchers a young person was given, with their codes, and the benefit codes of own passes."""

from dataclasses import dataclass
from datetime import date

from matcher.actor import Actor
from matcher.clock import day_of
from matcher.db import Unit
from matcher.i18n import gettext as _
from matcher.i18n import in_language
from matcher.matching import passes
from matcher.matching.certification_facts import programme_facts
from matcher.planning.allocation import covers
from matcher.policy.vouchers import VoucherStep, can_be_used_on, masked, voucher_after
from matcher.refusal import Conflict, Invalid, NotFound
from matcher.store import vouchers as store
from matcher.store import youths
from models.voucher import Voucher, VoucherState


@dataclass(frozen=True)
class OwnVoucher:
    """`code` is whole while it can still be used, its last four characters afterwards."""

    id: int
    code: str
    percent: int
    level: str | None
    expires_on: date
    organisation: str
    used_on: date | None
    is_live: bool
    is_demo: bool
    version: int

    def pays(self, level: str) -> bool:
        """Whether an exam of this level may be sat with it."""
        return self.is_live and covers(self.level, level)


@dataclass(frozen=True)
class OwnVouchers:
    """`benefits`: codes of own passes that are not used yet, `benefit_percent` off each."""

    vouchers: tuple[OwnVoucher, ...]
    benefits: int
    benefit_percent: int
    benefit_source: str


def view(unit: Unit, actor: Actor) -> OwnVouchers:
    facts = programme_facts()
    records = youths.certification_records(unit.session, actor.own_youth_id)
    return OwnVouchers(
        vouchers=tuple(
            _line(row, in_language(owner.name_ko, owner.name_en), unit.today)
            for row, owner in store.own(unit.session, actor.own_youth_id)
        ),
        benefits=passes.benefits_left(records),
        benefit_percent=facts.benefit_percent,
        benefit_source=facts.benefit_source,
    )


def use(unit: Unit, actor: Actor, voucher_id: int, on: date, version: int) -> None:
    """Note that an exam was sat with it on that day."""
    row = store.own_one(unit.session, actor.own_youth_id, voucher_id)
    if row is None:
        raise NotFound
    after = voucher_after(row.state, VoucherStep.USE)
    if after is None or row.version != version:
        raise Conflict(_stale())
    assert row.assigned_at is not None
    if not can_be_used_on(on, day_of(row.assigned_at), row.expires_on, unit.today):
        raise Invalid({"on": _("받은 날부터 오늘이나 기한까지의 날을 적어 주세요.")})
    if not store.move(unit.session, row, after, used_on=on, updated_at=unit.now):
        raise Conflict(_stale())
    unit.audit("voucher:use", "voucher", voucher_id, before=row.state.value)


def _stale() -> str:
    return _("그 사이에 바우처가 바뀌었어요. 새로 열어 다시 해 주세요.")


def _line(row: Voucher, organisation: str, today: date) -> OwnVoucher:
    assert row.id is not None
    is_live = row.state is VoucherState.ASSIGNED and today <= row.expires_on
    return OwnVoucher(
        id=row.id,
        code=row.code if is_live else masked(row.code),
        percent=row.percent,
        level=row.level,
        expires_on=row.expires_on,
        organisation=organisation,
        used_on=row.used_on,
        is_live=is_live,
        is_demo=row.is_demo,
        version=row.version,
    )
