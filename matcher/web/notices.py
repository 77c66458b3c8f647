"""Short confirmations shown once after a redirect; the cookie carries only the key."""

from matcher.i18n import gettext as _

NOTICE_COOKIE = "oreum-notice"


def notice_text(key: str | None) -> str | None:
    return _texts().get(key or "")


def _texts() -> dict[str, str]:
    return {
        "signed-out": _("로그아웃했어요."),
        "saved": _("저장했어요."),
    }
