"""A partner's openings as files: out, in again, and back."""

from datetime import date

import pytest
from sqlmodel import select

from matcher.flows import importing, partner_exchange
from matcher.flows.importing import tables, tasks
from matcher.i18n import use_language
from matcher.refusal import Invalid, NotFound
from matcher.wiring import Services
from models.bulk import TaskState
from models.opening import Opening, OpeningRequirement, OpeningState, OpeningVersion
from tests import factories
from tests.partner_desk import Scene, actor, looking, set_scene, working
from tests.people import People

FEED = """<wantedRoot><total>1</total><wanted><wantedAuthNo>K1</wantedAuthNo>
<company>어느 회사</company><title>위성 자료 담당</title><salTpCd>H</salTpCd><minSal>12000</minSal>
<regionCd>50130</regionCd><regDt>26-11-01</regDt><closeDt>27-01-31</closeDt>
<empTpCd>20</empTpCd><career>경력 무관</career><jobCont>위성 영상을 모읍니다.</jobCont>
<workdayWorkhrCont>주 40시간</workdayWorkhrCont><compAbl>Python, 한글</compAbl>
</wanted></wantedRoot>""".encode()


@pytest.fixture
def scene(services: Services, people: People) -> Scene:
    found = set_scene(services, people)
    with services.database.writing() as session:
        factories.opening(
            session, people.partner.organisation_id, external_id="A-2", state=OpeningState.DRAFT,
            title_ko="=위험한 제목", description="여러 줄로\n적은 글, 쉼표와 \"따옴표\"",
            pay_min_krw=30_000_000, starts_on=date(2027, 3, 2), answer_days=7, role="backend",
        )  # fmt: skip
    return found


def taken(services: Services, people: People, kind: str, file_format: str) -> bytes:
    with looking(services, people.partner) as unit:
        return partner_exchange.file(unit, actor(people.partner), kind, file_format)


def put(services: Services, people: People, data: bytes, name: str, kind: str = "openings"):  # type: ignore[no-untyped-def]
    with working(services, people.partner) as unit:
        return importing.run(unit, kind, data, name)


@pytest.mark.parametrize("language", ["ko", "en"])
@pytest.mark.parametrize("file_format", ["csv", "xlsx", "json"])
def test_a_file_taken_along_changes_nothing_when_it_comes_back(
    services: Services, people: People, scene: Scene, file_format: str, language: str
) -> None:
    with use_language(language):  # type: ignore[arg-type]  # one of ours
        before = taken(services, people, "openings", file_format)
        told = put(services, people, before, f"ours.{file_format}")
        after = taken(services, people, "openings", file_format)
    assert (told.errors, told.rows, told.made, told.changed) == ((), 2, 0, 0)
    assert before == after


@pytest.mark.parametrize("file_format", ["xml", "json", "csv"])
def test_the_feeds_names_come_back_as_the_same_postings(
    services: Services, people: People, scene: Scene, file_format: str
) -> None:
    before = taken(services, people, "job_feed", file_format)
    told = put(services, people, before, f"feed.{file_format}", "job_feed")
    assert (told.errors, told.rows, told.made, told.changed) == ((), 1, 0, 1)
    assert taken(services, people, "job_feed", file_format) == before
    with services.database.reading() as session:  # the feed knows no English title
        row = session.get_one(Opening, scene.opening_id)
    assert (row.title_en, row.answer_days) == (row.title_ko, 14)


def test_only_what_is_published_leaves_as_a_feed(
    services: Services, people: People, scene: Scene
) -> None:
    assert b"A-2" not in taken(services, people, "job_feed", "xml")
    assert b"A-2" in taken(services, people, "openings", "csv")


def test_a_file_never_touches_another_firms_postings(
    services: Services, people: People, scene: Scene
) -> None:
    with looking(services, people.other_partner) as unit:
        theirs = partner_exchange.file(unit, actor(people.other_partner), "openings", "csv")
    told = put(services, people, theirs, "theirs.csv")
    assert {(each.column, each.code) for each in told.errors} == {("organisation", "not_own")}


def test_a_feed_is_read_with_pay_by_the_year_and_what_it_did_not_use_is_said(
    services: Services, people: People, scene: Scene
) -> None:
    told = put(services, people, FEED, "feed.xml", "job_feed")
    assert told.errors == ()
    assert [each.text_en for each in told.notes] == ["a field left out: career = 경력 무관"]
    with services.database.reading() as session:
        row = session.exec(select(Opening).where(Opening.external_id == "K1")).one()
        asked = session.exec(
            select(OpeningRequirement.ref).where(OpeningRequirement.opening_id == row.id)
        ).all()
        versions = session.exec(
            select(OpeningVersion).where(OpeningVersion.opening_id == row.id)
        ).all()
    assert row.organisation_id == people.partner.organisation_id
    assert (row.pay_min_krw, row.employment_type, row.region) == (
        12_000 * 209 * 12,
        "contract",
        "seogwipo-si",
    )
    assert (row.state, row.sector, row.is_demo) == (OpeningState.PUBLISHED, "space", False)
    assert row.description == "위성 영상을 모읍니다.\n우대: 한글"
    assert (list(asked), len(versions)) == (["python"], 1)


