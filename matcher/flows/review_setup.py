"""How an opening is reviewed: criteria with weights, dated phases, who scores whom."""

from collections.abc import Sequence
from dataclasses import dataclass

from matcher.actor import Actor
from matcher.db import Unit
from matcher.i18n import gettext as _
from matcher.i18n import in_language
from matcher.matching.own_opening import own_opening
from matcher.matching.review_people import Person, colleagues_of, loads_of, under_review
from matcher.matching.unfit_words import unfit_words
from matcher.matching.wanted import of_ref
from matcher.policy import reviewing as rules
from matcher.policy.operation import Operation
from matcher.refusal import Conflict, Invalid
from matcher.store import openings, reviews
from models.opening import RequirementKind
from models.review import ReviewAssignment, ReviewCriterion, ReviewPhase

STALE = "rubric_stale"
MOST_STARTED = 6
"""Criteria taken over from a posting; more are tiring to score."""


@dataclass(frozen=True)
class Criterion:
    name: str
    hint: str = ""
    weight: int = 0


@dataclass(frozen=True)
class Given:
    """One person and the colleagues who score them."""

    number: str
    label: str
    reviewers: tuple[tuple[int, str], ...]


@dataclass(frozen=True)
class Setup:
    """`is_locked`: somebody submitted scores under these criteria."""

    opening_id: int
    title: str
    is_demo: bool
    criteria: tuple[Criterion, ...]
    rubric: str
    is_locked: bool
    phases: tuple[ReviewPhase, ...]
    running: int | None
    colleagues: tuple[tuple[int, str, int], ...]
    """Account, name, how many people they have."""
    people: tuple[Given, ...]


def view(unit: Unit, actor: Actor, operation: Operation, opening_id: int) -> Setup:
    opening = own_opening(unit, actor, opening_id)
    criteria = reviews.criteria(unit.session, opening_id)
    phases = reviews.phases(unit.session, opening_id)
    running = rules.phase_on(phases, unit.today)
    assigned = reviews.assigned(unit.session, opening_id)
    people = under_review(unit, actor, operation, opening)
    names = colleagues_of(unit, opening)
    loads = loads_of(names, assigned)
    if people:
        unit.access("reviews:listed", None, opening=opening_id, youths=sorted(people))
    return Setup(
        opening_id=opening_id,
        title=in_language(opening.title_ko, opening.title_en),
        is_demo=opening.is_demo,
        criteria=tuple(Criterion(each.name, each.hint, each.weight) for each in criteria),
        rubric=rules.fingerprint(criteria),
        is_locked=reviews.has_submitted(unit.session, opening_id),
        phases=tuple(phases),
        running=None if running is None else running.id,
        colleagues=tuple((each, name, loads[each]) for each, name in names.items()),
        people=tuple(_given(each, assigned, names) for each in people.values()),
    )


def from_posting(unit: Unit, actor: Actor, opening_id: int) -> tuple[Criterion, ...]:
    """A start: what the posting asks for, musts before nice ones, with even weights."""
    own_opening(unit, actor, opening_id)
    rows = [
        each
        for each in openings.requirements(unit.session, opening_id)
        if each.kind in (RequirementKind.MUST, RequirementKind.NICE)
    ]
    rows.sort(key=lambda each: each.kind is not RequirementKind.MUST)
    names = list(dict.fromkeys(of_ref(each.subject, each.ref).name for each in rows))
    names = names[:MOST_STARTED] or [_("하는 일에 맞음")]
    weights = rules.even_weights(len(names))
    return tuple(Criterion(*row) for row in zip(names, [""] * len(names), weights, strict=True))


def save_criteria(
    unit: Unit, actor: Actor, opening_id: int, wanted: Sequence[Criterion], rubric: str
) -> None:
    """All criteria at once. Locked with the first submitted score, because a total means the same
    only under one rubric; Conflict (STALE) when a colleague changed them meanwhile."""
    own_opening(unit, actor, opening_id, lock=True)
    before = reviews.criteria(unit.session, opening_id)
    if reviews.has_submitted(unit.session, opening_id):
        raise Conflict(_("이미 점수를 준 사람이 있어 평가 기준을 바꿀 수 없습니다."))
    if rules.fingerprint(before) != rubric:
        raise Conflict(_("그 사이에 동료가 평가 기준을 바꾸었습니다."), STALE)
    _refuse_unfit(wanted)
    rows = [
        ReviewCriterion(
            opening_id=opening_id, place=place, name=each.name, hint=each.hint, weight=each.weight
        )
        for place, each in enumerate(wanted, start=1)
    ]
    reviews.replace_criteria(unit.session, opening_id, rows)
    unit.audit(
        "review:criteria", "opening", opening_id,
        before=[[each.name, each.weight] for each in before],
        after=[[each.name, each.weight] for each in wanted],
    )  # fmt: skip


def _given(person: Person, assigned: Sequence[ReviewAssignment], names: dict[int, str]) -> Given:
    found = (row.account_id for row in assigned if row.youth_id == person.youth_id)
    reviewers = tuple((each, names[each]) for each in found if each in names)
    return Given(person.number, person.label, reviewers)


def _refuse_unfit(wanted: Sequence[Criterion]) -> None:
    errors: dict[str, str] = {}
    if not 1 <= len(wanted) <= rules.MOST_CRITERIA:
        raise Invalid({"name-1": _("평가 기준을 1개에서 8개까지 적어 주십시오.")})
    names = [each.name.casefold() for each in wanted]
    for place, each in enumerate(wanted, start=1):
        if names.index(each.name.casefold()) != place - 1:
            errors[f"name-{place}"] = _("같은 이름의 기준이 이미 있습니다.")
        errors |= unfit_words({f"name-{place}": each.name, f"hint-{place}": each.hint})
    total = sum(each.weight for each in wanted)
    if total != rules.FULL:
        words = _("무게의 합이 %(total)s입니다. 100이 되게 맞추어 주십시오.")
        errors.setdefault("weight-1", words % {"total": total})
    if errors:
        raise Invalid(errors)
