"""Selection, completion rules and further states of courses; classes, attendance, credentials, outcomes

Revision 0004, after 0003.
"""

import sqlalchemy as sa
from alembic import op

revision = "0004"
down_revision = "0003"
branch_labels = None
depends_on = None

MODES = ("online", "offline", "mixed")
STATES = ("waitlisted", "enrolled", "completed", "dropped", "cancelled")
MORE_STATES = ("applied", *STATES, "not_selected", "not_completed")
OUTCOME_SOURCES = ("hire", "survey", "desk", "import")


def upgrade() -> None:
    with op.batch_alter_table("course") as course:
        course.add_column(
            sa.Column(
                "selection",
                _choice("selection", "first_come", "by_desk"),
                nullable=False,
                server_default="first_come",
            )
        )
        course.add_column(
            sa.Column("least_attendance_percent", sa.Integer(), nullable=False, server_default="80")
        )
        course.add_column(sa.Column("needs_work", sa.Boolean(), nullable=False, server_default=sa.false()))
        course.add_column(sa.Column("is_shared", sa.Boolean(), nullable=False, server_default=sa.false()))
        for name, length in (("exam_chance", 300), ("internship", 300), ("source", 60), ("source_url", 300)):
            course.add_column(sa.Column(name, sa.String(length=length), nullable=False, server_default=""))
        course.add_column(sa.Column("fetched_at", sa.DateTime(timezone=True), nullable=True))
        course.create_check_constraint(
            op.f("ck_course_least_attendance"), "least_attendance_percent BETWEEN 0 AND 100"
        )
    with op.batch_alter_table("course") as course:
        for name in ("selection", "least_attendance_percent", "needs_work", "is_shared", "exam_chance"):
            course.alter_column(name, server_default=None)
        for name in ("internship", "source", "source_url"):
            course.alter_column(name, server_default=None)
    with op.batch_alter_table("course_session") as session:
        session.add_column(sa.Column("mode", _choice("mode", *MODES), nullable=True))
        session.add_column(sa.Column("join_link", sa.String(length=300), nullable=False, server_default=""))
    with op.batch_alter_table("course_session") as session:
        session.alter_column("join_link", server_default=None)
    _enrolment_states(STATES, MORE_STATES)
    with op.batch_alter_table("enrolment") as enrolment:
        enrolment.add_column(sa.Column("work_accepted_on", sa.Date(), nullable=True))
        enrolment.add_column(sa.Column("completed_on", sa.Date(), nullable=True))

    op.create_table(
        "class_meeting",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("session_id", sa.Integer(), nullable=False),
        sa.Column("held_on", sa.Date(), nullable=False),
        sa.Column("starts", sa.String(length=5), nullable=False),
        sa.Column("ends", sa.String(length=5), nullable=False),
        sa.Column("mode", _choice("mode", *MODES), nullable=False),
        sa.Column("topic", sa.String(length=120), nullable=False),
        sa.Column("check_in_code", sa.String(length=12), nullable=False),
        sa.Column("check_in_until", sa.DateTime(timezone=True), nullable=True),
        sa.CheckConstraint("ends > starts", name=op.f("ck_class_meeting_hours")),
        _reference("class_meeting", "session_id", "course_session.id"),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_class_meeting")),
        sa.UniqueConstraint(
            "session_id", "held_on", "starts", name=op.f("uq_class_meeting_session_id_held_on_starts")
        ),
    )
    _index("class_meeting", "session_id")
    op.create_table(
        "attendance",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("meeting_id", sa.Integer(), nullable=False),
        sa.Column("enrolment_id", sa.Integer(), nullable=False),
        sa.Column("state", _choice("state", "present", "late", "absent", "excused"), nullable=False),
        sa.Column("source", _choice("source", "desk", "check_in", "import"), nullable=False),
        sa.Column("recorded_at", sa.DateTime(timezone=True), nullable=False),
        _reference("attendance", "meeting_id", "class_meeting.id"),
        _reference("attendance", "enrolment_id", "enrolment.id"),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_attendance")),
        sa.UniqueConstraint("meeting_id", "enrolment_id", name=op.f("uq_attendance_meeting_id_enrolment_id")),
    )
    _index("attendance", "meeting_id")
    _index("attendance", "enrolment_id")
    op.create_table(
        "credential",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("youth_id", sa.Integer(), nullable=False),
        sa.Column("enrolment_id", sa.Integer(), nullable=False),
        sa.Column("number", sa.String(length=40), nullable=False),
        sa.Column("title_ko", sa.String(length=120), nullable=False),
        sa.Column("title_en", sa.String(length=120), nullable=False),
        sa.Column("issued_on", sa.Date(), nullable=False),
        sa.Column("revoked_on", sa.Date(), nullable=True),
        sa.Column("created_at", sa.DateTime(timezone=True), nullable=False),
        _reference("credential", "youth_id", "youth_profile.id"),
        _reference("credential", "enrolment_id", "enrolment.id"),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_credential")),
        sa.UniqueConstraint("enrolment_id", name=op.f("uq_credential_enrolment_id")),
        sa.UniqueConstraint("number", name=op.f("uq_credential_number")),
    )
    _index("credential", "youth_id")
    op.create_table(
        "outcome",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("youth_id", sa.Integer(), nullable=False),
        sa.Column("kind", _choice("kind", "employed", "founded", "further_study", "seeking"), nullable=False),
        sa.Column("state", _choice("state", "proposed", "confirmed", "rejected"), nullable=False),
        sa.Column("source", _choice("source", *OUTCOME_SOURCES), nullable=False),
        sa.Column("organisation_name", sa.String(length=120), nullable=False),
        sa.Column("organisation_id", sa.Integer(), nullable=True),
        sa.Column("sector", sa.String(length=20), nullable=True),
        sa.Column("is_in_jeju", sa.Boolean(), nullable=True),
        sa.Column("started_on", sa.Date(), nullable=False),
        sa.Column("ended_on", sa.Date(), nullable=True),
        sa.Column("application_id", sa.Integer(), nullable=True),
        sa.Column("decided_by_account_id", sa.Integer(), nullable=True),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.Column("created_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("updated_at", sa.DateTime(timezone=True), nullable=False),
        sa.CheckConstraint("ended_on IS NULL OR ended_on >= started_on", name=op.f("ck_outcome_dates")),
        _reference("outcome", "youth_id", "youth_profile.id"),
        _reference("outcome", "organisation_id", "organisation.id"),
        _reference("outcome", "application_id", "application.id"),
        _reference("outcome", "decided_by_account_id", "account.id"),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_outcome")),
        sa.UniqueConstraint("youth_id", "kind", "started_on", name=op.f("uq_outcome_youth_id_kind_started_on")),
    )
    _index("outcome", "youth_id")
    op.create_table(
        "outcome_check",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("outcome_id", sa.Integer(), nullable=False),
        sa.Column("months", sa.Integer(), nullable=False),
        sa.Column("still_holds", sa.Boolean(), nullable=False),
        sa.Column("is_in_jeju", sa.Boolean(), nullable=True),
        sa.Column("source", _choice("source", *OUTCOME_SOURCES), nullable=False),
        sa.Column("checked_on", sa.Date(), nullable=False),
        sa.CheckConstraint("months IN (3, 6, 12)", name=op.f("ck_outcome_check_months")),
        _reference("outcome_check", "outcome_id", "outcome.id"),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_outcome_check")),
        sa.UniqueConstraint("outcome_id", "months", name=op.f("uq_outcome_check_outcome_id_months")),
    )
    _index("outcome_check", "outcome_id")


def downgrade() -> None:
    for table in ("outcome_check", "outcome", "credential", "attendance", "class_meeting"):
        op.drop_table(table)
    with op.batch_alter_table("enrolment") as enrolment:
        enrolment.drop_column("completed_on")
        enrolment.drop_column("work_accepted_on")
    # Nothing older knows these states; the nearest ones take their place.
    for state, older in (("applied", "waitlisted"), ("not_selected", "cancelled"), ("not_completed", "dropped")):
        op.execute(sa.text("UPDATE enrolment SET state = :older WHERE state = :state").bindparams(older=older, state=state))
    _enrolment_states(MORE_STATES, STATES)
    with op.batch_alter_table("course_session") as session:
        session.drop_constraint(op.f("ck_course_session_mode"), type_="check")
        session.drop_column("join_link")
        session.drop_column("mode")
    with op.batch_alter_table("course") as course:
        course.drop_constraint(op.f("ck_course_least_attendance"), type_="check")
        course.drop_constraint(op.f("ck_course_selection"), type_="check")
        for name in (
            "fetched_at", "source_url", "source", "internship", "exam_chance", "is_shared",
            "needs_work", "least_attendance_percent", "selection",
        ):
            course.drop_column(name)


def _enrolment_states(before: tuple[str, ...], after: tuple[str, ...]) -> None:
    with op.batch_alter_table("enrolment") as enrolment:
        enrolment.drop_constraint(op.f("ck_enrolment_state"), type_="check")
        enrolment.create_check_constraint(
            op.f("ck_enrolment_state"), sa.column("state").in_(after)
        )


def _choice(name: str, *values: str) -> sa.Enum:
    return sa.Enum(*values, name=name, native_enum=False, create_constraint=True, length=40)


def _reference(table: str, column: str, target: str) -> sa.ForeignKeyConstraint:
    return sa.ForeignKeyConstraint([column], [target], name=op.f(f"fk_{table}_{column}"))


def _index(table: str, column: str) -> None:
    op.create_index(op.f(f"ix_{table}_{column}"), table, [column], unique=False)
