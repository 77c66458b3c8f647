"""The admin's desk: who gets in, what it changes, what it refuses, what it records."""

import json
import threading

import pytest
from sqlalchemy import text
from sqlmodel import col, select

from matcher.actor import Actor
from matcher.flows import admin_accounts
from matcher.refusal import Refusal
from matcher.wiring import Services
from models.account import Account, AccountState, Membership, Role
from models.organisation import Organisation, OrganisationState
from models.trail import AccessRecord, AuditEntry
from tests import factories
from tests.account_desk import GOOD_PASSWORD, account, dump, link_token
from tests.conftest import SignIn, browser, post
from tests.people import People, Person


def state_of(services: Services, person: Person) -> AccountState:
    with services.database.reading() as session:
        return session.get_one(Account, person.account_id).state


def member(services: Services, person: Person) -> tuple[Role, int | None]:
    with services.database.reading() as session:
        row = session.exec(
            select(Membership).where(Membership.account_id == person.account_id)
        ).one()
        return row.role, row.organisation_id


PAGES = ["/admin", "/admin/accounts", "/admin/organisations", "/admin/audit", "/admin/outbox"]


@pytest.mark.parametrize("who", ["youth", "coordinator", "centre", "partner"])
def test_nobody_else_finds_the_desk(
    services: Services, sign_in: SignIn, people: People, who: str
) -> None:
    client = sign_in(getattr(people, who))
    target = f"/admin/accounts/{people.other_youth.account_id}"
    before = dump(services)
    seen = [client.get(path).status_code for path in [*PAGES, target]]
    acted = [
        post(client, f"{target}/disable").status_code,
        post(client, f"{target}/role", {"role": "admin"}).status_code,
        post(client, "/admin/accounts/new", {"role": "admin"}).status_code,
        post(client, "/admin/organisations", {"slug": "x"}).status_code,
    ]
    assert (seen, acted) == ([404] * 6, [403, 403, 403, 404])
    assert dump(services) == before


def test_a_stop_counts_from_the_next_request(
    services: Services, sign_in: SignIn, people: People
) -> None:
    inside, admin = sign_in(people.coordinator), sign_in(people.admin)
    assert inside.get("/account").status_code == 200
    target = f"/admin/accounts/{people.coordinator.account_id}"
    assert post(admin, f"{target}/disable").status_code == 303
    assert inside.get("/account").status_code == 303
    assert post(admin, f"{target}/disable").status_code == 409
    assert post(admin, f"{target}/enable").status_code == 303
    assert inside.get("/account").status_code == 303  # the old session does not come back
    assert sign_in(people.coordinator).get("/account").status_code == 200
    assert post(admin, f"{target}/enable").status_code == 409


def test_a_new_role_counts_from_the_next_request(
    services: Services, sign_in: SignIn, people: People
) -> None:
    inside, admin = sign_in(people.coordinator), sign_in(people.admin)
    target = f"/admin/accounts/{people.coordinator.account_id}/role"
    data = {"role": "partner", "organisation_id": str(people.partner.organisation_id)}
    assert post(admin, target, data).status_code == 303
    assert inside.get("/account").status_code == 303
    assert member(services, people.coordinator) == (Role.PARTNER, people.partner.organisation_id)
    with services.database.reading() as session:
        entry = session.exec(
            select(AuditEntry).where(AuditEntry.action == "account:role_changed")
        ).one()
    assert entry.change == {
        "before": ["coordinator", people.coordinator.organisation_id],
        "after": ["partner", people.partner.organisation_id],
    }
    assert entry.account_id == people.admin.account_id


