"""Taking one's own record along: what is in it, signed, for the page, the paper and the file."""

from dataclasses import dataclass
from datetime import date

from matcher.catalogue.certifications import load_programme
from matcher.catalogue.skills import load_taxonomy
from matcher.clock import day_of
from matcher.credentials import parts
from matcher.credentials.record import LIFE, CertificateLine, ProjectLine, Record, SkillLine
from matcher.db import Unit
from matcher.gateways.key_vault import KeyVault
from matcher.i18n import current_language, in_language
from matcher.i18n import gettext as _
from matcher.matching import portable, throttling
from matcher.matching.portable import Choice
from matcher.matching.signing import Signer, signer
from matcher.policy import limits
from matcher.refusal import NotFound
from matcher.store import accounts
from models.account import Account


@dataclass(frozen=True)
class Held:
    name: str
    code: str
    level: int
    passed_on: date | None
    expires_on: date | None
    is_over: bool


@dataclass(frozen=True)
class Skilled:
    name: str
    level: int
    says: str
    verification: int


@dataclass(frozen=True)
class View:
    """`codes`: the texts of the codes, empty while nothing is signed. `left`: lines that stand in
    the file and not in the codes. `hidden`: lines nobody confirmed that were not chosen."""

    choice: Choice
    name: str
    email: str
    certificates: tuple[Held, ...]
    skills: tuple[Skilled, ...]
    courses: int
    projects: tuple[ProjectLine, ...]
    following: int
    """Skills that stand in no line of their own: a certificate says them."""
    hidden: int
    is_empty: bool
    is_demo: bool
    is_signed: bool
    codes: tuple[str, ...]
    left: int
    issuer: str
    site: str
    today: date
    until: date


def view(unit: Unit, vault: KeyVault, choice: Choice) -> View:
    gathered = portable.gather(unit, _own(unit), unit.signed_in.own_youth_id, choice)
    record = gathered.record
    signs = signer(unit, vault)
    told, codes = _codes(unit, record, signs)
    return View(
        choice=choice,
        name=record.name,
        email=record.email,
        certificates=tuple(_held(each, unit.today) for each in record.certificates),
        skills=tuple(_skilled(each) for each in record.skills),
        courses=record.courses,
        projects=record.projects,
        following=gathered.following,
        hidden=gathered.hidden,
        is_empty=record.is_empty,
        is_demo=record.is_demo,
        is_signed=signs is not None,
        codes=codes,
        left=told.left,
        issuer=signs.did if signs else "",
        site=vault.site,
        today=unit.today,
        until=day_of(unit.now + LIFE),
    )


def count_paper(unit: Unit) -> None:
    """Raises TooMany after thirty in an hour."""
    tries = limits.record_papers(unit.signed_in.account_id)
    said = _("PDF는 한 시간에 %(most)s번까지 만들어요. 조금 뒤에 다시 해 주세요.")
    throttling.refuse(unit, tries, said % {"most": tries[0].most})
    throttling.count_reading(unit, tries)


def file(unit: Unit, vault: KeyVault, choice: Choice) -> str | None:
    """The whole record as one token; None while nothing is signed here."""
    signs = signer(unit, vault)
    if signs is None:
        return None
    gathered = portable.gather(unit, _own(unit), unit.signed_in.own_youth_id, choice)
    return portable.signed(unit, gathered.record, signs)


def _own(unit: Unit) -> Account:
    account = accounts.by_id(unit.session, unit.signed_in.account_id)
    if account is None or unit.signed_in.youth_id is None:
        raise NotFound
    return account


def _codes(unit: Unit, record: Record, signs: Signer | None) -> tuple[Record, tuple[str, ...]]:
    """Nothing to prove, nothing to scan."""
    if signs is None or record.is_empty:
        return record, ()
    told, token = portable.in_codes(unit, record, signs, parts.room(signs.site))
    return told, parts.split(token, signs.site)


def _held(row: CertificateLine, today: date) -> Held:
    named = load_programme().known_certification(row.certification)
    return Held(
        name=in_language(named.name_ko, named.name_en) if named else row.name,
        code=row.certification,
        level=row.level,
        passed_on=row.passed_on,
        expires_on=row.expires_on,
        is_over=row.expires_on is not None and row.expires_on < today,
    )


def _skilled(row: SkillLine) -> Skilled:
    known, language = load_taxonomy().get(row.slug), current_language()
    return Skilled(
        name=known.name(language) if known else row.slug,
        level=row.level,
        says=known.level_text(row.level, language) if known else "",
        verification=row.verification,
    )
