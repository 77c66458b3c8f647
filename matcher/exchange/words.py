"""The vocabularies of the import kinds. Files carry the values; people see and write the words."""

from typing import Final

from .vocabulary import Vocabulary

SECTORS: Final = Vocabulary("""
    space = 우주 | Space
    energy = 에너지 | Energy
    bio = 바이오 | Bio
    mobility = 모빌리티 | Mobility
""")
UNIVERSITIES: Final = Vocabulary("""
    jejunu = 제주대 | Jeju National University | 제주대학교 | 국립제주대학교
    halla = 제주한라대 | Cheju Halla University | 제주한라대학교 | 한라대
    jtu = 제주관광대 | Jeju Tourism University | 제주관광대학교 | 관광대
""")
AFFILIATIONS: Final = Vocabulary("""
    rise_university = RISE 대학 | RISE university | 라이즈 대학 | 참여 대학
    other_school = 다른 학교 | Another school | 타 대학 | 타대학
    in_work = 재직 | In work | 직장 | 재직자
    none = 없음 | None | 소속 없음 | 무소속
""")
AFFILIATION_STATES: Final = Vocabulary("""
    confirmed = 확인 | Confirmed | 확인함
    claimed = 본인 말 | Claimed | 신청
    ended = 끝남 | Ended | 종료
""")
STATUSES: Final = Vocabulary("""
    enrolled = 재학 | Enrolled
    on_leave = 휴학 | On leave
    expected_graduate = 졸업예정 | About to graduate | 졸업 예정자
    graduated = 졸업 | Graduated | 수료
    seeking = 구직 | Looking for work | 구직 중 | 미취업
    working = 재직 | Working | 취업
""")
LANGUAGES: Final = Vocabulary("""
    ko = 한국어 | Korean | 국문
    en = 영어 | English | 영문
""")
TAUGHT_IN: Final = Vocabulary("""
    ko = 한국어 | Korean | 국문
    en = 영어 | English | 영문
    zh = 중국어 | Chinese
    ja = 일본어 | Japanese
""")
RATERS: Final = Vocabulary("""
    self = 본인 | The person | 자기 평가
    coordinator = 담당자 | Coordinator | 코디네이터
    test = 시험 | Test | 평가
""")
PROOF_LEVELS: Final = Vocabulary("""
    self_reported = 스스로 적음 | Self-reported
    seen_by_university = 대학이 확인 | Seen by the university
    matched_with_issuer = 발급처 확인 | Matched with the issuer
    signature_verified = 전자서명 검증 | Signature verified
""")
CERTIFICATION_STATES: Final = Vocabulary("""
    planned = 계획 | Planned | 준비
    scheduled = 예약 | Scheduled | 접수
    result_pending = 결과 대기 | Result pending
    passed = 합격 | Passed | 취득
    failed = 불합격 | Failed
""")
MODES: Final = Vocabulary("""
    online = 온라인 | Online | 비대면
    offline = 오프라인 | Offline | 대면
    mixed = 혼합 | Mixed | 온오프라인
""")
COURSE_STATES: Final = Vocabulary("""
    published = 공개 | Published
    draft = 초안 | Draft
    closed = 닫음 | Closed | 마감
""")
LEVELS: Final = Vocabulary("""
    basic = 기본 | Basic | 기초 | 입문
    intensive = 심화 | Intensive
    advanced = 고급 | Advanced
    regional = 지역특화 | Regional
    professional = 전문 | Professional
""")
COURSE_KINDS: Final = Vocabulary("""
    regular = 정규교과 | Regular | 정규
    extracurricular = 비교과 | Extracurricular
    micro_degree = 마이크로디그리 | Microdegree
    bootcamp = 부트캠프 | Bootcamp
    in_work = 재직자 | For people in work | 재직자과정
    lifelong = 평생교육 | Lifelong
    runcation = 런케이션 | Runcation
    company_project = 기업 프로젝트 | Company project
""")
EMPLOYMENT: Final = Vocabulary("""
    permanent = 정규직 | Permanent | 기간의 정함이 없는 근로계약
    contract = 계약직 | Contract | 기간제
    part_time = 시간제 | Part-time
    intern = 인턴 | Intern | 인턴십 | 체험형 인턴
    dispatch = 파견 | Dispatch | 파견직
""")
REGIONS: Final = Vocabulary("""
    jeju-si = 제주시 | Jeju City | 제주 | jeju
    seogwipo-si = 서귀포시 | Seogwipo | 서귀포
    remote = 원격 | Remote | 재택
    mainland = 도외 | Off the island | 육지
""")
# Fields are open-ended: other words are kept as written.
FIELDS: Final = Vocabulary("""
    ai = 인공지능 | AI
    blockchain = 블록체인 | Blockchain
    data = 데이터 | Data
    cloud = 클라우드 | Cloud
    space = 우주 | Space
""")
ENROLMENT_STATES: Final = Vocabulary("""
    applied = 신청 | Applied
    waitlisted = 대기 | Waitlisted
    enrolled = 수강 | Enrolled | 수강 중
    completed = 수료 | Completed
    dropped = 중도 포기 | Dropped out | 중도탈락
    cancelled = 취소 | Cancelled
    not_selected = 미선발 | Not selected
    not_completed = 미수료 | Not completed
""")
ATTENDANCE: Final = Vocabulary("""
    present = 출석 | Present | o
    late = 지각 | Late
    absent = 결석 | Absent | x
    excused = 공결 | Excused | 인정 결석 | 유고 결석
""")
RESULTS: Final = Vocabulary("""
    completed = 수료 | Completed | 이수
    not_completed = 미수료 | Not completed | 미이수
    dropped = 중도 포기 | Dropped out | 중도탈락
""")
OUTCOMES: Final = Vocabulary("""
    employed = 취업 | Employed
    founded = 창업 | Founded a business
    further_study = 진학 | Further study
    seeking = 구직 | Looking for work | 구직 중
""")
OUTCOME_STATES: Final = Vocabulary("""
    confirmed = 확인 | Confirmed
    proposed = 확인 전 | Proposed | 제안
    rejected = 사실 아님 | Rejected
""")
YES_NO: Final = Vocabulary("""
    yes = 예 | Yes | 네 | y | o | true
    no = 아니요 | No | 아니오 | n | x | false
""")
STILL: Final = Vocabulary("""
    held_in_jeju = 유지·도내 | Held in Jeju | 유지(도내)
    held_elsewhere = 유지·도외 | Held elsewhere | 유지(도외)
    held = 유지 | Held
    ended_in_jeju = 끝남·도내 | Ended in Jeju | 끝남(도내)
    ended_elsewhere = 끝남·도외 | Ended elsewhere | 끝남(도외)
    ended = 끝남 | Ended
""")
