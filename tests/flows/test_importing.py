"""Import a file: all or nothing, one batch, undone as a whole."""

from datetime import date
from pathlib import Path

import pytest
from sqlmodel import SQLModel, func, select

from matcher.exchange.writing import template_csv
from matcher.flows import importing, operating
from matcher.refusal import Conflict, NotFound
from matcher.wiring import Services
from models.batch import ImportBatch
from models.certification import CertificationRecord
from models.consent import Consent
from models.course import Course
from models.opening import Opening, OpeningRequirement
from models.organisation import Organisation
from models.skill import SkillRecord, UnmappedSkill
from models.youth import YouthProfile, YouthStatus

DATA = Path(__file__).parent.parent / "data"
ORDER = ("youths", "skills", "certifications", "courses", "openings")


def run(services: Services, kind: str, text: str, **options: bool) -> importing.Imported:
    try:
        with services.writing() as unit:
            return importing.run(unit, kind, text.encode(), f"{kind}.csv", **options)
    except importing.DryRun as dry:
        return dry.result


def count(services: Services, table: type[SQLModel]) -> int:
    with services.database.reading() as session:
        return session.exec(select(func.count()).select_from(table)).one()


def all_templates(services: Services) -> list[importing.Imported]:
    return [run(services, kind, template_csv(kind)) for kind in ORDER]


def test_every_template_can_be_imported_as_it_is_and_leads_to_a_ranking(
    services: Services,
) -> None:
    results = all_templates(services)
    assert [result.errors for result in results] == [()] * 5
    with services.reading() as unit:
        ranked = operating.recommend_openings(unit, 1, 10)
    assert [item["rank"] for item in ranked.items] == list(range(1, len(ranked.items) + 1))
    assert len(ranked.items) > 0
    for item in ranked.items:
        total = item["base"] + sum(each["contribution"] for each in item["reasons"])
        assert total == pytest.approx(item["score"], abs=1e-9)


def test_written_pool_consent_comes_with_the_file_and_makes_a_candidate(
    services: Services,
) -> None:
    all_templates(services)
    with services.reading() as unit:
        ranked = operating.recommend_candidates(unit, 1, 10)
    assert [item["id"] for item in ranked.items] == [1]


def test_a_file_that_only_moves_a_session_counts_its_course_up_for_calendars(
    services: Services,
) -> None:
    file = template_csv("courses")
    for text in (file, file + "\n", file.replace("2027-02-05", "2027-02-12")):
        assert run(services, "courses", text).errors == ()
    with services.database.reading() as session:
        rows = session.exec(select(Course).order_by(Course.external_id)).all()
    assert [(row.version, row.languages) for row in rows] == [(2, "ko;en"), (1, "")]


def test_a_file_does_not_overrule_a_withdrawal(services: Services) -> None:
    all_templates(services)
    with services.database.writing() as session:
        consent = session.exec(select(Consent).where(Consent.purpose == "pool")).one()
        consent.withdrawn_at = services.clock.now()
        session.add(consent)
    run(services, "youths", template_csv("youths").replace(",10,", ",11,"))
    with services.reading() as unit:
        assert operating.recommend_candidates(unit, 1, 10).items == []


def test_a_person_without_a_status_is_seeking(services: Services) -> None:
    text = "email,name,affiliation\nhaeun@example.com,하은,none\n"
    assert run(services, "youths", text).errors == ()
    with services.database.reading() as session:
        assert session.exec(select(YouthProfile.status)).one() is YouthStatus.SEEKING


def test_a_file_with_ten_mistakes_is_told_line_by_line_and_stores_nothing(
    services: Services,
) -> None:
    data = (DATA / "openings_ten_mistakes.csv").read_bytes()
    with services.writing() as unit:
        result = importing.run(unit, "openings", data, "openings_ten_mistakes.csv")
    assert len(result.errors) == 10
    assert all(error.line > 1 for error in result.errors)
    assert count(services, Opening) == 0
    assert count(services, ImportBatch) == 0


def test_a_dry_run_counts_what_it_would_do_and_stores_nothing(services: Services) -> None:
    result = run(services, "youths", template_csv("youths"), dry_run=True)
    assert (result.rows, result.batch_id) == (2, None)
    assert result.made > 0
    assert count(services, YouthProfile) == 0
    assert count(services, Organisation) == 0


def test_the_very_same_file_again_changes_nothing_and_names_the_first_batch(
    services: Services,
) -> None:
    first = run(services, "youths", template_csv("youths"))
    again = run(services, "youths", template_csv("youths"))
    assert (again.is_repeat, again.batch_id) == (True, first.batch_id)
    assert count(services, YouthProfile) == 2


