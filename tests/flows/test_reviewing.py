"""Several reviewers: the own score comes first, phases hold, conflicts block."""

import random
from dataclasses import replace
from datetime import timedelta
from itertools import product

import pytest
from sqlmodel import select

from matcher.flows import (
    application_sheet,
    applications_partner,
    candidate_actions,
    review_board,
    reviewing,
)
from matcher.flows.reviewing import Given
from matcher.policy.states import ApplicationAction
from matcher.refusal import Conflict, Forbidden, Invalid, NotFound, Refusal
from matcher.wiring import Services
from models.application import ApplicationState, RefusalReason
from models.consent import Consent
from models.review import OthersScores, Review, ReviewScore, ReviewState
from models.trail import AuditEntry
from tests import factories
from tests.factories import NOW, TODAY
from tests.partner_desk import OPERATION, actor, employer_consent, looking, working
from tests.people import People, Person
from tests.review_desk import (
    Desk,
    another_opening,
    assigned,
    declare,
    phase,
    score,
    set_desk,
    sheet,
    tried,
)


@pytest.fixture
def desk(services: Services, people: People) -> Desk:
    return set_desk(services, people)


def seen_by(services: Services, desk: Desk, reviewer: Person, person: Person) -> int:
    return len(sheet(services, desk, reviewer, person).panel.others)


def board_of(services: Services, desk: Desk, reviewer: Person) -> review_board.Board:
    with looking(services, reviewer) as unit:
        return review_board.board(unit, actor(reviewer), OPERATION, desk.opening_id)


def test_a_score_is_the_weighted_total_and_others_appear_after_it(
    services: Services, desk: Desk
) -> None:
    one, two, _three = desk.reviewers
    person = desk.people[0]
    score(services, desk, one, person, 5, 5, 5, note="well argued")
    before = sheet(services, desk, two, person).panel
    assert (before.others, before.mean, before.own) == ((), None, None)
    score(services, desk, two, person, 4, 3, 5)
    panel = sheet(services, desk, two, person).panel
    assert panel.own is not None
    assert panel.own.total == 390
    assert [(each.total, each.note) for each in panel.others] == [(500, "well argued")]
    assert (panel.mean, panel.spread, panel.is_split) == (445, 110, False)


def test_own_score_first_holds_over_random_sequences(
    services: Services, people: People, desk: Desk
) -> None:
    """Whatever happens in whatever order, nobody sees a score without an own one of that person,
    neither on the person's page nor on the board; and with it, all of them."""
    chance = random.Random(1)
    for _round in range(4):
        here = replace(desk, opening_id=another_opening(services, people))
        submitted: set[tuple[Person, Person]] = set()
        blocked: set[tuple[Person, Person]] = set()
        for _step in range(10):
            who, about = chance.choice(here.reviewers), chance.choice(here.people)
            act = chance.choice(("score", "score", "abstain", "conflict"))
            if act == "conflict":
                declare(services, here, who, about)
                blocked.add((who, about))
                submitted.discard((who, about))
            elif act == "score" and tried(
                services, here, who, about, *chance.choices(range(1, 6), k=3)
            ):
                submitted.add((who, about))
            elif act == "abstain":
                try:
                    score(services, here, who, about, abstains=True)
                    submitted.discard((who, about))
                except Refusal:
                    assert (who, about) in submitted | blocked
            agree(services, here, who, submitted, blocked)


def agree(
    services: Services,
    desk: Desk,
    who: Person,
    submitted: set[tuple[Person, Person]],
    blocked: set[tuple[Person, Person]],
) -> None:
    rows = {row.number: row for row in board_of(services, desk, who).rows}
    for about in desk.people:
        others = {each for each, person in submitted if person is about and each is not who}
        may = (who, about) in submitted and (who, about) not in blocked
        assert seen_by(services, desk, who, about) == (len(others) if may else 0)
        row = rows.get(desk.number(about))
        assert row is None or (row.mean is not None) == may


