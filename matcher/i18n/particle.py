"""Particles in sentences that are looked up in the reader's language."""

from matcher.i18n.language import current_language
from matcher.korean import with_particle


def josa(word: object, pair: str) -> str:
    """As `with_particle` in Korean; the bare word in any other language."""
    text = str(word)
    return with_particle(text, pair) if current_language() == "ko" else text
