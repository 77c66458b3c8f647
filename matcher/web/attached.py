"""A stored file as an answer: pictures are shown, everything else is only saved."""

from urllib.parse import quote

from starlette.datastructures import FormData, UploadFile
from starlette.responses import Response

from matcher.i18n import gettext as _
from matcher.refusal import Invalid

MEGABYTE = 1_048_576
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
    return found.file.read(limit_mb * MEGABYTE + 1), found.filename or ""


def needed(form: FormData, field: str, limit_mb: int) -> tuple[bytes, str]:
    """The same of the file a form is about. Raises Invalid when none was chosen."""
    data, name = uploaded(form, field, limit_mb)
    if not name:
        raise Invalid({field: _("올릴 파일을 골라 주십시오.")})
    return data, name
