"""A person whose every field holds a word of its own, and the links that show some of them."""

import re
from collections.abc import Iterable
from dataclasses import replace
from datetime import date, timedelta

from sqlmodel import Session
from starlette.testclient import TestClient

from matcher.flows import issuer_keys
from matcher.gateways.key_vault import SealedKeyVault
from matcher.wiring import Services
from models.account import Account
from models.attendance import Credential
from models.certification import AttemptState, CertificationRecord
from models.community import MemberRole, MemberState, ProjectMember, ProjectUpdate
from models.course import Course, CourseMode, CourseSession, Enrolment, EnrolmentState
from models.organisation import Organisation
from models.skill import EvidenceKind
from models.youth import YouthProfile
from tests import factories
from tests.conftest import post
from tests.factories import NOW, TODAY, add
from tests.people import People

SITE = "https://oreum.example"
SECRET = "a secret only for tests, 0123456789 abcdefghij"
ADDRESS = re.compile(r"http[^<\s\"]*/shared/([A-Za-z0-9_-]{43})")
MORE = TODAY + timedelta(days=30)
WORDS = {
    "name": ["canary-name"],
    "contact": ["canary-mail@example.com"],
    "certificates": ["Solutions Architect"],
    "skills": ["Python"],
    "courses": ["canary-course-title", "OR-2026-CANARYCANARY"],
    "projects": ["canary-project-title", "https://example.com/canary-showcase"],
}
"""Of each part what its reader sees, in English."""
NEVER = (
    "canary-about", "canary-evidence", "canary-proof", "canary-label", "canary-idea",
    "canary-update", "canary-school", "canary-external", "canary-other", "canary-note",
)  # fmt: skip


def signing(services: Services) -> Services:
    """The same service with a key."""
    ready = replace(services, key_vault=SealedKeyVault(SECRET, SITE))
    with ready.writing() as unit:
        issuer_keys.make(unit, ready.key_vault)
    return ready


def plant(session: Session, people: People) -> None:
    youth_id = people.youth.youth_id or 0
    person = session.get_one(Account, people.youth.account_id)
    person.name, person.email = WORDS["name"][0], WORDS["contact"][0]
    profile = session.get_one(YouthProfile, youth_id)
    profile.about, profile.external_id = "canary-about", "canary-external"
    school = session.get_one(Organisation, people.youth.organisation_id)
    school.name_ko = school.name_en = "canary-school"
    certificate(session, youth_id, "SAA", 3)
    factories.skill_record(
        session, youth_id, "python", level=3, evidence="canary-evidence",
        evidence_kind=EvidenceKind.NOTE,
    )  # fmt: skip
    finished(session, people, youth_id)
    _project(session, people, youth_id)


def certificate(session: Session, youth_id: int, code: str, verification: int) -> None:
    row = CertificationRecord(
        youth_id=youth_id, certification=code, exam_code=f"{code}-C03",
        state=AttemptState.PASSED, exam_on=date(2026, 3, 4), result_on=date(2026, 3, 4),
        expires_on=date(2029, 3, 4), verification=verification,
        proof_url="https://example.com/canary-proof", created_at=NOW, updated_at=NOW,
    )  # fmt: skip
    add(session, row)


def finished(
    session: Session, people: People, youth_id: int, number: str = WORDS["courses"][1]
) -> None:
    """A course of the centre's, so that the person's own school stands nowhere in it."""
    stamps = {"created_at": NOW, "updated_at": NOW}
    course = add(
        session,
        Course(
            organisation_id=people.centre.organisation_id, title_ko="canary-course-title",
            title_en="canary-course-title", field="energy", level="basic", kind="x",
            sector="energy", rise_project="core-talent", mode=CourseMode.ONLINE, total_hours=8,
            content="canary-note", **stamps,
        ),
    )  # fmt: skip
    run = add(
        session,
        CourseSession(
            course_id=course.id, starts_on=TODAY, ends_on=TODAY, applications_open_on=TODAY,
            applications_close_on=TODAY, weekly_hours=2, seats=5, taken=1,
        ),
    )  # fmt: skip
    place = add(
        session,
        Enrolment(session_id=run.id, youth_id=youth_id, state=EnrolmentState.COMPLETED, **stamps),
    )
    add(
        session,
        Credential(
            youth_id=youth_id, enrolment_id=place.id, number=number, title_ko=course.title_ko,
            title_en=course.title_en, issued_on=TODAY, created_at=NOW,
        ),
    )  # fmt: skip


def _project(session: Session, people: People, youth_id: int) -> None:
    other = session.get_one(Account, people.other_youth.account_id)
    other.name = "canary-other"
    project = factories.project(
        session, people.coordinator.organisation_id or 0, title="canary-project-title",
        idea="canary-idea", skills=["git"], shown_on=TODAY,
        showcase_url="https://example.com/canary-showcase",
    )  # fmt: skip
    for person in (youth_id, people.other_youth.youth_id):
        member = ProjectMember(
            project_id=project.id, youth_id=person, role=MemberRole.MEMBER, state=MemberState.IN,
            created_at=NOW, updated_at=NOW,
        )  # fmt: skip
        add(session, member)
    add(
        session,
        ProjectUpdate(
            project_id=project.id, youth_id=youth_id, stage=project.stage, words="canary-update",
            at=NOW,
        ),
    )  # fmt: skip


def share(owner: TestClient, parts: Iterable[str], until: date = MORE, label: str = "") -> str:
    """The secret part of a new link."""
    form = {"parts": list(parts), "expires_on": until.isoformat(), "label": label}
    answer = post(owner, "/youth/sharing", form)
    assert answer.status_code == 200, answer.text
    found = ADDRESS.search(answer.text)
    assert found is not None
    return found[1]
