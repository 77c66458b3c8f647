"""A desk looks whether genuine badges belong to the people who handed them in."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date

from matcher.actor import Actor
from matcher.catalogue.certifications import load_programme
from matcher.db import Unit
from matcher.i18n import gettext as _
from matcher.matching import badge_words, presenting, two_hats
from matcher.matching.badge_views import Shown, certification_name, shown
from matcher.matching.paging import pages_of
from matcher.policy import badges
from matcher.refusal import Conflict, Invalid, NotFound
from matcher.store import presented as store
from matcher.store.presented import DeskRow, Show
from models.credential import PresentedCredential

__all__ = ["Show"]
PAGE = 50


@dataclass(frozen=True)
class Line:
    badge: Shown
    youth_id: int
    name: str
    """Of the profile, to stand beside the name on the badge."""


@dataclass(frozen=True)
class QueueView:
    counts: Mapping[Show, int]
    lines: tuple[Line, ...]
    page: int
    pages: int


@dataclass(frozen=True)
class SheetView:
    line: Line
    may_decide: bool
    needs_record: bool
    """A link nobody could ask: who accepts it says which certificate it shows, and its day."""
    choices: tuple[tuple[str, str], ...]
    waiting: int


@dataclass(frozen=True)
class Answer:
    """`certification` and `on` only for what a person read from a page by hand."""

    version: int
    certification: str = ""
    on: date | None = None
    comment: str = ""


def queue(unit: Unit, actor: Actor, show: Show = Show.OPEN, page: int = 1) -> QueueView:
    counts = store.counts(unit.session, actor)
    found = store.page(unit.session, actor, show, page, PAGE)
    if found:
        unit.access("badge:listed", None, youths=sorted({row.badge.youth_id for row in found}))
    lines = tuple(_line(unit, row) for row in found)
    return QueueView(counts, lines, page, pages_of(counts[show], PAGE))


def sheet(unit: Unit, actor: Actor, badge_id: int) -> SheetView:
    found = _found(unit, actor, badge_id)
    unit.access("badge:read", found.badge.youth_id, badge=badge_id)
    return SheetView(
        line=_line(unit, found),
        may_decide=badges.can_decide(found.badge),
        needs_record=_needs_record(found.badge),
        choices=tuple(
            (each.id, certification_name(each.id)) for each in load_programme().certifications
        ),
        waiting=store.counts(unit.session, actor)[Show.OPEN],
    )


def accept(unit: Unit, actor: Actor, badge_id: int, answer: Answer) -> None:
    """It is this person's and counts from now on. Raises Forbidden for two hats."""
    row = _held(unit, actor, badge_id, answer.version)
    if _needs_record(row):
        _read_by_hand(unit, row, answer)
    before = row.state
    presenting.accept(unit, row, actor.account_id)
    _answered(unit, row, "badge:accepted", before.value, answer.comment)


def refuse(unit: Unit, actor: Actor, badge_id: int, answer: Answer) -> None:
    """It is somebody else's; the person reads why."""
    row = _held(unit, actor, badge_id, answer.version)
    if not answer.comment:
        raise Invalid({"comment": _("본인이 읽을 이유를 적어 주십시오.")})
    before = row.state
    presenting.refuse(unit, row, actor.account_id, answer.comment)
    _answered(unit, row, "badge:not_theirs", before.value, answer.comment)


def _found(unit: Unit, actor: Actor, badge_id: int) -> DeskRow:
    found = store.get(unit.session, actor, badge_id)
    if found is None:
        raise NotFound
    return found


def _held(unit: Unit, actor: Actor, badge_id: int, version: int) -> PresentedCredential:
    row = _found(unit, actor, badge_id).badge
    store.locked(unit.session, badge_id)
    two_hats.refuse_for_desk(unit, actor, [row.youth_id])
    if row.version != version or not badges.can_decide(row):
        raise Conflict(_("그 사이에 바뀌었거나 이미 답한 배지입니다."))
    return row


def _needs_record(row: PresentedCredential) -> bool:
    """Also where the badge names one: nothing but the desk's look proves it."""
    return not badges.is_proved(row)


def _read_by_hand(unit: Unit, row: PresentedCredential, answer: Answer) -> None:
    known = {each.id for each in load_programme().certifications}
    if answer.certification not in known:
        raise Invalid({"certification": _("배지에 적힌 자격을 골라 주십시오.")})
    if answer.on is None or answer.on > unit.today:
        raise Invalid({"on": _("배지에 적힌 받은 날을 적어 주십시오.")})
    row.certification, row.issued_on, row.expires_on = answer.certification, answer.on, None
    row.achievement_name = certification_name(answer.certification)


def _answered(unit: Unit, row: PresentedCredential, action: str, before: str, comment: str) -> None:
    unit.audit(action, "badge", row.id, before=before, after=row.state.value)
    unit.access(action, row.youth_id, badge=row.id)
    presenting.tell(unit, row, comment)


def _line(unit: Unit, found: DeskRow) -> Line:
    badge = shown(unit, found.badge, badge_words.desk_sentence)
    return Line(badge, found.badge.youth_id, found.account.name)
