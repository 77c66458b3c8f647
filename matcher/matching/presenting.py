"""The one way a checked badge becomes part of a record, whoever brought it in and whenever it is
checked again: `settle`. What a person at a desk answers comes through `accept` and `refuse`."""

import hashlib
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date, datetime
from typing import Any

from matcher.clock import day_of
from matcher.credentials import recipients, verifying
from matcher.credentials.types import AtHand, Checked, Claim, Reason
from matcher.db import Unit
from matcher.matching import badge_holder, proved_passes
from matcher.matching.badge_names import certification_of
from matcher.policy import badges, desk
from matcher.policy.badges import Doubt
from matcher.store import outbox, presented, trusted_issuers
from matcher.text import hide_resident_numbers
from models.credential import PresentedCredential, PresentedState, Verdict

MOST_REASONS = 20


@dataclass(frozen=True)
class Kept:
    """A badge as its row keeps it, for checks outside any transaction. `version`: of the row."""

    id: int
    version: int
    data: bytes
    hosted: frozenset[str]
    """Its own address where the host gave the content; what somebody typed names any it likes."""


def settle(
    unit: Unit,
    row: PresentedCredential,
    checked: Checked,
    known: AtHand,
    holder_name: str = "",
) -> None:
    """Write what the checks found and what follows for the certification record.

    `checked` with `recipient=None`: whose the badge is, is answered here, from the account's
    address and the name on the badge or, as `holder_name`, on its page. Doubt never refuses: the
    badge waits for a desk and counts for nothing until then. `known`: what it was checked against.
    Where more is known by now, the row stays behind its issuer and is checked again.
    """
    before, counted = (row.state, row.verdict), row.record_id is not None
    _say(row, checked, holder_name)
    row.checked_edition = known.editions.get(row.issuer, 0)
    lasting = _lasting(row)
    doubts = () if badges.is_settled(row) else _doubts(unit, row, checked.claim)
    verdict = Verdict(checked.verdict.value)
    is_good = verdict is Verdict.VERIFIED
    asked = doubts if is_good else lasting
    kept = [each.value for each in Doubt if each in asked]
    doubted = ({"code": each, "details": {}} for each in kept)
    row.reasons = [*reasons_of(checked), *doubted, *_desk_said(row)]
    level = badges.level_of(row.proof, trusted_issuers.means_of(unit.session, row.issuer))
    counts = level is not None and row.certification is not None
    row.state = badges.state_after(
        row.state, verdict, bool(doubts), counts, counted, checked.is_proved
    )
    if row.state is PresentedState.IN_REVIEW:
        row.reviewer_account_id, row.decided_at = None, None
    row.verdict = _told(verdict, doubts)
    _touch(unit, row)
    _follow(unit, row, level)
    _tell_later(unit, row, before)
    if is_good and set(doubts) == {Doubt.TWO_ACCOUNTS}:
        _doubt_the_other(unit, row)


def accept(unit: Unit, row: PresentedCredential, account_id: int) -> None:
    """A desk says it is this person's; what the checks found of the badge itself stays."""
    row.reviewer_account_id, row.decided_at = account_id, unit.now
    level = badges.level_of(row.proof, trusted_issuers.means_of(unit.session, row.issuer))
    if not badges.is_proved(row):
        level = desk.SEEN  # a link nobody could ask: the desk's own look, no more
    counts = level is not None and row.certification is not None
    row.state = PresentedState.COUNTED if counts else PresentedState.CHECKED
    if row.verdict is Verdict.WRONG_RECIPIENT:
        row.verdict = Verdict.VERIFIED
    row.reasons = [each for each in row.reasons if _code(each) not in {*Doubt, badges.DESK_SAID}]
    _touch(unit, row)
    _follow(unit, row, level, account_id)


