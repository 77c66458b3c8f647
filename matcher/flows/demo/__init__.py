"""Load the demo data into an empty database, all of it or nothing."""

from collections.abc import Mapping
from dataclasses import dataclass

from matcher.catalogue.demo import SEED, generate
from matcher.catalogue.demo.standing import standing_addresses
from matcher.db import Unit
from matcher.flows.demo import (
    answering,
    badge_issuers,
    badges,
    calibrated,
    classes,
    corners,
    desk,
    first_youth,
    hiring,
    kept_papers,
    market,
    people,
    plans,
    posting_life,
    promised,
    reviewers,
    shared_links,
    signed,
)
from matcher.flows.demo.writing import Writing
from matcher.gateways.key_vault import KeyVault
from matcher.gateways.passwords import Passwords
from matcher.i18n import gettext as _
from matcher.refusal import Conflict
from matcher.store import demo as store

PASSWORD = "oreum-demo-2026"  # noqa: S105 - shown on the screen, demo databases only
"""Of every demo account."""

_PARTS = (
    people.youths,
    market.courses,
    market.openings,
    market.between,
    market.progress,
    plans.handed_in,
    desk.rounds,
    plans.suggested,
    desk.imports,
    desk.proofs,
    desk.outcomes,
    desk.planning,
    desk.community,
    classes.classes,
    classes.labs,
    desk.packs,
    people.looks,
    answering.answering,
    promised.promised,
    hiring.hiring,
    posting_life.posting_life,
    reviewers.reviewed,
    calibrated.examples,
    first_youth.first_youth,
    corners.corners,
    kept_papers.kept_papers,
    badge_issuers.badge_issuers,
    badges.badges,
    shared_links.shared_links,
)
"""Parents first; those that count or rank what is there after what they count."""


@dataclass(frozen=True)
class DemoAccount:
    """One line of the table of demo sign-ins; `id` is the youth's, the organisation's or, for
    admins, the account's own."""

    role: str
    id: int
    email: str
    password: str
    name: str
    organisation: str | None


@dataclass(frozen=True)
class Loaded:
    accounts: tuple[DemoAccount, ...]
    counts: Mapping[str, int]
    """Rows by table."""


def load(
    unit: Unit, passwords: Passwords, seed: int = SEED, vault: KeyVault | None = None
) -> Loaded:
    """Write everything in the caller's transaction. Raises Conflict where accounts exist. With a
    `vault` the first young people's credentials are signed too."""
    if store.holds_accounts(unit.session):
        raise Conflict(_("이미 계정이 있는 데이터베이스에는 데모 자료를 넣지 않습니다."))
    writing = Writing(unit, generate(unit.today, seed))
    people.organisations(writing)
    # One hash a role: the password is public, and hashing each would take seven seconds.
    roles = sorted({person.role for person in writing.data.people})
    people.accounts(writing, {role: passwords.hash(PASSWORD) for role in roles})
    for part in _PARTS:
        part(writing)
    if vault is not None:
        signed.signed(writing, vault)
    unit.audit(
        "demo:loaded", "database", None, counts=dict(writing.counts), commitments=writing.promises
    )
    return Loaded(sign_ins(unit), writing.counts)


def is_loaded(unit: Unit) -> bool:
    return store.holds_accounts(unit.session)


def sign_ins(unit: Unit) -> tuple[DemoAccount, ...]:
    """Who can sign in, youths first."""
    rows = store.sign_ins(unit.session, standing_addresses())
    return tuple(
        DemoAccount(
            role=row.role.value,
            id=row.youth_id or row.organisation_id or row.account_id,
            email=row.email,
            password=PASSWORD,
            name=row.name,
            organisation=row.organisation,
        )
        for row in rows
    )
