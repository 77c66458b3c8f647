"""What every subject needs to set its exhibits out."""

from collections.abc import Iterator
from dataclasses import dataclass, field

from sqlmodel import Session

from tests.people import People, Person

Ids = dict[str, int]


@dataclass(frozen=True)
class Hall:
    session: Session
    people: People
    ids: Ids = field(default_factory=dict)
    """Table -> id of the exhibit."""
    foreign: Ids = field(default_factory=dict)
    """Table -> id of a row of the same kind with another parent."""

    def both(self, other: Person) -> Iterator[tuple[Ids, Person]]:
        """`haneul` owns the exhibits, `other` the foreign rows."""
        yield self.ids, self.people.youth
        yield self.foreign, other
