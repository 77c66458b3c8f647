"""Assignment rounds: who moves them, what is promised before wishes close, who is told what."""

import json
import subprocess
import sys
from dataclasses import replace
from datetime import timedelta
from hashlib import sha256
from pathlib import Path

import pytest
from sqlmodel import select

from matcher.flows import (
    own_introductions,
    round_chances,
    round_proofs,
    round_publishing,
    round_reasons,
    round_trials,
    rounds_desk,
    rounds_own,
    rounds_partner,
    rounds_steps,
)
from matcher.flows.rounds_partner import Band, PairState
from matcher.flows.rounds_setup import Seats
from matcher.policy.masking import candidate_number
from matcher.refusal import Conflict, Forbidden, Invalid, NotFound, Refusal
from matcher.settings import OperatorType
from matcher.wiring import Services
from models.application import Introduction, IntroductionState
from models.assignment import (
    AssignmentBand,
    AssignmentEntry,
    AssignmentMethod,
    AssignmentPair,
    AssignmentRound,
    AssignmentRun,
    AssignmentWish,
    EntryState,
    RoundState,
)
from models.consent import Consent, ConsentPurpose
from models.outbox import OutboxMail
from models.trail import AccessRecord, AuditEntry
from tests.factories import NOW, TODAY
from tests.partner_desk import OPERATION, actor
from tests.people import People, Person
from tests.round_desk import (
    confirm,
    create,
    dry_run,
    lock_wishes,
    open_round,
    propose,
    published,
    set_round,
    stored,
    version,
    wish,
    wished,
)
from tests.traps.test_races import at_once, crashes
from tests.two_databases import any_people, any_services, any_url  # noqa: F401


def test_the_seed_is_promised_in_the_audit_log_before_wishes_close_and_kept_secret(
    services: Services, people: People
) -> None:
    scene = set_round(services, people)
    assert stored(services, scene.round_id).seed == ""
    open_round(services, people.coordinator, scene.round_id)
    row = stored(services, scene.round_id)
    with services.database.reading() as session:
        entry = session.exec(select(AuditEntry).where(AuditEntry.action == "round:opened")).one()
    assert entry.change["commitment"] == sha256(row.seed.encode()).hexdigest() == row.commitment
    assert len(row.seed) * 4 >= 128
    assert row.seed not in str(entry.change)
    desk = actor(people.coordinator)
    with services.reading(desk) as unit:
        assert rounds_desk.sheet(unit, desk, scene.round_id).seed == ""
    me = actor(scene.people[0])
    with services.reading(me) as unit:
        assert rounds_own.view(unit, me, scene.round_id).seed == ""


def test_a_coordinator_cannot_see_another_universitys_round(
    services: Services, people: People
) -> None:
    scene = wished(services, people)
    run_id = dry_run(services, people.coordinator, scene.round_id)[AssignmentMethod.MAX_FIT]
    other = actor(people.other_coordinator)
    with services.reading(other) as unit:
        assert rounds_desk.listed(unit, other) == ()
        for look in (
            lambda: rounds_desk.sheet(unit, other, scene.round_id),
            lambda: round_trials.lines(unit, other, scene.round_id),
            lambda: round_proofs.proof(unit, other, scene.round_id, run_id),
            lambda: round_proofs.document(unit, other, scene.round_id, run_id),
            lambda: round_reasons.why(unit, other, OPERATION, scene.round_id, 1),
        ):
            with pytest.raises(NotFound):
                look()
    with pytest.raises(NotFound):
        confirm(services, people.other_coordinator, scene.round_id)
    with services.reading(actor(people.centre)) as unit:
        assert len(rounds_desk.listed(unit, actor(people.centre))) == 1


def test_a_coordinator_cannot_see_a_round_of_the_centre(services: Services, people: People) -> None:
    scene = set_round(services, people)
    central = create(services, people.centre, scene)
    desk = actor(people.coordinator)
    with services.reading(desk) as unit, pytest.raises(NotFound):
        rounds_desk.sheet(unit, desk, central)


