"""The flows everything hangs on, on SQLite and on PostgreSQL, through the pages where they have
one; the enrolment race on both stands in tests/traps/test_races.py."""

import pytest
from sqlmodel import SQLModel, func, select
from starlette.testclient import TestClient

from matcher.exchange.writing import template_csv
from matcher.flows import importing, operating, recommend
from matcher.matching.cards import Wanted
from matcher.store import trail
from matcher.wiring import Services
from models.certification import AttemptState, CertificationRecord
from models.opening import Opening
from models.skill import SkillRecord
from models.trail import AccessRecord, AuditEntry, Exposure
from models.youth import YouthProfile
from tests import factories
from tests.conftest import browser, post
from tests.partner_desk import actor, set_scene, working
from tests.people import People, Person

KINDS = ("youths", "skills", "certifications", "courses", "openings")


def _count(services: Services, table: type[SQLModel]) -> int:
    with services.database.reading() as session:
        return session.exec(select(func.count()).select_from(table)).one()


def _signed_in(services: Services, person: Person) -> TestClient:
    client = browser(services)
    answer = post(client, "/login", {"email": person.email, "password": person.password})
    assert (answer.status_code, client.get("/account").status_code) == (303, 200)
    return client


def test_signing_in_and_out(any_services: Services, any_people: People) -> None:
    client = _signed_in(any_services, any_people.youth)
    assert post(client, "/logout").status_code == 303
    assert client.get("/account").status_code == 303


def test_ten_wrong_passwords_stop_the_eleventh_try(
    any_services: Services, any_people: People
) -> None:
    client = browser(any_services)
    tries = [{"email": any_people.youth.email, "password": f"wrong {n}"} for n in range(11)]
    assert [post(client, "/login", each).status_code for each in tries] == [422] * 10 + [429]


def test_claiming_a_skill(any_services: Services, any_people: People) -> None:
    client = _signed_in(any_services, any_people.youth)
    for level in ("2", "3"):
        answer = post(client, "/youth/skills", {"skill": "python", "level": level})
        assert answer.status_code == 303
    with any_services.database.reading() as session:
        found = session.exec(select(SkillRecord).order_by(SkillRecord.id))  # type: ignore[arg-type]
        assert {(row.youth_id, row.skill) for row in found} == {
            (any_people.youth.youth_id, "python")
        }
    assert "파이썬" in client.get("/youth/skills").text


def test_recording_a_certification(any_services: Services, any_people: People) -> None:
    client = _signed_in(any_services, any_people.youth)
    wanted = {"certification": "CLF", "state": "planned", "on": "2026-12-20", "language": "ko"}
    answer = post(client, "/youth/certifications", wanted)
    assert answer.status_code == 303, answer.text
    with any_services.database.reading() as session:
        row = session.exec(select(CertificationRecord)).one()
        assert (row.youth_id, row.certification, row.state) == (
            any_people.youth.youth_id,
            "CLF",
            AttemptState.PLANNED,
        )
    assert client.get("/youth/certifications").status_code == 200


def test_ranked_openings_add_up_and_are_noted_once_shown(
    any_services: Services, any_people: People
) -> None:
    scene = set_scene(any_services, any_people)
    young = any_people.youth
    with any_services.reading(actor(young)) as unit:
        shown = recommend.openings_list(unit, actor(young), Wanted())
    assert {row.card.id for row in shown.rows} == {scene.opening_id, scene.foreign_opening_id}
    with any_services.reading() as unit:
        ranked = operating.recommend_openings(unit, young.youth_id or 0, 10)
    for item in ranked.items:
        total = item["base"] + sum(reason["contribution"] for reason in item["reasons"])
        assert abs(total - item["score"]) < 1e-9
    assert _count(any_services, Exposure) == 1


def test_an_import_comes_in_whole_and_goes_out_whole(any_services: Services) -> None:
    before = _count(any_services, YouthProfile)
    batches = []
    for kind in KINDS:
        with any_services.writing() as unit:
            data = template_csv(kind).encode()
            batches.append(importing.run(unit, kind, data, f"{kind}.csv").batch_id)
    assert None not in batches
    assert _count(any_services, YouthProfile) > before
    for batch in reversed(batches):
        with any_services.writing() as unit:
            importing.revert(unit, batch or 0)
    assert _count(any_services, YouthProfile) == before
    assert _count(any_services, SkillRecord) == 0


def test_the_chains_hold_and_show_a_changed_line(
    any_services: Services, any_people: People
) -> None:
    for number in range(4):
        with working(any_services, any_people.partner) as unit:
            unit.audit("trial:noted", "trial", number)
            unit.access("profile:read", any_people.youth.youth_id)
    with any_services.database.reading() as session:
        assert trail.first_break(session, AuditEntry) is None
        assert trail.first_break(session, AccessRecord) is None
    with any_services.database.writing() as session:
        row = session.exec(select(AuditEntry).where(AuditEntry.subject_id == 2)).one()
        changed, row.action = row.id, "trial:hidden"
    with any_services.database.reading() as session:
        assert trail.first_break(session, AuditEntry) == changed


def test_a_refused_unit_leaves_nothing_behind(any_services: Services, any_people: People) -> None:
    before = _count(any_services, AuditEntry)

    def stop_half_way() -> None:
        with working(any_services, any_people.partner) as unit:
            factories.opening(unit.session, any_people.partner.organisation_id or 0)
            unit.audit("opening:made", "opening", 1)
            raise RuntimeError("stop")

    with pytest.raises(RuntimeError, match="stop"):
        stop_half_way()
    assert (_count(any_services, Opening), _count(any_services, AuditEntry)) == (0, before)
