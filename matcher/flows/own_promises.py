"""A young person takes up a partner's promise, and asks for the interview once it is earned."""

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, timedelta

from matcher.actor import Actor
from matcher.db import Unit
from matcher.i18n import gettext as _
from matcher.i18n import in_language
from matcher.matching.promise_claims import to_interview
from matcher.matching.promises import PromiseView, Records, placed, promise_view
from matcher.matching.readiness import served_youth
from matcher.policy import employer_consent
from matcher.policy import promises as rules
from matcher.policy.promises import Missing
from matcher.refusal import Conflict, Invalid, NotFound
from matcher.store import openings, promises, youths
from models.opening import Opening, OpeningState
from models.organisation import Organisation, OrganisationState
from models.promise import InterviewPromise, PromiseTaking, TakingState


@dataclass(frozen=True)
class OwnView:
    """`state` None: not taken up. `missing` None: the interview may be asked for today.
    `consent_until` the last day of the consent a claim asks for."""

    promise: PromiseView
    title: str
    organisation: str
    is_listed: bool
    state: TakingState | None
    version: int
    missing: Missing | None
    interview_by: date | None
    consent_until: date

    @property
    def can_take(self) -> bool:
        return self.promise.can_be_taken and self.state in (None, TakingState.DROPPED)

    @property
    def can_claim(self) -> bool:
        return self.state is TakingState.TAKEN and self.missing is None


def listing(unit: Unit, actor: Actor) -> tuple[OwnView, ...]:
    """What the person took up; living ones first, then the ones that end first."""
    youth_id = served_youth(unit.session, actor, unit.today)
    rows = promises.takings_of_youth(unit.session, youth_id)
    counts = promises.counts(unit.session, [row.promise.id or 0 for row in rows])
    records = Records.read(unit.session, youth_id)
    found = [
        _view(
            row.promise, row.taking, row.opening, row.organisation,
            counts[row.promise.id or 0], records, unit.today,
        )
        for row in rows
    ]  # fmt: skip
    return tuple(sorted(found, key=lambda each: each.state not in rules.LIVING))


def of_opening(unit: Unit, actor: Actor, opening_id: int) -> tuple[OwnView, ...]:
    """Promises on one opening that can be taken up or were; for its own page."""
    opening = openings.get(unit.session, actor, opening_id)
    if opening is None:
        return ()
    rows = promises.of_opening(unit.session, actor, opening_id)
    ids = [row.id or 0 for row in rows]
    taken = promises.takings_of_youth_by_promise(unit.session, actor.own_youth_id, ids)
    shown = [row for row in rows if row.id in taken or _is_open(row, unit.today)]
    if not shown:
        return ()
    counts = promises.counts(unit.session, ids)
    records = Records.read(unit.session, actor.own_youth_id)
    organisation = openings.organisation_of(unit.session, opening)
    return tuple(
        _view(
            row, taken.get(row.id or 0), opening, organisation,
            counts[row.id or 0], records, unit.today,
        )
        for row in shown
    )  # fmt: skip


def promised(unit: Unit, opening_ids: Sequence[int]) -> frozenset[int]:
    """Of these openings those with a promise, for the tag in lists."""
    return promises.promised(unit.session, opening_ids, unit.today)


def take_up(unit: Unit, actor: Actor, promise_id: int) -> int:
    """One place; gives the opening's id. Raises NotFound or Conflict."""
    youths.hold(unit.session, [actor.youth_id])
    row = _held(unit, actor, promise_id)
    youth_id = served_youth(unit.session, actor, unit.today)
    taking = promises.taking_of(unit.session, youth_id, promise_id)
    if taking is not None and taking.state is not TakingState.DROPPED:
        raise Conflict(_("이미 받은 약속이에요."))
    if not rules.can_be_taken(row.state, row.earn_by, unit.today):
        raise Conflict(_("이제는 새로 받을 수 없는 약속이에요."))
    counts = promises.counts(unit.session, [promise_id])[promise_id]
    if not rules.has_room(row.places, placed(counts)):
        raise Conflict(_("자리가 다 찼어요. 누가 내려놓으면 다시 받을 수 있어요."))
    if taking is None:
        taking = PromiseTaking(
            promise_id=promise_id, youth_id=youth_id, state=TakingState.TAKEN,
            created_at=unit.now, updated_at=unit.now,
        )  # fmt: skip
    else:
        _step(unit, taking, TakingState.TAKEN)
        taking.application_id = taking.interview_by = None
    unit.session.add(taking)
    unit.audit("promise:taken", "interview_promise", promise_id)
    return row.opening_id


