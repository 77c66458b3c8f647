"""Line rules of RFC 5545, written by hand: what a strict reader would refuse."""

import re

from icalendar import Calendar

NAME = re.compile(r"[A-Z0-9-]+")
ONCE = ("UID", "DTSTAMP", "DTSTART", "SUMMARY", "SEQUENCE", "LAST-MODIFIED")
DAY = re.compile(r"\d{8}")
UTC = re.compile(r"\d{8}T\d{6}Z")


def broken_rules(body: bytes) -> list[str]:
    """Empty for a file every reader takes."""
    return [*_octets(body), *_lines(_unfolded(body)), *_components(_unfolded(body))]


def events(body: bytes) -> dict[str, object]:
    """Parsed back by the library, by UID."""
    return {str(each["uid"]): each for each in Calendar.from_ical(body).walk("VEVENT")}


def _octets(body: bytes) -> list[str]:
    found = []
    if not body.endswith(b"\r\n"):
        found.append("the last line has no end")
    if re.search(rb"(?<!\r)\n|\r(?!\n)", body):
        found.append("a line end that is not CRLF")
    for line in body.split(b"\r\n"):
        if len(line) > 75:
            found.append(f"a line of {len(line)} octets")
        try:
            line.decode()
        except UnicodeDecodeError:
            found.append("a character split by a fold")
        if re.search(rb"[\x00-\x08\x0a-\x1f\x7f]", line):
            found.append("a control character")
    return found


def _unfolded(body: bytes) -> list[str]:
    return body.replace(b"\r\n ", b"").decode().split("\r\n")[:-1]


def _lines(lines: list[str]) -> list[str]:
    found = []
    for line in lines:
        head, colon, _value = line.partition(":")
        name = head.split(";")[0]
        if not colon or not NAME.fullmatch(name):
            found.append(f"no property: {line[:40]}")
    for name in ("SUMMARY", "DESCRIPTION", "LOCATION"):
        for line in (each for each in lines if each.startswith(f"{name}:")):
            if re.search(r"[\\,;]", re.sub(r"\\[\\,;nN]", "", line)):
                found.append(f"text not escaped: {line[:60]}")
    return found


def _components(lines: list[str]) -> list[str]:
    found: list[str] = []
    if not lines or lines[0] != "BEGIN:VCALENDAR" or lines[-1] != "END:VCALENDAR":
        found.append("not one calendar")
    for name in ("VERSION", "PRODID"):
        if sum(line.startswith(f"{name}:") for line in lines) != 1:
            found.append(f"{name} not once")
    if "VERSION:2.0" not in lines:
        found.append("not version 2.0")
    uids = [line for line in lines if line.startswith("UID:")]
    if len(uids) != len(set(uids)):
        found.append("a UID twice")
    for event in _parts(lines, "VEVENT"):
        found += _event(event)
    for alarm in _parts(lines, "VALARM"):
        names = {line.split(":")[0].split(";")[0] for line in alarm}
        if not {"ACTION", "TRIGGER", "DESCRIPTION"} <= names:
            found.append(f"an alarm without {sorted(names)}")
    zones = {tzid for line in lines for tzid in re.findall(r";TZID=([^:;]+)", line)}
    known = {line.removeprefix("TZID:") for line in lines if line.startswith("TZID:")}
    return found + [f"no VTIMEZONE for {zone}" for zone in sorted(zones - known)]


def _event(lines: list[str]) -> list[str]:
    found, inner, depth = [], [], 0
    for line in lines:
        depth += line.startswith("BEGIN:")
        if depth == 0:
            inner.append(line)
        depth -= line.startswith("END:")
    values = {line.split(":")[0].split(";")[0]: line.split(":", 1)[1] for line in inner}
    heads = [line.split(":")[0] for line in inner]
    for name in ONCE:
        if sum(head.split(";")[0] == name for head in heads) != 1:
            found.append(f"{name} not once in {values.get('UID')}")
    for name in ("DTSTAMP", "LAST-MODIFIED"):
        if not UTC.fullmatch(values.get(name, "")):
            found.append(f"{name} is not a moment in UTC")
    if "DTSTART;VALUE=DATE" in heads and not DAY.fullmatch(values["DTSTART"]):
        found.append("DTSTART is no date")
    rule = values.get("RRULE", "")
    if "UNTIL=" in rule and not re.search(r"UNTIL=\d{8}T\d{6}Z", rule):
        found.append("UNTIL must be in UTC where DTSTART has a zone")
    return found


def _parts(lines: list[str], name: str) -> list[list[str]]:
    found, current = [], None
    for line in lines:
        if line == f"END:{name}":
            assert current is not None
            found.append(current)
            current = None
        if current is not None:
            current.append(line)
        if line == f"BEGIN:{name}":
            current = []
    return found
