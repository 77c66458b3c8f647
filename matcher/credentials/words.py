"""Verdicts and reasons in words, the same on every page and in the terminal.

Functions, because the language is chosen late.
"""

from collections.abc import Callable, Mapping
from datetime import datetime

from matcher.credentials.types import Reason, Verdict
from matcher.i18n import format_date
from matcher.i18n import gettext as _

_Words = Mapping[str, Callable[[], str]]


def sentence(reason: Reason) -> str:
    """One sentence; a code nobody wrote words for, as from an older row, gets a plain one. Before
    that of a credential inside another stands its number."""
    shown = {name: _shown(name, value) for name, value in reason.details.items()}
    words = REASON_WORDS.get(reason.code)
    try:
        text = words() % shown if words else _unknown()
    except KeyError:
        text = _unknown()
    number = shown.get("inside")
    return _("%(number)s번째: %(text)s") % {"number": number, "text": text} if number else text


def _unknown() -> str:
    return _("다른 까닭으로 확인하지 못했어요.")


def _shown(name: str, value: str) -> str:
    if name == "told" and value in set(Verdict):
        return verdict_words(Verdict(value))
    return _day(value) if name == "at" else _visible(value)


def _day(moment: str) -> str:
    try:
        return format_date(datetime.fromisoformat(moment))
    except ValueError:
        return _visible(moment)


def _visible(text: str) -> str:
    """Names come from a stranger's file: what steers a terminal is shown as an escape."""
    return "".join(
        each if each.isprintable() else each.encode("unicode_escape").decode() for each in text
    )


def verdict_words(verdict: Verdict) -> str:
    return _VERDICTS[verdict]()


