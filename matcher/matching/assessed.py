"""Everybody partners would see ranked today, for the fairness figures of a trained model."""

from collections.abc import Mapping
from datetime import date

import numpy as np
from sqlalchemy import false
from sqlmodel import Session, col, or_, select

from matcher.matching.openings import openings_of
from matcher.matching.seekers import seekers_of
from matcher.matching.teaching import on_day
from matcher.ranking.features import candidate_matrix
from matcher.ranking.judging import Assessed, Pool
from matcher.ranking.recommend import candidate_exclusions
from matcher.ranking.types import Opening, Seeker
from matcher.store import candidates, openings, training_rows
from models.youth import YouthProfile


def assessed_now(session: Session, today: date) -> Assessed:
    """Every open opening with the people who agreed to be seen for it, whoever learned what.

    Universities and traits are read here only; they stand beside the scores, never in them.
    """
    found = openings_of(session, openings.open_now(None, today))
    sectors = sorted({each.sector for each in found if each.sector})
    allowed = {each: set(candidates.ids(session, candidates.pool(each, today))) for each in sectors}
    scope = select(YouthProfile.id).where(
        or_(false(), *(col(YouthProfile.id).in_(candidates.pool(each, today)) for each in sectors))
    )
    people = {each.id: each for each in seekers_of(session, scope, today)}
    pools = [_pool(each, people, allowed, today) for each in found]
    groups = {"university": training_rows.universities(session), **training_rows.traits(session)}
    return Assessed([each for each in pools if len(each.people)], groups)


def _pool(
    opening: Opening, people: Mapping[int, Seeker], allowed: Mapping[str, set[int]], today: date
) -> Pool:
    context = on_day(today)
    seen = [people[each] for each in sorted(allowed.get(opening.sector or "", ()))]
    out = {each.id for each in candidate_exclusions(opening, seen, context)}
    kept = [each for each in seen if each.id not in out]
    numbers = np.array([each.id for each in kept], dtype=np.int64)
    return Pool(numbers, candidate_matrix(opening, kept, context))
