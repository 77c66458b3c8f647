"""The calendar file: parsed back by the library, and held to the standard's own line rules."""

from datetime import UTC, date, datetime, time, timedelta
from typing import Any
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given
from hypothesis import strategies as st
from icalendar import Calendar

from matcher.catalogue.public_holidays import public_holidays
from matcher.exchange.icalendar_feed import Entry, Lesson, feed, plain
from tests.ical_rules import broken_rules, events

NOW = datetime(2026, 11, 21, 1, 0, tzinfo=UTC)
SEOUL = ZoneInfo("Asia/Seoul")
EXAM = Entry("exam-12", "SAA-C03 시험", date(2026, 12, 20), NOW, 3, alarms=(7, 1))


def lesson(**values: Any) -> Lesson:
    defaults: dict[str, Any] = {
        "uid": "course-5-1",
        "title": "클라우드 기초",
        "weekday": 5,
        "start": time(19),
        "end": time(21),
        "first": date(2026, 12, 1),
        "last": date(2027, 1, 31),
        "changed_at": NOW,
        "free_days": public_holidays(date(2026, 12, 1), date(2027, 1, 31)),
    }
    return Lesson(**(defaults | values))


def written(*entries: Entry, lessons: tuple[Lesson, ...] = ()) -> bytes:
    return feed("오름 일정", "ko", entries, lessons)


def test_a_whole_day_comes_back_as_it_was() -> None:
    body = written(EXAM)
    event: Any = events(body)["exam-12@oreum"]
    assert broken_rules(body) == []
    assert (event["summary"], event["dtstart"].dt, event["dtend"].dt, event["sequence"]) == (
        "SAA-C03 시험",
        date(2026, 12, 20),
        date(2026, 12, 21),
        3,
    )
    assert event["last-modified"].dt == event["dtstamp"].dt == NOW


def test_alarms_ring_at_nine_that_many_days_before() -> None:
    event: Any = events(written(EXAM))["exam-12@oreum"]
    midnight = datetime(2026, 12, 20, tzinfo=SEOUL)
    rings = [midnight + each["trigger"].dt for each in event.walk("VALARM")]
    assert rings == [
        datetime(2026, 12, 13, 9, tzinfo=SEOUL),
        datetime(2026, 12, 19, 9, tzinfo=SEOUL),
    ]


def test_a_weekly_slot_repeats_until_its_end_without_public_holidays() -> None:
    body = written(lessons=(lesson(),))
    event: Any = events(body)["course-5-1@oreum"]
    assert broken_rules(body) == []
    assert event["dtstart"].dt == datetime(2026, 12, 4, 19, tzinfo=SEOUL)
    assert str(event["dtstart"].params["TZID"]) == "Asia/Seoul"
    rule = event["rrule"]
    assert (rule["FREQ"], rule["BYDAY"]) == (["WEEKLY"], ["FR"])
    assert rule["UNTIL"] == [datetime(2027, 1, 29, 10, tzinfo=UTC)]
    # Christmas 2026 and New Year's Day 2027 are Fridays.
    assert [each.dt.date() for each in event["exdate"].dts] == [
        date(2026, 12, 25),
        date(2027, 1, 1),
    ]


def test_a_first_lesson_on_a_holiday_moves_the_start_and_one_day_needs_no_rule() -> None:
    moved = lesson(first=date(2026, 12, 25), last=date(2027, 1, 8))
    event: Any = events(written(lessons=(moved,)))["course-5-1@oreum"]
    assert (event["dtstart"].dt.date(), "rrule" in event) == (date(2027, 1, 8), False)


def test_a_slot_that_never_takes_place_is_left_out() -> None:
    never = lesson(first=date(2026, 12, 25), last=date(2027, 1, 1))
    short = lesson(uid="course-6-1", first=date(2026, 12, 5), last=date(2026, 12, 6))
    assert events(written(lessons=(never, short))) == {}


def test_the_last_days_a_calendar_has_are_no_error() -> None:
    end = date(9999, 12, 31)
    friday = lesson(uid="course-7-1", first=date(9999, 12, 30), last=end, weekday=5)
    missed = lesson(uid="course-8-1", first=date(9999, 12, 30), last=end, weekday=2)
    event: Any = events(written(lessons=(friday, missed)))
    assert {uid: each["dtstart"].dt.date() for uid, each in event.items()} == {
        "course-7-1@oreum": end
    }


