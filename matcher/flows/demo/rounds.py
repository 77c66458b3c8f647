"""Lays the demo's assignment rounds out by the same rules and methods as real ones."""

from collections.abc import Mapping, Sequence
from datetime import date, datetime, timedelta
from hashlib import sha256
from itertools import combinations
from random import Random

from sqlmodel import Session

from matcher.catalogue.demo.rounds import DemoRound
from matcher.matching.round_document import listed, sha256_of
from matcher.matching.round_figures import counted
from matcher.matching.round_odds import count_chances
from matcher.matching.round_pairs import Answer, answer_of
from matcher.matching.round_problem import built, opening_of_code
from matcher.planning.assignment.methods import place
from matcher.planning.assignment.problem import Method
from matcher.planning.assignment.seed import commitment
from matcher.store import candidates, round_people, rounds
from models.application import Introduction, IntroductionState
from models.assignment import (
    AssignmentBand,
    AssignmentEntry,
    AssignmentMethod,
    AssignmentOpening,
    AssignmentPair,
    AssignmentRound,
    AssignmentRun,
    AssignmentWish,
    Band,
    RoundState,
)
from models.assignment_exchange import AssignmentRequest

ANSWER_IN = timedelta(days=5)


def lay_out(
    session: Session,
    shape: DemoRound,
    organisation_id: int,
    openings: Mapping[str, int],
    standing_youth: int,
    desks: tuple[int, int],
    now: datetime,
    today: date,
) -> AssignmentRound:
    """`openings` by Korean title; `desks`: who proposed and who confirmed."""
    row = _round(session, shape, organisation_id, now, today)
    assert row.id is not None
    ids = [openings[title] for title, _seats in shape.seats]
    session.add_all(
        AssignmentOpening(round_id=row.id, opening_id=openings[title], capacity=seats)
        for title, seats in shape.seats
    )
    session.flush()
    people = _people(session, row, ids, shape, standing_youth, today)
    _wishes(session, row.id, people, ids, now, today)
    if shape.closes_in < 0:
        _bands(session, row.id, ids, people, standing_youth, now)
        _publish(session, row, desks, now, today)
        _swap_asked(session, row.id, now, today)
    else:
        count_chances(session, row, now, today)
    return row


def _round(
    session: Session, shape: DemoRound, organisation_id: int, now: datetime, today: date
) -> AssignmentRound:
    seed = sha256(f"demo|{shape.name_en}".encode()).hexdigest()
    opened = now - timedelta(days=14)
    row = AssignmentRound(
        organisation_id=organisation_id,
        name_ko=shape.name_ko,
        name_en=shape.name_en,
        state=RoundState.WISHES_OPEN,
        most_wishes=3,
        wishes_until=today + timedelta(days=shape.closes_in),
        seed=seed,
        commitment=commitment(seed),
        committed_at=opened,
        is_demo=True,
        created_at=opened,
        updated_at=now,
    )
    session.add(row)
    session.flush()
    return row


def _people(
    session: Session,
    row: AssignmentRound,
    ids: Sequence[int],
    shape: DemoRound,
    standing_youth: int,
    today: date,
) -> list[int]:
    """Of the cohort, whom every one of the openings' partners may see."""
    sectors = {each.sector for each in rounds.openings_of(session, row.id or 0)}
    able = set(candidates.ids(session, round_people.cohort(row, today)))
    for sector in sorted(sectors):
        able &= set(candidates.ids(session, candidates.pool(sector, today)))
    others = sorted(able - {standing_youth})[: shape.people]
    return [standing_youth, *others]


