"""One person's whole data as one ZIP file: rows, files, what is what, and a hash of every entry."""

import base64
import hashlib
import json
import re
import zipfile
from collections.abc import Iterable, Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass, field
from datetime import date, datetime
from enum import Enum
from typing import IO, Any, Final

DATA, README, MANIFEST = "data.json", "README.txt", "manifest.json"
LONGEST_NAME: Final = 80
_ODD = re.compile(r"[^\w.\-]+")

_KOREAN: Final = """오름이 가진 내 정보 모두
========================

이 파일은 {day}에 만들었습니다. 오름이 나에 대해 가진 것이 모두 들어 있습니다.

data.json       표마다 내 줄이 모두 있습니다. 프로그램이 읽는 JSON(UTF-8)입니다.
                날짜는 2026-12-31, 때는 2026-12-31T09:00:00+00:00(협정 세계시)처럼 적습니다.
files/evidence  내가 낸 증빙 파일입니다.
files/badges    내가 낸 배지를 확인한 그대로 둔 것입니다(JSON 또는 서명된 글).
files/issued    오름이 나에게 준 서명된 수료증과 기술 배지입니다. 이름의 끝이 .jwt입니다.
files/resume    내가 가져온 이력서(JSON Resume)를 그대로 둔 것입니다.
manifest.json   모든 파일의 크기와 SHA-256입니다. 파일이 바뀌지 않았는지 맞춰 볼 수 있습니다.

여기에 없는 것: 비밀번호와 토큰(오름도 원래 값을 모릅니다), 다른 사람에 대한 것,
담당자나 기업이 자기들끼리 쓴 판단. 고치거나 지우고 싶은 것은 오름의 "내 정보와 동의"에서
할 수 있습니다.

표와 내 줄의 수
"""
_ENGLISH: Final = """
Everything Oreum holds about me
===============================

Made on {day}. It holds all that Oreum keeps about me.

data.json       Every row of mine, table by table: JSON (UTF-8) for programs. Days are written as
                2026-12-31, moments as 2026-12-31T09:00:00+00:00 (UTC).
files/evidence  The proofs I handed in.
files/badges    The badges I handed in, as they were checked (JSON or signed text).
files/issued    Signed certificates of courses and skills that Oreum gave me; names end in .jwt.
files/resume    The CV (JSON Resume) I brought, as it came.
manifest.json   Size and SHA-256 of every file, to see that nothing was changed.

Not in here: passwords and tokens (Oreum does not know them either), what is about other people,
and judgements that staff or partners keep among themselves. To correct or erase something, open
"My data and consents" in Oreum.

Tables and the number of my rows
"""


@dataclass
class Archive:
    """Writes entries one after the other into `file`; nothing larger than one is held."""

    zip: zipfile.ZipFile
    made_at: datetime
    entries: dict[str, dict[str, Any]] = field(default_factory=dict)

    def add(self, path: str, pieces: Iterable[bytes]) -> str:
        """The entry's SHA-256."""
        digest, size = hashlib.sha256(), 0
        info = zipfile.ZipInfo(path, self.made_at.timetuple()[:6])
        info.compress_type, info.external_attr = zipfile.ZIP_DEFLATED, 0o600 << 16
        with self.zip.open(info, "w", force_zip64=True) as out:
            for piece in pieces:
                out.write(piece)
                digest.update(piece)
                size += len(piece)
        self.entries[path] = {"sha256": digest.hexdigest(), "bytes": size}
        return digest.hexdigest()


@contextmanager
def archive(file: IO[bytes], made_at: datetime) -> Iterator[Archive]:
    """The manifest is written last, when the block ends well."""
    with zipfile.ZipFile(file, "w") as whole:
        made = Archive(whole, made_at)
        yield made
        listed = {"service": "oreum", "made_at": made_at, "files": made.entries}
        text = json.dumps(listed, default=plain, ensure_ascii=False, indent=2)
        made.add(MANIFEST, [text.encode("utf-8")])


def data_pieces(
    head: Mapping[str, Any], tables: Iterable[tuple[str, list[dict[str, Any]]]]
) -> Iterator[bytes]:
    """One JSON object, table by table: `head` and under "data" the rows of each."""
    yield (_json(dict(head))[:-1] + ', "data": {').encode("utf-8")
    for number, (table, rows) in enumerate(tables):
        yield f"{',' if number else ''}\n{_json(table)}: [".encode()
        for place, row in enumerate(rows):
            yield f"{',' if place else ''}\n{_json(row)}".encode("utf-8", "replace")
        yield b"]"
    yield b"\n}}\n"


def readme(day: date, counts: Mapping[str, int]) -> bytes:
    lines = "".join(f"  {table:<24}{count:>8}\n" for table, count in counts.items())
    told = (_KOREAN + "\n" + lines + _ENGLISH + "\n" + lines).format(day=day.isoformat())
    return told.replace("\n", "\r\n").encode("utf-8-sig")


def entry_name(folder: str, number: int, name: str) -> str:
    """Inside the archive, whatever the name was: letters of any script, digits, dots and dashes;
    the number keeps two apart."""
    plain_name = _ODD.sub("_", name).strip("._") or "file"
    stem, dot, ending = plain_name.rpartition(".")
    kept = f"{stem[: LONGEST_NAME - len(ending) - 1]}.{ending}" if dot else plain_name
    return f"files/{folder}/{number}-{kept[:LONGEST_NAME]}"


def plain(value: Any) -> Any:
    """What JSON has no word for."""
    if isinstance(value, bytes | bytearray | memoryview):
        return base64.b64encode(bytes(value)).decode("ascii")
    if isinstance(value, date | datetime):
        return value.isoformat()
    return value.value if isinstance(value, Enum) else str(value)


def _json(value: Any) -> str:
    return json.dumps(value, default=plain, ensure_ascii=False)
