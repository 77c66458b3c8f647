"""What a file's words are checked against; handed in by the caller, so this room knows no data."""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date


def _unknown(_: str) -> str | None:
    return None


def _none_near(_: str) -> Sequence[str]:
    return ()


@dataclass(frozen=True)
class Lookups:
    """Every callable takes the words as written (cleaned) and answers a slug or None."""

    # Slug, name or alias -> skill slug.
    skill: Callable[[str], str | None] = _unknown
    # Words -> what to show as the closest skills, best first.
    nearest: Callable[[str], Sequence[str]] = _none_near
    # Licence name or slug -> licence slug.
    licence: Callable[[str], str | None] = _unknown
    # Certification id and exam code, upper case -> certification id.
    certifications: Mapping[str, str] = field(default_factory=dict)
    # Partner slug or name -> slug; None leaves the words to the caller's own check.
    organisation: Callable[[str], str | None] | None = None
    # E-mail or external id -> is there such a youth; None leaves it to the caller.
    youth: Callable[[str], bool] | None = None
    # Slugs of the universities the sender speaks for; None is all of them.
    home: frozenset[str] | None = None
    # E-mail -> does it belong to somebody the sender does not look after?
    stranger: Callable[[str], bool] | None = None
    # With a day, results and ratings from the future are refused.
    today: date | None = None
