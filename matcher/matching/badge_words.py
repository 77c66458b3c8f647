"""What is said of a badge: the answer as a heading, and each reason as a sentence."""

from collections.abc import Callable, Mapping
from typing import Any

from matcher.credentials import words
from matcher.credentials.types import Proof, Reason
from matcher.credentials.types import Verdict as Found
from matcher.i18n import gettext as _
from matcher.policy.badges import DESK_SAID, Doubt
from models.credential import PresentedCredential, PresentedState, Verdict


def sentence(kept: Mapping[str, Any]) -> str:
    """Of one reason as a row keeps it."""
    if kept["code"] == DESK_SAID:
        return _("담당자가 적은 이유: %(text)s") % {"text": kept["details"]["text"]}
    own = _OWN.get(kept["code"])
    return own() if own else words.sentence(Reason(kept["code"], kept.get("details", {})))


def desk_sentence(kept: Mapping[str, Any]) -> str:
    """The same towards a desk, which reads of somebody else."""
    if kept["code"] == DESK_SAID:
        return _("전에 담당자가 본인에게 적은 이유: %(text)s") % {"text": kept["details"]["text"]}
    towards_desk = _DESK.get(kept["code"])
    return towards_desk() if towards_desk else sentence(kept)


def answer(row: PresentedCredential) -> str:
    """The heading of its page: what came of it."""
    if row.verdict is Verdict.EXPIRED and row.state is PresentedState.COUNTED:
        return _("이 배지의 기한이 지났어요")
    by_state = _STATES.get(row.state)
    if by_state is not None:
        return by_state()
    return _VERDICTS[row.verdict]() if row.verdict else _("아직 확인하지 않았어요")


def why(row: PresentedCredential) -> str:
    """To its owner, where no reason speaks against it; empty where the answer says it all."""
    if row.state is PresentedState.COUNTED:
        return _why_it_counts(row)
    if row.state is PresentedState.FETCHING:
        return _(
            "보통 몇 분 안에 끝나요. 발급한 지 이틀이 안 된 배지는 더 걸릴 수 있어요. "
            "결과는 메일로 알려요."
        )
    if row.verdict is not Verdict.VERIFIED:
        return ""
    if row.certification is not None:
        return _(
            "진짜이고 취소되지 않았어요. 발급한 곳이 AWS 자격을 확인해 주는 곳이 아니어서 "
            "자격 기록은 바뀌지 않았어요."
        )
    return _("진짜이고 취소되지 않았어요. AWS 자격의 배지가 아니어서 자격 기록은 바뀌지 않았어요.")


def _why_it_counts(row: PresentedCredential) -> str:
    if not row.proof:
        return _("담당자가 링크를 열어 보고 확인했어요.")
    if row.decided_at is not None:
        return _("진짜이고 취소되지 않았어요. 내 배지인지는 담당자가 보고 확인했어요.")
    if row.proof == Proof.OB2_HOSTED:
        return _("발급한 곳의 누리집이 같은 말을 하고, 내 이름이나 이메일과 맞아요.")
    return _("믿는 곳의 서명이 맞고, 내 이름이나 이메일과 맞고, 취소되지 않았어요.")


def way(row: PresentedCredential) -> str:
    """How it was checked; empty where nothing secures it."""
    if not row.proof:
        return ""
    return _("발급한 곳의 누리집") if row.proof == Proof.OB2_HOSTED else _("전자서명")


def verdict_word(verdict: Verdict | None) -> str:
    return words.verdict_words(Found(verdict.value)) if verdict else ""


