"""Youths from a file: accounts without a password, profiles, wishes."""

from collections.abc import Sequence
from typing import Any

from matcher.db import Unit
from matcher.exchange.errors import CellError
from matcher.exchange.parsing import Parsed
from matcher.exchange.youths import YouthRow
from matcher.flows.importing.known import Known, note_people
from matcher.i18n import gettext as _
from matcher.policy.notices import CONSENT_ON_PAPER
from matcher.refusal import Conflict
from matcher.store import import_people
from matcher.store.batches import Change, Recorder
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

PROFILE = (
    "external_id",
    "affiliation",
    "affiliation_state",
    "organisation_id",
    "status",
    "graduation_on",
    "weekly_hours",
    "budget_krw",
)


def check(unit: Unit, known: Known, parsed: Parsed) -> list[CellError]:
    """An external id belongs to one person, here or anywhere."""
    errors = []
    for row in parsed.rows:
        owner = known.external_ids.get(row.external_id) if row.external_id else None
        if owner is not None and owner != known.youth(row.email):
            errors.append(
                CellError(
                    row.line,
                    "external_id",
                    "taken",
                    "다른 사람이 쓰는 번호입니다",
                    "another person has this number",
                )
            )
    return errors


def write(unit: Unit, recorder: Recorder, known: Known, parsed: Parsed) -> None:
    """New people get an account that signs in after a password reset; known ones are updated."""
    rows: list[YouthRow] = list(parsed.rows)
    if any(known.youth(row.email) is None and _email(row) in known.emails for row in rows):
        raise Conflict(_("그 사이에 같은 주소의 계정이 생겼습니다. 파일을 다시 올려 주십시오."))
    fresh = [row for row in rows if known.youth(row.email) is None]
    held = [(row, known.youths[_email(row)]) for row in rows if _email(row) in known.youths]
    youth_ids = _make(unit, recorder, known, fresh)
    _make_wishes(recorder, list(zip(fresh, youth_ids, strict=True)))
    _make_consents(unit, recorder, list(zip(fresh, youth_ids, strict=True)))
    _update(unit, recorder, known, held)
    note_people(unit, "import:youths", {*youth_ids, *(youth_id for _row, youth_id in held)})


def _email(row: YouthRow) -> str:
    return canonical_email(row.email)


def _make(unit: Unit, recorder: Recorder, known: Known, rows: Sequence[YouthRow]) -> list[int]:
    account_ids = recorder.make_all(Account, [_account(unit, row) for row in rows])
    recorder.make_all(
        Membership,
        [
            {"account_id": number, "role": Role.YOUTH, "created_at": unit.now}
            for number in account_ids
        ],
    )
    shared = {"about": "", "version": 1, "created_at": unit.now, "updated_at": unit.now}
    return recorder.make_all(
        YouthProfile,
        [
            {"account_id": number, **shared, **_values(known, row)}
            for row, number in zip(rows, account_ids, strict=True)
        ],
    )


def _account(unit: Unit, row: YouthRow) -> dict[str, Any]:
    return {
        "email": _email(row),
        "name": row.name,
        "state": AccountState.ACTIVE,
        "language": row.language,
        "is_demo": False,
        "created_at": unit.now,
    }


def _update(
    unit: Unit, recorder: Recorder, known: Known, rows: Sequence[tuple[YouthRow, int]]
) -> None:
    ids = [youth_id for _row, youth_id in rows]
    stored = import_people.profiles(unit.session, ids)
    changes, renamed = [], []
    for row, youth_id in rows:
        profile, wanted = stored[youth_id], _values(known, row)
        before = {name: getattr(profile, name) for name in PROFILE}
        if before != wanted:
            before["version"] = profile.version
            after = {**wanted, "version": profile.version + 1, "updated_at": unit.now}
            changes.append(Change(youth_id, before, after))
        account = {"name": row.name, "language": row.language}
        was = {"name": profile.name, "language": profile.language}
        if account != was:
            renamed.append(Change(profile.account_id, was, account))
    recorder.change_all(YouthProfile, changes)
    recorder.change_all(Account, renamed, ("name", "language"))
    held = import_people.wishes(unit.session, ids)
    _make_wishes(recorder, rows, held)
    # Whoever decided in the service, also by withdrawing, is not overruled by a file.
    decided = import_people.decided(unit.session, ids, ConsentPurpose.POOL)
    _make_consents(unit, recorder, [each for each in rows if each[1] not in decided])


def _make_wishes(
    recorder: Recorder,
    rows: Sequence[tuple[YouthRow, int]],
    held: frozenset[tuple[int, WishKind, str]] = frozenset(),
) -> None:
    wanted = [wish for row, youth_id in rows for wish in _wishes(youth_id, row)]
    recorder.make_all(
        YouthWish,
        [each for each in wanted if (each["youth_id"], each["kind"], each["value"]) not in held],
    )


def _make_consents(unit: Unit, recorder: Recorder, rows: Sequence[tuple[YouthRow, int]]) -> None:
    """A written consent the sender holds: to the service, and to being seen masked."""
    recorder.make_all(
        Consent,
        [
            {
                "youth_id": youth_id,
                "purpose": purpose,
                "sectors": list(row.pool_consent) if purpose is ConsentPurpose.POOL else [],
                "fields": [],
                "text_version": CONSENT_ON_PAPER,
                "granted_at": unit.now,
            }
            for row, youth_id in rows
            if row.pool_consent
            for purpose in (ConsentPurpose.SERVICE, ConsentPurpose.POOL)
        ],
    )


def _values(known: Known, row: YouthRow) -> dict[str, Any]:
    """Profile columns of a row; a university in a file is confirmed, its coordinator sent it."""
    university = known.organisations.get(row.university) if row.university else None
    is_ours = Affiliation(row.affiliation) is Affiliation.RISE_UNIVERSITY
    usual = AffiliationState.CONFIRMED if is_ours else AffiliationState.CLAIMED
    return {
        "external_id": row.external_id or None,
        "affiliation": Affiliation(row.affiliation),
        "affiliation_state": AffiliationState(row.affiliation_state or usual),
        "organisation_id": university if is_ours else None,
        "status": YouthStatus(row.status or YouthStatus.SEEKING),
        "graduation_on": row.graduation_on,
        "weekly_hours": row.weekly_hours,
        "budget_krw": row.budget_krw,
    }


def _wishes(youth_id: int, row: YouthRow) -> list[dict[str, Any]]:
    wished = [(WishKind.SECTOR, row.sectors), (WishKind.REGION, row.regions)]
    return [
        {"youth_id": youth_id, "kind": kind, "value": value, "place": place}
        for kind, values in wished
        for place, value in enumerate(values, start=1)
    ]
