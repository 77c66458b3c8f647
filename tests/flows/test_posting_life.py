"""Versions of a posting, terms that lock, and the question whether it still looks for people."""

from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import replace
from datetime import date, timedelta

import pytest
from sqlmodel import select

from matcher.clock import start_of
from matcher.db import Unit
from matcher.exchange.openings import COLUMNS
from matcher.flows import (
    applying,
    approvals,
    browse,
    importing,
    openings,
    partner_exchange,
    posting_checks,
    posting_history,
)
from matcher.flows.openings import Draft, Wanted
from matcher.policy.openings import LOCKED_FIELDS
from matcher.policy.states import OpeningAction
from matcher.refusal import Conflict, Invalid, NotFound
from matcher.wiring import Services
from models.application import Application, ApplicationState, RefusalReason
from models.opening import Opening, OpeningState, OpeningVersion, RequirementKind
from models.organisation import Organisation
from models.outbox import OutboxMail
from tests import factories
from tests.factories import TODAY
from tests.partner_desk import Scene, actor, looking, set_scene, working
from tests.people import People

DRAFT = Draft(
    title_ko="지상국 데이터 엔지니어",
    title_en="Ground station data engineer",
    sector="space",
    role=None,
    description="위성 영상을 모으고 다듬는 일입니다.",
    employment_type="permanent",
    region="jeju-si",
    headcount=1,
    pay_min_krw=None,
    pay_max_krw=None,
    opens_on=date(2026, 11, 1),
    closes_on=date(2027, 6, 30),
    starts_on=None,
    answer_days=14,
    requirements=(Wanted(RequirementKind.MUST, "python", 3),),
)
OTHER_TERMS = {
    "employment_type": "contract",
    "region": "seogwipo-si",
    "pay_min_krw": 50_000_000,
    "pay_max_krw": 60_000_000,
    "starts_on": date(2027, 7, 1),
    "answer_days": 20,
}


@pytest.fixture
def scene(services: Services, people: People) -> Scene:
    return set_scene(services, people)


@contextmanager
def on(services: Services, days: int) -> Iterator[Services]:
    """The same services so many days later."""
    later = TODAY + timedelta(days=days)
    clock = type(services.clock)(later)
    yield Services(services.settings, clock, services.database, services.mailer, services.passwords)


def publish(services: Services, people: People, draft: Draft = DRAFT) -> int:
    with working(services, people.partner) as unit:
        opening_id = openings.create(unit, actor(people.partner), draft)
        assert openings.submit(unit, actor(people.partner), opening_id, 1) is OpeningState.PUBLISHED
    return opening_id


def edit(
    services: Services, people: People, opening_id: int, version: int, **values: object
) -> None:
    with working(services, people.partner) as unit:
        draft = replace(DRAFT, **values)  # type: ignore[arg-type]  # names of its fields
        openings.edit(unit, actor(people.partner), opening_id, version, draft)


def apply(services: Services, people: People, opening_id: int) -> int:
    with working(services, people.youth) as unit:
        return applying.apply(unit, actor(people.youth), opening_id, "안녕하세요", True)


def versions(services: Services, opening_id: int) -> list[OpeningVersion]:
    with services.database.reading() as session:
        statement = select(OpeningVersion).where(OpeningVersion.opening_id == opening_id)
        return list(session.exec(statement.order_by(OpeningVersion.number)))


def mails(services: Services, template: str) -> list[OutboxMail]:
    with services.database.reading() as session:
        return list(session.exec(select(OutboxMail).where(OutboxMail.template == template)))


def file_of(services: Services, people: People, changed: dict[str, str]) -> bytes:
    """The partner's own postings with other words in some columns."""
    with looking(services, people.partner) as unit:
        lines = partner_exchange.file(unit, actor(people.partner), "openings", "csv")
    head, *rows = lines.decode("utf-8-sig").splitlines()
    names = [
        next(c.name for c in COLUMNS if title in (c.name, *c.korean)) for title in head.split(",")
    ]
    found = [head]
    for row in rows:
        cells = row.split(",")
        found.append(",".join(changed.get(n, cells[at]) for at, n in enumerate(names)))
    return ("\ufeff" + "\r\n".join(found) + "\r\n").encode()


