"""What a young person writes down, gives and is given."""

from datetime import date, timedelta

from models.account import AccessToken
from models.certification import (
    AttemptState,
    AwsCandidateId,
    CertificationRecord,
    LicenceRecord,
)
from models.consent import ConsentPurpose
from models.credential import ResumeDocument, ShareLink
from models.voucher import VoucherState
from tests import factories
from tests.authz.exhibits.hall import Hall
from tests.factories import NOW, TODAY


def own_records(hall: Hall) -> None:
    session = hall.session
    for ids, person in hall.both(hall.people.other_youth):
        record = CertificationRecord(
            youth_id=person.youth_id,
            certification="CLF",
            exam_code="CLF-C02",
            state=AttemptState.PLANNED,
            planned_on=date(2026, 12, 20),
            created_at=NOW,
            updated_at=NOW,
        )
        ids["certification_record"] = factories.add(session, record).id or 0
        for code in ("AWS01234567", "AWS07654321"):
            number = AwsCandidateId(youth_id=person.youth_id, code=code, created_at=NOW)
            ids["aws_candidate_id"] = factories.add(session, number).id or 0
        licence = LicenceRecord(
            youth_id=person.youth_id, licence="licence-electrician", created_at=NOW
        )
        ids["licence_record"] = factories.add(session, licence).id or 0
        factories.skill_record(session, person.youth_id or 0, "python")
        resume = ResumeDocument(
            youth_id=person.youth_id, document="{}", created_at=NOW, updated_at=NOW
        )
        ids["resume_document"] = factories.add(session, resume).id or 0
        link = ShareLink(
            youth_id=person.youth_id, token_hash=f"{person.youth_id:064}", parts=["skills"],
            expires_on=TODAY, created_at=NOW,
        )  # fmt: skip
        ids["share_link"] = factories.add(session, link).id or 0
        ids["busy_period"] = factories.busy_period(session, person.youth_id or 0).id or 0


def granted(hall: Hall) -> None:
    """A key to the own data, a consent to the partner, and the centre's subsidy."""
    session, people = hall.session, hall.people
    token = AccessToken(
        token_hash="0" * 64,
        account_id=people.youth.account_id,
        name="데모",
        created_at=NOW,
        expires_on=TODAY + timedelta(days=30),
    )
    consent = factories.consent(
        session,
        people.youth.youth_id or 0,
        ConsentPurpose.EMPLOYER,
        organisation_id=people.partner.organisation_id,
        fields=["name"],
        expires_on=TODAY + timedelta(days=60),
    )
    hall.ids["access_token"] = factories.add(session, token).id or 0
    hall.ids["consent"] = consent.id
    hall.ids["subsidy"] = factories.subsidy(session, people.centre.organisation_id or 0).id or 0


def progress(hall: Hall) -> None:
    """Study, practice and vouchers; the exhibit of a voucher is given and not used yet."""
    session, people = hall.session, hall.people
    for ids, person in hall.both(people.far_youth):
        desk = people.coordinator if person is people.youth else people.centre
        given = factories.voucher(
            session, desk.organisation_id, code=f"EXHIBIT-{desk.account_id}",
            youth_id=person.youth_id, state=VoucherState.ASSIGNED, assigned_at=NOW,
            assigned_by_account_id=desk.account_id,
        )  # fmt: skip
        ids |= {
            "study_entry": factories.study_entry(session, person.youth_id).id,
            "practice_score": factories.practice_score(session, person.youth_id).id,
            "voucher": given.id,
            "planning_scenario": factories.scenario(session, desk.organisation_id).id,
        }
