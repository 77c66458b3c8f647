"""The public course feed of HRD-Net: its list as XML or JSON, and what its fields mean to us.

The list tells neither hours nor an application period, and not how a course is held; what we
write instead is said at each field. Fields of the list we have no column for are left out.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any, Final
from urllib.parse import urlsplit

from . import feeds
from .cells import Cells
from .columns import Column, Kind
from .errors import FileRefusedError
from .feeds import loaded_json, outermost, text_of, xml_root
from .headers import TableBuilder
from .reading import MAX_ROWS, Limits
from .tables import Note, Table
from .values import fold, is_https
from .words import UNIVERSITIES

SOURCE: Final = "hrdnet"
HOSTS: Final = ("work24.go.kr", "hrd.go.kr")
"""Whose addresses a course may link to."""
_TITLE, _PROVIDER, _PLACE, _CONTENT = 120, 120, 120, 3900
_DEPTH: Final = 6


@dataclass(frozen=True)
class FeedRow:
    """One round (회차) of a training course, fields named as the feed names them."""

    line: int
    trprId: str
    trprDegr: str
    title: str
    subTitle: str
    ncsCd: str
    traStartDate: date
    traEndDate: date
    trainTarget: str
    address: str
    yardMan: int
    regCourseMan: int
    courseMan: int
    realMan: int | None
    certificate: str
    contents: str
    telNo: str
    titleLink: str

    @property
    def external_id(self) -> str:
        return f"{self.trprId}-{self.trprDegr}"

    @property
    def university(self) -> str:
        """Slug of one of ours; empty for the many others."""
        return UNIVERSITIES.get(fold(self.subTitle), "")

    @property
    def mode(self) -> str:
        """The list does not say; distance training says so in the name of its target."""
        words = self.trainTarget + self.title
        return "online" if "원격" in words else "mixed" if "혼합" in words else "offline"

    @property
    def kind(self) -> str:
        """Empty where the target does not say that it is for people in work."""
        words = ("재직", "근로자", "사업주")
        return "in_work" if any(word in self.trainTarget for word in words) else ""

    @property
    def field(self) -> str:
        """The first two digits of the NCS code are its main group."""
        return f"NCS {self.ncsCd[:2]}" if self.ncsCd else ""

    @property
    def content(self) -> str:
        more = f"\n\n자격증: {self.certificate}" if self.certificate else ""
        return (self.contents[:_CONTENT] + more).strip()

    @property
    def support(self) -> str:
        return f"실제 훈련비 {self.realMan:,}원" if self.realMan else ""

    @property
    def source_url(self) -> str:
        """Empty unless it leads to the feed's own site."""
        host = (urlsplit(self.titleLink).hostname or "") if is_https(self.titleLink) else ""
        known = any(host == each or host.endswith("." + each) for each in HOSTS)
        return self.titleLink[:300] if known and len(self.titleLink) <= 300 else ""


def read(cells: Cells) -> FeedRow | None:
    row = FeedRow(
        line=cells.line,
        trprId=cells.line_of("trprId", 50),
        trprDegr=cells.line_of("trprDegr", 8),
        title=_cut(cells.line_of("title", 500), _TITLE),
        subTitle=_cut(cells.line_of("subTitle", 500), _PROVIDER),
        ncsCd=cells.line_of("ncsCd", 20),
        traStartDate=cells.need_day("traStartDate"),
        traEndDate=cells.need_day("traEndDate"),
        trainTarget=_cut(cells.line_of("trainTarget", 500), 300),
        address=_cut(cells.line_of("address", 500), _PLACE),
        yardMan=cells.need_integer("yardMan", 1, 10_000),
        regCourseMan=cells.integer_of("regCourseMan", 0, 100_000) or 0,
        courseMan=cells.money_of("courseMan", 100_000_000) or 0,
        realMan=cells.money_of("realMan", 100_000_000),
        certificate=_cut(cells.line_of("certificate", 500), 90),
        contents=cells.prose_of("contents", 20_000),
        telNo=_cut(cells.line_of("telNo", 200), 120),
        titleLink=cells.line_of("titleLink", 2000),
    )
    cells.in_order("traStartDate", row.traStartDate, "traEndDate", row.traEndDate)
    return row if cells.ok else None


def _cut(text: str, most: int) -> str:
    """Other people's titles are not sent back for being long."""
    return text if len(text) <= most else text[: most - 1] + "…"


def read_feed(data: bytes, filename: str, limits: Limits | None = None) -> Table:
    """XML or JSON as the API gives them; also CSV and XLSX with the same columns. Never raises
    for a bad file. The line of an error is the item's number."""
    return feeds.read_feed(data, filename, limits, _xml_items, _json_items, _table)


