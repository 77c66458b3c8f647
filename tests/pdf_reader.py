"""Reads back the PDF files this service draws: their parts, fonts and words. Not for others."""

import re
import zlib
from dataclasses import dataclass
from functools import cached_property

OBJECT = re.compile(rb"(?<!\d)(\d+) 0 obj\s*(.*?)\s*endobj", re.S)
STREAM = re.compile(rb"stream\r?\n(.*?)\r?\nendstream", re.S)
FONT = re.compile(rb"/([A-Z]{6}) (\d+) 0 R")
PAIR = re.compile(rb"<([0-9a-f]+)> <([0-9a-f]+)>")
STEP = re.compile(
    rb"(BDC|EMC|\bBT\b)|/(\w+) [\d.]+ Tf|\[((?:<[0-9a-f]*>|[-\d. ]+)*)\] ?TJ|<([0-9a-f]*)> ?Tj"
)


@dataclass
class Pdf:
    data: bytes

    @cached_property
    def objects(self) -> dict[int, bytes]:
        """Every object by its number, those packed into streams too; streams unpacked."""
        found = {int(number): _unpacked(body) for number, body in OBJECT.findall(self.data)}
        packs = {number: body for number, body in found.items() if b"/ObjStm" in body}
        for number, body in packs.items():
            del found[number]
            found |= _packed(body)
        return found

    @property
    def inside(self) -> bytes:
        return b"\n".join(self.objects.values())

    @property
    def pages(self) -> int:
        return len(re.findall(rb"/Type /Page\b", self.inside))

    @property
    def languages(self) -> set[str]:
        return {each.decode() for each in re.findall(rb"/Lang ?\(([^)]*)\)", self.inside)}

    @property
    def font_files(self) -> set[bytes]:
        """Names of the fonts a file holds, without the letters that mark a part of one."""
        return set(re.findall(rb"/FontName ?/[A-Z]{6}\+([^ /\n>]+)", self.inside))

    @property
    def pieces(self) -> list[str]:
        """The words in the order they are tagged; a break of the line inside one is a newline."""
        streams = [each for each in self.objects.values() if b"BDC" in each and b" Tf" in each]
        return [piece for stream in streams for piece in self._pieces(stream) if piece]

    def _pieces(self, stream: bytes) -> list[str]:
        found, held, font = [], "", b""
        for mark, name, many, one in STEP.findall(stream):
            font = name or font
            if mark == b"BT" and held:
                held += "\n"
            elif mark:
                found.append(held)
                held = ""
            for letters in re.findall(rb"<([0-9a-f]*)>", many) or [one]:
                held += "".join(self._letters[font].get(each, "\0") for each in _codes(letters))
        return [*found, held]

    @cached_property
    def _letters(self) -> dict[bytes, dict[bytes, str]]:
        """Font -> its codes -> what they stand for (ToUnicode)."""
        return {
            name: self._table(self.objects[int(number)])
            for name, number in FONT.findall(self.inside)
            if b"/ToUnicode" in self.objects.get(int(number), b"")
        }

    def _table(self, font: bytes) -> dict[bytes, str]:
        number = re.search(rb"/ToUnicode (\d+) 0 R", font)
        assert number is not None
        table = self.objects[int(number[1])]
        return {
            code: bytes.fromhex(text.decode()).decode("utf-16-be")
            for code, text in PAIR.findall(table.partition(b"beginbfchar")[2])
        }


def _codes(letters: bytes) -> list[bytes]:
    return [letters[at : at + 4] for at in range(0, len(letters), 4)]


def _unpacked(body: bytes) -> bytes:
    found = STREAM.search(body)
    if found is None:
        return body
    try:
        return body[: found.start()] + b"\nstream\n" + zlib.decompress(found[1])
    except zlib.error:
        return body[: found.start()]


def _packed(body: bytes) -> dict[int, bytes]:
    head, _stream, text = body.partition(b"\nstream\n")
    first = re.search(rb"/First (\d+)", head)
    assert first is not None
    numbers = [int(each) for each in text[: int(first[1])].split()]
    starts = [*numbers[1::2], len(text) - int(first[1])]
    return {
        number: text[int(first[1]) + starts[at] : int(first[1]) + starts[at + 1]]
        for at, number in enumerate(numbers[::2])
    }
