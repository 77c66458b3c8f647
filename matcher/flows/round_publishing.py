"""From a dry run to a result: one account proposes, another confirms, everybody is told.

Publishing is one transaction. It asks each placed person, through the machinery of introductions,
whether this employer may see who they are; nothing identifying opens before that yes.
"""

from collections.abc import Mapping, Sequence
from datetime import timedelta

from matcher.actor import Actor
from matcher.db import Unit
from matcher.i18n import gettext as _
from matcher.matching import two_hats
from matcher.matching.partner_letters import tell_partner
from matcher.matching.round_asking import ask
from matcher.matching.round_duties import may_confirm
from matcher.matching.round_letters import named
from matcher.matching.round_pairs import parted, places
from matcher.matching.round_problem import opening_of_code
from matcher.matching.round_steps import move, moving, own, refuse_step, stale
from matcher.policy.operation import Operation
from matcher.policy.rounds import ANSWER_DAYS, RoundAction
from matcher.refusal import Conflict, Forbidden
from matcher.store import candidates, outbox, round_people, rounds, youths
from matcher.store.rounds import RoundOpening
from models.account import Account
from models.assignment import AssignmentPair, AssignmentRound, AssignmentRun, RoundState


def propose(unit: Unit, actor: Actor, round_id: int, run_id: int, version: int) -> None:
    """Chooses one method of the last dry run; another account has to agree."""
    row = moving(unit, actor, round_id, version, RoundAction.PROPOSE)
    _refuse_own(unit, actor, round_id)
    runs = rounds.runs(unit.session, round_id)
    if run_id not in {each.id for each in runs}:
        raise Conflict(stale())
    for each in runs:
        each.is_chosen = each.id == run_id
        unit.session.add(each)
    row.proposed_by_account_id, row.confirmed_by_account_id = actor.account_id, None
    move(unit, row, RoundState.PROPOSED, "round:proposed", run=run_id)


def send_back(unit: Unit, actor: Actor, round_id: int, version: int) -> None:
    """Either pair of eyes may stop a proposal."""
    row = moving(unit, actor, round_id, version, RoundAction.RETURN)
    row.proposed_by_account_id = None
    for each in rounds.runs(unit.session, round_id):
        each.is_chosen = False
        unit.session.add(each)
    move(unit, row, RoundState.DRY_RUN, "round:returned")


def confirm(unit: Unit, actor: Actor, operation: Operation, round_id: int, version: int) -> None:
    """The second account agrees, and with that the result is out. Asked again, it stays as it is.

    Raises Forbidden for the proposer, Conflict when somebody of the result can no longer be
    placed: then a new dry run is due."""
    row = own(unit, actor, round_id)
    run = rounds.chosen(unit.session, round_id)
    _hold_people(unit, run)
    row = own(unit, actor, round_id, lock=True)
    run = rounds.chosen(unit.session, round_id)
    if row.state is RoundState.PUBLISHED and row.confirmed_by_account_id == actor.account_id:
        return
    refuse_step(unit, actor, row, RoundAction.CONFIRM)
    if not may_confirm(actor, row):
        raise Forbidden(_("제안한 사람과 다른 계정이 확인해야 합니다."))
    _refuse_own(unit, actor, round_id)
    if row.version != version or run is None:
        raise Conflict(stale())
    placed = _placed(unit, row, run)
    row.confirmed_by_account_id, row.published_at = actor.account_id, unit.now
    move(
        unit, row, RoundState.PUBLISHED, "round:published", run=run.id, sha256=run.sha256,
        seed=row.seed, commitment=row.commitment, placed=len(placed),
    )  # fmt: skip
    _tell(unit, actor, operation, row, run, placed)


def _refuse_own(unit: Unit, actor: Actor, round_id: int) -> None:
    """Nobody places people at a partner they also work for."""
    openings_in = rounds.openings_of(unit.session, round_id)
    two_hats.refuse_placing(unit, actor, [each.opening_id for each in openings_in])


