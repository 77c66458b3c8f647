"""What an opening asks for, line by line, in sentences to the person it is about."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from types import MappingProxyType
from typing import Final

from sqlmodel import Session

from matcher.catalogue.skills import load_taxonomy
from matcher.i18n import current_language, format_date, josa
from matcher.i18n import gettext as _
from matcher.matching.certified import backing
from matcher.matching.reasons import spoken
from matcher.ranking.explain import Names
from matcher.ranking.requirements import Checklist, Line
from matcher.ranking.types import CERTIFICATION, LICENCE, SKILL, RequirementKind, Seeker
from matcher.store import youths
from models.certification import AttemptState

KIND_ORDER: Final[Mapping[RequirementKind, int]] = {
    "licence": 0, "must": 1, "nice": 2, "exclude": 3,
}  # fmt: skip

UNTOLD: Final[Mapping[str, int]] = MappingProxyType({})
"""Nothing is known of how licences are proved."""


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


def requirement_views(
    session: Session, seeker: Seeker, checklist: Checklist, names: Names, today: date
) -> tuple[RequirementView, ...]:
    """Licences and musts first, then nices, then exclusions."""
    booked = _booked(session, seeker.id, today)
    licences = licence_stages(session, seeker.id)
    lines = sorted(checklist.lines, key=lambda line: (KIND_ORDER[line.kind], line.met == "met"))
    return tuple(_requirement(line, seeker, names, booked, licences, today) for line in lines)


def proof_stage(key: str, seeker: Seeker, licences: Mapping[str, int] = UNTOLD) -> int | None:
    """Verification 1..4 of what the person holds under this key; None when nothing is held.
    `licences`: the person's with their verification, which no ranking looks at."""
    if key.startswith(LICENCE):
        return licences.get(key.removeprefix(LICENCE))
    if key.startswith(CERTIFICATION):
        proof = seeker.certifications.get(key.removeprefix(CERTIFICATION))
        return None if proof is None else proof.verification
    skill = seeker.skills.get(key.removeprefix(SKILL))
    return None if skill is None else 1 + round(skill.verified * 3)


def licence_stages(session: Session, youth_id: int) -> Mapping[str, int]:
    """Licence -> verification 1..4. The caller has checked that the actor may read the person."""
    found: dict[str, int] = {}
    for row in youths.licences(session, youth_id):
        found[row.licence] = max(row.verification, found.get(row.licence, 0))
    return found


def _booked(session: Session, youth_id: int, today: date) -> Mapping[str, date]:
    """Certificate -> the exam day ahead."""
    return {
        row.certification: row.exam_on
        for row in youths.certification_records(session, youth_id)
        if row.state is AttemptState.SCHEDULED and row.exam_on and row.exam_on >= today
    }


def _requirement(
    line: Line,
    seeker: Seeker,
    names: Names,
    booked: Mapping[str, date],
    licences: Mapping[str, int],
    today: date,
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
        say=_with_backing(_say(line, names, booked), line, seeker, today),
        need=(line.level or 1) if is_skill else None,
        mine=(line.held_level or 0) if is_skill else None,
        stage=proof_stage(line.key, seeker, licences),
    )


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


def _with_backing(said: str, line: Line, seeker: Seeker, today: date) -> str:
    found = backing(seeker, line.key.removeprefix(SKILL), line.held_level, today)
    if found is None or line.via is not None:
        return said
    if found.until is None:
        words = _("%(name)s 자격이 뒷받침해요.") % {"name": found.certification}
    else:
        until = format_date(found.until, "long")
        words = _("%(name)s 자격이 %(day)s까지 뒷받침해요.")
        words = words % {"name": found.certification, "day": until}
    return f"{said} {words}"


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
