"""Answers that are files to keep."""

from starlette.responses import Response

TYPES = {
    "csv": "text/csv; charset=utf-8",
    "xlsx": "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet",
}


def file_answer(data: bytes, name: str, kind: str) -> Response:
    """Never shown inline, never kept on the way."""
    headers = {
        "Content-Disposition": f'attachment; filename="{name}.{kind}"',
        "Cache-Control": "no-store",
    }
    return Response(data, 200, headers, TYPES[kind])