def test_only_people_of_the_cohort_find_the_round_and_only_once_it_is_open(
    services: Services, people: People
) -> None:
    scene = set_round(services, people)
    me, far = actor(scene.people[0]), actor(people.far_youth)
    with services.reading(me) as unit:
        assert rounds_own.listed(unit, me) == ()
        with pytest.raises(NotFound):
            rounds_own.view(unit, me, scene.round_id)
    open_round(services, people.coordinator, scene.round_id)
    with services.reading(me) as unit:
        assert [each.id for each in rounds_own.listed(unit, me)] == [scene.round_id]
    with services.reading(far) as unit:
        assert rounds_own.listed(unit, far) == ()
        with pytest.raises(NotFound):
            rounds_own.view(unit, far, scene.round_id)


def test_wishes_after_the_last_day_are_refused_though_nobody_pressed_a_button(
    services: Services, people: People
) -> None:
    scene = set_round(services, people)
    open_round(services, people.coordinator, scene.round_id)
    first, late = scene.people[:2]
    wish(services, first, scene.round_id, {scene.one: 1})
    lock_wishes(services, scene.round_id)
    me = actor(first)
    with pytest.raises(Conflict), services.writing(me) as unit:
        rounds_own.wish(unit, me, scene.round_id, {scene.two: 1}, 1)
    me = actor(late)
    with pytest.raises(NotFound), services.writing(me) as unit:
        rounds_own.wish(unit, me, scene.round_id, {scene.two: 1}, 0)
    with services.database.reading() as session:
        rows = session.exec(select(AssignmentWish)).all()
    assert [(row.opening_id, row.tier) for row in rows] == [(scene.one, 1)]


@pytest.mark.parametrize(
    "tiers", [{1: 1, 2: 1, 3: 1, 4: 1}, {999_999: 1}, {"one": 4}, {"one": 0}], ids=str
)
def test_wishes_that_cannot_be_leave_nothing_behind(
    services: Services, people: People, tiers: dict[int | str, int]
) -> None:
    scene = set_round(services, people)
    open_round(services, people.coordinator, scene.round_id)
    meant = {scene.one if key == "one" else int(key): tier for key, tier in tiers.items()}
    with pytest.raises(Invalid) as refused:
        wish(services, scene.people[0], scene.round_id, meant)
    assert list(refused.value.fields) == ["wish"]
    with services.database.reading() as session:
        assert session.exec(select(AssignmentEntry)).all() == []


def test_without_consent_for_the_sector_an_opening_cannot_be_wished_for(
    services: Services, people: People
) -> None:
    scene = set_round(services, people)
    open_round(services, people.coordinator, scene.round_id)
    with pytest.raises(Invalid, match="동의"):
        wish(services, people.youth, scene.round_id, {scene.one: 1})


def test_a_wish_read_before_another_tab_changed_it_is_refused(
    services: Services, people: People
) -> None:
    scene = set_round(services, people)
    open_round(services, people.coordinator, scene.round_id)
    me = actor(scene.people[0])
    wish(services, scene.people[0], scene.round_id, {scene.one: 1})
    with pytest.raises(Conflict), services.writing(me) as unit:
        rounds_own.wish(unit, me, scene.round_id, {scene.two: 1}, 0)


def test_a_partner_sees_no_name_school_or_contact_and_nobody_who_did_not_wish(
    services: Services, people: People
) -> None:
    scene = set_round(services, people)
    open_round(services, people.coordinator, scene.round_id)
    wish(services, scene.people[0], scene.round_id, {scene.one: 1})
    partner = actor(people.partner)
    with services.reading(partner) as unit:
        view = rounds_partner.view(unit, partner, OPERATION, scene.round_id)
    assert [len(each.people) for each in view.openings] == [1, 0]
    for secret in ("cohort0", "cohort1", "example.com", "jejunu"):
        assert secret not in repr(view)
    youth_id = scene.people[0].youth_id or 0
    assert view.openings[0].people[0].number == candidate_number(
        OPERATION.mask_key, scene.one, youth_id
    )
    with services.database.reading() as session:
        records = session.exec(
            select(AccessRecord).where(AccessRecord.task == "round:candidates")
        ).all()
    assert [record.details["youths"] for record in records] == [[youth_id]]
    other = actor(people.other_partner)
    with services.reading(other) as unit, pytest.raises(NotFound):
        rounds_partner.view(unit, other, OPERATION, scene.round_id)


