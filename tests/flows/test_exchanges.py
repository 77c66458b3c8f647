"""Changing places after a round is published: only by agreement, only within every rule."""

from dataclasses import replace
from datetime import timedelta

import pytest
from sqlmodel import select

from matcher.flows import exchanges_desk, exchanges_own, own_consents, round_trials, rounds_partner
from matcher.flows.erasure import erase_own
from matcher.flows.rounds_partner import PairState
from matcher.matching.round_document import as_text, findings_of, sha256_of
from matcher.refusal import Conflict, Invalid, NotFound
from matcher.settings import OperatorType
from matcher.wiring import Services
from models.application import Introduction, IntroductionState
from models.assignment import (
    AssignmentBand,
    AssignmentOpening,
    AssignmentRound,
    AssignmentRun,
    Band,
    HardRule,
)
from models.assignment_exchange import AssignmentExchange, AssignmentRequest, ExchangeKind
from models.consent import Consent, ConsentPurpose
from models.opening import Opening, OpeningState
from models.outbox import OutboxMail
from models.trail import AccessRecord, AuditEntry
from models.youth import YouthProfile
from tests.exchange_desk import (
    Placed,
    answer,
    ask,
    confirm,
    desk,
    holding,
    own,
    pair_of,
    placed,
    refuse,
    requests,
    swap_asked,
    withdraw,
)
from tests.factories import NOW, TODAY
from tests.partner_desk import OPERATION, actor
from tests.people import People, Person
from tests.round_desk import dry_run, version
from tests.traps.test_hiring_races import together
from tests.two_databases import any_people, any_services, any_url  # noqa: F401


def asked(services: Services) -> int:
    with services.database.reading() as session:
        return len(session.exec(select(AssignmentRequest)).all())


def confirm_the_one(services: Services, by: Person, found: Placed) -> None:
    confirm(services, by, found.round_id, requests(services, by, found.round_id))


def done(services: Services) -> list[ExchangeKind]:
    with services.database.reading() as session:
        return [each.kind for each in session.exec(select(AssignmentExchange))]


def test_two_who_asked_for_each_others_place_swap_and_everybody_is_told(
    any_services: Services,  # noqa: F811
    any_people: People,  # noqa: F811
) -> None:
    services, people = any_services, any_people
    found = swap_asked(services, people)
    scene, before = found.scene, holding(services, found.round_id)
    for person in (found.first, found.second):
        mine = own(services, person, found.round_id)
        assert mine is not None
        assert mine.possible is ExchangeKind.SWAP
    confirm_the_one(services, people.coordinator, found)
    assert holding(services, found.round_id) == before | {
        found.first.youth_id: scene.two,
        found.second.youth_id: scene.one,
    }
    assert (asked(services), done(services)) == (0, [ExchangeKind.SWAP])
    with services.database.reading() as session:
        mails = session.exec(
            select(OutboxMail).where(OutboxMail.template.endswith("exchanged"))
        ).all()
        states = {
            (row.opening_id, row.youth_id): row.state for row in session.exec(select(Introduction))
        }
        audits = session.exec(
            select(AuditEntry).where(AuditEntry.action == "round:exchanged_swap")
        ).all()
        looks = session.exec(
            select(AccessRecord).where(AccessRecord.task == "round:exchanged")
        ).all()
    assert {mail.account_id for mail in mails} == {
        found.first.account_id, found.second.account_id, people.partner.account_id,
    }  # fmt: skip
    partners = [mail for mail in mails if mail.template == "round_partner_exchanged"]
    assert len(partners) == 1
    assert "cohort" not in str(partners[0].context)
    for person, old, new in (
        (found.first, scene.one, scene.two),
        (found.second, scene.two, scene.one),
    ):
        assert states[old, person.youth_id or 0] is IntroductionState.WITHDRAWN
        assert states[new, person.youth_id or 0] is IntroductionState.REQUESTED
    assert {(a.account_id, a.change["before"], a.change["after"]) for a in audits} == {
        (people.coordinator.account_id, scene.one, scene.two),
        (people.coordinator.account_id, scene.two, scene.one),
    }
    assert all(a.change["reason"] for a in audits)
    assert {look.youth_id for look in looks} == {found.first.youth_id, found.second.youth_id}