def test_roles_that_do_not_fit_are_refused(
    services: Services, sign_in: SignIn, people: People
) -> None:
    admin = sign_in(people.admin)
    university, partner = people.coordinator.organisation_id, people.partner.organisation_id
    wrong = [
        {"role": "partner", "organisation_id": university},
        {"role": "coordinator", "organisation_id": partner},
        {"role": "centre", "organisation_id": university},
        {"role": "admin", "organisation_id": partner},
        {"role": "coordinator"},
        {"role": "coordinator", "organisation_id": "99999"},
        {"role": "coordinator", "organisation_id": "-1"},
        {"role": "coordinator", "organisation_id": "1e1"},
        {"role": "youth"},
        {"role": "root"},
        {},
        {"role": "admin", "state": "active"},
    ]
    target = f"/admin/accounts/{people.coordinator.account_id}/role"
    assert [post(admin, target, data).status_code for data in wrong] == [422] * len(wrong)
    youth = f"/admin/accounts/{people.youth.account_id}/role"
    assert post(admin, youth, {"role": "admin"}).status_code == 422
    assert member(services, people.coordinator) == (Role.COORDINATOR, university)
    assert member(services, people.youth) == (Role.YOUTH, None)


def test_not_on_oneself_and_never_the_last_admin(
    services: Services, sign_in: SignIn, people: People
) -> None:
    admin = sign_in(people.admin)
    own = f"/admin/accounts/{people.admin.account_id}"
    answers = [
        post(admin, f"{own}/disable"),
        post(admin, f"{own}/role", {"role": "admin"}),
        post(admin, f"{own}/enable"),
    ]
    assert [answer.status_code for answer in answers] == [409] * 3
    assert state_of(services, people.admin) is AccountState.ACTIVE


def _second_admin(services: Services) -> Person:
    with services.database.writing() as session:
        row = factories.account(session, "second-admin@example.com")
        factories.membership(session, row.id, Role.ADMIN)
        return Person(row.email, Role.ADMIN, row.id)


@pytest.mark.parametrize("how", ["disable", "change_role"])
def test_two_admins_who_remove_each_other_at_once_leave_one(
    services: Services, people: People, how: str
) -> None:
    second = _second_admin(services)
    start = threading.Barrier(2)
    results: list[str] = []

    def remove(acting: Person, target: Person) -> None:
        actor = Actor(acting.account_id, Role.ADMIN, "admin")
        start.wait()
        try:
            with services.writing(actor) as unit:
                if how == "disable":
                    admin_accounts.disable(unit, target.account_id)
                else:
                    organisation = people.partner.organisation_id
                    admin_accounts.change_role(unit, target.account_id, Role.PARTNER, organisation)
            results.append("done")
        except Refusal as refusal:
            results.append(refusal.code)

    pairs = [(people.admin, second), (second, people.admin)]
    threads = [threading.Thread(target=remove, args=pair) for pair in pairs]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert sorted(results) == ["done", "forbidden"]


def test_an_invitation_leads_to_a_working_desk(
    services: Services, sign_in: SignIn, people: People
) -> None:
    admin = sign_in(people.admin)
    data = {
        "email": "New.Partner@example.com",
        "name": "새 담당자",
        "role": "partner",
        "organisation_id": str(people.partner.organisation_id),
    }
    made = post(admin, "/admin/accounts/new", data)
    email = "new.partner@example.com"
    first = link_token(services, email)
    assert made.status_code == 303
    assert post(admin, made.headers["location"] + "/invite").status_code == 303
    second = link_token(services, email)
    guest = browser(services)
    set_password = {"token": second, "password": "fourteen chars"}
    short = post(guest, "/reset/new", set_password)
    dead = post(guest, "/reset/new", {"token": first, "password": GOOD_PASSWORD})
    good = post(guest, "/reset/new", {"token": second, "password": GOOD_PASSWORD})
    assert [a.status_code for a in (short, dead, good)] == [422, 422, 303]
    signed = post(guest, "/login", {"email": email, "password": GOOD_PASSWORD})
    assert signed.headers["location"] == "/partner"
    assert post(admin, made.headers["location"] + "/invite").status_code == 409


def test_refused_invitations_store_nothing(
    services: Services, sign_in: SignIn, people: People
) -> None:
    admin = sign_in(people.admin)
    good = {"email": "x@example.com", "name": "x", "role": "admin"}
    before = dump(services)
    wrong = [
        {**good, "email": people.youth.email},
        {**good, "email": "nobody"},
        {**good, "name": ""},
        {**good, "role": "youth"},
        {**good, "role": "partner"},
        {**good, "password": "x"},
        {**good, "state": "active"},
        {"name": "x", "role": "admin"},
    ]
    answers = [post(admin, "/admin/accounts/new", data) for data in wrong]
    assert [answer.status_code for answer in answers] == [422] * len(wrong)
    assert dump(services) == before
    assert 'value="x@example.com"' in answers[2].text


