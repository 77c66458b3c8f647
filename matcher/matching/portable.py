"""A person's record as it leaves the service: the rows that count today, as they were chosen."""

import secrets
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import datetime
from typing import NamedTuple

from matcher.catalogue.certifications import load_programme
from matcher.credentials import record as room
from matcher.credentials.record import (
    OWN_WORD,
    CertificateLine,
    ProjectLine,
    Record,
    SkillLine,
)
from matcher.db import Unit
from matcher.matching.certified import Judgement, counted_of
from matcher.matching.shared_record import SharedRecord
from matcher.matching.signing import Signer
from matcher.policy.profiles import Counted
from matcher.store import credentials, projects, youths
from models.account import Account
from models.certification import AttemptState, CertificationRecord
from models.skill import Rater


@dataclass(frozen=True)
class Choice:
    """What a person lets in beside what somebody confirmed."""

    name: bool = False
    email: bool = False
    """As a salted hash: who knows the address can tell that it is this person's record."""
    own_word: bool = False
    """Certificates and skills nobody but the person vouches for."""


class Gathered(NamedTuple):
    record: Record
    """As it was chosen."""
    hidden: int
    """Certificates and skills on the person's own word that were not chosen."""
    following: int
    """Skills that only a certificate stands for; they have no line of their own."""


def gather(unit: Unit, account: Account, youth_id: int, choice: Choice) -> Gathered:
    """For the person's own use: the caller has checked whose it is."""
    session, email = unit.session, account.email if choice.email else ""
    counted = counted_of(session, youth_id, unit.today)
    whole = Record(
        name=account.name if choice.name else "",
        email=email,
        salt=_salt(email),
        certificates=tuple(_certificates(youths.certification_records(session, youth_id))),
        skills=tuple(_skills(counted)),
        courses=credentials.count(session, youth_id),
        projects=tuple(
            ProjectLine(row.title, row.shown_on) for row in projects.shown(session, [youth_id])
        ),
        is_demo=account.is_demo,
    )
    record = whole if choice.own_word else _confirmed(whole)
    following = sum(each.by.rater is Rater.CERTIFICATE for each in counted.values())
    return Gathered(record, _lines(whole) - _lines(record), following)


def of_shared(shared: SharedRecord) -> Record:
    """What a share link shows, in the portable record's own form: names as the issuer gives them,
    whatever language the page is read in, and of an address a salted hash only."""
    certificates = (
        CertificateLine(
            each.id, _official(each.id), each.verification, each.passed_on, each.expires_on
        )
        for each in shared.certificates
    )
    return Record(
        name=shared.name,
        email=shared.email,
        salt=_salt(shared.email),
        certificates=tuple(certificates),
        skills=tuple(SkillLine(each.slug, each.level, each.verification) for each in shared.skills),
        courses=len(shared.courses),
        projects=tuple(
            ProjectLine(each.title, each.shown_on) for each in shared.projects if each.shown_on
        ),
        is_demo=shared.is_demo,
    )


def signed(unit: Unit, record: Record, signer: Signer, end: datetime | None = None) -> str:
    """The whole record as one token, however long. It holds until `end`, LIFE at the most."""
    return room.token(record, signer.site, signer.did, signer.key, unit.now, end)


def in_codes(unit: Unit, record: Record, signer: Signer, most: int) -> tuple[Record, str]:
    """As `signed`, shortened to `most` letters; the record as it stands in the token."""
    return room.fitting(record, lambda each: signed(unit, each, signer), most)


def _salt(email: str) -> str:
    return secrets.token_hex(8) if email else ""


def _official(certification: str) -> str:
    """Its name as AWS gives it; its code when it is no longer on record."""
    found = load_programme().known_certification(certification)
    return found.name_en if found else certification


def _confirmed(record: Record) -> Record:
    """Without what rests on the person's own word alone."""
    return replace(
        record,
        certificates=tuple(each for each in record.certificates if each.level > OWN_WORD),
        skills=tuple(each for each in record.skills if each.verification > OWN_WORD),
    )


def _lines(record: Record) -> int:
    return len(record.certificates) + len(record.skills)


def _certificates(rows: Sequence[CertificationRecord]) -> list[CertificateLine]:
    """Every pass, the best proved first."""
    passed = [row for row in rows if row.state is AttemptState.PASSED]
    passed.sort(key=lambda row: (-row.verification, row.certification, row.id))
    return [
        CertificateLine(
            row.certification,
            _official(row.certification),
            row.verification,
            row.exam_on,
            row.expires_on,
        )
        for row in passed
    ]


def _skills(counted: Mapping[str, Counted[Judgement]]) -> list[SkillLine]:
    """What somebody judged, the best proved first. What merely follows from a certificate (dozens
    of skills each) is said by the certificate itself."""
    lines = [
        SkillLine(slug, each.level, each.verification)
        for slug, each in counted.items()
        if each.by.rater is not Rater.CERTIFICATE
    ]
    return sorted(lines, key=lambda row: (-row.verification, -row.level, row.slug))