def test_the_published_run_stays_and_verifies_and_the_changes_are_counted_beside_it(
    services: Services, people: People
) -> None:
    found = swap_asked(services, people)
    with services.database.reading() as session:
        run = session.exec(select(AssignmentRun).where(AssignmentRun.is_chosen)).one()
    assert desk(services, people.coordinator, found.round_id).made.count == 0
    confirm_the_one(services, people.coordinator, found)
    with services.database.reading() as session:
        after = session.get_one(AssignmentRun, run.id)
    assert (after.document, after.sha256) == (run.document, run.sha256)
    assert sha256_of(after.document) == after.sha256
    assert as_text(after.document) == as_text(run.document)
    assert findings_of(after.document)[0] == ()
    made = desk(services, people.centre, found.round_id).made
    assert (made.swaps, made.moves, made.count) == (1, 0, 1)
    assert made.last_on is not None


def test_only_another_opening_of_the_own_list_can_be_asked_for(
    services: Services, people: People
) -> None:
    found = placed(services, people)
    mine = own(services, found.first, found.round_id)
    assert mine is not None
    assert [each.id for each in mine.choices] == [found.scene.two]
    for wanted in (found.scene.one, 987_654):
        with pytest.raises(Invalid) as refused:
            ask(services, found.first, found.round_id, wanted)
        assert list(refused.value.fields) == ["wanted"]
    assert found.out is not None
    assert own(services, found.out, found.round_id) is None
    with pytest.raises(Conflict):
        ask_as(services, found.out, found.round_id, found.scene.two)
    with pytest.raises(NotFound):
        ask_as(services, people.youth, found.round_id, found.scene.two)
    assert asked(services) == 0


def ask_as(services: Services, person: Person, round_id: int, wanted: int) -> None:
    with services.writing(actor(person)) as unit:
        exchanges_own.ask(unit, actor(person), round_id, wanted, 1)


def decline(services: Services, person: Person, opening_id: int, round_id: int) -> None:
    """The partner had said it does not rank this person."""
    with services.database.writing() as session:
        session.add(
            AssignmentBand(
                round_id=round_id, opening_id=opening_id, youth_id=person.youth_id or 0,
                band=Band.DECLINED, at=NOW,
            )
        )  # fmt: skip


def test_an_opening_that_ranks_one_of_them_not_at_all_prevents_the_swap_and_tells_nobody(
    services: Services, people: People
) -> None:
    found = placed(services, people)
    ask(services, found.first, found.round_id, found.scene.two)
    waiting = own(services, found.first, found.round_id)
    decline(services, found.first, found.scene.two, found.round_id)
    ask(services, found.second, found.round_id, found.scene.one)
    assert desk(services, people.coordinator, found.round_id).possible == ()
    assert own(services, found.first, found.round_id) == waiting
    refused(services, people, found)


def refused(services: Services, people: People, found: Placed) -> None:
    """The desk cannot confirm the two requests either, and nothing changes."""
    before = holding(services, found.round_id)
    with services.database.reading() as session:
        ids = tuple(each.id or 0 for each in session.exec(select(AssignmentRequest)))
    with pytest.raises(Conflict):
        confirm(services, people.coordinator, found.round_id, ids)
    assert holding(services, found.round_id) == before
    assert done(services) == []


def test_consent_and_ended_openings_are_asked_again_at_the_confirmation(
    services: Services, people: People
) -> None:
    found = swap_asked(services, people)
    with services.database.writing() as session:
        session.get_one(Opening, found.scene.one).state = OpeningState.CLOSED
    refused(services, people, found)
    with services.database.writing() as session:
        session.get_one(Opening, found.scene.one).state = OpeningState.PUBLISHED
    assert len(desk(services, people.coordinator, found.round_id).possible) == 1
    me = actor(found.second)
    answer(services, found.second, found.scene.two)
    with services.writing(me) as unit:
        own_consents.withdraw_pool(unit)
    assert asked(services) == 1
    assert holding(services, found.round_id)[found.second.youth_id or 0] == found.scene.two
    refused(services, people, found)


