"""Demo vouchers of the universities and the centre, and how the standing youth prepares for SAA."""

from collections.abc import Mapping, Sequence
from dataclasses import replace
from datetime import date, timedelta
from random import Random

from matcher.catalogue.certifications import load_programme
from matcher.catalogue.demo.days import ago, ahead, waking
from matcher.catalogue.demo.shape import Opening, Practised, Requirement, Studied, VoucherHeld
from matcher.catalogue.demo.standing import HANEUL

PREPARED = "SAA"
_STUDY = (
    # days ago, minutes, domain, note
    (40, 120, 1, "IAM과 KMS"), (38, 90, 1, "실습: S3 버킷 정책"), (35, 150, 2, "여러 가용 영역"),
    (33, 60, None, "오답 다시 보기"), (30, 120, 3, "RDS와 Aurora"), (27, 90, 2, "Route 53"),
    (24, 180, 3, "실습: EC2 Auto Scaling"), (20, 120, 1, "Security Group과 NACL"),
    (16, 90, 4, "요금 모델"), (13, 150, 2, "SQS와 SNS"), (9, 120, 3, "캐시"),
    (6, 90, None, "모의시험 풀이"), (3, 60, 4, "S3 수명 주기"),
)  # fmt: skip
_PRACTICE = (
    # days ago, per cent, domain, source
    (26, 58, None, "official_questions"), (17, 76, 1, "course"), (12, 48, 4, "course"),
    (8, 71, None, "official_practice_exam"), (2, 83, 1, "other"),
)  # fmt: skip
_ROLE = "data-map-labeler"
_LETTERS = "ABCDEFGHJKLMNPQRSTUVWXYZ23456789"
_POOLS = (
    # university or centre, beginning of the codes, how many, level, days until the last day
    ("jejunu", "DEMO-JNU-A", 18, "associate", 150),
    ("jejunu", "DEMO-JNU-X", 4, None, 40),
    ("jejunu", "DEMO-JNU-OLD", 2, "foundational", -20),
    ("halla", "DEMO-HALLA", 8, "associate", 120),
    ("rise-centre", "DEMO-RISE", 20, None, 210),
)


def studied(today: date, random: Random) -> tuple[Studied, ...]:
    return tuple(
        Studied(HANEUL, PREPARED, domain, day, minutes, note, waking(day, random))
        for days, minutes, domain, note in _STUDY
        for day in (ago(today, days),)
    )


def practised(today: date, random: Random) -> tuple[Practised, ...]:
    exam = load_programme().exam_for(PREPARED, today)
    code = exam.code if exam is not None else f"{PREPARED}-C03"
    return tuple(
        Practised(HANEUL, PREPARED, code, domain, day, percent, source, waking(day, random))
        for days, percent, domain, source in _PRACTICE
        for day in (ago(today, days),)
    )


def voucher_opening(openings: Sequence[Opening], today: date) -> tuple[Opening, list[Requirement]]:
    """One more opening, whose last missing must is one cheap exam for many people, so that a desk
    sees what giving out vouchers does. Nobody looked at it or applied yet."""
    base = next(o for o in openings if o.role == _ROLE and o.state == "published")
    number = len(openings) + 1
    extra = replace(
        base,
        number=number,
        external_id=f"DEMO-{number:03}",
        title_ko="주행 데이터 정리 인턴",
        title_en="Driving data, intern",
        description=(
            "하는 일: 차가 모은 자료를 고르고 이름을 붙입니다.\n이 공고는 지어낸 데모 공고입니다."
        ),
        employment_type="intern",
        headcount=6,
        pay_min_krw=26_400_000,
        pay_max_krw=28_800_000,
        closes_on=ahead(today, 95),
        starts_on=ahead(today, 110),
    )
    asked = [
        Requirement(number, "must", "certification", "AIF", None),
        Requirement(number, "must", "skill", "data-analysis", 1),
    ]
    return extra, asked


def vouchers(
    today: date, random: Random, coordinators: Mapping[str, int]
) -> tuple[VoucherHeld, ...]:
    """All free but the first, which the standing youth was given."""
    at = waking(ago(today, 60), random)
    rows = [
        VoucherHeld(
            organisation=slug,
            code=f"{start}-{number:02}{''.join(random.choices(_LETTERS, k=4))}",
            percent=100,
            level=level,
            expires_on=today + timedelta(days=days),
            note="데모 바우처",
            created_at=at,
            updated_at=at,
        )
        for slug, start, count, level, days in _POOLS
        for number in range(1, count + 1)
    ]
    given_at = waking(ago(today, 10), random)
    return (rows[0].given_to(HANEUL, coordinators[rows[0].organisation], given_at), *rows[1:])
