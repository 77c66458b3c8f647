"""The facets of a list of courses as a form shows them: legends, values in words, counts."""

from collections.abc import Collection, Mapping
from dataclasses import dataclass

from matcher.catalogue.course_fields import course_vocabulary
from matcher.i18n import gettext as _
from matcher.policy.course_terms import TERMS
from matcher.web import matching_words
from matcher.web.choices import Choices, of_terms

MOST = 12
"""Values of a long facet that are shown: the ones that find most, and those chosen."""
ALWAYS = ("state", "university", "sector", "fee", "mode", "time")
"""Facets that stand open; the others are behind "more"."""


@dataclass(frozen=True)
class FacetView:
    name: str
    legend: str
    options: Choices
    chosen: Collection[str]
    counts: Mapping[str, int]


def facets(
    counts: Mapping[str, Mapping[str, int]],
    names: Mapping[str, Mapping[str, str]],
    chosen: Mapping[str, Collection[str]],
) -> tuple[list[FacetView], list[FacetView]]:
    """(those that stand open, the others); a facet with nothing to choose is left out."""
    found = [
        FacetView(name, legend, options, chosen.get(name, ()), counts[name])
        for name, legend, options in _all(counts, names, chosen)
        if counts[name] or chosen.get(name)
    ]
    first = [each for each in found if each.name in ALWAYS]
    return first, [each for each in found if each.name not in ALWAYS]


def _all(
    counts: Mapping[str, Mapping[str, int]],
    names: Mapping[str, Mapping[str, str]],
    chosen: Mapping[str, Collection[str]],
) -> list[tuple[str, str, Choices]]:
    fields = dict(of_terms(course_vocabulary().fields))
    return [
        ("state", _("모집 상태"), _states()),
        ("university", _("대학"), _universities(names["university"], chosen)),
        ("sector", _("산업"), matching_words.sector_or_common_choices()),
        ("fee", _("수강료"), [("free", _("무료")), ("paid", _("유료"))]),
        ("mode", _("수업 방식"), matching_words.mode_choices()),
        ("time", _("시간대"), _times()),
        ("language", _("수업 언어"), matching_words.teaching_language_choices()),
        ("skill", _("기술"), _most("skill", counts, names["skill"], chosen)),
        ("field", _("과정 분야"), _most("field", counts, fields, chosen)),
        ("certification", _("AWS 자격"), _most("certification", counts, {}, chosen)),
        ("term", _("학기"), _terms(counts["term"], chosen)),
        ("kind", _("종류"), matching_words.course_kind_choices()),
        ("level", _("수준"), matching_words.course_level_choices()),
        ("credit", _("학점"), [("credit", _("학점 인정")), ("shared", _("공유대학"))]),
        ("project", _("RISE 사업"), matching_words.project_choices()),
        ("task", _("RISE 과제번호"), _most("task", counts, {}, chosen)),
    ]


def _states() -> Choices:
    return [
        ("open", _("신청 받는 중")),
        ("upcoming", _("신청 예정")),
        ("running", _("진행 중")),
        ("closed", _("신청 마감")),
        ("none", _("일정 없음")),
    ]


def _times() -> Choices:
    return [("day", _("평일 낮")), ("night", _("평일 밤")), ("weekend", _("주말"))]


def _universities(names: Mapping[str, str], chosen: Mapping[str, Collection[str]]) -> Choices:
    known = {slug: name or _("다른 기관") for slug, name in names.items()}
    known |= {slug: slug for slug in chosen.get("university", ()) if slug not in known}
    return sorted(known.items(), key=lambda each: (each[0] == "others", each[1]))


def _most(
    facet: str,
    counts: Mapping[str, Mapping[str, int]],
    names: Mapping[str, str],
    chosen: Mapping[str, Collection[str]],
) -> Choices:
    by_count = sorted(counts[facet].items(), key=lambda each: (-each[1], each[0]))
    shown = [value for value, _n in by_count[:MOST]]
    shown += [value for value in chosen.get(facet, ()) if value not in shown]
    return [(value, names.get(value) or value) for value in shown]


def _terms(counts: Mapping[str, int], chosen: Mapping[str, Collection[str]]) -> Choices:
    found = {*counts, *chosen.get("term", ())}
    listed = sorted(found, key=lambda each: (each[:4], TERMS.index(each[5:])))
    return [(each, term_words(each)) for each in listed]


def term_words(term: str) -> str:
    year = term[:4]
    return {
        "1": _("%(year)s년 1학기"),
        "summer": _("%(year)s년 여름"),
        "2": _("%(year)s년 2학기"),
        "winter": _("%(year)s년 겨울"),
    }[term[5:]] % {"year": year}
