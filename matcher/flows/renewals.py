"""Which exams keep the certificates one has alive, when, and at what price."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date

from matcher.actor import Actor
from matcher.db import Unit
from matcher.i18n import gettext as _
from matcher.matching import passes, renewal_views
from matcher.matching.certification_facts import programme_facts
from matcher.matching.plan_views import Terms
from matcher.matching.renewal_views import HeldLine, RenewalsView, RenewalWishes
from matcher.planning.certification_rules import add_years, latest
from matcher.planning.exam_facts import ProgrammeFacts
from matcher.planning.renewal import (
    Renewal,
    RenewalAsk,
    candidate_days,
    plan_renewals,
    useful_windows,
)
from matcher.planning.renewal_program import OutOfTimeError
from matcher.planning.sittings import Candidate, windows
from matcher.refusal import Invalid
from matcher.store import youths
from models.certification import AttemptState, CertificationRecord

MOST_YEARS = 6
RETAKE_BUFFER = 30
"""Days before an expiry by which an exam is planned: a failed one can be retaken after 14."""
SHORT_STEP, LONG_STEP = 60, 91
"""Days of a bucket for up to three years and for more; turning days are candidates besides."""
SECONDS = 1.5
"""Time limit of each of the three solver runs; what it cut is told on the page."""


def subscription_usd() -> int | None:
    """Lowest monthly price of what a maintenance year needs."""
    return programme_facts().maintenance.subscription_usd_month


def held(unit: Unit, actor: Actor) -> tuple[HeldLine, ...]:
    """What the form offers; all that is valid today is ticked."""
    records = youths.certification_records(unit.session, actor.own_youth_id)
    return renewal_views.held_lines(_expiries(records), unit.today, ())


def view(unit: Unit, actor: Actor, wishes: RenewalWishes, terms: Terms) -> RenewalsView:
    """Raises Invalid by field for a certificate that was never earned or a number out of bounds."""
    records = youths.certification_records(unit.session, actor.own_youth_id)
    expiries = _expiries(records)
    _check(wishes, expiries)
    chosen = wishes.certifications or tuple(c for c, day in expiries.items() if day >= unit.today)
    until = add_years(unit.today, wishes.years)
    facts = programme_facts()
    wanted = {c: expiries[c] for c in chosen}
    try:
        found = _plan(facts, wishes, wanted, _Person(expiries, records, unit.today), until)
    except OutOfTimeError:
        message = _("계산이 너무 오래 걸려요. 기간을 줄이거나 자격을 덜 골라 주세요.")
        raise Invalid({"years": message}) from None
    plan = found.plan
    return RenewalsView(
        held=renewal_views.held_lines(expiries, unit.today, chosen),
        until=until,
        wishes=wishes,
        steps=None
        if plan is None
        else tuple(renewal_views.step_line(facts, s, terms) for s in plan.steps),
        expires=() if plan is None else renewal_views.moves(wanted, plan.expires),
        exams=0 if plan is None else plan.exams,
        usd=0 if plan is None else plan.usd,
        krw=0 if plan is None else sum(terms.won(s.usd) for s in plan.steps),
        is_proven=plan is None or plan.is_proven,
        gap=0 if plan is None else plan.gap,
        refusals=renewal_views.refusals(found.refused),
        terms=terms,
        benefit_percent=facts.benefit_percent,
        buffer_days=RETAKE_BUFFER,
        sources=renewal_views.sources(facts, wishes.route),
    )


def _expiries(records: Sequence[CertificationRecord]) -> dict[str, date]:
    """Last valid day of every certification ever passed, the next to lapse first."""
    found = latest(
        (row.certification, row.expires_on)
        for row in records
        if row.state is AttemptState.PASSED and row.expires_on is not None
    )
    return dict(sorted(found.items(), key=lambda each: (each[1], each[0])))


def _check(wishes: RenewalWishes, expiries: Mapping[str, date]) -> None:
    if not set(wishes.certifications) <= expiries.keys():
        raise Invalid({"certifications": _("합격 기록이 있는 자격만 고를 수 있어요.")})
    if not 1 <= wishes.years <= MOST_YEARS:
        raise Invalid({"years": _("1년부터 6년까지 고를 수 있어요.")})


@dataclass(frozen=True)
class _Person:
    held: Mapping[str, date]
    records: Sequence[CertificationRecord]
    today: date


def _plan(
    facts: ProgrammeFacts,
    wishes: RenewalWishes,
    wanted: Mapping[str, date],
    person: _Person,
    until: date,
) -> Renewal:
    allowed = facts.certifications if wishes.with_new else person.held
    candidate = Candidate(history=passes.attempts_of(person.records))
    found = {c: windows(facts, c, candidate, person.today) for c in allowed}
    every = tuple(window for each in found.values() for window in each.open)
    useful = useful_windows(facts, wanted, every)
    step = SHORT_STEP if wishes.years <= 3 else LONG_STEP
    maintain_usd = {
        "exams": None,
        "subscribed": 0.0,
        "paid": float(subscription_usd() or 0),
    }[wishes.route]
    return plan_renewals(
        facts,
        RenewalAsk(
            wanted=wanted,
            held={c: day for c, day in person.held.items() if day >= person.today} | dict(wanted),
            today=person.today,
            until=until,
            windows=useful,
            days=candidate_days(person.today, until, wanted, useful, RETAKE_BUFFER, step),
            codes=passes.benefits_left(person.records),
            goal=wishes.goal,
            maintain_usd=maintain_usd,
            buffer_days=RETAKE_BUFFER,
            seconds=SECONDS,
            closed={c: each.refusals for c, each in found.items()},
        ),
    )
