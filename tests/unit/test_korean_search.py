"""Finding Korean by what people type; every case was said aloud first."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from matcher.korean_search import LONGEST, Search, document, squeezed


def finds(typed: str, *parts: str) -> bool:
    return Search(typed).finds(document(*parts))


@pytest.mark.parametrize(
    ("typed", "text"),
    [
        ("ㅋㄹㅇㄷ", "AWS 클라우드 첫걸음"),
        ("ㅋ라ㅇㄷ", "클라우드"),
        ("클라우ㄷ", "클라우드"),
        ("ㅋㄹㅇㄷ 첫", "클라우드의 첫걸음"),
        ("\u110f\u1105", "클라우드"),
        ("데이터분석가", "데이터 분석가"),
        ("데이터 분석가", "데이터분석가"),
        ("파이썬을 배우는", "시간마다 배우는 파이썬"),
        ("파이썬으로 데이터를", "데이터 다루기, 파이썬"),
        ("aws", "AWS 기초"),
        ("ＡＷＳ", "aws 기초"),
        ("c++", "C++ 기초"),
        ("c#", "C# 기초"),
        ("서버리스", "서버-리스 (실습)"),
        ("ㄲ", "꿈"),
    ],
)
def test_what_is_meant_is_found(typed: str, text: str) -> None:
    assert finds(typed, text)


@pytest.mark.parametrize(
    ("typed", "text"),
    [
        ("ㅋㄹㅎㄷ", "클라우드"),
        ("ㄱ", "꿈"),
        ("클라우드 자바", "클라우드"),
        ("...", "abc"),
        ("c++", "C 기초"),
        ("a.c", "abc"),
        ("[가-힣]", "클라우드"),
        ("나는", "그가 나무"),
    ],
)
def test_what_is_not_meant_is_not_found(typed: str, text: str) -> None:
    assert not finds(typed, text)


def test_nothing_typed_finds_everything() -> None:
    assert finds("", "클라우드")
    assert finds("  ", "")


def test_words_may_stand_in_different_parts_but_no_word_reaches_over_two() -> None:
    assert finds("제주 클라우드", "클라우드 첫걸음", "제주대학교")
    assert not finds("걸음제주", "클라우드 첫걸음", "제주대학교")


@pytest.mark.parametrize(
    "typed", ["(a+)+$", "가" * 10_000, "ab " * 200, "ㅋㄹㅇㄷ", "ㄱㄴ" * 50, "데이" * 50]
)
def test_five_thousand_descriptions_are_searched_without_trying_every_way(typed: str) -> None:
    # A search that tried every way would not end; how fast it is, the benchmarks say.
    texts = [document("데이터 분석 과정 " * 40, str(n)) for n in range(5_000)]
    assert sum(map(Search(typed).finds, texts)) == 0


@given(st.text(max_size=60), st.text(max_size=60))
def test_a_text_is_found_in_whatever_holds_it(text: str, more: str) -> None:
    if squeezed(text):
        assert finds(text, text + " " + more)


@given(st.text(min_size=LONGEST, max_size=400))
def test_any_typing_is_answered(typed: str) -> None:
    assert finds(typed, "클라우드") in (True, False)


@given(st.text(alphabet="가나다라마바사아자차카타파하클라우드 ", min_size=1, max_size=20))
def test_initials_find_what_they_are_the_initials_of(text: str) -> None:
    initials = "ㄱㄲㄴㄷㄸㄹㅁㅂㅃㅅㅆㅇㅈㅉㅊㅋㅌㅍㅎ"
    typed = "".join(initials[(ord(each) - ord("가")) // 588] for each in text if each != " ")
    if typed:
        assert finds(typed, text)
