"""What a check found: the verdict it asks for and the reason, gathered until all checks ran."""

from collections.abc import Iterable
from dataclasses import dataclass
from typing import Final

from matcher.credentials.types import Reason, Verdict

ORDER: Final = (
    Verdict.INVALID,
    Verdict.WRONG_RECIPIENT,
    Verdict.REVOKED,
    Verdict.SUSPENDED,
    Verdict.EXPIRED,
    Verdict.UNVERIFIABLE,
    Verdict.AUTHENTIC_UNKNOWN_ISSUER,
    Verdict.VERIFIED,
)
"""The worst first: of several findings the worst one is the verdict."""


@dataclass(frozen=True)
class Finding:
    """`verified` marks a remark that takes nothing away, as an old status list."""

    verdict: Verdict
    reason: Reason


class Refused(Exception):
    """A check that cannot go on; carries the one finding it ends with."""

    def __init__(self, code: str, verdict: Verdict = Verdict.INVALID, **details: str) -> None:
        super().__init__(code)
        self.finding = Finding(verdict, Reason(code, details))


def found(verdict: Verdict, code: str, **details: str) -> Finding:
    return Finding(verdict, Reason(code, details))


_STILL_PROVED: Final = frozenset({Verdict.VERIFIED, Verdict.EXPIRED, Verdict.WRONG_RECIPIENT})


def proves(findings: Iterable[Finding]) -> bool:
    """Whether the badge itself is good, whosever it is and however long ago. Its verdict does not
    tell: expired comes before unverifiable and before an issuer nobody knows."""
    return all(each.verdict in _STILL_PROVED for each in findings)


def worst(findings: Iterable[Finding]) -> Verdict:
    """Nothing found at all is `verified`: callers gather every check before they ask."""
    asked = {each.verdict for each in findings}
    return next((each for each in ORDER if each in asked), Verdict.VERIFIED)
