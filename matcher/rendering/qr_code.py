"""A text as a code for cameras (QR, ISO/IEC 18004), drawn as one path of an SVG."""

from dataclasses import dataclass
from typing import Final

LEVEL: Final = "m"
"""A seventh of the code may be torn or smudged and it still reads."""
LARGEST: Final = 25
"""117 modules a side: the largest that phones read from paper at 7 cm without a second try."""
QUIET: Final = 4
"""Modules of blank around it; the standard asks for four."""


@dataclass(frozen=True)
class Drawn:
    """`side`: of the drawing in modules, the blank border with it."""

    path: str
    side: int
    version: int


def drawn(text: str) -> Drawn:
    """ValueError for a text that needs a larger code."""
    import segno

    code = segno.make_qr(text, error=LEVEL, boost_error=False)
    if int(code.version) > LARGEST:
        raise ValueError(f"version {code.version} is larger than phones read")
    rows = [bytes(row) for row in code.matrix]
    path = "".join(_row(row, y + QUIET) for y, row in enumerate(rows))
    return Drawn(path, len(rows) + 2 * QUIET, int(code.version))


def _row(row: bytes, y: int) -> str:
    """Dark stretches of one row, each drawn as one bar."""
    bars, start = [], None
    for x, module in enumerate([*row, 0]):
        if module and start is None:
            start = x
        elif not module and start is not None:
            bars.append(f"M{start + QUIET} {y}h{x - start}v1h-{x - start}z")
            start = None
    return "".join(bars)
