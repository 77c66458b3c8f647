"""The RISE centre reads what partners hand in: first postings, flagged texts, new partners."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime
from enum import StrEnum

from matcher.actor import Actor
from matcher.clock import day_of
from matcher.db import Unit
from matcher.i18n import gettext as _
from matcher.i18n import in_language
from matcher.matching import posting_versions
from matcher.matching.partner_letters import tell_partner
from matcher.matching.wanted import Meant, of_ref
from matcher.policy import business_number, forbidden_topics
from matcher.policy.states import OPENING_STEPS, OpeningAction, next_state
from matcher.refusal import Conflict, Forbidden, Invalid, NotFound
from matcher.store import match_rows, openings
from models.account import Role
from models.opening import Opening, OpeningState, RequirementKind
from models.organisation import Organisation, OrganisationState


class ReturnReason(StrEnum):
    """Why a posting or a partner goes back; a coded reason first, words beside it."""

    FORBIDDEN_TOPIC = "forbidden_topic"
    UNCLEAR_WORK = "unclear_work"
    UNCLEAR_PAY = "unclear_pay"
    NOT_A_JOB = "not_a_job"
    NOT_VERIFIED = "not_verified"
    OTHER = "other"


@dataclass(frozen=True)
class PendingOpening:
    id: int
    version: int
    title_ko: str
    title_en: str
    organisation: str
    organisation_state: OrganisationState
    business_number: str
    """As people write it, empty when there is none; stored ones have a right check digit."""
    is_trusted: bool
    is_demo: bool
    sector: str
    description: str
    employment_type: str
    region: str
    pay_min_krw: int | None
    pay_max_krw: int | None
    closes_on: date
    waited_days: int
    hits: tuple[forbidden_topics.Hit, ...]
    requirements: tuple[tuple[RequirementKind, Meant, int | None], ...]

    @property
    def title(self) -> str:
        return in_language(self.title_ko, self.title_en)


@dataclass(frozen=True)
class PendingPartner:
    id: int
    name: str
    sector: str | None
    business_number: str
    is_demo: bool
    asked_at: datetime
    waited_days: int


@dataclass(frozen=True)
class Approvals:
    openings: tuple[PendingOpening, ...]
    partners: tuple[PendingPartner, ...]

    @property
    def flagged(self) -> int:
        return sum(1 for each in self.openings if each.hits)

    @property
    def oldest_days(self) -> int:
        waited = [each.waited_days for each in self.openings]
        return max(waited + [each.waited_days for each in self.partners], default=0)


def waiting(unit: Unit, actor: Actor) -> Approvals:
    """Everything that waits for the centre, oldest first."""
    _centre(actor)
    asked = match_rows.requirements(unit.session, openings.submitted())
    rows = openings.submitted_openings(unit.session, actor)
    return Approvals(
        tuple(_pending(row, organisation, asked, unit.today) for row, organisation in rows),
        tuple(_partner(row, unit.today) for row in openings.pending_partners(unit.session)),
    )


def approve_opening(unit: Unit, actor: Actor, opening_id: int, version: int) -> None:
    """Publish; from now on the partner's clean postings go out at once."""
    row, organisation, after = _step(unit, actor, opening_id, version, OpeningAction.APPROVE)
    if organisation.state is not OrganisationState.ACTIVE:
        raise Conflict(_("이 기업을 먼저 승인해 주십시오."))
    if row.closes_on < unit.today:
        raise Conflict(_("마감일이 지난 공고입니다. 돌려보내 주십시오."))
    row.state, row.published_at, row.return_reason = after, unit.now, ""
    if not organisation.is_trusted:
        organisation.is_trusted = True
        unit.session.add(organisation)
        unit.audit("organisation:trusted", "organisation", organisation.id, opening=row.id)
    _close(unit, row, "opening:published", "opening_published")


def return_opening(
    unit: Unit,
    actor: Actor,
    opening_id: int,
    version: int,
    reason: ReturnReason | None,
    words: str,
) -> None:
    """Back to the partner, with a reason from the list and, for "other", in words."""
    row, _organisation, after = _step(unit, actor, opening_id, version, OpeningAction.RETURN)
    code = _needed(reason, words)
    row.state, row.return_reason = after, f"{code.value}|{words}"[:300]
    _close(unit, row, "opening:returned", "opening_returned", reason=code.value, words=words)


def approve_partner(unit: Unit, actor: Actor, organisation_id: int) -> None:
    _decide_partner(unit, actor, organisation_id, OrganisationState.ACTIVE, "", "")


