"""Facts of which the holder shows only the chosen ones: SD-JWT VC, issued, narrowed and checked.

RFC 9901 with the profile draft-ietf-oauth-sd-jwt-vc: `<issuer's JWT>~<disclosure>~...~<KB-JWT?>`.
Every fact is a disclosure of its own. What every reader sees is who signed, of what day the facts
are and until when they hold.
"""

import json
import re
import secrets
from collections.abc import Collection, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from typing import TYPE_CHECKING, Any, Final

from matcher.credentials import base64url, recipients
from matcher.credentials.findings import Finding, Refused, found, proves, worst
from matcher.credentials.signing_keys import SigningKey, sign_jwt
from matcher.credentials.types import AtHand, Checked, Claim, Proof, Verdict
from matcher.credentials.verification_keys import Candidates, candidates

if TYPE_CHECKING:
    from openvc.proof.sd_jwt import VerifiedSdJwt

VCT: Final = "urn:oreum:facts:1"
TYP: Final = "dc+sd-jwt"
DIGESTS: Final = 12
"""A token holds a multiple of so many, filled up with random ones: the number of facts that were
kept back tells of the person too."""
LONGEST: Final = 200_000
"""Characters of a token; ours have under 4,000."""
SKEW: Final = timedelta(minutes=5)
"""How far the clocks of two machines may be apart."""
FRAME: Final = frozenset(
    {"iss", "vct", "iat", "nbf", "exp", "as_of", "demo", "cnf", "_sd", "_sd_alg"}
)
"""Claims that are there whatever is shown; no fact may be called so."""


@dataclass(frozen=True)
class Binding:
    """Asked of whoever shows a token: a signature of the holder's key over this audience and nonce,
    so that a copied token is worth nothing to another."""

    audience: str
    nonce: str


class NotThere(ValueError):
    """A fact the token does not hold."""


def issue(
    facts: Mapping[str, Any],
    issuer: str,
    key: SigningKey,
    now: datetime,
    until: datetime,
    holder: Mapping[str, Any] | None = None,
    *,
    is_demo: bool = False,
) -> str:
    """All facts disclosed; `narrowed` takes away. `holder`: the public JWK of whoever may show it.

    Without `iat`: readers judge it by their own clock, and `as_of` says the day.
    """
    from openvc.proof.sd_jwt import disclosure_digest, make_object_disclosure

    if wrong := FRAME & set(facts):
        raise ValueError(f"no fact may be called {', '.join(sorted(wrong))}")
    shown = [make_object_disclosure(_salt(), name, value) for name, value in facts.items()]
    digests = [disclosure_digest(each) for each in shown]
    digests += [_random(32) for _ in range(-len(digests) % DIGESTS)]
    payload: dict[str, Any] = {
        "iss": issuer,
        "vct": VCT,
        "as_of": now.astimezone(UTC).isoformat(timespec="seconds"),
        "exp": int(until.timestamp()),
        "_sd": sorted(digests),
        "_sd_alg": "sha-256",
    }
    if is_demo:
        payload["demo"] = True
    if holder is not None:
        payload["cnf"] = {"jwk": dict(holder)}
    return "~".join([sign_jwt(payload, key, TYP), *shown, ""])


def narrowed(token: str, names: Collection[str]) -> str:
    """The same token with only these facts. Raises NotThere."""
    signed, *shown, _end = token.split("~")
    named = {_name(each): each for each in shown}
    if missing := set(names) - set(named):
        raise NotThere(", ".join(sorted(missing)))
    return "~".join([signed, *(each for name, each in named.items() if name in names), ""])


def is_selective(data: bytes) -> bool:
    """Whether it looks like an SD-JWT; nothing else we read holds a tilde after a dotted token."""
    return b"~" in data and data.lstrip()[:2] == b"ey"


def check(
    data: bytes,
    at_hand: AtHand,
    now: datetime,
    *,
    recipient: str | None = None,
    required: Sequence[str] = (),
    binding: Binding | None = None,
) -> Checked:
    """`recipient` as `verifying.check` has it: facts without a name fit nobody who is asked for.
    `required`: facts that must be shown. The claim's `document` holds what was shown."""
    shown: VerifiedSdJwt | None = None
    token = data.strip()
    try:
        issuer, kid = _signed_by(token)
        chosen = candidates(issuer, kid, at_hand)
        shown = _verified(token.decode("ascii"), chosen, binding, now)
    except Refused as refusal:
        return _checked(token, shown, [refusal.finding])
    findings = [*_of_facts(shown, required), *_of_dates(_claim(shown), now)]
    findings += [*recipients.findings(_claim(shown), recipient)]
    findings += _of_issuer(issuer, chosen, at_hand)
    return _checked(token, shown, findings)


def _checked(token: bytes, shown: "VerifiedSdJwt | None", findings: list[Finding]) -> Checked:
    reasons = tuple(each.reason for each in findings)
    claim = None if shown is None else _claim(shown)
    is_proved = proves(findings)
    return Checked(worst(findings), reasons, claim, Proof.SD_JWT, token, is_proved=is_proved)


def _of_facts(shown: "VerifiedSdJwt", required: Sequence[str]) -> Iterator[Finding]:
    missing = [name for name in required if name not in shown.claims]
    if missing:
        yield found(Verdict.INVALID, "fact_missing", names=", ".join(missing))
    if shown.vct == VCT and not facts_of(_claim(shown)):
        yield found(Verdict.INVALID, "nothing_shown")


