"""Words about trained models that public cards, the admin's desk and the command line share.

Noun phrases, so that they fit polite and formal pages alike.
"""

from collections.abc import Mapping, Sequence
from typing import Any

from matcher.i18n import gettext as _
from matcher.ranking.report import CANDIDATE


def state_words() -> dict[str, str]:
    return {
        "candidate": _("후보 모델"),
        "serving": _("쓰고 있음"),
        "retired": _("물러남"),
        "refused": _("거절됨"),
    }


def verdict_words() -> dict[str, str]:
    return {"green": _("초록"), "amber": _("노랑"), "red": _("빨강")}


def side_words() -> dict[str, str]:
    return {
        "youth": _("청년에게 보인 공고"),
        "partner": _("기업에 보인 후보"),
        "course": _("청년에게 보인 과정"),
    }


def group_words() -> dict[str, str]:
    return {
        "university": _("대학"),
        "sex": _("성별"),
        "age_band": _("나이대"),
        "disability": _("장애"),
        "insufficient": _("자료가 모자람"),
        **verdict_words(),
    }


def model_name(model: str, label: str) -> str:
    """Of a row in an accuracy table; `label` is the version the report is about."""
    if model == CANDIDATE:
        return label
    if model == "popularity":
        return _("인기 순서")
    return _("사람이 정한 additive-1") if model == "additive-1" else model


def reason_words(reasons: Sequence[Any]) -> tuple[str, ...]:
    """What the verdict stands on; a code nobody knows is shown as it is."""
    return tuple(_reason(each) for each in reasons if isinstance(each, Mapping))


def _reason(reason: Mapping[str, Any]) -> str:
    code, value = str(reason.get("code", "")), reason.get("value")
    words = _codes().get(code, code)
    about = str(reason.get("about") or "")
    if about and about not in ("additive-1", "popularity"):
        words = f"{words}: {side_words().get(about, about)}"
    return f"{words} ({_figure(value)})" if isinstance(value, int | float) else words


def _figure(value: float) -> str:
    """Counts whole, shares and differences to three decimals."""
    return f"{value:.0f}" if float(value).is_integer() else f"{value:.3f}"


def _codes() -> dict[str, str]:
    return {
        "better_than_serving": _("나중 자료에서 지금 모델보다 정확함"),
        "like_serving": _("나중 자료에서 지금 모델과 다르지 않음"),
        "worse_than_serving": _("나중 자료에서 지금 모델보다 부정확함"),
        "worse_than_prior": _("사람이 정한 모델보다 부정확함"),
        "worse_than_popularity": _("인기 순서보다 부정확함"),
        "few_test_lists": _("견줄 나중 자료가 적음"),
        "nothing_to_learn": _("배울 기록이 없음"),
        "badly_calibrated": _("예상과 실제가 많이 다름"),
        "unfair": _("집단 사이의 차이가 뚜렷함"),
        "fairness_doubtful": _("집단 사이의 차이가 의심됨"),
        "fairness_unknown": _("공정성을 잴 자료가 모자람"),
        "membership_leaks": _("누가 배운 자료에 있는지 새어 나감"),
        "exposure_narrows": _("보이는 것이 몇 가지로 좁아짐"),
        "not_monotone": _("증거를 더하면 점수가 내려가는 곳이 있음"),
    }
