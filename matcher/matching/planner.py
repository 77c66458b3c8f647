"""The ways to a target: fastest, cheapest and strongest, or what stands in the way."""

from collections import Counter
from collections.abc import Callable, Iterable, Sequence
from dataclasses import replace
from datetime import date
from functools import cached_property

from sqlmodel import Session

from matcher.actor import Actor
from matcher.i18n import format_date
from matcher.i18n import gettext as _
from matcher.matching import rule_words
from matcher.matching.certification_facts import programme_facts
from matcher.matching.context import names_for, ranking_context
from matcher.matching.own_records import own_records
from matcher.matching.plan_facts import HORIZON, PlanFacts, read_facts
from matcher.matching.plan_problem import Asked, asked, at_pace
from matcher.matching.plan_steps import Scoring, Telling
from matcher.matching.plan_target import Aim, Target, aim_of, target_of, without
from matcher.matching.plan_views import (
    Paths,
    PlanView,
    Refusal,
    Relaxation,
    Terms,
    Wishes,
)
from matcher.matching.reasons import spoken
from matcher.matching.relaxation_words import relaxation
from matcher.planning.path.modes import Action
from matcher.planning.path.problem import UNITS_AN_HOUR, Problem, Window
from matcher.planning.path.relaxing import Easier, easings
from matcher.planning.path.search import Clock, Plan, Search
from matcher.planning.path.strength import Wish, strongest
from matcher.policy.desk import SEEN
from matcher.ranking.context import RankingContext
from matcher.ranking.explain import Names
from matcher.ranking.types import SKILL, CertificationProof, Seeker, SkillProof, verified_share
from matcher.refusal import NotFound

TIME_LIMIT = 1.0
"""Seconds of searching for plans; what is not proved by then says by how much."""
RELAX_LIMIT = 1.0
RECORDS = "records"
"""Source of what rests on the person's own records and our estimates."""
LANGUAGES = ("ko", "en")


def paths(
    session: Session,
    actor: Actor | None,
    youth_id: int,
    wishes: Wishes,
    terms: Terms,
    today: date,
    limit: float = TIME_LIMIT,
) -> Paths:
    """The caller checked that the actor may plan for the youth. Raises NotFound or Invalid."""
    return _Planner(session, actor, youth_id, wishes, terms, today).paths(limit)


def is_within_reach(
    session: Session,
    youth_id: int,
    target: Target,
    wishes: Wishes,
    terms: Terms,
    today: date,
    limit: float = TIME_LIMIT,
) -> bool:
    """Whether some path leads there under these wishes, or the person is there already."""
    return _Planner(session, None, youth_id, wishes, terms, today, target).is_within_reach(limit)


