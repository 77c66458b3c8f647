"""Words of projects that young people and desks read."""

from matcher.i18n import gettext as _
from matcher.web.choices import Choices


def stage_choices() -> Choices:
    return [("idea", _("아이디어")), ("prototype", _("시제품")), ("business", _("사업"))]
