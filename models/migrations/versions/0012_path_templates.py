"""Path templates of a desk, and to whom each was suggested

Revision 0012, after 0011.
"""

import sqlalchemy as sa
from alembic import op

revision = "0012"
down_revision = "0011"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.create_table(
        "plan_template",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("organisation_id", sa.Integer(), nullable=False),
        sa.Column("name", sa.String(length=80), nullable=False),
        sa.Column("target", _choice("target", "opening", "role", "certification"), nullable=False),
        sa.Column("target_refs", sa.JSON(), nullable=False),
        sa.Column("weekly_hours", sa.Integer(), nullable=False),
        sa.Column("finish_by", sa.Date(), nullable=True),
        sa.Column("note", sa.String(length=500), nullable=False),
        sa.Column("is_active", sa.Boolean(), nullable=False),
        sa.Column("is_demo", sa.Boolean(), nullable=False),
        sa.Column("created_by_account_id", sa.Integer(), nullable=True),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.Column("created_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("updated_at", sa.DateTime(timezone=True), nullable=False),
        sa.CheckConstraint("weekly_hours BETWEEN 1 AND 40", name=op.f("ck_plan_template_weekly_hours")),
        _reference("plan_template", "organisation_id", "organisation.id"),
        _reference("plan_template", "created_by_account_id", "account.id"),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_plan_template")),
    )
    op.create_index(op.f("ix_plan_template_organisation_id"), "plan_template", ["organisation_id"], unique=False)
    op.create_table(
        "plan_suggestion",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("template_id", sa.Integer(), nullable=False),
        sa.Column("youth_id", sa.Integer(), nullable=False),
        sa.Column("state", _choice("state", "suggested", "accepted", "declined"), nullable=False),
        sa.Column("plan_id", sa.Integer(), nullable=True),
        sa.Column("suggested_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("answered_at", sa.DateTime(timezone=True), nullable=True),
        _reference("plan_suggestion", "template_id", "plan_template.id"),
        _reference("plan_suggestion", "youth_id", "youth_profile.id"),
        _reference("plan_suggestion", "plan_id", "plan.id"),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_plan_suggestion")),
        sa.UniqueConstraint("template_id", "youth_id", name=op.f("uq_plan_suggestion_template_id_youth_id")),
    )
    for column in ("template_id", "youth_id"):
        op.create_index(op.f(f"ix_plan_suggestion_{column}"), "plan_suggestion", [column], unique=False)


def downgrade() -> None:
    op.drop_table("plan_suggestion")
    op.drop_table("plan_template")


def _choice(name: str, *values: str) -> sa.Enum:
    return sa.Enum(*values, name=name, native_enum=False, create_constraint=True, length=40)


def _reference(table: str, column: str, target: str) -> sa.ForeignKeyConstraint:
    return sa.ForeignKeyConstraint([column], [target], name=op.f(f"fk_{table}_{column}"))
