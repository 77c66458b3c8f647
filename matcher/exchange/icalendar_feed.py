"""A person's days as an iCalendar file (RFC 5545, with the names of RFC 7986)."""

import unicodedata
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import UTC, date, datetime, time, timedelta
from typing import Final
from zoneinfo import ZoneInfo

from icalendar import Alarm, Calendar, Component, Event, Timezone, TimezoneStandard, vCalAddress

ZONE: Final = "Asia/Seoul"
SEOUL: Final = ZoneInfo(ZONE)
REFRESH: Final = timedelta(hours=6)
RINGS_AT: Final = timedelta(hours=9)
"""Alarms of whole days ring at nine in the morning, not at midnight."""
ONE_DAY: Final = timedelta(days=1)
WEEKDAYS: Final = ("MO", "TU", "WE", "TH", "FR", "SA", "SU")


@dataclass(frozen=True)
class Entry:
    """Something on a whole day. `uid` without the `@oreum`, the same for ever after.

    `sequence` grows with every change of what it is about; `alarms` are days before `on`.
    """

    uid: str
    title: str
    on: date
    changed_at: datetime
    sequence: int = 0
    about: tuple[str, ...] = ()
    href: str = ""
    alarms: tuple[int, ...] = ()
    is_tentative: bool = False


@dataclass(frozen=True)
class Lesson:
    """A slot of every week, `weekday` 1-7, from `first` to `last`, both included."""

    uid: str
    title: str
    weekday: int
    start: time
    end: time
    first: date
    last: date
    changed_at: datetime
    free_days: frozenset[date] = frozenset()
    """Days without a lesson."""
    sequence: int = 0
    place: str = ""
    about: tuple[str, ...] = ()
    href: str = ""


@dataclass(frozen=True)
class Invitation:
    """Something at an hour that two sides agreed on. `sequence` grows with every change; a
    cancelled one keeps its `uid`, so that calendars take the earlier one out."""

    uid: str
    title: str
    starts_at: datetime
    ends_at: datetime
    changed_at: datetime
    sequence: int = 0
    place: str = ""
    about: tuple[str, ...] = ()
    href: str = ""
    is_cancelled: bool = False


INVITATION_ALARMS: Final = (timedelta(days=1), timedelta(hours=1))


def invitation(language: str, about: Invitation) -> bytes:
    """One alone, to download: PUBLISH puts it into a calendar, CANCEL takes it out again."""
    calendar = _calendar(language)
    calendar.add("method", "CANCEL" if about.is_cancelled else "PUBLISH")
    calendar.add_component(_zone())
    calendar.add_component(_agreed(about))
    return bytes(calendar.to_ical(sorted=False))


def feed(
    name: str,
    language: str,
    entries: Sequence[Entry],
    lessons: Sequence[Lesson],
    agreed: Sequence[Invitation] = (),
) -> bytes:
    """The same rows give the same bytes: DTSTAMP is the last change, as the standard asks of a
    file without METHOD, so a reader that asks again can be told that nothing changed."""
    calendar = _calendar(language)
    calendar.add("name", plain(name))
    calendar.add("x-wr-calname", plain(name))
    calendar.add("x-wr-timezone", ZONE)
    calendar.add("refresh-interval", REFRESH, parameters={"VALUE": "DURATION"})
    calendar.add("x-published-ttl", "PT6H")
    calendar.add_component(_zone())
    events = [_whole_day(entry) for entry in entries]
    events += [event for lesson in lessons if (event := _weekly(lesson)) is not None]
    events += [_agreed(each) for each in agreed]
    for event in sorted(events, key=lambda each: str(each["uid"])):
        calendar.add_component(event)
    return bytes(calendar.to_ical(sorted=False))


def _calendar(language: str) -> Calendar:
    calendar = Calendar()
    calendar.add("prodid", f"-//Oreum//Calendar//{language.upper()}")
    calendar.add("version", "2.0")
    calendar.add("calscale", "GREGORIAN")
    return calendar


