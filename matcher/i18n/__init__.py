"""Languages, catalogues and the formats that go with them.

The msgid is the Korean sentence, so Korean needs no catalogue; only the sentences young people
and desks share have a second form for desks in ``matcher/locale/ko/*.po``. English comes from
``matcher/locale/en/*.po``. Every text is looked up when it is rendered, in the language
of the current request or job; nothing is looked up at import.
"""

from matcher.i18n.catalogue import CatalogueError, gettext, ngettext
from matcher.i18n.formats import (
    format_date,
    format_datetime,
    format_days,
    format_half,
    format_krw,
    format_number,
    format_percent,
    format_signed,
    format_usd,
)
from matcher.i18n.language import (
    DEFAULT,
    LANGUAGES,
    Language,
    current_language,
    in_language,
    is_formal,
    language_from,
    language_or_none,
    use_formal_korean,
    use_language,
)
from matcher.i18n.particle import josa

_ = gettext

__all__ = [
    "DEFAULT",
    "LANGUAGES",
    "CatalogueError",
    "Language",
    "_",
    "current_language",
    "format_date",
    "format_datetime",
    "format_days",
    "format_half",
    "format_krw",
    "format_number",
    "format_percent",
    "format_signed",
    "format_usd",
    "gettext",
    "in_language",
    "is_formal",
    "josa",
    "language_from",
    "language_or_none",
    "ngettext",
    "use_formal_korean",
    "use_language",
]
