"""The sentences behind each reason, in both languages. `{어요/습니다}` = polite / formal ending."""

import re
from typing import NamedTuple

from matcher.korean import with_particle
from matcher.ranking.requirements import Line
from matcher.ranking.types import CERTIFICATION


class Pair(NamedTuple):
    ko: str
    en: str


class Wording(NamedTuple):
    """For a feature that adds, takes, or changes nothing. `{pct}` is the feature in per cent."""

    adds: Pair
    takes: Pair
    nothing: Pair


_ENDING = re.compile(r"\{([^{}/]+)/([^{}/]+)\}")
_STEPS_KO = {1: "한", 2: "두", 3: "세", 4: "네"}
_STEPS_EN = {1: "one level", 2: "two levels", 3: "three levels", 4: "four levels"}
_KINDS = {
    "must": Pair("필수", "Required"),
    "nice": Pair("우대", "Nice-to-have"),
    "prerequisite": Pair("먼저 알아야 하는", "Prerequisite"),
}

BASE = Pair("모두에게 같은 출발점{이에요/입니다}.", "The starting point, the same for everyone.")
CLIP = Pair(
    "점수가 0점과 5점 사이에 들도록 맞췄{어요/습니다}.", "Kept within the scale from 0 to 5."
)
ROUND = Pair("반 점 단위로 맞췄{어요/습니다}.", "Rounded to half points.")


def _wording(adds: Pair, takes: Pair, ko: str, en: str) -> Wording:
    nothing = Pair(
        f"{with_particle(ko, '은')} 점수를 바꾸지 않았{{어요/습니다}}.", f"{en} changed nothing."
    )
    return Wording(adds, takes, nothing)


FEATURES: dict[str, Wording] = {
    "must_skill": _wording(
        Pair("필수 기술을 {pct}% 갖췄{어요/습니다}.", "{pct}% of the required skills are there."),
        Pair(
            "필수 기술을 {pct}%만 갖췄{어요/습니다}.",
            "Only {pct}% of the required skills are there.",
        ),
        "필수 기술",
        "Required skills",
    ),
    "nice_skill": _wording(
        Pair("우대 기술을 {pct}% 갖췄{어요/습니다}.", "{pct}% of the nice-to-haves are there."),
        Pair(
            "우대 기술을 {pct}%만 갖췄{어요/습니다}.",
            "Only {pct}% of the nice-to-haves are there.",
        ),
        "우대 기술",
        "Nice-to-have skills",
    ),
    "certificate": _wording(
        Pair("요구한 자격증을 {pct}% 갖췄{어요/습니다}.", "{pct}% of the certificates asked for."),
        Pair("요구한 자격증이 모자{라요/랍니다}.", "Certificates asked for are missing."),
        "자격증",
        "Certificates",
    ),
    "proof": _wording(
        Pair(
            "요구한 것의 {pct}%를 확인받았{어요/습니다}.",
            "{pct}% of what is asked is verified.",
        ),
        Pair(
            "요구한 것 가운데 확인받은 몫이 {pct}%{예요/입니다}.",
            "Only {pct}% of what is asked is verified.",
        ),
        "확인 단계",
        "Verification",
    ),
    "sector_wish": _wording(
        Pair("바라는 산업{이에요/입니다}.", "A wished-for sector."),
        Pair("바라는 산업과 {멀어요/멉니다}.", "Not a wished-for sector."),
        "바라는 산업",
        "The sector wish",
    ),
    "region_wish": _wording(
        Pair("바라는 지역{이에요/입니다}.", "A wished-for region."),
        Pair("바라는 지역과 {멀어요/멉니다}.", "Not a wished-for region."),
        "바라는 지역",
        "The region wish",
    ),
    "employment_wish": _wording(
        Pair("바라는 고용 형태{예요/입니다}.", "A wished-for kind of employment."),
        Pair("바라는 고용 형태와 {달라요/다릅니다}.", "Not a wished-for kind of employment."),
        "바라는 고용 형태",
        "The employment wish",
    ),
    "text": _wording(
        Pair("자기소개와 겹치는 낱말이 많{아요/습니다}.", "Many words shared with the profile."),
        Pair("자기소개와 겹치는 낱말이 적{어요/습니다}.", "Few words shared with the profile."),
        "자기소개의 낱말",
        "The profile text",
    ),
    "recency": _wording(
        Pair("올라온 지 얼마 안 된 공고{예요/입니다}.", "Posted recently."),
        Pair("올라온 지 오래된 공고{예요/입니다}.", "Posted a while ago."),
        "올라온 날",
        "The posting date",
    ),
    "schedule": _wording(
        Pair("일정이 {pct}% 맞{아요/습니다}.", "Dates and hours fit {pct}%."),
        Pair("일정이 {pct}%만 맞{아요/습니다}.", "Dates and hours fit only {pct}%."),
        "일정",
        "Dates and hours",
    ),
    "gap_closed": _wording(
        Pair(
            "목표 공고까지의 빈틈을 많이 {메워요/메웁니다}.",
            "Closes much of the gap to the target openings.",
        ),
        Pair(
            "목표 공고까지의 빈틈을 거의 메우지 못{해요/합니다}.",
            "Closes little of the gap to the target openings.",
        ),
        "목표까지의 빈틈",
        "The gap to the targets",
    ),
    "certificate_help": _wording(
        Pair(
            "목표 공고가 요구하는 자격증을 준비{해요/합니다}.",
            "Prepares for a certificate the targets ask for.",
        ),
        Pair(
            "목표 공고의 자격증과는 이어지지 않{아요/습니다}.",
            "Does not prepare for the targets' certificates.",
        ),
        "자격증 준비",
        "Certificate preparation",
    ),
    "prerequisites": _wording(
        Pair(
            "먼저 알아야 하는 것을 {pct}% 갖췄{어요/습니다}.", "{pct}% of the prerequisites held."
        ),
        Pair(
            "먼저 알아야 하는 것을 {pct}%만 갖췄{어요/습니다}.",
            "Only {pct}% of the prerequisites held.",
        ),
        "먼저 알아야 하는 것",
        "Prerequisites",
    ),
    "fee": _wording(
        Pair("수강료의 {pct}%를 감당할 수 있{어요/습니다}.", "{pct}% of the fee is covered."),
        Pair(
            "예산으로 수강료의 {pct}%만 낼 수 있{어요/습니다}.",
            "Only {pct}% of the fee fits.",
        ),
        "수강료",
        "The fee",
    ),
    "seats": _wording(
        Pair("자리가 남아 있{어요/습니다}.", "Seats are left."),
        Pair("남은 자리가 거의 없{어요/습니다}.", "Hardly any seats are left."),
        "남은 자리",
        "Seats left",
    ),
    "starts_soon": _wording(
        Pair("곧 시작{해요/합니다}.", "Starts soon."),
        Pair("시작까지 시간이 많이 남았{어요/습니다}.", "Starts a while from now."),
        "시작일",
        "The start date",
    ),
}


