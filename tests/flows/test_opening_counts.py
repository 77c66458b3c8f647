"""Counts beside a posting's form and on its page of easings, with the real database."""

from dataclasses import dataclass, replace
from datetime import date, timedelta

import pytest
from sqlmodel import select

from matcher.flows import candidates, opening_counts
from matcher.flows.opening_counts import Counts, Relaxed
from matcher.matching.candidates import rank_pool
from matcher.matching.qualified import ladder
from matcher.matching.typed_requirements import TypedRow, asked, eased
from matcher.policy.operation import Operation
from matcher.refusal import NotFound
from matcher.settings import OperatorType
from matcher.wiring import Services
from models.account import ThrottleHit
from models.consent import Consent, ConsentPurpose
from models.course import CourseSession
from models.opening import Opening, OpeningState
from models.organisation import Organisation, OrganisationState
from models.trail import AccessRecord
from tests import coordinator_desk as desk
from tests import factories
from tests.partner_desk import OPERATION, actor, looking, pool_consent, set_scene, working
from tests.people import People

PYTHON, SAA = TypedRow("must", "python", "3"), TypedRow("must", "SAA")
LATER = date(2027, 2, 11)
"""Six weeks after the posting closes."""


@dataclass(frozen=True)
class Crowd:
    services: Services
    people: People
    opening_id: int
    foreign_id: int
    first_youth_id: int

    def typed(
        self,
        *rows: TypedRow,
        sector: str = "space",
        operation: Operation = OPERATION,
        opening_id: int | None = None,
    ) -> Counts:
        with working(self.services, self.people.partner) as unit:
            who = actor(self.people.partner)
            return opening_counts.typed(unit, who, operation, asked(sector, rows), opening_id)

    def stored(self) -> Counts:
        with looking(self.services, self.people.partner) as unit:
            who = actor(self.people.partner)
            return opening_counts.stored(unit, who, OPERATION, self.opening_id)

    def relaxed(self) -> Relaxed:
        with looking(self.services, self.people.partner) as unit:
            who = actor(self.people.partner)
            return opening_counts.relaxed(unit, who, OPERATION, self.opening_id)

    def change(self, **values: object) -> None:
        with self.services.database.writing() as session:
            row = session.get_one(Opening, self.opening_id)
            for name, value in values.items():
                setattr(row, name, value)
            session.add(row)


@pytest.fixture
def crowd(services: Services, people: People) -> Crowd:
    """The posting asks for python 3 and SAA. Six in its pool have python 4 and SAA, eight python 4
    and CLF, four python 2 and SAA; one more of the first kind agreed to nothing. Haneul of the
    scene has python 4 alone. A course brings people with CLF to the SAA exam six weeks late."""
    scene = set_scene(services, people)
    with services.database.writing() as session:
        row = factories.opening(session, people.partner.organisation_id or 0)
        own_id = row.id or 0
        factories.requirement(session, own_id, "python", level=3)
        factories.requirement(session, own_id, "SAA", subject="certification", level=None)
        first = 0
        for number in range(19):
            youth_id = desk.young(session, f"p{number}")
            first = first or youth_id
            level, cert = (4, "SAA") if number < 7 else (4, "CLF") if number < 15 else (2, "SAA")
            factories.skill_record(session, youth_id, "python", level=level)
            desk.certificate(session, youth_id, certification=cert, exam_code=f"{cert}-C02")
            if number:
                factories.consent(session, youth_id, ConsentPurpose.SERVICE)
                pool_consent(session, youth_id)
        lesson = desk.course(
            session, people.coordinator.organisation_id, linked_certification="SAA"
        )
        desk.run(session, lesson.id, LATER - timedelta(days=30), LATER)
        ids = (own_id, scene.foreign_opening_id)
    return Crowd(services, people, *ids, first)


def test_the_stored_posting_is_counted_exactly_and_as_the_ranking_sees_it(crowd: Crowd) -> None:
    found = crowd.stored()
    assert (found.pool, found.ranked, found.qualified) == (19, 19, 6)
    assert found.is_exact
    with looking(crowd.services, crowd.people.partner) as unit:
        opening = unit.session.get_one(Opening, crowd.opening_id)
        who = actor(crowd.people.partner)
        pool = rank_pool(unit.session, who, opening, unit.today, "key")
    met = [each for each in pool.ranking.items if each.checklist.musts_met]
    assert (len(met), pool.ranking.total) == (found.qualified, found.ranked)


def test_a_published_posting_tells_small_counts_and_the_same_list_in_a_draft_does_not(
    crowd: Crowd,
) -> None:
    with crowd.services.database.writing() as session:
        factories.requirement(session, crowd.opening_id, "sql", level=2)  # nobody has it
    assert crowd.stored().qualified == 0
    rows = (PYTHON, SAA, TypedRow("must", "sql", "2"))
    same = crowd.typed(*rows, opening_id=crowd.opening_id)
    assert (same.qualified, same.is_exact) == (0, True)
    other = crowd.typed(*rows, TypedRow("nice", "linux", "1"), opening_id=crowd.opening_id)
    assert (other.qualified, other.is_exact) == (None, False)
    assert crowd.typed(*rows).qualified is None
    crowd.change(state=OpeningState.DRAFT)
    assert crowd.stored().qualified is None
    assert crowd.stored().pool == 19


