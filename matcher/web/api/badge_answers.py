"""What the API answers about badges; every field is named here too."""

from datetime import date, datetime

from matcher.web.api.fields import Answer
from models.credential import PresentedState, Verdict


class WhyPublic(Answer):
    """`code` is the same in every language, `text` its sentence."""

    code: str
    text: str


class BadgePublic(Answer):
    """`verdict` of the last check, null while a link is still asked. `state` says what follows:
    `counted` backs a certification record, `in_review` waits for a desk, `not_theirs` was refused
    by one; `answer` is that as a sentence. `level`: verification of the record it backs now, 1 own
    word .. 4 signature checked; null where it backs none. `status_list_at`: the date of the
    oldest status list the verdict rests on."""

    id: int
    title: str
    state: PresentedState
    verdict: Verdict | None
    answer: str
    reasons: list[WhyPublic]
    link: str
    proof: str
    issuer: str
    issuer_name: str
    certification: str | None
    issued_on: date | None
    expires_on: date | None
    level: int | None
    checked_at: datetime | None
    status_list_at: datetime | None
    handed_in_at: datetime
    version: int