def refuse(unit: Unit, row: PresentedCredential, account_id: int, why: str) -> None:
    """Not theirs. `why` is the desk's own sentence; the person reads it on the badge's page."""
    said = {"code": badges.DESK_SAID, "details": {"text": why}}
    row.reasons = [*(each for each in row.reasons if _code(each) != badges.DESK_SAID), said]
    row.reviewer_account_id, row.decided_at = account_id, unit.now
    row.state = PresentedState.NOT_THEIRS
    _touch(unit, row)
    proved_passes.let_go(unit, row, "not_theirs")


def withdraw(unit: Unit, row: PresentedCredential) -> None:
    """The credential goes, and with it what only it proved; what a desk said of it stays said."""
    if row.state is not PresentedState.NOT_THEIRS:
        row.state = PresentedState.WITHDRAWN
    row.data, row.holder_name, row.next_try_at = None, "", None
    row.link = ""
    _touch(unit, row)
    proved_passes.let_go(unit, row, "withdrawn")


def to_a_person(unit: Unit, row: PresentedCredential, code: str = Doubt.NOT_FETCHED) -> None:
    """A link whose host is not asked: somebody opens it by hand. What counted goes on counting."""
    row.state, row.next_try_at = PresentedState.IN_REVIEW, None
    row.reasons = with_lasting(row, {"code": str(code), "details": {}})
    _touch(unit, row)


def kept(row: PresentedCredential) -> Kept:
    """Of a row that may be checked again."""
    assert row.data is not None
    hosted = frozenset({row.identifier}) if row.source == badges.FROM_HOST else frozenset()
    return Kept(row.id or 0, row.version, row.data, hosted)


def look_again(badge: Kept, known: AtHand, now: datetime) -> Checked:
    """The stored credential once more, against what is known now: no transaction, no network."""
    at_hand = replace(known, hosted=known.hosted | badge.hosted)
    return verifying.check(badge.data, at_hand, recipient=None, now=now)


def sha256_of(checked: Checked | None, data: bytes) -> str:
    """Of the credential itself, or of the link: a picture and the text in it are one badge."""
    content = checked.content if checked else b""
    return hashlib.sha256(content or data).hexdigest()


def line(value: str, most: int) -> str:
    """Text out of a credential as it may be kept and shown: no controls, nothing turned around."""
    shown = "".join(each for each in value[: most * 4] if each.isprintable()).strip()
    return hide_resident_numbers(shown)[:most]


def _say(row: PresentedCredential, checked: Checked, holder_name: str) -> None:
    claim = checked.claim
    row.proof = checked.proof.value if checked.proof else ""
    row.is_proved = checked.is_proved
    row.data = checked.content or row.data
    row.status_list_at = checked.status_list_at
    if claim is None:
        return
    row.issuer, row.issuer_name = line(claim.issuer, 500), line(claim.issuer_name, 200)
    row.identifier = line(claim.id, 500)
    row.holder_name = line(claim.holder_name or holder_name, 200)
    row.achievement = line(claim.achievement, 500)
    row.achievement_name = line(claim.achievement_name, 200)
    row.issued_on, row.expires_on = _day(claim.valid_from), _day(claim.valid_until)
    row.certification = certification_of(claim)


def _day(moment: datetime | None) -> date | None:
    try:
        return None if moment is None else day_of(moment)
    except OverflowError:  # the year 9999 in another zone
        return None


def _doubts(unit: Unit, row: PresentedCredential, claim: Claim | None) -> tuple[Doubt, ...]:
    """An address decides before a name: a name is typed by the account's owner, and shared by
    many; only where a badge has no address may the name alone do."""
    account = presented.holder(unit.session, row.youth_id).account
    earlier = {each.get("code") for each in row.reasons}
    if claim is not None and recipients.names_an_address(claim):
        found = {badge_holder.address_doubt(claim, account.email)}
        is_sure = found == {None}
    else:
        # A name changed after the doubt arose does not settle it.
        found = {badge_holder.name_doubt(row.holder_name, account.name)}
        found |= {each for each in badges.NAME_DOUBTS if each in earlier}
        is_sure = False
    # Whose own address is on it need not answer for a copy that somebody else handed in.
    if not is_sure and presented.is_elsewhere(unit.session, row):
        found.add(Doubt.TWO_ACCOUNTS)
    if row.state is PresentedState.NOT_THEIRS or Doubt.ASKED_AGAIN in earlier:
        found.add(Doubt.ASKED_AGAIN)
    return tuple(each for each in Doubt if each in found)


