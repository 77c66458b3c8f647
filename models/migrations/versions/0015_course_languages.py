"""The languages a course is taught in; nobody has told them of the courses there are

Revision 0015, after 0014.
"""

import sqlalchemy as sa
from alembic import op

revision = "0015"
down_revision = "0014"
branch_labels = None
depends_on = None


def upgrade() -> None:
    with op.batch_alter_table("course") as course:
        course.add_column(
            sa.Column("languages", sa.String(length=20), nullable=False, server_default="")
        )
    with op.batch_alter_table("course") as course:
        course.alter_column("languages", server_default=None)


def downgrade() -> None:
    with op.batch_alter_table("course") as course:
        course.drop_column("languages")
