"""A path accepted, walked, handed in and answered; the planner itself is tested elsewhere."""

from collections.abc import Sequence
from dataclasses import replace
from datetime import date, datetime, timedelta
from typing import Any

import pytest
from sqlmodel import Session, select

from matcher.actor import Actor
from matcher.flows import plan_desk, plans
from matcher.flows.plans import Choice
from matcher.i18n import use_language
from matcher.matching import replanner
from matcher.matching.plan_rows import step_row, step_view, wishes_of
from matcher.matching.plan_views import CostLine, StepView, Terms
from matcher.refusal import Conflict, ConsentNeeded, Invalid, NotFound, NoticeNeeded
from matcher.store import plans as rows
from matcher.wiring import Services
from models.consent import Consent, NoticeReading
from models.opening import Opening
from models.outbox import OutboxMail
from models.plan import Plan, PlanEventKind, PlanKind, PlanState, PlanStep, StepState
from models.trail import AccessRecord, AuditEntry
from models.youth import Affiliation, AffiliationState, YouthProfile
from tests import factories
from tests.factories import TODAY, plan_views
from tests.matching_desk import actor_of
from tests.people import People, Person

TERMS = Terms(1450, 10, 70)
FASTEST = Choice(PlanKind.FASTEST, 1, "2027-01-16", 119_625, False)


@pytest.fixture
def opening_id(services: Services, people: People) -> int:
    with services.database.writing() as session:
        return int(factories.opening(session, people.partner.organisation_id or 0).id or 0)


@pytest.fixture(autouse=True)
def known_days(monkeypatch: pytest.MonkeyPatch) -> None:
    """A week later for every hour less, so that days can be written down."""

    def again(
        _session: Session,
        _actor: Actor,
        _plan: Plan,
        steps: Sequence[PlanStep],
        hours: int,
        _terms: Terms,
        _today: date,
    ) -> tuple[StepView, ...]:
        late = timedelta(days=7 * (12 - hours))
        views = [step_view(row) for row in steps]
        return tuple(replace(view, start=view.start + late, end=view.end + late) for view in views)

    monkeypatch.setattr(replanner, "again", again)


def accept(services: Services, who: Actor, opening_id: int, choice: Choice = FASTEST) -> int:
    wishes = plan_views.wishes(opening_id)
    with services.writing(who) as unit:
        return plans.accept(unit, who, wishes, choice, plan_views.paths(wishes))


def change_pace(services: Services, who: Actor, plan_id: int, hours: int, version: int) -> None:
    with services.reading(who) as unit:
        moved = plans.at_pace(unit, who, plan_id, hours, TERMS)
    with services.writing(who) as unit:
        plans.change_pace(unit, who, plan_id, hours, version, moved)


def stored(services: Services, plan_id: int) -> tuple[Plan, list[PlanStep], list[PlanEventKind]]:
    with services.database.reading() as session:
        plan = session.get_one(Plan, plan_id)
        kinds = [line.event.kind for line in rows.events(session, plan_id)]
        return plan, list(rows.steps(session, plan_id)), kinds


def submitted(services: Services, who: Actor, opening_id: int) -> int:
    plan_id = accept(services, who, opening_id)
    with services.writing(who) as unit:
        plans.submit(unit, who, plan_id, "봐 주세요.", 1)
    return plan_id


