"""The clock of promised interviews: what lapsed, what was kept, what was broken, who is told.

Every taking has a transaction of its own, held with its person; running it twice changes nothing.
"""

from collections import Counter
from dataclasses import dataclass
from datetime import timedelta

from matcher.clock import start_of
from matcher.db import Unit, Units
from matcher.i18n import use_language
from matcher.matching.partner_letters import tell_partner
from matcher.matching.promise_terms import what
from matcher.policy import promises as rules
from matcher.store import candidates, outbox, promises, youths
from matcher.store.promises import OwnTaking
from models.promise import TakingState


@dataclass(frozen=True)
class Done:
    lapsed: int = 0
    kept: int = 0
    broken: int = 0
    dropped: int = 0
    reminded: int = 0


def run(units: Units) -> Done:
    with units.reading() as unit:
        ids = promises.living(unit.session, rules.LIVING)
    counts: Counter[str] = Counter()
    for taking_id in ids:
        with units.writing() as unit:
            counts[_look(unit, taking_id)] += 1
    return Done(**{name: counts[name] for name in Done.__dataclass_fields__})


def _look(unit: Unit, taking_id: int) -> str:
    """What happened to one taking, or nothing."""
    youth_id = promises.youth_of(unit.session, taking_id)
    if youth_id is None:
        return ""
    youths.hold(unit.session, [youth_id])
    row = promises.held(unit.session, taking_id)
    if row is None or row.taking.state not in rules.LIVING:
        return ""
    if row.taking.state is TakingState.TAKEN:
        return _lapse(unit, row)
    return _settle(unit, row)


def _lapse(unit: Unit, row: OwnTaking) -> str:
    if unit.today <= rules.last_claim(row.promise.earn_by):
        return ""
    _step(unit, row, TakingState.LAPSED)
    _tell_person(unit, row, "promise_lapsed")
    return "lapsed"


def _settle(unit: Unit, row: OwnTaking) -> str:
    taking, by = row.taking, row.taking.interview_by
    found = promises.application(unit.session, taking.application_id or 0)
    if found is None or by is None:
        return ""
    since = start_of(by - timedelta(days=row.promise.interview_days))
    until = start_of(by + timedelta(days=1))
    after = rules.taking_after(
        found.state,
        promises.interviews(unit.session, found.id or 0),
        by,
        unit.today,
        promises.was_time_offered(unit.session, row.promise.opening_id, since, until),
    )
    if after is None:
        return _remind(unit, row) if unit.today >= by - rules.REMINDER else ""
    _step(unit, row, after)
    if after is TakingState.BROKEN:
        _tell_person(unit, row, "promise_broken")
        _tell_partner(unit, row, "promise_broken_partner")
    return after.value


def _remind(unit: Unit, row: OwnTaking) -> str:
    """Once a claim."""
    key = f"promise:{row.taking.id}:{row.taking.version}:due"
    if outbox.has_key(unit.session, f"{key}:"):
        return ""
    _tell_partner(unit, row, "promise_due", key)
    return "reminded"


def _step(unit: Unit, row: OwnTaking, to: TakingState) -> None:
    taking, before = row.taking, row.taking.state
    taking.state, taking.version, taking.updated_at = to, taking.version + 1, unit.now
    unit.session.add(taking)
    unit.audit(
        f"promise:{to.value}", "promise_taking", taking.id, before=before.value, after=to.value
    )


def _tell_person(unit: Unit, row: OwnTaking, template: str) -> None:
    account = candidates.account_of(unit.session, row.taking.youth_id)
    key = f"promise:{row.taking.id}:{row.taking.version}:person"
    outbox.put(unit.session, account, template, unit.now, key, **_words(row))


def _tell_partner(unit: Unit, row: OwnTaking, template: str, key: str = "") -> None:
    """The mail names the opening, never the person."""
    key = key or f"promise:{row.taking.id}:{row.taking.version}:partner"
    tell_partner(unit, row.opening.organisation_id, template, key, **_words(row))


def _words(row: OwnTaking) -> dict[str, object]:
    promise, day = row.promise, row.taking.interview_by
    names = {}
    for language in ("ko", "en"):
        with use_language(language):
            names[f"what_{language}"] = what(promise.subject, promise.ref, promise.level)
    return {
        "title_ko": row.opening.title_ko,
        "title_en": row.opening.title_en,
        "organisation_ko": row.organisation.name_ko,
        "organisation_en": row.organisation.name_en,
        "opening_id": promise.opening_id,
        "interview_by": "" if day is None else day.isoformat(),
        **names,
    }
