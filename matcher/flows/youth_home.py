"""A young person's first page: what is due, the one next step, and the best of the rest."""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import date, timedelta
from itertools import islice

from matcher.actor import Actor
from matcher.db import Unit
from matcher.i18n import in_language
from matcher.matching import actions, course_views, reasons, reply_rates
from matcher.matching.aims import Aim, Closing, closings, own_aim
from matcher.matching.cards import CardView, card_view
from matcher.matching.certified import counted_of
from matcher.matching.course_views import CourseView
from matcher.matching.courses import from_rows
from matcher.matching.exposures import Shown, note_shown
from matcher.matching.readiness import scored_youth
from matcher.matching.round_cards import RoundCard, round_cards
from matcher.matching.standing import Standing, standing_of
from matcher.matching.step_names import step_names
from matcher.matching.trials import Effect, Trial
from matcher.policy.plans import ACTIVE
from matcher.policy.states import introduction_standing
from matcher.ranking.recommend import RankedItem, rank_courses
from matcher.ranking.types import Course
from matcher.store import cards, courses, enrolments, openings, own_ties, plans, youths
from models.application import IntroductionState
from models.certification import AttemptState, CertificationRecord
from models.course import EnrolmentState
from models.trail import ExposureKind

SHOWN = 3
TRIED = 24
"""How far down the order of courses to look for those that close a gap."""
EXPIRY_IN_SIGHT = timedelta(days=365)
WEEK = timedelta(days=7)


@dataclass(frozen=True)
class Due:
    """`kind` exam or expiry; `code` such as SAA."""

    kind: str
    code: str
    on: date
    days: int


@dataclass(frozen=True)
class NextStep:
    """The action with the largest effect for the opening aimed at, by the same scorer."""

    opening_id: int
    opening_title: str
    effect: Effect
    before: float
    rank_before: int
    of: int


@dataclass(frozen=True)
class ClimbStep:
    """`kind` passed, exam, course, today or closing; `state` done, now or empty for later."""

    kind: str
    name: str
    on: date
    state: str
    is_demo: bool = False


@dataclass(frozen=True)
class OpeningRow:
    card: CardView
    score: float | None
    met: int
    total: int
    why: tuple[reasons.Brief, ...]
    lower: float = 0.0
    """Points it stands lower than it fits, because its partner answers late."""


@dataclass(frozen=True)
class CourseRow:
    course: CourseView
    closing: Closing | None
    skills: str
    is_exam_help: bool
    """It prepares for a certificate the opening aimed at asks for."""


@dataclass(frozen=True)
class Asked:
    id: int
    card: CardView
    answer_by: date


@dataclass(frozen=True)
class Held:
    code: str
    state: str
    expires_on: date | None
    verification: int


@dataclass(frozen=True)
class NextTask:
    """Of the path that is due first."""

    plan_id: int
    title: str
    on: date
    is_overdue: bool


@dataclass(frozen=True)
class HomeView:
    name: str
    due: Due | None
    step: NextStep | None
    climb: tuple[ClimbStep, ...]
    openings: tuple[OpeningRow, ...]
    total: int
    courses: tuple[CourseRow, ...]
    asked: tuple[Asked, ...]
    certificates: tuple[Held, ...]
    skills: int
    """Recorded by anybody; `proved` of them by somebody else or by a certificate."""
    proved: int
    follows: int
    """Further ones that follow from certificates alone."""
    looks: int
    """Organisations that looked at the record in the last seven days."""
    is_blank: bool
    is_neutral: bool = False
    task: NextTask | None = None
    rounds: tuple[RoundCard, ...] = ()
    """Whose wishes are still taken, the one that locks first on top."""


