"""Promised interviews: offered, taken up, earned, claimed, kept or broken."""

from datetime import timedelta

import pytest
from sqlmodel import select

from matcher.flows import applying, own_promises, promise_clock, promises_desk
from matcher.i18n import use_language
from matcher.matching.plan_views import Terms
from matcher.policy import limits
from matcher.policy.operation import Operation
from matcher.policy.promises import Missing, is_intact
from matcher.refusal import Conflict, Invalid, NotFound
from matcher.settings import OperatorType
from matcher.store import promises as store
from matcher.wiring import Services
from models.application import Application, ApplicationEvent, ApplicationState
from models.consent import Consent, ConsentPurpose
from models.opening import Opening, OpeningState
from models.outbox import OutboxMail
from models.promise import InterviewPromise, PromiseState, PromiseTaking, TakingState
from models.trail import AccessRecord
from tests import factories
from tests.factories import NOW, TODAY
from tests.partner_desk import OPERATION, Scene, actor, looking, set_scene, working
from tests.people import People
from tests.promise_desk import (
    EARN_BY,
    OFFER,
    claim,
    offer,
    put_pass,
    put_promise,
    put_taking,
    take,
)

PLAN = Terms(1400, 10, 70)


@pytest.fixture
def scene(services: Services, people: People) -> Scene:
    return set_scene(services, people)


@pytest.fixture
def promise_id(services: Services, people: People, scene: Scene) -> int:
    return offer(services, people, scene.opening_id)


def taking(services: Services, youth_id: int | None) -> PromiseTaking:
    with services.database.reading() as session:
        return session.exec(select(PromiseTaking).where(PromiseTaking.youth_id == youth_id)).one()


def mails(services: Services) -> list[tuple[str, int | None]]:
    with services.database.reading() as session:
        rows = session.exec(select(OutboxMail).order_by(OutboxMail.id))
        return [(row.template, row.account_id) for row in rows]


def earned(services: Services, people: People, **values: object) -> None:
    with services.database.writing() as session:
        put_pass(session, people.youth.youth_id or 0, **values)


def test_the_terms_are_stored_in_both_languages_under_one_hash(
    services: Services, people: People, promise_id: int
) -> None:
    with services.database.reading() as session:
        row = session.get_one(InterviewPromise, promise_id)
    assert is_intact(row.terms_ko, row.terms_en, row.text_hash)
    assert "2027년" in row.terms_ko
    assert "2027" in row.terms_en
    assert "SAA" in row.terms_ko
    assert "SAA" in row.terms_en
    with looking(services, people.youth) as unit, use_language("en"):
        (own,) = own_promises.of_opening(unit, actor(people.youth), row.opening_id)
    assert (own.promise.terms, own.promise.terms_other) == (row.terms_en, row.terms_ko)
    assert own.promise.text_hash == row.text_hash


def test_terms_that_changed_since_they_were_read_are_not_offered(
    services: Services, people: People, scene: Scene
) -> None:
    with working(services, people.partner) as unit, pytest.raises(Conflict):
        promises_desk.offer(unit, actor(people.partner), scene.opening_id, OFFER, "0" * 64)
    with services.database.reading() as session:
        assert session.exec(select(InterviewPromise)).all() == []


@pytest.mark.parametrize(
    ("changed", "field"),
    [
        ({"earn_by": TODAY + timedelta(days=13)}, "earn_by"),
        ({"earn_by": TODAY + timedelta(days=541)}, "earn_by"),
        ({"ref": "XYZ"}, "what"),
    ],
)
def test_what_cannot_be_promised_is_refused_by_field(
    services: Services, people: People, scene: Scene, changed: dict[str, object], field: str
) -> None:
    with pytest.raises(Invalid) as refused:
        offer(services, people, scene.opening_id, **changed)
    assert list(refused.value.fields) == [field]


def test_the_day_may_lie_behind_the_closing_of_the_posting(
    services: Services, people: People, scene: Scene
) -> None:
    offer(services, people, scene.opening_id, earn_by=TODAY + timedelta(days=300))
    with services.database.reading() as session:
        row = session.exec(select(InterviewPromise)).one()
        assert row.earn_by > session.get_one(Opening, scene.opening_id).closes_on


