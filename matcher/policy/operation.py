"""What the kind of operator lets the service do (직업안정법), and how candidates are listed."""

from dataclasses import dataclass

from matcher.settings import OperatorType


@dataclass(frozen=True)
class Operation:
    """`mask_key` makes the masked numbers; `explore_slots` places of the first page are drawn."""

    kind: OperatorType
    mask_key: str
    explore_slots: int = 0

    @property
    def may_rank_people(self) -> bool:
        """A listing-only operator recommends nobody and forwards nothing."""
        return self.kind is not OperatorType.INFORMATION_ONLY
