"""A person makes, follows and ends the links that show parts of the own record.

Sharing is the person's own act: no consent for an employer is asked, and none follows from it.
"""

import secrets
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime

from matcher.actor import Actor
from matcher.clock import day_of
from matcher.db import Unit
from matcher.i18n import gettext as _
from matcher.matching import shared_record
from matcher.matching.shared_record import SharedRecord
from matcher.policy import sharing as rules
from matcher.policy.sharing import Part
from matcher.refusal import Conflict, Invalid, NotFound
from matcher.store import links, youths
from matcher.store import sharing as store
from matcher.store.sharing import Openings
from models.credential import ShareLink

MOST_USES = 50
"""Openings listed of one link; the count is of all."""


@dataclass(frozen=True)
class Wanted:
    parts: tuple[Part, ...]
    expires_on: date
    label: str = ""


@dataclass(frozen=True)
class Line:
    id: int
    label: str
    parts: tuple[Part, ...]
    made_on: date
    expires_on: date
    ended_at: datetime | None
    """Taken back by the person; a link whose last day is over has none."""
    is_live: bool
    opened: int
    last_opened_at: datetime | None
    is_demo: bool


@dataclass(frozen=True)
class Use:
    at: datetime
    was_open: bool


@dataclass(frozen=True)
class OwnView:
    lines: tuple[Line, ...]
    first_day: date
    last_day: date
    usual_day: date

    @property
    def live(self) -> int:
        return sum(line.is_live for line in self.lines)


def view(unit: Unit, actor: Actor) -> OwnView:
    """Living links first, each group the newest first."""
    youth_id = actor.own_youth_id
    opened = store.openings(unit.session, youth_id)
    lines = [_line(row, opened, unit.today) for row in store.of_person(unit.session, youth_id)]
    return OwnView(
        tuple(sorted(lines, key=lambda line: not line.is_live)),
        unit.today,
        unit.today + rules.LONGEST,
        unit.today + rules.USUAL,
    )


def one(unit: Unit, actor: Actor, link_id: int) -> tuple[Line, tuple[Use, ...]]:
    """With its latest openings, the newest first."""
    youth_id = actor.own_youth_id
    row = _own(unit, actor, link_id)
    uses = store.uses(unit.session, youth_id, link_id, MOST_USES)
    line = _line(row, store.openings(unit.session, youth_id), unit.today)
    return line, tuple(Use(each.at, each.was_open) for each in uses)


def as_read(unit: Unit, actor: Actor, line: Line) -> SharedRecord:
    """What a reader of the link sees today, or would see if it still worked."""
    return shared_record.record(
        unit.session, actor.own_youth_id, line.parts, unit.now, unit.today, line.expires_on
    )


def make(unit: Unit, actor: Actor, wanted: Wanted) -> str:
    """The secret part of a new address, shown this once. Raises Invalid by field, Conflict when
    too many links live."""
    youth_id = actor.own_youth_id
    _refuse(wanted, unit.today)
    youths.hold(unit.session, [youth_id])  # two clicks at once are counted one after the other
    if store.count_working(unit.session, youth_id, unit.today) >= rules.MOST_LINKS:
        words = _("링크는 한 번에 %(most)s개까지 둘 수 있어요. 쓰지 않는 것을 먼저 끝내 주세요.")
        raise Conflict(words % {"most": rules.MOST_LINKS})
    token = secrets.token_urlsafe(32)
    row = ShareLink(
        youth_id=youth_id, token_hash=links.hashed(token), label=wanted.label,
        parts=[part.value for part in wanted.parts], expires_on=wanted.expires_on,
        created_at=unit.now,
    )  # fmt: skip
    unit.session.add(row)
    unit.session.flush()  # the id goes into the audit line
    unit.audit("share_link:made", "share_link", row.id, parts=row.parts)
    return token


def revoke(unit: Unit, actor: Actor, link_id: int) -> None:
    """At once: the next reader sees that it ended."""
    _own(unit, actor, link_id)
    if not store.revoke(unit.session, actor.own_youth_id, link_id, unit.now):
        raise Conflict(_("이미 끝낸 링크예요."))
    unit.audit("share_link:revoked", "share_link", link_id)


def revoke_all(unit: Unit, actor: Actor) -> None:
    if not store.revoke_all(unit.session, actor.own_youth_id, unit.now):
        raise Conflict(_("끝낼 링크가 없어요."))
    unit.audit("share_link:all_revoked", "youth", actor.own_youth_id)


def _refuse(wanted: Wanted, today: date) -> None:
    errors: dict[str, str] = {}
    if not wanted.parts:
        errors["parts"] = _("보여 줄 것을 하나 이상 골라 주세요.")
    if not rules.is_end_good(wanted.expires_on, today):
        errors["expires_on"] = _("오늘부터 180일 사이의 날짜로 골라 주세요.")
    if errors:
        raise Invalid(errors)


def _own(unit: Unit, actor: Actor, link_id: int) -> ShareLink:
    row = store.own(unit.session, actor.own_youth_id, link_id)
    if row is None:
        raise NotFound
    return row


def _line(row: ShareLink, opened: dict[int, Openings], today: date) -> Line:
    found = opened.get(row.id or 0, Openings(0, None))
    return Line(
        id=row.id or 0,
        label=row.label,
        parts=rules.parts_of(row.parts),
        made_on=day_of(row.created_at),
        expires_on=row.expires_on,
        ended_at=row.revoked_at,
        is_live=not rules.has_ended(row.expires_on, row.revoked_at, today),
        opened=found.times,
        last_opened_at=found.last_at,
        is_demo=row.is_demo,
    )


def chosen(parts: Sequence[str]) -> tuple[Part, ...]:
    """As a form sends them."""
    return rules.parts_of(parts)
