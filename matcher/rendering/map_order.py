"""Lines of the usual order on the certificate map: they climb, where renewals go down.

Each leaves and reaches a node beside its middle, so that it never lies on a renewal arrow.
"""

from typing import Final

from matcher.rendering.map_spots import HEIGHT, RIGHT, TOPS, WIDTH, PlacedNode

ASIDE: Final = 30.0
LANE: Final = RIGHT + WIDTH / 2 + 10


def usual_line(start: PlacedNode, end: PlacedNode, turn: int) -> tuple[str, str]:
    """(line, arrow head) as SVG path data; `turn` keeps parallel lines apart."""
    heights = list(TOPS)
    above, below = end.node["level"], start.node["level"]
    if above not in TOPS:
        return _to_the_side(start, end, turn)
    if above == below:
        return _over(start, end)
    if below in TOPS and heights.index(below) - heights.index(above) > 1:
        return _past(start, end)
    return _up(start, end)


def _up(start: PlacedNode, end: PlacedNode) -> tuple[str, str]:
    x1, y1 = start.x + ASIDE, start.y
    x2, y2 = end.x + ASIDE, end.foot + 10
    bend = (y1 + y2) / 2
    line = f"M{x1:g} {y1:g}C{x1:g} {bend:g} {x2:g} {bend:g} {x2:g} {y2:g}"
    return line, f"M{x2 - 5:g} {y2:g}h10l-5-8z"


def _over(start: PlacedNode, end: PlacedNode) -> tuple[str, str]:
    """An arch above the nodes of one level, the higher the further it goes."""
    way = 1 if end.x > start.x else -1
    x1, x2, y = start.x + 44 * way, end.x - 44 * way, start.y - 8
    top = y - min(44, 12 + abs(x2 - x1) / 8)
    line = f"M{x1:g} {start.y:g}C{x1:g} {top:g} {x2:g} {top:g} {x2:g} {y:g}"
    return line, f"M{x2 - 5:g} {y:g}h10l-5 8z"


def _past(start: PlacedNode, end: PlacedNode) -> tuple[str, str]:
    """Past the middle level up the lane at its right, and over the heads of the top level."""
    x1, y1, x2, y2, top = start.right - 14, start.y, end.x + ASIDE, end.y - 8, end.y - 34
    line = (
        f"M{x1:g} {y1:g}C{x1:g} {y1 - 60:g} {LANE:g} {y1 - 30:g} {LANE:g} {y1 - 120:g}"
        f"V{top + 20:g}Q{LANE:g} {top:g} {LANE - 20:g} {top:g}"
        f"H{x2 + 20:g}Q{x2:g} {top:g} {x2:g} {y2:g}"
    )
    return line, f"M{x2 - 5:g} {y2:g}h10l-5 8z"


def _to_the_side(start: PlacedNode, end: PlacedNode, turn: int) -> tuple[str, str]:
    """Over the heads of the level and down the outer lane, into the left of a side node."""
    lift, lane = start.y - 54 - turn % 2 * 8, LANE + 42 + turn % 2 * 8
    x1, x2, y2 = start.x + 56, end.left - 8, end.y + HEIGHT / 2
    line = (
        f"M{x1:g} {start.y:g}Q{x1:g} {lift:g} {x1 + 40:g} {lift:g}H{lane - 20:g}"
        f"Q{lane:g} {lift:g} {lane:g} {lift + 20:g}V{y2 - 12:g}Q{lane:g} {y2:g} {x2:g} {y2:g}"
    )
    return line, f"M{x2:g} {y2 - 5:g}v10l8-5z"
