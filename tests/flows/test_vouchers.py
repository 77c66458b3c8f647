"""The voucher pool: who gives what to whom, and that a code is given once and seen by one."""

from datetime import date, timedelta
from typing import Any

import pytest
from sqlmodel import select

from matcher.flows import own_vouchers, voucher_allocation, vouchers
from matcher.flows.vouchers import Batch, Standing, VoucherStep
from matcher.refusal import Conflict, Invalid, NotFound, Refusal
from matcher.store import vouchers as store
from matcher.wiring import Services
from models.account import Role
from models.application import ApplicationState
from models.certification import AttemptState
from models.consent import ConsentPurpose
from models.opening import RequirementSubject
from models.outbox import OutboxMail
from models.trail import AccessRecord, AuditEntry
from models.voucher import Voucher, VoucherState
from models.youth import AffiliationState
from tests import factories
from tests.coordinator_desk import certificate, young
from tests.factories import NOW, TODAY
from tests.partner_desk import actor
from tests.people import People, Person
from tests.traps.test_races import at_once, crashes
from tests.two_databases import any_people, any_services, any_url  # noqa: F401

CODES = "AAAA-0001\nAAAA-0002\n\n  AAAA-0003  \n"


def batch(**values: Any) -> Batch:
    defaults = {"codes": CODES, "percent": 100, "level": None, "note": ""}
    return Batch(**({"expires_on": date(2027, 3, 31)} | defaults | values))


def add(services: Services, person: Person, **values: Any) -> list[int]:
    with services.writing(actor(person)) as unit:
        vouchers.add(unit, actor(person), batch(**values))
    with services.database.reading() as session:
        rows = session.exec(select(Voucher).order_by(Voucher.id)).all()
        return [row.id for row in rows if row.organisation_id == person.organisation_id]


def assign(services: Services, by: Person, voucher_id: int, to: int, version: int = 1) -> None:
    with services.writing(actor(by)) as unit:
        vouchers.assign(unit, actor(by), voucher_id, to, version)


def stored(services: Services, voucher_id: int) -> Voucher:
    with services.database.reading() as session:
        return session.get_one(Voucher, voucher_id)


def test_every_line_becomes_a_voucher_of_the_own_organisation(
    services: Services, people: People
) -> None:
    ids = add(services, people.coordinator, level="associate", percent=50)
    with services.database.reading() as session:
        rows = session.exec(select(Voucher).order_by(Voucher.id)).all()
        seen = [(row.code, row.percent, row.level, row.state) for row in rows]
        audited = session.exec(
            select(AuditEntry).where(AuditEntry.action == "vouchers:added")
        ).one()
    assert seen == [(f"AAAA-000{n}", 50, "associate", VoucherState.FREE) for n in (1, 2, 3)]
    assert len(ids) == 3
    assert audited.change["count"] == 3
    assert "AAAA" not in str(audited.change)


@pytest.mark.parametrize(
    ("values", "field", "word"),
    [
        ({"codes": "AAAA-0001\nBBBB-0002\nAAAA-0001"}, "codes", "3째 줄과 1째 줄"),
        ({"codes": "AAAA-0001\nBBBB-0002\naAaa-0001"}, "codes", "3째 줄과 1째 줄"),
        ({"codes": "AAAA-0001\nshort"}, "codes", "2째 줄"),
        ({"codes": "AAAA-0001\n코드코드코드코드"}, "codes", "2째 줄"),
        ({"codes": " \n "}, "codes", "한 줄에 하나씩"),
        ({"codes": "\n".join(f"CODE-{n:06}" for n in range(501))}, "codes", "501줄"),
        ({"codes": "\n".join(f"CODE-{n:06}" for n in range(5000))}, "codes", "5000줄"),
        ({"expires_on": TODAY - timedelta(days=1)}, "expires_on", "이미 지난"),
        ({"expires_on": date(2090, 1, 1)}, "expires_on", "3년"),
    ],
)
def test_a_bad_batch_stores_nothing_and_names_what_is_wrong(
    services: Services, people: People, values: dict[str, Any], field: str, word: str
) -> None:
    with pytest.raises(Invalid) as refused:
        add(services, people.coordinator, **values)
    assert list(refused.value.fields) == [field]
    assert word in refused.value.fields[field]
    with services.database.reading() as session:
        assert session.exec(select(Voucher)).all() == []