def test_search_is_literal_filtered_and_recorded(
    services: Services, sign_in: SignIn, people: People
) -> None:
    admin = sign_in(people.admin)

    def found(query: str) -> list[str]:
        page = admin.get(f"/admin/accounts?{query}").text
        everybody = [getattr(people, name) for name in people.__dataclass_fields__]
        return sorted(p.email.split("@")[0] for p in everybody if f">{p.email}<" in page)

    assert found("q=HANEUL") == ["haneul"]
    assert found("q=%25") == found("q=_") == found("q=%5C") == []
    assert found("role=youth") == ["bada", "haneul", "namu"]
    assert found("role=admin&state=disabled") == []
    assert found("role=&state=&q=") == sorted(found(""))
    with services.database.reading() as session:
        looked = {
            row.youth_id
            for row in session.exec(
                select(AccessRecord).where(AccessRecord.task == "accounts:list")
            )
        }
    assert looked == {people.youth.youth_id, people.other_youth.youth_id, people.far_youth.youth_id}


def test_odd_queries_are_refused(sign_in: SignIn, people: People) -> None:
    admin = sign_in(people.admin)
    queries = [
        "role=root", "state=x", "page=0", "page=-1", "page=1e9", "page=99999999999999999999",
        "q=" + "x" * 101, "sort=name", "q=a&q=b", "page=１",
    ]  # fmt: skip
    found = {query: admin.get(f"/admin/accounts?{query}").status_code for query in queries}
    assert found == dict.fromkeys(queries, 422)