def run_import(unit: Unit, data: bytes) -> importing.Imported:
    return importing.run(unit, "openings", data, "ours.csv")


def test_every_saved_change_of_a_published_posting_is_a_version_with_who_and_what(
    services: Services, people: People
) -> None:
    opening_id = publish(services, people)
    edit(services, people, opening_id, 2, headcount=3, closes_on=date(2027, 5, 31))
    edit(services, people, opening_id, 3, headcount=3, closes_on=date(2027, 5, 31))
    found = versions(services, opening_id)
    assert [(each.number, each.changed) for each in found] == [
        (1, []),
        (2, ["headcount", "closes_on"]),
    ]
    assert found[1].account_id == people.partner.account_id
    assert (found[0].content["headcount"], found[1].content["headcount"]) == (1, 3)
    with looking(services, people.partner) as unit:
        view = posting_history.history(unit, actor(people.partner), opening_id)
    assert [(c.name, c.before, c.after) for c in view.versions[0].changes] == [
        ("headcount", "1", "3"),
        ("closes_on", "2027년 6월 30일", "2027년 5월 31일"),
    ]
    assert view.versions[0].by
    assert view.changed == 1


def test_a_draft_has_no_versions_and_another_partner_no_history(
    services: Services, people: People
) -> None:
    with working(services, people.partner) as unit:
        opening_id = openings.create(unit, actor(people.partner), DRAFT)
        openings.edit(unit, actor(people.partner), opening_id, 1, replace(DRAFT, headcount=2))
    assert versions(services, opening_id) == []
    with looking(services, people.other_partner) as unit, pytest.raises(NotFound):
        posting_history.history(unit, actor(people.other_partner), opening_id)


def test_a_posting_from_before_versions_keeps_what_its_readers_saw(
    services: Services, people: People, scene: Scene
) -> None:
    edit(services, people, scene.opening_id, 1, headcount=2, closes_on=date(2026, 12, 31))
    before, after = versions(services, scene.opening_id)
    assert (before.account_id, before.content["headcount"]) == (None, 1)
    assert ["nice", "skill", "linux", 2] in before.content["requirements"]
    assert after.changed == ["headcount", "requirements"]


def test_who_applied_is_told_what_changed_and_who_is_done_is_not(
    services: Services, people: People
) -> None:
    opening_id = publish(services, people)
    apply(services, people, opening_id)
    with services.database.writing() as session:
        other = people.other_youth.youth_id
        factories.application(session, opening_id, other, state=ApplicationState.REFUSED)
    edit(services, people, opening_id, 2, headcount=4)
    (mail,) = mails(services, "posting_changed")
    assert mail.account_id == people.youth.account_id
    assert mail.context["lines_ko"] == [["모집 인원", "1", "4"]]
    assert mail.context["lines_en"][0][1:] == ["1", "4"]


def test_words_that_wait_for_the_centre_reach_no_applicant_before_it_has_read_them(
    services: Services, people: People
) -> None:
    opening_id = publish(services, people)
    apply(services, people, opening_id)
    edit(services, people, opening_id, 2, description="용모 단정한 여성을 찾습니다.")
    assert len(versions(services, opening_id)) == 1
    assert not mails(services, "posting_changed")
    with working(services, people.centre) as unit:
        approvals.approve_opening(unit, actor(people.centre), opening_id, 3)
    assert versions(services, opening_id)[1].changed == ["description"]
    assert len(mails(services, "posting_changed")) == 1
    with looking(services, people.partner) as unit:
        newest = posting_history.history(unit, actor(people.partner), opening_id).versions[0]
    assert newest.by == "센터"


