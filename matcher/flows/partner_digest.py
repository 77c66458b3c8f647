"""One mail to a partner about all the answers it owes: three days before, and on the day.

It names postings and counts. Whom the answers are for stands on the pages behind the sign-in, and
there the partner can also say why it needs longer.
"""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from itertools import groupby
from typing import Any

from sqlalchemy.exc import IntegrityError

from matcher.clock import JEJU, day_of
from matcher.db import Unit, Units
from matcher.planning.notices import is_quiet
from matcher.policy.reply_clock import ends_on, is_news
from matcher.store import accounts, outbox
from matcher.store import reply_clock as store
from matcher.store.reply_clock import DIGEST, LapsedLine, OwedLine
from models.account import AccountState

REACHES_BACK = timedelta(days=60)
"""An ended application older than this is no news to anybody."""


@dataclass(frozen=True)
class _Letter:
    account_id: int
    last: datetime | None
    context: dict[str, Any]


def is_night(units: Units) -> bool:
    """The hours of Jeju in which nothing is ended and no mail is written."""
    with units.reading() as unit:
        return is_quiet(unit.now.astimezone(JEJU).time())


def write_due(units: Units) -> int:
    """Write every digest that has news. Running it twice writes each once."""
    with units.reading() as unit:
        letters = list(_letters(unit))
    return sum(_write(units, each) for each in letters)


def _letters(unit: Unit) -> Iterator[_Letter]:
    owed, ended = store.owed(unit.session), store.lapsed(unit.session, unit.now - REACHES_BACK)
    last = outbox.newest(unit.session, DIGEST)
    for account, organisation_id in store.readers(unit.session):
        before = last.get(account.id or 0)
        mine = [each for each in owed if each.organisation_id == organisation_id]
        lost = [
            each
            for each in ended
            if each.organisation_id == organisation_id and each.at > (before or account.created_at)
        ]
        day = None if before is None else day_of(before)
        if lost or any(is_news(each.answer_by, day, unit.today) for each in mine):
            context = {"lines": _lines(mine, unit.today), "ended": _ended(lost)}
            yield _Letter(account.id or 0, before, context)


def _lines(owed: Sequence[OwedLine], today: date) -> list[dict[str, Any]]:
    """One a posting: how many wait, the first promised day, and how many are past it."""
    by_opening = sorted(owed, key=lambda each: (each.opening_id, each.answer_by))
    lines = []
    for opening_id, group in groupby(by_opening, key=lambda each: each.opening_id):
        some = list(group)
        first = some[0]
        lines.append(
            {
                "opening_id": opening_id,
                "title_ko": first.title_ko,
                "title_en": first.title_en,
                "waiting": len(some),
                "overdue": sum(each.answer_by < today for each in some),
                "answer_by": first.answer_by.isoformat(),
                "ends_on": ends_on(first.answer_by).isoformat(),
            }
        )
    return sorted(lines, key=lambda line: (line["answer_by"], line["opening_id"]))


def _ended(lapsed: Sequence[LapsedLine]) -> list[dict[str, Any]]:
    """One a posting: how many ended without an answer."""
    lines = []
    for opening_id, group in groupby(lapsed, key=lambda each: each.opening_id):
        some = list(group)
        lines.append(
            {
                "opening_id": opening_id,
                "title_ko": some[0].title_ko,
                "title_en": some[0].title_en,
                "count": len(some),
            }
        )
    return lines


def _write(units: Units, letter: _Letter) -> bool:
    """False when another run wrote it meanwhile, or the account is gone."""
    with units.writing() as unit:
        account = accounts.by_id(unit.session, letter.account_id)
        if account is None or account.state is not AccountState.ACTIVE:
            return False
        last = outbox.newest(unit.session, DIGEST, letter.account_id).get(letter.account_id)
        if last != letter.last:
            return False
        key = f"{DIGEST}:{letter.account_id}:{unit.today.isoformat()}"
        try:
            with unit.session.begin_nested():
                outbox.put(unit.session, account, DIGEST, unit.now, key, **letter.context)
        except IntegrityError:
            return False
    return True
