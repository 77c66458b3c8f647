"""The words by which postings are read, from the curated data file, folded once."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from enum import Enum, StrEnum
from functools import cache
from typing import Any, Final

from matcher.catalogue.certifications import load_programme
from matcher.catalogue.origin import read
from matcher.catalogue.skill_search import words_of
from matcher.catalogue.skills import Skill, load_taxonomy


class Subject(StrEnum):
    SKILL = "skill"
    CERTIFICATION = "certification"
    LICENCE = "licence"


class Grade(Enum):
    """How much company a name needs before it counts; see the data file."""

    SURE = "sure"
    WEAK = "weak"
    BARE = "bare"
    CAPS = "caps"
    SOFT = "soft"
    NEVER = "never"


class Section(StrEnum):
    MUST = "must"
    NICE = "nice"
    EXCLUDE = "exclude"
    DUTY = "duty"
    IGNORE = "ignore"


@dataclass(frozen=True, slots=True)
class Name:
    """`is_head`: directly behind another name it only says what that one is."""

    subject: Subject
    ref: str
    grade: Grade
    is_head: bool = False


_NOBODY: Final = Name(Subject.SKILL, "", Grade.NEVER)
_SHORT: Final = 3
_LEVELS: Final = {
    "Associate": ("associate", "어소시에이트"),
    "Professional": ("professional", "프로페셔널"),
    "Specialty": ("specialty", "스페셜티"),
}


def folded(text: str) -> str:
    return "".join(words_of(text))


@cache
def names() -> Mapping[str, Name]:
    """Folded text -> what it names. The longest text in a posting wins."""
    data = _data()
    found = {folded(text): name for text, name in _skill_names(data)}
    found |= {folded(text): name for text, name in _certification_names(data)}
    found |= {folded(text): _NOBODY for text in data["never"]}
    found.pop("", None)
    return found


@cache
def headings() -> Mapping[str, Section]:
    found: dict[str, Section] = {}
    for section, texts in _data()["headings"].items():
        found |= {folded(text): Section(section) for text in texts}
    return found


@cache
def _data() -> Mapping[str, Any]:
    return read("posting_words.json")


def _skill_names(data: Mapping[str, Any]) -> Iterable[tuple[str, Name]]:
    grades = _Grades(data)
    for skill in load_taxonomy().skills:
        subject = Subject.LICENCE if skill.is_licence else Subject.SKILL
        for text in (*_texts(skill), *data["more"].get(skill.slug, ())):
            yield text, Name(subject, skill.slug, grades.of(skill, text), grades.is_head(text))


def _texts(skill: Skill) -> Iterable[str]:
    return (skill.name_ko, skill.name_en, *skill.aliases_ko, *skill.aliases_en)


class _Grades:
    def __init__(self, data: Mapping[str, Any]) -> None:
        self._lists = {grade: _fold(data[grade.value]) for grade in _LISTED}
        self._heads = _fold(data["heads"])
        self._small = _fold(data["small_letters"])
        self._ordinary = frozenset(data["ordinary_kinds"])

    def of(self, skill: Skill, text: str) -> Grade:
        plain = folded(text)
        listed = next((grade for grade in _LISTED if plain in self._lists[grade]), None)
        if listed is not None:
            return listed
        if self._is_short(plain):
            return Grade.CAPS
        return Grade.WEAK if skill.kind in self._ordinary else Grade.SURE

    def is_head(self, text: str) -> bool:
        return folded(text) in self._heads

    def _is_short(self, plain: str) -> bool:
        letters_only = plain.isascii() and plain.isalpha()
        return letters_only and len(plain) <= _SHORT and plain not in self._small


_LISTED: Final = (Grade.CAPS, Grade.BARE, Grade.SOFT, Grade.WEAK)


def _fold(texts: Iterable[str]) -> frozenset[str]:
    return frozenset(folded(text) for text in texts)


def _certification_names(data: Mapping[str, Any]) -> Iterable[tuple[str, Name]]:
    """The official names, exam codes and the shorter spellings people use; an id alone (SAA, SAP)
    is also the name of other things."""
    for each in load_programme().certifications:
        sure = Name(Subject.CERTIFICATION, each.id, Grade.SURE)
        yield each.id, Name(Subject.CERTIFICATION, each.id, Grade.CAPS)
        spellings = {each.name_ko, each.name_en, f"aws {each.id}", f"aws certified {each.id}"}
        spellings |= {text for exam in each.exams for text in (exam.code, f"aws {exam.code}")}
        spellings |= set(_shorter(each.name_en)) | set(_shorter(each.name_ko))
        for text in sorted(spellings | set(data["certification_more"].get(each.id, ()))):
            yield text, sure


def _shorter(name: str) -> Iterable[str]:
    """AWS Certified Developer - Associate -> AWS Developer Associate, Developer Associate."""
    base = name.replace("AWS Certified:", "").replace("AWS Certified", "").replace("AWS 공인", "")
    base = base.replace("-", " ").strip()
    has_level = any(base.lower().endswith(each) for pair in _LEVELS.values() for each in pair)
    for text in {base, base.replace("Solutions", "Solution")}:
        yield f"aws {text}"
        yield f"aws 공인 {text}"
        if has_level:
            yield text
