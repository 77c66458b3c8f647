"""Courses, classes, meetings and projects, and what became of people."""

from matcher.policy.data_map.kinds import Erase, Owner, Table, owned, public

TABLES: dict[str, Table] = {
    "course": public(
        "state title_ko title_en field level kind sector content mode languages place total_hours "
        "fee_krw support eligibility completion_rule selection least_attendance_percent needs_work "
        "linked_certification exam_chance internship credit is_shared rise_project rise_code "
        "contact provider source source_url fetched_at is_demo version created_at updated_at",
        "id organisation_id external_id",
    ),
    "course_skill": public("kind skill from_level level", "id course_id"),
    "course_session": public(
        "starts_on ends_on applications_open_on applications_close_on weekly_hours weekly_slots "
        "mode join_link seats taken",
        "id course_id",
    ),
    "enrolment": owned(
        Owner.YOUTH,
        Erase.KEEP,
        number="id session_id youth_id",
        record="state work_accepted_on completed_on created_at updated_at",
    ),
    "community_event": public(
        "state title_ko title_en content mode place join_link held_on starts ends sign_up_until "
        "seats is_demo version created_at updated_at",
        "id organisation_id",
    ),
    "event_sign_up": owned(
        Owner.YOUTH,
        Erase.DELETE,
        number="id event_id youth_id",
        record="state created_at updated_at",
    ),
    # What a team made stays with those who stay; who was in it goes.
    "project": public(
        "state stage title idea skills places mentor showcase_on shown_on showcase_url is_demo "
        "version created_at updated_at",
        "id organisation_id",
    ),
    "project_member": owned(
        Owner.YOUTH,
        Erase.DELETE,
        number="id project_id youth_id",
        record="role state created_at updated_at",
    ),
    "project_update": owned(
        Owner.YOUTH, Erase.DELETE, number="id project_id youth_id", record="stage at", words="words"
    ),
    "venue": public("name_ko name_en place opens closes is_demo created_at", "id organisation_id"),
    "venue_item": public("kind name_ko name_en quantity is_for_youth is_out", "id venue_id"),
    "venue_booking": owned(
        Owner.YOUTH,
        Erase.DELETE,
        number="id item_id youth_id meeting_id",
        record="state held_on starts ends quantity created_at",
        words="purpose",
        others="booked_by_account_id",
    ),
    "class_meeting": public(
        "held_on starts ends mode topic check_in_code check_in_until", "id session_id"
    ),
    "attendance": owned(
        Owner.ENROLMENT,
        Erase.DELETE,
        number="id meeting_id enrolment_id",
        record="state source recorded_at",
    ),
    "result_note": owned(
        Owner.ENROLMENT,
        Erase.DELETE,
        number="id enrolment_id",
        record="created_at",
        others="skills",
    ),
    "credential": owned(
        Owner.YOUTH,
        Erase.DELETE,
        number="id youth_id enrolment_id",
        record="number title_ko title_en issued_on revoked_on created_at",
    ),
    # Where somebody worked goes with the person; that somebody did stays counted.
    "outcome": owned(
        Owner.YOUTH,
        Erase.BLANK,
        number="id youth_id organisation_id application_id",
        record="kind state source sector is_in_jeju started_on ended_on created_at updated_at",
        words="organisation_name",
        others="decided_by_account_id",
        service="version",
        blank={"organisation_name": "", "organisation_id": None, "application_id": None},
    ),
    "outcome_check": owned(
        Owner.OUTCOME,
        Erase.KEEP,
        number="id outcome_id",
        record="months still_holds is_in_jeju source checked_on",
    ),
}
