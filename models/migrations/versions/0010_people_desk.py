"""Evidence files, counselling appointments, merged people

Revision 0010, after 0009.
"""

import sqlalchemy as sa
from alembic import op

revision = "0010"
down_revision = "0009"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.create_table(
        "evidence_blob",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("youth_id", sa.Integer(), nullable=False),
        sa.Column("sha256", sa.String(length=64), nullable=False),
        sa.Column("media_type", sa.String(length=40), nullable=False),
        sa.Column("size", sa.Integer(), nullable=False),
        sa.Column("data", sa.LargeBinary(), nullable=False),
        sa.Column("created_at", sa.DateTime(timezone=True), nullable=False),
        _reference("evidence_blob", "youth_id", "youth_profile.id"),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_evidence_blob")),
        sa.UniqueConstraint("youth_id", "sha256", name=op.f("uq_evidence_blob_youth_id_sha256")),
    )
    _index("evidence_blob", "youth_id")
    op.create_table(
        "evidence",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("youth_id", sa.Integer(), nullable=False),
        sa.Column("blob_id", sa.Integer(), nullable=True),
        sa.Column("subject", _choice("subject", "certificate", "skill", "course"), nullable=False),
        sa.Column("skill", sa.String(length=80), nullable=True),
        sa.Column("level", sa.Integer(), nullable=True),
        sa.Column("record_id", sa.Integer(), nullable=True),
        sa.Column("title", sa.String(length=120), nullable=False),
        sa.Column("note", sa.String(length=500), nullable=False),
        sa.Column("file_name", sa.String(length=120), nullable=False),
        sa.Column(
            "state",
            _choice("state", "waiting", "in_review", "accepted", "returned", "withdrawn"),
            nullable=False,
        ),
        sa.Column(
            "return_reason",
            _choice(
                "return_reason", "unreadable", "other_person", "does_not_show", "too_old", "other"
            ),
            nullable=True,
        ),
        sa.Column("comment", sa.String(length=500), nullable=False),
        sa.Column("reviewer_account_id", sa.Integer(), nullable=True),
        sa.Column("claimed_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("decided_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("decided_level", sa.Integer(), nullable=True),
        sa.Column("undo", sa.JSON(), nullable=True),
        sa.Column("is_demo", sa.Boolean(), nullable=False),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.Column("created_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("updated_at", sa.DateTime(timezone=True), nullable=False),
        sa.CheckConstraint("level BETWEEN 1 AND 5", name=op.f("ck_evidence_level")),
        sa.CheckConstraint("decided_level BETWEEN 1 AND 5", name=op.f("ck_evidence_decided_level")),
        _reference("evidence", "youth_id", "youth_profile.id"),
        _reference("evidence", "blob_id", "evidence_blob.id"),
        _reference("evidence", "reviewer_account_id", "account.id"),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_evidence")),
    )
    for column in ("youth_id", "blob_id", "state"):
        _index("evidence", column)
    op.create_table(
        "person_merge",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("youth_id", sa.Integer(), nullable=False),
        sa.Column("other_youth_id", sa.Integer(), nullable=False),
        sa.Column("account_id", sa.Integer(), nullable=False),
        sa.Column("merged_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("undone_at", sa.DateTime(timezone=True), nullable=True),
        sa.CheckConstraint("youth_id <> other_youth_id", name=op.f("ck_person_merge_two")),
        _reference("person_merge", "youth_id", "youth_profile.id"),
        _reference("person_merge", "other_youth_id", "youth_profile.id"),
        _reference("person_merge", "account_id", "account.id"),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_person_merge")),
    )
    for column in ("youth_id", "other_youth_id"):
        _index("person_merge", column)
    op.create_table(
        "person_merge_change",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("merge_id", sa.Integer(), nullable=False),
        sa.Column("youth_id", sa.Integer(), nullable=False),
        sa.Column("table_name", sa.String(length=40), nullable=False),
        sa.Column("row_id", sa.Integer(), nullable=False),
        sa.Column("before", sa.JSON(), nullable=False),
        sa.Column("after", sa.JSON(), nullable=False),
        _reference("person_merge_change", "merge_id", "person_merge.id"),
        _reference("person_merge_change", "youth_id", "youth_profile.id"),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_person_merge_change")),
    )
    for column in ("merge_id", "youth_id"):
        _index("person_merge_change", column)
    op.create_table(
        "distinct_pair",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("youth_id", sa.Integer(), nullable=False),
        sa.Column("other_youth_id", sa.Integer(), nullable=False),
        sa.Column("account_id", sa.Integer(), nullable=False),
        sa.Column("at", sa.DateTime(timezone=True), nullable=False),
        _reference("distinct_pair", "youth_id", "youth_profile.id"),
        _reference("distinct_pair", "other_youth_id", "youth_profile.id"),
        _reference("distinct_pair", "account_id", "account.id"),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_distinct_pair")),
        sa.UniqueConstraint(
            "youth_id", "other_youth_id", name=op.f("uq_distinct_pair_youth_id_other_youth_id")
        ),
    )
    for column in ("youth_id", "other_youth_id"):
        _index("distinct_pair", column)
    op.create_table(
        "counselling",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("organisation_id", sa.Integer(), nullable=False),
        sa.Column("counsellor_account_id", sa.Integer(), nullable=False),
        sa.Column("topic", _choice("topic", "job", "startup"), nullable=False),
        sa.Column("held_on", sa.Date(), nullable=False),
        sa.Column("starts", sa.String(length=5), nullable=False),
        sa.Column("ends", sa.String(length=5), nullable=False),
        sa.Column("place", sa.String(length=120), nullable=False),
        sa.Column(
            "state",
            _choice("state", "open", "booked", "held", "missed", "withdrawn"),
            nullable=False,
        ),
        sa.Column("youth_id", sa.Integer(), nullable=True),
        sa.Column("question", sa.String(length=500), nullable=False),
        sa.Column("shared_note", sa.String(length=1000), nullable=False),
        sa.Column("desk_note", sa.String(length=1000), nullable=False),
        sa.Column("outcome_id", sa.Integer(), nullable=True),
        sa.Column("is_demo", sa.Boolean(), nullable=False),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.Column("created_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("updated_at", sa.DateTime(timezone=True), nullable=False),
        sa.CheckConstraint("ends > starts", name=op.f("ck_counselling_hours")),
        _reference("counselling", "organisation_id", "organisation.id"),
        _reference("counselling", "counsellor_account_id", "account.id"),
        _reference("counselling", "youth_id", "youth_profile.id"),
        _reference("counselling", "outcome_id", "outcome.id"),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_counselling")),
        sa.UniqueConstraint(
            "counsellor_account_id",
            "held_on",
            "starts",
            name=op.f("uq_counselling_counsellor_account_id_held_on_starts"),
        ),
    )
    for column in ("organisation_id", "counsellor_account_id", "youth_id"):
        _index("counselling", column)


def downgrade() -> None:
    for table in (
        "counselling",
        "distinct_pair",
        "person_merge_change",
        "person_merge",
        "evidence",
        "evidence_blob",
    ):
        op.drop_table(table)


def _choice(name: str, *values: str) -> sa.Enum:
    return sa.Enum(*values, name=name, native_enum=False, create_constraint=True, length=40)


def _reference(table: str, column: str, target: str) -> sa.ForeignKeyConstraint:
    return sa.ForeignKeyConstraint([column], [target], name=op.f(f"fk_{table}_{column}"))


def _index(table: str, column: str) -> None:
    op.create_index(op.f(f"ix_{table}_{column}"), table, [column], unique=False)
