"""The programme as data: what is in it and how its parts hold together."""

from datetime import date

import pytest

from matcher.catalogue.certification import LEVELS
from matcher.catalogue.certifications import load_programme
from matcher.cli.certifications import rows
from matcher.planning.certification_rules import RULES, SOURCES

PROGRAMME = load_programme()
TODAY = date(2026, 11, 21)


def test_there_are_thirteen_live_and_four_retired_certifications() -> None:
    status = {c.id: c.status_on(TODAY) for c in PROGRAMME.certifications}
    assert {key for key, s in status.items() if s == "retired"} == {"MLS", "DAS", "DBS", "PAS"}
    assert len(status) == 17
    assert status["AIB"] == "beta"
    assert status["ANS"] == "retiring"
    assert sorted(status.values()).count("active") == 11


def test_certifications_come_by_level_then_id() -> None:
    order = [(LEVELS.index(c.level), c.id) for c in PROGRAMME.certifications]
    assert order == sorted(order)


def test_cloudops_engineer_keeps_its_former_name() -> None:
    cloudops = PROGRAMME.certification("SOA")
    assert cloudops.name_en == "AWS Certified CloudOps Engineer - Associate"
    assert cloudops.former_name == "AWS Certified SysOps Administrator - Associate"
    assert cloudops.level_slug == "associate"


def test_korean_names_are_marked_as_our_own_wording() -> None:
    assert all(c.name_ko.startswith("AWS 공인 ") for c in PROGRAMME.certifications)
    assert len({c.name_ko for c in PROGRAMME.certifications}) == 17


@pytest.mark.parametrize("unknown", ["XYZ", "", "clf"])
def test_unknown_certification_and_exam_raise_key_error(unknown: str) -> None:
    with pytest.raises(KeyError):
        PROGRAMME.certification(unknown)
    with pytest.raises(KeyError):
        PROGRAMME.exam(unknown)
    with pytest.raises(KeyError):
        PROGRAMME.renews(unknown)


def test_every_set_of_confirmed_domain_weights_sums_to_a_hundred() -> None:
    sums = {
        exam.code: sum(domain.weight_pct for domain in exam.domains)
        for certification in PROGRAMME.certifications
        for exam in certification.exams
        if exam.domains
    }
    assert set(sums.values()) == {100}
    assert len(sums) == 15


def test_the_new_architect_professional_exam_has_no_invented_domains() -> None:
    assert PROGRAMME.exam("SAP-C03").domains == ()
    assert PROGRAMME.certification("SAP").domains == PROGRAMME.exam("SAP-C02").domains


def test_developer_domains_are_those_of_the_newest_version() -> None:
    weights = [d.weight_pct for d in PROGRAMME.certification("DVA").domains]
    assert weights == [30, 26, 22, 22]
    assert [d.weight_pct for d in PROGRAMME.exam("DVA-C02").domains] == [32, 26, 24, 18]


@pytest.mark.parametrize(
    ("code", "price", "minutes", "total", "scored", "passing"),
    [
        ("CLF-C02", 100, 90, 65, 50, 700),
        ("SAA-C03", 150, 130, 65, 50, 720),
        ("DOP-C02", 300, 180, 75, 65, 750),
        ("SCS-C03", 300, 170, 65, 50, 750),
        ("AIB-C01", 50, 170, 85, None, None),
        ("MLA-C02", 75, 170, 85, None, None),
    ],
)
def test_exam_terms_today(
    code: str, price: int, minutes: int, total: int, scored: int | None, passing: int | None
) -> None:
    terms = PROGRAMME.exam(code).terms_on(TODAY)
    assert terms is not None
    assert (terms.price_usd, terms.minutes) == (price, minutes)
    assert (terms.questions_total, terms.questions_scored) == (total, scored)
    assert terms.passing_score == passing


def test_a_beta_carries_its_later_standard_terms_beside_its_own() -> None:
    assert PROGRAMME.exam("AIB-C01").standard_terms.price_usd == 100
    assert PROGRAMME.exam("MLA-C02").standard_terms.price_usd == 150
    assert PROGRAMME.exam("MLA-C02").standard_terms.minutes is None