def test_a_listing_only_operator_lets_no_partner_rank_anybody(
    services: Services, people: People
) -> None:
    scene = wished(services, people)
    listing = replace(OPERATION, kind=OperatorType.INFORMATION_ONLY)
    partner = actor(people.partner)
    with services.reading(partner) as unit:
        view = rounds_partner.view(unit, partner, listing, scene.round_id)
    assert (view.may_rank, view.openings) == (False, ())
    with pytest.raises(NotFound), services.writing(partner) as unit:
        rounds_partner.set_bands(unit, partner, listing, scene.round_id, scene.one, {})


def bands(services: Services, people: People, round_id: int, opening_id: int) -> dict[int, str]:
    """Youth -> masked number of those the partner sees."""
    with services.database.reading() as session:
        youths = session.exec(
            select(AssignmentWish.youth_id).where(
                AssignmentWish.round_id == round_id, AssignmentWish.opening_id == opening_id
            )
        ).all()
    return {each: candidate_number(OPERATION.mask_key, opening_id, each) for each in youths}


def set_bands(
    services: Services, by: Person, round_id: int, opening_id: int, said: dict[str, Band]
) -> None:
    with services.writing(actor(by)) as unit:
        rounds_partner.set_bands(unit, actor(by), OPERATION, round_id, opening_id, said)


def test_a_declined_person_is_placed_elsewhere_and_never_learns_of_it(
    services: Services, people: People
) -> None:
    scene = wished(services, people, 2)
    numbers = bands(services, people, scene.round_id, scene.one)
    first = scene.people[0]
    said = {
        number: Band.DECLINED if youth == first.youth_id else Band.C
        for youth, number in numbers.items()
    }
    set_bands(services, people.partner, scene.round_id, scene.one, said)
    propose(services, people.coordinator, scene.round_id)
    confirm(services, people.centre, scene.round_id)
    with services.database.reading() as session:
        rows = session.exec(select(AssignmentPair)).all()
        assert {row.youth_id: row.opening_id for row in rows}[first.youth_id or 0] == scene.two
        mails = session.exec(
            select(OutboxMail).where(OutboxMail.account_id == first.account_id)
        ).all()
    me = actor(first)
    with services.reading(me) as unit:
        view = rounds_own.view(unit, me, scene.round_id)
    for told in (repr(view), *(str(mail.context) for mail in mails)):
        assert "declined" not in told.lower()


def test_numbers_a_partner_may_not_see_are_refused_and_bands_lock_with_the_first_dry_run(
    services: Services, people: People
) -> None:
    scene = wished(services, people, 2)
    with pytest.raises(Invalid):
        set_bands(services, people.partner, scene.round_id, scene.one, {"123456789012345": Band.A})
    with pytest.raises(NotFound):
        set_bands(services, people.other_partner, scene.round_id, scene.one, {})
    dry_run(services, people.coordinator, scene.round_id)
    with pytest.raises(Conflict):
        set_bands(services, people.partner, scene.round_id, scene.one, {})
    with services.database.reading() as session:
        assert session.exec(select(AssignmentBand)).all() == []


def test_bands_confirmed_while_a_dry_run_is_computed_make_it_void(
    services: Services, people: People
) -> None:
    scene = wished(services, people, 2)
    desk = actor(people.coordinator)
    with services.reading(desk) as unit:
        done = round_trials.attempt(unit, desk, OPERATION, scene.round_id)
    numbers = bands(services, people, scene.round_id, scene.one)
    said = dict.fromkeys(numbers.values(), Band.C)
    set_bands(services, people.partner, scene.round_id, scene.one, said)
    with pytest.raises(Conflict), services.writing(desk) as unit:
        round_trials.keep(unit, desk, done)


def test_a_dry_run_waits_for_the_last_day_and_tells_nobody(
    services: Services, people: People
) -> None:
    scene = set_round(services, people)
    open_round(services, people.coordinator, scene.round_id)
    wish(services, scene.people[0], scene.round_id, {scene.one: 1})
    with pytest.raises(Conflict):
        dry_run(services, people.coordinator, scene.round_id)
    lock_wishes(services, scene.round_id)
    with services.database.reading() as session:
        before = len(session.exec(select(OutboxMail)).all())
    assert len(dry_run(services, people.coordinator, scene.round_id)) == 3
    with services.database.reading() as session:
        assert len(session.exec(select(OutboxMail)).all()) == before
    me = actor(scene.people[0])
    with services.reading(me) as unit:
        view = rounds_own.view(unit, me, scene.round_id)
    assert (view.state, view.result) == (RoundState.WISHES_CLOSED, None)


