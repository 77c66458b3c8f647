"""Credentials inside a credential, as a learner record (CLR 2.0) holds them, checked one by one.

Who signs a record vouches for what they put into it and for nobody else's signature. The record is
therefore as good as the worst of its members, and says which one that is.
"""

import json
from collections.abc import Callable, Iterator
from dataclasses import replace
from typing import Any, Final

from matcher.credentials import integrity_proofs
from matcher.credentials.carriers import unwrap
from matcher.credentials.findings import Finding, Refused, found, proves, worst
from matcher.credentials.reading import listed, subject_of
from matcher.credentials.securing import is_assertion, is_envelope
from matcher.credentials.types import Checked, Claim, Proof, Reason, Verdict

MOST: Final = 30
"""Each costs about as much as a badge handed in alone; a record of more goes out in parts."""
MOST_VALUES: Final = 3 * integrity_proofs.MOST_VALUES
"""Of all members together: thirty badges of ours have two thousand."""


def looked_into(whole: Checked, check: Callable[[Any], Checked]) -> Checked:
    """`check` judges one member. Nothing is looked for in what is forged itself."""
    members = members_of(whole.claim) if whole.claim else []
    if not members or whole.verdict is Verdict.INVALID:
        return whole
    if integrity_proofs.work_of(members)[0] > MOST_VALUES:
        return _with(whole, [found(Verdict.UNVERIFIABLE, "too_complex")])
    if len(members) > MOST:
        return _with(whole, [found(Verdict.UNVERIFIABLE, "inside_too_many", limit=str(MOST))])
    checked = tuple(check(each) for each in members)
    findings = [each for n, one in enumerate(checked, 1) for each in _findings(n, one)]
    dates = [each.status_list_at for each in (whole, *checked) if each.status_list_at]
    made = _with(whole, findings)
    is_proved = made.is_proved and all(each.is_proved for each in checked)
    return replace(
        made, is_proved=is_proved, inside=checked, status_list_at=min(dates, default=None)
    )


def members_of(claim: Claim) -> list[Any]:
    """As they stand there: objects with or without a proof, envelopes, tokens. Open Badges 2.0
    knows no subject, and so nothing inside."""
    if "credentialSubject" not in claim.document:
        return []
    return listed(subject_of(claim.document).get("verifiableCredential"))


def text_of(member: Any) -> bytes:
    """As if it were handed in by itself. Raises `Refused`."""
    if isinstance(member, dict):
        return unwrap(json.dumps(member, ensure_ascii=False).encode())
    if isinstance(member, str):
        return unwrap(member.encode("utf-8", "replace"))
    raise Refused("member_broken", name="verifiableCredential")


def has_no_proof(member: Any) -> bool:
    """Only the record's own signature covers it."""
    return (
        isinstance(member, dict)
        and "proof" not in member
        and not is_envelope(member)
        and not is_assertion(member)
    )


def signs_words_of(record: Checked, claim: Claim) -> bool:
    """A token's signature covers its text letter by letter, members and all: what its signer says
    in a member of their own needs no second look at how the words of a graph are spelled. Of
    another issuer's member it says nothing."""
    is_own = record.claim is not None and record.claim.issuer == claim.issuer
    return is_own and record.proof is Proof.VC_JWT and record.is_proved


def vouched(claim: Claim, record: Claim) -> Iterator[Finding]:
    """A member without a proof: the signer of a record may speak of their own badges alone."""
    if claim.issuer != record.issuer:
        yield found(Verdict.UNVERIFIABLE, "inside_unsigned", issuer=claim.issuer)


def deeper(claim: Claim) -> Iterator[Finding]:
    """A record in a record: nobody looks further than one step."""
    if members_of(claim):
        yield found(Verdict.UNVERIFIABLE, "inside_deeper")


def _findings(number: int, member: Checked) -> Iterator[Finding]:
    """Of a member that holds only what is said of its list's age; of another its verdict, and then
    each reason with the member's number."""
    if member.verdict is Verdict.VERIFIED:
        yield from (_remark(each) for each in member.reasons if "address" in each.details)
        return
    name = member.claim.achievement_name if member.claim else ""
    at = str(number)
    yield found(member.verdict, "inside", number=at, name=name or "–", told=member.verdict.value)
    for each in member.reasons:
        yield _remark(Reason(each.code, {**each.details, "inside": at}))


def _remark(reason: Reason) -> Finding:
    """The verdict came with the line before."""
    return Finding(Verdict.VERIFIED, reason)


def _with(whole: Checked, findings: list[Finding]) -> Checked:
    known = [Finding(whole.verdict, each) for each in whole.reasons]
    told = {
        (each.reason.code, *each.reason.details.values()): each.reason
        for each in [*known, *findings]
    }
    verdict = worst([Finding(whole.verdict, Reason("")), *findings])
    return replace(
        whole,
        verdict=verdict,
        reasons=tuple(told.values()),
        is_proved=whole.is_proved and proves(findings),
    )
