"""The phrasings of topics a posting must not ask about, and the ordinary speech beside them.

Blanks inside a Korean phrase are optional, as people write them; English phrases match whole words.
"""

from enum import StrEnum
from typing import Final


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


KOREAN: Final[dict[Topic, tuple[str, ...]]] = {
    Topic.LOOKS: (
        "외모", "용모", r"인상(?:이|도)? 좋", "(?:깔끔한|단정한|밝은|좋은|호감 가는) 인상",
        "호감형", "호감 가는", "준수한", "미모", "단정한 외", "증명사진", "얼굴 사진", "날씬",
        "몸매", r"사진(?:을|은|도)? (?:꼭 |반드시 )?(?:첨부|부착|붙여|제출|동봉|필수)",
    ),
    Topic.BODY: (
        "신장", "체중", "몸무게", "시력", "혈액형", r"키 (?:가 )?1[4-9]\d(?! 개)",
        r"1[4-9]\d cm 이상", "bmi", "체질량",
    ),
    Topic.BIRTHPLACE: (
        "출신지", "출생지", "본적", "고향", "출신 지역", "토박이", "등록기준지",
        "제주(?:도|도민|시|특별자치도)? 출신",
    ),
    Topic.MARRIAGE: (
        "미혼", "기혼", "결혼", "혼인", "이혼", "임신", "출산 계획", "자녀 계획", "자녀 유무",
        "배우자", "(?:자녀|아이)(?:가|는)? 없는",
    ),
    Topic.PROPERTY: (
        "재산", "자가 (?:소유|보유|주택)", "자기 집", "주택 소유", "부동산 보유", "신용 등급",
        "부채",
    ),
    Topic.FAMILY: (
        "부모(?:님)?의? (?:직업|학력|재산)", "가족의? (?:직업|학력|재산)", "가족 (?:관계|사항)",
        "형제자매", "가정 환경", "아버지", "어머니", "부친", "모친",
    ),
    Topic.SEX: (
        "(?:남|여)(?:자|성) (?:만|우대|선호|지원자|사원|직원|분|에 한)", "미혼 여성", "군필",
        "군 미필", "아가씨", "아줌마", "성별", "(?:여|남)(?:직원|사원)", "(?:여|남)성분",
    ),
    Topic.AGE: (
        r"만? \d{2} 세 (?:이하|미만|이상|까지|~|-)", r"\d{2} 살 (?:이하|미만|까지)",
        r"[2-6]0대 (?:우대|선호|초반|중반|후반|이하|까지|만|남|여|지원|환영|분)", "연령", "젊은",
        r"어린 (?:분|나이|사람|직원|친구)", r"\d{2,4}년생(?!산)", "나이",
        r"(?:19|20)\d\d년 (?:이후 |이전 )?(?:에 )?(?:출생|태어난)", "생년월일", "출생 ?연도",
    ),
    Topic.BELIEF: (
        "종교", "기독교", "천주교", "불교", "신앙", "세례", "교회", "정치 (?:성향|활동|견해)",
        "노조", "노동 조합", "정당 (?:지지|가입|활동|당원)", "지지 정당", "지지하는 정당",
    ),
    Topic.ILLNESS: (
        "병력", "질병", "장애(?:가|이)? 없", "장애인은", "장애인 (?:불가|제외|지원 불가)", "지병",
        "질환", "건강 (?:진단|검진)", "신체 ?검사", "신체 건강", "정신과", "진료 기록", "확진",
        "복용 중인 약",
    ),
}  # fmt: skip

