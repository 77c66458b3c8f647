"""Korean particles after a word known only at run time: 파이썬을, SQL을, S3를, 자바로.

A particle depends on the last sound, so digits and Latin letters are read aloud first: 7 is 칠,
SAA is 에스에이에이, Python is 파이썬. A wrong guess reads oddly but never changes the meaning.
"""

import re
import unicodedata
from typing import Final, Literal

Sound = Literal["open", "rieul", "closed"]

_PAIRS: Final[dict[str, tuple[str, str]]] = {
    form: pair
    for pair in (("을", "를"), ("이", "가"), ("은", "는"), ("과", "와"), ("으로", "로"),
                 ("이에요", "예요"), ("이나", "나"), ("아", "야"), ("이라고", "라고"))
    for form in (*pair, "/".join(pair), "/".join(reversed(pair)))
}  # fmt: skip

_DIGITS: Final[dict[str, Sound]] = {
    "0": "closed", "1": "rieul", "2": "open", "3": "closed", "4": "open",
    "5": "open", "6": "closed", "7": "rieul", "8": "rieul", "9": "open",
}  # fmt: skip
_LETTERS: Final[dict[str, Sound]] = {"l": "rieul", "r": "rieul", "m": "closed", "n": "closed"}
# words whose usual reading the letters do not give away
_WORDS: Final[dict[str, Sound]] = {"one": "closed", "c#": "closed", "f#": "closed"}
_TRAILING: Final = re.compile(r"(?:\s*[(\[（][^()\[\]（）]*[)\]）])+\s*$")
_LATIN: Final = re.compile(r"[A-Za-z]+#?$")
_SILENT: Final = " \t\"'’”」』.,:;!?·+"


def with_particle(word: str, pair: str) -> str:
    """The word and its particle; `pair` is '을/를' or either half. Unknown pair: KeyError."""
    closed, open_ = _PAIRS[pair]
    sound = last_sound(word)
    takes_open = sound == "open" or (sound == "rieul" and closed == "으로")
    return f"{word}{open_ if takes_open else closed}"


def last_sound(word: str) -> Sound:
    """Brackets are not read: 'AWS 설계 (SAA)' ends with 계."""
    plain = unicodedata.normalize("NFC", word)
    spoken = (_TRAILING.sub("", plain) or plain).rstrip(_SILENT)
    if not spoken:
        return "open"
    last = spoken[-1]
    if "가" <= last <= "힣":
        final = (ord(last) - ord("가")) % 28
        return "open" if final == 0 else "rieul" if final == 8 else "closed"
    return _digit(spoken) if last in _DIGITS else _latin(spoken)


def _digit(spoken: str) -> Sound:
    """Right after a Latin letter (S3, EC2) a single digit is read in English."""
    before = spoken[-2:-1]
    if before.isascii() and before.isalpha():
        return "closed" if spoken[-1] in "179" else "open"
    return _DIGITS[spoken[-1]]


def _latin(spoken: str) -> Sound:
    match = _LATIN.search(spoken)
    if match is None:
        return "open"
    word = match.group()
    if word.lower() in _WORDS:
        return _WORDS[word.lower()]
    if word[-1].isupper():
        return _LETTERS.get(word[-1].lower(), "open")
    return _pronounced(word.lower())


def _pronounced(word: str) -> Sound:
    if word.endswith(("l", "le")):
        return "rieul"
    if word.endswith(("m", "n", "ng")) or re.search(r"[aeiou][mn]e$", word):
        return "closed"
    # a stop right after a vowel becomes a final consonant (Git, Hadoop); after r it does not
    return "closed" if re.search(r"[aeiou][bckpt]k?$", word) else "open"
