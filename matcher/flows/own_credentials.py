"""A young person's signed credentials: the list, files to keep, and all of them in one record."""

import json
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any

from matcher.actor import Actor
from matcher.clock import day_of
from matcher.credentials import badge, clr, integrity, pictures
from matcher.db import Unit
from matcher.gateways.key_vault import KeyVault
from matcher.i18n import gettext as _
from matcher.matching import credential_names, issuing, throttling
from matcher.matching.credential_names import CredentialName
from matcher.matching.issuing import payload_of
from matcher.matching.signing import needed_signer, signer
from matcher.policy import limits
from matcher.refusal import Conflict, NotFound
from matcher.store import enrolments, issued, issuer_keys
from models.credential import IssuedCredential, IssuedKind, IssuedState


@dataclass(frozen=True)
class OwnCredential:
    number: str
    kind: IssuedKind
    name: CredentialName
    state: IssuedState
    state_on: date
    reason: str
    is_waiting: bool
    is_outdated: bool
    """It names the address of an account whose record was merged into this one."""
    valid_from: date
    is_demo: bool


@dataclass(frozen=True)
class OwnCredentials:
    """`is_on`: this service signs. `unsigned`: completed courses and assessed skills that are not
    signed yet."""

    is_on: bool
    rows: tuple[OwnCredential, ...]
    unsigned: int
    pieces: int
    """Files the whole record takes."""


def every(unit: Unit, actor: Actor, vault: KeyVault) -> OwnCredentials:
    rows = issued.of_person(unit.session, actor.own_youth_id)
    lost = issuer_keys.revoked_ids(unit.session)
    is_on = signer(unit, vault) is not None
    return OwnCredentials(
        is_on=is_on,
        rows=_lines(unit, rows, lost),
        unsigned=issuing.missing(unit, actor.own_youth_id, rows),
        pieces=len(list(clr.pieces(_members(rows, lost)))) if is_on else 0,
    )


def is_on(unit: Unit, vault: KeyVault) -> bool:
    """Whether this service signs."""
    return signer(unit, vault) is not None


def of_course(unit: Unit, actor: Actor, number: str) -> OwnCredential | None:
    """The newest one signed for the course's credential with this number, if one is."""
    found = issued.of_course(unit.session, actor.own_youth_id, number)
    if found is None:
        return None
    return _lines(unit, [found], issuer_keys.revoked_ids(unit.session))[0]


def file(unit: Unit, actor: Actor, vault: KeyVault, number: str, form: str) -> bytes:
    """The credential as a picture that carries it (png, svg), a token (jwt) or a document with its
    proof inside (json). Raises Conflict while it is being signed anew."""
    row = issued.own(unit.session, actor, number)
    if row is None or not row.token:
        raise NotFound
    if row.key_id in issuer_keys.revoked_ids(unit.session):
        raise Conflict(_("지금 다시 서명하고 있어요. 잠시 뒤에 받아 주세요."))
    if form == "json":
        return _text(_with_proof(unit, vault, row))
    carriers = {"png": pictures.baked_png, "svg": pictures.baked_svg}
    return carriers[form](row.token) if form in carriers else row.token.encode("ascii")


def count_record(unit: Unit) -> None:
    """Raises TooMany after thirty in an hour."""
    tries = limits.learner_records(unit.signed_in.account_id)
    said = _("기록 파일은 한 시간에 %(most)s번까지 만들어요. 조금 뒤에 다시 해 주세요.")
    throttling.refuse(unit, tries, said % {"most": tries[0].most})
    throttling.count_reading(unit, tries)


def record(unit: Unit, actor: Actor, vault: KeyVault, part: int) -> bytes:
    """Part `part`, from 1, of everything in force as one signed Comprehensive Learner Record.
    Raises NotFound when there is no such part."""
    by = needed_signer(unit, vault)
    rows = issued.of_person(unit.session, actor.own_youth_id)
    pieces = list(clr.pieces(_members(rows, issuer_keys.revoked_ids(unit.session))))
    if not 1 <= part <= len(pieces):
        raise NotFound
    email = enrolments.account_of(unit.session, actor.own_youth_id).email
    members = [integrity.with_proof(each, by.key, unit.now) for each in pieces[part - 1]]
    signed = clr.record(members, email, by.key, by.did, by.name, by.site, unit.now)
    return signed.encode("ascii")


def _members(rows: Sequence[IssuedCredential], lost: frozenset[int]) -> list[dict[str, Any]]:
    """What a record holds: in force, for this account's address, and not under a lost key."""
    return [
        badge.without_claims(payload_of(row.token))
        for row in reversed(rows)
        if row.state is IssuedState.IN_FORCE
        and row.key_id not in lost
        and not issuing.is_outdated(row)
    ]


def _with_proof(unit: Unit, vault: KeyVault, row: IssuedCredential) -> dict[str, Any]:
    by = needed_signer(unit, vault)
    return integrity.with_proof(badge.without_claims(payload_of(row.token)), by.key, unit.now)


def _lines(
    unit: Unit, rows: Sequence[IssuedCredential], lost: frozenset[int]
) -> tuple[OwnCredential, ...]:
    names = credential_names.names(unit, rows)
    return tuple(_line(row, names[row.number], lost) for row in rows)


def _line(row: IssuedCredential, name: CredentialName, lost: frozenset[int]) -> OwnCredential:
    said = payload_of(row.token) if row.token else {}
    return OwnCredential(
        number=row.number,
        kind=row.kind,
        name=name,
        state=row.state,
        state_on=day_of(row.state_since),
        reason=row.reason,
        is_waiting=row.key_id in lost and row.state is not IssuedState.REVOKED,
        is_outdated=row.state is IssuedState.IN_FORCE and issuing.is_outdated(row),
        valid_from=day_of(badge.since(said)) if said else day_of(row.created_at),
        is_demo=row.is_demo,
    )


def _text(document: dict[str, Any]) -> bytes:
    return json.dumps(document, ensure_ascii=False, indent=2).encode("utf-8")