def test_an_accepted_plan_becomes_dated_steps_that_read_back_the_same(
    services: Services, people: People, opening_id: int
) -> None:
    who = actor_of(people.youth)
    plan_id = accept(services, who, opening_id)
    plan, steps, kinds = stored(services, plan_id)
    assert (plan.state, plan.starts_on, plan.ends_on, plan.weekly_hours, plan.version) == (
        PlanState.ACCEPTED, date(2026, 11, 23), date(2027, 1, 16), 12, 1,
    )  # fmt: skip
    assert [step_view(row) for row in steps] == [plan_views.skill(), plan_views.exam()]
    assert wishes_of(plan) == plan_views.wishes(opening_id)
    assert kinds == [PlanEventKind.ACCEPTED]
    with services.reading(who) as unit:
        view = plans.view(unit, who, plan_id)
    assert (view.title, view.total_usd, view.rank_before, view.rank_after, view.of) == (
        "지상국 데이터 엔지니어", 75.0, 12, 3, 31,
    )  # fmt: skip
    assert [task.is_next for task in view.tasks] == [True, False]
    with services.database.reading() as session:
        entries = [entry for entry in session.exec(select(AuditEntry)) if entry.subject == "plan"]
    assert [(entry.action, entry.subject_id) for entry in entries] == [("plan:accepted", plan_id)]


@pytest.mark.parametrize(
    "changed",
    [
        {"finish": "2027-01-17"},
        {"total_krw": 119_626},
        {"place": 3},
        {"kind": PlanKind.CHEAPEST},
    ],
)
def test_a_plan_that_is_no_longer_the_one_that_was_shown_is_not_stored(
    services: Services, people: People, opening_id: int, changed: dict[str, Any]
) -> None:
    with pytest.raises(Conflict):
        accept(services, actor_of(people.youth), opening_id, replace(FASTEST, **changed))
    with services.database.reading() as session:
        assert session.exec(select(Plan)).all() == []


def test_one_plan_a_target_and_a_second_one_only_after_a_yes(
    services: Services, people: People, opening_id: int
) -> None:
    who = actor_of(people.youth)
    first = accept(services, who, opening_id)
    with pytest.raises(Invalid) as refusal:
        accept(services, who, opening_id)
    assert list(refusal.value.fields) == ["replaces"]
    second = accept(services, who, opening_id, replace(FASTEST, replaces=True))
    assert stored(services, first)[0].state is PlanState.ABANDONED
    assert stored(services, first)[2] == [PlanEventKind.ACCEPTED, PlanEventKind.ABANDONED]
    assert stored(services, second)[0].state is PlanState.ACCEPTED
    other = accept(services, actor_of(people.other_youth), opening_id)
    assert stored(services, other)[0].youth_id == people.other_youth.youth_id


def test_another_target_is_another_plan(
    services: Services, people: People, opening_id: int
) -> None:
    who = actor_of(people.youth)
    with services.database.writing() as session:
        other = factories.opening(session, people.partner.organisation_id or 0).id or 0
    assert accept(services, who, opening_id) != accept(services, who, other)
    with services.reading(who) as unit:
        assert [line.total for line in plans.lines(unit, who)] == [2, 2]


def test_without_the_notice_or_the_consent_no_plan_is_kept(
    services: Services, people: People, opening_id: int
) -> None:
    who = actor_of(people.youth)
    with services.database.writing() as session:
        for row in session.exec(select(Consent).where(Consent.youth_id == who.youth_id)):
            session.delete(row)
    with pytest.raises(ConsentNeeded):
        accept(services, who, opening_id)
    with services.database.writing() as session:
        for reading in session.exec(select(NoticeReading)):
            session.delete(reading)
    with pytest.raises(NoticeNeeded):
        accept(services, who, opening_id)


def tick(services: Services, who: Actor, plan_id: int, place: int, to: StepState) -> PlanState:
    plan, steps, _kinds = stored(services, plan_id)
    with services.writing(who) as unit:
        return plans.tick(unit, who, plan_id, steps[place].id or 0, to, plan.version)


