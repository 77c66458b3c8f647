"""What waits at a partner's desk: openings with counts, one opening with its state."""

from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, datetime

from matcher.actor import Actor
from matcher.clock import day_of
from matcher.db import Unit
from matcher.i18n import in_language
from matcher.matching import reply_rates
from matcher.matching.candidates import fresh_counts
from matcher.matching.own_opening import own_opening
from matcher.matching.wanted import Meant, of_ref
from matcher.policy import forbidden_topics, still_hiring
from matcher.policy import openings as rules
from matcher.policy.operation import Operation
from matcher.policy.states import (
    OPENING_STEPS,
    OWED_APPLICATION,
    OpeningAction,
    actions_from,
    introduction_standing,
)
from matcher.ranking.answering import ReplyRate, listed_lower
from matcher.refusal import NotFound
from matcher.store import applications, candidates, openings
from matcher.store.applications import ApplicationLine
from models.application import ApplicationState, IntroductionState
from models.opening import Opening, OpeningState, RequirementKind
from models.organisation import OrganisationState


@dataclass(frozen=True)
class DeskRow:
    """`fresh` = masked people not looked at yet; `waiting` = applications without an answer and
    `waiting_days` how long the oldest of them has waited."""

    id: int
    title: str
    sector: str
    state: OpeningState
    closes_on: date
    days_left: int
    is_demo: bool
    fresh: int
    waiting: int
    waiting_days: int
    is_matched: bool
    """False: it asks for nothing, so nobody is looked for."""
    is_paused: bool
    is_asked: bool
    """Hidden from lists, or asked and not answered yet, whether it still looks for people."""


@dataclass(frozen=True)
class Desk:
    organisation: str
    is_active: bool
    may_rank: bool
    rows: tuple[DeskRow, ...]
    requests: dict[IntroductionState, int]
    overdue: int
    """Of all, those whose promised day has passed."""
    rate: ReplyRate
    """How the firm answers, as young people see it once it is known."""

    @property
    def listed_lower(self) -> float:
        return listed_lower(self.rate)

    @property
    def waiting(self) -> int:
        return sum(row.waiting for row in self.rows)

    @property
    def fresh(self) -> int:
        return sum(row.fresh for row in self.rows)

    @property
    def oldest_days(self) -> int:
        return max((row.waiting_days for row in self.rows), default=0)


@dataclass(frozen=True)
class AskedFor:
    kind: RequirementKind
    meant: Meant
    level: int | None

    @property
    def level_text(self) -> str:
        if self.level is None or not self.meant.level_texts:
            return ""
        return self.meant.level_texts[self.level - 1]


@dataclass(frozen=True)
class OpeningView:
    id: int
    version: int
    state: OpeningState
    title_ko: str
    title_en: str
    sector: str
    role: str | None
    description: str
    employment_type: str
    region: str
    headcount: int
    pay_min_krw: int | None
    pay_max_krw: int | None
    opens_on: date
    closes_on: date
    starts_on: date | None
    answer_days: int
    asked_on: date | None
    pauses_on: date | None
    paused_on: date | None
    """Asked whether it still looks for people, hidden unless answered before, hidden since."""
    return_reason: str
    is_demo: bool
    is_locked: bool
    published_at: datetime | None
    requirements: tuple[AskedFor, ...]
    hits: tuple[forbidden_topics.Hit, ...]
    actions: tuple[OpeningAction, ...]
    may_rank: bool
    is_matched: bool

    @property
    def title(self) -> str:
        return in_language(self.title_ko, self.title_en)


