"""A hundred lists as partners saw them, made again from the records alone, while models, examples,
skills and consents went on changing."""

from collections import defaultdict
from dataclasses import replace
from datetime import datetime

import pytest
from sqlmodel import Session, col, select

from matcher.actor import Actor
from matcher.clock import day_of
from matcher.db import Unit
from matcher.flows import calibrating, candidates
from matcher.matching import history, serving
from matcher.matching.candidate_lists import PAGE_SIZE
from matcher.matching.context import ranking_context
from matcher.matching.exposures import line_up, shown_from
from matcher.matching.openings import opening_of
from matcher.matching.window import Window
from matcher.policy.masking import candidate_number
from matcher.policy.operation import Operation
from matcher.ranking.calibrating import calibrated
from matcher.ranking.model import RankingModel, prior
from matcher.ranking.places import tie_of_opening
from matcher.ranking.recommend import Ranking, rank_candidates
from matcher.ranking.types import Seeker
from matcher.settings import OperatorType
from matcher.store import match_rows, model_versions, training_rows
from matcher.wiring import Services
from models.account import Account, AccountState, Membership, Role
from models.consent import Consent, ConsentPurpose
from models.opening import Opening, OpeningState
from models.skill import Rater, SkillRecord
from models.trail import AuditEntry, Exposure
from models.youth import YouthProfile
from tests.factories import NOW
from tests.model_shelf import shelve

LISTS, ROUNDS, SLOTS = 100, 4, 2
OPERATION = Operation(OperatorType.PROVINCE, "test-key", SLOTS)
Desk = tuple[int, Actor]


@pytest.fixture(scope="module")
def shown(demo_services: Services) -> list[Exposure]:
    """What was recorded of the lists, in the order they were shown."""
    desks = _desks(demo_services)
    for opening_id, actor in desks:
        _unmark(demo_services, opening_id, actor)  # the demo's examples came without a record
    before = _last(demo_services)
    _show(demo_services, desks, 0)
    _serve(demo_services, 0.1)
    _show(demo_services, desks, 1)
    for opening_id, actor in desks:
        _mark_two(demo_services, opening_id, actor)
    _show(demo_services, desks, 2)
    _people_change(demo_services)
    _serve(demo_services, 0.3)
    for opening_id, actor in desks[::2]:
        _unmark(demo_services, opening_id, actor)
    _show(demo_services, desks, 3)
    _people_change(demo_services)
    with demo_services.database.writing() as session:
        model_versions.change_over(session, model_versions.serving(session), None, NOW)
    with demo_services.database.reading() as session:
        mine = (Exposure.id > before) & (Exposure.subject == "candidate")  # type: ignore[operator]
        return list(session.exec(select(Exposure).where(mine).order_by(col(Exposure.id))))


def test_a_hundred_lists_are_rebuilt_to_the_last_figure_from_what_was_recorded(
    demo_services: Services, shown: list[Exposure]
) -> None:
    assert len(shown) >= LISTS
    with demo_services.reading() as unit:
        wrong = [row.id for row in shown if _rebuilt(unit, row) != row.items]
    assert wrong == []


def test_the_lists_come_from_three_models_and_some_were_adjusted(
    demo_services: Services, shown: list[Exposure]
) -> None:
    models, marks = zip(*(_named(row) for row in shown), strict=True)
    assert len(set(models)) == 3
    assert 0 < sum(mark != "" for mark in marks) < len(shown)
    lists: dict[int, set[str]] = defaultdict(set)
    for row in shown:
        lists[row.context_id].add(str([each[0] for each in row.items]))
    assert any(len(each) > 1 for each in lists.values())


@pytest.mark.parametrize("lost", ["model", "examples", "people"])
def test_without_any_one_of_the_records_some_lists_come_out_otherwise(
    demo_services: Services, shown: list[Exposure], lost: str
) -> None:
    with demo_services.reading() as unit:
        assert any(_rebuilt(unit, row, lost) != row.items for row in shown)


def _rebuilt(unit: Unit, row: Exposure, lost: str = "") -> list[list[object]]:
    """From the row's opening, moment, model and mark; `lost` takes today's state instead."""
    label, mark = _named(row)
    session, moment = unit.session, unit.now if lost == "people" else row.at
    model = prior() if lost == "model" else _model(session, label)
    examples = _examples(session, row.context_id, "" if lost == "examples" else mark, row.at)
    opening = opening_of(session, row.context_id, day_of(row.at))
    assert opening is not None
    context = replace(ranking_context(session, day_of(row.at)), model=model)
    people = _people(session, opening.sector or "", moment)
    ranking = rank_candidates(opening, people, context)
    ranking = calibrated(ranking, examples, tie_of_opening(opening, context)).ranking
    return _items(unit, row, ranking)


def _items(unit: Unit, row: Exposure, ranking: Ranking) -> list[list[object]]:
    """The recorded part of the list, with place, score, and the draw of that day."""
    order = [each.id for each in ranking.items]
    placed = {each.id: (each.rank, each.score) for each in ranking.items}
    line = line_up(unit, "candidate", row.context_id, order, page=PAGE_SIZE, slots=SLOTS)
    return [each.row() for each in shown_from(line, line.ids[: len(row.items)], placed)]


def _named(row: Exposure) -> tuple[str, str]:
    label, _, mark = row.model_version.partition("+")
    return label, mark


def _model(session: Session, label: str) -> RankingModel:
    found = model_versions.by_label(session, label)
    if found is None:
        assert label == prior().version
        return prior()
    pointer = model_versions.pointer(session, found.id or 0)
    assert pointer is not None
    return serving.read_model(session, pointer)


