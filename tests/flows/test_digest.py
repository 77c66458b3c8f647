"""One mail instead of many: what it tells, to whom, how often, and never twice."""

import threading
from collections.abc import Sequence
from datetime import date, timedelta

import pytest
from sqlalchemy import event
from sqlmodel import col, select
from typer.testing import CliRunner

from matcher.cli import app
from matcher.flows import digest, outbox
from matcher.gateways.mail import NullMailer
from matcher.planning.notices import Topic
from matcher.refusal import Invalid
from matcher.wiring import Services
from models.account import Account, AccountState
from models.calendar import DigestChoice, DigestRhythm
from models.certification import AttemptState
from models.consent import Consent
from models.opening import Opening, OpeningState
from models.outbox import OutboxMail
from models.plan import StepKind
from models.youth import SavedItem, SavedKind
from tests import calendar_desk as desk
from tests import factories
from tests.calendar_desk import At
from tests.conftest import address_of
from tests.factories import TODAY
from tests.matching_desk import actor_of, course, run
from tests.people import People, Person

MONDAY = date(2026, 11, 23)
SITE = "https://oreum.example"


def one_expiry(services: Services, person: Person, on: date) -> None:
    with services.database.writing() as session:
        desk.passed(session, person, "DEA", on, exam_code="DEA-C01")


def chosen(
    services: Services,
    person: Person,
    rhythm: DigestRhythm = DigestRhythm.WEEKLY,
    weekday: int = 1,
    muted: Sequence[Topic] = (),
) -> None:
    with services.writing(actor_of(person)) as unit:
        digest.choose(unit, rhythm, weekday, muted)


def letter(services: Services) -> tuple[str, str]:
    """Subject and text of the one mail that waits."""
    with services.reading() as unit:
        (found,) = outbox.letters(unit, SITE)
    return found.subject, found.text


def told(services: Services) -> list[list[str]]:
    return [[line["text"] for line in mail.context["lines"]] for mail in desk.digests(services)]


def test_without_a_choice_it_is_weekly_on_monday_with_everything(
    services: Services, people: People
) -> None:
    one_expiry(services, people.youth, MONDAY + timedelta(days=89))
    days = [MONDAY + timedelta(days=n) for n in range(-3, 4)]
    written = [digest.write_due(At(services, day)).written for day in days]
    assert written == [0, 0, 0, 1, 0, 0, 0]
    (mail,) = desk.digests(services)
    assert (mail.account_id, mail.dedupe_key) == (
        people.youth.account_id,
        f"digest:{people.youth.account_id}:2026-11-23",
    )


def test_a_saved_course_is_told_when_applications_open_and_once_more_before_they_close(
    services: Services, people: People
) -> None:
    opens, closes = MONDAY + timedelta(days=3), MONDAY + timedelta(days=30)
    with services.database.writing() as session:
        assert people.coordinator.organisation_id is not None
        row = course(session, people.coordinator.organisation_id)
        run(session, row.id or 0, applications_open_on=opens, applications_close_on=closes,
            starts_on=closes + timedelta(days=5), ends_on=closes + timedelta(days=50))  # fmt: skip
        kept = SavedItem(
            youth_id=people.youth.youth_id, kind=SavedKind.COURSE, item_id=row.id,
            saved_at=services.clock.now(),
        )  # fmt: skip
        factories.add(session, kept)
    chosen(services, people.youth, DigestRhythm.DAILY)
    days = [MONDAY + timedelta(days=n) for n in range(40)]
    written = [day for day in days if digest.write_due(At(services, day)).written]
    assert written == [opens, closes - timedelta(days=6)]
    assert "신청을 받고 있어요" in told(services)[0][0]


def test_running_it_every_hour_for_a_week_writes_one(services: Services, people: People) -> None:
    one_expiry(services, people.youth, MONDAY + timedelta(days=89))
    for n in range(7):
        for hour in range(24):
            digest.write_due(At(services, MONDAY + timedelta(days=n), hour))
    assert len(desk.digests(services)) == 1


def test_daily_writes_only_on_days_with_news(services: Services, people: People) -> None:
    """91, 90 and 30 days before are news; the days between are not."""
    chosen(services, people.youth, DigestRhythm.DAILY)
    on = TODAY + timedelta(days=91)
    one_expiry(services, people.youth, on)
    days = [TODAY + timedelta(days=n) for n in (0, 1, 2, 30, 60, 61, 62, 91)]
    written = [digest.write_due(At(services, day)).written for day in days]
    assert written == [1, 1, 0, 0, 0, 1, 0, 0]


