"""Calendar entries to download."""

from starlette.responses import Response


def invitation_answer(body: bytes) -> Response:
    return calendar_answer(body, "interview")


def calendar_answer(body: bytes, name: str) -> Response:
    """The name of the file says nothing about anybody."""
    headers = {
        "Content-Disposition": f'attachment; filename="{name}.ics"',
        "Cache-Control": "no-store",
    }
    return Response(body, headers=headers, media_type="text/calendar; charset=utf-8")
