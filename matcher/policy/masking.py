"""Numbers in place of names: another one in each opening, so that two lists cannot be joined."""

import hashlib
import hmac
import re

DIGITS = 15
LABEL_DIGITS = 6
NUMBER = re.compile(r"[1-9][0-9]{14}")


def candidate_number(key: str, opening_id: int, youth_id: int) -> str:
    """15 digits, the first not 0. With 10,000 people two share a number once in 18 million."""
    message = f"candidate|{opening_id}|{youth_id}".encode()
    digest = hmac.new(key.encode(), message, hashlib.sha256).digest()
    low = 10 ** (DIGITS - 1)
    return str(low + int.from_bytes(digest[:12]) % (9 * low))


def label(number: str) -> str:
    """What screens call the person: the head of the number, in two groups."""
    return f"{number[:3]}-{number[3:LABEL_DIGITS]}"


def is_number(text: str) -> bool:
    return text.isascii() and NUMBER.fullmatch(text) is not None
