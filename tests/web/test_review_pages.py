"""The pages of reviewing, as people press them: setting up, scoring, colleagues, admins."""

import pytest
from sqlmodel import col, select
from starlette.testclient import TestClient

from matcher.flows import same_person
from matcher.policy.masking import candidate_number
from matcher.wiring import Services
from models.account import Account, AccountState, LoginSession
from models.application import ApplicationState
from models.review import Review, ReviewConflict, ReviewCriterion, ReviewPhase, SamePerson
from tests import factories
from tests.conftest import SECRET, SignIn, post
from tests.hiring_desk import set_hiring
from tests.partner_desk import employer_consent, pool_consent, working
from tests.people import People, Person
from tests.review_desk import Desk, set_desk

CANARY = "Zebra4711"


@pytest.fixture
def desk(services: Services, people: People) -> Desk:
    return set_desk(services, people)


def path_of(desk: Desk, person: Person) -> str:
    number = candidate_number(SECRET, desk.opening_id, person.youth_id or 0)
    return f"/partner/openings/{desk.opening_id}/review/people/{number}"


def given(client: TestClient, path: str, *scores: int, **more: object) -> dict[str, object]:
    """The form of the page with these scores."""
    text = client.get(path).text
    hidden = {
        name: text.split(f'name="{name}" value="')[1].split('"')[0]
        for name in ("rubric", "version")
    }
    return {**hidden, **{f"score_{n}": each for n, each in enumerate(scores, 1)}, **more}


def test_a_rubric_is_started_from_the_posting_evened_and_stored(
    services: Services, people: People, sign_in: SignIn
) -> None:
    with services.database.writing() as session:
        opening = factories.opening(session, people.partner.organisation_id)
        factories.requirement(session, opening.id, "python")
        factories.requirement(session, opening.id, "linux", kind="nice")
    client, base = sign_in(people.partner), f"/partner/openings/{opening.id}/review"
    seen = client.get(f"{base}/setup").text.split('name="rubric" value="')[1].split('"')[0]
    started = post(client, f"{base}/criteria", {"rubric": seen, "do": "posting"})
    assert (started.status_code, started.text.count('value="50"')) == (200, 2)
    three = {"name": ["A", "B", "C", ""], "hint": ["", "", "", ""], "weight": ["", "9", "x", ""]}
    for do in ("even", "posting"):
        odd = post(client, f"{base}/criteria", {"rubric": seen, "do": do, **three})
        assert (odd.status_code, 'href="#f-weight-3"' in odd.text) == (422, True)
    half = {**three, "weight": ["", "9", "", ""]}
    evened = post(client, f"{base}/criteria", {"rubric": seen, "do": "even", **half})
    assert [evened.text.count(f'value="{each}"') for each in (34, 33)] == [1, 2]
    wrong = post(client, f"{base}/criteria", {"rubric": seen, **three})
    assert wrong.status_code == 422
    assert 'href="#f-weight-1"' in wrong.text
    assert 'value="x"' in wrong.text
    short = {**three, "weight": ["50", "30", "10", ""]}
    unequal = post(client, f"{base}/criteria", {"rubric": seen, **short})
    assert (unequal.status_code, "90" in unequal.text) == (422, True)
    stored = post(
        client, f"{base}/criteria", {"rubric": seen, **three, "weight": ["50", "30", "20", ""]}
    )
    assert stored.status_code == 303
    stale = post(
        client, f"{base}/criteria", {"rubric": seen, **three, "weight": ["10", "30", "60", ""]}
    )
    assert stale.status_code == 409
    assert (stale.text.count("50%"), 'value="60"' in stale.text) == (1, True)
    with services.database.reading() as session:
        found = session.exec(select(ReviewCriterion).order_by(ReviewCriterion.place)).all()
        assert [(each.name, each.weight) for each in found] == [("A", 50), ("B", 30), ("C", 20)]


