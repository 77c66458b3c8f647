"""Words for codes of readiness, practice, confidence and vouchers."""

from matcher.flows.vouchers import Standing, VoucherStep
from matcher.i18n import gettext as _
from matcher.web.choices import Choices
from models.study import PracticeSource


def practice_choices() -> Choices:
    return [
        (PracticeSource.OFFICIAL_QUESTIONS, _("공식 연습 문제")),
        (PracticeSource.OFFICIAL_PRACTICE_EXAM, _("공식 모의시험")),
        (PracticeSource.COURSE, _("과정에서 본 시험")),
        (PracticeSource.OTHER, _("그 밖의 문제")),
    ]


def readiness_words() -> dict[str, str]:
    return {
        "ready": _("준비됐어요"),
        "borderline": _("거의 다 왔어요"),
        "not_yet": _("아직이에요"),
    }


def confidence_words() -> dict[str, str]:
    """How well a fact of the catalogue is sourced."""
    return {
        "high": _("여러 출처로 확인"),
        "medium": _("한 출처로 확인"),
        "low": _("확실하지 않음"),
    }


def level_words() -> dict[str, str]:
    return {
        "foundational": _("파운데이셔널"),
        "business": _("비즈니스"),
        "associate": _("어소시에이트"),
        "professional": _("프로페셔널"),
        "specialty": _("스페셜티"),
    }


def level_choices() -> Choices:
    """Highest level a voucher pays for."""
    return [
        ("foundational", _("파운데이셔널까지")),
        ("associate", _("어소시에이트까지")),
        ("professional", _("프로페셔널과 스페셜티까지")),
    ]


def standing_words() -> dict[str, str]:
    return {
        Standing.FREE: _("남음"),
        Standing.ASSIGNED: _("나누어 줌"),
        Standing.USED: _("씀"),
        Standing.LAPSED: _("기한 지남"),
        Standing.WITHDRAWN: _("뺌"),
    }


def step_words() -> dict[str, str]:
    return {
        VoucherStep.TAKE_BACK: _("거두어들이기"),
        VoucherStep.USE: _("쓴 것으로 적기"),
        VoucherStep.WITHDRAW: _("모음에서 빼기"),
    }