@pytest.mark.parametrize("others", list(OthersScores))
def test_a_phase_may_keep_the_scores_of_others_closed_altogether(
    services: Services, desk: Desk, others: OthersScores
) -> None:
    phase(services, desk.opening_id, others=others)
    for each in desk.reviewers[:2]:
        score(services, desk, each, desk.people[0], 3, 3, 3)
    found = seen_by(services, desk, desk.reviewers[0], desk.people[0])
    assert found == (1 if others is OthersScores.AFTER_OWN else 0)


def test_a_missing_score_blocks_submitting_and_is_named(services: Services, desk: Desk) -> None:
    with pytest.raises(Invalid) as refused:
        score(services, desk, desk.reviewers[0], desk.people[0], 4, 4)
    assert list(refused.value.fields) == ["score_3"]
    assert "Criterion 3" in refused.value.fields["score_3"]
    with services.database.reading() as session:
        assert session.exec(select(Review)).all() == []


def test_abstaining_needs_no_score_and_opens_nothing(services: Services, desk: Desk) -> None:
    one, two, _three = desk.reviewers
    score(services, desk, one, desk.people[0], 5, 5, 5)
    score(services, desk, two, desk.people[0], abstains=True)
    assert seen_by(services, desk, two, desk.people[0]) == 0
    score(services, desk, two, desk.people[0], 2, 2, 2)
    assert seen_by(services, desk, two, desk.people[0]) == 1


def test_a_score_may_be_corrected_until_another_could_be_read_beside_it(
    services: Services, desk: Desk
) -> None:
    one, two, _three = desk.reviewers
    score(services, desk, one, desk.people[0], 5, 5, 5)
    score(services, desk, one, desk.people[0], 4, 4, 4)
    score(services, desk, two, desk.people[0], 1, 1, 1)
    with pytest.raises(Conflict):
        score(services, desk, one, desk.people[0], 1, 1, 1)
    panel = sheet(services, desk, one, desk.people[0]).panel
    assert panel.own is not None
    assert (panel.own.total, panel.can_review) == (400, False)
    with services.database.reading() as session:
        assert len(session.exec(select(ReviewScore)).all()) == 6


def test_an_old_form_is_a_conflict_and_changes_nothing(services: Services, desk: Desk) -> None:
    one, person = desk.reviewers[0], desk.people[0]
    seen = sheet(services, desk, one, person).panel
    score(services, desk, one, person, 5, 5, 5)
    for given in (
        Given({1: 1, 2: 1, 3: 1}, "", seen.rubric, 0),
        Given({1: 1, 2: 1, 3: 1}, "", "another rubric", 1),
    ):
        with working(services, one) as unit, pytest.raises(Conflict) as refused:
            reviewing.submit(
                unit, actor(one), OPERATION, desk.opening_id, desk.number(person), given
            )
        assert refused.value.code == reviewing.STALE
    own = sheet(services, desk, one, person).panel.own
    assert own is not None
    assert own.total == 500


def test_a_note_about_a_forbidden_topic_is_refused(services: Services, desk: Desk) -> None:
    with pytest.raises(Invalid) as refused:
        score(services, desk, desk.reviewers[0], desk.people[0], 3, 3, 3, note="미혼이라 좋음")
    assert list(refused.value.fields) == ["note"]


def test_no_record_of_the_service_says_what_a_score_is(services: Services, desk: Desk) -> None:
    score(services, desk, desk.reviewers[0], desk.people[0], 5, 1, 5, note="canary")
    with services.database.reading() as session:
        found = [row for row in session.exec(select(AuditEntry)) if row.action.startswith("review")]
    assert [row.change for row in found] == [{"youth_id": desk.people[0].youth_id}]


@pytest.mark.parametrize(("can_review", "only_assigned"), list(product((True, False), repeat=2)))
def test_who_may_score_in_a_phase(
    services: Services, desk: Desk, can_review: bool, only_assigned: bool
) -> None:
    phase(services, desk.opening_id, can_review=can_review, only_assigned=only_assigned)
    assigned(services, desk, desk.reviewers[0], desk.people[0])
    given = {
        (who, about): tried(services, desk, who, about, 3, 3, 3)
        for who in desk.reviewers[:2]
        for about in desk.people
    }
    free = can_review and not only_assigned
    wanted = dict.fromkeys(given, free)
    wanted[(desk.reviewers[0], desk.people[0])] = can_review
    assert given == wanted