_VERDICTS: Mapping[Verdict, Callable[[], str]] = {
    Verdict.VERIFIED: lambda: _("확인됐어요"),
    Verdict.AUTHENTIC_UNKNOWN_ISSUER: lambda: _("진짜지만 모르는 발급 기관이에요"),
    Verdict.EXPIRED: lambda: _("기한이 지났어요"),
    Verdict.REVOKED: lambda: _("취소됐어요"),
    Verdict.SUSPENDED: lambda: _("잠시 멈춰 있어요"),
    Verdict.WRONG_RECIPIENT: lambda: _("받는 사람이 달라요"),
    Verdict.UNVERIFIABLE: lambda: _("지금은 확인할 수 없어요"),
    Verdict.INVALID: lambda: _("믿을 수 없어요"),
}
_READING: _Words = {
    "too_large": lambda: _("파일이 너무 커요. 가장 커도 %(limit)s예요."),
    "too_deep": lambda: _("내용이 너무 깊이 겹쳐 있어요. 가장 깊어도 %(limit)s겹이에요."),
    "too_complex": lambda: _("안에 든 연결이 너무 복잡해서 확인하지 않았어요."),
    "empty": lambda: _("안에 아무것도 없어요."),
    "not_a_credential": lambda: _(
        "배지나 증명서가 아니에요. PNG, SVG, JSON 파일이나 서명된 글을 올려 주세요."
    ),
    "not_an_object": lambda: _("배지나 증명서의 모양이 아니에요."),
    "json_broken": lambda: _("JSON으로 읽을 수 없어요. 잘렸거나 고쳐졌을 수 있어요."),
    "json_doubled": lambda: _("같은 항목이 두 번 적혀 있어 어느 쪽이 맞는지 알 수 없어요."),
    "picture_broken": lambda: _("그림 파일이 깨져서 배지를 꺼낼 수 없어요."),
    "picture_empty": lambda: _(
        "그림 안에 배지가 들어 있지 않아요. 화면을 찍은 그림에는 배지가 없어요."
    ),
    "picture_doubled": lambda: _("한 그림에 배지가 둘 이상 들어 있어요."),
    "token_broken": lambda: _("서명된 글이 깨졌어요. 처음부터 끝까지 다시 붙여 넣어 주세요."),
    "wrapper_old": lambda: _("예전 방식(VC 1.1)으로 감싼 증명서라서 읽지 않아요."),
    "type_missing": lambda: _("증명서(VerifiableCredential)라고 적혀 있지 않아요."),
    "context_missing": lambda: _("증명서가 따르는 규격(@context)이 적혀 있지 않아요."),
    "subject_unclear": lambda: _("누구에 대한 증명서인지 하나로 정해지지 않아요."),
    "member_broken": lambda: _("%(name)s 항목을 읽을 수 없어요."),
    "date_unreadable": lambda: _("%(name)s의 날짜를 읽을 수 없어요."),
    "status_broken": lambda: _("취소 여부를 어디서 확인하는지 적은 곳이 잘못되어 있어요."),
}
_SIGNATURE: _Words = {
    "algorithm_refused": lambda: _("받지 않는 서명 방식이에요. (%(algorithm)s)"),
    "header_refused": lambda: _("서명의 머리말에 받지 않는 항목이 있어요. (%(name)s)"),
    "signature_wrong": lambda: _(
        "서명이 내용과 맞지 않아요. 내용이 바뀌었거나 다른 열쇠로 서명했어요."
    ),
    "not_as_signed": lambda: _("적힌 내용이 서명된 내용과 같지 않아요."),
    "claim_differs": lambda: _("서명된 글의 %(name)s 값이 증명서 안의 내용과 달라요."),
    "member_unsigned": lambda: _("%(name)s 항목은 서명이 지켜 주지 않아요."),
    "proof_missing": lambda: _("서명이 없어요."),
    "proof_several": lambda: _("서명이 둘 이상이라 어느 것이 증명서의 것인지 알 수 없어요."),
    "proof_unsupported": lambda: _("우리가 확인할 줄 모르는 서명 방식이에요."),
    "proof_broken": lambda: _("서명이 온전하지 않아요."),
    "proof_purpose": lambda: _("증명서를 내주려고 한 서명이 아니에요."),
    "proof_expired": lambda: _("서명의 기한이 지났어요."),
    "context_inline": lambda: _("낱말의 뜻을 스스로 다시 정하고 있어서 믿을 수 없어요."),
    "context_unknown": lambda: _(
        "모르는 규격을 쓰고 있어서 서명을 확인할 수 없어요. (%(address)s)"
    ),
    "checker_missing": lambda: _("지금은 이 서명을 확인할 수 없어요. 나중에 다시 해 주세요."),
}
_ISSUER: _Words = {
    "key_of_another": lambda: _("발급 기관이 아니라 다른 곳의 열쇠로 서명했다고 적혀 있어요."),
    "key_kind": lambda: _("열쇠가 이 서명 방식(%(algorithm)s)에 맞지 않아요."),
    "key_not_at_hand": lambda: _(
        "발급 기관의 열쇠가 없어서 서명을 확인하지 못했어요. (%(issuer)s)"
    ),
    "key_not_found": lambda: _(
        "발급 기관이 지금 쓰는 열쇠 가운데 이 서명의 열쇠가 없어요. (%(key)s)"
    ),
    "issuer_unknown": lambda: _("서명은 맞지만 우리가 아는 발급 기관이 아니에요. (%(issuer)s)"),
    "badge_class_missing": lambda: _("어떤 기관의 배지인지 적은 내용이 없어요."),
    "host_not_asked": lambda: _("서명이 없는 배지라서 발급 기관의 누리집에 물어봐야 해요."),
    "host_of_another": lambda: _(
        "배지가 놓인 곳이 적힌 발급 기관의 누리집이 아니에요. (%(issuer)s)"
    ),
}
_TIME_AND_PERSON: _Words = {
    "not_yet_valid": lambda: _("아직 유효하지 않아요. %(at)s부터예요."),
    "expired": lambda: _("%(at)s에 끝났어요."),
    "dates_crossed": lambda: _("끝나는 날이 시작하는 날보다 앞서요."),
    "recipient_differs": lambda: _("다른 사람에게 내준 증명서예요."),
    "recipient_other_kind": lambda: _("받는 사람을 다른 방법으로 적어서 이 주소와 견줄 수 없어요."),
    "names_nobody": lambda: _("누구에게 내준 증명서인지 적혀 있지 않아요."),
}
_STATUS: _Words = {
    "revocation": lambda: _("발급 기관이 취소했어요."),
    "suspension": lambda: _("발급 기관이 잠시 멈췄어요. 취소된 것은 아니에요."),
    "status_list_old": lambda: _(
        "취소 목록이 %(days)s일 전 것이에요. 그 뒤의 취소는 알 수 없어요."
    ),
    "status_list_undated": lambda: _("취소 목록에 만든 날이 없어서 언제 것인지 알 수 없어요."),
    "status_list_not_at_hand": lambda: _("취소 목록이 없어서 취소되었는지 알 수 없어요."),
    "status_unsupported": lambda: _("취소 여부를 알리는 방식을 읽을 줄 몰라요."),
    "status_list_broken": lambda: _("취소 목록을 읽을 수 없어요."),
    "status_list_expired": lambda: _("취소 목록의 기한이 지났어요."),
    "status_list_other_issuer": lambda: _("취소 목록을 발급 기관이 아니라 다른 곳에서 만들었어요."),
    "status_list_other_address": lambda: _("이 증명서의 취소 목록이 아니에요."),
    "status_list_purpose": lambda: _("취소 목록이 다른 것을 알리는 목록이에요."),
    "status_list_signature": lambda: _("취소 목록의 서명을 확인하지 못했어요."),
    "status_index": lambda: _("취소 목록에 이 증명서의 자리가 없어요."),
}
_INSIDE: _Words = {
    "inside": lambda: _("안에 든 %(number)s번째 증명서(%(name)s): %(told)s"),
    "inside_unsigned": lambda: _(
        "서명이 따로 없고, 이 기록을 서명한 기관의 것도 아니에요. (%(issuer)s)"
    ),
    "inside_deeper": lambda: _(
        "안에 든 증명서 안에 또 증명서가 있어서 거기까지는 확인하지 않았어요."
    ),
    "inside_too_many": lambda: _("안에 든 증명서가 %(limit)s개를 넘어서 하나씩 확인하지 않았어요."),
}
_FACTS: _Words = {
    "disclosure_wrong": lambda: _("보여 준 사실 가운데 서명되지 않았거나 바뀐 것이 있어요."),
    "claims_wrong": lambda: _("서명된 글이 규격에 맞지 않아요."),
    "holder_not_proved": lambda: _("보여 주는 사람이 주인이라는 것이 증명되지 않았어요."),
    "fact_missing": lambda: _("물어본 사실이 들어 있지 않아요: %(names)s."),
    "nothing_shown": lambda: _("서명은 있지만 보여 준 사실이 없어요."),
    "without_end": lambda: _("언제까지인지 적혀 있지 않아요."),
}
REASON_WORDS: _Words = {
    **_READING,
    **_SIGNATURE,
    **_ISSUER,
    **_TIME_AND_PERSON,
    **_STATUS,
    **_INSIDE,
    **_FACTS,
}
