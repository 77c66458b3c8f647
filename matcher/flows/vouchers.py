"""A desk's pool of exam vouchers: add codes, give one to a person, take it back, note its use.

Codes are typed in once and never shown to staff again; the person who has one sees it.
"""

import re
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, timedelta

from matcher.actor import Actor
from matcher.clock import day_of
from matcher.db import Unit
from matcher.i18n import gettext as _
from matcher.i18n import in_language
from matcher.matching.paging import pages_of
from matcher.matching.voucher_gifts import give, stale, tell
from matcher.policy.vouchers import (
    VoucherStep,
    can_be_used_on,
    can_give,
    masked,
    voucher_after,
    voucher_steps,
)
from matcher.refusal import Conflict, Invalid, NotFound
from matcher.store import voucher_people, youths
from matcher.store import vouchers as store
from matcher.store.voucher_people import Recipient
from matcher.store.vouchers import Standing
from models.voucher import Voucher

__all__ = ["Standing", "VoucherStep"]

PAGE = 50
MOST_CODES = 500
FURTHEST = timedelta(days=3 * 366)
CODE = re.compile(r"[A-Za-z0-9][A-Za-z0-9-]{7,59}")


@dataclass(frozen=True)
class Batch:
    """`codes` as pasted, one a line."""

    codes: str
    percent: int
    level: str | None
    expires_on: date
    note: str


@dataclass(frozen=True)
class VoucherLine:
    id: int
    tail: str
    percent: int
    level: str | None
    expires_on: date
    standing: Standing
    youth_id: int | None
    name: str | None
    assigned_on: date | None
    used_on: date | None
    note: str
    is_demo: bool
    version: int


@dataclass(frozen=True)
class PoolView:
    counts: dict[Standing, int]
    lines: tuple[VoucherLine, ...]
    page: int
    pages: int


@dataclass(frozen=True)
class PersonLine:
    youth_id: int
    name: str
    organisation: str
    is_demo: bool


@dataclass(frozen=True)
class VoucherView:
    """`people`: whom it can be given to, those found by name; empty unless it is free."""

    line: VoucherLine
    steps: tuple[VoucherStep, ...]
    can_give: bool
    people: tuple[PersonLine, ...]


def pool(unit: Unit, actor: Actor, standing: Standing | None = None, page: int = 1) -> PoolView:
    counts = store.counts(unit.session, actor, unit.today)
    total = sum(counts.values()) if standing is None else counts[standing]
    found = store.page(unit.session, actor, standing, unit.today, page, PAGE)
    shown = sorted({row.youth_id for row, _name in found if row.youth_id is not None})
    if shown:
        unit.access("vouchers:listed", None, youths=shown)
    lines = tuple(_line(row, name, unit.today) for row, name in found)
    return PoolView(counts, lines, page, pages_of(total, PAGE))


def add(unit: Unit, actor: Actor, batch: Batch) -> int:
    """All codes or none; gives how many. Raises Invalid by field, naming the line at fault."""
    if actor.organisation_id is None:
        raise NotFound
    codes = _codes(batch.codes)
    if batch.expires_on < unit.today:
        raise Invalid({"expires_on": _("이미 지난 날입니다.")})
    if batch.expires_on > unit.today + FURTHEST:
        raise Invalid({"expires_on": _("3년 안의 날을 적어 주십시오.")})
    _refuse_known(codes, store.known_codes(unit.session, codes))
    unit.session.add_all(
        Voucher(
            organisation_id=actor.organisation_id,
            code=code,
            percent=batch.percent,
            level=batch.level,
            expires_on=batch.expires_on,
            note=batch.note,
            created_at=unit.now,
            updated_at=unit.now,
        )
        for code in codes
    )
    unit.audit(
        "vouchers:added",
        "organisation",
        actor.organisation_id,
        count=len(codes),
        percent=batch.percent,
        level=batch.level or "",
        expires_on=batch.expires_on.isoformat(),
    )
    return len(codes)


def sheet(unit: Unit, actor: Actor, voucher_id: int, search: str = "") -> VoucherView:
    row = _own(unit, actor, voucher_id)
    is_free = can_give(row.state, row.expires_on, unit.today)
    people = voucher_people.found(unit.session, actor, search) if is_free else []
    holder = _name_of(unit, row)
    looked_at = [each.youth_id for each in people]
    looked_at += [row.youth_id] if row.youth_id is not None else []
    if looked_at:
        unit.access("voucher:opened", None, voucher=voucher_id, youths=sorted(looked_at))
    return VoucherView(
        line=_line(row, holder, unit.today),
        steps=voucher_steps(row.state),
        can_give=is_free,
        people=tuple(_person(each) for each in people),
    )


