"""Addresses and words of the pages of masked candidates: filters as chips, reasons as buttons."""

from dataclasses import dataclass, replace
from urllib.parse import urlencode

from matcher.i18n import format_date, ngettext
from matcher.i18n import gettext as _
from matcher.matching.candidate_filters import EVERYBODY, Filters
from matcher.matching.candidate_views import Queue
from matcher.rendering import proof_levels
from matcher.web import partner_choices
from matcher.web.choices import Choices
from models.application import RefusalReason

FREQUENT = (
    RefusalReason.LACKS_SKILL,
    RefusalReason.LACKS_CERTIFICATE,
    RefusalReason.NOT_MOBILE,
    RefusalReason.NOT_ELIGIBLE,
)
"""Why somebody nobody has met yet is set aside: always the same, on the same number keys."""


@dataclass(frozen=True)
class Chip:
    """`href` is the same list without it."""

    href: str
    label: str


@dataclass(frozen=True)
class Choice:
    value: str
    label: str
    people: int
    is_on: bool


def query_of(tab: str, filters: Filters) -> str:
    """What every address and form of a list carries, so that nothing chosen is lost."""
    pairs = [("tab", tab)]
    if filters.level is not None:
        pairs.append(("level", str(filters.level)))
        pairs += [("every", "1")] if filters.every else []
    if filters.free_by is not None:
        pairs.append(("free_by", filters.free_by.isoformat()))
    return urlencode(pairs + [("met", each) for each in filters.met])


def chips(path: str, queue: Queue) -> list[Chip]:
    """One for each thing that narrows the list."""
    chosen, found = queue.filters, []

    def chip(label: str, rest: Filters) -> None:
        found.append(Chip(f"{path}?{query_of(queue.tab, rest)}", label))

    if chosen.level is not None:
        words = (
            _("모든 필수: %(level)s 이상") if chosen.every else _("필수 하나라도: %(level)s 이상")
        )
        rest = replace(chosen, level=None, every=False)
        chip(words % {"level": proof_levels.names()[chosen.level]}, rest)
    if chosen.free_by is not None:
        day = format_date(chosen.free_by, "long")
        chip(_("%(day)s까지 일 시작") % {"day": day}, replace(chosen, free_by=None))
    for key, name in queue.keys:
        if key in chosen.met:
            rest = replace(chosen, met=tuple(each for each in chosen.met if each != key))
            chip(_("%(name)s 충족") % {"name": name}, rest)
    return found


def level_choices(queue: Queue) -> list[Choice]:
    counts = queue.filtered.levels if queue.filtered else {}
    return [
        Choice(str(level), word, counts.get(level, 0), queue.filters.level == level)
        for level, word in proof_levels.names().items()
    ]


def met_choices(queue: Queue) -> list[Choice]:
    counts = queue.filtered.met if queue.filtered else {}
    return [
        Choice(key, name, counts.get(key, 0), key in queue.filters.met) for key, name in queue.keys
    ]


def parts() -> dict[str, str]:
    return {
        "start": _("누구에게나 같은 부분"),
        "skills": _("기술"),
        "certificates": _("자격증"),
        "experience": _("확인된 증거와 소개 글"),
        "wishes": _("지역과 바라는 조건"),
        "calibration": _("고른 예와 닮음"),
        "round": _("반 점 단위로 맞춤"),
    }


def frequent_reasons() -> Choices:
    found = dict(partner_choices.refusal_choices())
    return [(each, found[each]) for each in FREQUENT if each in found]


def other_reasons() -> Choices:
    return [each for each in partner_choices.refusal_choices() if each[0] not in FREQUENT]


def tab_words() -> dict[str, str]:
    return {
        "new": _("검토 전"),
        "shortlisted": _("관심 둠"),
        "asked": _("소개 청함"),
        "applied": _("지원함"),
        "set_aside": _("제쳐 둠"),
    }


def undo_words(queue: Queue) -> str:
    """What the last decision was, in one line; "" when there is nothing to take back."""
    last = queue.last
    if last is None:
        return ""
    tab = tab_words()[last.tab]
    if last.people == 1:
        return _("방금 후보 %(number)s: %(tab)s") % {"number": last.label, "tab": tab}
    words = ngettext("방금 후보 %(num)d명: %(tab)s", "방금 후보 %(num)d명: %(tab)s", last.people)
    return words % {"num": last.people, "tab": tab}


def unfiltered(path: str, queue: Queue) -> str:
    return f"{path}?{query_of(queue.tab, EVERYBODY)}"
