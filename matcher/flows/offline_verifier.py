"""What the page that checks without a network has to carry: whom we trust, as of now."""

from collections.abc import Mapping
from typing import Any

from matcher.catalogue.certifications import load_programme
from matcher.catalogue.skills import load_taxonomy
from matcher.credentials import record as room
from matcher.credentials.pinned import pinned
from matcher.credentials.types import Verdict
from matcher.credentials.words import REASON_WORDS, verdict_words
from matcher.db import Unit
from matcher.gateways.key_vault import KeyVault
from matcher.i18n import LANGUAGES, Language, use_language
from matcher.matching import at_hand
from matcher.matching.signing import own_did
from matcher.store import trusted_issuers


def carried(unit: Unit, vault: KeyVault, operator: str) -> dict[str, Any]:
    """Keys by issuer, lists by address, and the names of what records call by short words.
    `operator`: who runs this service."""
    known = at_hand.build(unit, vault)
    names = {each.issuer: each.name for each in trusted_issuers.active(unit.session)}
    names.setdefault(own_did(vault), operator)
    return told(pinned(known, names, unit.now))


def told(pins: Mapping[str, Any]) -> dict[str, Any]:
    """Keys and lists with the words the page needs to speak of them."""
    return {
        **pins,
        "words": {language: _words(language) for language in LANGUAGES},
        "skills": _skills(),
        "certificates": _certificates(),
    }


def context(vault: KeyVault) -> Mapping[str, Any]:
    """The published meaning of a record's short keys."""
    return room.context(vault.site)


def _words(language: Language) -> dict[str, str]:
    """The command's own words for verdicts and reasons, their gaps (`%(day)s`) still open."""
    with use_language(language):
        verdicts = {f"verdict_{each.value}": verdict_words(each) for each in Verdict}
        reasons = {f"reason_{code}": words() for code, words in REASON_WORDS.items()}
    return {**verdicts, **reasons}


def _skills() -> dict[str, tuple[str, str]]:
    """slug -> Korean and English name."""
    return {each.slug: (each.name_ko, each.name_en) for each in load_taxonomy().skills}


def _certificates() -> dict[str, tuple[str, str]]:
    return {each.id: (each.name_ko, each.name_en) for each in load_programme().certifications}
