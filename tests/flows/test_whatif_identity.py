"""What-if(x) is, bit for bit, the score and the place after x was really recorded."""

from collections.abc import Collection, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from random import Random

import pytest
from sqlmodel import Session

from matcher.db import Unit
from matcher.flows import certifications, course_desk, opening_fit, skills
from matcher.matching.candidates import rank_pool
from matcher.matching.courses import climb
from matcher.matching.own_records import Deed, Finished, Passed, Reached, own_records
from matcher.matching.pool import Pool, pools_of
from matcher.matching.seekers import seeker_of
from matcher.matching.standing import Standing, standing_of
from matcher.ranking.types import Course
from matcher.refusal import Invalid
from matcher.store import model_versions
from matcher.wiring import Services
from models.certification import AttemptState, LicenceRecord
from models.consent import ConsentPurpose
from models.course import CourseSkill, CourseSkillKind, EnrolmentState
from models.opening import Opening, RequirementKind, RequirementSubject
from models.skill import RATER_PRECEDENCE, Rater
from tests import coordinator_desk as desk
from tests import factories, matching_desk
from tests.factories import NOW, TODAY
from tests.matching_desk import actor_of
from tests.model_shelf import shelve
from tests.partner_desk import pool_consent
from tests.people import People

SLUGS = ("python", "sql", "postgresql", "docker", "linux", "git", "amazon-s3", "aws-kms")
"""The last two follow from certificates: S3 from CLF and SAA, KMS from SAA, SAP and SCS."""
EXAMS = ("CLF", "SAA", "AIF", "SCS", "SAP", "DOP")
CODES = {"CLF": "CLF-C02", "SAA": "SAA-C03", "AIF": "AIF-C01", "SCS": "SCS-C02"}
SECTORS = ("space", "energy")
OPENINGS, OTHERS = 8, 6


@dataclass(frozen=True)
class Offered:
    """A course that is over, and the person's seat in it."""

    course: Course
    session_id: int
    enrolment_id: int


@dataclass(frozen=True)
class Scene:
    openings: tuple[int, ...]
    courses: tuple[Offered, ...]