def _xml_items(data: bytes) -> list[dict[str, str]]:
    return [
        {child.tag: "".join(child.itertext()).strip() for child in item}
        for item in outermost(xml_root(data), ("scn_list",))
    ]


def _json_items(data: bytes) -> list[Mapping[str, Any]]:
    """`srchList` of the answer, which some versions wrap as a text in `returnJSON`."""
    found = loaded_json(data)
    for _layer in range(_DEPTH):
        if isinstance(found, str):
            found = loaded_json(found.encode())
        elif isinstance(found, dict):
            key = next((key for key in ("returnJSON", "srchList", "rows") if key in found), "")
            found = found.get(key)
        else:
            break
    if not isinstance(found, list) or not all(isinstance(item, dict) for item in found):
        text = "srchList에 과정의 목록이 있어야 합니다"
        raise FileRefusedError("json_shape", text, "srchList must hold a list of courses")
    return found


def _table(items: Sequence[Mapping[str, Any]], limits: Limits) -> Table:
    """Only the columns we know; which others there were is said in a note."""
    names = [column.name for column in COLUMNS]
    builder = TableBuilder("csv", limits.max_rows or MAX_ROWS)
    builder.add(0, names)
    for number, item in enumerate(items, 1):
        if not builder.add(number, [text_of(item.get(name)) for name in names]):
            break
    others = sorted({key for item in items for key in item} - set(names))
    if others:
        shown = ", ".join(others[:12])
        builder.notes.append(
            Note("other_fields", f"쓰지 않는 항목: {shown}", f"fields left out: {shown}")
        )
    return builder.table()


COLUMNS: Final = (
    Column("trprId", ("훈련과정ID",), "훈련과정의 번호", "number of the course", True),
    Column("trprDegr", ("회차",), "회차. 번호와 함께 하나뿐", "round; unique with trprId", True),
    Column("title", ("과정명",), "과정명", "title", True),
    Column("subTitle", ("기관명",), "훈련기관", "who gives it", True),
    Column("ncsCd", ("NCS 코드",), "앞 두 자리만 분야로", "its first two digits become the field"),
    Column("traStartDate", ("시작일",), "첫날", "first day", True),
    Column("traEndDate", ("종료일",), "마지막 날", "last day", True),
    Column("trainTarget", ("훈련대상",), "대상. 재직·원격을 여기서 읽음", "for whom"),
    Column("address", ("주소",), "장소", "place"),
    Column("yardMan", ("정원",), "1~10,000", "places, 1 to 10,000", True),
    Column("regCourseMan", ("수강신청 인원",), "신청한 사람 수", "people who applied"),
    Column("courseMan", ("수강비",), "원", "fee in won"),
    Column("realMan", ("실제 훈련비",), "원. 지원 칸에 적음", "real cost in won"),
    Column("certificate", ("자격증",), "내용 끝에 적음", "goes to the end of the content"),
    Column("contents", ("내용",), "배우는 내용", "what is taught"),
    Column("telNo", ("전화",), "문의처", "whom to ask"),
    Column("titleLink", ("과정 주소",), "work24.go.kr의 https 주소만", "https, work24.go.kr"),
)

HRDNET: Final = Kind(
    name=SOURCE,
    title_ko="HRD-Net 과정 목록",
    title_en="Course list of HRD-Net",
    columns=COLUMNS,
    examples=(
        {
            "trprId": "DEMO20270001",
            "trprDegr": "1",
            "title": "(데모) 클라우드 운영 실무",
            "subTitle": "데모직업훈련원",
            "ncsCd": "20010101",
            "traStartDate": "2027-01-11",
            "traEndDate": "2027-03-26",
            "trainTarget": "국민내일배움카드(일반)",
            "address": "제주 제주시",
            "yardMan": "24",
            "regCourseMan": "3",
            "courseMan": "1,200,000",
            "realMan": "900,000",
            "certificate": "정보처리기능사",
            "contents": "데모용으로 지어낸 과정입니다.",
            "telNo": "064-000-0000",
            "titleLink": "https://hrd.work24.go.kr/demo",
        },
        {
            "trprId": "DEMO20270002",
            "trprDegr": "3",
            "title": "(데모) 재직자 데이터 분석",
            "subTitle": "제주한라대학교",
            "traStartDate": "2027-02-01",
            "traEndDate": "2027-02-12",
            "trainTarget": "재직자 원격훈련",
            "yardMan": "30",
        },
    ),
    unique=(("trprId", "trprDegr"),),
    read=read,
    about_ko="직업훈련 목록 API의 XML이나 JSON을 그대로 받습니다. 신청은 그곳에서 받으며, "
    "목록에 없는 신청 기간은 시작 전날까지로 봅니다.",
    about_en="Takes the XML or JSON of the list API as it is. People apply there; the list tells "
    "no application period, so it is taken to last until the day before the start.",
    opens=read_feed,
)
