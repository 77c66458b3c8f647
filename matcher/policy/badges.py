"""What becomes of a badge once it was checked: whose it is, what it proves, what may be done."""

from enum import StrEnum

from matcher.credentials.types import Proof
from models.credential import IssuerMeans, PresentedCredential, PresentedState, Verdict

MOST_KEPT = 50
MOST_MB = 2
HOSTED, SIGNED = 3, 4
"""Verification of a record: its issuer's own host said so; a trusted issuer's signature holds."""
FROM_HOST = "host"
"""`source` of a badge whose content its own host gave; what a person hands in says how it came."""


class Doubt(StrEnum):
    """Why somebody looks at a genuine badge before it counts. Codes of reasons too."""

    OTHER_ADDRESS = "other_address"
    """It names e-mail addresses, and none is the account's."""
    NO_NAME = "no_name"
    """Neither an address nor a name."""
    NAME_UNSURE = "name_unsure"
    NAME_DIFFERS = "name_differs"
    TWO_ACCOUNTS = "two_accounts"
    """Another account handed in the same badge."""
    ASKED_AGAIN = "asked_again"
    """A desk took it for somebody else's before."""
    NOT_FETCHED = "not_fetched"
    """A link nobody could open for us: a person opens it."""


NAME_DOUBTS = (Doubt.NO_NAME, Doubt.NAME_UNSURE, Doubt.NAME_DIFFERS)
LASTING = frozenset({*NAME_DOUBTS, Doubt.ASKED_AGAIN})
"""Doubts that stay until a desk answers, whatever is handed in or goes wrong in between."""
DESK_SAID = "desk_said"
"""Code of the reason a desk wrote to the person when it said no; it goes when a desk says yes."""
LOOKED_AT = frozenset({PresentedState.IN_REVIEW, PresentedState.NOT_THEIRS})


def level_of(proof: str, means: IssuerMeans | None) -> int | None:
    """What a certificate proved this way is worth; None where the issuer may not stand behind one:
    it is not on the list (this service's own badges are not), or only with a signature."""
    if means is None:
        return None
    if proof == Proof.OB2_HOSTED:
        return HOSTED if means is IssuerMeans.HOSTED else None
    return SIGNED if means is IssuerMeans.SIGNED else HOSTED


def state_after(
    before: PresentedState,
    verdict: Verdict,
    has_doubts: bool,
    counts: bool,
    counted: bool,
    proved: bool,
) -> PresentedState:
    """`counts`: it stands for a certificate; `counted`: it did before this check. `proved`: its
    issuer still stands behind it."""
    if verdict is Verdict.EXPIRED and counted and proved:
        return PresentedState.COUNTED  # the record itself ends by its day
    if verdict is not Verdict.VERIFIED:
        refused = before is PresentedState.NOT_THEIRS
        return before if refused else PresentedState.CHECKED
    if has_doubts:
        return PresentedState.IN_REVIEW
    return PresentedState.COUNTED if counts else PresentedState.CHECKED


def is_settled(row: PresentedCredential) -> bool:
    """Whose it is has been answered with yes: by a desk, or because it counts already."""
    if row.state in (*LOOKED_AT, PresentedState.WITHDRAWN):
        return False
    return row.record_id is not None or row.decided_at is not None


def is_proved(row: PresentedCredential) -> bool:
    """The badge itself is good, whosever it is; otherwise a desk's word is all there is."""
    good = (Verdict.VERIFIED, Verdict.WRONG_RECIPIENT, Verdict.EXPIRED)
    return row.is_proved and bool(row.proof) and row.verdict in good


def can_check_again(row: PresentedCredential) -> bool:
    held = (PresentedState.CHECKED, PresentedState.IN_REVIEW, PresentedState.COUNTED)
    return row.data is not None and row.state in held


def can_withdraw(row: PresentedCredential) -> bool:
    return row.state is not PresentedState.WITHDRAWN and (row.data is not None or bool(row.link))


def can_decide(row: PresentedCredential) -> bool:
    """Also the other way round after one said no: the person may have asked again."""
    return row.state in LOOKED_AT
