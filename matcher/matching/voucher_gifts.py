"""Giving one voucher to one person, by hand or as part of an allocation."""

from matcher.actor import Actor
from matcher.db import Unit
from matcher.i18n import gettext as _
from matcher.policy.vouchers import can_give
from matcher.refusal import Conflict
from matcher.store import candidates, organisations, outbox
from matcher.store import vouchers as store
from matcher.store.voucher_people import Recipient
from models.voucher import Voucher, VoucherState


def give(unit: Unit, actor: Actor, voucher: Voucher, to: Recipient) -> None:
    """Raises Conflict when it is no longer free, lapsed, or somebody was faster."""
    if not can_give(voucher.state, voucher.expires_on, unit.today):
        raise Conflict(_("줄 수 없는 바우처입니다. 이미 주었거나 기한이 지났습니다."))
    moved = store.move(
        unit.session,
        voucher,
        VoucherState.ASSIGNED,
        youth_id=to.youth_id,
        assigned_at=unit.now,
        assigned_by_account_id=actor.account_id,
        updated_at=unit.now,
    )
    if not moved:
        raise Conflict(stale())
    unit.audit("voucher:assigned", "voucher", voucher.id, youth=to.youth_id)
    unit.access("voucher:assigned", to.youth_id, voucher=voucher.id)
    tell(unit, voucher, to.youth_id, "voucher_assigned", voucher.version + 1)


def tell(unit: Unit, voucher: Voucher, youth_id: int, template: str, version: int) -> None:
    """A mail without the code: mail is no place for it."""
    owner = organisations.get(unit.session, voucher.organisation_id)
    assert owner is not None
    outbox.put(
        unit.session,
        candidates.account_of(unit.session, youth_id),
        template,
        unit.now,
        f"voucher:{voucher.id}:{version}",
        desk_ko=owner.name_ko,
        desk_en=owner.name_en,
        expires_on=voucher.expires_on.isoformat(),
        percent=voucher.percent,
    )


def stale() -> str:
    return _("그 사이에 바우처가 바뀌었습니다. 새로 열어 다시 확인해 주십시오.")
