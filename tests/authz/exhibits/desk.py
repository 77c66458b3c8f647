"""What a desk works on: files, views, proofs, hours, outcomes, a merged record, a frozen pack."""

from matcher.matching import evaluation
from matcher.matching.pack_views import row_of
from models.account import AccountState, Role
from models.bulk import SavedView
from models.organisation import Organisation
from models.people_desk import CounsellingState, EvidenceState, PersonMerge
from tests import factories
from tests.authz.exhibits.hall import Hall
from tests.factories import NOW


def imports(hall: Hall) -> None:
    """A checked file and a batch of each university's desk."""
    session, people = hall.session, hall.people
    for ids, desk in ((hall.ids, people.coordinator), (hall.foreign, people.other_coordinator)):
        task = factories.import_task(session, desk.account_id, desk.organisation_id)
        batch = factories.import_batch(session, desk.account_id, desk.organisation_id)
        view = SavedView(
            account_id=desk.account_id, place="roster", name="구직 중", query="status=seeking",
            created_at=NOW,
        )  # fmt: skip
        ids |= {
            "import_task": task.id or 0,
            "import_batch": batch.id or 0,
            "saved_view": factories.add(session, view).id or 0,
        }


def partner_files(hall: Hall) -> None:
    """A checked file and a batch of the first partner."""
    session, partner = hall.session, hall.people.partner
    sender = (partner.account_id, partner.organisation_id)
    task = factories.import_task(session, *sender, kind="openings", file_name="ours.csv")
    batch = factories.import_batch(session, *sender, kind="openings")
    made = {"partner import_task": task.id or 0, "partner import_batch": batch.id or 0}
    hall.ids.update(made)


def proofs(hall: Hall) -> None:
    """In the hands of the coordinator, so that the page has every form."""
    session, people = hall.session, hall.people
    for ids, person in hall.both(people.far_youth):
        desk = people.coordinator if person is people.youth else people.other_coordinator
        row = factories.evidence(
            session, person.youth_id or 0, state=EvidenceState.IN_REVIEW,
            reviewer_account_id=people.coordinator.account_id, claimed_at=NOW,
        )  # fmt: skip
        hour = factories.counselling(
            session, desk, youth_id=person.youth_id, state=CounsellingState.BOOKED
        )
        ids |= {
            "evidence": row.id or 0,
            "presented_credential": factories.badge(session, person.youth_id or 0).id or 0,
            "counselling": hour.id or 0,
            "outcome": factories.outcome(session, person.youth_id or 0).id or 0,
        }


def merged(hall: Hall) -> None:
    """A record of the first university that went into haneul's."""
    session, people = hall.session, hall.people
    account = factories.account(session, "twice@example.com", state=AccountState.DISABLED)
    factories.membership(session, account.id or 0, Role.YOUTH)
    other = factories.youth(session, account.id or 0)
    row = PersonMerge(
        youth_id=people.youth.youth_id,
        other_youth_id=other.id,
        account_id=people.coordinator.account_id,
        merged_at=NOW,
    )
    hall.ids["person_merge"] = factories.add(session, row).id or 0


def pack(hall: Hall) -> None:
    """Frozen by the first university."""
    desk = hall.session.get_one(Organisation, hall.people.coordinator.organisation_id)
    made = evaluation.content(hall.session, evaluation.Asked(desk, 2025, "", NOW), None)
    hall.ids["evaluation_pack"] = factories.add(hall.session, row_of(desk, made)).id or 0
