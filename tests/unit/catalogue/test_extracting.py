"""What a posting's text asks for: measured on the gold sentences, and its promises on any text."""

import json
import unicodedata
from collections import Counter
from collections.abc import Iterable
from itertools import pairwise
from pathlib import Path
from typing import Any

import pytest
from hypothesis import example, given, settings
from hypothesis import strategies as st
from typer.testing import CliRunner

from matcher.catalogue.certifications import load_programme
from matcher.catalogue.extracting import MOST_CHARACTERS, TooLong, as_row, extract
from matcher.catalogue.skills import load_taxonomy
from matcher.cli import app

GOLD = Path(__file__).parents[2] / "data" / "posting_sentences.json"
SENTENCES: list[dict[str, Any]] = json.loads(GOLD.read_text(encoding="utf-8"))["sentences"]
LEAST_PRECISION, LEAST_RECALL = 0.95, 0.75
Key = tuple[str, int, int, str]


def wanted(sentence: dict[str, Any]) -> set[Key]:
    return {(e["skill"], e["start"], e["end"], e["kind"]) for e in sentence["expected"]}


def given_back(sentence: dict[str, Any]) -> set[Key]:
    return {(e.skill, e.start, e.end, e.kind) for e in extract(sentence["text"])}


def figures(sentences: Iterable[dict[str, Any]], kind: str | None = None) -> tuple[float, float]:
    """Precision and recall of skill, span and kind together."""
    count: Counter[str] = Counter()
    for each in sentences:
        want = {key for key in wanted(each) if kind in (None, key[3])}
        got = {key for key in given_back(each) if kind in (None, key[3])}
        count.update(right=len(want & got), got=len(got), want=len(want))
    return count["right"] / count["got"], count["right"] / count["want"]


def test_precision_and_recall_on_the_gold_sentences(capsys: pytest.CaptureFixture[str]) -> None:
    held = [each for each in SENTENCES if each["held_out"]]
    slices: dict[str, tuple[list[dict[str, Any]], str | None]] = {
        "all": (SENTENCES, None),
        "held out": (held, None),
        **{lang: ([s for s in SENTENCES if s["language"] == lang], None) for lang in ("ko", "en")},
        **{kind: (SENTENCES, kind) for kind in ("must", "nice", "exclude", "licence")},
    }
    found = {name: figures(*part) for name, part in slices.items()}
    with capsys.disabled():
        for name, (precision, recall) in found.items():
            print(f"\nextract {name:9} precision {precision:.3f} recall {recall:.3f}", end="")
    low = {
        name: pair
        for name, pair in found.items()
        if pair[0] < LEAST_PRECISION or pair[1] < LEAST_RECALL
    }
    assert low == {}


def test_the_gold_sentences_are_sound() -> None:
    counts = Counter(each["language"] for each in SENTENCES)
    assert len(SENTENCES) >= 200
    assert min(counts["ko"], counts["en"]) >= 100
    assert sum(each["held_out"] for each in SENTENCES) >= len(SENTENCES) // 3
    assert {each["industry"] for each in SENTENCES} >= {"space", "energy", "bio", "mobility"}
    assert len({each["text"] for each in SENTENCES}) == len(SENTENCES)
    for each in SENTENCES:
        assert all(each["text"][e["start"] : e["end"]] == e["text"] for e in each["expected"])
        assert all(e["skill"] in known_ids() for e in each["expected"])


def known_ids() -> set[str]:
    certifications = {each.id for each in load_programme().certifications}
    return certifications | {each.slug for each in load_taxonomy().skills}


PIECES = st.sampled_from([
    "파이썬을 ", "AWS ", "Go", "필수, ", "우대: ", "없어도 ", "no ", "required", "C++", " C ",
    "\n", "3년 이상 ", "자격요건\n", "SAA-C03", "전기기사", "@", "http://", "(", "\u200b", "Ａ",
    "ﬁ", "İ", "가\u0301", "한", " / ", ".", "communication skills",
])  # fmt: skip


@settings(max_examples=150, deadline=None)
@given(st.one_of(st.text(max_size=200), st.lists(PIECES, max_size=40).map("".join)))
@example("Python 3 years")
@example(unicodedata.normalize("NFD", "파이썬을 능숙하게"))
def test_any_text_gives_known_ids_at_true_places(text: str) -> None:
    found = extract(text)
    assert found == extract(text)
    assert {each.skill for each in found} <= known_ids()
    assert all(text[each.start : each.end] == each.text != "" for each in found)
    assert all(a.end <= b.start for a, b in pairwise(found))
    assert len({each.skill for each in found}) == len(found)
    assert all(each.level in (None, 1, 2, 3, 4, 5) for each in found)


