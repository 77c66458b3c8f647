"""The data map: every column of every table, what it says about people, and what erasing does.

One declaration serves three: the export of a person's own data, erasure, and the test that no
column is added without an answer to both. `Erase.KEEP` rows hold numbers only; the number leads
to an account row that says nothing any more.
"""

from dataclasses import dataclass, field
from enum import StrEnum
from typing import Any

from models.account import AccountState
from models.youth import Affiliation, AffiliationState, YouthStatus


class Kind(StrEnum):
    NUMBER = "number"
    """The row's own number or a reference; alone it names nobody."""
    PERSON = "person"
    """Says who somebody is or where they sat: name, address, browser."""
    RECORD = "record"
    """What is recorded about the person: levels, dates, states, choices."""
    WORDS = "words"
    """Free text, which may hold anything."""
    HASH = "hash"
    """Hashes; never exported."""
    OTHERS = "others"
    """About another person, or another organisation's own judgement; not in the owner's export."""
    SERVICE = "service"
    """The service's own bookkeeping or public facts."""


class Erase(StrEnum):
    DELETE = "delete"
    BLANK = "blank"
    KEEP = "keep"
    NOTHING = "nothing"
    """The table holds nothing about a person."""


class Owner(StrEnum):
    ACCOUNT = "account"
    YOUTH = "youth"
    APPLICATION = "application"
    ENROLMENT = "enrolment"
    OUTCOME = "outcome"
    PLAN = "plan"


@dataclass(frozen=True)
class Table:
    erase: Erase
    columns: dict[str, Kind]
    owner: Owner | None = None
    """Whose number stands in `link`; the export and erasure find the rows by it."""
    link: str = ""
    blank: dict[str, Any] = field(default_factory=dict)
    """Values after erasure; "{number}" stands for the row's own number."""


def _kinds(**groups: str) -> dict[str, Kind]:
    return {name: Kind(kind) for kind, names in groups.items() for name in names.split()}


def _public(service: str, number: str = "id", others: str = "") -> Table:
    return Table(Erase.NOTHING, _kinds(number=number, service=service, others=others))


