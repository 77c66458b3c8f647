"""What happens between a person and an opening."""

from datetime import date, datetime
from enum import StrEnum

from sqlalchemy import UniqueConstraint
from sqlmodel import Field, SQLModel

from models.base import UtcDateTime, choice


class ApplicationState(StrEnum):
    SENT = "sent"
    UNDER_REVIEW = "under_review"
    INTERVIEW = "interview"
    OFFERED = "offered"
    ACCEPTED = "accepted"
    """The person said yes to the offer; work has not begun."""
    HIRED = "hired"
    REFUSED = "refused"
    WITHDRAWN = "withdrawn"
    HIRED_ELSEWHERE = "hired_elsewhere"
    CLOSED = "closed"


class ClosingCause(StrEnum):
    """The human act behind a closing that nobody made at that moment; never a refusal."""

    ACCEPTED_ELSEWHERE = "accepted_elsewhere"
    ANSWER_TIME_PASSED = "answer_time_passed"
    OPENING_ENDED = "opening_ended"


class LateReason(StrEnum):
    """Why a partner needs a few days more than it promised."""

    STILL_READING = "still_reading"
    WAITING_FOR_COLLEAGUE = "waiting_for_colleague"
    ON_HOLD = "on_hold"


class RefusalReason(StrEnum):
    """Coded reasons a partner picks from; texts live in the templates' catalogue."""

    LACKS_SKILL = "lacks_skill"
    LACKS_CERTIFICATE = "lacks_certificate"
    LACKS_LICENCE = "lacks_licence"
    NOT_REACHABLE = "not_reachable"
    MISSED_INTERVIEW = "missed_interview"
    HIRED_ELSEWHERE = "hired_elsewhere"
    IN_TRAINING = "in_training"
    NOT_ELIGIBLE = "not_eligible"
    NOT_MOBILE = "not_mobile"
    NOT_INTERESTED = "not_interested"
    POSITION_FILLED = "position_filled"
    DUPLICATE = "duplicate"
    OTHER = "other"


class Application(SQLModel, table=True):
    __tablename__ = "application"
    __table_args__ = (UniqueConstraint("opening_id", "youth_id"),)

    id: int | None = Field(default=None, primary_key=True)
    opening_id: int = Field(foreign_key="opening.id", index=True)
    youth_id: int = Field(foreign_key="youth_profile.id", index=True)
    state: ApplicationState = Field(sa_type=choice(ApplicationState, "state"))
    message: str = Field(default="", max_length=1000)
    reason: RefusalReason | None = Field(default=None, sa_type=choice(RefusalReason, "reason"))
    is_reason_shared: bool = Field(default=False)
    words: str = Field(default="", max_length=1000)
    """What the partner wrote to the person with its last answer."""
    note: str = Field(default="", max_length=1000)
    """The partner's own note; the person never sees it."""
    answer_by: date | None = None
    """The last day of the time the partner promised to answer in; None when nothing is owed."""
    late_reason: LateReason | None = Field(default=None, sa_type=choice(LateReason, "late_reason"))
    """Set when the partner put `answer_by` off, which it may do once."""
    cause: ClosingCause | None = Field(default=None, sa_type=choice(ClosingCause, "cause"))
    introduction_id: int | None = Field(default=None, foreign_key="introduction.id")
    """The request whose yes made this application; None when the person applied."""
    papers_gone_on: date | None = None
    """The day on which message, words and note were destroyed."""
    version: int = Field(default=1)
    created_at: datetime = Field(sa_type=UtcDateTime)
    updated_at: datetime = Field(sa_type=UtcDateTime)


class ApplicationEvent(SQLModel, table=True):
    """One step of an application: who, from where to where, when."""

    __tablename__ = "application_event"

    id: int | None = Field(default=None, primary_key=True)
    application_id: int = Field(foreign_key="application.id", index=True)
    from_state: str = Field(max_length=40)
    to_state: str = Field(max_length=40)
    actor_account_id: int | None = Field(default=None, foreign_key="account.id")
    """Empty for an answer given through `answer_link_id`, and where the partner let its time pass:
    nobody pressed anything."""
    actor_role: str = Field(default="", max_length=20)
    answer_link_id: int | None = Field(default=None, foreign_key="answer_link.id")
    reason: str = Field(default="", max_length=40)
    at: datetime = Field(sa_type=UtcDateTime)


class IntroductionState(StrEnum):
    REQUESTED = "requested"
    ACCEPTED = "accepted"
    REFUSED = "refused"
    WITHDRAWN = "withdrawn"
    LAPSED = "lapsed"


class Introduction(SQLModel, table=True):
    """A partner asks to meet a masked candidate; only the person's yes opens the name."""

    __tablename__ = "introduction"
    __table_args__ = (UniqueConstraint("opening_id", "youth_id"),)

    id: int | None = Field(default=None, primary_key=True)
    opening_id: int = Field(foreign_key="opening.id", index=True)
    youth_id: int = Field(foreign_key="youth_profile.id", index=True)
    state: IntroductionState = Field(sa_type=choice(IntroductionState, "state"))
    message: str = Field(default="", max_length=1000)
    asked_by_account_id: int = Field(foreign_key="account.id")
    answer_by: date
    version: int = Field(default=1)
    created_at: datetime = Field(sa_type=UtcDateTime)
    updated_at: datetime = Field(sa_type=UtcDateTime)


class ShortlistState(StrEnum):
    SHORTLISTED = "shortlisted"
    SET_ASIDE = "set_aside"


class ShortlistEntry(SQLModel, table=True):
    """A partner's own mark on a candidate, hidden from the person."""

    __tablename__ = "shortlist_entry"
    __table_args__ = (UniqueConstraint("opening_id", "youth_id"),)

    id: int | None = Field(default=None, primary_key=True)
    opening_id: int = Field(foreign_key="opening.id", index=True)
    youth_id: int = Field(foreign_key="youth_profile.id", index=True)
    state: ShortlistState = Field(sa_type=choice(ShortlistState, "state"))
    reason: RefusalReason | None = Field(default=None, sa_type=choice(RefusalReason, "reason"))
    account_id: int = Field(foreign_key="account.id")
    at: datetime = Field(sa_type=UtcDateTime)
