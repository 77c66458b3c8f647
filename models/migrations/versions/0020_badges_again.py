"""Badges behind what is known of their issuer are checked again in small steps; whether a badge is
good is kept beside its verdict, for one that is over may never have been checked to its end

Revision 0020, after 0019. Badges handed in before are behind by this, and checked once more.
"""

import sqlalchemy as sa
from alembic import op

revision = "0020"
down_revision = "0019"
branch_labels = None
depends_on = None

INDEX = "ix_presented_credential_issuer_checked_edition"
BADGE = ("checked_edition", "is_proved")


def upgrade() -> None:
    with op.batch_alter_table("trusted_issuer") as issuer:
        issuer.add_column(sa.Column("edition", sa.Integer(), nullable=False, server_default="1"))
    with op.batch_alter_table("presented_credential") as badge:
        badge.add_column(
            sa.Column("checked_edition", sa.Integer(), nullable=False, server_default="0")
        )
        badge.add_column(
            sa.Column("is_proved", sa.Boolean(), nullable=False, server_default=sa.false())
        )
    op.execute(
        "UPDATE presented_credential SET is_proved = (1 = 1) "
        "WHERE proof <> '' AND verdict IN ('verified', 'wrong_recipient')"
    )
    with op.batch_alter_table("trusted_issuer") as issuer:
        issuer.alter_column("edition", server_default=None)
    with op.batch_alter_table("presented_credential") as badge:
        for column in BADGE:
            badge.alter_column(column, server_default=None)
        badge.create_index(op.f(INDEX), ["issuer", "checked_edition"])


def downgrade() -> None:
    with op.batch_alter_table("presented_credential") as badge:
        badge.drop_index(op.f(INDEX))
        for column in BADGE:
            badge.drop_column(column)
    with op.batch_alter_table("trusted_issuer") as issuer:
        issuer.drop_column("edition")
