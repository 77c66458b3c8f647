"""One opening's masked people as a partner's pages show them: plain values, nothing to unmask.

There is no field for a name, a school, an age or a free text.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date

from matcher.matching.candidate_filters import EVERYBODY, FilterCounts, Filters
from matcher.matching.explained import Explained
from matcher.matching.shown_projects import MaskedShowing
from matcher.matching.sub_scores import SubScore
from matcher.ranking.candidates import EmptyCode, HelpCode
from models.application import IntroductionState, RefusalReason, ShortlistState

NEW, SHORTLISTED, ASKED, APPLIED, SET_ASIDE = (
    "new", "shortlisted", "asked", "applied", "set_aside",
)  # fmt: skip
TABS = (NEW, SHORTLISTED, ASKED, APPLIED, SET_ASIDE)


@dataclass(frozen=True)
class QueueRow:
    """`was_opened` by the account that looks."""

    number: str
    label: str
    rank: int
    explained: Explained
    tab: str
    is_drawn: bool = False
    """The person stands here by lot; `rank` is the true one."""
    sub_scores: tuple[SubScore, ...] = ()
    available_from: date | None = None
    was_opened: bool = False
    is_example: bool = False


@dataclass(frozen=True)
class Nothing:
    """Why a list is empty and the one change that helps; `name` is what to change."""

    code: EmptyCode | str
    help: HelpCode | str = ""
    name: str = ""
    unlocks: int = 0


@dataclass(frozen=True)
class TraitLine:
    """What the examples share: in whole percents of the feature, and the mean of the others."""

    name: str
    examples: int
    others: int | None


@dataclass(frozen=True)
class CalibrationView:
    """The people marked as ideal, and what follows: nothing as long as there are too few, or they
    share nothing the score looks at."""

    examples: tuple[tuple[str, str], ...] = ()
    """Number and label."""
    traits: tuple[TraitLine, ...] = ()
    wanted: int = 0
    """How many more examples it takes."""

    @property
    def is_full(self) -> bool:
        return self.wanted < 0


@dataclass(frozen=True)
class LastDecision:
    """What the reader did last and can take back. `tab`: where the person stands because of it."""

    label: str
    tab: str
    people: int


@dataclass(frozen=True)
class Queue:
    """One page of the ranked, masked people of an opening. `total` = all that were ranked,
    `looked` = how many of them the reader opened or decided about."""

    opening_id: int
    title: str
    sector: str
    closes_on: date
    is_demo: bool
    tab: str
    page: int
    pages: int
    counts: Mapping[str, int]
    total: int
    left_out: int
    rows: tuple[QueueRow, ...]
    nothing: Nothing | None
    may_rank: bool = True
    is_neutral: bool = False
    filters: Filters = EVERYBODY
    filtered: FilterCounts | None = None
    keys: tuple[tuple[str, str], ...] = ()
    """Requirements to filter by: key and name."""
    looked: int = 0
    calibration: CalibrationView | None = None
    """None where ranking is off: nothing is offered."""
    last: LastDecision | None = None


@dataclass(frozen=True)
class RequestState:
    id: int
    state: IntroductionState
    answer_by: date
    version: int


@dataclass(frozen=True)
class Chosen:
    """One masked person; `before` and `after` are the neighbours' numbers in the list shown."""

    row: QueueRow
    position: tuple[int, int]
    proved: int
    projects: tuple[MaskedShowing, ...]
    """Shown in public: evidence beside certificates."""
    available_from: date | None
    regions: tuple[str, ...]
    exams: tuple[tuple[str, date | None], ...]
    mark: ShortlistState | None
    mark_reason: RefusalReason | None
    request: RequestState | None
    has_applied: bool
    ask_by: tuple[date, date, date]
    """First, suggested and last day for an answer to a request."""
    before: str = ""
    after: str = ""
    is_example: bool = False
    may_be_example: bool = False
    is_barred: bool = False
    """The reader declared a conflict of interest, or also works for the person's university."""
    waits: str = ""
    """Why nobody can be asked in the phase of now, and until when."""


@dataclass(frozen=True)
class Compared:
    """Up to four people side by side; `gone` of those asked for are not visible any more."""

    queue: Queue
    people: tuple[Chosen, ...]
    gone: int
