"""Badges people present, issuers we trust, and the credentials this service signs."""

from datetime import date, datetime
from enum import StrEnum
from typing import Any

from sqlalchemy import JSON, CheckConstraint, Index, LargeBinary, UniqueConstraint
from sqlmodel import Field, SQLModel

from models.base import UtcDateTime, choice


class Verdict(StrEnum):
    """What the checks of a credential found; the words `python -m matcher verify` prints."""

    VERIFIED = "verified"
    AUTHENTIC_UNKNOWN_ISSUER = "authentic_unknown_issuer"
    EXPIRED = "expired"
    REVOKED = "revoked"
    SUSPENDED = "suspended"
    WRONG_RECIPIENT = "wrong_recipient"
    UNVERIFIABLE = "unverifiable"
    """A key, a status list or the issuer's host is not at hand."""
    INVALID = "invalid"


class PresentedState(StrEnum):
    FETCHING = "fetching"
    """A link whose host is still to be asked."""
    CHECKED = "checked"
    """The verdict stands and nothing waits for a person."""
    IN_REVIEW = "in_review"
    """Genuine, and somebody looks whether it is this person's."""
    COUNTED = "counted"
    """It backs the certification record it names."""
    NOT_THEIRS = "not_theirs"
    """A desk found it to be another person's."""
    WITHDRAWN = "withdrawn"


class PresentedCredential(SQLModel, table=True):
    """One badge a person handed in: what it says, and what the checks of it found."""

    __tablename__ = "presented_credential"
    __table_args__ = (
        UniqueConstraint("youth_id", "sha256"),
        Index("ix_presented_credential_issuer_checked_edition", "issuer", "checked_edition"),
    )

    id: int | None = Field(default=None, primary_key=True)
    youth_id: int = Field(foreign_key="youth_profile.id", index=True)
    state: PresentedState = Field(sa_type=choice(PresentedState, "state"), index=True)
    sha256: str = Field(max_length=64)
    """Of the credential as it was read, or of the link."""
    source: str = Field(max_length=20)
    """file, text or link, as it was handed in; host where its own host gave the content."""
    link: str = Field(default="", max_length=500)
    data: bytes | None = Field(default=None, sa_type=LargeBinary)
    """The credential itself, without the picture that carried it; empty until a link answered."""
    proof: str = Field(default="", max_length=20)
    """vc_jwt, data_integrity, ob2_signed or ob2_hosted."""
    verdict: Verdict | None = Field(default=None, sa_type=choice(Verdict, "verdict"))
    is_proved: bool = Field(default=False)
    """Its issuer stands behind it as far as anybody can tell: an expired one may be unproved."""
    reasons: list[Any] = Field(default_factory=list, sa_type=JSON)
    """[{code, ...}] as the checks gave them."""
    issuer: str = Field(default="", max_length=500)
    """Its id: a DID or an address."""
    issuer_name: str = Field(default="", max_length=200)
    identifier: str = Field(default="", max_length=500)
    """The id the credential gives itself; the same one in two accounts is looked at."""
    holder_name: str = Field(default="", max_length=200)
    """The name the badge or its page carries, when it carries one."""
    achievement: str = Field(default="", max_length=500)
    achievement_name: str = Field(default="", max_length=200)
    issued_on: date | None = None
    expires_on: date | None = None
    certification: str | None = Field(default=None, max_length=10)
    """The AWS certification it stands for, when it stands for one."""
    record_id: int | None = None
    """Of a certification record; no reference, for a person may remove the record first."""
    status_list_at: datetime | None = Field(default=None, sa_type=UtcDateTime)
    """How old the status list was that the verdict rests on."""
    checked_at: datetime | None = Field(default=None, sa_type=UtcDateTime)
    checked_edition: int = Field(default=0)
    """The issuer's `edition` the verdict rests on: behind it, the badge is to be checked again."""
    tries: int = Field(default=0)
    next_try_at: datetime | None = Field(default=None, sa_type=UtcDateTime)
    reviewer_account_id: int | None = Field(default=None, foreign_key="account.id")
    decided_at: datetime | None = Field(default=None, sa_type=UtcDateTime)
    is_demo: bool = Field(default=False)
    version: int = Field(default=1)
    created_at: datetime = Field(sa_type=UtcDateTime)
    updated_at: datetime = Field(sa_type=UtcDateTime)


