"""A partner offers work with its terms; the person reads what accepting does and answers."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, timedelta

from matcher.actor import Actor
from matcher.db import Unit
from matcher.i18n import format_krw, in_language
from matcher.i18n import gettext as _
from matcher.matching import application_steps, job_offers, review_rules
from matcher.matching.application_steps import Answer
from matcher.matching.own_application import own_application
from matcher.matching.unfit_words import unfit_words
from matcher.policy import openings as rules
from matcher.policy.masking import candidate_number, label
from matcher.policy.operation import Operation
from matcher.policy.states import APPLICATION_STEPS, ApplicationAction, next_state
from matcher.refusal import Conflict, Invalid, NotFound
from matcher.store import applications, candidates, cards, openings, outbox
from matcher.store import job_offers as store
from models.application import Application, ApplicationState
from models.interview import JobOffer
from models.opening import Opening

LEAST_DAYS, USUAL_DAYS, MOST_DAYS = 1, 7, 30
"""How long a person has to answer an offer."""
FURTHEST = timedelta(days=366)


@dataclass(frozen=True)
class Terms:
    """`version` of the offer as the partner saw it; 0 when there was none."""

    starts_on: date
    answer_by: date
    pay_krw: int | None
    words: str
    version: int


@dataclass(frozen=True)
class DeskOffer:
    application_id: int
    opening_id: int
    title: str
    label: str
    state: ApplicationState
    version: int
    terms: Terms | None
    suggested: Terms
    pay_range: tuple[int | None, int | None]
    is_over_headcount: bool
    headcount: int
    can_write: bool


@dataclass(frozen=True)
class OwnOffer:
    """`ends` are the titles of the person's other open applications, which accepting ends."""

    application_id: int
    title: str
    organisation: str
    is_demo: bool
    state: ApplicationState
    version: int
    terms: Terms | None
    is_late: bool
    ends: tuple[str, ...]
    can_accept: bool
    has_place: bool


def desk(unit: Unit, actor: Actor, operation: Operation, application_id: int) -> DeskOffer:
    row, opening = own_application(unit, actor, application_id)
    unit.access("application:offer", row.youth_id, application=row.id)
    offer = store.of(unit.session, application_id)
    is_new = row.state is ApplicationState.INTERVIEW
    number = candidate_number(operation.mask_key, row.opening_id, row.youth_id)
    return DeskOffer(
        application_id=application_id,
        opening_id=row.opening_id,
        title=in_language(opening.title_ko, opening.title_en),
        label=label(number),
        state=row.state,
        version=row.version,
        terms=None if offer is None else _terms(offer),
        suggested=_suggested(unit, opening),
        pay_range=(opening.pay_min_krw, opening.pay_max_krw),
        is_over_headcount=is_new and job_offers.is_over_headcount(unit.session, opening),
        headcount=opening.headcount,
        can_write=is_new or row.state is ApplicationState.OFFERED,
    )


def write(unit: Unit, actor: Actor, application_id: int, version: int, terms: Terms) -> None:
    """A new offer, or other terms of one nobody answered yet. Raises Invalid by field, Conflict
    when the application or the offer changed since the partner read it."""
    row, opening = own_application(unit, actor, application_id, lock=True)
    offer = store.of(unit.session, application_id)
    is_new = row.state is ApplicationState.INTERVIEW
    to = next_state(APPLICATION_STEPS, row.state, ApplicationAction.OFFER, actor.role)
    if row.version != version or not (to or row.state is ApplicationState.OFFERED):
        raise Conflict(_stale())
    if (0 if offer is None else offer.version) != terms.version:
        raise Conflict(_stale())
    review_rules.refuse_decision(unit, opening, [row.youth_id])
    _refuse_terms(unit, opening, terms)
    kept = _kept(unit, actor, row, offer, terms)
    if is_new and to is not None:
        by = application_steps.by_actor(unit)
        application_steps.take(unit, row, opening, to, by, Answer(words=terms.words))
    else:
        # Else a yes to the terms read before would be a yes to these.
        row.version, row.updated_at = row.version + 1, unit.now
        _tell_changed(unit, row, opening, kept)
    unit.audit(
        "offer:made" if is_new else "offer:changed", "application", application_id,
        starts_on=terms.starts_on.isoformat(), answer_by=terms.answer_by.isoformat(),
    )  # fmt: skip


