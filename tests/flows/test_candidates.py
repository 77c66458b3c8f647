"""What a partner sees of people, and what it leaves behind."""

from dataclasses import replace
from datetime import date

import pytest
from sqlmodel import select

from matcher.flows import candidate_actions, candidates, introductions_partner
from matcher.matching.window import Window
from matcher.policy.operation import Operation
from matcher.refusal import Conflict, Invalid, NotFound
from matcher.settings import OperatorType
from matcher.wiring import Services
from models.account import Account
from models.application import (
    Introduction,
    IntroductionState,
    RefusalReason,
    ShortlistEntry,
    ShortlistState,
)
from models.consent import Consent, ConsentPurpose
from models.opening import Opening, OpeningState
from models.organisation import Organisation, OrganisationState
from models.outbox import OutboxMail
from models.trail import AccessRecord, AuditEntry, Exposure, ExposureKind
from models.youth import YouthProfile
from tests import factories
from tests.partner_desk import (
    OPERATION,
    Scene,
    actor,
    employer_consent,
    looking,
    pool_consent,
    set_scene,
    working,
)
from tests.people import People, Person


@pytest.fixture
def scene(services: Services, people: People) -> Scene:
    return set_scene(services, people)


def queue(services: Services, person: Person, opening_id: int, **options: object):  # type: ignore[no-untyped-def]
    with looking(services, person) as unit:
        return candidates.queue(unit, actor(person), OPERATION, opening_id, **options)


def only_number(services: Services, people: People, scene: Scene) -> str:
    (row,) = queue(services, people.partner, scene.opening_id).rows
    return row.number


def test_a_partner_sees_only_people_with_pool_consent_for_the_sector(
    services: Services, people: People, scene: Scene
) -> None:
    with services.database.writing() as session:
        pool_consent(session, people.far_youth.youth_id, "bio", "energy")
    shown = queue(services, people.partner, scene.opening_id)
    assert (shown.total, len(shown.rows)) == (1, 1)
    assert shown.rows[0].explained.met == 1


@pytest.mark.parametrize(
    ("school", "other", "guess"),
    [
        ("저는 한라여자고등학교를 나왔어요.", "저는 바다과학고를 나왔어요.", "한라여자고등학교"),
        ("제일 고등학교에서 배웠어요.", "과학 대학에서 배웠어요.", "제일 고등학교"),
        ("The University of Satellites.", "The Energy College.", "University of Satellites"),
    ],
)
def test_the_likeness_of_texts_gives_no_school_away(
    services: Services, people: People, scene: Scene, school: str, other: str, guess: str
) -> None:
    """A partner writes the posting, and could ask for one school after another with it."""
    with services.database.writing() as session:
        opening = session.get_one(Opening, scene.opening_id)
        opening.title_ko, opening.title_en, opening.description = guess, "Linux", guess
        pool_consent(session, people.other_youth.youth_id)
        for who, said in ((people.youth, school), (people.other_youth, other)):
            about = session.get_one(YouthProfile, who.youth_id)
            about.about = f"파이썬으로 위성 자료를 다뤄요. {said}"
    with looking(services, people.partner) as unit:
        found = candidates.ranked(
            unit, actor(people.partner), OPERATION, scene.opening_id, Window(0, 10)
        )
    alike = {
        sum(each["contribution"] for each in item["reasons"] if each["code"] == "text")
        for item in found.items
    }
    assert (len(found.items), len(alike)) == (2, 1)


def test_withdrawing_pool_consent_empties_the_list_and_the_page_at_once(
    services: Services, people: People, scene: Scene
) -> None:
    number = only_number(services, people, scene)
    with services.database.writing() as session:
        consent = session.exec(select(Consent).where(Consent.purpose == ConsentPurpose.POOL)).one()
        consent.withdrawn_at = factories.NOW
        session.add(consent)
    shown = queue(services, people.partner, scene.opening_id)
    assert shown.rows == ()
    assert shown.nothing is not None
    assert shown.nothing.code == "no_candidates"
    with looking(services, people.partner) as unit, pytest.raises(NotFound):
        candidates.choose(unit, actor(people.partner), OPERATION, scene.opening_id, number)


def test_consent_that_ended_yesterday_counts_for_nothing(
    services: Services, people: People, scene: Scene
) -> None:
    with services.database.writing() as session:
        consent = session.exec(select(Consent).where(Consent.purpose == ConsentPurpose.POOL)).one()
        consent.expires_on = date(2026, 11, 20)
        session.add(consent)
    assert queue(services, people.partner, scene.opening_id).rows == ()


def test_rows_add_up_to_the_half_point_score_exactly(
    services: Services, people: People, scene: Scene
) -> None:
    (row,) = queue(services, people.partner, scene.opening_id).rows
    assert sum(each.value for each in row.explained.rows) == row.explained.score
    assert row.explained.rows[0].kind == "base"


