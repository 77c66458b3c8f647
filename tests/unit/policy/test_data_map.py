"""The data map answers for every column there is."""

from sqlmodel import SQLModel

import models
from matcher.policy.data_map import DATA_MAP, Erase, Kind, exported_columns, owned_tables

TABLES = SQLModel.metadata.tables
assert models.__all__


def test_every_column_of_every_table_is_classified() -> None:
    declared = {name: set(rule.columns) for name, rule in DATA_MAP.items()}
    assert declared == {name: set(table.columns.keys()) for name, table in TABLES.items()}


def test_what_names_a_person_never_survives_erasure() -> None:
    left = {
        (name, column)
        for name, rule in DATA_MAP.items()
        for column, kind in rule.columns.items()
        if kind in (Kind.PERSON, Kind.WORDS)
        and rule.erase is not Erase.DELETE
        and column not in rule.blank
    }
    # The name of an uploaded file stays with the upload: staff work, not a record of the person.
    assert left == {("import_batch", "file_name")}


def test_owned_rows_are_found_by_a_column_that_exists() -> None:
    wrong = [
        name
        for name in owned_tables()
        if DATA_MAP[name].link not in TABLES[name].columns
        or not set(DATA_MAP[name].blank) <= set(TABLES[name].columns.keys())
    ]
    assert wrong == []


def test_every_table_about_a_person_is_exported_or_only_a_technical_trace() -> None:
    about_people = {name for name, rule in DATA_MAP.items() if rule.erase is not Erase.NOTHING}
    assert about_people - set(owned_tables()) == {"throttle_hit", "batch_change"}


def test_hashes_and_other_peoples_numbers_are_never_exported() -> None:
    told = {
        (name, column)
        for name in owned_tables()
        for column in exported_columns(name)
        if DATA_MAP[name].columns[column] in (Kind.HASH, Kind.OTHERS) or "hash" in column
    }
    assert told == set()
