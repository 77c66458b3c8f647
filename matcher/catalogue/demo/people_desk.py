"""Demo proofs that wait at the desks, with a drawn picture each: grey lines, nobody's name."""

import struct
import zlib
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from itertools import pairwise
from random import Random

from matcher.catalogue.demo.days import ago, ahead, waking
from matcher.catalogue.demo.shape import Attempt, DemoData, Number, SkillRating, Youth
from matcher.catalogue.demo.standing import HANEUL, SAEBOM

DESKS = {"jejunu": 4, "halla": 2, "jtu": 2, None: 2}
"""Proofs a desk finds waiting; None is the centre's, for people of no RISE university."""
SIZE = (480, 340)
AFTERNOON = ("14:00", "14:30", "15:00", "15:30", "16:00")
RECENT_DAYS = 45
"""Hires younger than this wait for the desk's yes."""


@dataclass(frozen=True, slots=True)
class ProofHeld:
    """`attempt` counts from 1 in the order of the attempts; `skill` for anything but those."""

    youth: Number
    subject: str
    attempt: Number | None
    skill: str | None
    level: int | None
    title: str
    note: str
    file_name: str
    data: bytes
    created_at: datetime


@dataclass(frozen=True, slots=True)
class HourOffered:
    """An hour of counselling; taken when it has a youth."""

    organisation: str
    counsellor_account: Number
    topic: str
    held_on: date
    starts: str
    ends: str
    place: str
    state: str
    youth: Number | None
    question: str
    created_at: datetime
    updated_at: datetime


def hours(data: DemoData, today: date, random: Random) -> tuple[HourOffered, ...]:
    """An afternoon of every desk next week; the standing youth took the first hour of its own."""
    at, found = waking(ago(today, 6), random), []
    for person in data.people:
        if person.role not in ("coordinator", "centre") or not person.is_standing:
            continue
        for n, (starts, ends) in enumerate(pairwise(AFTERNOON)):
            is_taken = n == 0 and person.organisation == "jejunu"
            found.append(
                HourOffered(
                    person.organisation or "", person.number, "startup" if n % 2 else "job",
                    ahead(today, 6), starts, ends,
                    "데모 상담실", "booked" if is_taken else "open", HANEUL if is_taken else None,
                    "지원서를 함께 보고 싶어요." if is_taken else "", at, at,
                )
            )  # fmt: skip
    return tuple(found)


@dataclass(frozen=True, slots=True)
class OutcomeHeld:
    """What became of somebody; `application` when the hire was recorded here."""

    youth: Number
    kind: str
    state: str
    source: str
    organisation: str | None
    organisation_name: str
    sector: str | None
    is_in_jeju: bool | None
    started_on: date
    application: Number | None
    created_at: datetime
    updated_at: datetime


def outcomes(data: DemoData, today: date, random: Random) -> tuple[OutcomeHeld, ...]:
    """Hires of the demo: those of the last weeks wait for the desk, older ones are confirmed; and
    a few people who say that they began something of their own."""
    openings = {each.number: each for each in data.openings}
    names = {each.slug: each.name_ko for each in data.partners}
    found = []
    for application in data.applications:
        if application.state != "hired":
            continue
        opening, day = openings[application.opening], application.updated_at.date()
        state = "proposed" if day > ago(today, RECENT_DAYS) else "confirmed"
        in_jeju = {"remote": None, "mainland": False}.get(opening.region, True)
        found.append(
            OutcomeHeld(
                application.youth, "employed", state, "hire", opening.organisation,
                names[opening.organisation], opening.sector, in_jeju, day, application.number,
                application.updated_at, application.updated_at,
            )
        )  # fmt: skip
    return (*found, *_founders(data, {each.youth for each in found}, today, random))


