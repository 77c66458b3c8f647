"""Methods and the verifier's findings in words, the same on the proof page and in the terminal.

Functions, because the language is chosen late.
"""

import math
from collections.abc import Callable, Mapping
from dataclasses import asdict
from typing import TYPE_CHECKING

from matcher.i18n import gettext as _

if TYPE_CHECKING:
    from matcher.planning.assignment.document import UnreadableError
    from matcher.planning.assignment.verifying import Finding


def method_words() -> dict[str, str]:
    return {
        "deferred_acceptance": _("차례로 지원하기"),
        "weakly_stable": _("가장 많이 배정하기"),
        "max_fit": _("맞음의 합이 가장 크게"),
    }


def said(finding: "Finding") -> str:
    """The sentence of one finding, with its ids and numbers."""
    shown = {
        name: _number(value) if isinstance(value, float) else _visible(str(value))
        for name, value in asdict(finding).items()
    }
    if finding.rule == "format":
        shown["expected"] = _fault_words(finding.expected)
    if finding.rule == "acceptability":
        shown["where"] = _side_words(finding.where)
    if finding.rule == "not_the_result":
        shown["opening"] = shown["opening"] or "–"
        shown["expected"] = shown["expected"] or "–"
    shown["who"] = shown["person"] or shown["opening"]
    return FINDING_WORDS[finding.rule]() % shown


def _number(value: float) -> str:
    return f"{value:.6f}".rstrip("0").rstrip(".") if math.isfinite(value) else "–"


def _visible(text: str) -> str:
    """Ids come from a stranger's file: what steers a terminal is shown as an escape."""
    return "".join(
        each if each.isprintable() else each.encode("unicode_escape").decode() for each in text
    )


_RULES: Mapping[str, Callable[[], str]] = {
    "capacity": lambda: _("공고 %(opening)s: %(count)s명이 배정되었으나 자리는 %(limit)s개입니다."),
    "minimum": lambda: _("공고 %(opening)s: 적어도 %(limit)s명이 될 수 있는데 %(count)s명입니다."),
    "acceptability": lambda: _("사람 %(person)s, 공고 %(opening)s: %(where)s에 상대가 없습니다."),
    "unknown_id": lambda: _("%(where)s: 목록에 없는 식별자 %(who)s입니다."),
    "doubled_id": lambda: _("%(where)s: 식별자가 두 번 있습니다. %(who)s"),
    "fixed_pair": lambda: _(
        "사람 %(person)s: 확정된 공고 %(opening)s에 있어야 하는데 그렇지 않습니다."
    ),
    "quota_order": lambda: _(
        "공고 %(opening)s: 가장 적은 인원 %(count)s명이 자리 %(limit)s개보다 많습니다."
    ),
}
_CLAIMS: Mapping[str, Callable[[], str]] = {
    "format": lambda: "%(where)s: %(expected)s",
    "blocking_pair": lambda: _(
        "사람 %(person)s, 공고 %(opening)s: 지금 배정보다 서로를 더 원합니다."
    ),
    "not_the_result": lambda: _(
        "사람 %(person)s: 이 추첨 씨앗으로 다시 하면 %(expected)s인데 파일에는 %(opening)s입니다."
    ),
    "not_the_optimum": lambda: _("맞음의 합은 %(count)s이지만 %(limit)s까지 될 수 있습니다."),
    "seed_missing": lambda: _("같은 묶음이 있는데 추첨 씨앗(seed)이 없어 다시 해 볼 수 없습니다."),
    "seed_too_short": lambda: _("추첨 씨앗이 16진수 128비트 이상이 아닙니다."),
    "commitment_missing": lambda: _(
        "추첨 씨앗은 있으나 봉인(commitment)이 없어, 나중에 고른 것일 수 있습니다."
    ),
    "commitment": lambda: _("추첨 씨앗의 SHA-256이 봉인과 다릅니다. 맞는 값: %(expected)s"),
}
_NOTES: Mapping[str, Callable[[], str]] = {
    "minimum_beyond_stability": lambda: _(
        "공고 %(opening)s: %(count)s명입니다. 안정성을 지키면 %(limit)s명이 될 수 없습니다."
    ),
    "minimum_beyond_reach": lambda: _(
        "공고 %(opening)s: %(count)s명입니다. 어떻게 해도 %(limit)s명이 될 수 없습니다."
    ),
    "minimum_undecided": lambda: _(
        "공고 %(opening)s: %(count)s명입니다. %(limit)s명이 될 수 있는지 시간 안에 모릅니다."
    ),
    "optimum_undecided": lambda: _(
        "맞음의 합 %(count)s이(가) 가장 큰지 시간 안에 밝히지 못했습니다. 커도 %(limit)s입니다."
    ),
    "no_seed": lambda: _("추첨 씨앗이 없으므로 봉인도 확인하지 않았습니다."),
    "no_moment": lambda: _("봉인한 때(committed_at)가 없습니다. 감사 기록에서 확인하십시오."),
    "fixed_outside": lambda: _("확정된 짝 %(count)s개는 이 약속 밖에 있습니다."),
}
FINDING_WORDS: Mapping[str, Callable[[], str]] = {**_RULES, **_CLAIMS, **_NOTES}


def _side_words(side: str) -> str:
    """Whose list lacks the other."""
    return _("사람의 목록") if side == "person" else _("공고의 목록")


def _fault_words(code: str) -> str:
    known = {
        "missing": _("있어야 하는데 없습니다."),
        "unknown_field": _("모르는 항목입니다."),
        "doubled_field": _("같은 항목이 두 번 있습니다."),
        "not_a_list": _("목록이어야 합니다."),
        "not_an_object": _("객체여야 합니다."),
        "not_an_id": _("비어 있지 않은 글이어야 합니다."),
        "not_a_text": _("글이어야 합니다."),
        "too_long": _("너무 깁니다."),
        "too_many": _("사람과 공고가 너무 많습니다."),
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
