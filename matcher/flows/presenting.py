"""A person hands in a badge, sees what it proves, has it checked again and takes it back."""

from dataclasses import dataclass
from datetime import datetime
from typing import Any

from matcher.actor import Actor
from matcher.credentials import verifying
from matcher.credentials.types import AtHand, Checked
from matcher.credentials.types import Verdict as Found
from matcher.db import Unit
from matcher.gateways.key_vault import KeyVault
from matcher.i18n import gettext as _
from matcher.matching import at_hand, presenting, throttling
from matcher.matching.badge_views import Shown, reasons, shown
from matcher.matching.presenting import Kept
from matcher.policy import badges, limits
from matcher.refusal import Conflict, Invalid, NotFound
from matcher.store import presented as store
from matcher.store import youths
from models.credential import PresentedCredential, PresentedState
from models.youth import AffiliationState

__all__ = ["MOST_KEPT", "MOST_MB", "Shown"]
MOST_KEPT = badges.MOST_KEPT
MOST_MB = badges.MOST_MB


@dataclass(frozen=True)
class Given:
    """What was handed in: a file's or a text's bytes, or else a link. `field` the form's."""

    field: str
    data: bytes = b""
    link: str = ""


@dataclass(frozen=True)
class Looked:
    """A badge that was checked and is not written yet; `checked` None for a link."""

    given: Given
    known: AtHand
    """What it was checked against."""
    checked: Checked | None = None

    @property
    def is_readable(self) -> bool:
        """A link may be: its host was not asked yet."""
        return self.checked is None or self.checked.claim is not None


@dataclass(frozen=True)
class Again:
    """A badge the person wants checked once more, and what the checks need."""

    badge: Kept
    known: AtHand


@dataclass(frozen=True)
class Unread:
    """It could not be read as a badge: nothing of it is kept. `reasons` as a row keeps them."""

    reasons: tuple[dict[str, Any], ...]

    def sentences(self) -> tuple[str, ...]:
        return tuple(each.text for each in reasons(self.reasons))


@dataclass(frozen=True)
class OwnView:
    badges: tuple[Shown, ...]
    kept: int
    is_confirmed: bool
    """Whether a desk may look yet: the affiliation comes first."""


def view(unit: Unit, actor: Actor) -> OwnView:
    youth_id = actor.own_youth_id
    profile = youths.get(unit.session, actor, youth_id)
    if profile is None:
        raise NotFound
    return OwnView(
        tuple(shown(unit, row) for row in store.own(unit.session, youth_id)),
        store.kept(unit.session, youth_id),
        profile.affiliation_state is AffiliationState.CONFIRMED,
    )


def one(unit: Unit, actor: Actor, badge_id: int) -> Shown:
    return shown(unit, _own(unit, actor, badge_id))


def begin(unit: Unit, actor: Actor, vault: KeyVault) -> AtHand:
    """Count the try, then read what the checks need: a hostile file is checked outside any
    transaction, and a hundred sent at once cost no more checks than one after the other.

    Raises TooMany after thirty in an hour.
    """
    youths.hold(unit.session, [actor.own_youth_id])
    tries = limits.badges(actor.account_id)
    said = _("배지를 한 시간에 30번까지 확인해요. 조금 뒤에 다시 해 주세요.")
    throttling.refuse(unit, tries, said)
    throttling.count(unit, tries)
    return at_hand.build(unit, vault)


def look(given: Given, at_hand_: AtHand, now: datetime) -> Looked:
    """The checks themselves: no transaction, no network."""
    if given.link:
        return Looked(given, at_hand_)
    return Looked(given, at_hand_, verifying.check(given.data, at_hand_, recipient=None, now=now))


def hand_in(unit: Unit, actor: Actor, looked: Looked, name: str = "") -> int | Unread:
    """Write the badge; gives its number. The same badge twice is one row. Raises Invalid."""
    youth_id = actor.own_youth_id
    store.one_at_a_time(unit.session)
    youths.hold(unit.session, [youth_id])  # two uploads at once are counted one after the other
    checked = looked.checked
    if checked is not None and not looked.is_readable:
        return Unread(presenting.reasons_of(checked))
    row = _row(unit, actor, looked)
    if checked is None:
        _ask_for(unit, row, looked.given.link)
    elif row.state is PresentedState.COUNTED and checked.verdict is Found.INVALID:
        raise Invalid({looked.given.field: _altered(checked)})
    elif row.state is not PresentedState.COUNTED or row.data is None:
        row.source = looked.given.field
        presenting.settle(unit, row, checked, looked.known)
    unit.audit("badge:handed_in", "badge", row.id, verdict=_word(row), state=row.state.value)
    return row.id or 0


