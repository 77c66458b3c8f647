"""A desk looks at records that may be of one person, merges them, and can take the merge back.

A merge moves rows and notes what each said before. The second account is switched off meanwhile;
its owner and the other are both told.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any, Final

from matcher.actor import Actor
from matcher.db import Unit
from matcher.i18n import gettext as _
from matcher.i18n import in_language
from matcher.matching.duplicates import known, suggested
from matcher.planning.duplicates import Pair, compared
from matcher.refusal import Conflict, Invalid, NotFound
from matcher.store import merging as store
from matcher.store import organisations, outbox, youths
from matcher.store.merging import Person
from models.account import Account, AccountState, Role
from models.people_desk import DistinctPair, PersonMerge
from models.youth import AffiliationState, YouthProfile, YouthStatus

MOST_PAIRS = 100
FIELDS: Final = (
    "name", "external_id", "status", "graduation_on", "available_from", "weekly_hours",
    "budget_krw", "about",
)  # fmt: skip
"""What a desk chooses between two records; `name` is the account's."""


@dataclass(frozen=True)
class PairLine:
    first: int
    second: int
    names: tuple[str, str]
    universities: tuple[str, str]
    reasons: tuple[str, ...]
    is_own: bool
    """This desk may merge the two; else the centre does."""
    is_demo: bool


@dataclass(frozen=True)
class Side:
    youth_id: int
    name: str
    email: str
    university: str
    is_confirmed: bool
    """The university itself said that the person belongs to it."""
    created_at: datetime
    rows: Mapping[str, int]
    """How many rows of each kind belong to the record."""


@dataclass(frozen=True)
class Field:
    key: str
    values: tuple[Any, Any]


@dataclass(frozen=True)
class PairView:
    sides: tuple[Side, Side]
    reasons: tuple[str, ...]
    fields: tuple[Field, ...]
    """Only those in which the two differ."""
    is_own: bool
    """As in `PairLine`."""


@dataclass(frozen=True)
class MergeLine:
    id: int
    name: str
    youth_id: int
    merged_on: date
    is_own: bool
    """This desk may take it back; else the centre does."""


@dataclass(frozen=True)
class DuplicatesView:
    pairs: tuple[PairLine, ...]
    total: int
    merges: tuple[MergeLine, ...]
    pair: PairView | None


@dataclass(frozen=True)
class Choice:
    """`from_other` names the fields taken from the record that goes."""

    kept: int
    other: int
    from_other: frozenset[str] = frozenset()


def view(unit: Unit, actor: Actor, pair: tuple[int, int] | None = None) -> DuplicatesView:
    pairs, people = suggested(unit, actor)
    shown = pairs[:MOST_PAIRS]
    if shown:
        seen = sorted({number for each in shown for number in (each.first, each.second)})
        unit.access("duplicates:listed", None, youths=seen)
    return DuplicatesView(
        pairs=tuple(_line(actor, each, people) for each in shown),
        total=len(pairs),
        merges=tuple(_merge(actor, row) for row in store.merges(unit.session, actor)),
        pair=None if pair is None else _pair(unit, actor, *pair),
    )


def merge(unit: Unit, actor: Actor, choice: Choice) -> int:
    """Move everything of `other` to `kept`; gives the number under which it can be undone.

    Raises Conflict for a university where one of the two only says to belong to it: whoever names
    a university must not be joined, by it, with a record that is surely another's.
    """
    if choice.kept == choice.other or not choice.from_other <= set(FIELDS):
        raise Invalid({"": _("합칠 두 기록을 다시 골라 주십시오.")})
    youths.hold(unit.session, [choice.kept, choice.other])
    kept, other = _person(unit, actor, choice.kept), _person(unit, actor, choice.other)
    if not _is_own(actor, kept, other):
        words = _("소속을 확인하지 않은 기록이 있어 이 대학이 합칠 수 없습니다. 센터가 합칩니다.")
        raise Conflict(words)
    row = PersonMerge(
        youth_id=choice.kept, other_youth_id=choice.other, account_id=actor.account_id,
        merged_at=unit.now,
    )  # fmt: skip
    unit.session.add(row)
    unit.session.flush()  # the notes refer to it
    mover = store.Mover(unit.session, row.id or 0, choice.kept)
    _settle(unit, mover, kept, other, choice.from_other)
    mover.take_all(choice.other)
    unit.session.expire_all()  # rows were changed beneath the objects
    unit.audit(
        "person:merged", "youth", choice.kept, merge=row.id, other=choice.other, rows=mover.moved
    )
    for youth_id in (choice.kept, choice.other):
        unit.access("person:merged", youth_id, merge=row.id)
    _tell(unit, actor, (kept.account, other.account), "merged", row.id or 0)
    return row.id or 0


def undo(unit: Unit, actor: Actor, merge_id: int) -> None:
    """Put every row back that still says what the merge wrote; what changed since stays. The notes
    go with that: they quote both people, who are two again and may be erased one by one.

    Raises Conflict for a university where another desk merged the two: what it could not join it
    must not part either.
    """
    found = store.merge(unit.session, actor, merge_id)
    if found is None:
        raise NotFound
    if not _is_its_merge(actor, found):
        raise Conflict(_("이 대학에서 합친 것이 아니어서 센터가 되돌립니다."))
    row = found.merge
    youths.hold(unit.session, [row.youth_id, row.other_youth_id])
    for note in store.changes(unit.session, merge_id):
        store.put_back(unit.session, note)
    store.forget_changes(unit.session, merge_id)
    row.undone_at = unit.now
    unit.session.add(row)
    unit.session.flush()
    unit.session.expire_all()  # rows were changed beneath the objects
    unit.audit("person:unmerged", "youth", row.youth_id, merge=merge_id, other=row.other_youth_id)
    accounts = []
    for youth_id in (row.youth_id, row.other_youth_id):
        unit.access("person:unmerged", youth_id, merge=merge_id)
        profile = unit.session.get_one(YouthProfile, youth_id)
        accounts.append(unit.session.get_one(Account, profile.account_id))
    _tell(unit, actor, (accounts[0], accounts[1]), "unmerged", merge_id)


