"""An admin lists organisations, makes partners, opens and closes them, trusts them."""

import re
from dataclasses import dataclass

from matcher.catalogue.sectors import sectors
from matcher.db import Unit
from matcher.i18n import gettext as _
from matcher.i18n import in_language
from matcher.policy import business_number
from matcher.policy.accounts import ORGANISATION_MOVES
from matcher.refusal import Conflict, Invalid, NotFound
from matcher.store import organisation_changes, organisations
from models.organisation import Organisation, OrganisationKind, OrganisationState

SLUG = re.compile(r"[a-z0-9](?:[a-z0-9-]{0,58}[a-z0-9])?")


@dataclass(frozen=True)
class OrganisationRow:
    organisation_id: int
    slug: str
    name: str
    kind: OrganisationKind
    state: OrganisationState
    sector: str | None
    is_trusted: bool
    is_demo: bool
    people: int
    moves: frozenset[OrganisationState]


@dataclass(frozen=True)
class NewPartner:
    slug: str
    name_ko: str
    name_en: str
    sector: str
    business_number: str = ""
    """As typed; empty until the firm or the admin knows it."""


def listing(unit: Unit) -> tuple[OrganisationRow, ...]:
    members = organisations.member_counts(unit.session)
    return tuple(
        OrganisationRow(
            organisation_id=row.id or 0,
            slug=row.slug,
            name=in_language(row.name_ko, row.name_en),
            kind=row.kind,
            state=row.state,
            sector=row.sector,
            is_trusted=row.is_trusted,
            is_demo=row.is_demo,
            people=members.get(row.id or 0, 0),
            moves=ORGANISATION_MOVES[row.state]
            if row.kind is OrganisationKind.PARTNER
            else frozenset(),
        )
        for row in organisations.everyone(unit.session)
    )


def sector_choices() -> tuple[tuple[str, str], ...]:
    return tuple((each.slug, in_language(each.name_ko, each.name_en)) for each in sectors())


def create_partner(unit: Unit, wanted: NewPartner) -> int:
    """A pending partner; it posts after it was activated."""
    problems: dict[str, str] = {}
    if not SLUG.fullmatch(wanted.slug):
        problems["slug"] = _("영문 소문자, 숫자, 붙임표로 적어 주십시오. 예: jeju-orbit")
    elif organisations.by_slug(unit.session, wanted.slug) is not None:
        problems["slug"] = _("이미 쓰는 짧은 이름입니다.")
    if wanted.sector not in {each.slug for each in sectors()}:
        problems["sector"] = _("목록에 있는 분야를 골라 주십시오.")
    number = business_number.canonical(wanted.business_number) if wanted.business_number else None
    if wanted.business_number and number is None:
        problems["business_number"] = _("사업자등록번호 열 자리를 다시 확인해 주십시오.")
    elif number and organisation_changes.holder_of(unit.session, number, 0) is not None:
        problems["business_number"] = _("다른 기업이 쓰는 번호입니다.")
    if problems:
        raise Invalid(problems)
    row = Organisation(
        slug=wanted.slug,
        kind=OrganisationKind.PARTNER,
        state=OrganisationState.PENDING,
        name_ko=wanted.name_ko,
        name_en=wanted.name_en,
        sector=wanted.sector,
        business_number=number,
        created_at=unit.now,
    )
    unit.session.add(row)
    unit.session.flush()
    assert row.id is not None
    unit.audit("organisation:created", "organisation", row.id, slug=row.slug)
    return row.id


def move(unit: Unit, organisation_id: int, then: OrganisationState) -> None:
    """Open or close a partner; a closed partner's people sign in but see nobody."""
    row = _partner(unit, organisation_id)
    if then not in ORGANISATION_MOVES[row.state]:
        raise Conflict(_("이 기관은 지금 그렇게 바꿀 수 없습니다."))
    before, row.state = row.state, then
    unit.session.add(row)
    unit.audit(
        "organisation:moved",
        "organisation",
        organisation_id,
        before=before.value,
        after=then.value,
    )


def set_trust(unit: Unit, organisation_id: int, is_trusted: bool) -> None:
    row = _partner(unit, organisation_id)
    if row.is_trusted is not is_trusted:
        row.is_trusted = is_trusted
        unit.session.add(row)
        unit.audit("organisation:trust", "organisation", organisation_id, after=is_trusted)


def _partner(unit: Unit, organisation_id: int) -> Organisation:
    """Universities and the centre are reference data and are not changed here."""
    row = organisations.get(unit.session, organisation_id)
    if row is None:
        raise NotFound
    if row.kind is not OrganisationKind.PARTNER:
        raise Conflict(_("기업만 여기서 바꿀 수 있습니다."))
    return row