def _hold_people(unit: Unit, run: AssignmentRun | None) -> None:
    """Before any other lock, so that no consent is withdrawn between the check and the asking."""
    if run is not None:
        entries = round_people.entries(unit.session, run.round_id)
        youths.hold(unit.session, [each.youth_id for each in entries])


def _placed(unit: Unit, row: AssignmentRound, run: AssignmentRun) -> dict[int, int]:
    """Youth -> opening of the run, each of them still possible."""
    entries = {
        each.code: each.youth_id
        for each in round_people.joined(unit.session, run.round_id, unit.today)
    }
    found = {each.opening_id: each for each in rounds.openings_of(unit.session, run.round_id)}
    fixed = run.document.get("fixed", {})
    placed: dict[int, int] = {}
    for code, opening_code in run.document["assignment"].items():
        opening = found[opening_of_code(opening_code)]
        if code not in entries or not _is_possible(unit, opening, entries[code], code in fixed):
            raise Conflict(
                _("시험 배정 뒤에 빠진 사람이나 끝난 공고가 있습니다. 다시 시험해 주십시오.")
            )
        placed[entries[code]] = opening.opening_id
    if set(entries) - {each["id"] for each in run.document["people"]}:
        raise Conflict(stale())
    return placed


def _is_possible(unit: Unit, opening: RoundOpening, youth_id: int, is_fixed: bool) -> bool:
    if is_fixed:
        return True
    in_pool = candidates.is_in_pool(unit.session, opening.sector, unit.today, youth_id)
    return opening.is_live and in_pool


def _tell(
    unit: Unit,
    actor: Actor,
    operation: Operation,
    row: AssignmentRound,
    run: AssignmentRun,
    placed: Mapping[int, int],
) -> None:
    """The unplaced first: who got nothing waits least for a next step."""
    assert row.id is not None
    inside = [each.youth_id for each in round_people.joined(unit.session, row.id, unit.today)]
    accounts = dict(round_people.accounts(unit.session, inside))
    found = {each.opening_id: each for each in rounds.openings_of(unit.session, row.id)}
    stand, _fallen = parted(rounds.pairs(unit.session, row.id), unit.today)
    standing = places(stand)
    key = f"round:{row.id}:{run.number}"
    for youth_id in sorted(accounts.keys() - placed.keys()):
        outbox.put(
            unit.session, accounts[youth_id], "round_unplaced", unit.now,
            f"{key}:unplaced:{youth_id}", **named(row),
        )  # fmt: skip
    fresh = sorted(pair for pair in placed.items() if pair not in standing)
    for youth_id, opening_id in fresh:
        unit.session.add(
            AssignmentPair(
                round_id=row.id, opening_id=opening_id, youth_id=youth_id,
                created_at=unit.now, updated_at=unit.now,
            )
        )  # fmt: skip
        if operation.may_rank_people:
            ask(unit, actor, row, opening_id, youth_id, accounts[youth_id])
        _tell_placed(unit, row, found[opening_id], accounts[youth_id], f"{key}:placed:{youth_id}")
        unit.access("round:published", youth_id, round=row.id, opening=opening_id)
    if operation.may_rank_people:
        _tell_partners(unit, row, [found[opening_id] for _youth, opening_id in fresh], key)


def _tell_placed(
    unit: Unit, row: AssignmentRound, opening: RoundOpening, account: Account, key: str
) -> None:
    outbox.put(
        unit.session, account, "round_placed", unit.now, key, **named(row),
        title_ko=opening.title_ko, title_en=opening.title_en,
        organisation_ko=opening.organisation_ko, organisation_en=opening.organisation_en,
        answer_by=(unit.today + timedelta(days=ANSWER_DAYS)).isoformat(),
    )  # fmt: skip


def _tell_partners(
    unit: Unit, row: AssignmentRound, found: Sequence[RoundOpening], key: str
) -> None:
    """How many, never who."""
    counts: dict[int, int] = {}
    for each in found:
        counts[each.organisation_id] = counts.get(each.organisation_id, 0) + 1
    for organisation_id, people in sorted(counts.items()):
        tell_partner(
            unit, organisation_id, "round_partner_result", f"{key}:partner",
            **named(row), people=people,
        )  # fmt: skip
