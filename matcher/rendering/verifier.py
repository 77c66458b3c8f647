"""The page that checks records without a network, as one file that opens from a disk.

The pages of this service hold no script and no style of their own. This file is the one exception,
and it is none of its pages: it is handed out as a download, and brings a policy of its own that
lets run what it holds, by hash, and lets nothing out.
"""

import json
from base64 import b64encode
from collections.abc import Mapping
from hashlib import sha256
from typing import Any, Final

from markupsafe import Markup

from matcher.i18n import LANGUAGES, use_language
from matcher.rendering import STATIC_DIR, render, templates_dir
from matcher.rendering.verifier_words import page_words

SCRIPTS: Final = ("js/nacl-fast.min.js", "js/verifier.js")


def pinned_text(pinned: Mapping[str, Any]) -> str:
    """What the script reads: keys, lists, names and verdicts, with the words of both languages."""
    words = {}
    for language in LANGUAGES:
        with use_language(language):
            words[language] = {**pinned["words"][language], **page_words()}
    return json.dumps({**pinned, "words": words}, ensure_ascii=False, separators=(",", ":"))


def verifier_file(pinned: Mapping[str, Any]) -> str:
    """`pinned` as `flows.offline_verifier` gives it. Opens in Korean or in English, as the browser
    asks, and both are in it."""
    style = _style()
    scripts = [(STATIC_DIR / name).read_text(encoding="utf-8") for name in SCRIPTS]
    with use_language("ko"):
        words = page_words()
    context = {
        "pinned": pinned_text(pinned),
        "words": words,
        "policy": _policy(style, scripts),
        "style": _element("style", style),
        "scripts": [_element("script", each) for each in scripts],
    }
    return render("verifier/file.html", context)


def _element(name: str, text: str) -> Markup:
    return Markup(f"<{name}>{text}</{name}>")  # noqa: S704 files of ours, nobody's input


def _style() -> str:
    return (templates_dir() / "verifier" / "file.css").read_text(encoding="utf-8")


def _policy(style: str, scripts: list[str]) -> str:
    allowed = " ".join(_hash(each) for each in scripts)
    return (
        f"default-src 'none'; script-src {allowed}; style-src {_hash(style)}; "
        "base-uri 'none'; form-action 'none'"
    )


def _hash(text: str) -> str:
    digest = sha256(text.encode("utf-8")).digest()
    return f"'sha256-{b64encode(digest).decode('ascii')}'"
