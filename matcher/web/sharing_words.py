"""Words about what is shared, for the person who shares it."""

import re
from collections.abc import Mapping
from typing import Any, Final

from matcher.flows.facts import DAYS, Fact, FactKind
from matcher.i18n import gettext as _
from matcher.i18n import ngettext

SAID: Final = re.compile(
    r"aws_(?P<level>[a-z]{1,20})_active"
    r"|rise_courses_(?:(?P<sector>space|energy|bio|mobility)_)?at_least_(?P<least>[0-9]{1,3})"
)
LEVEL: Final = re.compile(r"aws_[a-z]{1,20}_verification")


def part_choices() -> list[tuple[str, str, str]]:
    """(value, name, what a reader sees, with an example)"""
    return [
        ("name", _("이름"), _("계정에 적은 이름이에요. 예: 고하늘")),
        ("contact", _("연락처"), _("로그인할 때 쓰는 이메일이에요. 예: haneul@example.kr")),
        (
            "certificates",
            _("자격"),
            _("합격한 자격과 날짜, 누가 확인했는지예요. 예: SAA, 2028년까지, 대학이 확인"),
        ),
        (
            "skills",
            _("기술과 수준"),
            _("수준과 누가 확인했는지예요. 예: 파이썬 3수준, 스스로 적음"),
        ),
        (
            "courses",
            _("수료한 과정"),
            _("과정 이름과 연 곳, 시간, 수료증 번호예요. 연 대학의 이름이 보여요."),
        ),
        (
            "projects",
            _("함께한 프로젝트"),
            _("제목과 쓴 기술, 발표한 날과 주소예요. 팀의 글과 다른 사람은 보이지 않아요."),
        ),
    ]


def part_names() -> dict[str, str]:
    return {value: name for value, name, _example in part_choices()}


def fact_words(fact: Fact) -> str:
    """A fact as a reader understands it."""
    if fact.kind is FactKind.CERTIFICATE:
        return _("유효한 AWS %(level)s 등급 자격이 있음") % {"level": fact.of}
    if fact.of:
        words = ngettext(
            "%(sector)s 분야의 RISE 과정을 %(num)d개 이상 마침",
            "%(sector)s 분야의 RISE 과정을 %(num)d개 이상 마침",
            fact.least,
        )
        return words % {"sector": sector_names().get(fact.of, fact.of), "num": fact.least}
    words = ngettext(
        "RISE 과정을 %(num)d개 이상 마침", "RISE 과정을 %(num)d개 이상 마침", fact.least
    )
    return words % {"num": fact.least}


def shown_words(shown: Mapping[str, Any]) -> list[tuple[str, int]]:
    """(words, verification 1 to 4 or 0) of facts that came in a proof; one we do not know is shown
    by its own name."""
    told: list[tuple[str, int]] = []
    for name, value in shown.items():
        found = SAID.fullmatch(name)
        if found and value is True:
            stage = shown.get(f"aws_{found['level']}_verification", 0) if found["level"] else 0
            told.append((_said(found), stage if stage in (1, 2, 3, 4) else 0))
        elif not LEVEL.fullmatch(name):
            told.append((f"{name}: {value}"[:200], 0))
    return told


def _said(found: re.Match[str]) -> str:
    if found["level"]:
        return fact_words(Fact("", FactKind.CERTIFICATE, found["level"].capitalize()))
    return fact_words(Fact("", FactKind.COURSES, found["sector"] or "", int(found["least"])))


def sector_names() -> dict[str, str]:
    return {
        "space": _("우주"),
        "energy": _("에너지"),
        "bio": _("바이오"),
        "mobility": _("모빌리티"),
    }


def day_choices() -> list[tuple[str, str]]:
    return [(str(days), _("하루") if days == 1 else _("%(n)s일") % {"n": days}) for days in DAYS]


def verdict_words() -> dict[str, str]:
    """For whoever checks a proof."""
    return {
        "verified": _("진짜입니다. 오름이나 오름이 믿는 곳이 서명했습니다."),
        "authentic_unknown_issuer": _("서명은 맞지만 누가 서명했는지 모르는 곳입니다."),
        "expired": _("기간이 끝난 증명입니다. 본인에게 새 증명을 부탁해 주십시오."),
        "unverifiable": _("서명한 곳의 열쇠가 없어서 확인할 수 없습니다."),
        "invalid": _("증명이 아니거나 바뀐 증명입니다."),
    }
