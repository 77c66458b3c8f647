"""Evaluation packs: frozen once, counted again the same, late changes told, small numbers kept."""

import json
from datetime import timedelta
from pathlib import Path

import pytest
from sqlmodel import select

from matcher.exchange.pack_files import pack_csv, pack_xlsx
from matcher.exchange.pack_sheet import lines
from matcher.flows import erasure, pack_checks, packs
from matcher.flows.packs import Content
from matcher.refusal import Conflict, Invalid, NotFound
from matcher.wiring import Services
from models.certification import AttemptState
from models.course import CourseSession, Enrolment, EnrolmentState
from models.evaluation import EvaluationPack
from models.outcome import OutcomeKind
from models.trail import AccessRecord, AuditEntry
from tests.coordinator_desk import certificate, young
from tests.evaluation_desk import DAY, YEAR, held, job, scene, seat
from tests.partner_desk import actor, looking
from tests.people import People, Person


def seen(services: Services, person: Person, project: str = "", year: int = YEAR) -> packs.Preview:
    with looking(services, person) as unit:
        return packs.preview(unit, actor(person), year, project)


def counts(content: Content) -> dict[str, int]:
    return {name: each["count"] for name, each in content["measures"].items() if each["count"]}


def freeze(services: Services, person: Person, project: str = "") -> int:
    made = seen(services, person, project)
    with services.writing(actor(person)) as unit:
        return packs.freeze(unit, actor(person), made, made.token)


def checked(services: Services, person: Person, pack_id: int) -> pack_checks.Check:
    with looking(services, person) as unit:
        return pack_checks.check(unit, actor(person), pack_id)


def crowd(services: Services, people: People, numbers: dict[int | None, int]) -> None:
    """So many completers by university, all in courses of one project."""
    with services.database.writing() as session:
        for university, number in numbers.items():
            session_id = held(session, university, "core-talent")
            for place in range(number):
                person = young(session, f"u{university}n{place}", university)
                seat(session, session_id, person)


def test_indicators_count_what_their_formulas_say_on_both_databases(
    any_services: Services, any_people: People
) -> None:
    people = any_people
    with any_services.database.writing() as session:
        scene(session, people)
        passed = {"state": AttemptState.PASSED, "exam_on": DAY.date(), "created_at": DAY}
        certificate(session, people.youth.youth_id, **passed)
        certificate(session, people.far_youth.youth_id, certification="SAA", **passed)
        job(session, people.far_youth.youth_id, kind=OutcomeKind.FOUNDED)
        outside = young(session, "outside", None)
        certificate(session, outside, **passed)
    own = counts(seen(any_services, people.coordinator).content)
    assert own == {
        "places": 30, "applied": 2, "selected": 2, "completed": 1, "dropped": 1,
        "participants": 2, "completers": 1, "certified": 1, "foundational": 1,
        "employed_3": 1, "employed_6": 1, "employed_known": 1, "employed_jeju": 1, "told": 1,
    }  # fmt: skip
    every = counts(seen(any_services, people.centre).content)
    assert (every["places"], every["selected"], every["participants"]) == (60, 3, 3)
    assert (every["certified"], every["associate"], every["startups"]) == (2, 1, 1)
    assert counts(seen(any_services, people.coordinator, "core-talent").content) == {}
    values = {line.key: line.value for line in lines(seen(any_services, people.coordinator).content,
                                                      is_open=True)}  # fmt: skip
    assert (values["completion_rate"], values["competition_rate"]) == ("50.0%", "0.07 대 1")
    assert values["employed_jeju"] == "100.0%"


def test_a_reporting_year_runs_from_march_to_february(services: Services, people: People) -> None:
    with services.database.writing() as session:
        scene(session, people)
    assert counts(seen(services, people.coordinator, year=2026).content) == {}
    content = seen(services, people.coordinator).content
    assert (content["first_day"], content["last_day"]) == ("2025-03-01", "2026-02-28")


@pytest.mark.parametrize(("year", "project"), [(2027, ""), (2019, ""), (YEAR, "none"), (YEAR, "%")])
def test_a_year_or_project_that_is_not_offered_is_refused(
    services: Services, people: People, year: int, project: str
) -> None:
    with pytest.raises(Invalid):
        seen(services, people.coordinator, project, year)


def test_what_is_frozen_counted_again_is_the_same_on_both_databases(
    any_services: Services, any_people: People
) -> None:
    with any_services.database.writing() as session:
        scene(session, any_people)
    for person in (any_people.coordinator, any_people.centre):
        verdict = checked(any_services, person, freeze(any_services, person))
        assert (verdict.is_sound, verdict.differences) == (True, ())
    with any_services.database.reading() as session:
        rows = session.exec(select(AuditEntry).where(AuditEntry.action == "pack:frozen")).all()
    assert len(rows) == 2