class IssuerMeans(StrEnum):
    """What an issuer on the list may stand behind."""

    SIGNED = "signed"
    """A pinned key: its credentials count as cryptographically verified."""
    HOSTED = "hosted"
    """Its own host answers: its badges count as confirmed by the issuer."""


class TrustedIssuer(SQLModel, table=True):
    """An issuer whose credentials count. What is not on the list stays the person's own word."""

    __tablename__ = "trusted_issuer"
    __table_args__ = (UniqueConstraint("issuer"),)

    id: int | None = Field(default=None, primary_key=True)
    issuer: str = Field(max_length=500)
    """A DID or an address, exactly as credentials name it."""
    name: str = Field(max_length=200)
    means: IssuerMeans = Field(sa_type=choice(IssuerMeans, "means"))
    keys: dict[str, Any] | None = Field(default=None, sa_type=JSON)
    """The pinned DID document or JWK; a did:key carries its own."""
    note: str = Field(default="", max_length=500)
    """Where the key was taken from and who was asked."""
    backs_certificates: bool = Field(default=False)
    """Whether a badge of it may stand for an AWS certification; a university's stands for its own
    courses, whatever name it gives them."""
    is_active: bool = Field(default=True)
    edition: int = Field(default=1)
    """Goes up with everything its badges have to be checked against anew: keys, a status list,
    whether it counts."""
    account_id: int | None = Field(default=None, foreign_key="account.id")
    is_demo: bool = Field(default=False)
    version: int = Field(default=1)
    created_at: datetime = Field(sa_type=UtcDateTime)
    updated_at: datetime = Field(sa_type=UtcDateTime)


class StatusListCopy(SQLModel, table=True):
    """A status list of a trusted issuer as it was last brought in, with its age."""

    __tablename__ = "status_list_copy"
    __table_args__ = (UniqueConstraint("address"),)

    id: int | None = Field(default=None, primary_key=True)
    address: str = Field(max_length=500)
    issuer: str = Field(max_length=500)
    data: bytes = Field(sa_type=LargeBinary)
    made_at: datetime = Field(sa_type=UtcDateTime)
    """The list's own date."""
    kept_at: datetime = Field(sa_type=UtcDateTime)


class KeyState(StrEnum):
    ACTIVE = "active"
    """Signs."""
    RETIRED = "retired"
    """Signs no more; what it signed stays good."""
    REVOKED = "revoked"
    """Lost or stolen: nothing it signed counts."""


class IssuerKey(SQLModel, table=True):
    """A key of this service; the private half is sealed under a setting, never stored plain."""

    __tablename__ = "issuer_key"
    __table_args__ = (UniqueConstraint("name"),)

    id: int | None = Field(default=None, primary_key=True)
    name: str = Field(max_length=40)
    """The fragment of its id in the DID document."""
    state: KeyState = Field(sa_type=choice(KeyState, "state"))
    public_jwk: dict[str, Any] = Field(sa_type=JSON)
    sealed: bytes = Field(sa_type=LargeBinary)
    account_id: int | None = Field(default=None, foreign_key="account.id")
    is_demo: bool = Field(default=False)
    created_at: datetime = Field(sa_type=UtcDateTime)
    retired_at: datetime | None = Field(default=None, sa_type=UtcDateTime)


class IssuedKind(StrEnum):
    COURSE = "course"
    SKILL = "skill"


class IssuedState(StrEnum):
    IN_FORCE = "in_force"
    SUSPENDED = "suspended"
    REVOKED = "revoked"
    REPLACED = "replaced"
    """A later one says the same and more; this one still verifies."""


