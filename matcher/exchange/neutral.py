"""Formula cells: what a spreadsheet would run is written behind one `'` and read back without it.

Leading characters: OWASP's list (= + - @ TAB CR), LF, NUL and the full-width forms Excel also
takes. A cell that already begins with `'` before such a character gets one more, so that reading,
which takes off exactly one, always gives back what was written.
"""

import re
from typing import Final

LEADS: Final = "=+-@\t\r\n\0＝＋－＠"
_BEHIND_QUOTES: Final = re.compile(rf"'+\s*[{re.escape(LEADS)}]")
_PLAIN_NUMBER: Final = re.compile(r"-?[0-9]+(?:\.[0-9]+)?\Z")


def neutralise(text: str) -> str:
    """For CSV, where a cell has no type; plain negative numbers stay numbers."""
    if not text or _PLAIN_NUMBER.match(text):
        return text
    leads = text[0] in LEADS or text.lstrip()[:1] in set(LEADS)
    return "'" + text if leads or _BEHIND_QUOTES.match(text) else text


def keep_quote(text: str) -> str:
    """For XLSX, where strings are typed: only protects a `'` that reading would take off."""
    return "'" + text if _BEHIND_QUOTES.match(text) else text


def restore(text: str) -> str:
    """Takes off exactly one `'` that stands before a formula character."""
    return text[1:] if text[:1] == "'" and _BEHIND_QUOTES.match(text) else text
