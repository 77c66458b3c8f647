"""Youths: who, where they study or work, and what they can give and wish for."""

from dataclasses import dataclass
from datetime import date
from typing import Final

from .cells import Cells
from .columns import Column, Kind
from .errors import quoted
from .values import fold
from .words import (
    AFFILIATION_STATES,
    AFFILIATIONS,
    LANGUAGES,
    REGIONS,
    SECTORS,
    STATUSES,
    UNIVERSITIES,
)


@dataclass(frozen=True)
class YouthRow:
    line: int
    email: str
    name: str
    affiliation: str
    affiliation_state: str
    university: str
    status: str
    graduation_on: date | None
    weekly_hours: int | None
    budget_krw: int | None
    sectors: tuple[str, ...]
    regions: tuple[str, ...]
    language: str
    external_id: str
    pool_consent: tuple[str, ...]


def read(cells: Cells) -> YouthRow | None:
    row = YouthRow(
        line=cells.line,
        email=cells.email_of("email"),
        name=cells.name_of("name", 60),
        affiliation=_affiliation(cells),
        affiliation_state=cells.choice_of("affiliation_state"),
        university=cells.choice_of("university"),
        status=cells.choice_of("status"),
        graduation_on=cells.day_of("graduation_on"),
        weekly_hours=cells.integer_of("weekly_hours", 0, 80),
        budget_krw=cells.money_of("budget_krw", 100_000_000),
        sectors=cells.choices_of("sectors"),
        regions=cells.choices_of("regions"),
        language=cells.choice_of("language") or "ko",
        external_id=cells.line_of("external_id", 60),
        pool_consent=cells.choices_of("pool_consent"),
    )
    _check_university(cells, row)
    _check_home(cells, row)
    return row if cells.ok else None


def _affiliation(cells: Cells) -> str:
    value = cells.line_of("affiliation", 60)
    if fold(value) in UNIVERSITIES:
        shown = quoted(value)
        korean, english = cells.told("affiliation", "rise_university")
        cells.fail(
            "affiliation",
            "university_here",
            f"{shown}은(는) {cells.title('university')} 열에 적고, 여기에는 {korean}이라고 "
            "적어 주십시오",
            f"put {shown} into the university column and write {english} here",
        )
        return ""
    return cells.chosen("affiliation", value) if value else ""


def _check_university(cells: Cells, row: YouthRow) -> None:
    if cells.failed("affiliation", "university"):
        return
    korean, english = cells.told("affiliation", row.affiliation)
    if row.affiliation == "rise_university" and not row.university:
        cells.fail(
            "university",
            "required",
            f"소속 구분이 {korean}이면 대학이 있어야 합니다",
            f"university must not be blank when affiliation is {english}",
        )
    if row.affiliation != "rise_university" and row.university:
        cells.fail(
            "university",
            "contradiction",
            f"대학이 있는데 소속 구분은 {korean}입니다",
            f"university is given while affiliation is {english}",
        )


def _check_home(cells: Cells, row: YouthRow) -> None:
    """A university's desk answers for its own people alone."""
    home, stranger = cells.lookups.home, cells.lookups.stranger
    if home is not None and row.university not in home and not cells.failed("university"):
        cells.fail(
            "university",
            "not_yours",
            "이 대학의 사람만 넣을 수 있습니다",
            "only people of your own university can be put in",
        )
    if row.email and stranger is not None and stranger(row.email):
        cells.fail(
            "email",
            "stranger",
            "이 주소로는 넣을 수 없습니다. 본인이 소속을 신청하면 명부에서 확인해 주십시오",
            "this address cannot be put in; the person may claim the affiliation, then confirm it",
        )


