"""Two records of one person: who they are, whose rows move, and the notes that move them back."""

from collections.abc import Mapping, Sequence
from datetime import date, datetime
from enum import Enum
from typing import Any, NamedTuple

from sqlalchemy import Date as DateType
from sqlalchemy import Enum as EnumType
from sqlalchemy import Select, Table, UniqueConstraint, delete, func, select, update
from sqlmodel import Session, SQLModel, col

from matcher.actor import Actor
from matcher.store.cohort import people
from models.account import Account, Membership
from models.base import UtcDateTime
from models.organisation import Organisation
from models.people_desk import DistinctPair, PersonMerge, PersonMergeChange
from models.youth import YouthProfile

STAYS = frozenset(
    {
        "access_record",  # who looked at which record is history, and a chain of hashes
        "audit_trait",
        "consent",
        "distinct_pair",
        "person_merge",
        "person_merge_change",
        "share_link",  # it shows one record; what it shows must not grow by a merge
        "share_link_use",
    }
)
"""Tables with a youth_id whose rows a merge leaves where they are. A consent was given by one
account for one record: what it allows must not grow by a merge."""
HIGHER = {"skill_record": ("skill", ("verification", "level"))}
"""Of two rows that cannot both be kept the higher one goes with the person: the column that may
be spelt differently for a moment, and what is compared."""


OUTDATED: Mapping[str, Mapping[str, Any]] = {"issued_credential": {"content_sha256": ""}}
"""What a row cannot keep under another record: a signed credential names the address of the other
account, and without its content's hash it is signed anew for the one that stays."""


class Person(NamedTuple):
    profile: YouthProfile
    account: Account
    organisation: Organisation | None


class MergeRow(NamedTuple):
    merge: PersonMerge
    name: str
    desk_id: int | None
    """The organisation whose desk merged the two."""


def everyone(session: Session, actor: Actor) -> list[Person]:
    found = session.execute(_people(actor).order_by(col(YouthProfile.id)))
    return [Person(*row) for row in found]


def person(session: Session, actor: Actor, youth_id: int) -> Person | None:
    row = session.execute(_people(actor).where(col(YouthProfile.id) == youth_id)).first()
    return None if row is None else Person(*row)


def apart(session: Session) -> set[tuple[int, int]]:
    rows = session.execute(select(col(DistinctPair.youth_id), col(DistinctPair.other_youth_id)))
    return {(first, second) for first, second in rows}


def counts(session: Session, youth_id: int) -> dict[str, int]:
    """Rows of this person by table, of the tables whose rows would move."""
    found = {}
    for table in tables():
        statement = select(func.count()).select_from(table).where(table.c.youth_id == youth_id)
        if number := int(session.execute(statement).scalar_one()):
            found[table.name] = number
    return found


def tables() -> list[Table]:
    return [
        table
        for name, table in sorted(SQLModel.metadata.tables.items())
        if "youth_id" in table.c and name not in STAYS
    ]


def merges(session: Session, actor: Actor, most: int = 20) -> list[MergeRow]:
    """Merges into people this desk looks after, the newest first."""
    found = session.execute(_standing(actor).order_by(col(PersonMerge.id).desc()).limit(most))
    return [MergeRow(*row) for row in found]


def merge(session: Session, actor: Actor, merge_id: int) -> MergeRow | None:
    """One that stands; locked, so that it is undone once."""
    row = session.execute(
        _standing(actor)
        .where(col(PersonMerge.id) == merge_id)
        .with_for_update(of=PersonMerge.__table__)  # type: ignore[attr-defined]  # a table has one
    ).first()
    return None if row is None else MergeRow(*row)


def _standing(actor: Actor) -> Select[PersonMerge, str, int | None]:
    return (
        select(PersonMerge, col(Account.name), col(Membership.organisation_id))
        .join(YouthProfile, col(YouthProfile.id) == col(PersonMerge.youth_id))
        .join(Account, col(Account.id) == col(YouthProfile.account_id))
        .outerjoin(Membership, col(Membership.account_id) == col(PersonMerge.account_id))
        .where(people(actor), col(PersonMerge.undone_at).is_(None))
    )


def changes(session: Session, merge_id: int) -> Sequence[PersonMergeChange]:
    """The last first."""
    return session.scalars(
        select(PersonMergeChange)
        .where(col(PersonMergeChange.merge_id) == merge_id)
        .order_by(col(PersonMergeChange.id).desc())
    ).all()


