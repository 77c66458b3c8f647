"""What the file anyone can check says, or at which places it has not the shape it must have."""

from collections.abc import Mapping
from dataclasses import dataclass

from matcher.planning.assignment.problem import Method, Problem


class UnreadableError(ValueError):
    """No JSON object in UTF-8, or too large; `code` and, where there is one, the place."""

    def __init__(self, code: str, line: int = 0, column: int = 0) -> None:
        super().__init__(code)
        self.code, self.line, self.column = code, line, column


@dataclass(frozen=True, slots=True)
class Fault:
    """A place at which the file has not the shape it must have."""

    path: str
    code: str


@dataclass(frozen=True, slots=True)
class Document:
    """`faults`: where there is one, the rest says nothing. `doubled`: keys an object has twice."""

    problem: Problem
    assignment: Mapping[str, str]
    method: Method = Method.WEAKLY_STABLE
    seed: str | None = None
    commitment: str | None = None
    committed_at: str | None = None
    doubled: tuple[str, ...] = ()
    faults: tuple[Fault, ...] = ()
