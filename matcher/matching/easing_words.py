"""An easing in words for a partner, and as a short code a form can carry and read back."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date, timedelta

from matcher.i18n import gettext as _
from matcher.i18n import in_language, josa
from matcher.matching.context import names
from matcher.ranking.easing import Easing
from matcher.ranking.recount import Option

START = "start"
LONGEST_CODE = 400


@dataclass(frozen=True)
class StudyLine:
    """A course that would close a gap; `seats_left` None where it takes everybody."""

    id: int
    title: str
    ends_on: date
    seats_left: int | None


@dataclass(frozen=True)
class EasedLine:
    """One or two changes together and how many people qualify with them."""

    changes: tuple[str, ...]
    people: int
    loss: int
    weeks: int
    studies: tuple[StudyLine, ...]
    drops_licence: bool
    code: str

    @property
    def words(self) -> str:
        return " + ".join(self.changes)


@dataclass(frozen=True)
class Change:
    """One change read back from a code. `to`: a level, or the key of another certificate."""

    key: str
    is_exclusion: bool
    verb: str
    to: str = ""


def line(option: Option, titles: Mapping[int, tuple[str, str]]) -> EasedLine:
    studies = {each.study.course.id: each.study for each in option.easings if each.study}
    return EasedLine(
        changes=tuple(said(each) for each in option.easings),
        people=option.people,
        loss=option.loss,
        weeks=option.weeks,
        studies=tuple(
            StudyLine(key, in_language(*titles.get(key, ("", ""))), each.ends_on, each.seats_left)
            for key, each in studies.items()
        ),
        drops_licence=any(each.was.kind == "licence" for each in option.easings),
        code=code(option.easings),
    )


def said(easing: Easing) -> str:
    name = _name(easing.was.key)
    if easing.change == "drop" and easing.was.kind == "exclude":
        return _("%(name)s 제외를 빼기") % {"name": name}
    if easing.change == "drop":
        return _("법정 자격 %(name)s 빼기") % {"name": josa(name, "을/를")}
    if easing.change == "nice" or easing.now is None:
        return _("%(name)s 필수에서 우대로") % {"name": josa(name, "을/를")}
    if easing.change == "swap":
        to = _name(easing.now.key)
        return _("%(name)s %(to)s 바꾸기") % {
            "name": josa(name, "을/를"),
            "to": josa(to, "으로/로"),
        }
    levels = {"was": easing.was.level or 1, "now": easing.now.level or 1}
    return _("%(name)s %(was)s수준에서 %(now)s수준으로") % {"name": josa(name, "을/를"), **levels}


def code(easings: Sequence[Easing]) -> str:
    """`skill:python=level:2|certification:SAA=swap:certification:CLF|start=2027-03-02`."""
    parts = [_token(each) for each in easings]
    late = [each.study for each in easings if each.study is not None and each.study.weeks]
    if late:
        day = max(each.ends_on for each in late) + timedelta(days=1)
        parts.append(f"{START}={day.isoformat()}")
    return "|".join(parts)


def _token(easing: Easing) -> str:
    sign = "-" if easing.was.kind == "exclude" else ""
    to = ""
    if easing.now is not None:
        to = ":" + (easing.now.key if easing.change == "swap" else str(easing.now.level or 1))
    return f"{sign}{easing.was.key}={easing.change}{to}"


def read(text: str) -> tuple[tuple[Change, ...], date | None]:
    """The changes of a code and the later start, if it names one. What makes no sense is left
    out: a code is only a suggestion for a form that a person then reads and saves."""
    changes: list[Change] = []
    start: date | None = None
    for part in text[:LONGEST_CODE].split("|"):
        key, _sign, what = part.partition("=")
        if key == START:
            start = _day(what)
            continue
        verb, _colon, to = what.partition(":")
        if verb in {"nice", "drop", "level", "swap"}:
            changes.append(Change(key.removeprefix("-"), key.startswith("-"), verb, to))
    return tuple(changes), start


def _day(text: str) -> date | None:
    try:
        return date.fromisoformat(text)
    except ValueError:
        return None


def _name(key: str) -> str:
    return in_language(*names().get(key, (key.partition(":")[2],) * 2))
