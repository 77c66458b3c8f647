"""Words for codes of assignment rounds: states, methods, rules, reasons, findings."""

from matcher.flows.rounds_desk import Answer, HardRule, RoundState
from matcher.flows.rounds_partner import Band, IntroductionState, PairState
from matcher.i18n import gettext as _
from matcher.web.choices import Choices
from models.assignment import AssignmentMethod


def state_words() -> dict[str, str]:
    return {
        RoundState.DRAFT: _("준비 중"),
        RoundState.WISHES_OPEN: _("희망을 받는 중"),
        RoundState.WISHES_CLOSED: _("희망 마감"),
        RoundState.DRY_RUN: _("시험 배정"),
        RoundState.PROPOSED: _("두 번째 확인 대기"),
        RoundState.PUBLISHED: _("결과를 알림"),
        RoundState.CANCELLED: _("취소한 배정"),
    }


def method_says() -> dict[str, str]:
    return {
        AssignmentMethod.DEFERRED_ACCEPTANCE: _(
            "사람이 먼저 지원하고, 같은 묶음은 추첨으로 가릅니다. 서로 더 원하는 짝이 없습니다."
        ),
        AssignmentMethod.WEAKLY_STABLE: _(
            "같은 묶음은 같게 둡니다. 서로 더 원하는 짝 없이 가장 많은 사람을 배정합니다."
        ),
        AssignmentMethod.MAX_FIT: _(
            "맞음의 합을 가장 크게 합니다. 서로 더 원하는 짝이 남을 수 있습니다."
        ),
    }


def rule_choices() -> Choices:
    return [
        (HardRule.CERTIFICATE, _("꼭 있어야 하는 자격을 가진 사람만")),
        (HardRule.MUST, _("꼭 갖출 것을 모두 갖춘 사람만")),
        (HardRule.AVAILABLE, _("일을 시작하는 날 전에 일할 수 있는 사람만")),
    ]


def answer_words() -> dict[str, str]:
    return {
        Answer.WAITING: _("답을 기다림"),
        Answer.CONFIRMED: _("양쪽이 확정"),
        Answer.DROPPED: _("빠짐"),
    }


def band_choices() -> Choices:
    return [
        (Band.A, _("A 꼭 만나고 싶음")),
        (Band.B, _("B 만나고 싶음")),
        (Band.C, _("C 만날 수 있음")),
        (Band.DECLINED, _("순위에 넣지 않음")),
    ]


def pair_words() -> dict[str, str]:
    return {
        PairState.WAITING: _("답을 기다림"),
        PairState.CONFIRMED: _("확정함"),
        PairState.DROPPED: _("포기함"),
    }


def said_words() -> dict[str, str]:
    return {
        IntroductionState.REQUESTED: _("후보의 답을 기다림"),
        IntroductionState.ACCEPTED: _("후보가 수락함"),
        IntroductionState.REFUSED: _("후보가 거절함"),
        IntroductionState.WITHDRAWN: _("거둠"),
        IntroductionState.LAPSED: _("기한 지남"),
    }


def driver_words() -> dict[str, str]:
    return {
        "competition": _("자리보다 희망하는 사람이 많아서예요. 다른 곳도 고르면 나아질 수 있어요."),
        "gap": _("기업이 찾는 것과 차이가 있어요. 모자란 것을 채우거나 다른 곳을 골라 보세요."),
        "": _("고른 곳 가운데 하나에는 거의 늘 배정됐어요."),
    }


def why_words() -> dict[str, str]:
    """Why a wished opening did not come."""
    return {
        "not_listed": _("이 공고의 순위에 없습니다"),
        "no_seats": _("남은 자리가 없습니다"),
        "prefers_others": _("모든 자리가 이 공고가 더 원하는 사람에게 갔습니다"),
        "tie": _("같은 묶음의 다른 사람에게 갔습니다"),
        "below_minimum": _("가장 적은 인원을 채우지 못해 아무도 받지 않습니다"),
        "larger_sum": _("이 짝 없이 맞음의 합이 더 큽니다"),
        "has_better": _("이보다 더 원하는 곳에 배정되었습니다"),
    }


def change_words() -> dict[str, str]:
    return {
        "seats": _("자리가 %(n)s개 더 있었다면"),
        "tiers": _("묶음이 %(n)s단계 더 높았다면"),
        "listed": _("이 공고의 순위에 들었다면"),
        "wish": _("이 공고도 희망했다면"),
    }
