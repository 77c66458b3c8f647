"""Column types and naming every table shares."""

from datetime import UTC, datetime
from enum import StrEnum
from typing import Any

from sqlalchemy import DateTime, Dialect, Enum, event
from sqlalchemy.orm import Mapper
from sqlalchemy.types import TypeDecorator
from sqlmodel import SQLModel

# A table class validates nothing, so its schema would be built for nobody at each start.
SQLModel.model_config["defer_build"] = True
# Named constraints, because batch migrations on SQLite cannot drop unnamed ones.
SQLModel.metadata.naming_convention = {
    "ix": "ix_%(column_0_N_label)s",
    "uq": "uq_%(table_name)s_%(column_0_N_name)s",
    "ck": "ck_%(table_name)s_%(constraint_name)s",
    "fk": "fk_%(table_name)s_%(column_0_N_name)s",
    "pk": "pk_%(table_name)s",
}


class UtcDateTime(TypeDecorator[datetime]):
    """An aware moment in, an aware UTC moment out, on databases that drop time zones too."""

    impl = DateTime(timezone=True)
    cache_ok = True

    def process_bind_param(self, value: datetime | None, dialect: Dialect) -> datetime | None:
        if value is None:
            return None
        if value.tzinfo is None:
            raise ValueError("a moment needs its time zone")
        return value.astimezone(UTC)

    def process_result_value(self, value: datetime | None, dialect: Dialect) -> datetime | None:
        if value is None:
            return None
        return value.replace(tzinfo=UTC) if value.tzinfo is None else value.astimezone(UTC)


@event.listens_for(Mapper, "after_mapper_constructed")
def _guard_version(mapper: Mapper[Any], _kind: type) -> None:
    """An UPDATE of a row with a `version` names the one that was read; StaleDataError when another
    transaction wrote in between. Flows count it up themselves."""
    version = mapper.local_table.c.get("version")
    if version is not None:
        mapper.version_id_col, mapper.version_id_generator = version, False


def choice(kind: type[StrEnum], name: str) -> Any:
    """A text column with a CHECK; a native enum would outlive its table on PostgreSQL."""
    return Enum(
        kind,
        name=name,
        native_enum=False,
        create_constraint=True,
        length=40,
        values_callable=lambda members: [member.value for member in members],
    )
