"""What the kind of operator lets the service do (직업안정법), and the key of masked numbers."""

from dataclasses import dataclass

from matcher.settings import OperatorType


@dataclass(frozen=True)
class Operation:
    kind: OperatorType
    mask_key: str

    @property
    def may_rank_people(self) -> bool:
        """A listing-only operator recommends nobody and forwards nothing."""
        return self.kind is not OperatorType.INFORMATION_ONLY
