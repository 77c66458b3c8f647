"""A person's calendar by a secret address: what is in it, whose it is, and how it ends."""

from dataclasses import replace
from datetime import date, datetime, timedelta
from typing import Any
from zoneinfo import ZoneInfo

import pytest
from sqlmodel import Session, select

from matcher.flows import calendar_feed, class_mode, erasure
from matcher.refusal import NotFound
from matcher.store import links
from matcher.wiring import Services
from models.account import Account, AccountState
from models.application import ApplicationState
from models.attendance import ClassMeeting
from models.calendar import CalendarFeed
from models.certification import AttemptState, CertificationRecord
from models.course import Course, CourseMode, Enrolment
from models.opening import Opening, OpeningState
from models.plan import PlanState, PlanStep, StepKind, StepState
from models.trail import AuditEntry
from models.youth import SavedKind
from tests import calendar_desk as desk
from tests import factories
from tests.factories import TODAY
from tests.ical_rules import broken_rules, events
from tests.matching_desk import actor_of
from tests.partner_desk import actor
from tests.people import People

SITE = "https://oreum.example"
SEOUL = ZoneInfo("Asia/Seoul")


def opened(services: Services, people: People) -> str:
    with services.writing(actor_of(people.youth)) as unit:
        return calendar_feed.create(unit)


def read(services: Services, token: str) -> dict[str, Any]:
    with services.reading() as unit:
        body = calendar_feed.read(unit, token, SITE)
    assert broken_rules(body) == []
    return events(body)


def refused(services: Services, token: str) -> bool:
    with services.reading() as unit:
        try:
            calendar_feed.read(unit, token, SITE)
        except NotFound:
            return True
    return False


def full_life(session: Session, people: People) -> dict[str, int]:
    """One row of every kind the calendar knows; ids by kind."""
    me, partner = people.youth, people.partner.organisation_id or 0
    booked = desk.attempt(
        session,
        me,
        "SAA",
        "SAA-C03",
        state=AttemptState.SCHEDULED,
        exam_on=date(2027, 1, 16),
        version=3,
    )
    planned = desk.attempt(session, me, "DOP", "DOP-C02", planned_on=date(2027, 3, 2))
    held = desk.passed(session, me, "CLF", date(2027, 8, 1))
    kept = factories.opening(session, partner, closes_on=date(2026, 12, 24))
    sent = factories.opening(session, partner, closes_on=date(2026, 12, 28))
    asked = factories.introduction(
        session, kept.id, me.youth_id or 0, asked_by_account_id=people.partner.account_id
    )
    desk.saved(session, me, SavedKind.OPENING, kept.id)
    factories.application(session, sent.id, me.youth_id or 0)
    run = desk.course_run(session, people.coordinator.organisation_id, title_ko="컨테이너 특강")
    desk.enrolled(session, me, run)
    later = desk.course_run(session, people.coordinator.organisation_id, title_ko="네트워크 기초")
    desk.saved(session, me, SavedKind.COURSE, later.course_id)
    plan = desk.plan(
        session,
        me,
        (StepKind.STUDY, "python:3", date(2026, 12, 10)),
        (StepKind.EXAM, "DVA-C02", date(2026, 11, 29)),
        (StepKind.EXAM, "SAA-C03", date(2027, 1, 20)),
        (StepKind.COURSE, str(run.id), date(2027, 1, 31)),
    )
    first = session.exec(select(PlanStep.id).where(PlanStep.plan_id == plan.id)).all()[0] or 0
    given = desk.voucher(session, me, people.coordinator.organisation_id, date(2027, 6, 30))
    return {
        "booked": booked.id or 0,
        "planned": planned.id or 0,
        "held": held.id or 0,
        "kept": kept.id or 0,
        "sent": sent.id or 0,
        "asked": asked.id or 0,
        "run": run.id or 0,
        "later": later.id or 0,
        "step": first,
        "voucher": given.id or 0,
    }


