"""What the review phase of an opening allows now, and who may not speak about a person.

Every way in which a partner decides about somebody asks here: the pages of applications and
candidates, answers in bulk, and answers through a link.
"""

from collections.abc import Sequence
from datetime import date

from sqlmodel import Session

from matcher.db import Unit
from matcher.i18n import format_date
from matcher.i18n import gettext as _
from matcher.matching import two_hats
from matcher.policy.reviewing import Switches, phase_on, switches_on
from matcher.refusal import Conflict, Forbidden
from matcher.store import reviews
from models.account import Role
from models.opening import Opening

PHASE, INTEREST = "review_phase", "conflict_of_interest"
"""Codes of the two refusals."""


def switches(session: Session, opening_id: int, today: date) -> Switches:
    return switches_on(reviews.phases(session, opening_id), today)


def words_outside_phase(unit: Unit, opening_id: int) -> str:
    """Why nobody is invited, offered, refused or asked now, and until when; "" when they may be.
    A partner's own mark on a candidate is none of these: nobody learns of it, and it is undone."""
    running = phase_on(reviews.phases(unit.session, opening_id), unit.today)
    if running is None or running.can_decide:
        return ""
    words = _("지금은 ‘%(phase)s’ 단계라 %(day)s까지 초대, 거절, 소개 요청을 할 수 없습니다.")
    return words % {"phase": running.name, "day": format_date(running.ends_on, "long")}


def refuse_outside_phase(unit: Unit, opening: Opening) -> None:
    """Raises Conflict while a phase runs in which nobody is invited, offered, refused or asked."""
    words = words_outside_phase(unit, opening.id or 0)
    if words:
        raise Conflict(words, PHASE)


def refuse_decision(unit: Unit, opening: Opening, youth_ids: Sequence[int]) -> None:
    """As `refuse_outside_phase`, and Forbidden for whoever should not judge one of the people."""
    refuse_outside_phase(unit, opening)
    for youth_id in youth_ids:
        refuse_conflicted(unit, opening, youth_id)


def refuse_conflicted(unit: Unit, opening: Opening, youth_id: int) -> None:
    """Raises Forbidden when the partner acting declared a conflict about the person, or also
    works for the person's university."""
    actor = unit.actor
    if actor is None or actor.role is not Role.PARTNER:
        return
    if reviews.has_conflict(unit.session, opening.id or 0, actor.account_id, youth_id):
        words = _("이 사람에 대해 이해 충돌을 밝히셨습니다. 평가와 결정은 동료가 합니다.")
        raise Forbidden(words, INTEREST)
    two_hats.refuse_for_partner(unit, actor, youth_id)


def shows_names(session: Session, opening_id: int, today: date) -> bool:
    """Whether the names of people who opened them to this partner are shown for the opening."""
    return switches(session, opening_id, today).shows_names


def hidden_until(session: Session, opening_id: int, today: date) -> date | None:
    """The last day on which everybody of the opening stays a number; None when names are shown."""
    running = phase_on(reviews.phases(session, opening_id), today)
    return None if running is None or running.shows_names else running.ends_on


def without_names(session: Session, opening_ids: Sequence[int], today: date) -> frozenset[int]:
    """Those of the openings where everybody stays a number today. One query."""
    found = reviews.phases_of(session, sorted(set(opening_ids)))
    return frozenset(
        opening for opening, rows in found.items() if not switches_on(rows, today).shows_names
    )
