"""The demo data: enough of everything, the same every time, nothing real or impossible in it."""

import dataclasses
import hashlib
import json
import os
import re
import subprocess
import sys
from collections import Counter, defaultdict
from datetime import UTC, date, datetime, timedelta
from pathlib import Path

import pytest

from matcher.catalogue.certifications import load_programme
from matcher.catalogue.course_fields import course_vocabulary
from matcher.catalogue.demo import generate
from matcher.catalogue.demo.names import FAMILY, FIRST
from matcher.catalogue.demo.rule import Fit
from matcher.catalogue.demo.shape import DemoData
from matcher.catalogue.employment import employment_vocabulary
from matcher.catalogue.organisations import public_bodies, universities
from matcher.catalogue.regions import regions
from matcher.catalogue.rise_projects import rise_projects
from matcher.catalogue.roles import load_roles
from matcher.catalogue.sectors import sectors
from matcher.catalogue.skills import load_taxonomy
from matcher.clock import day_of
from matcher.ranking.types import Course, Requirement
from tests.unit.catalogue.demo_days import DAYS, TODAY, made

REAL_COMPANIES = (
    "한화시스템", "한화", "컨텍", "텔레픽스", "나라스페이스", "브이젠", "브이피피랩",
    "제주에너지공사", "한국비엠아이", "라이드플럭스", "카카오모빌리티", "이스트소프트", "진시스템",
    "픽스포디", "에어스타즈", "제주테크노파크", "제주산학융합원", "JDC", "KAC", "SKT",
    "Contec", "TelePIX", "V-Gen", "VPPlab", "RideFlux", "Nara Space", "ESTsoft", "Hanwha",
    "Pix4D", "Airstas",
)  # fmt: skip


@pytest.fixture
def data() -> DemoData:
    return made()


def slugs(terms: object) -> set[str]:
    return {term.slug for term in terms}  # type: ignore[attr-defined]


def test_there_are_as_many_of_each_as_promised(data: DemoData) -> None:
    assert len(data.youths) >= 300
    assert len(data.courses) == 45
    assert len(data.openings) == 121  # 120 of the market, and the one that shows what vouchers do
    assert len({opening.organisation for opening in data.openings}) >= 16
    assert {opening.role for opening in data.openings} == slugs(load_roles())


def test_the_same_seed_and_day_give_identical_data() -> None:
    assert generate(TODAY) == made()


def test_another_seed_gives_other_people() -> None:
    other = made(TODAY, 7)
    assert [person.name for person in other.people] != [person.name for person in made().people]


def test_every_affiliation_is_well_represented(data: DemoData) -> None:
    counts = Counter(youth.affiliation for youth in data.youths)
    assert set(counts) == {"rise_university", "other_school", "in_work", "none"}
    assert min(counts.values()) >= 30
    homes = {youth.organisation for youth in data.youths if youth.affiliation == "rise_university"}
    assert homes == slugs(universities())


def test_only_students_of_the_three_universities_have_an_organisation(data: DemoData) -> None:
    for youth in data.youths:
        assert (youth.organisation is not None) == (youth.affiliation == "rise_university")


def test_people_are_made_of_syllables_and_write_from_example_domains(data: DemoData) -> None:
    emails = [person.email for person in data.people]
    assert len(set(emails)) == len(emails)
    assert all(email.endswith(("@example.com", "@example.kr")) for email in emails)
    possible = {family[0] + first[0] for family in FAMILY for first in FIRST}
    youths = [person for person in data.people if person.role == "youth" and not person.is_standing]
    assert {person.name for person in youths} <= possible


def test_no_partner_is_a_real_company(data: DemoData) -> None:
    names = {partner.name_ko for partner in data.partners} | {p.name_en for p in data.partners}
    real = set(REAL_COMPANIES) | {body.name_ko for body in public_bodies()}
    assert names & real == set()
    for name in names:
        assert not any(company.casefold() in name.casefold() for company in REAL_COMPANIES), name


def test_no_partner_is_named_in_the_collected_facts(data: DemoData) -> None:
    folder = os.environ.get("OREUM_FACTS", "../shared/facts")
    path = Path(folder) / "jeju.json"
    if not path.exists():
        pytest.skip("the facts folder is not here")
    facts = json.dumps(json.loads(path.read_text("utf-8")), ensure_ascii=False).casefold()
    for partner in data.partners:
        assert partner.name_ko not in facts
        assert partner.name_en.casefold() not in facts