def return_partner(
    unit: Unit, actor: Actor, organisation_id: int, reason: ReturnReason | None, words: str
) -> None:
    """Turn a new partner away; its accounts see nothing from now on."""
    code = _needed(reason, words)
    _decide_partner(unit, actor, organisation_id, OrganisationState.CLOSED, code.value, words)


def _centre(actor: Actor) -> None:
    if actor.role is not Role.CENTRE:
        raise Forbidden(_("센터만 할 수 있는 일입니다."))


def _step(
    unit: Unit, actor: Actor, opening_id: int, version: int, action: OpeningAction
) -> tuple[Opening, Organisation, OpeningState]:
    _centre(actor)
    row = openings.get(unit.session, actor, opening_id, lock=True)
    if row is None:
        raise NotFound
    after = next_state(OPENING_STEPS, row.state, action, actor.role)
    if after is None or row.version != version:
        raise Conflict(_("그 사이에 바뀐 공고입니다. 지금 내용을 다시 읽어 주십시오."))
    return row, openings.organisation_of(unit.session, row), after


def _needed(reason: ReturnReason | None, words: str) -> ReturnReason:
    if reason is None:
        raise Invalid({"reason": _("돌려보내는 이유 하나를 골라 주십시오.")})
    if reason is ReturnReason.OTHER and not words:
        raise Invalid({"words": _("다른 이유는 말로 적어 주십시오.")})
    return reason


def _close(unit: Unit, row: Opening, action: str, template: str, **more: str) -> None:
    """Version, audit line and mail to everybody at the partner."""
    row.version += 1
    row.updated_at = unit.now
    unit.session.add(row)
    posting_versions.note(unit, row)
    unit.audit(
        action, "opening", row.id, before=OpeningState.SUBMITTED.value, after=row.state.value,
        **more,
    )  # fmt: skip
    tell_partner(
        unit, row.organisation_id, template, f"opening:{row.id}:{row.version}",
        title_ko=row.title_ko, title_en=row.title_en, opening_id=row.id, **more,
    )  # fmt: skip


def _decide_partner(
    unit: Unit,
    actor: Actor,
    organisation_id: int,
    state: OrganisationState,
    reason: str,
    words: str,
) -> None:
    _centre(actor)
    row = openings.partner_organisation(unit.session, organisation_id)
    if row is None:
        raise NotFound
    if row.state is not OrganisationState.PENDING:
        raise Conflict(_("이미 답한 기업입니다."))
    row.state = state
    unit.session.add(row)
    unit.audit(
        f"organisation:{state.value}", "organisation", row.id,
        before=OrganisationState.PENDING.value, after=state.value, reason=reason, words=words,
    )  # fmt: skip
    template = "partner_approved" if state is OrganisationState.ACTIVE else "partner_returned"
    tell_partner(
        unit, organisation_id, template, f"organisation:{row.id}:{state.value}",
        organisation_ko=row.name_ko, organisation_en=row.name_en, reason=reason, words=words,
    )  # fmt: skip


def _pending(
    row: Opening,
    organisation: Organisation,
    asked: Sequence[match_rows.RequirementRow],
    today: date,
) -> PendingOpening:
    return PendingOpening(
        id=row.id or 0,
        version=row.version,
        title_ko=row.title_ko,
        title_en=row.title_en,
        organisation=_named(organisation),
        organisation_state=organisation.state,
        business_number=_number(organisation),
        is_trusted=organisation.is_trusted,
        is_demo=row.is_demo,
        sector=row.sector,
        description=row.description,
        employment_type=row.employment_type,
        region=row.region,
        pay_min_krw=row.pay_min_krw,
        pay_max_krw=row.pay_max_krw,
        closes_on=row.closes_on,
        waited_days=(today - day_of(row.updated_at)).days,
        hits=forbidden_topics.posting_hits(row),
        requirements=tuple(
            (each.kind, of_ref(each.subject, each.ref), each.level)
            for each in asked
            if each.opening_id == row.id
        ),
    )


def _partner(row: Organisation, today: date) -> PendingPartner:
    waited = (today - day_of(row.created_at)).days
    return PendingPartner(
        row.id or 0, _named(row), row.sector, _number(row), row.is_demo, row.created_at, waited
    )


def _number(row: Organisation) -> str:
    return business_number.written(row.business_number) if row.business_number else ""


def _named(row: Organisation) -> str:
    return in_language(row.name_ko, row.name_en)
