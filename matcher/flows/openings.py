"""A partner writes, hands in, changes and ends its own openings."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, fields
from datetime import date, timedelta
from typing import Any

from matcher.actor import Actor
from matcher.db import Unit
from matcher.i18n import format_krw
from matcher.i18n import gettext as _
from matcher.matching import application_steps, posting_versions
from matcher.matching.own_opening import own_opening
from matcher.matching.wanted import meant
from matcher.policy import forbidden_topics
from matcher.policy import openings as rules
from matcher.policy.states import (
    INTRODUCTION_STEPS,
    OPENING_STEPS,
    ApplicationAction,
    IntroductionAction,
    OpeningAction,
    next_state,
)
from matcher.refusal import Conflict, Invalid, NotFound
from matcher.store import applications, openings, outbox
from models.account import Role
from models.application import IntroductionState
from models.opening import Opening, OpeningRequirement, OpeningState, RequirementKind
from models.opening import RequirementSubject as Subject
from models.organisation import Organisation, OrganisationState

STALE = "stale"
COPY_DAYS = 30


@dataclass(frozen=True)
class Wanted:
    """One requirement as typed; `pick` is a full key chosen when the text was not clear."""

    kind: RequirementKind
    text: str
    level: int | None = None
    pick: str = ""


@dataclass(frozen=True)
class Draft:
    title_ko: str
    title_en: str
    sector: str
    role: str | None
    description: str
    employment_type: str
    region: str
    headcount: int
    pay_min_krw: int | None
    pay_max_krw: int | None
    opens_on: date
    closes_on: date
    starts_on: date | None
    answer_days: int = 14
    requirements: tuple[Wanted, ...] = ()


def create(unit: Unit, actor: Actor, draft: Draft) -> int:
    """A new draft; gives its id. Raises Invalid by field."""
    organisation = _organisation(unit, actor)
    found = _checked(draft, _closing_errors(unit, draft))
    row = Opening(
        organisation_id=_id(organisation.id),
        state=OpeningState.DRAFT,
        is_demo=organisation.is_demo,
        created_at=unit.now,
        updated_at=unit.now,
        **_columns(draft),
    )
    unit.session.add(row)
    unit.session.flush()  # the requirements need the id
    _write_requirements(unit, row, found)
    unit.audit("opening:created", "opening", row.id, after=row.state.value)
    return _id(row.id)


def edit(unit: Unit, actor: Actor, opening_id: int, version: int, draft: Draft) -> OpeningState:
    """Change an own opening; gives its state afterwards. Raises Conflict(code="stale") when
    somebody else saved in between, Invalid for locked fields."""
    row = own_opening(unit, actor, opening_id, lock=True)
    _may(row, OpeningAction.EDIT)
    _is_fresh(row, version)
    found = _checked(draft, _closing_errors(unit, draft, row))
    _refuse_locked(unit, row, draft)
    posting_versions.begin(unit, row)
    before, sector = row.state, row.sector
    for name, value in _columns(draft).items():
        setattr(row, name, value)
    # Another sector opens the pool of other people, so it is approved like a new posting.
    if before is OpeningState.PUBLISHED and (
        forbidden_topics.posting_hits(row) or row.sector != sector
    ):
        row.state = _may(row, OpeningAction.RECHECK)
        _tell_centre(unit, row)
    _write_requirements(unit, row, found)
    _touch(unit, row)
    posting_versions.note(unit, row)
    unit.audit(
        "opening:edited", "opening", row.id, before=before.value, after=row.state.value,
        version=row.version,
    )  # fmt: skip
    return row.state


def submit(unit: Unit, actor: Actor, opening_id: int, version: int) -> OpeningState:
    """Hand a draft in. A trusted partner's clean one is published at once."""
    row = own_opening(unit, actor, opening_id, lock=True)
    organisation = openings.organisation_of(unit.session, row)
    is_active = organisation.state is OrganisationState.ACTIVE
    action = rules.step_on_submit(
        row.state, organisation.is_trusted, is_active, bool(forbidden_topics.posting_hits(row))
    )
    before, after = row.state, _may(row, action)
    _is_fresh(row, version)
    problem = rules.closing_problem(row.closes_on, unit.today)
    if problem == "past":
        raise Conflict(_("마감일이 지났습니다. 마감일을 고친 뒤 다시 내 주십시오."))
    if problem == "far":
        raise Conflict(_too_far())
    row.state, row.return_reason = after, ""
    if action is OpeningAction.PUBLISH:
        row.published_at = unit.now
    else:
        _tell_centre(unit, row)
    _touch(unit, row)
    posting_versions.note(unit, row)
    verb = "published" if action is OpeningAction.PUBLISH else "submitted"
    unit.audit(f"opening:{verb}", "opening", row.id, before=before.value, after=after.value)
    return row.state


