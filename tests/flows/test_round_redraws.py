"""A lottery a desk has seen and did not publish is told wherever it could have been traded in."""

from datetime import timedelta

import pytest
from sqlmodel import select

from matcher.flows import (
    round_proofs,
    round_publishing,
    rounds_desk,
    rounds_own,
    rounds_partner,
    rounds_steps,
)
from matcher.flows.rounds_setup import Seats
from matcher.refusal import Invalid
from matcher.wiring import Services
from models.assignment import AssignmentMethod, AssignmentRound, RoundState
from models.outbox import OutboxMail
from models.trail import AuditEntry
from models.youth import YouthStatus
from tests.factories import NOW, TODAY
from tests.partner_desk import OPERATION, actor
from tests.people import People, Person
from tests.round_desk import (
    RoundScene,
    cancel,
    confirm,
    create,
    dry_run,
    lock_wishes,
    open_round,
    propose,
    set_round,
    stored,
    version,
    wish,
    wished,
)
from tests.two_databases import any_people, any_services, any_url  # noqa: F401

REASON = "기업이 자리를 거두어서 다시 합니다"


def tried_and_cancelled(services: Services, people: People) -> RoundScene:
    scene = wished(services, people, 2)
    dry_run(services, people.coordinator, scene.round_id)
    cancel(services, people.coordinator, scene.round_id, REASON)
    return scene


def told(services: Services, by: Person, round_id: int) -> list[tuple[str, bool]]:
    """(reason, whether it was cancelled) as the desk's page tells it."""
    with services.reading(actor(by)) as unit:
        view = rounds_desk.sheet(unit, actor(by), round_id)
    return [(each.reason, each.cancelled_on is not None) for each in view.redraws]


@pytest.mark.parametrize("reason", ["", "다시"])
def test_after_a_dry_run_a_round_is_not_cancelled_without_a_written_reason(
    services: Services, people: People, reason: str
) -> None:
    scene = wished(services, people, 2)
    dry_run(services, people.coordinator, scene.round_id)
    with pytest.raises(Invalid) as refused:
        cancel(services, people.coordinator, scene.round_id, reason)
    assert list(refused.value.fields) == ["reason"]
    assert stored(services, scene.round_id).state is RoundState.DRY_RUN
    cancel(services, people.coordinator, scene.round_id, REASON)
    row = stored(services, scene.round_id)
    assert (row.state, row.cancel_reason) == (RoundState.CANCELLED, REASON)
    with services.database.reading() as session:
        entry = session.exec(select(AuditEntry).where(AuditEntry.action == "round:cancelled")).one()
        mails = session.exec(
            select(OutboxMail).where(OutboxMail.template == "round_cancelled")
        ).all()
    assert (entry.change["tried"], entry.change["reason"]) == (True, REASON)
    assert [mail.context["reason"] for mail in mails] == [REASON, REASON]


def test_before_a_dry_run_nobody_has_seen_a_lottery_and_no_reason_is_asked(
    services: Services, people: People
) -> None:
    scene = wished(services, people, 2)
    cancel(services, people.coordinator, scene.round_id)
    again = create(services, people.coordinator, scene)
    assert told(services, people.coordinator, again) == []


def test_a_new_round_over_the_same_openings_tells_everybody_of_the_one_before(
    services: Services, people: People
) -> None:
    scene = tried_and_cancelled(services, people)
    other = YouthStatus.SEEKING
    again = create(services, people.coordinator, scene, cohort_status=other, seats=[
        Seats(scene.two, 1, 0)
    ])  # fmt: skip
    assert told(services, people.coordinator, again) == [(REASON, True)]
    with services.database.writing() as session:
        session.get_one(AssignmentRound, again).cohort_status = None
    open_round(services, people.coordinator, again)
    wish(services, scene.people[0], again, {scene.two: 1})
    me, partner, desk = actor(scene.people[0]), actor(people.partner), actor(people.coordinator)
    with services.reading(me) as unit:
        seen = rounds_own.view(unit, me, again).redraws
    with services.reading(partner) as unit:
        assert rounds_partner.view(unit, partner, OPERATION, again).redraws == seen
    lock_wishes(services, again)
    run_id = dry_run(services, people.coordinator, again)[AssignmentMethod.MAX_FIT]
    with services.reading(desk) as unit:
        assert round_proofs.proof(unit, desk, again, run_id).redraws == seen
    assert [(each.tried_on, each.cancelled_on, each.reason) for each in seen] == [
        (TODAY, TODAY, REASON)
    ]
    with services.database.reading() as session:
        mails = session.exec(select(OutboxMail).where(OutboxMail.template == "round_opened")).all()
    counts = {mail.context["round_id"]: mail.context["redrawn"] for mail in mails}
    assert counts == {scene.round_id: 0, again: 1}


