"""Hard rules: who or what is not ranked at all, and why. Soft requirements only move the score."""

from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Literal

from matcher.ranking.requirements import canonical, hard, holds_exactly
from matcher.ranking.types import Course, Requirement, Seeker

ExclusionCode = Literal["closed", "licence_missing", "exclude_hit", "no_open_session"]
EmptyCode = Literal[
    "no_openings",
    "no_candidates",
    "no_courses",
    "no_profile_data",
    "all_closed",
    "all_excluded_by_licence",
    "all_excluded_by_rule",
    "all_without_open_session",
    "all_excluded",
]
HelpCode = Literal[
    "wait_for_new", "add_skill", "get_licence", "drop_licence", "drop_exclusion", "reopen"
]
Kind = Literal["opening", "candidate", "course"]
_NONE: dict[Kind, EmptyCode] = {
    "opening": "no_openings",
    "candidate": "no_candidates",
    "course": "no_courses",
}
_ALL: dict[str, EmptyCode] = {
    "closed": "all_closed",
    "licence_missing": "all_excluded_by_licence",
    "exclude_hit": "all_excluded_by_rule",
    "no_open_session": "all_without_open_session",
}


@dataclass(frozen=True, slots=True)
class Excluded:
    """`keys` = the licences missing or the exclusions hit; `closed_on` for closed ones."""

    id: int
    code: ExclusionCode
    keys: tuple[str, ...] = ()
    closed_on: date | None = None


@dataclass(frozen=True, slots=True)
class Help:
    """The one change that helps most; `unlocks` = how many items it would bring back."""

    code: HelpCode
    key: str | None = None
    unlocks: int = 0


@dataclass(frozen=True, slots=True)
class EmptyReason:
    """Why nothing is ranked. `counts` = excluded items by code."""

    code: EmptyCode
    help: Help
    counts: Mapping[str, int]


def stopped(
    item_id: int, rules: Sequence[Requirement], seeker: Seeker, closes_on: date | None, today: date
) -> Excluded | None:
    """The first rule that keeps a pair out: closed, then licences, then exclusions."""
    if closes_on is not None and closes_on < today:
        return Excluded(item_id, "closed", closed_on=closes_on)
    if not rules:
        return None
    broken = [
        each for each in rules if holds_exactly(seeker, each, today) is not (each.kind == "licence")
    ]
    missing = tuple(each.key for each in broken if each.kind == "licence")
    if missing:
        return Excluded(item_id, "licence_missing", missing)
    hits = tuple(each.key for each in broken)
    return Excluded(item_id, "exclude_hit", hits) if hits else None


def stopped_course(course: Course, seeker: Seeker, today: date) -> Excluded | None:
    if not any(each.is_open(today) for each in course.sessions):
        return Excluded(course.id, "no_open_session")
    return stopped(course.id, hard(canonical(course.needed)), seeker, None, today)


def why_empty(excluded: Sequence[Excluded], kind: Kind) -> EmptyReason:
    """Only for rankings without items. A single code that stopped everything is named."""
    counts: dict[str, int] = dict(sorted(Counter(each.code for each in excluded).items()))
    if not counts:
        return EmptyReason(_NONE[kind], Help("wait_for_new"), counts)
    code = _ALL[next(iter(counts))] if len(counts) == 1 else "all_excluded"
    return EmptyReason(code, _best_help(excluded, kind == "candidate"), counts)


def blank_profile(seeker: Seeker, wanted: Iterable[Iterable[Requirement]]) -> EmptyReason | None:
    """Nothing recorded: say so, and name the skill that most of these ask for first."""
    if not seeker.is_blank:
        return None
    asked = Counter(
        key
        for some in wanted
        for key in sorted({each.key for each in some if each.kind == "must"})
        if key.startswith("skill:")
    )
    if not asked:
        return EmptyReason("no_profile_data", Help("add_skill"), {})
    key = min(asked, key=lambda each: (-asked[each], each))
    return EmptyReason("no_profile_data", Help("add_skill", key, asked[key]), {})


def _best_help(excluded: Sequence[Excluded], for_partner: bool) -> Help:
    """Only changes that alone let an item in are counted; the most useful wins, then key order."""
    alone = Counter((each.code, each.keys[0]) for each in excluded if len(each.keys) == 1)
    usable = {
        pair: count for pair, count in alone.items() if pair[0] == "licence_missing" or for_partner
    }
    if usable:
        code, key = min(usable, key=lambda each: (-usable[each], each))
        return Help(_HELP[code, for_partner], key, usable[code, key])
    if for_partner and any(each.code == "closed" for each in excluded):
        return Help("reopen", unlocks=sum(each.code == "closed" for each in excluded))
    return Help("wait_for_new")


_HELP: dict[tuple[str, bool], HelpCode] = {
    ("licence_missing", False): "get_licence",
    ("licence_missing", True): "drop_licence",
    ("exclude_hit", True): "drop_exclusion",
}
