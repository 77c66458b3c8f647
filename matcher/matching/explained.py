"""A ranked pair in the reader's words: the checklist line by line, the score reason by reason."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from decimal import Decimal

from sqlmodel import Session

from matcher.catalogue.skills import load_taxonomy
from matcher.i18n import current_language, format_date, josa
from matcher.i18n import gettext as _
from matcher.matching.context import names_for
from matcher.ranking.display import display_rows, half_points
from matcher.ranking.explain import (
    Names,
    Reason,
    base_reason,
    headline,
    name_of,
    reasons,
    round_reason,
)
from matcher.ranking.recommend import CLIP, RankedItem
from matcher.ranking.requirements import Checklist, Line
from matcher.ranking.types import CERTIFICATION, LICENCE, SKILL, Seeker
from matcher.store import youths
from models.certification import AttemptState


@dataclass(frozen=True)
class RequirementView:
    """`is_must` None for an exclusion; `need`, `mine` 0-5 for skills; `stage` 1-4 of the proof."""

    key: str
    name: str
    kind: str
    state: str
    is_must: bool | None
    say: str
    need: int | None
    mine: int | None
    stage: int | None


@dataclass(frozen=True)
class ReasonRow:
    """`value` in points with two decimals; `kind` base, round or empty."""

    label: str
    value: Decimal
    kind: str = ""


@dataclass(frozen=True)
class ReasonsView:
    """The rows add up to `total` exactly; `quiet` of them changed nothing and are left out."""

    rows: tuple[ReasonRow, ...]
    total: Decimal
    exact: Decimal
    quiet: int


def words(session: Session, checklists: Sequence[Checklist]) -> Names:
    """Names of everything these checklists speak of."""
    keys = {line.key for each in checklists for line in each.lines}
    keys |= {line.via for each in checklists for line in each.lines if line.via}
    return names_for(session, keys)


def spoken(key: str, names: Names) -> str:
    pair = name_of(key, names)
    return pair.ko if current_language() == "ko" else pair.en


def short_name(key: str, names: Names) -> str:
    """A certificate by its short code, anything else by its name."""
    return key.removeprefix(CERTIFICATION) if key.startswith(CERTIFICATION) else spoken(key, names)


def said(reason: Reason) -> str:
    return reason.text_ko if current_language() == "ko" else reason.text_en


def reasons_view(item: RankedItem, names: Names) -> ReasonsView:
    """Base first, then what adds, then what takes away, rounding last."""
    found = reasons(item, names)
    parts = [(str(index), each.contribution) for index, each in enumerate(found)]
    shown = display_rows(item.base, parts, item.score)
    middle = [
        ReasonRow(said(each), row.value)
        for each, row in zip(found, shown.rows[1:-1], strict=True)
        if row.value != 0
    ]
    middle.sort(key=lambda row: (row.value < 0, -abs(row.value)))
    difference = half_points(item.score) - item.score
    rows = (
        ReasonRow(said(base_reason(item)), shown.rows[0].value, "base"),
        *middle,
        ReasonRow(said(round_reason(difference)), shown.rows[-1].value, "round"),
    )
    exact = shown.total - shown.rows[-1].value
    return ReasonsView(rows, shown.total, exact, len(found) - len(middle))


def one_reason(item: RankedItem, names: Names) -> str:
    """The strongest for and, if there is one, the strongest against, about single requirements."""
    about = [each for each in reasons(item, names) if each.key is not None and each.code != CLIP]
    good, bad = headline(about or reasons(item, names), 1, 1)
    return " ".join(said(each) for each in (*good, *bad))


def requirement_views(
    session: Session, seeker: Seeker, checklist: Checklist, names: Names, today: date
) -> tuple[RequirementView, ...]:
    """Licences and musts first, then nices, then exclusions."""
    booked = _booked(session, seeker.id, today)
    place = {"licence": 0, "must": 1, "nice": 2, "exclude": 3}
    lines = sorted(checklist.lines, key=lambda line: (place[line.kind], line.met == "met"))
    return tuple(_requirement(line, seeker, names, booked) for line in lines)


def _booked(session: Session, youth_id: int, today: date) -> Mapping[str, date]:
    """Certificate -> the exam day ahead."""
    return {
        row.certification: row.exam_on
        for row in youths.certification_records(session, youth_id)
        if row.state is AttemptState.SCHEDULED and row.exam_on and row.exam_on >= today
    }


def _requirement(
    line: Line, seeker: Seeker, names: Names, booked: Mapping[str, date]
) -> RequirementView:
    is_skill = line.key.startswith(SKILL)
    kinds = {"licence": True, "must": True, "nice": False, "exclude": None}
    met = line.met
    if line.kind == "exclude":
        met = "met" if line.met == "missing" else "missing"
    return RequirementView(
        key=line.key,
        name=spoken(line.key, names),
        kind=line.kind,
        state=met,
        is_must=kinds[line.kind],
        say=_say(line, names, booked),
        need=(line.level or 1) if is_skill else None,
        mine=(line.held_level or 0) if is_skill else None,
        stage=_stage(line, seeker),
    )


def _stage(line: Line, seeker: Seeker) -> int | None:
    slug = line.key.split(":", 1)[1]
    if line.key.startswith(SKILL) and slug in seeker.skills:
        return round(seeker.skills[slug].verified * 3) + 1
    if line.key.startswith(CERTIFICATION) and slug in seeker.certifications:
        return seeker.certifications[slug].verification
    return None


def _say(line: Line, names: Names, booked: Mapping[str, date]) -> str:
    if line.kind == "exclude":
        return _say_exclusion(line)
    if line.via is not None:
        share = f"{line.credit:.2g}"
        via = spoken(line.via, names)
        return _("%(via)s 비슷한 것으로 보아 %(share)s만큼 인정해요.") % {
            "via": josa(via, "을/를"),
            "share": share,
        }
    if line.key.startswith(SKILL):
        return _say_skill(line)
    if line.met == "met":
        return _("가지고 있어요.")
    if line.expired:
        return _("기한이 지나서 0.3만큼만 세요.")
    day = booked.get(line.key.removeprefix(CERTIFICATION))
    if day is not None:
        said_day = format_date(day, "long")
        return _("시험을 %(day)s에 잡았어요. 아직 자격은 없어요.") % {"day": said_day}
    if line.key.startswith(LICENCE):
        return _("법에서 정한 면허라서 꼭 있어야 해요.")
    return _("아직 없어요.")


def _say_exclusion(line: Line) -> str:
    if line.met == "missing":
        return _("이 공고가 받지 않는 조건이에요. 나와는 상관없어요.")
    return _("이 공고가 받지 않는 조건이에요.")


def _say_skill(line: Line) -> str:
    need, held = line.level or 1, line.held_level or 0
    if held == 0:
        return _("아직 적은 수준이 없어요.")
    if held < need:
        return _short(need - held)
    slug = line.key.removeprefix(SKILL)
    skill = load_taxonomy().get(slug)
    text = skill.level_text(held, current_language()) if skill is not None else ""
    over = _over(held - need) if held > need else ""
    return " ".join(part for part in (text, over) if part)


def _short(steps: int) -> str:
    words = (
        _("한 단계가 모자라요."),
        _("두 단계가 모자라요."),
        _("세 단계가 모자라요."),
        _("네 단계가 모자라요."),
    )
    return words[steps - 1]


def _over(steps: int) -> str:
    words = (
        _("요구보다 한 단계 높아요."),
        _("요구보다 두 단계 높아요."),
        _("요구보다 세 단계 높아요."),
        _("요구보다 네 단계 높아요."),
    )
    return words[steps - 1]
