"""Likeness of two texts, 0..1: character n-grams, so that Korean endings and typos hurt little."""

import unicodedata
from collections.abc import Callable, Iterable, Sequence
from hashlib import blake2b
from typing import TYPE_CHECKING

import numpy as np
from numpy.typing import NDArray

if TYPE_CHECKING:
    from scipy import sparse

# scikit-learn and SciPy are imported where they are used: they cost a second and a half, and a
# service that has only just started must answer before it first ranks.

MAX_CHARACTERS = 4_000
_NGRAMS = (2, 3)
_REMEMBERED_WORDS = 200_000
_REMEMBERED_PAIRS = 100_000


def plain(text: str) -> str:
    """One spelling per character, lower case, bounded length."""
    return unicodedata.normalize("NFKC", text[:MAX_CHARACTERS]).lower()


class TextSpace:
    """TF-IDF weights learned once from a fixed corpus; the same texts give the same numbers.

    Presence counts, not frequency: repeating a word gains nothing. Rows equal those of the fitted
    `TfidfVectorizer.transform` (tested), but go word by word with a memory, which is what makes
    10,000 profiles affordable.
    """

    def __init__(self, corpus: Iterable[str]) -> None:
        from sklearn.feature_extraction.text import TfidfVectorizer

        vectorizer = TfidfVectorizer(
            analyzer="char_wb",
            ngram_range=_NGRAMS,
            lowercase=False,
            preprocessor=plain,
            binary=True,
        )
        texts = sorted(set(corpus))
        if not any(text.strip() for text in texts):
            raise ValueError("the corpus has no text")
        vectorizer.fit(texts)
        self.vectorizer_ = vectorizer
        self._vocabulary: dict[str, int] = vectorizer.vocabulary_
        self._idf: NDArray[np.float64] = vectorizer.idf_
        self._words: dict[str, NDArray[np.int64]] = {}
        self._pairs: dict[bytes, dict[bytes, float]] = {}

    def likenesses(
        self, texts: Sequence[str], one: str, rows: Callable[[], "sparse.csr_array"]
    ) -> NDArray[np.float64]:
        """`text_column` of all `texts` and `one`; `rows` gives the rows of all of them.

        Numbers are remembered by fingerprints of both texts, never the texts: a partner looks at
        one list of the same people again and again.
        """
        own = _fingerprint(one)
        known = self._pairs.get(own, {})
        marks = [_fingerprint(each) for each in texts]
        new = {mark: text for mark, text in zip(marks, texts, strict=True) if mark not in known}
        if new:
            is_most = 2 * len(new) > len(marks)
            many = rows() if is_most else self.rows(list(new.values()))
            found = text_column(many, self.rows([one])).tolist()
            known = {**known, **dict(zip(marks if is_most else new, found, strict=True))}
            self._remember(own, known)
        return np.array([known[mark] for mark in marks], dtype=np.float64)

    def _remember(self, own: bytes, found: dict[bytes, float]) -> None:
        """The oldest make room; dicts are replaced and never changed, so readers need no lock."""
        pairs = {mark: each for mark, each in self._pairs.items() if mark != own}
        pairs[own] = found
        while pairs and sum(map(len, pairs.values())) > _REMEMBERED_PAIRS:
            pairs.pop(next(iter(pairs)))
        self._pairs = pairs

    def rows(self, texts: Sequence[str]) -> "sparse.csr_array":
        """(n, ngrams), each row of length 1 (or empty)."""
        from scipy import sparse

        words: dict[str, int] = {}
        indices: list[int] = []
        ends = [0]
        for text in texts:
            indices += [words.setdefault(word, len(words)) for word in set(plain(text).split())]
            ends.append(len(indices))
        ones = np.ones(len(indices))
        has_word = sparse.csr_array((ones, indices, ends), shape=(len(texts), len(words)))
        return self._weighted(has_word @ self._word_matrix(words))

    def _word_matrix(self, words: Iterable[str]) -> "sparse.csr_array":
        from scipy import sparse

        grams = [self._grams(word) for word in words]
        ends = np.concatenate(([0], np.cumsum([len(each) for each in grams]))).astype(np.int64)
        flat = np.concatenate(grams) if grams else np.empty(0, np.int64)
        shape = (len(grams), len(self._idf))
        return sparse.csr_array((np.ones(len(flat)), flat, ends), shape=shape)

    def _grams(self, word: str) -> NDArray[np.int64]:
        known = self._words.get(word)
        if known is None:
            padded = f" {word} "
            found = {
                self._vocabulary.get(padded[start : start + size], -1)
                for size in range(_NGRAMS[0], _NGRAMS[1] + 1)
                for start in range(max(1, len(padded) - size + 1))
            }
            known = np.array(sorted(found - {-1}), dtype=np.int64)
            if len(self._words) < _REMEMBERED_WORDS:
                self._words[word] = known
        return known

    def _weighted(self, counts: "sparse.csr_array") -> "sparse.csr_array":
        from scipy import sparse

        counts.sort_indices()
        data = self._idf[counts.indices]
        row = np.repeat(np.arange(counts.shape[0]), np.diff(counts.indptr))
        # bincount adds strictly in order, so a row's length never depends on its neighbours
        norm = np.sqrt(np.bincount(row, weights=data * data, minlength=counts.shape[0]))
        data = data / norm[row]
        return sparse.csr_array((data, counts.indices, counts.indptr), shape=counts.shape)


def _fingerprint(text: str) -> bytes:
    # lone surrogates have no bytes of their own
    return blake2b(text.encode("utf-8", "surrogatepass"), digest_size=16).digest()


def likeness(many: "sparse.csr_array", one: "sparse.csr_array") -> NDArray[np.float64]:
    """(n,) cosine of every row of `many` with the single row `one`; symmetric to the last bit."""
    dense = np.zeros(one.shape[1])
    dense[one.indices] = one.data
    return np.minimum(np.asarray(many @ dense, dtype=np.float64), 1.0)


def text_column(many: "sparse.csr_array", one: "sparse.csr_array") -> NDArray[np.float64]:
    """(n,) likeness, -1 where there is nothing to compare: a side without a known n-gram."""
    known = np.diff(many.indptr) > 0
    return np.where(known & (one.nnz > 0), likeness(many, one), -1.0)
