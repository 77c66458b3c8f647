"""A desk's people: what waits today, the roster, and counts with small cells hidden."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from itertools import pairwise

from matcher.actor import Actor
from matcher.catalogue.certifications import load_programme
from matcher.db import Unit
from matcher.i18n import gettext as _
from matcher.i18n import in_language
from matcher.matching.desk_counters import Counter, Urgency, counters
from matcher.matching.paging import pages_of
from matcher.policy import small_cells
from matcher.policy.small_cells import Cell
from matcher.refusal import Invalid
from matcher.store import cohort as store
from matcher.store import cohort_counts, organisations
from matcher.store.cohort import Attention, Filter, RosterRow, Sort
from matcher.store.cohort_counts import WITHOUT, GroupCounts
from models.account import Role
from models.organisation import OrganisationKind
from models.youth import YouthStatus

__all__ = ["Attention", "Sort"]
SIZE = 25
MONTHS = 6
NO_UNIVERSITY = "none"
LEVELS = ("foundational", "associate", "professional", "specialty")


@dataclass(frozen=True)
class Wanted:
    """What a reader asks the roster for; `university` is a slug, or "none"."""

    search: str = ""
    university: str = ""
    status: YouthStatus | None = None
    sector: str | None = None
    certificate: str | None = None
    attention: Attention | None = None
    sort: Sort = Sort.NAME
    page: int = 1


@dataclass(frozen=True)
class RosterLine:
    row: RosterRow
    organisation: str
    held: tuple[str, ...]


@dataclass(frozen=True)
class Roster:
    lines: tuple[RosterLine, ...]
    total: int
    page: int
    pages: int
    attention: Mapping[Attention, int]
    """People by what they need, within the other filters."""
    universities: tuple[tuple[str, str], ...]
    """(slug, name) to filter by; empty at a university."""
    certificates: tuple[tuple[str, str], ...]


@dataclass(frozen=True)
class Figure:
    """One count of people; `key` is a stage, a level or the first day of a month."""

    key: str
    cell: Cell


@dataclass(frozen=True)
class Cohort:
    stages: tuple[Figure, ...]
    levels: tuple[Figure, ...]
    months: tuple[Figure, ...]
    universities: tuple[tuple[str, str], ...]
    university: str


@dataclass(frozen=True)
class Home:
    counters: tuple[Counter, ...]
    """The most pressing first."""
    cohort: Cohort

    @property
    def to_settle(self) -> int:
        return sum(each.n for each in self.counters if each.urgency is Urgency.NOW)


def home(unit: Unit, actor: Actor) -> Home:
    return Home(counters(unit, actor), cohort(unit, actor))


def waiting(unit: Unit, actor: Actor) -> tuple[Counter, ...]:
    """What a desk has to settle or look at, for a home that has more to show than this."""
    return tuple(each for each in counters(unit, actor) if each.urgency is not Urgency.COMING)


def roster(unit: Unit, actor: Actor, wanted: Wanted) -> Roster:
    """One page of people by name; who was listed is recorded. Raises Invalid by field."""
    asked, certificates = _filter(unit, actor, wanted), _certificates()
    known = {code for code, _name in certificates}
    if wanted.certificate is not None and wanted.certificate not in known:
        raise Invalid({"certificate": _("목록에 있는 자격을 골라 주십시오.")})
    session, today = unit.session, unit.today
    found = store.roster(session, actor, asked, wanted.sort, today, wanted.page, SIZE)
    held = store.held(session, [row.youth_id for row in found], today)
    total = store.count(session, actor, asked, today)
    if found:
        unit.access("roster:listed", None, youths=[row.youth_id for row in found])
    besides = Filter(**{**vars(asked), "attention": None})
    return Roster(
        lines=tuple(
            RosterLine(row, _university(row), held.get(row.youth_id, ())) for row in found
        ),
        total=total,
        page=wanted.page,
        pages=pages_of(total, SIZE),
        attention=store.attention_counts(session, actor, besides, today),
        universities=_universities(unit, actor),
        certificates=certificates,
    )  # fmt: skip


def cohort(unit: Unit, actor: Actor, university: str = "") -> Cohort:
    """Counts of one university, or of everybody the desk looks after. Which numbers are hidden
    does not depend on the one asked for, so that no two answers give a third away."""
    chosen = _chosen(unit, actor, university)
    months = _months(unit.today)
    asked = cohort_counts.Asked(_codes_by_level(), months)
    groups = cohort_counts.by_group(unit.session, actor, asked, unit.today)
    ways = small_cells.protect_way(_columns(groups, "stages", len(cohort_counts.STAGES)))
    levels = [small_cells.protect(part) for part in _columns(groups, "levels", len(LEVELS))]
    passes = [small_cells.protect(part) for part in _columns(groups, "months", MONTHS)]

    def figures(keys: Sequence[str], columns: Sequence[small_cells.Column]) -> tuple[Figure, ...]:
        return tuple(
            Figure(key, column.total if chosen is None else column.groups.get(chosen, Cell(0)))
            for key, column in zip(keys, columns, strict=True)
        )

    return Cohort(
        stages=figures(cohort_counts.STAGES, ways),
        levels=figures(LEVELS, levels),
        months=figures([first.isoformat() for first, _after in months], passes),
        universities=_universities(unit, actor),
        university=university,
    )


def _columns(groups: Mapping[int, GroupCounts], part: str, length: int) -> list[dict[int, int]]:
    return [
        {group: getattr(counts, part)[place] for group, counts in groups.items()}
        for place in range(length)
    ]


def _chosen(unit: Unit, actor: Actor, university: str) -> int | None:
    asked = _filter(unit, actor, Wanted(university=university))
    return WITHOUT if asked.is_without_university else asked.organisation_id


def _filter(unit: Unit, actor: Actor, wanted: Wanted) -> Filter:
    number = None
    if wanted.university not in ("", NO_UNIVERSITY) or (
        wanted.university and actor.role is not Role.CENTRE
    ):
        found = organisations.by_slug(unit.session, wanted.university)
        is_one = found is not None and found.kind is OrganisationKind.UNIVERSITY
        if found is None or not is_one or actor.role is not Role.CENTRE:
            raise Invalid({"university": _("목록에 있는 대학을 골라 주십시오.")})
        number = found.id
    return Filter(
        search=wanted.search,
        organisation_id=number,
        is_without_university=wanted.university == NO_UNIVERSITY,
        status=wanted.status,
        sector=wanted.sector,
        certificate=wanted.certificate,
        attention=wanted.attention,
    )


def _university(row: RosterRow) -> str:
    return in_language(row.organisation_ko or "", row.organisation_en or "")


def _universities(unit: Unit, actor: Actor) -> tuple[tuple[str, str], ...]:
    if actor.role is not Role.CENTRE:
        return ()
    found = organisations.by_kind(unit.session, OrganisationKind.UNIVERSITY)
    return (
        *((row.slug, in_language(row.name_ko, row.name_en)) for row in found),
        (NO_UNIVERSITY, _("대학에 속하지 않은 사람")),
    )


def _certificates() -> tuple[tuple[str, str], ...]:
    known = load_programme().certifications
    named = ((each.id, in_language(each.name_ko, each.name_en)) for each in known)
    return tuple((code, f"{code} · {name}") for code, name in named)


def _codes_by_level() -> dict[str, list[str]]:
    codes: dict[str, list[str]] = {level: [] for level in LEVELS}
    for each in load_programme().certifications:
        # The one business certificate is an entry one, as on the map.
        codes[each.level_slug.replace("business", "foundational")].append(each.id)
    return codes


def _months(today: date) -> list[tuple[date, date]]:
    """First day and the day after, for this month and those before it, the oldest first."""
    number = today.year * 12 + today.month - 1
    firsts = [date(n // 12, n % 12 + 1, 1) for n in range(number - MONTHS + 1, number + 2)]
    return list(pairwise(firsts))
