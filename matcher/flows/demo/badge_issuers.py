"""An issuer of the demo on the centre's list, one that was switched off, and two status lists."""

from datetime import timedelta

from matcher.flows.demo.writing import Writing
from matcher.matching import demo_badge_issuer as issuer
from models.credential import IssuerMeans, StatusListCopy, TrustedIssuer

LIST_AGE = timedelta(days=3)
REVOKED = (13,)
"""Bits of badges the demo's issuer took back."""
SUSPENDED = (14,)
"""Of those it stopped for a while."""

LEFT = {
    "issuer": "https://left.demo.example/issuer",
    "name": "데모 교육원 (그만 인정한 곳)",
    "keys": None,
    "means": IssuerMeans.HOSTED,
    "backs_certificates": False,
    "note": "데모 자료입니다.",
    "is_active": False,
    "is_demo": True,
}


def badge_issuers(writing: Writing) -> None:
    now = writing.unit.now
    since = now - timedelta(days=90)
    rest = {"account_id": None, "version": 1, "created_at": since, "updated_at": since}
    own = {**issuer.issuer_row(), "means": IssuerMeans.SIGNED, "is_active": True}
    writing.add(TrustedIssuer, [{**rest, **own}, {**rest, **LEFT}])
    made_at = now - LIST_AGE
    raised = {"revocation": REVOKED, "suspension": SUSPENDED}
    kept = [
        StatusListCopy(
            address=issuer.list_address(purpose),
            issuer=issuer.DID,
            data=issuer.status_list(made_at, bits, purpose),
            made_at=made_at,
            kept_at=now,
        )
        for purpose, bits in raised.items()
    ]
    writing.add(StatusListCopy, [each.model_dump(exclude={"id"}) for each in kept])
