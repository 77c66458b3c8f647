"""How an opening is reviewed: criteria with weights, dated phases, who scores whom."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from matcher.actor import Actor
from matcher.db import Unit
from matcher.i18n import gettext as _
from matcher.i18n import in_language
from matcher.matching.review_people import Person, own_opening, person_of, under_review
from matcher.matching.wanted import of_ref
from matcher.policy import forbidden_topics
from matcher.policy import reviewing as rules
from matcher.policy.operation import Operation
from matcher.policy.reviewing import Switches
from matcher.refusal import Conflict, Invalid, NotFound
from matcher.store import openings, reviews
from models.opening import Opening, RequirementKind
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
class PhaseDraft:
    name: str
    starts_on: date
    ends_on: date
    switches: Switches


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
    names = _colleagues(unit, opening)
    loads = {each: sum(1 for row in assigned if row.account_id == each) for each in names}
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


def add_phase(unit: Unit, actor: Actor, opening_id: int, draft: PhaseDraft) -> None:
    own_opening(unit, actor, opening_id, lock=True)
    phases = reviews.phases(unit.session, opening_id)
    if len(phases) >= rules.MOST_PHASES:
        raise Conflict(_("단계는 12개까지 둘 수 있습니다. 지난 단계를 지워 주십시오."))
    _refuse_dates(phases, draft, None)
    row = ReviewPhase(
        opening_id=opening_id, name=draft.name, starts_on=draft.starts_on, ends_on=draft.ends_on
    )
    _settle(unit, row, draft, "review:phase_added")


def edit_phase(
    unit: Unit, actor: Actor, opening_id: int, phase_id: int, version: int, draft: PhaseDraft
) -> None:
    row = _own_phase(unit, actor, opening_id, phase_id, version)
    _refuse_dates(reviews.phases(unit.session, opening_id), draft, phase_id)
    row.name, row.starts_on, row.ends_on = draft.name, draft.starts_on, draft.ends_on
    row.version += 1
    _settle(unit, row, draft, "review:phase_changed")


def remove_phase(unit: Unit, actor: Actor, opening_id: int, phase_id: int, version: int) -> None:
    row = _own_phase(unit, actor, opening_id, phase_id, version)
    unit.session.delete(row)
    unit.audit("review:phase_removed", "opening", opening_id, phase=row.name)


def spread(unit: Unit, actor: Actor, operation: Operation, opening_id: int) -> int:
    """Gives everybody nobody scores yet to the colleague with the fewest, people by number and
    colleagues by age of account; nobody is given a person they declared a conflict about."""
    opening = own_opening(unit, actor, opening_id, lock=True)
    people = under_review(unit, actor, operation, opening)
    assigned = reviews.assigned(unit.session, opening_id)
    taken = {row.youth_id for row in assigned}
    loads = {
        each: sum(1 for row in assigned if row.account_id == each)
        for each in _colleagues(unit, opening)
    }
    barred = {
        (account, youth)
        for account in loads
        for youth in reviews.conflicts(unit.session, opening_id, account)
    }
    free = [each for each in people if each not in taken]
    found = rules.spread_out(free, loads, barred)
    for youth_id, account_id in found.items():
        _assign(unit, opening_id, account_id, youth_id)
    if found:
        unit.access("reviews:assigned", None, opening=opening_id, youths=sorted(found))
    unit.audit("review:spread", "opening", opening_id, people=len(found))
    return len(found)


def assign(
    unit: Unit,
    actor: Actor,
    operation: Operation,
    opening_id: int,
    number: str,
    account_ids: Sequence[int],
) -> None:
    """Exactly these colleagues score the person from now on; written scores stay."""
    opening = own_opening(unit, actor, opening_id, lock=True)
    person = person_of(unit, actor, operation, opening, number)
    wanted, colleagues = set(account_ids), _colleagues(unit, opening)
    if not wanted <= colleagues.keys():
        raise Invalid({"reviewers": _("같은 기업의 동료만 고를 수 있습니다.")})
    for account_id in wanted:
        if reviews.has_conflict(unit.session, opening_id, account_id, person.youth_id):
            words = _("%(name)s 님은 이 사람에 대해 이해 충돌을 밝혔습니다.")
            raise Invalid({"reviewers": words % {"name": colleagues[account_id]}})
    rows = {
        row.account_id: row
        for row in reviews.assigned(unit.session, opening_id)
        if row.youth_id == person.youth_id
    }
    for account_id in rows.keys() - wanted:
        unit.session.delete(rows[account_id])
    for account_id in sorted(wanted - rows.keys()):
        _assign(unit, opening_id, account_id, person.youth_id)
    unit.audit(
        "review:assigned", "opening", opening_id, youth_id=person.youth_id,
        before=sorted(rows), after=sorted(wanted),
    )  # fmt: skip
    unit.access("reviews:assigned", person.youth_id, opening=opening_id)


def _assign(unit: Unit, opening_id: int, account_id: int, youth_id: int) -> None:
    unit.session.add(
        ReviewAssignment(
            opening_id=opening_id, account_id=account_id, youth_id=youth_id, created_at=unit.now
        )
    )


def _colleagues(unit: Unit, opening: Opening) -> dict[int, str]:
    found = openings.partner_accounts(unit.session, opening.organisation_id)
    return {each.id or 0: each.name for each in found}


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
        found = forbidden_topics.hits([("name", each.name), ("hint", each.hint)])
        if found:
            errors[f"name-{place}"] = _("평가할 수 없는 내용이 있습니다: %(words)s") % {
                "words": ", ".join(hit.words for hit in found)
            }
    total = sum(each.weight for each in wanted)
    if total != rules.FULL:
        words = _("무게의 합이 %(total)s입니다. 100이 되게 맞추어 주십시오.")
        errors.setdefault("weight-1", words % {"total": total})
    if errors:
        raise Invalid(errors)


def _refuse_dates(phases: Sequence[ReviewPhase], draft: PhaseDraft, besides: int | None) -> None:
    if draft.ends_on < draft.starts_on:
        raise Invalid({"ends_on": _("마지막 날이 첫날보다 빠릅니다.")})
    other = rules.overlapping(phases, draft.starts_on, draft.ends_on, besides)
    if other is not None:
        words = _("‘%(phase)s’ 단계(%(first)s ~ %(last)s)와 날짜가 겹칩니다.")
        raise Invalid(
            {
                "starts_on": words
                % {
                    "phase": other.name,
                    "first": other.starts_on.isoformat(),
                    "last": other.ends_on.isoformat(),
                }
            }
        )


def _own_phase(
    unit: Unit, actor: Actor, opening_id: int, phase_id: int, version: int
) -> ReviewPhase:
    own_opening(unit, actor, opening_id, lock=True)
    row = reviews.phase(unit.session, opening_id, phase_id)
    if row is None:
        raise NotFound
    if row.version != version:
        raise Conflict(_("그 사이에 동료가 이 단계를 바꾸었습니다."), STALE)
    return row


def _settle(unit: Unit, row: ReviewPhase, draft: PhaseDraft, action: str) -> None:
    given = draft.switches
    row.can_review, row.can_decide = given.can_review, given.can_decide
    row.shows_names, row.only_assigned = given.shows_names, given.only_assigned
    row.others = given.others
    unit.session.add(row)
    unit.audit(
        action, "opening", row.opening_id, phase=draft.name,
        first=draft.starts_on.isoformat(), last=draft.ends_on.isoformat(),
        can_review=given.can_review, can_decide=given.can_decide, shows_names=given.shows_names,
        only_assigned=given.only_assigned, others=given.others.value,
    )  # fmt: skip
