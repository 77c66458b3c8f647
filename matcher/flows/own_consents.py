"""A young person gives and withdraws each consent apart from the others, at once."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime

from matcher.catalogue.sectors import sectors as all_sectors
from matcher.db import Unit
from matcher.i18n import gettext as _
from matcher.i18n import in_language
from matcher.policy.notices import CONSENT_TEXT_VERSION
from matcher.refusal import Conflict, Invalid, NotFound
from matcher.store import consents, youths
from models.consent import Consent, ConsentPurpose
from models.youth import YouthProfile


@dataclass(frozen=True)
class EmployerConsent:
    consent_id: int
    organisation_name: str
    fields: tuple[str, ...]
    granted_at: datetime
    expires_on: date | None


@dataclass(frozen=True)
class ConsentsView:
    service_since: datetime | None
    pool_since: datetime | None
    pool_sectors: tuple[str, ...]
    learning_since: datetime | None
    employers: tuple[EmployerConsent, ...]
    sectors: tuple[tuple[str, str], ...]
    """(slug, name) to choose from."""


def overview(unit: Unit) -> ConsentsView:
    live = consents.live(unit.session, unit.signed_in.own_youth_id, unit.today)
    last = {each.purpose: each for each in live}
    pool = last.get(ConsentPurpose.POOL)
    return ConsentsView(
        service_since=_since(last.get(ConsentPurpose.SERVICE)),
        pool_since=_since(pool),
        pool_sectors=tuple(pool.sectors) if pool else (),
        learning_since=_since(last.get(ConsentPurpose.LEARNING)),
        employers=_employers(unit, live),
        sectors=sector_choices(),
    )


def sector_choices() -> tuple[tuple[str, str], ...]:
    return tuple((each.slug, in_language(each.name_ko, each.name_en)) for each in all_sectors())


def give_pool(unit: Unit, sectors: Sequence[str]) -> None:
    """Replaces the earlier one; requests from sectors no longer named end with it."""
    chosen = sorted(set(sectors))
    if not chosen:
        raise Invalid({"sectors": _("어느 분야의 기업에 보일지 하나 이상 골라 주세요.")})
    if not set(chosen) <= {each.slug for each in all_sectors()}:
        raise Invalid({"sectors": _("목록에 있는 것 중에서 골라 주세요.")})
    youth_id = _held_youth(unit)
    consents.withdraw(unit.session, youth_id, unit.now, ConsentPurpose.POOL)
    consents.withdraw_requests(unit.session, youth_id, unit.now, chosen)
    _give(unit, youth_id, ConsentPurpose.POOL, chosen)
    _looks_again(unit, youth_id)


def give_learning(unit: Unit) -> None:
    youth_id = _held_youth(unit)
    if consents.live(unit.session, youth_id, unit.today, ConsentPurpose.LEARNING):
        raise Conflict(_("이미 동의했어요."))
    _give(unit, youth_id, ConsentPurpose.LEARNING, [])


def withdraw_pool(unit: Unit) -> None:
    """Partners stop seeing the person at once, and unanswered introductions end."""
    youth_id = _held_youth(unit)
    _withdraw(unit, youth_id, ConsentPurpose.POOL)
    ended = consents.withdraw_requests(unit.session, youth_id, unit.now)
    unit.audit("introductions:ended", "youth", youth_id, count=ended)


def withdraw_learning(unit: Unit) -> None:
    _withdraw(unit, _held_youth(unit), ConsentPurpose.LEARNING)


def withdraw_employer(unit: Unit, consent_id: int) -> None:
    youth_id = _held_youth(unit)
    row = consents.employer_consent(unit.session, youth_id, consent_id)
    if row is None:
        raise NotFound
    row.withdrawn_at = unit.now
    unit.session.add(row)
    unit.audit("consent:withdrawn", "youth", youth_id, purpose=ConsentPurpose.EMPLOYER.value)


def _withdraw(unit: Unit, youth_id: int, purpose: ConsentPurpose) -> None:
    if not consents.withdraw(unit.session, youth_id, unit.now, purpose):
        raise Conflict(_("거둘 동의가 없어요."))
    unit.audit("consent:withdrawn", "youth", youth_id, purpose=purpose.value)


def _give(unit: Unit, youth_id: int, purpose: ConsentPurpose, sectors: list[str]) -> None:
    unit.session.add(
        Consent(
            youth_id=youth_id,
            purpose=purpose,
            sectors=sectors,
            text_version=CONSENT_TEXT_VERSION,
            granted_at=unit.now,
        )
    )
    unit.audit("consent:given", "youth", youth_id, purpose=purpose.value, sectors=sectors)


def _looks_again(unit: Unit, youth_id: int) -> None:
    """Whoever lets itself be seen anew is looking; an old "no" ends with it."""
    row = unit.session.get_one(YouthProfile, youth_id)
    row.looking_on, row.looking_stopped_on = unit.today, None
    unit.session.add(row)


def _employers(unit: Unit, live: Sequence[Consent]) -> tuple[EmployerConsent, ...]:
    given = [each for each in live if each.purpose is ConsentPurpose.EMPLOYER]
    named = consents.employers(unit.session, given)
    return tuple(
        EmployerConsent(
            consent_id=each.id or 0,
            organisation_name=in_language(
                named[each.organisation_id].name_ko, named[each.organisation_id].name_en
            ),
            fields=tuple(str(name) for name in each.fields),
            granted_at=each.granted_at,
            expires_on=each.expires_on,
        )
        for each in given
        if each.organisation_id is not None
    )


def _since(consent: Consent | None) -> datetime | None:
    return None if consent is None else consent.granted_at


def _held_youth(unit: Unit) -> int:
    """So that nothing that stands on a consent is done while it is being withdrawn."""
    youth_id = unit.signed_in.own_youth_id
    youths.hold(unit.session, [youth_id])
    return youth_id
