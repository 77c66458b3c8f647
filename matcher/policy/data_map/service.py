"""The trail, mails, files sent in, and models."""

from matcher.policy.data_map.kinds import Erase, Owner, Table, owned, public

TABLES: dict[str, Table] = {
    "exposure": owned(
        Owner.ACCOUNT,
        Erase.KEEP,
        number="id account_id context_id",
        record="at kind subject model_version items",
    ),
    "access_record": owned(
        Owner.YOUTH,
        Erase.KEEP,
        number="id youth_id organisation_id",
        record="at role task outcome",
        others="account_id source request_id details",
        service="previous_hash hash",
    ),
    "audit_entry": owned(
        Owner.ACCOUNT,
        Erase.KEEP,
        number="id account_id subject_id",
        record="at role action subject change",
        service="request_id previous_hash hash",
    ),
    "outbox_mail": owned(
        Owner.ACCOUNT,
        Erase.DELETE,
        number="id account_id",
        record="template language state created_at sent_at",
        others="address",
        words="context",
        service="dedupe_key tries claimed_at",
    ),
    "import_batch": owned(
        Owner.ACCOUNT,
        Erase.KEEP,
        number="id account_id organisation_id",
        record="kind row_count created_at reverted_at",
        words="file_name",
        service="file_hash",
    ),
    # The file may be about anybody; it is emptied when it is stored, refused or a day old.
    "import_task": owned(
        Owner.ACCOUNT,
        Erase.DELETE,
        number="id account_id organisation_id batch_id",
        record="kind keeps_unmapped state done total created_at updated_at",
        words="file_name",
        others="data findings",
        service="tries held_until",
    ),
    "saved_view": owned(
        Owner.ACCOUNT,
        Erase.DELETE,
        number="id account_id",
        record="place is_default created_at",
        words="name query",
    ),
    "model_artefact": public("size created_at data", "sha256"),
    "model_version": public(
        "label state trained_until seed created_at report verdict reasons proposed_at promoted_at "
        "retired_at note version",
        "id sha256 created_by_account_id proposed_by_account_id promoted_by_account_id replaced_id",
    ),
    "ranking_switch": public("is_on reason at", "id account_id"),
    "training_turn": public("token taken_at"),
    "audit_trait": owned(
        Owner.YOUTH, Erase.DELETE, number="id youth_id", record="kind value given_at"
    ),
}
