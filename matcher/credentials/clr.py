"""Comprehensive Learner Record 2.0: every credential of a person in one signed document."""

import json
import uuid
from collections.abc import Iterable, Iterator, Mapping, Sequence
from datetime import datetime
from typing import Any, Final

from matcher.credentials import inside
from matcher.credentials.badge import identity, payload, profile
from matcher.credentials.signing_keys import SigningKey, sign_jwt

MOST_BYTES: Final = 180_000
"""Of the members of one record: checkers stop at 256 KiB, and a token is a third longer than what
it says."""
PROOF: Final = 450
"""Bytes a member's own proof adds to what is measured here."""


def pieces(members: Sequence[Mapping[str, Any]]) -> Iterator[list[Mapping[str, Any]]]:
    """Members in their order, as many together as one signed record may hold and checkers look
    into."""
    held: list[Mapping[str, Any]] = []
    room = MOST_BYTES
    for member in members:
        text = json.dumps(member, ensure_ascii=False, separators=(",", ":"))
        size = len(text.encode("utf-8")) + PROOF
        if held and (size > room or len(held) == inside.MOST):
            yield held
            held, room = [], MOST_BYTES
        held.append(member)
        room -= size
    if held:
        yield held


def record(
    members: Iterable[Mapping[str, Any]], email: str, key: SigningKey, did: str, issuer: str,
    site: str, now: datetime,
) -> str:  # fmt: skip
    """One signed ClrCredential as token; `members` are credentials with proofs of their own.

    A token and not a proof inside, because the standard's context gives `identifier` and
    `verifiableCredential` types their values cannot have, and drops the members' own contexts:
    checkers that hold the words of a document to its graph refuse every such record.
    """
    from openbadgeslib.ob3 import clr

    unsigned = clr.build_clr_credential(
        profile(did, issuer, site),
        [identity(email, uuid.uuid4().hex)],
        [dict(each) for each in members],
        credential_id=f"urn:uuid:{uuid.uuid4()}",
        valid_from=now.replace(microsecond=0),
    )
    return sign_jwt(payload(unsigned), key)
