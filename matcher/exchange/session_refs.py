"""How a row names a session of a course and somebody in it."""

from dataclasses import dataclass
from datetime import date
from typing import Final

from .cells import Cells
from .columns import Column
from .values import fold
from .words import UNIVERSITIES


@dataclass(frozen=True, slots=True)
class SessionRef:
    """`provider` is a university's slug, other words as written, or blank."""

    provider: str
    course: str
    starts_on: date


@dataclass(frozen=True, slots=True)
class SeatRef:
    """A session and a person, with the name as a check against slipped rows."""

    session: SessionRef
    person: str
    name: str


class Seated:
    """A row about a seat; its columns as attributes, for exports."""

    __slots__ = ()
    seat: SeatRef

    @property
    def provider(self) -> str:
        return self.seat.session.provider

    @property
    def course(self) -> str:
        return self.seat.session.course

    @property
    def starts_on(self) -> date:
        return self.seat.session.starts_on

    @property
    def person(self) -> str:
        return self.seat.person

    @property
    def name(self) -> str:
        return self.seat.name


def read_seat(cells: Cells) -> SeatRef:
    written = cells.line_of("provider", 120)
    session = SessionRef(
        provider=UNIVERSITIES.get(fold(written), written),
        course=cells.line_of("course", 60),
        starts_on=cells.need_day("starts_on"),
    )
    return SeatRef(session, cells.line_of("person", 254), cells.name_of("name", 60))


NAME: Final = Column(
    "name",
    ("이름", "성명"),
    "적으면 기록의 이름과 같은지 봅니다",
    "when given, it must be the recorded name",
)
COLUMNS: Final = (
    Column(
        "provider",
        ("운영기관", "대학"),
        "과정을 여는 기관. 과정 번호가 한 기관에만 있으면 비워도 됨",
        "who runs the course; may be blank where only one has that number",
        words=UNIVERSITIES,
    ),
    Column(
        "course",
        ("과정 번호", "과정"),
        "과정 파일의 external_id. 번호가 없는 과정은 내보내기에 나오는 #12 꼴",
        "external_id of the courses file; a course without one is #12, as exports show it",
        True,
    ),
    Column("starts_on", ("차수 시작일", "개강일"), "차수의 첫날", "first day of the session", True),
    Column(
        "person",
        ("전자우편·외부 번호", "사람", "학번"),
        "전자우편 또는 외부 번호",
        "e-mail or external id",
        True,
    ),
    NAME,
)
EXAMPLE: Final = {
    "provider": "제주대",
    "course": "demo-course-1",
    "starts_on": "2026-10-12",
    "person": "haru.demo@example.org",
    "name": "데모하루",
}
OTHER_EXAMPLE: Final = {
    "course": "demo-course-1",
    "starts_on": "2026.10.12",
    "person": "demo-youth-2",
}
