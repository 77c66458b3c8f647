"""The real calendar of 2026-11 to 2027-12, case by case, written by hand from the AWS pages."""

from datetime import date

import pytest

from matcher.catalogue.certifications import load_programme
from matcher.matching.certification_facts import facts_of, programme_facts
from matcher.planning.certification_rules import PastAttempt
from matcher.planning.keeping import (
    expiries_after_maintenance,
    maintenance_opens_on,
    maintenance_refusal,
    renewal_refusal,
)
from matcher.planning.sittings import Candidate, Window, sitting_on, windows

FACTS = programme_facts()
TODAY = date(2026, 11, 21)


def day(text: str) -> date:
    return date.fromisoformat(text)


def passed(code: str, on: str) -> PastAttempt:
    return PastAttempt(code, day(on), is_pass=True)


def failed(code: str, on: str) -> PastAttempt:
    return PastAttempt(code, day(on), is_pass=False)


NOBODY: list[PastAttempt] = []
SITTINGS = [
    # SAP: the version changes between 2026-11-16 and -17
    ("SAP", "ko", "2026-11-16", NOBODY, "SAP-C02"),
    ("SAP", "ko", "2026-11-17", NOBODY, "SAP-C03"),
    ("SAP", "ko", "2027-12-31", NOBODY, "SAP-C03"),
    ("SAP", "de", "2026-11-21", NOBODY, "language_missing"),
    ("SAP", "ko", "2026-11-21", [passed("SAP-C02", "2026-11-16")], "SAP-C03"),
    ("SAP", "ko", "2026-11-21", [failed("SAP-C02", "2026-11-16")], "SAP-C03"),
    ("SAP", "ko", "2026-12-01", [failed("SAP-C03", "2026-11-18")], "retake_wait"),
    ("SAP", "ko", "2026-12-02", [failed("SAP-C03", "2026-11-18")], "SAP-C03"),
    # SOA: Korean ended on 2026-11-19
    ("SOA", "ko", "2026-11-19", NOBODY, "SOA-C03"),
    ("SOA", "ko", "2026-11-20", NOBODY, "language_ended"),
    ("SOA", "zh-Hans", "2026-11-20", NOBODY, "language_ended"),
    ("SOA", "ja", "2026-11-20", NOBODY, "SOA-C03"),
    ("SOA", "en", "2026-11-21", NOBODY, "SOA-C03"),
    ("SOA", "en", "2027-12-31", NOBODY, "SOA-C03"),
    # DVA: C02 to 2026-11-30, C03 from 2026-12-01
    ("DVA", "ko", "2026-11-30", NOBODY, "DVA-C02"),
    ("DVA", "ko", "2026-12-01", NOBODY, "DVA-C03"),
    ("DVA", "en", "2026-12-01", NOBODY, "DVA-C03"),
    ("DVA", "ko", "2026-11-30", [passed("DVA-C02", "2025-03-01")], "repeat_block"),
    ("DVA", "ko", "2026-12-01", [passed("DVA-C02", "2026-11-29")], "DVA-C03"),
    ("DVA", "ko", "2026-11-30", [failed("DVA-C02", "2026-11-16")], "DVA-C02"),
    ("DVA", "ko", "2026-11-30", [failed("DVA-C02", "2026-11-17")], "retake_wait"),
    ("DVA", "ko", "2026-12-01", [failed("DVA-C02", "2026-11-30")], "DVA-C03"),
    ("DVA", "ko", "2027-12-01", [passed("DVA-C03", "2026-12-01")], "repeat_block"),
    ("DVA", "ko", "2028-11-30", [passed("DVA-C03", "2026-12-01")], "repeat_block"),
    ("DVA", "ko", "2028-12-01", [passed("DVA-C03", "2026-12-01")], "DVA-C03"),
    # ANS: gone after 2026-12-31
    ("ANS", "ko", "2026-12-31", NOBODY, "ANS-C01"),
    ("ANS", "ko", "2027-01-01", NOBODY, "exam_ended"),
    ("ANS", "en", "2027-01-01", NOBODY, "exam_ended"),
    ("ANS", "ko", "2026-12-31", [failed("ANS-C01", "2026-12-20")], "retake_wait"),
    # DOP: no Korean after 2026-12-31, English goes on
    ("DOP", "ko", "2026-12-31", NOBODY, "DOP-C02"),
    ("DOP", "ko", "2027-01-01", NOBODY, "language_ended"),
    ("DOP", "en", "2027-01-01", NOBODY, "DOP-C02"),
    ("DOP", "ko", "2026-12-30", [failed("DOP-C02", "2026-12-18")], "retake_wait"),
    # MLA: C01 left to Korean, Japanese and Chinese; C02 a beta in English, start of GA unknown
    ("MLA", "en", "2026-09-28", NOBODY, "MLA-C01"),
    ("MLA", "en", "2026-09-29", NOBODY, "MLA-C02"),
    ("MLA", "en", "2026-11-21", NOBODY, "MLA-C02"),
    ("MLA", "ko", "2026-11-21", NOBODY, "MLA-C01"),
    ("MLA", "ko", "2027-06-01", NOBODY, "MLA-C01"),
    ("MLA", "en", "2027-01-14", NOBODY, "MLA-C02"),
    ("MLA", "en", "2026-12-31", [failed("MLA-C02", "2026-10-01")], "beta_once"),
    ("MLA", "en", "2026-12-31", [passed("MLA-C02", "2026-10-01")], "beta_once"),
    ("MLA", "ko", "2026-11-21", [failed("MLA-C02", "2026-11-20")], "MLA-C01"),
    ("MLA", "ko", "2026-11-21", [passed("MLA-C01", "2025-11-21")], "repeat_block"),
    # AIB: a beta in English and Japanese from 2026-09-29
    ("AIB", "en", "2026-09-28", NOBODY, "not_yet"),
    ("AIB", "en", "2026-09-29", NOBODY, "AIB-C01"),
    ("AIB", "ja", "2026-11-21", NOBODY, "AIB-C01"),
    ("AIB", "ko", "2026-11-21", NOBODY, "language_missing"),
    ("AIB", "en", "2026-11-21", [failed("AIB-C01", "2026-10-02")], "beta_once"),
    # CLF, SAA, SCS: languages that end on 2026-12-31
    ("CLF", "de", "2026-12-31", NOBODY, "CLF-C02"),
    ("CLF", "de", "2027-01-01", NOBODY, "language_ended"),
    ("CLF", "it", "2027-01-01", NOBODY, "language_ended"),
    ("CLF", "id", "2026-11-21", NOBODY, "language_ended"),
    ("CLF", "ko", "2027-01-01", NOBODY, "CLF-C02"),
    ("CLF", "zh-Hans", "2027-01-01", NOBODY, "CLF-C02"),
    ("SAA", "it", "2026-12-31", NOBODY, "SAA-C03"),
    ("SAA", "it", "2027-01-01", NOBODY, "language_ended"),
    ("SAA", "ko", "2027-03-01", [passed("SAA-C03", "2025-03-01")], "SAA-C03"),
    ("SAA", "ko", "2027-02-28", [passed("SAA-C03", "2025-03-01")], "repeat_block"),
    ("SCS", "pt-BR", "2026-12-31", NOBODY, "SCS-C03"),
    ("SCS", "pt-BR", "2027-01-01", NOBODY, "language_ended"),
    ("SCS", "es", "2027-01-01", NOBODY, "language_ended"),
    ("SCS", "ko", "2027-01-01", NOBODY, "SCS-C03"),
    # AIP: beta until 2026-03-31, standard from the day after; an earlier beta counts as the code
    ("AIP", "ko", "2026-03-31", NOBODY, "AIP-C01"),
    ("AIP", "en", "2026-03-31", [failed("AIP-C01", "2026-01-05")], "beta_once"),
    ("AIP", "en", "2026-04-01", [failed("AIP-C01", "2026-01-05")], "AIP-C01"),
    ("AIP", "ko", "2027-12-31", [passed("AIP-C01", "2025-12-31")], "AIP-C01"),
    ("AIP", "ko", "2027-12-30", [passed("AIP-C01", "2025-12-31")], "repeat_block"),
    # 29 February
    ("CLF", "ko", "2028-02-29", NOBODY, "CLF-C02"),
    ("CLF", "ko", "2026-02-27", [passed("CLF-C02", "2024-02-29")], "repeat_block"),
    ("CLF", "ko", "2026-02-28", [passed("CLF-C02", "2024-02-29")], "CLF-C02"),
    ("CLF", "ko", "2028-03-03", [failed("CLF-C02", "2028-02-19")], "retake_wait"),
    ("CLF", "ko", "2028-03-04", [failed("CLF-C02", "2028-02-19")], "CLF-C02"),
    # retired ones
    ("MLS", "en", "2026-03-31", NOBODY, "language_missing"),
    ("MLS", "en", "2026-04-01", NOBODY, "exam_ended"),
    ("DAS", "ko", "2026-11-21", NOBODY, "exam_ended"),
    ("DBS", "en", "2026-11-21", NOBODY, "exam_ended"),
    ("PAS", "en", "2026-11-21", NOBODY, "exam_ended"),
]


