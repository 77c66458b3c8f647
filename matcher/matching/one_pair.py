"""How one person fits one posting, outside any list: a score needs nobody else."""

from dataclasses import replace
from datetime import date

from sqlmodel import Session

from matcher.matching.checklist import licence_stages
from matcher.matching.context import names_for, ranking_context
from matcher.matching.explained import Explained, explained
from matcher.matching.openings import opening_of
from matcher.matching.seekers import seeker_of
from matcher.ranking.recommend import rank_candidates


def explained_pair(
    session: Session, opening_id: int, youth_id: int, today: date
) -> Explained | None:
    """As the ranked list has it, for two the caller may see; None when a hard rule keeps the
    person out."""
    wanted = opening_of(session, opening_id, today)
    seeker = seeker_of(session, youth_id, today)
    if wanted is None or seeker is None:
        return None
    # The day the posting closed is no reason to hide why somebody fitted it.
    still_open = replace(wanted, closes_on=None)
    ranking = rank_candidates(still_open, [seeker], ranking_context(session, today))
    if not ranking.items:
        return None
    names = names_for(session, {each.key for each in wanted.requirements})
    return explained(
        ranking.items[0],
        seeker,
        names,
        today,
        formal=True,
        licences=licence_stages(session, youth_id),
    )