def _wishes(
    session: Session,
    round_id: int,
    people: Sequence[int],
    ids: Sequence[int],
    now: datetime,
    today: date,
) -> None:
    sector_of = {each.opening_id: each.sector for each in rounds.openings_of(session, round_id)}
    random = Random(f"rounds|{round_id}")
    for place_, youth_id in enumerate(people):
        code = f"p{sha256(f'{round_id}|{youth_id}'.encode()).hexdigest()[:12]}"
        session.add(
            AssignmentEntry(
                round_id=round_id, youth_id=youth_id, code=code, created_at=now, updated_at=now
            )
        )
        order = [
            each for each in ids if candidates.is_in_pool(session, sector_of[each], today, youth_id)
        ]
        if place_:
            random.shuffle(order)
        session.add_all(
            AssignmentWish(round_id=round_id, youth_id=youth_id, opening_id=opening, tier=tier)
            for tier, opening in enumerate(order, start=1)
        )
    session.flush()


def _bands(
    session: Session,
    round_id: int,
    ids: Sequence[int],
    people: Sequence[int],
    standing_youth: int,
    now: datetime,
) -> None:
    session.add_all(
        AssignmentBand(
            round_id=round_id,
            opening_id=opening,
            youth_id=youth,
            band=Band.C if youth == standing_youth else Band.A,
            at=now,
        )
        for opening in ids
        for youth in people
    )
    for opening in ids:
        own = rounds.opening_row(session, round_id, opening)
        assert own is not None
        own.banded_at = now
    session.flush()


def _publish(
    session: Session, row: AssignmentRound, desks: tuple[int, int], now: datetime, today: date
) -> None:
    assert row.id is not None
    found = built(session, row, today)
    for method in Method:
        placed = place(found.problem, method, row.seed)
        document = listed(found.problem, placed, row.seed, row.commitment, row.committed_at)
        session.add(
            AssignmentRun(
                round_id=row.id,
                number=1,
                method=AssignmentMethod(method.value),
                figures=counted(session, found, placed),
                document=document,
                sha256=sha256_of(document),
                is_chosen=method is Method.WEAKLY_STABLE,
                made_by_account_id=desks[0],
                created_at=now,
            )
        )
        if method is Method.WEAKLY_STABLE:
            pairs = {found.youth_of[p]: opening_of_code(o) for p, o in placed.assignment.items()}
            _pairs(session, row.id, pairs, desks[1], now, today)
    row.state, row.published_at = RoundState.PUBLISHED, now
    row.proposed_by_account_id, row.confirmed_by_account_id = desks
    session.add(row)
    session.flush()


def _swap_asked(session: Session, round_id: int, now: datetime, today: date) -> None:
    """Two placed people who asked for each other's opening, where the data have two."""
    lines = [e for e in rounds.pairs(session, round_id) if answer_of(e, today) is Answer.WAITING]
    wishes = round_people.wishes(session, round_id)
    for one, other in combinations([each.pair for each in lines], 2):
        is_both = other.opening_id in wishes.get(one.youth_id, {}) and one.opening_id in wishes.get(
            other.youth_id, {}
        )
        if is_both and one.opening_id != other.opening_id:
            session.add_all(
                AssignmentRequest(
                    round_id=round_id,
                    youth_id=pair.youth_id,
                    held_opening_id=pair.opening_id,
                    wanted_opening_id=wanted.opening_id,
                    created_at=now,
                )
                for pair, wanted in ((one, other), (other, one))
            )
            return


def _pairs(
    session: Session,
    round_id: int,
    pairs: Mapping[int, int],
    asked_by: int,
    now: datetime,
    today: date,
) -> None:
    for youth_id, opening_id in sorted(pairs.items()):
        session.add(
            AssignmentPair(
                round_id=round_id, opening_id=opening_id, youth_id=youth_id,
                created_at=now, updated_at=now,
            )
        )  # fmt: skip
        is_known = youth_id in candidates.applicants(session, opening_id)
        if not is_known and rounds.introduction(session, opening_id, youth_id) is None:
            session.add(
                Introduction(
                    opening_id=opening_id,
                    youth_id=youth_id,
                    state=IntroductionState.REQUESTED,
                    asked_by_account_id=asked_by,
                    answer_by=today + ANSWER_IN,
                    created_at=now,
                    updated_at=now,
                )
            )