def test_the_same_thing_is_promised_once_until_the_first_is_withdrawn(
    services: Services, people: People, scene: Scene, promise_id: int
) -> None:
    with pytest.raises(Conflict):
        offer(services, people, scene.opening_id, places=5)
    with working(services, people.partner) as unit:
        promises_desk.withdraw(unit, actor(people.partner), promise_id, 1)
    offer(services, people, scene.opening_id, places=5)


def test_another_partner_neither_sees_nor_withdraws_a_promise(
    services: Services, people: People, promise_id: int
) -> None:
    other = actor(people.other_partner)
    with working(services, people.other_partner) as unit:
        with pytest.raises(NotFound):
            promises_desk.withdraw(unit, other, promise_id, 1)
        assert store.get(unit.session, other, promise_id) is None


def test_places_are_counted_and_come_free_again(
    services: Services, people: People, promise_id: int
) -> None:
    for person in (people.youth, people.other_youth):
        take(services, person, promise_id)
    with pytest.raises(Conflict):
        take(services, people.far_youth, promise_id)
    with pytest.raises(Conflict):
        take(services, people.youth, promise_id)
    with working(services, people.youth) as unit:
        own_promises.drop(unit, actor(people.youth), promise_id, 1)
    take(services, people.far_youth, promise_id)
    with pytest.raises(Conflict):
        take(services, people.youth, promise_id)


def test_whoever_took_a_withdrawn_promise_keeps_it(
    services: Services, people: People, promise_id: int
) -> None:
    take(services, people.youth, promise_id)
    with working(services, people.partner) as unit:
        promises_desk.withdraw(unit, actor(people.partner), promise_id, 1)
    with pytest.raises(Conflict):
        take(services, people.other_youth, promise_id)
    earned(services, people)
    claim(services, people.youth, promise_id)
    assert taking(services, people.youth.youth_id).state is TakingState.CLAIMED


def test_the_partner_sees_numbers_of_places_until_somebody_claims(
    services: Services, people: People, scene: Scene, promise_id: int
) -> None:
    take(services, people.youth, promise_id)
    with looking(services, people.partner) as unit:
        view = promises_desk.desk(unit, actor(people.partner), OPERATION, scene.opening_id)
    assert (view.rows[0].taken, view.rows[0].claims) == (1, ())
    earned(services, people)
    application_id = claim(services, people.youth, promise_id)
    with looking(services, people.partner) as unit:
        view = promises_desk.desk(unit, actor(people.partner), OPERATION, scene.opening_id)
    (line,) = view.rows[0].claims
    assert (line.application_id, line.days_left) == (application_id, 14)


def test_nothing_is_claimed_on_the_persons_word(
    services: Services, people: People, promise_id: int
) -> None:
    take(services, people.youth, promise_id)
    earned(services, people, verification=1)
    with pytest.raises(Conflict):
        claim(services, people.youth, promise_id)
    with looking(services, people.youth) as unit:
        (own,) = own_promises.listing(unit, actor(people.youth))
    assert (own.missing, own.can_claim) == (Missing.PROOF, False)
    with services.database.reading() as session:
        assert session.exec(select(Application)).all() == []


def test_a_claim_needs_consent_for_this_employer(
    services: Services, people: People, promise_id: int
) -> None:
    take(services, people.youth, promise_id)
    earned(services, people)
    you = actor(people.youth)
    with working(services, people.youth) as unit, pytest.raises(Invalid):
        own_promises.claim(unit, you, promise_id, 1, False)
    with services.database.reading() as session:
        employer = Consent.purpose == ConsentPurpose.EMPLOYER
        assert session.exec(select(Consent).where(employer)).all() == []


def test_a_claim_makes_an_applicant_at_the_interview(
    services: Services, people: People, promise_id: int
) -> None:
    take(services, people.youth, promise_id)
    earned(services, people)
    application_id = claim(services, people.youth, promise_id)
    with services.database.reading() as session:
        row = session.get_one(Application, application_id)
        line = session.exec(select(ApplicationEvent)).one()
        consent = session.exec(
            select(Consent).where(Consent.purpose == ConsentPurpose.EMPLOYER)
        ).one()
    interview_by = TODAY + timedelta(days=14)
    assert (row.state, row.answer_by) == (
        ApplicationState.INTERVIEW, interview_by + timedelta(days=14)
    )  # fmt: skip
    assert (line.from_state, line.to_state, line.actor_role, line.reason) == (
        "", "interview", "youth", "promise"
    )  # fmt: skip
    assert consent.organisation_id == people.partner.organisation_id
    assert taking(services, people.youth.youth_id).interview_by == interview_by
    assert mails(services) == [("application_interview", people.partner.account_id)]


