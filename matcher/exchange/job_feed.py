"""The public job feed (고용24 채용정보): its list and its details as XML or JSON, read as openings
and written in the same field names.

The fields come from public copies of the interface, not from its own documents. What the feed
knows and an opening does not is never thrown away in silence: the preview names it with its first
value. Pay is a year's in won, so pay by the hour is turned only where the hours are told.
"""

import re
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from typing import Any, Final

from .cells import Cells
from .columns import Kind
from .job_feed_columns import COLUMNS
from .job_feed_files import read_feed
from .job_feed_values import (
    CODES,
    EMPLOYMENT_NAMES,
    REGION_NAMES,
    REGIONS,
    day_in,
    employment_in,
    headcount_in,
    region_in,
    yearly_pay,
)
from .openings import OpeningRow
from .requirements import Requirement, UnmappedRequirement, read_requirements
from .values import fold
from .words import SECTORS

SOURCE: Final = "job_feed"


@dataclass(frozen=True)
class FeedRow:
    """One posting (구인), fields named as the feed names them."""

    line: int
    wantedAuthNo: str
    company: str
    busino: str
    indTpNm: str
    title: str
    salTpCd: str
    salTpNm: str
    sal: str
    minSal: str
    maxSal: str
    region: str
    regionCd: str
    regDt: date
    closeDt: date
    empTpCd: str
    empTpNm: str
    collectPsncnt: int
    jobsNm: str
    jobCont: str
    certificate: str
    compAbl: str
    pfCond: str
    workdayWorkhrCont: str
    employment: str
    place: str
    requirements: tuple[Requirement, ...]
    unmapped: tuple[UnmappedRequirement, ...]
    words: tuple[str, ...]
    """What the feed asks for in words that are none of our skills."""

    def opening(self) -> OpeningRow:
        least, most, told = yearly_pay(self)
        return OpeningRow(
            line=self.line,
            external_id=self.wantedAuthNo,
            organisation=self.company,
            title_ko=self.title,
            title_en="",
            sector=SECTORS.get(fold(self.indTpNm), ""),
            role="",
            description=self._description(told),
            employment_type=self.employment,
            region=self.place,
            headcount=self.collectPsncnt,
            pay_min_krw=least,
            pay_max_krw=most,
            opens_on=self.regDt,
            closes_on=self.closeDt,
            starts_on=None,
            answer_days=None,
            requirements=self.requirements,
            unmapped=self.unmapped,
            tells_start=False,
        )

    def _description(self, pay: str) -> str:
        """The work, and what has no column of its own but must not be lost."""
        more = [f"임금: {pay}"] if pay else []
        more += [f"우대: {word}" for word in self.words]
        return "\n".join([self.jobCont or self.jobsNm or self.title, *more])[:4000]


def read(cells: Cells) -> FeedRow | None:
    requirements, unmapped, words = _asked(cells)
    title = cells.line_of("title", 300)
    row = FeedRow(
        line=cells.line,
        requirements=requirements,
        unmapped=unmapped,
        words=words,
        wantedAuthNo=cells.line_of("wantedAuthNo", 60),
        company=cells.line_of("company", 120),
        title=title if len(title) <= 120 else title[:119] + "…",
        regDt=day_in(cells, "regDt"),
        closeDt=day_in(cells, "closeDt"),
        collectPsncnt=headcount_in(cells),
        jobCont=cells.prose_of("jobCont", 20_000),
        employment=employment_in(cells),
        place=region_in(cells),
        **{name: cells.line_of(name, 2000) for name in _PLAIN},
    )
    cells.in_order("regDt", row.regDt, "closeDt", row.closeDt)
    return row if cells.ok else None


_PLAIN: Final = (
    "busino", "indTpNm", "salTpCd", "salTpNm", "sal", "minSal", "maxSal", "region", "regionCd",
    "empTpCd", "empTpNm", "jobsNm", "certificate", "compAbl", "pfCond", "workdayWorkhrCont",
)  # fmt: skip


