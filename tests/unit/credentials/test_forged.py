"""Nothing forged or broken is ever taken for genuine, and each is refused for its own reason."""

import ast
from pathlib import Path

import pytest

import matcher.credentials
from matcher.credentials.types import Verdict
from matcher.credentials.verifying import check
from matcher.credentials.words import REASON_WORDS, sentence
from matcher.i18n import use_language
from tests.credential_workshop import NOW, RECIPIENT
from tests.unit.credentials.forged import CASES


@pytest.mark.parametrize("name", CASES)
def test_is_refused_for_its_own_reason(name: str) -> None:
    case = CASES[name]
    data, at_hand = case.made()
    checked = check(data, at_hand, recipient=RECIPIENT, now=NOW)
    codes = tuple(each.code for each in checked.reasons)
    assert (checked.verdict, codes) == (case.verdict, case.codes)
    for language in ("ko", "en"):
        with use_language(language):
            assert all("%(" not in sentence(each) for each in checked.reasons)


def test_the_set_is_large_and_asks_for_no_acceptance() -> None:
    assert len(CASES) > 90
    assert Verdict.VERIFIED not in {case.verdict for case in CASES.values()}


def codes_of(source: str) -> set[str]:
    """Of every `Refused("code")`, `found(verdict, "code")` and `_unusable("code", ...)`."""
    calls = [each for each in ast.walk(ast.parse(source)) if isinstance(each, ast.Call)]
    named = [each for each in calls if isinstance(each.func, ast.Name)]
    raised = [each for each in named if each.func.id in ("Refused", "found", "_unusable")]
    said = [arg for each in raised for arg in each.args if isinstance(arg, ast.Constant)]
    return {arg.value for arg in said if isinstance(arg.value, str)}


def test_every_reason_has_words_in_both_languages() -> None:
    sources = Path(matcher.credentials.__file__).parent.glob("*.py")
    codes = set().union(*(codes_of(each.read_text()) for each in sources))
    assert codes - set(REASON_WORDS) == set()
    for words in REASON_WORDS.values():
        korean = words()
        with use_language("en"):
            assert words() != korean
