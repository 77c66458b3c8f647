"""Every mail of the partner's desk renders in both languages and names nobody it must not."""

import pytest

from matcher.i18n import use_language
from matcher.rendering import render
from models.application import ClosingCause, RefusalReason

BOTH = {
    "title_ko": "지상국 데이터 엔지니어",
    "title_en": "Ground station data engineer",
    "organisation_ko": "새별오비트 데모",
    "organisation_en": "Saebyeol Orbit demo",
    "opening_id": 7,
    "introduction_id": 3,
    "answer_by": "2026-11-28",
    "name": "받는 사람",
    "site_url": "http://localhost",
}
MAILS = [
    ("introduction_asked", {}),
    ("introduction_withdrawn", {}),
    *[("application_ended", {"cause": cause.value}) for cause in ClosingCause],
    ("applicant_accepted_elsewhere", {}),
    ("applicant_answer_time_passed", {}),
    ("application_accepted", {}),
    ("application_withdrawn", {}),
    ("opening_submitted", {}),
    ("opening_published", {}),
    ("opening_returned", {"reason": "unclear_pay", "words": "급여"}),
    ("partner_approved", {"reason": "", "words": ""}),
    ("partner_returned", {"reason": "other", "words": "다시"}),
    ("application_refused", {"reason": "", "said": ""}),
    *[
        ("application_refused", {"reason": reason.value, "said": "다음에 뵙겠습니다."})
        for reason in RefusalReason
    ],
    *[
        ("application_moved", {"state": state, "said": ""})
        for state in ("under_review", "interview", "offered", "hired")
    ],
]


@pytest.mark.parametrize(("template", "more"), MAILS)
@pytest.mark.parametrize("language", ["ko", "en"])
def test_a_mail_reads_well(template: str, more: dict[str, str], language: str) -> None:
    with use_language(language):
        text = render(f"mail/{template}.txt", BOTH | more)
    subject = text.splitlines()[0]
    assert subject.strip()
    known = (BOTH[f"title_{language}"], BOTH[f"organisation_{language}"])
    assert any(word in text for word in known)
    assert "&" not in text.replace("&amp;", "")
    other = "en" if language == "ko" else "ko"
    assert BOTH[f"title_{other}"] not in text