@pytest.mark.parametrize(("certification", "language", "on", "history", "expected"), SITTINGS)
def test_what_can_be_sat_on_a_day(
    certification: str, language: str, on: str, history: list[PastAttempt], expected: str
) -> None:
    candidate = Candidate(tuple(history), (language,))
    window, reasons = sitting_on(FACTS, certification, candidate, day(on))
    if "-" in expected:
        assert window is not None
        assert window.exam_code == expected
    else:
        assert window is None
        assert expected in {each.code for each in reasons}


def test_there_are_at_least_sixty_cases() -> None:
    assert len(SITTINGS) >= 60


def open_ones(certification: str, *languages: str) -> tuple[Window, ...]:
    return windows(FACTS, certification, Candidate((), languages), TODAY).open


def test_windows_tell_first_and_last_days_and_prices() -> None:
    found = [(w.exam_code, w.opens_on, w.closes_on, w.price_usd) for w in open_ones("DVA", "ko")]
    assert found == [
        ("DVA-C02", TODAY, day("2026-11-30"), 150),
        ("DVA-C03", day("2026-12-01"), None, 150),
    ]
    beta = open_ones("MLA", "en")[0]
    assert (beta.exam_code, beta.is_beta, beta.price_usd) == ("MLA-C02", True, 75)