def own(unit: Unit, actor: Actor, application_id: int) -> OwnOffer:
    row, opening = own_application(unit, actor, application_id)
    offer = store.of(unit.session, application_id)
    agreed = (ApplicationState.OFFERED, ApplicationState.ACCEPTED)
    if actor.youth_id is None or (offer is None and row.state not in agreed):
        raise NotFound
    organisation = openings.organisation_of(unit.session, opening)
    can_accept = row.state is ApplicationState.OFFERED
    others = [
        each
        for each in applications.of_youth(unit.session, row.youth_id)
        if each.id != row.id and each.state in applications.UNDECIDED
    ]
    found = cards.cards_of(unit.session, [each.opening_id for each in others])
    return OwnOffer(
        application_id=application_id,
        title=in_language(opening.title_ko, opening.title_en),
        organisation=in_language(organisation.name_ko, organisation.name_en),
        is_demo=opening.is_demo,
        state=row.state,
        version=row.version,
        terms=None if offer is None else _terms(offer),
        is_late=can_accept and offer is not None and offer.answer_by < unit.today,
        ends=_titles(others, found),
        can_accept=can_accept,
        has_place=job_offers.places_left(unit.session, opening) > 0,
    )


def _terms(offer: JobOffer) -> Terms:
    return Terms(offer.starts_on, offer.answer_by, offer.pay_krw, offer.words, offer.version)


def _suggested(unit: Unit, opening: Opening) -> Terms:
    starts_on = opening.starts_on or unit.today
    return Terms(
        max(starts_on, unit.today + timedelta(days=14)),
        unit.today + timedelta(days=USUAL_DAYS),
        opening.pay_min_krw,
        "",
        0,
    )


def _refuse_terms(unit: Unit, opening: Opening, terms: Terms) -> None:
    errors: dict[str, str] = {}
    if not unit.today <= terms.starts_on <= unit.today + FURTHEST:
        errors["starts_on"] = _("오늘부터 1년 안의 날을 적어 주십시오.")
    first, last = (unit.today + timedelta(days=n) for n in (LEAST_DAYS, MOST_DAYS))
    if not first <= terms.answer_by <= last:
        errors["answer_by"] = _("내일부터 30일 안의 날을 적어 주십시오.")
    pay = _pay_problem(opening, terms)
    if pay:
        errors["pay_krw"] = pay
    errors |= unfit_words({"words": terms.words})
    if errors:
        raise Invalid(errors)


def _pay_problem(opening: Opening, terms: Terms) -> str:
    pay = terms.pay_krw
    if pay is None:
        return _("한 해에 얼마를 주는지 적어 주십시오.")
    if rules.is_below_minimum_wage(pay, terms.starts_on.year, opening.employment_type):
        return _("최저임금보다 적습니다.")
    low = opening.pay_min_krw
    if low is not None and pay < low:
        words = _("공고에 적은 %(low)s보다 적습니다. 지원한 사람은 그 공고를 보고 왔습니다.")
        return words % {"low": format_krw(low)}
    return ""


def _kept(
    unit: Unit, actor: Actor, row: Application, offer: JobOffer | None, terms: Terms
) -> JobOffer:
    if offer is None:
        offer = JobOffer(
            application_id=row.id or 0, starts_on=terms.starts_on, answer_by=terms.answer_by,
            account_id=actor.account_id, version=0, created_at=unit.now, updated_at=unit.now,
        )  # fmt: skip
    offer.starts_on, offer.answer_by = terms.starts_on, terms.answer_by
    offer.pay_krw, offer.words = terms.pay_krw, terms.words
    offer.account_id, offer.updated_at = actor.account_id, unit.now
    offer.version += 1
    unit.session.add(offer)
    unit.session.flush()  # the mail's key names its version
    return offer


def _tell_changed(unit: Unit, row: Application, opening: Opening, offer: JobOffer) -> None:
    organisation = openings.organisation_of(unit.session, opening)
    outbox.put(
        unit.session, candidates.account_of(unit.session, row.youth_id), "offer_changed", unit.now,
        f"offer:{row.id}:{offer.version}", title_ko=opening.title_ko, title_en=opening.title_en,
        organisation_ko=organisation.name_ko, organisation_en=organisation.name_en,
        application_id=row.id,
    )  # fmt: skip


def _titles(rows: list[Application], found: Mapping[int, cards.OpeningCard]) -> tuple[str, ...]:
    return tuple(
        in_language(found[each.opening_id].title_ko, found[each.opening_id].title_en)
        for each in rows
    )


def _stale() -> str:
    return _(
        "그 사이에 지원이나 제안이 바뀌었습니다. 지금 상태와 아래에 적은 것을 견주어 주십시오."
    )
