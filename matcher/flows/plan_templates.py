"""A desk keeps path templates and suggests one to a cohort; nobody's path is chosen for them."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date

from matcher.actor import Actor
from matcher.catalogue.roles import load_roles
from matcher.catalogue.skills import load_taxonomy
from matcher.db import Unit
from matcher.i18n import current_language, in_language
from matcher.i18n import gettext as _
from matcher.matching import two_hats
from matcher.matching.deadlines import refuse_impossible
from matcher.matching.plan_pages import target_names
from matcher.matching.target_options import Option, certification_options, role_options
from matcher.policy.plans import ACTIVE
from matcher.refusal import Conflict, Invalid, NotFound
from matcher.store import outbox
from matcher.store import plan_templates as store
from matcher.store.plan_templates import CohortFilter, Member, SuggestedLine
from models.plan import PlanTarget
from models.plan_template import PlanTemplate, SuggestionState

__all__ = ["CohortFilter", "SuggestionState"]

RECENT_DAYS = 400
"""How long after its last day a session is still offered as a cohort."""


@dataclass(frozen=True)
class Draft:
    """What a desk types for a template; `target` as `role:...` or `certification:SAA`."""

    name: str
    target: str
    weekly_hours: int
    finish_by: date | None
    note: str


@dataclass(frozen=True)
class TemplateLine:
    id: int
    name: str
    target: str
    weekly_hours: int
    finish_by: date | None
    is_active: bool
    is_demo: bool
    states: Mapping[SuggestionState, int]


@dataclass(frozen=True)
class Listing:
    lines: tuple[TemplateLine, ...]
    roles: tuple[Option, ...]
    certifications: tuple[Option, ...]


@dataclass(frozen=True)
class Cover:
    """Something the target asks for, and how many published courses with days to come teach it."""

    name: str
    courses: int


@dataclass(frozen=True)
class Preview:
    """`new` get the suggestion; the others have it, are on the way there, or are there."""

    cohort: int
    new: int
    suggested: int
    under_way: int
    holders: int


@dataclass(frozen=True)
class TemplateView:
    line: TemplateLine
    draft: Draft
    version: int
    covers: tuple[Cover, ...]
    people: tuple[SuggestedLine, ...]
    sessions: tuple[tuple[int, str], ...]
    preview: Preview | None

    @property
    def holes(self) -> tuple[Cover, ...]:
        return tuple(each for each in self.covers if not each.courses)


def listing(unit: Unit, actor: Actor) -> Listing:
    counted = store.counts(unit.session, actor)
    rows = store.listed(unit.session, actor)
    return Listing(
        tuple(_line(unit, row, counted.get(row.id or 0, {})) for row in rows),
        role_options(),
        certification_options(unit.today),
    )


def make(unit: Unit, actor: Actor, draft: Draft) -> int:
    """Raises Invalid by field."""
    target, ref = _target(unit, draft)
    row = PlanTemplate(
        organisation_id=actor.organisation_id or 0,
        name=draft.name,
        target=target,
        target_refs=[ref],
        weekly_hours=draft.weekly_hours,
        finish_by=draft.finish_by,
        note=draft.note,
        created_by_account_id=actor.account_id,
        created_at=unit.now,
        updated_at=unit.now,
    )
    unit.session.add(row)
    unit.session.flush()  # the audit names its id
    unit.audit("template:made", "plan_template", row.id, target=draft.target)
    return row.id or 0


def edit(unit: Unit, actor: Actor, template_id: int, draft: Draft, version: int) -> None:
    """Whoever has not answered yet sees the new words; the target stays what was suggested."""
    row = _held(unit, actor, template_id, version)
    target, ref = _target(unit, draft)
    if (row.target, row.target_refs) != (target, [ref]):
        raise Invalid({"target": _("목표를 바꾸려면 새로 만들어 주십시오.")})
    row.name, row.note = draft.name, draft.note
    row.weekly_hours, row.finish_by = draft.weekly_hours, draft.finish_by
    _settle(unit, row)
    unit.audit("template:edited", "plan_template", row.id)


def end(unit: Unit, actor: Actor, template_id: int, version: int) -> None:
    """Suggestions nobody answered go from the people's pages."""
    row = _held(unit, actor, template_id, version)
    row.is_active = False
    _settle(unit, row)
    unit.audit("template:ended", "plan_template", row.id)


def view(
    unit: Unit, actor: Actor, template_id: int, wanted: CohortFilter | None = None
) -> TemplateView:
    """`wanted` None: nobody was asked for yet."""
    row = store.get(unit.session, actor, template_id)
    if row is None:
        raise NotFound
    people = tuple(store.lines(unit.session, actor, template_id))
    if people:
        unit.access("template:read", None, youths=[each.youth_id for each in people])
    since = date.fromordinal(unit.today.toordinal() - RECENT_DAYS)
    return TemplateView(
        line=_line(unit, row, _states(people)),
        draft=Draft(row.name, f"{row.target.value}:{_ref(row)}", row.weekly_hours,
                    row.finish_by, row.note),
        version=row.version,
        covers=_covers(unit, row),
        people=people,
        sessions=tuple(
            (each.id, f"{in_language(each.title_ko, each.title_en)} · {each.starts_on.isoformat()}")
            for each in store.sessions(unit.session, actor, since)
        ),
        preview=None if wanted is None else _preview(unit, actor, row, wanted)[0],
    )  # fmt: skip


