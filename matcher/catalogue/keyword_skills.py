"""Which skills cover an exam-domain keyword of a certification, or a skill text of a role."""

from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache
from types import MappingProxyType

from matcher.catalogue.origin import Row, read

Cover = Mapping[str, tuple[str, ...]]


@dataclass(frozen=True, slots=True)
class KeywordSkills:
    """Keyword as the source writes it -> skill slugs, most telling first."""

    exam_domain: Cover
    role_skill: Cover


@cache
def load_keyword_skills() -> KeywordSkills:
    data = read("keyword_skills.json")
    return KeywordSkills(_cover(data["exam_domain"]), _cover(data["role_skill"]))


def _cover(rows: list[Row]) -> Cover:
    return MappingProxyType({row["keyword"]: tuple(row["skills"]) for row in rows})
