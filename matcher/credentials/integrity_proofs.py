"""Data Integrity proofs, contexts pinned: eddsa-rdfc-2022 (W3C vc-di-eddsa), ecdsa-rdfc-2019.

What is signed is the graph the JSON expands to, while we read the JSON: two libraries are asked.
The first canonicalises within a budget of work and checks the signature; the second makes sure
that the JSON is word for word what was signed, nothing renamed, added or dropped.
"""

from collections.abc import Iterator, Mapping, Sequence
from datetime import datetime
from functools import cache
from threading import Lock
from typing import Any, Final

from matcher.credentials import dates, ecdsa_proofs
from matcher.credentials.findings import Refused
from matcher.credentials.types import Verdict

EXAMPLES: Final = "https://www.w3.org/ns/credentials/examples/v2"
"""Of the W3C's published test vectors; it gives unknown terms a meaning and nothing else."""
_EDDSA: Final = "eddsa-rdfc-2022"
_SUITES: Final[Mapping[tuple[str, str], str]] = {
    ("OKP", "Ed25519"): _EDDSA,
    **{("EC", curve): ecdsa_proofs.SUITE for curve in ecdsa_proofs.CURVES},
}
"""Kind of key -> the suite it may check."""
_UNSIGNED: Final = ("expirationDate", "issuanceDate")
_LONGEST_VALUE: Final = 150
"""A P-384 signature has up to 133 letters."""
MOST_VALUES: Final = 1000
"""Objects and single values in a document with a proof. Bytes say little of the work: long texts
are nothing, and each thing costs two libraries about half a millisecond. A badge has 25 to 150."""
MOST_LISTED: Final = 400
"""Texts in lists (tags, languages): each is compared with all others of its list."""
LOCK: Final = Lock()
"""The second library shares what its JSON-LD processor resolved among all threads."""


def method_of(document: Mapping[str, Any], now: datetime) -> str:
    """The key the proof names, once everything around the signature is in order."""
    proof = document.get("proof")
    if not isinstance(proof, dict):
        raise Refused("proof_several" if isinstance(proof, list) else "proof_missing")
    _check_proof(proof, now)
    _check_work(document)
    _check_contexts(document)
    for name in _UNSIGNED:
        if name in document:
            raise Refused("member_unsigned", name=name)
    return str(proof["verificationMethod"])


def _check_proof(proof: Mapping[str, Any], now: datetime) -> None:
    suite = proof.get("cryptosuite")
    if proof.get("type") != "DataIntegrityProof" or suite not in _SUITES.values():
        raise Refused("proof_unsupported", Verdict.UNVERIFIABLE)
    method, value = proof.get("verificationMethod"), proof.get("proofValue")
    if not isinstance(method, str) or not isinstance(value, str) or len(value) > _LONGEST_VALUE:
        raise Refused("proof_broken")
    if proof.get("proofPurpose") != "assertionMethod":
        raise Refused("proof_purpose")
    ends = dates.exact(proof.get("expires"), "proof.expires")
    if ends and ends <= now:
        raise Refused("proof_expired")


def _check_work(document: Mapping[str, Any]) -> None:
    """Before anything of the document is expanded."""
    values, listed = work_of(document)
    if values > MOST_VALUES or listed > MOST_LISTED:
        raise Refused("too_complex")


def work_of(document: Any) -> tuple[int, int]:
    """Objects and single values in it, and how many texts stand in lists."""
    values, listed = 0, 0
    waiting: list[tuple[str, Any]] = [("", document)]
    while waiting:
        name, node = waiting.pop()
        values += not isinstance(node, list)
        if isinstance(node, dict):
            waiting.extend(node.items())
        elif isinstance(node, list):
            listed += sum(name != "type" and not isinstance(each, dict) for each in node)
            waiting.extend(("", each) for each in node)
    return values, listed


def _check_contexts(document: Mapping[str, Any]) -> None:
    for each in _contexts(document):
        if not isinstance(each, str):
            raise Refused("context_inline")
        if each not in pinned_contexts():
            raise Refused("context_unknown", Verdict.UNVERIFIABLE, address=each[:200])


def _contexts(document: Mapping[str, Any]) -> Iterator[Any]:
    """Everywhere in the document: a context further in changes what its neighbours mean."""
    waiting: list[Any] = [document]
    while waiting:
        node = waiting.pop()
        if isinstance(node, dict):
            said = node.get("@context", [])
            yield from said if isinstance(said, list) else [said]
            waiting.extend(value for name, value in node.items() if name != "@context")
        elif isinstance(node, list):
            waiting.extend(node)


