"""Language choice, catalogues, formats and particles."""

from datetime import UTC, date, datetime
from decimal import Decimal
from pathlib import Path

import pytest

from matcher import i18n
from matcher.i18n.catalogue import merge_fragments
from matcher.i18n.formats import DateStyle

HEAD = 'msgid ""\nmsgstr ""\n"Content-Type: text/plain; charset=utf-8\\n"\n'
HEAD += '"Plural-Forms: nplurals=2; plural=(n != 1);\\n"\n\n'
DAY = date(2026, 11, 21)


@pytest.mark.parametrize(
    ("query", "cookie", "header", "expected"),
    [
        (None, None, None, "ko"),
        ("en", "ko", "ko", "en"),
        (None, "en", "ko-KR", "en"),
        ("fr", "en", None, "en"),
        ("fr", "xx", "fr", "ko"),
        (None, None, "en-US,en;q=0.9,ko;q=0.8", "en"),
        (None, None, "ko-KR,ko;q=0.9,en;q=0.8", "ko"),
        (None, None, "en, ko", "ko"),
        (None, None, "en;q=nan", "ko"),
        (None, None, ";;;,=q,en;q=2", "ko"),
    ],
)
def test_link_beats_cookie_beats_browser(
    query: str | None, cookie: str | None, header: str | None, expected: str
) -> None:
    assert i18n.language_from(query, cookie, header) == expected


def test_korean_is_the_source_and_english_comes_from_the_catalogue() -> None:
    assert i18n.gettext("공고") == "공고"
    with i18n.use_language("en"):
        assert i18n.gettext("공고") == "Openings"
        assert i18n.gettext("사전에 없는 문장") == "사전에 없는 문장"
    assert i18n.current_language() == "ko"


def test_english_has_two_forms_and_korean_one() -> None:
    message = "%(num)d곳을 다시 적어 주세요."
    assert [i18n.ngettext(message, message, n) for n in (1, 2)] == [message, message]
    with i18n.use_language("en"):
        forms = [i18n.ngettext(message, message, n) for n in (0, 1, 2)]
    assert forms == [
        "Correct %(num)d entries.",
        "Correct %(num)d entry.",
        "Correct %(num)d entries.",
    ]


def test_desks_read_shared_sentences_in_their_own_style_in_korean_alone() -> None:
    count, needed = "%(num)d곳을 다시 적어 주세요.", "꼭 적어 주세요."
    with i18n.use_formal_korean(True):
        assert i18n.gettext(needed) == "꼭 적어 주십시오."
        assert i18n.ngettext(count, count, 2) == "%(num)d곳을 다시 적어 주십시오."
        assert i18n.gettext("지원을 보냈어요.") == "지원을 보냈어요."
        with i18n.use_language("en"):
            english = i18n.gettext(needed)
    with i18n.use_language("en"):
        assert i18n.gettext(needed) == english
    assert (i18n.gettext(needed), i18n.is_formal()) == (needed, False)


def _fragment(folder: Path, name: str, body: str) -> None:
    (folder / name).write_text(HEAD + body, encoding="utf-8")


def test_one_sentence_with_two_translations_is_an_error(tmp_path: Path) -> None:
    folder = tmp_path / "en"
    folder.mkdir()
    _fragment(folder, "a.po", 'msgid "길"\nmsgstr "Path"\n')
    _fragment(folder, "b.po", 'msgid "길"\nmsgstr "Path"\n')
    assert merge_fragments(folder) == {"길": ("Path",)}
    _fragment(folder, "c.po", 'msgid "길"\nmsgstr "Road"\n')
    with pytest.raises(i18n.CatalogueError, match=r"a\.po.*c\.po"):
        merge_fragments(folder)


def test_unfinished_entries_are_left_out(tmp_path: Path) -> None:
    folder = tmp_path / "en"
    folder.mkdir()
    _fragment(folder, "a.po", 'msgid "하나"\nmsgstr ""\n\n#, fuzzy\nmsgid "둘"\nmsgstr "Two"\n')
    assert merge_fragments(folder) == {}


def test_dates_follow_the_language_and_times_are_in_seoul() -> None:
    styles: tuple[DateStyle, ...] = ("long", "short", "month", "weekday", "iso")
    late = datetime(2026, 11, 20, 15, 5, tzinfo=UTC)
    assert [i18n.format_date(DAY, style) for style in styles] == [
        "2026년 11월 21일", "11월 21일", "2026년 11월", "11월 21일 (토)", "2026-11-21",
    ]  # fmt: skip
    assert i18n.format_datetime(late) == "2026년 11월 21일 00:05"
    with i18n.use_language("en"):
        assert [i18n.format_date(DAY, style) for style in styles] == [
            "Nov 21, 2026", "Nov 21", "Nov 2026", "Sat, Nov 21", "2026-11-21",
        ]  # fmt: skip
        assert i18n.format_datetime(late) == "Nov 21, 2026, 00:05"
        assert i18n.format_date(late) == "Nov 21, 2026"


def test_a_range_of_days_says_each_year_once_and_one_day_alone() -> None:
    near, far = date(2026, 12, 3), date(2027, 4, 2)
    korean = [
        "2026년 11월 21일",
        "2026년 11월 21일 – 12월 3일",
        "2026년 11월 21일 – 2027년 4월 2일",
    ]
    assert [i18n.format_days(DAY, last) for last in (DAY, near, far)] == korean
    short = ["11월 21일", "11월 21일 – 12월 3일", "11월 21일 – 4월 2일"]
    assert [i18n.format_days(DAY, last, "short") for last in (DAY, near, far)] == short
    with i18n.use_language("en"):
        english = ["Nov 21, 2026", "Nov 21 – Dec 3, 2026", "Nov 21, 2026 – Apr 2, 2027"]
        assert [i18n.format_days(DAY, last) for last in (DAY, near, far)] == english


def test_money_is_written_as_each_language_writes_it() -> None:
    assert (i18n.format_krw(163000), i18n.format_usd(150)) == ("163,000원", "US$150")
    assert i18n.format_usd(Decimal("49.5")) == "US$49.50"
    with i18n.use_language("en"):
        assert (i18n.format_krw(163000), i18n.format_usd(150)) == ("₩163,000", "US$150")


@pytest.mark.parametrize(
    ("value", "shown"),
    [(2.93, "3.0"), (2.75, "3.0"), (2.74, "2.5"), (0, "0.0"), (5, "5.0"), (4.18, "4.0")],
)
def test_a_fit_is_shown_to_half_a_point(value: float, shown: str) -> None:
    assert i18n.format_half(value) == shown


def test_signed_numbers_carry_a_real_minus_and_zero_no_sign() -> None:
    values = (1.03, -0.4, 0, -0.001)
    assert [i18n.format_signed(value) for value in values] == ["+1.03", "−0.40", "0.00", "0.00"]
    assert i18n.format_signed(-14, 0) == "−14"


def test_numbers_and_shares() -> None:
    assert i18n.format_number(1234567) == "1,234,567"
    assert i18n.format_number(2.5, 2) == "2.50"
    assert i18n.format_percent(0.8204, 1) == "82.0%"


def test_particles_are_for_korean_only() -> None:
    with i18n.use_language("en"):
        assert i18n.josa("SAA", "을/를") == "SAA"