@pytest.mark.parametrize("known", ["AAAA-0002", "aaaa-0002", "aAAa-0002"])
def test_a_code_stored_before_is_refused_whoever_stored_it_and_however_it_is_written(
    services: Services, people: People, known: str
) -> None:
    add(services, people.other_coordinator, codes=known)
    with pytest.raises(Invalid, match="0002"):
        add(services, people.coordinator)
    with services.database.reading() as session:
        assert len(session.exec(select(Voucher)).all()) == 1


def test_a_desk_sees_and_touches_its_own_vouchers_only(services: Services, people: People) -> None:
    own = add(services, people.coordinator)
    for other in (people.other_coordinator, people.centre):
        with services.reading(actor(other)) as unit:
            assert vouchers.pool(unit, actor(other)).lines == ()
            with pytest.raises(NotFound):
                vouchers.sheet(unit, actor(other), own[0])
        with pytest.raises(NotFound):
            assign(services, other, own[0], people.far_youth.youth_id or 0)
    for outsider in (people.partner, people.youth, people.admin):
        with services.reading(actor(outsider)) as unit:
            assert vouchers.pool(unit, actor(outsider)).lines == ()


def test_giving_shows_the_code_to_the_person_alone_and_leaves_traces(
    services: Services, people: People
) -> None:
    first = add(services, people.coordinator)[0]
    assign(services, people.coordinator, first, people.youth.youth_id or 0)
    with services.reading(actor(people.youth)) as unit:
        mine = own_vouchers.view(unit, actor(people.youth)).vouchers
    assert [(each.code, each.is_live) for each in mine] == [("AAAA-0001", True)]
    with services.reading(actor(people.other_youth)) as unit:
        assert own_vouchers.view(unit, actor(people.other_youth)).vouchers == ()
    with services.reading(actor(people.coordinator)) as unit:
        line = vouchers.sheet(unit, actor(people.coordinator), first).line
    assert "AAAA" not in repr(line)
    assert (line.tail, line.name, line.standing) == ("0001", "haneul", Standing.ASSIGNED)
    with services.database.reading() as session:
        mail = session.exec(select(OutboxMail)).one()
        tasks = session.exec(select(AccessRecord.task)).all()
        actions = session.exec(select(AuditEntry.action)).all()
    assert (mail.template, mail.account_id) == ("voucher_assigned", people.youth.account_id)
    assert "AAAA" not in str(mail.context)
    assert "voucher:assigned" in tasks
    assert "voucher:assigned" in actions


def test_only_confirmed_people_of_the_own_university_are_given_one(
    services: Services, people: People
) -> None:
    first = add(services, people.coordinator)[0]
    with services.database.writing() as session:
        university = people.coordinator.organisation_id
        claimed = young(session, "claimed", university, affiliation_state=AffiliationState.CLAIMED)
        ended = young(session, "ended", university, affiliation_state=AffiliationState.ENDED)
    for youth_id in (claimed, ended, people.far_youth.youth_id or 0, 999_999):
        with pytest.raises(Invalid) as refused:
            assign(services, people.coordinator, first, youth_id)
        assert list(refused.value.fields) == ["youth_id"]
    assert stored(services, first).state is VoucherState.FREE


def test_the_centre_gives_its_own_to_people_of_every_university(
    services: Services, people: People
) -> None:
    first, second, _ = add(services, people.centre)
    assign(services, people.centre, first, people.youth.youth_id or 0)
    assign(services, people.centre, second, people.far_youth.youth_id or 0)
    assert stored(services, second).youth_id == people.far_youth.youth_id


