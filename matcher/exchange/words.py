"""Words people write, folded (no spaces, lower case) -> the value they mean."""

from collections.abc import Mapping
from typing import Final

from .values import fold


def _words(**meanings: str) -> Mapping[str, str]:
    """value="word|word": every word and the value itself mean the value."""
    return {
        fold(word): value
        for value, words in meanings.items()
        for word in (value, *filter(None, words.split("|")))
    }


SECTORS: Final = _words(space="우주", energy="에너지", bio="바이오", mobility="모빌리티")
UNIVERSITIES: Final = _words(
    jejunu="제주대|제주대학교|국립제주대학교",
    halla="제주한라대|제주한라대학교|한라대",
    jtu="제주관광대|제주관광대학교|관광대",
)
AFFILIATIONS: Final = _words(
    rise_university="RISE 대학|라이즈 대학|참여 대학",
    other_school="다른 학교|타 대학|타대학",
    in_work="재직|직장|재직자",
    none="없음|소속 없음|무소속",
)
STATUSES: Final = _words(
    enrolled="재학",
    on_leave="휴학",
    expected_graduate="졸업예정|졸업 예정자",
    graduated="졸업|수료",
    seeking="구직|구직 중|미취업",
    working="재직|취업",
)
LANGUAGES: Final = _words(ko="한국어|국문|korean", en="영어|영문|english")
RATERS: Final = _words(self="본인|자기 평가", coordinator="담당자|코디네이터", test="시험|평가")
CERTIFICATION_STATES: Final = _words(
    planned="계획|준비",
    scheduled="예약|접수",
    result_pending="결과 대기|결과대기",
    passed="합격|취득",
    failed="불합격",
)
MODES: Final = _words(online="온라인|비대면", offline="오프라인|대면", mixed="혼합|온오프라인")
LEVELS: Final = _words(
    basic="기본|기초|입문",
    intensive="심화",
    advanced="고급",
    regional="지역특화",
    professional="전문",
)
COURSE_KINDS: Final = _words(
    regular="정규교과|정규",
    extracurricular="비교과",
    micro_degree="마이크로디그리",
    bootcamp="부트캠프",
    in_work="재직자|재직자과정",
    lifelong="평생교육",
    runcation="런케이션",
)
EMPLOYMENT: Final = _words(
    permanent="정규직|기간의 정함이 없는 근로계약",
    contract="계약직|기간제",
    part_time="시간제",
    intern="인턴|인턴십|체험형 인턴",
    dispatch="파견|파견직",
)
REGIONS: Final = {
    fold(word): slug
    for slug, words in (
        ("jeju-si", ("제주시", "제주", "jeju")),
        ("seogwipo-si", ("서귀포시", "서귀포", "seogwipo")),
        ("remote", ("원격", "재택")),
        ("mainland", ("도외", "육지")),
    )
    for word in (slug, *words)
}
# Fields are open-ended: other words are kept as written.
FIELDS: Final = _words(
    ai="인공지능", blockchain="블록체인", data="데이터", cloud="클라우드", space="우주"
)