@pytest.mark.parametrize(
    ("passed", "renewed"),
    [
        ("CLF", set()),
        ("AIF", set()),
        ("AIB", set()),
        ("SAA", {"CLF"}),
        ("DVA", {"CLF"}),
        ("SOA", {"CLF"}),
        ("DEA", {"CLF"}),
        ("MLA", {"CLF", "AIF"}),
        ("SAP", {"CLF", "SAA"}),
        ("DOP", {"CLF", "DVA", "SOA"}),
        ("AIP", {"CLF", "AIF", "MLA", "DEA"}),
        ("SCS", set()),
        ("ANS", set()),
    ],
)
def test_a_pass_also_renews(passed: str, renewed: set[str]) -> None:
    assert PROGRAMME.renews(passed) == renewed


def test_renewed_by_is_the_other_side_of_renews() -> None:
    ids = [c.id for c in PROGRAMME.certifications]
    forward = {(a, b) for a in ids for b in PROGRAMME.renews(a)}
    backward = {(a, b) for b in ids for a in PROGRAMME.renewed_by(b)}
    assert forward == backward
    assert len(forward) == len(PROGRAMME.renewal_edges) == 15


def test_rule_numbers() -> None:
    assert PROGRAMME.validity_years == 3
    assert PROGRAMME.retake_wait_days == 14
    assert PROGRAMME.no_repeat_years == 2
    assert PROGRAMME.voucher_percent == 50
    assert PROGRAMME.beta_attempts == 1
    assert PROGRAMME.minimum_age == 13
    assert PROGRAMME.guardian_consent_ages == (13, 17)


def test_planning_rules_repeat_the_reference_data() -> None:
    assert RULES.validity_years == PROGRAMME.validity_years
    assert RULES.retake_wait_days == PROGRAMME.retake_wait_days
    assert RULES.no_repeat_years == PROGRAMME.no_repeat_years
    assert RULES.minimum_age == PROGRAMME.minimum_age
    assert RULES.adult_age == PROGRAMME.guardian_consent_ages[1] + 1


def test_planning_sources_repeat_the_reference_data() -> None:
    rule_of = {
        "retake_wait": "retake_wait_days",
        "repeat_block": "no_repeat_years",
        "beta_once": "beta_attempts",
        "too_young": "minimum_age",
        "guardian_consent": "guardian_consent_ages",
        "renewal_needs_active": "renewal_needs_active",
        "retired_renewal": "retired_can_be_renewed",
    }
    assert {code: PROGRAMME.rule_source(key) for code, key in rule_of.items()} == dict(SOURCES)


def test_no_online_proctor_speaks_korean() -> None:
    assert PROGRAMME.has_proctor("en")
    assert not PROGRAMME.has_proctor("ko")


def test_retired_certifications_hold_no_estimates() -> None:
    retired = [c for c in PROGRAMME.certifications if c.status_on(TODAY) == "retired"]
    assert [c.planning_hours for c in retired] == [None] * 4
    assert [c.is_renewable for c in retired] == [False] * 4


def test_microcredentials_never_name_a_title_that_was_not_seen() -> None:
    untitled = [m.slug for m in PROGRAMME.microcredentials if m.name_en is None]
    assert untitled == ["data-streaming"]
    assert len(PROGRAMME.microcredentials) == 8


def test_related_ids_all_exist() -> None:
    ids = {c.id for c in PROGRAMME.certifications}
    named = {
        other
        for c in PROGRAMME.certifications
        for other in (*c.usually_before, *c.next, *c.replaced_by)
    }
    named |= {other for m in PROGRAMME.microcredentials for other in m.related}
    named |= set(PROGRAMME.maintenance.eligible)
    assert named - ids == set()


def test_command_rows_show_the_beta_and_the_last_day() -> None:
    found = {row["exam_code"]: row for row in rows(TODAY, "en")}
    assert found["ANS-C01"] == {
        "id": "ANS",
        "exam_code": "ANS-C01",
        "name_ko": "AWS 공인 고급 네트워킹 스페셜티",
        "name_en": "AWS Certified Advanced Networking - Specialty",
        "level": "Specialty",
        "status": "retiring",
        "price_usd": 300,
        "minutes": 170,
        "last_day": "2026-12-31",
    }
    assert (found["AIB-C01"]["status"], found["AIB-C01"]["last_day"]) == ("beta", None)
    assert found["AIB-C01"]["price_usd"] == 50