def test_nothing_is_written_without_news_or_to_who_wants_none(
    services: Services, people: People
) -> None:
    one_expiry(services, people.youth, MONDAY + timedelta(days=200))
    one_expiry(services, people.other_youth, MONDAY + timedelta(days=20))
    chosen(services, people.other_youth, DigestRhythm.NEVER)
    done = digest.write_due(At(services, MONDAY))
    assert (done.written, done.empty) == (0, 2)  # the two others had no news
    assert desk.digests(services) == []


@pytest.mark.parametrize(
    ("hour", "is_now", "written"),
    [(7, False, 0), (8, False, 1), (20, False, 1), (21, False, 0), (23, True, 1), (3, True, 1)],
)
def test_the_night_is_quiet_unless_told_otherwise(
    services: Services, people: People, hour: int, is_now: bool, written: int
) -> None:
    one_expiry(services, people.youth, MONDAY + timedelta(days=20))
    done = digest.write_due(At(services, MONDAY, hour), is_now)
    assert (done.written, done.is_quiet) == (written, written == 0)


def test_now_does_not_make_a_digest_due(services: Services, people: People) -> None:
    one_expiry(services, people.youth, MONDAY + timedelta(days=20))
    digest.write_due(At(services, MONDAY))
    again = digest.write_due(At(services, MONDAY, 23), is_now=True)
    tuesday = digest.write_due(At(services, MONDAY + timedelta(days=1)), is_now=True)
    assert (again.written, tuesday.written) == (0, 0)


def test_changing_the_weekday_gives_no_second_mail_in_the_week(
    services: Services, people: People
) -> None:
    chosen(services, people.youth, DigestRhythm.DAILY)
    one_expiry(services, people.youth, MONDAY + timedelta(days=90))
    assert digest.write_due(At(services, MONDAY)).written == 1
    with services.database.writing() as session:
        desk.voucher(session, people.youth, people.centre.organisation_id, MONDAY)
    chosen(services, people.youth, DigestRhythm.WEEKLY, weekday=2)
    assert digest.write_due(At(services, MONDAY + timedelta(days=1))).written == 0


def every_topic(services: Services, people: People) -> None:
    me = people.youth
    with services.database.writing() as session:
        desk.passed(session, me, "SAA", MONDAY + timedelta(days=60), exam_code="SAA-C03")
        # DVA-C02 ends on 30 November 2026, then DVA-C03; its last day in Korean is the same
        desk.attempt(session, me, "DVA", "DVA-C02", planned_on=date(2026, 12, 20))
        # DOP-C02 in Korean ends on 31 December 2026
        desk.attempt(
            session, me, "DOP", "DOP-C02", state=AttemptState.SCHEDULED, exam_on=date(2026, 12, 5)
        )
        desk.voucher(session, me, people.centre.organisation_id, MONDAY + timedelta(days=14))
        due, late = MONDAY + timedelta(days=6), MONDAY - timedelta(days=3)
        steps = ((StepKind.PROJECT, "python:3", due), (StepKind.STUDY, "docker:2", late))
        desk.plan(session, me, *steps)
        opening = factories.opening(
            session, people.partner.organisation_id or 0, closes_on=MONDAY + timedelta(days=5)
        )
        desk.saved(session, me, SavedKind.OPENING, opening.id)
        row = course(session, people.coordinator.organisation_id or 0)
        run(
            session, row.id or 0, applications_open_on=MONDAY - timedelta(days=9),
            applications_close_on=date(2027, 3, 3), starts_on=date(2027, 3, 8),
            ends_on=date(2027, 5, 8),
        )  # fmt: skip
        desk.saved(session, me, SavedKind.COURSE, row.id or 0)


