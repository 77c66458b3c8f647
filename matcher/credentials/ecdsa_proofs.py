"""Signatures of ecdsa-rdfc-2019 (W3C vc-di-ecdsa, 3.2), P-256 and P-384: which curve hashes how.

The library with the budget of work knows this suite only for reading parts of a document, so it is
asked first whether the document can be ordered at all; the hashes are then made here.
"""

from collections.abc import Mapping
from functools import cache
from typing import Any, Final

from matcher.credentials.findings import Refused
from matcher.credentials.types import Verdict

SUITE: Final = "ecdsa-rdfc-2019"
CURVES: Final[Mapping[str, tuple[str, str]]] = {
    "P-256": ("ES256", "sha256"),
    "P-384": ("ES384", "sha384"),
}
_MISMATCH: Final = "Invalid Data Integrity proof (signature mismatch)"
"""How the library says that only the signature was wrong."""


def check(
    document: Mapping[str, Any], jwk: Mapping[str, Any], contexts: Mapping[str, dict[str, Any]]
) -> None:
    """Raises `Refused` unless this key signed the graph of this document."""
    from openvc.errors import OpenvcError
    from openvc.keys import verify_signature
    from openvc.multibase import decode_multibase

    _check_work(document, contexts)
    algorithm, digest = CURVES[str(jwk["crv"])]
    proof = document["proof"]
    try:
        signature = decode_multibase(str(proof["proofValue"]))
        data = _hashed(document, proof, digest, contexts)
        is_signed = verify_signature(
            alg=algorithm, public_jwk=dict(jwk), signing_input=data, signature=signature
        )
    except OpenvcError:  # no base58, a signature of another length, a point off the curve
        raise Refused("signature_wrong") from None
    if not is_signed:
        raise Refused("signature_wrong")


def _hashed(
    document: Mapping[str, Any],
    proof: Mapping[str, Any],
    digest: str,
    contexts: Mapping[str, dict[str, Any]],
) -> bytes:
    """The proof's options first, read in the document's context, then the document."""
    import hashlib

    options = {name: value for name, value in proof.items() if name != "proofValue"}
    unsecured = {name: value for name, value in document.items() if name != "proof"}
    parts = ({**options, "@context": document.get("@context")}, unsecured)
    return b"".join(hashlib.new(digest, _canonical(each, contexts)).digest() for each in parts)


def _canonical(document: Mapping[str, Any], contexts: Mapping[str, dict[str, Any]]) -> bytes:
    """URDNA2015, as RDFC-1.0 was called before it was standardised; nothing is fetched."""
    from openvc.proof.contexts import document_loader, pyld_options
    from pyld import jsonld  # type: ignore[import-untyped]

    options = pyld_options(
        document_loader(contexts), algorithm="URDNA2015", format="application/n-quads"
    )
    try:
        return str(jsonld.normalize(dict(document), options)).encode()
    except (jsonld.JsonLdError, ValueError, TypeError, RecursionError):
        raise Refused("signature_wrong") from None


def _check_work(document: Mapping[str, Any], contexts: Mapping[str, dict[str, Any]]) -> None:
    """The same graph under a signature of zeros and the suite the library bounds: whatever it
    finds besides the signature ends the check here, before anything unbounded begins."""
    from openbadgeslib.ob3.contexts import bundled_contexts
    from openbadgeslib.ob3.ldp import OB3GuardUnavailable, verify_data_integrity_proof
    from openbadgeslib.ob3.verifier import OB3VerificationError

    proof = {**document["proof"], "cryptosuite": "eddsa-rdfc-2022", "proofValue": "z" + "1" * 64}
    known = bundled_contexts()
    extra = {name: each for name, each in contexts.items() if name not in known}
    try:
        verify_data_integrity_proof(
            {**document, "proof": proof}, _nobodys_key(), extra_contexts=extra
        )
    except OB3GuardUnavailable:
        raise Refused("checker_missing", Verdict.UNVERIFIABLE) from None
    except OB3VerificationError as error:
        if str(error).startswith("refusing"):
            raise Refused("too_complex") from None
        if str(error) != _MISMATCH:
            raise Refused("signature_wrong") from None


@cache
def _nobodys_key() -> bytes:
    from cryptography.hazmat.primitives import serialization as form
    from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey

    key = Ed25519PrivateKey.generate().public_key()
    return key.public_bytes(form.Encoding.PEM, form.PublicFormat.SubjectPublicKeyInfo)
