"""What the lists no import takes are headed with, and how their values read in Korean.

The import kinds keep their own titles and values (`matcher/exchange`), so that they come back.
"""

from matcher.exchange.vocabulary import Vocabulary
from matcher.exchange.writing import Value

_EMAIL, _NAME, _UPDATED = "전자우편", "이름", "마지막으로 바뀐 날"
TITLES: dict[str, dict[str, str]] = {
    "applications": {
        "email": _EMAIL,
        "name": _NAME,
        "organisation": "기업",
        "opening": "공고",
        "state": "상태",
        "created_at": "지원한 날",
        "updated_at": _UPDATED,
    },
    "vouchers": {
        "id": "번호",
        "percent": "할인율(%)",
        "level": "가장 높은 단계",
        "expires_on": "마지막 날",
        "state": "상태",
        "email": _EMAIL,
        "name": _NAME,
        "used_on": "쓴 날",
        "note": "메모",
    },
    "plans": {
        "email": _EMAIL,
        "name": _NAME,
        "target": "목표",
        "kind": "길의 종류",
        "state": "상태",
        "starts_on": "시작일",
        "ends_on": "끝나는 날",
        "weekly_hours": "주당 시간",
        "updated_at": _UPDATED,
    },
}
"""Column -> Korean title, by list."""
WORDS: dict[tuple[str, str], Vocabulary] = {
    ("applications", "state"): Vocabulary("""
        sent = 새 지원 | Sent
        under_review = 검토 중 | Under review
        interview = 면접 | Interview
        offered = 채용 제안 | Offered
        hired = 채용 | Hired
        refused = 거절함 | Refused
        withdrawn = 지원 취소 | Withdrawn
        accepted = 제안 수락 | Offer accepted
        hired_elsewhere = 다른 곳에 채용 | Hired elsewhere
        closed = 답 없이 끝남 | Ended without an answer
    """),
    ("vouchers", "state"): Vocabulary("""
        free = 남음 | Free
        assigned = 나누어 줌 | Assigned
        used = 씀 | Used
        withdrawn = 뺌 | Withdrawn
    """),
    ("vouchers", "level"): Vocabulary("""
        foundational = 파운데이셔널 | Foundational
        associate = 어소시에이트 | Associate
        professional = 프로페셔널 | Professional
        specialty = 스페셜티 | Specialty
    """),
    ("plans", "target"): Vocabulary("""
        certification = 자격 | Certification
        promise = 면접 약속 | Promised interview
        opening = 공고 | Opening
        role = 직무 | Role
    """),
    ("plans", "kind"): Vocabulary("""
        fastest = 가장 빠른 길 | Fastest
        cheapest = 가장 저렴한 길 | Cheapest
        strongest = 가장 강한 길 | Strongest
    """),
    ("plans", "state"): Vocabulary("""
        submitted = 답을 기다림 | Submitted
        approved = 승인함 | Approved
        returned = 돌려보냄 | Returned
    """),
}


def korean(kind: str, column: str, value: Value) -> Value:
    words = WORDS.get((kind, column))
    return words.ko(value) if words is not None and isinstance(value, str) else value
