"""Two ideal people marked for one opening, so that an adjusted list can be looked at."""

from datetime import timedelta
from random import Random

from matcher.catalogue.demo import SEED
from matcher.catalogue.demo.standing import partner_address
from matcher.flows.demo.writing import Writing
from matcher.matching.candidates import rank_adjusted
from matcher.matching.context import ranking_context
from matcher.matching.openings import opening_of
from matcher.matching.seekers import seekers_of
from matcher.ranking.calibrating import LEAST_EXAMPLES
from matcher.ranking.prepared import PreparedSeekers
from matcher.store import candidates
from models.opening import Opening
from models.review import CalibrationExample

PARTNER = "baramgyeol-grid"
AMONG = 15
"""The examples are drawn from those who stand this high."""


def examples(writing: Writing) -> None:
    """The opening is the partner's first."""
    session, today = writing.session, writing.unit.today
    number = next(each.number for each in writing.data.openings if each.organisation == PARTNER)
    row = session.get_one(Opening, writing.ids["opening"][number])
    found = opening_of(session, row.id or 0, today)
    assert found is not None
    seekers = seekers_of(session, candidates.pool(row.sector, today), today)
    people = PreparedSeekers.from_seekers(seekers, ranking_context(session, today))
    ranking = rank_adjusted(session, found, people)[0].ranking
    first = [each.id for each in ranking.items[:AMONG]]
    chosen = Random(f"{SEED}|calibrated").sample(first, min(LEAST_EXAMPLES, len(first)))
    at = writing.unit.now - timedelta(days=2)
    address = partner_address(PARTNER)
    person = next(each for each in writing.data.people if each.email == address)
    rows = [
        {"opening_id": row.id, "youth_id": each, "account_id": writing.account(person), "at": at}
        for each in sorted(chosen)
    ]
    writing.add(CalibrationExample, rows)