def drop(unit: Unit, actor: Actor, promise_id: int, version: int) -> None:
    """Give the place back before anything was asked; afterwards the application is withdrawn."""
    taking = _own(unit, actor, promise_id, version)
    if taking.state is not TakingState.TAKEN:
        raise Conflict(_("면접을 청한 뒤에는 지원 화면에서 거둘 수 있어요."))
    _step(unit, taking, TakingState.DROPPED)
    unit.audit("promise:dropped", "interview_promise", promise_id)


def claim(unit: Unit, actor: Actor, promise_id: int, version: int, is_agreed: bool) -> int:
    """Ask for the interview; gives the application's id.

    Raises Conflict while something is missing, Invalid without the consent for this employer.
    """
    taking = _own(unit, actor, promise_id, version)
    found = promises.get(unit.session, actor, promise_id)
    assert found is not None
    row, opening = found
    youth_id = served_youth(unit.session, actor, unit.today)
    if taking.state is not TakingState.TAKEN:
        raise Conflict(_("이미 면접을 청했거나 끝난 약속이에요."))
    if Records.read(unit.session, youth_id).missing(row, unit.today) is not None:
        raise Conflict(_("아직 면접을 청할 수 없어요. 아래에서 모자란 것을 확인해 주세요."))
    organisation = openings.organisation_of(unit.session, opening)
    if organisation.state is not OrganisationState.ACTIVE:
        raise Conflict(_("이 기업은 지금 서비스를 쓰지 않아요. RISE 센터에 알려 주세요."))
    if not is_agreed:
        raise Invalid({"consent": _("이 기업에 보이는 것에 동의해야 보낼 수 있어요.")})
    interview_by = unit.today + timedelta(days=row.interview_days)
    application = to_interview(unit, youth_id, opening, interview_by)
    _step(unit, taking, TakingState.CLAIMED)
    taking.application_id, taking.interview_by = application.id, interview_by
    unit.audit("promise:claimed", "interview_promise", promise_id, application=application.id)
    return application.id or 0


def _held(unit: Unit, actor: Actor, promise_id: int) -> InterviewPromise:
    found = promises.get(unit.session, actor, promise_id, lock=True)
    if found is None:
        raise NotFound
    return found[0]


def _own(unit: Unit, actor: Actor, promise_id: int, version: int) -> PromiseTaking:
    """Held with its person. Raises NotFound, or Conflict when it changed since it was seen."""
    youths.hold(unit.session, [actor.youth_id])
    taking = promises.taking_of(unit.session, actor.own_youth_id, promise_id, lock=True)
    if taking is None:
        raise NotFound
    if taking.version != version:
        raise Conflict(_("그 사이에 약속의 상태가 바뀌었어요. 새로 열어 확인해 주세요."))
    return taking


def _step(unit: Unit, taking: PromiseTaking, to: TakingState) -> None:
    taking.state, taking.version, taking.updated_at = to, taking.version + 1, unit.now
    unit.session.add(taking)


def _is_open(row: InterviewPromise, today: date) -> bool:
    return rules.can_be_taken(row.state, row.earn_by, today)


def _view(
    row: InterviewPromise,
    taking: PromiseTaking | None,
    opening: Opening,
    organisation: Organisation,
    counts: Counter[TakingState],
    records: Records,
    today: date,
) -> OwnView:
    return OwnView(
        promise=promise_view(row, counts, today),
        title=in_language(opening.title_ko, opening.title_en),
        organisation=in_language(organisation.name_ko, organisation.name_en),
        is_listed=opening.state is OpeningState.PUBLISHED,
        state=None if taking is None else taking.state,
        version=1 if taking is None else taking.version,
        missing=records.missing(row, today),
        interview_by=None if taking is None else taking.interview_by,
        consent_until=employer_consent.until(opening.closes_on, today),
    )
