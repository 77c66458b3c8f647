"""A desk draws up an assignment round: which openings with how many seats, for whom, by when."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, timedelta

from matcher.actor import Actor
from matcher.db import Unit
from matcher.i18n import gettext as _
from matcher.i18n import in_language
from matcher.refusal import Invalid, NotFound
from matcher.store import rounds
from models.assignment import AssignmentOpening, AssignmentRound, HardRule
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


def choices(unit: Unit, actor: Actor) -> Choices:
    offers = tuple(
        Offer(
            id=each.id,
            title=in_language(each.title_ko, each.title_en),
            organisation=in_language(each.organisation_ko, each.organisation_en),
            sector=each.sector,
            headcount=each.headcount,
            closes_on=each.closes_on,
            is_demo=each.is_demo,
        )
        for each in rounds.offered(unit.session, actor, unit.today)
    )
    runs = tuple(
        (key, f"{in_language(ko, en)} ({ends.isoformat()})")
        for key, ko, en, ends in rounds.runs_of_courses(unit.session, actor, unit.today)
    )
    return Choices(offers, runs)


def create(unit: Unit, actor: Actor, draft: Draft) -> int:
    """A draft nobody but the desk sees. Raises Invalid by field."""
    if actor.organisation_id is None:
        raise NotFound
    _refuse_draft(unit, actor, draft)
    row = AssignmentRound(
        organisation_id=actor.organisation_id,
        name_ko=draft.name_ko,
        name_en=draft.name_en or draft.name_ko,
        wishes_until=draft.wishes_until,
        most_wishes=draft.most_wishes,
        hard_rules=[each.value for each in draft.hard_rules],
        cohort_status=draft.cohort_status,
        cohort_session_id=draft.cohort_session_id,
        created_at=unit.now,
        updated_at=unit.now,
    )
    unit.session.add(row)
    unit.session.flush()  # its openings name it
    assert row.id is not None
    unit.session.add_all(
        AssignmentOpening(
            round_id=row.id,
            opening_id=each.opening_id,
            capacity=each.capacity,
            minimum=each.minimum,
        )
        for each in draft.seats
    )
    unit.audit("round:created", "assignment_round", row.id, openings=len(draft.seats))
    return row.id


def _refuse_draft(unit: Unit, actor: Actor, draft: Draft) -> None:
    errors: dict[str, str] = {}
    if draft.wishes_until < unit.today:
        errors["wishes_until"] = _("이미 지난 날입니다.")
    elif draft.wishes_until > unit.today + LONGEST:
        errors["wishes_until"] = _("180일 안의 날을 적어 주십시오.")
    offered = {each.id: each.headcount for each in rounds.offered(unit.session, actor, unit.today)}
    asked = [each.opening_id for each in draft.seats]
    if not asked:
        errors["seat"] = _("공고를 하나 이상 골라 주십시오.")
    elif len(asked) > MOST_OPENINGS:
        errors["seat"] = _("공고는 400건까지 고를 수 있습니다.")
    elif set(asked) - offered.keys() or len(set(asked)) < len(asked):
        errors["seat"] = _("목록에 있는 공고를 한 번씩 골라 주십시오.")
    elif any(each.capacity > offered[each.opening_id] for each in draft.seats):
        errors["seat"] = _("공고가 뽑는 인원보다 많은 자리는 줄 수 없습니다.")
    elif any(each.minimum > each.capacity for each in draft.seats):
        errors["seat"] = _("가장 적은 인원이 자리보다 많은 공고가 있습니다.")
    runs = {each[0] for each in rounds.runs_of_courses(unit.session, actor, unit.today)}
    if draft.cohort_session_id is not None and draft.cohort_session_id not in runs:
        errors["cohort_session_id"] = _("목록에 있는 과정을 골라 주십시오.")
    if errors:
        raise Invalid(errors)
