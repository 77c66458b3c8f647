"""A level of proof stands beside the thing it belongs to, on the desk's page and the partner's."""

import re

from matcher.wiring import Services
from models.skill import Rater
from tests import factories
from tests.badge_desk import certificate_badge, handed, trust
from tests.conftest import SignIn
from tests.partner_desk import employer_consent, set_scene
from tests.people import People

ADDRESS, OTHER = "work@example.com", "urn:uuid:00000000-0000-4000-8000-00000000000b"


def test_a_similar_skill_is_named_where_its_level_of_proof_is_shown(
    services: Services, people: People, sign_in: SignIn
) -> None:
    scene = set_scene(services, people)
    with services.database.writing() as session:
        me = people.youth.youth_id or 0
        factories.skill_record(session, me, "amazon-ec2", level=3, rater=Rater.TEST, verification=3)
        employer_consent(session, me, people.partner.organisation_id)
        made = factories.application(session, scene.opening_id, me)
        number = made.id
    page = sign_in(people.partner).get(f"/partner/applications/{number}").text
    (line,) = [
        each for each in re.findall(r"<li class=\"req.*?</li>", page, re.S) if "리눅스" in each
    ]
    assert "발급처 확인" in line
    assert "EC2 기술을" in line


def test_the_desk_is_told_what_accepting_a_badge_changes(
    services: Services, people: People, sign_in: SignIn
) -> None:
    trust(services)
    of_aws = handed(services, people.youth, certificate_badge(ADDRESS))
    of_a_camp = handed(
        services, people.youth, certificate_badge(ADDRESS, name="클라우드 캠프", id=OTHER)
    )
    desk = sign_in(people.coordinator)
    changes, stays = "이 배지가 기록에 반영되고", "기록은 바뀌지 않습니다"
    found = [desk.get(f"/coordinator/badges/{row.id}").text for row in (of_aws, of_a_camp)]
    assert [(changes in each, stays in each) for each in found] == [(True, False), (False, True)]
