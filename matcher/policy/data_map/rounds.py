"""Assignment rounds."""

from matcher.policy.data_map.kinds import Erase, Owner, Table, owned, public

TABLES: dict[str, Table] = {
    "assignment_round": public(
        "name_ko name_en state most_wishes wishes_until cohort_status hard_rules seed commitment "
        "committed_at published_at cancelled_at cancel_reason is_demo version created_at "
        "updated_at",
        "id organisation_id cohort_session_id proposed_by_account_id confirmed_by_account_id",
    ),
    "assignment_opening": public("capacity minimum banded_at", "id round_id opening_id"),
    # Holds codes drawn by chance; without the entry nobody knows whose they were.
    "assignment_run": public(
        "number method figures document sha256 is_chosen created_at",
        "id round_id made_by_account_id",
    ),
    "assignment_entry": owned(
        Owner.YOUTH,
        Erase.DELETE,
        number="id round_id youth_id",
        record="state created_at updated_at",
        others="code",
        service="version",
    ),
    "assignment_wish": owned(
        Owner.YOUTH, Erase.DELETE, number="id round_id youth_id opening_id", record="tier"
    ),
    "assignment_band": owned(
        Owner.YOUTH,
        Erase.DELETE,
        number="id round_id youth_id opening_id",
        others="band set_by_account_id at",
    ),
    "assignment_pair": owned(
        Owner.YOUTH,
        Erase.DELETE,
        number="id round_id youth_id opening_id",
        record="state created_at updated_at",
        service="version",
    ),
    "assignment_chance": owned(
        Owner.YOUTH,
        Erase.DELETE,
        number="id round_id youth_id",
        record="placed cleared low high driver computed_at",
    ),
    "assignment_request": owned(
        Owner.YOUTH,
        Erase.DELETE,
        number="id round_id youth_id held_opening_id wanted_opening_id",
        record="created_at",
    ),
    # That something changed, never for whom.
    "assignment_exchange": public("kind at", "id round_id confirmed_by_account_id"),
}