def test_the_calendar_holds_every_day_that_matters_once(services: Services, people: People) -> None:
    with services.database.writing() as session:
        ids = full_life(session, people)
    found = read(services, opened(services, people))
    step = ids["step"]
    days = {uid.removesuffix("@oreum"): each["dtstart"].dt for uid, each in found.items()}
    assert days == {
        f"exam-{ids['booked']}": date(2027, 1, 16),
        f"exam-{ids['planned']}": date(2027, 3, 2),
        f"expiry-{ids['held']}": date(2027, 8, 1),
        # CLF has no maintenance route, so this is our own reminder half a year before
        f"window-{ids['held']}": date(2027, 2, 2),
        f"opening-{ids['kept']}": date(2026, 12, 24),
        f"opening-{ids['sent']}": date(2026, 12, 28),
        f"introduction-{ids['asked']}": date(2026, 11, 28),
        f"course-{ids['run']}-1": datetime(2026, 12, 1, 19, tzinfo=SEOUL),
        f"course-{ids['run']}-2": datetime(2026, 12, 4, 19, tzinfo=SEOUL),
        f"apply-{ids['later']}": TODAY + timedelta(days=5),
        f"step-{step}": date(2026, 12, 10),
        f"step-{step + 1}": date(2026, 11, 29),
        # the third step is the SAA exam, which is booked for another day already
        f"step-{step + 3}": date(2027, 1, 31),
        f"voucher-{ids['voucher']}": date(2027, 6, 30),
    }


def test_each_kind_rings_as_often_as_it_should(services: Services, people: People) -> None:
    with services.database.writing() as session:
        ids = full_life(session, people)
    found = read(services, opened(services, people))

    def rings(uid: str) -> list[int]:
        return [each["trigger"].dt.days for each in found[f"{uid}@oreum"].walk("VALARM")]

    assert rings(f"exam-{ids['booked']}") == [-7, -1]
    assert rings(f"opening-{ids['kept']}") == [-3]
    assert rings(f"expiry-{ids['held']}") == [-90, -30]
    assert rings(f"voucher-{ids['voucher']}") == [-90, -30]
    assert rings(f"course-{ids['run']}-1") == []


def test_words_follow_the_owner_and_say_what_is_applied_for_booked_and_linked(
    services: Services, people: People
) -> None:
    with services.database.writing() as session:
        ids = full_life(session, people)
    token = opened(services, people)
    korean = read(services, token)
    with services.database.writing() as session:
        session.get_one(Account, people.youth.account_id).language = "en"
    english = read(services, token)

    def title(found: dict[str, Any], uid: str) -> str:
        return str(found[f"{uid}@oreum"]["summary"])

    assert title(korean, f"opening-{ids['sent']}") == "지원한 공고 마감: 지상국 데이터 엔지니어"
    assert title(korean, f"opening-{ids['kept']}") == "공고 마감: 지상국 데이터 엔지니어"
    assert (
        title(english, f"opening-{ids['kept']}") == "Opening closes: Ground station data engineer"
    )
    assert title(korean, f"exam-{ids['planned']}") == "DOP-C02 시험 (계획)"
    assert title(english, f"exam-{ids['booked']}") == "SAA-C03 exam"
    assert title(english, f"step-{ids['step']}") == "My path: Finish studying Python level 3"
    planned, booked = (korean[f"exam-{ids[key]}@oreum"] for key in ("planned", "booked"))
    assert (str(planned["status"]), str(booked["status"])) == ("TENTATIVE", "CONFIRMED")
    link = str(korean[f"opening-{ids['kept']}@oreum"]["url"])
    assert link == f"{SITE}/youth/openings/{ids['kept']}"


def test_the_voucher_code_and_other_people_stay_out(services: Services, people: People) -> None:
    with services.database.writing() as session:
        full_life(session, people)
        desk.passed(session, people.other_youth, "DEA", date(2027, 5, 5))
        desk.voucher(session, people.other_youth, people.centre.organisation_id, date(2027, 7, 7))
    token = opened(services, people)
    with services.reading() as unit:
        body = calendar_feed.read(unit, token, SITE).decode()
    assert "SECRET" not in body
    assert "DEA" not in body
    assert "20270707" not in body


