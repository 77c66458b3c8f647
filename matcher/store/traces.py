"""What deleting leaves behind in the database file, and getting rid of it."""

import sqlite3
from pathlib import Path

from matcher.db import Database

LARGEST_AT_ONCE = 256 * 1024 * 1024


def wipe(database: Database, whatever_size: bool = False) -> bool:
    """Rewrite the SQLite file without free space and empty its log; True when that is done.

    `secure_delete` zeroes what is deleted, but pages rebuilt by SQLite may keep copies; only a
    rewritten file surely has none. It stops other writers for as long as it takes (about a second
    per 100 MB), so a large file is left to the nightly job. PostgreSQL does it in its autovacuum.
    """
    if not database.is_sqlite:
        return True
    path = database.url.database or ""
    if not whatever_size and Path(path).stat().st_size > LARGEST_AT_ONCE:
        return False
    connection = database.engine.raw_connection()
    try:
        cursor = connection.cursor()
        cursor.execute("VACUUM")
        cursor.execute("PRAGMA wal_checkpoint(TRUNCATE)")
        blocked = cursor.fetchone()
        cursor.close()
        return blocked is not None and blocked[0] == 0
    except sqlite3.OperationalError:
        return False
    finally:
        connection.close()
