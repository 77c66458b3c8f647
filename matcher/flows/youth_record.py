"""One person's record as the desk that looks after them may read it; each reading is recorded."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, datetime

from matcher.actor import Actor
from matcher.catalogue.certifications import load_programme
from matcher.catalogue.skills import load_taxonomy
from matcher.db import Unit
from matcher.i18n import current_language, in_language
from matcher.matching import certified, shown_projects
from matcher.matching.certified import Follows
from matcher.matching.shown_projects import ShownProject
from matcher.planning import certification_rules
from matcher.policy import desk, profiles
from matcher.policy.desk import AffiliationStep, ProofStep
from matcher.refusal import NotFound
from matcher.store import youth_desk, youths
from models.application import ApplicationState
from models.certification import AttemptState, CertificationRecord, LicenceRecord
from models.course import EnrolmentState
from models.organisation import Organisation
from models.skill import Rater, SkillRecord
from models.youth import Affiliation, AffiliationState, WishKind, YouthStatus, YouthWish


@dataclass(frozen=True)
class Judgement:
    """Of a person or a test `rated_on`, or following from a `certification` until its end."""

    rater: Rater
    level: int
    verification: int
    rated_on: date | None
    evidence: str
    certification: str | None = None
    until: date | None = None


@dataclass(frozen=True)
class SkillLine:
    """`judgements` in the order of whose word counts; the first one does."""

    slug: str
    name: str
    level_text: str
    judgements: tuple[Judgement, ...]


@dataclass(frozen=True)
class CertificationLine:
    id: int
    certification: str
    name: str
    exam_code: str
    state: str
    """Of the attempt; a passed one reads active, expiring or expired by the day."""
    on: date | None
    expires_on: date | None
    verification: int
    proof_url: str
    version: int
    step: ProofStep | None
    """What this desk may do with it now."""
    follows: int
    """Skills that follow while it is proved and in force, at `level`."""
    level: int


@dataclass(frozen=True)
class LicenceLine:
    name: str
    verification: int


@dataclass(frozen=True)
class CourseLine:
    title: str
    state: EnrolmentState
    starts_on: date
    ends_on: date
    is_demo: bool


@dataclass(frozen=True)
class ApplicationLine:
    title: str
    organisation: str
    state: ApplicationState
    created_at: datetime
    is_demo: bool


@dataclass(frozen=True)
class PersonView:
    youth_id: int
    name: str
    email: str
    is_demo: bool
    status: YouthStatus
    affiliation: Affiliation
    affiliation_state: AffiliationState
    organisation: str
    graduation_on: date | None
    available_from: date | None
    sectors: tuple[str, ...]
    version: int
    steps: tuple[AffiliationStep, ...]
    """What this desk may do with the affiliation; empty when another desk answers for it."""
    may_judge: bool
    """Proofs and ratings: this desk answers for the person and has confirmed the affiliation."""
    skills: tuple[SkillLine, ...]
    certifications: tuple[CertificationLine, ...]
    licences: tuple[LicenceLine, ...]
    projects: tuple[ShownProject, ...]
    """Shown in public: evidence beside certificates."""
    courses: tuple[CourseLine, ...]
    applications: tuple[ApplicationLine, ...]
    unmapped: tuple[str, ...]


def view(unit: Unit, actor: Actor, youth_id: int) -> PersonView:
    found = youth_desk.person(unit.session, actor, youth_id)
    if found is None:
        raise NotFound
    unit.access("person:read", youth_id)
    profile, account, organisation = found
    answers = desk.answers_for(actor.role, profile.affiliation)
    may_judge = desk.may_judge(actor.role, profile.affiliation, profile.affiliation_state)
    session = unit.session
    return PersonView(
        youth_id=youth_id,
        name=account.name,
        email=account.email,
        is_demo=account.is_demo,
        status=profile.status,
        affiliation=profile.affiliation,
        affiliation_state=profile.affiliation_state,
        organisation=_university(organisation),
        graduation_on=profile.graduation_on,
        available_from=profile.available_from,
        sectors=_sectors(youths.wishes(session, youth_id)),
        version=profile.version,
        steps=desk.steps_from(profile.affiliation_state) if answers else (),
        may_judge=may_judge,
        skills=_skills(certified.judgements_of(session, youth_id, unit.today)),
        certifications=tuple(
            _certification(row, unit.today, may_judge)
            for row in youths.certification_records(session, youth_id)
        ),
        licences=tuple(_licence(row) for row in youths.licences(session, youth_id)),
        projects=shown_projects.of_one(session, youth_id),
        courses=tuple(_course(row) for row in youth_desk.enrolments(session, youth_id)),
        applications=tuple(_application(row) for row in youth_desk.applications(session, youth_id)),
        unmapped=tuple(youth_desk.unmapped(session, youth_id)),
    )


def _university(row: Organisation | None) -> str:
    return "" if row is None else in_language(row.name_ko, row.name_en)


def _sectors(wishes: Iterable[YouthWish]) -> tuple[str, ...]:
    return tuple(wish.value for wish in wishes if wish.kind is WishKind.SECTOR)


def _course(row: youth_desk.EnrolmentLine) -> CourseLine:
    title = in_language(row.title_ko, row.title_en)
    return CourseLine(title, row.state, row.starts_on, row.ends_on, row.is_demo)


def _application(row: youth_desk.ApplicationLine) -> ApplicationLine:
    title = in_language(row.title_ko, row.title_en)
    partner = in_language(row.organisation_ko, row.organisation_en)
    return ApplicationLine(title, partner, row.state, row.created_at, row.is_demo)


def _skills(judged: Iterable[certified.Judgement]) -> tuple[SkillLine, ...]:
    """Of skills somebody recorded; what follows from certificates beside them is not repeated."""
    by_slug: dict[str, list[certified.Judgement]] = {}
    for row in judged:
        by_slug.setdefault(row.skill, []).append(row)
    lines = [
        _skill(slug, rows)
        for slug, rows in by_slug.items()
        if any(isinstance(each, SkillRecord) for each in rows)
    ]
    return tuple(sorted(lines, key=lambda line: (line.judgements[0].verification > 1, line.name)))


def _skill(slug: str, rows: list[certified.Judgement]) -> SkillLine:
    skill, winner = load_taxonomy().get(slug), profiles.counting(rows)[slug]
    ordered = sorted(rows, key=lambda row: (row is not winner, row.rater.value))
    return SkillLine(
        slug,
        skill.name(current_language()) if skill else slug,
        skill.level_text(winner.level, current_language()) if skill else "",
        tuple(_judgement(row) for row in ordered),
    )


def _judgement(row: certified.Judgement) -> Judgement:
    if isinstance(row, Follows):
        return Judgement(
            row.rater, row.level, row.verification, None, "", row.certification, row.until
        )
    return Judgement(row.rater, row.level, row.verification, row.rated_on, row.evidence)


def _certification(row: CertificationRecord, today: date, may_judge: bool) -> CertificationLine:
    assert row.id is not None
    known = {each.id: each for each in load_programme().certifications}
    named = known.get(row.certification)
    steps = {desk.SAID: ProofStep.SEE, desk.SEEN: ProofStep.TAKE_BACK}
    is_passed = row.state is AttemptState.PASSED
    return CertificationLine(
        id=row.id,
        certification=row.certification,
        name=in_language(named.name_ko, named.name_en) if named else row.certification,
        exam_code=row.exam_code,
        state=_standing(row, today),
        on=row.exam_on or row.planned_on,
        expires_on=row.expires_on,
        verification=row.verification,
        proof_url=row.proof_url,
        version=row.version,
        step=steps.get(row.verification) if may_judge and is_passed else None,
        follows=certified.count_of(row, today),
        level=certified.level_of(row.certification),
    )


def _licence(row: LicenceRecord) -> LicenceLine:
    known = load_taxonomy().get(row.licence)
    name = row.licence if known is None else known.name(current_language())
    return LicenceLine(name, row.verification)


def _standing(row: CertificationRecord, today: date) -> str:
    if row.state is not AttemptState.PASSED or row.exam_on is None or row.expires_on is None:
        return row.state.value
    return certification_rules.standing(row.exam_on, row.expires_on, today)
