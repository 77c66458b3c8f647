"""Saved views and the progress of imports

Revision 0009, after 0008.
"""

import sqlalchemy as sa
from alembic import op

revision = "0009"
down_revision = "0008"
branch_labels = None
depends_on = None

STATES = (
    "waiting", "checking", "checked", "refused", "ordered", "storing", "stored", "dropped",
    "failed",
)  # fmt: skip


def upgrade() -> None:
    with op.batch_alter_table("import_batch") as batch:
        batch.add_column(sa.Column("organisation_id", sa.Integer(), nullable=True))
        batch.create_foreign_key(
            op.f("fk_import_batch_organisation_id"), "organisation", ["organisation_id"], ["id"]
        )
    with op.batch_alter_table("batch_change") as change:
        change.add_column(sa.Column("after", sa.JSON(), nullable=True))
    op.create_table(
        "import_task",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("account_id", sa.Integer(), nullable=False),
        sa.Column("organisation_id", sa.Integer(), nullable=True),
        sa.Column("kind", sa.String(length=20), nullable=False),
        sa.Column("file_name", sa.String(length=200), nullable=False),
        sa.Column("keeps_unmapped", sa.Boolean(), nullable=False),
        sa.Column("data", sa.LargeBinary(), nullable=False),
        sa.Column(
            "state",
            sa.Enum(*STATES, name="state", native_enum=False, create_constraint=True, length=40),
            nullable=False,
        ),
        sa.Column("done", sa.Integer(), nullable=False),
        sa.Column("total", sa.Integer(), nullable=False),
        sa.Column("tries", sa.Integer(), nullable=False),
        sa.Column("held_until", sa.DateTime(timezone=True), nullable=True),
        sa.Column("findings", sa.JSON(), nullable=False),
        sa.Column("batch_id", sa.Integer(), nullable=True),
        sa.Column("created_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("updated_at", sa.DateTime(timezone=True), nullable=False),
        sa.CheckConstraint("done >= 0 AND total >= 0", name=op.f("ck_import_task_progress")),
        _reference("import_task", "account_id", "account.id"),
        _reference("import_task", "organisation_id", "organisation.id"),
        _reference("import_task", "batch_id", "import_batch.id"),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_import_task")),
    )
    _index("import_task", "account_id")
    _index("import_task", "state")
    op.create_table(
        "saved_view",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("account_id", sa.Integer(), nullable=False),
        sa.Column("place", sa.String(length=40), nullable=False),
        sa.Column("name", sa.String(length=40), nullable=False),
        sa.Column("query", sa.String(length=500), nullable=False),
        sa.Column("is_default", sa.Boolean(), nullable=False),
        sa.Column("created_at", sa.DateTime(timezone=True), nullable=False),
        _reference("saved_view", "account_id", "account.id"),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_saved_view")),
        sa.UniqueConstraint(
            "account_id", "place", "name", name=op.f("uq_saved_view_account_id_place_name")
        ),
    )
    _index("saved_view", "account_id")


def _reference(table: str, column: str, target: str) -> sa.ForeignKeyConstraint:
    return sa.ForeignKeyConstraint([column], [target], name=op.f(f"fk_{table}_{column}"))


def _index(table: str, column: str) -> None:
    op.create_index(op.f(f"ix_{table}_{column}"), table, [column], unique=False)


def downgrade() -> None:
    op.drop_table("saved_view")
    op.drop_table("import_task")
    with op.batch_alter_table("batch_change") as change:
        change.drop_column("after")
    with op.batch_alter_table("import_batch") as batch:
        batch.drop_constraint(op.f("fk_import_batch_organisation_id"), type_="foreignkey")
        batch.drop_column("organisation_id")
