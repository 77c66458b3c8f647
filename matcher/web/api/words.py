"""Words for what is wrong with a JSON field; the rest is said as on the forms."""

from collections.abc import Mapping
from typing import Any

from matcher.i18n import gettext as _
from matcher.web.forms import base


def message(kind: str, context: Mapping[str, Any]) -> str:
    return _words().get(kind) or base.message(kind, context)


def _words() -> dict[str, str]:
    return {
        "int_type": _("따옴표 없는 정수로 보내 주세요."),
        "string_type": _("글자로 보내 주세요."),
        "bool_type": _("true나 false로 보내 주세요."),
        "list_type": _("목록으로 보내 주세요."),
        "model_type": _("JSON 객체({…})를 보내 주세요."),
        "model_attributes_type": _("JSON 객체({…})를 보내 주세요."),
        "string_pattern_mismatch": _("이 모양으로는 쓸 수 없어요."),
        "string_too_long": _("글이 너무 길어요. 조금 줄여 주세요."),
    }
