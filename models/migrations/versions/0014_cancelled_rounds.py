"""When and why an assignment round was cancelled

Revision 0014, after 0013.
"""

import sqlalchemy as sa
from alembic import op

revision = "0014"
down_revision = "0013"
branch_labels = None
depends_on = None


def upgrade() -> None:
    with op.batch_alter_table("assignment_round") as row:
        row.add_column(sa.Column("cancelled_at", sa.DateTime(timezone=True), nullable=True))
        row.add_column(
            sa.Column("cancel_reason", sa.String(length=300), nullable=False, server_default="")
        )
    with op.batch_alter_table("assignment_round") as row:
        row.alter_column("cancel_reason", server_default=None)


def downgrade() -> None:
    with op.batch_alter_table("assignment_round") as row:
        row.drop_column("cancel_reason")
        row.drop_column("cancelled_at")