def _examples(session: Session, opening_id: int, mark: str, at: datetime) -> list[int]:
    """The last change before the moment, and it has the mark the list names."""
    if not mark:
        return []
    line = session.exec(
        select(AuditEntry)
        .where(
            AuditEntry.action == "calibration:changed",
            AuditEntry.subject_id == opening_id,
            AuditEntry.at < at,
        )
        .order_by(col(AuditEntry.id).desc())
    ).first()
    assert line is not None
    assert line.change["mark"] == mark
    return list(line.change["youths"])


def _people(session: Session, sector: str, moment: datetime) -> list[Seeker]:
    """Whose consent to service and pool was alive then, with what was on record by then."""
    agreed: dict[ConsentPurpose, set[int]] = defaultdict(set)
    for each in session.exec(select(Consent).where(Consent.granted_at <= moment)):
        is_live = each.withdrawn_at is None or each.withdrawn_at > moment
        is_live = is_live and (each.expires_on is None or each.expires_on >= day_of(moment))
        if is_live and (each.purpose is not ConsentPurpose.POOL or sector in each.sectors):
            agreed[each.purpose].add(each.youth_id)
    known = _known(session, moment)
    both = agreed[ConsentPurpose.POOL] & agreed[ConsentPurpose.SERVICE] & set(known.rows)
    return [replace(known.seeker(each, moment), id=each) for each in sorted(both)]


def _known(session: Session, moment: datetime) -> history.People:
    scope = (
        select(YouthProfile.id)
        .join(Account, col(Account.id) == YouthProfile.account_id)
        .where(Account.state == AccountState.ACTIVE, col(YouthProfile.looking_stopped_on).is_(None))
    )
    rows = {each.id: each for each in match_rows.youths(session, scope)}
    licences: dict[int, frozenset[str]] = defaultdict(frozenset)
    for youth, licence in match_rows.licences(session, scope):
        licences[youth] |= {licence}
    return history.People(
        numbers={each: each for each in rows},
        rows=rows,
        skills=_by_youth(training_rows.skills(session, scope, moment)),
        passes=_by_youth(training_rows.passes(session, scope, moment)),
        licences=licences,
        wishes=_by_youth(match_rows.wishes(session, scope)),
    )


def _by_youth(rows):  # type: ignore[no-untyped-def]
    groups = defaultdict(list)
    for each in rows:
        groups[each.youth_id].append(each)
    return groups


def _desks(services: Services) -> list[Desk]:
    """Enough own openings of partners with an account to show every one of them in every round."""
    with services.reading() as unit:
        rows = unit.session.execute(
            select(Opening.id, Membership.account_id, Membership.organisation_id)
            .join(Membership, col(Membership.organisation_id) == Opening.organisation_id)
            .where(
                Opening.state == OpeningState.PUBLISHED,
                Opening.closes_on >= unit.today,
                Membership.role == Role.PARTNER,
            )
            .order_by(col(Opening.id))
        ).all()
    made = {row[0]: Actor(row[1], Role.PARTNER, "", organisation_id=row[2]) for row in rows}
    long = [each for each in made.items() if _length(services, *each) > PAGE_SIZE]
    return long[: LISTS // ROUNDS]


def _length(services: Services, opening_id: int, actor: Actor) -> int:
    with services.reading(actor) as unit:
        found = candidates.ranked(unit, actor, OPERATION, opening_id, Window())
        unit.trail.clear()
    return found.total


def _last(services: Services) -> int:
    with services.database.reading() as session:
        return max(session.exec(select(Exposure.id)).all(), default=0) or 0


def _show(services: Services, desks: list[Desk], turn: int) -> None:
    """A page of another length in each round."""
    for opening_id, actor in desks:
        with services.reading(actor) as unit:
            candidates.ranked(unit, actor, OPERATION, opening_id, Window(limit=PAGE_SIZE + turn))


def _serve(services: Services, lift: float) -> None:
    with services.database.writing() as session:
        old, new = model_versions.serving(session), shelve(session, lift)
        model_versions.change_over(session, old, new, NOW)


def _mark_two(services: Services, opening_id: int, actor: Actor) -> None:
    with services.reading(actor) as unit:
        candidates.ranked(unit, actor, OPERATION, opening_id, Window())
        (row,) = (each for each in unit.trail if isinstance(each, Exposure))
        unit.trail.clear()
    for each in [item[0] for item in row.items][:2]:
        number = candidate_number(OPERATION.mask_key, opening_id, each)
        with services.writing(actor) as unit:
            calibrating.add(unit, actor, OPERATION, opening_id, number)


def _unmark(services: Services, opening_id: int, actor: Actor) -> None:
    with services.writing(actor) as unit:
        calibrating.clear(unit, actor, OPERATION, opening_id)


def _people_change(services: Services) -> None:
    """A fifth of the people learn something at the top level, and every tenth withdraws."""
    with services.writing() as unit:
        pool = unit.session.exec(
            select(Consent)
            .where(Consent.purpose == ConsentPurpose.POOL, col(Consent.withdrawn_at).is_(None))
            .order_by(col(Consent.youth_id))
        ).all()
        for each in pool[::10]:
            each.withdrawn_at = unit.now
        for each in pool[1::5]:
            _learns(unit, each.youth_id)


def _learns(unit: Unit, youth_id: int) -> None:
    """What they have not on record yet, seen by the university."""
    has = set(unit.session.exec(select(SkillRecord.skill).where(SkillRecord.youth_id == youth_id)))
    some = unit.session.exec(select(SkillRecord.skill).distinct().order_by(SkillRecord.skill)).all()
    unit.session.add_all(
        SkillRecord(
            youth_id=youth_id, skill=skill, level=5, rater=Rater.COORDINATOR, verification=2,
            rated_on=unit.today, created_at=unit.now,
        )
        for skill in [each for each in some if each not in has][::2]
    )  # fmt: skip