def test_a_batch_of_new_postings_is_taken_back_whole(
    services: Services, people: People, scene: Scene
) -> None:
    batch_id = put(services, people, FEED, "feed.xml", "job_feed").batch_id
    assert batch_id is not None
    with working(services, people.other_partner) as unit, pytest.raises(NotFound):
        importing.revert(unit, batch_id)
    with working(services, people.partner) as unit:
        importing.revert(unit, batch_id)
    with services.database.reading() as session:
        assert session.exec(select(Opening).where(Opening.external_id == "K1")).all() == []


def test_words_that_come_back_are_one_more_version(
    services: Services, people: People, scene: Scene
) -> None:
    lines = taken(services, people, "openings", "csv")
    data = lines.replace("위성 영상".encode(), "드론 영상".encode())
    batch_id = put(services, people, data, "ours.csv").batch_id
    assert batch_id is not None
    with working(services, people.partner) as unit:
        importing.revert(unit, batch_id)
    with services.database.reading() as session:
        found = session.exec(
            select(OpeningVersion)
            .where(OpeningVersion.opening_id == scene.opening_id)
            .order_by(OpeningVersion.number)  # type: ignore[arg-type]  # a column
        ).all()
        row = session.get_one(Opening, scene.opening_id)
    assert [each.changed for each in found] == [[], ["description"], ["description"]]
    assert row.description == found[0].content["description"] == found[2].content["description"]


def test_words_nobody_may_ask_for_send_a_published_posting_to_the_centre(
    services: Services, people: People, scene: Scene
) -> None:
    lines = taken(services, people, "openings", "csv").decode("utf-8-sig")
    data = lines.replace("위성 영상을 모으고 다듬는 일입니다.", "용모 단정한 여성을 찾습니다.")
    assert put(services, people, data.encode(), "ours.csv").errors == ()
    with services.database.reading() as session:
        row = session.get_one(Opening, scene.opening_id)
    assert row.state is OpeningState.SUBMITTED


def test_an_upload_is_checked_by_the_worker_and_stored_on_a_yes(
    services: Services, people: People, scene: Scene
) -> None:
    partner = actor(people.partner)
    with working(services, people.partner) as unit:
        number = tasks.upload(unit, partner, "job_feed", "feed.xml", FEED)
    assert tasks.work_next(services)
    with looking(services, people.partner) as unit:
        view = tasks.task(unit, partner, number)
    assert (view.state, view.rows, len(view.notes)) == (TaskState.CHECKED, 1, 1)
    with looking(services, people.centre) as unit, pytest.raises(NotFound):
        tasks.task(unit, actor(people.centre), number)
    with looking(services, people.other_partner) as unit, pytest.raises(NotFound):
        tasks.task(unit, actor(people.other_partner), number)
    with working(services, people.partner) as unit:
        tasks.order(unit, partner, number)
    assert tasks.work_next(services)
    with looking(services, people.partner) as unit:
        assert tasks.task(unit, partner, number).state is TaskState.STORED


@pytest.mark.parametrize("kind", ["youths", "courses", "taxonomy", "hrdnet"])
def test_a_partner_sends_nothing_but_openings(
    services: Services, people: People, kind: str
) -> None:
    with working(services, people.partner) as unit, pytest.raises(Invalid):
        tasks.upload(unit, actor(people.partner), kind, "a.csv", b"a,b\n")
    with looking(services, people.partner) as unit, pytest.raises(NotFound):
        tables.template(unit, kind, "csv")


@pytest.mark.parametrize("kind", ["openings", "job_feed"])
def test_the_made_up_rows_of_a_template_are_the_partners_own(
    services: Services, people: People, kind: str
) -> None:
    with looking(services, people.partner) as unit:
        data = tables.template(unit, kind, "csv")
    assert put(services, people, data, f"{kind}.csv", kind).errors == ()


def test_pay_under_the_minimum_is_refused_by_file_too(
    services: Services, people: People, scene: Scene
) -> None:
    low = FEED.replace(b"12000", b"9000")
    told = put(services, people, low, "feed.xml", "job_feed")
    assert [(each.column, each.code) for each in told.errors] == [("pay_min_krw", "minimum_wage")]


def test_the_very_same_file_changes_nothing_twice(
    services: Services, people: People, scene: Scene
) -> None:
    first = put(services, people, FEED, "feed.xml", "job_feed")
    again = put(services, people, FEED, "feed.xml", "job_feed")
    assert (first.is_repeat, again.is_repeat, again.batch_id) == (False, True, first.batch_id)


def test_an_ended_posting_stays_as_it_ended(
    services: Services, people: People, scene: Scene
) -> None:
    lines = taken(services, people, "openings", "csv")
    with services.database.writing() as session:
        session.get_one(Opening, scene.opening_id).state = OpeningState.FILLED
    data = lines.replace("위성 영상".encode(), "드론 영상".encode())
    told = put(services, people, data, "ours.csv")
    assert [(each.column, each.code) for each in told.errors] == [("external_id", "over")]
    assert put(services, people, lines, "same.csv").errors == ()
