"""The four levels of proof, named as the mark beside a record names them (parts/basic.html)."""

from matcher.i18n import gettext as _


def names() -> dict[int, str]:
    return {1: _("스스로 적음"), 2: _("대학이 확인"), 3: _("발급처 확인"), 4: _("전자서명 검증")}