def _founders(
    data: DemoData, hired: set[Number], today: date, random: Random
) -> Iterator[OutcomeHeld]:
    graduates = [
        each
        for each in data.youths
        if each.status == "graduated" and each.number not in hired
        and each.affiliation_state == "confirmed"
    ]  # fmt: skip
    for youth in graduates[:: max(1, len(graduates) // 5)][:5]:
        day = ago(today, random.randrange(20, 200))
        at = waking(day, random)
        yield OutcomeHeld(
            youth.number, "founded", "proposed", "survey", None, "데모 창업", None, True, day, None,
            at, at,
        )  # fmt: skip


def proofs(data: DemoData, today: date, random: Random) -> tuple[ProofHeld, ...]:
    found: list[ProofHeld] = []
    for desk, most in DESKS.items():
        mine = [each for each in data.youths if _is_of(each, desk)]
        own = list(_proofs(data, mine, today, random))
        own.sort(key=lambda each: (each.youth != HANEUL, each.subject != "certificate"))
        found += own[:most]
    return tuple(sorted(found, key=lambda each: each.created_at))


def _is_of(youth: Youth, desk: str | None) -> bool:
    """The centre confirmed nobody yet: whoever hands a proof in there is confirmed with it."""
    if desk is None:
        return youth.organisation is None and youth.number > SAEBOM
    return youth.organisation == desk and youth.affiliation_state == "confirmed"


def _proofs(
    data: DemoData, youths: Sequence[Youth], today: date, random: Random
) -> Iterator[ProofHeld]:
    """One a person: the first certificate nobody saw yet, else the first skill only they rated."""
    attempts = {
        each.youth: (n, each)
        for n, each in reversed(list(enumerate(data.attempts, 1)))
        if each.state == "passed" and each.verification == 1
    }
    skills = {each.youth: each for each in reversed(data.skills) if each.rater == "self"}
    for youth in youths[:60]:
        at = waking(ago(today, random.randrange(1, 9)), random)
        number, attempt = attempts.get(youth.number, (0, None))
        if attempt is not None:
            yield _certificate(youth.number, number, attempt, at, random)
        elif youth.number in skills:
            yield _skill(skills[youth.number], at, random)


def _certificate(
    youth: Number, number: Number, attempt: Attempt, at: datetime, random: Random
) -> ProofHeld:
    name = f"{attempt.exam_code}.png"
    return ProofHeld(
        youth, "certificate", number, None, None, attempt.exam_code, "", name, drawn(random), at
    )


def _skill(rating: SkillRating, at: datetime, random: Random) -> ProofHeld:
    return ProofHeld(
        rating.youth, "skill", None, rating.skill, rating.level, "데모 결과물", "데모 증빙입니다.",
        f"{rating.skill}.png", drawn(random), at,
    )  # fmt: skip


def drawn(random: Random) -> bytes:
    """A sheet with a frame and lines of different lengths, as a PNG."""
    width, height = SIZE
    lengths = {40 + 24 * n: random.randrange(width // 3, width - 120) for n in range(11)}
    rows = []
    for y in range(height):
        ink = bytearray(b"\xff" * width)
        if y in (8, height - 9):
            ink[8 : width - 8] = b"\x66" * (width - 16)
        elif 8 < y < height - 9:
            ink[8] = ink[width - 9] = 0x66
        line = next((n for start, n in lengths.items() if start <= y < start + 9), 0)
        ink[60 : 60 + line] = b"\xb8" * line
        rows.append(b"\0" + bytes(ink))
    head = struct.pack(">IIBBBBB", width, height, 8, 0, 0, 0, 0)
    parts = ((b"IHDR", head), (b"IDAT", zlib.compress(b"".join(rows), 9)), (b"IEND", b""))
    return b"\x89PNG\r\n\x1a\n" + b"".join(_chunk(name, body) for name, body in parts)


def _chunk(name: bytes, body: bytes) -> bytes:
    return struct.pack(">I", len(body)) + name + body + struct.pack(">I", zlib.crc32(name + body))
