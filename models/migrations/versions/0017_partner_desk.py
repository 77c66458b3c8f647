"""The partner's desk: posting versions, promises, reviews, interviews, offers, answer links

Revision 0017, after 0016.
"""

import sqlalchemy as sa
from alembic import op

revision = "0017"
down_revision = "0016"
branch_labels = None
depends_on = None

STATES = (
    "sent", "under_review", "interview", "offered", "hired", "refused", "withdrawn",
    "hired_elsewhere", "closed",
)  # fmt: skip


def upgrade() -> None:
    _new_tables()
    _more_columns()


def _new_tables() -> None:
    op.create_table(
        "same_person",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("account_id", sa.Integer(), nullable=False),
        sa.Column("other_account_id", sa.Integer(), nullable=False),
        sa.Column("noted_by_account_id", sa.Integer(), nullable=False),
        sa.Column("at", sa.DateTime(timezone=True), nullable=False),
        sa.CheckConstraint("account_id < other_account_id", name=op.f("ck_same_person_order")),
        _reference("same_person", "account_id", "account.id"),
        _reference("same_person", "noted_by_account_id", "account.id"),
        _reference("same_person", "other_account_id", "account.id"),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_same_person")),
        sa.UniqueConstraint(
            "account_id",
            "other_account_id",
            name=op.f("uq_same_person_account_id_other_account_id"),
        ),
    )
    _index("same_person", "account_id")
    _index("same_person", "other_account_id")
    op.create_table(
        "calibration_example",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("opening_id", sa.Integer(), nullable=False),
        sa.Column("youth_id", sa.Integer(), nullable=False),
        sa.Column("account_id", sa.Integer(), nullable=False),
        sa.Column("at", sa.DateTime(timezone=True), nullable=False),
        _reference("calibration_example", "account_id", "account.id"),
        _reference("calibration_example", "opening_id", "opening.id"),
        _reference("calibration_example", "youth_id", "youth_profile.id"),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_calibration_example")),
        sa.UniqueConstraint(
            "opening_id", "youth_id", name=op.f("uq_calibration_example_opening_id_youth_id")
        ),
    )
    _index("calibration_example", "opening_id")
    _index("calibration_example", "youth_id")
    op.create_table(
        "interview_promise",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("opening_id", sa.Integer(), nullable=False),
        sa.Column("subject", _choice("subject", "certification", "skill"), nullable=False),
        sa.Column("ref", sa.String(length=80), nullable=False),
        sa.Column("level", sa.Integer(), nullable=True),
        sa.Column("earn_by", sa.Date(), nullable=False),
        sa.Column("interview_days", sa.Integer(), nullable=False),
        sa.Column("places", sa.Integer(), nullable=False),
        sa.Column("state", _choice("state", "offered", "withdrawn"), nullable=False),
        sa.Column("terms_ko", sa.String(length=2000), nullable=False),
        sa.Column("terms_en", sa.String(length=2000), nullable=False),
        sa.Column("text_hash", sa.String(length=64), nullable=False),
        sa.Column("account_id", sa.Integer(), nullable=False),
        sa.Column("is_demo", sa.Boolean(), nullable=False),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.Column("created_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("updated_at", sa.DateTime(timezone=True), nullable=False),
        sa.CheckConstraint(
            "interview_days BETWEEN 1 AND 60", name=op.f("ck_interview_promise_interview_days")
        ),
        sa.CheckConstraint("level BETWEEN 1 AND 5", name=op.f("ck_interview_promise_level")),
        sa.CheckConstraint("places BETWEEN 1 AND 200", name=op.f("ck_interview_promise_places")),
        _reference("interview_promise", "account_id", "account.id"),
        _reference("interview_promise", "opening_id", "opening.id"),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_interview_promise")),
    )
    _index("interview_promise", "opening_id")
    op.create_table(
        "interview_slot",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("opening_id", sa.Integer(), nullable=False),
        sa.Column("starts_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("minutes", sa.Integer(), nullable=False),
        sa.Column("mode", _choice("mode", "on_site", "online", "phone"), nullable=False),
        sa.Column("place", sa.String(length=200), nullable=False),
        sa.Column("is_cancelled", sa.Boolean(), nullable=False),
        sa.Column("is_demo", sa.Boolean(), nullable=False),
        sa.Column("account_id", sa.Integer(), nullable=True),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.Column("created_at", sa.DateTime(timezone=True), nullable=False),
        sa.CheckConstraint("minutes BETWEEN 10 AND 240", name=op.f("ck_interview_slot_minutes")),
        _reference("interview_slot", "account_id", "account.id"),
        _reference("interview_slot", "opening_id", "opening.id"),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_interview_slot")),
    )
    _index("interview_slot", "opening_id")
    op.create_index(
        "uq_interview_slot_start",
        "interview_slot",
        ["opening_id", "starts_at"],
        unique=True,
        sqlite_where=sa.text("NOT is_cancelled"),
        postgresql_where=sa.text("NOT is_cancelled"),
    )
    op.create_table(
        "opening_version",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("opening_id", sa.Integer(), nullable=False),
        sa.Column("number", sa.Integer(), nullable=False),
        sa.Column("content", sa.JSON(), nullable=False),
        sa.Column("changed", sa.JSON(), nullable=False),
        sa.Column("account_id", sa.Integer(), nullable=True),
        sa.Column("at", sa.DateTime(timezone=True), nullable=False),
        _reference("opening_version", "account_id", "account.id"),
        _reference("opening_version", "opening_id", "opening.id"),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_opening_version")),
        sa.UniqueConstraint(
            "opening_id", "number", name=op.f("uq_opening_version_opening_id_number")
        ),
    )
    _index("opening_version", "opening_id")
    op.create_table(
        "review",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("opening_id", sa.Integer(), nullable=False),
        sa.Column("account_id", sa.Integer(), nullable=False),
        sa.Column("youth_id", sa.Integer(), nullable=False),
        sa.Column("state", _choice("state", "submitted", "abstained"), nullable=False),
        sa.Column("note", sa.String(length=1000), nullable=False),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.Column("created_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("updated_at", sa.DateTime(timezone=True), nullable=False),
        _reference("review", "account_id", "account.id"),
        _reference("review", "opening_id", "opening.id"),
        _reference("review", "youth_id", "youth_profile.id"),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_review")),
        sa.UniqueConstraint(
            "opening_id",
            "account_id",
            "youth_id",
            name=op.f("uq_review_opening_id_account_id_youth_id"),
        ),
    )
    _index("review", "account_id")
    _index("review", "opening_id")
    _index("review", "youth_id")
    op.create_table(
        "review_assignment",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("opening_id", sa.Integer(), nullable=False),
        sa.Column("account_id", sa.Integer(), nullable=False),
        sa.Column("youth_id", sa.Integer(), nullable=False),
        sa.Column("created_at", sa.DateTime(timezone=True), nullable=False),
        _reference("review_assignment", "account_id", "account.id"),
        _reference("review_assignment", "opening_id", "opening.id"),
        _reference("review_assignment", "youth_id", "youth_profile.id"),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_review_assignment")),
        sa.UniqueConstraint(
            "opening_id",
            "account_id",
            "youth_id",
            name=op.f("uq_review_assignment_opening_id_account_id_youth_id"),
        ),
    )
    _index("review_assignment", "account_id")
    _index("review_assignment", "opening_id")
    _index("review_assignment", "youth_id")
    op.create_table(
        "review_conflict",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("opening_id", sa.Integer(), nullable=False),
        sa.Column("account_id", sa.Integer(), nullable=False),
        sa.Column("youth_id", sa.Integer(), nullable=False),
        sa.Column("at", sa.DateTime(timezone=True), nullable=False),
        _reference("review_conflict", "account_id", "account.id"),
        _reference("review_conflict", "opening_id", "opening.id"),
        _reference("review_conflict", "youth_id", "youth_profile.id"),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_review_conflict")),
        sa.UniqueConstraint(
            "opening_id",
            "account_id",
            "youth_id",
            name=op.f("uq_review_conflict_opening_id_account_id_youth_id"),
        ),
    )
    _index("review_conflict", "account_id")
    _index("review_conflict", "opening_id")
    _index("review_conflict", "youth_id")
    op.create_table(
        "review_criterion",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("opening_id", sa.Integer(), nullable=False),
        sa.Column("place", sa.Integer(), nullable=False),
        sa.Column("name", sa.String(length=80), nullable=False),
        sa.Column("hint", sa.String(length=300), nullable=False),
        sa.Column("weight", sa.Integer(), nullable=False),
        sa.CheckConstraint("weight BETWEEN 1 AND 100", name=op.f("ck_review_criterion_weight")),
        _reference("review_criterion", "opening_id", "opening.id"),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_review_criterion")),
        sa.UniqueConstraint(
            "opening_id", "place", name=op.f("uq_review_criterion_opening_id_place")
        ),
    )
    _index("review_criterion", "opening_id")
    op.create_table(
        "review_phase",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("opening_id", sa.Integer(), nullable=False),
        sa.Column("name", sa.String(length=60), nullable=False),
        sa.Column("starts_on", sa.Date(), nullable=False),
        sa.Column("ends_on", sa.Date(), nullable=False),
        sa.Column("can_review", sa.Boolean(), nullable=False),
        sa.Column("can_decide", sa.Boolean(), nullable=False),
        sa.Column("shows_names", sa.Boolean(), nullable=False),
        sa.Column("only_assigned", sa.Boolean(), nullable=False),
        sa.Column("others", _choice("others", "after_own", "never"), nullable=False),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.CheckConstraint("ends_on >= starts_on", name=op.f("ck_review_phase_dates")),
        _reference("review_phase", "opening_id", "opening.id"),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_review_phase")),
        sa.UniqueConstraint(
            "opening_id", "starts_on", name=op.f("uq_review_phase_opening_id_starts_on")
        ),
    )
    _index("review_phase", "opening_id")
    op.create_table(
        "review_score",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("review_id", sa.Integer(), nullable=False),
        sa.Column("criterion_id", sa.Integer(), nullable=False),
        sa.Column("score", sa.Integer(), nullable=False),
        sa.CheckConstraint("score BETWEEN 1 AND 5", name=op.f("ck_review_score_score")),
        _reference("review_score", "criterion_id", "review_criterion.id"),
        _reference("review_score", "review_id", "review.id"),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_review_score")),
        sa.UniqueConstraint(
            "review_id", "criterion_id", name=op.f("uq_review_score_review_id_criterion_id")
        ),
    )
    _index("review_score", "criterion_id")
    _index("review_score", "review_id")
    op.create_table(
        "answer_link",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("application_id", sa.Integer(), nullable=False),
        sa.Column("token_hash", sa.String(length=64), nullable=False),
        sa.Column("address", sa.String(length=254), nullable=False),
        sa.Column("account_id", sa.Integer(), nullable=True),
        sa.Column("created_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("expires_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("answered_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("revoked_at", sa.DateTime(timezone=True), nullable=True),
        _reference("answer_link", "account_id", "account.id"),
        _reference("answer_link", "application_id", "application.id"),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_answer_link")),
        sa.UniqueConstraint("token_hash", name=op.f("uq_answer_link_token_hash")),
    )
    _index("answer_link", "application_id")
    op.create_table(
        "interview",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("application_id", sa.Integer(), nullable=False),
        sa.Column("slot_id", sa.Integer(), nullable=False),
        sa.Column(
            "state",
            _choice("state", "booked", "cancelled", "held", "missed", "not_held"),
            nullable=False,
        ),
        sa.Column("sequence", sa.Integer(), nullable=False),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.Column("created_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("updated_at", sa.DateTime(timezone=True), nullable=False),
        _reference("interview", "application_id", "application.id"),
        _reference("interview", "slot_id", "interview_slot.id"),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_interview")),
    )
    _index("interview", "application_id")
    _index("interview", "slot_id")
    op.create_index(
        "uq_interview_booked_application",
        "interview",
        ["application_id"],
        unique=True,
        sqlite_where=sa.text("state = 'booked'"),
        postgresql_where=sa.text("state = 'booked'"),
    )
    op.create_index(
        "uq_interview_booked_slot",
        "interview",
        ["slot_id"],
        unique=True,
        sqlite_where=sa.text("state = 'booked'"),
        postgresql_where=sa.text("state = 'booked'"),
    )
    op.create_table(
        "job_offer",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("application_id", sa.Integer(), nullable=False),
        sa.Column("starts_on", sa.Date(), nullable=False),
        sa.Column("answer_by", sa.Date(), nullable=False),
        sa.Column("pay_krw", sa.Integer(), nullable=True),
        sa.Column("words", sa.String(length=1000), nullable=False),
        sa.Column("account_id", sa.Integer(), nullable=False),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.Column("created_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("updated_at", sa.DateTime(timezone=True), nullable=False),
        _reference("job_offer", "account_id", "account.id"),
        _reference("job_offer", "application_id", "application.id"),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_job_offer")),
        sa.UniqueConstraint("application_id", name=op.f("uq_job_offer_application_id")),
    )
    op.create_table(
        "promise_taking",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("promise_id", sa.Integer(), nullable=False),
        sa.Column("youth_id", sa.Integer(), nullable=False),
        sa.Column(
            "state",
            _choice("state", "taken", "claimed", "kept", "broken", "dropped", "lapsed"),
            nullable=False,
        ),
        sa.Column("application_id", sa.Integer(), nullable=True),
        sa.Column("interview_by", sa.Date(), nullable=True),
        sa.Column("spoken_on", sa.Date(), nullable=True),
        sa.Column("spoken_by_account_id", sa.Integer(), nullable=True),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.Column("created_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("updated_at", sa.DateTime(timezone=True), nullable=False),
        _reference("promise_taking", "application_id", "application.id"),
        _reference("promise_taking", "promise_id", "interview_promise.id"),
        _reference("promise_taking", "spoken_by_account_id", "account.id"),
        _reference("promise_taking", "youth_id", "youth_profile.id"),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_promise_taking")),
        sa.UniqueConstraint(
            "promise_id", "youth_id", name=op.f("uq_promise_taking_promise_id_youth_id")
        ),
    )
    _index("promise_taking", "promise_id")
    _index("promise_taking", "youth_id")
    op.create_table(
        "slot_wait",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("application_id", sa.Integer(), nullable=False),
        sa.Column("created_at", sa.DateTime(timezone=True), nullable=False),
        _reference("slot_wait", "application_id", "application.id"),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_slot_wait")),
        sa.UniqueConstraint("application_id", name=op.f("uq_slot_wait_application_id")),
    )
    op.create_table(
        "answer_link_use",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("link_id", sa.Integer(), nullable=False),
        sa.Column("use", _choice("use", "opened", "answered", "turned_away"), nullable=False),
        sa.Column("source", sa.String(length=64), nullable=False),
        sa.Column("at", sa.DateTime(timezone=True), nullable=False),
        _reference("answer_link_use", "link_id", "answer_link.id"),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_answer_link_use")),
    )
    _index("answer_link_use", "link_id")


def _more_columns() -> None:
    with op.batch_alter_table("application") as row:
        row.drop_constraint(op.f("ck_application_state"), type_="check")
        row.create_check_constraint(
            op.f("ck_application_state"), _one_of("state", *STATES[:4], "accepted", *STATES[4:])
        )
        for name in ("words", "note"):
            row.add_column(
                sa.Column(name, sa.String(length=1000), nullable=False, server_default="")
            )
        row.add_column(sa.Column("answer_by", sa.Date(), nullable=True))
        row.add_column(
            sa.Column(
                "cause",
                _choice("cause", "accepted_elsewhere", "answer_time_passed", "opening_ended"),
                nullable=True,
            )
        )
        row.add_column(
            sa.Column(
                "late_reason",
                _choice("late_reason", "still_reading", "waiting_for_colleague", "on_hold"),
                nullable=True,
            )
        )
        row.add_column(sa.Column("introduction_id", sa.Integer(), nullable=True))
        row.add_column(sa.Column("papers_gone_on", sa.Date(), nullable=True))
        row.create_foreign_key(
            op.f("fk_application_introduction_id"), "introduction", ["introduction_id"], ["id"]
        )
    with op.batch_alter_table("application_event") as row:
        row.alter_column("actor_account_id", existing_type=sa.Integer(), nullable=True)
        row.add_column(
            sa.Column("actor_role", sa.String(length=20), nullable=False, server_default="")
        )
        row.add_column(sa.Column("answer_link_id", sa.Integer(), nullable=True))
        row.create_foreign_key(
            op.f("fk_application_event_answer_link_id"), "answer_link", ["answer_link_id"], ["id"]
        )
    with op.batch_alter_table("opening") as row:
        row.add_column(sa.Column("answer_days", sa.Integer(), nullable=False, server_default="14"))
        row.add_column(sa.Column("still_hiring_asked_on", sa.Date(), nullable=True))
        row.add_column(sa.Column("still_hiring_on", sa.Date(), nullable=True))
        row.add_column(sa.Column("still_hiring_reminded_on", sa.Date(), nullable=True))
        row.add_column(sa.Column("paused_on", sa.Date(), nullable=True))
        row.create_check_constraint(op.f("ck_opening_answer_days"), "answer_days BETWEEN 1 AND 60")
    with op.batch_alter_table("organisation") as row:
        row.add_column(sa.Column("business_number", sa.String(length=10), nullable=True))
        row.add_column(sa.Column("contact_email", sa.String(length=254), nullable=True))
        row.add_column(
            sa.Column("papers_kept_days", sa.Integer(), nullable=False, server_default="180")
        )
        row.create_check_constraint(
            op.f("ck_organisation_papers_kept"), "papers_kept_days BETWEEN 14 AND 180"
        )
    with op.batch_alter_table("outbox_mail") as row:
        row.alter_column("account_id", existing_type=sa.Integer(), nullable=True)
        row.add_column(sa.Column("address", sa.String(length=254), nullable=True))
        row.create_check_constraint(
            op.f("ck_outbox_mail_reader"), "(account_id IS NULL) <> (address IS NULL)"
        )
    with op.batch_alter_table("youth_profile") as row:
        row.add_column(sa.Column("looking_asked_on", sa.Date(), nullable=True))
        row.add_column(sa.Column("looking_on", sa.Date(), nullable=True))
        row.add_column(sa.Column("looking_stopped_on", sa.Date(), nullable=True))
    _targets(*TARGETS, "promise")
    for table, column in DEFAULTS:
        with op.batch_alter_table(table) as row:
            row.alter_column(column, server_default=None)


OPENING_COLUMNS = (
    "paused_on",
    "still_hiring_reminded_on",
    "still_hiring_on",
    "still_hiring_asked_on",
    "answer_days",
)
TARGETS = ("opening", "role", "certification")


def _targets(*values: str) -> None:
    """What a plan and a template of plans may lead to."""
    for table in ("plan", "plan_template"):
        with op.batch_alter_table(table) as row:
            row.drop_constraint(op.f(f"ck_{table}_target"), type_="check")
            row.create_check_constraint(op.f(f"ck_{table}_target"), _one_of("target", *values))


DEFAULTS = (
    ("application", "words"),
    ("application", "note"),
    ("application_event", "actor_role"),
    ("opening", "answer_days"),
    ("organisation", "papers_kept_days"),
)


def downgrade() -> None:
    _forget_promised_paths()
    _targets(*TARGETS)
    with op.batch_alter_table("youth_profile") as row:
        row.drop_column("looking_stopped_on")
        row.drop_column("looking_on")
        row.drop_column("looking_asked_on")
    # Mail to somebody without an account has no place in the older table.
    op.execute("DELETE FROM outbox_mail WHERE account_id IS NULL")
    with op.batch_alter_table("outbox_mail") as row:
        row.drop_constraint(op.f("ck_outbox_mail_reader"), type_="check")
        row.drop_column("address")
        row.alter_column("account_id", existing_type=sa.Integer(), nullable=False)
    with op.batch_alter_table("organisation") as row:
        row.drop_constraint(op.f("ck_organisation_papers_kept"), type_="check")
        for name in ("papers_kept_days", "contact_email", "business_number"):
            row.drop_column(name)
    with op.batch_alter_table("opening") as row:
        row.drop_constraint(op.f("ck_opening_answer_days"), type_="check")
        for name in OPENING_COLUMNS:
            row.drop_column(name)
    op.execute("DELETE FROM application_event WHERE actor_account_id IS NULL")
    with op.batch_alter_table("application_event") as row:
        row.drop_constraint(op.f("fk_application_event_answer_link_id"), type_="foreignkey")
        row.drop_column("answer_link_id")
        row.drop_column("actor_role")
        row.alter_column("actor_account_id", existing_type=sa.Integer(), nullable=False)
    op.execute("UPDATE application SET state = 'offered' WHERE state = 'accepted'")
    with op.batch_alter_table("application") as row:
        row.drop_constraint(op.f("fk_application_introduction_id"), type_="foreignkey")
        for name in ("late_reason", "cause"):
            row.drop_constraint(op.f(f"ck_application_{name}"), type_="check")
            row.drop_column(name)
        for name in ("papers_gone_on", "introduction_id", "answer_by", "note", "words"):
            row.drop_column(name)
        row.drop_constraint(op.f("ck_application_state"), type_="check")
        row.create_check_constraint(op.f("ck_application_state"), _one_of("state", *STATES))
    for table in TABLES:
        op.drop_table(table)


def _forget_promised_paths() -> None:
    """A path towards a promise has no target in the older tables."""
    promised = "SELECT id FROM plan WHERE target = 'promise'"
    for table in ("plan_step", "plan_event"):
        op.execute(f"DELETE FROM {table} WHERE plan_id IN ({promised})")  # noqa: S608 - no input
    op.execute("DELETE FROM plan WHERE target = 'promise'")


TABLES = (
    "answer_link_use",
    "slot_wait",
    "promise_taking",
    "job_offer",
    "interview",
    "answer_link",
    "review_score",
    "review_phase",
    "review_criterion",
    "review_conflict",
    "review_assignment",
    "review",
    "opening_version",
    "interview_slot",
    "interview_promise",
    "calibration_example",
    "same_person",
)


def _index(table: str, column: str) -> None:
    op.create_index(op.f(f"ix_{table}_{column}"), table, [column], unique=False)


def _choice(name: str, *values: str) -> sa.Enum:
    return sa.Enum(*values, name=name, native_enum=False, create_constraint=True, length=40)


def _one_of(column: str, *values: str) -> str:
    return f"{column} IN ({', '.join(repr(each) for each in values)})"


def _reference(table: str, column: str, target: str) -> sa.ForeignKeyConstraint:
    return sa.ForeignKeyConstraint([column], [target], name=op.f(f"fk_{table}_{column}"))
