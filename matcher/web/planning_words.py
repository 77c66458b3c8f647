"""Words of a desk's planning, in the reader's language."""

from collections.abc import Sequence

from matcher.flows.course_impact import Against, ImpactView, ScenarioLine
from matcher.flows.forecasting import ForecastView
from matcher.flows.skill_market import MarketView
from matcher.i18n import gettext as _
from matcher.planning.impact.terms import APPLYING, Term
from matcher.web.choices import Choices, sector_choices

BARS = 6
PAST = 3


def term_name(key: str) -> str:
    year, month = key.split("-")
    if month == "03":
        return _("%(year)s년 3월–8월") % {"year": year}
    return _("%(year)s년 9월–%(next)s년 2월") % {"year": year, "next": int(year) + 1}


def term_choices(terms: Sequence[Term]) -> Choices:
    return [(each.key, term_name(each.key)) for each in terms]


def why_term(view: ImpactView) -> str:
    """Why the page opened on its term; empty where the reader chose it."""
    if view.asked.term:
        return ""
    words = {"days": APPLYING.days}
    if view.term == view.terms[0]:
        return _("신청 받을 %(days)s일을 빼고도 이번 학기가 절반 넘게 남아 있습니다.") % words
    told = _("신청 받을 %(days)s일을 빼면 이번 학기가 절반도 남지 않아 다음 학기로 열었습니다.")
    return told % words


def against_choices() -> Choices:
    return [
        (Against.TODAY, _("지금 열린 공고가 그때도 같다고 보고")),
        (Against.DATED, _("과정이 끝난 뒤 일이 시작되는 공고만")),
    ]


def size_choices() -> Choices:
    return [
        ("1", _("과정 하나씩")),
        ("2", _("가장 좋은 두 과정 묶음도")),
        ("3", _("가장 좋은 세 과정 묶음도")),
    ]


def year_choices(years: Sequence[int]) -> Choices:
    words = _("%(year)s년 3월–%(next)s년 2월")
    return [(str(each), words % {"year": each, "next": each + 1}) for each in years]


def figure_words() -> dict[str, str]:
    return {
        "people": _("참여한 사람"),
        "completions": _("이수 건수"),
        "certificates": _("취득한 자격"),
        "placements": _("취업과 창업"),
    }


def bars(view: ImpactView) -> list[dict[str, object]]:
    """Of the courses that gain most; the popular count stands beside each."""
    return [
        {
            "label": line.title,
            "value": line.gained,
            "note": _("자격 %(n)s명") % {"n": line.eligible},
        }
        for line in view.lines[:BARS]
        if line.gained
    ]


def compared(found: Sequence[ScenarioLine]) -> list[tuple[str, list[int | None]]]:
    """(course, people gained in each scenario), the courses of the first first."""
    titles = dict.fromkeys(title for each in found for title, _gained, _eligible in each.rows)
    by_title = [{title: gained for title, gained, _eligible in each.rows} for each in found]
    return [(title, [rows.get(title) for rows in by_title]) for title in titles]


def quarter_name(key: str) -> str:
    year, number = key.split("-")
    return _("%(year)s년 %(n)s분기") % {"year": year, "n": number}


def heat_rows(view: MarketView) -> list[dict[str, object]]:
    sectors = dict(sector_choices())
    return [
        {
            "label": f"{line.skill} · {sectors.get(line.sector, line.sector)}",
            "values": list(line.balance),
        }
        for line in view.lines
    ]


def past_bars(view: ForecastView) -> list[dict[str, object]]:
    """The last three: on a phone more would not be read. A hidden count has no column."""
    some = view.past[-PAST:]
    return [
        {"label": _short(each.key), "value": each.hired.n, "few": _("5명 미만")} for each in some
    ]


def ahead_bars(view: ForecastView) -> list[dict[str, object]]:
    fan = view.total
    rows = zip(view.quarters, fan.low, fan.middle, fan.high, strict=True)
    return [
        {"label": _short(key), "low": low, "middle": middle, "high": high}
        for key, low, middle, high in rows
    ]


def _short(key: str) -> str:
    year, number = key.split("-")
    return f"{year[2:]}.{number}Q"
