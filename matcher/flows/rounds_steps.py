"""A desk moves its assignment round: opens it for wishes, reminds, locks early, cancels.

The lottery's seed is drawn the moment wishes open and only its hash is written to the audit log;
nobody is shown the seed before the result is published.
"""

from matcher.actor import Actor
from matcher.db import Unit
from matcher.i18n import gettext as _
from matcher.matching.round_letters import invite, invite_partners, owners_of
from matcher.matching.round_steps import move, moving, own
from matcher.planning.assignment.seed import commitment, new_seed
from matcher.policy import rounds as rules
from matcher.policy.rounds import RoundAction
from matcher.refusal import Conflict, Invalid
from matcher.store import outbox, round_people, rounds
from models.assignment import AssignmentRound, EntryState, RoundState


def open_wishes(unit: Unit, actor: Actor, round_id: int, version: int) -> None:
    """Draws the seed, publishes its hash in the audit log, and invites the cohort."""
    row = moving(unit, actor, round_id, version, RoundAction.OPEN)
    if row.wishes_until < unit.today:
        raise Conflict(_("희망을 받는 마지막 날이 이미 지났습니다. 고친 뒤 여십시오."))
    if any(not each.is_live for each in rounds.openings_of(unit.session, round_id)):
        raise Conflict(_("그 사이에 끝난 공고가 있습니다. 그 공고를 빼고 여십시오."))
    row.seed = new_seed()
    row.commitment, row.committed_at = commitment(row.seed), unit.now
    move(unit, row, RoundState.WISHES_OPEN, "round:opened", commitment=row.commitment)
    asked = round_people.unanswered(unit.session, row, unit.today)
    invite(unit, row, "round_opened", f"round:{round_id}:opened", asked)
    invite_partners(unit, row, f"round:{round_id}:partner", owners_of(unit, row))


def close_early(unit: Unit, actor: Actor, round_id: int, version: int) -> None:
    row = moving(unit, actor, round_id, version, RoundAction.CLOSE)
    entries = round_people.entries(unit.session, round_id)
    invited = round_people.invited(unit.session, row, unit.today)
    if not rules.can_close_early(invited, len(entries)):
        words = _("아직 답하지 않은 사람이 있어서 알린 날까지 기다립니다: %(day)s")
        raise Conflict(words % {"day": row.wishes_until.isoformat()})
    move(unit, row, RoundState.WISHES_CLOSED, "round:closed")


def cancel(unit: Unit, actor: Actor, round_id: int, version: int, reason: str = "") -> None:
    """Everybody who is in is told; nothing of it goes on. After a dry run the desk has seen what
    the lottery gives: Invalid without a written reason, which later rounds then show."""
    row = moving(unit, actor, round_id, version, RoundAction.CANCEL)
    if row.published_at is not None:
        raise Conflict(_("결과를 알린 배정은 취소할 수 없습니다."))
    is_tried = bool(rounds.runs(unit.session, round_id))
    if is_tried and len(reason) < rules.LEAST_REASON:
        words = _("시험 배정을 본 뒤에는 이유를 %(n)s자 이상 적어야 취소할 수 있습니다.")
        raise Invalid({"reason": words % {"n": rules.LEAST_REASON}})
    row.cancelled_at, row.cancel_reason = unit.now, reason
    move(unit, row, RoundState.CANCELLED, "round:cancelled", tried=is_tried, reason=reason)
    _tell_cancelled(unit, row)


def remind(unit: Unit, actor: Actor, round_id: int) -> int:
    """Once a day to everybody invited who has not answered; gives how many were told."""
    row = own(unit, actor, round_id, lock=True)
    if not rules.can_wish(row.state, row.wishes_until, unit.today):
        raise Conflict(_("희망을 받는 동안에만 알릴 수 있습니다."))
    key = f"round:{round_id}:reminded:{unit.today.isoformat()}"
    if outbox.has_key(unit.session, f"{key}:"):
        raise Conflict(_("오늘은 이미 알렸습니다."))
    asked = round_people.unanswered(unit.session, row, unit.today)
    count = invite(unit, row, "round_reminder", key, asked)
    unit.audit("round:reminded", "assignment_round", round_id, people=count)
    return count


def _tell_cancelled(unit: Unit, row: AssignmentRound) -> None:
    inside = [
        each.youth_id
        for each in round_people.entries(unit.session, row.id or 0)
        if each.state is EntryState.JOINED
    ]
    for youth_id, account in round_people.accounts(unit.session, inside):
        outbox.put(
            unit.session, account, "round_cancelled", unit.now,
            f"round:{row.id}:cancelled:{youth_id}", round_ko=row.name_ko, round_en=row.name_en,
            reason=row.cancel_reason,
        )  # fmt: skip
