"""One reviewer scores one masked person for an opening, before seeing what others gave."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from matcher.actor import Actor
from matcher.db import Unit
from matcher.i18n import gettext as _
from matcher.i18n import in_language
from matcher.matching import review_rules
from matcher.matching.explained import CheckedLine
from matcher.matching.own_opening import own_opening
from matcher.matching.review_people import (
    Person,
    lines_of,
    people_among,
    person_of,
)
from matcher.matching.review_reading import (
    Judgement,
    Phase,
    barred_of,
    left_of,
    phase_now,
    readable,
)
from matcher.matching.unfit_words import unfit_words
from matcher.policy import reviewing as rules
from matcher.policy.operation import Operation
from matcher.refusal import Conflict, Forbidden, Invalid, NotFound
from matcher.store import answer_links, applications, reviews, youths
from models.opening import Opening
from models.review import Review, ReviewConflict, ReviewCriterion, ReviewState

STALE = "review_stale"


@dataclass(frozen=True)
class Given:
    """What a form says. `rubric` and `version` are what the reviewer had in sight (0 = nothing
    written yet); `scores` by the criterion's place, 1 first."""

    scores: Mapping[int, int]
    note: str
    rubric: str
    version: int
    abstains: bool = False


@dataclass(frozen=True)
class Panel:
    """One person's reviews as one reviewer may see them now. `others` is empty until the own
    score is in; `conflict` leaves nothing but the number."""

    number: str
    label: str
    application_id: int | None
    in_pool: bool
    criteria: tuple[ReviewCriterion, ...]
    rubric: str
    phase: Phase
    is_assigned: bool
    conflict: bool
    own: Judgement | None
    version: int
    can_review: bool
    others: tuple[Judgement, ...] = ()
    mean: int | None = None
    spread: int | None = None
    is_split: bool = False


@dataclass(frozen=True)
class Sheet:
    opening_id: int
    title: str
    is_demo: bool
    panel: Panel
    lines: tuple[CheckedLine, ...]
    left: int


def sheet(unit: Unit, actor: Actor, operation: Operation, opening_id: int, number: str) -> Sheet:
    """The page of one person; the look is recorded."""
    opening = own_opening(unit, actor, opening_id)
    person = person_of(unit, actor, operation, opening, number)
    shown = _panel(unit, actor, opening, person)
    lines: tuple[CheckedLine, ...] = ()
    if not shown.conflict:
        unit.access("review:read", person.youth_id, opening=opening_id)
        lines = lines_of(unit, opening, person.youth_id)
    left = left_of(unit, actor, operation, opening)
    return Sheet(opening_id, _title(opening), opening.is_demo, shown, lines, len(left))


def panel(
    unit: Unit, actor: Actor, operation: Operation, opening_id: int, number: str
) -> Panel | None:
    """For the pages that show the person anyway; None while the opening has no criteria."""
    opening = own_opening(unit, actor, opening_id)
    if not reviews.criteria(unit.session, opening_id):
        return None
    return _panel(unit, actor, opening, person_of(unit, actor, operation, opening, number))


def of_application(
    unit: Unit, actor: Actor, operation: Operation, application_id: int
) -> tuple[int, Panel] | None:
    """(opening, panel) of an applicant; None while the opening has no criteria."""
    found = applications.get(unit.session, actor, unit.today, application_id)
    if found is None or not reviews.criteria(unit.session, found[1].id or 0):
        return None
    row, opening = found
    person = people_among(unit, actor, operation, opening, {row.youth_id})[row.youth_id]
    return opening.id or 0, _panel(unit, actor, opening, person)


def submit(
    unit: Unit, actor: Actor, operation: Operation, opening_id: int, number: str, given: Given
) -> None:
    """The reviewer's own scores, or the word that they abstain. Raises Invalid naming a criterion
    without a score, Conflict (STALE) when the rubric or the own review changed meanwhile."""
    opening, person = _held(unit, actor, operation, opening_id, number)
    _refuse(unit, actor, opening, person)
    criteria = reviews.criteria(unit.session, opening_id)
    own = reviews.own(unit.session, opening_id, actor.account_id, person.youth_id)
    _refuse_stale(criteria, own, given)
    others = reviews.others_submitted(unit.session, opening_id, actor.account_id, person.youth_id)
    if not rules.can_change(None if own is None else own.state, others):
        words = _("다른 사람의 점수를 볼 수 있게 된 뒤에는 자기 점수를 바꿀 수 없습니다.")
        raise Conflict(words)
    _refuse_unfit(criteria, given)
    row = _written(unit, actor, opening_id, person.youth_id, own, given)
    kept = {} if given.abstains else given.scores
    reviews.replace_scores(
        unit.session, row.id or 0,
        {each.id or 0: kept[each.place] for each in criteria if each.place in kept},
    )  # fmt: skip
    # Neither line says what the scores are: nobody learns them in another way than this.
    unit.audit(f"review:{row.state.value}", "opening", opening_id, youth_id=person.youth_id)
    unit.access(f"review:{row.state.value}", person.youth_id, opening=opening_id)


