"""Evaluation packs with frozen numbers and the rows behind them

Revision 0011, after 0010.
"""

import sqlalchemy as sa
from alembic import op

revision = "0011"
down_revision = "0010"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.create_table(
        "evaluation_pack",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("organisation_id", sa.Integer(), nullable=False),
        sa.Column("year", sa.Integer(), nullable=False),
        sa.Column("project", sa.String(length=60), nullable=False),
        sa.Column("content", sa.Text(), nullable=False),
        sa.Column("sha256", sa.String(length=64), nullable=False),
        sa.Column("frozen_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("frozen_by_account_id", sa.Integer(), nullable=True),
        sa.Column("is_demo", sa.Boolean(), nullable=False),
        _reference("evaluation_pack", "organisation_id", "organisation.id"),
        _reference("evaluation_pack", "frozen_by_account_id", "account.id"),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_evaluation_pack")),
    )
    _index("evaluation_pack", "organisation_id")
    op.create_table(
        "student_count",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("organisation_id", sa.Integer(), nullable=False),
        sa.Column("students", sa.Integer(), nullable=False),
        sa.Column("counted_on", sa.Date(), nullable=False),
        sa.Column("source", sa.String(length=200), nullable=False),
        sa.Column("typed_by_account_id", sa.Integer(), nullable=True),
        sa.Column("created_at", sa.DateTime(timezone=True), nullable=False),
        sa.CheckConstraint("students BETWEEN 1 AND 1000000", name=op.f("ck_student_count_students")),
        _reference("student_count", "organisation_id", "organisation.id"),
        _reference("student_count", "typed_by_account_id", "account.id"),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_student_count")),
        sa.UniqueConstraint(
            "organisation_id", "counted_on", name=op.f("uq_student_count_organisation_id_counted_on")
        ),
    )
    _index("student_count", "organisation_id")


def downgrade() -> None:
    op.drop_table("student_count")
    op.drop_table("evaluation_pack")


def _reference(table: str, column: str, target: str) -> sa.ForeignKeyConstraint:
    return sa.ForeignKeyConstraint([column], [target], name=op.f(f"fk_{table}_{column}"))


def _index(table: str, column: str) -> None:
    op.create_index(op.f(f"ix_{table}_{column}"), table, [column], unique=False)
