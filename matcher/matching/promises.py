"""A promise as its two sides see it, and how far one person is from claiming it."""

from collections import Counter
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date

from sqlmodel import Session

from matcher.catalogue.certified_skills import load_certified_skills
from matcher.matching.promise_terms import shown, what
from matcher.policy import desk, profiles
from matcher.policy import promises as rules
from matcher.policy.promises import Held, Missing
from matcher.store import youths
from models.certification import AttemptState, CertificationRecord
from models.promise import InterviewPromise, PromiseState, PromiseSubject, TakingState
from models.skill import SkillRecord

PENDING = (AttemptState.PLANNED, AttemptState.SCHEDULED, AttemptState.RESULT_PENDING)


@dataclass(frozen=True)
class PromiseView:
    """`left` = places nobody has taken; `terms` in the reader's language, `terms_other` in the
    other one: the hash is over both."""

    id: int
    opening_id: int
    subject: PromiseSubject
    ref: str
    level: int | None
    what: str
    earn_by: date
    last_claim: date
    days_left: int
    interview_days: int
    places: int
    left: int
    state: PromiseState
    can_be_taken: bool
    terms: str
    terms_other: str
    text_hash: str
    is_intact: bool
    is_demo: bool
    version: int

    @property
    def target(self) -> str:
        """What the path planner is asked for."""
        return f"promise:{self.id}"

    @property
    def switch(self) -> tuple[str, str]:
        """Its switch among an opening's what-ifs, where it has one."""
        if self.subject is PromiseSubject.CERTIFICATION:
            return "cert", self.ref
        return "skill", f"{self.ref}:{self.level}"


@dataclass(frozen=True)
class Records:
    """Of one person, read once for however many promises."""

    attempts: Sequence[CertificationRecord]
    skills: Mapping[str, SkillRecord]

    @classmethod
    def read(cls, session: Session, youth_id: int) -> "Records":
        return cls(
            youths.certification_records(session, youth_id),
            profiles.counting(youths.skill_records(session, youth_id)),
        )

    def missing(self, promise: InterviewPromise, today: date) -> Missing | None:
        """None when the interview may be asked for today."""
        return rules.what_is_missing(
            self._held(promise), promise.level, promise.earn_by, today, self._is_pending(promise)
        )

    def _held(self, promise: InterviewPromise) -> Iterator[Held]:
        if promise.subject is PromiseSubject.SKILL:
            row = self.skills.get(promise.ref)
            if row is not None:
                yield Held(row.verification, row.rated_on, level=row.level)
            yield from self._follows(promise.ref)
            return
        for each in self._of(promise, (AttemptState.PASSED,)):
            yield Held(each.verification, each.exam_on, each.expires_on)

    def _follows(self, skill: str) -> Iterator[Held]:
        """From proved certificates, as of the exam's day."""
        for each in self.attempts:
            level = load_certified_skills().get(each.certification, {}).get(skill)
            is_proved = each.state is AttemptState.PASSED and each.verification >= desk.SEEN
            if level is not None and is_proved:
                yield Held(each.verification, each.exam_on, each.expires_on, level)

    def _is_pending(self, promise: InterviewPromise) -> bool:
        is_exam = promise.subject is PromiseSubject.CERTIFICATION
        return is_exam and any(self._of(promise, PENDING))

    def _of(
        self, promise: InterviewPromise, states: Iterable[AttemptState]
    ) -> list[CertificationRecord]:
        wanted = set(states)
        return [
            each
            for each in self.attempts
            if each.certification == promise.ref and each.state in wanted
        ]


def placed(counts: Counter[TakingState]) -> int:
    return sum(counts[state] for state in rules.PLACED)


def promise_view(row: InterviewPromise, counts: Counter[TakingState], today: date) -> PromiseView:
    left = max(0, row.places - placed(counts))
    return PromiseView(
        id=row.id or 0,
        opening_id=row.opening_id,
        subject=row.subject,
        ref=row.ref,
        level=row.level,
        what=what(row.subject, row.ref, row.level),
        earn_by=row.earn_by,
        last_claim=rules.last_claim(row.earn_by),
        days_left=(row.earn_by - today).days,
        interview_days=row.interview_days,
        places=row.places,
        left=left,
        state=row.state,
        can_be_taken=left > 0 and rules.can_be_taken(row.state, row.earn_by, today),
        terms=shown(row.terms_ko, row.terms_en),
        terms_other=shown(row.terms_en, row.terms_ko),
        text_hash=row.text_hash,
        is_intact=rules.is_intact(row.terms_ko, row.terms_en, row.text_hash),
        is_demo=row.is_demo,
        version=row.version,
    )