def test_a_moved_exam_keeps_its_uid_and_counts_up(services: Services, people: People) -> None:
    with services.database.writing() as session:
        ids = full_life(session, people)
    token = opened(services, people)
    before = read(services, token)[f"exam-{ids['booked']}@oreum"]
    with services.database.writing() as session:
        row = session.get_one(CertificationRecord, ids["booked"])
        row.exam_on, row.version, row.updated_at = date(2027, 2, 1), 4, factories.NOW
    after = read(services, token)[f"exam-{ids['booked']}@oreum"]
    assert (before["sequence"], after["sequence"]) == (2, 3)
    assert after["dtstart"].dt == date(2027, 2, 1)
    assert after["last-modified"].dt > before["last-modified"].dt


def test_a_second_pass_moves_the_one_expiry_it_has(services: Services, people: People) -> None:
    with services.database.writing() as session:
        first = desk.passed(session, people.youth, "SAA", date(2027, 8, 1)).id
    token = opened(services, people)
    assert read(services, token)[f"window-{first}@oreum"]["dtstart"].dt == date(2027, 5, 3)
    with services.database.writing() as session:
        session.get_one(CertificationRecord, first).expires_on = date(2029, 11, 1)
        desk.passed(session, people.youth, "SAA", date(2029, 11, 1), updated_at=factories.NOW)
    found = {uid: each["dtstart"].dt for uid, each in read(services, token).items()}
    assert found == {
        f"expiry-{first}@oreum": date(2029, 11, 1),
        f"window-{first}@oreum": date(2029, 8, 3),
    }


@pytest.mark.parametrize(
    ("state", "is_shown"),
    [
        (PlanState.ACCEPTED, True),
        (PlanState.SUBMITTED, True),
        (PlanState.APPROVED, True),
        (PlanState.RETURNED, True),
        (PlanState.ABANDONED, False),
        (PlanState.FINISHED, False),
    ],
)
def test_only_plans_somebody_follows_are_shown(
    services: Services, people: People, state: PlanState, is_shown: bool
) -> None:
    with services.database.writing() as session:
        step = (StepKind.MICROCREDENTIAL, "no-such-slug", TODAY)
        desk.plan(session, people.youth, step, state=state)
    assert bool(read(services, opened(services, people))) is is_shown


def test_what_is_done_closed_withdrawn_or_long_over_goes(
    services: Services, people: People
) -> None:
    with services.database.writing() as session:
        ids = full_life(session, people)
    token = opened(services, people)
    with services.database.writing() as session:
        session.get_one(PlanStep, ids["step"]).state = StepState.DONE
        session.get_one(Opening, ids["kept"]).state = OpeningState.CLOSED
        record = session.get_one(CertificationRecord, ids["planned"])
        record.planned_on = TODAY - timedelta(days=61)
        applied = factories.opening(session, people.partner.organisation_id or 0)
        factories.application(
            session, applied.id, people.youth.youth_id or 0, state=ApplicationState.WITHDRAWN
        )
        withdrawn = applied.id
    left = set(read(services, token))
    for gone in (
        f"step-{ids['step']}",
        f"opening-{ids['kept']}",
        f"exam-{ids['planned']}",
        f"opening-{withdrawn}",
    ):
        assert f"{gone}@oreum" not in left
    assert f"opening-{ids['sent']}@oreum" in left