def test_the_head_names_zone_name_and_refresh() -> None:
    calendar = Calendar.from_ical(written())
    zone = calendar.walk("VTIMEZONE")[0]
    assert [str(calendar[key]) for key in ("version", "x-wr-calname", "calscale")] == [
        "2.0",
        "오름 일정",
        "GREGORIAN",
    ]
    assert calendar["refresh-interval"].dt == timedelta(hours=6)
    assert str(zone["tzid"]) == "Asia/Seoul"
    assert zone.to_tz().utcoffset(datetime(2026, 7, 1)) == timedelta(hours=9)  # noqa: DTZ001


def test_the_same_rows_give_the_same_bytes_in_any_order() -> None:
    other = Entry("exam-13", "DVA", date(2026, 12, 1), NOW)
    assert written(EXAM, other) == written(other, EXAM)


def test_a_changed_row_keeps_its_uid_and_moves_its_sequence() -> None:
    later = Entry("exam-12", "SAA-C03 시험", date(2027, 1, 9), NOW + timedelta(hours=1), 4)
    before: Any = events(written(EXAM))["exam-12@oreum"]
    after: Any = events(written(later))["exam-12@oreum"]
    assert after["sequence"] > before["sequence"]
    assert after["last-modified"].dt > before["last-modified"].dt


@pytest.mark.parametrize(
    "title",
    [
        "끝\r\nDESCRIPTION:심은 것\r\nEND:VEVENT",
        "끝\nATTENDEE:mailto:a@example.com",
        "끝\rSUMMARY:둘",
        "끝\u2028X-EVIL:1\u2029\x85\x0b\x0c",
        '쉼표, 쌍반점; 역빗금\\ 따옴표" 콜론:',
        "가" * 300,
        "a" * 74 + "힣" * 60,
        "👨‍👩‍👧‍👦" * 40,
    ],
)
def test_a_title_adds_no_property_whatever_it_holds(title: str) -> None:
    entry = Entry("exam-12", title, date(2026, 12, 20), NOW, about=(title, title), alarms=(1,))
    body = written(entry, lessons=(lesson(title=title, place=title),))
    assert broken_rules(body) == []
    found: Any = events(body)
    assert sorted(found) == ["course-5-1@oreum", "exam-12@oreum"]
    assert str(found["exam-12@oreum"]["summary"]) == plain(title)
    assert sorted(found["exam-12@oreum"].keys()) == sorted(
        [
            "UID", "DTSTAMP", "LAST-MODIFIED", "SEQUENCE", "SUMMARY", "DESCRIPTION", "DTSTART",
            "DTEND", "TRANSP", "STATUS",
        ]
    )  # fmt: skip


@given(title=st.text(st.characters(exclude_categories=["Cs"]), max_size=200))
def test_any_title_keeps_the_line_rules_and_comes_back(title: str) -> None:
    body = written(Entry("exam-1", title, date(2026, 12, 20), NOW, alarms=(1,)))
    assert broken_rules(body) == []
    event: Any = events(body)["exam-1@oreum"]
    assert str(event["summary"]) == plain(title)


def test_the_rules_find_what_is_wrong() -> None:
    """The checks themselves can fail."""
    good = written(EXAM, lessons=(lesson(),))
    assert broken_rules(good) == []
    for bad in (
        good.replace(b"\r\n", b"\n"),
        good.replace(b"SUMMARY:", b"SUMMARY:" + b"x" * 80),
        good.replace(b"UID:course-5-1", b"UID:exam-12"),
        good.replace(b"DTSTAMP:20261121T010000Z\r\n", b""),
        good.replace(b"TZID:Asia/Seoul\r\n", b"TZID:Asia/Tokyo\r\n"),
        good.replace(b"SUMMARY:SAA-C03", b"SUMMARY:a,b"),
        good.replace("시험".encode(), "시".encode()[:2] + b"\r\n " + "시".encode()[2:]),
        good.replace(b"UNTIL=20270129T100000Z", b"UNTIL=20270129"),
    ):
        assert bad != good
        assert broken_rules(bad) != []