def test_ticking_the_last_step_finishes_the_plan_and_opening_one_again_goes_back(
    services: Services, people: People, opening_id: int
) -> None:
    who = actor_of(people.youth)
    plan_id = accept(services, who, opening_id)
    assert tick(services, who, plan_id, 0, StepState.DONE) is PlanState.ACCEPTED
    assert stored(services, plan_id)[1][0].done_on == TODAY
    assert tick(services, who, plan_id, 1, StepState.SKIPPED) is PlanState.FINISHED
    assert stored(services, plan_id)[1][1].done_on is None
    assert tick(services, who, plan_id, 0, StepState.TODO) is PlanState.ACCEPTED
    plan, steps, kinds = stored(services, plan_id)
    assert (steps[0].state, steps[0].done_on, plan.version) == (StepState.TODO, None, 4)
    assert kinds == [
        PlanEventKind.ACCEPTED, PlanEventKind.STEP_DONE, PlanEventKind.STEP_SKIPPED,
        PlanEventKind.FINISHED, PlanEventKind.STEP_REOPENED,
    ]  # fmt: skip
    with pytest.raises(Conflict):
        tick(services, who, plan_id, 0, StepState.TODO)


def test_two_windows_do_not_both_tick_an_old_page(
    services: Services, people: People, opening_id: int
) -> None:
    who = actor_of(people.youth)
    plan_id = accept(services, who, opening_id)
    tick(services, who, plan_id, 0, StepState.DONE)
    step_id = stored(services, plan_id)[1][1].id or 0
    with pytest.raises(Conflict), services.writing(who) as unit:
        plans.tick(unit, who, plan_id, step_id, StepState.DONE, 1)
    assert stored(services, plan_id)[1][1].state is StepState.TODO


def test_a_step_of_another_plan_is_not_there(
    services: Services, people: People, opening_id: int
) -> None:
    who, other = actor_of(people.youth), actor_of(people.other_youth)
    mine, theirs = accept(services, who, opening_id), accept(services, other, opening_id)
    foreign = stored(services, theirs)[1][0].id or 0
    with pytest.raises(NotFound), services.writing(who) as unit:
        plans.tick(unit, who, mine, foreign, StepState.DONE, 1)
    with pytest.raises(NotFound), services.writing(who) as unit:
        plans.tick(unit, who, theirs, foreign, StepState.DONE, 1)
    assert stored(services, theirs)[1][0].state is StepState.TODO


def test_another_pace_moves_what_is_not_done_and_leaves_what_is(
    services: Services, people: People, opening_id: int
) -> None:
    who = actor_of(people.youth)
    plan_id = accept(services, who, opening_id)
    tick(services, who, plan_id, 0, StepState.DONE)
    change_pace(services, who, plan_id, 10, 2)
    plan, steps, kinds = stored(services, plan_id)
    assert (steps[0].starts_on, steps[0].ends_on) == (date(2026, 11, 23), date(2026, 12, 13))
    assert (steps[1].starts_on, steps[1].ends_on) == (date(2026, 12, 28), date(2027, 1, 30))
    assert (plan.weekly_hours, plan.ends_on, plan.version) == (10, date(2027, 1, 30), 3)
    assert kinds[-1] is PlanEventKind.PACE
    with pytest.raises(Invalid) as refusal:
        change_pace(services, who, plan_id, 10, 3)
    assert list(refusal.value.fields) == ["weekly_hours"]


def test_another_pace_keeps_the_days_that_a_result_takes(
    services: Services, people: People, opening_id: int
) -> None:
    who = actor_of(people.youth)
    plan_id = accept(services, who, opening_id)
    with services.database.writing() as session:
        plan = session.get_one(Plan, plan_id)
        plan.ends_on += timedelta(days=5)
        session.add(plan)
    change_pace(services, who, plan_id, 10, 1)
    assert stored(services, plan_id)[0].ends_on == date(2027, 2, 4)


