"""A partner promises interviews, and the centre speaks with one that broke a promise."""

from dataclasses import dataclass
from datetime import date

from matcher.actor import Actor
from matcher.catalogue.certifications import load_programme
from matcher.db import Unit
from matcher.i18n import gettext as _
from matcher.i18n import in_language
from matcher.matching import promise_terms
from matcher.matching.own_opening import own_opening
from matcher.matching.plan_views import Terms as PlanTerms
from matcher.matching.promise_reach import Reach, reach
from matcher.matching.promise_terms import Offer, Terms, key_of
from matcher.matching.promises import PromiseView, placed, promise_view
from matcher.matching.target_options import certification_options
from matcher.policy import limits
from matcher.policy import promises as rules
from matcher.policy.masking import candidate_number, label
from matcher.policy.operation import Operation
from matcher.refusal import Conflict, Invalid, NotFound
from matcher.store import exposures, openings, promises
from models.opening import Opening, OpeningState, RequirementKind, RequirementSubject
from models.organisation import Organisation, OrganisationState
from models.promise import InterviewPromise, PromiseState, PromiseSubject, TakingState

BUSY = 15
"""Seconds after which a count that somebody else's kept waiting is worth another try."""
MOST_OFFERED = 10
"""Promises of one opening that can be taken up at a time."""
Option = tuple[str, str]


@dataclass(frozen=True)
class ClaimRow:
    """Somebody who asked for the interview: an applicant by now, called by the number here."""

    application_id: int
    label: str
    state: TakingState
    interview_by: date
    days_left: int


@dataclass(frozen=True)
class PromiseRow:
    promise: PromiseView
    taken: int
    claims: tuple[ClaimRow, ...]
    can_withdraw: bool


@dataclass(frozen=True)
class Desk:
    """`asked` and `others` are what can be promised for: the posting's own requirements first.
    `broken` promises keep the partner from making new ones until the centre spoke with it."""

    opening_id: int
    title: str
    may_offer: bool
    is_published: bool
    broken: int
    rows: tuple[PromiseRow, ...]
    asked: tuple[Option, ...]
    others: tuple[Option, ...]


@dataclass(frozen=True)
class Preview:
    """`reach` None: an operator that only lists postings counts nobody for a partner, or, with
    `wait` in seconds, it cannot be counted at once."""

    terms: Terms
    reach: Reach | None
    wait: int = 0


@dataclass(frozen=True)
class BrokenRow:
    """For the centre; no person is named."""

    organisation_id: int
    organisation: str
    title: str
    what: str
    interview_by: date | None


def desk(unit: Unit, actor: Actor, operation: Operation, opening_id: int) -> Desk:
    opening, organisation = _own(unit, actor, opening_id)
    rows = promises.of_opening(unit.session, actor, opening_id)
    counts = promises.counts(unit.session, [row.id or 0 for row in rows])
    claims = _claims(unit, actor, operation, opening_id)
    broken = len(promises.unspoken(unit.session, organisation.id))
    is_published = opening.state is OpeningState.PUBLISHED
    asked, others = _options(unit, opening_id)
    return Desk(
        opening_id=opening_id,
        title=in_language(opening.title_ko, opening.title_en),
        may_offer=is_published and organisation.state is OrganisationState.ACTIVE and not broken,
        is_published=is_published,
        broken=broken,
        rows=tuple(
            PromiseRow(
                promise=promise_view(row, counts[row.id or 0], unit.today),
                taken=placed(counts[row.id or 0]),
                claims=tuple(claims.get(row.id or 0, ())),
                can_withdraw=rules.can_be_taken(row.state, row.earn_by, unit.today),
            )
            for row in rows
        ),
        asked=asked,
        others=others,
    )


def preview(
    unit: Unit, actor: Actor, operation: Operation, opening_id: int, offer: Offer, plan: PlanTerms
) -> Preview:
    """The terms as both sides would see them, and how many people could earn it by the day."""
    opening, organisation = _own(unit, actor, opening_id)
    _refuse(unit, opening, organisation, offer)
    text = promise_terms.terms(offer, opening, organisation)
    if not operation.may_rank_people:
        return Preview(text, None)
    most = limits.PREVIEWS
    wait = exposures.wait_for_task(
        unit.session, actor.account_id, most.bucket, most.most, most.window, unit.now
    )
    if wait:
        return Preview(text, None, wait)
    found = reach(unit.session, opening, offer, plan, unit.today)
    if found is None:
        return Preview(text, None, BUSY)
    unit.access(
        most.bucket, None, opening=opening_id, asked=[key_of(offer.subject, offer.ref)],
        by=offer.earn_by.isoformat(),
    )  # fmt: skip
    return Preview(text, found)


def offer(unit: Unit, actor: Actor, opening_id: int, wanted: Offer, seen_hash: str) -> int:
    """`seen_hash` of the terms the partner read; gives the promise's id.

    Raises Invalid by field, Conflict when the terms changed since or may not be offered now.
    """
    opening, organisation = _own(unit, actor, opening_id, lock=True)
    _refuse(unit, opening, organisation, wanted)
    text = promise_terms.terms(wanted, opening, organisation)
    if text.text_hash != seen_hash:
        raise Conflict(_("그 사이에 공고가 바뀌어 약속의 글이 달라졌습니다. 다시 읽어 주십시오."))
    row = InterviewPromise(
        opening_id=opening_id,
        **vars(wanted),
        terms_ko=text.korean,
        terms_en=text.english,
        text_hash=text.text_hash,
        account_id=actor.account_id,
        is_demo=opening.is_demo,
        created_at=unit.now,
        updated_at=unit.now,
    )
    unit.session.add(row)
    unit.session.flush()  # the audit line names it
    unit.audit("promise:offered", "interview_promise", row.id, opening=opening_id, hash=seen_hash)
    return row.id or 0


