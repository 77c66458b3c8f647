"""Which passwords are refused: short ones, well-known ones, and those made of the person's words.

No rule about kinds of characters, and any Unicode: NIST SP 800-63B-4, ASVS 5.0 6.2.
"""

import re
import unicodedata
from collections.abc import Iterable

from matcher.catalogue.common_passwords import common_passwords
from models.account import Role

LEAST = dict.fromkeys(Role, 15) | {Role.YOUTH: 10}
MOST = 200
SERVICE_WORDS = ("oreum", "오름", "jeju", "제주", "password", "비밀번호")
_LETTERS = re.compile(r"[^\W\d_]", re.UNICODE)


def problem(password: str, role: Role, words: Iterable[str] = ()) -> str | None:
    """too_short, too_long, broken, common, context, or None. `words`: name, address."""
    plain = folded(password)
    if any(unicodedata.category(character) in ("Cc", "Cs") for character in password):
        return "broken"
    if len(unicodedata.normalize("NFKC", password)) < LEAST[role]:
        return "too_short"
    if len(password) > MOST:
        return "too_long"
    if plain in common_passwords() or len(set(plain)) < 4:
        return "common"
    return "context" if _is_only(plain, words) else None


def folded(password: str) -> str:
    return unicodedata.normalize("NFKC", password).casefold()


def _is_only(plain: str, words: Iterable[str]) -> bool:
    """Whether hardly anything is left when the service's and the person's words are taken out."""
    rest = plain
    found = False
    for word in sorted(_parts((*SERVICE_WORDS, *words)), key=len, reverse=True):
        found = found or word in rest
        rest = rest.replace(word, "")
    return found and len(_LETTERS.findall(rest)) < 4


def _parts(words: Iterable[str]) -> set[str]:
    """Whole words and their pieces; an address gives the part before the @ and the domain."""
    pieces = {piece for word in words for piece in re.split(r"[\s@._+\-]+", folded(word))}
    whole = {folded(word).split("@")[0] for word in words}
    return {piece for piece in pieces | whole if len(piece) >= (3 if piece.isascii() else 2)}
