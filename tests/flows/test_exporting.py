"""Lists as files: whose rows, what is never in them, and that an import of them changes nothing."""

import csv
import io

import openpyxl
import pytest
from sqlmodel import Session, select

from matcher import i18n
from matcher.actor import Actor
from matcher.db import Unit
from matcher.flows import exporting, importing
from matcher.matching import completing, export_lists
from matcher.matching.export_titles import TITLES, korean
from matcher.policy.data_map import DATA_MAP
from matcher.refusal import NotFound
from matcher.store import accounts, enrolments, export_rows
from matcher.wiring import Services
from models.account import Account
from models.application import ApplicationState
from models.attendance import Attendance, AttendanceSource, AttendanceState, ClassMeeting
from models.certification import CertificationRecord
from models.course import CourseMode, CourseSession, Enrolment, EnrolmentState
from models.outcome import Outcome, OutcomeCheck, OutcomeSource
from models.plan import PlanKind, PlanTarget
from models.skill import Rater, SkillRecord
from models.trail import AccessRecord
from models.voucher import VoucherState
from models.youth import YouthProfile
from tests import coordinator_desk as scenes
from tests import factories
from tests.factories import NOW
from tests.people import People, Person
from tests.roster_files import roster

BACK_AND_FORTH = (
    "youths",
    "skills",
    "certifications",
    "courses",
    "enrolments",
    "attendance",
    "completions",
    "outcomes",
)

PROVED = ("skills", "certifications")


def without_proof(data: bytes) -> bytes:
    """Without the column an import leaves aside; it is the last one, and never quoted."""
    return b"\n".join(line.rpartition(b",")[0] for line in data.splitlines())


def actor_of(services: Services, account_id: int) -> Actor:
    with services.reading() as unit:
        found = accounts.actor_of(unit.session, account_id)
    assert found is not None
    return found


def export(
    services: Services, kind: str, person: Person | None = None, file_format: str = "csv"
) -> bytes:
    actor = actor_of(services, person.account_id) if person else None
    with services.writing(actor) as unit:
        found = exporting.export(unit, kind, file_format, "보고서")
    with found.file as file:
        return file.read()


def load(services: Services, kind: str, data: bytes, name: str) -> importing.Imported:
    with services.writing() as unit:
        return importing.run(unit, kind, data, name)


def rows_of(data: bytes) -> list[list[str]]:
    return list(csv.reader(io.StringIO(data.decode("utf-8-sig"), newline="")))


@pytest.fixture
def filled(demo_services: Services) -> Services:
    """The demo with some classes and outcomes in it."""
    with demo_services.database.writing() as session:
        seats = session.exec(
            select(Enrolment).where(Enrolment.state == EnrolmentState.COMPLETED).limit(6)
        ).all()
        is_new = session.exec(select(Attendance)).first() is None
        for seat in seats if is_new else ():
            _attend(session, seat)
        if session.exec(select(Outcome)).first() is None:
            _settle(session, seats[0].youth_id)
    with demo_services.writing() as unit:
        for seat in seats if is_new else ():
            _complete(unit, seat)
    return demo_services


def _complete(unit: Unit, seat: Enrolment) -> None:
    run, course = enrolments.session_with_course(unit.session, seat.session_id)
    completing.give(unit, None, unit.session.get_one(Enrolment, seat.id), course, run.ends_on)


def _attend(session: Session, seat: Enrolment) -> None:
    run = session.get_one(CourseSession, seat.session_id)
    key = {"session_id": run.id, "held_on": run.starts_on, "starts": "19:00"}
    meeting = session.exec(select(ClassMeeting).filter_by(**key)).first() or factories.add(
        session, ClassMeeting(**key, ends="21:00", mode=CourseMode.ONLINE)
    )
    mark = {"state": AttendanceState.LATE, "source": AttendanceSource.DESK, "recorded_at": NOW}
    factories.add(session, Attendance(meeting_id=meeting.id, enrolment_id=seat.id, **mark))


def _settle(session: Session, youth_id: int) -> None:
    row = factories.outcome(session, youth_id, organisation_name='데모, "기업"', sector="space")
    check = {"still_holds": False, "is_in_jeju": True, "source": OutcomeSource.SURVEY}
    factories.add(
        session, OutcomeCheck(outcome_id=row.id, months=6, checked_on=scenes.days(-3), **check)
    )


@pytest.mark.parametrize("file_format", ["csv", "xlsx", "json"])
def test_what_is_exported_changes_nothing_where_it_came_from(
    filled: Services, file_format: str
) -> None:
    for kind in BACK_AND_FORTH:
        data = export(filled, kind, file_format=file_format)
        told = load(filled, kind, data, f"{kind}.{file_format}")
        assert (kind, told.errors[:3], told.made, told.changed) == (kind, (), 0, 0)