def test_a_hard_rule_of_the_round_holds_for_a_change_too(
    services: Services, people: People
) -> None:
    found = swap_asked(services, people)
    with services.database.writing() as session:
        session.get_one(AssignmentRound, found.round_id).hard_rules = [HardRule.AVAILABLE.value]
        session.get_one(Opening, found.scene.two).starts_on = TODAY + timedelta(days=10)
    assert len(desk(services, people.coordinator, found.round_id).possible) == 1
    with services.database.writing() as session:
        person = session.get_one(YouthProfile, found.first.youth_id)
        person.available_from = TODAY + timedelta(days=11)
    refused(services, people, found)


def test_under_a_listing_only_operator_places_change_and_no_employer_is_asked_or_told(
    services: Services, people: People
) -> None:
    found = swap_asked(services, people)
    listing = replace(OPERATION, kind=OperatorType.INFORMATION_ONLY)
    ids = requests(services, people.coordinator, found.round_id)
    with services.database.writing() as session:
        for row in session.exec(select(Introduction)):
            session.delete(row)
    me, at = actor(people.coordinator), version(services, found.round_id)
    with services.writing(me) as unit:
        exchanges_desk.confirm(unit, me, listing, found.round_id, ids, at)
    assert done(services) == [ExchangeKind.SWAP]
    with services.database.reading() as session:
        told = session.exec(
            select(OutboxMail).where(OutboxMail.template.endswith("exchanged"))
        ).all()
        assert session.exec(select(Introduction)).all() == []
    assert {mail.template for mail in told} == {"round_exchanged"}
    assert {mail.context["answer_by"] for mail in told} == {""}


def test_a_place_the_partner_confirmed_or_somebody_gave_up_moves_no_more(
    services: Services, people: People
) -> None:
    found = swap_asked(services, people)
    partner, pair = actor(people.partner), pair_of(services, found.first)
    with services.writing(partner) as unit:
        rounds_partner.answer(
            unit, partner, found.round_id, pair.id or 0, PairState.CONFIRMED, pair.version
        )
    assert own(services, found.first, found.round_id) is None
    assert desk(services, people.coordinator, found.round_id).possible == ()
    with pytest.raises(Conflict):
        ask(services, found.first, found.round_id, found.scene.two)
    refused(services, people, found)
    refuse(services, found.second, found.scene.two)
    assert own(services, found.second, found.round_id) is None
    assert desk(services, people.coordinator, found.round_id).asked == 0


def test_a_place_the_person_had_said_yes_to_moves_and_its_name_closes_again(
    services: Services, people: People
) -> None:
    found = swap_asked(services, people)
    answer(services, found.first, found.scene.one)
    with services.database.writing() as session:
        session.get_one(
            Opening, found.scene.two
        ).organisation_id = people.other_partner.organisation_id
    confirm_the_one(services, people.coordinator, found)
    with services.database.reading() as session:
        given = session.exec(
            select(Consent).where(
                Consent.purpose == ConsentPurpose.EMPLOYER,
                Consent.youth_id == found.first.youth_id,
            )
        ).all()
        told = session.exec(
            select(OutboxMail.account_id).where(OutboxMail.template == "round_partner_exchanged")
        ).all()
    assert [each.withdrawn_at is None for each in given] == [False]
    assert set(told) == {people.partner.account_id, people.other_partner.account_id}


