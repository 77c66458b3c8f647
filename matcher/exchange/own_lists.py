"""A person's own lists as CSV, for a spreadsheet, and skills read back from the same file."""

from collections.abc import Iterable, Mapping
from typing import Final

from matcher.exchange.cv import Cv
from matcher.exchange.writing import Value, csv_lines

SKILLS: Final = {
    "skill": "기술", "name": "이름", "level": "수준", "verification": "확인 단계", "rater": "누가",
}  # fmt: skip
CERTIFICATES: Final = {
    "kind": "종류", "name": "이름", "issuer": "발급처", "on": "받은 날", "until": "끝나는 날",
    "verification": "확인 단계", "number": "번호",
}  # fmt: skip
"""Column -> Korean title."""


def skills_csv(cv: Cv, language: str) -> bytes:
    rows: Iterable[Mapping[str, Value]] = (
        {
            "skill": each.slug,
            "name": each.name.text(language),
            "level": each.level,
            "verification": each.verification,
            "rater": each.rater,
        }
        for each in cv.skills
    )
    return _written(rows, SKILLS, language)


def certificates_csv(cv: Cv, language: str) -> bytes:
    """Certificates, licences and finished courses, ended ones too."""
    return _written(_held(cv, language), CERTIFICATES, language)


def _held(cv: Cv, language: str) -> Iterable[Mapping[str, Value]]:
    for each in cv.certificates:
        yield {
            "kind": "licence" if each.is_licence else "certificate",
            "name": each.name.text(language),
            "issuer": each.issuer,
            "on": each.on,
            "until": each.until,
            "verification": each.verification,
            "number": each.code if each.is_licence else each.exam_code,
        }
    for course in cv.courses:
        yield {
            "kind": "course",
            "name": course.title.text(language),
            "issuer": course.organisation.text(language),
            "on": course.on,
            "number": course.number,
        }


def _written(
    rows: Iterable[Mapping[str, Value]], titles: Mapping[str, str], language: str
) -> bytes:
    heads = {name: title if language == "ko" else name for name, title in titles.items()}
    told = ({heads[name]: value for name, value in row.items()} for row in rows)
    return b"".join(csv_lines(told, list(heads.values())))