def test_the_language_liked_best_comes_first_and_no_korean_is_told() -> None:
    found = windows(FACTS, "SOA", Candidate((), ("ko", "en")), TODAY)
    assert [(w.language, w.closes_on) for w in found.open] == [("en", None)]
    assert [(r.code, r.last_day) for r in found.refusals] == [("language_ended", day("2026-11-19"))]
    assert found.refusals[0].source.startswith("https://aws.amazon.com/")
    assert [w.language for w in open_ones("CLF", "en", "ko")] == ["en", "ko"]


def test_the_start_of_mla_c02_is_told_as_unconfirmed() -> None:
    found = windows(FACTS, "MLA", Candidate((), ("ko",)), TODAY)
    unknown = [r for r in found.refusals if r.code == "start_unknown"]
    assert [(r.exam_code, r.until) for r in unknown] == [("MLA-C02", day("2027-01-14"))]
    assert {w.exam_code for w in found.open} == {"MLA-C01"}


def test_a_retake_that_no_longer_fits_the_version_says_both_days() -> None:
    history = (failed("DVA-C02", "2026-11-20"),)
    found = windows(FACTS, "DVA", Candidate(history, ("ko",)), TODAY)
    assert [w.exam_code for w in found.open] == ["DVA-C03"]
    assert [(r.code, r.until, r.last_day) for r in found.refusals] == [
        ("retake_wait", day("2026-12-04"), day("2026-11-30"))
    ]


def test_korean_online_is_possible_and_proctored_in_another_language() -> None:
    at_home = windows(FACTS, "SAA", Candidate((), ("ko", "en"), is_online=True), TODAY)
    assert [(w.language, w.has_proctor) for w in at_home.open] == [("ko", False), ("en", True)]
    assert [(n.code, n.language) for n in at_home.notices] == [("no_proctor", "ko")]
    assert windows(FACTS, "SAA", Candidate((), ("ko",)), TODAY).notices == ()


@pytest.mark.parametrize(
    ("is_minor", "has_consent", "is_open"),
    [(False, False, True), (True, True, True), (True, False, False)],
)
def test_a_minor_needs_a_guardians_consent(
    is_minor: bool, has_consent: bool, is_open: bool
) -> None:
    candidate = Candidate((), ("ko",), is_minor, has_consent)
    found = windows(FACTS, "CLF", candidate, TODAY)
    assert bool(found.open) == is_open
    assert [r.code for r in found.refusals] == ([] if is_open else ["guardian_consent"])


