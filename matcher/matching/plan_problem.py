"""From what is stored to the planner's whole numbers, and back to names."""

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date

from matcher.catalogue.certifications import load_programme
from matcher.catalogue.keyword_skills import load_keyword_skills
from matcher.catalogue.programme import Microcredential
from matcher.catalogue.study_hours import load_study_hours
from matcher.i18n import in_language
from matcher.matching.certification_facts import programme_facts
from matcher.matching.own_records import Deed, Finished, Passed, Reached
from matcher.matching.passes import attempts_of
from matcher.matching.plan_facts import HORIZON, CourseRun, PlanFacts
from matcher.matching.plan_hours import (
    Hours,
    beside_course,
    exam_hours,
    microcredential_hours,
    rung_hours,
)
from matcher.matching.plan_target import Aim
from matcher.matching.plan_views import Terms, Wishes
from matcher.planning.allocation import covers
from matcher.planning.certification_rules import RuleRefusal
from matcher.planning.path.problem import (
    Exam,
    Gain,
    Problem,
    Session,
    Subsidy,
    Task,
    Voucher,
    Window,
    units,
)
from matcher.planning.path.timeline import Placed
from matcher.planning.sittings import Candidate, windows
from matcher.planning.sittings import Window as Sitting
from matcher.policy.timetable import overlap
from matcher.ranking.types import SKILL, Course
from models.certification import AttemptState
from models.plan import SubsidyCovers

MOST_SESSIONS = 200
"""Sessions that are looked at; of more the soonest to end, and the answer says so."""
TOP = 5
RESULT_DAYS = 7
"""AWS names five business days for a result: a week unless holidays come in between."""
PROJECT_FROM = 3
"""From this level on the level texts speak of things built, so reaching it is a project."""


@dataclass(frozen=True)
class TaskFacts:
    kind: str
    """study, project or microcredential."""
    ref: str
    hours: Hours
    rungs: tuple[tuple[str, int], ...]
    is_confirmed: bool = False
    """It counts only once the university has looked at it."""


@dataclass(frozen=True)
class WindowFacts:
    sitting: Sitting
    hours: Hours
    is_booked: bool = False
    """On its one day, paid already."""


@dataclass(frozen=True)
class Asked:
    """A problem with the names of its parts. `is_cut`: not every session was looked at."""

    problem: Problem
    facts: PlanFacts
    runs: Mapping[int, CourseRun]
    courses: Mapping[int, Course]
    """By session id, also of sessions taken already."""
    taken_titles: Mapping[int, str]
    tasks: Mapping[str, TaskFacts]
    windows: Mapping[Window, WindowFacts]
    refusals: tuple[RuleRefusal, ...]
    """Of the certificates asked for."""
    is_cut: bool

    def deeds(self, steps: Iterable[Placed]) -> list[Deed]:
        """What recording these steps, one after the other, would be."""
        found: list[Deed] = []
        for step in steps:
            if step.kind == "exam":
                assert step.window is not None
                on = self.facts.date(step.end)
                found.append(Passed(step.id, step.window.code, on))
            elif step.kind == "session":
                found.append(Finished(self.courses[int(step.id)]))
            else:
                made = self.tasks[step.id]
                found += [_deed(made, skill, level) for skill, level in made.rungs]
        return found


def asked(facts: PlanFacts, wishes: Wishes, aim: Aim, terms: Terms) -> Asked:
    return _Builder(facts, wishes, aim, terms).build()


def supply_of(facts: PlanFacts, weekly_hours: int) -> tuple[int, ...]:
    """Units by day: none on public holidays, other hours in busy periods, less what courses
    taken already use."""
    supply = [weekly_hours * 60] * (HORIZON + 1)
    for period in facts.busy:
        for day in _days(facts, period.starts_on, period.ends_on):
            supply[day] = period.weekly_hours * 60
    for on in facts.holidays:
        supply[facts.day(on)] = 0
    for row, _course in facts.taken:
        for day in _days(facts, row.starts_on, row.ends_on):
            if facts.date(day) not in facts.holidays:
                supply[day] = max(0, supply[day] - row.weekly_hours * 60)
    return tuple(supply)


