"""Planning scenarios of the desks; targets and budgets of programmes

Revision 0006, after 0005.
"""

import sqlalchemy as sa
from alembic import op

revision = "0006"
down_revision = "0005"
branch_labels = None
depends_on = None

COUNTS = ("people", "completions", "certificates", "placements")


def upgrade() -> None:
    op.create_table(
        "planning_scenario",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("organisation_id", sa.Integer(), nullable=False),
        sa.Column("account_id", sa.Integer(), nullable=True),
        sa.Column("name", sa.String(length=80), nullable=False),
        sa.Column("inputs", sa.JSON(), nullable=False),
        sa.Column("results", sa.JSON(), nullable=False),
        sa.Column("data_on", sa.Date(), nullable=False),
        sa.Column("created_at", sa.DateTime(timezone=True), nullable=False),
        sa.ForeignKeyConstraint(
            ["account_id"], ["account.id"], name=op.f("fk_planning_scenario_account_id")
        ),
        sa.ForeignKeyConstraint(
            ["organisation_id"],
            ["organisation.id"],
            name=op.f("fk_planning_scenario_organisation_id"),
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_planning_scenario")),
        sa.UniqueConstraint(
            "organisation_id", "name", name=op.f("uq_planning_scenario_organisation_id_name")
        ),
    )
    op.create_index(
        op.f("ix_planning_scenario_organisation_id"), "planning_scenario", ["organisation_id"]
    )
    op.create_table(
        "programme_target",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("organisation_id", sa.Integer(), nullable=False),
        sa.Column("year", sa.Integer(), nullable=False),
        sa.Column("rise_project", sa.String(length=60), nullable=False),
        *(sa.Column(name, sa.Integer(), nullable=True) for name in COUNTS),
        sa.Column("budget_krw", sa.BigInteger(), nullable=True),
        sa.Column("spent_krw", sa.BigInteger(), nullable=True),
        sa.Column("note", sa.String(length=300), nullable=False),
        sa.Column("is_demo", sa.Boolean(), nullable=False),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.Column("updated_by_account_id", sa.Integer(), nullable=True),
        sa.Column("created_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("updated_at", sa.DateTime(timezone=True), nullable=False),
        sa.CheckConstraint("year BETWEEN 2020 AND 2100", name=op.f("ck_programme_target_year")),
        sa.CheckConstraint(
            "people >= 0 AND completions >= 0 AND certificates >= 0 AND placements >= 0",
            name=op.f("ck_programme_target_counts"),
        ),
        sa.CheckConstraint(
            "budget_krw >= 0 AND spent_krw >= 0", name=op.f("ck_programme_target_money")
        ),
        sa.ForeignKeyConstraint(
            ["organisation_id"],
            ["organisation.id"],
            name=op.f("fk_programme_target_organisation_id"),
        ),
        sa.ForeignKeyConstraint(
            ["updated_by_account_id"],
            ["account.id"],
            name=op.f("fk_programme_target_updated_by_account_id"),
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_programme_target")),
        sa.UniqueConstraint(
            "organisation_id",
            "year",
            "rise_project",
            name=op.f("uq_programme_target_organisation_id_year_rise_project"),
        ),
    )
    op.create_index(
        op.f("ix_programme_target_organisation_id"), "programme_target", ["organisation_id"]
    )


def downgrade() -> None:
    op.drop_table("programme_target")
    op.drop_table("planning_scenario")
