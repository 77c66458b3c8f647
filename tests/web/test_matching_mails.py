"""The mails the matching side causes, in both languages."""

import pytest

from matcher.i18n import use_language
from matcher.rendering import render, render_block

CONTEXT = {
    "name": "하늘",
    "site_url": "https://oreum.example",
    "opening": "지상국 데이터 엔지니어",
    "opening_id": 7,
    "course": "컨테이너 실습 특강",
    "course_id": 3,
    "starts_on": "2026-12-21",
}


@pytest.mark.parametrize("language", ["ko", "en"])
@pytest.mark.parametrize(
    ("template", "link"),
    [
        ("application_received", "/partner/openings/7"),
        ("introduction_accepted", "/partner/introductions"),
        ("introduction_refused", "/partner/introductions"),
        ("seat_free", "/youth/courses/3"),
    ],
)
def test_a_mail_has_a_subject_of_one_line_and_its_link(
    template: str, link: str, language: str
) -> None:
    with use_language("ko" if language == "ko" else "en"):
        subject = render_block(f"mail/{template}.txt", "subject", CONTEXT)
        body = render(f"mail/{template}.txt", CONTEXT)
    assert subject.strip()
    assert "\n" not in subject.strip()
    assert f"https://oreum.example{link}" in body
