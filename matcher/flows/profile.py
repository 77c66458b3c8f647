"""A young person reads and changes their own profile and wishes."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date

from matcher.actor import Actor
from matcher.db import Unit
from matcher.i18n import gettext as _
from matcher.i18n import in_language
from matcher.refusal import Conflict, Invalid, NotFound
from matcher.store import organisations, youths
from models.organisation import OrganisationKind
from models.youth import (
    Affiliation,
    AffiliationState,
    WishKind,
    YouthProfile,
    YouthStatus,
    YouthWish,
)

WISHED = (WishKind.SECTOR, WishKind.REGION, WishKind.EMPLOYMENT)


@dataclass(frozen=True)
class ProfileView:
    youth_id: int
    name: str
    affiliation: Affiliation
    affiliation_state: AffiliationState
    organisation_id: int | None
    organisation_name: str | None
    status: YouthStatus
    graduation_on: date | None
    available_from: date | None
    weekly_hours: int | None
    budget_krw: int | None
    about: str
    version: int
    wishes: Mapping[WishKind, tuple[str, ...]]
    universities: tuple[tuple[int, str], ...]
    """(id, name) of the RISE universities to choose from."""


@dataclass(frozen=True)
class ProfileChange:
    """What a form asks for; `version` is the one the person saw."""

    affiliation: Affiliation
    organisation_id: int | None
    status: YouthStatus
    graduation_on: date | None
    available_from: date | None
    weekly_hours: int | None
    budget_krw: int | None
    about: str
    wishes: Mapping[WishKind, Sequence[str]]
    version: int


def view(unit: Unit, actor: Actor) -> ProfileView:
    profile = _own(unit, actor)
    assert profile.id is not None
    universities = organisations.by_kind(unit.session, OrganisationKind.UNIVERSITY)
    names = {row.id: in_language(row.name_ko, row.name_en) for row in universities}
    wishes = youths.wishes(unit.session, profile.id)
    return ProfileView(
        youth_id=profile.id,
        name=actor.name,
        affiliation=profile.affiliation,
        affiliation_state=profile.affiliation_state,
        organisation_id=profile.organisation_id,
        organisation_name=names.get(profile.organisation_id),
        status=profile.status,
        graduation_on=profile.graduation_on,
        available_from=profile.available_from,
        weekly_hours=profile.weekly_hours,
        budget_krw=profile.budget_krw,
        about=profile.about,
        version=profile.version,
        wishes={kind: tuple(wish.value for wish in wishes if wish.kind is kind) for kind in WISHED},
        universities=tuple((row.id, names[row.id]) for row in universities if row.id is not None),
    )


def change(unit: Unit, actor: Actor, wanted: ProfileChange) -> None:
    """Store the change. Raises Conflict when the profile moved on since the person read it."""
    profile = _own(unit, actor)
    if profile.version != wanted.version:
        raise Conflict(_("그 사이에 다른 곳에서 기록이 바뀌었어요. 새로 열어 다시 고쳐 주세요."))
    _refuse_unknown_university(unit, wanted)
    before = _audited(profile)
    _move_affiliation(profile, wanted)
    profile.status = wanted.status
    profile.graduation_on, profile.available_from = wanted.graduation_on, wanted.available_from
    profile.weekly_hours, profile.budget_krw = wanted.weekly_hours, wanted.budget_krw
    profile.about = wanted.about
    profile.version += 1
    profile.updated_at = unit.now
    unit.session.add(profile)
    assert profile.id is not None
    youths.replace_wishes(unit.session, profile.id, WISHED, _rows(profile.id, wanted))
    unit.audit("profile:changed", "youth", profile.id, before=before, after=_audited(profile))


def _refuse_unknown_university(unit: Unit, wanted: ProfileChange) -> None:
    if wanted.affiliation is not Affiliation.RISE_UNIVERSITY:
        return
    universities = organisations.by_kind(unit.session, OrganisationKind.UNIVERSITY)
    if wanted.organisation_id not in {row.id for row in universities}:
        raise Invalid({"organisation_id": _("세 RISE 대학 가운데 하나를 골라 주세요.")})


def _move_affiliation(profile: YouthProfile, wanted: ProfileChange) -> None:
    """A new university is a claim again: its coordinator confirms it, nobody carries it over."""
    university = (
        wanted.organisation_id if wanted.affiliation is Affiliation.RISE_UNIVERSITY else None
    )
    if (profile.affiliation, profile.organisation_id) != (wanted.affiliation, university):
        profile.affiliation_state = AffiliationState.CLAIMED
    profile.affiliation, profile.organisation_id = wanted.affiliation, university


def _rows(youth_id: int, wanted: ProfileChange) -> list[YouthWish]:
    return [
        YouthWish(youth_id=youth_id, kind=kind, value=value, place=place)
        for kind in WISHED
        for place, value in enumerate(dict.fromkeys(wanted.wishes.get(kind, ())), start=1)
    ]


def _own(unit: Unit, actor: Actor) -> YouthProfile:
    profile = youths.get(unit.session, actor, actor.youth_id)
    if profile is None:
        raise NotFound
    return profile


def _audited(profile: YouthProfile) -> dict[str, str]:
    return {"status": profile.status.value, "affiliation": profile.affiliation.value}