def _asked(
    cells: Cells,
) -> tuple[tuple[Requirement, ...], tuple[UnmappedRequirement, ...], tuple[str, ...]]:
    """Requirements in our own writing (as `write_row` puts them), else what names one of our
    certificates and licences; everything else stays in words."""
    own = str(cells.values.get("pfCond") or "")
    if own.startswith(("must ", "nice ", "licence ", "exclude ")):
        return *read_requirements(cells, "pfCond"), ()
    found: dict[tuple[str, str], Requirement] = {}
    words: list[str] = []
    for column in ("certificate", "compAbl", "pfCond"):
        for word in re.split(r"[,;/\n]", str(cells.values.get(column) or "")):
            made = _named(cells, column, word.strip()) if word.strip() else None
            if made is not None:
                found.setdefault((made.target, made.ref), made)
            elif word.strip():
                words.append(word.strip()[:200])
    return tuple(found.values()), (), tuple(words)


def _named(cells: Cells, column: str, word: str) -> Requirement | None:
    licence = cells.lookups.licence(word)
    if licence is not None:
        return Requirement("licence", "licence", licence, None)
    certification = cells.lookups.certifications.get(word.upper())
    mode: Any = "must" if column == "certificate" else "nice"
    if certification is not None:
        return Requirement(mode, "certification", certification, None)
    skill = cells.lookups.skill(word)
    return None if skill is None else Requirement(mode, "skill", skill, 1)


def write_row(cells: Mapping[str, Any], company: str, busino: str) -> dict[str, str]:
    """An opening (cells of the kind `openings`) in the feed's names."""
    pay = {name: cells.get(f"pay_{name}_krw") for name in ("min", "max")}
    found = {
        "wantedAuthNo": cells["external_id"],
        "company": company,
        "busino": busino,
        "indTpNm": SECTORS.ko(str(cells["sector"])) if cells["sector"] else "",
        "title": cells["title_ko"],
        "salTpCd": "Y" if pay["min"] or pay["max"] else "",
        "salTpNm": "연봉" if pay["min"] or pay["max"] else "",
        "minSal": pay["min"],
        "maxSal": pay["max"],
        "region": REGION_NAMES.get(str(cells["region"]), ""),
        "regionCd": next((code for code, slug in REGIONS.items() if slug == cells["region"]), ""),
        "regDt": cells["opens_on"],
        "closeDt": cells["closes_on"],
        "empTpCd": CODES.get(str(cells["employment_type"]), ""),
        "empTpNm": EMPLOYMENT_NAMES.get(str(cells["employment_type"]), ""),
        "collectPsncnt": cells["headcount"],
        "jobCont": cells["description"],
        "pfCond": cells["requirements"],
    }
    return {name: "" if value is None else str(value) for name, value in found.items()}


JOB_FEED: Final = Kind(
    name=SOURCE,
    title_ko="고용24 공고 형식",
    title_en="Job feed of Work24",
    columns=COLUMNS,
    examples=(
        {
            "wantedAuthNo": "K000000000001",
            "company": "demo-partner",
            "indTpNm": "우주",
            "title": "(데모) 위성 자료 처리 개발자",
            "salTpCd": "Y",
            "salTpNm": "연봉",
            "minSal": "32000000",
            "maxSal": "40000000",
            "region": "제주 제주시",
            "regionCd": "50110",
            "regDt": "2026-11-01",
            "closeDt": "2027-09-30",
            "empTpCd": "10",
            "collectPsncnt": "2",
            "jobCont": "데모용으로 지어낸 공고입니다.",
            "certificate": "SAA",
        },
        {
            "wantedAuthNo": "K000000000002",
            "company": "demo-partner",
            "indTpNm": "에너지",
            "title": "(데모) 설비 자료 보조",
            "salTpCd": "H",
            "salTpNm": "시급",
            "minSal": "11000",
            "region": "제주 서귀포시",
            "regDt": "26-11-01",
            "closeDt": "채용시까지 27-09-15",
            "empTpCd": "11",
            "workdayWorkhrCont": "주 20시간",
            "jobCont": "데모용으로 지어낸 공고입니다.",
        },
    ),
    unique=(("wantedAuthNo",),),
    read=read,
    about_ko="공개 공고 API의 목록이나 상세를 XML이나 JSON 그대로 받습니다. 시급은 주당 근무시간이 "
    "적혀 있을 때만 한 해 급여로 바꾸고, 바꾸지 못한 급여와 모르는 우대 조건은 하는 일 끝에 "
    "글로 남깁니다. 쓰지 않는 항목은 확인 화면에 값과 함께 보입니다.",
    about_en="Takes the list or the details of the public job API as XML or JSON. Hourly pay "
    "becomes a year's only where the hours a week are told; other pay and unknown wishes stay as "
    "words at the end of the work. Fields that are not used are shown with a value before anything "
    "is stored.",
    opens=read_feed,
)