def test_phases_are_added_changed_and_never_overlap(
    services: Services, people: People, sign_in: SignIn, desk: Desk
) -> None:
    client, base = sign_in(people.partner), f"/partner/openings/{desk.opening_id}/review"
    first = {"name": "Reading", "starts_on": "2030-01-01", "ends_on": "2030-01-10",
             "can_review": "1", "others": "never"}  # fmt: skip
    assert post(client, f"{base}/phases", first).status_code == 303
    second = {**first, "name": "Talking", "starts_on": "2030-01-10", "ends_on": "2030-01-12"}
    refused = post(client, f"{base}/phases", second)
    assert refused.status_code == 422
    assert ('value="Talking"' in refused.text, "Reading" in refused.text) == (True, True)
    with services.database.reading() as session:
        row = session.exec(select(ReviewPhase)).one()
    assert (row.can_review, row.can_decide, row.others) == (True, False, "never")
    changed = {**first, "ends_on": "2030-01-09", "can_decide": "1", "version": row.version}
    assert post(client, f"{base}/phases/{row.id}", changed).status_code == 303
    assert post(client, f"{base}/phases/{row.id}", changed).status_code == 409
    assert post(client, f"{base}/phases", second).status_code == 303
    stale = post(client, f"{base}/phases/{row.id}/remove", {"version": row.version})
    assert (stale.status_code, "Talking" in stale.text, 'id="errors"' in stale.text) == (
        409, True, True,
    )  # fmt: skip
    gone = post(client, f"{base}/phases/{row.id}/remove", {"version": row.version + 1})
    assert gone.status_code == 303


def test_nobody_reads_a_score_anywhere_before_giving_an_own_one(
    services: Services, people: People, sign_in: SignIn, desk: Desk
) -> None:
    """Every page a colleague can open, JSON too, while one score with a telling note is in."""
    with services.database.writing() as session:
        employer_consent(session, people.youth.youth_id or 0, people.partner.organisation_id)
        applied = factories.application(session, desk.opening_id, people.youth.youth_id).id
    mina, jun = (sign_in(each) for each in desk.reviewers[1:])
    for person in desk.people:
        path = path_of(desk, person)
        assert post(mina, path, given(mina, path, 5, 4, 1, note=CANARY)).status_code == 303
    own = f"/partner/openings/{desk.opening_id}"
    number = path_of(desk, people.other_youth).rsplit("/", 1)[1]
    pages = ["/partner", "/partner/openings", own, f"{own}/candidates", f"{own}/review",
             f"{own}/candidates/{number}", f"{own}/review/setup", f"{own}/review/next",
             f"/partner/applications/{applied}", "/partner/colleagues", "/partner/introductions",
             *(path_of(desk, each) for each in desk.people),
             f"/api/v1/openings/{desk.opening_id}/candidates"]  # fmt: skip
    answers = {each: jun.get(each) for each in pages}
    opened = {each for each, answer in answers.items() if answer.status_code == 200}
    assert set(pages) - opened <= {f"/api/v1/openings/{desk.opening_id}/candidates"}
    leaks = [each for each, got in answers.items() if CANARY in got.text or "3.90" in got.text]
    assert leaks == []
    path = path_of(desk, people.youth)
    assert post(jun, path, given(jun, path, 3, 3, 3)).status_code == 303
    after = jun.get(path).text
    assert (CANARY in after, "3.90" in after, "3.45" in after) == (True, True, True)
    assert CANARY not in jun.get(path_of(desk, people.other_youth)).text
    assert "3.45" in jun.get(f"{own}/review").text


def test_a_missing_score_keeps_the_others_and_the_note_as_typed(
    services: Services, people: People, sign_in: SignIn, desk: Desk
) -> None:
    client, path = sign_in(people.partner), path_of(desk, people.youth)
    body = given(client, path, 5, 4, note="keep me")
    answer = post(client, path, body)
    assert answer.status_code == 422
    assert 'href="#f-score_3"' in answer.text
    assert ("keep me" in answer.text, answer.text.count(" checked")) == (True, 2)


