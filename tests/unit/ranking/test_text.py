import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from matcher.ranking.text import TextSpace, likeness, text_column

CORPUS = ["위성 데이터를 분석해요", "cloud operations", "a b", "파이썬 3.11, 배터리!"]
SPACE = TextSpace(CORPUS)
words = st.lists(
    st.sampled_from(
        ["위성", "데이터를", "cloud", "a", "ｃｌｏｕｄ", "BATTERY", "배터리!", "x\ty", "없는말"]
    )
)


@given(st.lists(words.map(" ".join), max_size=5))
def test_rows_equal_those_of_scikit_learn(texts: list[str]) -> None:
    ours = SPACE.rows(texts).toarray()
    theirs = SPACE.vectorizer_.transform(texts).toarray() if texts else ours
    np.testing.assert_allclose(ours, theirs, atol=1e-12)


def test_order_of_the_corpus_and_repeats_in_it_change_nothing() -> None:
    other = TextSpace([*reversed(CORPUS), CORPUS[0]])
    assert (other.rows(CORPUS) != SPACE.rows(CORPUS)).nnz == 0


def test_repeating_a_word_gains_nothing() -> None:
    one, many = SPACE.rows(["위성 데이터"]), SPACE.rows(["위성 데이터 " * 500])
    assert (one != many).nnz == 0


def test_a_text_is_fully_like_itself_and_not_at_all_like_strange_letters() -> None:
    rows = SPACE.rows(["위성 데이터", "cloud"])
    got = likeness(rows, SPACE.rows(["위성 데이터"]))
    assert got.tolist() == pytest.approx([1.0, 0.0])
    assert got.max() <= 1.0


def test_nothing_to_compare_is_marked_on_either_side() -> None:
    rows = SPACE.rows(["위성", "", "ŒŒŒ"])
    assert text_column(rows, SPACE.rows([""])).tolist() == [-1.0, -1.0, -1.0]
    assert text_column(rows, SPACE.rows(["위성"])).tolist()[1:] == [-1.0, -1.0]


def test_a_corpus_without_text_is_refused() -> None:
    with pytest.raises(ValueError, match="no text"):
        TextSpace(["", " "])


def test_the_memory_of_words_is_bounded_and_not_needed(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("matcher.ranking.text._REMEMBERED_WORDS", 0)
    forgetful = TextSpace(CORPUS)
    assert (forgetful.rows(CORPUS) != SPACE.rows(CORPUS)).nnz == 0
    assert forgetful._words == {}


@given(
    st.lists(st.tuples(st.lists(words.map(" ".join), max_size=5), words.map(" ".join)), max_size=4)
)
def test_a_remembered_likeness_is_the_counted_one_to_the_last_bit(
    lists: list[tuple[list[str], str]],
) -> None:
    space = TextSpace(CORPUS)
    for texts, one in [*lists, *lists]:
        counted = text_column(SPACE.rows(texts), SPACE.rows([one]))
        found = space.likenesses(texts, one, lambda texts=texts: space.rows(texts))
        assert found.tolist() == counted.tolist()


def test_a_list_looked_at_again_is_not_counted_again_and_old_lists_make_room(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setattr("matcher.ranking.text._REMEMBERED_PAIRS", 4)
    space, texts, counted = TextSpace(CORPUS), ["cloud", "위성", "a b"], list[str]()

    def look(texts: list[str], one: str) -> None:
        space.likenesses(texts, one, lambda: counted.append(one) or space.rows(texts))

    for one in ("cloud", "cloud", "위성", "cloud"):
        look(texts, one)
    look(["cloud"], "cloud")
    assert counted == ["cloud", "위성", "cloud"]
    look([f"{each} cloud" for each in range(5)], "cloud")
    assert space._pairs == {}
