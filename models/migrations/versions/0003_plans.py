"""Plans with their steps, study and practice, vouchers, subsidies, calendar feeds, reminders

Revision 0003, after 0002.
"""

import sqlalchemy as sa
from alembic import op

revision = "0003"
down_revision = "0002"
branch_labels = None
depends_on = None


def upgrade() -> None:

    op.create_table(
        "calendar_feed",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("account_id", sa.Integer(), nullable=False),
        sa.Column("token_hash", sa.String(length=64), nullable=False),
        sa.Column("created_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("revoked_at", sa.DateTime(timezone=True), nullable=True),
        sa.ForeignKeyConstraint(
            ["account_id"], ["account.id"], name=op.f("fk_calendar_feed_account_id")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_calendar_feed")),
        sa.UniqueConstraint("token_hash", name=op.f("uq_calendar_feed_token_hash")),
    )
    op.create_index(
        op.f("ix_calendar_feed_account_id"), "calendar_feed", ["account_id"], unique=False
    )
    op.create_table(
        "digest_choice",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("account_id", sa.Integer(), nullable=False),
        sa.Column(
            "rhythm",
            sa.Enum(
                "weekly",
                "daily",
                "never",
                name="rhythm",
                native_enum=False,
                create_constraint=True,
                length=40,
            ),
            nullable=False,
        ),
        sa.Column("weekday", sa.Integer(), nullable=False),
        sa.Column("muted", sa.JSON(), nullable=False),
        sa.Column("updated_at", sa.DateTime(timezone=True), nullable=False),
        sa.CheckConstraint("weekday BETWEEN 1 AND 7", name=op.f("ck_digest_choice_weekday")),
        sa.ForeignKeyConstraint(
            ["account_id"], ["account.id"], name=op.f("fk_digest_choice_account_id")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_digest_choice")),
        sa.UniqueConstraint("account_id", name=op.f("uq_digest_choice_account_id")),
    )
    op.create_table(
        "subsidy",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("organisation_id", sa.Integer(), nullable=False),
        sa.Column("name_ko", sa.String(length=120), nullable=False),
        sa.Column("name_en", sa.String(length=120), nullable=False),
        sa.Column(
            "covers",
            sa.Enum(
                "exam",
                "course",
                "both",
                name="covers",
                native_enum=False,
                create_constraint=True,
                length=40,
            ),
            nullable=False,
        ),
        sa.Column("vendor_exams", sa.Boolean(), nullable=False),
        sa.Column("percent", sa.Integer(), nullable=False),
        sa.Column("cap_krw", sa.Integer(), nullable=False),
        sa.Column("remaining_krw", sa.Integer(), nullable=True),
        sa.Column("opens_on", sa.Date(), nullable=False),
        sa.Column("closes_on", sa.Date(), nullable=False),
        sa.Column("statuses", sa.JSON(), nullable=False),
        sa.Column("source", sa.String(length=300), nullable=False),
        sa.Column("is_demo", sa.Boolean(), nullable=False),
        sa.Column("is_active", sa.Boolean(), nullable=False),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.Column("created_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("updated_at", sa.DateTime(timezone=True), nullable=False),
        sa.CheckConstraint("cap_krw >= 0", name=op.f("ck_subsidy_cap_krw")),
        sa.CheckConstraint("closes_on >= opens_on", name=op.f("ck_subsidy_dates")),
        sa.CheckConstraint("percent BETWEEN 1 AND 100", name=op.f("ck_subsidy_percent")),
        sa.CheckConstraint("remaining_krw >= 0", name=op.f("ck_subsidy_remaining_krw")),
        sa.ForeignKeyConstraint(
            ["organisation_id"], ["organisation.id"], name=op.f("fk_subsidy_organisation_id")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_subsidy")),
    )
    op.create_index(
        op.f("ix_subsidy_organisation_id"), "subsidy", ["organisation_id"], unique=False
    )
    op.create_table(
        "busy_period",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("youth_id", sa.Integer(), nullable=False),
        sa.Column("name", sa.String(length=60), nullable=False),
        sa.Column("starts_on", sa.Date(), nullable=False),
        sa.Column("ends_on", sa.Date(), nullable=False),
        sa.Column("weekly_hours", sa.Integer(), nullable=False),
        sa.CheckConstraint("ends_on >= starts_on", name=op.f("ck_busy_period_dates")),
        sa.CheckConstraint(
            "weekly_hours BETWEEN 0 AND 80", name=op.f("ck_busy_period_weekly_hours")
        ),
        sa.ForeignKeyConstraint(
            ["youth_id"], ["youth_profile.id"], name=op.f("fk_busy_period_youth_id")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_busy_period")),
    )
    op.create_index(op.f("ix_busy_period_youth_id"), "busy_period", ["youth_id"], unique=False)
    op.create_table(
        "plan",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("youth_id", sa.Integer(), nullable=False),
        sa.Column(
            "target",
            sa.Enum(
                "opening",
                "role",
                "certification",
                name="target",
                native_enum=False,
                create_constraint=True,
                length=40,
            ),
            nullable=False,
        ),
        sa.Column("target_refs", sa.JSON(), nullable=False),
        sa.Column(
            "kind",
            sa.Enum(
                "fastest",
                "cheapest",
                "strongest",
                name="kind",
                native_enum=False,
                create_constraint=True,
                length=40,
            ),
            nullable=False,
        ),
        sa.Column("wishes", sa.JSON(), nullable=False),
        sa.Column(
            "state",
            sa.Enum(
                "accepted",
                "submitted",
                "approved",
                "returned",
                "finished",
                "abandoned",
                name="state",
                native_enum=False,
                create_constraint=True,
                length=40,
            ),
            nullable=False,
        ),
        sa.Column("starts_on", sa.Date(), nullable=False),
        sa.Column("ends_on", sa.Date(), nullable=False),
        sa.Column("weekly_hours", sa.Integer(), nullable=False),
        sa.Column("model_version", sa.String(length=40), nullable=False),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.Column("created_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("updated_at", sa.DateTime(timezone=True), nullable=False),
        sa.CheckConstraint("ends_on >= starts_on", name=op.f("ck_plan_dates")),
        sa.ForeignKeyConstraint(["youth_id"], ["youth_profile.id"], name=op.f("fk_plan_youth_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_plan")),
    )
    op.create_index(op.f("ix_plan_youth_id"), "plan", ["youth_id"], unique=False)
    op.create_table(
        "practice_score",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("youth_id", sa.Integer(), nullable=False),
        sa.Column("certification", sa.String(length=10), nullable=False),
        sa.Column("exam_code", sa.String(length=20), nullable=False),
        sa.Column("domain", sa.Integer(), nullable=True),
        sa.Column("taken_on", sa.Date(), nullable=False),
        sa.Column("percent", sa.Integer(), nullable=False),
        sa.Column(
            "source",
            sa.Enum(
                "official_questions",
                "official_practice_exam",
                "course",
                "other",
                name="source",
                native_enum=False,
                create_constraint=True,
                length=40,
            ),
            nullable=False,
        ),
        sa.Column("created_at", sa.DateTime(timezone=True), nullable=False),
        sa.CheckConstraint("domain BETWEEN 1 AND 12", name=op.f("ck_practice_score_domain")),
        sa.CheckConstraint("percent BETWEEN 0 AND 100", name=op.f("ck_practice_score_percent")),
        sa.ForeignKeyConstraint(
            ["youth_id"], ["youth_profile.id"], name=op.f("fk_practice_score_youth_id")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_practice_score")),
    )
    op.create_index(
        op.f("ix_practice_score_youth_id"), "practice_score", ["youth_id"], unique=False
    )
    op.create_table(
        "study_entry",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("youth_id", sa.Integer(), nullable=False),
        sa.Column("certification", sa.String(length=10), nullable=False),
        sa.Column("domain", sa.Integer(), nullable=True),
        sa.Column("studied_on", sa.Date(), nullable=False),
        sa.Column("minutes", sa.Integer(), nullable=False),
        sa.Column("note", sa.String(length=200), nullable=False),
        sa.Column("created_at", sa.DateTime(timezone=True), nullable=False),
        sa.CheckConstraint("domain BETWEEN 1 AND 12", name=op.f("ck_study_entry_domain")),
        sa.CheckConstraint("minutes BETWEEN 1 AND 1440", name=op.f("ck_study_entry_minutes")),
        sa.ForeignKeyConstraint(
            ["youth_id"], ["youth_profile.id"], name=op.f("fk_study_entry_youth_id")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_study_entry")),
    )
    op.create_index(op.f("ix_study_entry_youth_id"), "study_entry", ["youth_id"], unique=False)
    op.create_table(
        "voucher",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("organisation_id", sa.Integer(), nullable=False),
        sa.Column("code", sa.String(length=60), nullable=False),
        sa.Column("percent", sa.Integer(), nullable=False),
        sa.Column("level", sa.String(length=20), nullable=True),
        sa.Column("expires_on", sa.Date(), nullable=False),
        sa.Column(
            "state",
            sa.Enum(
                "free",
                "assigned",
                "used",
                "withdrawn",
                name="state",
                native_enum=False,
                create_constraint=True,
                length=40,
            ),
            nullable=False,
        ),
        sa.Column("youth_id", sa.Integer(), nullable=True),
        sa.Column("assigned_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("assigned_by_account_id", sa.Integer(), nullable=True),
        sa.Column("used_on", sa.Date(), nullable=True),
        sa.Column("note", sa.String(length=200), nullable=False),
        sa.Column("is_demo", sa.Boolean(), nullable=False),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.Column("created_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("updated_at", sa.DateTime(timezone=True), nullable=False),
        sa.CheckConstraint("percent BETWEEN 1 AND 100", name=op.f("ck_voucher_percent")),
        sa.ForeignKeyConstraint(
            ["assigned_by_account_id"],
            ["account.id"],
            name=op.f("fk_voucher_assigned_by_account_id"),
        ),
        sa.ForeignKeyConstraint(
            ["organisation_id"], ["organisation.id"], name=op.f("fk_voucher_organisation_id")
        ),
        sa.ForeignKeyConstraint(
            ["youth_id"], ["youth_profile.id"], name=op.f("fk_voucher_youth_id")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_voucher")),
        sa.UniqueConstraint("code", name=op.f("uq_voucher_code")),
    )
    op.create_index(
        op.f("ix_voucher_organisation_id"), "voucher", ["organisation_id"], unique=False
    )
    op.create_index(op.f("ix_voucher_youth_id"), "voucher", ["youth_id"], unique=False)
    op.create_table(
        "plan_event",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("plan_id", sa.Integer(), nullable=False),
        sa.Column(
            "kind",
            sa.Enum(
                "accepted",
                "submitted",
                "approved",
                "returned",
                "pace",
                "step_done",
                "step_skipped",
                "step_reopened",
                "finished",
                "abandoned",
                name="kind",
                native_enum=False,
                create_constraint=True,
                length=40,
            ),
            nullable=False,
        ),
        sa.Column("account_id", sa.Integer(), nullable=False),
        sa.Column("comment", sa.String(length=1000), nullable=False),
        sa.Column("at", sa.DateTime(timezone=True), nullable=False),
        sa.ForeignKeyConstraint(
            ["account_id"], ["account.id"], name=op.f("fk_plan_event_account_id")
        ),
        sa.ForeignKeyConstraint(["plan_id"], ["plan.id"], name=op.f("fk_plan_event_plan_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_plan_event")),
    )
    op.create_index(op.f("ix_plan_event_plan_id"), "plan_event", ["plan_id"], unique=False)
    op.create_table(
        "plan_step",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("plan_id", sa.Integer(), nullable=False),
        sa.Column("place", sa.Integer(), nullable=False),
        sa.Column(
            "kind",
            sa.Enum(
                "exam",
                "course",
                "microcredential",
                "study",
                "project",
                name="kind",
                native_enum=False,
                create_constraint=True,
                length=40,
            ),
            nullable=False,
        ),
        sa.Column("ref", sa.String(length=80), nullable=False),
        sa.Column("starts_on", sa.Date(), nullable=False),
        sa.Column("ends_on", sa.Date(), nullable=False),
        sa.Column("hours", sa.Float(), nullable=False),
        sa.Column(
            "state",
            sa.Enum(
                "todo",
                "done",
                "skipped",
                name="state",
                native_enum=False,
                create_constraint=True,
                length=40,
            ),
            nullable=False,
        ),
        sa.Column("done_on", sa.Date(), nullable=True),
        sa.Column("details", sa.JSON(), nullable=False),
        sa.CheckConstraint("ends_on >= starts_on", name=op.f("ck_plan_step_dates")),
        sa.ForeignKeyConstraint(["plan_id"], ["plan.id"], name=op.f("fk_plan_step_plan_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_plan_step")),
        sa.UniqueConstraint("plan_id", "place", name=op.f("uq_plan_step_plan_id_place")),
    )
    op.create_index(op.f("ix_plan_step_plan_id"), "plan_step", ["plan_id"], unique=False)


def downgrade() -> None:

    op.drop_index(op.f("ix_plan_step_plan_id"), table_name="plan_step")
    op.drop_table("plan_step")
    op.drop_index(op.f("ix_plan_event_plan_id"), table_name="plan_event")
    op.drop_table("plan_event")
    op.drop_index(op.f("ix_voucher_youth_id"), table_name="voucher")
    op.drop_index(op.f("ix_voucher_organisation_id"), table_name="voucher")
    op.drop_table("voucher")
    op.drop_index(op.f("ix_study_entry_youth_id"), table_name="study_entry")
    op.drop_table("study_entry")
    op.drop_index(op.f("ix_practice_score_youth_id"), table_name="practice_score")
    op.drop_table("practice_score")
    op.drop_index(op.f("ix_plan_youth_id"), table_name="plan")
    op.drop_table("plan")
    op.drop_index(op.f("ix_busy_period_youth_id"), table_name="busy_period")
    op.drop_table("busy_period")
    op.drop_index(op.f("ix_subsidy_organisation_id"), table_name="subsidy")
    op.drop_table("subsidy")
    op.drop_table("digest_choice")
    op.drop_index(op.f("ix_calendar_feed_account_id"), table_name="calendar_feed")
    op.drop_table("calendar_feed")