def test_the_same_person_has_another_number_in_another_opening(
    services: Services, people: People, scene: Scene
) -> None:
    with services.database.writing() as session:
        second = factories.opening(session, people.partner.organisation_id)
        factories.requirement(session, second.id, "python")
        second_id = second.id
    one = queue(services, people.partner, scene.opening_id).rows[0].number
    two = queue(services, people.partner, second_id).rows[0].number
    assert one != two


def test_another_partners_opening_is_absent(
    services: Services, people: People, scene: Scene
) -> None:
    with looking(services, people.partner) as unit, pytest.raises(NotFound):
        candidates.queue(unit, actor(people.partner), OPERATION, scene.foreign_opening_id)


def test_a_closed_organisation_sees_nothing(
    services: Services, people: People, scene: Scene
) -> None:
    with services.database.writing() as session:
        organisation = session.get_one(Organisation, people.partner.organisation_id)
        organisation.state = OrganisationState.CLOSED
        session.add(organisation)
    with looking(services, people.partner) as unit, pytest.raises(NotFound):
        candidates.queue(unit, actor(people.partner), OPERATION, scene.opening_id)


def test_a_pending_organisation_sees_its_opening_and_nobody(
    services: Services, people: People, scene: Scene
) -> None:
    with services.database.writing() as session:
        organisation = session.get_one(Organisation, people.partner.organisation_id)
        organisation.state = OrganisationState.PENDING
        session.add(organisation)
    assert queue(services, people.partner, scene.opening_id).rows == ()


def test_a_closed_opening_ranks_nobody(services: Services, people: People, scene: Scene) -> None:
    with services.database.writing() as session:
        row = session.get_one(Opening, scene.opening_id)
        row.state = OpeningState.CLOSED
        session.add(row)
    shown = queue(services, people.partner, scene.opening_id)
    assert shown.nothing is not None
    assert (shown.rows, shown.nothing.code) == ((), "not_open")


def test_an_information_only_operator_ranks_nobody_for_partners(
    services: Services, people: People, scene: Scene
) -> None:
    number = only_number(services, people, scene)
    listing = Operation(OperatorType.INFORMATION_ONLY, OPERATION.mask_key)
    with looking(services, people.partner) as unit:
        shown = candidates.queue(unit, actor(people.partner), listing, scene.opening_id)
        assert (shown.rows, shown.may_rank) == ((), False)
        with pytest.raises(NotFound):
            candidates.choose(unit, actor(people.partner), listing, scene.opening_id, number)
        with pytest.raises(NotFound):
            candidate_actions.ask(
                unit, actor(people.partner), listing, scene.opening_id, number, "안녕하세요",
                date(2026, 11, 28),
            )  # fmt: skip


def test_a_shown_list_and_an_opened_person_are_recorded(
    services: Services, people: People, scene: Scene
) -> None:
    number = only_number(services, people, scene)
    with looking(services, people.partner) as unit:
        candidates.choose(unit, actor(people.partner), OPERATION, scene.opening_id, number)
    with services.database.reading() as session:
        shown = session.exec(select(Exposure).order_by(Exposure.id)).all()
        looks = session.exec(select(AccessRecord).order_by(AccessRecord.id)).all()
    assert [each.kind for each in shown] == [
        ExposureKind.LISTED,
        ExposureKind.LISTED,
        ExposureKind.OPENED,
    ]
    assert shown[-1].items[0][:2] == [people.youth.youth_id, 1]
    assert shown[-1].context_id == scene.opening_id
    assert looks[-1].task == "candidate:read"
    assert looks[-1].youth_id == people.youth.youth_id
    assert looks[0].details["youths"] == [people.youth.youth_id]


def test_setting_aside_needs_a_reason_and_is_kept(
    services: Services, people: People, scene: Scene
) -> None:
    number = only_number(services, people, scene)
    partner = actor(people.partner)
    with pytest.raises(Invalid) as refused, working(services, people.partner) as unit:
        candidate_actions.mark(
            unit, partner, OPERATION, scene.opening_id, number, ShortlistState.SET_ASIDE
        )
    assert list(refused.value.fields) == ["reason"]
    with working(services, people.partner) as unit:
        candidate_actions.mark(
            unit, partner, OPERATION, scene.opening_id, number, ShortlistState.SET_ASIDE,
            RefusalReason.LACKS_SKILL,
        )  # fmt: skip
    assert queue(services, people.partner, scene.opening_id).counts["set_aside"] == 1
    with working(services, people.partner) as unit:
        candidate_actions.mark(
            unit, partner, OPERATION, scene.opening_id, number, ShortlistState.SHORTLISTED
        )
    with services.database.reading() as session:
        (row,) = session.exec(select(ShortlistEntry)).all()
        assert (row.state, row.reason) == (ShortlistState.SHORTLISTED, None)
        assert len(session.exec(select(AuditEntry)).all()) == 2
    with working(services, people.partner) as unit:
        candidate_actions.mark(unit, partner, OPERATION, scene.opening_id, number, None)
    assert queue(services, people.partner, scene.opening_id).counts["new"] == 1


