"""The numbers AWS knows a person by: one, or two until AWS made them one

Revision 0019, after 0018.
"""

import sqlalchemy as sa
from alembic import op

revision = "0019"
down_revision = "0018"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.create_table(
        "aws_candidate_id",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("youth_id", sa.Integer(), nullable=False),
        sa.Column("code", sa.String(length=11), nullable=False),
        sa.Column("created_at", sa.DateTime(timezone=True), nullable=False),
        sa.ForeignKeyConstraint(
            ["youth_id"], ["youth_profile.id"], name=op.f("fk_aws_candidate_id_youth_id")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_aws_candidate_id")),
        sa.UniqueConstraint("youth_id", "code", name=op.f("uq_aws_candidate_id_youth_id_code")),
    )
    op.create_index(
        op.f("ix_aws_candidate_id_youth_id"), "aws_candidate_id", ["youth_id"], unique=False
    )


def downgrade() -> None:
    op.drop_table("aws_candidate_id")