ENGLISH: Final[dict[Topic, tuple[str, ...]]] = {
    Topic.LOOKS: (
        "good[- ]looking", "attractive", "appearance", "(?:be|very) (?:pretty|handsome|slim)",
        r"(?:pretty|handsome|slim) (?:girls?|boys?|man|men|woman|women|people|figure|build)",
        "headshot", "photo (?:is )?required",
        r"(?:attach|include|send|add|enclose) (?:us )?(?:a |your )?(?:recent )?(?:photo|picture)",
        r"(?:cv|resume|application) with (?:a |your )?(?:photo|picture)",
    ),
    Topic.BODY: (
        r"height(?::| of at least| at least| over| above)(?= )", "your (?:height|weight)",
        "(?:minimum|maximum|required) height",
        r"height and weight", r"weight (?:under|over|below|above|of) \d{2}", "body weight",
        "eyesight", "blood type", r"1[4-9]\d\s?cm", "bmi", "body mass",
    ),
    Topic.BIRTHPLACE: (
        "place of birth", "birthplace", "home ?town", r"born in (?!19|20)\w+",
        r"natives? of (?:jeju|seoul|korea|this|our|the (?:island|city|country))", "jeju natives?",
        "(?:jeju|island)[- ]born",
    ),
    Topic.MARRIAGE: (
        "married", "unmarried", "marital", r"pregnan\w*", "family planning", "spouses?(?:'s)?",
        "husbands?", "wife", "wives",
        r"single (?:man|men|woman|women|candidates?|applicants?|people|persons? preferred)",
        r"(?:have|having|no|without|has) (?:any |small )?(?:children|kids)",
    ),
    Topic.PROPERTY: (
        r"home ?owner\w*", "own (?:a|your) (?:house|home|flat)", "personal assets",
        "credit (?:score|rating)",
    ),
    Topic.FAMILY: (
        r"parents?'?s? (?:job|occupation|education|school)\w*", "family background",
        "father(?:'s)?", "mother(?:'s)?", "siblings(?! of)",
    ),
    Topic.SEX: (
        "males?", "females?", "(?:men|women) only", "only (?:men|women)", "gender", "lady",
        "ladies", r"(?:men|women|man|woman) (?:preferred|wanted|need not)", "gentlem[ae]n",
        "waitress", "salesman", "military service",
    ),
    Topic.AGE: (
        r"(?:be|aged?|anyone|people|candidates|applicants|those) (?:under|over|below) \d{2}",
        r"under \d{2}(?= only| years? (?:old|of age)|[.,;!)]|$)",
        r"over \d{2} years(?! of (?:experience|service|practice))", "(?:under|over|below) the age",
        r"aged? (?:limit|range|between|group|under|over|\d{2})",
        r"young (?:and|people|persons?|team|candidates?|talents?|staff|applicants?)",
        "young(?=,)", "young (?:m[ae]n|wom[ae]n)",
        "youthful", "years old", "digital native", "date of birth", "year of birth",
        r"born (?:after|before|in|between|since) (?:19|20)\d\d",
        "(?:maximum|minimum|max|upper) age",
        r"in (?:their|your|his|her) (?:twenties|thirties|forties|[234]0s)",
    ),
    Topic.BELIEF: (
        r"religio\w*", r"christian\w*", "catholic", "buddhist", "church", r"union member\w*",
        "political",
    ),
    Topic.ILLNESS: (
        r"illness\w*", "disease", r"disabilit\w*", "disabled (?:people|persons?|candidates)",
        "able[- ]bodied", r"medical (?:history|check|examination|record)\w*", "mental health",
        r"in (?:good|excellent|perfect) health(?! check)", "physical health", "hiv",
        r"health (?:check|check-?up|examination)s? (?:results?|reports?|certificates?)",
    ),
}  # fmt: skip

HARMLESS: Final[tuple[str, ...]] = (
    "연령 별 통계", "연령대 별", "질병 데이터", "질병 예측", "질환 (?:데이터|예측)", "나이스",
    "나이브", "나이테", "체중계", "시력 보조", "출산율", "결혼식", "(?:지식|지적) 재산",
    "재산 (?:피해|권)", "젊은 층", "제주 출신 (?:기업|작가)",
    "(?:시스템|서비스|서버|네트워크|통신|설비) 장애", "장애 없는 (?:운영|서비스|시스템)",
    "병력 데이터", "부채 (?:꼴|살)", "아버지 노드", "어머니 회사",
    r"\bdisease (?:data|prediction|detection|outbreaks?|models?|research)",
    r"\b(?:predict|plant|crop|animal|detect)\w{0,3} disease", r"\bheight (?:map|data)",
    r"\bmale and female (?:connector|plug)", r"\b(?:fe)?male (?:connector|plug|header)",
    r"\battractive (?:pay|salary|package|benefits|offer|conditions|hours|office)",
    r"\bappearance of the", r"\bbody weight of the", r"\bgender[- ]neutral", r"\ball genders",
    r"\bregardless of (?:age|gender|religion|disability)", r"\bpolitical (?:boundar|map)",
    r"\b(?:team|company|firm|startup|codebase|project|service) is \w{1,9} years old",
    r"\bmother ?(?:board|company|ship)", r"\bmental health (?:app|service|data)",
)  # fmt: skip
"""A word list's own wrong alarms: taken out of the text before it is looked at."""