def test_an_unknown_certification_is_an_error() -> None:
    with pytest.raises(KeyError):
        windows(FACTS, "XYZ", Candidate(), TODAY)


@pytest.mark.parametrize(
    ("certification", "expires", "on", "code"),
    [
        ("SAA", "2027-03-01", "2026-11-30", "maintain_too_early"),
        ("SAA", "2027-03-01", "2026-12-01", None),
        ("SAA", "2027-03-01", "2027-03-01", None),
        ("SAA", "2027-03-01", "2027-03-02", "renewal_needs_active"),
        ("CLF", "2027-03-01", "2027-02-01", "maintain_not_eligible"),
        ("AIP", "2027-03-01", "2027-02-01", "maintain_not_eligible"),
        ("ANS", "2027-03-01", "2027-02-01", "maintain_not_eligible"),
        ("MLA", "2027-02-28", "2026-11-30", None),
        ("MLA", "2027-02-28", "2026-11-29", "maintain_too_early"),
        ("DOP", "2028-02-29", "2027-12-01", None),
        ("DOP", "2028-02-29", "2027-11-30", "maintain_too_early"),
    ],
)
def test_a_year_without_an_exam(
    certification: str, expires: str, on: str, code: str | None
) -> None:
    refusal = maintenance_refusal(FACTS, certification, day(expires), day(on))
    assert (refusal.code if refusal else None) == code
    if code == "maintain_too_early":
        assert refusal is not None
        assert refusal.until == maintenance_opens_on(day(expires), FACTS.maintenance)


def test_a_maintained_year_moves_what_is_below_and_still_alive() -> None:
    held = {
        "SAP": day("2027-02-01"),
        "SAA": day("2027-06-01"),
        "CLF": day("2026-12-31"),
        "AIF": day("2027-06-01"),
    }
    moved = expiries_after_maintenance(FACTS, held, "SAP", day("2027-01-05"))
    assert moved == {"SAP": day("2028-02-01"), "SAA": day("2028-02-01")}


def test_a_maintained_leap_day_gives_the_day_before() -> None:
    held = {"SAA": day("2028-02-29")}
    moved = expiries_after_maintenance(FACTS, held, "SAA", day("2028-02-29"))
    assert moved == {"SAA": day("2029-02-28")}


@pytest.mark.parametrize(
    ("certification", "expires", "on", "code"),
    [
        ("SAA", "2026-11-21", "2026-11-21", None),
        ("SAA", "2026-11-20", "2026-11-21", "renewal_needs_active"),
        ("ANS", "2027-06-01", "2026-11-21", "retired_renewal"),
        ("MLS", "2027-06-01", "2026-11-21", "retired_renewal"),
        ("MLS", "2026-06-01", "2026-11-21", "renewal_needs_active"),
    ],
)
def test_an_expired_or_retired_certificate_is_not_renewed(
    certification: str, expires: str, on: str, code: str | None
) -> None:
    refusal = renewal_refusal(FACTS, certification, day(expires), day(on))
    assert (refusal.code if refusal else None) == code
    assert refusal is None or refusal.source.startswith("https://aws.amazon.com/")


def test_the_facts_hold_what_the_reference_data_say() -> None:
    programme = load_programme()
    facts = facts_of(programme)
    assert facts.renews("SAP") == {"SAP", "SAA", "CLF"}
    assert facts.proctor_languages == {"en", "ja", "es-419", "zh-Hans"}
    assert facts.benefit_percent == 50
    assert facts.maintenance.points == {
        "SAA": 500, "DVA": 500, "SOA": 500, "MLA": 500, "SAP": 700, "DOP": 700,
    }  # fmt: skip
    assert facts.maintenance.subscription_usd_month == 29
    for exam in (e for c in programme.certifications for e in c.exams):
        version = next(
            v for v in facts.certifications[exam.certification_id].versions if v.code == exam.code
        )
        for asked in ("ko", "zh", "zh-Hans", "es", "es-419", "pt-BR"):
            said = [offer.speaks(asked) for offer in exam.languages]
            assert [offer.speaks(asked) for offer in version.offers] == said
