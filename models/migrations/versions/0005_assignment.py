"""Assignment rounds with their wishes, results and proofs

Revision 0005, after 0004.
"""

import sqlalchemy as sa
from alembic import op

revision = "0005"
down_revision = "0004"
branch_labels = None
depends_on = None

STATES = ("draft", "wishes_open", "wishes_closed", "dry_run", "proposed", "published", "cancelled")
STATUSES = ("enrolled", "on_leave", "expected_graduate", "graduated", "seeking", "working")
METHODS = ("deferred_acceptance", "weakly_stable", "max_fit")


def upgrade() -> None:
    op.create_table(
        "assignment_round",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("organisation_id", sa.Integer(), nullable=False),
        sa.Column("name_ko", sa.String(length=120), nullable=False),
        sa.Column("name_en", sa.String(length=120), nullable=False),
        sa.Column("state", _choice("state", *STATES), nullable=False),
        sa.Column("most_wishes", sa.Integer(), nullable=False),
        sa.Column("wishes_until", sa.Date(), nullable=False),
        sa.Column("cohort_status", _choice("cohort_status", *STATUSES), nullable=True),
        sa.Column("cohort_session_id", sa.Integer(), nullable=True),
        sa.Column("hard_rules", sa.JSON(), nullable=False),
        sa.Column("seed", sa.String(length=64), nullable=False),
        sa.Column("commitment", sa.String(length=64), nullable=False),
        sa.Column("committed_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("proposed_by_account_id", sa.Integer(), nullable=True),
        sa.Column("confirmed_by_account_id", sa.Integer(), nullable=True),
        sa.Column("published_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("is_demo", sa.Boolean(), nullable=False),
        sa.Column("version", sa.Integer(), nullable=False),
        *_moments("created_at", "updated_at"),
        sa.CheckConstraint(
            "most_wishes BETWEEN 1 AND 20", name=op.f("ck_assignment_round_most_wishes")
        ),
        _reference("assignment_round", "organisation_id", "organisation.id"),
        _reference("assignment_round", "cohort_session_id", "course_session.id"),
        _reference("assignment_round", "proposed_by_account_id", "account.id"),
        _reference("assignment_round", "confirmed_by_account_id", "account.id"),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_assignment_round")),
    )
    _index("assignment_round", "organisation_id")
    op.create_table(
        "assignment_opening",
        *_of_round("opening"),
        sa.Column("capacity", sa.Integer(), nullable=False),
        sa.Column("minimum", sa.Integer(), nullable=False),
        sa.Column("banded_at", sa.DateTime(timezone=True), nullable=True),
        sa.CheckConstraint("capacity > 0", name=op.f("ck_assignment_opening_capacity")),
        sa.CheckConstraint(
            "minimum BETWEEN 0 AND capacity", name=op.f("ck_assignment_opening_minimum")
        ),
        *_keys("assignment_opening", "opening"),
        _unique("assignment_opening", "round_id", "opening_id"),
    )
    op.create_table(
        "assignment_entry",
        *_of_round("youth"),
        sa.Column("code", sa.String(length=20), nullable=False),
        sa.Column("state", _choice("state", "joined", "withdrawn"), nullable=False),
        sa.Column("version", sa.Integer(), nullable=False),
        *_moments("created_at", "updated_at"),
        *_keys("assignment_entry", "youth"),
        _unique("assignment_entry", "round_id", "youth_id"),
        _unique("assignment_entry", "code"),
    )
    op.create_table(
        "assignment_wish",
        *_of_round("youth", "opening"),
        sa.Column("tier", sa.Integer(), nullable=False),
        sa.CheckConstraint("tier BETWEEN 1 AND 20", name=op.f("ck_assignment_wish_tier")),
        *_keys("assignment_wish", "youth", "opening"),
        _unique("assignment_wish", "round_id", "youth_id", "opening_id"),
    )
    op.create_table(
        "assignment_band",
        *_of_round("opening", "youth"),
        sa.Column("band", _choice("band", "a", "b", "c", "declined"), nullable=False),
        sa.Column("set_by_account_id", sa.Integer(), nullable=True),
        *_moments("at"),
        *_keys("assignment_band", "opening", "youth"),
        _reference("assignment_band", "set_by_account_id", "account.id"),
        _unique("assignment_band", "round_id", "opening_id", "youth_id"),
    )
    op.create_table(
        "assignment_run",
        *_of_round(),
        sa.Column("number", sa.Integer(), nullable=False),
        sa.Column("method", _choice("method", *METHODS), nullable=False),
        sa.Column("figures", sa.JSON(), nullable=False),
        sa.Column("document", sa.JSON(), nullable=False),
        sa.Column("sha256", sa.String(length=64), nullable=False),
        sa.Column("is_chosen", sa.Boolean(), nullable=False),
        sa.Column("made_by_account_id", sa.Integer(), nullable=True),
        *_moments("created_at"),
        *_keys("assignment_run"),
        _reference("assignment_run", "made_by_account_id", "account.id"),
        _unique("assignment_run", "round_id", "number", "method"),
    )
    op.create_table(
        "assignment_pair",
        *_of_round("opening", "youth"),
        sa.Column("state", _choice("state", "waiting", "confirmed", "dropped"), nullable=False),
        sa.Column("version", sa.Integer(), nullable=False),
        *_moments("created_at", "updated_at"),
        *_keys("assignment_pair", "opening", "youth"),
        _unique("assignment_pair", "round_id", "youth_id", "opening_id"),
    )
    op.create_table(
        "assignment_chance",
        *_of_round("youth"),
        sa.Column("placed", sa.Integer(), nullable=False),
        sa.Column("cleared", sa.Integer(), nullable=False),
        sa.Column("low", sa.Float(), nullable=False),
        sa.Column("high", sa.Float(), nullable=False),
        sa.Column("driver", sa.String(length=20), nullable=False),
        *_moments("computed_at"),
        *_keys("assignment_chance", "youth"),
        _unique("assignment_chance", "round_id", "youth_id"),
    )
    _index("assignment_opening", "round_id", "opening_id")
    _index("assignment_entry", "round_id", "youth_id")
    _index("assignment_wish", "round_id", "youth_id", "opening_id")
    _index("assignment_band", "round_id", "opening_id", "youth_id")
    _index("assignment_run", "round_id")
    _index("assignment_pair", "round_id", "opening_id", "youth_id")
    _index("assignment_chance", "round_id", "youth_id")


def downgrade() -> None:
    for name in ("chance", "pair", "run", "band", "wish", "entry", "opening", "round"):
        op.drop_table(f"assignment_{name}")


_TABLES = {"round": "assignment_round", "opening": "opening", "youth": "youth_profile"}


def _of_round(*parents: str) -> list[sa.Column]:
    names = ("id", *(f"{each}_id" for each in ("round", *parents)))
    return [sa.Column(name, sa.Integer(), nullable=False) for name in names]


def _keys(table: str, *parents: str) -> list[sa.schema.SchemaItem]:
    references = [
        _reference(table, f"{each}_id", f"{_TABLES[each]}.id") for each in ("round", *parents)
    ]
    return [*references, sa.PrimaryKeyConstraint("id", name=op.f(f"pk_{table}"))]


def _moments(*names: str) -> list[sa.Column]:
    return [sa.Column(name, sa.DateTime(timezone=True), nullable=False) for name in names]


def _choice(name: str, *values: str) -> sa.Enum:
    return sa.Enum(*values, name=name, native_enum=False, create_constraint=True, length=40)


def _unique(table: str, *columns: str) -> sa.UniqueConstraint:
    return sa.UniqueConstraint(*columns, name=op.f(f"uq_{table}_{'_'.join(columns)}"))


def _reference(table: str, column: str, target: str) -> sa.ForeignKeyConstraint:
    return sa.ForeignKeyConstraint([column], [target], name=op.f(f"fk_{table}_{column}"))


def _index(table: str, *columns: str) -> None:
    for column in columns:
        op.create_index(op.f(f"ix_{table}_{column}"), table, [column], unique=False)
