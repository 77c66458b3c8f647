"""What changed between two versions of a posting, in the reader's language."""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any

from matcher.catalogue.employment import employment_vocabulary
from matcher.catalogue.regions import regions
from matcher.catalogue.roles import load_roles
from matcher.catalogue.sectors import sectors
from matcher.i18n import current_language, format_date, format_krw, in_language
from matcher.i18n import gettext as _
from matcher.matching.wanted import of_ref
from models.opening import RequirementSubject

NOTHING = "–"
Content = Mapping[str, Any]


@dataclass(frozen=True)
class Change:
    """One field; the requirements show only what came and what went."""

    name: str
    label: str
    before: str
    after: str


def changes(before: Content, after: Content) -> tuple[Change, ...]:
    """In the order of the posting."""
    return tuple(
        Change(name, label, *_both(name, before.get(name), after.get(name)))
        for name, label in labels().items()
        if before.get(name) != after.get(name)
    )


def labels() -> dict[str, str]:
    return {
        "title_ko": _("한국어 제목"),
        "title_en": _("영어 제목"),
        "sector": _("산업"),
        "role": _("직무"),
        "description": _("하는 일"),
        "employment_type": _("고용 형태"),
        "region": _("근무 지역"),
        "headcount": _("모집 인원"),
        "pay_min_krw": _("급여 하한(원)"),
        "pay_max_krw": _("급여 상한(원)"),
        "opens_on": _("접수 시작일"),
        "closes_on": _("마감일"),
        "starts_on": _("일 시작일"),
        "answer_days": _("답하기까지의 날수"),
        "requirements": _("요건"),
    }


def _both(name: str, before: Any, after: Any) -> tuple[str, str]:
    if name == "requirements":
        old, new = before or [], after or []
        return _asked([each for each in old if each not in new]), _asked(
            [each for each in new if each not in old]
        )
    return _said(name, before), _said(name, after)


def _said(name: str, value: Any) -> str:
    if value is None or value == "":
        return NOTHING
    say = _SAID.get(name)
    return say(value) if say is not None else str(value)


def _day(value: str) -> str:
    return format_date(date.fromisoformat(value))


def _term(terms: Callable[[], Any]) -> Callable[[str], str]:
    def say(slug: str) -> str:
        found = next((each for each in terms() if each.slug == slug), None)
        return slug if found is None else in_language(found.name_ko, found.name_en)

    return say


def _role(slug: str) -> str:
    found = next((each for each in load_roles() if each.slug == slug), None)
    return slug if found is None else found.name(current_language())


_SAID: Mapping[str, Callable[[Any], str]] = {
    "sector": _term(sectors),
    "role": _role,
    "employment_type": _term(lambda: employment_vocabulary().employment_types),
    "region": _term(regions),
    "pay_min_krw": format_krw,
    "pay_max_krw": format_krw,
    "opens_on": _day,
    "closes_on": _day,
    "starts_on": _day,
}


def _asked(rows: Sequence[Sequence[Any]]) -> str:
    kinds = {"must": _("필수"), "nice": _("우대"), "licence": _("법정 자격"), "exclude": _("제외")}
    said = []
    for kind, subject, ref, level in rows:
        name = of_ref(RequirementSubject(subject), ref).name
        shown = f"{kinds[kind]} {name}"
        said.append(f"{shown} {_('%(n)s수준') % {'n': level}}" if level else shown)
    return ", ".join(said) or NOTHING