def test_readers_see_what_changed_and_when_and_not_who(services: Services, people: People) -> None:
    opening_id = publish(services, people)
    edit(services, people, opening_id, 2, headcount=2)
    with looking(services, people.youth) as unit:
        (told,) = posting_history.told(unit, [opening_id])[opening_id]
    assert (told.on, told.changes[0].label) == (TODAY, "모집 인원")
    assert not hasattr(told, "by")


@pytest.mark.parametrize("name", [*LOCKED_FIELDS, "answer_days"])
def test_no_path_changes_the_terms_somebody_applied_under(
    services: Services, people: People, name: str
) -> None:
    opening_id = publish(services, people)
    apply(services, people, opening_id)
    with pytest.raises(Invalid) as by_form:
        edit(services, people, opening_id, 2, **{name: OTHER_TERMS[name]})
    assert set(by_form.value.fields) == {name}
    data = file_of(services, people, {name: str(OTHER_TERMS[name])})
    with working(services, people.partner) as unit:
        by_file = run_import(unit, data)
    assert [(each.column, each.code) for each in by_file.errors] == [(name, "locked")]
    with services.writing() as unit:  # the operator's command line
        by_operator = run_import(unit, data)
    assert [(each.column, each.code) for each in by_operator.errors] == [(name, "locked")]
    with services.database.reading() as session:
        assert getattr(session.get_one(Opening, opening_id), name) == getattr(DRAFT, name)


def test_a_copy_is_another_posting_and_its_terms_are_free(
    services: Services, people: People
) -> None:
    opening_id = publish(services, people)
    apply(services, people, opening_id)
    with working(services, people.partner) as unit:
        copied = openings.copy(unit, actor(people.partner), opening_id)
    edit(services, people, copied, 1, pay_min_krw=50_000_000)
    with services.database.reading() as session:
        assert session.get_one(Opening, opening_id).pay_min_krw is None


def test_taking_a_file_back_does_not_change_terms_somebody_applied_under(
    services: Services, people: People
) -> None:
    opening_id = publish(services, people)
    data = file_of(services, people, {"pay_min_krw": "50000000"})
    with working(services, people.partner) as unit:
        batch_id = run_import(unit, data).batch_id
    apply(services, people, opening_id)
    assert batch_id is not None
    with working(services, people.partner) as unit, pytest.raises(Conflict):
        importing.revert(unit, batch_id)
    with services.database.reading() as session:
        assert session.get_one(Opening, opening_id).pay_min_krw == 50_000_000


def test_an_application_between_the_look_and_the_storing_of_a_file_locks_too(
    services: Services, people: People
) -> None:
    opening_id = publish(services, people)
    file = importing.File("openings", file_of(services, people, {"region": "remote"}), "ours.csv")
    with looking(services, people.partner) as unit:
        looked = importing.look(unit, file)
    assert looked.parsed is not None
    apply(services, people, opening_id)
    with working(services, people.partner) as unit, pytest.raises(Conflict):
        importing.store(unit, looked)


def test_the_answer_promise_may_be_shortened_after_an_application(
    services: Services, people: People
) -> None:
    opening_id = publish(services, people)
    apply(services, people, opening_id)
    edit(services, people, opening_id, 2, answer_days=7)
    assert versions(services, opening_id)[-1].changed == ["answer_days"]


def test_silence_is_asked_reminded_and_hides_the_posting_but_never_closes_it(
    services: Services, people: People
) -> None:
    opening_id = publish(services, people)
    application_id = apply(services, people, opening_id)
    counts = []
    for day in (27, 28, 28, 41, 42, 42, 55, 56, 56):
        with on(services, day) as later:
            done = posting_checks.ask_all(later)
        counts.append((day, done.asked, done.reminded, done.paused))
    assert [each for each in counts if any(each[1:])] == [
        (28, 1, 0, 0),
        (42, 0, 1, 0),
        (56, 0, 0, 1),
    ]
    assert len(mails(services, "still_hiring")) == 2
    assert len(mails(services, "posting_paused")) == 1
    (told,) = mails(services, "posting_hidden")
    assert told.account_id == people.youth.account_id
    with services.database.reading() as session:
        row = session.get_one(Opening, opening_id)
        application = session.get_one(Application, application_id)
    assert (row.state, application.state) == (OpeningState.PUBLISHED, ApplicationState.SENT)
    assert application.answer_by == TODAY + timedelta(days=14)


