"""The people a partner may see for one opening, ranked; names are not among the things read."""

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from functools import cached_property

from sqlmodel import Session, col, or_, select

from matcher.actor import Actor
from matcher.matching.context import adjacency, ranking_context
from matcher.matching.openings import opening_of, openings_of
from matcher.matching.seekers import seekers_of
from matcher.policy.masking import candidate_number
from matcher.ranking.calibrating import Calibrated, Trait, calibrated
from matcher.ranking.context import RankingContext
from matcher.ranking.credits import Asks
from matcher.ranking.places import tie_of_opening
from matcher.ranking.prepared import PreparedSeekers
from matcher.ranking.recommend import Ranking, candidate_exclusions, rank_candidates
from matcher.ranking.types import SKILL, Opening, Requirement, Seeker
from matcher.store import candidate_marks, candidates
from models.opening import Opening as OpeningTable
from models.opening import OpeningState
from models.youth import YouthProfile


@dataclass(frozen=True)
class Pool:
    """`numbers` maps each visible youth to the number it has in this opening; `examples` are the
    visible people marked as ideal, and `traits` what they share where that adjusts the ranking."""

    opening: Opening
    people: PreparedSeekers
    ranking: Ranking
    numbers: Mapping[int, str]
    examples: tuple[int, ...] = ()
    traits: tuple[Trait, ...] = ()

    @cached_property
    def seekers(self) -> Mapping[int, Seeker]:
        return {each.id: each for each in self.people.seekers}

    def youth_of(self, number: str) -> int | None:
        return next((youth for youth, own in self.numbers.items() if own == number), None)


def rank_pool(
    session: Session, actor: Actor, opening: OpeningTable, today: date, mask_key: str
) -> Pool:
    """Everybody the actor may see for an own opening, best first. Eight queries.

    An example who took consent back counts for nothing from then on.
    """
    assert opening.id is not None
    found = opening_of(session, opening.id, today)
    assert found is not None
    scope = candidates.visible_to(actor, opening, today)
    seekers = seekers_of(session, scope, today, counting_skills(found))
    numbers = {each.id: candidate_number(mask_key, opening.id, each.id) for each in seekers}
    people = PreparedSeekers.from_seekers(seekers, ranking_context(session, today))
    adjusted, examples = rank_adjusted(session, found, people)
    return Pool(found, people, adjusted.ranking, numbers, examples, adjusted.traits)


def counting_skills(*openings: Opening) -> list[str]:
    """The skills that count toward anything the openings ask for or name: all that a ranking of
    people for them, their checklists and their filters look at."""
    wanted = [need for each in openings for need in each.requirements]
    wanted += [Requirement(SKILL + slug, "nice") for each in openings for slug in each.mentioned]
    asks = Asks.from_requirements(wanted, adjacency())
    return sorted(key.removeprefix(SKILL) for key in asks.source if key.startswith(SKILL))


def rank_adjusted(
    session: Session, opening: Opening, people: PreparedSeekers
) -> tuple[Calibrated, tuple[int, ...]]:
    """The whole ranking by the model and by the examples of the opening; and those examples that
    are among the people."""
    here = {each.id for each in people.seekers}
    marked = candidate_marks.examples(session, opening.id)
    examples = tuple(each for each in marked if each in here)
    ranking = rank_candidates(opening, people, people.context)
    return calibrated(ranking, examples, tie_of_opening(opening, people.context)), examples


def resolve_number(
    session: Session,
    actor: Actor,
    opening: OpeningTable,
    today: date,
    mask_key: str,
    number: str,
) -> int | None:
    """The visible youth behind a number, without ranking anybody."""
    return resolve_numbers(session, actor, opening, today, mask_key, [number]).get(number)


def resolve_numbers(
    session: Session,
    actor: Actor,
    opening: OpeningTable,
    today: date,
    mask_key: str,
    numbers: Collection[str],
) -> dict[str, int]:
    """The visible youths behind numbers; a number that is nobody, or nobody any more, is left
    out."""
    assert opening.id is not None
    visible = candidates.ids(session, candidates.visible_to(actor, opening, today))
    found = ((candidate_number(mask_key, opening.id, youth), youth) for youth in visible)
    return {number: youth for number, youth in found if number in numbers}


def fresh_counts(
    session: Session, actor: Actor, openings: Sequence[OpeningTable], today: date
) -> dict[int, int]:
    """Opening id -> people who can be ranked for it and whom the partner has not touched yet.

    People are read once for all openings: the pools of one partner overlap almost wholly.
    """
    live = [each for each in openings if each.state is OpeningState.PUBLISHED]
    if not live or actor.organisation_id is None:
        return {}
    sectors = sorted({each.sector for each in live})
    allowed = {
        sector: set(candidates.ids(session, candidates.pool(sector, today))) for sector in sectors
    }
    scope = select(YouthProfile.id).where(
        or_(*(col(YouthProfile.id).in_(candidates.pool(sector, today)) for sector in sectors))
    )
    ids = select(OpeningTable.id).where(col(OpeningTable.id).in_([each.id for each in live]))
    found = openings_of(session, ids)
    seekers = seekers_of(session, scope, today, counting_skills(*found))
    done = candidates.handled(session, actor.organisation_id)
    sector_of = {each.id: each.sector for each in live}
    context = ranking_context(session, today)
    return {
        each.id: _fresh(each, seekers, allowed[sector_of[each.id]], done, context) for each in found
    }


def _fresh(
    opening: Opening,
    seekers: Sequence[Seeker],
    allowed: set[int],
    done: set[tuple[int, int]],
    context: RankingContext,
) -> int:
    people = [each for each in seekers if each.id in allowed and (opening.id, each.id) not in done]
    return len(people) - len(candidate_exclusions(opening, people, context))