def test_what_is_given_lapsed_or_withdrawn_is_not_given_again(
    services: Services, people: People
) -> None:
    first, second, third = add(services, people.coordinator)
    with services.database.writing() as session:
        session.get_one(Voucher, second).expires_on = TODAY - timedelta(days=1)
    with services.writing(actor(people.coordinator)) as unit:
        vouchers.step(unit, actor(people.coordinator), third, VoucherStep.WITHDRAW, None, 1)
    assign(services, people.coordinator, first, people.youth.youth_id or 0)
    for voucher_id, version in ((first, 2), (second, 1), (third, 2)):
        with pytest.raises(Conflict):
            assign(
                services, people.coordinator, voucher_id, people.other_youth.youth_id or 0, version
            )
    assert stored(services, first).youth_id == people.youth.youth_id


def test_a_version_read_before_somebody_changed_it_is_refused(
    services: Services, people: People
) -> None:
    first = add(services, people.coordinator)[0]
    with pytest.raises(Conflict):
        assign(services, people.coordinator, first, people.youth.youth_id or 0, version=2)


def test_taking_back_hides_the_code_tells_the_person_and_frees_the_voucher(
    services: Services, people: People
) -> None:
    first = add(services, people.coordinator)[0]
    assign(services, people.coordinator, first, people.youth.youth_id or 0)
    with services.writing(actor(people.coordinator)) as unit:
        vouchers.step(unit, actor(people.coordinator), first, VoucherStep.TAKE_BACK, None, 2)
    row = stored(services, first)
    assert (row.state, row.youth_id, row.assigned_at) == (VoucherState.FREE, None, None)
    with services.reading(actor(people.youth)) as unit:
        assert own_vouchers.view(unit, actor(people.youth)).vouchers == ()
    with services.database.reading() as session:
        templates = session.exec(select(OutboxMail.template).order_by(OutboxMail.id)).all()
    assert templates == ["voucher_assigned", "voucher_taken_back"]
    assign(services, people.coordinator, first, people.other_youth.youth_id or 0, 3)


def test_a_used_voucher_ends_and_its_code_is_hidden_again(
    services: Services, people: People
) -> None:
    first = add(services, people.coordinator)[0]
    assign(services, people.coordinator, first, people.youth.youth_id or 0)
    me = actor(people.youth)
    with pytest.raises(NotFound), services.writing(actor(people.other_youth)) as unit:
        own_vouchers.use(unit, actor(people.other_youth), first, TODAY, 2)
    for day in (TODAY + timedelta(days=1), TODAY - timedelta(days=1)):
        with pytest.raises(Invalid), services.writing(me) as unit:
            own_vouchers.use(unit, me, first, day, 2)
    with services.writing(me) as unit:
        own_vouchers.use(unit, me, first, TODAY, 2)
    row = stored(services, first)
    assert (row.state, row.used_on) == (VoucherState.USED, TODAY)
    with services.reading(me) as unit:
        mine = own_vouchers.view(unit, me).vouchers[0]
    assert (mine.code, mine.is_live, mine.used_on) == ("0001", False, TODAY)
    with pytest.raises(Conflict), services.writing(actor(people.coordinator)) as unit:
        vouchers.step(unit, actor(people.coordinator), first, VoucherStep.TAKE_BACK, None, 3)


def test_a_desk_notes_a_use_with_its_day(services: Services, people: People) -> None:
    first = add(services, people.coordinator)[0]
    assign(services, people.coordinator, first, people.youth.youth_id or 0)
    desk = actor(people.coordinator)
    for day in (None, TODAY + timedelta(days=1)):
        with pytest.raises(Invalid) as refused, services.writing(desk) as unit:
            vouchers.step(unit, desk, first, VoucherStep.USE, day, 2)
        assert list(refused.value.fields) == ["on"]
    with services.writing(desk) as unit:
        vouchers.step(unit, desk, first, VoucherStep.USE, TODAY, 2)
    assert stored(services, first).used_on == TODAY