def _days(facts: PlanFacts, first: date, last: date) -> range:
    return range(max(0, facts.day(first)), min(HORIZON, facts.day(last)) + 1)


class _Builder:
    def __init__(self, facts: PlanFacts, wishes: Wishes, aim: Aim, terms: Terms) -> None:
        self.facts, self.wishes, self.aim, self.terms = facts, wishes, aim, terms
        self.seeker = facts.records.seeker()
        self.tasks: dict[str, TaskFacts] = {}
        self.windows: dict[Window, WindowFacts] = {}
        self.refusals: list[RuleRefusal] = []
        self.gains: dict[int, tuple[Gain, ...]] = {}

    def build(self) -> Asked:
        runs, is_cut = self._useful_runs()
        levels = self._levels_needed(runs)
        exams = self._exams(runs)
        problem = Problem(
            supply=supply_of(self.facts, self.wishes.weekly_hours),
            goal=self.aim.goal,
            last=self._last(),
            levels={slug: proof.level for slug, proof in self.seeker.skills.items()},
            sessions=tuple(self._sessions(runs)),
            tasks=tuple(self._tasks(levels)),
            exams=exams,
            clashes=_clashes(runs),
            vouchers=tuple(self._vouchers()),
            subsidies=tuple(self._subsidies()),
            rests=frozenset(self.facts.day(on) for on in self.facts.holidays),
            benefits=self.facts.benefits,
            benefit_percent=programme_facts().benefit_percent,
            wait=RESULT_DAYS,
            budget=self.wishes.budget_krw,
        )
        return Asked(
            problem=problem,
            facts=self.facts,
            runs={each.row.id: each for each in runs},
            courses={each.row.id: each.course for each in runs}
            | {row.session_id: course for row, course in self.facts.taken},
            taken_titles={
                row.session_id: in_language(row.title_ko, row.title_en)
                for row, _ in self.facts.taken
            },
            tasks=self.tasks,
            windows=self.windows,
            refusals=tuple(dict.fromkeys(self.refusals)),
            is_cut=is_cut,
        )

    def _last(self) -> int:
        if self.wishes.by is None:
            return HORIZON
        return min(HORIZON, self.facts.day(self.wishes.by))

    def _wanted(self) -> dict[str, int]:
        """Skills of the goal and of what would raise the score further."""
        wanted = dict(self.aim.goal.skills)
        for kind, name, level in self.aim.wishes:
            if kind == "skill":
                wanted[name] = max(level, wanted.get(name, 0))
        return wanted

    def _useful_runs(self) -> tuple[list[CourseRun], bool]:
        """Sessions that raise a skill wanted, lead to an exam asked for, or teach what one of
        those asks for beforehand."""
        wanted, exams = set(self._wanted()), self.aim.exams
        found: dict[int, CourseRun] = {}
        while True:
            more = [
                each
                for each in self.facts.runs
                if each.row.id not in found
                and (self._raises(each.course, wanted) or exams & set(each.course.certifications))
            ]
            if not more:
                break
            found |= {each.row.id: each for each in more}
            wanted |= {need for each in more for need, _ in _needs(each.course)}
        runs = sorted(found.values(), key=lambda each: (each.row.ends_on, each.row.id))
        return runs[:MOST_SESSIONS], len(runs) > MOST_SESSIONS

    def _raises(self, course: Course, wanted: set[str]) -> bool:
        # What is taught is quick to ask; what of it would count is not.
        is_taught = not wanted.isdisjoint(course.gained)
        return is_taught and any(gain.skill in wanted for gain in self._gains(course))

    def _gains(self, course: Course) -> tuple[Gain, ...]:
        """Only what would count: not a skill whose test stands above any course."""
        known = self.gains.get(course.id)
        if known is None:
            taught = self._taught_skills(course)
            known = self.gains[course.id] = tuple(
                Gain(slug, low, high)
                for slug, (low, high) in sorted(course.gained.items())
                if slug in taught and self._level(slug) < high
            )
        return known

    def _taught_skills(self, course: Course) -> frozenset[str]:
        now, then = self.seeker.skills, self.facts.records.after([Finished(course)]).seeker()
        return frozenset(
            slug
            for slug in course.gained
            if slug in then.skills
            and (slug not in now or then.skills[slug] != now[slug] or now[slug].level >= TOP)
        )

    def _level(self, slug: str) -> int:
        held = self.seeker.skills.get(slug)
        return held.level if held is not None else 0

    def _levels_needed(self, runs: Sequence[CourseRun]) -> dict[str, int]:
        levels = self._wanted()
        for each in runs:
            for skill, level in _needs(each.course):
                levels[skill] = max(level, levels.get(skill, 0))
        return levels

    def _sessions(self, runs: Sequence[CourseRun]) -> Iterable[Session]:
        for each in runs:
            yield Session(
                id=each.row.id,
                course=each.course.id,
                starts=self.facts.day(each.row.starts_on),
                ends=self.facts.day(each.row.ends_on),
                load=each.row.weekly_hours * 60,
                krw=each.fee_krw,
                gains=self._gains(each.course),
                needs=tuple(_needs(each.course)),
            )
        for row, course in self.facts.taken:
            yield Session(
                id=row.session_id,
                course=course.id,
                starts=max(0, self.facts.day(row.starts_on)),
                ends=self.facts.day(row.ends_on),
                load=0,
                gains=self._gains(course),
            )

    def _tasks(self, levels: Mapping[str, int]) -> Iterable[Task]:
        """Rungs of each skill the person's own word counts for, and microcredentials on them."""
        open_: set[tuple[str, int]] = set()
        for skill, top in sorted(levels.items()):
            own = self._would_count(skill, [Reached(skill, TOP)])
            if not own and not self._would_count(skill, [_confirmed(skill, TOP)]):
                continue
            for level in range(self._level(skill) + 1, top + 1):
                kind = "study" if own and level < PROJECT_FROM else "project"
                ref, rung = f"{skill}:{level}", (skill, level)
                if own:
                    open_.add(rung)
                yield self._task(ref, TaskFacts(kind, ref, rung_hours(level), (rung,), not own))
        for each in load_programme().microcredentials:
            rungs = tuple(sorted(_rungs_of(each) & open_))
            if rungs and (each.first_day is None or each.first_day <= self.facts.today):
                made = TaskFacts(
                    "microcredential", each.slug, microcredential_hours(each.minutes), rungs
                )
                yield self._task(f"badge:{each.slug}", made)

    def _task(self, task: str, made: TaskFacts) -> Task:
        self.tasks[task] = made
        return Task(task, units(made.hours.planned), made.rungs)

    def _would_count(self, skill: str, deeds: Sequence[Deed]) -> bool:
        """Whether the level recorded so would be the one that counts."""
        then = self.facts.records.after(deeds).seeker().skills
        return skill in then and then[skill].level == TOP

    def _exams(self, runs: Sequence[CourseRun]) -> tuple[Exam, ...]:
        """What is asked for, and what may be sat for its 50 % code alone."""
        candidate = Candidate(
            history=attempts_of(self.facts.attempts),
            languages=self.wishes.languages,
            is_minor=self.wishes.is_minor,
            has_guardian_consent=self.wishes.has_guardian_consent,
            is_online=self.wishes.is_online,
        )
        found = []
        for name in sorted(programme_facts().certifications):
            is_wanted = name in self.aim.exams
            held = self.seeker.certifications.get(name)
            if not is_wanted and held is not None:
                continue
            here = windows(programme_facts(), name, candidate, self.facts.date(1))
            if is_wanted and name in self.aim.goal.exams:
                self.refusals += here.refusals
            if is_wanted:
                made = tuple(self._windows(name, here.open, runs))
            else:  # nobody knows when the code of a beta comes
                made = tuple(self._windows(name, [w for w in here.open if not w.is_beta], ()))
            if made:
                found.append(Exam(name, made))
        return tuple(found)

    def _windows(
        self, name: str, sittings: Sequence[Sitting], runs: Sequence[CourseRun]
    ) -> Iterable[Window]:
        facts = self.facts
        hours = exam_hours(
            name, self.seeker, facts.studied.get(name, 0.0), facts.practised.get(name, 0.0)
        )
        if hours is None:
            return
        standard = [each for each in sittings if not each.is_beta] or list(sittings)
        for each in _one_language(standard):
            yield self._window(each, hours)
            for run in runs:
                if name in run.course.certifications:
                    shorter = beside_course(hours, run.total_hours)
                    yield self._window(each, shorter, run.row.id)
        for row in self.facts.attempts:
            is_booked = row.certification == name and row.state is AttemptState.SCHEDULED
            if is_booked and row.exam_on is not None and row.exam_on > self.facts.today:
                day, code = row.exam_on, row.exam_code
                sitting = Sitting(name, code, row.language, day, day, 0, False)
                yield self._window(sitting, hours, is_booked=True)

    def _window(
        self, sitting: Sitting, hours: Hours, after: int | None = None, is_booked: bool = False
    ) -> Window:
        closes = HORIZON if sitting.closes_on is None else self.facts.day(sitting.closes_on)
        window = Window(
            code=sitting.exam_code,
            language=sitting.language,
            opens=self.facts.day(sitting.opens_on),
            closes=min(HORIZON, closes),
            work=units(hours.planned),
            krw=self.terms.won(sitting.price_usd or 0),
            after=after,
        )
        self.windows[window] = WindowFacts(sitting, hours, is_booked)
        return window

    def _vouchers(self) -> Iterable[Voucher]:
        levels = {each.id: each.level_slug for each in load_programme().certifications}
        for row in self.facts.vouchers:
            yield Voucher(
                id=row.id or 0,
                percent=row.percent,
                until=self.facts.day(row.expires_on),
                exams=frozenset(name for name in levels if covers(row.level, levels[name])),
            )

    def _subsidies(self) -> Iterable[Subsidy]:
        for each in self.facts.subsidies:
            left = each.cap_krw if each.remaining_krw is None else each.remaining_krw
            yield Subsidy(
                id=each.id,
                percent=each.percent,
                cap=min(each.cap_krw, left),
                until=self.facts.day(each.closes_on),
                exams=each.covers_aws_exams,
                courses=each.covers is not SubsidyCovers.EXAM,
            )


