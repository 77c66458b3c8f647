"""The data map: every column of every table, what it says about people, and what erasing does.

One declaration serves three: the export of a person's own data, erasure, and the test that no
column is added without an answer to both. `Erase.KEEP` rows hold numbers only; the number leads
to an account row that says nothing any more.
"""

from matcher.policy.data_map import desk, hiring, learning, paths, people, proofs, rounds, service
from matcher.policy.data_map.kinds import Erase, Kind, Owner, Table

__all__ = [
    "DATA_MAP",
    "EXPORTED",
    "Erase",
    "Kind",
    "Owner",
    "Table",
    "exported_columns",
    "owned_tables",
]

DATA_MAP: dict[str, Table] = {
    **people.TABLES,
    # Before what it signs: a reference is let go before its row is deleted.
    **proofs.TABLES,
    **learning.TABLES,
    **hiring.TABLES,
    **service.TABLES,
    **paths.TABLES,
    **rounds.TABLES,
    **desk.TABLES,
}
EXPORTED = (Kind.NUMBER, Kind.PERSON, Kind.RECORD, Kind.WORDS)


def exported_columns(table: str) -> tuple[str, ...]:
    """What the owner of a row gets to see of it; mails leave out their one-time links."""
    rule = DATA_MAP[table]
    hidden = {"context"} if table == "outbox_mail" else set()
    return tuple(
        name for name, kind in rule.columns.items() if kind in EXPORTED and name not in hidden
    )


def owned_tables() -> tuple[str, ...]:
    return tuple(name for name, rule in DATA_MAP.items() if rule.owner is not None)