def end(unit: Unit, actor: Actor, opening_id: int, version: int, action: OpeningAction) -> None:
    """Close or fill. Open applications and unanswered requests end with it, and each person is
    told; the human act behind it is this one."""
    row = own_opening(unit, actor, opening_id, lock=True)
    before, after = row.state, _may(row, action)
    _is_fresh(row, version)
    row.state = after
    _touch(unit, row)
    ended = _end_applications(unit, row)
    withdrawn = _end_requests(unit, row)
    unit.audit(
        f"opening:{after.value}", "opening", row.id, before=before.value, after=after.value,
        applications=ended, introductions=withdrawn,
    )  # fmt: skip


def copy(unit: Unit, actor: Actor, opening_id: int) -> int:
    """A fresh draft with the same words and requirements, and dates from today on."""
    source = own_opening(unit, actor, opening_id, lock=True)
    kept = {name: getattr(source, name) for name in _NAMES}
    kept |= {
        "opens_on": unit.today,
        "closes_on": unit.today + timedelta(days=COPY_DAYS),
        "starts_on": None,
    }
    row = Opening(
        organisation_id=source.organisation_id,
        state=OpeningState.DRAFT,
        is_demo=source.is_demo,
        created_at=unit.now,
        updated_at=unit.now,
        **kept,
    )
    unit.session.add(row)
    unit.session.flush()  # the requirements need the id
    same = openings.requirements(unit.session, opening_id)
    unit.session.add_all(
        OpeningRequirement(
            opening_id=_id(row.id), kind=each.kind, subject=each.subject, ref=each.ref,
            level=each.level,
        )
        for each in same
    )  # fmt: skip
    unit.audit("opening:copied", "opening", row.id, source=opening_id)
    return _id(row.id)


_NAMES = tuple(field.name for field in fields(Draft) if field.name != "requirements")


def _columns(draft: Draft) -> dict[str, Any]:
    values = {name: getattr(draft, name) for name in _NAMES}
    values["title_en"] = draft.title_en or draft.title_ko
    return values


def _organisation(unit: Unit, actor: Actor) -> Organisation:
    """The partner's organisation; a closed one does nothing any more."""
    row = openings.partner_organisation(unit.session, actor.organisation_id or 0)
    if row is None or not rules.may_work(row.state):
        raise NotFound
    return row


def _may(row: Opening, action: OpeningAction) -> OpeningState:
    """The state after the step; only a partner reaches this file, the table says when."""
    after: OpeningState | None = next_state(OPENING_STEPS, row.state, action, Role.PARTNER)
    if after is None:
        raise Conflict(_("공고의 지금 상태에서는 할 수 없는 일입니다."))
    return after


def _is_fresh(row: Opening, version: int) -> None:
    if row.version != version:
        raise Conflict(
            _("다른 분이 먼저 고쳤습니다. 아래에서 지금 내용과 적으신 내용을 견주어 주십시오."),
            STALE,
        )


def _touch(unit: Unit, row: Opening) -> None:
    row.version += 1
    row.updated_at = unit.now
    unit.session.add(row)


def _id(value: int | None) -> int:
    assert value is not None
    return value


def _too_far() -> str:
    return _("마감일은 오늘부터 한 해 안이어야 합니다.")


def _closing_errors(unit: Unit, draft: Draft, held: Opening | None = None) -> Mapping[str, str]:
    """A draft may wait with an old day; what people already see may not be given one."""
    if held is not None and held.closes_on == draft.closes_on:
        return {}
    problem = rules.closing_problem(draft.closes_on, unit.today)
    if problem == "far":
        return {"closes_on": _too_far()}
    is_seen = held is not None and held.state in (OpeningState.PUBLISHED, OpeningState.SUBMITTED)
    if problem == "past" and is_seen:
        return {
            "closes_on": _("지난 날로는 바꿀 수 없습니다. 그만 받으려면 공고를 마감해 주십시오.")
        }
    return {}


