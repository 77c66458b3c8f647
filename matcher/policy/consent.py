"""Who a partner may see, and how much: pure predicates the store's scopes are tested against."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date

from matcher.policy.states import introduction_standing
from models.application import ApplicationState, IntroductionState
from models.consent import Consent, ConsentPurpose
from models.opening import OpeningState
from models.organisation import OrganisationState


@dataclass(frozen=True)
class Looker:
    """The partner's side of a look: one organisation and one of its openings."""

    organisation_id: int
    organisation_state: OrganisationState
    opening_state: OpeningState
    sector: str


@dataclass(frozen=True)
class Tie:
    """What stands between one person and one opening."""

    application: ApplicationState | None = None
    introduction: IntroductionState | None = None
    answer_by: date | None = None


def is_live(consent: Consent, today: date) -> bool:
    """Given, not withdrawn, and its last day not over."""
    if consent.withdrawn_at is not None:
        return False
    return consent.expires_on is None or consent.expires_on >= today


def may_see_masked(looker: Looker, consents: Iterable[Consent], today: date) -> bool:
    """Ranked and shown without name: live pool consent that names the opening's sector."""
    if looker.organisation_state is not OrganisationState.ACTIVE:
        return False
    if looker.opening_state is not OpeningState.PUBLISHED:
        return False
    return any(
        each.purpose is ConsentPurpose.POOL
        and is_live(each, today)
        and looker.sector in each.sectors
        for each in consents
    )


def has_employer_consent(organisation_id: int, consents: Iterable[Consent], today: date) -> bool:
    return any(
        each.purpose is ConsentPurpose.EMPLOYER
        and each.organisation_id == organisation_id
        and is_live(each, today)
        for each in consents
    )


def may_see_name(looker: Looker, tie: Tie, consents: Iterable[Consent], today: date) -> bool:
    """Only what the person did opens the name: an application or an accepted introduction, and
    the consent for this one employer, still alive."""
    if looker.organisation_state is not OrganisationState.ACTIVE:
        return False
    if not has_employer_consent(looker.organisation_id, consents, today):
        return False
    applied = tie.application is not None and tie.application is not ApplicationState.WITHDRAWN
    accepted = (
        tie.introduction is not None
        and introduction_standing(tie.introduction, tie.answer_by or today, today)
        is IntroductionState.ACCEPTED
    )
    return applied or accepted
