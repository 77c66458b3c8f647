"""A young person's badges: handing one in, and what each of them proves."""

from starlette.responses import Response

from matcher.db import Unit
from matcher.flows import presenting
from matcher.flows.presenting import Unread
from matcher.matching.window import Window
from matcher.refusal import Invalid
from matcher.web.api.badge_answers import BadgePublic
from matcher.web.api.bodies import BadgeCreate
from matcher.web.api.fields import Key, Limit, Offset
from matcher.web.api.once import created, repeated
from matcher.web.api.paging import Listed, link, listed
from matcher.web.api.routing import api
from matcher.web.forms.badges import given_text
from matcher.web.page import Paged

router = api("badges")


@router.get("/badges")
def list_badges(
    page: Paged, response: Response, limit: Limit = 100, offset: Offset = 0
) -> Listed[BadgePublic]:
    """Badges you handed in, newest first, each with what the last check found."""
    window = Window(offset, limit)
    with page.reading() as unit:
        found = presenting.view(unit, page.actor).badges
    link(page.request, response, len(found), window)
    shown = [BadgePublic.model_validate(each) for each in window.cut(found)]
    return listed(shown, len(found), window)


@router.post("/badges", status_code=201, response_model=BadgePublic)
def hand_in_badge(page: Paged, body: BadgeCreate, idempotency_key: Key = None) -> Response:
    """Hand in a badge. 201 whatever the checks say of it: read `verdict` and `state`. 422 when it
    cannot be read as a badge, which keeps nothing; the same badge twice is one."""
    before = repeated(page, idempotency_key, body)
    if before is not None:
        return before
    given = given_text(body.text.strip())
    with page.writing() as unit:
        at_hand = presenting.begin(unit, page.actor, page.services.key_vault)
    looked = presenting.look(given, at_hand, page.services.clock.now())

    def work(unit: Unit) -> BadgePublic:
        number = presenting.hand_in(unit, page.actor, looked)
        if isinstance(number, Unread):
            raise Invalid({"text": " ".join(number.sentences())})
        unit.session.flush()  # the view reads what was just recorded
        return BadgePublic.model_validate(presenting.one(unit, page.actor, number))

    return created(page, idempotency_key, body, work)