def scene(services: Services, people: People, rng: Random, is_learned: bool) -> Scene:
    with services.database.writing() as session:
        openings = tuple(market(session, people.partner.organisation_id or 0, rng))
        youth_id = people.youth.youth_id or 0
        pool_consent(session, youth_id, *SECTORS)
        records(session, youth_id, rng)
        for number in range(OTHERS):
            account = factories.account(session, f"other{number}@example.com")
            profile = factories.youth(session, account.id or 0)
            factories.consent(session, profile.id or 0, ConsentPurpose.SERVICE)
            pool_consent(session, profile.id or 0, *SECTORS)
            # half of them are each other's doubles, so that ties are shared out
            records(session, profile.id or 0, Random(number // 2))
        if is_learned:
            model_versions.change_over(session, None, shelve(session, lift=0.3), NOW)
        university = people.coordinator.organisation_id or 0
        offered = [course(session, university, youth_id, rng) for _ in range(3)]
    return Scene(openings, tuple(offered))


def market(session: Session, organisation_id: int, rng: Random) -> list[int]:
    ids = []
    for number in range(OPENINGS):
        row = factories.opening(session, organisation_id, sector=rng.choice(SECTORS))
        *asked, excluded = rng.sample(SLUGS, 4)
        for slug in asked:
            kind = rng.choice([RequirementKind.MUST, RequirementKind.NICE])
            factories.requirement(session, row.id or 0, slug, level=rng.randint(1, 5), kind=kind)
        if number % 4 == 0:
            out = RequirementKind.EXCLUDE
            factories.requirement(session, row.id or 0, excluded, level=5, kind=out)
        exam = RequirementSubject.CERTIFICATION
        factories.requirement(session, row.id or 0, rng.choice(EXAMS), subject=exam, level=None)
        ids.append(row.id or 0)
    return ids


def records(session: Session, youth_id: int, rng: Random) -> None:
    for slug in rng.sample(SLUGS, rng.randint(1, 6)):
        for rater in rng.sample(RATER_PRECEDENCE, rng.randint(1, 3)):
            verification = 1 if rater is Rater.SELF else rng.randint(2, 4)
            factories.skill_record(
                session, youth_id, slug, level=rng.randint(1, 5), rater=rater,
                verification=verification,
            )  # fmt: skip
    for exam in rng.sample(list(CODES), rng.randint(0, 3)):
        on = TODAY - timedelta(days=rng.randint(1, 1300))
        kept = rng.choice([0, 0, 365])
        desk.certificate(
            session, youth_id, certification=exam, exam_code=CODES[exam], exam_on=on,
            expires_on=on.replace(day=min(on.day, 28), year=on.year + 3) + timedelta(days=kept),
            verification=rng.randint(1, 3),
        )  # fmt: skip
    if rng.random() < 0.3:
        row = LicenceRecord(youth_id=youth_id, licence="electrician", created_at=NOW)
        factories.add(session, row)


def course(session: Session, organisation_id: int, youth_id: int, rng: Random) -> Offered:
    row = desk.course(session, organisation_id)
    steps = {}
    for slug in rng.sample(SLUGS, rng.randint(1, 3)):
        low, high = rng.randint(0, 4), rng.randint(1, 5)
        gained = CourseSkillKind.GAINED
        factories.add(
            session,
            CourseSkill(course_id=row.id or 0, kind=gained, skill=slug, from_level=low, level=high),
        )
        steps[slug] = climb(low, high)
    held = desk.run(session, row.id, TODAY - timedelta(days=20), TODAY, taken=1)
    seat = desk.enrolment(session, held.id, youth_id, EnrolmentState.ENROLLED)
    return Offered(Course(row.id or 0, gained=steps), held.id or 0, seat.id or 0)


def drawn(stage: Scene, rng: Random) -> list[Deed]:
    """One to four deeds in any order; a level claimed is never below the own word."""
    exams: list[Deed] = [
        Passed(exam, None, TODAY - timedelta(days=rng.choice([0, 0, 40])))
        for exam in rng.sample(EXAMS, 2)
    ]
    levels: list[Deed] = [Reached(slug, rng.randint(3, 5)) for slug in rng.sample(SLUGS, 2)]
    finished: list[Deed] = [Finished(each.course) for each in stage.courses]
    return rng.sample([*exams, *levels, *finished], rng.randint(1, 4))


class Refused(Exception):
    """Undoes a rehearsal."""


def record(services: Services, people: People, stage: Scene, deeds: Sequence[Deed]) -> None:
    """Through the flows that people really use."""
    youth, coordinator = actor_of(people.youth), actor_of(people.coordinator)
    seats = {each.course.id: each for each in stage.courses}
    for deed in deeds:
        with services.writing(coordinator if isinstance(deed, Finished) else youth) as unit:
            match deed:
                case Passed():
                    passed = AttemptState.PASSED
                    attempt = certifications.Attempt(deed.certification, passed, deed.on)
                    certifications.record(unit, youth, attempt)
                case Reached():
                    skills.claim(unit, youth, skills.SkillClaim(deed.skill, deed.level))
                case Finished():
                    seat = seats[deed.course.id]
                    completed = EnrolmentState.COMPLETED
                    course_desk.finish(
                        unit, coordinator, seat.session_id, seat.enrolment_id, completed
                    )


def possible(services: Services, people: People, deeds: Sequence[Deed]) -> list[Deed]:
    """Without exams AWS would not let the person sit, and levels below the own word."""
    youth, kept = actor_of(people.youth), []
    with services.database.reading() as session:
        held = own_records(session, people.youth.youth_id or 0, TODAY)
    assert held is not None
    own = {
        row.skill: row.level
        for rows in held.skills.values()
        for row in rows
        if row.rater is Rater.SELF
    }
    for deed in deeds:
        if isinstance(deed, Passed):
            attempt = certifications.Attempt(deed.certification, AttemptState.PASSED, deed.on)
            try:
                with services.writing(youth) as unit:
                    certifications.record(unit, youth, attempt)
                    raise Refused
            except Invalid:
                continue
            except Refused:
                pass
        if isinstance(deed, Reached) and deed.level < own.get(deed.skill, 0):
            continue
        kept.append(deed)
    return kept


def certified(services: Services, people: People) -> Collection[str]:
    with services.database.reading() as session:
        held = own_records(session, people.youth.youth_id or 0, TODAY)
    assert held is not None
    return held.follows.keys()


@dataclass(frozen=True)
class Live:
    """Everything a screen could show of the person, as it is stored now."""

    standing: Standing
    exact: dict[int, float | None]
    places: dict[int, object]
    pools: dict[int, Pool]
    partner: dict[int, tuple[int, int] | None]


def live(services: Services, people: People, stage: Scene) -> Live:
    youth, partner = actor_of(people.youth), actor_of(people.partner)
    youth_id = people.youth.youth_id or 0
    with services.reading(youth) as unit:
        standing = standing_of(unit.session, youth, youth_id, TODAY)
        now = standing.tried([])
        pools = pools_of(unit.session, standing.many.openings, standing.context, TODAY)
        assert seeker_of(unit.session, youth_id, TODAY) == standing.seeker
    with services.reading(partner) as unit:
        seen = {each: on_the_list(unit, people, each) for each in stage.openings}
    return Live(
        standing,
        {each: now.exact(0, each) for each in stage.openings},
        dict(standing.places),
        pools,
        seen,
    )


def on_the_list(unit: Unit, people: People, opening_id: int) -> tuple[int, int] | None:
    """(rank, of) on the partner's own list."""
    row = unit.session.get_one(Opening, opening_id)
    ranking = rank_pool(unit.session, actor_of(people.partner), row, TODAY, "key").ranking
    own = next((each for each in ranking.items if each.id == people.youth.youth_id), None)
    return None if own is None else (own.rank, ranking.total)


@pytest.mark.parametrize("is_learned", [False, True], ids=["prior", "tables"])
@pytest.mark.parametrize("seed", range(16))
def test_what_if_is_the_score_after_really_recording_it(
    services: Services, people: People, seed: int, is_learned: bool
) -> None:
    rng = Random(seed)
    stage = scene(services, people, rng, is_learned)
    deeds = possible(services, people, drawn(stage, rng))
    before = live(services, people, stage)
    foretold = before.standing.tried([deeds])
    then = before.standing.then(deeds)
    record(services, people, stage, deeds)
    after = live(services, people, stage)
    assert after.standing.seeker == then
    assert {each: foretold.exact(1, each) for each in stage.openings} == after.exact
    assert foretold.places(1) == after.places
    for opening_id, exact in after.exact.items():
        place = None
        if exact is not None:
            place = before.pools[opening_id].place(people.youth.youth_id or 0, exact)
        assert place == after.partner[opening_id]


@pytest.mark.parametrize("seed", range(16))
def test_more_proof_never_lowers_a_score_however_it_is_recorded(
    services: Services, people: People, seed: int
) -> None:
    rng = Random(100 + seed)
    stage = scene(services, people, rng, bool(seed % 2))
    follows = certified(services, people)
    deeds = [
        each
        for each in possible(services, people, drawn(stage, rng))
        # an own word above what a certificate proves stands unproved
        if not (isinstance(each, Reached) and each.skill in follows)
    ]
    before = live(services, people, stage).exact
    record(services, people, stage, deeds)
    after = live(services, people, stage).exact
    for opening_id, exact in before.items():
        then = after[opening_id]
        # None: the proof is one the opening excludes
        assert exact is None or then is None or then >= exact


def test_an_exclusion_met_by_an_action_takes_the_person_off_the_page_s_order(
    services: Services, people: People
) -> None:
    """A course for Python teaches SQL besides, and this opening is not for who knows SQL."""
    youth = actor_of(people.youth)
    with services.database.writing() as session:
        row = factories.opening(session, people.partner.organisation_id or 0)
        factories.requirement(session, row.id or 0, "python", level=3)
        out = RequirementKind.EXCLUDE
        factories.requirement(session, row.id or 0, "sql", level=2, kind=out)
        factories.skill_record(session, people.youth.youth_id or 0, "python", level=1)
        taught = matching_desk.course(session, people.coordinator.organisation_id or 0)
        for slug in ("python", "sql"):
            matching_desk.gained(session, taught.id or 0, slug, 0, 3)
        matching_desk.run(session, taught.id or 0)
        number, chosen = row.id or 0, frozenset({("course", str(taught.id))})
    with services.reading(youth) as unit:
        view = opening_fit.opening(unit, youth, number, chosen)
    assert view.score is not None
    assert view.together is not None
    assert (view.together.after, view.together.rank_after) == (None, None)
    assert view.together.gain == 0
    assert {each.kind: each.then is None for each in view.effects} == {
        "course": True,
        "skill": False,
    }


def test_a_pass_renews_what_it_renews_and_keeps_a_later_day_on_record(
    services: Services, people: People
) -> None:
    """SAP renews SAA; a maintenance year on CLF is kept, its day lies beyond the renewal."""
    youth, youth_id = actor_of(people.youth), people.youth.youth_id or 0
    late = date(2031, 6, 1)
    with services.database.writing() as session:
        saa = {"certification": "SAA", "exam_code": "SAA-C03", "exam_on": date(2024, 6, 1)}
        desk.certificate(session, youth_id, **saa, expires_on=date(2027, 6, 1))
        desk.certificate(session, youth_id, exam_on=date(2026, 6, 1), expires_on=late)
    with services.reading(youth) as unit:
        held = own_records(unit.session, youth_id, TODAY)
    assert held is not None
    foretold = held.after([Passed("SAP", None, TODAY)]).seeker()
    assert {key: each.expires_on for key, each in foretold.certifications.items()} == {
        "CLF": late,
        "SAA": date(2029, 11, 21),
        "SAP": date(2029, 11, 21),
    }
    with services.writing(youth) as unit:
        attempt = certifications.Attempt("SAP", AttemptState.PASSED, TODAY)
        certifications.record(unit, youth, attempt)
    with services.reading(youth) as unit:
        assert seeker_of(unit.session, youth_id, TODAY) == foretold