COLUMNS: Final = (
    Column(
        "email", ("전자우편", "이메일"), "전자우편 주소. 파일 안에서 하나뿐", "e-mail, unique", True
    ),
    Column("name", ("이름", "성명"), "이름, 60자까지", "name, at most 60 characters", True),
    Column(
        "affiliation",
        ("소속 구분", "소속"),
        "rise_university(RISE 대학), other_school(다른 학교), in_work(재직), none(없음). "
        "대학 이름은 university 열에",
        "rise_university, other_school, in_work or none; the university has its own column",
        True,
        words=AFFILIATIONS,
    ),
    Column(
        "affiliation_state",
        ("소속 확인",),
        "confirmed(확인), claimed(본인 말), ended(끝남). 비우면 RISE 대학은 confirmed, "
        "나머지는 claimed",
        "confirmed, claimed or ended; blank means confirmed for a RISE university, else claimed",
        words=AFFILIATION_STATES,
    ),
    Column(
        "university",
        ("대학", "학교"),
        "jejunu(제주대), halla(제주한라대), jtu(제주관광대). rise_university이면 꼭",
        "jejunu, halla or jtu; needed with rise_university",
        words=UNIVERSITIES,
    ),
    Column(
        "status",
        ("학적·상태", "상태"),
        "enrolled(재학), on_leave(휴학), expected_graduate(졸업예정), graduated(졸업), "
        "seeking(구직), working(재직)",
        "enrolled, on_leave, expected_graduate, graduated, seeking or working",
        words=STATUSES,
    ),
    Column("graduation_on", ("졸업일", "졸업(예정)일"), "졸업했거나 할 날", "day of graduation"),
    Column(
        "weekly_hours", ("주당 시간",), "한 주에 낼 수 있는 시간, 0~80", "hours a week, 0 to 80"
    ),
    Column(
        "budget_krw",
        ("예산(원)", "예산"),
        "배움에 쓸 수 있는 돈, 0~100,000,000원",
        "won to spend on learning, 0 to 100,000,000",
    ),
    Column(
        "sectors",
        ("관심 분야", "희망 분야"),
        "space(우주), energy(에너지), bio(바이오), mobility(모빌리티). 여럿이면 ;로",
        "space, energy, bio, mobility; separated by ;",
        words=SECTORS,
    ),
    Column(
        "regions",
        ("희망 지역",),
        "jeju-si(제주시), seogwipo-si(서귀포시), remote(원격), mainland(도외). 여럿이면 ;로",
        "jeju-si, seogwipo-si, remote, mainland; separated by ;",
        words=REGIONS,
    ),
    Column(
        "language",
        ("언어",),
        "ko(한국어) 또는 en(영어). 비우면 ko",
        "ko or en; blank means ko",
        words=LANGUAGES,
    ),
    Column("external_id", ("외부 번호", "학번"), "보내는 곳의 번호", "the sender's own number"),
    Column(
        "pool_consent",
        ("후보 동의 분야",),
        "서비스를 쓰고 이름을 가린 채 기업에 후보로 보이는 데 서면으로 동의한 분야. "
        "동의가 없으면 비움",
        "sectors in which the person agreed in writing to use the service and to appear masked "
        "to partners; blank without consent",
        words=SECTORS,
    ),
)

YOUTHS: Final = Kind(
    name="youths",
    title_ko="청년",
    title_en="Youths",
    columns=COLUMNS,
    examples=(
        {
            "email": "haru.demo@example.org",
            "name": "데모하루",
            "affiliation": "rise_university",
            "university": "제주대",
            "status": "재학",
            "graduation_on": "2027-02-19",
            "weekly_hours": "10",
            "budget_krw": "200,000",
            "sectors": "우주; 에너지",
            "regions": "제주시; 서귀포시",
            "language": "ko",
            "external_id": "demo-youth-1",
            "pool_consent": "우주; 에너지",
        },
        {
            "email": "noeul.demo@example.org",
            "name": "데모노을",
            "affiliation": "none",
            "status": "seeking",
            "weekly_hours": "20",
            "budget_krw": "0",
            "sectors": "bio",
            "regions": "서귀포시",
            "language": "en",
            "external_id": "demo-youth-2",
        },
    ),
    unique=(("email",), ("external_id",)),
    read=read,
)