def test_counts_follow_the_day(services: Services, people: People) -> None:
    university = people.coordinator.organisation_id
    with services.database.writing() as session:
        past = {"expires_on": TODAY - timedelta(days=1)}
        mine = {"youth_id": people.youth.youth_id, "assigned_at": NOW}
        factories.voucher(session, university, "FREE-0001")
        factories.voucher(session, university, "FREE-LAST", expires_on=TODAY)
        factories.voucher(session, university, "GIVEN-001", state="assigned", **mine)
        factories.voucher(session, university, "LAPSED-01", **past)
        factories.voucher(session, university, "LAPSED-02", state="assigned", **mine, **past)
        factories.voucher(session, university, "USED-0001", state="used", **mine, **past)
        factories.voucher(session, university, "GONE-0001", state="withdrawn", **past)
    desk = actor(people.coordinator)
    with services.reading(desk) as unit:
        view = vouchers.pool(unit, desk)
        by_state = {each: len(vouchers.pool(unit, desk, each).lines) for each in Standing}
    assert view.counts == by_state == {
        Standing.FREE: 2,
        Standing.ASSIGNED: 1,
        Standing.USED: 1,
        Standing.LAPSED: 2,
        Standing.WITHDRAWN: 1,
    }  # fmt: skip
    assert len(view.lines) == 7


def test_a_row_read_before_somebody_moved_it_moves_nothing(
    services: Services, people: People
) -> None:
    first = add(services, people.coordinator)[0]
    old = stored(services, first)
    assign(services, people.coordinator, first, people.youth.youth_id or 0)
    with services.database.writing() as session:
        assert not store.move(session, old, VoucherState.WITHDRAWN)
    desk = actor(people.coordinator)
    with services.writing(desk) as unit:
        vouchers.step(unit, desk, first, VoucherStep.TAKE_BACK, None, 2)
    with services.database.writing() as session:
        assert not store.move(session, old, VoucherState.WITHDRAWN)
    row = stored(services, first)
    assert (row.state, row.version) == (VoucherState.FREE, 3)


def test_sixteen_desks_at_once_give_one_voucher_once(
    any_services: Services,  # noqa: F811
    any_people: People,  # noqa: F811
) -> None:
    first = add(any_services, any_people.coordinator)[0]
    with any_services.database.writing() as session:
        university = any_people.coordinator.organisation_id
        youths = [young(session, f"young{n}", university) for n in range(16)]
    results = at_once(
        [lambda to=to: assign(any_services, any_people.coordinator, first, to) for to in youths * 3]
    )
    assert crashes(results) == []
    assert results.count(None) == 1
    assert all(each is None or isinstance(each, Refusal) for each in results)
    with any_services.database.reading() as session:
        assert session.get_one(Voucher, first).youth_id in youths
        assert len(session.exec(select(OutboxMail)).all()) == 1


def test_two_confirmations_at_once_give_every_voucher_once(
    any_services: Services,  # noqa: F811
    any_people: People,  # noqa: F811
) -> None:
    desk = actor(any_people.coordinator)
    ids = add(any_services, any_people.coordinator)
    with any_services.database.writing() as session:
        university = any_people.coordinator.organisation_id
        youths = [young(session, f"young{n}", university) for n in range(6)]
    turned = [list(zip(ids, youths[:3], strict=True)), list(zip(ids, youths[3:], strict=True))]

    def confirm(pairs: list[tuple[int, int]]) -> int:
        with any_services.writing(desk) as unit:
            return voucher_allocation.confirm(unit, desk, pairs)

    results = at_once([lambda n=n: confirm(turned[n % 2]) for n in range(32)])
    assert crashes(results) == []
    assert results.count(3) == 1
    with any_services.database.reading() as session:
        holders = {session.get_one(Voucher, each).youth_id for each in ids}
        assert len(session.exec(select(OutboxMail)).all()) == 3
    assert holders in ({*youths[:3]}, {*youths[3:]})