def test_a_free_seat_goes_to_a_placed_person_when_nobody_unplaced_would_get_it(
    any_services: Services,  # noqa: F811
    any_people: People,  # noqa: F811
) -> None:
    services, people = any_services, any_people
    found = placed(services, people, 3)
    ask(services, found.first, found.round_id, found.scene.two)
    assert desk(services, people.coordinator, found.round_id).possible == ()
    refuse(services, found.second, found.scene.two)
    mine = own(services, found.first, found.round_id)
    assert mine is not None
    assert mine.possible is ExchangeKind.MOVE
    confirm_the_one(services, people.coordinator, found)
    assert holding(services, found.round_id)[found.first.youth_id or 0] == found.scene.two
    after = desk(services, people.coordinator, found.round_id)
    assert (after.made.swaps, after.made.moves, after.asked) == (0, 1, 0)
    # the seat left behind is one the person who gave up had wished for: a new run is due
    assert [n for _title, n in after.passed_over] == [1]


def test_somebody_unplaced_comes_before_a_move(services: Services, people: People) -> None:
    found = placed(services, people, 4)
    ask(services, found.first, found.round_id, found.scene.two)
    refuse(services, found.second, found.scene.two)
    seen = desk(services, people.coordinator, found.round_id)
    assert (seen.possible, [n for _title, n in seen.passed_over]) == ((), [1])
    refused(services, people, found)


def test_a_move_does_not_take_an_opening_below_its_minimum(
    services: Services, people: People
) -> None:
    found = placed(services, people, 3)
    ask(services, found.first, found.round_id, found.scene.two)
    refuse(services, found.second, found.scene.two)
    with services.database.writing() as session:
        row = session.exec(
            select(AssignmentOpening).where(AssignmentOpening.opening_id == found.scene.one)
        ).one()
        row.minimum = 1
    refused(services, people, found)


def test_partners_and_other_desks_see_nothing_of_it_and_cannot_confirm(
    services: Services, people: People
) -> None:
    found = swap_asked(services, people)
    ids = requests(services, people.centre, found.round_id)
    partner = actor(people.partner)
    with services.reading(partner) as unit:
        before = rounds_partner.view(unit, partner, OPERATION, found.round_id)
    for person in (people.other_coordinator, people.partner, found.first):
        with pytest.raises(NotFound):
            confirm(services, person, found.round_id, ids)
        with pytest.raises(NotFound):
            desk(services, person, found.round_id)
    withdraw(services, found.first, found.round_id)
    with services.reading(partner) as unit:
        assert rounds_partner.view(unit, partner, OPERATION, found.round_id) == before
    ask(services, found.first, found.round_id, found.scene.two)
    confirm_the_one(services, people.centre, found)
    with services.reading(partner) as unit:
        after = rounds_partner.view(unit, partner, OPERATION, found.round_id)
    assert {each.number for each in after.pairs} != {each.number for each in before.pairs}
    assert len(after.pairs) == 3


def test_a_withdrawn_request_is_gone_and_the_newest_of_a_person_counts(
    services: Services, people: People
) -> None:
    found = swap_asked(services, people)
    ids = requests(services, people.coordinator, found.round_id)
    withdraw(services, found.second, found.round_id)
    mine = own(services, found.first, found.round_id)
    assert mine is not None
    assert (mine.asked is not None, mine.possible) == (True, None)
    with pytest.raises(Conflict):
        withdraw(services, found.second, found.round_id)
    with pytest.raises(Conflict):
        confirm(services, people.coordinator, found.round_id, ids)
    ask(services, found.first, found.round_id, found.scene.two)
    assert asked(services) == 1


def test_a_desk_cannot_pass_over_who_asked_earlier(services: Services, people: People) -> None:
    found = placed(services, people)
    ask(services, found.second, found.round_id, found.scene.one)
    ask(services, found.third, found.round_id, found.scene.one)
    ask(services, found.first, found.round_id, found.scene.two)
    with services.database.reading() as session:
        ids = {row.youth_id: row.id or 0 for row in session.exec(select(AssignmentRequest))}
    later = tuple(ids[each.youth_id or 0] for each in (found.third, found.first))
    with pytest.raises(Conflict):
        confirm(services, people.coordinator, found.round_id, later)
    assert done(services) == []
    confirm_the_one(services, people.coordinator, found)
    assert holding(services, found.round_id)[found.second.youth_id or 0] == found.scene.one


