"""What is known about one trained model: the record its promotion is decided on.

Written once by training, kept as JSON beside the artefact, shown on the model's public card. Cells
about people are stored in full here and hidden below five where they are shown.
"""

from dataclasses import dataclass, field
from datetime import date
from typing import Any, Literal

from matcher.ranking.strict_json import StrictJsonError, from_plain, to_plain

SCHEMA = "oreum-model-report/1"
CANDIDATE = "candidate"
"""`model` of the version the report is about; the others are a serving label, "additive-1",
"popularity"."""

Side = Literal["youth", "partner", "course"]
Part = Literal["train", "validation", "test"]
Colour = Literal["green", "amber", "red"]
GroupVerdict = Literal["green", "amber", "red", "insufficient"]
ReasonCode = Literal[
    "better_than_serving",
    "like_serving",
    "worse_than_serving",
    "worse_than_prior",
    "worse_than_popularity",
    "few_test_lists",
    "nothing_to_learn",
    "badly_calibrated",
    "unfair",
    "fairness_doubtful",
    "fairness_unknown",
    "membership_leaks",
    "exposure_narrows",
    "not_monotone",
]
ReportError = StrictJsonError


@dataclass(frozen=True, slots=True)
class Window:
    """Days of the lists in one part of the data, both ends included."""

    part: Part
    first: date
    last: date


@dataclass(frozen=True, slots=True)
class Count:
    """`lists` = queries, `pairs` = rows, `positives` = rows with a label above nought."""

    side: Side
    part: Part
    lists: int
    people: int
    pairs: int
    positives: int


@dataclass(frozen=True, slots=True)
class Accuracy:
    """On later data; `low`..`high` = 95 % bootstrap interval over `queries` lists."""

    side: Side
    metric: str
    """Such as "NDCG@10"."""
    model: str
    value: float
    low: float
    high: float
    queries: int


@dataclass(frozen=True, slots=True)
class Comparison:
    """Candidate minus `model` on the same lists, paired 95 % interval."""

    side: Side
    metric: str
    model: str
    difference: float
    low: float
    high: float
    queries: int


@dataclass(frozen=True, slots=True)
class OffPolicy:
    """Clipped inverse-propensity estimate; `effective` = effective sample size of `lists`."""

    side: Side
    metric: str
    model: str
    value: float
    low: float
    high: float
    effective: float
    lists: int


@dataclass(frozen=True, slots=True)
class CalibrationBin:
    """Mean predicted probability, share that came true, pairs in the bin; by rising prediction."""

    side: Side
    predicted: float
    observed: float
    count: int


@dataclass(frozen=True, slots=True)
class CalibrationError:
    """Mean |predicted - observed| weighted by count; after isotonic calibration for comparison."""

    side: Side
    error: float
    isotonic: float | None = None


@dataclass(frozen=True, slots=True)
class ExposureFigure:
    """`measure`: gini, coverage (share shown at all) or never_shown (share of exposure)."""

    side: Side
    measure: Literal["gini", "coverage", "never_shown"]
    model: str
    value: float


@dataclass(frozen=True, slots=True)
class FairnessRow:
    """One group: `selected` of `assessed`; `ratio` of its rate to the best rate, `p` exact and
    Holm-corrected. `group_kind` such as university or an audit trait."""

    group_kind: str
    group: str
    selected: int
    assessed: int
    ratio: float | None
    p: float | None
    verdict: GroupVerdict


@dataclass(frozen=True, slots=True)
class ColdStart:
    """As `Accuracy`, over the lists about people, openings or courses unseen in training."""

    side: Side
    newcomer: Literal["person", "opening", "course"]
    metric: str
    model: str
    value: float
    low: float
    high: float
    queries: int


@dataclass(frozen=True, slots=True)
class Membership:
    """Loss-threshold membership attack: AUC with its 95 % interval; .5 = nothing leaks."""

    auc: float
    low: float
    high: float
    members: int
    others: int


@dataclass(frozen=True, slots=True)
class DriftReference:
    """A feature's histogram over the training pairs: `shares` has one entry more than `edges`.

    Bin k holds edges[k - 1] < x <= edges[k]; the last one what lies above. `side` youth stands for
    the features of openings, course for those of courses.
    """

    side: Side
    feature: str
    edges: tuple[float, ...]
    shares: tuple[float, ...]


@dataclass(frozen=True, slots=True)
class VerdictReason:
    """`about` names a model, metric or group; `value` is the figure behind it, where there is
    one."""

    code: ReasonCode
    about: str = ""
    value: float | None = None


@dataclass(frozen=True, slots=True)
class Verdict:
    colour: Colour
    reasons: tuple[VerdictReason, ...]


@dataclass(frozen=True, slots=True)
class ModelReport:
    """`artefact` = SHA-256 of the very artefact the figures were measured on."""

    artefact: str
    made_on: date
    trained_until: date
    seed: int
    seconds: float
    verdict: Verdict
    versions: dict[str, str] = field(default_factory=dict)
    """Library -> version."""
    notes: dict[str, float] = field(default_factory=dict)
    """Further figures by name, such as prior_share or effective_sample_size."""
    windows: tuple[Window, ...] = ()
    counts: tuple[Count, ...] = ()
    accuracy: tuple[Accuracy, ...] = ()
    comparisons: tuple[Comparison, ...] = ()
    off_policy: tuple[OffPolicy, ...] = ()
    calibration: tuple[CalibrationBin, ...] = ()
    calibration_error: tuple[CalibrationError, ...] = ()
    exposure: tuple[ExposureFigure, ...] = ()
    fairness: tuple[FairnessRow, ...] = ()
    cold_start: tuple[ColdStart, ...] = ()
    membership: Membership | None = None
    drift: tuple[DriftReference, ...] = ()

    def to_json(self) -> dict[str, Any]:
        """Plain values for a JSON column. Raises ReportError for what JSON cannot hold."""
        return {"schema": SCHEMA, **to_plain(self)}

    @classmethod
    def from_json(cls, data: object) -> "ModelReport":
        """Strict: every key known and present, every type right. Raises ReportError."""
        if not isinstance(data, dict) or data.get("schema") != SCHEMA:
            raise ReportError("not a model report of this schema")
        rest = {name: value for name, value in data.items() if name != "schema"}
        return from_plain(cls, rest)

    @classmethod
    def stored(cls, data: object) -> "ModelReport | None":
        """As `from_json`; None when there is none or when it is not readable."""
        try:
            return cls.from_json(data)
        except ReportError:
            return None