def scene(services: Services, people: People, count: int = 3, headcount: int = 2) -> list[int]:
    """`count` people who meet an opening's skill and lack its certificate, an exam planned."""
    with services.database.writing() as session:
        opening = factories.opening(session, people.partner.organisation_id, headcount=headcount)
        factories.requirement(session, opening.id, "python")
        factories.requirement(
            session, opening.id, "CLF", subject=RequirementSubject.CERTIFICATION, level=None
        )
        found = []
        for number in range(count):
            youth_id = young(session, f"young{number}", people.coordinator.organisation_id)
            factories.consent(session, youth_id, ConsentPurpose.SERVICE)
            factories.skill_record(session, youth_id, "python", level=4)
            certificate(
                session, youth_id, state=AttemptState.PLANNED, exam_on=None, expires_on=None,
                planned_on=date(2026, 12, 10),
            )  # fmt: skip
            found.append(youth_id)
        return found


def propose(services: Services, person: Person, most: int | None = None) -> Any:
    with services.reading(actor(person)) as unit:
        return voucher_allocation.propose(unit, actor(person), most)


def test_the_proposal_says_who_why_and_how_many_without(services: Services, people: People) -> None:
    youths = scene(services, people)
    add(services, people.coordinator)
    view = propose(services, people.coordinator)
    assert (view.most, view.free, view.without, view.matched) == (3, 3, 0, 2)
    assert len(view.awards) == 2
    for award in view.awards:
        assert award.youth_id in youths
        assert (award.certification, award.is_planned) == ("CLF", True)
        assert award.earliest == date(2026, 12, 10)
        assert award.opening == "지상국 데이터 엔지니어"
        assert len(award.tail) == 4
    with services.database.reading() as session:
        record = session.exec(select(AccessRecord)).one()
        assert session.exec(select(Voucher).where(Voucher.state != "free")).all() == []
    assert set(youths) <= set(record.details["youths"])


def test_confirming_gives_all_and_counts_them_as_reached_afterwards(
    services: Services, people: People
) -> None:
    scene(services, people)
    add(services, people.coordinator)
    view = propose(services, people.coordinator)
    pairs = [tuple(map(int, award.pair.split("-"))) for award in view.awards]
    desk = actor(people.coordinator)
    with services.writing(desk) as unit:
        assert voucher_allocation.confirm(unit, desk, pairs) == 2
    after = propose(services, people.coordinator)
    assert (after.without, after.matched, after.awards) == (2, 2, ())
    with services.database.reading() as session:
        given = {row.id: row.youth_id for row in session.exec(select(Voucher)) if row.youth_id}
        assert len(session.exec(select(OutboxMail)).all()) == 2
    assert given == dict(pairs)


@pytest.mark.parametrize("spoiled", ["taken", "foreign voucher", "foreign person", "twice"])
def test_a_confirmation_that_cannot_be_kept_whole_gives_nothing(
    services: Services, people: People, spoiled: str
) -> None:
    youths = scene(services, people)
    ids = add(services, people.coordinator)
    foreign = add(services, people.other_coordinator, codes="OTHER-0001")[0]
    if spoiled == "taken":
        assign(services, people.coordinator, ids[1], people.other_youth.youth_id or 0)
    pairs = {
        "taken": [(ids[0], youths[0]), (ids[1], youths[1])],
        "foreign voucher": [(ids[0], youths[0]), (foreign, youths[1])],
        "foreign person": [(ids[0], youths[0]), (ids[1], people.far_youth.youth_id or 0)],
        "twice": [(ids[0], youths[0]), (ids[1], youths[0])],
    }[spoiled]
    desk = actor(people.coordinator)
    with pytest.raises((Conflict, Invalid)), services.writing(desk) as unit:
        voucher_allocation.confirm(unit, desk, pairs)
    assert stored(services, ids[0]).state is VoucherState.FREE
    with pytest.raises(Invalid), services.writing(desk) as unit:
        voucher_allocation.confirm(unit, desk, [])


