"""A young person's own skills, and finding a skill by what people call it."""

from starlette.responses import Response

from matcher.db import Unit
from matcher.flows import skills
from matcher.matching.window import Window
from matcher.web.api.answers import SkillChoice, SkillPublic
from matcher.web.api.bodies import SkillCreate
from matcher.web.api.fields import Key, Limit, Offset, SearchText
from matcher.web.api.once import created
from matcher.web.api.paging import Listed, link, listed
from matcher.web.api.routing import api
from matcher.web.page import Paged
from matcher.web.params import Slug

router = api("skills")
MOST_FOUND = 100


@router.get("/skills")
def list_skills(
    page: Paged, response: Response, limit: Limit = 100, offset: Offset = 0
) -> Listed[SkillPublic]:
    """Your skills in slug order, each with the judgement that counts; also those that follow from
    a proved certificate until its last day (`rater` certificate)."""
    window = Window(offset, limit)
    with page.reading() as unit:
        view = skills.view(unit, page.actor)
    link(page.request, response, len(view.every), window)
    shown = [SkillPublic.model_validate(each) for each in window.cut(view.every)]
    return listed(shown, len(view.every), window)


@router.post("/skills", status_code=201, response_model=SkillPublic)
def claim_skill(page: Paged, body: SkillCreate, idempotency_key: Key = None) -> Response:
    """Record your own judgement of a skill, or change it."""

    def work(unit: Unit) -> SkillPublic:
        slug = skills.claim(unit, page.actor, body.claim())
        unit.session.flush()  # the view reads what was just recorded
        view = skills.view(unit, page.actor)
        return SkillPublic.model_validate(next(each for each in view.skills if each.slug == slug))

    return created(page, idempotency_key, body, work)


@router.delete("/skills/{slug}", status_code=204)
def withdraw_skill(page: Paged, slug: Slug) -> None:
    """Take back your own judgement. 409 when only somebody else judged this skill."""
    with page.writing() as unit:
        skills.withdraw(unit, page.actor, slug)


@router.get("/skill-search")
def search_skills(
    page: Paged, response: Response, q: SearchText, limit: Limit = 12, offset: Offset = 0
) -> Listed[SkillChoice]:
    """Skills by name, part of a name or initial consonants, the best 100 at most."""
    window = Window(offset, limit)
    found = skills.search(q, MOST_FOUND)
    link(page.request, response, len(found), window)
    shown = [SkillChoice.model_validate(each) for each in window.cut(found)]
    return listed(shown, len(found), window)