def ask(services: Services, people: People, scene: Scene, number: str, **changes: object) -> None:
    wanted = {"message": "함께 이야기하고 싶습니다.", "answer_by": date(2026, 11, 28)} | changes
    with working(services, people.partner) as unit:
        candidate_actions.ask(
            unit, actor(people.partner), OPERATION, scene.opening_id, number, **wanted
        )  # type: ignore[arg-type]


def test_a_request_is_mailed_to_the_person_once(
    services: Services, people: People, scene: Scene
) -> None:
    number = only_number(services, people, scene)
    ask(services, people, scene, number)
    with pytest.raises(Conflict):
        ask(services, people, scene, number)
    with services.database.reading() as session:
        (row,) = session.exec(select(Introduction)).all()
        (mail,) = session.exec(select(OutboxMail)).all()
    assert row.state is IntroductionState.REQUESTED
    assert (mail.account_id, mail.template) == (people.youth.account_id, "introduction_asked")


@pytest.mark.parametrize(
    ("changes", "field"),
    [
        ({"message": ""}, "message"),
        ({"message": "결혼하셨습니까?"}, "message"),
        ({"answer_by": date(2026, 11, 21)}, "answer_by"),
        ({"answer_by": date(2027, 6, 1)}, "answer_by"),
    ],
)
def test_an_unfit_request_stores_nothing(
    services: Services, people: People, scene: Scene, changes: dict[str, object], field: str
) -> None:
    number = only_number(services, people, scene)
    with pytest.raises(Invalid) as refused:
        ask(services, people, scene, number, **changes)
    assert list(refused.value.fields) == [field]
    with services.database.reading() as session:
        assert session.exec(select(Introduction)).all() == []


def requests(services: Services, people: People):  # type: ignore[no-untyped-def]
    with looking(services, people.partner) as unit:
        return introductions_partner.requests(unit, actor(people.partner), OPERATION)


def test_the_name_opens_with_the_persons_yes_and_closes_with_the_consent(
    services: Services, people: People, scene: Scene
) -> None:
    ask(services, people, scene, only_number(services, people, scene))
    assert [row.name for row in requests(services, people)] == [""]
    with services.database.writing() as session:
        row = session.exec(select(Introduction)).one()
        row.state = IntroductionState.ACCEPTED
        session.add(row)
    assert [row.name for row in requests(services, people)] == [""]
    with services.database.writing() as session:
        consent = employer_consent(session, people.youth.youth_id, people.partner.organisation_id)
        consent_id = consent.id
        name = session.get_one(Account, people.youth.account_id).name
    assert [row.name for row in requests(services, people)] == [name]
    with services.database.writing() as session:
        consent = session.get_one(Consent, consent_id)
        consent.withdrawn_at = factories.NOW
        session.add(consent)
    assert [row.name for row in requests(services, people)] == [""]


def test_a_request_unanswered_past_its_day_has_lapsed(
    services: Services, people: People, scene: Scene
) -> None:
    with services.database.writing() as session:
        row = factories.introduction(
            session, scene.opening_id, people.youth.youth_id,
            asked_by_account_id=people.partner.account_id, answer_by=date(2026, 11, 20),
        )  # fmt: skip
        row_id = row.id
    (shown,) = requests(services, people)
    assert shown.state is IntroductionState.LAPSED
    with working(services, people.partner) as unit, pytest.raises(Conflict):
        introductions_partner.withdraw(unit, actor(people.partner), row_id, 1)


def test_another_partners_request_is_absent(
    services: Services, people: People, scene: Scene
) -> None:
    with services.database.writing() as session:
        row = factories.introduction(
            session, scene.foreign_opening_id, people.youth.youth_id,
            asked_by_account_id=people.other_partner.account_id,
        )  # fmt: skip
        row_id = row.id
    assert requests(services, people) == ()
    with working(services, people.partner) as unit, pytest.raises(NotFound):
        introductions_partner.withdraw(unit, actor(people.partner), row_id, 1)


def test_a_coordinator_actor_is_told_nothing(
    services: Services, people: People, scene: Scene
) -> None:
    stranger = replace(actor(people.coordinator), organisation_id=people.partner.organisation_id)
    with looking(services, people.partner) as unit, pytest.raises(NotFound):
        candidates.queue(unit, stranger, OPERATION, scene.opening_id)
