"""Interview times: opened by the partner, taken by the person, told to both, noted afterwards."""

from datetime import UTC, date, datetime, time, timedelta

import pytest
from icalendar import Calendar
from sqlalchemy.exc import IntegrityError
from sqlmodel import select

from matcher.flows import applying, interviews_desk, own_interviews
from matcher.flows.interviews_desk import Wanted
from matcher.matching.calendar_entries import days_of
from matcher.policy.interviews import Series
from matcher.refusal import Conflict, Forbidden, Invalid, NotFound
from matcher.store import interviews as store
from matcher.store import reply_rates
from matcher.wiring import Services
from models.account import Account
from models.application import Application, ApplicationState
from models.consent import Consent, ConsentPurpose
from models.interview import Interview, InterviewMode, InterviewState, SlotWait
from models.outbox import OutboxMail
from models.review import ReviewConflict
from tests import factories, matching_desk
from tests.calendar_desk import enrolled
from tests.hiring_desk import DAY, Hiring, interview, set_hiring, slot
from tests.partner_desk import OPERATION, actor, looking, working
from tests.people import People, Person

SITE = "https://oreum.example"


@pytest.fixture
def hiring(services: Services, people: People) -> Hiring:
    return set_hiring(services, people)


def wanted(starts: str = "10:00", ends: str = "12:00", **values: object) -> Wanted:
    series = Series(
        date(2026, 11, 26), time.fromisoformat(starts), time.fromisoformat(ends), 30, 10
    )
    return Wanted(series, InterviewMode.ON_SITE, "제주시 첨단로 1", **values)  # type: ignore[arg-type]


def take(services: Services, person: Person, application_id: int, slot_id: int) -> None:
    with working(services, person) as unit:
        own_interviews.take(unit, actor(person), application_id, slot_id)


def mails(services: Services, template: str) -> list[OutboxMail]:
    with services.database.reading() as session:
        found = select(OutboxMail).where(OutboxMail.template == template).order_by(OutboxMail.id)
        return list(session.exec(found).all())


def rows(services: Services, application_id: int) -> list[Interview]:
    with services.database.reading() as session:
        found = select(Interview).where(Interview.application_id == application_id)
        return list(session.exec(found).all())


def test_a_series_is_cut_with_breaks_and_overlapping_times_are_refused_by_field(
    services: Services, people: People, hiring: Hiring
) -> None:
    with working(services, people.partner) as unit:
        made = interviews_desk.open_times(unit, actor(people.partner), hiring.opening_id, wanted())
    assert made == 3  # 10:00, 10:40, 11:20
    with looking(services, people.partner) as unit:
        found = store.slots(unit.session, hiring.opening_id, DAY + timedelta(hours=12))
    assert [each.starts_at.astimezone(UTC).strftime("%H:%M") for each in found] == [
        "01:00", "01:40", "02:20",
    ]  # fmt: skip
    with pytest.raises(Invalid) as refused, working(services, people.partner) as unit:
        interviews_desk.open_times(
            unit, actor(people.partner), hiring.opening_id, wanted("11:45", "13:00")
        )
    assert list(refused.value.fields) == ["starts"]


@pytest.mark.parametrize(
    ("change", "field"),
    [
        ({"day": date(2026, 11, 20)}, "day"),
        ({"day": date(2027, 11, 26)}, "day"),
        ({"ends": time(10, 10)}, "ends"),
        ({"minutes": 10, "pause": 0, "ends": time(23, 0)}, "ends"),
    ],
)
def test_times_that_cannot_be_are_refused_by_field(
    services: Services, people: People, hiring: Hiring, change: dict[str, object], field: str
) -> None:
    usual = {"day": date(2026, 11, 26), "starts": time(10), "ends": time(12), "minutes": 30}
    asked = Wanted(Series(**(usual | change)), InterviewMode.ON_SITE, "여기")  # type: ignore[arg-type]
    with pytest.raises(Invalid) as refused, working(services, people.partner) as unit:
        interviews_desk.open_times(unit, actor(people.partner), hiring.opening_id, asked)
    assert list(refused.value.fields) == [field]


@pytest.mark.parametrize(
    ("mode", "place", "is_good"),
    [
        (InterviewMode.ONLINE, "https://meet.example/a", True),
        (InterviewMode.ONLINE, "http://meet.example/a", False),
        (InterviewMode.ONLINE, "", False),
        (InterviewMode.ON_SITE, "", False),
        (InterviewMode.PHONE, "", True),
    ],
)
def test_a_place_must_fit_how_people_meet(
    services: Services, people: People, hiring: Hiring, mode: InterviewMode, place: str,
    is_good: bool,
) -> None:  # fmt: skip
    asked = Wanted(wanted().series, mode, place)
    refused: list[str] = []
    try:
        with working(services, people.partner) as unit:
            interviews_desk.open_times(unit, actor(people.partner), hiring.opening_id, asked)
    except Invalid as refusal:
        refused = list(refusal.fields)
    assert refused == ([] if is_good else ["place"])


