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
AFFILIATION_STATES: Final = _words(
    confirmed="확인|확인함", claimed="본인 말|신청", ended="끝남|종료"
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
COURSE_STATES: Final = _words(published="공개", draft="초안", closed="닫음|마감")
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
    company_project="기업 프로젝트",
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
ENROLMENT_STATES: Final = _words(
    applied="신청",
    waitlisted="대기",
    enrolled="수강|수강 중",
    completed="수료",
    dropped="중도 포기|중도탈락",
    cancelled="취소",
    not_selected="미선발",
    not_completed="미수료",
)
ATTENDANCE: Final = _words(
    present="출석|o", late="지각", absent="결석|x", excused="공결|인정 결석|유고 결석"
)
RESULTS: Final = _words(
    completed="수료|이수", not_completed="미수료|미이수", dropped="중도 포기|중도탈락"
)
OUTCOMES: Final = _words(
    employed="취업", founded="창업", further_study="진학", seeking="구직|구직 중"
)
OUTCOME_STATES: Final = _words(confirmed="확인", proposed="확인 전|제안", rejected="사실 아님")
YES_NO: Final = _words(yes="예|네|y|o|true", no="아니요|아니오|n|x|false")
STILL: Final = _words(
    held_in_jeju="유지·도내|유지(도내)",
    held_elsewhere="유지·도외|유지(도외)",
    held="유지",
    ended_in_jeju="끝남·도내|끝남(도내)",
    ended_elsewhere="끝남·도외|끝남(도외)",
    ended="끝남",
)
