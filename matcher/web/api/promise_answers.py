"""What the API answers about promised interviews; every field is named here too."""

from datetime import date

from matcher.policy.promises import Missing
from matcher.web.api.fields import Answer
from models.promise import PromiseState, PromiseSubject, TakingState


class PromisePublic(Answer):
    """An interview for whoever earns `what` by `earn_by`. `text_hash` is the SHA-256 of the terms
    in both languages; `is_intact` false when they no longer match it."""

    id: int
    opening_id: int
    subject: PromiseSubject
    ref: str
    level: int | None
    what: str
    earn_by: date
    last_claim: date
    interview_days: int
    places: int
    left: int
    state: PromiseState
    terms: str
    text_hash: str
    is_intact: bool


class OwnPromisePublic(Answer):
    """`state` null: not taken up. `missing` says what the interview still needs, null when it may
    be asked for today; `version` is that of your taking."""

    promise: PromisePublic
    title: str
    organisation: str
    state: TakingState | None
    version: int
    missing: Missing | None
    interview_by: date | None
    consent_until: date
    can_take: bool
    can_claim: bool


class ClaimPublic(Answer):
    """Somebody who asked for the interview; `label` is what the pages of this opening say."""

    application_id: int
    label: str
    state: TakingState
    interview_by: date


class DeskPromisePublic(Answer):
    promise: PromisePublic
    version: int
    taken: int
    can_withdraw: bool
    claims: list[ClaimPublic]
