"""Weeks in which a person has fewer hours to study, or more: term exams, a job, holidays."""

from dataclasses import dataclass
from datetime import date, timedelta

from matcher.actor import Actor
from matcher.db import Unit
from matcher.i18n import gettext as _
from matcher.refusal import Invalid, NotFound
from matcher.store import busy_periods, youths
from models.plan import BusyPeriod

MOST = 20
AHEAD = timedelta(days=366)
MOST_HOURS = 80


@dataclass(frozen=True)
class PeriodView:
    id: int
    name: str
    starts_on: date
    ends_on: date
    weekly_hours: int
    is_over: bool


@dataclass(frozen=True)
class Period:
    name: str
    starts_on: date
    ends_on: date
    weekly_hours: int


def view(unit: Unit, actor: Actor) -> tuple[PeriodView, ...]:
    return tuple(
        PeriodView(
            row.id or 0,
            row.name,
            row.starts_on,
            row.ends_on,
            row.weekly_hours,
            row.ends_on < unit.today,
        )
        for row in busy_periods.of_youth(unit.session, actor.own_youth_id)
    )


def add(unit: Unit, actor: Actor, period: Period) -> int:
    """Gives the id. Raises Invalid by field."""
    youth_id = actor.own_youth_id
    _refuse_days(period, unit.today)
    if not 0 <= period.weekly_hours <= MOST_HOURS:
        raise Invalid({"weekly_hours": _("0시간에서 80시간 사이로 적어 주세요.")})
    youths.hold(unit.session, [youth_id])  # two at once must not both fit into the same days
    rows = busy_periods.of_youth(unit.session, youth_id)
    if len(rows) >= MOST:
        raise Invalid({"": _("기간은 스무 개까지 적을 수 있어요. 지난 것을 먼저 지워 주세요.")})
    other = next((row for row in rows if _meet(row, period)), None)
    if other is not None:
        words = _("이미 적은 기간과 겹쳐요: %(name)s") % {"name": other.name or other.starts_on}
        raise Invalid({"starts_on": words})
    row = BusyPeriod(youth_id=youth_id, **vars(period))
    unit.session.add(row)
    unit.session.flush()  # the id goes into the audit line and the answer
    unit.audit("busy_period:added", "busy_period", row.id)
    assert row.id is not None
    return row.id


def remove(unit: Unit, actor: Actor, period_id: int) -> None:
    row = busy_periods.get(unit.session, actor.own_youth_id, period_id)
    if row is None:
        raise NotFound
    youths.remove(unit.session, row)
    unit.audit("busy_period:removed", "busy_period", period_id)


def _refuse_days(period: Period, today: date) -> None:
    if period.ends_on < period.starts_on:
        raise Invalid({"ends_on": _("시작하는 날이나 그 뒤의 날짜를 적어 주세요.")})
    if period.ends_on < today:
        raise Invalid({"ends_on": _("이미 지난 기간이에요.")})
    if period.ends_on > today + AHEAD:
        raise Invalid({"ends_on": _("1년 안의 날짜로 적어 주세요.")})
    if period.starts_on < today - AHEAD:
        raise Invalid({"starts_on": _("너무 오래전 날짜예요.")})


def _meet(row: BusyPeriod, period: Period) -> bool:
    return row.starts_on <= period.ends_on and period.starts_on <= row.ends_on
