"""Rows for tests: one function a table, every value can be overridden, nothing hidden."""

import hashlib
from datetime import UTC, date, datetime
from typing import Any

from sqlmodel import Session, select

from matcher.policy.notices import NOTICE_VERSION
from models.account import Account, AccountState, Membership, Role
from models.application import (
    Application,
    ApplicationState,
    Introduction,
    IntroductionState,
)
from models.assignment import (
    AssignmentEntry,
    AssignmentMethod,
    AssignmentOpening,
    AssignmentPair,
    AssignmentRound,
    AssignmentRun,
    AssignmentWish,
    RoundState,
)
from models.batch import ImportBatch
from models.bulk import ImportTask, TaskState
from models.community import (
    CommunityEvent,
    EventSignUp,
    MemberRole,
    MemberState,
    Project,
    ProjectMember,
    SignUpState,
)
from models.consent import Consent, ConsentPurpose, NoticeReading
from models.course import CourseMode
from models.credential import PresentedCredential, PresentedState, Verdict
from models.opening import (
    Opening,
    OpeningRequirement,
    OpeningState,
    RequirementKind,
    RequirementSubject,
)
from models.organisation import Organisation, OrganisationKind, OrganisationState
from models.outcome import Outcome, OutcomeKind, OutcomeSource
from models.people_desk import (
    Counselling,
    CounsellingTopic,
    Evidence,
    EvidenceBlob,
    EvidenceSubject,
)
from models.plan import (
    BusyPeriod,
    Plan,
    PlanEvent,
    PlanEventKind,
    PlanKind,
    PlanState,
    PlanStep,
    PlanTarget,
    StepKind,
    Subsidy,
    SubsidyCovers,
)
from models.plan_template import PlanSuggestion, PlanTemplate
from models.planning_desk import PlanningScenario
from models.skill import SkillRecord
from models.study import PracticeScore, PracticeSource, StudyEntry
from models.voucher import Voucher
from models.youth import Affiliation, AffiliationState, YouthProfile

TODAY = date(2026, 11, 21)
PICTURE = bytes.fromhex(
    "89504e470d0a1a0a0000000d49484452000000010000000108000000003a7e9b55"
    "0000000a49444154789c636800000082008177cd72b60000000049454e44ae426082"
)
"""The smallest PNG: one grey point."""
NOW = datetime(2026, 11, 21, 1, 0, tzinfo=UTC)


def add(session: Session, row: Any) -> Any:
    session.add(row)
    session.flush()
    return row


def organisation(session: Session, slug: str, **values: Any) -> Organisation:
    defaults: dict[str, Any] = {
        "kind": OrganisationKind.PARTNER,
        "state": OrganisationState.ACTIVE,
        "name_ko": f"{slug} 데모",
        "name_en": f"{slug} demo",
        "created_at": NOW,
    }
    return add(session, Organisation(slug=slug, **(defaults | values)))


def account(session: Session, email: str, **values: Any) -> Account:
    defaults: dict[str, Any] = {
        "name": email.split("@")[0],
        "password_hash": "plain:correct horse",
        "state": AccountState.ACTIVE,
        "created_at": NOW,
    }
    return add(session, Account(email=email, **(defaults | values)))


def membership(session: Session, account_id: int, role: Role, **values: Any) -> Membership:
    defaults: dict[str, Any] = {"created_at": NOW}
    return add(session, Membership(account_id=account_id, role=role, **(defaults | values)))


def youth(session: Session, account_id: int, **values: Any) -> YouthProfile:
    defaults: dict[str, Any] = {
        "affiliation": Affiliation.NONE,
        "affiliation_state": AffiliationState.CLAIMED,
        "created_at": NOW,
        "updated_at": NOW,
    }
    return add(session, YouthProfile(account_id=account_id, **(defaults | values)))


def consent(session: Session, youth_id: int, purpose: ConsentPurpose, **values: Any) -> Consent:
    defaults: dict[str, Any] = {"text_version": "2026-11", "granted_at": NOW}
    return add(session, Consent(youth_id=youth_id, purpose=purpose, **(defaults | values)))