def test_closing_early_waits_until_everybody_invited_has_answered(
    services: Services, people: People
) -> None:
    scene = set_round(services, people, 1)
    open_round(services, people.coordinator, scene.round_id)
    desk = actor(people.coordinator)
    wish(services, scene.people[0], scene.round_id, {scene.one: 1})
    with pytest.raises(Conflict, match="2026-11-28"), services.writing(desk) as unit:
        rounds_steps.close_early(unit, desk, scene.round_id, version(services, scene.round_id))
    for person in (people.youth, people.other_youth):
        wish(services, person, scene.round_id, {})
    with services.writing(desk) as unit:
        rounds_steps.close_early(unit, desk, scene.round_id, version(services, scene.round_id))
    assert stored(services, scene.round_id).state is RoundState.WISHES_CLOSED


def test_the_anonymised_list_passes_the_public_verifier_and_holds_no_name(
    services: Services, people: People, tmp_path: Path
) -> None:
    scene = wished(services, people, 5)
    desk = actor(people.coordinator)
    for run_id in dry_run(services, people.coordinator, scene.round_id).values():
        with services.reading(desk) as unit:
            view = round_proofs.proof(unit, desk, scene.round_id, run_id)
            name, text = round_proofs.document(unit, desk, scene.round_id, run_id)
        assert (view.holds, view.findings) == (True, ())
        assert view.sha256 == sha256(text.encode()).hexdigest()
        for secret in ("cohort", "example.com", "jejunu", "제주"):
            assert secret not in text
        ids = {each["id"] for each in json.loads(text)["people"]}
        assert not ids & {str(person.youth_id) for person in scene.people}
        path = tmp_path / name
        path.write_text(text, encoding="utf-8")
        done = subprocess.run(
            [sys.executable, "-m", "matcher", "verify-assignment", str(path)],
            capture_output=True, text=True, check=False,
        )  # fmt: skip
        assert done.returncode == 0, done.stdout + done.stderr


def test_a_second_person_confirms_and_never_the_proposer(
    services: Services, people: People
) -> None:
    scene = wished(services, people)
    propose(services, people.coordinator, scene.round_id)
    with pytest.raises(Forbidden):
        confirm(services, people.coordinator, scene.round_id)
    assert stored(services, scene.round_id).state is RoundState.PROPOSED
    with services.database.reading() as session:
        assert session.exec(select(AssignmentPair)).all() == []
    confirm(services, people.centre, scene.round_id)
    row = stored(services, scene.round_id)
    assert (row.state, row.confirmed_by_account_id) == (
        RoundState.PUBLISHED,
        people.centre.account_id,
    )


def test_everybody_is_told_the_unplaced_first_and_asked_before_a_name_opens(
    services: Services, people: People
) -> None:
    scene = published(services, people, 5)
    with services.database.reading() as session:
        mails = session.exec(select(OutboxMail).order_by(OutboxMail.id)).all()
        asked = session.exec(select(Introduction)).all()
        pairs = session.exec(select(AssignmentPair)).all()
        employer = session.exec(
            select(Consent).where(Consent.purpose == ConsentPurpose.EMPLOYER)
        ).all()
    told = [
        (mail.template, mail.account_id)
        for mail in mails
        if mail.template in ("round_unplaced", "round_placed", "round_partner_result")
    ]
    assert [template for template, _account in told] == [
        *["round_unplaced"] * 2, *["round_placed"] * 3, "round_partner_result",
    ]  # fmt: skip
    assert {account for _template, account in told} == {
        *(person.account_id for person in scene.people), people.partner.account_id,
    }  # fmt: skip
    assert {(row.opening_id, row.youth_id) for row in asked} == {
        (row.opening_id, row.youth_id) for row in pairs
    }
    assert {row.state for row in asked} == {IntroductionState.REQUESTED}
    assert employer == []
    partner_mail = next(mail for mail in mails if mail.template == "round_partner_result")
    assert "cohort" not in str(partner_mail.context)
    with services.database.reading() as session:
        entry = session.exec(select(AuditEntry).where(AuditEntry.action == "round:published")).one()
    assert sha256(entry.change["seed"].encode()).hexdigest() == entry.change["commitment"]


