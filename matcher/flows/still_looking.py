"""A young person is asked once a term whether it still looks for work, and answers in one press."""

from dataclasses import dataclass
from datetime import date

from matcher.clock import JEJU, day_of
from matcher.db import Unit, Units
from matcher.planning.notices import is_quiet
from matcher.policy import still_looking as rules
from matcher.refusal import NotFound
from matcher.store import candidates, consents, outbox, youths
from matcher.store import still_looking as store
from models.consent import ConsentPurpose
from models.youth import YouthProfile


@dataclass(frozen=True)
class Asked:
    """`is_quiet`: nobody was asked, because it is night in Jeju."""

    asked: int = 0
    is_quiet: bool = False


@dataclass(frozen=True)
class Question:
    """How the person stands: asked and when the answer is due, or hidden from partners."""

    is_asked: bool
    is_hidden: bool
    answer_by: date | None


def question(unit: Unit) -> Question | None:
    """None for whom partners do not see anyway, and while nothing is asked."""
    youth_id = unit.signed_in.own_youth_id
    if not consents.live(unit.session, youth_id, unit.today, ConsentPurpose.POOL):
        return None
    row = _profile(unit, youth_id)
    days = (row.looking_asked_on, row.looking_on, row.looking_stopped_on)
    is_asked, is_hidden = rules.is_asked(*days), rules.is_hidden(*days, unit.today)
    if not (is_asked or is_hidden):
        return None
    due = rules.answer_by(row.looking_asked_on) if row.looking_asked_on else None
    return Question(is_asked, is_hidden, due)


def answer(unit: Unit, is_looking: bool) -> None:
    """Yes shows the person again and no hides it, at once; pressing twice changes nothing more."""
    youth_id = unit.signed_in.own_youth_id
    youths.hold(unit.session, [youth_id])
    row = _profile(unit, youth_id)
    if is_looking:
        row.looking_on, row.looking_stopped_on = unit.today, None
    else:
        row.looking_stopped_on = unit.today
    unit.session.add(row)
    if not is_looking:
        consents.withdraw_requests(unit.session, youth_id, unit.now)
    unit.audit("youth:looking" if is_looking else "youth:not-looking", "youth", youth_id)


def ask_due(units: Units, is_now: bool = False) -> Asked:
    """Ask everybody who is due, each in a transaction of its own. Nobody is asked twice a term."""
    with units.reading() as unit:
        if is_quiet(unit.now.astimezone(JEJU).time()) and not is_now:
            return Asked(is_quiet=True)
        due = [
            each.youth_id
            for each in store.seen_by_partners(unit.session, unit.today)
            if rules.is_due(each.asked_on, each.looking_on, day_of(each.since), unit.today)
        ]
    return Asked(sum(_ask(units, youth_id) for youth_id in due))


def _ask(units: Units, youth_id: int) -> bool:
    """False when another run asked, or the person answered or left meanwhile."""
    with units.writing() as unit:
        youths.hold(unit.session, [youth_id])
        row = store.profile(unit.session, youth_id)
        start = rules.term_start(unit.today)
        if row is None or row.looking_stopped_on is not None:
            return False
        if any(day is not None and day >= start for day in (row.looking_asked_on, row.looking_on)):
            return False
        row.looking_asked_on = unit.today
        unit.session.add(row)
        outbox.put(
            unit.session, candidates.account_of(unit.session, youth_id), "still_looking", unit.now,
            f"looking:{youth_id}:{start.isoformat()}",
            answer_by=rules.answer_by(unit.today).isoformat(),
        )  # fmt: skip
        unit.audit("youth:asked-looking", "youth", youth_id)
    return True


def _profile(unit: Unit, youth_id: int) -> YouthProfile:
    row = store.profile(unit.session, youth_id)
    if row is None:
        raise NotFound
    return row
