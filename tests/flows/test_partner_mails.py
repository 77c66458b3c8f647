"""Every mail of the partner's desk renders in both languages and names nobody it must not."""

from typing import Any

import pytest

from matcher.i18n import use_language
from matcher.rendering import render
from models.application import ClosingCause, LateReason, RefusalReason

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
LINE: dict[str, Any] = {
    "opening_id": 7,
    "title_ko": BOTH["title_ko"],
    "title_en": BOTH["title_en"],
    "waiting": 3,
    "overdue": 0,
    "answer_by": "2026-11-28",
    "ends_on": "2026-12-05",
    "count": 2,
}
INTERVIEW = {"on": "2026-11-25", "starts": "14:00", "mode": "on_site", "application_id": 5}
MAILS = [
    *[
        (mail, INTERVIEW | {"what": what, "place": "제주시 1"})
        for mail in ("interview_own", "interview_partner")
        for what in ("booked", "moved", "cancelled", "withdrawn", "ended")
    ],
    ("still_working", {"months": 6}),
    ("still_here", {"months": 6}),
    ("interview_free", {"application_id": 5}),
    ("offer_changed", {"application_id": 5}),
    ("answer_asked", {"number": "123-456", "until": "2026-11-28", "token": "a.b", "name": ""}),
    ("introduction_asked", {}),
    ("introduction_withdrawn", {}),
    *[("application_ended", {"cause": cause.value}) for cause in ClosingCause],
    ("applicant_accepted_elsewhere", {}),
    *[("application_later", {"reason": reason.value}) for reason in LateReason],
    ("partner_digest", {"lines": [LINE], "ended": []}),
    ("partner_digest", {"lines": [LINE | {"overdue": 2}], "ended": [LINE]}),
    ("partner_digest", {"lines": [], "ended": [LINE]}),
    ("application_accepted", {}),
    ("application_withdrawn", {}),
    ("application_interview", {}),
    *[
        (
            name,
            {"interview_by": "2026-12-05", "what_ko": "파이썬 3수준", "what_en": "Python, level 3"},
        )
        for name in ("promise_due", "promise_broken", "promise_broken_partner", "promise_lapsed")
    ],
    *[
        (template, {"is_reminder": again, "pauses_on": "2026-12-31", "application_id": 5})
        for template, again in (
            ("still_hiring", False),
            ("still_hiring", True),
            ("posting_paused", False),
            ("posting_hidden", False),
        )
    ],
    (
        "posting_changed",
        {
            "lines_ko": [["모집 인원", "1", "3"]],
            "lines_en": [["People wanted", "1", "3"]],
            "application_id": 5,
        },
    ),
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
def test_a_mail_reads_well(template: str, more: dict[str, Any], language: str) -> None:
    with use_language(language):
        text = render(f"mail/{template}.txt", BOTH | more)
    subject = text.splitlines()[0]
    assert subject.strip()
    known = (BOTH[f"title_{language}"], BOTH[f"organisation_{language}"])
    assert any(word in text for word in known)
    assert "&" not in text.replace("&amp;", "")
    other = "en" if language == "ko" else "ko"
    assert BOTH[f"title_{other}"] not in text


def test_the_reason_of_a_refusal_and_the_words_to_the_person_stand_apart() -> None:
    more = {"reason": "lacks_skill", "said": "다음에 뵙겠습니다."}
    with use_language("ko"):
        lines = render("mail/application_refused.txt", BOTH | more).splitlines()
    reason = lines.index("기업이 알려 준 이유: 필요한 기술이 모자랍니다")
    assert lines[reason : reason + 3] == [lines[reason], "", "다음에 뵙겠습니다."]
