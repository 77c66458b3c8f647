"""Numbers in place of names: another one in each opening, so that two lists cannot be joined."""

import hashlib
import hmac
import re

DIGITS = 15
LABEL_DIGITS = 6
NUMBER = re.compile(r"[1-9][0-9]{14}")
SCHOOL = re.compile(
    r"학교|대학|학원|여고|남고|과고|외고|국제고|과학고|특성화고|마이스터고|여중|남중"
    r"|universit|college|school|academy"
)
SCHOOL_ALONE = re.compile(
    r"(?:초등|중|고등|대|여자\s*고등)?(?:학교|대학교?|학원)|school|college|universit"
)
"""A word that begins so names its school in the word before."""


def candidate_number(key: str, opening_id: int, youth_id: int) -> str:
    """15 digits, the first not 0. With 10,000 people two share a number once in 18 million."""
    message = f"candidate|{opening_id}|{youth_id}".encode()
    digest = hmac.new(key.encode(), message, hashlib.sha256).digest()
    low = 10 ** (DIGITS - 1)
    return str(low + int.from_bytes(digest[:12]) % (9 * low))


def without_school(text: str) -> str:
    """What somebody wrote, without the words that name a school. Scores look at the likeness of
    this text and a posting's, which its partner writes: it could ask for school after school."""
    folded = text.lower()
    if SCHOOL.search(folded) is None:
        return text
    words = text.split()
    named: set[int] = set()
    for at, word in enumerate(folded.split()):
        if SCHOOL.search(word):
            before = at - 1 if SCHOOL_ALONE.match(word) else at
            after = at + 2 if "".join(words[at + 1 : at + 2]).lower() == "of" else at
            named.update(range(before, after + 1))
    return " ".join(word for at, word in enumerate(words) if at not in named)


def told_version(version: str) -> str:
    """A ranked list's version as a partner may know it. The mark behind the plus is a hash of
    people's own numbers, which are few enough to try: it would join the lists of two openings."""
    model, plus, _mark = version.partition("+")
    return f"{model}+calibrated" if plus else model


def label(number: str) -> str:
    """What screens call the person: the head of the number, in two groups."""
    return f"{number[:3]}-{number[3:LABEL_DIGITS]}"


def is_number(text: str) -> bool:
    return text.isascii() and NUMBER.fullmatch(text) is not None
