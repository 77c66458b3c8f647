"""What a person is called, has agreed to and has put on record."""

from matcher.policy.data_map.kinds import Erase, Owner, Table, kinds, owned, public
from models.account import AccountState
from models.youth import Affiliation, AffiliationState, YouthStatus

TABLES: dict[str, Table] = {
    "account": owned(
        Owner.ACCOUNT,
        Erase.BLANK,
        number="id",
        person="email name",
        record="state language created_at confirmed_at",
        hash="password_hash",
        service="is_demo",
        link="id",
        blank={
            "email": "erased:{number}",
            "name": "#{number}",
            "password_hash": None,
            "state": AccountState.ERASED,
            "language": "ko",
            "confirmed_at": None,
        },
    ),
    "membership": owned(
        Owner.ACCOUNT, Erase.KEEP, number="id account_id organisation_id", record="role created_at"
    ),
    "login_session": owned(
        Owner.ACCOUNT,
        Erase.DELETE,
        number="id account_id",
        person="source browser",
        record="created_at ended_at",
        hash="token_hash",
    ),
    "access_token": owned(
        Owner.ACCOUNT,
        Erase.DELETE,
        number="id account_id",
        words="name",
        record="created_at expires_on revoked_at",
        hash="token_hash",
    ),
    "kept_answer": owned(
        Owner.ACCOUNT,
        Erase.DELETE,
        number="id account_id",
        record="status created_at",
        words="answer",
        hash="key_hash body_hash",
    ),
    "one_time_token": owned(
        Owner.ACCOUNT,
        Erase.DELETE,
        number="id account_id",
        record="purpose expires_at used_at",
        hash="token_hash",
    ),
    # Found by the hash of the address, not by a number; erased and pruned by flows/erasure.
    "throttle_hit": Table(Erase.DELETE, kinds(number="id", hash="bucket", service="at")),
    "organisation": public(
        "slug kind state name_ko name_en sector is_trusted business_number contact_email "
        "papers_kept_days is_demo created_at"
    ),
    "youth_profile": owned(
        Owner.YOUTH,
        Erase.BLANK,
        number="id account_id organisation_id",
        person="external_id",
        record="affiliation affiliation_state status graduation_on available_from "
        "weekly_hours budget_krw looking_asked_on looking_on looking_stopped_on "
        "created_at updated_at",
        words="about",
        service="version",
        link="id",
        blank={
            "external_id": None,
            "affiliation": Affiliation.NONE,
            "affiliation_state": AffiliationState.ENDED,
            "organisation_id": None,
            "status": YouthStatus.SEEKING,
            "graduation_on": None,
            "available_from": None,
            "weekly_hours": None,
            "budget_krw": None,
            "looking_asked_on": None,
            "looking_on": None,
            "looking_stopped_on": None,
            "about": "",
        },
    ),
    "youth_wish": owned(Owner.YOUTH, Erase.DELETE, number="id youth_id", record="kind value place"),
    "saved_item": owned(
        Owner.YOUTH, Erase.DELETE, number="id youth_id item_id", record="kind saved_at"
    ),
    "consent": owned(
        Owner.YOUTH,
        Erase.KEEP,
        number="id youth_id organisation_id",
        record="purpose sectors fields text_version granted_at expires_on withdrawn_at",
    ),
    "notice_reading": owned(
        Owner.ACCOUNT, Erase.KEEP, number="id account_id", record="notice_version read_at"
    ),
    "skill_record": owned(
        Owner.YOUTH,
        Erase.DELETE,
        number="id youth_id",
        record="skill level rater verification evidence_kind rated_on created_at",
        words="evidence",
        others="rated_by_account_id",
    ),
    "unmapped_skill": owned(
        Owner.YOUTH,
        Erase.DELETE,
        number="id youth_id opening_id",
        record="level created_at",
        words="text",
    ),
    "skill_framework": public("slug name source licence created_at"),
    "framework_skill": public("slug name_ko name_en kind parent description", "id framework_id"),
    "certification_record": owned(
        Owner.YOUTH,
        Erase.DELETE,
        number="id youth_id",
        record="certification exam_code language state planned_on exam_on result_on "
        "expires_on verification is_discounted created_at updated_at",
        words="proof_url",
        others="verified_by_account_id",
        service="version",
    ),
    # So that its owner has both numbers at hand when AWS is asked to make them one; goes when they
    # say it was done, take it back, or leave.
    "aws_candidate_id": owned(
        Owner.YOUTH, Erase.DELETE, number="id youth_id", person="code", record="created_at"
    ),
    "licence_record": owned(
        Owner.YOUTH,
        Erase.DELETE,
        number="id youth_id",
        record="licence acquired_on verification created_at",
    ),
}
