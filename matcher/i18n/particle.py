"""Korean particles after a word given at run time.

A particle depends on the last sound, so digits and Latin letters are read aloud first:
7 is 칠, SAA is 에스에이에이, Python is 파이썬.
"""

import re
from typing import Final, Literal

from matcher.i18n.language import current_language

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
_LETTERS: Final[dict[str, Sound]] = {"l": "rieul", "m": "closed", "n": "closed", "r": "rieul"}
# words whose usual reading the letters do not give away
_WORDS: Final[dict[str, Sound]] = {
    "hadoop": "closed", "github": "closed", "gitlab": "closed", "web": "closed",
    "app": "closed", "notebook": "closed", "facebook": "closed", "chatbot": "closed",
    "robot": "closed", "podcast": "open", "pipeline": "closed", "machine": "closed",
    "engine": "closed", "online": "closed", "offline": "closed", "one": "closed",
    "c#": "closed", "f#": "closed",
}  # fmt: skip
_TRAILING: Final = re.compile(r"(?:\s*[(\[（][^()\[\]（）]*[)\]）])+\s*$")
_QUOTES: Final = " \t\"'’”」』.,:;!?·"


def with_particle(word: str, pair: str) -> str:
    """The word and its particle; ``pair`` is '을/를' or either half. Unknown pair: KeyError."""
    closed, open_ = _PAIRS[pair]
    sound = _last_sound(word)
    takes_open = sound == "open" or (sound == "rieul" and closed == "으로")
    return f"{word}{open_ if takes_open else closed}"


def josa(word: object, pair: str) -> str:
    """As `with_particle` in Korean; the bare word in any other language."""
    text = str(word)
    return with_particle(text, pair) if current_language() == "ko" else text


def _last_sound(word: str) -> Sound:
    """Brackets are not read: 'AWS 설계 (SAA)' ends with 계."""
    spoken = (_TRAILING.sub("", word) or word).rstrip(_QUOTES)
    if not spoken:
        return "open"
    last = spoken[-1]
    if "가" <= last <= "힣":
        final = (ord(last) - ord("가")) % 28
        return "open" if final == 0 else "rieul" if final == 8 else "closed"
    if last in _DIGITS:
        return _DIGITS[last]
    return _latin(spoken)


def _latin(spoken: str) -> Sound:
    match = re.search(r"[A-Za-z]+#?$", spoken)
    if match is None:
        return "open"
    word = match.group()
    if word.lower() in _WORDS:
        return _WORDS[word.lower()]
    if word[-1].isupper():
        return _LETTERS.get(word[-1].lower(), "open")
    return _pronounced(word.lower())


def _pronounced(word: str) -> Sound:
    if re.search(r"(?:l|le)$", word):
        return "rieul"
    if re.search(r"(?:m|n|ng|me)$", word):
        return "closed"
    # Git, Chat, Map: one short vowel before p, t or k closes the syllable
    return "closed" if re.fullmatch(r"[^aeiou]*[aeiou](?:p|t|k|ck)", word) else "open"
