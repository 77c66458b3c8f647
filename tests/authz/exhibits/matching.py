"""Openings with who applied, plans and what a desk suggests, assignment rounds."""

from datetime import timedelta

from models.consent import ConsentPurpose
from models.opening import OpeningState
from models.organisation import OrganisationState
from models.plan import PlanEventKind, PlanState
from models.promise import TakingState
from models.review import ReviewCriterion, ReviewPhase, SamePerson
from tests import factories
from tests.authz.exhibits.hall import Hall
from tests.factories import NOW, TODAY
from tests.promise_desk import put_promise, put_taking


def openings(hall: Hall) -> None:
    session, people = hall.session, hall.people
    partner_id, youth_id = people.partner.organisation_id, people.youth.youth_id
    opening = factories.opening(session, partner_id)
    other = factories.opening(session, partner_id)
    waiting = factories.opening(session, partner_id, state=OpeningState.SUBMITTED)
    partner = factories.organisation(session, "newcomer", state=OrganisationState.PENDING)
    for each in (opening, other, waiting):
        factories.requirement(session, each.id, "python")
    factories.consent(session, youth_id, ConsentPurpose.POOL, sectors=["space"])
    application = factories.application(session, opening.id, youth_id)
    introduction = factories.introduction(
        session, other.id, youth_id, asked_by_account_id=people.partner.account_id
    )
    hall.foreign["opening"] = other.id
    promise = put_promise(session, opening.id)
    put_taking(session, promise.id or 0, youth_id)
    broken = put_promise(session, other.id, ref="CLF")
    put_taking(session, broken.id or 0, youth_id, state=TakingState.BROKEN)
    reviewing(hall, opening.id, other.id)
    made = {
        "opening": opening.id,
        "waiting opening": waiting.id,
        "waiting organisation": partner.id,
        "organisation": partner_id,
        "application": application.id,
        "interview_promise": promise.id or 0,
        "introduction": introduction.id,
        "account": people.youth.account_id,
        "youth_profile": youth_id,
    }
    hall.ids.update(made)


def reviewing(hall: Hall, opening_id: int, other_id: int) -> None:
    """A rubric and a phase to come; two desks of one person, neither of them a partner's."""
    session, people = hall.session, hall.people
    for ids, each in ((hall.ids, opening_id), (hall.foreign, other_id)):
        session.add(ReviewCriterion(opening_id=each, place=1, name="Python", weight=100))
        days = {"starts_on": TODAY + timedelta(300), "ends_on": TODAY + timedelta(310)}
        phase = factories.add(session, ReviewPhase(opening_id=each, name="Later", **days))
        ids["review_phase"] = phase.id
    accounts = sorted(each.account_id for each in (people.coordinator, people.other_coordinator))
    note = SamePerson(
        account_id=accounts[0], other_account_id=accounts[1], at=NOW,
        noted_by_account_id=people.admin.account_id,
    )  # fmt: skip
    hall.ids["same_person"] = factories.add(session, note).id


def plans(hall: Hall) -> None:
    """Handed in, so that the desk of the person's university sees them too."""
    session, people = hall.session, hall.people
    for ids, person in hall.both(people.far_youth):
        youth_id = person.youth_id or 0
        desk = people.coordinator if person is people.youth else people.other_coordinator
        references = [str(hall.ids["opening"])]
        plan = factories.plan(session, youth_id, references, state=PlanState.SUBMITTED)
        template = factories.plan_template(session, desk.organisation_id)
        suggestion = factories.plan_suggestion(session, template.id or 0, youth_id)
        factories.plan_event(session, plan.id or 0, person.account_id, PlanEventKind.SUBMITTED)
        ids |= {
            "plan": plan.id or 0,
            "plan_step": factories.plan_step(session, plan.id or 0).id or 0,
            "plan_template": template.id or 0,
            "plan_suggestion": suggestion.id or 0,
        }


def rounds(hall: Hall) -> None:
    """The exhibit takes wishes, so that every side finds its form; its pair stands in the other,
    which is published."""
    session, youth_id = hall.session, hall.people.youth.youth_id or 0
    for ids in (hall.ids, hall.foreign):
        opening_id = ids["opening"]
        row = factories.assignment_round(session, hall.people.coordinator.organisation_id or 0)
        round_id = row.id or 0
        factories.assignment_opening(session, round_id, opening_id)
        entry = factories.assignment_entry(session, round_id, youth_id)
        factories.assignment_wish(session, round_id, youth_id, opening_id)
        run = factories.assignment_run(session, round_id, entry)
        pair = factories.assignment_pair(session, round_id, opening_id, youth_id)
        ids |= {
            "assignment_round": round_id,
            "assignment_opening": opening_id,
            "assignment_entry": entry.id or 0,
            "assignment_run": run.id or 0,
            "assignment_pair": pair.id or 0,
        }