WORDS = {
    "ko": [
        "도커 수준 2 공부 마치기: 2026년 11월 20일까지였어요. "
        "마쳤다고 표시하거나 날짜를 옮겨 주세요.",
        "담아 둔 공고 ‘지상국 데이터 엔지니어’의 마감은 2026년 11월 28일이에요.",
        "파이썬 수준 3 프로젝트로 보이기: 2026년 11월 29일까지예요.",
        "DVA-C02 시험을 한국어로 볼 수 있는 마지막 날은 2026년 11월 30일이에요. "
        "계획한 날은 그보다 뒤예요.",
        "DVA-C02 시험은 2026년 11월 30일까지예요. 그 뒤에는 DVA-C03 시험을 봐요.",
        "50% 시험 바우처는 2026년 12월 7일까지 시험을 봐야 쓸 수 있어요.",
        "DOP-C02 시험을 한국어로 볼 수 있는 마지막 날은 2026년 12월 31일이에요.",
        "SAA 자격이 60일 뒤인 2027년 1월 22일에 끝나요. 시험 없이 1년 늘리는 길도 열려 있어요.",
        "담아 둔 과정 ‘컨테이너 실습 특강’의 신청을 받고 있어요. 2027년 3월 3일까지예요.",
    ],
    "en": [
        "Finish studying Docker level 2: it was due on Nov 20, 2026. "
        "Mark it as done or move the date.",
        "The opening you saved, “Ground station data engineer”, closes on Nov 28, 2026.",
        "Show Python level 3 in a project: due on Nov 29, 2026.",
        "The last day to sit the DVA-C02 exam in Korean is Nov 30, 2026. "
        "Your planned day is later than that.",
        "The DVA-C02 exam runs until Nov 30, 2026. After that it is DVA-C03.",
        "Your 50% exam voucher works for exams sat until Dec 7, 2026.",
        "The last day to sit the DOP-C02 exam in Korean is Dec 31, 2026.",
        "Your SAA certification ends on Jan 22, 2027 (days left: 60). "
        "You can also extend it by one year without an exam.",
        "‘Container lab’, a course you saved, takes applications until Mar 3, 2027.",
    ],
}


@pytest.mark.parametrize("language", ["ko", "en"])
def test_every_topic_is_told_in_the_readers_language(
    services: Services, people: People, language: str
) -> None:
    every_topic(services, people)
    with services.database.writing() as session:
        session.get_one(Account, people.youth.account_id).language = language
    assert digest.write_due(At(services, MONDAY)).written == 1
    assert told(services) == [WORDS[language]]
    subject, text = letter(services)
    assert (
        subject
        == {
            "ko": "[오름] 다가오는 일이 9가지 있어요",
            "en": "[Oreum] 9 things are coming up",
        }[language]
    )
    assert all(line in text for line in WORDS[language])
    assert f"{SITE}/youth/calendar" in text
    assert "SECRET" not in text


@pytest.mark.parametrize("topic", list(Topic))
def test_a_muted_topic_stays_out_of_the_mail_and_on_the_page(
    services: Services, people: People, topic: Topic
) -> None:
    every_topic(services, people)
    chosen(services, people.youth, muted=[topic])
    digest.write_due(At(services, MONDAY))
    with At(services, MONDAY).reading(actor_of(people.youth)) as unit:
        upcoming = digest.view(unit).upcoming
    left = [each.text for each in upcoming if each.topic is not topic]
    assert told(services) == [left]
    assert [each.text for each in upcoming] == WORDS["ko"]
    assert len(left) < len(upcoming)


def test_all_muted_is_no_mail(services: Services, people: People) -> None:
    every_topic(services, people)
    chosen(services, people.youth, muted=list(Topic))
    assert digest.write_due(At(services, MONDAY)).written == 0


def test_a_closed_opening_and_a_used_voucher_are_no_news(
    services: Services, people: People
) -> None:
    every_topic(services, people)
    with services.database.writing() as session:
        for row in session.exec(select(Opening)):
            row.state = OpeningState.CLOSED
    digest.write_due(At(services, MONDAY))
    assert len(told(services)[0]) == len(WORDS["ko"]) - 1


def test_the_next_mail_tells_only_what_is_new(services: Services, people: People) -> None:
    every_topic(services, people)
    digest.write_due(At(services, MONDAY))
    with services.database.writing() as session:
        desk.plan(session, people.youth, (StepKind.STUDY, "sql:1", MONDAY + timedelta(days=9)))
    digest.write_due(At(services, MONDAY + timedelta(weeks=1)))
    second = told(services)[1]
    assert second == [
        "파이썬 수준 3 프로젝트로 보이기: 2026년 11월 29일까지였어요. "
        "마쳤다고 표시하거나 날짜를 옮겨 주세요.",
        "SQL 수준 1 공부 마치기: 2026년 12월 2일까지예요.",
    ]


