"""A partner opens times for interviews, sees who took which, and notes what came of them."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime, timedelta

from matcher.actor import Actor
from matcher.clock import day_of, start_of
from matcher.db import Unit
from matcher.exchange.icalendar_feed import Invitation, invitation
from matcher.i18n import current_language, in_language
from matcher.i18n import gettext as _
from matcher.matching import interviews, review_rules
from matcher.matching.interviews import Time, span_of, time_of
from matcher.matching.own_opening import own_opening
from matcher.matching.review_reading import barred_of
from matcher.policy import interviews as rules
from matcher.policy.interviews import Series, Span
from matcher.policy.masking import candidate_number, label
from matcher.policy.operation import Operation
from matcher.refusal import Conflict, Invalid, NotFound
from matcher.store import applications
from matcher.store import interviews as store
from models.application import ApplicationState
from models.interview import InterviewMode, InterviewSlot, InterviewState
from models.opening import Opening, OpeningState

KEPT = timedelta(days=60)
"""How long what is over stays on the page."""


@dataclass(frozen=True)
class Wanted:
    """Times to open."""

    series: Series
    mode: InterviewMode
    place: str


@dataclass(frozen=True)
class Taken:
    """Called by the number, in pages and in files alike."""

    interview_id: int
    application_id: int
    label: str
    state: InterviewState
    version: int
    needs_outcome: bool
    """Also False for whoever declared a conflict about the person: a colleague notes it."""


@dataclass(frozen=True)
class Line:
    time: Time
    version: int
    is_over: bool
    is_held: bool
    """Somebody has it, also when that person can no longer be seen here."""
    by: tuple[Taken, ...]


@dataclass(frozen=True)
class Invited:
    application_id: int
    label: str
    has_time: bool
    waits: bool


@dataclass(frozen=True)
class InterviewsView:
    opening_id: int
    title: str
    is_demo: bool
    may_open: bool
    lines: tuple[Line, ...]
    invited: tuple[Invited, ...]

    @property
    def free(self) -> int:
        return sum(not each.is_held and not each.is_over for each in self.lines)

    @property
    def without_time(self) -> int:
        return sum(not each.has_time for each in self.invited)

    @property
    def to_note(self) -> int:
        return sum(by.needs_outcome for each in self.lines for by in each.by)


def view(unit: Unit, actor: Actor, operation: Operation, opening_id: int) -> InterviewsView:
    opening = own_opening(unit, actor, opening_id)
    found = store.slots(unit.session, opening_id, unit.now - KEPT)
    ids = [each.id or 0 for each in found]
    by_slot: dict[int, list[store.Meeting]] = {}
    for each in store.meetings(unit.session, actor, unit.today, ids):
        by_slot.setdefault(each.slot.id or 0, []).append(each)
    taken = store.taken(unit.session, ids)
    seen = {each.application.youth_id for own in by_slot.values() for each in own}
    barred = barred_of(unit, actor, opening_id, sorted(seen))
    lines = tuple(
        _line(unit, operation, each, by_slot.get(each.id or 0, []), taken, barred) for each in found
    )
    invited = _invited(unit, actor, operation, opening_id, by_slot)
    if seen:
        unit.access("interviews:listed", None, opening=opening_id, youths=sorted(seen))
    return InterviewsView(
        opening_id=opening_id,
        title=in_language(opening.title_ko, opening.title_en),
        is_demo=opening.is_demo,
        may_open=opening.state is OpeningState.PUBLISHED,
        lines=lines,
        invited=invited,
    )


def open_times(unit: Unit, actor: Actor, opening_id: int, wanted: Wanted) -> int:
    """All of the series or none; gives how many. Raises Invalid by field."""
    opening = own_opening(unit, actor, opening_id, lock=True)
    if opening.state is not OpeningState.PUBLISHED:
        raise Conflict(_("모집 중인 공고에만 면접 시간을 열 수 있습니다."))
    begins = _checked(unit, wanted)
    _refuse_overlap(unit, opening_id, begins, wanted.series.minutes)
    unit.session.add_all(
        InterviewSlot(
            opening_id=opening_id, starts_at=at, minutes=wanted.series.minutes, mode=wanted.mode,
            place=wanted.place, account_id=actor.account_id, is_demo=opening.is_demo,
            created_at=unit.now,
        )
        for at in begins
    )  # fmt: skip
    unit.session.flush()  # who waits is told of times that are there
    unit.audit("interviews:opened", "opening", opening_id, count=len(begins))
    interviews.tell_waiting(unit, opening, f"opened:{int(unit.now.timestamp() * 1000)}")
    return len(begins)


def cancel_slot(unit: Unit, actor: Actor, slot_id: int, version: int) -> int:
    """Take a time back; gives the opening. Whoever held it is told and chooses another."""
    found = store.own_slot(unit.session, actor, slot_id)
    if found is None:
        raise NotFound
    slot, opening = found
    if slot.is_cancelled or slot.version != version or slot.starts_at <= unit.now:
        raise Conflict(_stale())
    slot.is_cancelled, slot.version = True, slot.version + 1
    unit.session.add(slot)
    unit.audit("interview_slot:cancelled", "interview_slot", slot_id, opening=opening.id)
    held = store.booked_at(unit.session, slot_id)
    if held is not None:
        interviews.give_back(unit, held[1], opening, held[0], slot, "withdrawn")
        unit.access("interview:withdrawn", held[1].youth_id, application=held[1].id)
    return opening.id or 0


def note(unit: Unit, actor: Actor, interview_id: int, version: int, state: InterviewState) -> int:
    """What came of it; gives the opening. The promised time to answer begins anew on that day."""
    found = store.meeting(unit.session, actor, unit.today, interview_id, lock=True)
    if found is None:
        raise NotFound
    row, slot = found.interview, found.slot
    if row.state is not InterviewState.BOOKED or row.version != version:
        raise Conflict(_stale())
    if slot.starts_at > unit.now:
        raise Conflict(_("면접이 시작된 뒤에 적을 수 있습니다."))
    review_rules.refuse_conflicted(unit, found.opening, found.application.youth_id)
    row.state, row.version, row.updated_at = state, row.version + 1, unit.now
    unit.session.add(row)
    if found.application.state is ApplicationState.INTERVIEW:
        days = timedelta(days=found.opening.answer_days)
        found.application.answer_by = day_of(slot.starts_at) + days
        unit.session.add(found.application)
    unit.audit(f"interview:{state.value}", "interview", interview_id)
    unit.access(
        f"interview:{state.value}", found.application.youth_id, application=found.application.id
    )
    return found.opening.id or 0


def invitation_file(
    unit: Unit, actor: Actor, operation: Operation, interview_id: int, site: str
) -> bytes:
    found = store.meeting(unit.session, actor, unit.today, interview_id)
    if found is None:
        raise NotFound
    unit.access("interview:file", found.application.youth_id, application=found.application.id)
    title = in_language(found.opening.title_ko, found.opening.title_en)
    who = _label(operation, found.opening, found.application.youth_id)
    time = span_of(found.slot)
    return invitation(
        current_language(),
        Invitation(
            uid=f"interview-{interview_id}",
            title=_("면접: 지원자 %(number)s, %(title)s") % {"number": who, "title": title},
            starts_at=time.starts_at,
            ends_at=time.ends_at,
            changed_at=found.interview.updated_at,
            sequence=found.interview.sequence,
            place=found.slot.place,
            href=f"{site}/partner/openings/{found.opening.id}/interviews",
            is_cancelled=found.interview.state is InterviewState.CANCELLED,
        ),
    )


def _checked(unit: Unit, wanted: Wanted) -> tuple[datetime, ...]:
    series, errors = wanted.series, {}
    begins = series.beginnings()
    if not unit.today <= series.day <= unit.today + rules.FURTHEST:
        errors["day"] = _("오늘부터 120일 안의 날을 적어 주십시오.")
    elif begins and begins[0] <= unit.now:
        errors["starts"] = _("이미 지난 시간입니다.")
    if not 1 <= len(begins) <= rules.MOST_AT_ONCE:
        errors["ends"] = _("한 번에 1개에서 24개까지 열 수 있습니다. 시간을 확인해 주십시오.")
    if not rules.is_place_good(wanted.mode, wanted.place):
        errors["place"] = (
            _("화상 면접은 https://로 시작하는 주소를 적어 주십시오.")
            if wanted.mode is InterviewMode.ONLINE
            else _("만나는 곳을 적어 주십시오.")
        )
    if errors:
        raise Invalid(errors)
    return begins


def _refuse_overlap(
    unit: Unit, opening_id: int, begins: tuple[datetime, ...], minutes: int
) -> None:
    there = store.slots(unit.session, opening_id, start_of(day_of(begins[0])))
    new = [Span(at, minutes) for at in begins]
    if any(span_of(each).meets(own) for each in there for own in new):
        raise Invalid({"starts": _("이미 연 시간과 겹칩니다.")})


def _line(
    unit: Unit,
    operation: Operation,
    slot: InterviewSlot,
    held: list[store.Meeting],
    taken: frozenset[int],
    barred: frozenset[int],
) -> Line:
    is_over = slot.starts_at <= unit.now
    return Line(
        time=time_of(slot),
        version=slot.version,
        is_over=is_over,
        is_held=slot.id in taken,
        by=tuple(
            Taken(
                interview_id=each.interview.id or 0,
                application_id=each.application.id or 0,
                label=_label(operation, each.opening, each.application.youth_id),
                state=each.interview.state,
                version=each.interview.version,
                needs_outcome=is_over
                and each.interview.state is InterviewState.BOOKED
                and each.application.youth_id not in barred,
            )
            for each in held
        ),
    )


def _invited(
    unit: Unit,
    actor: Actor,
    operation: Operation,
    opening_id: int,
    by_slot: Mapping[int, list[store.Meeting]],
) -> tuple[Invited, ...]:
    """Everybody asked to an interview, whether a time is chosen or not."""
    booked = {each.application.id for own in by_slot.values() for each in own}
    waits = {wait.application_id for wait, _row in store.waiting(unit.session, opening_id)}
    lines = applications.lines(unit.session, actor, unit.today, opening_id)
    return tuple(
        Invited(
            each.id,
            label(candidate_number(operation.mask_key, opening_id, each.youth_id)),
            each.id in booked,
            each.id in waits,
        )
        for each in lines
        if each.state is ApplicationState.INTERVIEW
    )


def _label(operation: Operation, opening: Opening, youth_id: int) -> str:
    return label(candidate_number(operation.mask_key, opening.id or 0, youth_id))


def _stale() -> str:
    return _("그 사이에 이 면접이 바뀌었습니다. 지금 상태를 다시 확인해 주십시오.")
