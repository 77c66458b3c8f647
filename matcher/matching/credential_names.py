"""What a signed credential is called on a page: in the reader's language, where our data has it.

The credential itself says its Korean name alone, and what was signed stays as it is.
"""

from collections.abc import Sequence
from dataclasses import dataclass

from matcher.catalogue.skills import load_taxonomy
from matcher.db import Unit
from matcher.i18n import current_language
from matcher.i18n import gettext as _
from matcher.matching.issuing import payload_of
from matcher.store import issued
from models.credential import IssuedCredential, IssuedKind


@dataclass(frozen=True)
class CredentialName:
    text: str
    signed: str
    """As the credential says it."""
    language: str
    """Of `text`."""


def names(unit: Unit, rows: Sequence[IssuedCredential]) -> dict[str, CredentialName]:
    """By the credential's number; one without a token has no name."""
    signed = {row.number: payload_of(row.token)["name"] if row.token else "" for row in rows}
    english = {} if current_language() == "ko" else _english(unit, rows)
    return {number: _name(name, english.get(number, "")) for number, name in signed.items()}


def _name(signed: str, english: str) -> CredentialName:
    if signed and english:
        return CredentialName(english, signed, "en")
    return CredentialName(signed, signed, "ko")


def _english(unit: Unit, rows: Sequence[IssuedCredential]) -> dict[str, str]:
    asked = {row.credential_id for row in rows if row.credential_id is not None}
    titles = issued.english_titles(unit.session, asked)
    found: dict[str, str] = {}
    for row in rows:
        if row.kind is IssuedKind.SKILL:
            known = load_taxonomy().get(row.skill or "")
            if known is not None:
                said = _("%(skill)s 수준 %(level)s")
                found[row.number] = said % {"skill": known.name_en, "level": row.level}
        else:
            found[row.number] = titles.get(row.credential_id or 0, "")
    return found