def test_a_step_ticked_since_the_days_were_reckoned_is_not_moved(
    services: Services, people: People, opening_id: int
) -> None:
    who = actor_of(people.youth)
    plan_id = accept(services, who, opening_id)
    with services.reading(who) as unit:
        moved = plans.at_pace(unit, who, plan_id, 10, TERMS)
    tick(services, who, plan_id, 0, StepState.DONE)
    with pytest.raises(Conflict), services.writing(who) as unit:
        plans.change_pace(unit, who, plan_id, 10, 1, moved)
    plan, steps, _kinds = stored(services, plan_id)
    assert (plan.weekly_hours, plan.version) == (12, 2)
    assert [step_view(row) for row in steps] == [plan_views.skill(), plan_views.exam()]


def test_reckoning_other_days_writes_nothing_and_is_for_the_owner_of_a_plan_under_way(
    services: Services, people: People, opening_id: int
) -> None:
    who, other = actor_of(people.youth), actor_of(people.other_youth)
    plan_id = accept(services, who, opening_id)
    with services.writing(who) as unit:
        assert len(plans.at_pace(unit, who, plan_id, 10, TERMS)) == 2
    assert stored(services, plan_id)[0].version == 1
    with pytest.raises(NotFound), services.reading(other) as unit:
        plans.at_pace(unit, other, plan_id, 10, TERMS)
    with services.writing(who) as unit:
        plans.abandon(unit, who, plan_id, 1)
    with pytest.raises(Conflict), services.reading(who) as unit:
        plans.at_pace(unit, who, plan_id, 10, TERMS)


def test_a_dearer_exam_moves_the_totals_and_leaves_aid_and_what_is_done(
    services: Services, people: People, opening_id: int
) -> None:
    who = actor_of(people.youth)
    plan_id = accept(services, who, opening_id)
    with services.database.writing() as session:
        plan = session.get_one(Plan, plan_id)
        aided = {"total_won": 20_000, "total_krw": 119_625 + 20_000}
        plan.wishes = {**plan.wishes, "shown": {**plan.wishes["shown"], **aided}}
        session.add(plan)
    tick(services, who, plan_id, 0, StepState.DONE)
    full = CostLine("SAA 시험", 150.0, "USD", 239_250)
    with services.reading(who) as unit:
        skill, exam = plans.at_pace(unit, who, plan_id, 10, TERMS)
    dearer = replace(exam, costs=(full,), krw=full.krw, notes=("영어, 집에서",))
    spent = replace(skill, costs=(full,), krw=full.krw)
    with services.writing(who) as unit:
        plans.change_pace(unit, who, plan_id, 10, 2, (spent, dearer))
    with services.reading(who) as unit:
        view = plans.view(unit, who, plan_id)
    assert (view.total_usd, view.total_won, view.total_krw) == (150.0, 20_000, 259_250)
    assert [task.view.costs for task in view.tasks] == [(), (full,)]


def test_notes_are_read_out_in_the_language_they_were_written_in(
    services: Services, people: People, opening_id: int
) -> None:
    who = actor_of(people.youth)
    plan_id = accept(services, who, opening_id)
    with services.reading(who) as unit:
        skill, exam = plans.at_pace(unit, who, plan_id, 10, TERMS)
    with use_language("en"), services.writing(who) as unit:
        told = replace(exam, notes=("English, at a test centre",))
        plans.change_pace(unit, who, plan_id, 10, 1, (skill, told))
    with services.reading(who) as unit:
        view = plans.view(unit, who, plan_id)
    assert [task.notes_language for task in view.tasks] == ["ko", "en"]


@pytest.mark.parametrize(("over", "days"), [(-1, 0), (0, 0), (1, 1), (40, 40)])
def test_a_plan_says_by_how_many_days_it_misses_the_posting(
    services: Services, people: People, opening_id: int, over: int, days: int
) -> None:
    who = actor_of(people.youth)
    plan_id = accept(services, who, opening_id)
    with services.database.writing() as session:
        closes_on = session.get_one(Opening, opening_id).closes_on
        plan = session.get_one(Plan, plan_id)
        plan.ends_on = closes_on + timedelta(days=over)
        session.add(plan)
    with services.reading(who) as unit:
        assert plans.view(unit, who, plan_id).days_over == days
    for place in (0, 1):
        tick(services, who, plan_id, place, StepState.DONE)
    with services.reading(who) as unit:
        assert plans.view(unit, who, plan_id).days_over == 0