@pytest.mark.parametrize("state", ["sent", "under_review", "refused", "closed", "withdrawn"])
def test_an_application_sent_before_moves_to_the_interview(
    services: Services, people: People, scene: Scene, promise_id: int, state: str
) -> None:
    with services.database.writing() as session:
        before = factories.application(
            session, scene.opening_id, people.youth.youth_id, state=ApplicationState(state)
        ).id
    take(services, people.youth, promise_id)
    earned(services, people)
    assert claim(services, people.youth, promise_id) == before
    with services.database.reading() as session:
        assert session.get_one(Application, before).state is ApplicationState.INTERVIEW
        line = session.exec(select(ApplicationEvent)).one()
    assert (line.from_state, line.to_state, line.actor_role) == (state, "interview", "youth")


def test_a_stale_page_claims_nothing(services: Services, people: People, promise_id: int) -> None:
    take(services, people.youth, promise_id)
    earned(services, people)
    with pytest.raises(Conflict):
        claim(services, people.youth, promise_id, version=2)


def test_the_clock_lets_a_promise_lapse_after_the_days_of_grace(
    services: Services, people: People, scene: Scene
) -> None:
    with services.database.writing() as session:
        for person, days in ((people.youth, 14), (people.other_youth, 15)):
            row = put_promise(session, scene.opening_id, earn_by=TODAY - timedelta(days=days))
            put_taking(session, row.id or 0, person.youth_id or 0)
    assert promise_clock.run(services).lapsed == 1
    assert taking(services, people.youth.youth_id).state is TakingState.TAKEN
    assert taking(services, people.other_youth.youth_id).state is TakingState.LAPSED
    assert mails(services) == [("promise_lapsed", people.other_youth.account_id)]
    assert promise_clock.run(services).lapsed == 0
    assert len(mails(services)) == 1


def claimed(
    services: Services, people: People, opening_id: int, days_left: int, **values: object
) -> int:
    """A claim whose interview is due in so many days; gives the application."""
    with services.database.writing() as session:
        row = put_promise(session, opening_id)
        made = factories.application(
            session, opening_id, people.youth.youth_id,
            **({"state": ApplicationState.INTERVIEW} | values),
        )  # fmt: skip
        put_taking(
            session, row.id or 0, people.youth.youth_id or 0, state=TakingState.CLAIMED,
            application_id=made.id, interview_by=TODAY + timedelta(days=days_left),
        )  # fmt: skip
        return int(made.id or 0)


def test_the_partner_is_reminded_once(services: Services, people: People, scene: Scene) -> None:
    claimed(services, people, scene.opening_id, 3)
    assert [promise_clock.run(services).reminded for _ in range(2)] == [1, 0]
    assert mails(services) == [("promise_due", people.partner.account_id)]


def test_a_broken_promise_is_told_counted_and_blocks_until_the_centre_has_spoken(
    services: Services, people: People, scene: Scene
) -> None:
    claimed(services, people, scene.opening_id, -1)
    assert [promise_clock.run(services).broken for _ in range(2)] == [1, 0]
    assert mails(services) == [
        ("promise_broken", people.youth.account_id),
        ("promise_broken_partner", people.partner.account_id),
    ]
    mine, other = people.partner.organisation_id or 0, people.other_partner.organisation_id or 0
    with services.database.reading() as session:
        assert store.broken_counts(session, [mine, other]) == {mine: 1, other: 0}
    with pytest.raises(Conflict):
        offer(services, people, scene.opening_id, ref="CLF")
    with working(services, people.centre) as unit:
        assert [row.organisation_id for row in promises_desk.broken(unit)] == [mine]
        promises_desk.spoken(unit, actor(people.centre), mine)
    offer(services, people, scene.opening_id, ref="CLF")
    with services.database.reading() as session:
        assert store.broken_counts(session, [mine]) == {mine: 1}


