"""A placed person is asked, through an introduction, whether the employer may see who they are."""

from datetime import timedelta

from matcher.actor import Actor
from matcher.db import Unit
from matcher.i18n import gettext as _
from matcher.i18n import language_or_none, use_language
from matcher.policy.rounds import ANSWER_DAYS
from matcher.store import candidates, rounds
from models.account import Account
from models.application import Introduction, IntroductionState
from models.assignment import AssignmentRound


def ask(
    unit: Unit,
    actor: Actor,
    row: AssignmentRound,
    opening_id: int,
    youth_id: int,
    account: Account,
) -> None:
    """A request to be introduced; one that ended before is asked anew, because the person wished
    for the opening since. Who applied already is known to the partner by that."""
    asked = rounds.introduction(unit.session, opening_id, youth_id)
    if asked is None and youth_id in candidates.applicants(unit.session, opening_id):
        return
    if asked is not None and asked.state is IntroductionState.ACCEPTED:
        return
    with use_language(language_or_none(account.language) or "ko"):
        name = row.name_ko if account.language == "ko" else row.name_en
        message = _("배정 ‘%(name)s’에서 희망한 곳으로 이어졌어요.") % {"name": name}
    asked = asked or Introduction(
        opening_id=opening_id,
        youth_id=youth_id,
        state=IntroductionState.REQUESTED,
        asked_by_account_id=actor.account_id,
        answer_by=unit.today,
        version=0,
        created_at=unit.now,
        updated_at=unit.now,
    )
    asked.state, asked.message = IntroductionState.REQUESTED, message
    asked.answer_by = unit.today + timedelta(days=ANSWER_DAYS)
    asked.version, asked.updated_at = asked.version + 1, unit.now
    unit.session.add(asked)
    unit.audit("introduction:asked", "opening", opening_id, round=row.id)