def test_two_runs_at_once_write_one(services: Services, people: People) -> None:
    for person in (people.youth, people.other_youth, people.far_youth):
        one_expiry(services, person, MONDAY + timedelta(days=20))
    gate, counts = threading.Barrier(4), []

    def run() -> None:
        gate.wait()
        counts.append(digest.write_due(At(services, MONDAY)).written)

    threads = [threading.Thread(target=run) for _ in range(4)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert (len(counts), sum(counts), len(desk.digests(services))) == (4, 3, 3)


@pytest.mark.parametrize("change", ["disabled", "unconfirmed", "erased", "no consent"])
def test_who_left_gets_no_mail(services: Services, people: People, change: str) -> None:
    one_expiry(services, people.youth, MONDAY + timedelta(days=20))
    with services.database.writing() as session:
        if change == "no consent":
            mine = select(Consent).where(Consent.youth_id == people.youth.youth_id)
            for row in session.exec(mine):
                row.withdrawn_at = factories.NOW
        else:
            session.get_one(Account, people.youth.account_id).state = AccountState(change)
    assert digest.write_due(At(services, MONDAY)).written == 0


def test_people_get_their_own_news_only(services: Services, people: People) -> None:
    one_expiry(services, people.youth, MONDAY + timedelta(days=20))
    with services.database.writing() as session:
        desk.voucher(session, people.far_youth, people.centre.organisation_id, MONDAY)
        session.get_one(Account, people.far_youth.account_id).language = "en"
    assert digest.write_due(At(services, MONDAY)).written == 2
    by_account = {mail.account_id: mail.context["lines"] for mail in desk.digests(services)}
    assert {key: len(lines) for key, lines in by_account.items()} == {
        people.youth.account_id: 1,
        people.far_youth.account_id: 1,
    }
    assert by_account[people.far_youth.account_id][0]["text"].startswith("Your 50% exam voucher")


def test_a_sent_digest_keeps_no_words(services: Services, people: People) -> None:
    one_expiry(services, people.youth, MONDAY + timedelta(days=20))
    digest.write_due(At(services, MONDAY))
    mailer = NullMailer()
    assert outbox.send_waiting(At(services, MONDAY), mailer, SITE).sent == 1
    (mail,) = desk.digests(services)
    assert mail.context == {}
    assert digest.write_due(At(services, MONDAY, 12)).written == 0


def test_a_choice_is_kept_once_and_read_back(services: Services, people: People) -> None:
    chosen(services, people.youth, DigestRhythm.DAILY, 3, [Topic.STEP, Topic.OPENING])
    chosen(services, people.youth, DigestRhythm.WEEKLY, 5, [Topic.STEP])
    with services.reading(actor_of(people.youth)) as unit:
        view = digest.view(unit)
    with services.database.reading() as session:
        rows = session.exec(select(DigestChoice).order_by(col(DigestChoice.id))).all()
    assert (view.rhythm, view.weekday, view.muted) == (DigestRhythm.WEEKLY, 5, ("step",))
    assert len(rows) == 1


@pytest.mark.parametrize("weekday", [0, 8, -1])
def test_a_day_that_is_no_weekday_is_refused(
    services: Services, people: People, weekday: int
) -> None:
    with pytest.raises(Invalid) as refusal:
        chosen(services, people.youth, weekday=weekday)
    assert list(refusal.value.fields) == ["weekday"]


def test_the_queries_do_not_grow_with_the_people(services: Services, people: People) -> None:
    def queries() -> int:
        seen: list[str] = []

        def note(_c: object, _cur: object, statement: str, *_rest: object) -> None:
            seen.append(statement)

        event.listen(services.database.engine, "before_cursor_execute", note)
        assert digest.write_due(At(services, MONDAY)) == digest.Written(0, 3)
        event.remove(services.database.engine, "before_cursor_execute", note)
        return len(seen)

    far = MONDAY + timedelta(days=300)
    one_expiry(services, people.youth, far)
    one = queries()
    for person in (people.other_youth, people.far_youth):
        one_expiry(services, person, far)
        with services.database.writing() as session:
            desk.plan(session, person, (StepKind.STUDY, "sql:1", far))
    assert queries() == one


def test_the_command_says_what_it_did(
    services: Services, people: People, monkeypatch: pytest.MonkeyPatch
) -> None:
    one_expiry(services, people.youth, MONDAY + timedelta(days=20))
    monkeypatch.setenv("DATABASE_URL", address_of(services))
    monkeypatch.setenv("OREUM_TODAY", MONDAY.isoformat())
    runner = CliRunner()
    first, second = (runner.invoke(app, ["digest", "--now"]).stdout for _ in range(2))
    assert "1 written, 2 without news" in first
    assert "0 written, 2 without news" in second
    with services.database.reading() as session:
        assert len(session.exec(select(OutboxMail)).all()) == 1
