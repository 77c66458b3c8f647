"""The certificate map: the whole programme by level, with where one person stands on it."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, timedelta

from matcher.actor import Actor
from matcher.catalogue.certification import Certification, ExamVersion
from matcher.catalogue.certifications import load_programme
from matcher.catalogue.programme import Programme
from matcher.db import Unit
from matcher.i18n import format_date, in_language
from matcher.i18n import gettext as _
from matcher.planning import certification_rules as rules
from matcher.store import youths
from models.certification import AttemptState, CertificationRecord

SOON = timedelta(days=90)
_BOOKED = (AttemptState.SCHEDULED, AttemptState.RESULT_PENDING)


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
class MapView:
    nodes: tuple[MapNode, ...]
    renewals: tuple[tuple[str, str], ...]
    """(passed, also renewed)."""
    usual: tuple[tuple[str, str], ...]
    """(usually before, after)."""


def view(unit: Unit, actor: Actor) -> MapView:
    programme = load_programme()
    records = youths.certification_records(unit.session, actor.own_youth_id)
    nodes = tuple(_nodes(programme, records, unit.today))
    return MapView(
        nodes=nodes,
        renewals=tuple((edge.passed, edge.renews) for edge in programme.renewal_edges),
        usual=_usual(programme, {node.id for node in nodes}),
    )


def _usual(programme: Programme, shown: set[str]) -> tuple[tuple[str, str], ...]:
    return tuple(
        (before, after.id)
        for after in programme.certifications
        for before in after.usually_before
        if {before, after.id} <= shown
    )


def _nodes(
    programme: Programme, records: Iterable[CertificationRecord], today: date
) -> list[MapNode]:
    """One node a certification on offer, and retired ones the person still holds."""
    known = _node_states(records, today)
    return [
        _node(programme, each, known.get(each.id), today)
        for each in programme.certifications
        if each.id in known or each.status_on(today) != "retired"
    ]


def _node(
    programme: Programme,
    certification: Certification,
    known: tuple[str, date | None] | None,
    today: date,
) -> MapNode:
    exam = programme.exam_for(certification.id, today)
    terms = exam.terms_on(today) if exam else None
    otherwise = "soon" if certification.status_on(today) == "retiring" else "none"
    state, on = known or (otherwise, None)
    return MapNode(
        id=certification.id,
        short=_short(certification.id),
        name=in_language(certification.name_ko, certification.name_en),
        # The map has four heights; the one business certificate is an entry one.
        level=certification.level_slug.replace("business", "foundational"),
        state=state,
        on=on,
        price_usd=terms.price_usd if terms else None,
        notice=_notice(programme, certification, exam, today),
    )


def _node_states(
    records: Iterable[CertificationRecord], today: date
) -> dict[str, tuple[str, date | None]]:
    """What is furthest along wins: held, then booked, then planned."""
    found: dict[str, tuple[int, str, date | None]] = {}
    for row in records:
        state = _state(row, today)
        if state is not None and state[0] > found.get(row.certification, (0,))[0]:
            found[row.certification] = state
    return {code: (state, on) for code, (_rank, state, on) in found.items()}


def _state(row: CertificationRecord, today: date) -> tuple[int, str, date | None] | None:
    if row.state is AttemptState.PASSED and row.exam_on and row.expires_on:
        is_held = rules.standing(row.exam_on, row.expires_on, today) != "expired"
        return (3, "have", row.expires_on) if is_held else None
    if row.state in _BOOKED:
        return (2, "plan", row.exam_on or row.planned_on)
    return (1, "next", row.planned_on) if row.state is AttemptState.PLANNED else None


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


def _notice(
    programme: Programme, certification: Certification, exam: ExamVersion | None, today: date
) -> str:
    """What ends or changes soon: the whole exam, its version, or Korean."""
    if exam is None:
        return _("지금은 볼 수 없어요")
    if exam.last_day is not None and exam.last_day - today <= SOON:
        return _last_day(programme, exam, exam.last_day)
    if not exam.is_offered(today, "ko"):
        return _("한국어 없음")
    ends = exam.last_day_in("ko")
    if ends is not None and ends - today <= SOON:
        return _("한국어는 %(day)s까지") % {"day": format_date(ends, "short")}
    return _("베타") if certification.status_on(today) == "beta" else ""


def _last_day(programme: Programme, exam: ExamVersion, last: date) -> str:
    """With the version that follows, where one does: a change is not an end."""
    following = programme.exam_for(exam.certification_id, last + timedelta(days=1))
    if following is None:
        return _("%(day)s까지") % {"day": format_date(last, "short")}
    day, code = format_date(last + timedelta(days=1), "short"), following.code.split("-")[-1]
    return _("%(day)s부터 %(code)s") % {"day": day, "code": code}
