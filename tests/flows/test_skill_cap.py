"""A profile cannot be stuffed: a hundred skills, and a skill said twice is one skill."""

import pytest
from sqlmodel import func, select

from matcher.catalogue.skills import load_taxonomy
from matcher.flows import skills
from matcher.flows.skills import SkillClaim
from matcher.policy.profiles import MOST_SKILLS
from matcher.refusal import Invalid
from matcher.wiring import Services
from models.skill import SkillRecord
from tests import factories
from tests.partner_desk import actor, working
from tests.people import People


def test_the_hundred_and_first_skill_is_refused_and_changing_one_of_them_is_not(
    services: Services, people: People
) -> None:
    slugs = [each.slug for each in load_taxonomy().skills if not each.is_licence]
    youth_id = people.youth.youth_id or 0
    with services.database.writing() as session:
        for slug in slugs[:MOST_SKILLS]:
            factories.skill_record(session, youth_id, slug, level=1)
    with working(services, people.youth) as unit:
        assert skills.claim(unit, actor(people.youth), SkillClaim(slugs[0], 4)) == slugs[0]
    with (
        working(services, people.youth) as unit,
        pytest.raises(Invalid) as refused,
    ):
        skills.claim(unit, actor(people.youth), SkillClaim(slugs[MOST_SKILLS], 4))
    assert list(refused.value.fields) == ["skill"]
    with services.database.reading() as session:
        own = select(func.count()).where(SkillRecord.youth_id == youth_id)
        assert session.exec(own).one() == MOST_SKILLS == 100