def test_a_second_window_gets_both_versions(
    services: Services, people: People, sign_in: SignIn, desk: Desk
) -> None:
    client, path = sign_in(people.partner), path_of(desk, people.youth)
    old = given(client, path, 1, 1, 1, note="typed here")
    assert post(client, path, given(client, path, 5, 5, 5, note="stored")).status_code == 303
    answer = post(client, path, old)
    assert answer.status_code == 409
    assert ("typed here" in answer.text, "stored" in answer.text, "5.00" in answer.text) == (
        True, True, True,
    )  # fmt: skip
    with services.database.reading() as session:
        assert session.exec(select(Review)).one().note == "stored"


def test_people_are_spread_over_colleagues_and_wait_on_their_home(
    services: Services, people: People, sign_in: SignIn, desk: Desk
) -> None:
    with services.database.writing() as session:
        for each in desk.people:
            employer_consent(session, each.youth_id or 0, people.partner.organisation_id)
            factories.application(session, desk.opening_id, each.youth_id)
    client, base = sign_in(people.partner), f"/partner/openings/{desk.opening_id}/review"
    assert post(client, f"{base}/spread").status_code == 303
    assert "/review/next" in client.get("/partner").text
    assert "/review/next" not in sign_in(desk.reviewers[2]).get("/partner").text
    number = path_of(desk, people.youth).rsplit("/", 1)[1]
    alone = {"reviewers": [desk.reviewers[2].account_id]}
    assert post(client, f"{base}/people/{number}/reviewers", alone).status_code == 303
    assert "/review/next" in sign_in(desk.reviewers[2]).get("/partner").text
    stranger = {"reviewers": [people.other_partner.account_id]}
    assert post(client, f"{base}/people/{number}/reviewers", stranger).status_code == 422


def test_a_colleague_is_invited_works_and_is_shut_out_at_once(
    services: Services, people: People, sign_in: SignIn, desk: Desk
) -> None:
    client, mina = sign_in(people.partner), desk.reviewers[1]
    theirs = sign_in(mina)
    wanted = {"email": "new@example.com", "name": "새 동료"}
    assert post(client, "/partner/colleagues", wanted).status_code == 303
    again = post(client, "/partner/colleagues", wanted)
    assert (again.status_code, 'href="#f-email"' in again.text) == (422, True)
    assert "new@example.com" in client.get("/partner/colleagues").text
    asked = client.get(f"/partner/colleagues/{mina.account_id}/end")
    assert asked.status_code == 200
    assert theirs.get("/partner").status_code == 200
    assert post(client, f"/partner/colleagues/{mina.account_id}/end").status_code == 303
    assert theirs.get("/partner").status_code == 303
    with services.database.reading() as session:
        assert session.get_one(Account, mina.account_id).state is AccountState.DISABLED
        live = select(LoginSession).where(
            LoginSession.account_id == mina.account_id, col(LoginSession.ended_at).is_(None)
        )
        assert session.exec(live).all() == []


def test_nobody_ends_oneself_or_somebody_of_another_partner(
    services: Services, people: People, sign_in: SignIn, desk: Desk
) -> None:
    client = sign_in(people.partner)
    own = post(client, f"/partner/colleagues/{people.partner.account_id}/end")
    other = post(client, f"/partner/colleagues/{people.other_partner.account_id}/end")
    assert (own.status_code, other.status_code) == (409, 404)
    with services.database.reading() as session:
        for each in (people.partner, people.other_partner):
            assert session.get_one(Account, each.account_id).state is AccountState.ACTIVE


def test_an_admin_notes_and_ends_that_two_accounts_are_one_person(
    services: Services, people: People, sign_in: SignIn
) -> None:
    client = sign_in(people.admin)
    pair = {"email": people.coordinator.email, "other_email": people.partner.email}
    assert post(client, "/admin/same-person", pair).status_code == 303
    assert post(client, "/admin/same-person", pair).status_code == 409
    youth = {**pair, "other_email": people.youth.email}
    assert post(client, "/admin/same-person", youth).status_code == 422
    with services.database.reading() as session:
        row = session.exec(select(SamePerson)).one()
    assert post(client, f"/admin/same-person/{row.id}/end").status_code == 303
    with services.database.reading() as session:
        assert session.exec(select(SamePerson)).all() == []


