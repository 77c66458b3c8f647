"""A key of the service and what it signed for a young person."""

from matcher.credentials.badge import Achieved, Issue, document, payload
from matcher.credentials.signing_keys import SigningKey, new_private, public_jwk, sign_jwt
from models.credential import IssuedCredential, IssuedKind, IssuerKey, KeyState
from tests import factories
from tests.authz.exhibits.hall import Hall
from tests.factories import NOW

ISSUED = "0b6f4a52-3d57-4a37-9d0e-5c3a6f1a2b10"
KEY = "20261121-exhibit"
DID = "did:web:oreum.example"


def signed(hall: Hall) -> None:
    private = new_private()
    key = IssuerKey(
        name=KEY, state=KeyState.ACTIVE, public_jwk=public_jwk(private), sealed=b"", created_at=NOW
    )
    key_id = factories.add(hall.session, key).id or 0
    achieved = Achieved(
        "https://oreum.example/courses/1",
        "데모 과정",
        "Demo",
        "80%",
        "Course",
        "haneul@example.com",
    )
    said = document(achieved, Issue(ISSUED, 7, "salt", NOW), DID, "오름", "https://oreum.example")
    row = IssuedCredential(
        youth_id=hall.people.youth.youth_id, kind=IssuedKind.SKILL, skill="python", level=2,
        number=ISSUED, key_id=key_id, status_index=7, state_since=NOW, created_at=NOW,
        token=sign_jwt(payload(said), SigningKey(f"{DID}#{KEY}", private)),
        content_sha256=achieved.sha256,
    )  # fmt: skip
    factories.add(hall.session, row)
