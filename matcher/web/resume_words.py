"""The parts of a JSON Resume as people call them."""

from collections.abc import Iterable

from matcher.i18n import gettext as _


def parts(found: Iterable[tuple[str, int]]) -> list[tuple[str, int]]:
    """(words, entries); a part the format does not know is called by its own name."""
    known = _parts()
    return [(known.get(name, name[:40]), entries) for name, entries in found]


def _parts() -> dict[str, str]:
    return {
        "basics": _("인적 사항과 소개"),
        "work": _("일한 경험"),
        "volunteer": _("봉사"),
        "education": _("학력"),
        "awards": _("받은 상"),
        "publications": _("글과 발표"),
        "languages": _("할 줄 아는 언어"),
        "interests": _("관심사"),
        "references": _("추천하는 말"),
        "projects": _("프로젝트"),
    }