def notice_reading(session: Session, account_id: int, **values: Any) -> NoticeReading:
    defaults: dict[str, Any] = {"notice_version": NOTICE_VERSION, "read_at": NOW}
    return add(session, NoticeReading(account_id=account_id, **(defaults | values)))


def opening(session: Session, organisation_id: int, **values: Any) -> Opening:
    defaults: dict[str, Any] = {
        "state": OpeningState.PUBLISHED,
        "title_ko": "지상국 데이터 엔지니어",
        "title_en": "Ground station data engineer",
        "sector": "space",
        "description": "위성 영상을 모으고 다듬는 일입니다.",
        "employment_type": "permanent",
        "region": "jeju-si",
        "opens_on": date(2026, 11, 1),
        "closes_on": date(2026, 12, 31),
        "published_at": NOW,
        "created_at": NOW,
        "updated_at": NOW,
    }
    return add(session, Opening(organisation_id=organisation_id, **(defaults | values)))


def requirement(session: Session, opening_id: int, ref: str, **values: Any) -> OpeningRequirement:
    defaults: dict[str, Any] = {
        "kind": RequirementKind.MUST,
        "subject": RequirementSubject.SKILL,
        "level": 3,
    }
    row = OpeningRequirement(opening_id=opening_id, ref=ref, **(defaults | values))
    return add(session, row)


def skill_record(session: Session, youth_id: int, skill: str, **values: Any) -> SkillRecord:
    defaults: dict[str, Any] = {"level": 3, "rated_on": TODAY, "created_at": NOW}
    return add(session, SkillRecord(youth_id=youth_id, skill=skill, **(defaults | values)))


def application(session: Session, opening_id: int, youth_id: int, **values: Any) -> Application:
    defaults: dict[str, Any] = {
        "state": ApplicationState.SENT,
        "created_at": NOW,
        "updated_at": NOW,
    }
    row = Application(opening_id=opening_id, youth_id=youth_id, **(defaults | values))
    return add(session, row)


def introduction(session: Session, opening_id: int, youth_id: int, **values: Any) -> Introduction:
    defaults: dict[str, Any] = {
        "state": IntroductionState.REQUESTED,
        "answer_by": date(2026, 11, 28),
        "created_at": NOW,
        "updated_at": NOW,
    }
    row = Introduction(opening_id=opening_id, youth_id=youth_id, **(defaults | values))
    return add(session, row)


def import_task(
    session: Session, account_id: int, organisation_id: int | None, **values: Any
) -> ImportTask:
    """A roster that was checked and waits for a yes."""
    defaults: dict[str, Any] = {
        "kind": "youths",
        "file_name": "roster.csv",
        "state": TaskState.CHECKED,
        "data": b"email,name,affiliation\n",
        "findings": {"rows": 1, "made": 3},
        "created_at": NOW,
        "updated_at": NOW,
    }
    sender = {"account_id": account_id, "organisation_id": organisation_id}
    return add(session, ImportTask(**sender, **(defaults | values)))


def import_batch(
    session: Session, account_id: int, organisation_id: int | None, **values: Any
) -> ImportBatch:
    defaults: dict[str, Any] = {
        "kind": "youths",
        "file_name": "roster.csv",
        "file_hash": f"hash of {account_id}",
        "row_count": 1,
        "created_at": NOW,
    }
    sender = {"account_id": account_id, "organisation_id": organisation_id}
    return add(session, ImportBatch(**sender, **(defaults | values)))


def study_entry(session: Session, youth_id: int | None, **values: Any) -> StudyEntry:
    defaults: dict[str, Any] = {
        "certification": "CLF",
        "studied_on": TODAY,
        "minutes": 90,
        "created_at": NOW,
    }
    return add(session, StudyEntry(youth_id=youth_id, **(defaults | values)))


def practice_score(session: Session, youth_id: int | None, **values: Any) -> PracticeScore:
    defaults: dict[str, Any] = {
        "certification": "CLF",
        "exam_code": "CLF-C02",
        "taken_on": TODAY,
        "percent": 70,
        "source": PracticeSource.OFFICIAL_QUESTIONS,
        "created_at": NOW,
    }
    return add(session, PracticeScore(youth_id=youth_id, **(defaults | values)))


