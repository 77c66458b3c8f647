"""Two colleagues at the same instant: criteria against scores, phases, and each other's access."""

import threading
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from datetime import date

from sqlmodel import select

from matcher.flows import colleagues, review_phases, review_setup, reviewing
from matcher.flows.review_phases import PhaseDraft
from matcher.flows.review_setup import Criterion
from matcher.flows.reviewing import Given
from matcher.policy.reviewing import Switches, overlapping
from matcher.refusal import Refusal
from matcher.wiring import Services
from models.account import Account, AccountState
from models.review import Review, ReviewCriterion, ReviewPhase, ReviewScore
from tests.partner_desk import OPERATION, actor, working
from tests.people import People, Person
from tests.review_desk import Desk, another_opening, set_desk, sheet

ROUNDS = 4


def together(*acts: Callable[[], object]) -> list[str]:
    """At the same moment: "done", or the code of the refusal; anything else fails the test."""
    start = threading.Barrier(len(acts))

    def run(act: Callable[[], object]) -> str:
        start.wait()
        try:
            act()
        except Refusal as refusal:
            return refusal.code
        return "done"

    with ThreadPoolExecutor(len(acts)) as pool:
        return [each.result() for each in [pool.submit(run, act) for act in acts]]


def submit(services: Services, desk: Desk, who: Person, about: Person, given: Given) -> None:
    with working(services, who) as unit:
        reviewing.submit(unit, actor(who), OPERATION, desk.opening_id, desk.number(about), given)


def change(services: Services, desk: Desk, who: Person, rubric: str) -> None:
    with working(services, who) as unit:
        wanted = [Criterion("Other", "", 60), Criterion("Another", "", 40)]
        review_setup.save_criteria(unit, actor(who), desk.opening_id, wanted, rubric)


def test_a_score_and_another_rubric_never_stand_together(
    any_services: Services, any_people: People
) -> None:
    desk = set_desk(any_services, any_people)
    one, two, _three = desk.reviewers
    for _round in range(ROUNDS):
        here = Desk(another_opening(any_services, any_people), desk.reviewers, desk.people)
        rubric = sheet(any_services, here, one, here.people[0]).panel.rubric
        given = Given({1: 3, 2: 3, 3: 3}, "", rubric, 0)
        said = together(
            lambda here=here, given=given: submit(any_services, here, one, here.people[0], given),
            lambda here=here, rubric=rubric: change(any_services, here, two, rubric),
        )
        assert said.count("done") == 1, said
        with any_services.database.reading() as session:
            own = ReviewCriterion.opening_id == here.opening_id
            criteria = session.exec(select(ReviewCriterion.id).where(own)).all()
            scored = session.exec(
                select(ReviewScore.criterion_id)
                .join(Review, Review.id == ReviewScore.review_id)
                .where(Review.opening_id == here.opening_id)
            ).all()
        assert set(scored) in (set(), set(criteria))


def test_one_reviewer_in_two_windows_writes_one_review(
    any_services: Services, any_people: People
) -> None:
    desk = set_desk(any_services, any_people)
    one = desk.reviewers[0]
    rubric = sheet(any_services, desk, one, desk.people[0]).panel.rubric
    given = [Given({1: n, 2: n, 3: n}, "", rubric, 0) for n in (1, 5)]
    said = together(
        *(lambda g=g: submit(any_services, desk, one, desk.people[0], g) for g in given)
    )
    assert sorted(each == "done" for each in said) == [False, True], said
    with any_services.database.reading() as session:
        assert len(session.exec(select(Review)).all()) == 1
        assert len(session.exec(select(ReviewScore)).all()) == 3


def test_two_phases_entered_at_once_never_overlap(
    any_services: Services, any_people: People
) -> None:
    desk = set_desk(any_services, any_people)
    drafts = [
        PhaseDraft(f"Phase {day}", date(2027, 1, day), date(2027, 1, day + 5), Switches())
        for day in (1, 4)
    ]

    def add(who: Person, draft: PhaseDraft) -> None:
        with working(any_services, who) as unit:
            review_phases.add(unit, actor(who), desk.opening_id, draft)

    said = together(
        *(lambda w=w, d=d: add(w, d) for w, d in zip(desk.reviewers, drafts, strict=False))
    )
    assert sorted(said) == ["done", "invalid"]
    with any_services.database.reading() as session:
        rows = session.exec(select(ReviewPhase)).all()
    assert all(overlapping(rows, each.starts_on, each.ends_on, each.id) is None for each in rows)


def test_two_colleagues_who_end_each_others_access_leave_one(
    any_services: Services, any_people: People
) -> None:
    desk = set_desk(any_services, any_people)
    one, two, three = desk.reviewers
    with any_services.database.writing() as session:
        session.get_one(Account, three.account_id).state = AccountState.DISABLED

    def end(who: Person, other: Person) -> None:
        with working(any_services, who) as unit:
            colleagues.end(unit, actor(who), other.account_id)

    said = together(lambda: end(one, two), lambda: end(two, one))
    assert sorted(said) == ["done", "forbidden"]
    with any_services.database.reading() as session:
        states = [session.get_one(Account, each.account_id).state for each in (one, two)]
    assert sorted(states) == [AccountState.ACTIVE, AccountState.DISABLED]
