"""A person's record as it leaves the service: the rows that count today, as they were chosen."""

import secrets
from collections.abc import Mapping, Sequence
from dataclasses import dataclass

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
from matcher.matching.certified import following_records
from matcher.matching.signing import Signer
from matcher.policy import profiles
from matcher.store import portable, youths
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


def record(unit: Unit, account: Account, youth_id: int, choice: Choice) -> Record:
    """For the person's own use: the caller has checked whose it is."""
    session, least = unit.session, OWN_WORD if choice.own_word else OWN_WORD + 1
    certificates = _certificates(youths.certification_records(session, youth_id))
    return Record(
        name=account.name if choice.name else "",
        email=account.email if choice.email else "",
        salt=secrets.token_hex(8) if choice.email else "",
        certificates=tuple(each for each in certificates if each.level >= least),
        skills=tuple(each for each in _skills(unit, youth_id) if each.verification >= least),
        courses=portable.completed(session, youth_id),
        projects=tuple(ProjectLine(*row) for row in portable.shown(session, youth_id)),
        is_demo=account.is_demo,
    )


def signed(unit: Unit, record: Record, signer: Signer) -> str:
    """The whole record as one token, however long."""
    return room.token(record, signer.site, signer.did, signer.key, unit.now)


def in_codes(unit: Unit, record: Record, signer: Signer, most: int) -> tuple[Record, str]:
    """As `signed`, shortened to `most` letters; the record as it stands in the token."""
    return room.fitting(record, lambda each: signed(unit, each, signer), most)


def _certificates(rows: Sequence[CertificationRecord]) -> list[CertificateLine]:
    """Every pass, the best proved first."""
    names = {each.id: each.name_en for each in load_programme().certifications}
    passed = [row for row in rows if row.state is AttemptState.PASSED]
    passed.sort(key=lambda row: (-row.verification, row.certification, row.id))
    return [
        CertificateLine(
            row.certification,
            names.get(row.certification, row.certification),
            row.verification,
            row.exam_on,
            row.expires_on,
        )
        for row in passed
    ]


def _skills(unit: Unit, youth_id: int) -> list[SkillLine]:
    """What somebody judged, the best proved first. What merely follows from a certificate (dozens
    of skills each) is said by the certificate itself."""
    lines = [
        SkillLine(slug, each.level, each.verification)
        for slug, each in _weighed(unit, youth_id).items()
        if each.by.rater is not Rater.CERTIFICATE
    ]
    return sorted(lines, key=lambda row: (-row.verification, -row.level, row.slug))


def following(unit: Unit, youth_id: int) -> int:
    """Skills that only a certificate stands for."""
    counts = _weighed(unit, youth_id).values()
    return sum(each.by.rater is Rater.CERTIFICATE for each in counts)


def _weighed(unit: Unit, youth_id: int) -> Mapping[str, profiles.Counted[profiles.Levelled]]:
    follows = following_records(youths.certification_records(unit.session, youth_id), unit.today)
    stored = youths.skill_records(unit.session, youth_id)
    judged: list[profiles.Levelled] = [*stored, *follows]
    return profiles.weighed(judged)
