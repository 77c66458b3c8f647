"""What a partner writes to or about a person, and what must not stand in it.

A posting with such words goes to a human; what goes straight to a person, or is kept about one,
is refused instead, with the words that were found."""

from collections.abc import Mapping

from matcher.i18n import gettext as _
from matcher.policy import forbidden_topics


def unfit_words(texts: Mapping[str, str]) -> dict[str, str]:
    """Texts by field in; field -> what to change, of those that cannot stay as they are."""
    found: dict[str, list[str]] = {}
    for hit in forbidden_topics.hits(texts.items()):
        found.setdefault(hit.field, []).append(hit.words)
    said = _("채용에서 묻거나 적을 수 없는 내용이 있습니다: %(words)s")
    return {field: said % {"words": ", ".join(words)} for field, words in found.items()}
