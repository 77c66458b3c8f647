"""A token's registered claims say the same as the credential in it (Open Badges 3.0, 8.2.4)."""

from collections.abc import Iterator, Mapping
from dataclasses import replace
from datetime import timedelta
from typing import Any, Final

from matcher.credentials import dates
from matcher.credentials.findings import Finding, found
from matcher.credentials.types import Claim, Verdict

_ROUNDING: Final = timedelta(seconds=1)


def findings(payload: Mapping[str, Any], claim: Claim) -> Iterator[Finding]:
    """A claim that is left out takes nothing away; one that differs does."""
    said = {"iss": claim.issuer, "sub": claim.subject, "jti": claim.id}
    for name, value in said.items():
        if name in payload and payload[name] != value:
            yield found(Verdict.INVALID, "claim_differs", name=name)
    moments = {"nbf": claim.valid_from, "exp": claim.valid_until}
    for name, moment in moments.items():
        token = dates.numeric(payload.get(name), name)
        if token and moment and abs(token - moment) > _ROUNDING:
            yield found(Verdict.INVALID, "claim_differs", name=name)


def with_dates(claim: Claim, payload: Mapping[str, Any]) -> Claim:
    """The token's dates where the credential says none of its own. Raises `Refused` for a date that
    is none, whether it is needed or not."""
    starts, ends = (dates.numeric(payload.get(name), name) for name in ("nbf", "exp"))
    return replace(
        claim, valid_from=claim.valid_from or starts, valid_until=claim.valid_until or ends
    )