@pytest.mark.parametrize(
    ("state", "is_room"),
    [
        (PlanState.ABANDONED, True),
        (PlanState.FINISHED, True),
        (PlanState.ACCEPTED, False),
        (PlanState.RETURNED, False),
    ],
)
def test_only_plans_under_way_count_towards_the_most(
    services: Services, people: People, opening_id: int, state: PlanState, is_room: bool
) -> None:
    who = actor_of(people.youth)
    with services.database.writing() as session:
        for _ in range(plans.MOST_PLANS):
            factories.plan(session, who.own_youth_id, ["9999"], state=state)
    if is_room:
        assert accept(services, who, opening_id) > 0
    else:
        with pytest.raises(Conflict):
            accept(services, who, opening_id)


def test_the_last_place_may_be_taken_by_a_plan_that_replaces_another(
    services: Services, people: People, opening_id: int
) -> None:
    who = actor_of(people.youth)
    accept(services, who, opening_id)
    with services.database.writing() as session:
        for _ in range(plans.MOST_PLANS - 1):
            factories.plan(session, who.own_youth_id, ["9999"], state=PlanState.ACCEPTED)
    assert accept(services, who, opening_id, replace(FASTEST, replaces=True)) > 0


def test_overdue_is_what_is_open_after_its_day(
    services: Services, people: People, opening_id: int
) -> None:
    who = actor_of(people.youth)
    plan_id = accept(services, who, opening_id)
    with services.database.writing() as session:
        for row, days in zip(rows.steps(session, plan_id), (-1, 0), strict=True):
            row.starts_on = row.ends_on = TODAY + timedelta(days=days)
            session.add(row)
    with services.reading(who) as unit:
        view = plans.view(unit, who, plan_id)
    assert [task.is_overdue for task in view.tasks] == [True, False]
    assert view.overdue == 1
    tick(services, who, plan_id, 0, StepState.SKIPPED)
    with services.reading(who) as unit:
        assert plans.view(unit, who, plan_id).overdue == 0


def test_only_the_desk_of_the_own_university_sees_what_was_handed_in(
    services: Services, people: People, opening_id: int
) -> None:
    who = actor_of(people.youth)
    plan_id = accept(services, who, opening_id)

    def seen_by(person: Person) -> list[int]:
        desk = actor_of(person)
        with services.reading(desk) as unit:
            return [row.id for row in plan_desk.queue(unit, desk).rows]

    assert seen_by(people.coordinator) == []
    with services.writing(who) as unit:
        plans.submit(unit, who, plan_id, "", 1)
    assert seen_by(people.coordinator) == [plan_id]
    assert [seen_by(p) for p in (people.other_coordinator, people.centre)] == [[], []]
    with services.database.writing() as session:
        profile = session.get_one(YouthProfile, people.youth.youth_id)
        profile.affiliation, profile.organisation_id = Affiliation.NONE, None
        session.add(profile)
    assert (seen_by(people.coordinator), seen_by(people.centre)) == ([], [plan_id])
    with services.database.writing() as session:
        profile = session.get_one(YouthProfile, people.youth.youth_id)
        profile.affiliation = Affiliation.RISE_UNIVERSITY
        profile.organisation_id = people.coordinator.organisation_id
        profile.affiliation_state = AffiliationState.ENDED
        session.add(profile)
    assert (seen_by(people.coordinator), seen_by(people.centre)) == ([], [plan_id])


