"""Where the certificate map puts its nodes: height is the level, renewal arrows point down."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any, Final

from matcher.rendering.map_order import usual_line
from matcher.rendering.map_spots import HEIGHT, LEFT, RIGHT, SIDE_PEAK, TOPS, WIDTH, PlacedNode

MANY: Final = 3  # more sources than this share one bracket


@dataclass(frozen=True)
class Bracket:
    """Many sources renew one node: one line under all of them and one arrow."""

    path: str
    tip: str
    x: float
    y: float
    code: str


@dataclass(frozen=True)
class MapLayout:
    nodes: tuple[PlacedNode, ...]
    edges: tuple[tuple[str, str], ...]  # (line, arrow head) as SVG path data
    brackets: tuple[Bracket, ...]
    usual: tuple[tuple[str, str], ...] = ()
    """The order people usually go in, drawn like `edges`."""


def place_map(
    nodes: Sequence[Mapping[str, Any]],
    edges: Iterable[tuple[str, str]],
    usual: Iterable[tuple[str, str]] = (),
) -> MapLayout:
    """Nodes have code, level, maybe notice and state_text; edges to unknown codes are left out."""
    known = {node["code"] for node in nodes}
    arrows = [pair for pair in edges if pair[0] in known and pair[1] in known]
    x_of = _columns(nodes, arrows)
    placed = {node["code"]: _placed(node, x_of[node["code"]]) for node in nodes}
    _stack_side(placed)
    wide = _shared_targets(arrows)
    lines = tuple(
        _edge(placed[start], placed[end], turn)
        for turn, (start, end) in enumerate(arrows)
        if end not in wide
    )
    brackets = tuple(_bracket(placed[code], placed) for code in sorted(wide))
    order = tuple(
        usual_line(placed[start], placed[end], turn)
        for turn, (start, end) in enumerate(pair for pair in usual if set(pair) <= known)
    )
    return MapLayout(tuple(placed.values()), lines, brackets, order)


def _shared_targets(arrows: list[tuple[str, str]]) -> set[str]:
    ends = [end for _, end in arrows]
    return {end for end in ends if ends.count(end) > MANY}


def _columns(nodes: Sequence[Mapping[str, Any]], arrows: list[tuple[str, str]]) -> dict[str, float]:
    """Associates are spread evenly; the others stand over or under what they are tied to."""
    level = {node["code"]: node["level"] for node in nodes}
    middle = [code for code in level if level[code] == "associate"]
    x_of = dict(zip(middle, _spread(len(middle)), strict=True))
    shared = _shared_targets(arrows)
    for name in ("professional", "foundational"):
        row = [code for code in level if level[code] == name]
        wanted: dict[str, float] = {}
        for code, fallback in zip(row, _spread(len(row)), strict=True):
            ties = [
                b if a == code else a for a, b in arrows if code in (a, b) and code not in shared
            ]
            known = [x_of[tie] for tie in ties if level[tie] == "associate"]
            wanted[code] = sum(known) / len(known) if known else min(fallback, 410.0)
        x_of |= _apart(wanted)
    return x_of | {code: SIDE_PEAK[0] for code in level if level[code] == "specialty"}


def _spread(count: int) -> list[float]:
    if count == 1:
        return [LEFT]
    return [LEFT + (RIGHT - LEFT) * n / (count - 1) for n in range(count)]


def _apart(wanted: dict[str, float], gap: float = WIDTH + 16.0) -> dict[str, float]:
    """The same order from left to right, moved so that no two nodes touch."""
    spaced: dict[str, float] = {}
    last = float("-inf")
    for code in sorted(wanted, key=lambda code: (wanted[code], code)):
        last = max(wanted[code], last + gap)
        spaced[code] = last
    return spaced


def _placed(node: Mapping[str, Any], x: float) -> PlacedNode:
    y = TOPS.get(node["level"], SIDE_PEAK[1] + 90)
    lines = bool(node.get("state_text")) + bool(node.get("notice"))
    return PlacedNode(node, x, y, y + HEIGHT + 17 * lines + (5 if lines else 0))


def _stack_side(placed: dict[str, PlacedNode]) -> None:
    side = [code for code, spot in placed.items() if spot.node["level"] == "specialty"]
    for row, code in enumerate(side):
        spot = placed[code]
        y = SIDE_PEAK[1] + 90 + row * 100
        placed[code] = PlacedNode(spot.node, spot.x, y, spot.foot - spot.y + y)


def _edge(start: PlacedNode, end: PlacedNode, turn: int) -> tuple[str, str]:
    levels = list(TOPS)
    skips = (
        start.node["level"] == "professional" and end.node["level"] == "foundational"
    ) or start.node["level"] not in levels
    if skips:
        return _around(start, end, turn)
    top, bottom = start.foot, end.y - 8
    bend = (top + bottom) / 2
    line = f"M{start.x:g} {top:g}C{start.x:g} {bend:g} {end.x:g} {bend:g} {end.x:g} {bottom:g}"
    return line, _tip(end.x, bottom)


def _around(start: PlacedNode, end: PlacedNode, turn: int) -> tuple[str, str]:
    """Past the middle level, along its right side."""
    lane = RIGHT + WIDTH / 2 + 24 + turn % 3 * 8
    out, y1 = start.x + WIDTH / 2, start.y + HEIGHT / 2
    into, y2 = end.x + WIDTH / 2 + 8, end.y + HEIGHT / 2
    line = (
        f"M{out:g} {y1:g}C{lane + 20:g} {y1:g} {lane:g} {y1 + 170:g} {lane:g} {y1 + 270:g}"
        f"S{lane - 10:g} {y2:g} {into:g} {y2:g}"
    )
    return line, f"M{into:g} {y2 - 5:g}v10l-8-5z"


def _bracket(end: PlacedNode, placed: Mapping[str, PlacedNode]) -> Bracket:
    sources = [spot for spot in placed.values() if spot.node["level"] == "associate"] or [end]
    left = min(spot.x for spot in sources) - WIDTH / 2
    right = max(spot.x for spot in sources) + WIDTH / 2
    y = max(spot.foot for spot in sources) + 24
    bottom = end.y - 8
    path = f"M{left:g} {y - 14:g}V{y:g}H{right:g}V{y - 14:g}M{end.x:g} {y:g}V{bottom:g}"
    return Bracket(path, _tip(end.x, bottom), end.x, y, end.node["code"])


def _tip(x: float, y: float) -> str:
    return f"M{x - 5:g} {y:g}h10l-5 8z"