def withdraw(unit: Unit, actor: Actor, promise_id: int, version: int) -> int:
    """Nobody new takes it up; whoever did keeps it. Gives the opening's id."""
    found = promises.get(unit.session, actor, promise_id, lock=True)
    if found is None:
        raise NotFound
    row, _opening = found
    if row.state is not PromiseState.OFFERED or row.version != version:
        raise Conflict(_("그 사이에 약속이 바뀌었습니다. 새로 열어 확인해 주십시오."))
    row.state, row.version = PromiseState.WITHDRAWN, row.version + 1
    row.updated_at = unit.now
    unit.session.add(row)
    unit.audit("promise:withdrawn", "interview_promise", row.id)
    return row.opening_id


def broken(unit: Unit) -> tuple[BrokenRow, ...]:
    """What the centre has not spoken about yet, the oldest first."""
    return tuple(
        BrokenRow(
            organisation_id=row.organisation.id or 0,
            organisation=in_language(row.organisation.name_ko, row.organisation.name_en),
            title=in_language(row.opening.title_ko, row.opening.title_en),
            what=promise_terms.what(row.promise.subject, row.promise.ref, row.promise.level),
            interview_by=row.taking.interview_by,
        )
        for row in promises.unspoken(unit.session)
    )


def spoken(unit: Unit, actor: Actor, organisation_id: int) -> None:
    """The centre spoke with the partner, which may promise again from now on."""
    done = promises.note_spoken(
        unit.session, organisation_id, actor.account_id, unit.today, unit.now
    )
    if not done:
        raise NotFound
    unit.audit("promise:spoken", "organisation", organisation_id, promises=done)


def _own(
    unit: Unit, actor: Actor, opening_id: int, *, lock: bool = False
) -> tuple[Opening, Organisation]:
    opening = own_opening(unit, actor, opening_id, lock=lock)
    return opening, openings.organisation_of(unit.session, opening)


def _refuse(unit: Unit, opening: Opening, organisation: Organisation, wanted: Offer) -> None:
    if opening.state is not OpeningState.PUBLISHED:
        raise Conflict(_("모집 중인 공고에만 약속할 수 있습니다."))
    if organisation.state is not OrganisationState.ACTIVE:
        raise Conflict(_("기업이 승인되어야 약속할 수 있습니다."))
    if promises.unspoken(unit.session, organisation.id):
        raise Conflict(_("지키지 못한 약속이 있어 RISE 센터와 이야기한 뒤에 약속할 수 있습니다."))
    living = [
        row
        for row in promises.of_opening(unit.session, unit.signed_in, opening.id or 0)
        if rules.can_be_taken(row.state, row.earn_by, unit.today)
    ]
    if len(living) >= MOST_OFFERED:
        raise Conflict(_("한 공고의 약속은 한 번에 10개까지입니다."))
    if any((row.subject, row.ref, row.level) == _thing(wanted) for row in living):
        raise Conflict(_("같은 것을 이미 약속하고 있습니다. 그 약속을 먼저 멈춰 주십시오."))
    _refuse_fields(wanted, unit.today)


def _thing(wanted: Offer) -> tuple[PromiseSubject, str, int | None]:
    return wanted.subject, wanted.ref, wanted.level


def _refuse_fields(wanted: Offer, today: date) -> None:
    errors = {}
    if wanted.earn_by < today + rules.LEAST_AHEAD:
        errors["earn_by"] = _("두 주 뒤부터의 날을 적어 주십시오.")
    elif wanted.earn_by > today + rules.MOST_AHEAD:
        errors["earn_by"] = _("18개월 안의 날을 적어 주십시오.")
    if wanted.subject is PromiseSubject.SKILL and wanted.level is None:
        errors["level"] = _("기술이면 수준을 골라 주십시오.")
    is_known = wanted.subject is PromiseSubject.SKILL or any(
        each.id == wanted.ref for each in load_programme().certifications
    )
    name = promise_terms.meant(wanted.subject, wanted.ref)
    if not is_known or (wanted.subject is PromiseSubject.SKILL and not name.level_texts):
        errors["what"] = _("목록에 있는 것 중에서 골라 주십시오.")
    if errors:
        raise Invalid(errors)


def _options(unit: Unit, opening_id: int) -> tuple[tuple[Option, ...], tuple[Option, ...]]:
    kept = (RequirementSubject.SKILL, RequirementSubject.CERTIFICATION)
    asked = tuple(
        (f"{row.subject.value}:{row.ref}", promise_terms.what(subject, row.ref, None))
        for row in openings.requirements(unit.session, opening_id)
        if row.subject in kept and row.kind is not RequirementKind.EXCLUDE
        for subject in (PromiseSubject(row.subject.value),)
    )
    known = {value for value, _name in asked}
    return asked, tuple(each for each in certification_options(unit.today) if each[0] not in known)


def _claims(
    unit: Unit, actor: Actor, operation: Operation, opening_id: int
) -> dict[int, list[ClaimRow]]:
    found: dict[int, list[ClaimRow]] = {}
    for row in promises.claimed(unit.session, actor, opening_id):
        day = row.interview_by or unit.today
        number = candidate_number(operation.mask_key, opening_id, row.youth_id)
        line = ClaimRow(
            row.application_id or 0, label(number), row.state, day, (day - unit.today).days
        )
        found.setdefault(row.promise_id, []).append(line)
    return found
