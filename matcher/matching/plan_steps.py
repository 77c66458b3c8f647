"""A timeline of the planner in a person's words, with costs, risk and the real score after each
step."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from sqlmodel import Session

from matcher.i18n import format_krw, in_language
from matcher.i18n import gettext as _
from matcher.matching.certification_facts import programme_facts
from matcher.matching.context import names
from matcher.matching.crowd import crowd_in, crowds
from matcher.matching.own_records import Deed
from matcher.matching.plan_hours import Hours
from matcher.matching.plan_problem import Asked
from matcher.matching.plan_target import Target
from matcher.matching.plan_views import CostLine, PlanView, Risk, StepView, Terms, Wishes
from matcher.matching.pool import Pool
from matcher.matching.rule_words import language_name
from matcher.matching.step_names import microcredential_name
from matcher.planning.benefits import discounted
from matcher.planning.path.modes import BENEFIT, FULL
from matcher.planning.path.problem import units
from matcher.planning.path.search import Plan
from matcher.planning.path.timeline import Placed, Timeline, room_beside, spend
from matcher.ranking.context import RankingContext
from matcher.ranking.explain import name_of
from matcher.ranking.places import clipped
from matcher.ranking.prepared import PreparedOpenings
from matcher.ranking.scenarios import scenario_scores
from matcher.ranking.types import SKILL, Seeker
from models.plan import PlanKind


@dataclass(frozen=True)
class Milestone:
    """Score and place in the real pool at one moment; None where nothing is told."""

    score: float | None
    rank: int | None
    of: int | None


class Scoring:
    """The target by the model that serves, on today's snapshot: its openings and its pool."""

    def __init__(
        self, session: Session, target: Target, context: RankingContext, found: Asked
    ) -> None:
        self._target, self._context, self._found = target, context, found
        self._records = found.facts.records
        self._seeker = self._records.seeker()
        self._many = PreparedOpenings.from_openings(target.openings, context)
        self._pool = self._own_pool(session)

    @property
    def is_neutral(self) -> bool:
        return self._context.serving.is_neutral

    def milestones(self, prefixes: Sequence[Sequence[Placed]]) -> list[Milestone]:
        """As of now, then after each of these lists of steps."""
        if self.is_neutral:
            return [Milestone(None, None, None)] * (1 + len(prefixes))
        people = [self._after(self._found.deeds(each)) for each in prefixes]
        scores = scenario_scores(self._seeker, people, self._many, self._context)
        return [
            self._milestone(clipped(float(row.mean())), float(row[0]), bool(open_[0]))
            for row, open_ in zip(scores.additive, scores.reachable, strict=True)
        ]

    def means(self, people: Sequence[Seeker]) -> list[float]:
        """Mean score over the openings aimed at, before clipping, of each of these."""
        if self.is_neutral or not people:
            return [0.0] * len(people)
        scores = scenario_scores(self._seeker, people, self._many, self._context)
        return [float(row.mean()) for row in scores.additive[1:]]

    def after(self, timeline: Timeline) -> float:
        return self.means([self._after(self._found.deeds(timeline.steps))])[0]

    def _after(self, deeds: Sequence[Deed]) -> Seeker:
        return self._records.after(deeds).seeker()

    def _milestone(self, score: float, first: float, is_open: bool) -> Milestone:
        crowd = crowd_in(self._pool, self._seeker.id, first) if is_open else None
        if crowd is None:
            return Milestone(score, None, None)
        return Milestone(score, crowd.rank, crowd.of)

    def _own_pool(self, session: Session) -> Pool | None:
        """Of the first opening; a role nobody posted has none."""
        if not self._target.is_posted or self.is_neutral:
            return None
        first = self._target.openings[0]
        found = crowds(session, [first], self._context, self._found.facts.today)
        return found.get(first.id)