def test_every_skill_and_licence_exists(data: DemoData) -> None:
    taxonomy = load_taxonomy()
    used = {rating.skill for rating in data.skills} | {each.skill for each in data.course_skills}
    used |= {ask.ref for ask in data.requirements if ask.subject == "skill"}
    licences = {held.licence for held in data.licences}
    licences |= {ask.ref for ask in data.requirements if ask.subject == "licence"}
    assert {slug for slug in used | licences if taxonomy.get(slug) is None} == set()
    found = {skill.slug: skill.is_licence for skill in taxonomy.skills}
    assert {slug for slug in licences if not found[slug]} == set()
    assert {slug for slug in used if found[slug]} == set()


def test_every_other_word_is_in_its_vocabulary(data: DemoData) -> None:
    words = course_vocabulary()
    assert {course.kind for course in data.courses} <= slugs(words.kinds)
    assert {course.level for course in data.courses} <= slugs(words.levels)
    assert {course.mode for course in data.courses} <= slugs(words.modes)
    taught_in = {code for course in data.courses for code in course.languages.split(";")}
    assert {"ko", "en"} <= taught_in <= slugs(words.languages)
    assert {course.field for course in data.courses} <= slugs(words.fields) | slugs(sectors())
    assert {course.rise_project for course in data.courses} <= slugs(rise_projects())
    assert {course.organisation for course in data.courses} == slugs(universities())
    assert {opening.region for opening in data.openings} <= slugs(regions())
    kinds = slugs(employment_vocabulary().employment_types)
    assert {opening.employment_type for opening in data.openings} <= kinds
    assert {opening.sector for opening in data.openings} == slugs(sectors())
    asked = {ask.ref for ask in data.requirements if ask.subject == "certification"}
    assert asked <= {each.id for each in load_programme().certifications}


def test_every_opening_asks_for_something_and_nothing_twice(data: DemoData) -> None:
    asks = defaultdict(list)
    for ask in data.requirements:
        asks[ask.opening].append((ask.subject, ask.ref))
    assert set(asks) == {opening.number for opening in data.openings}
    assert all(len(set(each)) == len(each) for each in asks.values())
    kinds = Counter(ask.kind for ask in data.requirements)
    assert set(kinds) == {"licence", "must", "nice", "exclude"}


def test_rows_can_be_ranked(data: DemoData) -> None:
    """The ranking's own checks accept every requirement and every step of a course."""
    keys = [
        Requirement(f"{ask.subject}:{ask.ref}", ask.kind, ask.level) for ask in data.requirements
    ]  # type: ignore[arg-type]
    gains = [
        Course(1, gained={s.skill: (s.from_level, s.level)})
        for s in data.course_skills
        if s.kind == "gained"
    ]
    assert len(keys) == len(data.requirements)
    assert gains


@pytest.mark.parametrize("today", DAYS)
def test_nothing_of_the_past_happens_today_or_later(today: date) -> None:
    data = made(today)
    now = datetime(today.year, today.month, today.day, tzinfo=UTC) - timedelta(hours=9)
    for name in ("steps", "showings", "shortlistings"):
        assert all(row.at < now for row in getattr(data, name)), name
    for table in (data.enrolments, data.applications, data.introductions, data.attempts):
        assert all(row.created_at <= row.updated_at < now for row in table)
    assert all(rating.rated_on < today for rating in data.skills)


@pytest.mark.parametrize("today", DAYS)
def test_there_is_always_something_to_apply_for(today: date) -> None:
    data = made(today)
    open_now = [o for o in data.openings if o.state == "published"]
    assert len(open_now) >= 30
    assert all(opening.opens_on < today < opening.closes_on for opening in open_now)
    taking = [
        s for s in data.sessions if s.applications_open_on <= today <= s.applications_close_on
    ]
    assert len({session.course for session in taking}) >= 14
    assert any(today < s.starts_on <= today + timedelta(days=21) for s in data.sessions)
    assert any(session.starts_on <= today <= session.ends_on for session in data.sessions)
    assert any(session.applications_open_on > today for session in data.sessions)


def test_history_reaches_back_two_years(data: DemoData) -> None:
    first = min(day_of(step.at) for step in data.steps)
    assert first < TODAY - timedelta(days=600)
    assert {case.state for case in data.applications} >= {
        "sent", "under_review", "interview", "offered", "hired", "refused", "withdrawn",
    }  # fmt: skip
    assert len({case.reason for case in data.applications if case.state == "refused"}) >= 6
    assert sum(case.state == "hired" for case in data.applications) >= 30


def test_a_rating_stands_once_per_rater(data: DemoData) -> None:
    keys = [(rating.youth, rating.skill, rating.rater) for rating in data.skills]
    assert len(set(keys)) == len(keys)
    assert {rating.level for rating in data.skills} == {1, 2, 3, 4, 5}