def suggest(
    unit: Unit, actor: Actor, template_id: int, wanted: CohortFilter, expected: int, version: int
) -> int:
    """Tell everybody in the cohort who is not there or on the way; gives how many.

    Raises Conflict when it would be another number than the preview said.
    """
    row = _held(unit, actor, template_id, version)
    preview, new = _preview(unit, actor, row, wanted)
    if preview.new != expected or not new:
        raise Conflict(_("그 사이에 대상이 바뀌었습니다. 새로 센 수를 다시 확인해 주십시오."))
    two_hats.refuse_for_desk(unit, actor, [each.youth_id for each in new])
    store.suggest(unit.session, template_id, [each.youth_id for each in new], unit.now)
    title_ko, title_en = target_names(unit.session, row)
    for each in new:
        outbox.put(
            unit.session, each.account, "path_suggested", unit.now,
            f"template:{template_id}:{each.youth_id}", title_ko=title_ko, title_en=title_en,
            note=row.note, desk=actor.organisation_name or "",
        )  # fmt: skip
    unit.access("template:suggested", None, youths=[each.youth_id for each in new])
    unit.audit("template:suggested", "plan_template", row.id, people=len(new))
    return len(new)


def _preview(
    unit: Unit, actor: Actor, row: PlanTemplate, wanted: CohortFilter
) -> tuple[Preview, Sequence[Member]]:
    session, refs = unit.session, [_ref(row)]
    members = store.members(session, actor, wanted, unit.today)
    ids = [each.youth_id for each in members]
    suggested = store.suggested_to(session, row.id or 0) & frozenset(ids)
    under_way = store.under_way(session, row.target, refs, ACTIVE, ids) - suggested
    there: frozenset[int] = frozenset()
    if row.target is PlanTarget.CERTIFICATION:
        there = store.holders(session, refs[0], ids, unit.today) - suggested - under_way
    new = [each for each in members if each.youth_id not in suggested | under_way | there]
    counted = Preview(len(ids), len(new), len(suggested), len(under_way), len(there))
    return counted, new


def _covers(unit: Unit, row: PlanTemplate) -> tuple[Cover, ...]:
    """Skills of a role, with any of which equally good ones; a certificate by its own courses."""
    if row.target is PlanTarget.CERTIFICATION:
        number = store.courses_towards(unit.session, _ref(row), unit.today)
        return (Cover(in_language(*target_names(unit.session, row)), number),)
    taught = store.courses_teaching(unit.session, unit.today)
    role = next((each for each in load_roles() if each.slug == _ref(row)), None)
    if role is None:
        return ()
    asked = [each for each in role.requirements if each.kind != "licence"]
    return tuple(
        Cover(_skill_name(each.any_of[0]), sum(taught.get(name, 0) for name in each.any_of))
        if each.certification is None
        else Cover(
            each.certification, store.courses_towards(unit.session, each.certification, unit.today)
        )
        for each in asked
    )


def _skill_name(slug: str) -> str:
    skill = load_taxonomy().resolve(slug)
    return slug if skill is None else skill.name(current_language())


def _target(unit: Unit, draft: Draft) -> tuple[PlanTarget, str]:
    known = {value for value, _label in (*role_options(), *certification_options(unit.today))}
    if draft.target not in known:
        raise Invalid({"target": _("목록에 있는 것 중에서 골라 주세요.")})
    if draft.finish_by is not None:
        try:
            refuse_impossible(draft.finish_by, unit.today)
        except Invalid as refusal:
            raise Invalid({"finish_by": next(iter(refusal.fields.values()))}) from None
    kind, _colon, ref = draft.target.partition(":")
    return PlanTarget(kind), ref


def _held(unit: Unit, actor: Actor, template_id: int, version: int) -> PlanTemplate:
    row = store.get(unit.session, actor, template_id, lock=True)
    if row is None:
        raise NotFound
    if row.version != version or not row.is_active:
        raise Conflict(_("그 사이에 바뀌었습니다. 새로 열어 다시 확인해 주십시오."))
    return row


def _settle(unit: Unit, row: PlanTemplate) -> None:
    row.version, row.updated_at = row.version + 1, unit.now
    unit.session.add(row)


def _states(people: Sequence[SuggestedLine]) -> dict[SuggestionState, int]:
    return {state: sum(each.state is state for each in people) for state in SuggestionState}


def _line(unit: Unit, row: PlanTemplate, states: Mapping[SuggestionState, int]) -> TemplateLine:
    return TemplateLine(
        id=row.id or 0,
        name=row.name,
        target=in_language(*target_names(unit.session, row)),
        weekly_hours=row.weekly_hours,
        finish_by=row.finish_by,
        is_active=row.is_active,
        is_demo=row.is_demo,
        states=states,
    )


def _ref(row: PlanTemplate) -> str:
    return str(row.target_refs[0])
