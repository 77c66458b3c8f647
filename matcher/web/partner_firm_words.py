"""Words of a partner's own firm and of its files."""

from matcher.i18n import gettext as _
from matcher.web.choices import Choices


def labels() -> dict[str, str]:
    return {
        "name_ko": _("한국어 이름"),
        "name_en": _("영어 이름"),
        "business_number": _("사업자등록번호"),
        "contact_email": _("담당 이메일"),
        "papers_kept_days": _("지원 서류를 두는 날수"),
    }


def kind_choices() -> Choices:
    return [
        ("openings", _("우리 공고")),
        ("job_feed", _("고용24 공고 형식")),
    ]
