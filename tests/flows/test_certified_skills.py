"""Skills follow from a proved certificate, wherever skills are read, and end with it by the day."""

from datetime import date, datetime, timedelta
from typing import Any

import pytest
from sqlmodel import col, select

from matcher.flows import skills, youth_record
from matcher.flows.certifications import view as certifications_view
from matcher.matching import history, qualified
from matcher.matching.candidate_filters import Facts, Filters
from matcher.matching.candidates import rank_pool
from matcher.matching.openings import opening_of
from matcher.matching.own_records import own_records
from matcher.matching.promises import Records
from matcher.matching.seekers import seeker_of
from matcher.matching.standing import standing_of
from matcher.policy.promises import Missing
from matcher.ranking.types import Requirement, SkillProof
from matcher.store.match_rows import YouthRow
from matcher.store.training_rows import PassFact, SkillFact
from matcher.wiring import Services
from models.certification import CertificationRecord
from models.opening import Opening
from models.promise import InterviewPromise, PromiseSubject
from models.skill import Rater, SkillRecord
from models.youth import YouthProfile
from tests import coordinator_desk as desk
from tests import factories
from tests.factories import NOW, TODAY
from tests.partner_desk import actor, looking, pool_consent, working
from tests.people import People

LAST = TODAY + timedelta(days=100)
S3 = "amazon-s3"


def saa(services: Services, people: People, **values: Any) -> int:
    """A pass of SAA that ends on LAST, seen by the university unless said otherwise."""
    kept: dict[str, Any] = {
        "certification": "SAA", "exam_code": "SAA-C03", "verification": 2, "expires_on": LAST,
    }  # fmt: skip
    with services.database.writing() as session:
        row = desk.certificate(session, people.youth.youth_id, **(kept | values))
        return row.id or 0


@pytest.fixture
def opening_id(services: Services, people: People) -> int:
    """Asks for S3 at level 3; haneul and bada are in its pool."""
    with services.database.writing() as session:
        row = factories.opening(
            session, people.partner.organisation_id or 0, closes_on=TODAY + timedelta(days=400)
        )
        factories.requirement(session, row.id or 0, S3, level=3)
        for person in (people.youth, people.other_youth):
            pool_consent(session, person.youth_id or 0)
            factories.skill_record(session, person.youth_id or 0, S3, level=2)
        return row.id or 0


def held(services: Services, people: People, day: date = TODAY) -> SkillProof:
    """As a ranking of that day sees it; the person's own pages read it another way."""
    youth_id = people.youth.youth_id or 0
    with services.database.reading() as session:
        seeker, own = seeker_of(session, youth_id, day), own_records(session, youth_id, day)
    assert seeker is not None
    assert own is not None
    assert own.seeker() == seeker
    return seeker.skills[S3]


def test_only_a_proved_certificate_raises_a_skill_and_only_until_its_last_day(
    services: Services, people: People, opening_id: int
) -> None:
    number = saa(services, people, verification=1)
    assert held(services, people) == SkillProof(S3, 2, 0.0)
    for stage in (2, 3, 4):
        with services.database.writing() as session:
            desk_row = session.get_one(CertificationRecord, number)
            desk_row.verification = stage
        assert held(services, people) == SkillProof(S3, 3, (stage - 1) / 3)
    assert held(services, people, LAST).level == 3
    assert held(services, people, LAST + timedelta(days=1)) == SkillProof(S3, 2, 0.0)
    with services.database.reading() as session:
        stored = session.exec(select(SkillRecord.rater)).all()
    assert set(stored) == {Rater.SELF}


def test_the_score_of_an_opening_rises_with_the_proof_and_falls_back_by_the_day(
    services: Services, people: People, opening_id: int
) -> None:
    def score(day: date) -> float:
        youth = actor(people.youth)
        with services.reading(youth) as unit:
            places = standing_of(unit.session, youth, youth.own_youth_id, day).places
        return places[opening_id].score or 0.0

    number = saa(services, people, verification=1)
    days = (TODAY, LAST, LAST + timedelta(days=1))
    said = [score(day) for day in days]
    with services.database.writing() as session:
        session.get_one(CertificationRecord, number).verification = 3
    proved = [score(day) for day in days]
    assert [now - before > 0.1 for now, before in zip(proved, said, strict=True)] == [
        True, True, False,
    ]  # fmt: skip
    assert proved[2] == said[2]


@pytest.mark.parametrize("stage", [2, 3, 4])
def test_a_partner_filters_by_the_proof_that_follows(
    services: Services, people: People, opening_id: int, stage: int
) -> None:
    saa(services, people, verification=stage)
    with services.reading(actor(people.partner)) as unit:
        row = unit.session.get_one(Opening, opening_id)
        pool = rank_pool(unit.session, actor(people.partner), row, TODAY, "key")
        wanted = opening_of(unit.session, opening_id, TODAY)
    assert wanted is not None
    facts = Facts.of(pool.people, wanted.requirements)
    for level in (1, 2, 3, 4):
        lets = facts.let_through(Filters(level=level))
        through = {each for each, at in facts.row.items() if lets[at]}
        known = {people.youth.youth_id} if level <= stage else set()
        assert through == (known if level > 1 else known | {people.other_youth.youth_id})