def test_odd_slots_of_an_import_do_not_break_the_calendar(
    services: Services, people: People
) -> None:
    slots = [
        {"weekday": 9, "start": "19:00", "end": "21:00"},
        {"weekday": 1, "start": "21:00", "end": "19:00"},
        {"weekday": 3, "start": "25:61", "end": "26:00"},
        {"weekday": 4},
        {"weekday": 5, "start": "19:00+09:00", "end": "21:00"},
        {"weekday": 5, "start": "19:00+09:00", "end": "21:00+09:00"},
        {"weekday": 6, "start": "10:00", "end": "12:00"},
    ]
    with services.database.writing() as session:
        run = desk.course_run(session, people.coordinator.organisation_id, weekly_slots=slots)
        desk.enrolled(session, people.youth, run)
    found = list(read(services, opened(services, people)).values())
    assert [each["rrule"]["BYDAY"] for each in found] == [["SA"]]


def test_planned_classes_stand_in_for_the_weekly_hours(services: Services, people: People) -> None:
    """One day is left out of the plan, one is added, one is held online."""
    with services.database.writing() as session:
        run = desk.course_run(session, people.coordinator.organisation_id)
        session.get_one(Course, run.course_id).place = "공학관 1호"
        desk.enrolled(session, people.youth, run)
        number = session.exec(select(Enrolment.id)).one()
        held = [
            factories.add(
                session,
                ClassMeeting(
                    session_id=run.id, held_on=day, starts="18:30", ends="20:00", mode=mode,
                ),
            ).id
            for day, mode in (
                (date(2026, 12, 3), CourseMode.OFFLINE),
                (date(2026, 12, 8), CourseMode.ONLINE),
            )
        ]  # fmt: skip
    token = opened(services, people)
    found = read(services, token)
    assert {uid: each["dtstart"].dt for uid, each in found.items()} == {
        f"class-{held[0]}@oreum": datetime(2026, 12, 3, 18, 30, tzinfo=SEOUL),
        f"class-{held[1]}@oreum": datetime(2026, 12, 8, 18, 30, tzinfo=SEOUL),
    }
    on_site, online = (found[f"class-{each}@oreum"] for each in held)
    assert str(on_site["location"]) == "공학관 1호"
    assert "location" not in online
    assert "온라인 수업" in str(online["description"])
    assert str(online["url"]) == f"{SITE}/youth/enrolments/{number}"


@pytest.mark.parametrize("is_planned", [True, False])
def test_a_switch_online_counts_up_so_that_calendars_take_it(
    services: Services, people: People, is_planned: bool
) -> None:
    with services.database.writing() as session:
        run = desk.course_run(session, people.coordinator.organisation_id)
        course = session.get_one(Course, run.course_id)
        course.place, course.updated_at = "공학관 1호", desk.EARLIER
        desk.enrolled(session, people.youth, run)
        for row in session.exec(select(Enrolment)):
            row.updated_at = desk.EARLIER
        if is_planned:
            on = date(2026, 12, 8)
            meeting = ClassMeeting(
                session_id=run.id, held_on=on, starts="18:30", ends="20:00", mode=CourseMode.OFFLINE
            )
            factories.add(session, meeting)
    token = opened(services, people)
    before = read(services, token)
    boss = actor(people.coordinator)
    with services.writing(boss) as unit:
        class_mode.switch(unit, boss, run.id or 0, CourseMode.ONLINE, "https://meet.example")
    after = read(services, token)
    assert set(after) == set(before)
    for uid, event in after.items():
        assert "location" not in event
        assert "온라인 수업" in str(event["description"])
        assert event["sequence"] == before[uid]["sequence"] + 1
        assert event["dtstamp"].dt == event["last-modified"].dt > before[uid]["dtstamp"].dt


LAST_DAY = date(9999, 12, 31)


