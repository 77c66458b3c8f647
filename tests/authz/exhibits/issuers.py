"""An issuer on the centre's list, and the demo's, whose badges may be tried."""

from matcher.matching import demo_badge_issuer
from models.credential import IssuerMeans, TrustedIssuer
from tests import factories
from tests.authz.exhibits.hall import Hall
from tests.factories import NOW


def listed(hall: Hall) -> None:
    row = TrustedIssuer(
        issuer="https://issuer.example/", name="데모 발급처", means=IssuerMeans.HOSTED,
        created_at=NOW, updated_at=NOW,
    )  # fmt: skip
    hall.ids["trusted_issuer"] = factories.add(hall.session, row).id or 0
    said = {**demo_badge_issuer.issuer_row(), "means": IssuerMeans.SIGNED}
    trying = TrustedIssuer(**said, created_at=NOW, updated_at=NOW)
    factories.add(hall.session, trying)