def home(unit: Unit, actor: Actor) -> HomeView:
    session, today = unit.session, unit.today
    youth_id = scored_youth(session, actor, today)
    standing = standing_of(session, actor, youth_id, today)
    aim = own_aim(session, standing)
    rows = cards.cards(session, openings.open_now(actor, today))
    attempts = youths.certification_records(session, youth_id)
    lower = reply_rates.lower_of(
        session,
        {each: row.organisation_id for each, row in rows.items()},
        unit.now,
        is_neutral=standing.is_neutral,
    )
    best = standing.order_with(lower)[:SHOWN]
    items = standing.items(best)
    shown = [items[each] for each in best]
    course_rows = course_views.read(session, courses.published(actor))
    ahead = course_views.still_ahead(session, course_rows, youth_id, today)
    ranking = rank_courses(
        standing.seeker, ahead, aim.target, standing.context, openings=standing.many
    )
    tried = _courses(unit, actor, standing, aim, course_rows, ranking.items)
    version = standing.model_version
    listed = [
        Shown(
            each.id, standing.places[each.id].rank, each.score, 1.0, place, lower.get(each.id, 0.0)
        )
        for place, each in enumerate(shown, start=1)
    ]
    note_shown(unit, ExposureKind.LISTED, "opening", youth_id, listed, model_version=version)
    listed = [
        Shown(each.id, each.rank, each.score, 1.0, place)
        for place, (each, _) in enumerate(tried, start=1)
    ]
    note_shown(unit, ExposureKind.LISTED, "course", youth_id, listed, model_version=version)
    recorded = {each.skill for each in youths.skill_records(session, youth_id)}
    counts = counted_of(session, youth_id, today)
    return HomeView(
        name=actor.name,
        due=_due(attempts, today),
        step=_step(unit, youth_id, standing, aim, rows, course_rows, ahead),
        climb=_climb(unit, actor, attempts, aim, rows),
        openings=tuple(
            replace(each, lower=lower.get(each.card.id, 0.0))
            for each in _openings(unit, shown, rows)
        ),
        total=standing.total,
        courses=tuple(row for _, row in tried),
        asked=_asked(unit, actor),
        certificates=_held(attempts, today),
        skills=len(recorded),
        proved=sum(counts[each].verification > 1 for each in recorded),
        follows=len(counts) - len(recorded),
        looks=own_ties.looks_since(session, youth_id, unit.now - WEEK),
        is_blank=standing.seeker.is_blank,
        is_neutral=standing.is_neutral,
        task=_task(unit, youth_id),
        rounds=_rounds(unit, youth_id),
    )


def _rounds(unit: Unit, youth_id: int) -> tuple[RoundCard, ...]:
    found = [each for each in round_cards(unit.session, youth_id, unit.today) if each.can_wish]
    return tuple(sorted(found, key=lambda each: each.wishes_until))


def _task(unit: Unit, youth_id: int) -> NextTask | None:
    found = plans.next_step(unit.session, youth_id, ACTIVE)
    if found is None:
        return None
    plan, row = found
    title = step_names(unit.session, [(row.kind, row.ref)])[row.kind, row.ref]
    return NextTask(plan.id or 0, title, row.ends_on, row.ends_on < unit.today)


def _due(attempts: Sequence[CertificationRecord], today: date) -> Due | None:
    """The next booked exam; without one, the next expiry within a year."""
    exams = [
        (row.exam_on, row.certification)
        for row in attempts
        if row.state is AttemptState.SCHEDULED and row.exam_on and row.exam_on >= today
    ]
    if exams:
        on, code = min(exams)
        return Due("exam", code, on, (on - today).days)
    ends = [
        (held.expires_on, held.code)
        for held in _held(attempts, today)
        if held.expires_on is not None and today <= held.expires_on <= today + EXPIRY_IN_SIGHT
    ]
    if not ends:
        return None
    on, code = min(ends)
    return Due("expiry", code, on, (on - today).days)


def _held(attempts: Sequence[CertificationRecord], today: date) -> tuple[Held, ...]:
    """One line a certificate once passed: the pass that lasts longest."""
    best: dict[str, CertificationRecord] = {}
    for row in attempts:
        if row.state is AttemptState.PASSED:
            old = best.get(row.certification)
            if old is None or (row.expires_on or date.max) > (old.expires_on or date.max):
                best[row.certification] = row
    return tuple(
        Held(
            code,
            "expired" if row.expires_on is not None and row.expires_on < today else "active",
            row.expires_on,
            row.verification,
        )
        for code, row in sorted(best.items())
    )


def _step(
    unit: Unit,
    youth_id: int,
    standing: Standing,
    aim: Aim,
    rows: dict[int, cards.OpeningCard],
    course_rows: course_views.CourseRows,
    ahead: Sequence[Course],
) -> NextStep | None:
    if aim.main is None or aim.item is None or aim.main.id not in rows or standing.is_neutral:
        return None
    names = reasons.words(unit.session, [aim.item.checklist])
    titles = {course.id or 0: course_views.titled(course) for course, _ in course_rows.found}
    about = actions.known(unit.session, youth_id, names, ahead, titles, unit.today)
    offered = actions.actions_for(standing, aim.item.checklist, about)
    tried = Trial(standing, aim.main.id).effects(offered)
    effects = [each for each in tried if each.gain > 0]
    if not effects:
        return None
    place = standing.places[aim.main.id]
    return NextStep(
        opening_id=aim.main.id,
        opening_title=card_view(rows[aim.main.id], unit.today).title,
        effect=effects[0],
        before=place.score or 0.0,
        rank_before=place.rank or 0,
        of=standing.total,
    )


