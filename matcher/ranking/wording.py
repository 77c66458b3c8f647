"""The sentences behind each reason, in both languages. `{어요/습니다}` = polite / formal ending."""

import math
import re
from typing import NamedTuple

from matcher.korean import with_particle
from matcher.ranking.requirements import Line
from matcher.ranking.types import CERTIFICATION


class Pair(NamedTuple):
    ko: str
    en: str


class Wording(NamedTuple):
    """What a feature is like when it speaks for the pair (`good`) or against it (`poor`), whatever
    a learned score makes of that, and what is said when it changed nothing. `{pct}` is the feature
    in per cent; `name` is for where there is no room for a sentence."""

    good: Pair
    poor: Pair
    nothing: Pair
    name: Pair


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
CALIBRATION = Pair(
    "기업이 고른 예와 닮은 만큼 더했{어요/습니다}.", "Added for being like the examples marked."
)
CALIBRATION_NAME = Pair("고른 예와 닮음", "Like the examples")


def _wording(good: Pair, poor: Pair, ko: str, en: str) -> Wording:
    nothing = Pair(
        f"{with_particle(ko, '은')} 점수를 바꾸지 않았{{어요/습니다}}.", f"{en} changed nothing."
    )
    bare = en.removeprefix("The ")
    return Wording(good, poor, nothing, Pair(ko, bare[:1].upper() + bare[1:]))


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
            "요구한 것의 확인 단계가 가장 높은 단계의 {pct}%{예요/입니다}.",
            "Proof of what is asked reaches {pct}% of the highest level.",
        ),
        Pair(
            "요구한 것의 확인 단계가 가장 높은 단계의 {pct}%뿐{이에요/입니다}.",
            "Proof of what is asked reaches only {pct}% of the highest level.",
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
    "must_missing": _wording(
        Pair(
            "필수 조건 대부분에 조금이라도 인정되는 것이 있{어요/습니다}.",
            "Something that counts is there for most of the requirements.",
        ),
        Pair(
            "필수 조건의 {pct}%는 비슷한 것도 아직 없{어요/습니다}.",
            "For {pct}% of the requirements not even something near is there yet.",
        ),
        "아직 없는 필수 조건",
        "Missing requirements",
    ),
    "must_exact": _wording(
        Pair(
            "필수 조건의 {pct}%를 요구한 그대로 갖췄{어요/습니다}.",
            "{pct}% of the requirements are held just as asked.",
        ),
        Pair(
            "요구한 그대로 갖춘 필수 조건이 {pct}%{예요/입니다}.",
            "Only {pct}% of the requirements are held just as asked.",
        ),
        "요구한 그대로 갖춘 조건",
        "Requirements held just as asked",
    ),
    "level_surplus": _wording(
        Pair("요구한 수준보다 높은 기술이 있{어요/습니다}.", "Skills above the asked level."),
        Pair("요구한 수준을 넘는 기술이 적{어요/습니다}.", "Few skills are above the asked level."),
        "요구를 넘는 수준",
        "Levels above the asked ones",
    ),
    "certificate_verified": _wording(
        Pair(
            "요구한 자격증 가운데 유효하고 확인까지 된 것이 있{어요/습니다}.",
            "Among the certificates asked for are valid and verified ones.",
        ),
        Pair(
            "요구한 자격증 가운데 유효하고 확인까지 된 것이 적{어요/습니다}.",
            "Few of the certificates asked for are both valid and verified.",
        ),
        "자격증 확인",
        "Verified certificates",
    ),
    "mentioned_skill": _wording(
        Pair(
            "공고 글에 나오는 다른 기술도 {pct}% 갖췄{어요/습니다}.",
            "{pct}% of the other skills its text names are held too.",
        ),
        Pair(
            "공고 글에 나오는 다른 기술은 {pct}%만 갖췄{어요/습니다}.",
            "Only {pct}% of the other skills its text names are held.",
        ),
        "공고 글에 나오는 다른 기술",
        "Other skills its text names",
    ),
    "popularity": _wording(
        Pair(
            "본 사람들이 평균보다 많이 관심을 보였{어요/습니다}.",
            "Those who saw it took more interest than average.",
        ),
        Pair(
            "본 사람들이 평균보다 적게 관심을 보였{어요/습니다}.",
            "Those who saw it took less interest than average.",
        ),
        "다른 사람들의 관심",
        "The interest of others",
    ),
    "opening_gain": _wording(
        Pair(
            "마치면 잘 맞는 공고들의 점수가 {올라요/오릅니다}.",
            "Finishing it raises the scores of the best openings.",
        ),
        Pair(
            "마쳐도 잘 맞는 공고들의 점수가 거의 오르지 않{아요/습니다}.",
            "Finishing it hardly raises the scores of the best openings.",
        ),
        "잘 맞는 공고의 점수",
        "The scores of the best openings",
    ),
    "already_known": _wording(
        Pair("새로 배울 것이 많{아요/습니다}.", "There is much new to learn."),
        Pair(
            "가르치는 것의 {pct}%는 이미 그 수준까지 {알아요/압니다}.",
            "{pct}% of what it teaches is already held at that level.",
        ),
        "이미 아는 것",
        "What is known already",
    ),
    "level_fit": _wording(
        Pair(
            "시작하는 수준이 지금 수준과 잘 맞{아요/습니다}.",
            "Its entry level suits the present level.",
        ),
        Pair(
            "시작하는 수준이 지금 수준과 잘 맞지 않{아요/습니다}.",
            "Its entry level does not suit the present level well.",
        ),
        "시작하는 수준",
        "The entry level",
    ),
}