def test_publishing_asked_twice_changes_and_tells_nothing_more(
    services: Services, people: People
) -> None:
    scene = wished(services, people)
    propose(services, people.coordinator, scene.round_id)
    at = version(services, scene.round_id)
    confirm(services, people.centre, scene.round_id, at)
    with services.database.reading() as session:
        before = len(session.exec(select(OutboxMail)).all())
    confirm(services, people.centre, scene.round_id, at)
    with services.database.reading() as session:
        assert len(session.exec(select(OutboxMail)).all()) == before


def test_sixteen_confirmations_at_once_publish_once(
    any_services: Services,  # noqa: F811
    any_people: People,  # noqa: F811
) -> None:
    scene = wished(any_services, any_people)
    propose(any_services, any_people.coordinator, scene.round_id)
    at = version(any_services, scene.round_id)
    results = at_once(
        [lambda: confirm(any_services, any_people.centre, scene.round_id, at) for _n in range(16)]
    )
    assert crashes(results) == []
    assert all(each is None or isinstance(each, Refusal) for each in results)
    with any_services.database.reading() as session:
        templates = session.exec(select(OutboxMail.template)).all()
        assert len(session.exec(select(AssignmentPair)).all()) == 3
        assert (
            len(
                session.exec(select(AuditEntry).where(AuditEntry.action == "round:published")).all()
            )
            == 1
        )
    assert templates.count("round_placed") == 3
    assert templates.count("round_unplaced") == 1


def test_the_whole_way_on_both_databases(
    any_services: Services,  # noqa: F811
    any_people: People,  # noqa: F811
) -> None:
    scene = published(any_services, any_people)
    with any_services.database.reading() as session:
        row = session.get_one(AssignmentRound, scene.round_id)
        runs = session.exec(select(AssignmentRun)).all()
    assert row.published_at is not None
    assert [run.is_chosen for run in runs].count(True) == 1
    assert {run.figures["placed"] for run in runs} == {3}


def test_who_left_or_withdrew_consent_after_the_dry_run_stops_the_publishing(
    services: Services, people: People
) -> None:
    scene = wished(services, people, 2)
    propose(services, people.coordinator, scene.round_id)
    with services.database.writing() as session:
        for row in session.exec(
            select(Consent).where(
                Consent.purpose == ConsentPurpose.POOL,
                Consent.youth_id == scene.people[0].youth_id,
            )
        ):
            row.withdrawn_at = NOW
    with pytest.raises(Conflict, match="다시 시험"):
        confirm(services, people.centre, scene.round_id)
    with services.database.reading() as session:
        assert session.exec(select(AssignmentPair)).all() == []
    desk = actor(people.centre)
    with services.writing(desk) as unit:
        round_publishing.send_back(unit, desk, scene.round_id, version(services, scene.round_id))
    propose(services, people.coordinator, scene.round_id)
    confirm(services, people.centre, scene.round_id)
    with services.database.reading() as session:
        assert [row.youth_id for row in session.exec(select(AssignmentPair))] == [
            scene.people[1].youth_id
        ]


def test_a_rerun_after_a_drop_out_keeps_the_others_and_fills_the_seat(
    services: Services, people: People
) -> None:
    scene = published(services, people, 4)
    with services.database.reading() as session:
        pairs = {row.youth_id: row for row in session.exec(select(AssignmentPair))}
    out = next(person for person in scene.people if person.youth_id not in pairs)
    gone = next(person for person in scene.people if person.youth_id in pairs)
    me = actor(gone)
    with services.reading(me) as unit:
        result = rounds_own.view(unit, me, scene.round_id).result
    assert result is not None
    with services.writing(me) as unit:
        own_introductions.refuse(unit, me, result.introduction_id or 0, 1)
    propose(services, people.coordinator, scene.round_id)
    confirm(services, people.centre, scene.round_id)
    with services.database.reading() as session:
        after = {(row.youth_id, row.opening_id) for row in session.exec(select(AssignmentPair))}
        chosen = session.exec(
            select(AssignmentRun)
            .where(AssignmentRun.is_chosen)
            .order_by(AssignmentRun.number.desc())  # type: ignore[attr-defined]
        ).first()
    kept = {(youth, row.opening_id) for youth, row in pairs.items() if youth != gone.youth_id}
    assert kept < after
    assert out.youth_id in {youth for youth, _opening in after}
    assert chosen is not None
    assert len(chosen.document["fixed"]) == 2
    assert gone.youth_id not in {
        row.youth_id
        for row in _live(services, scene.round_id)
        if row.opening_id == result.opening_id
    }