_STATES: Mapping[PresentedState, Callable[[], str]] = {
    PresentedState.FETCHING: lambda: _("배지가 있는 곳에 물어보고 있어요"),
    PresentedState.IN_REVIEW: lambda: _("담당자가 내 배지인지 살펴봐요"),
    PresentedState.COUNTED: lambda: _("배지가 확인되어 기록에 반영됐어요"),
    PresentedState.NOT_THEIRS: lambda: _("다른 사람의 배지로 보여서 세지 않아요"),
    PresentedState.WITHDRAWN: lambda: _("거둔 배지예요"),
}
_VERDICTS: Mapping[Verdict, Callable[[], str]] = {
    Verdict.VERIFIED: lambda: _("진짜 배지로 확인됐어요"),
    Verdict.AUTHENTIC_UNKNOWN_ISSUER: lambda: _("진짜이지만, 발급한 곳을 아직 인정하지 않아요"),
    Verdict.EXPIRED: lambda: _("이 배지의 기한이 지났어요"),
    Verdict.REVOKED: lambda: _("발급한 곳이 취소한 배지예요"),
    Verdict.SUSPENDED: lambda: _("발급한 곳이 잠시 멈춘 배지예요"),
    Verdict.WRONG_RECIPIENT: lambda: _("다른 사람에게 준 배지예요"),
    Verdict.UNVERIFIABLE: lambda: _("지금은 확인할 수 없는 배지예요"),
    Verdict.INVALID: lambda: _("믿을 수 없는 배지예요"),
}
_OWN: Mapping[str, Callable[[], str]] = {
    Doubt.OTHER_ADDRESS: lambda: _("배지에 적힌 이메일이 이 계정의 이메일과 달라요."),
    Doubt.NO_NAME: lambda: _("배지에 이메일도 이름도 없어서 누구의 것인지 알 수 없어요."),
    Doubt.NAME_UNSURE: lambda: _("배지의 이름과 내 이름이 같은지 확실하지 않아요."),
    Doubt.NAME_DIFFERS: lambda: _("배지의 이름과 내 이름이 달라요."),
    Doubt.TWO_ACCOUNTS: lambda: _("다른 계정에서도 같은 배지를 냈어요."),
    Doubt.ASKED_AGAIN: lambda: _("전에 담당자가 다른 사람의 배지로 본 적이 있어요."),
    Doubt.NOT_FETCHED: lambda: _("이 링크는 담당자가 직접 열어 봐요."),
    "no_day": lambda: _(
        "배지에 받은 날이 없어서 기록에 반영하지 못했어요. 먼저 합격을 적어 주세요."
    ),
    "off": lambda: _("이 링크는 담당자가 직접 열어 봐요."),
    "not_allowed": lambda: _("우리가 물어볼 수 있는 배지 주소가 아니에요."),
    "not_found": lambda: _("배지가 비공개이거나 없어요. 공개로 바꾸고 다시 확인해 주세요."),
    "unreachable": lambda: _("배지가 있는 곳이 답하지 않아요. 조금 뒤에 다시 물어봐요."),
    "not_json": lambda: _("배지가 있는 곳의 답을 읽을 수 없었어요."),
}
_DESK: Mapping[str, Callable[[], str]] = {
    Doubt.OTHER_ADDRESS: lambda: _("배지에 적힌 이메일이 본인 계정의 이메일과 다릅니다."),
    Doubt.NO_NAME: lambda: _("배지에 이메일도 이름도 없습니다."),
    Doubt.NAME_UNSURE: lambda: _("두 이름이 같은지 확실하지 않습니다."),
    Doubt.NAME_DIFFERS: lambda: _("두 이름이 다릅니다."),
    Doubt.TWO_ACCOUNTS: lambda: _("다른 계정에서도 같은 배지를 냈습니다."),
    Doubt.ASKED_AGAIN: lambda: _("전에 본인의 것이 아니라고 한 배지를 다시 냈습니다."),
    Doubt.NOT_FETCHED: lambda: _("오름이 물어볼 수 없는 링크입니다. 직접 열어 보십시오."),
    "off": lambda: _("오름이 물어볼 수 없는 링크입니다. 직접 열어 보십시오."),
    "no_day": lambda: _(
        "배지에 받은 날이 없어서 기록에 반영되지 않았습니다. 본인이 먼저 합격을 적어야 합니다."
    ),
}
