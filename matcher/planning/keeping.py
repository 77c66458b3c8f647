"""Keeping one certificate alive: by an exam, or by a maintenance year without one."""

from collections.abc import Mapping
from datetime import date, timedelta

from matcher.planning.certification_rules import RuleRefusal, add_years
from matcher.planning.exam_facts import Maintenance, ProgrammeFacts


def renewal_refusal(
    facts: ProgrammeFacts, certification: str, expires_on: date, on: date
) -> RuleRefusal | None:
    """Whether any pass that day may move this expiry. A retired certificate stays valid until it
    expires and cannot be renewed; an expired one must be earned anew."""
    if on > expires_on:
        source = facts.rules.sources["renewal_needs_active"]
        return RuleRefusal("renewal_needs_active", source, last_day=expires_on)
    if not facts.certifications[certification].is_renewable:
        source = facts.certifications[certification].renewal_source
        return RuleRefusal("retired_renewal", source, last_day=expires_on)
    return None


def maintenance_opens_on(expires_on: date, maintenance: Maintenance) -> date:
    return expires_on - timedelta(days=maintenance.window_days)


def maintained_until(expires_on: date, maintenance: Maintenance) -> date:
    return add_years(expires_on, maintenance.adds_years)


def maintenance_refusal(
    facts: ProgrammeFacts, certification: str, expires_on: date, on: date
) -> RuleRefusal | None:
    """Whether a year may be added that day: eligible, still active, inside the window."""
    maintenance = facts.maintenance
    if on > expires_on:
        return renewal_refusal(facts, certification, expires_on, on)
    if certification not in maintenance.eligible:
        return RuleRefusal("maintain_not_eligible", maintenance.source)
    if on < (opens_on := maintenance_opens_on(expires_on, maintenance)):
        return RuleRefusal("maintain_too_early", maintenance.source, opens_on, last_day=expires_on)
    return None


def expiries_after_maintenance(
    facts: ProgrammeFacts, held: Mapping[str, date], certification: str, on: date
) -> dict[str, date]:
    """Only the expiries that move when a year is added that day: the certificate's own, and that
    of every lower one still active, to the same new day."""
    new_expiry = maintained_until(held[certification], facts.maintenance)
    return {
        each: new_expiry
        for each in sorted(facts.renews(certification) & held.keys())
        if on <= held[each] < new_expiry
    }
