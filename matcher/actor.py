"""Who is asking: the value that scopes every query and answers every permission question."""

from dataclasses import dataclass
from datetime import datetime

from matcher.refusal import NotFound
from models.account import Role


@dataclass(frozen=True)
class Actor:
    """A signed-in account. `youth_id` is set for youths, `organisation_id` for staff."""

    account_id: int
    role: Role
    name: str
    language: str = "ko"
    organisation_id: int | None = None
    organisation_name: str | None = None
    youth_id: int | None = None
    signed_in_at: datetime | None = None
    """When the password was last given; None for access tokens."""

    @property
    def own_youth_id(self) -> int:
        """Raises NotFound for whoever is not a young person."""
        if self.youth_id is None:
            raise NotFound
        return self.youth_id