def begin_again(
    unit: Unit, actor: Actor, badge_id: int, version: int, vault: KeyVault
) -> Again | None:
    """Count the try, then read what the checks need. None for a link: its host is asked by the
    worker. Raises Conflict, TooMany."""
    row = _held(unit, actor, badge_id, version)
    if not badges.can_check_again(row) and not row.link:
        raise Conflict(_("지금은 다시 확인할 수 없는 배지예요."))
    known = begin(unit, actor, vault)
    if not row.link:
        return Again(presenting.kept(row), known)
    _ask_for(unit, row, row.link)
    _note_again(unit, row)
    return None


def look_again(again: Again, now: datetime) -> Checked:
    """Against the keys and lists of today: no transaction, no network."""
    return presenting.look_again(again.badge, again.known, now)


def check_again(unit: Unit, actor: Actor, again: Again, checked: Checked) -> None:
    """Write what `look_again` found. Raises Conflict where the badge changed meanwhile."""
    store.one_at_a_time(unit.session)
    row = _held(unit, actor, again.badge.id, again.badge.version)
    presenting.settle(unit, row, checked, again.known, row.holder_name)
    _note_again(unit, row)


def _note_again(unit: Unit, row: PresentedCredential) -> None:
    unit.audit("badge:checked_again", "badge", row.id, verdict=_word(row), state=row.state.value)


def withdraw(unit: Unit, actor: Actor, badge_id: int, version: int) -> None:
    row = _held(unit, actor, badge_id, version)
    if not badges.can_withdraw(row):
        raise Conflict(_("이미 거둔 배지예요."))
    presenting.withdraw(unit, row)
    unit.audit("badge:withdrawn", "badge", row.id, state=row.state.value)


def _own(unit: Unit, actor: Actor, badge_id: int) -> PresentedCredential:
    row = store.own_one(unit.session, actor.own_youth_id, badge_id)
    if row is None:
        raise NotFound
    return row


def _held(unit: Unit, actor: Actor, badge_id: int, version: int) -> PresentedCredential:
    youths.hold(unit.session, [actor.own_youth_id])
    row = _own(unit, actor, badge_id)
    if row.version != version:
        raise Conflict(_("그 사이에 바뀌었어요. 지금 상태를 다시 확인해 주세요."))
    return row


def _row(unit: Unit, actor: Actor, looked: Looked) -> PresentedCredential:
    youth_id, given, checked = actor.own_youth_id, looked.given, looked.checked
    sha256 = presenting.sha256_of(checked, given.data or given.link.encode())
    claim = checked.claim if checked else None
    names = (presenting.line(claim.issuer, 500), presenting.line(claim.id, 500)) if claim else ()
    row = store.same(unit.session, youth_id, sha256, *names)
    if row is not None:
        return _anew(row, given)
    if store.kept(unit.session, youth_id) >= MOST_KEPT:
        said = _("배지는 %(most)s개까지 둘 수 있어요.")
        raise Invalid({given.field: said % {"most": MOST_KEPT}})
    row = PresentedCredential(
        youth_id=youth_id, state=PresentedState.CHECKED, sha256=sha256, source=given.field,
        link=given.link, created_at=unit.now, updated_at=unit.now,
    )  # fmt: skip
    unit.session.add(row)
    unit.session.flush()  # the audit line and the record name it
    return row


def _anew(row: PresentedCredential, given: Given) -> PresentedCredential:
    """One taken back begins again; what a desk refused stays refused until it looks again."""
    if row.state is PresentedState.WITHDRAWN:
        row.state, row.verdict = PresentedState.CHECKED, None
        row.decided_at, row.reviewer_account_id = None, None
    row.link = row.link or given.link
    return row


def _altered(checked: Checked) -> str:
    """A bad copy of a badge that counts: without a word its page would pass for the answer."""
    said = [each.text for each in reasons(presenting.reasons_of(checked))]
    return " ".join([*said, _("전에 낸 같은 배지는 그대로 기록에 반영돼 있어요.")])


def _ask_for(unit: Unit, row: PresentedCredential, link: str) -> None:
    """The host is asked outside the request; what counted goes on counting meanwhile."""
    if row.state is PresentedState.NOT_THEIRS:
        return
    row.link, row.state = link, PresentedState.FETCHING
    row.tries, row.next_try_at = 0, unit.now
    row.version, row.updated_at = row.version + 1, unit.now
    unit.session.add(row)


def _word(row: PresentedCredential) -> str:
    return row.verdict.value if row.verdict else ""