def voucher(session: Session, organisation_id: int | None, code: str, **values: Any) -> Voucher:
    defaults: dict[str, Any] = {
        "expires_on": date(2027, 6, 30),
        "created_at": NOW,
        "updated_at": NOW,
    }
    return add(session, Voucher(organisation_id=organisation_id, code=code, **(defaults | values)))


def badge(session: Session, youth_id: int, **values: Any) -> PresentedCredential:
    """A genuine badge for another address, which a desk has to look at."""
    defaults: dict[str, Any] = {
        "state": PresentedState.IN_REVIEW,
        "sha256": hashlib.sha256(b"badge").hexdigest(),
        "source": "text",
        "data": b"{}",
        "proof": "vc_jwt",
        "verdict": Verdict.WRONG_RECIPIENT,
        "reasons": [{"code": "other_address", "details": {}}],
        "issuer": "did:web:demo.example",
        "issuer_name": "데모 발급 기관",
        "achievement_name": "AWS Certified Cloud Practitioner",
        "certification": "CLF",
        "issued_on": date(2026, 5, 4),
        "checked_at": NOW,
    }
    row = PresentedCredential(youth_id=youth_id, created_at=NOW, updated_at=NOW)
    return add(session, row.sqlmodel_update(defaults | values))


def evidence(session: Session, youth_id: int, data: bytes = b"", **values: Any) -> Evidence:
    """A proof of Python at level 3, with a picture of one grey point."""
    stored = data or PICTURE
    sha256 = hashlib.sha256(stored).hexdigest()
    known = select(EvidenceBlob).where(
        EvidenceBlob.youth_id == youth_id, EvidenceBlob.sha256 == sha256
    )
    blob = session.exec(known).first() or add(
        session,
        EvidenceBlob(
            youth_id=youth_id, sha256=sha256, media_type="image/png", size=len(stored),
            data=stored, created_at=NOW,
        ),
    )  # fmt: skip
    defaults: dict[str, Any] = {
        "blob_id": blob.id,
        "subject": EvidenceSubject.SKILL,
        "skill": "python",
        "level": 3,
        "file_name": "proof.png",
        "created_at": NOW,
        "updated_at": NOW,
    }
    return add(session, Evidence(youth_id=youth_id, **(defaults | values)))


def outcome(session: Session, youth_id: int, **values: Any) -> Outcome:
    """The person's own answer, not confirmed yet: at work in Jeju for a month."""
    defaults: dict[str, Any] = {
        "kind": OutcomeKind.EMPLOYED,
        "source": OutcomeSource.SURVEY,
        "organisation_name": "데모 회사",
        "is_in_jeju": True,
        "started_on": date(2026, 10, 21),
        "created_at": NOW,
        "updated_at": NOW,
    }
    return add(session, Outcome(youth_id=youth_id, **(defaults | values)))


def scenario(session: Session, organisation_id: int | None, **values: Any) -> PlanningScenario:
    """One course that gains two."""
    course = {"id": 1, "title_ko": "과정", "title_en": "Course", "gained": 2, "eligible": 5}
    counts = {"people": 9, "places": 4, "matched": 1}
    defaults: dict[str, Any] = {
        "name": "30 seats",
        "inputs": {"term": "2026-09", "seats": 30, "against": "today", "size": 1, "courses": []},
        "results": {**counts, "courses": [course], "bundle": None},
        "data_on": TODAY,
        "created_at": NOW,
    }
    row = PlanningScenario(organisation_id=organisation_id or 0, **(defaults | values))
    return add(session, row)  # type: ignore[no-any-return]


def counselling(session: Session, desk: Any, **values: Any) -> Counselling:
    """An open hour of the desk's person, four days ahead."""
    defaults: dict[str, Any] = {
        "topic": CounsellingTopic.JOB,
        "held_on": date(2026, 11, 25),
        "starts": "14:00",
        "ends": "14:30",
        "created_at": NOW,
        "updated_at": NOW,
    }
    owner = {"organisation_id": desk.organisation_id, "counsellor_account_id": desk.account_id}
    return add(session, Counselling(**(owner | defaults | values)))