def test_some_are_not_in_the_pool_and_some_wrote_nothing_down(data: DemoData) -> None:
    in_pool = {c.youth for c in data.consents if c.purpose == "pool" and c.withdrawn_at is None}
    with_skills = {rating.youth for rating in data.skills}
    everyone = {youth.number for youth in data.youths}
    assert len(everyone - in_pool) >= 30
    assert len(everyone - with_skills) >= 3
    assert {c.youth for c in data.consents if c.purpose == "service"} == everyone


def test_partners_are_shown_and_mark_only_people_who_agreed(data: DemoData) -> None:
    pool = {c.youth: c for c in data.consents if c.purpose == "pool"}
    openings = {opening.number: opening for opening in data.openings}
    looked = [s for s in data.showings if s.subject == "candidate"]
    assert looked
    for showing in looked:
        for youth, _, _ in showing.items:
            assert openings[showing.context].sector in pool[youth].sectors
            assert pool[youth].granted_at < showing.at
    for mark in (*data.shortlistings, *data.introductions):
        assert openings[mark.opening].sector in pool[mark.youth].sectors


def test_whoever_applies_or_accepts_has_opened_their_name_to_that_employer(data: DemoData) -> None:
    openings = {opening.number: opening for opening in data.openings}
    given = {(c.youth, c.organisation) for c in data.consents if c.purpose == "employer"}
    tied = [(case.youth, case.opening) for case in data.applications]
    tied += [(i.youth, i.opening) for i in data.introductions if i.state == "accepted"]
    assert tied
    assert {(youth, openings[number].organisation) for youth, number in tied} <= given


def test_ranks_run_from_one_without_gaps(data: DemoData) -> None:
    for showing in data.showings:
        if showing.kind == "listed":
            assert [rank for _, rank, _ in showing.items] == list(range(1, len(showing.items) + 1))
        assert all(0 <= score <= 5 for _, _, score in showing.items)


def test_decisions_hang_on_records_and_can_be_learned(data: DemoData) -> None:
    """People invited met more of the must requirements than people refused; and the rule has no
    field through which a name, a sex, an age or a school could come in."""
    assert {field.name for field in dataclasses.fields(Fit)} == {
        "must", "nice", "certificates", "verified", "has_licences", "is_excluded", "lacking",
    }  # fmt: skip
    scores = {
        (showing.account, item[0]): item[2]
        for showing in data.showings
        if showing.kind == "opened" and showing.subject == "opening"
        for item in showing.items
    }
    invited = [
        scores.get((c.youth, c.opening))
        for c in data.applications
        if c.state in ("hired", "offered", "interview")
    ]
    refused = [scores.get((c.youth, c.opening)) for c in data.applications if c.state == "refused"]
    mean = [
        sum(s for s in side if s) / max(1, sum(s is not None for s in side))
        for side in (invited, refused)
    ]
    assert mean[0] > mean[1] + 0.2


def test_the_standing_youth_is_as_the_tour_tells(data: DemoData) -> None:
    haneul = data.youths[0]
    person = data.people[haneul.account - 1]
    assert (person.name, person.email, haneul.organisation) == (
        "하늘",
        "haneul@example.kr",
        "jejunu",
    )
    states = {a.certification: (a.state, a.exam_on) for a in data.attempts if a.youth == 1}
    assert states["SAA"] == ("scheduled", TODAY + timedelta(days=56))
    assert states["CLF"][0] == "passed"
    assert sum(rating.youth == 1 for rating in data.skills) == 18
    (asked,) = [each for each in data.introductions if each.youth == 1]
    assert (asked.state, asked.answer_by) == ("requested", TODAY + timedelta(days=6))
    (first,) = [o for o in data.openings if o.title_ko == "우주 데이터 클라우드 엔지니어"]
    assert (first.organisation, first.state, first.region) == (
        "saebyeol-orbit",
        "published",
        "seogwipo-si",
    )


def test_texts_say_demo_and_hold_no_real_company(data: DemoData) -> None:
    assert all("데모" in opening.description for opening in data.openings)
    assert all("데모" in course.content for course in data.courses)
    texts = " ".join([*(o.description for o in data.openings), *(c.content for c in data.courses)])
    assert not [name for name in REAL_COMPANIES if re.search(re.escape(name), texts)]


def test_the_order_of_sets_changes_nothing() -> None:
    """Another process with another hash seed makes the same rows."""
    code = (
        "import hashlib; from datetime import date; from matcher.catalogue.demo import generate;"
        f"made = generate(date.fromisoformat('{TODAY}'));"
        "print(hashlib.sha256(repr(made).encode()).hexdigest())"
    )
    there = subprocess.run(
        [sys.executable, "-c", code],
        env={**os.environ, "PYTHONHASHSEED": "1"},
        capture_output=True,
        text=True,
        check=True,
    )
    assert there.stdout.strip() == hashlib.sha256(repr(made()).encode()).hexdigest()