def declare_conflict(
    unit: Unit, actor: Actor, operation: Operation, opening_id: int, number: str
) -> None:
    """Ends the reviewer's part in this person; what was scored before does not count any more."""
    opening, person = _held(unit, actor, operation, opening_id, number)
    if reviews.has_conflict(unit.session, opening_id, actor.account_id, person.youth_id):
        return
    unit.session.add(
        ReviewConflict(
            opening_id=opening.id or 0, account_id=actor.account_id,
            youth_id=person.youth_id, at=unit.now,
        )
    )  # fmt: skip
    reviews.drop_own(unit.session, opening_id, actor.account_id, person.youth_id)
    if person.application_id is not None:
        answer_links.end_of_account(unit.session, actor.account_id, unit.now, person.application_id)
    unit.audit("review:conflict", "opening", opening_id, youth_id=person.youth_id)
    unit.access("review:conflict", person.youth_id, opening=opening_id)


def _held(
    unit: Unit, actor: Actor, operation: Operation, opening_id: int, number: str
) -> tuple[Opening, Person]:
    """The person first, then the opening, whose criteria and phases stay as they are meanwhile."""
    opening = own_opening(unit, actor, opening_id)
    person = person_of(unit, actor, operation, opening, number)
    youths.hold(unit.session, [person.youth_id])
    opening = own_opening(unit, actor, opening_id, lock=True)
    if not people_among(unit, actor, operation, opening, {person.youth_id}):
        raise NotFound
    return opening, person


def _refuse(unit: Unit, actor: Actor, opening: Opening, person: Person) -> None:
    review_rules.refuse_conflicted(unit, opening, person.youth_id)
    phase = phase_now(unit, opening.id or 0)
    if not phase.switches.can_review:
        words = _("지금은 ‘%(phase)s’ 단계라 평가하지 않습니다.") % {"phase": phase.name}
        raise Conflict(words, review_rules.PHASE)
    assigned = reviews.assigned_to(unit.session, opening.id or 0, actor.account_id)
    if phase.switches.only_assigned and person.youth_id not in assigned:
        raise Forbidden(_("지금은 맡은 사람만 평가합니다."), review_rules.PHASE)


def _refuse_stale(criteria: Sequence[ReviewCriterion], own: Review | None, given: Given) -> None:
    if not criteria:
        raise Conflict(_("평가 기준이 아직 없습니다. 기준을 먼저 정해 주십시오."))
    if rules.fingerprint(criteria) != given.rubric:
        raise Conflict(_("그 사이에 평가 기준이 바뀌었습니다. 새 기준으로 다시 주십시오."), STALE)
    if (0 if own is None else own.version) != given.version:
        raise Conflict(_("그 사이에 다른 창에서 이 사람을 평가하셨습니다."), STALE)


def _refuse_unfit(criteria: Sequence[ReviewCriterion], given: Given) -> None:
    errors: dict[str, str] = {}
    for each in () if given.abstains else criteria:
        if each.place not in given.scores:
            words = _("‘%(criterion)s’에 점수를 주십시오.") % {"criterion": each.name}
            errors[f"score_{each.place}"] = words
    errors |= unfit_words({"note": given.note})
    if errors:
        raise Invalid(errors)


def _written(
    unit: Unit, actor: Actor, opening_id: int, youth_id: int, own: Review | None, given: Given
) -> Review:
    state = ReviewState.ABSTAINED if given.abstains else ReviewState.SUBMITTED
    if own is None:
        own = Review(
            opening_id=opening_id, account_id=actor.account_id, youth_id=youth_id, state=state,
            note=given.note, created_at=unit.now, updated_at=unit.now,
        )  # fmt: skip
    else:
        own.state, own.note = state, given.note
        own.version, own.updated_at = own.version + 1, unit.now
    unit.session.add(own)
    unit.session.flush()  # its scores refer to it
    return own


def _panel(unit: Unit, actor: Actor, opening: Opening, person: Person) -> Panel:
    opening_id = opening.id or 0
    criteria = tuple(reviews.criteria(unit.session, opening_id))
    phase = phase_now(unit, opening_id)
    assigned = person.youth_id in reviews.assigned_to(unit.session, opening_id, actor.account_id)
    conflict = bool(barred_of(unit, actor, opening_id, [person.youth_id]))
    seen = {} if conflict else readable(unit, actor, opening_id, phase, person.youth_id)
    found = seen.get(person.youth_id, [])
    own = next((each for each, _row in found if not each.who), None)
    version = next((row.version for each, row in found if not each.who), 0)
    others = tuple(each for each, _row in found if each.who)
    totals = [each.total for each, _row in found if each.total is not None] if others else []
    beside = reviews.others_submitted(unit.session, opening_id, actor.account_id, person.youth_id)
    return Panel(
        number=person.number,
        label=person.label,
        application_id=person.application_id,
        in_pool=person.in_pool,
        criteria=criteria,
        rubric=rules.fingerprint(criteria),
        phase=phase,
        is_assigned=assigned,
        conflict=conflict,
        own=own,
        version=version,
        can_review=not conflict
        and bool(criteria)
        and phase.switches.can_review
        and (assigned or not phase.switches.only_assigned)
        and rules.can_change(_state(own), beside),
        others=others,
        mean=rules.mean(totals) if totals else None,
        spread=rules.spread(totals) if totals else None,
        is_split=bool(totals) and rules.disagree(totals),
    )


def _state(own: Judgement | None) -> ReviewState | None:
    if own is None:
        return None
    return ReviewState.ABSTAINED if own.total is None else ReviewState.SUBMITTED


def _title(opening: Opening) -> str:
    return in_language(opening.title_ko, opening.title_en)