def assign(unit: Unit, actor: Actor, voucher_id: int, youth_id: int, version: int) -> None:
    """Raises Invalid for a person who is not this desk's to give to, or not there."""
    row = _own(unit, actor, voucher_id)
    if row.version != version:
        raise Conflict(stale())
    found = voucher_people.found(unit.session, actor, youth_id=youth_id)
    if not found:
        raise Invalid({"youth_id": _("이 기관에서 소속을 확인한 사람을 골라 주십시오.")})
    give(unit, actor, row, found[0])


def step(
    unit: Unit, actor: Actor, voucher_id: int, to: VoucherStep, on: date | None, version: int
) -> None:
    """`on` is the day of the sitting when the voucher was used."""
    row = _own(unit, actor, voucher_id)
    after = voucher_after(row.state, to)
    if after is None or row.version != version:
        raise Conflict(stale())
    if to is VoucherStep.USE:
        _refuse_use_day(row, on, unit.today)
    values = {"used_on": on} if to is VoucherStep.USE else {}
    if to is VoucherStep.TAKE_BACK:
        values = dict.fromkeys(("youth_id", "assigned_at", "assigned_by_account_id"))
    if not store.move(unit.session, row, after, updated_at=unit.now, **values):
        raise Conflict(stale())
    unit.audit(f"voucher:{to.value}", "voucher", voucher_id, before=row.state.value)
    if row.youth_id is not None:
        unit.access(f"voucher:{to.value}", row.youth_id, voucher=voucher_id)
        if to is VoucherStep.TAKE_BACK:
            tell(unit, row, row.youth_id, "voucher_taken_back", row.version + 1)


def _codes(text: str) -> list[str]:
    """The codes in order. Raises Invalid with the number of the first bad line."""
    lines = [(n, line.strip()) for n, line in enumerate(text.splitlines(), 1) if line.strip()]
    if not lines:
        raise Invalid({"codes": _("코드를 한 줄에 하나씩 적어 주십시오.")})
    if len(lines) > MOST_CODES:
        words = _("한 번에 %(most)s개까지 넣을 수 있습니다. 지금은 %(n)s줄입니다.")
        raise Invalid({"codes": words % {"most": MOST_CODES, "n": len(lines)}})
    first: dict[str, int] = {}
    for n, code in lines:
        if not CODE.fullmatch(code):
            words = _("%(n)s째 줄: 영문자, 숫자, 붙임표로 8자에서 60자까지 적어 주십시오.")
            raise Invalid({"codes": words % {"n": n}})
        key = code.casefold()
        if key in first:
            words = _("%(n)s째 줄과 %(first)s째 줄이 같은 코드입니다.")
            raise Invalid({"codes": words % {"n": n, "first": first[key]}})
        first[key] = n
    return [code for _n, code in lines]


def _refuse_known(codes: Sequence[str], known: frozenset[str]) -> None:
    tails = [masked(code) for code in codes if code.casefold() in known]
    if tails:
        words = _("이미 들어 있는 코드가 %(n)s개 있습니다. 끝자리: %(tails)s")
        shown = ", ".join(tails[:5])
        raise Invalid({"codes": words % {"n": len(tails), "tails": shown}})


def _refuse_use_day(row: Voucher, on: date | None, today: date) -> None:
    if on is None:
        raise Invalid({"on": _("시험을 본 날을 적어 주십시오.")})
    if not can_be_used_on(on, _assigned_on(row) or on, row.expires_on, today):
        raise Invalid({"on": _("받은 날부터 오늘이나 기한까지의 날을 적어 주십시오.")})


def _own(unit: Unit, actor: Actor, voucher_id: int) -> Voucher:
    row = store.get(unit.session, actor, voucher_id)
    if row is None:
        raise NotFound
    return row


def _name_of(unit: Unit, row: Voucher) -> str | None:
    return None if row.youth_id is None else youths.name_of(unit.session, row.youth_id)


def _assigned_on(row: Voucher) -> date | None:
    return None if row.assigned_at is None else day_of(row.assigned_at)


def _line(row: Voucher, name: str | None, today: date) -> VoucherLine:
    assert row.id is not None
    return VoucherLine(
        id=row.id,
        tail=masked(row.code),
        percent=row.percent,
        level=row.level,
        expires_on=row.expires_on,
        standing=store.standing_of(row, today),
        youth_id=row.youth_id,
        name=name,
        assigned_on=_assigned_on(row),
        used_on=row.used_on,
        note=row.note,
        is_demo=row.is_demo,
        version=row.version,
    )


def _person(row: Recipient) -> PersonLine:
    organisation = in_language(row.organisation_ko or "", row.organisation_en or "")
    return PersonLine(row.youth_id, row.name, organisation, row.is_demo)
