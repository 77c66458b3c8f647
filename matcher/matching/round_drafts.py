"""What a desk asks of a round, as it makes one or changes it: openings, seats, people, days."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Any

from matcher.actor import Actor
from matcher.db import Unit
from matcher.i18n import gettext as _
from matcher.i18n import in_language
from matcher.store import rounds
from matcher.store.openings import OpeningLine
from matcher.store.rounds import RoundOpening
from models.assignment import HardRule
from models.youth import YouthStatus

LONGEST = timedelta(days=180)
MOST_OPENINGS = 400


@dataclass(frozen=True)
class Seats:
    opening_id: int
    capacity: int
    minimum: int


@dataclass(frozen=True)
class Draft:
    name_ko: str
    name_en: str
    wishes_until: date
    most_wishes: int
    seats: Sequence[Seats]
    hard_rules: Sequence[HardRule]
    cohort_status: YouthStatus | None
    cohort_session_id: int | None


@dataclass(frozen=True)
class Offer:
    """An opening that can be put into a round."""

    id: int
    title: str
    organisation: str
    sector: str
    headcount: int
    closes_on: date
    is_demo: bool


@dataclass(frozen=True)
class Choices:
    offers: tuple[Offer, ...]
    runs: tuple[tuple[int, str], ...]


def choices(unit: Unit, actor: Actor, kept: Sequence[RoundOpening] = ()) -> Choices:
    """What is on offer now; before it the openings a round holds, also those no longer on offer."""
    lines = rounds.offered(unit.session, actor, unit.today)
    fresh = {each.id for each in lines}
    offers = [
        *(_offer(e, e.opening_id, e.capacity) for e in kept if e.opening_id not in fresh),
        *(_offer(each, each.id, each.headcount) for each in lines),
    ]
    runs = tuple(
        (key, f"{in_language(ko, en)} ({ends.isoformat()})")
        for key, ko, en, ends in rounds.runs_of_courses(unit.session, actor, unit.today)
    )
    held = {each.opening_id for each in kept}
    return Choices(tuple(sorted(offers, key=lambda each: each.id not in held)), runs)


def _offer(line: OpeningLine | RoundOpening, opening_id: int, headcount: int) -> Offer:
    return Offer(
        id=opening_id,
        title=in_language(line.title_ko, line.title_en),
        organisation=in_language(line.organisation_ko, line.organisation_en),
        sector=line.sector,
        headcount=headcount,
        closes_on=line.closes_on,
        is_demo=line.is_demo,
    )


def columns_of(draft: Draft) -> dict[str, Any]:
    """The draft as the row of a round keeps it; its openings are rows of their own."""
    return {
        "name_ko": draft.name_ko,
        "name_en": draft.name_en or draft.name_ko,
        "wishes_until": draft.wishes_until,
        "most_wishes": draft.most_wishes,
        "hard_rules": [each.value for each in draft.hard_rules],
        "cohort_status": draft.cohort_status,
        "cohort_session_id": draft.cohort_session_id,
    }


def mistakes(unit: Unit, draft: Draft, found: Choices) -> dict[str, str]:
    """By field; `found` is what the desk could choose from."""
    errors: dict[str, str] = {}
    if draft.wishes_until < unit.today:
        errors["wishes_until"] = _("이미 지난 날입니다.")
    elif draft.wishes_until > unit.today + LONGEST:
        errors["wishes_until"] = _("180일 안의 날을 적어 주십시오.")
    seats = _wrong_seats(draft.seats, {each.id: each.headcount for each in found.offers})
    if seats:
        errors["seat"] = seats
    runs = {key for key, _title in found.runs}
    if draft.cohort_session_id is not None and draft.cohort_session_id not in runs:
        errors["cohort_session_id"] = _("목록에 있는 과정을 골라 주십시오.")
    return errors


def _wrong_seats(seats: Sequence[Seats], headcounts: Mapping[int, int]) -> str:
    """The first thing wrong with them, empty where nothing is."""
    asked = [each.opening_id for each in seats]
    if not asked:
        return _("공고를 하나 이상 골라 주십시오.")
    if len(asked) > MOST_OPENINGS:
        return _("공고는 400건까지 고를 수 있습니다.")
    if set(asked) - headcounts.keys() or len(set(asked)) < len(asked):
        return _("목록에 있는 공고를 한 번씩 골라 주십시오.")
    if any(each.capacity > headcounts[each.opening_id] for each in seats):
        return _("공고가 뽑는 인원보다 많은 자리는 줄 수 없습니다.")
    if any(each.minimum > each.capacity for each in seats):
        return _("가장 적은 인원이 자리보다 많은 공고가 있습니다.")
    return ""
