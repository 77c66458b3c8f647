"""The verifier's findings in words: functions, because the language is chosen late."""

from collections.abc import Callable, Mapping
from typing import TYPE_CHECKING

from matcher.i18n import gettext as _

if TYPE_CHECKING:
    from matcher.planning.assignment.document import UnreadableError


def method_words() -> dict[str, str]:
    return {
        "deferred_acceptance": _("지원자가 제안하는 수락 보류 방식"),
        "weakly_stable": _("동순위를 살린 최대 안정 배정"),
        "max_fit": _("적합도 합 최대"),
    }


def finding_words() -> Mapping[str, Callable[[], str]]:
    return {**_RULES, **_CLAIMS, **_NOTES}


_RULES: Mapping[str, Callable[[], str]] = {
    "capacity": lambda: _("자리 %(opening)s: %(count)s명이 배정되었으나 정원은 %(limit)s명입니다."),
    "minimum": lambda: _("자리 %(opening)s: 최소 %(limit)s명을 채울 수 있는데 %(count)s명입니다."),
    "acceptability": lambda: _("사람 %(person)s, 자리 %(opening)s: %(where)s에 상대가 없습니다."),
    "unknown_id": lambda: _("%(where)s: 목록에 없는 식별자 %(who)s입니다."),
    "doubled_id": lambda: _("%(where)s: 식별자가 두 번 있습니다. %(who)s"),
    "fixed_pair": lambda: _(
        "사람 %(person)s: 확정된 자리 %(opening)s에 있어야 하는데 그렇지 않습니다."
    ),
    "quota_order": lambda: _(
        "자리 %(opening)s: 최소 인원 %(count)s명이 정원 %(limit)s명보다 많습니다."
    ),
}
_CLAIMS: Mapping[str, Callable[[], str]] = {
    "format": lambda: "%(where)s: %(expected)s",
    "blocking_pair": lambda: _(
        "사람 %(person)s, 자리 %(opening)s: 지금 배정보다 서로를 더 원합니다."
    ),
    "not_the_result": lambda: _(
        "사람 %(person)s: 이 시드로 다시 하면 %(expected)s인데 파일에는 %(opening)s입니다."
    ),
    "not_the_optimum": lambda: _("적합도 합은 %(count)s이지만 %(limit)s까지 될 수 있습니다."),
    "seed_missing": lambda: _("동순위가 있는데 추첨 시드가 없어 다시 해 볼 수 없습니다."),
    "seed_too_short": lambda: _("시드가 16진수 128비트 이상이 아닙니다."),
    "commitment_missing": lambda: _(
        "시드는 있으나 미리 약속한 해시(commitment)가 없어, 나중에 고른 시드일 수 있습니다."
    ),
    "commitment": lambda: _("시드의 SHA-256이 약속한 해시와 다릅니다. 맞는 값: %(expected)s"),
}
_NOTES: Mapping[str, Callable[[], str]] = {
    "minimum_beyond_stability": lambda: _(
        "자리 %(opening)s: %(count)s명입니다. 안정성을 지키면 최소 %(limit)s명을 채울 수 없습니다."
    ),
    "minimum_beyond_reach": lambda: _(
        "자리 %(opening)s: %(count)s명입니다. 어떻게 해도 최소 %(limit)s명을 채울 수 없습니다."
    ),
    "minimum_undecided": lambda: _(
        "자리 %(opening)s: %(count)s명입니다. 최소 %(limit)s명이 될 수 있는지 시간 안에 모릅니다."
    ),
    "optimum_undecided": lambda: _(
        "적합도 합 %(count)s이(가) 최대인지 시간 안에 증명하지 못했습니다. 상한은 %(limit)s입니다."
    ),
    "no_seed": lambda: _("추첨 시드를 주장하지 않으므로 약속도 확인하지 않았습니다."),
    "no_moment": lambda: _(
        "시드를 약속한 시각(committed_at)이 없습니다. 감사 기록에서 확인하십시오."
    ),
    "fixed_outside": lambda: _("확정된 짝 %(count)s개는 안정성 주장 밖에 있습니다."),
}


def side_words(side: str) -> str:
    """Whose list lacks the other."""
    return _("사람의 목록") if side == "person" else _("자리의 목록")


def fault_words(code: str) -> str:
    known = {
        "missing": _("있어야 하는데 없습니다."),
        "unknown_field": _("모르는 항목입니다."),
        "doubled_field": _("같은 항목이 두 번 있습니다."),
        "not_a_list": _("목록이어야 합니다."),
        "not_an_object": _("객체여야 합니다."),
        "not_an_id": _("비어 있지 않은 글이어야 합니다."),
        "not_a_text": _("글이어야 합니다."),
        "too_long": _("너무 깁니다."),
        "too_many": _("사람과 자리가 너무 많습니다."),
        "not_a_number_of_seats": _("0 이상의 정수여야 합니다."),
        "not_a_number": _("유한한 수여야 합니다."),
        "not_a_moment": _("ISO 8601 시각이어야 합니다."),
        "unknown_method": _("모르는 방법입니다."),
    }
    return known[code]


def unreadable_words(error: "UnreadableError") -> str:
    match error.code:
        case "too_large":
            return _("파일이 너무 큽니다.")
        case "not_utf8":
            return _("UTF-8로 쓴 파일이 아닙니다.")
        case "not_an_object":
            return _("JSON 객체가 아닙니다.")
        case _other:
            place = {"line": error.line, "column": error.column}
            return _("JSON으로 읽을 수 없습니다(%(line)s행 %(column)s열).") % place