def _climb(
    unit: Unit,
    actor: Actor,
    attempts: Sequence[CertificationRecord],
    aim: Aim,
    rows: dict[int, cards.OpeningCard],
) -> tuple[ClimbStep, ...]:
    """Up to two steps behind, today, and up to three ahead, in the order of their days."""
    today = unit.today
    behind, ahead = [], []
    for row in attempts:
        if row.state is AttemptState.PASSED and row.exam_on is not None:
            behind.append(ClimbStep("passed", row.certification, row.exam_on, "done"))
        elif row.state is AttemptState.SCHEDULED and row.exam_on and row.exam_on >= today:
            ahead.append(ClimbStep("exam", row.certification, row.exam_on, ""))
    for own in enrolments.own(unit.session, actor):
        title = in_language(own.title_ko, own.title_en)
        if own.state is EnrolmentState.COMPLETED:
            behind.append(ClimbStep("course", title, own.ends_on, "done", own.is_demo))
        elif own.state is EnrolmentState.ENROLLED and own.ends_on >= today:
            ahead.append(ClimbStep("course", title, max(own.starts_on, today), "", own.is_demo))
    main = rows.get(aim.main.id) if aim.main is not None else None
    if main is not None:
        title = in_language(main.title_ko, main.title_en)
        ahead.append(ClimbStep("closing", title, main.closes_on, "", main.is_demo))
    behind.sort(key=lambda step: step.on)
    ahead.sort(key=lambda step: step.on)
    return (*behind[-2:], ClimbStep("today", "", today, "now"), *ahead[:3])


def _openings(
    unit: Unit, shown: Sequence[RankedItem], rows: dict[int, cards.OpeningCard]
) -> tuple[OpeningRow, ...]:
    names = reasons.words(unit.session, [each.checklist for each in shown])
    return tuple(
        OpeningRow(
            card=card_view(rows[each.id], unit.today),
            score=each.shown_score,
            met=each.checklist.met_count,
            total=each.checklist.total,
            why=reasons.briefly(each, names),
        )
        for each in shown
    )


def _courses(
    unit: Unit,
    actor: Actor,
    standing: Standing,
    aim: Aim,
    rows: course_views.CourseRows,
    items: Sequence[RankedItem],
) -> list[tuple[RankedItem, CourseRow]]:
    """The best placed that do something for the opening aimed at; without one, the best placed."""
    shown = course_views.views(unit.session, rows, actor, unit.today)
    ranked = {each.id: each for each in from_rows(rows.found, rows.sessions, rows.skills)}
    gaps, tried = set(aim.gaps), items[:TRIED]
    closing = closings(standing, aim, [ranked[each.id] for each in tried])

    def row(number: int) -> CourseRow:
        course = shown[number]
        return CourseRow(
            course=course,
            closing=closing.get(number),
            skills=", ".join(s.name for s in course.gained if f"skill:{s.slug}" in gaps),
            is_exam_help=f"certification:{course.linked_certification}" in gaps,
        )

    pairs = ((each, row(each.id)) for each in tried)
    takes_all = aim.main is None or standing.is_neutral
    helping = (pair for pair in pairs if takes_all or _helps(pair[1]))
    return list(islice(helping, SHOWN))


def _helps(row: CourseRow) -> bool:
    return row.is_exam_help or (row.closing is not None and row.closing.gain > 0)


def _asked(unit: Unit, actor: Actor) -> tuple[Asked, ...]:
    """Unanswered introductions, the one that lapses first on top."""
    waiting = [
        row
        for row in own_ties.introductions(unit.session, actor)
        if introduction_standing(row.state, row.answer_by, unit.today)
        is IntroductionState.REQUESTED
    ]
    found = cards.cards_of(unit.session, [row.opening_id for row in waiting])
    waiting.sort(key=lambda row: (row.answer_by, row.id or 0))
    return tuple(
        Asked(row.id or 0, card_view(found[row.opening_id], unit.today), row.answer_by)
        for row in waiting
    )