def test_an_empty_database_filled_from_exports_exports_the_same_bytes(
    filled: Services, services: Services
) -> None:
    files = {kind: export(filled, kind) for kind in BACK_AND_FORTH}
    assert all(len(rows_of(data)) > 1 for data in files.values())
    for kind, data in files.items():
        told = load(services, kind, data, f"{kind}.csv")
        assert (kind, told.errors[:3]) == (kind, ())
    for kind, data in files.items():
        again = export(services, kind)
        if kind in PROVED:  # what this database did not see for itself it does not tell
            again, data = without_proof(again), without_proof(data)
        assert rows_of(again) == rows_of(data)
        assert again == data


@pytest.mark.parametrize("file_format", ["csv", "xlsx", "json"])
def test_exported_levels_of_proof_are_told_and_no_file_raises_one(
    services: Services, people: People, file_format: str
) -> None:
    with services.database.writing() as session:
        me = people.youth.youth_id or 0
        factories.skill_record(session, me, "sql", level=2, rater=Rater.TEST, verification=4)
        scenes.certificate(session, me, verification=3)
        scenes.booked(session, me, factories.TODAY, certification="SAA", exam_code="SAA-C03")
    skills = export(services, "skills", file_format=file_format)
    passes = export(services, "certifications", file_format=file_format)
    if file_format == "csv":
        assert [row[-1] for row in rows_of(skills)] == ["verification", "signature_verified"]
        assert [row[-1] for row in rows_of(passes)] == ["verification", "matched_with_issuer", ""]
    with services.database.writing() as session:
        session.exec(select(SkillRecord)).one().verification = 1
        for row in session.exec(select(CertificationRecord)).all():
            row.verification = 1
            session.add(row)
    for kind, data in (("skills", skills), ("certifications", passes)):
        found = load(services, kind, data, f"{kind}.{file_format}")
        assert (kind, found.errors) == (kind, ())
        assert "column_left_aside" in {note.code for note in found.notes}
    with services.database.reading() as session:
        assert session.exec(select(SkillRecord)).one().verification == 1
        levels = {row.verification for row in session.exec(select(CertificationRecord)).all()}
        assert levels == {1}


def test_a_desk_that_reads_korean_reads_the_levels_of_proof_in_korean(
    services: Services, people: People
) -> None:
    with services.database.writing() as session:
        factories.skill_record(
            session, people.youth.youth_id or 0, "sql", rater=Rater.TEST, verification=2
        )
    with i18n.use_language("ko"):
        heads, row = rows_of(export(services, "skills", people.coordinator))
    assert (heads[-1], row[-1]) == ("확인 단계", "대학이 확인")


def test_a_coordinators_lists_hold_the_own_universitys_people_alone(
    any_services: Services, any_people: People
) -> None:
    own = {any_people.youth.email, any_people.other_youth.email}
    for kind in ("youths", "skills", "outcomes", "applications"):
        with any_services.database.writing() as session:
            _rows_of_everybody(session, any_people, kind)
        found = rows_of(export(any_services, kind, any_people.coordinator))[1:]
        assert {row[0] for row in found} == own
        every = rows_of(export(any_services, kind, any_people.centre))[1:]
        assert {row[0] for row in every} == {*own, any_people.far_youth.email}


def _rows_of_everybody(session, people: People, kind: str) -> None:  # type: ignore[no-untyped-def]
    for person in (people.youth, people.other_youth, people.far_youth):
        assert person.youth_id is not None
        if kind == "skills":
            factories.skill_record(session, person.youth_id, "python")
        if kind == "outcomes":
            factories.outcome(session, person.youth_id)
        if kind == "applications":
            opening = factories.opening(session, people.partner.organisation_id)
            factories.application(session, opening.id, person.youth_id)


def test_a_class_list_names_people_of_other_universities_without_their_address(
    services: Services, people: People
) -> None:
    with services.database.writing() as session:
        course = scenes.course(session, people.coordinator.organisation_id, external_id="c-1")
        run = scenes.run(session, course.id, scenes.days(-40), scenes.days(-5))
        for person in (people.youth, people.far_youth):
            scenes.enrolment(session, run.id, person.youth_id, EnrolmentState.ENROLLED)
    data = export(services, "enrolments", people.coordinator)
    assert people.far_youth.email not in data.decode()
    assert {row[3] for row in rows_of(data)[1:]} == {
        people.youth.email, f"#{people.far_youth.youth_id}"
    }  # fmt: skip
    told = load(services, "enrolments", data, "again.csv")
    assert (told.errors, told.made, told.changed) == ((), 0, 0)


