"""Projects: who is in the team, who sees names, and what a showcase is good for."""

from datetime import timedelta

import pytest
from sqlmodel import select

from matcher.flows import project_desk, projects
from matcher.flows.projects import Answer, Written
from matcher.refusal import Conflict, Forbidden, Invalid, NotFound
from matcher.wiring import Services
from models.account import Account
from models.community import MemberState, Project, ProjectMember, ProjectStage
from models.outbox import OutboxMail
from models.skill import EvidenceKind, SkillRecord
from models.trail import AccessRecord
from tests.conftest import SignIn, post
from tests.factories import TODAY
from tests.matching_desk import actor_of
from tests.partner_desk import actor
from tests.people import People, Person
from tests.two_databases import any_people, any_services, any_url  # noqa: F401

IDEA = Written("바람 예보", "발전량을 하루 앞서 알려요.", "파이썬, SQL", 2)


def begin(services: Services, who: Person, written: Written = IDEA) -> int:
    with services.writing(actor_of(who)) as unit:
        return projects.create(unit, actor_of(who), written)


def ask(services: Services, who: Person, project_id: int, email: str = "") -> None:
    with services.writing(actor_of(who)) as unit:
        projects.ask(unit, actor_of(who), project_id, email)


def answer(services: Services, by: Person, project_id: int, whose: Person, to: Answer) -> None:
    with services.database.reading() as session:
        member = session.exec(
            select(ProjectMember.id).where(
                ProjectMember.project_id == project_id, ProjectMember.youth_id == whose.youth_id
            )
        ).one()
    with services.writing(actor_of(by)) as unit:
        projects.answer(unit, actor_of(by), project_id, member or 0, to)


def view(services: Services, who: Person, project_id: int) -> projects.ProjectView:
    with services.reading(actor_of(who)) as unit:
        return projects.project(unit, actor_of(who), project_id)


def mails(services: Services) -> list[tuple[str, int]]:
    with services.database.reading() as session:
        rows = session.exec(select(OutboxMail).order_by(OutboxMail.id)).all()
        return [(each.template, each.account_id) for each in rows]


def test_a_project_is_hosted_by_the_own_university_and_led_by_who_began_it(
    any_services: Services,  # noqa: F811
    any_people: People,  # noqa: F811
) -> None:
    project_id = begin(any_services, any_people.youth)
    mine = view(any_services, any_people.youth, project_id)
    assert (mine.own, mine.leads, mine.card.host) == ("in", True, "jejunu 데모")
    assert [slug for slug, _name in mine.card.skills] == ["python", "sql"]


def test_names_are_for_the_team_alone(services: Services, people: People) -> None:
    project_id = begin(services, people.youth)
    with services.writing(actor_of(people.youth)) as unit:
        projects.tell_how(
            unit, actor_of(people.youth), project_id, "첫걸음", ProjectStage.PROTOTYPE, 1
        )
    outside = view(services, people.far_youth, project_id)
    assert (outside.members, outside.updates, outside.card.stage) == ((), (), "prototype")
    ask(services, people.far_youth, project_id)
    assert view(services, people.far_youth, project_id).members == ()
    assert [each.name for each in view(services, people.youth, project_id).members] == [
        "haneul",
        "namu",
    ]
    answer(services, people.youth, project_id, people.far_youth, Answer.ACCEPT)
    inside = view(services, people.far_youth, project_id)
    assert [each.name for each in inside.members] == ["haneul", "namu"]
    assert inside.updates[0].words == "첫걸음"
    assert mails(services) == [
        ("project_asked", people.youth.account_id),
        ("project_joined", people.far_youth.account_id),
    ]


def test_a_full_team_takes_nobody_and_a_place_left_is_free_again(
    services: Services, people: People
) -> None:
    project_id = begin(services, people.youth)
    ask(services, people.far_youth, project_id)
    ask(services, people.other_youth, project_id)
    answer(services, people.youth, project_id, people.far_youth, Answer.ACCEPT)
    with pytest.raises(Conflict):
        answer(services, people.youth, project_id, people.other_youth, Answer.ACCEPT)
    answer(services, people.far_youth, project_id, people.far_youth, Answer.LEAVE)
    answer(services, people.youth, project_id, people.other_youth, Answer.ACCEPT)


def test_who_is_invited_answers_and_nobody_else_does(services: Services, people: People) -> None:
    project_id = begin(services, people.youth)
    ask(services, people.youth, project_id, " NAMU@example.com ")
    ask(services, people.youth, project_id, "nobody@example.com")
    ask(services, people.youth, project_id, people.partner.email)
    assert mails(services) == [("project_invited", people.far_youth.account_id)]
    for other in (people.youth, people.other_youth):
        for to in Answer:
            with pytest.raises(NotFound):
                answer(services, other, project_id, people.far_youth, to)
    answer(services, people.far_youth, project_id, people.far_youth, Answer.ACCEPT)
    assert view(services, people.far_youth, project_id).own == "in"


def test_an_invitation_tells_the_lead_nothing_about_the_address(
    services: Services, people: People
) -> None:
    project_id = begin(services, people.youth)
    before = view(services, people.youth, project_id)
    ask(services, people.youth, project_id, "namu@example.com")
    assert view(services, people.youth, project_id) == before