def test_a_taken_time_is_told_to_both_sides_and_nobody_is_named(
    services: Services, people: People, hiring: Hiring
) -> None:
    take(services, people.youth, hiring.first, hiring.slots[0])
    (own,), (partner,) = mails(services, "interview_own"), mails(services, "interview_partner")
    assert (own.account_id, partner.account_id) == (
        people.youth.account_id, people.partner.account_id,
    )  # fmt: skip
    assert (own.context["what"], own.context["on"], own.context["starts"]) == (
        "booked", "2026-11-25", "14:00",
    )  # fmt: skip
    assert own.context["place"] == "제주시 첨단로 1"
    with services.database.reading() as session:
        name = session.get_one(Account, people.youth.account_id).name
    assert name not in str(partner.context)
    assert "place" not in partner.context


def test_a_time_that_went_is_a_clear_conflict_and_the_others_remain(
    services: Services, people: People, hiring: Hiring
) -> None:
    take(services, people.youth, hiring.first, hiring.slots[0])
    with pytest.raises(Conflict) as refused:
        take(services, people.other_youth, hiring.second, hiring.slots[0])
    assert "남은 시간" in refused.value.message
    with looking(services, people.other_youth) as unit:
        view = own_interviews.view(unit, actor(people.other_youth), hiring.second)
    assert [each.time.id for each in view.times] == [hiring.slots[1]]


def test_moving_keeps_the_invitation_and_counts_the_change(
    services: Services, people: People, hiring: Hiring
) -> None:
    take(services, people.youth, hiring.first, hiring.slots[0])
    take(services, people.youth, hiring.first, hiring.slots[1])
    (row,) = rows(services, hiring.first)
    assert (row.slot_id, row.sequence, row.state) == (
        hiring.slots[1], 1, InterviewState.BOOKED,
    )  # fmt: skip
    assert [each.context["what"] for each in mails(services, "interview_own")] == [
        "booked", "moved",
    ]  # fmt: skip
    take(services, people.other_youth, hiring.second, hiring.slots[0])  # free again
    take(services, people.youth, hiring.first, hiring.slots[1])  # pressed twice: nothing happens
    assert rows(services, hiring.first)[0].sequence == 1


def test_a_cancelled_time_is_free_again_and_who_waits_is_told(
    services: Services, people: People, hiring: Hiring
) -> None:
    take(services, people.youth, hiring.first, hiring.slots[0])
    with working(services, people.other_youth) as unit:
        own_interviews.wait(unit, actor(people.other_youth), hiring.second, True)
        own_interviews.wait(unit, actor(people.other_youth), hiring.second, True)
    with working(services, people.youth) as unit:
        own_interviews.cancel(unit, actor(people.youth), hiring.first, 1)
    (told,) = mails(services, "interview_free")
    assert told.account_id == people.other_youth.account_id
    take(services, people.other_youth, hiring.second, hiring.slots[0])
    with services.database.reading() as session:
        assert session.exec(select(SlotWait)).all() == []
        assert session.get_one(Application, hiring.first).state is ApplicationState.INTERVIEW


def test_a_closed_time_tells_its_holder_who_chooses_another(
    services: Services, people: People, hiring: Hiring
) -> None:
    take(services, people.youth, hiring.first, hiring.slots[0])
    with working(services, people.partner) as unit:
        interviews_desk.cancel_slot(unit, actor(people.partner), hiring.slots[0], 1)
    assert mails(services, "interview_own")[-1].context["what"] == "withdrawn"
    assert rows(services, hiring.first)[0].state is InterviewState.CANCELLED
    with pytest.raises(Conflict):
        take(services, people.youth, hiring.first, hiring.slots[0])
    take(services, people.youth, hiring.first, hiring.slots[1])
    with working(services, people.partner) as unit:  # the hour itself may be opened anew
        slot(unit.session, hiring.opening_id, DAY)


def test_an_application_that_ends_gives_its_time_back(
    services: Services, people: People, hiring: Hiring
) -> None:
    take(services, people.youth, hiring.first, hiring.slots[0])
    with working(services, people.youth) as unit:
        applying.withdraw(unit, actor(people.youth), hiring.first, 1)
    assert rows(services, hiring.first)[0].state is InterviewState.CANCELLED
    take(services, people.other_youth, hiring.second, hiring.slots[0])


