"""An issuer on the centre's list."""

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