def test_only_the_lead_changes_and_invites_and_when_the_lead_goes_the_next_one_leads(
    services: Services, people: People
) -> None:
    project_id = begin(services, people.youth)
    ask(services, people.far_youth, project_id)
    answer(services, people.youth, project_id, people.far_youth, Answer.ACCEPT)
    me = actor_of(people.far_youth)
    with services.writing(me) as unit, pytest.raises(Forbidden):
        projects.change(unit, me, project_id, IDEA, 1)
    with services.writing(me) as unit, pytest.raises(Forbidden):
        projects.ask(unit, me, project_id, "bada@example.com")
    answer(services, people.youth, project_id, people.youth, Answer.LEAVE)
    assert view(services, people.far_youth, project_id).leads
    with services.writing(me) as unit:
        projects.change(unit, me, project_id, Written("새 이름", "뜻", "", 3), 1)


@pytest.mark.parametrize(
    ("written", "field"),
    [
        (Written("a", "b", "파이썬, 없는기술임", 3), "skills"),
        (Written("a", "b", ",".join(["python"] * 9), 3), "skills"),
    ],
)
def test_what_cannot_be_is_named(
    services: Services, people: People, written: Written, field: str
) -> None:
    with pytest.raises(Invalid) as refused:
        begin(services, people.youth, written)
    assert list(refused.value.fields) == [field]


def desk_words(**values: object) -> project_desk.Written:
    defaults = {
        "mentor": "현직 개발자", "showcase_on": None, "shown_on": None, "showcase_url": "",
        "is_closed": False,
    }  # fmt: skip
    return project_desk.Written(**{**defaults, **values})  # type: ignore[arg-type]


def test_a_desk_sees_its_own_projects_and_the_centre_all(
    services: Services, people: People
) -> None:
    project_id = begin(services, people.youth)
    for desk, sees in ((people.coordinator, 1), (people.centre, 1), (people.other_coordinator, 0)):
        with services.reading(actor(desk)) as unit:
            assert len(project_desk.listing(unit, actor(desk))) == sees
    other = actor(people.other_coordinator)
    with services.writing(other) as unit, pytest.raises(NotFound):
        project_desk.sheet(unit, other, project_id)
    with services.writing(other) as unit, pytest.raises(NotFound):
        project_desk.change(unit, other, project_id, desk_words(), 1)
    with services.database.reading() as session:
        assert session.exec(select(AccessRecord)).all() == []


def test_a_shown_project_becomes_evidence_for_a_skill_the_desk_confirms(
    services: Services, people: People, sign_in: SignIn
) -> None:
    project_id = begin(services, people.youth)
    desk = sign_in(people.coordinator)
    path = f"/coordinator/projects/{project_id}"
    rating = f'action="/coordinator/people/{people.youth.youth_id}/skills"'
    assert rating not in desk.get(path).text
    late = str(TODAY + timedelta(days=1))
    body = {"mentor": "멘토", "shown_on": late, "version": "1"}
    refused = post(desk, path, body)
    assert refused.status_code == 422
    assert 'href="#f-shown_on"' in refused.text
    assert post(desk, path, body | {"shown_on": str(TODAY)}).status_code == 303
    assert post(desk, path, body | {"shown_on": str(TODAY)}).status_code == 409
    assert rating in desk.get(path).text
    sent = post(
        desk,
        f"/coordinator/people/{people.youth.youth_id}/skills",
        {"skill": "python", "level": "3", "evidence_kind": "project", "note": "발표"},
    )
    assert sent.status_code == 303
    with services.database.reading() as session:
        record = session.exec(select(SkillRecord)).one()
    assert (record.skill, record.level, record.evidence_kind) == (
        "python",
        3,
        EvidenceKind.PROJECT,
    )


def test_words_of_a_project_nobody_else_is_in_go_with_the_person(
    services: Services, people: People
) -> None:
    from matcher.flows import erasure

    project_id = begin(services, people.youth)
    ask(services, people.far_youth, project_id)
    with services.writing(actor_of(people.youth)) as unit:
        erasure.erase_own(unit)
    with services.database.reading() as session:
        row = session.get_one(Project, project_id)
        assert (row.title, row.idea, row.skills, row.state) == ("-", "", [], "closed")


def test_an_erased_member_is_gone_and_the_project_stays(
    services: Services, people: People, sign_in: SignIn
) -> None:
    project_id = begin(services, people.youth)
    ask(services, people.far_youth, project_id)
    answer(services, people.youth, project_id, people.far_youth, Answer.ACCEPT)
    from matcher.flows import erasure

    with services.writing(actor_of(people.youth)) as unit:
        erasure.erase_own(unit)
    left = view(services, people.far_youth, project_id)
    assert [each.name for each in left.members] == ["namu"]
    assert left.leads
    with services.database.reading() as session:
        assert session.get(Project, project_id) is not None
        states = session.exec(select(ProjectMember.state)).all()
        assert states == [MemberState.IN]
        assert session.exec(select(Account).where(Account.name == "haneul")).all() == []