def _live(services: Services, round_id: int) -> list[AssignmentPair]:
    with services.database.reading() as session:
        rows = session.exec(select(AssignmentPair).where(AssignmentPair.round_id == round_id))
        refused = {
            (row.opening_id, row.youth_id)
            for row in session.exec(select(Introduction))
            if row.state is IntroductionState.REFUSED
        }
        return [row for row in rows if (row.opening_id, row.youth_id) not in refused]


def test_each_side_confirms_or_gives_up_and_a_stranger_does_neither(
    services: Services, people: People
) -> None:
    scene = published(services, people, 2)
    with services.database.reading() as session:
        pair = session.exec(select(AssignmentPair).order_by(AssignmentPair.id)).first()
    assert pair is not None
    other, partner = actor(people.other_partner), actor(people.partner)
    with pytest.raises(NotFound), services.writing(other) as unit:
        rounds_partner.answer(unit, other, scene.round_id, pair.id or 0, PairState.CONFIRMED, 1)
    with services.writing(partner) as unit:
        rounds_partner.answer(unit, partner, scene.round_id, pair.id or 0, PairState.CONFIRMED, 1)
    with pytest.raises(Conflict), services.writing(partner) as unit:
        rounds_partner.answer(unit, partner, scene.round_id, pair.id or 0, PairState.DROPPED, 2)


def test_why_somebody_was_not_placed_is_told_with_what_would_have_changed_it(
    services: Services, people: People
) -> None:
    scene = published(services, people, 4)
    with services.database.reading() as session:
        placed = {row.youth_id for row in session.exec(select(AssignmentPair))}
        entry = session.exec(
            select(AssignmentEntry).where(AssignmentEntry.youth_id.not_in(placed))  # type: ignore[attr-defined]
        ).one()
    desk = actor(people.coordinator)
    with services.reading(desk) as unit:
        view = round_reasons.why(unit, desk, OPERATION, scene.round_id, entry.id or 0)
    assert view.told.placed_at is None
    assert {each.opening for each in view.told.reasons} == {f"o{scene.one}", f"o{scene.two}"}
    assert any(each.kind == "seats" for each in view.changes)
    with services.database.reading() as session:
        record = session.exec(
            select(AccessRecord).where(AccessRecord.task == "round:explained")
        ).one()
    assert record.youth_id == entry.youth_id


def test_a_minimum_nobody_can_meet_is_named_and_not_hidden(
    services: Services, people: People
) -> None:
    scene = set_round(services, people, 1)
    scene.round_id = create(
        services, people.coordinator, scene, seats=[Seats(scene.one, 1, 0), Seats(scene.two, 2, 2)]
    )
    open_round(services, people.coordinator, scene.round_id)
    wish(services, scene.people[0], scene.round_id, {scene.two: 1})
    lock_wishes(services, scene.round_id)
    runs = dry_run(services, people.coordinator, scene.round_id)
    desk = actor(people.coordinator)
    with services.reading(desk) as unit:
        view = round_proofs.proof(unit, desk, scene.round_id, runs[AssignmentMethod.WEAKLY_STABLE])
    assert [(least, could) for _title, least, could in view.clashes] == [(2, 1)]


def test_a_hard_rule_keeps_a_pair_apart(services: Services, people: People) -> None:
    scene = wished(services, people, 4, hard_rules=[rounds_desk.HardRule.MUST])
    # the opening asks for Python at 3; two of the four hold it
    runs = dry_run(services, people.coordinator, scene.round_id)
    desk = actor(people.coordinator)
    with services.reading(desk) as unit:
        view = round_proofs.proof(unit, desk, scene.round_id, runs[AssignmentMethod.WEAKLY_STABLE])
    assert view.figures["placed"] == 2


