"""The public card of every ranking model: what it looks at, how well it did, and where it ends."""

from dataclasses import dataclass
from datetime import date

from matcher.clock import day_of
from matcher.db import Unit
from matcher.matching import model_words, serving
from matcher.matching.model_figures import Measured, measured
from matcher.matching.model_shapes import Shapes, shapes_of
from matcher.ranking.artefact import ArtefactError
from matcher.ranking.combine import as_tables
from matcher.ranking.courses import COURSE_FEATURES
from matcher.ranking.features import OPENING_FEATURES
from matcher.ranking.model import prior
from matcher.ranking.report import ModelReport
from matcher.refusal import NotFound
from matcher.store import model_versions
from models.model_version import ModelVersion

PRIOR = "additive-1"


@dataclass(frozen=True)
class CardLine:
    label: str
    state: str
    verdict: str
    made_on: date | None
    is_serving: bool


@dataclass(frozen=True)
class Card:
    """`measured` None for the prior, and where no readable report is kept."""

    label: str
    state: str
    verdict: str
    reasons: tuple[str, ...]
    is_prior: bool
    is_serving: bool
    is_on: bool
    trained_until: date | None
    opening: Shapes | None
    course: Shapes | None
    measured: Measured | None


def cards(unit: Unit) -> tuple[CardLine, ...]:
    """Newest first, the prior last."""
    now = serving_label(unit)
    rows = model_versions.every(unit.session)
    found = [
        CardLine(
            each.label, each.state.value, each.verdict.value, day_of(each.created_at),
            each.label == now,
        )
        for each in rows
    ]  # fmt: skip
    return (*found, CardLine(PRIOR, "", "", None, now == PRIOR))


def card(unit: Unit, label: str) -> Card:
    """Raises NotFound."""
    if label == PRIOR:
        return _prior_card(unit)
    row = model_versions.by_label(unit.session, label)
    if row is None:
        raise NotFound
    opening, course = _tables(unit, row)
    return Card(
        label=row.label,
        state=row.state.value,
        verdict=row.verdict.value,
        reasons=model_words.reason_words(row.reasons),
        is_prior=False,
        is_serving=row.label == serving_label(unit),
        is_on=model_versions.standing(unit.session).is_on,
        trained_until=row.trained_until,
        opening=opening,
        course=course,
        measured=_measured(row),
    )


def serving_label(unit: Unit) -> str:
    """The version the registry names, also while ranking is off."""
    pointer = model_versions.standing(unit.session).pointer
    return PRIOR if pointer is None else pointer.label


def _prior_card(unit: Unit) -> Card:
    model = prior()
    return Card(
        label=PRIOR,
        state="",
        verdict="",
        reasons=(),
        is_prior=True,
        is_serving=serving_label(unit) == PRIOR,
        is_on=model_versions.standing(unit.session).is_on,
        trained_until=None,
        opening=shapes_of("opening", as_tables(model.opening, OPENING_FEATURES), OPENING_FEATURES),
        course=shapes_of("course", as_tables(model.course, COURSE_FEATURES), COURSE_FEATURES),
        measured=None,
    )


def _tables(unit: Unit, row: ModelVersion) -> tuple[Shapes | None, Shapes | None]:
    """None where the artefact cannot be read: the card says so."""
    try:
        found = serving.read_artefact(unit.session, row.sha256 or "").tables
    except ArtefactError:
        return None, None
    opening, course = found.get("opening"), found.get("course")
    return (
        None if opening is None else shapes_of("opening", opening, OPENING_FEATURES),
        None if course is None else shapes_of("course", course, COURSE_FEATURES),
    )


def _measured(row: ModelVersion) -> Measured | None:
    report = ModelReport.stored(row.report)
    return None if report is None else measured(report, row.label)