@pytest.mark.parametrize("desk", ["coordinator", "centre"])
def test_a_desk_loses_a_plan_with_the_consent_and_when_it_is_given_up(
    services: Services, people: People, opening_id: int, desk: str
) -> None:
    who, actor = actor_of(people.youth), actor_of(getattr(people, desk))
    plan_id = submitted(services, who, opening_id)
    if desk == "centre":
        with services.database.writing() as session:
            profile = session.get_one(YouthProfile, who.youth_id)
            profile.affiliation, profile.organisation_id = Affiliation.NONE, None
            session.add(profile)

    def withdrawn_at(moment: datetime | None, expires_on: date | None = None) -> None:
        with services.database.writing() as session:
            for row in session.exec(select(Consent).where(Consent.youth_id == who.youth_id)):
                row.withdrawn_at, row.expires_on = moment, expires_on
                session.add(row)

    def is_seen() -> bool:
        with services.reading(actor) as unit:
            listed = [row.id for row in plan_desk.queue(unit, actor).rows]
        for act in (plan_desk.approve, plan_desk.send_back):
            with pytest.raises((NotFound, Conflict)) as refusal, services.writing(actor) as unit:
                act(unit, actor, plan_id, "words", 99)
            assert (refusal.type is Conflict) is (listed == [plan_id])
        try:
            with services.reading(actor) as unit:
                plan_desk.view(unit, actor, plan_id)
        except NotFound:
            assert listed == []
            return False
        return listed == [plan_id]

    assert is_seen()
    withdrawn_at(factories.NOW)
    assert not is_seen()
    withdrawn_at(None, TODAY - timedelta(days=1))
    assert not is_seen()
    withdrawn_at(None, TODAY)
    assert is_seen()
    with services.writing(who) as unit:
        plans.abandon(unit, who, plan_id, 2)
    assert not is_seen()


def test_a_return_needs_words_and_reaches_the_person_by_mail(
    services: Services, people: People, opening_id: int
) -> None:
    plan_id, desk = submitted(services, actor_of(people.youth), opening_id), people.coordinator
    actor = actor_of(desk)
    with pytest.raises(Invalid) as refusal, services.writing(actor) as unit:
        plan_desk.send_back(unit, actor, plan_id, "  ", 2)
    assert list(refusal.value.fields) == ["comment"]
    with services.writing(actor) as unit:
        plan_desk.send_back(unit, actor, plan_id, "시험을 2월로 미뤄 보십시오.", 2)
    plan, _steps, kinds = stored(services, plan_id)
    assert (plan.state, plan.version) == (PlanState.RETURNED, 3)
    assert kinds[-1] is PlanEventKind.RETURNED
    with services.database.reading() as session:
        [mail] = session.exec(select(OutboxMail)).all()
        [access] = session.exec(
            select(AccessRecord).where(AccessRecord.youth_id == people.youth.youth_id)
        ).all()
    assert (mail.account_id, mail.template) == (people.youth.account_id, "plan_returned")
    assert mail.context["comment"] == "시험을 2월로 미뤄 보십시오."
    assert (access.task, access.account_id) == ("plan:returned", desk.account_id)
    with pytest.raises(Conflict), services.writing(actor) as unit:
        plan_desk.approve(unit, actor, plan_id, "", 3)


def test_an_answer_to_an_old_version_is_refused_and_nothing_is_sent(
    services: Services, people: People, opening_id: int
) -> None:
    who = actor_of(people.youth)
    plan_id = submitted(services, who, opening_id)
    change_pace(services, who, plan_id, 10, 2)
    actor = actor_of(people.coordinator)
    with pytest.raises(Conflict), services.writing(actor) as unit:
        plan_desk.approve(unit, actor, plan_id, "", 2)
    with services.database.reading() as session:
        assert session.exec(select(OutboxMail)).all() == []
    with services.writing(actor) as unit:
        plan_desk.approve(unit, actor, plan_id, "좋습니다.", 3)
    assert stored(services, plan_id)[0].state is PlanState.APPROVED


