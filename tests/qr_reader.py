"""A reader of QR codes written from ISO/IEC 18004 and from nothing of the encoder's: a code that
both agree about is one that a phone reads. Byte mode and level M alone, whole codes only.
"""

import re
from collections.abc import Iterator

Matrix = list[list[int]]

BLOCKS = {
    1: (10, (1, 16)), 2: (16, (1, 28)), 3: (26, (1, 44)), 4: (18, (2, 32)), 5: (24, (2, 43)),
    6: (16, (4, 27)), 7: (18, (4, 31)), 8: (22, (2, 38), (2, 39)), 9: (22, (3, 36), (2, 37)),
    10: (26, (4, 43), (1, 44)), 11: (30, (1, 50), (4, 51)), 12: (22, (6, 36), (2, 37)),
    13: (22, (8, 37), (1, 38)), 14: (24, (4, 40), (5, 41)), 15: (24, (5, 41), (5, 42)),
    16: (28, (7, 45), (3, 46)), 17: (28, (10, 46), (1, 47)), 18: (26, (9, 43), (4, 44)),
    19: (26, (3, 44), (11, 45)), 20: (26, (3, 41), (13, 42)), 21: (26, (17, 42)),
    22: (28, (17, 46)), 23: (28, (4, 47), (14, 48)), 24: (28, (6, 45), (14, 46)),
    25: (28, (8, 47), (13, 48)),
}  # fmt: skip
"""Table 9, level M: version -> letters of correction a block, (blocks, letters of data) ..."""
MASKS = (
    lambda y, x: (y + x) % 2,
    lambda y, x: y % 2,
    lambda y, x: x % 3,
    lambda y, x: (y + x) % 3,
    lambda y, x: (y // 2 + x // 3) % 2,
    lambda y, x: y * x % 2 + y * x % 3,
    lambda y, x: (y * x % 2 + y * x % 3) % 2,
    lambda y, x: ((y + x) % 2 + y * x % 3) % 2,
)
"""Table 10: dark modules and light ones change places where it is 0."""
BAR = re.compile(r"M(\d+) (\d+)h(\d+)v1h-(\d+)z")


def matrix_of(path: str, side: int, quiet: int = 4) -> Matrix:
    """From a drawing of one path, a bar a row; the blank border is cut off and has to be blank."""
    rows = [[0] * side for _ in range(side)]
    bars = BAR.findall(path)
    assert "".join(f"M{x} {y}h{n}v1h-{m}z" for x, y, n, m in bars) == path
    for x, y, long, back in bars:
        assert long == back
        for at in range(int(x), int(x) + int(long)):
            rows[int(y)][at] = 1
    inner = [row[quiet : side - quiet] for row in rows[quiet : side - quiet]]
    assert sum(map(sum, rows)) == sum(map(sum, inner))
    return inner


def read(matrix: Matrix) -> str:
    """What the code says. AssertionError for a code that a reader would have to mend."""
    version = (len(matrix) - 17) // 4
    letters = list(_letters(matrix, version, _mask(matrix)))
    data = _data(letters, version)
    bits = "".join(f"{each:08b}" for each in data)
    assert bits[:4] == "0100"  # byte mode
    wide = 8 if version < 10 else 16
    count = int(bits[4 : 4 + wide], 2)
    body = bits[4 + wide : 4 + wide + 8 * count]
    return bytes(int(body[at : at + 8], 2) for at in range(0, len(body), 8)).decode("ascii")


def _mask(matrix: Matrix) -> int:
    """Clause 7.9: five bits and ten of correction, under 101010000010010; level M is 00."""
    spots = [(8, x) for x in (0, 1, 2, 3, 4, 5, 7, 8)] + [(y, 8) for y in (7, 5, 4, 3, 2, 1, 0)]
    found = int("".join(str(matrix[y][x]) for y, x in spots), 2) ^ 0b101010000010010
    value, check = found >> 10, found >> 10 << 10
    for at in range(4, -1, -1):
        if check >> (at + 10) & 1:
            check ^= 0b10100110111 << at
    assert check == found & 0b1111111111
    assert value >> 3 == 0
    return value & 7


def _letters(matrix: Matrix, version: int, mask: int) -> Iterator[int]:
    """Clause 7.7.3: two columns at a time, up and down in turn, from the right."""
    size, held = len(matrix), ""
    taken = _function_modules(version, size)
    for turn, right in enumerate(each for each in range(size - 1, 0, -2)):
        x = right - (right <= 6)
        for y in range(size) if turn % 2 else reversed(range(size)):
            for column in (x, x - 1):
                if (y, column) not in taken:
                    held += str(matrix[y][column] ^ (MASKS[mask](y, column) == 0))
                    if len(held) == 8:
                        yield int(held, 2)
                        held = ""


def _function_modules(version: int, size: int) -> set[tuple[int, int]]:
    taken = {(y, x) for y in range(9) for x in (*range(9), *range(size - 8, size))}
    taken |= {(y, x) for y in range(size - 8, size) for x in range(9)}
    taken |= {(6, at) for at in range(size)} | {(at, 6) for at in range(size)}
    centres = _centres(version, size)
    for y, x in ((y, x) for y in centres for x in centres):
        if (y, x) not in ((6, 6), (6, size - 7), (size - 7, 6)):
            taken |= {(y + j, x + i) for j in range(-2, 3) for i in range(-2, 3)}
    if version >= 7:
        taken |= {(y, x) for y in range(6) for x in range(size - 11, size - 8)}
        taken |= {(y, x) for y in range(size - 11, size - 8) for x in range(6)}
    return taken


def _centres(version: int, size: int) -> list[int]:
    """Annex E, by its rule: even steps from the far end, the first one at 6."""
    if version == 1:
        return []
    count = version // 7 + 2
    step = (version * 8 + count * 3 + 5) // (count * 4 - 4) * 2
    return [6, *sorted(size - 7 - at * step for at in range(count - 1))]


def _data(letters: list[int], version: int) -> list[int]:
    """Clause 7.6: blocks are written letter by letter in turn; every block has to be whole."""
    correction, *groups = BLOCKS[version]
    sizes = [each[1] for each in groups for _ in range(each[0])]  # type: ignore[index]
    blocks: list[list[int]] = [[] for _ in sizes]
    stream = iter(letters)
    for at in range(max(sizes)):
        for block, size in zip(blocks, sizes, strict=True):
            if at < size:
                block.append(next(stream))
    whole = [list(block) for block in blocks]
    for _ in range(correction):  # type: ignore[arg-type]
        for block in whole:
            block.append(next(stream))
    assert all(_is_whole(block, correction) for block in whole)  # type: ignore[arg-type]
    return [letter for block in blocks for letter in block]


def _is_whole(block: list[int], correction: int) -> bool:
    """A block is a multiple of the generator: 0 at its every root (Reed-Solomon over GF(256))."""
    return all(_at(block, _power(root)) == 0 for root in range(correction))


def _at(block: list[int], point: int) -> int:
    value = 0
    for letter in block:
        value = _times(value, point) ^ letter
    return value


def _power(exponent: int) -> int:
    value = 1
    for _ in range(exponent):
        value = _times(value, 2)
    return value


def _times(a: int, b: int) -> int:
    product = 0
    while b:
        product ^= a if b & 1 else 0
        a = a << 1 ^ (0x11D if a & 128 else 0)
        b >>= 1
    return product