def test_the_same_numbers_are_frozen_once_and_others_not_at_all(
    services: Services, people: People
) -> None:
    with services.database.writing() as session:
        numbers = scene(session, people)
    before = seen(services, people.coordinator)
    assert freeze(services, people.coordinator) == freeze(services, people.coordinator)
    with services.database.writing() as session:
        session.get_one(Enrolment, numbers["bada"]).state = EnrolmentState.COMPLETED
    after = seen(services, people.coordinator)
    with pytest.raises(Conflict), services.writing(actor(people.coordinator)) as unit:
        packs.freeze(unit, actor(people.coordinator), after, before.token)
    with services.database.reading() as session:
        assert len(session.exec(select(EvaluationPack)).all()) == 1


def test_changes_since_the_freeze_are_told_by_row_and_the_pack_stays(
    services: Services, people: People
) -> None:
    with services.database.writing() as session:
        numbers = scene(session, people)
    pack_id = freeze(services, people.coordinator)
    with services.database.writing() as session:
        session.get_one(Enrolment, numbers["bada"]).state = EnrolmentState.COMPLETED
        session.get_one(CourseSession, numbers["jejunu"]).seats = 40
        late = seat(session, numbers["jejunu"], people.far_youth.youth_id)
        made = session.get_one(Enrolment, late)
        made.created_at = made.created_at + timedelta(days=700)
    verdict = checked(services, people.coordinator, pack_id)
    found = {each.measure: each for each in verdict.differences}
    assert (found["places"].frozen, found["places"].now) == (30, 40)
    assert found["dropped"].gone == (numbers["bada"],)
    assert found["completed"].changed == (numbers["bada"],)
    assert (found["completed"].frozen, found["completed"].now) == (1, 2)
    with looking(services, people.coordinator) as unit:
        kept = packs.pack(unit, actor(people.coordinator), pack_id)
    assert kept.content["measures"]["completed"]["count"] == 1


def test_a_row_recorded_after_the_freeze_is_late_and_not_a_contradiction(
    services: Services, people: People
) -> None:
    with services.database.writing() as session:
        numbers = scene(session, people)
    pack_id = freeze(services, people.coordinator)
    with services.database.writing() as session:
        frozen_at = session.get_one(EvaluationPack, pack_id).frozen_at
        late = seat(session, numbers["jejunu"], people.far_youth.youth_id)
        session.get_one(Enrolment, late).created_at = frozen_at + timedelta(microseconds=1)
    found = {each.measure: each for each in
             checked(services, people.coordinator, pack_id).differences}  # fmt: skip
    assert (found["completed"].late, found["completed"].gone) == ((late,), ())


def test_a_changed_text_is_noticed_and_no_longer_handed_out(
    services: Services, people: People
) -> None:
    with services.database.writing() as session:
        scene(session, people)
    pack_id = freeze(services, people.coordinator)
    with services.database.writing() as session:
        row = session.get_one(EvaluationPack, pack_id)
        row.content = row.content.replace('"count":1', '"count":9', 1)
    assert not checked(services, people.coordinator, pack_id).is_sound
    with pytest.raises(Conflict), looking(services, people.coordinator) as unit:
        packs.exported(unit, actor(people.coordinator), pack_id, "pdf", "보고")


def test_a_desk_opens_its_own_packs_and_the_centre_all_three(
    services: Services, people: People
) -> None:
    with services.database.writing() as session:
        scene(session, people)
    packed = {
        person.email: freeze(services, person)
        for person in (people.coordinator, people.other_coordinator, people.centre)
    }
    for person, others in (
        (people.coordinator, [people.other_coordinator, people.centre]),
        (people.other_coordinator, [people.coordinator, people.centre]),
    ):
        with looking(services, person) as unit:
            shelf = packs.shelf(unit, actor(person), 1)
            assert [line.id for line in shelf.lines] == [packed[person.email]]
            for other in others:
                with pytest.raises(NotFound):
                    packs.pack(unit, actor(person), packed[other.email])
                with pytest.raises(NotFound):
                    packs.behind(unit, actor(person), packed[other.email], "completed", 1)
                with pytest.raises(NotFound):
                    pack_checks.check(unit, actor(person), packed[other.email])
    with looking(services, people.centre) as unit:
        assert packs.shelf(unit, actor(people.centre), 1).total == 3
    content = seen(services, people.centre).content
    spread = {each["slug"]: each["count"] for each in
              content["measures"]["completed"]["by_university"]}  # fmt: skip
    assert spread == {"jejunu": 1, "halla": 1, "jtu": 0, "none": 0}
    assert (
        "by_university" not in seen(services, people.coordinator).content["measures"]["completed"]
    )


