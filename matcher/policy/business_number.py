"""The registration number of a Korean business (사업자등록번호): three, two and five digits.

The last digit is a check digit. It catches a slip of the keyboard; it does not say that the
business exists, which only the tax office knows.
"""

import re
import unicodedata
from typing import Final

_WEIGHTS: Final = (1, 3, 7, 1, 3, 7, 1, 3, 5)
_SHAPE: Final = re.compile(r"(\d{3})-?(\d{2})-?(\d{5})", re.ASCII)
_DASHES: Final = str.maketrans(dict.fromkeys("‐‑‒–—−", "-"))


def canonical(text: str) -> str | None:
    """The ten digits of what was typed, with or without hyphens; None when it is no such number."""
    found = _SHAPE.fullmatch(_plain(text))
    digits = "" if found is None else "".join(found.groups())
    return digits if digits and _has_right_check_digit(digits) else None


def written(digits: str) -> str:
    """The ten digits as people write them: 124-81-00998."""
    return f"{digits[:3]}-{digits[3:5]}-{digits[5:]}"


def is_valid(text: str) -> bool:
    return canonical(text) is not None


def _plain(text: str) -> str:
    """Full-width digits and any kind of dash, as they come out of a registration certificate."""
    folded = unicodedata.normalize("NFKC", text).translate(_DASHES)
    return "".join(folded.split())


def _has_right_check_digit(digits: str) -> bool:
    """The official rule: the ninth digit times five gives its tens as well as its ones."""
    if not int(digits):
        return False
    products = [int(digit) * weight for digit, weight in zip(digits, _WEIGHTS, strict=False)]
    total = sum(products) + products[-1] // 10
    return (10 - total % 10) % 10 == int(digits[-1])