def test_pages_of_fifty(services: Services, sign_in: SignIn, people: People) -> None:
    with services.database.writing() as session:
        for n in range(101):
            row = factories.account(session, f"many{n}@example.com")
            factories.membership(session, row.id, Role.ADMIN)
    admin = sign_in(people.admin)
    sizes = [admin.get(f"/admin/accounts?q=many&page={n}").text.count("many") // 2 for n in (1, 3)]
    assert 'page=3"' in admin.get("/admin/accounts?q=many&page=1").text
    assert sizes[0] >= 50 > sizes[1] >= 1


def test_a_person_is_shown_to_the_admin_on_record(
    services: Services, sign_in: SignIn, people: People
) -> None:
    admin = sign_in(people.admin)
    assert admin.get(f"/admin/accounts/{people.youth.account_id}").status_code == 200
    assert admin.get("/admin/accounts/99999").status_code == 404
    with services.database.reading() as session:
        row = session.exec(select(AccessRecord).where(AccessRecord.task == "accounts:read")).one()
    assert (row.youth_id, row.account_id) == (people.youth.youth_id, people.admin.account_id)


def test_a_partner_is_made_opened_trusted_and_closed(
    services: Services, sign_in: SignIn, people: People
) -> None:
    admin = sign_in(people.admin)
    data = {"slug": "demo-sky", "name_ko": "하늘 데모", "name_en": "Sky demo", "sector": "space"}

    def row() -> Organisation:
        with services.database.reading() as session:
            return session.exec(select(Organisation).where(Organisation.slug == "demo-sky")).one()

    assert post(admin, "/admin/organisations", data).status_code == 303
    path = f"/admin/organisations/{row().id}"
    assert (row().state, row().is_trusted) == (OrganisationState.PENDING, False)
    assert post(admin, f"{path}/activate").status_code == 303
    assert post(admin, f"{path}/activate").status_code == 409
    assert post(admin, f"{path}/trust", {"is_trusted": "1"}).status_code == 303
    assert (row().state, row().is_trusted) == (OrganisationState.ACTIVE, True)
    assert post(admin, f"{path}/trust").status_code == 303
    assert post(admin, f"{path}/close").status_code == 303
    assert (row().state, row().is_trusted) == (OrganisationState.CLOSED, False)


def test_refused_organisations(services: Services, sign_in: SignIn, people: People) -> None:
    admin = sign_in(people.admin)
    good = {"slug": "demo-sky", "name_ko": "하늘 데모", "name_en": "Sky demo", "sector": "space"}
    before = dump(services)
    wrong = [
        {**good, "slug": "orbit"}, {**good, "slug": "Sky"}, {**good, "slug": "-sky"},
        {**good, "slug": "a/b"}, {**good, "slug": ""}, {**good, "name_ko": ""},
        {**good, "name_en": "x" * 121}, {**good, "sector": "gold"}, {**good, "is_trusted": "1"},
        {**good, "kind": "university"},
    ]  # fmt: skip
    assert [post(admin, "/admin/organisations", data).status_code for data in wrong] == [422] * 10
    university = f"/admin/organisations/{people.coordinator.organisation_id}"
    answers = [
        post(admin, f"{university}/close").status_code,
        post(admin, f"{university}/trust").status_code,
        post(admin, "/admin/organisations/99999/close").status_code,
    ]
    assert (answers, dump(services) == before) == ([409, 409, 404], True)


def test_the_record_shows_its_chain_and_a_break(
    services: Services, sign_in: SignIn, people: People
) -> None:
    admin = sign_in(people.admin)
    whole = admin.get("/admin/audit").text
    with services.database.writing() as session:
        number = session.exec(select(AuditEntry.id).order_by(col(AuditEntry.id))).first()
        session.execute(
            text("UPDATE audit_entry SET role = 'x' WHERE id = :id").bindparams(id=number)
        )
    broken = admin.get("/admin/audit").text
    assert ("기록이 온전합니다." in whole, "기록이 온전합니다." in broken) == (True, False)
    assert f"{number}번 줄부터" in broken


def test_the_record_goes_back_in_steps_and_filters(
    services: Services, sign_in: SignIn, people: People
) -> None:
    with services.writing() as unit:
        for n in range(60):
            unit.audit("test:counted", "nothing", n)
    admin = sign_in(people.admin)
    first = admin.get("/admin/audit?action=test%3A").text
    with services.database.reading() as session:
        lines = list(
            session.exec(
                select(AuditEntry.id)
                .where(AuditEntry.action == "test:counted")
                .order_by(col(AuditEntry.id).desc())
            )
        )
    assert first.count("test:counted") == 50
    assert f"before={lines[49]}" in first
    older = admin.get(f"/admin/audit?action=test%3A&before={lines[49]}").text
    assert older.count("test:counted") == 10
    assert admin.get("/admin/audit?action=%25").text.count("test:counted") == 0
    assert admin.get(f"/admin/audit?account_id={people.admin.account_id}").status_code == 200
    with services.database.reading() as session:
        tasks = {row.task for row in session.exec(select(AccessRecord))}
    assert "audit:read" in tasks


def test_the_outbox_shows_no_words(services: Services, sign_in: SignIn, people: People) -> None:
    post(browser(services), "/reset", {"email": people.youth.email})
    token = link_token(services, people.youth.email)
    page = sign_in(people.admin).get("/admin/outbox").text
    found = ("reset_password" in page, token in page, people.youth.email in page)
    assert found == (True, False, False)


def test_nothing_in_the_records_names_a_person(
    services: Services, sign_in: SignIn, people: People
) -> None:
    admin = sign_in(people.admin)
    data = {"email": "canary@example.com", "name": "카나리아", "role": "admin"}
    post(admin, "/admin/accounts/new", data)
    invited = account(services, "canary@example.com")
    assert invited is not None
    post(admin, f"/admin/accounts/{invited.id}/disable")
    post(browser(services), "/login", {"email": "canary@example.com", "password": "x"})
    with services.database.reading() as session:
        said = json.dumps(
            [row.model_dump(mode="json") for row in session.exec(select(AuditEntry))],
            ensure_ascii=False,
        )
    assert ("canary" in said, "카나리아" in said, "account:invited" in said) == (False, False, True)