def test_leaving_takes_the_wishes_along_and_ends_with_the_result(
    services: Services, people: People
) -> None:
    scene = wished(services, people, 4)
    first, me = scene.people[0], actor(scene.people[0])
    with services.writing(me) as unit:
        rounds_own.leave(unit, me, scene.round_id, 1)
    with services.database.reading() as session:
        left = session.exec(
            select(AssignmentWish).where(AssignmentWish.youth_id == first.youth_id)
        ).all()
        entry = session.exec(
            select(AssignmentEntry).where(AssignmentEntry.youth_id == first.youth_id)
        ).one()
    assert (left, entry.state) == ([], EntryState.WITHDRAWN)
    propose(services, people.coordinator, scene.round_id)
    confirm(services, people.centre, scene.round_id)
    me = actor(scene.people[1])
    with pytest.raises(Conflict), services.writing(me) as unit:
        rounds_own.leave(unit, me, scene.round_id, 1)


def test_reminders_go_once_a_day_to_those_who_have_not_answered(
    services: Services, people: People
) -> None:
    scene = set_round(services, people, 2)
    open_round(services, people.coordinator, scene.round_id)
    wish(services, scene.people[0], scene.round_id, {scene.one: 1})
    desk = actor(people.coordinator)
    with services.writing(desk) as unit:
        assert rounds_steps.remind(unit, desk, scene.round_id) == 3
    with pytest.raises(Conflict), services.writing(desk) as unit:
        rounds_steps.remind(unit, desk, scene.round_id)
    with services.database.reading() as session:
        reminded = session.exec(
            select(OutboxMail.account_id).where(OutboxMail.template == "round_reminder")
        ).all()
    assert set(reminded) == {
        scene.people[1].account_id, people.youth.account_id, people.other_youth.account_id,
    }  # fmt: skip


def test_the_chance_is_counted_told_in_tenths_and_forgotten_when_wishes_change(
    services: Services, people: People
) -> None:
    scene = set_round(services, people, 5)
    open_round(services, people.coordinator, scene.round_id)
    for person in scene.people:
        wish(services, person, scene.round_id, {scene.one: 1})
    with services.writing() as unit:
        assert round_chances.count_all(unit) == round_chances.Counted(1, 5)
    me = actor(scene.people[0])
    with services.reading(me) as unit:
        chance = rounds_own.view(unit, me, scene.round_id).chance
    assert chance is not None
    assert 0 <= chance.low <= chance.tenths <= chance.high <= 10
    assert chance.driver in ("competition", "gap")
    wish(services, scene.people[0], scene.round_id, {scene.two: 1})
    with services.reading(me) as unit:
        assert rounds_own.view(unit, me, scene.round_id).chance is None


def test_no_step_is_taken_from_the_wrong_state_or_an_old_version(
    services: Services, people: People
) -> None:
    scene = set_round(services, people)
    desk = actor(people.coordinator)
    with pytest.raises(Conflict):
        dry_run(services, people.coordinator, scene.round_id)
    with pytest.raises(Conflict), services.writing(desk) as unit:
        rounds_steps.open_wishes(unit, desk, scene.round_id, 9)
    open_round(services, people.coordinator, scene.round_id)
    with pytest.raises(Conflict):
        open_round(services, people.coordinator, scene.round_id)
    with services.writing(desk) as unit:
        rounds_steps.cancel(unit, desk, scene.round_id, version(services, scene.round_id))
    with pytest.raises(Conflict):
        dry_run(services, people.coordinator, scene.round_id)


@pytest.mark.parametrize(
    ("values", "field"),
    [
        ({"wishes_until": TODAY - timedelta(days=1)}, "wishes_until"),
        ({"wishes_until": TODAY + timedelta(days=400)}, "wishes_until"),
        ({"seats": []}, "seat"),
        ({"seats": [Seats(999_999, 1, 0)]}, "seat"),
        ({"cohort_session_id": 999_999}, "cohort_session_id"),
    ],
)
def test_a_draft_that_cannot_be_is_refused_by_its_field(
    services: Services, people: People, values: dict[str, object], field: str
) -> None:
    scene = set_round(services, people)
    with pytest.raises(Invalid) as refused:
        create(services, people.coordinator, scene, **values)
    assert list(refused.value.fields) == [field]
