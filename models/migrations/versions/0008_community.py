"""Projects and ideas with their teams; events with their sign-ups; who gives a fed course

Revision 0008, after 0007.
"""

import sqlalchemy as sa
from alembic import op

revision = "0008"
down_revision = "0007"
branch_labels = None
depends_on = None

STAGES = ("idea", "prototype", "business")


def upgrade() -> None:
    with op.batch_alter_table("course") as course:
        course.add_column(sa.Column("provider", sa.String(length=120), nullable=False, server_default=""))
    with op.batch_alter_table("course") as course:
        course.alter_column("provider", server_default=None)
    op.create_table(
        "community_event",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("organisation_id", sa.Integer(), nullable=False),
        sa.Column("state", _choice("state", "published", "cancelled"), nullable=False),
        sa.Column("title_ko", sa.String(length=120), nullable=False),
        sa.Column("title_en", sa.String(length=120), nullable=False),
        sa.Column("content", sa.String(length=4000), nullable=False),
        sa.Column("mode", _choice("mode", "online", "offline", "mixed"), nullable=False),
        sa.Column("place", sa.String(length=120), nullable=False),
        sa.Column("join_link", sa.String(length=300), nullable=False),
        sa.Column("held_on", sa.Date(), nullable=False),
        sa.Column("starts", sa.String(length=5), nullable=False),
        sa.Column("ends", sa.String(length=5), nullable=False),
        sa.Column("sign_up_until", sa.Date(), nullable=False),
        sa.Column("seats", sa.Integer(), nullable=False),
        sa.Column("is_demo", sa.Boolean(), nullable=False),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.Column("created_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("updated_at", sa.DateTime(timezone=True), nullable=False),
        sa.CheckConstraint("seats > 0", name=op.f("ck_community_event_seats")),
        sa.CheckConstraint("ends > starts", name=op.f("ck_community_event_hours")),
        sa.CheckConstraint("sign_up_until <= held_on", name=op.f("ck_community_event_days")),
        _reference("community_event", "organisation_id", "organisation.id"),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_community_event")),
    )
    _index("community_event", "organisation_id")
    _index("community_event", "held_on")
    op.create_table(
        "event_sign_up",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("event_id", sa.Integer(), nullable=False),
        sa.Column("youth_id", sa.Integer(), nullable=False),
        sa.Column("state", _choice("state", "going", "waiting", "left"), nullable=False),
        sa.Column("created_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("updated_at", sa.DateTime(timezone=True), nullable=False),
        _reference("event_sign_up", "event_id", "community_event.id"),
        _reference("event_sign_up", "youth_id", "youth_profile.id"),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_event_sign_up")),
        sa.UniqueConstraint("event_id", "youth_id", name=op.f("uq_event_sign_up_event_id_youth_id")),
    )
    _index("event_sign_up", "event_id")
    _index("event_sign_up", "youth_id")
    op.create_table(
        "project",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("organisation_id", sa.Integer(), nullable=False),
        sa.Column("state", _choice("state", "open", "closed"), nullable=False),
        sa.Column("stage", _choice("stage", *STAGES), nullable=False),
        sa.Column("title", sa.String(length=120), nullable=False),
        sa.Column("idea", sa.String(length=2000), nullable=False),
        sa.Column("skills", sa.JSON(), nullable=False),
        sa.Column("places", sa.Integer(), nullable=False),
        sa.Column("mentor", sa.String(length=80), nullable=False),
        sa.Column("showcase_on", sa.Date(), nullable=True),
        sa.Column("shown_on", sa.Date(), nullable=True),
        sa.Column("showcase_url", sa.String(length=300), nullable=False),
        sa.Column("is_demo", sa.Boolean(), nullable=False),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.Column("created_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("updated_at", sa.DateTime(timezone=True), nullable=False),
        sa.CheckConstraint("places BETWEEN 1 AND 20", name=op.f("ck_project_places")),
        _reference("project", "organisation_id", "organisation.id"),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_project")),
    )
    _index("project", "organisation_id")
    op.create_table(
        "project_member",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("project_id", sa.Integer(), nullable=False),
        sa.Column("youth_id", sa.Integer(), nullable=False),
        sa.Column("role", _choice("role", "lead", "member"), nullable=False),
        sa.Column("state", _choice("state", "asked", "invited", "in", "out"), nullable=False),
        sa.Column("created_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("updated_at", sa.DateTime(timezone=True), nullable=False),
        _reference("project_member", "project_id", "project.id"),
        _reference("project_member", "youth_id", "youth_profile.id"),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_project_member")),
        sa.UniqueConstraint("project_id", "youth_id", name=op.f("uq_project_member_project_id_youth_id")),
    )
    _index("project_member", "project_id")
    _index("project_member", "youth_id")
    op.create_table(
        "project_update",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("project_id", sa.Integer(), nullable=False),
        sa.Column("youth_id", sa.Integer(), nullable=False),
        sa.Column("stage", _choice("stage", *STAGES), nullable=False),
        sa.Column("words", sa.String(length=1000), nullable=False),
        sa.Column("at", sa.DateTime(timezone=True), nullable=False),
        _reference("project_update", "project_id", "project.id"),
        _reference("project_update", "youth_id", "youth_profile.id"),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_project_update")),
    )
    _index("project_update", "project_id")
    _index("project_update", "youth_id")


def downgrade() -> None:
    for table in ("project_update", "project_member", "project", "event_sign_up", "community_event"):
        op.drop_table(table)
    with op.batch_alter_table("course") as course:
        course.drop_column("provider")


def _choice(name: str, *values: str) -> sa.Enum:
    return sa.Enum(*values, name=name, native_enum=False, create_constraint=True, length=40)


def _reference(table: str, column: str, target: str) -> sa.ForeignKeyConstraint:
    return sa.ForeignKeyConstraint([column], [target], name=op.f(f"fk_{table}_{column}"))


def _index(table: str, column: str) -> None:
    op.create_index(op.f(f"ix_{table}_{column}"), table, [column], unique=False)