class Telling:
    """Words, money and dates of the steps."""

    def __init__(self, found: Asked, wishes: Wishes, terms: Terms) -> None:
        self.found, self.wishes, self.terms = found, wishes, terms

    def plan(self, plan: Plan, place: int, scoring: Scoring) -> PlanView:
        line = plan.timeline
        prefixes = [line.steps[: at + 1] for at in range(len(line.steps))]
        before, *after = scoring.milestones(prefixes)
        last = after[-1] if after else before
        steps = tuple(self.step(step, at) for step, at in zip(line.steps, after, strict=True))
        low, high = self._range(line)
        costs = (*(cost for step in steps for cost in step.costs), *self._aid(line))
        deadline = self.wishes.by
        finish = self.found.facts.date(line.finish)
        return PlanView(
            kind=PlanKind(plan.kind),
            place=place,
            starts_on=self.found.facts.today,
            finish=finish,
            finish_low=self.found.facts.date(low),
            finish_high=None if high is None else self.found.facts.date(high),
            slack_days=None if deadline is None else (deadline - finish).days,
            total_krw=line.krw,
            total_usd=sum(each.amount for each in costs if each.currency == "USD"),
            total_won=round(sum(each.amount for each in costs if each.currency == "KRW")),
            costs=costs,
            hours_per_week=self.wishes.weekly_hours,
            total_hours=line.hours,
            steps=steps,
            risk=self._risk(line),
            score_before=before.score,
            score_after=last.score,
            rank_before=before.rank,
            rank_after=last.rank,
            of=last.of,
            gap=plan.gap,
        )

    def step(self, step: Placed, at: Milestone) -> StepView:
        hours = self._hours(step)
        costs = self._costs(step)
        kind, ref, title, href = self._named(step)
        return StepView(
            kind=kind,
            id=ref,
            title=title,
            start=self.found.facts.date(step.start),
            end=self.found.facts.date(step.end),
            hours=round(step.hours, 2),
            hours_low=hours.low,
            hours_high=hours.high,
            costs=costs,
            krw=step.krw,
            score_after=at.score,
            rank_after=at.rank,
            notes=tuple(self._notes(step)),
            href=href,
        )

    def _hours(self, step: Placed) -> Hours:
        if step.window is not None:
            return self.found.windows[step.window].hours
        if step.session is not None:
            return Hours(step.hours, step.hours, step.hours)
        return self.found.tasks[step.id].hours

    def _named(self, step: Placed) -> tuple[str, str, str, str]:
        """(kind, id, title, address)."""
        if step.window is not None:
            title = _("%(exam)s 시험") % {"exam": step.window.code}
            return "exam", step.window.code, title, f"/youth/certifications/{step.id}"
        if step.session is not None:
            course = self.found.courses[step.session.id]
            run = self.found.runs.get(step.session.id)
            title = self.found.taken_titles[step.session.id] if run is None else run.title
            return "course", step.id, title, f"/youth/courses/{course.id}"
        made = self.found.tasks[step.id]
        if made.kind == "microcredential":
            return made.kind, made.ref, microcredential_name(made.ref), ""
        skill, level = made.rungs[0]
        pair = name_of(SKILL + skill, names())
        words = {"name": in_language(pair.ko, pair.en), "level": level}
        return made.kind, made.ref, _("%(name)s 수준 %(level)s") % words, "/youth/skills"

    def _costs(self, step: Placed) -> tuple[CostLine, ...]:
        if step.window is not None:
            return self._exam_costs(step)
        if step.krw:
            title = self._named(step)[2]
            return (CostLine(title, step.krw, "KRW", step.krw),)
        return ()

    def _exam_costs(self, step: Placed) -> tuple[CostLine, ...]:
        assert step.window is not None
        usd = self.found.windows[step.window].sitting.price_usd
        if not usd:
            return ()
        label = _("%(exam)s 응시료") % {"exam": step.window.code}
        percent = self._percent_off(step.pay)
        if percent:
            label = _("%(label)s (%(percent)s%% 할인)") % {"label": label, "percent": percent}
        return (CostLine(label, discounted(usd, percent), "USD", step.krw),)

    def _percent_off(self, pay: int) -> int:
        if pay == FULL:
            return 0
        if pay == BENEFIT:
            return self.found.problem.benefit_percent
        return next(each.percent for each in self.found.problem.vouchers if each.id == pay)

    def _aid(self, line: Timeline) -> tuple[CostLine, ...]:
        """One line a scheme that pays something."""
        names = {each.id: each.name for each in self.found.facts.subsidies}
        return tuple(
            CostLine(_("지원금 %(name)s") % {"name": names[scheme]}, -won, "KRW", -won)
            for scheme, won in line.aids.items()
        )

    def _notes(self, step: Placed) -> list[str]:
        if step.window is not None:
            return self._exam_notes(step)
        if step.session is not None:
            return self._course_notes(step)
        made = self.found.tasks[step.id]
        if made.is_confirmed:
            return [_("대학 담당자에게 보이고 확인받아야 올라요")]
        if len(made.rungs) > 1:
            return [_("%(skills)s 수준을 올려요") % {"skills": _skills(made.rungs)}]
        return []

    def _exam_notes(self, step: Placed) -> list[str]:
        assert step.window is not None
        sitting = self.found.windows[step.window].sitting
        online = self.wishes.is_online
        notes = [language_name(sitting.language), _("집에서") if online else _("시험장에서")]
        if self.found.windows[step.window].is_booked:
            notes.append(_("이미 예약한 시험이에요"))
        if online and not sitting.has_proctor:
            notes.append(_("한국어를 하는 감독관은 없어요"))
        if sitting.is_beta:
            notes.append(_("베타 시험이라 결과가 늦게 나와요"))
        if step.pay == BENEFIT:
            notes.append(_("앞선 합격의 50% 혜택을 써요"))
        elif step.pay > 0:
            notes.append(_("받은 바우처를 써요"))
        if step.window.after is not None:
            notes.append(_("과정에서 배우는 만큼 공부 시간이 줄어요"))
        if step.id not in self.found.problem.goal.exams:
            notes.append(_("다음 시험을 반값으로 보려고 먼저 봐요"))
        return notes

    def _course_notes(self, step: Placed) -> list[str]:
        assert step.session is not None
        if step.session.id not in self.found.runs:
            return [_("이미 듣고 있어요")]
        row = self.found.runs[step.session.id].row
        fee = format_krw(step.krw) if step.krw else _("무료")
        hours = _("한 주 %(n)s시간") % {"n": row.weekly_hours}
        seats = _("남은 자리 %(n)s") % {"n": row.seats - row.taken}
        return [hours, fee, seats]

    def _range(self, line: Timeline) -> tuple[int, int | None]:
        """Last days with the shortest and the longest hours."""
        ends = [self._stretched(line, end) for end in ("low", "high")]
        return min(line.finish, ends[0] if ends[0] is not None else line.finish), ends[1]

    def _stretched(self, line: Timeline, end: str) -> int | None:
        """The same steps with other hours, in the same order; None when a last day is missed."""
        problem, day, finish = self.found.problem, 0, 0
        sessions = [step.session for step in line.steps if step.session is not None]
        room = room_beside(problem, sessions)
        ahead = sorted(line.steps, key=lambda each: (each.end, each.start))
        for step in ahead:
            if step.session is not None:
                finish = max(finish, step.end)
                continue
            work = units(getattr(self._hours(step), end))
            span = spend(room, day, work)
            if span is None:
                return None
            day = span[1]
            if step.window is None:
                finish = max(finish, day)
                continue
            sat = max(problem.opens(step.window), day + 1)
            if sat > step.window.closes:
                return None
            finish = max(finish, sat + problem.wait)
        return finish

    def _risk(self, line: Timeline) -> Risk:
        exams = [each for each in line.steps if each.window is not None]
        rate = self.terms.pass_rate_percent / 100
        retakes = [self._retake(each) for each in exams]
        once = rate ** len(exams)
        twice = 1.0
        for each in retakes:
            twice *= rate + (1.0 - rate) * rate if each is not None else rate
        fits = [each for each in retakes if each is not None]
        dearest = max((self._full(each) for each in exams), default=0)
        return Risk(
            exams=len(exams),
            pass_rate_percent=self.terms.pass_rate_percent,
            first_try_percent=round(100 * once),
            with_retake_percent=round(100 * twice),
            retake_by=max(fits, default=None),
            retake_krw=dearest,
        )

    def _retake(self, step: Placed) -> date | None:
        """First day on which it could be sat again, if its result is known in time."""
        assert step.window is not None
        problem = self.found.problem
        again = step.end + programme_facts().rules.retake_wait_days
        is_open = again <= step.window.closes and again + problem.wait <= problem.last
        return self.found.facts.date(again) if is_open else None

    def _full(self, step: Placed) -> int:
        assert step.window is not None
        return self.terms.won(self.found.windows[step.window].sitting.price_usd or 0)


def _skills(rungs: Sequence[tuple[str, int]]) -> str:
    pairs = [name_of(SKILL + skill, names()) for skill, _level in rungs]
    return ", ".join(in_language(pair.ko, pair.en) for pair in pairs)
