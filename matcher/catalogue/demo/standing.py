"""The demo people and openings that have fixed names, so that a tour finds them every time."""

from dataclasses import dataclass

from matcher.catalogue.demo.shape import Requirement

HANEUL, BADA, SOL, SAEBOM = 1, 2, 3, 4
"""Demo numbers of the youths who can sign in."""


@dataclass(frozen=True, slots=True)
class StandingYouth:
    name: str
    email: str
    affiliation: str
    organisation: str | None
    status: str
    role: str
    sectors: tuple[str, ...]
    about: str
    is_blank: bool = False
    """Just signed up: nothing recorded, not in the pool."""


@dataclass(frozen=True, slots=True)
class StandingStaff:
    name: str
    email: str
    role: str
    organisation: str | None


@dataclass(frozen=True, slots=True)
class StandingOpening:
    """`closes_in` counts days from the day the data are made."""

    role: str
    organisation: str
    title_ko: str
    title_en: str
    employment: str
    region: str
    headcount: int
    pay_min_krw: int
    closes_in: int
    must: tuple[tuple[str, int | None], ...]
    nice: tuple[tuple[str, int | None], ...]

    def asks(self, number: int) -> list[Requirement]:
        """A level of None means a certification."""
        return [
            Requirement(number, kind, "certification" if level is None else "skill", ref, level)
            for kind, asked in (("must", self.must), ("nice", self.nice))
            for ref, level in asked
        ]


YOUTHS = (
    StandingYouth(
        "하늘", "haneul@example.kr", "rise_university", "jejunu", "expected_graduate",
        "space-data-cloud-engineer", ("space", "energy"),
        "위성영상을 파이썬으로 다루는 일을 좋아해요. 캡스톤에서 위성영상 타일 서버를 만들었어요.",
    ),
    StandingYouth(
        "바다", "bada@example.kr", "rise_university", "halla", "enrolled",
        "energy-forecasting-data-scientist", ("energy",),
        "시계열 예측을 공부하고 있어요. 바람이 많은 날의 발전량이 궁금해요.",
    ),
    StandingYouth(
        "솔", "sol@example.com", "in_work", None, "working",
        "qc-analyst", ("bio",),
        "식품 회사에서 일하다가 품질 분석으로 옮기려고 해요.",
    ),
    StandingYouth(
        "새봄", "saebom@example.com", "none", None, "seeking",
        "data-map-labeler", (), "", is_blank=True,
    ),
)  # fmt: skip

STAFF = (
    StandingStaff("제주대 담당자", "coordinator.jejunu@example.kr", "coordinator", "jejunu"),
    StandingStaff("제주한라대 담당자", "coordinator.halla@example.kr", "coordinator", "halla"),
    StandingStaff("제주관광대 담당자", "coordinator.jtu@example.kr", "coordinator", "jtu"),
    StandingStaff("RISE센터 담당자", "centre@example.kr", "centre", "rise-centre"),
    StandingStaff("관리자", "admin@example.kr", "admin", None),
)
PARTNERS_SIGNING_IN = (
    "saebyeol-orbit", "baramgyeol-grid", "gotjawal-pharm", "neobeongil-mobility",
    "joyakdol-robotics",
)  # fmt: skip
LOOKS = (
    # days ago, who, what
    (5, "coordinator.jejunu@example.kr", "profile:read"),
    (3, "saebyeol-orbit@example.com", "candidate:read"),
    (1, "baramgyeol-grid@example.com", "candidate:read"),
)


def partner_address(slug: str) -> str:
    return f"{slug}@example.com"


def standing_addresses() -> list[str]:
    """Of everybody in the table of demo sign-ins: youths, universities, centre, partners, admin."""
    *staff, admin = [each.email for each in STAFF]
    partners = [partner_address(slug) for slug in PARTNERS_SIGNING_IN]
    return [*(each.email for each in YOUTHS), *staff, *partners, admin]


OPENINGS = (
    StandingOpening(
        role="space-data-cloud-engineer",
        organisation="saebyeol-orbit",
        title_ko="우주 데이터 클라우드 엔지니어",
        title_en="Space data cloud engineer",
        employment="permanent",
        region="seogwipo-si",
        headcount=2,
        pay_min_krw=36_000_000,
        closes_in=130,
        must=(("SAA", None), ("python", 3), ("amazon-s3", 2), ("aws-lambda", 2), ("linux", 2)),
        nice=(("sql", 2), ("docker", 2), ("stac", 1)),
    ),
    StandingOpening(
        role="energy-forecasting-data-scientist",
        organisation="baramgyeol-grid",
        title_ko="발전량 예측 데이터 분석가",
        title_en="Generation forecasting analyst",
        employment="permanent",
        region="jeju-si",
        headcount=1,
        pay_min_krw=35_000_000,
        closes_in=69,
        must=(("python", 3), ("sql", 3), ("time-series-forecasting", 2), ("data-analysis", 2)),
        nice=(("weather-data", 1), ("statistics", 2)),
    ),
    StandingOpening(
        role="mapping-software-engineer",
        organisation="neobeongil-mobility",
        title_ko="정밀지도 소프트웨어 엔지니어",
        title_en="HD map software engineer",
        employment="intern",
        region="jeju-si",
        headcount=1,
        pay_min_krw=26_400_000,
        closes_in=27,
        must=(("cpp", 2), ("python", 2), ("gis", 2)),
        nice=(("point-cloud", 1), ("git", 2), ("hd-mapping", 1)),
    ),
)

HANEUL_SKILLS = (
    # skill, level, rater, verification, kind of evidence, evidence
    ("python", 4, "coordinator", 2, "project", "캡스톤: 위성영상 타일"),
    ("amazon-s3", 2, "test", 4, "certificate", "우주 데이터 부트캠프 수료증"),
    ("aws-lambda", 2, "test", 4, "certificate", "우주 데이터 부트캠프 수료증"),
    ("linux", 2, "self", 1, None, ""),
    ("sql", 3, "coordinator", 2, "course", "데이터베이스 수업"),
    ("docker", 1, "self", 1, None, ""),
    ("gis", 2, "coordinator", 2, "course", "공간정보 수업"),
    ("cloud-computing", 2, "test", 3, "certificate", "AWS CLF"),
    ("satellite-image-processing", 2, "test", 4, "certificate", "우주 데이터 부트캠프 수료증"),
    ("git", 2, "self", 1, "link", "https://example.com/haneul/tiles"),
    ("pandas", 3, "self", 1, "project", "캡스톤: 위성영상 타일"),
    ("rest-api", 2, "self", 1, "project", "캡스톤: 위성영상 타일"),
    ("data-visualization", 2, "coordinator", 2, "course", "데이터 시각화 수업"),
    ("data-analysis", 3, "coordinator", 2, "course", "데이터 처리 수업"),
    ("statistics", 2, "coordinator", 2, "course", "통계 수업"),
    ("time-series-forecasting", 1, "self", 1, None, ""),
    ("teamwork", 3, "self", 1, None, ""),
    ("english", 3, "self", 1, None, ""),
)