def _deed(made: TaskFacts, skill: str, level: int) -> Deed:
    return _confirmed(skill, level) if made.is_confirmed else Reached(skill, level)


def _confirmed(skill: str, level: int) -> Deed:
    """The university writes down a level it has seen as it does after a course."""
    return Finished(Course(id=0, gained={skill: (0, level)}))


def _needs(course: Course) -> list[tuple[str, int]]:
    return [
        (each.key.removeprefix(SKILL), each.level or 1)
        for each in course.needed
        if each.key.startswith(SKILL)
    ]


def _rungs_of(each: Microcredential) -> set[tuple[str, int]]:
    level, covered = load_study_hours().microcredential_level, load_keyword_skills().exam_domain
    return {(slug, level) for word in each.keywords for slug in covered.get(word, ())}


def _one_language(sittings: Sequence[Sitting]) -> list[Sitting]:
    """Of each version the language liked best; another one only where that one ends sooner."""
    by_code: dict[str, list[Sitting]] = defaultdict(list)
    for each in sittings:  # best first
        kept = by_code[each.exam_code]
        if not kept or _lasts(each) > _lasts(kept[-1]):
            kept.append(each)
    return [each for some in by_code.values() for each in some]


def _lasts(each: Sitting) -> date:
    return each.closes_on or date.max


def _clashes(runs: Sequence[CourseRun]) -> frozenset[tuple[int, int]]:
    ordered = sorted(runs, key=lambda each: each.row.id)
    return frozenset(
        (one.row.id, other.row.id)
        for place, one in enumerate(ordered)
        for other in ordered[place + 1 :]
        if overlap(one.run, other.run)
    )


def at_pace(found: Asked, weekly_hours: int) -> Problem:
    return replace(found.problem, supply=supply_of(found.facts, weekly_hours))