def plain(text: str) -> str:
    """One line without controls: a title from a table can end no line and begin no property."""
    shown = "".join(" " if unicodedata.category(each) in _BREAKS else each for each in text)
    return " ".join(shown.split())


_BREAKS: Final = frozenset({"Cc", "Zl", "Zp"})


def _whole_day(entry: Entry) -> Event:
    event = _event(entry)
    event.add("dtstart", entry.on)
    event.add("dtend", entry.on + ONE_DAY)
    event.add("transp", "TRANSPARENT")
    event.add("status", "TENTATIVE" if entry.is_tentative else "CONFIRMED")
    for days in sorted(entry.alarms, reverse=True):
        event.add_component(_alarm(days, entry.title))
    return event


def _weekly(lesson: Lesson) -> Event | None:
    """None when every lesson falls on a free day."""
    days = _days(lesson)
    held = [day for day in days if day not in lesson.free_days]
    if not held:
        return None
    event = _event(lesson)
    event.add("dtstart", datetime.combine(held[0], lesson.start, SEOUL))
    event.add("dtend", datetime.combine(held[0], lesson.end, SEOUL))
    if held[-1] > held[0]:
        until = datetime.combine(held[-1], lesson.start, SEOUL).astimezone(UTC)
        rule = {"freq": "weekly", "until": until, "byday": WEEKDAYS[lesson.weekday - 1]}
        event.add("rrule", rule)
    free = [day for day in days if held[0] < day < held[-1] and day in lesson.free_days]
    if free:
        event.add("exdate", [datetime.combine(day, lesson.start, SEOUL) for day in free])
    if lesson.place:
        event.add("location", plain(lesson.place))
    event.add("status", "CONFIRMED")
    return event


def _days(lesson: Lesson) -> list[date]:
    """Counted up to the last day, so that no day after it is ever made: 9999-12-31 has none."""
    ahead = (lesson.weekday - lesson.first.isoweekday()) % 7
    span = (lesson.last - lesson.first).days
    return [lesson.first + timedelta(days=n) for n in range(ahead, span + 1, 7)]


def _agreed(about: Invitation) -> Event:
    event = _event(about)
    event.add("dtstart", about.starts_at.astimezone(SEOUL))
    event.add("dtend", about.ends_at.astimezone(SEOUL))
    # RFC 5546 asks for an organiser; the service is one without a mailbox.
    event.add("organizer", vCalAddress("invalid:nomail"))
    if about.place:
        event.add("location", plain(about.place))
    event.add("status", "CANCELLED" if about.is_cancelled else "CONFIRMED")
    for before in () if about.is_cancelled else INVITATION_ALARMS:
        event.add_component(_rings(-before, about.title))
    return event


def _event(about: Entry | Lesson | Invitation) -> Event:
    event = Event()
    event.add("uid", f"{about.uid}@oreum")
    event.add("dtstamp", about.changed_at.astimezone(UTC))
    event.add("last-modified", about.changed_at.astimezone(UTC))
    event.add("sequence", about.sequence)
    event.add("summary", plain(about.title))
    if about.about:
        event.add("description", "\n".join(plain(line) for line in about.about))
    if about.href:
        event.add("url", about.href)
    return event


def _alarm(days: int, title: str) -> Alarm:
    return _rings(RINGS_AT - timedelta(days=days), title)


def _rings(at: timedelta, title: str) -> Alarm:
    """`at` counts from the beginning."""
    alarm = Alarm()
    alarm.add("action", "DISPLAY")
    alarm.add("description", plain(title))
    alarm.add("trigger", at)
    return alarm


def _zone() -> Component:
    """Korea has had one offset since the summer of 1988."""
    standard = TimezoneStandard()
    standard.add("dtstart", datetime(1988, 10, 9, 3))  # noqa: DTZ001  (local time by definition)
    standard.add("tzoffsetfrom", timedelta(hours=10))
    standard.add("tzoffsetto", timedelta(hours=9))
    standard.add("tzname", "KST")
    zone = Timezone()
    zone.add("tzid", ZONE)
    zone.add_component(standard)
    return zone
