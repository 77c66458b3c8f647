"""The badge as a picture of the house: an oreum under the sun, with the credential inside it.

Drawn here and not kept as a file, so that the PNG and the SVG are the same picture and nothing of
it comes from elsewhere.
"""

import math
import zlib
from functools import cache
from struct import pack
from typing import Final

SIDE: Final = 256
SKY, SEA, SUN = (229, 242, 248), (0, 99, 140), (223, 102, 10)
SUN_AT, SUN_RADIUS = (134.0, 82.0), 34.0
ROUND: Final = 40.0
HILLS: Final = ((98.0, 54.0, 96.0), (162.0, 56.0, 84.0))
"""(middle, width, height) of the two rims; the dip between them is the crater."""
FOOT: Final = 232.0

Colour = tuple[int, int, int]


def baked_png(token: str) -> bytes:
    """Open Badges 3.0, 5.3.1: the token in an iTXt chunk named openbadgecredential."""
    from openbadgeslib import baking

    baked: bytes = baking.bake_png(png(), token, keyword=baking.ITXT_KEYWORD_OB3)
    return baked


def baked_svg(token: str) -> bytes:
    """Open Badges 3.0, 5.3.2: the token in the verify attribute of openbadges:credential."""
    from openbadgeslib import baking

    baked: bytes = baking.bake_svg(
        svg().encode("utf-8"), token,
        element=baking.SVG_ELEMENT_OB3, namespace=baking.SVG_NS_OB3,
    )  # fmt: skip
    return baked


def svg() -> str:
    points = " ".join(f"{x} {round(_ground(x), 1)}" for x in range(0, SIDE + 1, 4))
    return (
        f'<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 {SIDE} {SIDE}">'
        f'<rect width="{SIDE}" height="{SIDE}" rx="{ROUND:g}" fill="{_hex(SKY)}"/>'
        f'<circle cx="{SUN_AT[0]:g}" cy="{SUN_AT[1]:g}" r="{SUN_RADIUS:g}" fill="{_hex(SUN)}"/>'
        f'<path d="M{points}V{FOOT:g}H0Z" fill="{_hex(SEA)}"/></svg>'
    )


@cache
def png() -> bytes:
    """256 by 256, with soft edges and round transparent corners."""
    rows = b"".join(b"\0" + b"".join(_pixel(x, y) for x in range(SIDE)) for y in range(SIDE))
    head = pack("!IIBBBBB", SIDE, SIDE, 8, 6, 0, 0, 0)
    parts = (_chunk(b"IHDR", head), _chunk(b"IDAT", zlib.compress(rows, 9)), _chunk(b"IEND", b""))
    return b"\x89PNG\r\n\x1a\n" + b"".join(parts)


def _pixel(x: int, y: int) -> bytes:
    at_x, at_y = x + 0.5, y + 0.5
    sun = _cover(SUN_RADIUS - math.hypot(at_x - SUN_AT[0], at_y - SUN_AT[1]))
    hill = _cover(at_y - _ground(at_x)) * _cover(FOOT - at_y)
    colour = _over(_over(SKY, SUN, sun), SEA, hill)
    return bytes((*colour, round(255 * _cover(_inside(at_x, at_y)))))


def _ground(x: float) -> float:
    """The height of the hill's edge; two rims, the higher one counts."""
    tops = [height * math.exp(-(((x - at) / wide) ** 2)) for at, wide, height in HILLS]
    return FOOT - max(tops)


def _inside(x: float, y: float) -> float:
    """How far inside the rounded square a point lies."""
    half = SIDE / 2
    dx, dy = abs(x - half) - (half - ROUND), abs(y - half) - (half - ROUND)
    return ROUND - math.hypot(max(dx, 0.0), max(dy, 0.0)) - min(max(dx, dy), 0.0)


def _cover(depth: float) -> float:
    return min(1.0, max(0.0, depth + 0.5))


def _over(under: Colour, colour: Colour, share: float) -> Colour:
    red, green, blue = (round(b + (c - b) * share) for b, c in zip(under, colour, strict=True))
    return red, green, blue


def _chunk(kind: bytes, data: bytes) -> bytes:
    return pack("!I", len(data)) + kind + data + pack("!I", zlib.crc32(kind + data))


def _hex(colour: Colour) -> str:
    return "#" + "".join(f"{part:02x}" for part in colour)
