"""Whether the service can do its work: database reachable, schema newest."""

from sqlalchemy.exc import SQLAlchemyError

from matcher.db import Database
from matcher.store import schema


def problems(database: Database) -> list[str]:
    """Codes of what is missing; empty when ready."""
    try:
        return [] if schema.is_current(database) else ["schema"]
    except SQLAlchemyError:
        return ["database"]