def busy_period(session: Session, youth_id: int, **values: Any) -> BusyPeriod:
    defaults: dict[str, Any] = {
        "name": "중간고사",
        "starts_on": date(2026, 12, 7),
        "ends_on": date(2026, 12, 18),
        "weekly_hours": 2,
    }
    return add(session, BusyPeriod(youth_id=youth_id, **(defaults | values)))


def subsidy(session: Session, organisation_id: int, **values: Any) -> Subsidy:
    defaults: dict[str, Any] = {
        "name_ko": "응시료 지원 (데모)",
        "name_en": "Exam fee help (demo)",
        "covers": SubsidyCovers.EXAM,
        "cap_krw": 100_000,
        "opens_on": date(2026, 11, 1),
        "closes_on": date(2027, 2, 28),
        "source": "데모 공고 1호",
        "is_demo": True,
        "created_at": NOW,
        "updated_at": NOW,
    }
    return add(session, Subsidy(organisation_id=organisation_id, **(defaults | values)))


def plan(session: Session, youth_id: int, refs: list[str], **values: Any) -> Plan:
    defaults: dict[str, Any] = {
        "target": PlanTarget.OPENING,
        "kind": PlanKind.FASTEST,
        "state": PlanState.ACCEPTED,
        "starts_on": date(2026, 11, 23),
        "ends_on": date(2027, 1, 16),
        "weekly_hours": 12,
        "created_at": NOW,
        "updated_at": NOW,
    }
    return add(session, Plan(youth_id=youth_id, target_refs=refs, **(defaults | values)))


def plan_template(session: Session, organisation_id: int | None, **values: Any) -> PlanTemplate:
    defaults: dict[str, Any] = {
        "name": "2027 클라우드",
        "target": PlanTarget.CERTIFICATION,
        "target_refs": ["SAA"],
        "weekly_hours": 8,
        "created_at": NOW,
        "updated_at": NOW,
    }
    return add(session, PlanTemplate(organisation_id=organisation_id, **(defaults | values)))


def plan_suggestion(
    session: Session, template_id: int, youth_id: int, **values: Any
) -> PlanSuggestion:
    defaults: dict[str, Any] = {"suggested_at": NOW}
    row = PlanSuggestion(template_id=template_id, youth_id=youth_id, **(defaults | values))
    return add(session, row)


def plan_step(session: Session, plan_id: int, place: int = 1, **values: Any) -> PlanStep:
    defaults: dict[str, Any] = {
        "kind": StepKind.EXAM,
        "ref": "SAA-C03",
        "starts_on": date(2026, 11, 23),
        "ends_on": date(2027, 1, 16),
        "hours": 60.0,
    }
    return add(session, PlanStep(plan_id=plan_id, place=place, **(defaults | values)))


def plan_event(
    session: Session, plan_id: int, account_id: int, kind: PlanEventKind, **values: Any
) -> PlanEvent:
    defaults: dict[str, Any] = {"at": NOW}
    row = PlanEvent(plan_id=plan_id, account_id=account_id, kind=kind, **(defaults | values))
    return add(session, row)


def assignment_round(session: Session, organisation_id: int, **values: Any) -> AssignmentRound:
    defaults: dict[str, Any] = {
        "name_ko": "2026 겨울 배정",
        "name_en": "Winter 2026",
        "state": RoundState.WISHES_OPEN,
        "wishes_until": date(2026, 11, 30),
        "seed": "5" * 64,
        "commitment": "c" * 64,
        "committed_at": NOW,
        "published_at": NOW,
        "created_at": NOW,
        "updated_at": NOW,
    }
    return add(session, AssignmentRound(organisation_id=organisation_id, **(defaults | values)))