def test_another_desk_cannot_read_or_answer_a_plan_that_is_not_its_own(
    services: Services, people: People, opening_id: int
) -> None:
    plan_id = submitted(services, actor_of(people.youth), opening_id)
    for person in (people.other_coordinator, people.centre, people.partner, people.admin):
        actor = actor_of(person)
        with pytest.raises(NotFound), services.writing(actor) as unit:
            plan_desk.approve(unit, actor, plan_id, "", 2)
        with pytest.raises(NotFound), services.reading(actor) as unit:
            plan_desk.view(unit, actor, plan_id)
    assert stored(services, plan_id)[0].state is PlanState.SUBMITTED


def test_a_desk_never_walks_a_plan_in_its_owner_s_place(
    services: Services, people: People, opening_id: int
) -> None:
    plan_id = submitted(services, actor_of(people.youth), opening_id)
    desk = actor_of(people.coordinator)
    step_id = stored(services, plan_id)[1][0].id or 0
    with pytest.raises(NotFound), services.writing(desk) as unit:
        plans.tick(unit, desk, plan_id, step_id, StepState.DONE, 2)
    assert stored(services, plan_id)[1][0].state is StepState.TODO


def test_the_store_gives_a_plan_to_its_owner_and_no_other_young_person(
    services: Services, people: People, opening_id: int
) -> None:
    plan_id = submitted(services, actor_of(people.youth), opening_id)
    with services.database.reading() as session:
        found = {
            person.email: rows.get(session, actor_of(person), plan_id, TODAY) is not None
            for person in (people.youth, people.other_youth, people.far_youth, people.partner)
        }
    assert [name.split("@")[0] for name, is_there in found.items() if is_there] == ["haneul"]


def test_a_desk_reading_a_plan_leaves_a_record_of_it(
    services: Services, people: People, opening_id: int
) -> None:
    plan_id = submitted(services, actor_of(people.youth), opening_id)
    actor = actor_of(people.coordinator)
    with services.reading(actor) as unit:
        view = plan_desk.view(unit, actor, plan_id)
    assert view.name == "haneul"
    assert [event.name for event in view.events] == ["", ""]
    with services.database.reading() as session:
        found = session.exec(select(AccessRecord)).all()
    assert [(each.task, each.youth_id) for each in found] == [("plan:read", people.youth.youth_id)]


def test_a_plan_given_up_takes_no_more_steps(
    services: Services, people: People, opening_id: int
) -> None:
    who = actor_of(people.youth)
    plan_id = accept(services, who, opening_id)
    with services.writing(who) as unit:
        plans.abandon(unit, who, plan_id, 1)
    with pytest.raises(Conflict):
        tick(services, who, plan_id, 0, StepState.DONE)
    with pytest.raises(Conflict), services.writing(who) as unit:
        plans.submit(unit, who, plan_id, "", 2)
    with services.reading(who) as unit:
        assert plans.lines(unit, who) == ()


def test_the_next_task_is_the_open_one_that_is_due_first(
    services: Services, people: People, opening_id: int
) -> None:
    who = actor_of(people.youth)
    plan_id = accept(services, who, opening_id)
    with services.database.reading() as session:
        found = rows.next_step(session, who.own_youth_id, [PlanState.ACCEPTED])
        assert found is not None
        assert (found[0].id, found[1].ref) == (plan_id, "docker:3")
        assert rows.next_step(session, who.own_youth_id, [PlanState.FINISHED]) is None
    tick(services, who, plan_id, 0, StepState.DONE)
    with services.database.reading() as session:
        found = rows.next_step(session, who.own_youth_id, [PlanState.ACCEPTED])
    assert found is not None
    assert found[1].ref == "SAA-C03"


def test_a_step_survives_being_stored_whatever_it_holds() -> None:
    view = plan_views.step("microcredential", "serverless", "x", TODAY, TODAY, notes=("a", "b"))
    assert step_view(step_row(1, 1, view)) == view