def test_the_same_people_in_the_same_term_count_though_the_openings_are_others(
    services: Services, people: People
) -> None:
    scene = tried_and_cancelled(services, people)
    elsewhere = set_round(services, people, 0, seats=[Seats(scene.one, 1, 0)])
    with services.database.writing() as session:
        for row in session.exec(select(AssignmentRound)):
            row.cohort_status = YouthStatus.SEEKING if row.id == scene.round_id else None
    narrower = create(services, people.coordinator, elsewhere)
    assert told(services, people.coordinator, narrower) == []
    with services.database.writing() as session:
        session.get_one(AssignmentRound, scene.round_id).cohort_status = None
    assert told(services, people.coordinator, narrower) == [(REASON, True)]
    with services.database.writing() as session:
        session.get_one(AssignmentRound, scene.round_id).created_at = NOW - timedelta(days=200)
    assert told(services, people.coordinator, narrower) == []


def test_a_round_left_lying_after_its_dry_run_is_told_like_a_cancelled_one(
    services: Services, people: People
) -> None:
    scene = wished(services, people, 2)
    dry_run(services, people.coordinator, scene.round_id)
    again = create(services, people.coordinator, scene)
    assert told(services, people.coordinator, again) == [("", False)]
    assert told(services, people.coordinator, scene.round_id) == []


def test_a_round_opened_beside_and_tried_before_the_result_counts_and_one_after_it_does_not(
    any_services: Services,  # noqa: F811
    any_people: People,  # noqa: F811
) -> None:
    services, people = any_services, any_people
    first = wished(services, people, 2)
    propose(services, people.coordinator, first.round_id)
    confirm(services, people.centre, first.round_id)
    with services.database.writing() as session:
        session.get_one(AssignmentRound, first.round_id).published_at = NOW - timedelta(days=2)
    second = create(services, people.coordinator, first)
    open_round(services, people.coordinator, second)
    wish(services, first.people[0], second, {first.one: 1})
    lock_wishes(services, second)
    dry_run(services, people.coordinator, second)
    assert told(services, people.coordinator, first.round_id) == []
    with services.database.writing() as session:
        session.get_one(AssignmentRound, first.round_id).published_at = NOW + timedelta(days=2)
    assert told(services, people.coordinator, first.round_id) == [("", False)]
    assert told(services, people.coordinator, second) == []


def test_another_universitys_round_over_the_same_opening_is_not_held_against_a_desk(
    services: Services, people: People
) -> None:
    scene = tried_and_cancelled(services, people)
    other = create(services, people.other_coordinator, scene)
    central = create(services, people.centre, scene)
    assert told(services, people.other_coordinator, other) == []
    assert told(services, people.centre, central) == [(REASON, True)]


def test_a_proposal_taken_back_and_cancelled_is_told_too(
    services: Services, people: People
) -> None:
    scene = wished(services, people, 2)
    propose(services, people.coordinator, scene.round_id)
    desk = actor(people.coordinator)
    with services.writing(desk) as unit:
        round_publishing.send_back(unit, desk, scene.round_id, version(services, scene.round_id))
    with pytest.raises(Invalid), services.writing(desk) as unit:
        rounds_steps.cancel(unit, desk, scene.round_id, version(services, scene.round_id))
    cancel(services, people.coordinator, scene.round_id, REASON)
    again = create(services, people.coordinator, scene)
    assert told(services, people.coordinator, again) == [(REASON, True)]
