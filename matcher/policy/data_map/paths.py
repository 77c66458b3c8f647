"""Paths, budgets, study and vouchers."""

from matcher.policy.data_map.kinds import Erase, Owner, Table, owned, public

TABLES: dict[str, Table] = {
    "plan_template": public(
        "name target target_refs weekly_hours finish_by note is_active is_demo version created_at "
        "updated_at",
        "id organisation_id created_by_account_id",
    ),
    "plan_suggestion": owned(
        Owner.YOUTH,
        Erase.DELETE,
        number="id template_id youth_id plan_id",
        record="state suggested_at answered_at",
    ),
    "plan_step": owned(
        Owner.PLAN,
        Erase.DELETE,
        number="id plan_id place",
        record="kind ref starts_on ends_on hours state done_on details",
    ),
    "plan_event": owned(
        Owner.PLAN,
        Erase.DELETE,
        number="id plan_id",
        record="kind at",
        words="comment",
        others="account_id",
    ),
    "plan": owned(
        Owner.YOUTH,
        Erase.DELETE,
        number="id youth_id",
        record="target target_refs kind state starts_on ends_on weekly_hours model_version "
        "created_at updated_at",
        words="wishes",
        service="version",
    ),
    "busy_period": owned(
        Owner.YOUTH,
        Erase.DELETE,
        number="id youth_id",
        record="starts_on ends_on weekly_hours",
        words="name",
    ),
    # Counts of one day and what a desk promised; who typed it in says nothing about a young person.
    "planning_scenario": public(
        "name inputs results data_on created_at", "id organisation_id", "account_id"
    ),
    "programme_target": public(
        "year rise_project people completions certificates placements budget_krw spent_krw note "
        "is_demo version created_at updated_at",
        "id organisation_id",
        "updated_by_account_id",
    ),
    "subsidy": public(
        "name_ko name_en covers vendor_exams percent cap_krw remaining_krw opens_on closes_on "
        "statuses source is_demo is_active version created_at updated_at",
        "id organisation_id",
    ),
    "study_entry": owned(
        Owner.YOUTH,
        Erase.DELETE,
        number="id youth_id",
        record="certification domain studied_on minutes created_at",
        words="note",
    ),
    "practice_score": owned(
        Owner.YOUTH,
        Erase.DELETE,
        number="id youth_id",
        record="certification exam_code domain taken_on percent source created_at",
    ),
    # The code belongs to the organisation; the person's tie to it goes, the voucher stays counted.
    "voucher": owned(
        Owner.YOUTH,
        Erase.BLANK,
        number="id organisation_id youth_id",
        record="code percent level expires_on state assigned_at used_on",
        others="assigned_by_account_id note",
        service="is_demo version created_at updated_at",
        blank={"youth_id": None},
    ),
}