class _Planner:
    def __init__(
        self,
        session: Session,
        actor: Actor | None,
        youth_id: int,
        wishes: Wishes,
        terms: Terms,
        today: date,
        target: Target | None = None,
    ) -> None:
        records = own_records(session, youth_id, today)
        if records is None:
            raise NotFound(_("이 번호의 청년이 없습니다."))
        self.session, self.terms = session, terms
        self.target = target or target_of(session, actor, wishes, records.seeker(), today)
        self._asked_by = wishes.by
        self.wishes = _with_deadline(wishes, self.target)
        self.context: RankingContext = ranking_context(session, today)
        self.facts: PlanFacts = read_facts(session, actor, youth_id, records, today)
        self.seeker = records.seeker()
        keys = {each.key for each in self.target.requirements}
        self._names: Names = names_for(session, keys)
        self.aim: Aim = aim_of(self.target, self.wishes, self.seeker, self.context, self._names)
        self.found: Asked = asked(self.facts, self.wishes, self.aim, terms)
        self.telling = Telling(self.found, self.wishes, terms)

    @cached_property
    def scoring(self) -> Scoring:
        return Scoring(self.session, self.target, self.context, self.found)

    def is_within_reach(self, limit: float) -> bool:
        if not self.aim.goal.skills and not self.aim.goal.exams:
            return True
        search = Search(self._plain, Clock.of(limit))
        return not (self.aim.refusals or search.out_of_reach) and bool(search.plans("fastest", 1))

    def paths(self, limit: float) -> Paths:
        clock = Clock.of(limit)
        search = Search(self._plain, clock)
        is_barred = bool(self.aim.refusals) or bool(search.out_of_reach)
        plans = [] if is_barred else self._plans(search, clock)
        is_there = not self.aim.goal.skills and not self.aim.goal.exams and not is_barred
        relaxations = () if plans or is_barred else self._relaxations()
        return Paths(
            title=self.target.title,
            href=self.target.href,
            closes_on=self.target.closes_on,
            plans=tuple(plans),
            relaxations=relaxations,
            refusals=(
                *self.aim.refusals,
                *self._rules(),
                *self._unreached(search),
                *self._booked_too_soon(),
                *(() if plans else self._ends_too_soon()),
            ),
            is_there=is_there,
            timed_out=search.timed_out or not search.is_complete or self.found.is_cut,
            terms=self.terms,
            model_version="" if self.scoring.is_neutral else self.context.serving.version,
        )

    def _plans(self, search: Search, clock: Clock) -> list[PlanView]:
        """Only who looks for the least money sits an exam for its code alone, unless nothing fits
        the budget otherwise."""
        most = self.wishes.most
        thrifty = Search(self.found.problem, clock)
        fastest = search.plans("fastest", most)
        floor = fastest[0].timeline.finish if fastest and not fastest[0].gap else 0
        cheapest = thrifty.plans("cheapest", most, floor)
        if cheapest and not fastest:
            fastest = thrifty.plans("fastest", most)
        search.timed_out |= thrifty.timed_out
        strongest_ones = self._strongest(clock) if fastest else ()
        return self._views([*fastest, *cheapest, *strongest_ones])

    def _views(self, plans: Sequence[Plan]) -> list[PlanView]:
        """The best of each kind, and of the others those not shown already."""
        shown: set[frozenset[Action]] = set()
        places: Counter[str] = Counter()
        views = []
        for plan in plans:
            if places[plan.kind] and plan.timeline.actions in shown:
                continue
            places[plan.kind] += 1
            shown.add(plan.timeline.actions)
            views.append(self.telling.plan(plan, places[plan.kind], self.scoring))
        return views

    @cached_property
    def _plain(self) -> Problem:
        """With the exams asked for and no other."""
        problem = self.found.problem
        return replace(problem, exams=tuple(e for e in problem.exams if e.id in self.aim.exams))

    def _strongest(self, clock: Clock) -> tuple[Plan, ...]:
        if self.scoring.is_neutral:
            return ()
        found = strongest(
            self._plain,
            self.aim.wishes,
            self._hope(),
            self.scoring.after,
            self.wishes.most,
            clock,
        )
        return found.plans

    def _hope(self) -> Callable[[Sequence[frozenset[Wish]]], list[float]]:
        """The score if a set of wishes came true in its best proved form."""
        goal = self.found.problem.goal
        base = [("skill", slug, level) for slug, level in goal.skills.items()]
        base += [("exam", name, 0) for name in goal.exams]

        def hope(sets: Sequence[frozenset[Wish]]) -> list[float]:
            return self.scoring.means([self._ideal([*base, *some]) for some in sets])

        return hope

    def _ideal(self, wishes: Sequence[Wish]) -> Seeker:
        """Each skill as high and as well proved as some course could make it. What courses bring
        besides can only make a real plan better."""
        skills, passed = dict(self.seeker.skills), dict(self.seeker.certifications)
        for kind, name, level in wishes:
            if kind == "exam":
                held = passed.get(name)
                passed[name] = CertificationProof(
                    name, verification=1 if held is None else held.verification
                )
            else:
                skills[name] = self._best_proof(name, level)
        return replace(self.seeker, skills=skills, certifications=passed)

    def _best_proof(self, skill: str, level: int) -> SkillProof:
        held = self.seeker.skills.get(skill)
        sessions = self.found.problem.sessions
        highs = [gain.high for each in sessions for gain in each.gains if gain.skill == skill]
        proved = verified_share(SEEN) if highs else 0.0
        now = 0 if held is None else held.level
        sure = 0.0 if held is None else held.verified
        return SkillProof(skill, max(level, now, *highs), max(sure, proved))

    def _rules(self) -> tuple[Refusal, ...]:
        return tuple(
            Refusal(each.code, rule_words.words(each), each.source, each.until)
            for each in self.found.refusals
        )

    def _unreached(self, search: Search) -> tuple[Refusal, ...]:
        words = _("%(name)s: 시험으로 확인된 수준이라 다른 방법으로는 오르지 않아요.")
        return tuple(
            Refusal(
                "test_counts", words % {"name": spoken(SKILL + each.skill, self._names)}, RECORDS
            )
            for each in search.out_of_reach
        )

    def _booked_too_soon(self) -> Iterable[Refusal]:
        """Exams on a booked day before which our estimate of their study does not fit."""
        words = _("%(day)s의 %(exam)s 시험: 우리 어림으로는 그때까지 %(hours)s시간이 모자라요.")
        for exam in self.found.problem.exams:
            for window in exam.windows:
                missing = self._missing(window, window.opens)
                is_booked = self.found.windows[window].is_booked
                if is_booked and exam.id in self.aim.goal.exams and missing > 0:
                    said = self._said(window, window.opens)
                    yield Refusal("booked_too_soon", words % said, RECORDS)

    def _ends_too_soon(self) -> Iterable[Refusal]:
        """Exams asked for whose last day comes before our estimate of their study is over."""
        words = _(
            "%(exam)s 시험은 %(day)s에 끝나요. 우리 어림으로는 그때까지 %(hours)s시간이 모자라요."
        )
        for exam in self.found.problem.exams:
            last = max(exam.windows, key=lambda window: window.closes)
            is_asked = exam.id in self.aim.goal.exams and last.closes < HORIZON
            if is_asked and self._missing(last, last.closes) > 0:
                source = programme_facts().certifications[exam.id].source
                yield Refusal("ends_too_soon", words % self._said(last, last.closes), source)

    def _missing(self, window: Window, day: int) -> int:
        """Units of work that do not fit before that day."""
        return window.work - self.found.problem.supplied[min(day, HORIZON)]

    def _said(self, window: Window, day: int) -> dict[str, object]:
        return {
            "day": format_date(self.facts.date(day), "long"),
            "exam": window.code,
            "hours": -(-self._missing(window, day) // UNITS_AN_HOUR),
        }

    def _relaxations(self) -> tuple[Relaxation, ...]:
        found = easings(self.found.problem, self._easier(), Clock.of(RELAX_LIMIT))
        is_posting = self._asked_by is None and self.target.is_posted
        is_promise = self.target.is_promise
        return tuple(
            relaxation(each, self._names, self.aim.must, is_posting, is_promise) for each in found
        )

    def _easier(self) -> Easier:
        goal = self.found.problem.goal
        return Easier(
            last=HORIZON,
            weekly_hours=self.wishes.weekly_hours,
            hours=lambda weekly: at_pace(self.found, weekly),
            drops={
                each: without(goal, each)
                for each in (self.aim.nice or self.aim.must)
                if len(self.aim.nice) + len(self.aim.must) > 1
            },
            variants=self._variants(),
        )

    def _variants(self) -> dict[str, Problem]:
        """The same with another language, or with a guardian's consent."""
        other = [each for each in LANGUAGES if each not in self.wishes.languages]
        changed = {
            f"language:{each}": replace(self.wishes, languages=(*self.wishes.languages, each))
            for each in other
        }
        if self.wishes.is_minor and not self.wishes.has_guardian_consent:
            changed["guardian_consent"] = replace(self.wishes, has_guardian_consent=True)
        return {
            name: asked(self.facts, wishes, self.aim, self.terms).problem
            for name, wishes in changed.items()
        }


def _with_deadline(wishes: Wishes, target: Target) -> Wishes:
    """Without a day of the person's own, a posting's last day is the deadline; what was promised
    by a day is of no use after it."""
    day = target.closes_on
    if wishes.by is None or (target.is_promise and day is not None and wishes.by > day):
        return replace(wishes, by=day)
    return wishes
