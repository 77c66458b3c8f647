"""A young person records progress toward certifications; AWS's rules are checked at each step."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date

from matcher.actor import Actor
from matcher.catalogue.certifications import load_programme
from matcher.catalogue.programme import Programme, Sitting
from matcher.db import Unit
from matcher.i18n import gettext as _
from matcher.i18n import in_language
from matcher.matching import certified, overtaken_plans, passes, sitting_check
from matcher.matching.certification_facts import programme_facts
from matcher.planning import certification_rules as rules
from matcher.planning.sittings import Candidate
from matcher.refusal import Conflict, Invalid, NotFound
from matcher.store import youths
from models.certification import AttemptState, CertificationRecord

OPEN = (AttemptState.PLANNED, AttemptState.SCHEDULED, AttemptState.RESULT_PENDING)
MOST_RECORDS = 100


@dataclass(frozen=True)
class RecordView:
    id: int
    certification: str
    name: str
    exam_code: str
    state: str
    """Of the attempt; a passed one reads active, expiring or expired by the day."""
    on: date | None
    expires_on: date | None
    verification: int
    follows: int
    """Skills that follow while it is proved and in force, at `skill_level`; 0 for no pass."""
    skill_level: int
    version: int
    next_states: tuple[str, ...]


@dataclass(frozen=True)
class CertificationsView:
    records: tuple[RecordView, ...]
    choices: tuple[tuple[str, str], ...]
    """(id, name) of what can be sat today or later, to plan."""


@dataclass(frozen=True)
class Attempt:
    """What a form or the API asks for. `on` is the day planned, booked or sat."""

    certification: str
    state: AttemptState
    on: date | None
    language: str = "ko"
    exam_code: str | None = None
    proof_url: str = ""
    is_minor: bool = False
    has_guardian_consent: bool = False
    is_discounted: bool = False
    """Paid with the benefit of an earlier pass."""

    @property
    def is_ahead(self) -> bool:
        return self.state in (AttemptState.PLANNED, AttemptState.SCHEDULED)


def view(unit: Unit, actor: Actor) -> CertificationsView:
    programme = load_programme()
    records = youths.certification_records(unit.session, actor.own_youth_id)
    shown = tuple(_record(programme, record, unit.today) for record in records)
    return CertificationsView(
        records=tuple(sorted(shown, key=lambda row: (row.on or date.max, row.id))),
        choices=tuple(
            (sitting.certification.id, _name(programme, sitting.certification.id))
            for sitting in _one_each(programme, unit.today)
        ),
    )


def record(unit: Unit, actor: Actor, attempt: Attempt) -> int:
    """Add an attempt; gives its id. Raises Invalid by field, quoting the rule that refuses."""
    youth_id = actor.own_youth_id
    history = youths.certification_records(unit.session, youth_id)
    if len(history) >= MOST_RECORDS:
        raise Invalid({"": _("기록은 100개까지 남길 수 있어요.")})
    _known(attempt.certification)
    if attempt.on is None and attempt.state is not AttemptState.PLANNED:
        raise Invalid({"on": _("날짜를 적어 주세요.")})
    _refuse_second_plan(history, attempt)
    _refuse_by_day(attempt, unit.today)
    exam_code = _exam_code(history, attempt, unit.today)
    _refuse_missing_benefit(history, attempt)
    kept = passes.kept_days(history)
    row = CertificationRecord(
        youth_id=youth_id,
        certification=attempt.certification,
        exam_code=exam_code,
        language=attempt.language,
        state=attempt.state,
        proof_url=attempt.proof_url,
        is_discounted=attempt.is_discounted,
        created_at=unit.now,
        updated_at=unit.now,
    )
    _place(row, attempt.state, attempt.on)
    unit.session.add(row)
    unit.session.flush()  # the id goes into the audit line and the answer
    _settle_expiries(unit, youth_id, kept)
    if row.state is AttemptState.PASSED:
        overtaken_plans.end(unit, row)
    unit.audit("certification:recorded", "certification", row.id, state=attempt.state.value)
    assert row.id is not None
    return row.id


def move(
    unit: Unit,
    actor: Actor,
    record_id: int,
    to: AttemptState,
    on: date | None,
    version: int,
    is_minor: bool = False,
    has_guardian_consent: bool = False,
) -> None:
    """Take one step of an attempt. Raises Conflict when it moved on or the step is not legal.

    Age is asked at every step ahead, because no record keeps it.
    """
    youth_id = actor.own_youth_id
    row = youths.certification_record(unit.session, youth_id, record_id)
    if row is None:
        raise NotFound
    if row.version != version:
        raise Conflict(_("그 사이에 이 기록이 바뀌었어요. 새로 열어 다시 해 주세요."))
    if rules.transition_refusal(row.state.value, to.value) is not None:
        raise Conflict(_("지금 상태에서는 할 수 없는 단계예요."))
    day = on or row.exam_on or row.planned_on
    if day is None and to is not AttemptState.CANCELLED:
        raise Invalid({"on": _("날짜를 적어 주세요.")})
    attempt = Attempt(
        row.certification,
        to,
        day,
        row.language,
        is_minor=is_minor,
        has_guardian_consent=has_guardian_consent,
    )
    _refuse_by_day(attempt, unit.today)
    history = youths.certification_records(unit.session, youth_id)
    kept = passes.kept_days(history)
    if attempt.is_ahead:
        others = [other for other in history if other.id != row.id]
        row.exam_code = _exam_code(others, attempt, unit.today)
    _place(row, to, day)
    row.state, row.version, row.updated_at = to, row.version + 1, unit.now
    unit.session.add(row)
    unit.session.flush()  # the replay of expiries reads this pass
    _settle_expiries(unit, youth_id, kept)
    if to is AttemptState.PASSED:
        overtaken_plans.end(unit, row)
    unit.audit("certification:moved", "certification", row.id, to=to.value)


def remove(unit: Unit, actor: Actor, record_id: int) -> None:
    """Delete an own record nobody verified yet."""
    youth_id = actor.own_youth_id
    row = youths.certification_record(unit.session, youth_id, record_id)
    if row is None:
        raise NotFound
    if row.verification > 1:
        raise Conflict(_("대학이나 발급처가 확인한 기록은 지울 수 없어요."))
    kept = passes.kept_days(youths.certification_records(unit.session, youth_id))
    youths.remove(unit.session, row)
    unit.session.flush()  # the replay of expiries must not see it
    _settle_expiries(unit, youth_id, kept)
    unit.audit("certification:removed", "certification", record_id)


def _known(certification: str) -> None:
    if certification not in programme_facts().certifications:
        raise Invalid({"certification": _("목록에 있는 자격을 골라 주세요.")})


def _exam_code(history: Sequence[CertificationRecord], attempt: Attempt, today: date) -> str:
    """The version sat on the day. Language and age are asked only of what lies ahead: old versions
    have no languages on record, and nobody doubts what was sat."""
    candidate = Candidate(
        history=passes.attempts_of(history),
        languages=(attempt.language,) if attempt.is_ahead else (),
        is_minor=attempt.is_minor and attempt.is_ahead,
        has_guardian_consent=attempt.has_guardian_consent,
    )
    return sitting_check.exam_code(
        attempt.certification, candidate, attempt.on or today, today, attempt.exam_code or ""
    )


def _refuse_missing_benefit(history: Sequence[CertificationRecord], attempt: Attempt) -> None:
    """Each pass pays half of one later exam, once; a code spent on a booking is spent."""
    if attempt.is_discounted and passes.benefits_left(history) < 1:
        source = programme_facts().benefit_source
        message = _("쓸 수 있는 반값 혜택이 없어요. 합격할 때마다 하나씩 생겨요.")
        raise Invalid({"is_discounted": f"{message} ({source})"})


def _refuse_second_plan(history: Sequence[CertificationRecord], attempt: Attempt) -> None:
    is_open = attempt.state in OPEN
    if is_open and any(
        row.certification == attempt.certification and row.state in OPEN for row in history
    ):
        raise Invalid({"certification": _("이 자격은 이미 준비하고 있어요.")})


def _refuse_by_day(attempt: Attempt, today: date) -> None:
    """A plan or booking lies ahead; a sitting lies behind."""
    if attempt.on is None or attempt.state is AttemptState.CANCELLED:
        return
    if attempt.is_ahead:
        if attempt.on < today:
            raise Invalid({"on": _("오늘이나 그 뒤의 날짜를 적어 주세요.")})
    elif attempt.on > today:
        raise Invalid({"on": _("아직 오지 않은 날이에요.")})


def _place(row: CertificationRecord, state: AttemptState, on: date | None) -> None:
    if state is AttemptState.PLANNED:
        row.planned_on = on
    elif state in (AttemptState.SCHEDULED, AttemptState.RESULT_PENDING):
        row.exam_on = on
    elif state in (AttemptState.PASSED, AttemptState.FAILED):
        row.exam_on = row.exam_on or on
        row.result_on = on


def _settle_expiries(unit: Unit, youth_id: int, kept: Mapping[str, date]) -> None:
    records = youths.certification_records(unit.session, youth_id)
    for row, expires_on in passes.moved_expiries(records, kept):
        row.expires_on = expires_on
        unit.session.add(row)


def _record(programme: Programme, row: CertificationRecord, today: date) -> RecordView:
    assert row.id is not None
    return RecordView(
        id=row.id,
        certification=row.certification,
        name=_name(programme, row.certification),
        exam_code=row.exam_code,
        state=_state(row, today),
        on=row.exam_on or row.planned_on,
        expires_on=row.expires_on,
        verification=row.verification,
        follows=certified.count_of(row, today),
        skill_level=certified.level_of(row.certification),
        version=row.version,
        next_states=_next(row.state),
    )


def _next(state: AttemptState) -> tuple[str, ...]:
    """Steps onward first, in the order of the way: a form never offers giving up first."""
    way = tuple(each.value for each in AttemptState)
    here = way.index(state.value)
    legal = rules.TRANSITIONS[state.value]
    return tuple(each for each in (*way[here:], *way[:here]) if each in legal)


def _state(row: CertificationRecord, today: date) -> str:
    if row.state is not AttemptState.PASSED or row.exam_on is None or row.expires_on is None:
        return row.state.value
    return rules.standing(row.exam_on, row.expires_on, today)


def _name(programme: Programme, certification: str) -> str:
    found = programme.certification(certification)
    return in_language(found.name_ko, found.name_en)


def _one_each(programme: Programme, today: date) -> list[Sitting]:
    seen: dict[str, Sitting] = {}
    for sitting in programme.sittable(today):
        seen.setdefault(sitting.certification.id, sitting)
    return list(seen.values())
