"""Topics a posting must not ask about (채용절차법 4조의3, 남녀고용평등법 and the like).

A hit never blocks and never hides a text: it sends the posting to a person. The lists therefore
prefer a needless look to a miss, and leave out words that are part of ordinary technical speech.
"""

import re
import unicodedata
from collections.abc import Iterable
from dataclasses import dataclass
from enum import StrEnum
from functools import cache


class Topic(StrEnum):
    LOOKS = "looks"
    BODY = "body"
    BIRTHPLACE = "birthplace"
    MARRIAGE = "marriage"
    PROPERTY = "property"
    FAMILY = "family"
    SEX = "sex"
    AGE = "age"
    BELIEF = "belief"
    ILLNESS = "illness"


@dataclass(frozen=True)
class Hit:
    """`words` as they stand in the text; `field` is where."""

    field: str
    topic: Topic
    words: str


_KOREAN: dict[Topic, tuple[str, ...]] = {
    Topic.LOOKS: (
        "외모", "용모", "인상이 좋은", "인상 좋은", "호감형", "준수한", "미모", "단정한 외",
        "사진 첨부", "사진 부착", "증명사진", "얼굴 사진", "날씬", "몸매",
    ),
    Topic.BODY: ("신장", "체중", "몸무게", "시력", "혈액형", r"키\s*\d{3}", r"\d{3}\s*cm\s*이상"),
    Topic.BIRTHPLACE: (
        "출신지", "출생지", "본적", "고향", "출신 지역", "제주 출신", "토박이", "등록기준지",
    ),
    Topic.MARRIAGE: (
        "미혼", "기혼", "결혼", "혼인", "이혼", "임신", "출산 계획", "자녀 계획", "자녀 유무",
        "자녀가 없",
    ),
    Topic.PROPERTY: ("재산", "자가 소유", "주택 소유", "부동산 보유", "신용 등급", "부채"),
    Topic.FAMILY: (
        "부모의 직업", "부모님 직업", "부모 직업", "가족의 직업", "가족 직업", "가족 관계",
        "부모의 학력", "부모님 학력", "가족의 학력", "가족 학력", "형제자매", "가정 환경",
    ),
    Topic.SEX: (
        "남자만", "여자만", "남성만", "여성만", "남자 우대", "여자 우대", "남성 우대", "여성 우대",
        "남성분", "여성분", "남자분", "여자분", "군필자만", "군필 남", "아가씨", "아줌마", "성별",
        "여직원", "남직원", "남사원", "여사원",
    ),
    Topic.AGE: (
        r"만?\s*\d{2}\s*세\s*(?:이하|미만|이상|까지|~|-)", r"\d{2}\s*살\s*(?:이하|미만|까지)",
        r"[2-6]0대\s*(?:우대|선호|초반|중반|후반|이하|까지|만|남|여|지원|환영|분)",
        "연령", "젊은", "어린 ", r"\d{2,4}년생", "나이",
    ),
    Topic.BELIEF: ("종교", "기독교", "천주교", "불교", "신앙", "세례", "교회", "정치 성향", "노조"),
    Topic.ILLNESS: (
        "병력", "질병", "장애가 없", "장애 없는", "지병", "건강진단서", "신체검사", "신체 건강",
        "정신 질환", "정신질환", "질환",
    ),
}  # fmt: skip

_ENGLISH: dict[Topic, tuple[str, ...]] = {
    Topic.LOOKS: (
        "good[- ]looking", "attractive", "appearance", "pretty", "handsome", "slim", "headshot",
        "photo required", "attach (?:a |your )?photo",
    ),
    Topic.BODY: ("height", "body weight", "eyesight", "blood type", r"\d{3}\s*cm"),
    Topic.BIRTHPLACE: ("place of birth", "birthplace", "home ?town", "born in", "native of"),
    Topic.MARRIAGE: (
        "married", "unmarried", "marital", "single (?:man|woman|person)", "pregnan\\w*",
        "without children", "family planning",
    ),
    Topic.PROPERTY: ("home ?owner\\w*", "personal assets", "credit (?:score|rating)"),
    Topic.FAMILY: (
        "parents?'? (?:job|occupation|education|school)\\w*", "family background",
        "father's", "mother's", "siblings",
    ),
    Topic.SEX: (
        "male", "female", "men only", "women only", "gender", "lady", "ladies", "gentlem[ae]n",
        "waitress", "salesman",
    ),
    Topic.AGE: (
        r"under \d{2}", r"over \d{2} years", r"aged? (?:limit|between|under|over|\d{2})",
        "young", "youthful", "years old", "digital native", "date of birth",
    ),
    Topic.BELIEF: (
        "religio\\w*", "christian\\w*", "catholic", "buddhist", "church", "union member\\w*",
        "political",
    ),
    Topic.ILLNESS: (
        "illness", "disease", "disabilit\\w*", "able[- ]bodied", "medical history",
        "in good health", "mental health",
    ),
}  # fmt: skip

# A word list's own wrong alarms: taken out of the text before it is looked at.
_HARMLESS = (
    "연령별 통계", "질병 데이터", "질병 예측", "나이스", "나이브", "disease data",
    "disease prediction", "height map", "height data", "female connector", "male connector",
)  # fmt: skip


def hits(texts: Iterable[tuple[str, str]]) -> tuple[Hit, ...]:
    """(field, text) pairs in, one hit a field and topic out, in the order of fields and topics."""
    return tuple(
        Hit(field, topic, found[0].strip())
        for field, text in texts
        for topic, pattern in _patterns()
        if (found := pattern.search(_plain(text))) is not None
    )


@cache
def _patterns() -> tuple[tuple[Topic, "re.Pattern[str]"], ...]:
    return tuple(
        (topic, re.compile(f"{_korean(_KOREAN[topic])}|{_english(_ENGLISH[topic])}"))
        for topic in Topic
    )


def _korean(words: Iterable[str]) -> str:
    """Blanks inside a Korean phrase are optional, as people write them."""
    return "|".join(f"(?:{word.replace(' ', chr(92) + 's*')})" for word in words)


def _english(words: Iterable[str]) -> str:
    return rf"\b(?:{'|'.join(words)})\b"


def _plain(text: str) -> str:
    plain = unicodedata.normalize("NFKC", text[:10_000]).lower()
    for words in _HARMLESS:
        plain = plain.replace(words, " ")
    return plain