@cache
def pinned_contexts() -> Mapping[str, dict[str, Any]]:
    """Address -> context, as the libraries carry them in their own files."""
    from openbadgeslib.ob3.clr import bundled_clr_contexts
    from openbadgeslib.ob3.contexts import bundled_contexts

    examples = {EXAMPLES: {"@context": {"@vocab": "https://www.w3.org/ns/credentials/examples#"}}}
    return {**bundled_contexts(), **bundled_clr_contexts(), **examples}


def suite_of(document: Mapping[str, Any]) -> str:
    return str(document["proof"]["cryptosuite"])


def fits(suite: str, jwk: Mapping[str, Any]) -> bool:
    """Whether this kind of key may check this suite at all."""
    return _SUITES.get((str(jwk.get("kty")), str(jwk.get("crv")))) == suite


def check(
    document: Mapping[str, Any], jwk: Mapping[str, Any], *, are_words_signed: bool = False
) -> None:
    """Raises `Refused` unless the holder of this key, which fits the suite, signed exactly this
    document. The look at its words takes five times as long as the signature; another signature
    that covers them letter by letter (`are_words_signed`) stands in for it."""
    plain = dict(document)
    with LOCK:
        if suite_of(plain) == _EDDSA:
            _check_signature(plain, jwk)
            if are_words_signed:
                return
        else:  # hashes made by our own code: the second library looks at them too
            ecdsa_proofs.check(plain, jwk, pinned_contexts())
        _check_words(plain, jwk)


def _check_signature(document: dict[str, Any], jwk: Mapping[str, Any]) -> None:
    from openbadgeslib.ob3.ldp import OB3GuardUnavailable, verify_data_integrity_proof
    from openbadgeslib.ob3.verifier import OB3VerificationError

    try:
        verify_data_integrity_proof(document, _pem(jwk), extra_contexts=_extra())
    except OB3GuardUnavailable:
        raise Refused("checker_missing", Verdict.UNVERIFIABLE) from None
    except OB3VerificationError as error:
        too_much = str(error).startswith("refusing")
        raise Refused("too_complex" if too_much else "signature_wrong") from None


def _check_words(document: dict[str, Any], jwk: Mapping[str, Any]) -> None:
    from openvc.errors import OpenvcError
    from openvc.proof.data_integrity import DataIntegrityProofSuite
    from openvc.proof.di_ecdsa_rdfc import EcdsaRdfcProofSuite

    suite = DataIntegrityProofSuite if suite_of(document) == _EDDSA else EcdsaRdfcProofSuite
    try:
        suite().verify(
            _in_one_context(document, document.get("@context", ())),
            public_key_jwk=dict(jwk),
            extra_contexts=_comparable_contexts(),
            check_temporal=False,
        )
    except OpenvcError:
        raise Refused("not_as_signed") from None


def _in_one_context(node: Any, outer: Sequence[str], is_top: bool = True) -> Any:
    """Credentials inside a learner record repeat contexts of the record. Left out, the signature
    has to hold as before, and then what is compared is what was signed."""
    if isinstance(node, list):
        return [_in_one_context(each, outer, False) for each in node]
    if not isinstance(node, dict):
        return node
    said = node.get("@context", [])
    is_repeated = not is_top and set(said if isinstance(said, list) else [said]) <= set(outer)
    return {
        name: value if name == "@context" else _in_one_context(value, outer, False)
        for name, value in node.items()
        if name != "@context" or not is_repeated
    }


@cache
def _comparable_contexts() -> dict[str, dict[str, Any]]:
    """The learner record's context says of members that hold objects which class these are, and no
    processor finds its way back from the object to the member. The class adds nothing to the graph
    of an object; of a text it would, and then the signature no longer holds."""
    from openbadgeslib.ob3.clr import CLR_CONTEXT_URL

    known = dict(pinned_contexts())
    known[CLR_CONTEXT_URL] = _without_classes(known[CLR_CONTEXT_URL])
    return known


def _without_classes(node: Any) -> Any:
    if not isinstance(node, dict):
        return node
    classes = ("obi:", "cred:", "https://purl.imsglobal.org/")
    return {
        name: _without_classes(value)
        for name, value in node.items()
        if not (name == "@type" and isinstance(value, str) and value.startswith(classes))
    }


def _extra() -> dict[str, dict[str, Any]]:
    from openbadgeslib.ob3.contexts import bundled_contexts

    known = bundled_contexts()
    return {name: each for name, each in pinned_contexts().items() if name not in known}


def _pem(jwk: Mapping[str, Any]) -> bytes:
    from cryptography.hazmat.primitives import serialization as form
    from jwt import PyJWK, PyJWTError

    try:
        key = PyJWK({name: jwk[name] for name in ("kty", "crv", "x")}, algorithm="EdDSA").key
    except (PyJWTError, KeyError, ValueError):
        raise Refused("key_kind", algorithm=_EDDSA) from None
    return bytes(key.public_bytes(form.Encoding.PEM, form.PublicFormat.SubjectPublicKeyInfo))
