"""A person proves single facts of the own record without a name; anybody checks such a proof."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any

from matcher.actor import Actor
from matcher.clock import start_of
from matcher.credentials import selective
from matcher.credentials.types import Checked
from matcher.db import Unit
from matcher.gateways.key_vault import KeyVault
from matcher.i18n import gettext as _
from matcher.matching import at_hand, provable
from matcher.matching.provable import Fact
from matcher.matching.signing import signer
from matcher.policy.facts import DAYS, USUAL_DAYS, FactKind
from matcher.refusal import Conflict, Invalid
from matcher.store import sharing as store

__all__ = ["DAYS", "USUAL_DAYS", "Fact", "FactKind"]


@dataclass(frozen=True)
class OwnFacts:
    """`can_sign` False while the service has no key: then nothing can be proved."""

    facts: tuple[Fact, ...]
    can_sign: bool


@dataclass(frozen=True)
class Proved:
    """Shown this once and stored nowhere."""

    token: str
    facts: tuple[Fact, ...]
    until: datetime
    issuer: str


def view(unit: Unit, actor: Actor, vault: KeyVault) -> OwnFacts:
    found = provable.facts(unit.session, actor.own_youth_id, unit.today)
    return OwnFacts(found, signer(unit, vault) is not None)


def prove(unit: Unit, actor: Actor, vault: KeyVault, names: Sequence[str], days: int) -> Proved:
    """Everything that is true is signed, each fact apart, and what was not chosen is then taken
    away. Raises Invalid by field, Conflict without a key."""
    youth_id = actor.own_youth_id
    all_facts = provable.facts(unit.session, youth_id, unit.today)
    chosen = _chosen(all_facts, names)
    if days not in DAYS:
        raise Invalid({"days": _("목록에 있는 것 중에서 골라 주세요.")})
    by = signer(unit, vault)
    if by is None:
        raise Conflict(_("지금은 서명할 수 없어요. 나중에 다시 해 주세요."))
    until = _until(chosen, unit.now, days)
    token = selective.issue(
        _claims(all_facts), by.did, by.key, unit.now, until,
        is_demo=store.named(unit.session, youth_id).is_demo,
    )  # fmt: skip
    unit.audit("facts:proved", "youth", youth_id, facts=[fact.name for fact in chosen])
    return Proved(selective.narrowed(token, _claims(chosen)), chosen, until, by.did)


def _chosen(known: Sequence[Fact], names: Sequence[str]) -> tuple[Fact, ...]:
    chosen = tuple(fact for fact in known if fact.name in names)
    if not chosen:
        raise Invalid({"facts": _("증명할 것을 하나 이상 골라 주세요.")})
    if len(chosen) != len(set(names)):
        raise Invalid({"facts": _("목록에 있는 것 중에서 골라 주세요.")})
    return chosen


def _claims(facts: Sequence[Fact]) -> dict[str, Any]:
    return {name: value for fact in facts for name, value in fact.claims.items()}


def _until(chosen: Sequence[Fact], now: datetime, days: int) -> datetime:
    """Never longer than the certificate it speaks of."""
    ends = [start_of(fact.until + timedelta(days=1)) for fact in chosen if fact.until is not None]
    return min([now + timedelta(days=days), *ends])


def check(unit: Unit, vault: KeyVault, token: str) -> tuple[Checked, Mapping[str, Any]]:
    """(verdict, facts shown). Whoever asks is not noted, and neither is the proof."""
    checked = selective.check(
        token.encode("utf-8", "replace"), at_hand.build(unit, vault), unit.now
    )
    shown = {} if checked.claim is None else selective.facts_of(checked.claim)
    return checked, shown