def test_only_somebody_invited_chooses_and_others_look_like_nobody(
    services: Services, people: People, hiring: Hiring
) -> None:
    with services.database.writing() as session:
        session.get_one(Application, hiring.second).state = ApplicationState.UNDER_REVIEW
    with pytest.raises(Conflict):
        take(services, people.other_youth, hiring.second, hiring.slots[0])
    with pytest.raises(NotFound):
        take(services, people.far_youth, hiring.first, hiring.slots[0])
    with pytest.raises(NotFound), working(services, people.other_partner) as unit:
        interviews_desk.cancel_slot(unit, actor(people.other_partner), hiring.slots[0], 1)
    with services.database.writing() as session:
        other = factories.opening(session, people.partner.organisation_id or 0)
        foreign = slot(session, other.id or 0, DAY).id or 0
    with pytest.raises(NotFound):  # a time of another opening
        take(services, people.youth, hiring.first, foreign)


def test_a_class_and_another_interview_are_marked_before_the_time_is_taken(
    services: Services, people: People, hiring: Hiring
) -> None:
    with services.database.writing() as session:
        course = matching_desk.course(
            session, people.youth.organisation_id or 0, title_ko="클라우드 기초"
        )
        taught = matching_desk.run(
            session, course.id or 0, starts_on=date(2026, 11, 2), ends_on=date(2026, 12, 18),
            weekly_slots=[{"weekday": 3, "start": "13:30", "end": "14:20"}],
        )  # fmt: skip
        enrolled(session, people.youth, taught)
        elsewhere = factories.opening(session, people.other_partner.organisation_id or 0)
        again = factories.application(
            session, elsewhere.id or 0, people.youth.youth_id or 0, state=ApplicationState.INTERVIEW
        )
        hour = slot(session, elsewhere.id or 0, DAY + timedelta(minutes=30))
        interview(session, again.id or 0, hour.id or 0)
    with looking(services, people.youth) as unit:
        view = own_interviews.view(unit, actor(people.youth), hiring.first)
    assert [each.clash for each in view.times] == ["클라우드 기초", "harbour 데모 면접"]
    with looking(services, people.other_youth) as unit:
        free = own_interviews.view(unit, actor(people.other_youth), hiring.second)
    assert [each.clash for each in free.times] == ["", ""]


@pytest.mark.parametrize("state", list(InterviewState)[2:])
def test_what_came_of_it_starts_the_answer_clock_anew(
    services: Services, people: People, hiring: Hiring, state: InterviewState
) -> None:
    with services.database.writing() as session:
        past = slot(session, hiring.opening_id, datetime(2026, 11, 18, 1, tzinfo=UTC))
        held = interview(session, hiring.first, past.id or 0).id or 0
    with working(services, people.partner) as unit:
        interviews_desk.note(unit, actor(people.partner), held, 1, state)
    with services.database.reading() as session:
        row = session.get_one(Application, hiring.first)
        assert row.answer_by == date(2026, 12, 2)  # 14 promised days after the 18th
        home = people.partner.organisation_id or 0
        since = factories.NOW - timedelta(days=365)
        counted = reply_rates.not_held(session, [home], since)
    assert counted.get(home, 0) == (state is InterviewState.NOT_HELD)
    with pytest.raises(Conflict), working(services, people.partner) as unit:
        interviews_desk.note(unit, actor(people.partner), held, 2, state)


def test_an_interview_is_noted_only_after_it_began(
    services: Services, people: People, hiring: Hiring
) -> None:
    take(services, people.youth, hiring.first, hiring.slots[0])
    number = rows(services, hiring.first)[0].id or 0
    with pytest.raises(Conflict), working(services, people.partner) as unit:
        interviews_desk.note(unit, actor(people.partner), number, 1, InterviewState.HELD)


def test_whoever_declared_a_conflict_leaves_the_outcome_to_a_colleague(
    services: Services, people: People, hiring: Hiring
) -> None:
    with services.database.writing() as session:
        past = slot(session, hiring.opening_id, datetime(2026, 11, 18, 1, tzinfo=UTC))
        held = interview(session, hiring.first, past.id or 0).id or 0
        row = ReviewConflict(
            opening_id=hiring.opening_id,
            youth_id=people.youth.youth_id or 0,
            account_id=people.partner.account_id,
            at=factories.NOW,
        )
        session.add(row)
        session.flush()
        number = row.id

    def to_note() -> int:
        with looking(services, people.partner) as unit:
            partner = actor(people.partner)
            return interviews_desk.view(unit, partner, OPERATION, hiring.opening_id).to_note

    assert to_note() == 0
    with pytest.raises(Forbidden), working(services, people.partner) as unit:
        interviews_desk.note(unit, actor(people.partner), held, 1, InterviewState.MISSED)
    with services.database.writing() as session:
        session.delete(session.get_one(ReviewConflict, number))
    assert to_note() == 1