def test_the_admins_look_at_decisions_opens_for_any_month(people: People, sign_in: SignIn) -> None:
    client = sign_in(people.admin)
    for month in ("", "2026-10", "0001-01", "9999-12"):
        assert client.get(f"/admin/decisions?month={month}").status_code == 200
    assert client.get("/admin/decisions?month=2026-13").status_code == 422


def conflicted(
    services: Services, people: People, state: ApplicationState, person: Person
) -> tuple[int, int, str]:
    """Opening, first application there, and number of somebody the partner may not judge."""
    hiring = set_hiring(services, people, state=state)
    with services.database.writing() as session:
        pool_consent(session, person.youth_id or 0)
        session.add(ReviewCriterion(opening_id=hiring.opening_id, place=1, name="A", weight=100))
        session.add(
            ReviewConflict(
                opening_id=hiring.opening_id, account_id=people.partner.account_id,
                youth_id=person.youth_id or 0, at=factories.NOW,
            )
        )  # fmt: skip
    number = candidate_number(SECRET, hiring.opening_id, person.youth_id or 0)
    return hiring.opening_id, hiring.first, number


TYPED = "한 줄 한 줄 읽고 적은 말입니다"
REFUSED: dict[str, tuple[str, dict[str, object]]] = {
    "offer": (
        "/partner/applications/{first}/offer",
        {"starts_on": "2026-12-14", "answer_by": "2026-11-28", "pay_krw": "36000000",
         "words": TYPED, "version": "1", "offer_version": "0"},
    ),
    "refuse": (
        "/partner/applications/{first}/refuse",
        {"reason": "lacks_skill", "words": TYPED, "version": "1"},
    ),
    "refuse together": (
        "/partner/openings/{opening}/applications/refuse",
        {"applications": "{first}", "reason": "lacks_skill", "words": TYPED},
    ),
    "ask": (
        "/partner/openings/{opening}/candidates/{number}/ask",
        {"message": TYPED, "answer_by": "2026-12-01"},
    ),
    "score": (
        "/partner/openings/{opening}/review/people/{number}",
        {"score_1": "3", "note": TYPED, "rubric": "x", "version": "0"},
    ),
}  # fmt: skip


@pytest.mark.parametrize("way", list(REFUSED))
def test_a_conflict_of_interest_gives_back_what_was_typed(
    services: Services, people: People, sign_in: SignIn, way: str
) -> None:
    state = ApplicationState.INTERVIEW if way == "offer" else ApplicationState.SENT
    person = people.far_youth if way == "ask" else people.youth
    opening_id, first, number = conflicted(services, people, state, person)
    names = {"opening": opening_id, "first": first, "number": number}
    client, (path, form) = sign_in(people.partner), REFUSED[way]
    client.get(f"/partner/applications/{first}")
    sent = {key: str(value).format(**names) for key, value in form.items()}
    answer = post(client, path.format(**names), sent)
    assert (answer.status_code, TYPED in answer.text) == (403, True)
    assert "이해 충돌" in answer.text.partition('id="errors"')[2][:600]


def test_a_desk_that_may_not_speak_keeps_what_it_wrote(
    services: Services, people: People, sign_in: SignIn
) -> None:
    set_hiring(services, people)
    with working(services, people.admin) as unit:
        same_person.note(unit, people.coordinator.email, people.partner.email)
    path = f"/coordinator/people/{people.youth.youth_id}/skills"
    form = {"skill": "Python", "level": "4", "evidence_kind": "", "note": TYPED}
    answer = post(sign_in(people.coordinator), path, form)
    assert (answer.status_code, TYPED in answer.text) == (403, True)
