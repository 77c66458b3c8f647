"""Trained models, the ranking switch, and traits told for the fairness check

Revision 0002, after 0001.
"""

import sqlalchemy as sa
from alembic import op

revision = "0002"
down_revision = "0001"
branch_labels = None
depends_on = None

SERVING = sa.text("state = 'serving'")


def upgrade() -> None:

    op.create_table(
        "model_artefact",
        sa.Column("sha256", sa.String(length=64), nullable=False),
        sa.Column("data", sa.LargeBinary(), nullable=False),
        sa.Column("size", sa.Integer(), nullable=False),
        sa.Column("created_at", sa.DateTime(timezone=True), nullable=False),
        sa.PrimaryKeyConstraint("sha256", name=op.f("pk_model_artefact")),
    )
    op.create_table(
        "model_version",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("label", sa.String(length=40), nullable=False),
        sa.Column("sha256", sa.String(length=64), nullable=True),
        sa.Column("state", _choice("state", "candidate", "serving", "retired", "refused"), nullable=False),
        sa.Column("trained_until", sa.Date(), nullable=False),
        sa.Column("seed", sa.Integer(), nullable=False),
        sa.Column("created_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("created_by_account_id", sa.Integer(), nullable=True),
        sa.Column("report", sa.JSON(), nullable=True),
        sa.Column("verdict", _choice("verdict", "green", "amber", "red"), nullable=False),
        sa.Column("reasons", sa.JSON(), nullable=False),
        sa.Column("proposed_by_account_id", sa.Integer(), nullable=True),
        sa.Column("proposed_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("promoted_by_account_id", sa.Integer(), nullable=True),
        sa.Column("promoted_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("replaced_id", sa.Integer(), nullable=True),
        sa.Column("retired_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("note", sa.String(length=300), nullable=False),
        sa.Column("version", sa.Integer(), nullable=False),
        _reference("model_version", "sha256", "model_artefact.sha256"),
        _reference("model_version", "created_by_account_id", "account.id"),
        _reference("model_version", "proposed_by_account_id", "account.id"),
        _reference("model_version", "promoted_by_account_id", "account.id"),
        _reference("model_version", "replaced_id", "model_version.id"),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_model_version")),
        sa.UniqueConstraint("label", name=op.f("uq_model_version_label")),
    )
    op.create_index(
        "uq_model_version_serving",
        "model_version",
        ["state"],
        unique=True,
        sqlite_where=SERVING,
        postgresql_where=SERVING,
    )
    op.create_table(
        "ranking_switch",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("is_on", sa.Boolean(), nullable=False),
        sa.Column("reason", sa.String(length=300), nullable=False),
        sa.Column("account_id", sa.Integer(), nullable=True),
        sa.Column("at", sa.DateTime(timezone=True), nullable=False),
        _reference("ranking_switch", "account_id", "account.id"),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_ranking_switch")),
    )
    op.create_table(
        "training_turn",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("token", sa.String(length=40), nullable=False),
        sa.Column("taken_at", sa.DateTime(timezone=True), nullable=True),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_training_turn")),
    )
    op.create_table(
        "audit_trait",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("youth_id", sa.Integer(), nullable=False),
        sa.Column("kind", _choice("kind", "sex", "age_band", "disability"), nullable=False),
        sa.Column("value", sa.String(length=20), nullable=False),
        sa.Column("given_at", sa.DateTime(timezone=True), nullable=False),
        _reference("audit_trait", "youth_id", "youth_profile.id"),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_audit_trait")),
        sa.UniqueConstraint("youth_id", "kind", name=op.f("uq_audit_trait_youth_id_kind")),
    )


def downgrade() -> None:

    op.drop_table("audit_trait")
    op.drop_table("training_turn")
    op.drop_table("ranking_switch")
    op.drop_index("uq_model_version_serving", table_name="model_version")
    op.drop_table("model_version")
    op.drop_table("model_artefact")


def _choice(name: str, *values: str) -> sa.Enum:
    return sa.Enum(*values, name=name, native_enum=False, create_constraint=True, length=40)


def _reference(table: str, column: str, target: str) -> sa.ForeignKeyConstraint:
    return sa.ForeignKeyConstraint([column], [target], name=op.f(f"fk_{table}_{column}"))
