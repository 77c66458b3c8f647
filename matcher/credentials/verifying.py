"""The checks of a credential, all of them in one call: bytes in, verdict out.

Order of verdicts, the worst of all findings first: invalid, wrong_recipient, revoked, suspended,
expired, unverifiable, authentic_unknown_issuer, verified. A forged badge is so never called merely
expired, and one that was taken back never merely unknown. Every rule that failed is among the
reasons; a remark that takes nothing away, as an old status list, may stand beside `verified`. What
a learner record holds is checked piece by piece, and the record is as good as the worst of them.
"""

from collections.abc import Iterable, Iterator
from datetime import datetime, timedelta
from typing import Any, Final

from matcher.credentials import (
    inside,
    open_badges_2,
    recipients,
    selective,
    status_lists,
    token_claims,
)
from matcher.credentials.carriers import unwrap
from matcher.credentials.findings import Finding, Refused, found, proves, worst
from matcher.credentials.reading import claim_of
from matcher.credentials.securing import Secured, prove, secured
from matcher.credentials.types import AtHand, Checked, Claim, Proof, Verdict

LEEWAY: Final = timedelta(seconds=60)
"""Clocks of issuers run ahead a little; an end is never stretched."""


def check(data: bytes, at_hand: AtHand, *, recipient: str | None, now: datetime) -> Checked:
    """`recipient`: an e-mail address or a DID; None when nobody asks whose it is."""
    if selective.is_selective(data):
        return selective.check(data, at_hand, now, recipient=recipient)
    try:
        content = unwrap(data)
    except Refused as refusal:
        return _checked([refusal.finding])
    whole = _alone(content, at_hand, recipient, now)
    return inside.looked_into(whole, lambda member: _member(member, whole, at_hand, recipient, now))


def _alone(
    content: bytes,
    at_hand: AtHand,
    recipient: str | None,
    now: datetime,
    record: Checked | None = None,
) -> Checked:
    """One credential by itself; `record` is the one it was found in, with a claim."""
    what = None
    try:
        what = secured(content)
        claim = _claim(what, at_hand)
    except Refused as refusal:
        proof = what.proof if what else None
        return _checked([refusal.finding], content=content, proof=proof)
    outer = record.claim if record else None
    asked = recipients.asked_inside(claim, recipient, outer) if outer else recipient
    findings = [*_of_dates(claim, now), *recipients.findings(claim, asked)]
    are_words_signed = record is not None and inside.signs_words_of(record, claim)
    findings += _gathered(_of_proof(what, claim, at_hand, now, are_words_signed))
    findings += inside.deeper(claim) if record else ()
    of_status, made_at = _of_status(what, claim, at_hand, now)
    return _checked(findings + of_status, claim, what.proof, content, made_at)


def _member(
    member: Any, whole: Checked, at_hand: AtHand, recipient: str | None, now: datetime
) -> Checked:
    assert whole.claim is not None
    try:
        if not inside.has_no_proof(member):
            return _alone(inside.text_of(member), at_hand, recipient, now, whole)
        claim = claim_of(member)
    except Refused as refusal:
        return _checked([refusal.finding])
    findings = [*_of_dates(claim, now), *inside.vouched(claim, whole.claim), *inside.deeper(claim)]
    of_status, made_at = status_lists.findings(claim, at_hand, now)
    return _checked(findings + of_status, claim, status_list_at=made_at)


def _gathered(findings: Iterable[Finding]) -> list[Finding]:
    """Up to the check that could not go on, and that one's finding."""
    made: list[Finding] = []
    try:
        made.extend(findings)
    except Refused as refusal:
        made.append(refusal.finding)
    return made


def _checked(
    findings: list[Finding],
    claim: Claim | None = None,
    proof: Proof | None = None,
    content: bytes = b"",
    status_list_at: datetime | None = None,
) -> Checked:
    told = {(each.reason.code, *each.reason.details.values()): each.reason for each in findings}
    return Checked(
        worst(findings), tuple(told.values()), claim, proof, content, status_list_at,
        is_proved=proves(findings),
    )  # fmt: skip


def _claim(what: Secured, at_hand: AtHand) -> Claim:
    if what.proof is Proof.OB2_SIGNED:
        return open_badges_2.with_issuer(open_badges_2.claim_of(what.document), at_hand)
    if what.proof is Proof.OB2_HOSTED:
        return open_badges_2.claim_of(what.document)
    claim = claim_of(what.document)
    return token_claims.with_dates(claim, what.document) if what.token else claim


def _of_dates(claim: Claim, now: datetime) -> Iterator[Finding]:
    if claim.valid_from and claim.valid_from > now + LEEWAY:
        yield found(Verdict.INVALID, "not_yet_valid", at=claim.valid_from.isoformat())
    if claim.valid_until and claim.valid_until <= now:
        yield found(Verdict.EXPIRED, "expired", at=claim.valid_until.isoformat())
    if claim.valid_from and claim.valid_until and claim.valid_from > claim.valid_until:
        yield found(Verdict.INVALID, "dates_crossed")


def _of_proof(
    what: Secured, claim: Claim, at_hand: AtHand, now: datetime, are_words_signed: bool
) -> Iterator[Finding]:
    if what.proof is Proof.OB2_HOSTED:
        yield from open_badges_2.host_findings(claim, at_hand)
        return
    if what.proof is Proof.VC_JWT:
        yield from token_claims.findings(what.document, claim)
    yield from _of_signature(what, claim, at_hand, now, are_words_signed)


def _of_signature(
    what: Secured, claim: Claim, at_hand: AtHand, now: datetime, are_words_signed: bool
) -> Iterator[Finding]:
    """A key nobody tied to a trusted issuer proves nothing in that issuer's name."""
    if not claim.issuer:
        raise Refused("badge_class_missing", Verdict.UNVERIFIABLE)
    is_trusted = claim.issuer in at_hand.trusted
    is_issuers = prove(what, claim.issuer, at_hand, now, are_words_signed=are_words_signed)
    if is_trusted and not is_issuers:
        yield found(Verdict.UNVERIFIABLE, "key_not_at_hand", issuer=claim.issuer)
    if not is_trusted:
        yield found(Verdict.AUTHENTIC_UNKNOWN_ISSUER, "issuer_unknown", issuer=claim.issuer)


def _of_status(
    what: Secured, claim: Claim, at_hand: AtHand, now: datetime
) -> tuple[list[Finding], datetime | None]:
    if what.proof in (Proof.OB2_SIGNED, Proof.OB2_HOSTED):
        return _gathered(open_badges_2.status_findings(claim, at_hand)), None
    return status_lists.findings(claim, at_hand, now)


def claim_in(data: bytes) -> Claim | None:
    """What it says, unproved: to find the issuer whose key and lists are needed."""
    try:
        return _claim(secured(unwrap(data)), AtHand())
    except Refused:
        return None
