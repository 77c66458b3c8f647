"""Swaps and moves after an assignment round is published

Revision 0016, after 0015.
"""

import sqlalchemy as sa
from alembic import op

revision = "0016"
down_revision = "0015"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.create_table(
        "assignment_request",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("round_id", sa.Integer(), nullable=False),
        sa.Column("youth_id", sa.Integer(), nullable=False),
        sa.Column("held_opening_id", sa.Integer(), nullable=False),
        sa.Column("wanted_opening_id", sa.Integer(), nullable=False),
        sa.Column("created_at", sa.DateTime(timezone=True), nullable=False),
        sa.CheckConstraint(
            "held_opening_id <> wanted_opening_id",
            name=op.f("ck_assignment_request_other_opening"),
        ),
        _reference("assignment_request", "round_id", "assignment_round.id"),
        _reference("assignment_request", "youth_id", "youth_profile.id"),
        _reference("assignment_request", "held_opening_id", "opening.id"),
        _reference("assignment_request", "wanted_opening_id", "opening.id"),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_assignment_request")),
        sa.UniqueConstraint(
            "round_id", "youth_id", name=op.f("uq_assignment_request_round_id_youth_id")
        ),
    )
    for column in ("round_id", "youth_id", "held_opening_id", "wanted_opening_id"):
        _index("assignment_request", column)
    op.create_table(
        "assignment_exchange",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("round_id", sa.Integer(), nullable=False),
        sa.Column("kind", _choice("kind", "swap", "move"), nullable=False),
        sa.Column("confirmed_by_account_id", sa.Integer(), nullable=True),
        sa.Column("at", sa.DateTime(timezone=True), nullable=False),
        _reference("assignment_exchange", "round_id", "assignment_round.id"),
        _reference("assignment_exchange", "confirmed_by_account_id", "account.id"),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_assignment_exchange")),
    )
    _index("assignment_exchange", "round_id")


def downgrade() -> None:
    op.drop_table("assignment_exchange")
    op.drop_table("assignment_request")


def _index(table: str, column: str) -> None:
    op.create_index(op.f(f"ix_{table}_{column}"), table, [column], unique=False)


def _choice(name: str, *values: str) -> sa.Enum:
    return sa.Enum(*values, name=name, native_enum=False, create_constraint=True, length=40)


def _reference(table: str, column: str, target: str) -> sa.ForeignKeyConstraint:
    return sa.ForeignKeyConstraint([column], [target], name=op.f(f"fk_{table}_{column}"))
