"""What can be sat on a day is read from the data; these days pin it."""

from datetime import date, timedelta

import pytest

from matcher.catalogue.certifications import load_programme

PROGRAMME = load_programme()
TODAY = date(2026, 11, 21)


def codes(certification_id: str, on: date, language: str | None = None) -> list[str]:
    sittings = PROGRAMME.sittable(on, language)
    return [s.exam.code for s in sittings if s.certification.id == certification_id]


def exam(certification_id: str, on: date, language: str | None = None) -> str | None:
    found = PROGRAMME.exam_for(certification_id, on, language)
    return None if found is None else found.code


@pytest.mark.parametrize(
    ("certification", "on", "expected"),
    [
        ("DVA", date(2026, 11, 30), "DVA-C02"),
        ("DVA", date(2026, 12, 1), "DVA-C03"),
        ("SAP", date(2026, 11, 16), "SAP-C02"),
        ("SAP", date(2026, 11, 17), "SAP-C03"),
        ("SOA", date(2025, 9, 29), "SOA-C02"),
        ("SOA", date(2025, 9, 30), "SOA-C03"),
        ("SCS", date(2025, 12, 1), "SCS-C02"),
        ("SCS", date(2025, 12, 2), "SCS-C03"),
        ("MLS", date(2026, 3, 31), "MLS-C01"),
        ("MLS", date(2026, 4, 1), None),
        ("ANS", date(2026, 12, 31), "ANS-C01"),
        ("ANS", date(2027, 1, 1), None),
        ("AIB", date(2026, 9, 28), None),
        ("AIB", date(2026, 9, 29), "AIB-C01"),
    ],
)
def test_version_on_a_day(certification: str, on: date, expected: str | None) -> None:
    assert exam(certification, on) == expected
    assert codes(certification, on) == ([] if expected is None else [expected])


@pytest.mark.parametrize("certification", ["DVA", "SAP", "SOA", "SCS", "CLF", "SAA"])
def test_two_versions_are_never_sittable_on_one_day(certification: str) -> None:
    days = [date(2022, 1, 1) + timedelta(days=n) for n in range(6 * 365)]
    assert max(len(codes(certification, day)) for day in days) == 1


@pytest.mark.parametrize(
    ("certification", "language", "on", "expected"),
    [
        ("SOA", "ko", date(2026, 11, 19), "SOA-C03"),
        ("SOA", "ko", date(2026, 11, 20), None),
        ("SOA", "zh-Hans", date(2026, 11, 20), None),
        ("SOA", "en", date(2026, 11, 20), "SOA-C03"),
        ("DOP", "ko", date(2026, 12, 31), "DOP-C02"),
        ("DOP", "ko", date(2027, 1, 1), None),
        ("DOP", "en", date(2027, 1, 1), "DOP-C02"),
        ("DVA", "ko", date(2026, 11, 30), "DVA-C02"),
        ("DVA", "ko", date(2026, 12, 1), "DVA-C03"),
        ("AIF", "it", date(2026, 10, 15), "AIF-C01"),
        ("AIF", "it", date(2026, 10, 16), None),
        ("CLF", "de", date(2027, 1, 1), None),
        ("SAA", "it", date(2027, 1, 1), None),
        ("SCS", "ko", date(2027, 1, 1), "SCS-C03"),
        ("SCS", "pt-BR", date(2027, 1, 1), None),
        ("AIB", "ko", TODAY, None),
        ("AIB", "ja", TODAY, "AIB-C01"),
        ("MLA", "en", date(2026, 9, 28), "MLA-C01"),
        ("MLA", "en", date(2026, 9, 29), "MLA-C02"),
        ("MLA", "ko", date(2026, 9, 29), "MLA-C01"),
        ("MLA", "ko", TODAY, "MLA-C01"),
        ("MLA", "ko", date(2027, 3, 1), "MLA-C01"),
    ],
)
def test_version_on_a_day_in_a_language(
    certification: str, language: str, on: date, expected: str | None
) -> None:
    assert exam(certification, on, language) == expected
    assert codes(certification, on, language) == ([] if expected is None else [expected])


def test_without_a_language_the_standard_exam_comes_before_the_beta() -> None:
    assert codes("MLA", TODAY) == ["MLA-C01", "MLA-C02"]
    assert exam("MLA", TODAY) == "MLA-C01"


