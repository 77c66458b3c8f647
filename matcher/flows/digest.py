"""What is coming up for a person: on their page, and in one mail instead of many."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date
from itertools import groupby

from sqlalchemy.exc import IntegrityError

from matcher.clock import JEJU, day_of
from matcher.db import Unit, Units
from matcher.i18n import gettext as _
from matcher.i18n import language_or_none, use_language
from matcher.matching.coming_up import Happening, NoticeView, happenings, notice_view
from matcher.planning.notices import Notice, Topic, is_due, is_quiet, news, notices
from matcher.refusal import Conflict, Invalid
from matcher.store import accounts, calendar, outbox
from models.account import AccountState
from models.calendar import DigestChoice, DigestRhythm

AT_ONCE = 500
"""People whose rows are read together."""


@dataclass(frozen=True)
class DigestView:
    rhythm: DigestRhythm
    weekday: int
    muted: tuple[str, ...]
    upcoming: tuple[NoticeView, ...]
    """Muted topics too: muting is about mail."""


@dataclass(frozen=True)
class Written:
    """`is_quiet`: nothing was looked at, because it is night in Jeju."""

    written: int = 0
    empty: int = 0
    """People whose digest was due and who had no news."""
    is_quiet: bool = False


@dataclass(frozen=True)
class _Reader:
    """`last` the day of the newest digest."""

    account_id: int
    youth_id: int
    language: str
    muted: tuple[str, ...]
    last: date | None


def view(unit: Unit) -> DigestView:
    actor = unit.signed_in
    row = calendar.choice_of(unit.session, actor.account_id) or _default(unit, actor.account_id)
    about = _by_key(unit, [actor.own_youth_id]).get(actor.own_youth_id, {})
    found = notices([each.fact for each in about.values()], unit.today)
    upcoming = tuple(notice_view(each, about[each.key]) for each in found)
    return DigestView(row.rhythm, row.weekday, tuple(row.muted), upcoming)


def choose(unit: Unit, rhythm: DigestRhythm, weekday: int, muted: Sequence[Topic]) -> None:
    """Raises Invalid for a day that is no weekday, Conflict when another tab was faster."""
    if not 1 <= weekday <= 7:
        raise Invalid({"weekday": _("요일을 골라 주세요.")})
    account_id = unit.signed_in.account_id
    row = calendar.choice_of(unit.session, account_id) or _default(unit, account_id)
    row.rhythm, row.weekday = rhythm, weekday
    row.muted = sorted({topic.value for topic in muted})
    row.updated_at = unit.now
    try:
        with unit.session.begin_nested():
            unit.session.add(row)
    except IntegrityError:
        raise Conflict(
            _("그 사이에 다른 곳에서 먼저 바뀌었어요. 새로 열어 확인해 주세요.")
        ) from None
    unit.audit("digest:chosen", "account", account_id, rhythm=rhythm.value, weekday=weekday)


def write_due(units: Units, is_now: bool = False) -> Written:
    """Write every digest that is due. Running it twice writes each once: a digest counts as the
    last one from the moment it is written, and its key holds the account and the day.

    `is_now` writes at night too; it does not make a digest due.
    """
    with units.reading() as unit:
        if is_quiet(unit.now.astimezone(JEJU).time()) and not is_now:
            return Written(is_quiet=True)
        due = list(_lines(unit, list(_due_readers(unit))))
    told = [_write(units, reader, lines) for reader, lines in due if lines]
    return Written(sum(told), len(due) - len(told))


def _due_readers(unit: Unit) -> Iterator[_Reader]:
    choices, last = calendar.choices(unit.session), outbox.newest(unit.session, calendar.DIGEST)
    for account, youth_id in calendar.readers(unit.session, unit.today):
        account_id = account.id or 0
        row = choices.get(account_id) or _default(unit, account_id)
        before = day_of(last[account_id]) if account_id in last else None
        if is_due(row.rhythm.value, row.weekday, unit.today, before):
            language = account.language
            yield _Reader(account_id, youth_id, language, tuple(row.muted), before)


def _lines(unit: Unit, readers: Sequence[_Reader]) -> Iterator[tuple[_Reader, list[NoticeView]]]:
    """What is new to each, in their language."""
    ordered = sorted(readers, key=lambda each: each.language)
    for code, group in groupby(ordered, key=lambda each: each.language):
        people = list(group)
        with use_language(language_or_none(code) or "ko"):
            for start in range(0, len(people), AT_ONCE):
                some = people[start : start + AT_ONCE]
                known = _by_key(unit, [each.youth_id for each in some])
                for reader in some:
                    yield reader, _news(known.get(reader.youth_id, {}), reader, unit.today)


def _news(about: dict[str, Happening], reader: _Reader, today: date) -> list[NoticeView]:
    found = notices([each.fact for each in about.values()], today, reader.muted)
    fresh: Sequence[Notice] = news(found, reader.last, today)
    return [notice_view(each, about[each.key]) for each in fresh]


def _by_key(unit: Unit, youth_ids: Sequence[int]) -> dict[int, dict[str, Happening]]:
    found = happenings(unit.session, youth_ids, unit.today)
    return {youth_id: {each.fact.key: each for each in rows} for youth_id, rows in found.items()}


def _write(units: Units, reader: _Reader, lines: Sequence[NoticeView]) -> bool:
    """False when another run wrote it meanwhile, or the person is gone."""
    context = {"lines": [{"text": each.text, "path": each.href} for each in lines]}
    account_id = reader.account_id
    with units.writing() as unit:
        account = accounts.by_id(unit.session, account_id)
        last = outbox.newest(unit.session, calendar.DIGEST, account_id).get(account_id)
        if account is None or account.state is not AccountState.ACTIVE:
            return False
        if last is not None and (reader.last is None or day_of(last) > reader.last):
            return False
        key = f"{calendar.DIGEST}:{account_id}:{unit.today.isoformat()}"
        try:
            with unit.session.begin_nested():
                outbox.put(unit.session, account, calendar.DIGEST, unit.now, key, **context)
        except IntegrityError:
            return False
    return True


def _default(unit: Unit, account_id: int) -> DigestChoice:
    return DigestChoice(account_id=account_id, updated_at=unit.now)