def desk(unit: Unit, actor: Actor, operation: Operation) -> Desk:
    """The partner's home, in a number of queries that does not grow with people or openings."""
    organisation = openings.partner_organisation(unit.session, actor.organisation_id or 0)
    if organisation is None or not rules.may_work(organisation.state):
        raise NotFound
    is_active = organisation.state is OrganisationState.ACTIVE
    own = openings.all_own(unit.session, actor)
    fresh: dict[int, int] = {}
    if is_active and operation.may_rank_people:
        fresh = fresh_counts(unit.session, actor, own, unit.today)
    lines = applications.lines(unit.session, actor, unit.today)
    waiting = _waiting(lines)
    matched = openings.with_structure(unit.session, actor)
    standings = Counter(
        introduction_standing(each.state, each.answer_by, unit.today)
        for each in candidates.introduction_lines(unit.session, actor)
    )
    return Desk(
        organisation=in_language(organisation.name_ko, organisation.name_en),
        is_active=is_active,
        may_rank=operation.may_rank_people,
        rows=tuple(_row(each, fresh, waiting, matched, unit.today) for each in own),
        requests={state: standings.get(state, 0) for state in IntroductionState},
        overdue=_overdue(lines, unit.today),
        rate=reply_rates.rates_of(unit.session, [organisation.id or 0], unit.now)[
            organisation.id or 0
        ],
    )


def opening(unit: Unit, actor: Actor, operation: Operation, opening_id: int) -> OpeningView:
    row = own_opening(unit, actor, opening_id)
    asked = tuple(
        AskedFor(each.kind, of_ref(each.subject, each.ref), each.level)
        for each in openings.requirements(unit.session, opening_id)
    )
    return OpeningView(
        id=opening_id,
        version=row.version,
        state=row.state,
        title_ko=row.title_ko,
        title_en=row.title_en,
        sector=row.sector,
        role=row.role,
        description=row.description,
        employment_type=row.employment_type,
        region=row.region,
        headcount=row.headcount,
        pay_min_krw=row.pay_min_krw,
        pay_max_krw=row.pay_max_krw,
        opens_on=row.opens_on,
        closes_on=row.closes_on,
        starts_on=row.starts_on,
        answer_days=row.answer_days,
        asked_on=row.still_hiring_asked_on,
        pauses_on=still_hiring.pauses_on(row),
        paused_on=_paused_on(row),
        return_reason=row.return_reason,
        is_demo=row.is_demo,
        is_locked=openings.has_applications(unit.session, opening_id),
        published_at=row.published_at,
        requirements=asked,
        hits=forbidden_topics.posting_hits(row),
        actions=actions_from(OPENING_STEPS, row.state, actor.role),
        may_rank=operation.may_rank_people,
        is_matched=rules.can_be_matched(each.kind for each in asked),
    )


def _waiting(lines: Iterable[ApplicationLine]) -> dict[int, list[date]]:
    """Opening id -> days on which its unanswered applications came in."""
    found: dict[int, list[date]] = {}
    for each in lines:
        is_new = each.state in (ApplicationState.SENT, ApplicationState.UNDER_REVIEW)
        if is_new or _is_owed(each):
            found.setdefault(each.opening_id, []).append(day_of(each.created_at))
    return found


def _is_owed(line: ApplicationLine) -> bool:
    return line.state in OWED_APPLICATION and line.answer_by is not None


def _overdue(lines: Iterable[ApplicationLine], today: date) -> int:
    """Those whose promised day has passed without an answer."""
    return sum(_is_owed(each) and (each.answer_by or today) < today for each in lines)


def _paused_on(row: Opening) -> date | None:
    """An ended posting is in no list anyway."""
    return row.paused_on if row.state is OpeningState.PUBLISHED else None


def _row(
    row: Opening,
    fresh: dict[int, int],
    waiting: dict[int, list[date]],
    matched: frozenset[int],
    today: date,
) -> DeskRow:
    since = waiting.get(row.id or 0, [])
    return DeskRow(
        id=row.id or 0,
        title=in_language(row.title_ko, row.title_en),
        sector=row.sector,
        state=row.state,
        closes_on=row.closes_on,
        days_left=(row.closes_on - today).days,
        is_demo=row.is_demo,
        fresh=fresh.get(row.id or 0, 0),
        waiting=len(since),
        waiting_days=max(((today - day).days for day in since), default=0),
        is_matched=row.id in matched,
        is_paused=_paused_on(row) is not None,
        is_asked=row.still_hiring_asked_on is not None and row.state is OpeningState.PUBLISHED,
    )