def assignment_opening(
    session: Session, round_id: int, opening_id: int, **values: Any
) -> AssignmentOpening:
    defaults: dict[str, Any] = {"capacity": 1}
    row = AssignmentOpening(round_id=round_id, opening_id=opening_id, **(defaults | values))
    return add(session, row)


def assignment_entry(
    session: Session, round_id: int, youth_id: int, **values: Any
) -> AssignmentEntry:
    defaults: dict[str, Any] = {
        "code": f"p{round_id:06}{youth_id:06}",
        "created_at": NOW,
        "updated_at": NOW,
    }
    row = AssignmentEntry(round_id=round_id, youth_id=youth_id, **(defaults | values))
    return add(session, row)


def assignment_wish(
    session: Session, round_id: int, youth_id: int, opening_id: int, **values: Any
) -> AssignmentWish:
    defaults: dict[str, Any] = {"tier": 1}
    row = AssignmentWish(
        round_id=round_id, youth_id=youth_id, opening_id=opening_id, **(defaults | values)
    )
    return add(session, row)


def assignment_run(
    session: Session, round_id: int, entry: AssignmentEntry, **values: Any
) -> AssignmentRun:
    """A run of one person without an opening, in which nobody is placed."""
    defaults: dict[str, Any] = {
        "number": 1,
        "method": AssignmentMethod.WEAKLY_STABLE,
        "figures": {
            "people": 1, "placed": 0, "unplaced": 1, "seats": 0, "blocking_pairs": 0,
            "total_fit": 0.0, "worst_fit": None, "mean_wish": None, "by_tier": [],
            "is_proved": True, "bound": None, "unmet": [], "clashes": [],
            "universities": {}, "sectors": {},
        },
        "document": {
            "method": "weakly_stable", "openings": [],
            "people": [{"id": entry.code, "tiers": []}],
            "assignment": {}, "fixed": {}, "fit": {},
        },
        "sha256": "0" * 64,
        "created_at": NOW,
    }  # fmt: skip
    return add(session, AssignmentRun(round_id=round_id, **(defaults | values)))


def assignment_pair(
    session: Session, round_id: int, opening_id: int, youth_id: int, **values: Any
) -> AssignmentPair:
    defaults: dict[str, Any] = {"created_at": NOW, "updated_at": NOW}
    row = AssignmentPair(
        round_id=round_id, opening_id=opening_id, youth_id=youth_id, **(defaults | values)
    )
    return add(session, row)


def event(session: Session, organisation_id: int, **values: Any) -> CommunityEvent:
    defaults: dict[str, Any] = {
        "title_ko": "클라우드 밤",
        "title_en": "Cloud night",
        "mode": CourseMode.OFFLINE,
        "place": "데모 강의실",
        "held_on": date(2026, 12, 10),
        "starts": "19:00",
        "ends": "21:00",
        "sign_up_until": date(2026, 12, 9),
        "seats": 20,
        "created_at": NOW,
        "updated_at": NOW,
    }
    return add(session, CommunityEvent(organisation_id=organisation_id, **(defaults | values)))


def event_sign_up(session: Session, event_id: int, youth_id: int, **values: Any) -> EventSignUp:
    defaults: dict[str, Any] = {"state": SignUpState.GOING, "created_at": NOW, "updated_at": NOW}
    row = EventSignUp(event_id=event_id, youth_id=youth_id, **(defaults | values))
    return add(session, row)


def project(session: Session, organisation_id: int, **values: Any) -> Project:
    defaults: dict[str, Any] = {
        "title": "바람 예보",
        "idea": "풍력 발전량을 하루 앞서 알려 줍니다.",
        "skills": ["python"],
        "created_at": NOW,
        "updated_at": NOW,
    }
    return add(session, Project(organisation_id=organisation_id, **(defaults | values)))


def project_member(
    session: Session, project_id: int, youth_id: int, **values: Any
) -> ProjectMember:
    defaults: dict[str, Any] = {
        "role": MemberRole.LEAD,
        "state": MemberState.IN,
        "created_at": NOW,
        "updated_at": NOW,
    }
    row = ProjectMember(project_id=project_id, youth_id=youth_id, **(defaults | values))
    return add(session, row)
