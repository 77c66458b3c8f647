"""Calendars, evidence, merged records, counselling and frozen figures."""

from matcher.policy.data_map.kinds import Erase, Owner, Table, kinds, owned, public

TABLES: dict[str, Table] = {
    "calendar_feed": owned(
        Owner.ACCOUNT,
        Erase.DELETE,
        number="id account_id",
        record="created_at revoked_at",
        hash="token_hash",
    ),
    "digest_choice": owned(
        Owner.ACCOUNT,
        Erase.DELETE,
        number="id account_id",
        record="rhythm weekday muted updated_at",
    ),
    "evidence": owned(
        Owner.YOUTH,
        Erase.DELETE,
        number="id youth_id blob_id record_id",
        record="subject skill level state return_reason claimed_at decided_at decided_level "
        "created_at updated_at",
        words="title note file_name comment",
        others="reviewer_account_id undo",
        service="is_demo version",
    ),
    # The file itself is in the archive of everything; an export of text names it and its size.
    "evidence_blob": owned(
        Owner.YOUTH,
        Erase.DELETE,
        number="id youth_id",
        record="media_type size created_at",
        hash="sha256",
        service="data",
    ),
    # Before and after of rows of two records; what was one person goes as one.
    "person_merge_change": owned(
        Owner.YOUTH,
        Erase.DELETE,
        number="id merge_id youth_id row_id",
        service="table_name",
        others="before after",
    ),
    "person_merge": owned(
        Owner.YOUTH,
        Erase.KEEP,
        number="id youth_id other_youth_id",
        record="merged_at undone_at",
        others="account_id",
    ),
    "distinct_pair": owned(
        Owner.YOUTH,
        Erase.DELETE,
        number="id youth_id",
        record="at",
        others="other_youth_id account_id",
    ),
    # The hour stays the counsellor's; who came and what was said goes with the person.
    "counselling": owned(
        Owner.YOUTH,
        Erase.BLANK,
        number="id organisation_id youth_id outcome_id",
        record="topic held_on starts ends place state created_at updated_at",
        words="question shared_note",
        others="counsellor_account_id desk_note",
        service="is_demo version",
        blank={
            "youth_id": None,
            "question": "",
            "shared_note": "",
            "desk_note": "",
            "outcome_id": None,
        },
    ),
    # Frozen numbers stay; the rows behind them are numbers that lead to an erased record.
    "evaluation_pack": public(
        "year project content sha256 frozen_at is_demo",
        "id organisation_id",
        "frozen_by_account_id",
    ),
    "student_count": public(
        "students counted_on source created_at", "id organisation_id", "typed_by_account_id"
    ),
    # `before` copies rows of other tables; erasure deletes the lines about the person's rows.
    "batch_change": Table(
        Erase.DELETE,
        kinds(
            number="id batch_id row_id", service="table_name after_version", words="before after"
        ),
    ),
}