def _lasting(row: PresentedCredential) -> frozenset[Doubt]:
    found = {Doubt(code) for code in map(_code, row.reasons) if code in badges.LASTING}
    refused = {Doubt.ASKED_AGAIN} if row.state is PresentedState.NOT_THEIRS else set()
    return frozenset(found | refused)


def with_lasting(row: PresentedCredential, reason: dict[str, Any]) -> list[dict[str, Any]]:
    """`reason` in place of those before it, but for the doubts only a desk ends and its words."""
    lasting = (each for each in row.reasons if _code(each) in badges.LASTING)
    return [reason, *lasting, *_desk_said(row)]


def _desk_said(row: PresentedCredential) -> list[dict[str, Any]]:
    return [each for each in row.reasons if _code(each) == badges.DESK_SAID]


def _code(reason: Mapping[str, Any]) -> str:
    return str(reason.get("code", ""))


def _doubt_the_other(unit: Unit, row: PresentedCredential) -> None:
    """Whoever came first with a badge that has nothing but a name on it is no surer than whoever
    came now. What counted goes on counting until a desk answers."""
    for other in presented.counting_elsewhere(unit.session, row):
        claim = verifying.claim_in(other.data or b"")
        if claim is None or recipients.names_an_address(claim):
            continue
        other.state = PresentedState.IN_REVIEW
        other.reasons = [*other.reasons, {"code": Doubt.TWO_ACCOUNTS.value, "details": {}}]
        _touch(unit, other)
        tell(unit, other)


def _told(verdict: Verdict, doubts: Sequence[Doubt]) -> Verdict:
    if verdict is Verdict.VERIFIED and Doubt.OTHER_ADDRESS in doubts:
        return Verdict.WRONG_RECIPIENT
    return verdict


def _follow(
    unit: Unit, row: PresentedCredential, level: int | None, account_id: int | None = None
) -> None:
    if row.state is not PresentedState.COUNTED:
        if row.state is not PresentedState.IN_REVIEW:
            proved_passes.let_go(unit, row, row.verdict.value if row.verdict else "")
    elif row.verdict is Verdict.EXPIRED:
        return
    elif not proved_passes.back(
        unit, row, level or desk.SEEN, None if badges.is_proved(row) else account_id
    ):
        row.state = PresentedState.CHECKED
        row.reasons = [*row.reasons, {"code": "no_day", "details": {}}]


def _touch(unit: Unit, row: PresentedCredential) -> None:
    row.checked_at, row.updated_at = unit.now, unit.now
    row.version += 1
    unit.session.add(row)
    unit.session.flush()  # the audit line and the record name it


def reasons_of(checked: Checked) -> tuple[dict[str, Any], ...]:
    """As a row keeps them."""
    return tuple(_plain(each) for each in checked.reasons[:MOST_REASONS])


def _plain(reason: Reason) -> dict[str, Any]:
    details = {line(str(key), 40): line(str(value), 300) for key, value in reason.details.items()}
    return {"code": line(reason.code, 60), "details": details}


def _tell_later(unit: Unit, row: PresentedCredential, before: tuple[Any, Any]) -> None:
    """A mail where the answer came while the person was away."""
    actor = unit.actor
    if (actor is not None and actor.youth_id == row.youth_id) or before == (row.state, row.verdict):
        return
    tell(unit, row)


def tell(unit: Unit, row: PresentedCredential, comment: str = "") -> None:
    account = presented.holder(unit.session, row.youth_id).account
    outbox.put(
        unit.session, account, "badge_answered", unit.now, f"badge:{row.id}:{row.version}",
        state=row.state.value, verdict=row.verdict.value if row.verdict else "",
        title=row.achievement_name or row.link, comment=comment, badge=row.id,
    )  # fmt: skip
