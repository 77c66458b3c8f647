"""Which AWS certification a badge stands for: exactly, by names, codes and pages on record."""

import re
from collections.abc import Iterator, Mapping
from functools import cache
from typing import Any
from urllib.parse import urlsplit

from matcher.catalogue.certification import Certification
from matcher.catalogue.certifications import load_programme
from matcher.credentials.types import Claim

_DASHES = re.compile(r"\s*[-\u2010-\u2015\u2212]\s*")
# A badge's template on its host: /org/amazon-web-services/badge/aws-certified-...
_TEMPLATE = re.compile(r"/org/amazon-web-services/badge/([a-z0-9-]+)(?:\.\d+)?/?\Z")
_HOSTS = ("www.credly.com", "credly.com")


def certification_of(claim: Claim) -> str | None:
    """Never guessed: a name nearly the same is no certification. Two that disagree are none."""
    found = {known()[key] for key in _keys(claim) if key in known()}
    return found.pop() if len(found) == 1 else None


@cache
def known() -> Mapping[str, str]:
    """Every spelling on record, folded, by certification id."""
    return {
        key: each.id for each in load_programme().certifications for key in _spellings(each) if key
    }


def _spellings(each: Certification) -> Iterator[str]:
    for name in (each.name_en, each.name_ko, each.former_name or ""):
        yield folded(name)
        yield _slug(name)
    yield from (folded(exam.code) for exam in each.exams)
    if each.page:
        yield _page(each.page)


def _keys(claim: Claim) -> Iterator[str]:
    yield folded(claim.achievement_name)
    yield from _of_address(claim.achievement)
    for part in _achievements(claim.document):
        if isinstance(part.get("humanCode"), str):
            yield folded(part["humanCode"])
        if isinstance(part.get("id"), str):
            yield from _of_address(part["id"])


def folded(name: str) -> str:
    """Case, width of a dash and the spaces around it say nothing."""
    return " ".join(_DASHES.sub(" - ", name).casefold().split())


def _slug(name: str) -> str:
    words = re.sub(r"[^a-z0-9]+", "-", name.casefold()).strip("-")
    return f"template:{words}" if name.isascii() and words else ""


def _of_address(address: str) -> Iterator[str]:
    try:
        parts = urlsplit(address)
    except ValueError:
        return
    if parts.scheme != "https":
        return
    yield _page(address)
    found = _TEMPLATE.search(parts.path) if parts.netloc in _HOSTS else None
    if found:
        yield f"template:{found[1]}"


def _page(address: str) -> str:
    parts = urlsplit(address)
    return f"page:{parts.netloc}{parts.path}".rstrip("/").casefold()


def _achievements(document: Mapping[str, Any]) -> Iterator[Mapping[str, Any]]:
    """The achievement or badge class itself. What it is aligned to says what a course prepares
    for, not what was passed."""
    subject = document.get("credentialSubject")
    subjects = subject if isinstance(subject, list) else [subject]
    parts = [each.get("achievement") for each in subjects if isinstance(each, Mapping)]
    yield from (part for part in (*parts, document.get("badge")) if isinstance(part, Mapping))
