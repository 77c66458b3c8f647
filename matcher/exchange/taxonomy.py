"""A further skill framework beside ours; its name, source and licence come with the command."""

from dataclasses import dataclass
from typing import Final

from .cells import Cells
from .columns import Column, Kind


@dataclass(frozen=True)
class TaxonomyRow:
    """`parent` is a slug of the same file or blank."""

    line: int
    slug: str
    name_ko: str
    name_en: str
    kind: str
    parent: str
    description: str


def read(cells: Cells) -> TaxonomyRow | None:
    row = TaxonomyRow(
        line=cells.line,
        slug=cells.slug_of("slug", 60),
        name_ko=cells.line_of("name_ko", 120),
        name_en=cells.line_of("name_en", 120),
        kind=cells.line_of("kind", 60),
        parent=cells.slug_of("parent", 60),
        description=cells.prose_of("description", 1000),
    )
    if not row.name_ko and not row.name_en and not cells.failed("name_ko", "name_en"):
        cells.fail(
            "name_ko",
            "required",
            "name_ko와 name_en 가운데 하나는 있어야 합니다",
            "one of name_ko and name_en must not be blank",
        )
    if row.slug and row.slug == row.parent:
        cells.fail("parent", "contradiction", "parent가 slug와 같습니다", "parent equals slug")
    return row if cells.ok else None


COLUMNS: Final = (
    Column("slug", ("슬러그",), "바뀌지 않는 이름, 60자까지. 하나뿐", "stable name, unique", True),
    Column(
        "name_ko",
        ("이름", "한국어 이름"),
        "한국어 이름. 영어 이름이 있으면 비울 수 있음",
        "Korean name",
    ),
    Column("name_en", ("영어 이름",), "영어 이름", "English name; one of the two is needed"),
    Column("kind", ("종류",), "skill, knowledge 등, 60자까지", "such as skill or knowledge"),
    Column("parent", ("상위",), "같은 파일의 slug", "a slug of the same file"),
    Column("description", ("설명",), "1,000자까지", "at most 1,000 characters"),
)

TAXONOMY: Final = Kind(
    name="taxonomy",
    title_ko="스킬 목록",
    title_en="Skill framework",
    columns=COLUMNS,
    examples=(
        {
            "slug": "demo.analysis",
            "name_ko": "(데모) 분석",
            "name_en": "(Demo) Analysis",
            "kind": "skill",
            "description": "데모용으로 지어낸 항목입니다.",
        },
        {
            "slug": "demo.analysis.tides",
            "name_ko": "(데모) 물때 분석",
            "kind": "skill",
            "parent": "demo.analysis",
        },
    ),
    unique=(("slug",),),
    read=read,
    about_ko="목록의 이름, 출처, 이용 허락은 명령의 선택 사항으로 적습니다.",
    about_en="The framework's name, source and licence are options of the command.",
)
