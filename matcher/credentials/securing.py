"""How a credential is secured, and whether its signature holds."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Any, Final

from matcher.credentials import integrity_proofs
from matcher.credentials.carriers import is_token
from matcher.credentials.findings import Refused
from matcher.credentials.json_door import read_object
from matcher.credentials.tokens import Token, fits, is_signed_by, read_token
from matcher.credentials.types import AtHand, Proof, Verdict
from matcher.credentials.verification_keys import Candidates, candidates

_ENVELOPE: Final = "data:application/vc+jwt,"


@dataclass(frozen=True)
class Secured:
    """`document` is the credential; for a token its payload, registered claims and all."""

    proof: Proof
    document: Mapping[str, Any]
    token: Token | None = None


def secured(text: bytes) -> Secured:
    """Raises `Refused` for what carries no signature and is no hosted badge."""
    if is_token(text):
        return _of_token(text.decode("ascii"))
    document = read_object(text)
    if is_envelope(document):
        return _enveloped(document["id"])
    if "proof" in document:
        return Secured(Proof.DATA_INTEGRITY, _with_one_proof(document))
    if is_assertion(document):
        return Secured(Proof.OB2_HOSTED, document)
    raise Refused("proof_missing")


def _with_one_proof(document: Mapping[str, Any]) -> Mapping[str, Any]:
    """A list of one is the same as the one (VC Data Integrity 1.0, section 2.1)."""
    proof = document["proof"]
    is_one = isinstance(proof, list) and len(proof) == 1
    return {**document, "proof": proof[0]} if is_one else document


def document_of(text: bytes) -> Mapping[str, Any]:
    """What is inside, whether anything secures it or not. Raises `Refused`."""
    return read_token(text.decode("ascii")).payload if is_token(text) else read_object(text)


def is_envelope(document: Mapping[str, Any]) -> bool:
    """A JSON wrapper around a credential of another form (VC Data Model 2.0, section 4.12)."""
    address = document.get("id")
    return isinstance(address, str) and address.startswith("data:")


def _enveloped(address: str) -> Secured:
    """Of the forms an envelope may hold, the token is read."""
    if not address.startswith(_ENVELOPE):
        raise Refused("proof_unsupported", Verdict.UNVERIFIABLE)
    text = address.removeprefix(_ENVELOPE)
    if not is_token(text.encode("utf-8", "replace")):
        raise Refused("token_broken")
    return _of_token(text)


def _of_token(text: str) -> Secured:
    token = read_token(text)
    if "vc" in token.payload:
        raise Refused("wrapper_old")
    proof = Proof.OB2_SIGNED if is_assertion(token.payload) else Proof.VC_JWT
    return Secured(proof, token.payload, token)


def is_assertion(document: Mapping[str, Any]) -> bool:
    """Open Badges 2.0; the AWS badge host leaves the type out at times."""
    said = document.get("type")
    return "Assertion" in (said if isinstance(said, list) else [said]) or (
        "credentialSubject" not in document and "badge" in document and "recipient" in document
    )


def prove(
    what: Secured,
    issuer: str,
    at_hand: AtHand,
    now: datetime,
    *,
    are_words_signed: bool = False,
) -> bool:
    """Whether the key is the issuer's own; False: only the proof itself says whose. Raises
    `Refused` when the signature is wrong or no key can be asked. `are_words_signed`: a token of
    the same issuer holds this very text, and was checked."""
    chosen = candidates(issuer, _hint(what, now), at_hand)
    _check(what, chosen, are_words_signed)
    return chosen.are_issuers


def _hint(what: Secured, now: datetime) -> str:
    if what.token is None:
        return integrity_proofs.method_of(what.document, now)
    return what.token.hint or creator_of(what.document)


def creator_of(document: Mapping[str, Any]) -> str:
    """The key a signed Open Badge 2.0 names."""
    said = document.get("verification", document.get("verify"))
    creator = said.get("creator", said.get("url")) if isinstance(said, dict) else ""
    return creator if isinstance(creator, str) else ""


def _check(what: Secured, chosen: Candidates, are_words_signed: bool) -> None:
    if what.token:
        _check_token(what.token, chosen)
    else:
        _check_proof(what.document, chosen, are_words_signed)


def _check_proof(document: Mapping[str, Any], chosen: Candidates, are_words_signed: bool) -> None:
    """Of the keys that fit the suite the refusal of the last stands for all: an issuer has few."""
    suite = integrity_proofs.suite_of(document)
    refusal = Refused("key_kind", algorithm=suite)
    for jwk in (each.jwk for each in chosen.keys if integrity_proofs.fits(suite, each.jwk)):
        try:
            integrity_proofs.check(document, jwk, are_words_signed=are_words_signed)
        except Refused as error:
            refusal = error
        else:
            return
    raise refusal


def _check_token(token: Token, chosen: Candidates) -> None:
    algorithm = str(token.header["alg"])
    if not any(fits(algorithm, key.jwk) for key in chosen.keys):
        raise Refused("key_kind", algorithm=algorithm)
    if not any(is_signed_by(token, key.jwk) for key in chosen.keys):
        raise Refused("signature_wrong")
