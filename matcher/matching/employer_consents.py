"""The consent that opens a person's name to one employer."""

from datetime import date

from matcher.db import Unit
from matcher.policy import employer_consent
from matcher.policy.notices import CONSENT_TEXT_VERSION
from matcher.store import own_ties
from models.consent import Consent, ConsentPurpose
from models.opening import Opening


def grant(unit: Unit, youth_id: int, opening: Opening, until: date | None = None) -> None:
    """One standing consent for this employer that lasts long enough; no second beside it. `until`
    is the day the person chose, at most the usual one."""
    until = until or employer_consent.until(opening.closes_on, unit.today)
    organisation = opening.organisation_id
    if own_ties.employer_consent(unit.session, youth_id, organisation, until) is not None:
        return
    unit.session.add(
        Consent(
            youth_id=youth_id,
            purpose=ConsentPurpose.EMPLOYER,
            organisation_id=organisation,
            fields=list(employer_consent.FIELDS),
            text_version=CONSENT_TEXT_VERSION,
            granted_at=unit.now,
            expires_on=until,
        )
    )
    unit.audit("consent:granted", "youth", youth_id, purpose="employer", to=organisation)


def end_if_loose(unit: Unit, youth_id: int, organisation_id: int) -> None:
    """The consent goes when nothing between the two needs it any more; what was changed before is
    flushed by then."""
    if not own_ties.is_tied(unit.session, youth_id, organisation_id):
        own_ties.end_employer_consents(unit.session, youth_id, organisation_id, unit.now)