def test_whoever_counts_people_counts_what_follows(
    services: Services, people: People, opening_id: int
) -> None:
    saa(services, people)
    asked = [Requirement(f"skill:{S3}", "must", 3)]
    both = select(YouthProfile.id).where(
        col(YouthProfile.id).in_([people.youth.youth_id, people.other_youth.youth_id])
    )
    with services.database.reading() as session:
        for day, level in ((LAST, 3), (LAST + timedelta(days=1), 2)):
            found = qualified.people_of(session, both, asked, [[]], day)
            assert [each.skills[S3].level for each in found] == [level, 2]
            assert [dict(each.certifications) for each in found] == [{}, {}]


def moment(day: date) -> datetime:
    return datetime(day.year, day.month, day.day, 3, tzinfo=NOW.tzinfo)


def test_the_past_is_seen_without_what_was_proved_or_ended_later() -> None:
    passed_on, proved_on, ends = date(2026, 3, 1), date(2026, 6, 1), date(2026, 9, 1)
    fact = PassFact(1, "SAA", ends, 3, passed_on, moment(passed_on), moment(proved_on))
    people = history.People({1: 1}, {1: YouthRow(1, 8, None, None, "")}, {}, {1: [fact]}, {}, {})
    days = (date(2026, 2, 1), date(2026, 5, 1), date(2026, 6, 2), ends, date(2026, 9, 2))
    found = [people.seeker(1, moment(day)).skills.get(S3) for day in days]
    follows = SkillProof(S3, 3, 2 / 3)
    assert found == [None, None, follows, follows, None]


def test_history_says_of_today_what_a_ranking_says(
    services: Services, people: People, opening_id: int
) -> None:
    saa(services, people)
    spring = moment(date(2026, 3, 1))
    fact = PassFact(1, "SAA", LAST, 2, spring.date(), spring, spring)
    said = SkillFact(1, S3, 2, Rater.SELF, 1, spring.date(), spring)
    young = YouthRow(1, 8, None, None, "")
    past = history.People({1: 1}, {1: young}, {1: [said]}, {1: [fact]}, {}, {})
    assert past.seeker(1, NOW).skills[S3] == held(services, people)


def test_the_person_and_the_desk_read_why_and_until_when(
    services: Services, people: People, opening_id: int
) -> None:
    saa(services, people, verification=4)
    with looking(services, people.youth) as unit:
        found = skills.view(unit, actor(people.youth))
        (record,) = certifications_view(unit, actor(people.youth)).records
    own = next(each for each in found.skills if each.slug == S3)
    assert (own.level, own.rater, own.verification) == (3, Rater.CERTIFICATE, 4)
    assert (own.certification, own.until) == ("SAA", LAST)
    assert [(each.rater, each.level) for each in own.history] == [(Rater.SELF, 2)]
    assert S3 not in {each.slug for each in found.follows}
    assert {each.certification for each in found.follows} == {"SAA"}
    (group,) = found.by_certificate
    assert (len(group.names), group.level) == (len(found.follows), 3)
    assert (record.follows, record.skill_level) == (len(found.follows) + 1, 3)
    assert found.proved == 1
    with working(services, people.coordinator) as unit:
        sheet = youth_record.view(unit, actor(people.coordinator), people.youth.youth_id or 0)
    (line,) = [each for each in sheet.skills if each.slug == S3]
    assert [(each.rater, each.certification, each.until) for each in line.judgements] == [
        (Rater.CERTIFICATE, "SAA", LAST),
        (Rater.SELF, None, None),
    ]


@pytest.mark.parametrize(
    ("level", "verification", "missing"),
    [(3, 2, None), (4, 2, Missing.LEVEL), (3, 1, Missing.PROOF)],
)
def test_a_promise_of_a_skill_is_earned_by_the_certificate_it_follows_from(
    services: Services,
    people: People,
    opening_id: int,
    level: int,
    verification: int,
    missing: Missing | None,
) -> None:
    saa(services, people, verification=verification)
    promise = InterviewPromise(
        opening_id=opening_id, subject=PromiseSubject.SKILL, ref=S3, level=level,
        earn_by=TODAY + timedelta(days=200), interview_days=14, places=1, terms_ko="", terms_en="",
        text_hash="", account_id=1, created_at=NOW, updated_at=NOW,
    )  # fmt: skip
    with services.database.writing() as session:
        row = session.exec(
            select(SkillRecord).where(SkillRecord.youth_id == people.youth.youth_id)
        ).one()
        row.level = 4 if missing is Missing.PROOF else row.level
    with services.database.reading() as session:
        records = Records.read(session, people.youth.youth_id or 0)
    assert records.missing(promise, TODAY) is missing
    assert records.missing(promise, LAST + timedelta(days=1)) is not None