def keep_apart(unit: Unit, actor: Actor, first: int, second: int) -> None:
    """Remember that these are two people; asked twice it stays as it is."""
    if first == second:
        raise Invalid({"": _("합칠 두 기록을 다시 골라 주십시오.")})
    for youth_id in (first, second):
        _person(unit, actor, youth_id)
    low, high = sorted((first, second))
    if (low, high) in store.apart(unit.session):
        return
    unit.session.add(
        DistinctPair(youth_id=low, other_youth_id=high, account_id=actor.account_id, at=unit.now)
    )
    unit.audit("person:kept_apart", "youth", low, other=high)


def _settle(
    unit: Unit, mover: store.Mover, kept: Person, other: Person, chosen: frozenset[str]
) -> None:
    """The chosen values, and the second record out of every list; its student number goes first,
    for two records cannot have one."""
    profiles, accounts = YouthProfile.__table__, Account.__table__  # type: ignore[attr-defined]
    values: dict[str, Any] = {
        name: getattr(other.profile, name) for name in FIELDS[1:] if name in chosen
    }
    number, name = other.profile.id or 0, other.account.name
    if "external_id" in values:
        mover.change(profiles, number, {"external_id": None})
    if "name" in chosen:
        mover.change(accounts, kept.account.id or 0, {"name": name})
    later = {"version": kept.profile.version + 1}
    mover.change(profiles, kept.profile.id or 0, {**values, **later})
    ended = {
        "affiliation_state": AffiliationState.ENDED,
        "version": other.profile.version + 1,
    }
    mover.change(profiles, number, ended)
    if other.account.state is AccountState.ACTIVE:
        mover.change(accounts, other.account.id or 0, {"state": AccountState.DISABLED})


def _person(unit: Unit, actor: Actor, youth_id: int) -> Person:
    found = store.person(unit.session, actor, youth_id)
    if found is None:
        raise NotFound
    if found.account.state is AccountState.DISABLED:
        raise Conflict(_("멈춘 계정의 기록은 합치지 않습니다."))
    return found


def _is_own(actor: Actor, *people: Person) -> bool:
    """Everybody is the centre's; a university's are those it confirmed."""
    return actor.role is Role.CENTRE or all(_is_confirmed(each) for each in people)


def _is_confirmed(person: Person) -> bool:
    return person.profile.affiliation_state is AffiliationState.CONFIRMED


def _pair(unit: Unit, actor: Actor, first: int, second: int) -> PairView:
    if first == second:
        raise NotFound
    one, two = _person(unit, actor, first), _person(unit, actor, second)
    for youth_id in (first, second):
        unit.access("duplicates:read", youth_id)
    return PairView(
        (_side(unit, one), _side(unit, two)),
        compared(known(one), known(two)).reasons,
        tuple(
            Field(key, (_value(one, key), _value(two, key)))
            for key in FIELDS
            if _value(one, key) != _value(two, key)
        ),
        _is_own(actor, one, two),
    )


def _value(person: Person, key: str) -> Any:
    value = person.account.name if key == "name" else getattr(person.profile, key)
    return value.value if isinstance(value, YouthStatus) else value


def _side(unit: Unit, person: Person) -> Side:
    return Side(
        youth_id=person.profile.id or 0,
        name=person.account.name,
        email=person.account.email,
        university=_university(person),
        is_confirmed=_is_confirmed(person),
        created_at=person.profile.created_at,
        rows=store.counts(unit.session, person.profile.id or 0),
    )


def _university(person: Person) -> str:
    row = person.organisation
    return "" if row is None else in_language(row.name_ko, row.name_en)


def _line(actor: Actor, pair: Pair, people: Mapping[int, Person]) -> PairLine:
    one, two = people[pair.first], people[pair.second]
    return PairLine(
        pair.first,
        pair.second,
        (one.account.name, two.account.name),
        (_university(one), _university(two)),
        pair.reasons,
        _is_own(actor, one, two),
        one.account.is_demo or two.account.is_demo,
    )


def _is_its_merge(actor: Actor, row: store.MergeRow) -> bool:
    return actor.role is Role.CENTRE or row.desk_id == actor.organisation_id


def _merge(actor: Actor, row: store.MergeRow) -> MergeLine:
    merge_, merged_on = row.merge, row.merge.merged_at.date()
    own = _is_its_merge(actor, row)
    return MergeLine(merge_.id or 0, row.name, merge_.youth_id, merged_on, own)


def _tell(
    unit: Unit, actor: Actor, accounts: tuple[Account, Account], what: str, merge_id: int
) -> None:
    desk = organisations.get(unit.session, actor.organisation_id)
    for account in accounts:
        outbox.put(
            unit.session, account, "person_merged", unit.now,
            f"person:{what}:{merge_id}:{account.id}", what=what,
            is_kept=account is accounts[0],
            desk_ko=desk.name_ko if desk else "", desk_en=desk.name_en if desk else "",
        )  # fmt: skip
