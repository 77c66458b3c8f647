"""Badges presented, credentials issued, share links and the CV a person brought."""

from matcher.policy.data_map.kinds import Erase, Owner, Table, owned, public
from models.credential import IssuedState

TABLES: dict[str, Table] = {
    "presented_credential": owned(
        Owner.YOUTH,
        Erase.DELETE,
        number="id youth_id record_id",
        person="holder_name",
        record="state source link data proof verdict is_proved reasons issuer issuer_name "
        "identifier achievement "
        "achievement_name issued_on expires_on certification status_list_at checked_at decided_at "
        "created_at updated_at",
        hash="sha256",
        others="reviewer_account_id",
        service="tries next_try_at checked_edition is_demo version",
    ),
    "trusted_issuer": public(
        "issuer name means keys note backs_certificates is_active is_demo version edition "
        "created_at updated_at",
        others="account_id",
    ),
    "status_list_copy": public("address issuer data made_at kept_at"),
    "issuer_key": public(
        "name state public_jwk sealed is_demo created_at retired_at", others="account_id"
    ),
    # The bit in the status list stays taken, or it would pass to somebody else's credential.
    "issued_credential": owned(
        Owner.YOUTH,
        Erase.BLANK,
        number="id youth_id credential_id key_id",
        record="kind skill level number state state_since is_withheld token created_at",
        words="reason",
        hash="content_sha256",
        service="status_index is_demo version",
        blank={
            "youth_id": None,
            "credential_id": None,
            "skill": None,
            "level": None,
            "state": IssuedState.REVOKED,
            "reason": "",
            "token": "",
            "content_sha256": "",
        },
    ),
    "share_link_use": owned(
        Owner.YOUTH, Erase.DELETE, number="id link_id youth_id", record="was_open at"
    ),
    "share_link": owned(
        Owner.YOUTH,
        Erase.DELETE,
        number="id youth_id",
        record="parts expires_on revoked_at created_at",
        words="label",
        hash="token_hash",
        service="is_demo",
    ),
    "resume_document": owned(
        Owner.YOUTH,
        Erase.DELETE,
        number="id youth_id",
        record="created_at updated_at",
        words="document",
        service="version",
    ),
}