def spoken(text: Pair, *, formal: bool, pct: int = 0) -> Pair:
    """Endings chosen and the percentage filled in."""
    ko = _ENDING.sub(lambda found: found.group(2 if formal else 1), text.ko)
    return Pair(ko.replace("{pct}", str(pct)), text.en.replace("{pct}", str(pct)))


def requirement_text(line: Line, kind: str, name: Pair, via: Pair | None, takes: bool) -> Pair:
    """What one requirement did. `kind` is must, nice or prerequisite; `takes` = it took points, so
    that what is partly there is told by what lacks, and otherwise by what is there."""
    label = Pair(f"{_KINDS[kind].ko} {name.ko}", f"{_KINDS[kind].en} {name.en}")
    if via is not None:
        return _counted(line, label, via, takes)
    if line.key.startswith(CERTIFICATION):
        return _certificate(line, kind, name, takes)
    if line.met == "missing":
        return _missing(label)
    need, held = line.level or 1, line.held_level or 0
    if line.met == "met":
        return Pair(
            f"{label.ko} {held}수준으로 요구 {need}수준을 채웠{{어요/습니다}}.",
            f"{label.en}: level {held} meets the asked level {need}.",
        )
    if not takes:
        return Pair(
            f"{label.ko} {held}수준으로 요구 {need}수준의 {_pct(line)}%를 채웠{{어요/습니다}}.",
            f"{label.en}: level {held} covers {_pct(line)}% of the asked level {need}.",
        )
    short = need - held
    return Pair(
        f"{with_particle(label.ko, '이')} {_STEPS_KO[short]} 단계 모자{{라요/랍니다}}"
        f"(지금 {held}수준, 요구 {need}수준).",
        f"{label.en} is {_STEPS_EN[short]} short (now {held}, asked {need}).",
    )


def requirement_name(line: Line, name: Pair) -> Pair:
    """The same in a few words; a certificate by its short code."""
    if line.key.startswith(CERTIFICATION):
        code = line.key.removeprefix(CERTIFICATION)
        name = Pair(f"{code} 자격증", f"{code} certificate")
    if line.via is not None:
        return Pair(f"{name.ko}(비슷한 것)", f"{name.en} (something near)")
    if line.expired:
        return Pair(f"{name.ko}(기한 지남)", f"{name.en} (expired)")
    if line.met == "missing":
        return Pair(f"{name.ko} 없음", f"{name.en} missing")
    if line.key.startswith(CERTIFICATION):
        return name
    held, need = line.held_level or 0, line.level or 1
    if line.met == "met":
        return Pair(f"{name.ko} {held}수준", f"{name.en} level {held}")
    return Pair(f"{name.ko} {held}/{need}수준", f"{name.en} level {held}/{need}")


def _counted(line: Line, label: Pair, via: Pair, takes: bool) -> Pair:
    amount = _amount(line, takes)
    return Pair(
        f"{with_particle(via.ko, '을')} {label.ko}의 {amount.ko} 인정했{{어요/습니다}}.",
        f"{via.en} counts {amount.en} for {_lower(label.en)}.",
    )


def _certificate(line: Line, kind: str, name: Pair, takes: bool) -> Pair:
    noun = Pair(f"{_KINDS[kind].ko} 자격증 {name.ko}", f"{_KINDS[kind].en} certificate {name.en}")
    if line.expired:
        amount = _amount(line, takes)
        return Pair(
            f"{noun.ko}의 기한이 지나 {amount.ko} 셌{{어요/습니다}}.",
            f"{noun.en} has expired and counts {amount.en}.",
        )
    if line.met == "met":
        return Pair(f"{with_particle(noun.ko, '이')} 있{{어요/습니다}}.", f"{noun.en} is held.")
    return _missing(noun)


def _amount(line: Line, takes: bool) -> Pair:
    share = f"{line.credit:.2g}"
    return Pair(f"{share}만큼만", f"only {share}") if takes else Pair(f"{share}만큼", share)


def _pct(line: Line) -> int:
    return math.floor(line.credit * 100 + 1e-9)


def _missing(label: Pair) -> Pair:
    return Pair(
        f"{with_particle(label.ko, '이')} 아직 없{{어요/습니다}}.", f"{label.en} is missing."
    )


def _lower(text: str) -> str:
    return text[:1].lower() + text[1:]
