"""The same credential with a proof inside it (Data Integrity, eddsa-rdfc-2022)."""

from collections.abc import Mapping
from datetime import datetime
from typing import Any

from matcher.credentials.integrity_proofs import LOCK, pinned_contexts
from matcher.credentials.signing_keys import SigningKey, private_pem


def with_proof(document: Mapping[str, Any], key: SigningKey, created: datetime) -> dict[str, Any]:
    """What the library hashes and signs is the document's RDF under pinned contexts; it fetches
    nothing."""
    from openbadgeslib.ob3.ldp import add_data_integrity_proof

    with LOCK:
        signed: dict[str, Any] = add_data_integrity_proof(
            dict(document), private_pem(key), key.method, created=created,
            extra_contexts=pinned_contexts(),
        )  # fmt: skip
    return signed
