"""What waits at a partner's desk: openings with counts, one opening with its state."""

from collections import Counter
from dataclasses import dataclass
from datetime import date, datetime

from matcher.actor import Actor
from matcher.clock import day_of
from matcher.db import Unit
from matcher.i18n import in_language
from matcher.matching.candidates import fresh_counts
from matcher.matching.wanted import Meant, of_ref
from matcher.policy import forbidden_topics
from matcher.policy import openings as rules
from matcher.policy.masking import candidate_number, label
from matcher.policy.operation import Operation
from matcher.policy.states import (
    OPEN_APPLICATION,
    OPENING_STEPS,
    OpeningAction,
    actions_from,
    introduction_standing,
)
from matcher.refusal import NotFound
from matcher.store import applications, candidates, openings
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


@dataclass(frozen=True)
class Desk:
    organisation: str
    is_active: bool
    may_rank: bool
    rows: tuple[DeskRow, ...]
    requests: dict[IntroductionState, int]

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
class Applicant:
    """Called by the number; the name is on the application's own page, whose look is recorded."""

    id: int
    label: str
    state: ApplicationState
    sent_on: date
    waited_days: int
    is_open: bool
    was_read: bool


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
    return_reason: str
    is_demo: bool
    is_locked: bool
    published_at: datetime | None
    requirements: tuple[AskedFor, ...]
    hits: tuple[forbidden_topics.Hit, ...]
    actions: tuple[OpeningAction, ...]
    applicants: tuple[Applicant, ...]
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
    waiting = _waiting(unit, actor)
    standings = Counter(
        introduction_standing(each.state, each.answer_by, unit.today)
        for each in candidates.introduction_lines(unit.session, actor)
    )
    return Desk(
        organisation=in_language(organisation.name_ko, organisation.name_en),
        is_active=is_active,
        may_rank=operation.may_rank_people,
        rows=tuple(_row(each, fresh, waiting, unit.today) for each in own),
        requests={state: standings.get(state, 0) for state in IntroductionState},
    )


def opening(unit: Unit, actor: Actor, operation: Operation, opening_id: int) -> OpeningView:
    row = openings.get(unit.session, actor, opening_id)
    if row is None:
        raise NotFound
    asked = tuple(
        AskedFor(each.kind, of_ref(each.subject, each.ref), each.level)
        for each in openings.requirements(unit.session, opening_id)
    )
    texts = [(name, getattr(row, name)) for name in ("title_ko", "title_en", "description")]
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
        return_reason=row.return_reason,
        is_demo=row.is_demo,
        is_locked=openings.has_applications(unit.session, opening_id),
        published_at=row.published_at,
        requirements=asked,
        hits=forbidden_topics.hits(texts),
        actions=actions_from(OPENING_STEPS, row.state, actor.role),
        applicants=_applicants(unit, actor, operation, opening_id),
        may_rank=operation.may_rank_people,
        is_matched=rules.can_be_matched(each.kind for each in asked),
    )


def _applicants(
    unit: Unit, actor: Actor, operation: Operation, opening_id: int
) -> tuple[Applicant, ...]:
    lines = applications.lines(unit.session, actor, unit.today, opening_id)
    read = applications.read_by(unit.session, actor.account_id, [each.youth_id for each in lines])
    return tuple(
        Applicant(
            id=each.id,
            label=label(candidate_number(operation.mask_key, opening_id, each.youth_id)),
            state=each.state,
            sent_on=day_of(each.created_at),
            waited_days=(unit.today - day_of(each.created_at)).days,
            is_open=each.state in OPEN_APPLICATION,
            was_read=each.id in read,
        )
        for each in lines
    )


def _waiting(unit: Unit, actor: Actor) -> dict[int, list[date]]:
    """Opening id -> days on which its unanswered applications came in."""
    found: dict[int, list[date]] = {}
    for each in applications.lines(unit.session, actor, unit.today):
        if each.state in (ApplicationState.SENT, ApplicationState.UNDER_REVIEW):
            found.setdefault(each.opening_id, []).append(day_of(each.created_at))
    return found


def _row(
    row: Opening, fresh: dict[int, int], waiting: dict[int, list[date]], today: date
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
    )
