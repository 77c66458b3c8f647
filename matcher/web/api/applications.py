"""A young person's applications, and the answer to an offer."""

from starlette.responses import Response

from matcher.db import Unit
from matcher.flows import answer_links, applying, job_offers, own_applications
from matcher.flows.own_applications import ApplicationView
from matcher.matching.window import Window
from matcher.web.api.answers import ApplicationPublic, ApplicationStep, OfferPublic
from matcher.web.api.bodies import ApplicationCreate, AsRead
from matcher.web.api.fields import Key, Limit, Offset
from matcher.web.api.once import created
from matcher.web.api.paging import Listed, link, listed
from matcher.web.api.routing import api
from matcher.web.operating import operation_of
from matcher.web.page import Page, Paged
from matcher.web.params import Id

router = api("applications")


@router.get("/applications")
def list_applications(
    page: Paged, response: Response, limit: Limit = 20, offset: Offset = 0
) -> Listed[ApplicationPublic]:
    """Your applications, the newest first, with every step."""
    window = Window(offset, limit)
    with page.reading() as unit:
        found = own_applications.tracker(unit, page.actor)
    link(page.request, response, len(found), window)
    return listed([_public(each) for each in window.cut(found)], len(found), window)


@router.post("/applications", status_code=201, response_model=ApplicationPublic)
def send_application(page: Paged, body: ApplicationCreate, idempotency_key: Key = None) -> Response:
    """Send an application. Consent lets this one employer see your name, contact and profile."""

    def work(unit: Unit) -> ApplicationPublic:
        made = applying.apply(unit, page.actor, body.opening_id, body.message, body.consent)
        answer_links.announce(unit, operation_of(page), made)
        unit.session.flush()  # the view reads what was just sent
        return _one(unit, page, made)

    return created(page, idempotency_key, body, work)


@router.post("/applications/{application_id}/withdraw")
def withdraw_application(page: Paged, application_id: Id, body: AsRead) -> ApplicationPublic:
    """Take an application back; the partner sees it no more."""
    with page.writing() as unit:
        applying.withdraw(unit, page.actor, application_id, body.version)
        unit.session.flush()  # the view reads where it stands now
        return _one(unit, page, application_id)


@router.get("/applications/{application_id}/offer")
def read_offer(page: Paged, application_id: Id) -> OfferPublic:
    """The offer made to you, and what accepting it ends."""
    with page.reading() as unit:
        return OfferPublic.model_validate(job_offers.own(unit, page.actor, application_id))


@router.post("/applications/{application_id}/offer/accept")
def accept_offer(page: Paged, application_id: Id, body: AsRead) -> ApplicationPublic:
    """Accept the offer; your other open applications end. To decline it, withdraw."""
    with page.writing() as unit:
        applying.accept_offer(unit, page.actor, application_id, body.version)
        unit.session.flush()  # the view reads where it stands now
        return _one(unit, page, application_id)


def _one(unit: Unit, page: Page, application_id: int) -> ApplicationPublic:
    found = own_applications.tracker(unit, page.actor)
    return _public(next(each for each in found if each.id == application_id))


def _public(view: ApplicationView) -> ApplicationPublic:
    return ApplicationPublic(
        id=view.id,
        opening_id=view.card.id,
        opening_title=view.card.title,
        organisation=view.card.organisation,
        state=view.state,
        reason=view.reason,
        words=view.words,
        cause=view.cause,
        answer_by=view.answer_by,
        ends_on=view.ends_on,
        late_reason=view.late_reason,
        looked_at=view.looked_at,
        introduction_id=view.introduction_id,
        message=view.message,
        version=view.version,
        sent_at=view.sent_at,
        steps=[ApplicationStep.model_validate(each) for each in view.steps],
        can_withdraw=view.can_withdraw,
        can_accept=view.can_accept,
    )
