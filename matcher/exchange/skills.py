"""Skill records: who can do what, at which level, by whose judgement."""

from dataclasses import dataclass
from datetime import date
from typing import Final

from .cells import Cells
from .columns import Column, Kind
from .proof_level import PROOF
from .words import RATERS


@dataclass(frozen=True)
class SkillRow:
    """`youth` is an e-mail or an external id, `skill` a slug of the taxonomy."""

    line: int
    youth: str
    skill: str
    level: int
    rater: str
    evidence: str
    rated_on: date


@dataclass(frozen=True)
class UnmappedSkillRow:
    """The same with the words as written, for the curator's queue."""

    line: int
    youth: str
    text: str
    level: int
    rater: str
    evidence: str
    rated_on: date


def read(cells: Cells) -> SkillRow | UnmappedSkillRow | None:
    youth, text = cells.youth_of("youth"), cells.line_of("skill", 120)
    level, rater = cells.need_integer("level", 1, 5), cells.choice_of("rater")
    evidence, rated_on = cells.prose_of("evidence", 500), cells.need_day("rated_on")
    cells.not_after_today("rated_on", rated_on)
    slug = cells.lookups.skill(text)
    if text and slug is None and not cells.keep_unmapped:
        cells.skill_in("skill", text)
    if not cells.ok:
        return None
    if slug is None:
        return UnmappedSkillRow(cells.line, youth, text, level, rater, evidence, rated_on)
    return SkillRow(cells.line, youth, slug, level, rater, evidence, rated_on)


COLUMNS: Final = (
    Column("youth", ("청년",), "전자우편 또는 외부 번호", "e-mail or external id", True),
    Column("skill", ("스킬",), "슬러그, 이름 또는 별칭", "slug, name or alias", True),
    Column("level", ("수준",), "1~5", "1 to 5", True),
    Column(
        "rater",
        ("평가자",),
        "self(본인), coordinator(담당자), test(시험)",
        "self, coordinator or test",
        True,
        words=RATERS,
    ),
    Column("evidence", ("근거",), "무엇을 보고 매겼는지, 500자까지", "what it rests on"),
    Column("rated_on", ("평가일",), "매긴 날", "day of the rating", True),
)

SKILLS: Final = Kind(
    name="skills",
    title_ko="스킬 기록",
    title_en="Skill records",
    columns=COLUMNS,
    examples=(
        {
            "youth": "haru.demo@example.org",
            "skill": "python",
            "level": "3",
            "rater": "self",
            "evidence": "데모 동아리에서 기상 자료를 정리함",
            "rated_on": "2026-11-02",
        },
        {
            "youth": "demo-youth-2",
            "skill": "SQL",
            "level": "2",
            "rater": "coordinator",
            "rated_on": "2026.11.3",
        },
    ),
    unique=(("youth", "skill", "rater", "rated_on"),),
    read=read,
    told=(PROOF,),
)