@pytest.mark.parametrize(
    ("code", "language", "end"),
    [
        ("SOA-C03", "ko", date(2026, 11, 19)),
        ("SOA-C03", "en", None),
        ("DOP-C02", "ko", date(2026, 12, 31)),
        ("ANS-C01", "ko", date(2026, 12, 31)),
        ("ANS-C01", "en", date(2026, 12, 31)),
        ("MLA-C01", "en", date(2026, 9, 28)),
        ("MLA-C01", "ko", None),
        ("CLF-C02", "id", date(2026, 7, 16)),
        ("DVA-C02", "ko", date(2026, 11, 30)),
        ("SAA-C03", "ko", None),
    ],
)
def test_last_day_in_a_language(code: str, language: str, end: date | None) -> None:
    assert PROGRAMME.language_ends(code, language) == end


def test_an_open_end_says_so_instead_of_naming_a_day() -> None:
    korean = next(o for o in PROGRAMME.exam("MLA-C01").languages if o.code == "ko")
    assert (korean.last_day, korean.origin.certainty) == (None, "open")
    assert korean.origin.note is not None
    assert "general availability" in korean.origin.note


def test_a_general_availability_that_sources_dispute_is_announced_and_not_in_force() -> None:
    standard = PROGRAMME.exam("MLA-C02").phases[-1]
    assert standard.first_day.value is None
    assert standard.first_day.origin.certainty == "conflict"
    assert standard.first_day.announced == date(2027, 1, 14)
    assert not PROGRAMME.exam("MLA-C02").is_offered(date(2027, 1, 14), "ko")


def test_conflicting_last_days_keep_the_earlier_day_and_say_so() -> None:
    last_day = PROGRAMME.exam("DVA-C02").phases[-1].last_day
    assert (last_day.value, last_day.origin.certainty) == (date(2026, 11, 30), "conflict")
    assert "2026-12-01" in str(last_day.origin.note)


def test_a_standard_exam_follows_its_beta() -> None:
    generative = PROGRAMME.exam("AIP-C01")
    before, after = generative.phase_on(date(2026, 3, 31)), generative.phase_on(date(2026, 4, 1))
    assert before is not None
    assert after is not None
    assert (before.name, after.name) == ("beta", "standard")
    assert PROGRAMME.certification("AIP").status_on(date(2026, 3, 31)) == "beta"


@pytest.mark.parametrize(
    ("certification", "on", "status"),
    [
        ("ANS", date(2026, 12, 31), "retiring"),
        ("ANS", date(2027, 1, 1), "retired"),
        ("AIB", date(2026, 9, 28), "upcoming"),
        ("AIB", date(2026, 9, 29), "beta"),
        ("SOA", date(2026, 11, 20), "active"),
        ("SAP", date(2026, 11, 16), "active"),
        ("SAP", date(2026, 11, 17), "active"),
        ("MLA", TODAY, "active"),
        ("DAS", TODAY, "retired"),
    ],
)
def test_status_on_a_day(certification: str, on: date, status: str) -> None:
    assert PROGRAMME.certification(certification).status_on(on) == status


def test_sittings_come_by_level_then_code() -> None:
    assert [s.exam.code for s in PROGRAMME.sittable(TODAY, "ko")] == [
        "AIF-C01",
        "CLF-C02",
        "DEA-C01",
        "DVA-C02",
        "MLA-C01",
        "SAA-C03",
        "AIP-C01",
        "DOP-C02",
        "SAP-C03",
        "ANS-C01",
        "SCS-C03",
    ]


def test_beta_sittings_are_listed_as_beta() -> None:
    betas = [s.exam.code for s in PROGRAMME.sittable(TODAY, "en") if s.status == "beta"]
    assert betas == ["AIB-C01", "MLA-C02"]


def test_a_bare_language_stands_for_its_variants() -> None:
    assert exam("CLF", TODAY, "zh-Hans") == "CLF-C02"
    assert exam("DVA", TODAY, "zh") == "DVA-C02"
    assert exam("DVA", TODAY, "zh-Hant") is None
    assert exam("DVA", TODAY, "pt") == "DVA-C02"
