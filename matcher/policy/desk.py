"""What a university's or the centre's desk may do with a person's record."""

from enum import StrEnum

from models.account import Role
from models.certification import AttemptState, CertificationRecord
from models.course import CourseState, EnrolmentState
from models.youth import Affiliation, AffiliationState

SAID, SEEN = 1, 2
"""Verification: the person's own word, and seen by the desk. Higher ones are the issuer's."""


class AffiliationStep(StrEnum):
    CONFIRM = "confirm"
    END = "end"


class EndReason(StrEnum):
    NOT_OURS = "not_ours"
    GRADUATED = "graduated"
    LEFT = "left"
    ASKED = "asked"


class ProofStep(StrEnum):
    SEE = "see"
    TAKE_BACK = "take_back"


class ProofReason(StrEnum):
    ORIGINAL = "original"
    ISSUER_PAGE = "issuer_page"
    SCHOOL_RECORD = "school_record"
    MISTAKE = "mistake"
    NOT_THEIRS = "not_theirs"


SEEING = frozenset({ProofReason.ORIGINAL, ProofReason.ISSUER_PAGE, ProofReason.SCHOOL_RECORD})

_AFFILIATION = {
    (AffiliationState.CLAIMED, AffiliationStep.CONFIRM): AffiliationState.CONFIRMED,
    (AffiliationState.CLAIMED, AffiliationStep.END): AffiliationState.ENDED,
    (AffiliationState.CONFIRMED, AffiliationStep.END): AffiliationState.ENDED,
}
_COURSE = {
    CourseState.DRAFT: CourseState.PUBLISHED,
    CourseState.PUBLISHED: CourseState.CLOSED,
}
_FINISHED = frozenset(
    {EnrolmentState.COMPLETED, EnrolmentState.DROPPED, EnrolmentState.NOT_COMPLETED}
)


def answers_for(role: Role, affiliation: Affiliation) -> bool:
    """One desk a person: the university for its own, the centre for everybody else."""
    if role is Role.COORDINATOR:
        return affiliation is Affiliation.RISE_UNIVERSITY
    return role is Role.CENTRE and affiliation is not Affiliation.RISE_UNIVERSITY


def may_judge(role: Role, affiliation: Affiliation, state: AffiliationState) -> bool:
    """Proofs and ratings come after the affiliation is confirmed."""
    return answers_for(role, affiliation) and state is AffiliationState.CONFIRMED


def affiliation_after(state: AffiliationState, step: AffiliationStep) -> AffiliationState | None:
    return _AFFILIATION.get((state, step))


def steps_from(state: AffiliationState) -> tuple[AffiliationStep, ...]:
    return tuple(step for start, step in _AFFILIATION if start is state)


def verification_after(
    record: CertificationRecord, step: ProofStep, reason: ProofReason
) -> int | None:
    """The new stage; None when this record may not take the step for this reason."""
    if record.state is not AttemptState.PASSED or (step is ProofStep.SEE) != (reason in SEEING):
        return None
    before, after = (SAID, SEEN) if step is ProofStep.SEE else (SEEN, SAID)
    return after if record.verification == before else None


def course_after(state: CourseState, wanted: CourseState) -> CourseState | None:
    """A draft is published, a published course closed; nothing else."""
    return wanted if _COURSE.get(state) is wanted else None


def enrolment_after(state: EnrolmentState, wanted: EnrolmentState) -> EnrolmentState | None:
    """Whoever holds a seat completes the course, misses its rule or drops out."""
    return wanted if state is EnrolmentState.ENROLLED and wanted in _FINISHED else None
