"""What a refused password is told, in the reader's language."""

from collections.abc import Iterable

from matcher.i18n import gettext as _
from matcher.policy.passwords import LEAST, problem
from models.account import Role


def password_problem(password: str, role: Role, words: Iterable[str] = ()) -> str | None:
    """None when the password is good enough."""
    code = problem(password, role, words)
    if code is None:
        return None
    texts = {
        "too_short": _("%(least)s자 이상으로 적어 주세요. 문장처럼 길게 적어도 돼요.")
        % {"least": LEAST[role]},
        "too_long": _("200자까지만 쓸 수 있어요."),
        "broken": _("쓸 수 없는 글자가 들어 있어요."),
        "common": _("많은 사람이 쓰는 비밀번호예요. 다른 것으로 적어 주세요."),
        "context": _("이름이나 이메일로 쉽게 맞힐 수 있어요. 다른 말을 더 섞어 주세요."),
    }
    return texts[code]