def forget_changes(session: Session, merge_id: int) -> None:
    session.execute(delete(PersonMergeChange).where(col(PersonMergeChange.merge_id) == merge_id))


class Mover:
    """Changes rows and notes what they said; `merge_id` and `youth_id` mark the notes."""

    def __init__(self, session: Session, merge_id: int, youth_id: int) -> None:
        self.session, self.merge_id, self.youth_id = session, merge_id, youth_id
        self.moved: dict[str, int] = {}

    def change(self, table: Table, row_id: int, values: Mapping[str, Any]) -> None:
        here = table.c.id == row_id
        row = self.session.execute(select(table).where(here)).mappings().one()
        before = {name: plain(row[name]) for name in values if row[name] != values[name]}
        if not before:
            return
        self.session.execute(update(table).where(here).values(**values))
        after = {name: plain(values[name]) for name in before}
        self.session.add(
            PersonMergeChange(
                merge_id=self.merge_id, youth_id=self.youth_id, table_name=table.name,
                row_id=row_id, before=before, after=after,
            )
        )  # fmt: skip
        self.session.flush()  # notes are undone in the order they were written

    def take_all(self, other_id: int) -> None:
        """Every row of the other that may move; of two that clash the higher one."""
        for table in tables():
            own = self._keyed(table, self.youth_id)
            for key, row in self._keyed(table, other_id, all_rows=True).items():
                held = own.get(key) if key[0] == "key" else None
                if held is None:
                    self._take(table, row["id"])
                elif _is_higher(table.name, row, held):
                    self._swap(table, row, held, other_id)

    def _take(self, table: Table, row_id: int) -> None:
        self.change(table, row_id, {"youth_id": self.youth_id, **OUTDATED.get(table.name, {})})
        self.moved[table.name] = self.moved.get(table.name, 0) + 1

    def _swap(self, table: Table, row: Any, held: Any, other_id: int) -> None:
        """The lower one waits under the other record; two steps, for both cannot have one key."""
        column = HIGHER[table.name][0]
        aside = f"~{held['id']}"
        self.change(table, held["id"], {column: aside})
        self._take(table, row["id"])
        self.change(table, held["id"], {"youth_id": other_id})
        self.change(table, held["id"], {column: held[column]})

    def _keyed(self, table: Table, youth_id: int, all_rows: bool = False) -> dict[Any, Any]:
        """Rows by what may be there only once for a person, or by their number."""
        unique = next(
            (
                [column.name for column in each.columns if column.name != "youth_id"]
                for each in table.constraints
                if isinstance(each, UniqueConstraint) and "youth_id" in each.columns
            ),
            None,
        )
        rows = self.session.execute(
            select(table).where(table.c.youth_id == youth_id).order_by(table.c.id)
        ).mappings()
        found: dict[Any, Any] = {}
        for row in rows:
            if unique is not None:
                found["key", *(row[name] for name in unique)] = row
            elif all_rows:
                found["row", row["id"]] = row
        return found


def put_back(session: Session, note: PersonMergeChange) -> bool:
    """Undo one note as far as the row still says what the merge wrote; False when it is gone."""
    table = SQLModel.metadata.tables[note.table_name]
    here = table.c.id == note.row_id
    row = session.execute(select(table).where(here)).mappings().first()
    if row is None:
        return False
    values = {
        name: typed(table, name, note.before[name])
        for name, value in note.after.items()
        if plain(row[name]) == value
    }
    if values:
        session.execute(update(table).where(here).values(**values))
    return True


def plain(value: Any) -> Any:
    if isinstance(value, Enum):
        return value.value
    return value.isoformat() if isinstance(value, date | datetime) else value


def typed(table: Table, name: str, value: Any) -> Any:
    kind = table.c[name].type
    if value is None:
        return None
    if isinstance(kind, UtcDateTime):
        return datetime.fromisoformat(value)
    if isinstance(kind, EnumType) and kind.enum_class is not None:
        return kind.enum_class(value)
    return date.fromisoformat(value) if isinstance(kind, DateType) else value


def _people(actor: Actor) -> Any:
    return (
        select(YouthProfile, Account, Organisation)
        .join(Account, col(Account.id) == col(YouthProfile.account_id))
        .outerjoin(Organisation, col(Organisation.id) == col(YouthProfile.organisation_id))
        .where(people(actor))
    )


def _is_higher(table: str, row: Any, held: Any) -> bool:
    names = HIGHER.get(table, ("", ()))[1]
    return [row[name] for name in names] > [held[name] for name in names]