def _checked(draft: Draft, closing: Mapping[str, str]) -> list[OpeningRequirement]:
    """The requirements as rows without their opening. Raises Invalid with every problem found."""
    errors = {**closing, **_field_errors(draft)}
    found: list[OpeningRequirement] = []
    seen: set[tuple[Subject, str]] = set()
    for number, wanted in enumerate(draft.requirements):
        row, problem = _requirement(wanted)
        if row is not None and (row.subject, row.ref) in seen:
            problem = _("같은 요건이 두 번 있습니다.")
        if problem:
            errors[f"req-{number}"] = problem
        elif row is not None:
            seen.add((row.subject, row.ref))
            found.append(row)
    if errors:
        raise Invalid(errors)
    return found


def _field_errors(draft: Draft) -> Mapping[str, str]:
    errors: dict[str, str] = {}
    if draft.closes_on < draft.opens_on:
        errors["closes_on"] = _("마감일은 시작일과 같거나 뒤여야 합니다.")
        errors["opens_on"] = _("시작일은 마감일과 같거나 앞이어야 합니다.")
    least, most = draft.pay_min_krw, draft.pay_max_krw
    if least is not None and most is not None and most < least:
        errors["pay_max_krw"] = _("급여 상한은 하한보다 작을 수 없습니다.")
    year = rules.pay_year(draft.starts_on, draft.closes_on)
    rate = rules.minimum_wage(year)
    if rate is not None and rules.is_below_minimum_wage(
        least if least is not None else most, year, draft.employment_type
    ):
        errors["pay_min_krw"] = _("최저임금보다 적습니다. %(year)s년 기준 한 해 %(pay)s입니다.") % {
            "year": rate.year,
            "pay": format_krw(rate.krw_per_year),
        }
    if len(draft.requirements) > rules.MOST_REQUIREMENTS:
        errors["requirements"] = _("요건은 30개까지 적을 수 있습니다.")
    return errors


def _requirement(wanted: Wanted) -> tuple[OpeningRequirement | None, str]:
    """A row or a problem. The text wins over an earlier pick as soon as it is clear by itself."""
    found = meant(wanted.text) or (meant(wanted.pick) if wanted.pick else None)
    if found is None:
        return None, _("어떤 기술인지 정해지지 않았습니다. 아래에서 고르거나 고쳐 적어 주십시오.")
    kind = wanted.kind
    if found.subject is Subject.LICENCE and kind is not RequirementKind.EXCLUDE:
        kind = RequirementKind.LICENCE
    elif kind is RequirementKind.LICENCE and found.subject is not Subject.LICENCE:
        return None, _("법정 자격이 아닙니다. 필수나 우대로 적어 주십시오.")
    level = (wanted.level or 1) if found.subject is Subject.SKILL else None
    row = OpeningRequirement(
        opening_id=0, kind=kind, subject=found.subject, ref=found.ref, level=level
    )
    return row, ""


def _write_requirements(unit: Unit, row: Opening, found: Sequence[OpeningRequirement]) -> None:
    for each in found:
        each.opening_id = _id(row.id)
    openings.replace_requirements(unit.session, _id(row.id), found)


def _refuse_locked(unit: Unit, row: Opening, draft: Draft) -> None:
    changed = rules.locked_changes(row, draft)
    if changed and openings.has_applications(unit.session, _id(row.id)):
        words = dict.fromkeys(changed, _("지원한 사람이 있어 급여와 조건은 바꿀 수 없습니다."))
        if "answer_days" in words:
            words["answer_days"] = _("지원한 사람에게 약속한 날수라 늘릴 수 없습니다.")
        raise Invalid(words)


def _end_applications(unit: Unit, row: Opening) -> int:
    waiting = applications.undecided_of_opening(unit.session, _id(row.id))
    by = application_steps.by_actor(unit)
    for each in waiting:
        application_steps.derive(unit, each, row, ApplicationAction.END_WITH_OPENING, by)
    return len(waiting)


def _end_requests(unit: Unit, row: Opening) -> int:
    asked = applications.open_requests_of_opening(unit.session, _id(row.id))
    for each in asked:
        to = next_state(INTRODUCTION_STEPS, each.state, IntroductionAction.WITHDRAW, Role.PARTNER)
        assert to is IntroductionState.WITHDRAWN
        each.state, each.version, each.updated_at = to, each.version + 1, unit.now
        unit.session.add(each)
        unit.access("introduction:withdrawn", each.youth_id, introduction=each.id)
    return len(asked)


def _tell_centre(unit: Unit, row: Opening) -> None:
    for account in openings.centre_accounts(unit.session):
        outbox.put(
            unit.session, account, "opening_submitted", unit.now,
            f"opening:{row.id}:submitted:{row.version}:{account.id}",
            title_ko=row.title_ko, title_en=row.title_en, opening_id=row.id,
        )  # fmt: skip
