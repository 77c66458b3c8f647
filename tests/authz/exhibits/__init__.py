"""One object of every kind: `haneul`'s, the first university's or the first partner's."""

from collections.abc import Mapping
from dataclasses import dataclass

from matcher.policy.masking import candidate_number
from matcher.ranking.weights import MODEL_VERSION
from matcher.wiring import Services
from tests.authz.exhibits import classes, community, desk, matching, records
from tests.authz.exhibits.classes import CREDENTIAL
from tests.authz.exhibits.credentials import ISSUED, KEY, signed
from tests.authz.exhibits.hall import Hall
from tests.authz.exhibits.hiring import hiring
from tests.authz.exhibits.issuers import listed
from tests.people import People
from tests.walk import MASK_KEY, Route

MISSING = 2_147_483_000
_SUBJECTS = (
    matching.openings,
    classes.course,
    classes.venues,
    classes.credential,
    signed,
    listed,
    records.own_records,
    records.granted,
    records.progress,
    matching.plans,
    hiring,
    desk.imports,
    desk.partner_files,
    desk.proofs,
    desk.merged,
    matching.rounds,
    community.events_and_projects,
    desk.pack,
)
"""Parents first."""


@dataclass(frozen=True)
class Exhibits:
    """Table -> id of the exhibit; `foreign` -> a row of the same kind with another parent."""

    ids: Mapping[str, int]
    foreign: Mapping[str, int]
    number: str

    def fill(self, route: Route, **changed: object) -> str:
        values: dict[str, object] = {
            "slug": "python",
            "certification": "CLF",
            "label": MODEL_VERSION,
            "token": "A" * 43,
            "number": self.number,
            "credential": CREDENTIAL,
            "issued": ISSUED,
            "key": KEY,
            "purpose": "revocation",
        }
        for name in route.parameters:
            table = route.table(name)
            if table is not None:
                values[name] = self.ids[self._row(route, table)]
        return route.fill(values | changed)

    def _row(self, route: Route, table: str) -> str:
        """Approvals are about what waits, not about what is out already; a partner's files are
        other ones than a university's."""
        kinds = {"/centre/approvals": "waiting", "/partner/exchange": "partner"}
        named = [f"{kind} {table}" for start, kind in kinds.items() if route.path.startswith(start)]
        return next((each for each in named if each in self.ids), table)


def set_out(services: Services, people: People) -> Exhibits:
    with services.database.writing() as session:
        hall = Hall(session, people)
        for subject in _SUBJECTS:
            subject(hall)
        number = candidate_number(MASK_KEY, hall.ids["opening"], people.youth.youth_id or 0)
        return Exhibits(hall.ids, hall.foreign, number)