def gone(session: Any, people: People, youths: list[int], why: str) -> None:
    if why == "no consent":
        from sqlmodel import col, update

        from models.consent import Consent

        session.exec(
            update(Consent).where(col(Consent.youth_id) == youths[0]).values(withdrawn_at=NOW)
        )
    elif why == "hired":
        other = factories.opening(session, people.partner.organisation_id, state="filled")
        factories.application(session, other.id, youths[0], state=ApplicationState.HIRED)
    elif why == "other wish":
        from models.youth import WishKind, YouthWish

        session.add(YouthWish(youth_id=youths[0], kind=WishKind.SECTOR, value="bio", place=1))
    elif why == "another must":
        from models.opening import Opening

        opening = session.exec(select(Opening)).one()
        factories.requirement(session, opening.id, "aws-iam")
    elif why == "exam too late":
        from models.opening import Opening

        session.exec(select(Opening)).one().closes_on = date(2026, 12, 9)
    elif why == "voucher too early":
        for row in session.exec(select(Voucher)):
            row.expires_on = date(2026, 12, 9)
    elif why == "voucher too low":
        for row in session.exec(select(Voucher)):
            row.level = "foundational"
        from models.certification import CertificationRecord
        from models.opening import OpeningRequirement

        session.exec(
            select(OpeningRequirement).where(OpeningRequirement.ref == "CLF")
        ).one().ref = "SAA"
        record = session.exec(select(CertificationRecord)).one()
        record.certification, record.exam_code = "SAA", "SAA-C03"


@pytest.mark.parametrize(
    "why",
    [
        "no consent", "hired", "other wish", "another must", "exam too late",
        "voucher too early", "voucher too low",
    ],
)  # fmt: skip
def test_nobody_is_proposed_whom_a_voucher_would_not_bring_there(
    services: Services, people: People, why: str
) -> None:
    youths = scene(services, people, count=1)
    add(services, people.coordinator)
    assert len(propose(services, people.coordinator).awards) == 1
    with services.database.writing() as session:
        gone(session, people, youths, why)
    assert propose(services, people.coordinator).awards == ()


def test_without_a_planned_exam_the_hours_decide_the_day(
    services: Services, people: People
) -> None:
    with services.database.writing() as session:
        opening = factories.opening(
            session, people.partner.organisation_id, closes_on=date(2026, 12, 31), headcount=9
        )
        factories.requirement(
            session, opening.id, "CLF", subject=RequirementSubject.CERTIFICATION, level=None
        )
        quick = young(session, "quick", people.coordinator.organisation_id, weekly_hours=10)
        slow = young(session, "slow", people.coordinator.organisation_id, weekly_hours=2)
        for youth_id in (quick, slow):
            factories.consent(session, youth_id, ConsentPurpose.SERVICE)
    add(services, people.coordinator)
    days = {a.youth_id: a.earliest for a in propose(services, people.coordinator).awards}
    assert days[quick] == TODAY + timedelta(weeks=2)
    assert days[people.youth.youth_id or 0] == TODAY + timedelta(weeks=3)
    assert slow not in days


def test_only_the_centre_sees_the_spread_and_small_numbers_are_hidden(
    services: Services, people: People
) -> None:
    scene(services, people, count=7, headcount=9)
    codes = "\n".join(f"CENTRE-{n:03}" for n in range(9))
    add(services, people.centre, codes=codes)
    add(services, people.coordinator)
    assert propose(services, people.coordinator).spread == ()
    spread = dict(propose(services, people.centre).spread)
    assert spread["jejunu 데모"].n == 7
    few = propose(services, people.centre, most=3)
    assert [cell.n for _, cell in few.spread] == [None]


def test_roles_without_a_pool_propose_nothing(services: Services, people: People) -> None:
    scene(services, people)
    for person in (people.partner, people.youth, people.admin):
        assert person.role is not Role.COORDINATOR
        assert propose(services, person).people == 0