def test_the_rows_behind_a_number_open_with_names_and_the_look_is_recorded(
    services: Services, people: People
) -> None:
    with services.database.writing() as session:
        numbers = scene(session, people)
        shared = seat(session, numbers["jejunu"], people.far_youth.youth_id)
    pack_id = freeze(services, people.coordinator)
    desk = actor(people.coordinator)
    with services.writing(desk) as unit:
        view = packs.behind(unit, desk, pack_id, "completed", 1)
        with pytest.raises(NotFound):
            packs.behind(unit, desk, pack_id, "firms", 1)
    assert [(line.row_id, line.name, line.can_open) for line in view.lines] == [
        (numbers["haneul"], "haneul", True), (shared, "namu", False),
    ]  # fmt: skip
    with services.database.reading() as session:
        (row,) = session.exec(select(AccessRecord)).all()
    assert (row.task, row.details["youths"]) == (
        "pack:listed", sorted([people.youth.youth_id, people.far_youth.youth_id]),
    )  # fmt: skip


def test_an_erased_person_stays_a_number_without_a_name(services: Services, people: People) -> None:
    with services.database.writing() as session:
        scene(session, people)
    pack_id = freeze(services, people.coordinator)
    with services.writing(actor(people.youth)) as unit:
        erasure.erase_own(unit)
    desk = actor(people.coordinator)
    with looking(services, people.coordinator) as unit:
        view = packs.behind(unit, desk, pack_id, "participants", 1)
        content = packs.pack(unit, desk, pack_id).content
    assert {line.name for line in view.lines} == {None, "bada"}
    assert content["measures"]["participants"]["count"] == 2
    assert "haneul" not in json.dumps(content, ensure_ascii=False)


def test_files_hide_what_the_desk_sees_in_full(services: Services, people: People) -> None:
    jejunu, halla = people.youth.organisation_id, people.far_youth.organisation_id
    crowd(services, people, {jejunu: 9, halla: 3})
    content = seen(services, people.centre).content
    inside = {line.key: line for line in lines(content, is_open=True)}
    outside = {line.key: line for line in lines(content, is_open=False)}
    assert dict(inside["completed"].by_university)["halla 데모"] == "3건"
    assert dict(outside["completed"].by_university)["halla 데모"] == "가림"
    assert dict(outside["completed"].by_university)["jejunu 데모"] == "가림"
    assert outside["completed"].value == "12건"
    own = {line.key: line for line in lines(seen(services, people.other_coordinator).content,
                                            is_open=False)}  # fmt: skip
    assert (own["completed"].value, own["completion_rate"].value) == ("가림", "가림")


def test_csv_and_xlsx_open_in_korean_and_hold_no_formula(
    services: Services, people: People, tmp_path: Path
) -> None:
    import openpyxl

    crowd(services, people, {people.youth.organisation_id: 9})
    content = seen(services, people.centre).content
    text = pack_csv(content, "f" * 64)
    assert text.startswith(b"\xef\xbb\xbf")
    assert "수료,9,건,9,," in text.decode("utf-8-sig")
    path = tmp_path / "pack.xlsx"
    path.write_bytes(pack_xlsx(content, "f" * 64))
    book = openpyxl.load_workbook(path)
    assert book.sheetnames == ["지표", "대학별", "적지 않는 지표", "이 자료"]
    cells = [cell for page in book for row in page.iter_rows() for cell in row]
    assert {cell.data_type for cell in cells} <= {"s", "n", "inlineStr"}
    assert len(book["지표"]._charts) == 1
    assert "f" * 64 in [cell.value for cell in cells]


def test_a_downloaded_file_is_known_again_and_a_changed_one_is_not(
    services: Services, people: People
) -> None:
    with services.database.writing() as session:
        scene(session, people)
    pack_id = freeze(services, people.coordinator)
    with looking(services, people.coordinator) as unit:
        found = packs.pack(unit, actor(people.coordinator), pack_id)
        file = json.loads(packs.as_file(found))
        assert pack_checks.check_file(unit, file)[0]
        file["content"]["measures"]["completed"]["count"] = 9
        assert not pack_checks.check_file(unit, file)[0]
