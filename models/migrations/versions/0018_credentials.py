"""Credentials: badges presented, issuers trusted, credentials issued, share links, CVs brought

Revision 0018, after 0017.
"""

import sqlalchemy as sa
from alembic import op

revision = "0018"
down_revision = "0017"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.create_table(
        "status_list_copy",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("address", sa.String(length=500), nullable=False),
        sa.Column("issuer", sa.String(length=500), nullable=False),
        sa.Column("data", sa.LargeBinary(), nullable=False),
        sa.Column("made_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("kept_at", sa.DateTime(timezone=True), nullable=False),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_status_list_copy")),
        sa.UniqueConstraint("address", name=op.f("uq_status_list_copy_address")),
    )
    op.create_table(
        "issuer_key",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("name", sa.String(length=40), nullable=False),
        sa.Column("state", _choice("state", "active", "retired", "revoked"), nullable=False),
        sa.Column("public_jwk", sa.JSON(), nullable=False),
        sa.Column("sealed", sa.LargeBinary(), nullable=False),
        sa.Column("account_id", sa.Integer(), nullable=True),
        sa.Column("is_demo", sa.Boolean(), nullable=False),
        sa.Column("created_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("retired_at", sa.DateTime(timezone=True), nullable=True),
        _reference("issuer_key", "account_id", "account.id"),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_issuer_key")),
        sa.UniqueConstraint("name", name=op.f("uq_issuer_key_name")),
    )
    op.create_table(
        "trusted_issuer",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("issuer", sa.String(length=500), nullable=False),
        sa.Column("name", sa.String(length=200), nullable=False),
        sa.Column("means", _choice("means", "signed", "hosted"), nullable=False),
        sa.Column("keys", sa.JSON(), nullable=True),
        sa.Column("note", sa.String(length=500), nullable=False),
        sa.Column("backs_certificates", sa.Boolean(), nullable=False),
        sa.Column("is_active", sa.Boolean(), nullable=False),
        sa.Column("account_id", sa.Integer(), nullable=True),
        sa.Column("is_demo", sa.Boolean(), nullable=False),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.Column("created_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("updated_at", sa.DateTime(timezone=True), nullable=False),
        _reference("trusted_issuer", "account_id", "account.id"),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_trusted_issuer")),
        sa.UniqueConstraint("issuer", name=op.f("uq_trusted_issuer_issuer")),
    )
    op.create_table(
        "presented_credential",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("youth_id", sa.Integer(), nullable=False),
        sa.Column(
            "state",
            _choice(
                "state", "fetching", "checked", "in_review", "counted", "not_theirs", "withdrawn"
            ),
            nullable=False,
        ),
        sa.Column("sha256", sa.String(length=64), nullable=False),
        sa.Column("source", sa.String(length=20), nullable=False),
        sa.Column("link", sa.String(length=500), nullable=False),
        sa.Column("data", sa.LargeBinary(), nullable=True),
        sa.Column("proof", sa.String(length=20), nullable=False),
        sa.Column(
            "verdict",
            _choice(
                "verdict",
                "verified",
                "authentic_unknown_issuer",
                "expired",
                "revoked",
                "suspended",
                "wrong_recipient",
                "unverifiable",
                "invalid",
            ),
            nullable=True,
        ),
        sa.Column("reasons", sa.JSON(), nullable=False),
        sa.Column("issuer", sa.String(length=500), nullable=False),
        sa.Column("issuer_name", sa.String(length=200), nullable=False),
        sa.Column("identifier", sa.String(length=500), nullable=False),
        sa.Column("holder_name", sa.String(length=200), nullable=False),
        sa.Column("achievement", sa.String(length=500), nullable=False),
        sa.Column("achievement_name", sa.String(length=200), nullable=False),
        sa.Column("issued_on", sa.Date(), nullable=True),
        sa.Column("expires_on", sa.Date(), nullable=True),
        sa.Column("certification", sa.String(length=10), nullable=True),
        sa.Column("record_id", sa.Integer(), nullable=True),
        sa.Column("status_list_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("checked_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("tries", sa.Integer(), nullable=False),
        sa.Column("next_try_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("reviewer_account_id", sa.Integer(), nullable=True),
        sa.Column("decided_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("is_demo", sa.Boolean(), nullable=False),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.Column("created_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("updated_at", sa.DateTime(timezone=True), nullable=False),
        _reference("presented_credential", "reviewer_account_id", "account.id"),
        _reference("presented_credential", "youth_id", "youth_profile.id"),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_presented_credential")),
        sa.UniqueConstraint(
            "youth_id", "sha256", name=op.f("uq_presented_credential_youth_id_sha256")
        ),
    )
    _index("presented_credential", "state")
    _index("presented_credential", "youth_id")
    op.create_table(
        "resume_document",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("youth_id", sa.Integer(), nullable=False),
        sa.Column("document", sa.String(length=1000000), nullable=False),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.Column("created_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("updated_at", sa.DateTime(timezone=True), nullable=False),
        _reference("resume_document", "youth_id", "youth_profile.id"),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_resume_document")),
        sa.UniqueConstraint("youth_id", name=op.f("uq_resume_document_youth_id")),
    )
    _index("resume_document", "youth_id")
    op.create_table(
        "share_link",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("youth_id", sa.Integer(), nullable=False),
        sa.Column("token_hash", sa.String(length=64), nullable=False),
        sa.Column("label", sa.String(length=80), nullable=False),
        sa.Column("parts", sa.JSON(), nullable=False),
        sa.Column("expires_on", sa.Date(), nullable=False),
        sa.Column("revoked_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("is_demo", sa.Boolean(), nullable=False),
        sa.Column("created_at", sa.DateTime(timezone=True), nullable=False),
        _reference("share_link", "youth_id", "youth_profile.id"),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_share_link")),
        sa.UniqueConstraint("token_hash", name=op.f("uq_share_link_token_hash")),
    )
    _index("share_link", "youth_id")
    op.create_table(
        "share_link_use",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("link_id", sa.Integer(), nullable=False),
        sa.Column("youth_id", sa.Integer(), nullable=False),
        sa.Column("was_open", sa.Boolean(), nullable=False),
        sa.Column("at", sa.DateTime(timezone=True), nullable=False),
        _reference("share_link_use", "link_id", "share_link.id"),
        _reference("share_link_use", "youth_id", "youth_profile.id"),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_share_link_use")),
    )
    _index("share_link_use", "link_id")
    _index("share_link_use", "youth_id")
    op.create_table(
        "issued_credential",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("youth_id", sa.Integer(), nullable=True),
        sa.Column("kind", _choice("kind", "course", "skill"), nullable=False),
        sa.Column("credential_id", sa.Integer(), nullable=True),
        sa.Column("skill", sa.String(length=80), nullable=True),
        sa.Column("level", sa.Integer(), nullable=True),
        sa.Column("number", sa.String(length=60), nullable=False),
        sa.Column("key_id", sa.Integer(), nullable=False),
        sa.Column("status_index", sa.Integer(), nullable=False),
        sa.Column(
            "state",
            _choice("state", "in_force", "suspended", "revoked", "replaced"),
            nullable=False,
        ),
        sa.Column("state_since", sa.DateTime(timezone=True), nullable=False),
        sa.Column("reason", sa.String(length=300), nullable=False),
        sa.Column("is_withheld", sa.Boolean(), nullable=False),
        sa.Column("token", sa.String(length=20000), nullable=False),
        sa.Column("content_sha256", sa.String(length=64), nullable=False),
        sa.Column("is_demo", sa.Boolean(), nullable=False),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.Column("created_at", sa.DateTime(timezone=True), nullable=False),
        sa.CheckConstraint("level BETWEEN 1 AND 5", name=op.f("ck_issued_credential_level")),
        sa.CheckConstraint("status_index >= 0", name=op.f("ck_issued_credential_status_index")),
        _reference("issued_credential", "credential_id", "credential.id"),
        _reference("issued_credential", "key_id", "issuer_key.id"),
        _reference("issued_credential", "youth_id", "youth_profile.id"),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_issued_credential")),
        sa.UniqueConstraint("number", name=op.f("uq_issued_credential_number")),
        sa.UniqueConstraint("status_index", name=op.f("uq_issued_credential_status_index")),
    )
    _index("issued_credential", "credential_id")
    _index("issued_credential", "state")
    _index("issued_credential", "youth_id")
    _raters("test", "certificate", "coordinator", "partner", "self")


def downgrade() -> None:
    op.execute("DELETE FROM skill_record WHERE rater = 'certificate'")
    _raters("test", "coordinator", "partner", "self")
    for table in TABLES:
        op.drop_table(table)


TABLES = (
    "share_link_use",
    "share_link",
    "resume_document",
    "presented_credential",
    "issued_credential",
    "issuer_key",
    "trusted_issuer",
    "status_list_copy",
)


def _raters(*values: str) -> None:
    with op.batch_alter_table("skill_record") as row:
        row.drop_constraint(op.f("ck_skill_record_rater"), type_="check")
        row.create_check_constraint(op.f("ck_skill_record_rater"), _one_of("rater", *values))


def _index(table: str, column: str) -> None:
    op.create_index(op.f(f"ix_{table}_{column}"), table, [column], unique=False)


def _choice(name: str, *values: str) -> sa.Enum:
    return sa.Enum(*values, name=name, native_enum=False, create_constraint=True, length=40)


def _one_of(column: str, *values: str) -> str:
    return f"{column} IN ({', '.join(repr(each) for each in values)})"


def _reference(table: str, column: str, target: str) -> sa.ForeignKeyConstraint:
    return sa.ForeignKeyConstraint([column], [target], name=op.f(f"fk_{table}_{column}"))
