"""Venues and equipment with their bookings

Revision 0007, after 0006.
"""

import sqlalchemy as sa
from alembic import op

revision = "0007"
down_revision = "0006"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.create_table(
        "venue",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("organisation_id", sa.Integer(), nullable=False),
        sa.Column("name_ko", sa.String(length=80), nullable=False),
        sa.Column("name_en", sa.String(length=80), nullable=False),
        sa.Column("place", sa.String(length=120), nullable=False),
        sa.Column("opens", sa.String(length=5), nullable=False),
        sa.Column("closes", sa.String(length=5), nullable=False),
        sa.Column("is_demo", sa.Boolean(), nullable=False),
        sa.Column("created_at", sa.DateTime(timezone=True), nullable=False),
        sa.CheckConstraint("closes > opens", name=op.f("ck_venue_hours")),
        _reference("venue", "organisation_id", "organisation.id"),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_venue")),
        sa.UniqueConstraint(
            "organisation_id", "name_ko", name=op.f("uq_venue_organisation_id_name_ko")
        ),
    )
    _index("venue", "organisation_id")
    op.create_table(
        "venue_item",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("venue_id", sa.Integer(), nullable=False),
        sa.Column("kind", _choice("kind", "room", "pc", "device", "other"), nullable=False),
        sa.Column("name_ko", sa.String(length=80), nullable=False),
        sa.Column("name_en", sa.String(length=80), nullable=False),
        sa.Column("quantity", sa.Integer(), nullable=False),
        sa.Column("is_for_youth", sa.Boolean(), nullable=False),
        sa.Column("is_out", sa.Boolean(), nullable=False),
        sa.CheckConstraint("quantity > 0", name=op.f("ck_venue_item_quantity")),
        _reference("venue_item", "venue_id", "venue.id"),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_venue_item")),
        sa.UniqueConstraint("venue_id", "name_ko", name=op.f("uq_venue_item_venue_id_name_ko")),
    )
    _index("venue_item", "venue_id")
    op.create_table(
        "venue_booking",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("item_id", sa.Integer(), nullable=False),
        sa.Column("state", _choice("state", "booked", "cancelled"), nullable=False),
        sa.Column("held_on", sa.Date(), nullable=False),
        sa.Column("starts", sa.String(length=5), nullable=False),
        sa.Column("ends", sa.String(length=5), nullable=False),
        sa.Column("quantity", sa.Integer(), nullable=False),
        sa.Column("youth_id", sa.Integer(), nullable=True),
        sa.Column("meeting_id", sa.Integer(), nullable=True),
        sa.Column("purpose", sa.String(length=120), nullable=False),
        sa.Column("booked_by_account_id", sa.Integer(), nullable=True),
        sa.Column("created_at", sa.DateTime(timezone=True), nullable=False),
        sa.CheckConstraint("quantity > 0", name=op.f("ck_venue_booking_quantity")),
        sa.CheckConstraint("ends > starts", name=op.f("ck_venue_booking_hours")),
        sa.CheckConstraint(
            "youth_id IS NULL OR meeting_id IS NULL", name=op.f("ck_venue_booking_whose")
        ),
        _reference("venue_booking", "item_id", "venue_item.id"),
        _reference("venue_booking", "youth_id", "youth_profile.id"),
        _reference("venue_booking", "meeting_id", "class_meeting.id"),
        _reference("venue_booking", "booked_by_account_id", "account.id"),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_venue_booking")),
    )
    for column in ("item_id", "held_on", "youth_id", "meeting_id"):
        _index("venue_booking", column)


def downgrade() -> None:
    for table in ("venue_booking", "venue_item", "venue"):
        op.drop_table(table)


def _choice(name: str, *values: str) -> sa.Enum:
    return sa.Enum(*values, name=name, native_enum=False, create_constraint=True, length=40)


def _reference(table: str, column: str, target: str) -> sa.ForeignKeyConstraint:
    return sa.ForeignKeyConstraint([column], [target], name=op.f(f"fk_{table}_{column}"))


def _index(table: str, column: str) -> None:
    op.create_index(op.f(f"ix_{table}_{column}"), table, [column], unique=False)
