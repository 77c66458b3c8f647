"""A young person's calendar: what is coming up, the feed, reminders, and busy periods."""

from collections.abc import Mapping
from typing import Any

from starlette.responses import Response

from matcher.flows import busy_periods, calendar_feed, digest
from matcher.i18n import gettext as _
from matcher.refusal import Conflict, Invalid
from matcher.web.choices import Choices
from matcher.web.forms.account import Nothing
from matcher.web.forms.base import parse, typed
from matcher.web.forms.calendar import BusyForm, DigestForm
from matcher.web.gates import pages
from matcher.web.operating import site_of
from matcher.web.page import Page, Paged
from matcher.web.params import Id
from matcher.web.refused import answer_to

router = pages()
Errors = Mapping[str, str]
HERE = "/youth/calendar"


@router.get("/youth/calendar")
def show(page: Paged) -> Response:
    return _page(page)


@router.post("/youth/calendar/feed")
def open_feed(page: Paged) -> Response:
    """Answers with the page itself, because the address is shown this once and stored nowhere."""
    parse(Nothing, page.form)
    with page.writing() as unit:
        token = calendar_feed.create(unit)
    return _page(page, address=f"{site_of(page)}/calendar/{token}.ics")


@router.post("/youth/calendar/feed/end")
def end_feed(page: Paged) -> Response:
    parse(Nothing, page.form)
    with page.writing() as unit:
        calendar_feed.end(unit)
    return page.redirect(HERE, notice="calendar-ended")


@router.post("/youth/calendar/digest")
def choose_digest(page: Paged) -> Response:
    try:
        form = parse(DigestForm, page.form)
        with page.writing() as unit:
            digest.choose(unit, form.rhythm, form.weekday, form.muted())
    except (Invalid, Conflict) as refusal:
        values = {"topics": [], **typed(DigestForm, page.form)}
        return _page(page, refusal, "digest", values)
    return page.redirect(f"{HERE}#digest", notice="saved")


@router.post("/youth/calendar/busy")
def add_busy(page: Paged) -> Response:
    try:
        form = parse(BusyForm, page.form)
        with page.writing() as unit:
            busy_periods.add(unit, page.actor, form.period())
    except Invalid as refusal:
        return _page(page, refusal, "busy", typed(BusyForm, page.form))
    return page.redirect(f"{HERE}#busy", notice="saved")


@router.post("/youth/calendar/busy/{period_id}/remove")
def remove_busy(page: Paged, period_id: Id) -> Response:
    parse(Nothing, page.form)
    with page.writing() as unit:
        busy_periods.remove(unit, page.actor, period_id)
    return page.redirect(f"{HERE}#busy", notice="saved")


def _page(
    page: Page,
    refusal: Invalid | Conflict | None = None,
    at: str = "",
    values: Mapping[str, Any] | None = None,
    address: str = "",
) -> Response:
    """`at` names the form that was refused, so that its errors stand beside it."""
    with page.reading() as unit:
        feed = calendar_feed.view(unit)
        chosen = digest.view(unit)
        periods = busy_periods.view(unit, page.actor)
        last_day = unit.today + busy_periods.AHEAD
    errors, status = answer_to(refusal) if refusal is not None else ({}, 200)
    stored = {
        "rhythm": chosen.rhythm.value,
        "weekday": chosen.weekday,
        "topics": [topic for topic, _name in topics() if topic not in chosen.muted],
    }
    blank = {"name": "", "starts_on": "", "ends_on": "", "weekly_hours": ""}
    return page.html(
        "youth/calendar.html",
        status,
        address=address,
        feed=feed,
        upcoming=chosen.upcoming,
        periods=periods,
        at=at,
        errors=errors,
        values={**stored, **blank, **(values or {})},
        rhythms=_rhythms(),
        weekdays=_weekdays(),
        topics=topics(),
        topic_names=dict(topics()),
        last_day=last_day,
    )


def _rhythms() -> list[tuple[str, str, str]]:
    return [
        ("weekly", _("일주일에 한 번"), _("고른 요일에 한 통만 보내요.")),
        ("daily", _("하루에 한 번"), _("새로운 것이 있는 날에만 보내요.")),
        ("never", _("받지 않기"), _("이 화면에는 그대로 보여요.")),
    ]


def _weekdays() -> Choices:
    names = [
        _("월요일"),
        _("화요일"),
        _("수요일"),
        _("목요일"),
        _("금요일"),
        _("토요일"),
        _("일요일"),
    ]
    return [(str(number), name) for number, name in enumerate(names, start=1)]


def topics() -> Choices:
    return [
        ("renewal", _("자격이 끝나는 날과 갱신")),
        ("version", _("시험 버전이 바뀌는 날")),
        ("korean", _("한국어로 볼 수 있는 마지막 날")),
        ("voucher", _("바우처가 끝나는 날")),
        ("step", _("내 길의 할 일")),
        ("opening", _("담아 둔 공고의 마감")),
        ("course", _("담아 둔 과정의 신청 시작과 마감")),
    ]
