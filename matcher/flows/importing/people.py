"""Youths from a file: accounts without a password, profiles, wishes."""

from collections.abc import Iterable
from typing import Any

from matcher.db import Unit
from matcher.exchange.parsing import Parsed
from matcher.exchange.youths import YouthRow
from matcher.flows.importing.known import Known
from matcher.policy.notices import CONSENT_ON_PAPER
from matcher.store import consents, youths
from matcher.store.batches import Recorder
from matcher.text import canonical_email
from models.account import Account, AccountState, Membership, Role
from models.consent import Consent, ConsentPurpose
from models.youth import (
    Affiliation,
    AffiliationState,
    WishKind,
    YouthProfile,
    YouthStatus,
    YouthWish,
)


def write(unit: Unit, recorder: Recorder, known: Known, parsed: Parsed) -> None:
    """New people get an account that signs in after a password reset; known ones are updated."""
    rows: list[YouthRow] = list(parsed.rows)
    fresh = [row for row in rows if known.youth(row.email) is None]
    accounts = [_account(unit, row) for row in fresh]
    for account in accounts:
        recorder.make(account)
    unit.session.flush()  # memberships and profiles need the accounts' ids
    profiles = []
    for row, account in zip(fresh, accounts, strict=True):
        assert account.id is not None
        recorder.make(Membership(account_id=account.id, role=Role.YOUTH, created_at=unit.now))
        profile = YouthProfile(
            account_id=account.id, created_at=unit.now, updated_at=unit.now, **_values(known, row)
        )
        recorder.make(profile)
        profiles.append(profile)
    unit.session.flush()  # wishes need the profiles' ids
    for row, profile in zip(fresh, profiles, strict=True):
        assert profile.id is not None
        for wish in _wishes(profile.id, row):
            recorder.make(wish)
        _consent(unit, recorder, profile.id, row)
    _update(unit, recorder, known, [row for row in rows if known.youth(row.email) is not None])


def _update(unit: Unit, recorder: Recorder, known: Known, rows: Iterable[YouthRow]) -> None:
    for row in rows:
        profile = unit.session.get_one(YouthProfile, known.youth(row.email))
        values = _values(known, row)
        if recorder.change(profile, values):
            profile.version += 1
            profile.updated_at = unit.now
        assert profile.id is not None
        held = {(wish.kind, wish.value) for wish in youths.wishes(unit.session, profile.id)}
        for wish in _wishes(profile.id, row):
            if (wish.kind, wish.value) not in held:
                recorder.make(wish)
        # Whoever decided in the service, also by withdrawing, is not overruled by a file.
        if not consents.has_decided(unit.session, profile.id, ConsentPurpose.POOL):
            _consent(unit, recorder, profile.id, row)


def _consent(unit: Unit, recorder: Recorder, youth_id: int, row: YouthRow) -> None:
    """A written consent the sender holds: to the service, and to being seen masked."""
    if not row.pool_consent:
        return
    for purpose, sectors in (
        (ConsentPurpose.SERVICE, []),
        (ConsentPurpose.POOL, list(row.pool_consent)),
    ):
        recorder.make(
            Consent(
                youth_id=youth_id,
                purpose=purpose,
                sectors=sectors,
                text_version=CONSENT_ON_PAPER,
                granted_at=unit.now,
            )
        )


def _account(unit: Unit, row: YouthRow) -> Account:
    return Account(
        email=canonical_email(row.email),
        name=row.name,
        state=AccountState.ACTIVE,
        language=row.language,
        created_at=unit.now,
    )


def _values(known: Known, row: YouthRow) -> dict[str, Any]:
    """Profile columns of a row; a university in a file is confirmed, its coordinator sent it."""
    university = known.organisations.get(row.university) if row.university else None
    is_ours = Affiliation(row.affiliation) is Affiliation.RISE_UNIVERSITY
    return {
        "external_id": row.external_id or None,
        "affiliation": Affiliation(row.affiliation),
        "affiliation_state": AffiliationState.CONFIRMED if is_ours else AffiliationState.CLAIMED,
        "organisation_id": university if is_ours else None,
        "status": YouthStatus(row.status or YouthStatus.SEEKING),
        "graduation_on": row.graduation_on,
        "weekly_hours": row.weekly_hours,
        "budget_krw": row.budget_krw,
    }


def _wishes(youth_id: int, row: YouthRow) -> list[YouthWish]:
    wished = [(WishKind.SECTOR, row.sectors), (WishKind.REGION, row.regions)]
    return [
        YouthWish(youth_id=youth_id, kind=kind, value=value, place=place)
        for kind, values in wished
        for place, value in enumerate(values, start=1)
    ]