def test_days_at_the_end_of_time_do_not_break_the_calendar(
    services: Services, people: People
) -> None:
    """Lessons are told three years ahead, other days beyond that not at all."""
    with services.database.writing() as session:
        owner, partner = people.coordinator.organisation_id, people.partner.organisation_id or 0
        endless = desk.course_run(session, owner, ends_on=LAST_DAY)
        far = desk.course_run(session, owner, starts_on=date(9999, 12, 30), ends_on=LAST_DAY)
        old = desk.course_run(session, owner, starts_on=date(1, 1, 1), ends_on=date(2026, 12, 31))
        for run in (endless, far, old):
            desk.enrolled(session, people.youth, run)
        opening = factories.opening(session, partner, closes_on=LAST_DAY)
        desk.saved(session, people.youth, SavedKind.OPENING, opening.id)
        desk.plan(session, people.youth, (StepKind.STUDY, "python:3", LAST_DAY))
    found = read(services, opened(services, people))
    untils = {uid: each["rrule"]["UNTIL"][0].date() for uid, each in found.items()}
    assert untils == {
        f"course-{endless.id}-1@oreum": date(2029, 11, 20),
        f"course-{endless.id}-2@oreum": date(2029, 11, 23),
        f"course-{old.id}-1@oreum": date(2026, 12, 29),
        f"course-{old.id}-2@oreum": date(2026, 12, 25) - timedelta(weeks=1),
    }


def test_a_certificate_of_today_and_its_window_are_within_reach(
    services: Services, people: People
) -> None:
    with services.database.writing() as session:
        held = desk.passed(session, people.youth, "SAA", date(2029, 11, 21)).id
        given = desk.voucher(session, people.youth, people.centre.organisation_id, TODAY).id
    found = read(services, opened(services, people))
    assert {uid: str(each["url"]) for uid, each in found.items()} == {
        f"expiry-{held}@oreum": f"{SITE}/youth/certifications",
        f"window-{held}@oreum": f"{SITE}/youth/renewals",
        f"voucher-{given}@oreum": f"{SITE}/youth/vouchers",
    }


def test_only_the_hash_is_kept_and_the_audit_holds_no_secret(
    services: Services, people: People
) -> None:
    token = opened(services, people)
    with services.database.reading() as session:
        row = session.exec(select(CalendarFeed)).one()
        entries = session.exec(select(AuditEntry)).all()
    assert row.token_hash == links.hashed(token) != token
    assert [each.action for each in entries] == ["calendar:opened"]
    assert token not in str([each.model_dump() for each in entries])


def test_a_new_address_ends_the_old_one_and_ending_ends_all(
    services: Services, people: People
) -> None:
    old = opened(services, people)
    new = opened(services, people)
    assert (refused(services, old), refused(services, new)) == (True, False)
    actor = actor_of(people.youth)
    with services.writing(actor) as unit:
        calendar_feed.end(unit)
    assert refused(services, new)
    with services.writing(actor) as unit, pytest.raises(NotFound):
        calendar_feed.end(unit)
    with services.reading(actor) as unit:
        assert calendar_feed.view(unit).since is None


@pytest.mark.parametrize("token", ["", "A" * 43, "0" * 64, "' OR 1=1 --", "\ud800", "힣"])
def test_a_wrong_secret_opens_nothing(services: Services, people: People, token: str) -> None:
    good = opened(services, people)
    assert refused(services, token)
    assert refused(services, links.hashed(good))


def test_a_disabled_owner_has_no_calendar(services: Services, people: People) -> None:
    token = opened(services, people)
    with services.database.writing() as session:
        session.get_one(Account, people.youth.account_id).state = AccountState.DISABLED
    assert refused(services, token)


def test_an_erased_owner_leaves_neither_calendar_nor_row(
    services: Services, people: People
) -> None:
    with services.database.writing() as session:
        factories.busy_period(session, people.youth.youth_id or 0)
        full_life(session, people)
    token = opened(services, people)
    with services.writing(replace(actor_of(people.youth))) as unit:
        erasure.erase_own(unit)
    assert refused(services, token)
    with services.database.reading() as session:
        assert session.exec(select(CalendarFeed)).all() == []


def test_staff_have_no_calendar_to_open(services: Services, people: People) -> None:
    for person in (people.coordinator, people.partner, people.admin):
        with services.writing(actor_of(person)) as unit, pytest.raises(NotFound):
            calendar_feed.create(unit)