DATA_MAP: dict[str, Table] = {
    "account": Table(
        Erase.BLANK,
        _kinds(
            number="id",
            person="email name",
            record="state language created_at confirmed_at",
            hash="password_hash",
            service="is_demo",
        ),
        Owner.ACCOUNT,
        "id",
        {
            "email": "erased:{number}",
            "name": "#{number}",
            "password_hash": None,
            "state": AccountState.ERASED,
            "language": "ko",
            "confirmed_at": None,
        },
    ),
    "membership": Table(
        Erase.KEEP,
        _kinds(number="id account_id organisation_id", record="role created_at"),
        Owner.ACCOUNT,
        "account_id",
    ),
    "login_session": Table(
        Erase.DELETE,
        _kinds(
            number="id account_id",
            person="source browser",
            record="created_at ended_at",
            hash="token_hash",
        ),
        Owner.ACCOUNT,
        "account_id",
    ),
    "access_token": Table(
        Erase.DELETE,
        _kinds(
            number="id account_id",
            words="name",
            record="created_at expires_on revoked_at",
            hash="token_hash",
        ),
        Owner.ACCOUNT,
        "account_id",
    ),
    "kept_answer": Table(
        Erase.DELETE,
        _kinds(
            number="id account_id",
            record="status created_at",
            words="answer",
            hash="key_hash body_hash",
        ),
        Owner.ACCOUNT,
        "account_id",
    ),
    "one_time_token": Table(
        Erase.DELETE,
        _kinds(number="id account_id", record="purpose expires_at used_at", hash="token_hash"),
        Owner.ACCOUNT,
        "account_id",
    ),
    # Found by the hash of the address, not by a number; erased and pruned by flows/erasure.
    "throttle_hit": Table(Erase.DELETE, _kinds(number="id", hash="bucket", service="at")),
    "organisation": _public(
        "slug kind state name_ko name_en sector is_trusted business_number contact_email "
        "papers_kept_days is_demo created_at"
    ),
    "youth_profile": Table(
        Erase.BLANK,
        _kinds(
            number="id account_id organisation_id",
            person="external_id",
            record="affiliation affiliation_state status graduation_on available_from "
            "weekly_hours budget_krw looking_asked_on looking_on looking_stopped_on "
            "created_at updated_at",
            words="about",
            service="version",
        ),
        Owner.YOUTH,
        "id",
        {
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
    "youth_wish": Table(
        Erase.DELETE,
        _kinds(number="id youth_id", record="kind value place"),
        Owner.YOUTH,
        "youth_id",
    ),
    "saved_item": Table(
        Erase.DELETE,
        _kinds(number="id youth_id item_id", record="kind saved_at"),
        Owner.YOUTH,
        "youth_id",
    ),
    "consent": Table(
        Erase.KEEP,
        _kinds(
            number="id youth_id organisation_id",
            record="purpose sectors fields text_version granted_at expires_on withdrawn_at",
        ),
        Owner.YOUTH,
        "youth_id",
    ),
    "notice_reading": Table(
        Erase.KEEP,
        _kinds(number="id account_id", record="notice_version read_at"),
        Owner.ACCOUNT,
        "account_id",
    ),
    "skill_record": Table(
        Erase.DELETE,
        _kinds(
            number="id youth_id",
            record="skill level rater verification evidence_kind rated_on created_at",
            words="evidence",
            others="rated_by_account_id",
        ),
        Owner.YOUTH,
        "youth_id",
    ),
    "unmapped_skill": Table(
        Erase.DELETE,
        _kinds(number="id youth_id opening_id", record="level created_at", words="text"),
        Owner.YOUTH,
        "youth_id",
    ),
    "skill_framework": _public("slug name source licence created_at"),
    "framework_skill": _public("slug name_ko name_en kind parent description", "id framework_id"),
    "certification_record": Table(
        Erase.DELETE,
        _kinds(
            number="id youth_id",
            record="certification exam_code language state planned_on exam_on result_on "
            "expires_on verification is_discounted created_at updated_at",
            words="proof_url",
            others="verified_by_account_id",
            service="version",
        ),
        Owner.YOUTH,
        "youth_id",
    ),
    "licence_record": Table(
        Erase.DELETE,
        _kinds(number="id youth_id", record="licence acquired_on verification created_at"),
        Owner.YOUTH,
        "youth_id",
    ),
    "course": _public(
        "state title_ko title_en field level kind sector content mode languages place total_hours "
        "fee_krw support eligibility completion_rule selection least_attendance_percent needs_work "
        "linked_certification exam_chance internship credit is_shared rise_project rise_code "
        "contact provider source source_url fetched_at is_demo version created_at updated_at",
        "id organisation_id external_id",
    ),
    "course_skill": _public("kind skill from_level level", "id course_id"),
    "course_session": _public(
        "starts_on ends_on applications_open_on applications_close_on weekly_hours weekly_slots "
        "mode join_link seats taken",
        "id course_id",
    ),
    "enrolment": Table(
        Erase.KEEP,
        _kinds(
            number="id session_id youth_id",
            record="state work_accepted_on completed_on created_at updated_at",
        ),
        Owner.YOUTH,
        "youth_id",
    ),
    "community_event": _public(
        "state title_ko title_en content mode place join_link held_on starts ends sign_up_until "
        "seats is_demo version created_at updated_at",
        "id organisation_id",
    ),
    "event_sign_up": Table(
        Erase.DELETE,
        _kinds(number="id event_id youth_id", record="state created_at updated_at"),
        Owner.YOUTH,
        "youth_id",
    ),
    # What a team made stays with those who stay; who was in it goes.
    "project": _public(
        "state stage title idea skills places mentor showcase_on shown_on showcase_url is_demo "
        "version created_at updated_at",
        "id organisation_id",
    ),
    "project_member": Table(
        Erase.DELETE,
        _kinds(number="id project_id youth_id", record="role state created_at updated_at"),
        Owner.YOUTH,
        "youth_id",
    ),
    "project_update": Table(
        Erase.DELETE,
        _kinds(number="id project_id youth_id", record="stage at", words="words"),
        Owner.YOUTH,
        "youth_id",
    ),
    "venue": _public("name_ko name_en place opens closes is_demo created_at", "id organisation_id"),
    "venue_item": _public("kind name_ko name_en quantity is_for_youth is_out", "id venue_id"),
    "venue_booking": Table(
        Erase.DELETE,
        _kinds(
            number="id item_id youth_id meeting_id",
            record="state held_on starts ends quantity created_at",
            words="purpose",
            others="booked_by_account_id",
        ),
        Owner.YOUTH,
        "youth_id",
    ),
    "class_meeting": _public(
        "held_on starts ends mode topic check_in_code check_in_until", "id session_id"
    ),
    "attendance": Table(
        Erase.DELETE,
        _kinds(number="id meeting_id enrolment_id", record="state source recorded_at"),
        Owner.ENROLMENT,
        "enrolment_id",
    ),
    "result_note": Table(
        Erase.DELETE,
        _kinds(number="id enrolment_id", record="created_at", others="skills"),
        Owner.ENROLMENT,
        "enrolment_id",
    ),
    "credential": Table(
        Erase.DELETE,
        _kinds(
            number="id youth_id enrolment_id",
            record="number title_ko title_en issued_on revoked_on created_at",
        ),
        Owner.YOUTH,
        "youth_id",
    ),
    # Where somebody worked goes with the person; that somebody did stays counted.
    "outcome": Table(
        Erase.BLANK,
        _kinds(
            number="id youth_id organisation_id application_id",
            record="kind state source sector is_in_jeju started_on ended_on created_at updated_at",
            words="organisation_name",
            others="decided_by_account_id",
            service="version",
        ),
        Owner.YOUTH,
        "youth_id",
        {"organisation_name": "", "organisation_id": None, "application_id": None},
    ),
    "outcome_check": Table(
        Erase.KEEP,
        _kinds(number="id outcome_id", record="months still_holds is_in_jeju source checked_on"),
        Owner.OUTCOME,
        "outcome_id",
    ),
    "opening": _public(
        "state title_ko title_en sector role description employment_type region headcount "
        "pay_min_krw pay_max_krw opens_on closes_on starts_on answer_days still_hiring_asked_on "
        "still_hiring_on still_hiring_reminded_on paused_on return_reason is_demo version "
        "created_at updated_at published_at",
        "id organisation_id external_id",
    ),
    "opening_requirement": _public("kind subject ref level", "id opening_id"),
    "opening_version": _public("number content changed at", "id opening_id", "account_id"),
    "interview_promise": _public(
        "subject ref level earn_by interview_days places state terms_ko terms_en text_hash "
        "is_demo version "
        "created_at updated_at",
        "id opening_id",
        "account_id",
    ),
    "promise_taking": Table(
        Erase.DELETE,
        _kinds(
            number="id promise_id youth_id application_id",
            record="state interview_by created_at updated_at",
            others="spoken_on spoken_by_account_id",
            service="version",
        ),
        Owner.YOUTH,
        "youth_id",
    ),
    "review_criterion": _public("place name hint weight", "id opening_id"),
    "review_phase": _public(
        "name starts_on ends_on can_review can_decide shows_names only_assigned others version",
        "id opening_id",
    ),
    # A partner's own judgement: like a shortlist entry it goes with the person and is not
    # handed out, because it is about the pair as the partner sees it.
    "review_assignment": Table(
        Erase.DELETE,
        _kinds(number="id opening_id youth_id", others="account_id created_at"),
        Owner.YOUTH,
        "youth_id",
    ),
    "review": Table(
        Erase.BLANK,
        _kinds(
            number="id opening_id youth_id",
            record="created_at updated_at",
            others="account_id state note version",
        ),
        Owner.YOUTH,
        "youth_id",
        {"note": ""},
    ),
    "review_score": _public("score", "id review_id criterion_id"),
    "review_conflict": Table(
        Erase.DELETE,
        _kinds(number="id opening_id youth_id", others="account_id at"),
        Owner.YOUTH,
        "youth_id",
    ),
    "same_person": Table(
        Erase.DELETE,
        _kinds(number="id account_id other_account_id", others="noted_by_account_id", record="at"),
        Owner.ACCOUNT,
        "account_id",
    ),
    "calibration_example": Table(
        Erase.DELETE,
        _kinds(number="id opening_id youth_id", others="account_id at"),
        Owner.YOUTH,
        "youth_id",
    ),
    "interview_slot": _public(
        "starts_at minutes mode place is_cancelled is_demo version created_at",
        "id opening_id",
        "account_id",
    ),
    "interview": Table(
        Erase.KEEP,
        _kinds(
            number="id application_id slot_id",
            record="state created_at updated_at",
            service="sequence version",
        ),
        Owner.APPLICATION,
        "application_id",
    ),
    "slot_wait": Table(
        Erase.DELETE,
        _kinds(number="id application_id", record="created_at"),
        Owner.APPLICATION,
        "application_id",
    ),
    "job_offer": Table(
        Erase.BLANK,
        _kinds(
            number="id application_id",
            record="starts_on answer_by pay_krw created_at updated_at",
            words="words",
            others="account_id",
            service="version",
        ),
        Owner.APPLICATION,
        "application_id",
        {"words": "", "pay_krw": None},
    ),
    "answer_link": Table(
        Erase.KEEP,
        _kinds(
            number="id application_id",
            record="created_at expires_at answered_at revoked_at",
            hash="token_hash",
            others="address account_id",
        ),
        Owner.APPLICATION,
        "application_id",
    ),
    "answer_link_use": _public("use at", "id link_id", "source"),
    "application": Table(
        Erase.BLANK,
        _kinds(
            number="id opening_id youth_id",
            record="state reason is_reason_shared answer_by late_reason cause papers_gone_on "
            "created_at updated_at introduction_id",
            words="message words",
            others="note",
            service="version",
        ),
        Owner.YOUTH,
        "youth_id",
        {"message": "", "words": "", "note": ""},
    ),
    "application_event": Table(
        Erase.KEEP,
        _kinds(
            number="id application_id",
            record="from_state to_state at actor_role",
            others="actor_account_id answer_link_id reason",
        ),
        Owner.APPLICATION,
        "application_id",
    ),
    "introduction": Table(
        Erase.BLANK,
        _kinds(
            number="id opening_id youth_id",
            record="state answer_by created_at updated_at",
            words="message",
            others="asked_by_account_id",
            service="version",
        ),
        Owner.YOUTH,
        "youth_id",
        {"message": ""},
    ),
    "shortlist_entry": Table(
        Erase.KEEP,
        _kinds(number="id opening_id youth_id", record="state at", others="reason account_id"),
        Owner.YOUTH,
        "youth_id",
    ),
    "exposure": Table(
        Erase.KEEP,
        _kinds(number="id account_id context_id", record="at kind subject model_version items"),
        Owner.ACCOUNT,
        "account_id",
    ),
    "access_record": Table(
        Erase.KEEP,
        _kinds(
            number="id youth_id organisation_id",
            record="at role task outcome",
            others="account_id source request_id details",
            service="previous_hash hash",
        ),
        Owner.YOUTH,
        "youth_id",
    ),
    "audit_entry": Table(
        Erase.KEEP,
        _kinds(
            number="id account_id subject_id",
            record="at role action subject change",
            service="request_id previous_hash hash",
        ),
        Owner.ACCOUNT,
        "account_id",
    ),
    "outbox_mail": Table(
        Erase.DELETE,
        _kinds(
            number="id account_id",
            record="template language state created_at sent_at",
            others="address",
            words="context",
            service="dedupe_key tries claimed_at",
        ),
        Owner.ACCOUNT,
        "account_id",
    ),
    "import_batch": Table(
        Erase.KEEP,
        _kinds(
            number="id account_id organisation_id",
            record="kind row_count created_at reverted_at",
            words="file_name",
            service="file_hash",
        ),
        Owner.ACCOUNT,
        "account_id",
    ),
    # The file may be about anybody; it is emptied when it is stored, refused or a day old.
    "import_task": Table(
        Erase.DELETE,
        _kinds(
            number="id account_id organisation_id batch_id",
            record="kind keeps_unmapped state done total created_at updated_at",
            words="file_name",
            others="data findings",
            service="tries held_until",
        ),
        Owner.ACCOUNT,
        "account_id",
    ),
    "saved_view": Table(
        Erase.DELETE,
        _kinds(number="id account_id", record="place is_default created_at", words="name query"),
        Owner.ACCOUNT,
        "account_id",
    ),
    "model_artefact": _public("size created_at data", "sha256"),
    "model_version": _public(
        "label state trained_until seed created_at report verdict reasons proposed_at promoted_at "
        "retired_at note version",
        "id sha256 created_by_account_id proposed_by_account_id promoted_by_account_id replaced_id",
    ),
    "ranking_switch": _public("is_on reason at", "id account_id"),
    "training_turn": _public("token taken_at"),
    "audit_trait": Table(
        Erase.DELETE,
        _kinds(number="id youth_id", record="kind value given_at"),
        Owner.YOUTH,
        "youth_id",
    ),
    "plan_template": _public(
        "name target target_refs weekly_hours finish_by note is_active is_demo version created_at "
        "updated_at",
        "id organisation_id created_by_account_id",
    ),
    "plan_suggestion": Table(
        Erase.DELETE,
        _kinds(number="id template_id youth_id plan_id", record="state suggested_at answered_at"),
        Owner.YOUTH,
        "youth_id",
    ),
    "plan_step": Table(
        Erase.DELETE,
        _kinds(
            number="id plan_id place",
            record="kind ref starts_on ends_on hours state done_on details",
        ),
        Owner.PLAN,
        "plan_id",
    ),
    "plan_event": Table(
        Erase.DELETE,
        _kinds(number="id plan_id", record="kind at", words="comment", others="account_id"),
        Owner.PLAN,
        "plan_id",
    ),
    "plan": Table(
        Erase.DELETE,
        _kinds(
            number="id youth_id",
            record="target target_refs kind state starts_on ends_on weekly_hours model_version "
            "created_at updated_at",
            words="wishes",
            service="version",
        ),
        Owner.YOUTH,
        "youth_id",
    ),
    "busy_period": Table(
        Erase.DELETE,
        _kinds(number="id youth_id", record="starts_on ends_on weekly_hours", words="name"),
        Owner.YOUTH,
        "youth_id",
    ),
    # Counts of one day and what a desk promised; who typed it in says nothing about a young person.
    "planning_scenario": _public(
        "name inputs results data_on created_at", "id organisation_id", "account_id"
    ),
    "programme_target": _public(
        "year rise_project people completions certificates placements budget_krw spent_krw note "
        "is_demo version created_at updated_at",
        "id organisation_id",
        "updated_by_account_id",
    ),
    "subsidy": _public(
        "name_ko name_en covers vendor_exams percent cap_krw remaining_krw opens_on closes_on "
        "statuses source is_demo is_active version created_at updated_at",
        "id organisation_id",
    ),
    "study_entry": Table(
        Erase.DELETE,
        _kinds(
            number="id youth_id",
            record="certification domain studied_on minutes created_at",
            words="note",
        ),
        Owner.YOUTH,
        "youth_id",
    ),
    "practice_score": Table(
        Erase.DELETE,
        _kinds(
            number="id youth_id",
            record="certification exam_code domain taken_on percent source created_at",
        ),
        Owner.YOUTH,
        "youth_id",
    ),
    # The code belongs to the organisation; the person's tie to it goes, the voucher stays counted.
    "voucher": Table(
        Erase.BLANK,
        _kinds(
            number="id organisation_id youth_id",
            record="code percent level expires_on state assigned_at used_on",
            others="assigned_by_account_id note",
            service="is_demo version created_at updated_at",
        ),
        Owner.YOUTH,
        "youth_id",
        {"youth_id": None},
    ),
    "assignment_round": _public(
        "name_ko name_en state most_wishes wishes_until cohort_status hard_rules seed commitment "
        "committed_at published_at cancelled_at cancel_reason is_demo version created_at "
        "updated_at",
        "id organisation_id cohort_session_id proposed_by_account_id confirmed_by_account_id",
    ),
    "assignment_opening": _public("capacity minimum banded_at", "id round_id opening_id"),
    # Holds codes drawn by chance; without the entry nobody knows whose they were.
    "assignment_run": _public(
        "number method figures document sha256 is_chosen created_at",
        "id round_id made_by_account_id",
    ),
    "assignment_entry": Table(
        Erase.DELETE,
        _kinds(
            number="id round_id youth_id",
            record="state created_at updated_at",
            others="code",
            service="version",
        ),
        Owner.YOUTH,
        "youth_id",
    ),
    "assignment_wish": Table(
        Erase.DELETE,
        _kinds(number="id round_id youth_id opening_id", record="tier"),
        Owner.YOUTH,
        "youth_id",
    ),
    "assignment_band": Table(
        Erase.DELETE,
        _kinds(number="id round_id youth_id opening_id", others="band set_by_account_id at"),
        Owner.YOUTH,
        "youth_id",
    ),
    "assignment_pair": Table(
        Erase.DELETE,
        _kinds(
            number="id round_id youth_id opening_id",
            record="state created_at updated_at",
            service="version",
        ),
        Owner.YOUTH,
        "youth_id",
    ),
    "assignment_chance": Table(
        Erase.DELETE,
        _kinds(
            number="id round_id youth_id",
            record="placed cleared low high driver computed_at",
        ),
        Owner.YOUTH,
        "youth_id",
    ),
    "assignment_request": Table(
        Erase.DELETE,
        _kinds(
            number="id round_id youth_id held_opening_id wanted_opening_id",
            record="created_at",
        ),
        Owner.YOUTH,
        "youth_id",
    ),
    # That something changed, never for whom.
    "assignment_exchange": _public("kind at", "id round_id confirmed_by_account_id"),
    "calendar_feed": Table(
        Erase.DELETE,
        _kinds(number="id account_id", record="created_at revoked_at", hash="token_hash"),
        Owner.ACCOUNT,
        "account_id",
    ),
    "digest_choice": Table(
        Erase.DELETE,
        _kinds(number="id account_id", record="rhythm weekday muted updated_at"),
        Owner.ACCOUNT,
        "account_id",
    ),
    "evidence": Table(
        Erase.DELETE,
        _kinds(
            number="id youth_id blob_id record_id",
            record="subject skill level state return_reason claimed_at decided_at decided_level "
            "created_at updated_at",
            words="title note file_name comment",
            others="reviewer_account_id undo",
            service="is_demo version",
        ),
        Owner.YOUTH,
        "youth_id",
    ),
    # The file itself is handed over by its own page; an export of text names it and its size.
    "evidence_blob": Table(
        Erase.DELETE,
        _kinds(
            number="id youth_id", record="media_type size created_at", hash="sha256", service="data"
        ),
        Owner.YOUTH,
        "youth_id",
    ),
    # Before and after of rows of two records; what was one person goes as one.
    "person_merge_change": Table(
        Erase.DELETE,
        _kinds(number="id merge_id youth_id row_id", service="table_name", others="before after"),
        Owner.YOUTH,
        "youth_id",
    ),
    "person_merge": Table(
        Erase.KEEP,
        _kinds(
            number="id youth_id other_youth_id", record="merged_at undone_at", others="account_id"
        ),
        Owner.YOUTH,
        "youth_id",
    ),
    "distinct_pair": Table(
        Erase.DELETE,
        _kinds(number="id youth_id", record="at", others="other_youth_id account_id"),
        Owner.YOUTH,
        "youth_id",
    ),
    # The hour stays the counsellor's; who came and what was said goes with the person.
    "counselling": Table(
        Erase.BLANK,
        _kinds(
            number="id organisation_id youth_id outcome_id",
            record="topic held_on starts ends place state created_at updated_at",
            words="question shared_note",
            others="counsellor_account_id desk_note",
            service="is_demo version",
        ),
        Owner.YOUTH,
        "youth_id",
        {"youth_id": None, "question": "", "shared_note": "", "desk_note": "", "outcome_id": None},
    ),
    # Frozen numbers stay; the rows behind them are numbers that lead to an erased record.
    "evaluation_pack": _public(
        "year project content sha256 frozen_at is_demo",
        "id organisation_id",
        "frozen_by_account_id",
    ),
    "student_count": _public(
        "students counted_on source created_at", "id organisation_id", "typed_by_account_id"
    ),
    # `before` copies rows of other tables; erasure deletes the lines about the person's rows.
    "batch_change": Table(
        Erase.DELETE,
        _kinds(
            number="id batch_id row_id", service="table_name after_version", words="before after"
        ),
    ),
}
EXPORTED = (Kind.NUMBER, Kind.PERSON, Kind.RECORD, Kind.WORDS)


def exported_columns(table: str) -> tuple[str, ...]:
    """What the owner of a row gets to see of it; mails leave out their one-time links."""
    rule = DATA_MAP[table]
    hidden = {"context"} if table == "outbox_mail" else set()
    return tuple(
        name for name, kind in rule.columns.items() if kind in EXPORTED and name not in hidden
    )


def owned_tables() -> tuple[str, ...]:
    return tuple(name for name, rule in DATA_MAP.items() if rule.owner is not None)
