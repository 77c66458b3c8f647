"""A stored file as an answer: pictures are shown, everything else is only saved."""

from urllib.parse import quote

from starlette.datastructures import FormData, UploadFile
from starlette.responses import Response

SHOWN = frozenset({"image/png", "image/jpeg"})


def attached(data: bytes, media_type: str, name: str) -> Response:
    """The name in both spellings of RFC 6266, so that Korean survives every browser."""
    kind = "inline" if media_type in SHOWN else "attachment"
    plain = "".join(each if each.isascii() and each.isalnum() else "_" for each in name[:-4])
    ending = name[name.rfind(".") :]
    disposition = (
        f'{kind}; filename="{plain[:60] or "file"}{ending}"; '
        f"filename*=UTF-8''{quote(name, safe='')}"
    )
    return Response(data, 200, {"Content-Disposition": disposition}, media_type)


def uploaded(form: FormData, field: str, limit_mb: int) -> tuple[bytes, str]:
    """(bytes, name as sent) of the file in a form; no more than a byte past the limit is read."""
    found = form.get(field)
    if not isinstance(found, UploadFile):
        return b"", ""
    return found.file.read(limit_mb * 1_048_576 + 1), found.filename or ""
