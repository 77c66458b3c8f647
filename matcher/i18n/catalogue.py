"""Catalogues: English, and Korean for desks; each all ``*.po`` fragments of a folder as one."""

from functools import cache
from pathlib import Path
from typing import Final

from babel.messages.pofile import read_po

from matcher.i18n.language import DEFAULT, Language, current_language, is_formal

LOCALE_DIR: Final = Path(__file__).resolve().parent.parent / "locale"

# msgid -> its forms: (text,) or (one, many)
Catalogue = dict[str, tuple[str, ...]]


class CatalogueError(ValueError):
    """Two fragments translate one sentence differently, or a fragment cannot be read."""


def read_fragment(path: Path) -> Catalogue:
    """The finished entries of one .po file; fuzzy and empty ones are left out."""
    with path.open("rb") as source:
        parsed = read_po(source, locale=path.parent.name, abort_invalid=True)
    found: Catalogue = {}
    for message in parsed:
        if not message.id or message.fuzzy:
            continue
        key = message.id if isinstance(message.id, str) else message.id[0]
        text = message.string or ""
        forms = (text,) if isinstance(text, str) else tuple(text)
        if all(forms):
            found[key] = forms
    return found


def merge_fragments(folder: Path, strict: bool = True) -> Catalogue:
    """All fragments of a language; the same sentence may appear twice only if it agrees.

    Tests are strict. A running service takes the first fragment's words instead: one sentence
    said in two ways must not take every English page down.
    """
    merged: Catalogue = {}
    owner: dict[str, str] = {}
    for path in sorted(folder.glob("*.po")):
        for key, forms in read_fragment(path).items():
            if merged.setdefault(key, forms) != forms and strict:
                raise CatalogueError(
                    f"{key!r} is {merged[key]!r} in {owner[key]} but {forms!r} in {path.name}"
                )
            owner.setdefault(key, path.name)
    return merged


@cache
def catalogue(language: Language, formal: bool = False) -> Catalogue:
    """`formal` is of Korean alone: the sentences said to both sides, as desks read them."""
    if language == DEFAULT and not formal:
        return {}
    return merge_fragments(LOCALE_DIR / language, strict=False)


def gettext(message: str) -> str:
    """The sentence in the reader's language; Korean when no translation exists."""
    return _catalogue().get(message, (message,))[0]


def ngettext(singular: str, plural: str, n: int) -> str:
    """Korean has one form. English: the first for exactly one, the last for all others."""
    forms = _catalogue().get(singular)
    if forms is None:
        return singular if n == 1 or current_language() == DEFAULT else plural
    return forms[0] if n == 1 else forms[-1]


def _catalogue() -> Catalogue:
    language = current_language()
    return catalogue(language, language == DEFAULT and is_formal())