def test_a_text_written_in_parts_of_syllables_keeps_its_places() -> None:
    text = unicodedata.normalize("NFD", "파이썬을 능숙하게 쓰는 분")
    (found,) = extract(text)
    assert (found.skill, found.text) == ("python", unicodedata.normalize("NFD", "파이썬"))


POSTING = """[회사소개]
AWS와 Java로 위성 서비스를 만드는 회사입니다.

[주요업무]
- 위성영상 처리와 Docker 배포

[자격요건]
- 파이썬 개발 경력 3년 이상, SQL 기초
- 전기기사
- 원활한 커뮤니케이션 능력

[우대사항]
- SAA-C03, Docker
- 소방안전관리자

[복리후생]
- Kubernetes 교육, 영어 수업
"""


def test_a_whole_posting_is_read_by_its_headings() -> None:
    found = {each.skill: (each.kind, each.level) for each in extract(POSTING)}
    assert found == {
        "satellite-image-processing": ("nice", None),
        "docker": ("nice", None),
        "python": ("must", 3),
        "sql": ("must", 2),
        "electrical-engineer-licence": ("licence", None),
        "communication": ("must", None),
        "SAA": ("nice", None),
        "fire-safety-manager": ("nice", None),
    }


@pytest.mark.parametrize(
    ("text", "kinds"),
    [
        ("Python 필수, AWS 우대", {"python": "must", "aws": "nice"}),
        ("Python, SQL, AWS 우대", dict.fromkeys(["python", "sql", "aws"], "nice")),
        ("Must have Python, AWS is a plus", {"python": "must", "aws": "nice"}),
        ("우대: Docker. Docker 필수", {"docker": "must"}),
        ("We use Kubernetes. Kubernetes experience is not required.", {}),
        ("Python 필수. 파이썬 경험은 없어도 됩니다.", {"python": "must"}),
        ("제외: PHP", {"php": "exclude"}),
    ],
)
def test_the_nearest_words_decide_the_kind(text: str, kinds: dict[str, str]) -> None:
    assert {each.skill: each.kind for each in extract(text)} == kinds


def test_a_hostile_text_of_full_length_is_read_to_its_end() -> None:
    for piece in ("a-", "no ", "없어도 ", "소통 ", "Python, ", "3년", "learn ", "x@", "("):
        extract((piece * MOST_CHARACTERS)[:MOST_CHARACTERS])
    tail = "\nPython 필수"
    (found,) = extract("가 " * ((MOST_CHARACTERS - len(tail)) // 2) + tail)
    assert found.skill == "python"


def test_a_longer_text_is_refused() -> None:
    with pytest.raises(TooLong):
        extract("가" * (MOST_CHARACTERS + 1))


def run(raw: bytes, *words: str) -> tuple[int, str, str]:
    result = CliRunner().invoke(app, ["extract", *words], input=raw)
    return result.exit_code, result.stdout, result.stderr


def test_the_command_prints_the_same_list_as_json() -> None:
    code, out, err = run(POSTING.encode(), "--format", "json")
    assert (code, err) == (0, "")
    assert json.loads(out) == [as_row(each) for each in extract(POSTING)]
    assert list(json.loads(out)[0]) == ["skill", "start", "end", "text", "level", "kind"]
    assert "파이썬" in out


@pytest.mark.parametrize("raw", ["", "잘 웃는 분을 찾습니다"])
def test_nothing_found_is_an_empty_list_and_no_error(raw: str) -> None:
    assert run(raw.encode(), "--format", "json") == (0, "[]\n", "")


@pytest.mark.parametrize(
    ("raw", "words", "said"),
    [
        ("파이썬".encode("euc-kr"), (), "UTF-8"),
        ("가".encode() * (MOST_CHARACTERS + 1), ("--format", "json"), "20,000"),
        (b"a" * MOST_CHARACTERS * 5, (), "20,000"),
        (b"", ("--format", "xml"), "xml"),
        (b"", ("--nope",), "--nope"),
    ],
)
def test_wrong_use_says_why_and_prints_no_list(
    raw: bytes, words: tuple[str, ...], said: str
) -> None:
    code, out, err = run(raw, *words)
    assert (code, out) == (2, "")
    assert said in err


def test_the_table_names_what_was_found() -> None:
    code, out, _err = run("Python 필수".encode())
    assert code == 0
    assert "python" in out