def test_an_export_is_recorded_with_its_reason_and_whose_data_left(
    services: Services, people: People
) -> None:
    export(services, "youths", people.coordinator)
    with services.database.reading() as session:
        record = session.exec(select(AccessRecord)).one()
    assert (record.task, record.details["reason"]) == ("export:youths", "보고서")
    assert record.details["youths"] == sorted(
        [people.youth.youth_id or 0, people.other_youth.youth_id or 0]
    )


def test_text_a_spreadsheet_would_run_is_tamed_and_comes_back_as_it_was(
    services: Services, people: People
) -> None:
    with services.database.writing() as session:
        row = factories.skill_record(session, people.youth.youth_id or 0, "python")
        row.evidence = "=1+1|cmd"
    data = export(services, "skills")
    assert rows_of(data)[1][4] == "'=1+1|cmd"
    book = openpyxl.load_workbook(io.BytesIO(export(services, "skills", file_format="xlsx")))
    assert book.active["E2"].data_type == "s"
    assert load(services, "skills", data, "skills.csv").changed == 0


def test_a_voucher_list_never_holds_a_code(services: Services, people: People) -> None:
    with services.database.writing() as session:
        factories.voucher(session, people.coordinator.organisation_id, code="SECRET-CODE-1")
    data = export(services, "vouchers", people.coordinator)
    assert len(rows_of(data)) == 2
    assert b"SECRET-CODE-1" not in data
    assert len(rows_of(export(services, "vouchers", people.other_coordinator))) == 1


def test_a_list_no_import_takes_is_headed_and_worded_in_the_readers_language(
    services: Services, people: People
) -> None:
    with services.database.writing() as session:
        factories.voucher(session, people.coordinator.organisation_id, "SECRET-CODE-2")
        opening = factories.opening(session, people.partner.organisation_id or 0)
        factories.application(session, opening.id or 0, people.youth.youth_id or 0)
    state, used = TITLES["vouchers"]["state"], TITLES["vouchers"]["used_on"]
    heads, row = rows_of(export(services, "vouchers", people.coordinator))
    assert (heads[4], heads[7], row[4]) == (state, used, "남음") == ("상태", "쓴 날", "남음")
    assert rows_of(export(services, "applications", people.coordinator))[1][4] == "새 지원"
    with i18n.use_language("en"):
        heads, row = rows_of(export(services, "vouchers", people.coordinator))
    assert (heads[4], row[4]) == ("state", "free")
    assert rows_of(export(services, "vouchers"))[0][4] == "state"


def test_every_value_of_such_a_list_has_its_korean_word() -> None:
    spoken = {
        ("applications", "state"): ApplicationState,
        ("vouchers", "state"): VoucherState,
        ("plans", "target"): PlanTarget,
        ("plans", "kind"): PlanKind,
        ("plans", "state"): export_lists.HANDED_IN,
    }
    for (kind, column), values in spoken.items():
        assert column in TITLES[kind]
        for value in values:
            assert korean(kind, column, value.value) != value.value, (kind, column, value)


def test_every_table_of_the_data_map_can_be_written_and_holds_no_hash(
    demo_services: Services,
) -> None:
    with demo_services.writing() as unit:
        hashes = set(filter(None, unit.session.scalars(select(Account.password_hash))))
        for name in DATA_MAP:
            with exporting.export_table(unit, name, "csv").file as file:
                data = file.read()
            assert not any(each.encode() in data for each in hashes)
            assert b"password_hash" not in data
            assert b"token_hash" not in data


def test_a_list_of_many_pieces_is_whole_and_its_record_names_everybody(
    any_services: Services, any_people: People, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Rows and what hangs on them are read in pieces; a file of some size lives on disk."""
    monkeypatch.setattr(export_rows, "AT_ONCE", 3)
    monkeypatch.setattr(exporting, "IN_MEMORY", 500)
    load(any_services, "youths", roster(40).encode(), "a.csv")
    with any_services.database.writing() as session:
        rows = session.exec(select(YouthProfile).where(YouthProfile.external_id.is_not(None)))  # type: ignore[union-attr]
        for person in rows.all()[:20]:
            factories.outcome(session, person.id or 0, sector="space")
    for kind, column, said, count in (
        ("youths", "관심 분야", "space; bio", 40), ("outcomes", "분야", "space", 20),
    ):  # fmt: skip
        head, *lines = rows_of(export(any_services, kind, any_people.coordinator))
        with any_services.reading() as unit:
            found = unit.session.exec(select(AccessRecord)).all()[-1]
        assert [line[head.index(column)] for line in lines].count(said) == count
        assert found.details["rows"] == len(found.details["youths"]) == len(lines)


def test_a_desk_does_not_get_whole_tables(services: Services, people: People) -> None:
    actor = actor_of(services, people.centre.account_id)
    with pytest.raises(NotFound), services.reading(actor) as unit:
        exporting.export_table(unit, "account", "csv")