def applied(services: Services, people: People, desk: Desk, **values: object) -> int:
    with services.database.writing() as session:
        employer_consent(session, people.youth.youth_id or 0, people.partner.organisation_id)
        return factories.application(session, desk.opening_id, people.youth.youth_id, **values).id


def invite(services: Services, people: People, row_id: int) -> None:
    with working(services, people.partner) as unit:
        applications_partner.move(unit, actor(people.partner), row_id, 1, ApplicationAction.INVITE)


def refuse(services: Services, people: People, row_id: int) -> None:
    with working(services, people.partner) as unit:
        applications_partner.refuse(
            unit, actor(people.partner), row_id, 1, RefusalReason.OTHER, False
        )


def refuse_many(services: Services, people: People, desk: Desk, row_id: int) -> None:
    with looking(services, people.partner) as unit:
        application_sheet.view(unit, actor(people.partner), OPERATION, row_id)
    with working(services, people.partner) as unit:
        applications_partner.refuse_many(
            unit, actor(people.partner), desk.opening_id, [row_id], RefusalReason.OTHER, False
        )


def ask(services: Services, people: People, desk: Desk) -> None:
    with working(services, people.partner) as unit:
        candidate_actions.ask(
            unit, actor(people.partner), OPERATION, desk.opening_id,
            desk.number(people.other_youth), "Come and talk", TODAY + timedelta(7),
        )  # fmt: skip


@pytest.mark.parametrize("can_decide", [True, False])
@pytest.mark.parametrize("action", ["invite", "refuse", "refuse_many", "ask"])
def test_a_phase_without_decisions_blocks_every_way_to_decide(
    services: Services, people: People, desk: Desk, action: str, can_decide: bool
) -> None:
    row_id = applied(services, people, desk, state=ApplicationState.UNDER_REVIEW)
    phase(services, desk.opening_id, can_decide=can_decide)
    acts = {
        "invite": lambda: invite(services, people, row_id),
        "refuse": lambda: refuse(services, people, row_id),
        "refuse_many": lambda: refuse_many(services, people, desk, row_id),
        "ask": lambda: ask(services, people, desk),
    }
    if can_decide:
        acts[action]()
        return
    with pytest.raises(Conflict) as refused:
        acts[action]()
    assert "First look" in refused.value.message


def test_a_phase_that_is_over_blocks_nothing(
    services: Services, people: People, desk: Desk
) -> None:
    row_id = applied(services, people, desk, state=ApplicationState.UNDER_REVIEW)
    over = {"starts_on": TODAY - timedelta(9), "ends_on": TODAY - timedelta(1)}
    phase(services, desk.opening_id, can_decide=False, **over)
    invite(services, people, row_id)


@pytest.mark.parametrize("shows_names", [True, False])
def test_a_phase_may_keep_an_applicants_name_words_and_address_closed(
    services: Services, people: People, desk: Desk, shows_names: bool
) -> None:
    row_id = applied(services, people, desk, message="I am Haneul")
    phase(services, desk.opening_id, shows_names=shows_names)
    with looking(services, people.partner) as unit:
        view = application_sheet.view(unit, actor(people.partner), OPERATION, row_id)
    assert (view.email == people.youth.email) is shows_names
    assert (view.message == "I am Haneul") is shows_names
    assert ("haneul" in repr(view).casefold()) is shows_names


def test_a_declared_conflict_blocks_review_and_decision_and_takes_the_score_back(
    services: Services, people: People, desk: Desk
) -> None:
    row_id = applied(services, people, desk, state=ApplicationState.UNDER_REVIEW)
    one, two, _three = desk.reviewers
    score(services, desk, one, desk.people[0], 5, 5, 5)
    declare(services, desk, one, desk.people[0])
    panel = sheet(services, desk, one, desk.people[0]).panel
    assert (panel.conflict, panel.own, panel.can_review) == (True, None, False)
    assert sheet(services, desk, one, desk.people[0]).lines == ()
    for act in (
        lambda: score(services, desk, one, desk.people[0], 4, 4, 4),
        lambda: invite(services, people, row_id),
        lambda: refuse(services, people, row_id),
    ):
        with pytest.raises(Forbidden):
            act()
    score(services, desk, two, desk.people[0], 2, 2, 2)
    assert sheet(services, desk, two, desk.people[0]).panel.others == ()


