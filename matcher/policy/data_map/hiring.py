"""Postings, and what passes between a partner and a person."""

from matcher.policy.data_map.kinds import Erase, Owner, Table, owned, public

TABLES: dict[str, Table] = {
    "opening": public(
        "state title_ko title_en sector role description employment_type region headcount "
        "pay_min_krw pay_max_krw opens_on closes_on starts_on answer_days still_hiring_asked_on "
        "still_hiring_on still_hiring_reminded_on paused_on return_reason is_demo version "
        "created_at updated_at published_at",
        "id organisation_id external_id",
    ),
    "opening_requirement": public("kind subject ref level", "id opening_id"),
    "opening_version": public("number content changed at", "id opening_id", "account_id"),
    "interview_promise": public(
        "subject ref level earn_by interview_days places state terms_ko terms_en text_hash "
        "is_demo version "
        "created_at updated_at",
        "id opening_id",
        "account_id",
    ),
    "promise_taking": owned(
        Owner.YOUTH,
        Erase.DELETE,
        number="id promise_id youth_id application_id",
        record="state interview_by created_at updated_at",
        others="spoken_on spoken_by_account_id",
        service="version",
    ),
    "review_criterion": public("place name hint weight", "id opening_id"),
    "review_phase": public(
        "name starts_on ends_on can_review can_decide shows_names only_assigned others version",
        "id opening_id",
    ),
    # A partner's own judgement: like a shortlist entry it goes with the person and is not
    # handed out, because it is about the pair as the partner sees it.
    "review_assignment": owned(
        Owner.YOUTH, Erase.DELETE, number="id opening_id youth_id", others="account_id created_at"
    ),
    "review": owned(
        Owner.YOUTH,
        Erase.BLANK,
        number="id opening_id youth_id",
        record="created_at updated_at",
        others="account_id state note version",
        blank={"note": ""},
    ),
    "review_score": public("score", "id review_id criterion_id"),
    "review_conflict": owned(
        Owner.YOUTH, Erase.DELETE, number="id opening_id youth_id", others="account_id at"
    ),
    "same_person": owned(
        Owner.ACCOUNT,
        Erase.DELETE,
        number="id account_id other_account_id",
        others="noted_by_account_id",
        record="at",
    ),
    "calibration_example": owned(
        Owner.YOUTH, Erase.DELETE, number="id opening_id youth_id", others="account_id at"
    ),
    "interview_slot": public(
        "starts_at minutes mode place is_cancelled is_demo version created_at",
        "id opening_id",
        "account_id",
    ),
    "interview": owned(
        Owner.APPLICATION,
        Erase.KEEP,
        number="id application_id slot_id",
        record="state created_at updated_at",
        service="sequence version",
    ),
    "slot_wait": owned(
        Owner.APPLICATION, Erase.DELETE, number="id application_id", record="created_at"
    ),
    "job_offer": owned(
        Owner.APPLICATION,
        Erase.BLANK,
        number="id application_id",
        record="starts_on answer_by pay_krw created_at updated_at",
        words="words",
        others="account_id",
        service="version",
        blank={"words": "", "pay_krw": None},
    ),
    "answer_link": owned(
        Owner.APPLICATION,
        Erase.KEEP,
        number="id application_id",
        record="created_at expires_at answered_at revoked_at",
        hash="token_hash",
        others="address account_id",
    ),
    "answer_link_use": public("use at", "id link_id", "source"),
    "application": owned(
        Owner.YOUTH,
        Erase.BLANK,
        number="id opening_id youth_id",
        record="state reason is_reason_shared answer_by late_reason cause papers_gone_on "
        "created_at updated_at introduction_id",
        words="message words",
        others="note",
        service="version",
        blank={"message": "", "words": "", "note": ""},
    ),
    "application_event": owned(
        Owner.APPLICATION,
        Erase.KEEP,
        number="id application_id",
        record="from_state to_state at actor_role",
        others="actor_account_id answer_link_id reason",
    ),
    "introduction": owned(
        Owner.YOUTH,
        Erase.BLANK,
        number="id opening_id youth_id",
        record="state answer_by created_at updated_at",
        words="message",
        others="asked_by_account_id",
        service="version",
        blank={"message": ""},
    ),
    "shortlist_entry": owned(
        Owner.YOUTH,
        Erase.KEEP,
        number="id opening_id youth_id",
        record="state at",
        others="reason account_id",
    ),
}
