"""Short confirmations shown once after a redirect; the cookie carries only the key."""

from matcher.i18n import gettext as _

NOTICE_COOKIE = "oreum-notice"


def notice_text(key: str | None) -> str | None:
    return _texts().get(key or "")


def _texts() -> dict[str, str]:
    return {
        "signed-out": _("로그아웃했어요."),
        "saved": _("저장했어요."),
        "confirmed": _("이메일을 확인했어요. 이제 로그인해 주세요."),
        "password-changed": _("비밀번호를 바꿨어요. 다른 기기에서는 로그아웃했어요."),
        "password-set": _("새 비밀번호를 정했어요. 이제 로그인해 주세요."),
        "session-ended": _("그 기기에서 로그아웃했어요."),
        "token-revoked": _("토큰을 없앴어요."),
        "consent-given": _("동의를 저장했어요."),
        "consent-withdrawn": _("동의를 거뒀어요. 지금부터 바로 적용돼요."),
        "erased": _("계정과 기록을 모두 지웠어요."),
        "admin-saved": _("저장했습니다."),
        "admin-invited": _("초대 메일을 보냈습니다."),
    }