def test_a_conflict_is_about_one_person_of_one_opening(services: Services, desk: Desk) -> None:
    declare(services, desk, desk.reviewers[0], desk.people[0])
    assert tried(services, desk, desk.reviewers[0], desk.people[1], 3, 3, 3)


def test_whoever_takes_the_pool_consent_back_is_gone_from_every_page_of_reviewing(
    services: Services, desk: Desk
) -> None:
    one, person = desk.reviewers[0], desk.people[0]
    score(services, desk, one, person, 3, 3, 3)
    assert [row.number for row in board_of(services, desk, one).rows] == [desk.number(person)]
    with services.database.writing() as session:
        for row in session.exec(select(Consent).where(Consent.youth_id == person.youth_id)):
            row.withdrawn_at = NOW
            session.add(row)
    assert board_of(services, desk, one).rows == ()
    with pytest.raises(NotFound):
        sheet(services, desk, one, person)


def test_another_partner_finds_neither_board_nor_person(
    services: Services, people: People, desk: Desk
) -> None:
    for act in (
        lambda: board_of(services, desk, people.other_partner),
        lambda: sheet(services, desk, people.other_partner, desk.people[0]),
        lambda: score(services, desk, people.other_partner, desk.people[0], 1, 1, 1),
    ):
        with pytest.raises(NotFound):
            act()


def test_the_queue_holds_assigned_people_and_goes_on_behind_the_last(
    services: Services, desk: Desk
) -> None:
    one = desk.reviewers[0]
    for each in desk.people:
        assigned(services, desk, one, each)
    numbers = sorted(desk.number(each) for each in desk.people)
    assert board_of(services, desk, one).left == tuple(numbers)
    with looking(services, one) as unit:
        args = (unit, actor(one), OPERATION, desk.opening_id)
        assert review_board.next_number(*args) == numbers[0]
        assert review_board.next_number(*args, after=numbers[0]) == numbers[1]
        assert review_board.next_number(*args, after=numbers[1]) == numbers[0]
        assert review_board.left_by_opening(unit, actor(one), OPERATION) == {desk.opening_id: 2}
    by_number = {desk.number(each): each for each in desk.people}
    score(services, desk, one, by_number[numbers[0]], 3, 3, 3)
    assert board_of(services, desk, one).left == (numbers[1],)
    assert board_of(services, desk, desk.reviewers[1]).left == ()


def test_the_board_puts_compared_people_by_mean_and_marks_where_opinions_part(
    services: Services, desk: Desk
) -> None:
    one, two, _three = desk.reviewers
    score(services, desk, one, desk.people[0], 5, 5, 5)
    score(services, desk, two, desk.people[0], 1, 1, 1)
    score(services, desk, one, desk.people[1], 4, 4, 4)
    rows = board_of(services, desk, one).rows
    assert [(row.mean, row.spread, row.is_split, row.finished) for row in rows] == [
        (400, None, False, 1),
        (300, 400, True, 2),
    ]
    hidden = {row.number: row for row in board_of(services, desk, two).rows}
    assert hidden[desk.number(desk.people[1])].mean is None


def test_the_scores_a_reviewer_reads_are_those_the_rule_allows(
    services: Services, desk: Desk
) -> None:
    """The store's scope and the policy's predicate are one rule."""
    from matcher.policy.reviewing import sees_others
    from matcher.store import reviews

    one, two, three = desk.reviewers
    score(services, desk, one, desk.people[0], 5, 5, 5)
    score(services, desk, two, desk.people[0], abstains=True)
    states = {one: ReviewState.SUBMITTED, two: ReviewState.ABSTAINED, three: None}
    for who, others in product(desk.reviewers, OthersScores):
        with services.database.reading() as session:
            rows = reviews.reviews(session, desk.opening_id, who.account_id, others)
            foreign = [row for row in rows if row.account_id != who.account_id]
        beside = 1 if who is not one else 0
        assert len(foreign) == (beside if sees_others(states[who], others) else 0)