class IssuedCredential(SQLModel, table=True):
    """A credential this service signed; `status_index` is its bit in both status lists.

    The index outlives the person: an erased row would free it, and a list must never give one
    credential's bit to another.
    """

    __tablename__ = "issued_credential"
    __table_args__ = (
        UniqueConstraint("number"),
        UniqueConstraint("status_index"),
        CheckConstraint("level BETWEEN 1 AND 5", name="level"),
        CheckConstraint("status_index >= 0", name="status_index"),
    )

    id: int | None = Field(default=None, primary_key=True)
    youth_id: int | None = Field(default=None, foreign_key="youth_profile.id", index=True)
    """Empty after the person erased themselves: then the credential is revoked."""
    kind: IssuedKind = Field(sa_type=choice(IssuedKind, "kind"))
    credential_id: int | None = Field(default=None, foreign_key="credential.id", index=True)
    """The course credential it signs."""
    skill: str | None = Field(default=None, max_length=80)
    level: int | None = None
    number: str = Field(max_length=60)
    """The end of its id, urn:uuid."""
    key_id: int = Field(foreign_key="issuer_key.id")
    status_index: int
    state: IssuedState = Field(
        default=IssuedState.IN_FORCE, sa_type=choice(IssuedState, "state"), index=True
    )
    state_since: datetime = Field(sa_type=UtcDateTime)
    reason: str = Field(default="", max_length=300)
    """Why a desk suspended or revoked it; the person reads it."""
    is_withheld: bool = Field(default=False)
    """A desk revoked it: the same is not signed again by itself."""
    token: str = Field(default="", max_length=20000)
    """The signed credential, compact VC-JWT."""
    content_sha256: str = Field(max_length=64)
    """Of what it says, without times and key: the same content is never signed twice. Empty since
    two records were merged and it names the other one's address: to be signed anew."""
    is_demo: bool = Field(default=False)
    version: int = Field(default=1)
    created_at: datetime = Field(sa_type=UtcDateTime)


class ShareLink(SQLModel, table=True):
    """An address a person gives away: who has it sees the chosen parts until the last day."""

    __tablename__ = "share_link"

    id: int | None = Field(default=None, primary_key=True)
    youth_id: int = Field(foreign_key="youth_profile.id", index=True)
    token_hash: str = Field(max_length=64, unique=True)
    label: str = Field(default="", max_length=80)
    """For whom, in the person's own words; never shown to the reader."""
    parts: list[Any] = Field(sa_type=JSON)
    """What is shown: names of parts, as `policy.sharing` knows them."""
    expires_on: date
    revoked_at: datetime | None = Field(default=None, sa_type=UtcDateTime)
    is_demo: bool = Field(default=False)
    created_at: datetime = Field(sa_type=UtcDateTime)


class ShareLinkUse(SQLModel, table=True):
    """Every opening of a share link, so that its owner sees when it was read; never by whom."""

    __tablename__ = "share_link_use"

    id: int | None = Field(default=None, primary_key=True)
    link_id: int = Field(foreign_key="share_link.id", index=True)
    youth_id: int = Field(foreign_key="youth_profile.id", index=True)
    was_open: bool
    """False: the link had ended, nothing was shown."""
    at: datetime = Field(sa_type=UtcDateTime)


class ResumeDocument(SQLModel, table=True):
    """The CV a person brought, kept whole: what we do not know goes out again as it came in."""

    __tablename__ = "resume_document"
    __table_args__ = (UniqueConstraint("youth_id"),)

    id: int | None = Field(default=None, primary_key=True)
    youth_id: int = Field(foreign_key="youth_profile.id", index=True)
    document: str = Field(max_length=1_000_000)
    """JSON Resume 1.0 in the canonical form of `exchange.json_text`, without what is never kept."""
    version: int = Field(default=1)
    created_at: datetime = Field(sa_type=UtcDateTime)
    updated_at: datetime = Field(sa_type=UtcDateTime)