def spoken(text: Pair, *, formal: bool, pct: int = 0) -> Pair:
    """Endings chosen and the percentage filled in."""
    ko = _ENDING.sub(lambda found: found.group(2 if formal else 1), text.ko)
    return Pair(ko.replace("{pct}", str(pct)), text.en.replace("{pct}", str(pct)))


def requirement_text(line: Line, kind: str, name: Pair, via: Pair | None) -> Pair:
    """What one requirement did. `kind` is must, nice or prerequisite."""
    label = Pair(f"{_KINDS[kind].ko} {name.ko}", f"{_KINDS[kind].en} {name.en}")
    if via is not None:
        return _counted(line, label, via)
    if line.key.startswith(CERTIFICATION):
        return _certificate(line, kind, name, label)
    if line.met == "missing":
        return _missing(label)
    need, held = line.level or 1, line.held_level or 0
    if line.met == "met":
        return Pair(
            f"{label.ko} {held}수준으로 요구 {need}수준을 채웠{{어요/습니다}}.",
            f"{label.en}: level {held} meets the asked level {need}.",
        )
    short = need - held
    return Pair(
        f"{with_particle(label.ko, '이')} {_STEPS_KO[short]} 단계 모자{{라요/랍니다}}"
        f"(지금 {held}수준, 요구 {need}수준).",
        f"{label.en} is {_STEPS_EN[short]} short (now {held}, asked {need}).",
    )


def _counted(line: Line, label: Pair, via: Pair) -> Pair:
    return Pair(
        f"{with_particle(via.ko, '을')} {label.ko}의 {line.credit:.2g}만큼 인정했{{어요/습니다}}.",
        f"{via.en} counts {line.credit:.2g} for {_lower(label.en)}.",
    )


def _certificate(line: Line, kind: str, name: Pair, label: Pair) -> Pair:
    noun = Pair(f"{_KINDS[kind].ko} 자격증 {name.ko}", f"{_KINDS[kind].en} certificate {name.en}")
    if line.expired:
        return Pair(
            f"{noun.ko}의 기한이 지나 {line.credit:.2g}만큼 셌{{어요/습니다}}.",
            f"{noun.en} has expired and counts {line.credit:.2g}.",
        )
    if line.met == "met":
        return Pair(f"{with_particle(noun.ko, '이')} 있{{어요/습니다}}.", f"{noun.en} is held.")
    return _missing(noun)


def _missing(label: Pair) -> Pair:
    return Pair(
        f"{with_particle(label.ko, '이')} 아직 없{{어요/습니다}}.", f"{label.en} is missing."
    )


def _lower(text: str) -> str:
    return text[:1].lower() + text[1:]
