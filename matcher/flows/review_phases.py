"""The dated phases of an opening's review: who may score and decide in each, and what is shown."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from matcher.actor import Actor
from matcher.db import Unit
from matcher.i18n import format_date
from matcher.i18n import gettext as _
from matcher.matching.own_opening import own_opening
from matcher.policy import reviewing as rules
from matcher.policy.reviewing import Switches
from matcher.refusal import Conflict, Invalid, NotFound
from matcher.store import reviews
from models.review import ReviewPhase


@dataclass(frozen=True)
class PhaseDraft:
    name: str
    starts_on: date
    ends_on: date
    switches: Switches


def add(unit: Unit, actor: Actor, opening_id: int, draft: PhaseDraft) -> None:
    own_opening(unit, actor, opening_id, lock=True)
    phases = reviews.phases(unit.session, opening_id)
    if len(phases) >= rules.MOST_PHASES:
        raise Conflict(_("단계는 12개까지 둘 수 있습니다. 지난 단계를 지워 주십시오."))
    _refuse_dates(phases, draft, None)
    row = ReviewPhase(
        opening_id=opening_id, name=draft.name, starts_on=draft.starts_on, ends_on=draft.ends_on
    )
    _settle(unit, row, draft, "review:phase_added")


def edit(
    unit: Unit, actor: Actor, opening_id: int, phase_id: int, version: int, draft: PhaseDraft
) -> None:
    row = _own(unit, actor, opening_id, phase_id, version)
    _refuse_dates(reviews.phases(unit.session, opening_id), draft, phase_id)
    row.name, row.starts_on, row.ends_on = draft.name, draft.starts_on, draft.ends_on
    row.version += 1
    _settle(unit, row, draft, "review:phase_changed")


def remove(unit: Unit, actor: Actor, opening_id: int, phase_id: int, version: int) -> None:
    row = _own(unit, actor, opening_id, phase_id, version)
    unit.session.delete(row)
    unit.audit("review:phase_removed", "opening", opening_id, phase=row.name)


def _refuse_dates(phases: Sequence[ReviewPhase], draft: PhaseDraft, besides: int | None) -> None:
    if draft.ends_on < draft.starts_on:
        raise Invalid({"ends_on": _("마지막 날이 첫날보다 빠릅니다.")})
    other = rules.overlapping(phases, draft.starts_on, draft.ends_on, besides)
    if other is not None:
        first, last = (format_date(day, "long") for day in (other.starts_on, other.ends_on))
        words = _("‘%(phase)s’ 단계(%(first)s ~ %(last)s)와 날짜가 겹칩니다.")
        raise Invalid({"starts_on": words % {"phase": other.name, "first": first, "last": last}})


def _own(unit: Unit, actor: Actor, opening_id: int, phase_id: int, version: int) -> ReviewPhase:
    own_opening(unit, actor, opening_id, lock=True)
    row = reviews.phase(unit.session, opening_id, phase_id)
    if row is None:
        raise NotFound
    if row.version != version:
        raise Conflict(_("그 사이에 동료가 이 단계를 바꾸었습니다."))
    return row


def _settle(unit: Unit, row: ReviewPhase, draft: PhaseDraft, action: str) -> None:
    given = draft.switches
    row.can_review, row.can_decide = given.can_review, given.can_decide
    row.shows_names, row.only_assigned = given.shows_names, given.only_assigned
    row.others = given.others
    unit.session.add(row)
    unit.audit(
        action, "opening", row.opening_id, phase=draft.name,
        first=draft.starts_on.isoformat(), last=draft.ends_on.isoformat(),
        can_review=given.can_review, can_decide=given.can_decide, shows_names=given.shows_names,
        only_assigned=given.only_assigned, others=given.others.value,
    )  # fmt: skip
