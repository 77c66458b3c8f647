"""Korean particles that fit the word before them: 파이썬을, SQL을, S3를, 자바로.

Latin words are guessed from the spelling, capitals are read letter by letter, digits as Korean
numbers; a wrong guess reads oddly but never changes the meaning.
"""

import re
import unicodedata
from typing import Literal

Ending = Literal["none", "rieul", "other"]
Particle = Literal["을", "이", "은", "과", "으로"]
_WITHOUT: dict[Particle, str] = {"을": "를", "이": "가", "은": "는", "과": "와", "으로": "로"}
_DIGITS: dict[str, Ending] = {
    "0": "other",
    "1": "rieul",
    "2": "none",
    "3": "other",
    "4": "none",
    "5": "none",
    "6": "other",
    "7": "rieul",
    "8": "rieul",
    "9": "none",
}
_LETTERS: dict[str, Ending] = {"l": "rieul", "r": "rieul", "m": "other", "n": "other"}
_BRACKETED = re.compile(r"\s*[(\[（][^)\]）]*[)\]）]\s*$")
_LATIN_WORD = re.compile(r"[a-z]+$", re.IGNORECASE)


def josa(word: str, particle: Particle) -> str:
    """The word with its particle; name the form used after a final consonant ("을", not "를")."""
    ending = final_sound(word)
    closed = ending == "other" or (ending == "rieul" and particle != "으로")
    return word + (particle if closed else _WITHOUT[particle])


def final_sound(word: str) -> Ending:
    """What the word, read aloud in Korean, ends in: no consonant, ㄹ, or another one."""
    spoken = _BRACKETED.sub("", unicodedata.normalize("NFC", word)) or word
    for letter in reversed(spoken):
        if "가" <= letter <= "힣":
            final = (ord(letter) - ord("가")) % 28
            return "none" if final == 0 else "rieul" if final == 8 else "other"
        if letter.isdigit():
            return _digit(spoken[: spoken.rindex(letter) + 1])
        if letter.isascii() and letter.isalpha():
            found = _LATIN_WORD.search(spoken[: spoken.rindex(letter) + 1])
            return _latin(found.group() if found else letter)
    return "none"


def _digit(spoken: str) -> Ending:
    """Right after a Latin letter (S3, EC2) a single digit is read in English."""
    before = spoken[-2:-1]
    if before.isascii() and before.isalpha():
        return "other" if spoken[-1] in "179" else "none"
    return _DIGITS.get(spoken[-1], "none")


def _latin(word: str) -> Ending:
    if word.isupper():
        return _LETTERS.get(word[-1].lower(), "none")
    low = word.lower()
    if low.endswith(("le", "l")):
        return "rieul"
    if low.endswith(("m", "n", "ng")) or re.search(r"[aeiou][mn]e$", low):
        return "other"
    # a stop right after a vowel becomes a final consonant (Git, Hadoop); after r it does not
    return "other" if re.search(r"[aeiou][bckpt]$", low) else "none"
