"""The one Jinja environment: pages, parts of pages for htmx, and the text of mails.

Used by the web and by jobs, so nothing here knows about requests. The caller sets the
language with `matcher.i18n.use_language` around a render.
"""

import hashlib
from collections.abc import Callable, Mapping
from functools import cache
from pathlib import Path
from typing import Any, Final
from urllib.parse import parse_qsl, urlencode, urlsplit

from jinja2 import Environment, FileSystemLoader, StrictUndefined, pass_context, select_autoescape
from jinja2.runtime import Context
from markupsafe import Markup

from matcher import i18n
from matcher.rendering.map_layout import place_map
from matcher.rendering.timeline_layout import place_timeline

PACKAGE: Final = Path(__file__).resolve().parent.parent
STATIC_DIR: Final = PACKAGE / "web" / "static"
STATIC_URL: Final = "/static"


def templates_dir() -> Path:
    """Inside an installed wheel, or beside the package in a checkout."""
    installed = PACKAGE / "_templates"
    return installed if installed.is_dir() else PACKAGE.parent / "templates"


@cache
def static(name: str) -> str:
    """Address of a static file with the head of its hash; FileNotFoundError for a wrong name."""
    digest = hashlib.sha256((STATIC_DIR / name).read_bytes()).hexdigest()[:8]
    return f"{STATIC_URL}/{name}?v={digest}"


def icon(name: str, css: str = "", label: str = "", symbol_class: str = "i") -> Markup:
    """One symbol of the sprite. With a label it is an image, without one it is decoration."""
    classes = " ".join(part for part in (symbol_class, css) if part)
    head = Markup('<svg class="{}"').format(classes) if classes else Markup("<svg")
    role = Markup(' role="img" aria-label="{}"') if label else Markup(' aria-hidden="true"')
    use = Markup('><use href="{}#{}"/></svg>').format(static("icons.svg"), name)
    return head + role.format(label) + use


def with_query(path: str, **changes: str | int | None) -> str:
    """The same address with some query values set, or taken away with None.

    Only the path and the query survive, so the result never leaves this site.
    """
    parts = urlsplit(path)
    kept = [(k, v) for k, v in parse_qsl(parts.query, keep_blank_values=True) if k not in changes]
    added = [(k, str(v)) for k, v in changes.items() if v is not None]
    query = urlencode(kept + added)
    local = "/" + parts.path.lstrip("/\\")
    return f"{local}?{query}" if query else local


@cache
def environment() -> Environment:
    env = Environment(
        loader=FileSystemLoader(templates_dir()),
        # plain text mails are the one exception: a reader would see &amp; there
        autoescape=select_autoescape(("html", "svg"), ("txt",), True, True),
        undefined=StrictUndefined,
        extensions=["jinja2.ext.i18n", "jinja2.ext.do"],
        trim_blocks=True,
        lstrip_blocks=True,
    )
    env.install_gettext_callables(  # type: ignore[attr-defined]
        i18n.gettext, i18n.ngettext, newstyle=True
    )
    env.policies["ext.i18n.trimmed"] = True
    env.filters.update(_filters())
    env.globals.update(
        icon=icon,
        place_map=place_map,
        place_timeline=place_timeline,
        static=static,
        with_query=with_query,
        current_language=i18n.current_language,
    )
    return env


def _filters() -> dict[str, Callable[..., str]]:
    by_language: dict[str, Callable[..., str]] = {
        "date": i18n.format_date,
        "datetime": i18n.format_datetime,
        "days": i18n.format_days,
        "number": i18n.format_number,
        "percent": i18n.format_percent,
        "signed": i18n.format_signed,
        "half": i18n.format_half,
        "krw": i18n.format_krw,
        "usd": i18n.format_usd,
        "josa": i18n.josa,
    }
    return {name: _late(function) for name, function in by_language.items()}


def _late(function: Callable[..., str]) -> Callable[..., str]:
    """Kept out of constant folding: the answer depends on the reader's language."""

    @pass_context
    def at_render(_context: Context, *args: Any, **named: Any) -> str:
        return function(*args, **named)

    return at_render


def render(template: str, context: Mapping[str, Any]) -> str:
    return environment().get_template(template).render(**context)


def render_block(template: str, block: str, context: Mapping[str, Any]) -> str:
    """One ``{% block %}`` alone; KeyError when the template has no such block.

    The head of the template runs first, up to its first output, so that imports and ``set``
    lines at the top of the file (and the blocks of its parents) are known to the block.
    """
    loaded = environment().get_template(template)
    prepared = loaded.new_context(dict(context))
    head = loaded.root_render_func(prepared)
    next(iter(head), None)
    return "".join(prepared.blocks[block][0](prepared))
