"""A young person records progress toward certifications; AWS's rules are checked at each step."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, timedelta

from matcher.actor import Actor
from matcher.catalogue.certification import Certification, ExamVersion
from matcher.catalogue.certifications import load_programme
from matcher.catalogue.programme import Programme, Sitting
from matcher.db import Unit
from matcher.i18n import format_date, in_language
from matcher.i18n import gettext as _
from matcher.planning import certification_rules as rules
from matcher.refusal import Conflict, Invalid, NotFound
from matcher.store import youths
from models.certification import AttemptState, CertificationRecord

OPEN = (AttemptState.PLANNED, AttemptState.SCHEDULED, AttemptState.RESULT_PENDING)
MOST_RECORDS = 100
SOON = timedelta(days=90)
_FURTHEST = {"active": 0, "expiring": 0, "scheduled": 1, "result_pending": 1, "planned": 2}


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
    version: int
    next_states: tuple[str, ...]


@dataclass(frozen=True)
class MapNode:
    id: str
    short: str
    name: str
    level: str
    state: str
    """have, plan, next, soon or none."""
    on: date | None
    """Expiry of a held one, exam day of a booked one."""
    price_usd: int | None
    notice: str


@dataclass(frozen=True)
class CertificationsView:
    records: tuple[RecordView, ...]
    nodes: tuple[MapNode, ...]
    edges: tuple[tuple[str, str], ...]
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


def view(unit: Unit, actor: Actor) -> CertificationsView:
    programme = load_programme()
    records = youths.certification_records(unit.session, actor.own_youth_id)
    shown = tuple(_record(programme, record, unit.today) for record in records)
    return CertificationsView(
        records=tuple(sorted(shown, key=lambda row: (row.on or date.max, row.id))),
        nodes=tuple(_nodes(programme, shown, unit.today)),
        edges=tuple((edge.passed, edge.renews) for edge in programme.renewal_edges),
        choices=tuple(
            (sitting.certification.id, _name(programme, sitting.certification.id))
            for sitting in _one_each(programme, unit.today)
        ),
    )


def record(unit: Unit, actor: Actor, attempt: Attempt) -> int:
    """Add an attempt; gives its id. Raises Invalid by field, quoting the rule that refuses."""
    youth_id, programme = actor.own_youth_id, load_programme()
    history = youths.certification_records(unit.session, youth_id)
    if len(history) >= MOST_RECORDS:
        raise Invalid({"": _("기록은 100개까지 남길 수 있어요.")})
    _known(programme, attempt.certification)
    if attempt.on is None and attempt.state is not AttemptState.PLANNED:
        raise Invalid({"on": _("날짜를 적어 주세요.")})
    _refuse_second_plan(history, attempt)
    exam_code = _exam_code(programme, attempt, unit.today)
    _refuse_by_day(attempt, unit.today)
    if attempt.on is not None:
        _refuse_by_rule(programme, history, exam_code, attempt.on)
    row = CertificationRecord(
        youth_id=youth_id,
        certification=attempt.certification,
        exam_code=exam_code,
        language=attempt.language,
        state=attempt.state,
        proof_url=attempt.proof_url,
        created_at=unit.now,
        updated_at=unit.now,
    )
    _place(row, attempt.state, attempt.on)
    unit.session.add(row)
    unit.session.flush()  # the id goes into the audit line and the answer
    _settle_expiries(unit, youth_id, programme)
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
) -> None:
    """Take one step of an attempt. Raises Conflict when it moved on or the step is not legal."""
    youth_id, programme = actor.own_youth_id, load_programme()
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
    attempt = Attempt(row.certification, to, day, row.language)
    _refuse_by_day(attempt, unit.today)
    if to is AttemptState.SCHEDULED and day is not None:
        others = [
            other
            for other in youths.certification_records(unit.session, youth_id)
            if other.id != row.id
        ]
        row.exam_code = _exam_code(programme, attempt, unit.today)
        _refuse_by_rule(programme, others, row.exam_code, day)
    _place(row, to, day)
    row.state, row.version, row.updated_at = to, row.version + 1, unit.now
    unit.session.add(row)
    unit.session.flush()  # the replay of expiries reads this pass
    _settle_expiries(unit, youth_id, programme)
    unit.audit("certification:moved", "certification", row.id, to=to.value)


def remove(unit: Unit, actor: Actor, record_id: int) -> None:
    """Delete an own record nobody verified yet."""
    youth_id = actor.own_youth_id
    row = youths.certification_record(unit.session, youth_id, record_id)
    if row is None:
        raise NotFound
    if row.verification > 1:
        raise Conflict(_("대학이나 발급처가 확인한 기록은 지울 수 없어요."))
    youths.remove(unit.session, row)
    unit.session.flush()  # the replay of expiries must not see it
    _settle_expiries(unit, youth_id, load_programme())
    unit.audit("certification:removed", "certification", record_id)


def _known(programme: Programme, certification: str) -> None:
    if certification not in {each.id for each in programme.certifications}:
        raise Invalid({"certification": _("목록에 있는 자격을 골라 주세요.")})


def _exam_code(programme: Programme, attempt: Attempt, today: date) -> str:
    """The version that can be sat on the day; in the language only when it still lies ahead,
    because old versions have no languages on record and nobody doubts what was sat."""
    if attempt.exam_code is not None:
        return attempt.exam_code
    day = attempt.on or today
    is_ahead = attempt.state in (AttemptState.PLANNED, AttemptState.SCHEDULED)
    language = attempt.language if is_ahead else None
    exam = programme.exam_for(attempt.certification, day, language)
    if exam is None and is_ahead and programme.exam_for(attempt.certification, day, "en"):
        raise Invalid({"language": _("이 날에는 이 언어로 볼 수 없어요. 영어로는 볼 수 있어요.")})
    if exam is None:
        raise Invalid({"on": _("이 날에는 볼 수 없는 시험이에요.")})
    return exam.code


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
    if attempt.state in (AttemptState.PLANNED, AttemptState.SCHEDULED):
        if attempt.on < today:
            raise Invalid({"on": _("오늘이나 그 뒤의 날짜를 적어 주세요.")})
    elif attempt.on > today:
        raise Invalid({"on": _("아직 오지 않은 날이에요.")})


def _refuse_by_rule(
    programme: Programme, history: Sequence[CertificationRecord], exam_code: str, on: date
) -> None:
    past = [
        rules.PastAttempt(row.exam_code, row.exam_on, row.state is AttemptState.PASSED)
        for row in history
        if row.exam_on is not None and row.state in (AttemptState.PASSED, AttemptState.FAILED)
    ]
    phase = programme.exam(exam_code).phase_on(on)
    is_beta = phase is not None and phase.name == "beta"
    refusal = rules.attempt_refusal(exam_code, on, past, is_beta)
    if refusal is not None:
        raise Invalid({"on": _refusal_words(refusal)})


def _refusal_words(refusal: rules.RuleRefusal) -> str:
    until = format_date(refusal.until, "long") if refusal.until else ""
    texts = {
        "retake_wait": _("떨어진 뒤 14일이 지나야 다시 볼 수 있어요. %(until)s부터 돼요."),
        "repeat_block": _("합격한 시험은 2년 동안 다시 볼 수 없어요. %(until)s부터 돼요."),
        "beta_once": _("베타 시험은 한 번만 볼 수 있어요."),
    }
    words = texts[refusal.code] % {"until": until} if until else texts[refusal.code]
    return f"{words} ({refusal.source})"


def _place(row: CertificationRecord, state: AttemptState, on: date | None) -> None:
    if state is AttemptState.PLANNED:
        row.planned_on = on
    elif state in (AttemptState.SCHEDULED, AttemptState.RESULT_PENDING):
        row.exam_on = on
    elif state in (AttemptState.PASSED, AttemptState.FAILED):
        row.exam_on = row.exam_on or on
        row.result_on = on


def _settle_expiries(unit: Unit, youth_id: int, programme: Programme) -> None:
    """Replay every pass in day order, so a pass entered late gives what one in time would."""
    passed = [
        row
        for row in youths.certification_records(unit.session, youth_id)
        if row.state is AttemptState.PASSED and row.exam_on is not None
    ]
    edges = [(edge.passed, edge.renews) for edge in programme.renewal_edges]
    days = [(row.certification, row.exam_on) for row in passed if row.exam_on is not None]
    expiries = rules.expiries_of_passes(days, edges)
    for row in passed:
        if row.expires_on != expiries[row.certification]:
            row.expires_on = expiries[row.certification]
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


def _nodes(programme: Programme, records: Sequence[RecordView], today: date) -> list[MapNode]:
    """One node a certification on offer, and retired ones the person still holds."""
    known = _node_states(records)
    nodes = []
    for certification in programme.certifications:
        status = certification.status_on(today)
        if status == "retired" and certification.id not in known:
            continue
        exam = programme.exam_for(certification.id, today)
        terms = exam.terms_on(today) if exam else None
        otherwise = "soon" if status == "retiring" else "none"
        state, on = known.get(certification.id, (otherwise, None))
        nodes.append(
            MapNode(
                id=certification.id,
                short=_short(certification.id),
                name=_name(programme, certification.id),
                # The map has four heights; the one business certificate is an entry one.
                level=certification.level_slug.replace("business", "foundational"),
                state=state,
                on=on,
                price_usd=terms.price_usd if terms else None,
                notice=_notice(certification, exam, today),
            )
        )
    return nodes


def _short(certification: str) -> str:
    names = {
        "CLF": _("클라우드 기초"),
        "AIF": _("AI 기초"),
        "AIB": _("AI 전략"),
        "SAA": _("설계"),
        "DVA": _("개발"),
        "SOA": _("운영"),
        "DEA": _("데이터"),
        "MLA": _("머신러닝"),
        "SAP": _("설계 심화"),
        "DOP": _("데브옵스"),
        "AIP": _("생성형 AI"),
        "SCS": _("보안"),
        "ANS": _("네트워크"),
        "MLS": _("머신러닝"),
        "DAS": _("데이터 분석"),
        "DBS": _("데이터베이스"),
        "PAS": _("SAP 운영"),
    }
    return names.get(certification, certification)


def _notice(certification: Certification, exam: ExamVersion | None, today: date) -> str:
    """What ends soon: the whole exam, or Korean."""
    if exam is None:
        return _("지금은 볼 수 없어요")
    if exam.last_day is not None and exam.last_day - today <= SOON:
        return _("%(day)s까지") % {"day": format_date(exam.last_day, "short")}
    if not exam.is_offered(today, "ko"):
        return _("한국어 없음")
    ends = exam.last_day_in("ko")
    if ends is not None and ends - today <= SOON:
        return _("한국어는 %(day)s까지") % {"day": format_date(ends, "short")}
    return _("베타") if certification.status_on(today) == "beta" else ""


def _node_states(records: Sequence[RecordView]) -> dict[str, tuple[str, date | None]]:
    """What is furthest along wins: held, then booked, then planned."""
    found: dict[str, tuple[str, date | None]] = {}
    for row in sorted(records, key=lambda each: _FURTHEST.get(each.state, 9), reverse=True):
        if row.state in ("active", "expiring"):
            found[row.certification] = ("have", row.expires_on)
        elif row.state in ("scheduled", "result_pending"):
            found[row.certification] = ("plan", row.on)
        elif row.state == "planned":
            found[row.certification] = ("next", row.on)
    return found