def test_who_withdraws_is_not_counted_any_more_and_four_are_told_like_none(crowd: Crowd) -> None:
    told = []
    for number in range(3):
        told.append(crowd.typed(PYTHON, SAA).qualified)
        with crowd.services.database.writing() as session:
            leaving = crowd.first_youth_id + 1 + number
            row = session.exec(
                select(Consent).where(
                    Consent.purpose == ConsentPurpose.POOL, Consent.youth_id == leaving
                )
            ).one()
            row.withdrawn_at = factories.NOW
            session.add(row)
    assert told == [6, 5, None]
    assert crowd.typed(PYTHON, SAA, TypedRow("must", "linux", "2")).qualified is None
    assert crowd.stored().qualified == 3


def test_licences_and_exclusions_decide_who_is_ranked_at_all(crowd: Crowd) -> None:
    shut = crowd.typed(TypedRow("must", "python", "3"), TypedRow("exclude", "SAA"))
    assert (shut.pool, shut.ranked, shut.qualified) == (19, 9, 9)
    licence = crowd.typed(TypedRow("must", "전기기사"))
    assert (licence.ranked, licence.qualified) == (None, None)


@pytest.mark.parametrize(("why", "rows", "sector"), [
    ("no_sector", (PYTHON,), ""), ("no_sector", (PYTHON,), "farming"),
    ("other_sector", (PYTHON,), "bio"), ("nothing", (), "space"),
    ("nothing", (TypedRow("exclude", "python", "3"), TypedRow("must", "무슨 말인지")), "space"),
])  # fmt: skip
def test_without_a_count_the_reason_is_told(
    crowd: Crowd, why: str, rows: tuple[TypedRow, ...], sector: str
) -> None:
    found = crowd.typed(*rows, sector=sector)
    assert (found.why, found.qualified) == (why, None)
    with crowd.services.database.reading() as session:
        assert not session.exec(select(AccessRecord)).all()


def test_another_sector_is_counted_once_a_posting_in_it_was_approved(crowd: Crowd) -> None:
    with crowd.services.database.writing() as session:
        factories.opening(session, crowd.people.partner.organisation_id or 0, sector="bio")
    assert crowd.typed(PYTHON, sector="bio").why == ""


def test_a_listing_only_operator_and_an_unchecked_firm_count_nobody(crowd: Crowd) -> None:
    listing = replace(OPERATION, kind=OperatorType.INFORMATION_ONLY)
    assert crowd.typed(PYTHON, operation=listing).why == "information_only"
    with crowd.services.database.writing() as session:
        row = session.get_one(Organisation, crowd.people.partner.organisation_id)
        row.state = OrganisationState.PENDING
        session.add(row)
    assert crowd.typed(PYTHON).why == "inactive"
    found = crowd.relaxed()
    assert (found.counts.why, found.lines) == ("inactive", ())


def test_a_foreign_opening_is_absent(crowd: Crowd) -> None:
    with pytest.raises(NotFound):
        crowd.typed(PYTHON, opening_id=crowd.foreign_id)
    foreign = replace(crowd, opening_id=crowd.foreign_id)
    for ask in (foreign.stored, foreign.relaxed):
        with pytest.raises(NotFound):
            ask()


def test_questions_are_limited_and_the_answer_says_when_to_come_back(crowd: Crowd) -> None:
    for _each in range(60):
        assert crowd.typed(PYTHON).why == ""
    stopped = crowd.typed(PYTHON)
    assert (stopped.why, stopped.qualified) == ("wait", None)
    assert 1 <= stopped.wait <= 60
    assert crowd.stored().why == "wait"
    with crowd.services.database.reading() as session:
        assert len(session.exec(select(ThrottleHit)).all()) == 120
        asked_for = session.exec(select(AccessRecord)).all()
    assert len(asked_for) == 60
    assert {each.task for each in asked_for} == {"candidates:counted"}
    assert asked_for[0].details["asked"] == ["skill:python"]


def test_easings_are_counted_on_the_pool_with_the_courses_dates(crowd: Crowd) -> None:
    found = crowd.relaxed()
    late = "start=2027-02-12"
    shown = [(each.code, each.people, each.loss, each.weeks) for each in found.lines]
    assert shown == [
        (f"certification:SAA=nice|skill:python=level:2|{late}", 19, 2, 6),
        ("certification:SAA=nice|skill:python=level:2", 19, 3, 0),
        (f"certification:SAA=nice|{late}", 15, 1, 6),
        ("certification:SAA=nice", 15, 2, 0),
        ("skill:python=level:2", 10, 1, 0),
    ]
    assert found.counts.qualified == 6
    # python: two lower levels and nice; SAA: CLF or nice, each with the course or without, or
    # one of the two others that rank lower
    assert found.tried == 3 + 6 + 3 * 6
    assert found.single is not None
    assert found.single.people == 15
    assert found.single.studies[0].ends_on == LATER
    assert [each.code for each in crowd.stored().best] == [
        "certification:SAA=nice", f"certification:SAA=nice|{late}", "skill:python=level:2",
    ]  # fmt: skip