def test_reverting_takes_back_what_was_made_and_restores_what_was_changed(
    services: Services,
) -> None:
    all_templates(services)
    head, first, _rest = template_csv("skills").lstrip("\ufeff").splitlines()[:3]
    columns = head.split(",")
    cells = first.split(",")
    before = _levels(services)
    cells[columns.index("level")] = "5"
    changed = run(services, "skills", "\n".join([head, ",".join(cells)]) + "\n")
    assert (changed.made, changed.changed) == (0, 1)
    assert _levels(services) != before
    assert changed.batch_id is not None
    with services.writing() as unit:
        importing.revert(unit, changed.batch_id)
    assert _levels(services) == before


def _levels(services: Services) -> list[tuple[int, str, int, date]]:
    with services.database.reading() as session:
        rows = session.exec(select(SkillRecord).order_by(SkillRecord.id)).all()  # type: ignore[arg-type]
        return [(row.youth_id, row.skill, row.level, row.rated_on) for row in rows]


def test_a_batch_that_others_stand_on_is_not_undone(services: Services) -> None:
    all_templates(services)
    with pytest.raises(Conflict), services.writing() as unit:
        importing.revert(unit, 1)
    assert count(services, YouthProfile) == 2


def test_batches_undone_newest_first_leave_only_reference_rows(services: Services) -> None:
    for result in reversed(all_templates(services)):
        assert result.batch_id is not None
        with services.writing() as unit:
            importing.revert(unit, result.batch_id)
    tables = (YouthProfile, SkillRecord, CertificationRecord, Opening, OpeningRequirement)
    assert [count(services, table) for table in tables] == [0] * 5
    with services.database.reading() as session:
        slugs = set(session.exec(select(Organisation.slug)).all())
    assert slugs == {"jejunu", "halla", "jtu", "rise-centre"}


def test_a_batch_is_undone_once(services: Services) -> None:
    result = run(services, "youths", template_csv("youths"))
    assert result.batch_id is not None
    with services.writing() as unit:
        importing.revert(unit, result.batch_id)
    with pytest.raises(Conflict), services.writing() as unit:
        importing.revert(unit, result.batch_id)
    with pytest.raises(NotFound), services.writing() as unit:
        importing.revert(unit, 999)


def test_an_opening_edited_after_its_import_keeps_the_batch(services: Services) -> None:
    result = run(services, "openings", template_csv("openings"))
    assert result.batch_id is not None
    with services.database.writing() as session:
        opening = session.exec(select(Opening)).first()
        assert opening is not None
        opening.version += 1
        session.add(opening)
    with pytest.raises(Conflict), services.writing() as unit:
        importing.revert(unit, result.batch_id)
    assert count(services, Opening) == 2


def test_an_unknown_skill_is_an_error_with_neighbours_or_waits_for_a_curator(
    services: Services,
) -> None:
    run(services, "youths", template_csv("youths"))
    person = "youth,skill,level,rater,rated_on\n"
    with services.database.reading() as session:
        email = session.exec(select(YouthProfile.external_id)).first()
    line = f"{email},파이썬어,3,self,2026-01-01\n"
    refused = run(services, "skills", person + line)
    assert [(error.line, error.column) for error in refused.errors] == [(2, "skill")]
    assert "파이썬" in refused.errors[0].text_ko
    assert count(services, SkillRecord) == 0
    kept = run(services, "skills", person + line, keep_unmapped=True)
    assert (kept.errors, len(kept.unmapped)) == ((), 1)
    assert (count(services, SkillRecord), count(services, UnmappedSkill)) == (0, 1)


def test_a_further_framework_is_loaded_beside_ours_and_its_skills_can_be_asked_for(
    services: Services,
) -> None:
    taxonomy = "slug,name_ko,name_en,kind\nweaving,직조,Weaving,craft\n"
    framework = importing.Framework("craft", "Craft", "a test", "CC0")
    with services.writing() as unit:
        made = importing.run(
            unit, "taxonomy", taxonomy.encode(), "taxonomy.csv", framework=framework
        )
    assert (made.rows, made.errors) == (1, ())
    head = template_csv("openings").lstrip("\ufeff").splitlines()[0]
    values = {
        "external_id": "weaver",
        "organisation": "loom",
        "title_ko": "직조",
        "sector": "bio",
        "opens_on": "2026-01-01",
        "closes_on": "2027-12-31",
        "requirements": "must craft:weaving 3",
    }
    line = ",".join(values.get(name, "") for name in head.split(","))
    result = run(services, "openings", f"{head}\n{line}\n")
    assert result.errors == ()
    with services.database.reading() as session:
        assert session.exec(select(OpeningRequirement.ref)).all() == ["craft:weaving"]
