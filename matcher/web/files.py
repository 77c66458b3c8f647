"""Answers that are files to keep."""

import os
from collections.abc import Iterator
from typing import IO

from starlette.responses import Response, StreamingResponse

TYPES = {
    "csv": "text/csv; charset=utf-8",
    "html": "application/octet-stream",  # a page to keep; here no browser may open it as one
    "json": "application/json",
    "jwt": "application/vc+jwt",
    "pdf": "application/pdf",
    "png": "image/png",
    "sd-jwt": "application/dc+sd-jwt",
    "svg": "image/svg+xml",
    "xml": "application/xml",
    "xlsx": "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet",
    "zip": "application/zip",
}
PIECE = 65_536


def file_answer(data: bytes, name: str, kind: str) -> Response:
    """Never shown inline, never kept on the way."""
    return Response(data, 200, _headers(name, kind), TYPES[kind])


def long_file_answer(file: IO[bytes], name: str, kind: str) -> Response:
    """The same piece by piece; the file is closed behind it."""
    size = file.seek(0, os.SEEK_END)
    file.seek(0)
    headers = {**_headers(name, kind), "Content-Length": str(size)}
    return StreamingResponse(_pieces(file), 200, headers, TYPES[kind])


def _headers(name: str, kind: str) -> dict[str, str]:
    return {
        "Content-Disposition": f'attachment; filename="{name}.{kind}"',
        "Cache-Control": "no-store",
    }


def _pieces(file: IO[bytes]) -> Iterator[bytes]:
    with file:
        while piece := file.read(PIECE):
            yield piece