def test_the_ladder_of_a_certificate_has_every_lower_one_once_the_near_ones_first() -> None:
    rungs = ladder()
    for name, own in rungs.items():
        lower = {each for each, other in rungs.items() if other.rank < own.rank}
        tried = (*own.before, *own.below)
        assert len(tried) == len(set(tried))
        assert lower <= set(tried) <= rungs.keys() - {name}
    assert (rungs["SAP"].before, rungs["SAP"].below[-2:]) == (("SAA", "CLF"), ("AIB", "AIF"))


def test_a_full_course_and_one_past_its_last_day_to_join_close_no_gap(crowd: Crowd) -> None:
    with crowd.services.database.writing() as session:
        run = session.exec(select(CourseSession)).one()
        run.taken = run.seats
        session.add(run)
    assert {each.weeks for each in crowd.relaxed().lines} == {0}
    with crowd.services.database.writing() as session:
        run = session.exec(select(CourseSession)).one()
        run.taken, run.applications_close_on = 0, factories.TODAY - timedelta(days=1)
        session.add(run)
    assert {each.weeks for each in crowd.relaxed().lines} == {0}


def test_what_is_taken_over_and_saved_is_counted_as_it_was_promised(crowd: Crowd) -> None:
    promised = {each.code: each.people for each in crowd.relaxed().lines if not each.weeks}
    for code, people in promised.items():
        rows, _start = eased((PYTHON, SAA), code)
        assert crowd.typed(*rows).qualified == people


def test_an_easing_is_taken_over_into_the_rows_of_a_form() -> None:
    rows = (PYTHON, SAA, TypedRow("exclude", "linux", "4"), TypedRow("nice", "CLF"))
    changed, start = eased(
        rows, "skill:python=level:2|certification:SAA=swap:certification:CLF|start=2027-02-12"
    )
    assert start == date(2027, 2, 12)
    assert [(each.kind, each.text, each.level, each.pick) for each in changed] == [
        ("must", "python", "2", ""),
        ("nice", "SAA", "", ""),
        ("exclude", "linux", "4", ""),
        ("must", "AWS 공인 클라우드 프랙티셔너", "", "certification:CLF"),
    ]
    assert eased(rows, "-skill:linux=drop")[0] == (PYTHON, SAA, TypedRow("nice", "CLF"))
    assert eased(rows, "skill:python=nice")[0][0] == replace(PYTHON, kind="nice")


@pytest.mark.parametrize("code", [
    "", "x", "skill:python", "skill:python=level:9", "skill:python=explode", "start=2027-99-99",
    "certification:SAA=swap:certification:NOPE", "skill:linux=drop", "=" * 900, "|||",
])  # fmt: skip
def test_a_code_that_makes_no_sense_changes_nothing(code: str) -> None:
    assert eased((PYTHON, TypedRow("nice", "sql", "2")), code) == (
        (PYTHON, TypedRow("nice", "sql", "2")), None,
    )  # fmt: skip


def test_an_empty_list_names_the_edit_that_helps_by_the_same_recount(crowd: Crowd) -> None:
    with crowd.services.database.writing() as session:
        licence = "electrical-engineer-licence"
        factories.requirement(
            session, crowd.opening_id, licence, kind="licence", subject="licence", level=None
        )
    with looking(crowd.services, crowd.people.partner) as unit:
        who = actor(crowd.people.partner)
        shown = candidates.queue(unit, who, OPERATION, crowd.opening_id)
    assert shown.nothing is not None
    assert (shown.nothing.help, shown.nothing.unlocks) == ("drop_licence", 19)
    found = crowd.relaxed()
    assert (found.counts.ranked, found.counts.qualified) == (0, 0)
    assert found.single is not None
    assert (found.single.drops_licence, found.single.people) == (True, 6)
    rows, _start = eased(
        (PYTHON, SAA, TypedRow("licence", f"licence:{licence}")), found.single.code
    )
    freed = crowd.typed(*rows)
    assert (freed.ranked, freed.qualified) == (shown.nothing.unlocks, found.single.people)


def test_counting_works_on_both_databases(any_services: Services, any_people: People) -> None:
    scene = set_scene(any_services, any_people)
    firm = Crowd(any_services, any_people, scene.opening_id, scene.foreign_opening_id, 0)
    assert firm.stored().qualified == 1
    assert firm.relaxed().counts.pool == 1
    for _each in range(60):
        assert firm.typed(PYTHON).why == ""
    assert firm.typed(PYTHON).why == "wait"