def _of_dates(claim: Claim, now: datetime) -> Iterator[Finding]:
    if claim.valid_from is not None and claim.valid_from > now + SKEW:
        yield found(Verdict.INVALID, "not_yet_valid", at=claim.valid_from.isoformat())
    if claim.valid_until is None:
        yield found(Verdict.INVALID, "without_end")
    elif claim.valid_until <= now:
        yield found(Verdict.EXPIRED, "expired", at=claim.valid_until.isoformat())


def _of_issuer(issuer: str, chosen: Candidates, at_hand: AtHand) -> Iterator[Finding]:
    """A key nobody tied to a trusted issuer proves nothing in that issuer's name."""
    if issuer not in at_hand.trusted:
        yield found(Verdict.AUTHENTIC_UNKNOWN_ISSUER, "issuer_unknown", issuer=issuer)
    elif not chosen.are_issuers:
        yield found(Verdict.UNVERIFIABLE, "key_not_at_hand", issuer=issuer)


def _verified(
    token: str, chosen: Candidates, binding: Binding | None, now: datetime
) -> "VerifiedSdJwt":
    """By the first of the keys that signed it. Raises Refused."""
    refusal = Refused("signature_wrong")
    for key in chosen.keys:
        try:
            return _verified_by(token, dict(key.jwk), binding, now)
        except Refused as error:
            refusal = error
    raise refusal


def _verified_by(
    token: str, jwk: dict[str, Any], binding: Binding | None, now: datetime
) -> "VerifiedSdJwt":
    from openvc.errors import OpenvcError
    from openvc.proof.errors import ClaimsInvalid
    from openvc.proof.sd_jwt import SdJwtError, SdJwtVcProofSuite

    asked: dict[str, Any] = {}
    if binding is not None:
        asked = {"audience": binding.audience, "nonce": binding.nonce}
    try:
        return SdJwtVcProofSuite().verify(
            token,
            public_key_jwk=jwk,
            require_key_binding=binding is not None,
            check_temporal=False,  # by the caller's clock, in _of_dates
            now=now,
            **asked,
        )
    except SdJwtError:
        raise Refused("disclosure_wrong") from None
    except ClaimsInvalid:
        raise Refused("claims_wrong" if binding is None else "holder_not_proved") from None
    except OpenvcError:
        raise Refused("signature_wrong") from None


def _claim(shown: "VerifiedSdJwt") -> Claim:
    claims = shown.claims
    begins = [
        _moment(claims.get("as_of")),
        _seconds(claims.get("nbf")),
        _seconds(claims.get("iat")),
    ]
    return Claim(
        id="",
        issuer=shown.issuer,
        issuer_name="",
        achievement=shown.vct or "",
        achievement_name="",
        subject="",
        identities=(),
        holder_name="",
        valid_from=max((each for each in begins if each is not None), default=None),
        valid_until=_seconds(claims.get("exp")),
        status=(),
        types=(shown.vct or "",),
        document={name: value for name, value in claims.items() if name != "cnf"},
    )


def facts_of(claim: Claim) -> dict[str, Any]:
    """What was shown, without the frame."""
    return {name: value for name, value in claim.document.items() if name not in FRAME}


def _signed_by(token: bytes) -> tuple[str, str]:
    """(issuer, id of its key) as the token itself says: only for looking the key up. Raises Refused
    for anything but exactly the form of RFC 9901, section 4: what a lenient decoder would skip is
    not there to hide in, and one content has one spelling."""
    try:
        text = token.decode("ascii") if len(token) <= LONGEST else ""
        if not _FORM.fullmatch(text):
            raise ValueError("not of that form")
        if not all(_is_canonical(each) for part in text.split("~") for each in part.split(".")):
            raise ValueError("another spelling")
        head, body, _signature = text.split("~", 1)[0].split(".")
        issuer = json.loads(base64url.decoded(body))["iss"]
        kid = json.loads(base64url.decoded(head)).get("kid", "")
        if not isinstance(issuer, str) or not isinstance(kid, str):
            raise ValueError("no issuer")
    except (ValueError, LookupError, TypeError, AttributeError, RecursionError):
        raise Refused("token_broken") from None
    return issuer, kid


def _is_canonical(piece: str) -> bool:
    try:
        return base64url.encoded(base64url.decoded(piece)) == piece
    except ValueError:
        return False


def _name(disclosure: str) -> str:
    return str(json.loads(base64url.decoded(disclosure))[1])


def _moment(value: object) -> datetime | None:
    try:
        found = datetime.fromisoformat(value) if isinstance(value, str) else None
    except ValueError:
        return None
    return found if found is None or found.tzinfo is not None else found.replace(tzinfo=UTC)


def _seconds(value: object) -> datetime | None:
    if type(value) not in (int, float):
        return None
    try:
        return datetime.fromtimestamp(float(value), UTC)  # type: ignore[arg-type]  # one of the two
    except (OverflowError, ValueError, OSError):
        return None


def _salt() -> str:
    return _random(16)


def _random(size: int) -> str:
    return base64url.encoded(secrets.token_bytes(size))


_JWT: Final = r"[\w-]+\.[\w-]+\.[\w-]+"
_FORM: Final = re.compile(rf"{_JWT}~(?:[\w-]+~)*(?:{_JWT})?", re.ASCII)