def test_an_offer_keeps_the_promise(services: Services, people: People, scene: Scene) -> None:
    claimed(services, people, scene.opening_id, 5, state=ApplicationState.OFFERED)
    assert promise_clock.run(services).kept == 1
    assert taking(services, people.youth.youth_id).state is TakingState.KEPT


def test_closing_the_posting_does_not_end_a_promise_somebody_took(
    services: Services, people: People, scene: Scene, promise_id: int
) -> None:
    take(services, people.youth, promise_id)
    with services.database.writing() as session:
        session.get_one(Opening, scene.opening_id).state = OpeningState.CLOSED
    earned(services, people)
    claim(services, people.youth, promise_id)
    assert taking(services, people.youth.youth_id).state is TakingState.CLAIMED


def test_withdrawing_the_application_lets_the_promise_go(
    services: Services, people: People, promise_id: int
) -> None:
    take(services, people.youth, promise_id)
    earned(services, people)
    application_id = claim(services, people.youth, promise_id)
    with services.database.reading() as session:
        version = session.get_one(Application, application_id).version
    with working(services, people.youth) as unit:
        applying.withdraw(unit, actor(people.youth), application_id, version)
    assert promise_clock.run(services).dropped == 1
    assert promise_clock.run(services).broken == 0


def test_the_count_of_who_could_earn_it_comes_from_the_pool_and_hides_few(
    services: Services, people: People, scene: Scene
) -> None:
    partner = actor(people.partner)
    with looking(services, people.partner) as unit:
        found = promises_desk.preview(unit, partner, OPERATION, scene.opening_id, OFFER, PLAN).reach
    assert found is not None
    assert (found.asked, found.pool.n, found.pool.is_small) == (1, None, True)
    listing = Operation(OperatorType.INFORMATION_ONLY, "test-key")
    with looking(services, people.partner) as unit:
        hidden = promises_desk.preview(unit, partner, listing, scene.opening_id, OFFER, PLAN)
    assert (hidden.reach, hidden.wait) == (None, 0)


def test_nobody_and_a_few_who_could_earn_it_look_the_same(
    services: Services, people: People, scene: Scene
) -> None:
    """Else a firm that knows somebody well learns whether that person is in the pool."""
    partner, found = actor(people.partner), []
    for pooled in (True, False):
        with services.database.writing() as session:
            if not pooled:
                for row in session.exec(select(Consent)):
                    row.withdrawn_at = NOW if row.purpose is ConsentPurpose.POOL else None
        with looking(services, people.partner) as unit:
            shown = promises_desk.preview(
                unit, partner, OPERATION, scene.opening_id, OFFER, PLAN
            ).reach
        assert shown is not None
        found.append((shown.pool, shown.able))
    assert found[0] == found[1]


def test_counting_who_could_earn_it_is_recorded_and_limited(
    services: Services, people: People, scene: Scene
) -> None:
    """It searches a path for sixty people: without a limit one account keeps everybody waiting."""
    partner, shown = actor(people.partner), []
    for _ in range(limits.PREVIEWS.most + 1):
        with looking(services, people.partner) as unit:
            shown.append(
                promises_desk.preview(unit, partner, OPERATION, scene.opening_id, OFFER, PLAN)
            )
    assert [each.reach is not None for each in shown] == [True] * limits.PREVIEWS.most + [False]
    assert (shown[0].wait, 0 < shown[-1].wait <= 3600) == (0, True)
    assert shown[-1].terms == shown[0].terms
    with services.database.reading() as session:
        rows = session.exec(
            select(AccessRecord.details).where(AccessRecord.task == limits.PREVIEWS.bucket)
        ).all()
    assert len(rows) == limits.PREVIEWS.most
    assert rows[0] == {
        "opening": scene.opening_id, "asked": ["certification:SAA"], "by": EARN_BY.isoformat(),
    }  # fmt: skip


def test_a_withdrawn_promise_says_so(services: Services, people: People, promise_id: int) -> None:
    with working(services, people.partner) as unit:
        promises_desk.withdraw(unit, actor(people.partner), promise_id, 1)
    with working(services, people.partner) as unit, pytest.raises(Conflict):
        promises_desk.withdraw(unit, actor(people.partner), promise_id, 2)
    with services.database.reading() as session:
        row = session.get_one(InterviewPromise, promise_id)
        assert (row.state, row.earn_by) == (PromiseState.WITHDRAWN, EARN_BY)