def test_a_hidden_posting_is_in_no_list_takes_nobody_and_comes_back_with_one_yes(
    services: Services, people: People
) -> None:
    opening_id = publish(services, people)
    with services.database.writing() as session:
        session.get_one(Opening, opening_id).paused_on = TODAY
    with services.reading() as unit:
        assert opening_id not in {row.id for row in browse.opening_list(unit, browse.Wanted()).rows}
        assert not browse.opening(unit, opening_id).is_open
    with pytest.raises(Conflict):
        apply(services, people, opening_id)
    with working(services, people.other_partner) as unit, pytest.raises(NotFound):
        posting_checks.still_looking(unit, actor(people.other_partner), opening_id)
    with working(services, people.partner) as unit:
        posting_checks.still_looking(unit, actor(people.partner), opening_id)
    with services.reading() as unit:
        assert opening_id in {row.id for row in browse.opening_list(unit, browse.Wanted()).rows}
    assert apply(services, people, opening_id)


def test_a_yes_starts_the_weeks_anew(services: Services, people: People) -> None:
    opening_id = publish(services, people)
    with on(services, 28) as later:
        posting_checks.ask_all(later)
        with working(later, people.partner) as unit:
            posting_checks.still_looking(unit, actor(people.partner), opening_id)
    for day, asked in ((55, 0), (56, 1)):
        with on(services, day) as later:
            assert posting_checks.ask_all(later).asked == asked


def test_everybody_is_told_a_result_by_construction_and_the_check_finds_who_is_not(
    services: Services, people: People, scene: Scene
) -> None:
    opening_id = publish(services, people)
    apply(services, people, opening_id)
    with working(services, people.partner) as unit:
        openings.end(unit, actor(people.partner), opening_id, 2, OpeningAction.CLOSE)
    with services.reading() as unit:
        assert posting_checks.untold(unit) == ()
    with services.database.writing() as session:
        reason = RefusalReason.OTHER
        silent = factories.application(
            session, scene.opening_id, people.youth.youth_id,
            state=ApplicationState.REFUSED, reason=reason,
        )  # fmt: skip
        number = silent.id
    with services.reading() as unit:
        assert [each.application_id for each in posting_checks.untold(unit)] == [number]


def test_a_first_posting_by_file_waits_for_the_centre(services: Services, people: People) -> None:
    opening_id = publish(services, people)
    with services.database.writing() as session:
        session.get_one(Organisation, people.partner.organisation_id).is_trusted = False
    data = file_of(services, people, {"external_id": "NEW-1"})
    with working(services, people.partner) as unit:
        assert run_import(unit, data).made > 0
    with services.database.reading() as session:
        row = session.exec(select(Opening).where(Opening.external_id == "NEW-1")).one()
        assert session.get_one(Opening, opening_id).state is OpeningState.PUBLISHED
    assert (row.state, row.published_at) == (OpeningState.SUBMITTED, None)
    assert versions(services, row.id or 0) == []
    assert [each.account_id for each in mails(services, "opening_submitted")] == [
        people.centre.account_id
    ]


def test_published_at_midnight_counts_as_that_day_in_jeju(
    services: Services, people: People
) -> None:
    opening_id = publish(services, people)
    with services.database.writing() as session:
        row = session.get_one(Opening, opening_id)
        row.opens_on = TODAY - timedelta(days=40)
        row.published_at = start_of(TODAY - timedelta(days=28))
    assert posting_checks.ask_all(services).asked == 1
