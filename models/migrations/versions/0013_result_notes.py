"""What a result of a course changed, kept so that it can be taken back the same day

Revision 0013, after 0012.
"""

import sqlalchemy as sa
from alembic import op

revision = "0013"
down_revision = "0012"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.create_table(
        "result_note",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("enrolment_id", sa.Integer(), nullable=False),
        sa.Column("skills", sa.JSON(), nullable=False),
        sa.Column("created_at", sa.DateTime(timezone=True), nullable=False),
        sa.ForeignKeyConstraint(
            ["enrolment_id"], ["enrolment.id"], name=op.f("fk_result_note_enrolment_id")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_result_note")),
        sa.UniqueConstraint("enrolment_id", name=op.f("uq_result_note_enrolment_id")),
    )


def downgrade() -> None:
    op.drop_table("result_note")
