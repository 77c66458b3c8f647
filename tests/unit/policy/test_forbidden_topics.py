"""What a posting may not ask, in many phrasings of both languages, and what it may say."""

import json
from collections import Counter
from pathlib import Path
from typing import Any

import pytest

from matcher.policy.forbidden_topics import MOST_CHARACTERS, Topic, hits

PHRASES: dict[str, Any] = json.loads(
    (Path(__file__).parents[2] / "data" / "forbidden_phrases.json").read_text(encoding="utf-8")
)
LANGUAGES = ("ko", "en")


def topics_of(text: str) -> set[str]:
    return {each.topic.value for each in hits([("description", text)])}


@pytest.mark.parametrize("language", LANGUAGES)
def test_every_phrasing_is_found_under_its_topic(language: str) -> None:
    rows = PHRASES["hit"][language]
    missed = [row["text"] for row in rows if row["topic"] not in topics_of(row["text"])]
    assert len(rows) >= 30
    assert missed == []


@pytest.mark.parametrize("language", LANGUAGES)
def test_ordinary_technical_speech_passes(language: str) -> None:
    rows = PHRASES["free"][language]
    wrong = {text: found for text in rows if (found := topics_of(text))}
    assert len(rows) >= 30
    assert wrong == {}


@pytest.mark.parametrize("language", LANGUAGES)
def test_every_topic_is_tried_in_more_than_one_phrasing(language: str) -> None:
    tried = Counter(row["topic"] for row in PHRASES["hit"][language])
    assert set(tried) == {each.value for each in Topic}
    assert min(tried.values()) >= 2


@pytest.mark.parametrize(
    "text",
    ["사진첨부", "사진  첨부", "결혼\n여부", "ＦＥＭＡＬＥ only", "What is your mother’s job?"],
)
def test_blanks_widths_and_curly_quotes_hide_nothing(text: str) -> None:
    assert topics_of(text) != set()


@pytest.mark.parametrize("piece", [" ", "만 ", "키", "20", "장애", "\u3000", "a "])
def test_a_text_of_full_length_is_read_to_its_end(piece: str) -> None:
    text = (piece * MOST_CHARACTERS)[: MOST_CHARACTERS - 5] + " 혈액형"
    assert "body" in topics_of(text)