def read(body: bytes) -> tuple[str, dict[str, object]]:
    found = Calendar.from_ical(body)
    event = found.walk("VEVENT")[0]
    return str(found["method"]), {
        "uid": str(event["uid"]), "sequence": int(event["sequence"]),
        "status": str(event["status"]),
        "starts": event["dtstart"].dt, "zone": event["dtstart"].params["TZID"],
        "alarms": len(event.walk("VALARM")), "title": str(event["summary"]),
        "zones": [str(each["tzid"]) for each in found.walk("VTIMEZONE")],
    }  # fmt: skip


def test_both_sides_get_the_same_invitation_and_its_cancellation(
    services: Services, people: People, hiring: Hiring
) -> None:
    take(services, people.youth, hiring.first, hiring.slots[0])
    number = rows(services, hiring.first)[0].id or 0

    def both() -> tuple[bytes, bytes]:
        with looking(services, people.youth) as unit:
            own = own_interviews.invitation_file(unit, actor(people.youth), hiring.first, SITE)
        with looking(services, people.partner) as unit:
            desk = interviews_desk.invitation_file(
                unit, actor(people.partner), OPERATION, number, SITE
            )
        return own, desk

    own, desk = both()
    method, about = read(own)
    assert (method, about["uid"], about["sequence"], about["status"]) == (
        "PUBLISH", f"interview-{number}@oreum", 0, "CONFIRMED",
    )  # fmt: skip
    assert (about["zone"], about["zones"], about["alarms"]) == (
        "Asia/Seoul", ["Asia/Seoul"], 2,
    )  # fmt: skip
    assert read(desk)[1]["uid"] == about["uid"]
    with services.database.reading() as session:
        name = session.get_one(Account, people.youth.account_id).name
    assert name.encode() not in desk
    assert b"orbit" in own
    with working(services, people.youth) as unit:
        own_interviews.cancel(unit, actor(people.youth), hiring.first, 1)
    for body in both():
        method, about = read(body)
        assert (method, about["sequence"], about["status"], about["alarms"]) == (
            "CANCEL", 1, "CANCELLED", 0,
        )  # fmt: skip


def test_the_feed_holds_the_interview_and_takes_a_cancelled_one_out(
    services: Services, people: People, hiring: Hiring
) -> None:
    take(services, people.youth, hiring.first, hiring.slots[0])

    def agreed() -> list[tuple[bool, int]]:
        with looking(services, people.youth) as unit:
            days = days_of(unit.session, people.youth.youth_id or 0, unit.today, SITE)
        return [(each.is_cancelled, each.sequence) for each in days.agreed]

    assert agreed() == [(False, 0)]
    with working(services, people.youth) as unit:
        own_interviews.cancel(unit, actor(people.youth), hiring.first, 1)
    assert agreed() == [(True, 1)]


def test_the_desk_shows_numbers_and_who_still_has_no_time(
    services: Services, people: People, hiring: Hiring
) -> None:
    take(services, people.youth, hiring.first, hiring.slots[0])
    with looking(services, people.partner) as unit:
        view = interviews_desk.view(unit, actor(people.partner), OPERATION, hiring.opening_id)
        tasks = [row.task for row in unit.trail]
    assert (view.free, view.without_time, view.to_note) == (1, 1, 0)
    assert [len(line.by) for line in view.lines] == [1, 0]
    assert view.lines[0].by[0].label == view.invited[0].label
    assert tasks == ["interviews:listed"]


def test_a_withdrawn_consent_hides_the_person_and_keeps_the_hour_taken(
    services: Services, people: People, hiring: Hiring
) -> None:
    take(services, people.youth, hiring.first, hiring.slots[0])
    with services.database.writing() as session:
        for row in session.exec(
            select(Consent).where(
                Consent.youth_id == people.youth.youth_id,
                Consent.purpose == ConsentPurpose.EMPLOYER,
            )
        ):
            row.withdrawn_at = factories.NOW
    with looking(services, people.partner) as unit:
        view = interviews_desk.view(unit, actor(people.partner), OPERATION, hiring.opening_id)
    assert (view.lines[0].by, view.lines[0].is_held, view.free) == ((), True, 1)
    number = rows(services, hiring.first)[0].id or 0
    with pytest.raises(NotFound), looking(services, people.partner) as unit:
        interviews_desk.invitation_file(unit, actor(people.partner), OPERATION, number, SITE)


def test_a_slot_is_never_held_twice_even_behind_the_flow(
    services: Services, people: People, hiring: Hiring
) -> None:
    take(services, people.youth, hiring.first, hiring.slots[0])
    with services.database.reading() as session, pytest.raises(IntegrityError):
        interview(session, hiring.second, hiring.slots[0])