def test_an_erased_person_leaves_no_request_and_the_count_stays(
    services: Services, people: People
) -> None:
    found = swap_asked(services, people)
    confirm_the_one(services, people.coordinator, found)
    ask(services, found.first, found.round_id, found.scene.one)
    with services.writing(actor(found.first)) as unit:
        erase_own(unit)
    assert asked(services) == 0
    assert desk(services, people.coordinator, found.round_id).made.count == 1


def test_while_the_desk_tries_the_round_again_nothing_changes_hands(
    services: Services, people: People
) -> None:
    found = swap_asked(services, people)
    ids = requests(services, people.coordinator, found.round_id)
    dry_run(services, people.coordinator, found.round_id)
    assert own(services, found.first, found.round_id) is None
    assert desk(services, people.coordinator, found.round_id).possible == ()
    with pytest.raises(Conflict):
        confirm(services, people.coordinator, found.round_id, ids)
    with pytest.raises(Conflict):
        ask(services, found.third, found.round_id, found.scene.one)


def test_a_dry_run_computed_before_a_change_is_void(services: Services, people: People) -> None:
    found = swap_asked(services, people)
    me = actor(people.coordinator)
    with services.reading(me) as unit:
        stale = round_trials.attempt(unit, me, OPERATION, found.round_id)
    confirm_the_one(services, people.coordinator, found)
    with pytest.raises(Conflict), services.writing(me) as unit:
        round_trials.keep(unit, me, stale)
    # and a fresh one keeps everybody where the change put them
    dry_run(services, people.coordinator, found.round_id)
    with services.database.reading() as session:
        run = session.exec(select(AssignmentRun).where(AssignmentRun.number == 2)).first()
    assert run is not None
    assert sorted(run.document["fixed"].values()) == sorted(
        f"o{opening}" for opening in holding(services, found.round_id).values()
    )


def test_two_confirmations_at_once_make_one_change(
    any_services: Services,  # noqa: F811
    any_people: People,  # noqa: F811
) -> None:
    services, people = any_services, any_people
    found = swap_asked(services, people)
    ids = requests(services, people.coordinator, found.round_id)
    at = version(services, found.round_id)
    results = together(
        lambda: confirm(services, people.coordinator, found.round_id, ids, at),
        lambda: confirm(services, people.centre, found.round_id, ids, at),
        lambda: confirm(services, people.centre, found.round_id, ids[::-1], at),
    )
    assert sorted(results) == ["conflict", "conflict", "done"]
    assert done(services) == [ExchangeKind.SWAP]
    assert holding(services, found.round_id)[found.first.youth_id or 0] == found.scene.two
    with services.database.reading() as session:
        told = session.exec(
            select(OutboxMail).where(OutboxMail.template == "round_exchanged")
        ).all()
    assert len(told) == 2


@pytest.mark.parametrize("against", ["withdrawal", "partner", "refusal"])
def test_a_confirmation_against_another_answer_leaves_one_truth(
    any_services: Services,  # noqa: F811
    any_people: People,  # noqa: F811
    against: str,
) -> None:
    services, people = any_services, any_people
    found = swap_asked(services, people)
    pair, partner = pair_of(services, found.second), actor(people.partner)

    def settle() -> None:
        with services.writing(partner) as unit:
            rounds_partner.answer(
                unit, partner, found.round_id, pair.id or 0, PairState.CONFIRMED, pair.version
            )

    acts = {
        "withdrawal": lambda: withdraw(services, found.first, found.round_id),
        "partner": settle,
        "refusal": lambda: refuse(services, found.second, found.scene.two),
    }
    ids = requests(services, people.coordinator, found.round_id)
    at = version(services, found.round_id)
    confirmed, other = together(
        lambda: confirm(services, people.coordinator, found.round_id, ids, at), acts[against]
    )
    assert (confirmed == "done") != (other == "done"), (confirmed, other)
    assert len(done(services)) == (confirmed == "done")
    places = holding(services, found.round_id)
    assert sorted(places.values()) == sorted([found.scene.one, found.scene.two, found.scene.two])
    assert (places[found.first.youth_id or 0] == found.scene.two) == (confirmed == "done")
