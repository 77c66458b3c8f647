"""A page as a tagged PDF file, with the service's own typeface in it. See docs/decisions/0009.

The library and the system libraries it draws with are loaded when the first file is asked for;
where they are missing, pages say that no PDF is to be had here.
"""

import re
from functools import cache
from html import unescape
from pathlib import Path
from typing import Any

import structlog

from matcher.rendering import STATIC_DIR, templates_dir

FONTS = STATIC_DIR / "font" / "pretendard.css"
FACE = re.compile(r"@font-face\s*\{[^}]*unicode-range:\s*([^;]+);[^}]*\}")
WORD = re.compile(r"(<svg.*?</svg>|<[^>]*>)|([^\s<>]*[가-힣][^\s<>]*)", re.S)
FAMILY = "'Pretendard Variable'"
"""As the typeface's own sheet writes it; sheets and drawings of files write it the same way."""
DRAWN = "0123456789/ "
"""What the sheet draws by itself: page numbers."""
FOREIGN = re.compile(r"[^\x00-\x7e가-힣ㄱ-ㆎ–·…“”‘’□]")
log = structlog.get_logger(__name__)


class PdfMissing(Exception):
    """The libraries that draw PDF files are not installed."""


@cache
def is_available() -> bool:
    try:
        import weasyprint  # noqa: F401
    except (ImportError, OSError) as error:
        log.warning("no_pdf", reason=str(error).splitlines()[0])
        return False
    return True


def to_pdf(html: str, style: str) -> bytes:
    """`style` is a sheet of `templates/print`, by name. Only files of `web/static` are fetched."""
    if not is_available():
        raise PdfMissing
    import weasyprint
    from weasyprint.text.fonts import FontConfiguration

    # Shared by sheet and page: without it the typeface is read and then not used, silently.
    html = drawable(html)
    fonts, fetcher, base = FontConfiguration(), _fetcher(), FONTS.as_uri()
    parts, names = faces(unescape(html) + DRAWN)
    sheet = parts + (templates_dir() / "print" / style).read_text(encoding="utf-8").replace(
        FAMILY, names
    )
    styles = weasyprint.CSS(string=sheet, base_url=base, url_fetcher=fetcher, font_config=fonts)
    page = weasyprint.HTML(
        string=keep_words(html).replace(FAMILY, names), base_url=base, url_fetcher=fetcher
    )
    drawn: bytes = page.write_pdf(stylesheets=[styles], font_config=fonts, pdf_variant="pdf/ua-1")
    return drawn


def drawable(html: str) -> str:
    """Letters the typeface does not draw soundly become a square: what the library takes from a
    font of the machine instead may come out as other letters than those that were meant."""
    return FOREIGN.sub("□", html.replace("÷", "/"))


def keep_words(html: str) -> str:
    """Hangul words that must not break: the library knows no `word-break: keep-all`."""
    head, body, rest = html.partition("<body")
    return head + body + WORD.sub(_kept, rest)


def _kept(found: "re.Match[str]") -> str:
    if found[1] is not None:
        return found[1]
    return f'<span class="w">{found[2]}</span>'


def faces(text: str) -> tuple[str, str]:
    """(the parts of the typeface that hold a letter of the text, their names in a row).

    There are 92 parts, each read whole. Each gets a name of its own: the library tells fonts
    apart by name alone, and would take the letters of one part for those of another.
    """
    letters = frozenset(map(ord, text))
    found = [
        (f"Part{number}", face[0])
        for number, face in enumerate(FACE.finditer(FONTS.read_text(encoding="utf-8")))
        if any(_holds(part.strip(), letters) for part in face[1].split(","))
    ]
    found.reverse()  # the last parts hold the commonest letters: Latin, digits, blanks
    sheet = "\n".join(face.replace(FAMILY, name) for name, face in found)
    return sheet, ",".join(name for name, _face in found)


def _holds(part: str, letters: frozenset[int]) -> bool:
    first, _dash, last = part.upper().removeprefix("U+").partition("-")
    low = int(first.replace("?", "0"), 16)
    high = int((last or first).replace("?", "F"), 16)
    return any(low <= letter <= high for letter in letters)


def _fetcher() -> Any:
    from weasyprint.urls import URLFetcher

    class Ours(URLFetcher):  # type: ignore[misc,unused-ignore]
        """Files of the static folder; whatever else is asked for is left out of the page."""

        def fetch(self, url: str, headers: Any = None) -> Any:
            path = Path(re.sub(r"[?#].*", "", url.removeprefix("file://"))).resolve()
            if not url.startswith("file:///") or not path.is_relative_to(STATIC_DIR):
                raise ValueError(f"not ours: {url}")
            return super().fetch(url, headers)

    return Ours(allowed_protocols=["file"])
