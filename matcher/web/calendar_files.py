"""Calendar entries to download."""

from starlette.responses import Response


def invitation_answer(body: bytes) -> Response:
    """The name of the file says nothing about anybody."""
    headers = {
        "Content-Disposition": 'attachment; filename="interview.ics"',
        "Cache-Control": "no-store",
    }
    return Response(body, headers=headers, media_type="text/calendar; charset=utf-8")
